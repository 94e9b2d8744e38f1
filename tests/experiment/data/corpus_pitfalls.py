"""Tables that a hasty reading gets wrong: two readings at first sight, one at the second."""

from experiment.data.corpus_tables import (
    AS_TREES,
    CLASSES,
    FIRST,
    HEADER,
    TREES,
    Case,
    columns_of,
    replaced,
    text_of,
)

COMMAS = text_of()
PRICES = (189000, 245500, 199900, 415000, 260000, 280100, 310000, 120000)
FLATS = ((45, 2), (60, 3), (52, 2), (110, 5), (75, 3), (80, 4), (95, 4), (30, 1))


def flats(form: str, delimiter: str = ",") -> str:
    """Write flats, and the price of each in a form such as "${:,}"."""
    rows = [(*flat, form.format(price)) for flat, price in zip(FLATS, PRICES, strict=True)]
    return text_of(rows, delimiter, ("area", "rooms", "price"))


AS_FLATS = {
    "x1": "area",
    "x2": "rooms",
    "targets": ["price"],
    "kind": "numbers",
    "classes": [],
    "first_rows": [[*flat, price] for flat, price in zip(FLATS[:5], PRICES[:5], strict=True)],
}

GROUPS = (
    Case(
        "blanks in all numbers, and tabs between them",
        "56 416\t975 516\telm\n55 429\t143 015\toak\n84 498\t61 200\telm\n12 750\t98 300\toak\n",
        {
            "delimiter": "\t",
            "thousands": " ",
            "inputs": ([56416, 55429, 84498, 12750], [975516, 143015, 61200, 98300]),
        },
    ),
    Case(
        "blanks in one column, and tabs between cells",
        "age\tincome\tbuys\n36\t3 986.5\tno\n51\t2 789.25\tyes\n46\t53 616.0\tno\n"
        "29\t7 166.75\tyes\n",
        {"delimiter": "\t", "inputs": ([36, 51, 46, 29], [3986.5, 2789.25, 53616, 7166.75])},
    ),
    Case(
        "tabs below a line of as many words as there are columns",
        "Station 12\nMeasured by 10b\n\n" + text_of(delimiter="\t", header=None),
        {"delimiter": "\t", "header": 0, "skipped_rows": 3, "rows": 12, "first_rows": FIRST},
    ),
    Case(
        "tabs around cells of two words and a row of units",
        text_of(
            [("-", "cm", "m"), *((f"{c} tree", a, b) for a, b, c in TREES)],
            "\t",
            ("kind", "girth", "height"),
        ),
        {"delimiter": "\t", "header": 2, "x1": "girth in cm", "classes": ["elm tree", "oak tree"]},
    ),
    Case(
        "tabs around a cell with nothing in it in the row of units",
        text_of(
            [("", "cm", "m", "-"), *((f"t{i}", *tree) for i, tree in enumerate(TREES))],
            "\t",
            ("name", *HEADER),
        ),
        {"delimiter": "\t", "header": 2, "x1": "girth in cm", "x2": "height in m", "rows": 12},
    ),
    Case(
        "tabs around nothing at the end of the first row",
        text_of(
            [("no", 2.5, ""), *((c, a, b) for a, b, c in TREES)], "\t", ("kind", *HEADER[:2])
        ).replace("no", "elm"),
        {"delimiter": "\t", "rows": 12, "left_out": 1, "targets": ["kind"]},
    ),
    Case(
        "no group of digits begins with a zero of its own",
        '-352632,0 258,073 lime\n563960,1 177,276 "ash tree"\n-374670,8 431,834 "ash tree"\n'
        "413460,6 502,991 elm\n",
        {
            "delimiter": " ",
            "decimal": ",",
            "inputs": ([-352632.0, 563960.1, -374670.8], [258.073, 177.276, 431.834]),
        },
    ),
    Case(
        "a quoted blank between blanks",
        'income rent buys\n"1 250" 980 no\n"2 310" "1 475" yes\n870 640 no\n"3 405" "2 260" yes\n',
        {"delimiter": " ", "inputs": ([1250, 2310, 870, 3405], [980, 1475, 640, 2260])},
    ),
    Case(
        "the apostrophe groups, hence the comma is decimal",
        columns_of(",", "x y class", "4'004,153 9'667,541 2'712,723", "1 2 4", "a b a"),
        {"decimal": ",", "thousands": "'", "inputs": ([4004.153, 9667.541, 2712.723], [1, 2, 4])},
    ),
    Case(
        "numbers of telephones",
        "phone,x,y,class\n030 123 456,1.5,2.5,a\n030 999 111,2.5,3.5,b\n030 555 222,3,1,a\n",
        {"x1": "x", "x2": "y", "targets": ["class"]},
    ),
    Case(
        "decimal commas that nobody quoted, in one column",
        "x,y,class\n13,5,2,a\n12,5,3,b\n15,5,4,a\n11,5,1,b\n17,5,2,a\n10,5,5,b\n",
        {"or_refused": True, "note": "decimal"},
    ),
    Case(
        "decimal commas that nobody quoted, and a blank behind the others",
        "1,5, 2,3, a\n2,5, 3,1, b\n3,5, 4,2, a\n4,5, 1,7, b\n2,5, 2,9, a\n",
        {"or_refused": True, "note": "decimal"},
    ),
)

TARGETS = (
    Case("a target in dollars", flats("${:,}", "\t"), AS_FLATS),
    Case(
        "a target in euros",
        flats("{:,},00 €", ";").replace(",", ".").replace(".00 ", ",00 "),
        AS_FLATS,
    ),
    Case(
        "a target in percent",
        text_of(
            [(a, b, f"{7 * i + 3}%") for i, (a, b, _) in enumerate(TREES)],
            header=("x", "y", "share"),
        ),
        {"kind": "numbers", "inputs": ([2.4, 3.1], [31.5, 27.2])},
    ),
    Case(
        "null among the classes is no class",
        replaced(COMMAS, 4, "oak", "null"),
        {"classes": CLASSES, "rows": 11, "left_out": 1},
    ),
    Case(
        "a dash among three classes is no class",
        text_of([(a, b, ("elm", "oak", "lime", "-")[i % 4]) for i, (a, b, _) in enumerate(TREES)]),
        {"classes": ["elm", "lime", "oak"], "rows": 9, "left_out": 3},
    ),
    Case(
        "1 and 2 in the middle",
        text_of(
            [(a, int(c == "elm") + 1, b) for a, b, c in TREES], header=("girth", "tree", "height")
        ),
        {"x1": "girth", "x2": "height", "targets": ["tree"], "classes": ["1", "2"]},
    ),
    Case(
        "0 and 1 in front of six rows, without names",
        text_of([(int(c == "oak"), a, b) for a, b, c in TREES[:6]], ";", None, ","),
        {"x1": "column 2", "x2": "column 3", "targets": ["column 1"], "classes": ["0", "1"]},
    ),
    Case(
        "two columns of few values, one of them the last",
        text_of(
            [
                (
                    15624510 + 41 * i,
                    ("Male", "Female")[i % 3 == 0],
                    19 + i,
                    1000 * int(a * b),
                    int(c == "oak"),
                )
                for i, (a, b, c) in enumerate(TREES)
            ],
            header=("User ID", "Gender", "Age", "EstimatedSalary", "Purchased"),
        ),
        {"x1": "Age", "x2": "EstimatedSalary", "targets": ["Purchased"], "classes": ["0", "1"]},
    ),
    Case(
        "a column of one value is no target",
        text_of(
            [(a, b, 1, i % 3) for i, (a, b, _) in enumerate(TREES)], " ", ("a", "b", "park", "kind")
        ),
        {"x1": "a", "x2": "b", "targets": ["kind"], "classes": ["0", "1", "2"]},
    ),
    Case(
        "two tables side by side",
        text_of(
            [(*tree, "", a + 1, b, c) for tree, (a, b, c) in zip(TREES, TREES[::-1], strict=True)],
            header=(*HEADER, "", *HEADER),
        ),
        {"x1": "girth", "x2": "height", "said": "--target"},
    ),
)

CELLS = (
    Case(
        "a mark in the first row makes it no header",
        replaced(COMMAS, 2, "2.4", "2.4*"),
        {"refused": ("2", "girth", "2.4*")},
    ),
    Case(
        "a bound in the first row makes it no header",
        replaced(COMMAS, 2, "2.4", "<0.5"),
        {"refused": ("2", "girth", "<0.5")},
    ),
    Case(
        "a minus behind the number",
        replaced(text_of(delimiter=";", decimal=","), 2, "2,4", "2,4-"),
        {"said": ("2", "girth", "2,4-")},
    ),
    Case(
        "-9999 where nothing was measured", replaced(COMMAS, 6, "7.1", "-9999"), {"note": "-9999"}
    ),
    Case(
        "a short row between blanks: nobody knows which cell is missing",
        "label x y z\na 1 2 3\nb 4 5 6\na 7 8\nb 2 3 4\na 5 1 2\n",
        {"refused": ("4", "cells")},
    ),
    Case(
        "counts in the first line and names in the second, as in older files of scikit-learn",
        "12,3,,\n"
        + text_of(
            [(i * i, *tree) for i, tree in enumerate(TREES)],
            header=('"age"', '"girth"', '"height"', '"tree"'),
        ),
        {"columns": ["age", *HEADER], "targets": ["tree"], "rows": 12},
    ),
    Case(
        "the names again between the rows",
        COMMAS.replace("7.1,", "girth,height,tree\n7.1,"),
        {**AS_TREES, "left_out": 1, "first_rows": FIRST},
    ),
    Case("the end of a file of DOS", COMMAS.replace("\n", "\r\n").encode() + b"\x1a", AS_TREES),
    Case(
        "dashes where nothing was measured",
        replaced(replaced(COMMAS, 4, "14.7", "—"), 7, "12.3", "–"),
        {"rows": 10, "left_out": 2},
    ),
    Case(
        "not stated, in German",
        replaced(replaced(COMMAS, 4, "14.7", "k. A."), 7, "12.3", "k.A."),
        {"rows": 10, "left_out": 2},
    ),
)

HEADERS = (
    Case(
        "years as names over whole numbers",
        columns_of(
            ",",
            "country 2010 2020 class",
            "A B C D E F",
            "15 25 35 25 45 5",
            "25 35 45 15 5 55",
            "x y x y x y",
        ),
        {"header": 1, "x1": "2010", "x2": "2020", "targets": ["class"], "rows": 6},
    ),
    Case(
        "a truth table of words without names",
        "TRUE,FALSE,TRUE\nFALSE,FALSE,FALSE\nTRUE,TRUE,FALSE\nFALSE,TRUE,TRUE\n",
        {
            "header": 0,
            "skipped_rows": 0,
            "first_rows": [[1, 0, "TRUE"], [0, 0, "FALSE"], [1, 1, "FALSE"], [0, 1, "TRUE"]],
        },
    ),
    Case(
        "yes and no in the first row are no names",
        "yes,no,a\nno,no,b\nyes,yes,a\nno,yes,b\n",
        {"header": 0, "rows": 4, "inputs": ([1, 0, 1, 0], [0, 0, 1, 1])},
    ),
    Case(
        "years as names over three rows",
        "Land;2010;2020;Gruppe\nA;1,5;2,5;x\nB;2,5;3,5;y\nC;3,5;4,5;x\n",
        {"said": "--header"},
    ),
    Case(
        "a header one name shorter, and a delimiter at the end of each line",
        "girth|height|tree|\n"
        + "".join(f"{i + 1}|{a}|{b}|{c}|\n" for i, (a, b, c) in enumerate(TREES)),
        AS_TREES,
    ),
    Case(
        "a print of R of three rows",
        "    x y c\n1 1.5 2 a\n2 2.5 3 b\n3 3.5 1 a\n",
        {"x1": "x", "x2": "y", "targets": ["c"], "rows": 3},
    ),
    Case(
        "labels with a zero in front",
        text_of([(a, b, {"elm": "01", "oak": "02"}[c]) for a, b, c in TREES]),
        {"kind": "classes", "classes": ["01", "02"]},
    ),
    Case(
        "an index of pandas that has a name",
        "       girth  height tree\nplant                    \n"
        + "".join(f"{i + 1:<5}{a:>7}{b:>8}  {c}\n" for i, (a, b, c) in enumerate(TREES)),
        AS_TREES,
    ),
)

PITFALLS = (*GROUPS, *HEADERS, *TARGETS, *CELLS)
