"""Tables in every shape: what stands around them, headers, prints of programs, encodings."""

from collections.abc import Mapping
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
    lines_of,
    replaced,
    text_of,
)

COMMAS, NO_NAMES = text_of(), text_of(header=None)
LINES = lines_of()
AS_01: Mapping[str, Any] = {"classes": ["0", "1"], "first_rows": WITH_01}

AROUND = (
    Case(
        "a title above, with commas in it",
        "Trees of the park, north side, 2024\n" + COMMAS,
        {**AS_TREES, "skipped_rows": 1, "header": 1, "note": "skipped"},
    ),
    Case(
        "a few lines of who and when above",
        "School;Gymnasium am Park\nClass;10b\nDate;2024-05-17\n\n"
        + text_of(delimiter=";", decimal=","),
        {**AS_TREES, "skipped_rows": 4, "header": 1},
    ),
    Case(
        "comments above and below, and one between",
        f"# trees of the park\n# measured in May\n{COMMAS}# the end\n".replace(
            "6.3,14.7", "# the old oak\n6.3,14.7"
        ),
        {**AS_TREES, "skipped_rows": 2},
    ),
    Case("comments of percent signs", "% trees of the park\n% in May\n" + COMMAS, AS_TREES),
    Case(
        "a source below",
        COMMAS + "\nSource: Forestry office, table 12\n",
        {**AS_TREES, "left_out": 1, "note": "Source"},
    ),
    Case(
        "a total below",
        COMMAS + "Total,66.8,289.8,\n",
        {"x1": "girth", "rows": 12, "note": "Total", "first_rows": FIRST},
    ),
    Case(
        "a row of sums below the numbers only",
        text_of([(f"t{i}", *tree) for i, tree in enumerate(TREES)], ";", ("name", *HEADER))
        + "Summe;66.8;289.8;\n",
        {**AS_TREES, "left_out": 1, "note": "Summe"},
    ),
    Case(
        "a mean below",
        text_of([(f"t{i}", *tree) for i, tree in enumerate(TREES)], ",", ("name", *HEADER))
        + "Mean,5.57,24.15,\n",
        {**AS_TREES, "left_out": 1, "note": "Mean"},
    ),
    Case("sep= above commas", "sep=,\n" + COMMAS, {**AS_TREES, "skipped_rows": 1}),
    Case(
        "sep= with another sign than most cells have",
        'SEP=;\r\n"girth";"height";"tree"\r\n'
        + text_of(delimiter=";", decimal=",", header=None).replace("\n", "\r\n"),
        {**AS_TREES, "skipped_rows": 1, "delimiter": ";", "decimal": ","},
    ),
    Case(
        "sep= behind a mark of UTF-16",
        ("sep=\t\r\n" + text_of(delimiter="\t").replace("\n", "\r\n")).encode("utf-16"),
        {**AS_TREES, "encoding": "UTF-16", "delimiter": "\t"},
    ),
    Case("a delimiter at the end of each row", COMMAS.replace("\n", ",\n"), AS_TREES),
    Case("blank lines between all rows", COMMAS.replace("\n", "\r\n\r\n"), AS_TREES),
    Case("rows of empty cells below", COMMAS + ",,\n,,\n", {**AS_TREES, "left_out": 0}),
    Case("empty cells behind the header", COMMAS.replace("tree\n", "tree,,\n"), AS_TREES),
    Case("line ends of old Macintoshes", COMMAS.replace("\n", "\r"), AS_TREES),
    Case(
        "columns aligned by blanks",
        "".join(f"{a:>8}{b:>10}   {c}\n" for a, b, c in [HEADER, *TREES]),
        {**AS_TREES, "delimiter": " "},
    ),
)

HEADERS = (
    Case(
        "a row of units in brackets",
        "\n".join([LINES[0], "(cm),(m),", *LINES[1:]]),
        {"header": 2, "columns": ["girth in cm", "height in m", "tree"], "first_rows": FIRST},
    ),
    Case(
        "a row of units in square brackets, between semicolons",
        text_of([("[cm]", "[m]", "[-]"), *TREES], ";", decimal=","),
        {"header": 2, "x1": "girth in cm", "x2": "height in m", "first_rows": FIRST},
    ),
    Case(
        "names of groups over the names",
        text_of([("length", "width", "kind"), *TREES], header=("petal", "", "flower")),
        {"header": 2, "columns": ["petal length", "petal width", "flower kind"], "rows": 12},
    ),
    Case(
        "names of groups and a row of units",
        text_of(
            [("length", "width", "kind"), ("cm", "cm", ""), *TREES], header=("petal", "petal", "")
        ),
        {"header": 3, "x1": "petal length in cm", "x2": "petal width in cm", "rows": 12},
    ),
    Case(
        "Orange's prefixes",
        text_of(delimiter="\t", header=("C#girth", "C#height", "cD#tree")),
        {**AS_TREES, "header": 1, "columns": list(HEADER)},
    ),
    Case(
        "Orange's prefixes with a column of remarks and the class first",
        text_of(
            [(c, a, b, "in the park") for a, b, c in TREES],
            "\t",
            ("cD#tree", "C#girth", "C#height", "mS#remark"),
        ),
        {**AS_TREES, "columns": ["tree", "girth", "height", "remark"]},
    ),
    Case(
        "Orange's three rows in short, with the class in the middle",
        text_of(
            [("c", "d", "c"), ("", "class", ""), *((a, c, b) for a, b, c in TREES)],
            "\t",
            ("girth", "tree", "height"),
        ),
        {**AS_TREES, "header": 3},
    ),
    Case(
        "savetxt with a title and names",
        "# trees of the park\n# girth height tree\n" + text_of(TREES_01, " ", None),
        {**AS_01, "header": 1, "columns": list(HEADER), "skipped_rows": 1},
    ),
    Case(
        "savetxt with commas",
        "# girth,height,tree\n" + text_of(TREES_01, header=None),
        {**AS_01, "header": 1, "x1": "girth", "skipped_rows": 0},
    ),
    Case(
        "gnuplot's blocks",
        "# girth height tree\n"
        + text_of(TREES_01[:6], " ", None)
        + "\n\n# second block\n"
        + text_of(TREES_01[6:], " ", None),
        {**AS_01, "rows": 12, "x1": "girth", "x2": "height"},
    ),
    Case(
        "write.table of R with tabs: the header is one name shorter",
        text_of([(i + 1, *tree) for i, tree in enumerate(TREES)], "\t"),
        {**AS_TREES, "columns": ["column 1", *HEADER], "note": "column 1"},
    ),
    Case(
        "row names that are words, under no name",
        text_of([(f"tree{i}", *tree) for i, tree in enumerate(TREES)], " "),
        {**AS_TREES, "columns": ["column 1", *HEADER]},
    ),
    Case(
        "one name for nothing",
        text_of(header=(*HEADER, "remarks")),
        {**AS_TREES, "columns": [*HEADER, "remarks"]},
    ),
    Case(
        "names that are numbers, and an index without a name",
        text_of([(i, *row) for i, row in enumerate(TREES_01)], header=("", "0", "1", "2")),
        {**AS_01, "header": 1, "x1": "0", "x2": "1", "targets": ["2"], "rows": 12},
    ),
    Case(
        "names that are numbers, without an index",
        text_of(TREES_01, header=("0", "1", "2")),
        {**AS_01, "header": 1, "columns": ["0", "1", "2"], "rows": 12, "note": "--header"},
    ),
    Case(
        "years as names",
        text_of(
            [(a, b, "yes" if c == "elm" else "no") for a, b, c in TREES],
            ";",
            ("2023", "2024", "alive"),
        ),
        {"header": 1, "x1": "2023", "x2": "2024", "classes": ["no", "yes"], "rows": 12},
    ),
    Case(
        "a name on two lines",
        COMMAS.replace("girth,", '"girth\n(cm)",', 1),
        {"x1": "girth (cm)", "x2": "height", "first_rows": FIRST},
    ),
    Case(
        "a delimiter and quotes inside names",
        COMMAS.replace("girth,", '"girth, ""outer""",', 1),
        {"x1": 'girth, "outer"', "first_rows": FIRST},
    ),
    Case("no header", NO_NAMES, {**WITHOUT_NAMES, "columns": ["column 1", "column 2", "column 3"]}),
    Case("no header, and numbers only", text_of(TREES_01, header=None), {**AS_01, "header": 0}),
    Case(
        "two columns of one name",
        text_of(header=("size", "size", "tree")),
        {"x1": "size", "rows": 12, "first_rows": FIRST},
    ),
)

FRAME = [f"{i:<4}{a:>7}{b:>8}  {c}" for i, (a, b, c) in enumerate(TREES)]
FRAME_HEADER = "      girth  height tree"
BARS = [f" {a} | {b} | {c}" for a, b, c in TREES]
ARRAY = [f"[{a:>4} {b:>5}  {c}. ]" for a, b, c in TREES_01]
LISTS = [list(row) for row in TREES]

PRINTS = (
    Case(
        "Markdown with alignment",
        "| girth | height | tree |\n|:---|---:|:---:|\n" + "".join(f"|{line}|\n" for line in BARS),
        {**AS_TREES, "delimiter": "|", "header": 1, "skipped_rows": 0, "left_out": 0},
    ),
    Case(
        "Markdown without outer pipes",
        "girth | height | tree\n--- | --- | ---\n" + "".join(f"{line}\n" for line in BARS),
        {**AS_TREES, "delimiter": "|"},
    ),
    Case(
        "psql",
        " girth | height | tree\n-------+--------+------\n"
        + "".join(f"{line}\n" for line in BARS)
        + "(12 rows)\n\n",
        {**AS_TREES, "delimiter": "|"},
    ),
    Case(
        "mysql",
        "+------+\n| girth | height | tree |\n+-------+--------+------+\n"
        + "".join(f"|{line} |\n" for line in BARS)
        + "+-------+--------+------+\n12 rows in set (0.00 sec)\n",
        AS_TREES,
    ),
    Case(
        "Org",
        "| girth | height | tree |\n|-------+--------+------|\n"
        + "".join(f"|{line} |\n" for line in BARS),
        AS_TREES,
    ),
    Case("pipes alone", text_of(delimiter="|"), {**AS_TREES, "delimiter": "|"}),
    Case("colons", text_of(delimiter=":"), {**AS_TREES, "delimiter": ":"}),
    Case(
        "a data frame of pandas",
        "\n".join([FRAME_HEADER, *FRAME, "", "[12 rows x 3 columns]"]),
        {**AS_TREES, "encoding": "text"},
    ),
    Case(
        "a data frame of pandas with rows left out",
        "\n".join(
            [
                FRAME_HEADER,
                *FRAME[:3],
                "..     ...     ...  ...",
                *FRAME[-3:],
                "",
                "[150 rows x 3 columns]",
            ]
        ),
        {"refused": "rows out"},
    ),
    Case(
        "a data frame of R",
        "\n".join([FRAME_HEADER, *(f"{i + 1:<4}{line[4:]}" for i, line in enumerate(FRAME))]),
        AS_TREES,
    ),
    Case(
        "a tibble of R",
        "\n".join(
            ["# A tibble: 12 × 3", FRAME_HEADER, "      <dbl>   <dbl> <chr>"]
            + [f"{i + 1:>2} {line[4:]}" for i, line in enumerate(FRAME)]
        ),
        AS_TREES,
    ),
    Case(
        "a data.table of R",
        "\n".join([FRAME_HEADER, *(f"{i + 1:>2}: {line[4:]}" for i, line in enumerate(FRAME))]),
        {**AS_TREES, "or_refused": True},
    ),
    Case("an array of NumPy", "[" + "\n ".join(ARRAY) + "]", {**AS_01, "rows": 12, "header": 0}),
    Case(
        "an array of NumPy with its name",
        "array([" + ",\n       ".join(f"[{a}, {b}, {c}. ]" for a, b, c in TREES_01) + "])",
        {**AS_01, "rows": 12},
    ),
    Case(
        "an array of NumPy with rows left out",
        "[" + "\n ".join([*ARRAY[:3], "...", *ARRAY[-3:]]) + "]",
        {"refused": "rows out"},
    ),
    Case("a list of lists", str(LISTS), {**WITHOUT_NAMES}),
    Case(
        "a list of tuples, one on each line",
        "[\n" + "".join(f"    {row},\n" for row in TREES) + "]",
        WITHOUT_NAMES,
    ),
    Case("tuples without brackets around", "".join(f"{row}\n" for row in TREES_01), AS_01),
    Case(
        "a quote that never closes",
        replaced(COMMAS, 5, "elm", '"elm'),
        {"refused": "5"},
    ),
    Case(
        "a quote that never closes in front of a number",
        replaced(text_of(delimiter=";"), 7, "7.7", '"7.7'),
        {"refused": "7"},
    ),
    Case(
        "a sign of inches is no quote that opens",
        text_of([(f'{a}"', b, c) for a, b, c in TREES], "\t"),
        {"or_refused": True, "x2": "height", "first_rows": FIRST},
    ),
)

GERMAN = (
    text_of(header=("Umfang", "Höhe", "Art")).replace("elm", "Kürbis").replace("oak", "Bärlauch")
)
AS_GERMAN = {"x1": "Umfang", "x2": "Höhe", "targets": ["Art"], "classes": ["Bärlauch", "Kürbis"]}
POLISH = (
    text_of(header=("średnica", "wysokość", "gatunek"))
    .replace("elm", "świerk")
    .replace("oak", "dąb")
)
AS_POLISH = {"x1": "średnica", "x2": "wysokość", "classes": ["dąb", "świerk"], "rows": 12}
CZECH = text_of(header=("průměr", "výška", "druh")).replace("elm", "třešeň").replace("oak", "jeřáb")
AS_CZECH = {"x1": "průměr", "x2": "výška", "classes": ["jeřáb", "třešeň"], "rows": 12}
TRADITIONAL = (
    text_of(header=("直徑公分", "樹木高度", "種類")).replace("elm", "榆樹").replace("oak", "橡樹")
)
AS_TRADITIONAL = {
    "x1": "直徑公分",
    "x2": "樹木高度",
    "targets": ["種類"],
    "class_set": {"榆樹", "橡樹"},
}
SIMPLIFIED = (
    text_of(header=("直径厘米", "树木高度", "种类")).replace("elm", "榆树").replace("oak", "橡树")
)
AS_SIMPLIFIED = {
    "x1": "直径厘米",
    "x2": "树木高度",
    "targets": ["种类"],
    "class_set": {"榆树", "橡树"},
}

ENCODINGS = (
    Case("UTF-8", GERMAN.encode(), {**AS_GERMAN, "encoding": "UTF-8"}),
    Case("UTF-8 with a mark", GERMAN.encode("utf-8-sig"), {**AS_GERMAN, "encoding": "UTF-8"}),
    Case("UTF-16 with a mark", GERMAN.encode("utf-16"), {**AS_GERMAN, "encoding": "UTF-16"}),
    Case(
        "UTF-16 of the other byte order, with a mark",
        b"\xfe\xff" + GERMAN.encode("utf-16-be"),
        {**AS_GERMAN, "encoding": "UTF-16"},
    ),
    Case("UTF-16 without a mark", GERMAN.encode("utf-16-le"), {**AS_GERMAN, "encoding": "UTF-16"}),
    Case(
        "UTF-16 of the other byte order, without a mark",
        COMMAS.encode("utf-16-be"),
        {**AS_TREES, "encoding": "UTF-16"},
    ),
    Case("Windows-1252", GERMAN.encode("cp1252"), {**AS_GERMAN, "encoding": "Windows-1252"}),
    Case(
        "Windows-1252 with a euro and a dash",
        text_of(header=("Preis in €", "Höhe – außen", "Art")).encode("cp1252"),
        {"encoding": "Windows-1252", "x1": "Preis in €", "x2": "Höhe – außen"},
    ),
    Case(
        "Windows-1250, Polish", POLISH.encode("cp1250"), {**AS_POLISH, "encoding": "Windows-1250"}
    ),
    Case("Windows-1250, Czech", CZECH.encode("cp1250"), {**AS_CZECH, "encoding": "Windows-1250"}),
    Case("Big5", TRADITIONAL.encode("big5"), {**AS_TRADITIONAL, "encoding": "Big5"}),
    Case(
        "Big5 with Windows line ends and tabs",
        TRADITIONAL.replace(",", "\t").replace("\n", "\r\n").encode("cp950"),
        {**AS_TRADITIONAL, "encoding": "Big5"},
    ),
    Case("GBK", SIMPLIFIED.encode("gbk"), {**AS_SIMPLIFIED, "encoding": "GBK"}),
    Case(
        "no text at all",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02\x03",
        {"refused": "binary"},
    ),
)

SHAPES = (*AROUND, *HEADERS, *PRINTS, *ENCODINGS)
