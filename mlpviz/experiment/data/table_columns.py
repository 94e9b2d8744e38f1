"""The columns of a table: which hold numbers, and what a target is, classes or numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.data.own_data import MAX_MAGNITUDE, MAX_NAME
from mlpviz.experiment.data.table_text import Writing, parse_number, parse_numbers
from mlpviz.experiment.plain_text import one_line

LOOKED_AT = 50  # rows by which a column is taken for one of numbers
NUMBER_MARK = " (number)"  # ends the header of a target that is a number, however few it takes


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a text, and how it is written.

    Parameters
    ----------
    names : of the columns; "column 3" where the text does not say
    rows : the cells, without the header
    lines : where each row stands in the text, counted from 1
    writing : delimiter and decimal sign
    encoding : in words
    has_header : whether the first row names the columns
    """

    names: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    writing: Writing
    encoding: str
    has_header: bool

    @property
    def number_columns(self) -> list[int]:
        """The columns whose first cells are numbers, most of them."""
        return number_columns(self.rows, self.writing.decimal, len(self.names))


def number_columns(rows: Sequence[Sequence[str]], decimal: str, width: int) -> list[int]:
    """Return the columns whose first cells are numbers, most of them."""
    found = []
    for column in range(width):
        cells = [row[column] for row in rows[:LOOKED_AT] if len(row) > column]
        cells = [cell for cell in cells if cell.strip()]
        numbers = sum(parse_number(cell, decimal) is not None for cell in cells)
        if 2 * numbers > len(cells):
            found.append(column)
    return found


class Target:
    """A column of a table as a target: of classes or of numbers, if it can be either.

    Parameters
    ----------
    column : its position

    Raises
    ------
    ValueError
        with a sentence that names the row, where a cell is missing.
    """

    def __init__(self, table: Table, column: int) -> None:
        self._table, self._column = table, column
        self._cells = _cells(table, column)
        labels = list(dict.fromkeys(self._cells))
        numbers = parse_numbers(labels, table.writing.decimal)
        self._parsed = dict(zip(labels, numbers, strict=True))
        self._is_numeric = None not in numbers
        # 1.0 and 1 are one class, but not among words; there it is what looks the same.
        is_plain = self._is_numeric or " ".join(labels).isprintable()  # nearly always
        words = labels if is_plain else list(map(one_line, labels))
        keys = numbers if self._is_numeric else words
        self._keys: dict[str, Any] = dict(zip(labels, keys, strict=True))
        self._is_mostly_numeric = 2 * (len(numbers) - numbers.count(None)) > len(numbers)
        header = table.names[column]
        self._is_marked = header.endswith(NUMBER_MARK) and header != NUMBER_MARK
        self.name = header.removesuffix(NUMBER_MARK) if self._is_marked else header

    @property
    def is_regression(self) -> bool:
        """Whether numbers are what is usual: they are too many for classes, or the header says so.

        Where nearly all are numbers it is not words that are too many, but one cell that is wrong.
        """
        if self._is_numeric and self._is_marked:
            return True
        return len(set(self._keys.values())) > MAX_CLASSES and self._is_mostly_numeric

    def classes(self) -> tuple[tuple[str, ...], Array]:
        """Return the names of classes, in the order of numbers or the alphabet, and their numbers.

        Raises
        ------
        ValueError
            with a sentence, where there are too few or too many, or one is not a class.
        """
        by_key: dict[Any, str] = {}
        for label, key in self._keys.items():
            number = self._parsed[label]
            if number is not None and math.isnan(number):  # among words too
                row = self._cells.index(label)
                _refuse(self._table, row, self._column, f"must be a class. Got {label!r}")
            by_key.setdefault(key, label if self._is_numeric else key)
        keys = sorted(by_key)
        names = [by_key[key] for key in keys]
        where = f"The target {self.name!r:.60}"
        if len(names) == 1:
            raise ValueError(f"{where} has one class only, {names[0]!r:.60}: two are needed.")
        if len(names) > MAX_CLASSES:
            raise ValueError(
                f"{where} has {len(names)} classes, {listed(names)}: "
                f"{MAX_CLASSES} are possible at most."
            )
        if max(map(len, names)) > MAX_NAME:
            raise ValueError(f"{where} has a class of more than {MAX_NAME} characters.")
        numbers = {label: keys.index(key) for label, key in self._keys.items()}
        return tuple(names), np.array([numbers[cell] for cell in self._cells], np.float64)

    def numbers(self) -> Array:
        """Return the numbers.

        Raises
        ------
        ValueError
            with a sentence, where one is none or they are all the same.
        """
        numbers = column_numbers(self._table, self._column)
        if (numbers == numbers[0]).all():
            raise ValueError(
                f"The target {self.name!r:.60} is the same number in each row, {numbers[0]:g}: "
                "two different ones are needed."
            )
        return numbers


def column_numbers(table: Table, column: int) -> Array:
    """Return a column of numbers.

    Raises
    ------
    ValueError
        with a sentence that names row and column, where one is missing, none or out of bounds.
    """
    cells = _cells(table, column)
    numbers = parse_numbers(cells, table.writing.decimal)
    if None in numbers:
        index = numbers.index(None)
        _refuse(table, index, column, f"must be a number. Got {cells[index]!r:.60}")
    values: Array = np.array(numbers, np.float64)
    bad = ~(np.abs(values) <= MAX_MAGNITUDE)  # NaN is not <= either
    if bad.any():
        index = int(bad.argmax())
        rule = f"must be a finite number of at most {MAX_MAGNITUDE:g}"
        _refuse(table, index, column, f"{rule}. Got {cells[index]!r:.60}")
    return values


def input_numbers(table: Table, column: int) -> Array:
    """Return a column of numbers that can be scaled by its extent, as inputs are.

    Raises
    ------
    ValueError
        with a sentence that names row, column and value, as `column_numbers`, and where one is too
        far from another.
    """
    values = column_numbers(table, column)
    low = float(values.min())
    is_far = values - low > MAX_MAGNITUDE
    if is_far.any():
        index = int(is_far.argmax())
        rule = f"must be at most {MAX_MAGNITUDE:g} above the least number there, {low:g}"
        _refuse(table, index, column, f"{rule}. Got {_cells(table, column)[index]!r:.60}")
    return values


def listed(names: Sequence[str]) -> str:
    """Name the first few."""
    shown = ", ".join(f"{name:.30}" for name in islice(names, 5))
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"


def _cells(table: Table, column: int) -> list[str]:
    """Return a column, each cell stripped.

    Raises
    ------
    ValueError
        where one is missing.
    """
    cells = [row[column].strip() if len(row) > column else "" for row in table.rows]
    if not all(cells):
        _refuse(table, cells.index(""), column, "has nothing in it")
    return cells


def _refuse(table: Table, index: int, column: int, rule: str) -> None:
    raise ValueError(f"Row {table.lines[index]}, column {table.names[column]!r:.60} {rule}.")
