"""Rows that are too long or too short, rows that stand for others, and rows that are not there."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter

from mlpviz.engine.marked import marked
from mlpviz.experiment.data.table_text import Row
from mlpviz.experiment.data.table_words import LOOKED_AT, SAYS_MORE, SAYS_ROWS
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import one_line

GAPS = ("", "..", "...", "…")  # in the cells of a row that stands for rows left out
# What stands between blanks in a number: ± before how sure it is, × and · before a power of ten,
# / in a ratio. A minus sign may be a column without values, and a word such as x a class.
INNER_SIGNS = frozenset(("±", "+/-", "+-", "×", "·", "*", "/", ":"))
MOST_SAID = 120  # characters
MOST_PRINTED = 5000  # rows; what is longer is no print

# Why a row is refused.
LONG_ROW = marked("Row {line} has {cells} cells where the others have {width}.")
SHORT_ROW = marked(
    "Row {line} has {cells} cells where the others have {width}: between blanks it cannot be seen "
    "which is missing."
)
BROKEN_ROWS = marked(
    "Row {line} ends with a delimiter, and what belongs behind it stands alone in the next line: "
    "put each row on one line."
)
NUMBER_IN_PARTS = marked(
    "Row {line} has {sign} between two numbers: where they are one, keep only its value; else "
    "leave out {sign}."
)
NAME_IN_PARTS = marked(
    "Row {line} has {sign} between blanks among the names: write each name without blanks."
)
ROW_OF_DOTS = marked("Row {line} leaves rows out (…): print or save all of them.")


def say_more(texts: Iterable[str], rows: int) -> str:
    """Return what a remark says of more rows than there are, or "".

    Parameters
    ----------
    rows : how many there are
    """
    for text in texts:
        if not any(map(str.isdigit, text[:MOST_SAID])):
            continue
        words = one_line(text)[:MOST_SAID]
        counts = [
            int(re.sub(r"\D", "", next(filter(None, found)))) for found in SAYS_ROWS.findall(words)
        ]
        if max(counts, default=0) > rows or SAYS_MORE.search(words):
            return words.strip("#[] ")
    return ""


def check_widths(rows: Sequence[Row], width: int, delimiter: str) -> None:
    """Refuse rows that are too long, rows of dots, and between blanks rows that are short.

    Parameters
    ----------
    width : how many cells a row has

    Raises
    ------
    ValueError
        with a sentence that names the row.
    """
    widths = set(map(len, map(itemgetter(1), rows)))
    is_even = max(widths) <= width and (delimiter != " " or min(widths) == width)
    if is_even and not any(row[0].strip() in GAPS[1:] for _, row in rows[:MOST_PRINTED]):
        return  # nearly always
    _check_broken(rows)
    for line, row in rows:
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            raise ValueError(tr(LONG_ROW, line=line, cells=len(row), width=width))
        if len(row) < width and delimiter == " ":
            raise ValueError(tr(SHORT_ROW, line=line, cells=len(row), width=width))
        if all(cell.strip() in GAPS for cell in row):
            raise ValueError(tr(ROW_OF_DOTS, line=line))


def _check_broken(rows: Sequence[Row]) -> None:
    """Refuse rows that a mail program has broken into two lines each."""
    first = rows[: 2 * LOOKED_AT]
    broken = [
        line
        for (line, row), (_, below) in pairwise(first)
        if len(row) > 1 and not row[-1].strip() and len(below) == 1
    ]
    if 3 * len(broken) >= len(first):
        raise ValueError(tr(BROKEN_ROWS, line=broken[0]))


def check_signs(header: Sequence[Row], rows: Sequence[Row]) -> None:
    """Refuse rows between blanks that have the same sign beside numbers: it is no column.

    Refuse also a sign among the names, as in U / V, which may be one name in several cells.

    Raises
    ------
    ValueError
        with a sentence that names a row.
    """
    first = [(line, row) for line, row in rows[:LOOKED_AT]]
    width = min(len(row) for _, row in first)
    for column in range(1, width - 1):
        line, row = first[0]
        sign = row[column]
        is_one = sign in INNER_SIGNS and all(row[column] == sign for _, row in first)
        if is_one and all(row[c][-1:].isdigit() for c in (column - 1, column + 1)):
            raise ValueError(tr(NUMBER_IN_PARTS, line=line, sign=sign))
    for line, names in header:
        if "/" in names[1:-1]:
            raise ValueError(tr(NAME_IN_PARTS, line=line, sign="/"))
