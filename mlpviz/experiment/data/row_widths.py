"""Rows that are too long or too short, and rows that stand for others."""

from collections.abc import Sequence
from operator import itemgetter

from mlpviz.engine.marked import marked
from mlpviz.experiment.data.table_text import Row
from mlpviz.experiment.language import tr

GAPS = ("", "..", "...", "…")  # in the cells of a row that stands for rows left out
MOST_PRINTED = 5000  # rows; what is longer is no print

# Why a row is refused.
LONG_ROW = marked("Row {line} has {cells} cells where the others have {width}.")
SHORT_ROW = marked(
    "Row {line} has {cells} cells where the others have {width}: between blanks it cannot be seen "
    "which is missing."
)
ROW_OF_DOTS = marked("Row {line} leaves rows out (…): print or save all of them.")


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
    for line, row in rows:
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            raise ValueError(tr(LONG_ROW, line=line, cells=len(row), width=width))
        if len(row) < width and delimiter == " ":
            raise ValueError(tr(SHORT_ROW, line=line, cells=len(row), width=width))
        if all(cell.strip() in GAPS for cell in row):
            raise ValueError(tr(ROW_OF_DOTS, line=line))
