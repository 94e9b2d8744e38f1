"""Tables that write their numbers in every way there is: decimals, thousands, signs, units."""

from collections.abc import Mapping
from typing import Any

from experiment.data.corpus_tables import (
    AS_TREES,
    FIRST,
    Case,
    columns_of,
    replaced,
    rewritten,
    text_of,
)

NARROW = "\u202f"  # the narrow no-break space that groups digits in French
HARD = "\u00a0"  # the no-break space
THIN = "\u2009"
PLAIN: Mapping[str, Any] = {
    **AS_TREES,
    "encoding": "UTF-8",
    "delimiter": ",",
    "decimal": ".",
    "thousands": "",
    "skipped_rows": 0,
    "header": 1,
    "columns": ["girth", "height", "tree"],
    "left_out": 0,
}

DECIMALS = (
    Case("commas and points", text_of().encode(), {**PLAIN, "notes": []}),
    Case(
        "semicolons and decimal commas",
        text_of(delimiter=";", decimal=",").encode(),
        {**PLAIN, "delimiter": ";", "decimal": ","},
    ),
    Case(
        "tabs and decimal commas as a spreadsheet copies them",
        text_of(delimiter="\t", decimal=","),
        {**PLAIN, "encoding": "text", "delimiter": "\t", "decimal": ","},
    ),
    Case(
        "blanks and decimal commas",
        text_of(delimiter="  ", decimal=","),
        {**AS_TREES, "delimiter": " ", "decimal": ","},
    ),
    Case(
        "quoted decimal commas in a comma separated file",
        rewritten('"{}"', '"{}"').replace(".", ","),
        {**AS_TREES, "delimiter": ",", "decimal": ",", "thousands": ""},
    ),
    Case(
        "three decimals behind each comma, some behind a zero",
        columns_of(
            ";", "x y class", "0,500 1,101 0,733 1,984", "1,250 0,975 2,125 0,250", "a b a b"
        ),
        {
            "decimal": ",",
            "thousands": "",
            "inputs": ([0.5, 1.101, 0.733, 1.984], [1.25, 0.975, 2.125, 0.25]),
        },
    ),
    Case(
        "three decimals behind each comma, none behind a zero",
        columns_of(
            "\t", "x y class", "1,101 1,377 1,914 2,358", "2,633 2,812 1,197 2,429", "a b a b"
        ),
        {
            "decimal": ",",
            "thousands": "",
            "note": "--thousands",
            "inputs": ([1.101, 1.377, 1.914], [2.633, 2.812, 1.197]),
        },
    ),
    Case(
        "a zero in front shows that quoted commas are decimals",
        columns_of(
            ",", "x y class", "0,512 1,377 1,914 0,358", "1,101 2,812 1,197 2,429", "a b a b"
        ),
        {"decimal": ",", "thousands": "", "inputs": ([0.512, 1.377, 1.914], [1.101, 2.812, 1.197])},
    ),
    Case(
        "nothing in front of the point or behind it",
        columns_of(",", "x y class", ".5 -.25 .75 1. .125", "2. 3. 4. -.5 7.", "a b a b a"),
        {"inputs": ([0.5, -0.25, 0.75, 1, 0.125], [2, 3, 4, -0.5, 7])},
    ),
    Case(
        "powers of ten",
        columns_of(
            ",", "mass size class", "1.5e3 2.5e+03 1e4 9.5e2", "2E-3 3e-3 4.5E-03 1e-2", "a b a b"
        ),
        {"inputs": ([1500, 2500, 10000, 950], [0.002, 0.003, 0.0045, 0.01])},
    ),
    Case(
        "powers of ten with decimal commas",
        columns_of(
            ";",
            "mass size class",
            "1,5E+03 2,5E+03 1,0E+04 9,5E+02",
            "2,0E-03 3,0E-03 4,5E-03 1,0E-02",
            "a b a b",
        ),
        {"decimal": ",", "inputs": ([1500, 2500, 10000, 950], [0.002, 0.003, 0.0045, 0.01])},
    ),
    Case(
        "a point in one row and commas in the others",
        replaced(text_of(delimiter=";", decimal=","), 5, "3,9", "3.9"),
        {"said": "3.9"},
    ),
    Case(
        "decimal commas that nobody quoted",
        text_of(decimal=","),
        {"or_refused": True, "note": "decimal"},
    ),
    Case(
        "large whole numbers without any sign",
        columns_of(",", "a b class", "100001 102500 98005 1000011", "7 9 11 3", "x y x y"),
        {"thousands": "", "inputs": ([100001, 102500, 98005, 1000011], [7, 9, 11, 3])},
    ),
    Case(
        "three decimals behind each point of a comma separated file",
        columns_of(
            ",", "x y class", "1.101 1.377 1.914 2.358", "2.633 2.812 1.197 2.429", "a b a b"
        ),
        {"decimal": ".", "thousands": "", "inputs": ([1.101, 1.377, 1.914], [2.633, 2.812, 1.197])},
    ),
)

INCOMES = (
    *((1250, 980, "no"), (2310, 1475, "yes"), (870, 1120, "no"), (3405, 2260, "yes")),
    *((1995, 640, "no"), (4120, 3015, "yes"), (760, 505, "no")),
)
AS_INCOMES: Mapping[str, Any] = {
    "x1": "income",
    "x2": "rent",
    "targets": ["buys"],
    "classes": ["no", "yes"],
    "rows": 7,
    "first_rows": [list(row) for row in INCOMES[:5]],
}


def incomes(sign: str, delimiter: str = ",", quote: str = "", decimals: str = "") -> str:
    """Write the incomes with a sign between groups of three digits, and the same decimals."""

    def cell(value: int) -> str:
        return f"{quote}{f'{value:,}'.replace(',', sign)}{decimals}{quote}"

    rows = [(cell(income), cell(rent), buys) for income, rent, buys in INCOMES]
    return text_of(rows, delimiter, ("income", "rent", "buys"))


def plus(amount: float) -> Mapping[str, Any]:
    """Expect the incomes with something behind the point."""
    rows = [[income + amount, rent + amount, buys] for income, rent, buys in INCOMES[:5]]
    return {**AS_INCOMES, "first_rows": rows}


MILLIONS, COAST = "1.250.000 2.310.500 870.200 3.405.000", "no yes no yes"
AS_MILLIONS: Mapping[str, Any] = {
    "inputs": ([1250000, 2310500, 870200, 3405000], [1020, 845, 310, 2150])
}

THOUSANDS = (
    Case(
        "quoted commas of thousands, in some cells only",
        incomes(",", quote='"'),
        {**AS_INCOMES, "delimiter": ",", "decimal": ".", "thousands": ",", "note": "--decimal"},
    ),
    Case(
        "quoted commas of thousands in each cell",
        columns_of(
            ",",
            "income rent buys",
            "1,101 1,377 1,914 2,691",
            "2,633 2,812 1,197 2,411",
            "no no yes yes",
        ),
        {
            "thousands": ",",
            "decimal": ".",
            "note": "--decimal",
            "inputs": ([1101, 1377, 1914, 2691], [2633, 2812, 1197, 2411]),
        },
    ),
    Case(
        "quoted commas of thousands with decimal points",
        incomes(",", quote='"', decimals=".50"),
        {**plus(0.5), "thousands": ",", "decimal": "."},
    ),
    Case(
        "commas of thousands between tabs, in some cells only",
        incomes(",", "\t"),
        {**AS_INCOMES, "delimiter": "\t", "thousands": ",", "decimal": ".", "note": "--decimal"},
    ),
    Case(
        "points of thousands with decimal commas",
        incomes(".", ";", decimals=",25"),
        {**plus(0.25), "thousands": ".", "decimal": ","},
    ),
    Case(
        "points of thousands in some cells only",
        incomes(".", ";"),
        {**AS_INCOMES, "thousands": ".", "note": "--decimal"},
    ),
    Case(
        "points of thousands in one column and decimal commas in the other",
        columns_of(
            ";",
            "income flat buys",
            "1.250 2.310 1.870 3.405",
            "45,5 80,0 52,5 96,5",
            "no yes no yes",
        ),
        {
            "thousands": ".",
            "decimal": ",",
            "inputs": ([1250, 2310, 1870, 3405], [45.5, 80, 52.5, 96.5]),
        },
    ),
    Case(
        "millions with two commas",
        columns_of(
            ",", "people area coast", MILLIONS.replace(".", ","), "1,020 845 310 2,150", COAST
        ),
        {**AS_MILLIONS, "thousands": ","},
    ),
    Case(
        "millions with two points",
        columns_of(";", "people area coast", MILLIONS, "1.020 845 310 2.150", COAST),
        {**AS_MILLIONS, "thousands": "."},
    ),
    Case("Swiss apostrophes", incomes("'", ";"), {**AS_INCOMES, "thousands": "'"}),
    Case(
        "Swiss apostrophes with decimal points",
        incomes("'", decimals=".75"),
        {**plus(0.75), "thousands": "'", "decimal": "."},
    ),
    Case("typographic apostrophes", incomes("’", ";"), {**AS_INCOMES, "thousands": "'"}),
    Case(
        "blanks between thousands",
        incomes(" ", ";", decimals=",5"),
        {**plus(0.5), "delimiter": ";", "thousands": " ", "decimal": ","},
    ),
    Case(
        "blanks between thousands, and tabs between cells",
        incomes(" ", "\t"),
        {**AS_INCOMES, "delimiter": "\t", "thousands": " "},
    ),
    Case(
        "no-break blanks between thousands",
        incomes(HARD, ";", decimals=",5"),
        {**plus(0.5), "thousands": " ", "decimal": ","},
    ),
    Case(
        "narrow blanks between thousands",
        incomes(NARROW, ";", decimals=",5"),
        {**plus(0.5), "thousands": " ", "decimal": ","},
    ),
    Case(
        "thin blanks between thousands, with points",
        incomes(THIN, decimals=".5"),
        {**plus(0.5), "delimiter": ",", "thousands": " ", "decimal": "."},
    ),
    Case("commas of thousands that nobody quoted", incomes(","), {"refused": "cells"}),
    Case(
        "groups of two digits as in India",
        columns_of(
            ",",
            "income rent buys",
            "12,50,000 23,10,500 8,70,000",
            "1,20,000 98,000 1,05,000",
            "no yes no",
        ),
        {"or_refused": True, "inputs": ([1250000, 2310500, 870000], [120000, 98000, 105000])},
    ),
)

INPUTS = ([girth for girth, _, _ in FIRST], [height for _, height, _ in FIRST])

SIGNS = (
    Case(
        "a typographic minus",
        rewritten("−{}", "{}"),
        {**AS_TREES, "first_rows": [[-girth, height, tree] for girth, height, tree in FIRST]},
    ),
    Case("a plus in front", rewritten("+{}", "+{}"), AS_TREES),
    Case(
        "an accountant's minus",
        replaced(rewritten("{}", "{:.2f}"), 3, "27.20", "(27.20)"),
        {"note": "(27.20)", "inputs": ([2.4, 3.1, 6.3], [31.5, -27.2, 14.7])},
    ),
    Case(
        "a unit in each cell",
        rewritten("{} cm", "{} m"),
        {"inputs": INPUTS, "classes": ["elm", "oak"]},
    ),
    Case(
        "a unit without a blank",
        rewritten("{}cm", "{}m", ";").replace(".", ","),
        {"inputs": INPUTS},
    ),
    Case("degrees and percents", rewritten("{} °C", "{} %"), {"inputs": INPUTS}),
    Case("percents without a blank", rewritten("{}%", "{}%", "\t"), {"inputs": INPUTS}),
    Case(
        "dollars in each cell",
        columns_of(
            ",",
            "income rent buys",
            "1,101.50 1,377.00 914.25 691",
            "627 2,812 1,197 411",
            "no no yes yes",
            form="${}",
        ),
        {"inputs": ([1101.5, 1377, 914.25, 691], [627, 2812, 1197, 411])},
    ),
    Case(
        "euros behind the number",
        columns_of(
            ";",
            "income rent buys",
            "1.101,50 1.377,00 914,25",
            "627,00 812,10 1.197,00",
            "no no yes",
            form="{} €",
        ),
        {"thousands": ".", "decimal": ",", "inputs": ([1101.5, 1377, 914.25], [627, 812.1, 1197])},
    ),
    Case(
        "two units in one column",
        replaced(rewritten("{} cm", "{}"), 4, "6.3 cm", "63 mm"),
        {"refused": "mm"},
    ),
    Case(
        "full-width digits and points",
        text_of().translate({**{48 + i: 0xFF10 + i for i in range(10)}, ord("."): "．"}),
        AS_TREES,
    ),
    Case("full-width commas between cells", text_of(delimiter="，"), AS_TREES),
    Case(
        "invisible characters around the cells",
        rewritten(f"\u200b{{}}{HARD}", f"{HARD}{{}}\ufeff").replace("height", "height\u200b"),
        AS_TREES,
    ),
    Case(
        "-999 where nothing was measured",
        replaced(text_of(), 6, "7.1", "-999"),
        {"note": "-999", "rows": 12, "left_out": 0},
    ),
    Case(
        "hexadecimal numbers are none",
        replaced(text_of(), 6, "7.1", "0x7"),
        {"refused": ("6", "girth", "0x7")},
    ),
    Case(
        "a letter O among the digits",
        replaced(text_of(), 9, "24.6", "24.O"),
        {"refused": ("9", "height", "24.O")},
    ),
)

NUMBERS = (*DECIMALS, *THOUSANDS, *SIGNS)
