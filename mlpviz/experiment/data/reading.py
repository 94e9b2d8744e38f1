"""Own data from text: a table of comma, semicolon, tab or space separated values.

`read_table` finds out how the text is written; `own_data_of` makes points of three of its columns.
"""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from mlpviz.experiment.data.own_data import (
    MAX_NAME,
    MAX_POINTS,
    OwnData,
    scale_of,
    target_scale_of,
)
from mlpviz.experiment.data.table_columns import (
    LOOKED_AT,
    Table,
    Target,
    input_numbers,
    listed,
    number_columns,
)
from mlpviz.experiment.data.table_text import (
    Source,
    Writing,
    parse_number,
    recognise,
    rows_of,
    source_of,
)
from mlpviz.experiment.plain_text import one_line, path_words
from mlpviz.experiment.regular_files import read_file

MAX_BYTES = 20_000_000
MAX_CELLS = 6 * MAX_POINTS  # each takes some seventy bytes
MAX_LINES = 4 * MAX_POINTS  # of which some may be empty
MAX_COLUMNS = 64  # more than can be chosen from

Read = TypeVar("Read")  # what is made of the content of a file


def load_table(path: Path) -> Table:
    """Read a file.

    Raises
    ------
    ValueError
        with a sentence that names the file, when it cannot be read or is no table.
    """
    return _load(path, read_table)


def load_csv(path: Path) -> OwnData:
    """Read own data from the usual columns of a file.

    Raises
    ------
    ValueError
        with a sentence that names the file, and row and column where there is one.
    """
    return _load(path, read_csv)


def _load(path: Path, read: Callable[[bytes], Read]) -> Read:
    name = one_line(path.name) or path_words(path)
    content = read_file(path, MAX_BYTES, name)
    try:
        return read(content)
    except ValueError as problem:
        raise ValueError(f"{name}: {problem}") from None


def read_table(content: bytes | str) -> Table:
    """Take a text apart into cells.

    Raises
    ------
    ValueError
        with a sentence, for what is no text, no table, or too large.
    """
    if len(content) > MAX_BYTES:
        raise ValueError(f"The data must be at most {MAX_BYTES // 1_000_000} million bytes.")
    source = source_of(content)
    count = source.line_count()
    if count > MAX_LINES:
        raise ValueError(
            f"There are {count} lines, and more than {MAX_POINTS} rows cannot be used."
        )
    beginning = source.beginning()
    if not beginning:
        raise ValueError("There are no data: it is empty.")
    writing = recognise(beginning)
    rows, lines = _read_rows(source, writing)
    width = _width(rows[:LOOKED_AT])
    has_header = _is_header(rows, writing.decimal, width)
    names = _names(rows[0] if has_header else [], width)
    if has_header:
        del rows[0], lines[0]
    if len(rows) > MAX_POINTS:
        raise ValueError(f"There are more than {MAX_POINTS} rows, which is as many as can be used.")
    if len(rows) < 2:
        raise ValueError(f"At least two rows of data are needed. Got {len(rows)}.")
    return Table(names, rows, lines, writing, source.encoding, has_header)


def default_columns(table: Table) -> tuple[int, int, int]:
    """Choose the first two columns of numbers as inputs, and the last column as target.

    Raises
    ------
    ValueError
        with a sentence, where there are not enough.
    """
    target = len(table.names) - 1
    if target < 2:
        raise ValueError(
            f"Three columns are needed, two inputs and a target. Got {target + 1} "
            f"({table.writing.words})."
        )
    numbers = [column for column in table.number_columns if column != target]
    # A first column without a name only counts the rows.
    if len(numbers) > 2 and table.has_header and table.names[numbers[0]] == _unnamed(numbers[0]):
        numbers = numbers[1:]
    if len(numbers) < 2:
        raise ValueError(
            f"Two columns of numbers are needed beside the last one. Got {len(numbers)} "
            f"({table.writing.words})."
        )
    return numbers[0], numbers[1], target


def find_column(table: Table, name: str | int) -> int:
    """Return the position of a column, given its header or its position, counted from 0.

    Raises
    ------
    ValueError
        with a sentence, where there is none of this name.
    """
    if isinstance(name, int):
        if not 0 <= name < len(table.names):
            raise ValueError(f"There are {len(table.names)} columns. Got position {name}.")
        return name
    if name not in table.names:
        raise ValueError(f"There is no column {name!r:.60}. Choose from {listed(table.names)}.")
    return table.names.index(name)


def own_data_of(
    table: Table, x1: int, x2: int, target: int, *, as_numbers: bool | None = None
) -> OwnData:
    """Make points of three columns, given by position.

    Parameters
    ----------
    as_numbers : whether the targets are numbers rather than classes; None for what is usual

    Raises
    ------
    ValueError
        with a sentence that names row and column where there is one.
    """
    if len({x1, x2, target}) < 3:
        raise ValueError("The two inputs and the target must be three different columns.")
    _check_widths(table)
    X = np.column_stack([input_numbers(table, x1), input_numbers(table, x2)])
    found = Target(table, target)
    is_regression = found.is_regression if as_numbers is None else as_numbers
    names = (table.names[x1], table.names[x2])
    if is_regression:
        Y = found.numbers()
        return OwnData(X, Y, names, found.name, (), *scale_of(X), *target_scale_of(Y))
    classes, Y = found.classes()
    return OwnData(X, Y, names, found.name, classes, *scale_of(X))


def read_csv(content: bytes | str, columns: Sequence[str | int] = ()) -> OwnData:
    """Read own data from text.

    Parameters
    ----------
    columns : header or position of the two inputs and of the target; () for `default_columns`

    Raises
    ------
    ValueError
        with a sentence that names row and column where there is one.
    """
    table = read_table(content)
    if not columns:
        return own_data_of(table, *default_columns(table))
    if len(columns) != 3:
        raise ValueError(f"Three columns must be chosen. Got {len(columns)}.")
    x1, x2, target = (find_column(table, name) for name in columns)
    return own_data_of(table, x1, x2, target)


def _read_rows(source: Source, writing: Writing) -> tuple[list[list[str]], list[int]]:
    rows, lines, cells = [], [], 0
    try:
        for line, row in rows_of(source.lines(), writing):
            if len(row) > MAX_COLUMNS:
                row = _narrowed(row, line)
            rows.append(row)
            lines.append(line)
            cells += len(row)
            if cells > MAX_CELLS:
                raise ValueError(
                    f"The data must have at most {MAX_CELLS} cells, as {MAX_POINTS} rows of "
                    f"{MAX_CELLS // MAX_POINTS} columns have: leave out what is not needed."
                )
            if len(rows) > MAX_POINTS + 1:
                break  # one more than all points and a header: no need to read a million
    except csv.Error as problem:
        raise ValueError(f"Row {len(rows) + 1} cannot be read: {problem}.") from None
    return rows, lines


def _narrowed(row: list[str], line: int) -> list[str]:
    """Return the columns that there may be, where there is nothing behind them.

    Raises
    ------
    ValueError
        with a sentence, where there is.
    """
    if any(cell.strip() for cell in row[MAX_COLUMNS:]):
        raise ValueError(
            f"The data must have at most {MAX_COLUMNS} columns. Row {line} has {len(row)}: "
            "leave out what is not needed."
        )
    return row[:MAX_COLUMNS]


def _width(rows: Sequence[Sequence[str]]) -> int:
    """Return how many cells most rows have, or the first of them; empty ones at the end not."""
    widths = [max((i + 1 for i, cell in enumerate(row) if cell.strip()), default=0) for row in rows]
    return max(widths[0], max(set(widths), key=widths.count))


def _is_header(rows: Sequence[Sequence[str]], decimal: str, width: int) -> bool:
    """Tell whether the first row has words where the others have numbers, and no number there."""
    columns = number_columns(rows[1 : LOOKED_AT + 1], decimal, width)
    first = [rows[0][column] for column in columns if column < len(rows[0])]
    return bool(first) and all(parse_number(cell, decimal) is None for cell in first)


def _names(header: Sequence[str], width: int) -> tuple[str, ...]:
    names: list[str] = []
    for column in range(width):
        name = one_line(header[column]) if column < len(header) else ""
        name = name.lstrip("# ") if column == 0 else name
        name = name[:MAX_NAME].strip() or _unnamed(column)
        names.append(f"{name[: MAX_NAME - 20]} ({_unnamed(column)})" if name in names else name)
    return tuple(names)


def _unnamed(column: int) -> str:
    return f"column {column + 1}"


def _check_widths(table: Table) -> None:
    width = len(table.names)
    for line, row in zip(table.lines, table.rows, strict=True):
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            raise ValueError(f"Row {line} has {len(row)} cells where the others have {width}.")
