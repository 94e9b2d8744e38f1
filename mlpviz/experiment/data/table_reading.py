"""From text to table: how it is written, and then what of it is the table."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from mlpviz.experiment.data import guessed_signs
from mlpviz.experiment.data.encodings import SAMPLE_LINES, Source, source_of
from mlpviz.experiment.data.own_rules import MAX_POINTS
from mlpviz.experiment.data.shapes import shape_of
from mlpviz.experiment.data.table import Table
from mlpviz.experiment.data.table_body import TableBody
from mlpviz.experiment.data.table_choices import ALL_GUESSED, TableChoices
from mlpviz.experiment.data.table_text import read_rows
from mlpviz.experiment.language import tr

MAX_BYTES = 20_000_000
MAX_LINES = 4 * MAX_POINTS  # of which some may be empty
HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@")  # as git and diff write it
FACTOR = re.compile(r"\s*[\d.]+[eE][+-]?\d+\s*\*\s*")  # as Matlab prints it above a matrix


def read_table(content: bytes | str, choices: TableChoices = ALL_GUESSED) -> Table:
    """Take a text apart into cells.

    Parameters
    ----------
    choices : what is not to be guessed

    Raises
    ------
    ValueError
        with a sentence, for what is no text, no table, or too large.
    """
    if len(content) > MAX_BYTES:
        raise ValueError(
            tr("The data must be at most {most} million bytes.", most=MAX_BYTES // 1_000_000)
        )
    source = source_of(content, choices.encoding)
    count = source.line_count()
    if count > MAX_LINES:
        raise ValueError(
            tr(
                "There are {lines} lines, and more than {most} rows cannot be used.",
                lines=count,
                most=MAX_POINTS,
            )
        )
    delimiter, note = _delimiter(source, choices)
    shape = shape_of(source.lines())
    with _without_collection():
        body = TableBody(
            source,
            shape,
            delimiter,
            read_rows(shape, delimiter, choices.skipped_rows or 0),
            choices,
        )
        return body.table([note for note in (source.note, note) if note])


@contextmanager
def _without_collection() -> Iterator[None]:
    """Let Python not look for garbage: it would go through all rows again and again."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _delimiter(source: Source, choices: TableChoices) -> tuple[str, str]:
    beginning = source.beginning()
    if not any(line.strip("\ufeff \t\r\n") for line in beginning):
        raise ValueError(tr("There are no data: it is empty."))
    shape = shape_of(beginning)
    lines = list(islice(shape.lines, SAMPLE_LINES))
    for line, text in lines:
        if HUNK.match(text):
            raise ValueError(
                tr(
                    "Line {line} is of a list of changes, where + and - are no signs of numbers: "
                    "take the file itself.",
                    line=line,
                )
            )
        if FACTOR.fullmatch(text):
            raise ValueError(
                tr(
                    "Line {line} multiplies all numbers by {factor}: print them in full.",
                    line=line,
                    factor=text.split("*")[0].strip(),
                )
            )
    if choices.delimiter is not None:
        return choices.delimiter, ""
    # What is above the table would count against its delimiter.
    skipped = choices.skipped_rows or 0
    lines = [line for line in lines if line[0] > skipped and line[1].strip()]
    if shape.delimiter is not None:
        return shape.delimiter, ""
    delimiter, note = guessed_signs.delimiter_of(lines)
    names = shape.comments[-1][1] if shape.comments else ""
    if delimiter == "," and guessed_signs.has_two_commas(lines, names):
        raise ValueError(
            tr(
                "Some commas have a blank behind them and others have none: write the decimal sign "
                "as a point, or take another delimiter."
            )
        )
    return delimiter, note
