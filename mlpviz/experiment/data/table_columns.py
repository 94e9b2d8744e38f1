"""The columns of a table: numbers to be inputs, and what a target is, classes or numbers."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple, NoReturn

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.data.guesses import are_numbers
from mlpviz.experiment.data.notation import (
    Notation,
    parse_cell,
    parse_numbers,
    plain_text,
)
from mlpviz.experiment.data.own_data import MAX_MAGNITUDE, MAX_NAME
from mlpviz.experiment.data.table import listed
from mlpviz.experiment.data.table_words import TRUTH, TRUTHS, truth_of
from mlpviz.experiment.plain_text import one_line

BARE = re.compile(r"[-+0-9.,eE' \n]+")  # numbers with nothing beside them
NINES = re.compile(r"-?9*9\.?9+")  # what many files have for no number
SHOWN = 5  # of too many classes
MOST_FOLDED = 1000  # different words
NUMBER_MARK = " (number)"  # ends the header of a target that is a number, however few it takes


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, of the rows that are used.

    Parameters
    ----------
    name : as the table has it
    cells : each stripped, none missing
    lines : where each stands in the text, counted from 1
    notation : the signs of numbers
    """

    name: str
    cells: Sequence[str]
    lines: Sequence[int]
    notation: Notation

    def refuse(self, index: int, rule: str) -> NoReturn:
        """Raise a ValueError that names row and column."""
        raise ValueError(f"Row {self.lines[index]}, column {self.name!r:.60} {rule}.")


class Numbers(NamedTuple):
    """The numbers of a column, and what is to be known of how they were read.

    Parameters
    ----------
    values : (rows,)
    notes : sentences
    """

    values: Array
    notes: tuple[str, ...] = ()


def column_numbers(column: Column) -> Numbers:
    """Return a column of numbers.

    Raises
    ------
    ValueError
        with a sentence that names row and column, where one is none, out of bounds, or has another
        unit than the others.
    """
    if truth_of(column.cells) and truth_of(set(column.cells)):
        return _truths(column)
    numbers = parse_numbers(column.cells, column.notation)
    if None in numbers:
        index = numbers.index(None)
        column.refuse(index, f"must be a number. Got {column.cells[index]!r:.60}")
    values: Array = np.array(numbers, np.float64)
    bad = ~(np.abs(values) <= MAX_MAGNITUDE)  # NaN is not <= either
    if bad.any():
        index = int(bad.argmax())
        rule = f"must be a finite number of at most {MAX_MAGNITUDE:g}"
        column.refuse(index, f"{rule}. Got {column.cells[index]!r:.60}")
    return Numbers(values, (*_written_notes(column), *_sentinel_notes(column, values)))


def input_numbers(column: Column) -> Numbers:
    """Return a column of numbers that can be scaled by its extent, as inputs are.

    Raises
    ------
    ValueError
        with a sentence that names row, column and value, as `column_numbers`, and where one is too
        far from another.
    """
    found = column_numbers(column)
    low = float(found.values.min())
    is_far = found.values - low > MAX_MAGNITUDE
    if is_far.any():
        index = int(is_far.argmax())
        rule = f"must be at most {MAX_MAGNITUDE:g} above the least number there, {low:g}"
        column.refuse(index, f"{rule}. Got {column.cells[index]!r:.60}")
    return found


class Target:
    """A column as a target: of classes or of numbers, if it can be either.

    Parameters
    ----------
    class_names : of classes that the column numbers 0, 1 …; () where the table does not name them
    """

    def __init__(self, column: Column, class_names: tuple[str, ...] = ()) -> None:
        self._column, self._class_names = column, class_names
        labels = list(dict.fromkeys(column.cells))
        self._numbers, self._has_unit = _target_numbers(labels, column.notation)
        self._is_numeric = None not in self._numbers.values()
        self._keys = self._numbers if self._is_numeric else _word_keys(column.cells, labels)
        known = sum(number is not None for number in self._numbers.values())
        self._is_mostly_numeric = 2 * known > len(labels)
        self._is_marked = column.name.endswith(NUMBER_MARK) and column.name != NUMBER_MARK
        self.name = column.name.removesuffix(NUMBER_MARK) if self._is_marked else column.name

    @property
    def different(self) -> int:
        """How many different values there are."""
        return len(set(self._keys.values()))

    @property
    def is_regression(self) -> bool:
        """Whether numbers are what is usual: they are too many for classes, or the header says so.

        Where nearly all are numbers it is not words that are too many, but one cell that is wrong.
        """
        if self._is_numeric and (self._is_marked or (self._has_unit and self.different > 1)):
            return True
        never_again = self.different == len(self._column.cells) and self._has_fractions
        return (self.different > MAX_CLASSES and self._is_mostly_numeric) or never_again

    @property
    def _has_fractions(self) -> bool:
        return self._is_numeric and any(number != int(number) for number in self._finite())

    def classes(self) -> tuple[tuple[str, ...], Array]:
        """Return the names of classes, in the order of numbers or the alphabet, and their numbers.

        Raises
        ------
        ValueError
            with a sentence, where there are too few or too many, or one is not a class.
        """
        if self.different > MAX_CLASSES:
            raise ValueError(
                f"The target {self.name!r:.60} has {self.different} classes, "
                f"{self._first_classes()} and {self.different - SHOWN} more: {MAX_CLASSES} are "
                "possible at most."
            )
        keys = sorted(set(self._keys.values()), key=_order)
        for label, number in self._numbers.items():
            if number is not None and math.isnan(number):  # among words too
                self._column.refuse(
                    self._column.cells.index(label), f"must be a class. Got {label!r}"
                )
        names = [_class_name(key) for key in keys]
        where = f"The target {self.name!r:.60}"
        if len(names) == 1:
            raise ValueError(f"{where} has one class only, {names[0]!r:.60}: two are needed.")
        if max(map(len, names)) > MAX_NAME:
            raise ValueError(f"{where} has a class of more than {MAX_NAME} characters.")
        if self._is_numeric and keys == list(map(float, range(len(self._class_names)))):
            names = list(self._class_names)
        places = {key: number for number, key in enumerate(keys)}
        numbers = {label: float(places[key]) for label, key in self._keys.items()}
        return tuple(names), np.array([numbers[cell] for cell in self._column.cells])

    def _first_classes(self) -> str:
        first = nsmallest(SHOWN, set(self._keys.values()), key=_order)
        return ", ".join(f"{one_line(_class_name(key)):.30}" for key in first)

    def numbers(self) -> Numbers:
        """Return the numbers.

        Raises
        ------
        ValueError
            with a sentence, where one is none or they are all the same.
        """
        found = column_numbers(self._column)
        first = found.values[0]
        if (found.values == first).all():
            raise ValueError(
                f"The target {self.name!r:.60} is the same number in each row, {first:g}: "
                "two different ones are needed."
            )
        return found

    def notes(self, *, is_regression: bool) -> list[str]:
        """Say what is to be known of how it is read."""
        notes = []
        if is_regression and self._is_numeric and not self._is_marked:
            are_whole = all(number == int(number) for number in self._finite())
            if are_whole and self.different <= 20 and self.different * 2 <= len(self._column.cells):
                notes.append(
                    f"The target {self.name!r:.60} has {self.different} different whole numbers, "
                    f"which are learned as numbers: classes can be {MAX_CLASSES} at most."
                )
        if is_regression and self.different <= MAX_CLASSES and not self._is_marked:
            notes.append(
                f"The {self.different} different numbers of {self.name!r:.60} are learned as "
                "numbers; as classes: --kind classes."
            )
        if not is_regression and self._has_fractions:
            notes.append(
                f"The {self.different} different numbers of {self.name!r:.60} are read as "
                "classes; as numbers: --kind numbers."
            )
        if not (is_regression or self._is_numeric) and len(self._keys) > self.different:
            notes.append(f"Classes that differ in capital letters only are one: {self._same()}.")
        return notes

    def _finite(self) -> list[float]:
        return [n for n in self._numbers.values() if n is not None and math.isfinite(n)]

    def _same(self) -> str:
        kinds: dict[str, list[str]] = {}
        for label, key in self._keys.items():
            kinds.setdefault(str(key), []).append(one_line(label))
        return listed([" = ".join(group) for group in kinds.values() if len(group) > 1])


def _truths(column: Column) -> Numbers:
    words = {plain_text(cell).casefold() for cell in column.cells}
    true = next(truth for truth in TRUTHS if words <= truth)
    by_word = {plain_text(cell).casefold(): one_line(cell) for cell in column.cells}
    shown = [f"{by_word[word]} is {TRUTH[word]:g}" for word in sorted(true) if word in by_word]
    values = np.array([TRUTH[plain_text(cell).casefold()] for cell in column.cells])
    return Numbers(values, (f"In {column.name!r:.60} {' and '.join(shown)}.",))


def _written_notes(column: Column) -> list[str]:
    """Say what stands in the cells beside numbers; refuse what makes different numbers of them."""
    text = "\n".join(column.cells)
    if BARE.fullmatch(text) and "-\n" not in f"{text}\n":
        return []
    parsed = [parse_cell(cell, column.notation) for cell in column.cells]
    units = Counter(cell.unit for cell in parsed if cell is not None)
    notes = []
    real = [unit for unit, _ in units.most_common() if unit]
    are_few = bool(real) and 2 * units[real[0]] < len(parsed)
    if len(real) > 1 or are_few or (real and real[0] in ("%", "‰") and units[""]):
        most = units.most_common()[0][0]
        index = next(i for i, cell in enumerate(parsed) if cell is not None and cell.unit != most)
        wanted = f"the unit {most}" if most else "no unit"
        column.refuse(index, f"must have {wanted} as others have. Got {column.cells[index]!r:.60}")
    if real:
        some = f"; {units['']} cells have none" if units[""] else ""
        notes.append(f"The numbers of {column.name!r:.60} are in {real[0]}{some}.")
    bracketed = [i for i, cell in enumerate(parsed) if cell is not None and cell.is_bracketed]
    if bracketed:
        cell = column.cells[bracketed[0]]
        notes.append(
            f"{one_line(cell)} in row {column.lines[bracketed[0]]}, column {column.name!r:.60}, is "
            "read as negative, as in bookkeeping."
        )
    return notes


def _sentinel_notes(column: Column, values: Array) -> list[str]:
    sentinel = _sentinel_of(values)
    if sentinel is None:
        return []
    count = int((values == sentinel).sum())
    often = f"{count} times" if count > 1 else "once"
    return [
        f"{sentinel:g} stands in {column.name!r:.60} {often} and may mean that there is no value; "
        f"to leave it out: --missing={sentinel:g}."
    ]


def _sentinel_of(values: Array) -> float | None:
    """Return a number of nines only that may stand for none: it lies far from all the rest."""
    for value in (float(values.min()), float(values.max())):
        if NINES.fullmatch(f"{value:g}"):
            rest = values[values != value]
            is_far = len(rest) and np.abs(rest).max() < abs(value) / 2
            if is_far or (value < 0 and len(rest) and rest.min() >= 0):
                return value
    return None


def _target_numbers(
    labels: Sequence[str], notation: Notation
) -> tuple[dict[str, float | None], bool]:
    """Read labels that are numbers, all of them in one unit or in none: 1a and 1b are classes.

    Return also whether they have a unit, which no class has.
    """
    if BARE.fullmatch("\n".join(labels)):
        return dict(zip(labels, parse_numbers(labels, notation), strict=True)), False
    if len(labels) > MOST_FOLDED and not are_numbers(labels):
        return dict.fromkeys(labels), False
    found = {label: parse_cell(label, notation) for label in labels}
    units = {cell.unit for cell in found.values() if cell is not None}
    is_one = len(units) == 1 and None not in found.values()
    numbers = {
        label: cell.value if cell is not None and (is_one or not cell.unit) else None
        for label, cell in found.items()
    }
    return numbers, is_one and units != {""}


def _word_keys(cells: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """Return what each label is called: on one line, and as it is written most often."""
    if len(labels) > MOST_FOLDED:  # far too many classes: it is no matter which of them are one
        return {label: label for label in labels}
    often = Counter(cells)
    best: dict[str, str] = {}
    for label in sorted(labels, key=lambda label: -often[label]):
        best.setdefault(_folded(label), one_line(label))
    return {label: best[_folded(label)] for label in labels}


def _folded(label: str) -> str:
    return one_line(plain_text(label)).casefold()


def _order(key: float | str | None) -> tuple[float, str]:
    """Return by what classes are sorted: numbers, or words by the alphabet."""
    return (0.0, key) if isinstance(key, str) else (key or 0.0, "")


def _class_name(key: float | str | None) -> str:
    if isinstance(key, str):
        return key
    assert key is not None
    return str(int(key)) if math.isfinite(key) and key == int(key) else repr(key)
