"""What the corpus is made of: a case, a few trees, and ways to write them down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    """A small table as people have it, and what must be read from it.

    Parameters
    ----------
    name : what is special about it, as the name of a test
    content : the table, as bytes of a file or as text of the clipboard
    expected : some of the keys that `Reading.to_json` gives, each with its value, or else

        note : words that one of the notes must hold, or several such, each in a note of its own
        refused : words of the sentence that refuses the table, or several
        said : like `note`, but the sentence that refuses the table may hold the words as well
        inputs : the first values of x1, and of x2
        class_set : the names of the classes, in any order
        or_refused : True where a refusal is as good as the reading, for the table is out of the way
    """

    name: str
    content: bytes | str = field(repr=False)
    expected: Mapping[str, Any] = field(repr=False)


TREES = (
    (2.4, 31.5, "elm"),
    (3.1, 27.2, "elm"),
    (6.3, 14.7, "oak"),
    (3.9, 33.8, "elm"),
    (7.1, 19.9, "oak"),
    (7.7, 12.3, "oak"),
    (4.4, 29.6, "elm"),
    (8.2, 24.6, "oak"),
    (5.2, 35.1, "elm"),
    (2.8, 22.4, "elm"),
    (8.9, 17.5, "oak"),
    (6.8, 21.2, "oak"),
)
HEADER = ("girth", "height", "tree")
FIRST = [list(tree) for tree in TREES[:5]]
CLASSES = ["elm", "oak"]
# What every writing of these trees must give.
AS_TREES: Mapping[str, Any] = {
    "x1": "girth",
    "x2": "height",
    "targets": ["tree"],
    "kind": "classes",
    "classes": CLASSES,
    "rows": len(TREES),
    "first_rows": FIRST,
}
# The same without names.
WITHOUT_NAMES: Mapping[str, Any] = {
    "header": 0,
    "kind": "classes",
    "classes": CLASSES,
    "rows": len(TREES),
    "first_rows": FIRST,
}
WITH_01 = [[x1, x2, {"elm": "0", "oak": "1"}[tree]] for x1, x2, tree in FIRST]  # classes 0 and 1
TREES_01 = tuple((x1, x2, int(tree == "oak")) for x1, x2, tree in TREES)


def lines_of(
    rows: Iterable[Sequence[Any]] = TREES,
    delimiter: str = ",",
    header: Sequence[str] | None = HEADER,
    decimal: str = ".",
) -> list[str]:
    """Write rows as lines, numbers with the decimal sign given."""

    def cell(value: Any) -> str:
        return str(value).replace(".", decimal) if isinstance(value, float) else str(value)

    lines = [delimiter.join(cell(value) for value in row) for row in rows]
    return lines if header is None else [delimiter.join(header), *lines]


def text_of(
    rows: Iterable[Sequence[Any]] = TREES,
    delimiter: str = ",",
    header: Sequence[str] | None = HEADER,
    decimal: str = ".",
) -> str:
    """Write rows as a file, with a line end behind each line."""
    return "\n".join(lines_of(rows, delimiter, header, decimal)) + "\n"


def columns_of(delimiter: str, header: str, *columns: str, form: str = "{}") -> str:
    """Write columns, each given as its cells with blanks between; the last is the target.

    Cells that hold the delimiter are quoted.

    Parameters
    ----------
    form : how each cell but the target is written, as in "{} cm"
    """

    def quoted(cell: str) -> str:
        return f'"{cell}"' if delimiter in cell else cell

    cells = [column.split() for column in columns]
    written = [[quoted(form.format(cell)) for cell in column] for column in cells[:-1]]
    return text_of(zip(*written, cells[-1], strict=True), delimiter, header.split())


def rewritten(format_girth: str, format_height: str, delimiter: str = ",") -> str:
    """Write the trees with each number formatted, as in "{:.2f} cm"."""
    rows = [(format_girth.format(x1), format_height.format(x2), tree) for x1, x2, tree in TREES]
    return text_of(rows, delimiter)


def replaced(text: str, row: int, old: str, new: str) -> str:
    """Replace once in a line, counted from 1 as an editor counts."""
    lines = text.split("\n")
    assert old in lines[row - 1], lines[row - 1]
    lines[row - 1] = lines[row - 1].replace(old, new, 1)
    return "\n".join(lines)
