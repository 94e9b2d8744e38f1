"""Tables whose columns must be told apart: row numbers, targets, classes, missing cells."""

from collections.abc import Mapping, Sequence
from typing import Any

from experiment.data.corpus_tables import (
    AS_TREES,
    FIRST,
    HEADER,
    TREES,
    TREES_01,
    WITH_01,
    WITHOUT_NAMES,
    Case,
    columns_of,
    replaced,
    text_of,
)

COMMAS = text_of()
COUNT = len(TREES)


def beside(name: str, cells: Sequence[Any], delimiter: str = ",") -> str:
    """Write a column in front of the trees."""
    rows = [(cell, *tree) for cell, tree in zip(cells, TREES, strict=True)]
    return text_of(rows, delimiter, (name, *HEADER))


def labelled(labels: Mapping[str, Any], header: Sequence[str] | None = HEADER) -> str:
    """Write the trees with other labels for elm and oak."""
    return text_of([(a, b, labels[c]) for a, b, c in TREES], header=header)


def first_with(elm: str, oak: str) -> list[list[Any]]:
    """Return the first trees with other names of the classes."""
    return [[a, b, {"elm": elm, "oak": oak}[c]] for a, b, c in FIRST]


COUNTING = range(1, COUNT + 1)

IDS = (
    *(
        Case(
            f"row numbers under the name {name!r}",
            beside(name, COUNTING),
            {**AS_TREES, "note": name},
        )
        for name in ("ID", "Nr.", "No", "index", "Unnamed: 0", "row")
    ),
    Case(
        "row numbers under a hash",
        beside("#", COUNTING),
        {**AS_TREES, "columns": ["#", *HEADER]},
    ),
    Case(
        "row numbers from 0 without a name",
        beside("", range(COUNT)),
        {**AS_TREES, "note": "column 1"},
    ),
    Case(
        "row numbers under a name that says nothing",
        beside("tag", COUNTING),
        {**AS_TREES, "note": "tag"},
    ),
    Case(
        "ids that do not count",
        beside("id", [1003, 1001, 1010, 1024, 1007, 1031, 1002, 1044, 1015, 1029, 1012, 1060]),
        {**AS_TREES, "note": "id"},
    ),
    Case(
        "ids with leading zeros are words",
        beside("code", [f"{7 * i:04}" for i in COUNTING]),
        AS_TREES,
    ),
    Case(
        "row numbers without a header",
        text_of([(i, *tree) for i, tree in zip(COUNTING, TREES, strict=True)], header=None),
        {**WITHOUT_NAMES, "x1": "column 2", "x2": "column 3", "note": "column 1"},
    ),
    Case(
        "a column that counts is an input where there is no other",
        columns_of(
            ",", "hours score passed", "1 2 3 4 5 6", "40 35 52 61 70 66", "no no no yes yes yes"
        ),
        {"x1": "hours", "x2": "score", "targets": ["passed"], "rows": 6},
    ),
    Case(
        "dates and times are no numbers",
        text_of(
            [
                (f"2024-05-{i:02}", f"{i + 6}:30", *tree)
                for i, tree in zip(COUNTING, TREES, strict=True)
            ],
            header=("date", "time", *HEADER),
        ),
        AS_TREES,
    ),
    Case(
        "dates with points are no numbers",
        beside("Datum", [f"{i:02}.05.2024" for i in COUNTING], ";"),
        AS_TREES,
    ),
    Case(
        "names of things in front",
        beside("name", [f"tree {i}" for i in COUNTING]),
        {**AS_TREES, "columns": ["name", *HEADER]},
    ),
)

TARGETS = (
    *(
        Case(
            f"the target {name!r} in front",
            text_of([(c, a, b) for a, b, c in TREES_01], header=(name, "girth", "height")),
            {"x1": "girth", "x2": "height", "targets": [name], "first_rows": WITH_01},
        )
        for name in ("class", "Target", "y", "Klasse", "outcome")
    ),
    Case(
        "a diagnosis behind the id",
        text_of(
            [(8000 + 37 * i % 13, "MB"[c], a, b) for i, (a, b, c) in enumerate(TREES_01)],
            header=("id", "diagnosis", "radius_mean", "texture_mean"),
        ),
        {
            "x1": "radius_mean",
            "x2": "texture_mean",
            "targets": ["diagnosis"],
            "classes": ["B", "M"],
        },
    ),
    Case(
        "words in the middle",
        text_of([(a, c, b) for a, b, c in TREES], header=("girth", "what", "height")),
        {"x1": "girth", "x2": "height", "targets": ["what"], "first_rows": FIRST},
    ),
    Case(
        "0 and 1 in the middle, without a header",
        text_of([(a, c, b) for a, b, c in TREES_01], header=None),
        {"x1": "column 1", "x2": "column 3", "targets": ["column 2"], "first_rows": WITH_01},
    ),
    Case(
        "a target of numbers",
        text_of(
            [(a, b, 10 * a + i) for i, (a, b, _) in enumerate(TREES)], header=("x", "y", "price")
        ),
        {"x1": "x", "x2": "y", "targets": ["price"], "kind": "numbers", "classes": []},
    ),
    Case(
        "ten digits are numbers, and that is said",
        text_of(
            [(a, b, i % 10) for i, (a, b, _) in enumerate([*TREES, *TREES])],
            header=("x", "y", "digit"),
        ),
        {"targets": ["digit"], "kind": "numbers", "classes": [], "note": "whole numbers"},
    ),
    Case(
        "five digits are classes",
        text_of([(a, b, i % 5) for i, (a, b, _) in enumerate(TREES)], header=("x", "y", "digit")),
        {"kind": "classes", "classes": ["0", "1", "2", "3", "4"]},
    ),
    Case(
        "seven words are too many classes",
        text_of([(a, b, "abcdefg"[i % 7]) for i, (a, b, _) in enumerate(TREES)]),
        {"refused": ("7", "6")},
    ),
    Case(
        "one class in a hundred rows but two",
        text_of(
            [(i % 17 + 0.5, i % 13 + 0.25, "yes" if i in (20, 70) else "no") for i in range(100)]
        ),
        {"classes": ["no", "yes"], "rows": 100, "note": "98 of 100"},
    ),
    Case(
        "a single class is none",
        text_of([(a, b, "elm") for a, b, _ in TREES]),
        {"refused": "elm"},
    ),
)

LABELS = (
    *(
        Case(
            f"classes {elm} and {oak}",
            labelled({"elm": elm, "oak": oak}),
            {"kind": "classes", "classes": [elm, oak], "first_rows": first_with(elm, oak)},
        )
        for elm, oak in (
            ("1", "2"),
            ("0", "1"),
            ("no", "yes"),
            ("False", "True"),
            ("F", "T"),
            ("ja", "nein"),
        )
    ),
    Case(
        "float labels",
        labelled({"elm": "0.0", "oak": "1.0"}),
        {"classes": ["0", "1"], "first_rows": WITH_01},
    ),
    Case(
        "float labels with decimal commas",
        labelled({"elm": "0.0", "oak": "1.0"}).replace(",", ";").replace(".", ","),
        {"classes": ["0", "1"], "first_rows": WITH_01},
    ),
    Case("minus one and one", labelled({"elm": "-1", "oak": "1"}), {"classes": ["-1", "1"]}),
    Case(
        "minus one and plus one",
        labelled({"elm": "-1", "oak": "+1"}),
        {
            "kind": "classes",
            "rows": 12,
            "inputs": ([a for a, _, _ in FIRST], [b for _, b, _ in FIRST]),
        },
    ),
    Case(
        "signs",
        labelled({"elm": "-", "oak": "+"}),
        {"class_set": {"+", "-"}, "rows": 12, "left_out": 0},
    ),
    Case(
        "one word in any case",
        replaced(replaced(labelled({"elm": "no", "oak": "Yes"}), 6, "Yes", "yes"), 7, "Yes", "YES"),
        {"rows": 12, "note": "Yes", "class_set": {"no", "Yes"}},
    ),
    Case(
        "truth values in any case",
        replaced(labelled({"elm": "FALSE", "oak": "TRUE"}), 2, "FALSE", "False"),
        {"rows": 12, "class_set": {"FALSE", "TRUE"}},
    ),
    Case(
        "blanks behind a class",
        replaced(COMMAS, 3, "elm", " elm "),
        {**AS_TREES, "rows": 12},
    ),
    Case(
        "classes of two words",
        labelled({"elm": "wych elm", "oak": "red oak"}),
        {"classes": ["red oak", "wych elm"], "first_rows": first_with("wych elm", "red oak")},
    ),
    Case(
        "classes of two words between blanks, quoted",
        labelled({"elm": '"wych elm"', "oak": '"red oak"'}).replace(",", " "),
        {"delimiter": " ", "classes": ["red oak", "wych elm"], "rows": 12},
    ),
    Case(
        "a truth table of words",
        columns_of(
            ";",
            "A B AND",
            "true true false false",
            "true false true false",
            "true false false false",
        ),
        {
            "x1": "A",
            "x2": "B",
            "first_rows": [[1, 1, "true"], [1, 0, "false"], [0, 1, "false"], [0, 0, "false"]],
        },
    ),
    Case(
        "a truth table of digits without a header",
        "0 0 0\n0 1 1\n1 0 1\n1 1 1\n",
        {
            "header": 0,
            "rows": 4,
            "first_rows": [[0, 0, "0"], [0, 1, "1"], [1, 0, "1"], [1, 1, "1"]],
        },
    ),
)

SPELLINGS = (
    "",
    "NA",
    "N/A",
    "n/a",
    "NaN",
    "nan",
    "null",
    "NULL",
    "None",
    "?",
    "-",
    "--",
    ".",
    "*",
    "#N/A",
    "#NV",
    "<NA>",
)
WITHOUT_THIRD = [FIRST[0], FIRST[1], FIRST[3], FIRST[4], list(TREES[5])]
WITHOUT_THIRD_AND_FIFTH = [list(TREES[i]) for i in (0, 1, 3, 5, 6)]

MISSING = (
    *(
        Case(
            f"a cell that is missing as {spelling!r}",
            replaced(COMMAS, 4, "14.7", spelling),
            {**AS_TREES, "rows": 11, "left_out": 1, "first_rows": WITHOUT_THIRD, "note": "4"},
        )
        for spelling in SPELLINGS
    ),
    Case(
        "missing in two spellings, in an input and in the target",
        replaced(replaced(COMMAS, 4, "14.7", "NA"), 6, "oak", ""),
        {**AS_TREES, "rows": 10, "left_out": 2, "first_rows": WITHOUT_THIRD_AND_FIFTH},
    ),
    Case(
        "missing as ? in the target",
        replaced(COMMAS, 4, "oak", "?"),
        {**AS_TREES, "rows": 11, "left_out": 1, "first_rows": WITHOUT_THIRD},
    ),
    Case(
        "missing in a column that is not used",
        text_of(
            [(*tree, "NA" if i in (2, 5) else 50 + i * i) for i, tree in enumerate(TREES)],
            header=(*HEADER, "age"),
        ),
        {**AS_TREES, "left_out": 0},
    ),
    Case(
        "a column with nothing in it",
        text_of([(a, "", b, c) for a, b, c in TREES], header=("girth", "crown", "height", "tree")),
        {**AS_TREES, "left_out": 0},
    ),
    Case(
        "missing with tabs at the end of a row",
        "girth\theight\ttree\n2.4\t31.5\telm\n3.1\t\telm\n6.3\t14.7\toak\n3.9\t33.8\n7.1\t19.9\toak\n4.4\t29.6\telm\n",
        {"rows": 4, "left_out": 2, "classes": ["elm", "oak"]},
    ),
    Case(
        "a word among the numbers",
        replaced(COMMAS, 7, "7.7", "about 8"),
        {"refused": ("7", "girth", "about 8")},
    ),
    Case(
        "two points in a number",
        replaced(COMMAS, 7, "12.3", "1.2.3"),
        {"refused": ("7", "height", "1.2.3")},
    ),
    Case(
        "infinite numbers", replaced(COMMAS, 7, "12.3", "inf"), {"refused": ("7", "height", "inf")}
    ),
)

COLUMNS = (*IDS, *TARGETS, *LABELS, *MISSING)
