"""The fourteen tables kept as files, as they came, and how each must be read."""

from pathlib import Path
from typing import Any

from experiment.data.corpus_tables import Case

FOLDER = Path(__file__).parent / "tables"
TREES = [[3.67, 26.33, "elm"], [4.59, 28.12, "elm"], [6.38, 11.97, "oak"]]
TREES += [[2.09, 35.12, "elm"], [3.82, 17.03, "elm"]]
AS_TREES: dict[str, Any] = {
    "x1": "girth",
    "x2": "height",
    "targets": ["tree"],
    "kind": "classes",
    "classes": ["elm", "oak"],
    "rows": 24,
    "left_out": 0,
    "header": 1,
    "skipped_rows": 0,
    "encoding": "UTF-8",
    "decimal": ".",
    "thousands": "",
    "first_rows": TREES,
}


def with_labels(elm: str, oak: str) -> list[list[Any]]:
    """Return the first rows with other names of the classes."""
    return [[girth, height, {"elm": elm, "oak": oak}[tree]] for girth, height, tree in TREES]


EXPECTED: dict[str, dict[str, Any]] = {
    "thousands.csv": {
        "x1": "income",
        "x2": "rent",
        "thousands": ",",
        "decimal": ".",
        "delimiter": ",",
        "rows": 24,
        "note": ("1101", "--decimal comma"),
        "first_rows": [
            [1101, 2633, "no"],
            [1377, 2812, "no"],
            [1914, 1197, "yes"],
            [627, 3511, "no"],
            [1146, 1703, "no"],
        ],
    },
    "r_writetable.txt": {
        **AS_TREES,
        "delimiter": " ",
        "columns": ["column 1", "girth", "height", "tree"],
        "note": "column 1",
    },
    "id_first.csv": {**AS_TREES, "columns": ["Id", "girth", "height", "tree"], "note": "Id"},
    "label_first.csv": {
        **AS_TREES,
        "targets": ["label"],
        "classes": ["0", "1"],
        "first_rows": with_labels("0", "1"),
    },
    "labels_1_2.csv": {
        **AS_TREES,
        "x1": "x",
        "x2": "y",
        "targets": ["label"],
        "classes": ["1", "2"],
        "first_rows": with_labels("2", "1"),
    },
    "sep_line.csv": {**AS_TREES, "delimiter": ";", "skipped_rows": 1},
    "preamble.csv": {**AS_TREES, "skipped_rows": 3, "note": "Station 12"},
    "two_header_rows.csv": {
        **AS_TREES,
        "header": 2,
        "columns": ["girth in cm", "height in m", "tree"],
        "x1": "girth in cm",
        "x2": "height in m",
    },
    "orange_tab3.tab": {**AS_TREES, "header": 3, "delimiter": "\t"},
    "savetxt_space.txt": {
        "header": 1,
        "skipped_rows": 0,
        "columns": ["x1", "x2", "y"],
        "x1": "x1",
        "x2": "x2",
        "targets": ["y"],
        "kind": "classes",
        "classes": ["0", "1"],
        "rows": 11,
        "first_rows": [
            [1.257302210933932962e-01, -1.321048632913018883e-01, "0"],
            [6.404226504432820599e-01, 1.049001171530397070e-01, "1"],
            [-5.356693731611109621e-01, 3.615950549094847366e-01, "0"],
            [1.304000045130137231e00, 9.470809631292421704e-01, "1"],
            [-7.037352358069925984e-01, -1.265421471046052515e00, "1"],
        ],
    },
    "missing_NA.csv": {**AS_TREES, "left_out": 1, "note": "26"},
    "markdown.txt": {**AS_TREES, "delimiter": "|"},
    "bool_inputs.csv": {
        "x1": "A",
        "x2": "B",
        "targets": ["XOR"],
        "classes": ["FALSE", "TRUE"],
        "first_rows": [[0, 0, "FALSE"], [0, 1, "TRUE"], [1, 0, "TRUE"], [1, 1, "FALSE"]],
    },
    "unclosed_quote.tsv": {"refused": ("Row 3", "quote")},
}

FILES = tuple(
    Case(name, (FOLDER / name).read_bytes(), expected) for name, expected in EXPECTED.items()
)
