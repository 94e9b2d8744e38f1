"""The rows of a text: which cells a delimiter makes, and which quotes never close."""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from mlpviz.experiment.data.own_rules import MAX_POINTS
from mlpviz.experiment.data.shapes import FULL_WIDTH, Line, Shape
from mlpviz.experiment.language import tr

MAX_CELLS = 6 * MAX_POINTS  # each takes some seventy bytes
MAX_COLUMNS = 64  # more than can be chosen from
MORE = 100  # rows that may be none: names, totals, remarks
BLANKS = re.compile(r"[ \t]+")

# The number of its first line, and its cells. Python's collector of what nobody needs any more does
# not look into tuples of text again and again, as it does into lists.
Row = tuple[int, tuple[str, ...]]


class OpenQuote(ValueError):
    """A quote swallows rows: a sentence that names the row in which it opens."""


def rows_of(lines: Iterable[Line], delimiter: str) -> Iterator[Row]:
    """Yield every row that is not blank, with the number of its first line.

    Parameters
    ----------
    lines : each with its number
    delimiter : one character; a blank stands for any number of them

    Raises
    ------
    OpenQuote
        for a quote that never closes, or only behind other rows.
    csv.Error
        for what breaks the rules of quotation otherwise.
    """
    sign = "\t" if delimiter == " " else delimiter
    iterator = iter(lines)
    for number, text in iterator:
        if '"' in text:
            row = _quoted_row((number, text), iterator, delimiter)
        elif delimiter == " " or not text.isascii():
            row = _separated(text, delimiter).split(sign)
        else:
            row = text.split(sign)
        first = row[0] if row else ""
        # Nearly always the first cell has something in it.
        if first[:1].isalnum() or first.strip() or "".join(row).strip():
            yield number, tuple(row)


def _separated(text: str, delimiter: str) -> str:
    if delimiter == " ":  # any number of blanks is one
        return BLANKS.sub("\t", text.strip(" \t\r\n").replace("\u00a0", " "))
    return text if text.isascii() else text.translate(FULL_WIDTH)


def _quoted_row(line: Line, following: Iterator[Line], sign: str) -> list[str]:
    """Return a row with quotes, which may go over several lines."""
    taken: list[Line] = []  # the lines of the row

    def texts() -> Iterator[str]:
        for number, text in chain((line,), following):
            # Blanks in quotes stay; of others the reader skips all but one.
            taken.append((number, text.strip().replace("\t", " ") if sign == " " else text))
            yield taken[-1][1]

    row = next(csv.reader(texts(), delimiter=sign, skipinitialspace=True), [])
    if len(taken) > 1 or (row and "\n" in row[-1]):
        _check_end(taken, sign)
        _check_quote(taken, row, sign)
    return row


def _check_quote(taken: list[Line], row: list[str], sign: str) -> None:
    """Refuse a cell that holds rows: its quote was meant to close before."""
    for cell in row:
        if "\n" in cell and sign in cell:
            raise OpenQuote(
                tr(
                    "Row {line} cannot be read: the quote that opens there closes only in row "
                    "{last}.",
                    line=taken[0][0],
                    last=taken[-1][0],
                )
            )


def _check_end(taken: list[Line], sign: str) -> None:
    """Refuse a row whose last quote never closes: that is what strict reading finds."""
    try:
        for _ in csv.reader(
            [text for _, text in taken], delimiter=sign, skipinitialspace=True, strict=True
        ):
            pass
    except csv.Error as problem:
        if "end of data" in str(problem):
            raise OpenQuote(
                tr(
                    "Row {line} cannot be read: the quote that opens there never closes.",
                    line=taken[0][0],
                )
            ) from None


def read_rows(shape: Shape, delimiter: str, skipped: int) -> list[Row]:
    """Read all rows of a text.

    Parameters
    ----------
    skipped : how many lines are left out at the top

    Raises
    ------
    ValueError
        with a sentence, where there are none, too many, or one that cannot be read.
    """
    rows: list[Row] = []
    cells = 0
    lines = shape.lines
    if skipped:
        lines = (line for line in lines if line[0] > skipped)
    try:
        for line, row in rows_of(lines, delimiter):
            if len(row) > MAX_COLUMNS:
                row = _narrowed(row, line)
            rows.append((line, row))
            cells += len(row)
            if cells > MAX_CELLS:
                raise ValueError(
                    tr(
                        "The data must have at most {cells} cells, as {rows} rows of {columns} "
                        "columns have: leave out what is not needed.",
                        cells=MAX_CELLS,
                        rows=MAX_POINTS,
                        columns=MAX_CELLS // MAX_POINTS,
                    )
                )
            if len(rows) > MAX_POINTS + MORE:
                break  # no need to read a million
    except csv.Error as problem:
        raise ValueError(
            tr("Row {line} cannot be read: {problem}.", line=len(rows) + 1, problem=problem)
        ) from None
    if not rows:
        raise ValueError(tr("There are no data: it is empty."))
    return rows


def _narrowed(row: tuple[str, ...], line: int) -> tuple[str, ...]:
    """Return the columns that there may be, where there is nothing behind them.

    Raises
    ------
    ValueError
        with a sentence, where there is.
    """
    if any(cell.strip() for cell in row[MAX_COLUMNS:]):
        raise ValueError(
            tr(
                "The data must have at most {most} columns. Row {line} has {got}: leave out what "
                "is not needed.",
                most=MAX_COLUMNS,
                line=line,
                got=len(row),
            )
        )
    return row[:MAX_COLUMNS]
