"""Edits of a table: each returns another table, for a table never changes."""

import csv
from collections.abc import Sequence
from dataclasses import replace

from mlpviz.experiment.data.left_out import LeftOut
from mlpviz.experiment.data.own_rules import MAX_POINTS
from mlpviz.experiment.data.table import Table
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.plain_text import one_line

MOST_COLUMNS = 64
TYPED_ROWS = 12  # of a new table, all of them empty


def new_table() -> Table:
    """Return a table to be typed in."""
    names = ("x1", "x2", "class")
    return Table(names, tuple([""] * TYPED_ROWS for _ in names), list(range(1, TYPED_ROWS + 1)))


def is_blank(table: Table) -> bool:
    """Tell whether no cell holds anything."""
    return not any(map(any, table.columns))


def block_of(text: str) -> list[list[str]]:
    """Take a text of the clipboard apart into cells, as spreadsheets copy them."""
    rows = csv.reader(text.splitlines(keepends=True), delimiter="\t")
    return [[cell.strip() for cell in row] for row in rows]


def with_cell(table: Table, row: int, column: int, text: str) -> Table:
    """Put a text into a cell."""
    return with_block(table, row, column, [[text.strip()]])


def with_block(table: Table, row: int, column: int, block: Sequence[Sequence[str]]) -> Table:
    """Put a block of cells at a place; rows and columns that it needs are added.

    Raises
    ------
    ValueError
        with a sentence, where the table became too large.
    """
    if not block:
        return table
    table = with_rows(table, len(table.lines), row + len(block) - len(table.lines))
    table = _with_columns(table, column + max(map(len, block)) - len(table.names))
    columns = list(table.columns)
    for across in range(max(map(len, block))):
        cells = list(columns[column + across])
        for down, texts in enumerate(block):
            if across < len(texts):
                cells[row + down] = texts[across]
        columns[column + across] = cells
    return replace(table, columns=tuple(columns))


def with_rows(table: Table, place: int, count: int) -> Table:
    """Add empty rows before the row at a place; none where the count is not above 0.

    Raises
    ------
    ValueError
        with a sentence, where the table became too large.
    """
    if count <= 0:
        return table
    if len(table.lines) + count > MAX_POINTS:
        raise ValueError(
            tr_plural(
                "A table can have {count} row at most.",
                "A table can have {count} rows at most.",
                MAX_POINTS,
            )
        )
    columns = tuple([*column[:place], *[""] * count, *column[place:]] for column in table.columns)
    first = table.lines[place - 1] + 1 if place else table.lines[0] if table.lines else 1
    more = range(first, first + count)
    lines = [*table.lines[:place], *more, *(line + count for line in table.lines[place:])]
    moved = tuple(_moved(row, first, count) for row in table.left_out)
    return replace(table, columns=columns, lines=lines, left_out=moved)


def without_rows(table: Table, places: Sequence[int]) -> Table:
    """Take rows away."""
    gone = set(places)
    kept = [place for place in range(len(table.lines)) if place not in gone]
    columns = tuple([column[place] for place in kept] for column in table.columns)
    lines = [table.lines[place] for place in kept]
    return replace(table, columns=columns, lines=lines)


def with_name(table: Table, column: int, name: str) -> Table:
    """Call a column differently; a name that another column has gets a number."""
    others = {*table.names[:column], *table.names[column + 1 :]}
    wanted = one_line(name) or tr("column {number}", number=column + 1)
    found, number = wanted, 2
    while found in others:
        found, number = f"{wanted} {number}", number + 1
    return replace(table, names=(*table.names[:column], found, *table.names[column + 1 :]))


def _with_columns(table: Table, count: int) -> Table:
    if count <= 0:
        return table
    width = len(table.names)
    if width + count > MOST_COLUMNS:
        raise ValueError(
            tr_plural(
                "A table can have {count} column at most.",
                "A table can have {count} columns at most.",
                MOST_COLUMNS,
            )
        )
    more = tuple([""] * len(table.lines) for _ in range(count))
    table = replace(table, names=(*table.names, *[""] * count), columns=(*table.columns, *more))
    for column in range(width, width + count):
        table = with_name(table, column, "")
    return table


def _moved(row: LeftOut, first: int, count: int) -> LeftOut:
    """Return a row that is not used, where rows were added above it."""
    return row._replace(line=row.line + count) if row.line >= first else row
