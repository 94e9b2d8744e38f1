"""A column as a target: of classes, or of numbers."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nsmallest

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.data.doubtful_numbers import doubtful_notes
from mlpviz.experiment.data.guesses import are_numbers
from mlpviz.experiment.data.notation import (
    Notation,
    looks_like_number,
    parse_cell,
    parse_numbers,
    plain_text,
)
from mlpviz.experiment.data.own_rules import MAX_NAME
from mlpviz.experiment.data.table import listed
from mlpviz.experiment.data.table_columns import BARE, NO_CLASS, Column, Numbers, column_numbers
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import one_line

NUMBER_MARK = " (number)"  # ends the header of a target that is a number, however few it takes
SHOWN = 5  # of too many classes
LIMIT = re.compile(r"[<>≤≥] ?\d.*")
SHARE = re.compile(r"\d+(?:[.,]\d+)? ?/ ?\d+")  # as of 20 points, or a fraction
FEWEST = 4  # values by which it is seen that most are numbers
MOST_FOLDED = 1000  # different words


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
        self._odd = _odd_among_numbers(labels, self._numbers)
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
        is_measured = self._has_fractions or bool(self._odd)  # then that one is refused
        never_again = self.different == len(self._column.cells) and is_measured
        return (self.different > MAX_CLASSES and self._is_mostly_numeric) or never_again

    @property
    def _are_single(self) -> bool:
        return FEWEST <= len(self._column.cells) == self.different

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
                tr(
                    "The target {column} has {classes} classes, {first} and {more} more: {most} "
                    "are possible at most.",
                    column=f"{self.name!r:.60}",
                    classes=self.different,
                    first=self._first_classes(),
                    more=self.different - SHOWN,
                    most=MAX_CLASSES,
                )
            )
        keys = sorted(set(self._keys.values()), key=_order)
        for label, number in self._numbers.items():
            if number is not None and math.isnan(number):  # among words too
                self._column.refuse(self._column.cells.index(label), NO_CLASS)
        names = [_class_name(key) for key in keys]
        if len(names) == 1:
            raise ValueError(
                tr(
                    "The target {column} has one class only, {name}: two are needed.",
                    column=f"{self.name!r:.60}",
                    name=f"{names[0]!r:.60}",
                )
            )
        if max(map(len, names)) > MAX_NAME:
            raise ValueError(
                tr(
                    "The target {column} has a class of more than {most} characters.",
                    column=f"{self.name!r:.60}",
                    most=MAX_NAME,
                )
            )
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
                tr(
                    "The target {column} is the same number in each row, {number}: two different "
                    "ones are needed.",
                    column=f"{self.name!r:.60}",
                    number=f"{first:g}",
                )
            )
        return found

    def notes(self, *, is_regression: bool) -> list[str]:
        """Say what is to be known of how it is read."""
        notes, column = [], f"{self.name!r:.60}"
        if is_regression and self._is_numeric and not self._is_marked:
            are_whole = all(number == int(number) for number in self._finite())
            if are_whole and self.different <= 20 and self.different * 2 <= len(self._column.cells):
                notes.append(
                    tr(
                        "The target {column} has {different} different whole numbers, which are "
                        "learned as numbers: classes can be {most} at most.",
                        column=column,
                        different=self.different,
                        most=MAX_CLASSES,
                    )
                )
        if is_regression and self.different <= MAX_CLASSES and not self._is_marked:
            notes.append(
                tr(
                    "The {different} different numbers of {column} are learned as numbers; as "
                    "classes: --kind classes.",
                    different=self.different,
                    column=column,
                )
            )
        if not is_regression:
            notes += self._class_notes()
        return notes

    def _class_notes(self) -> list[str]:
        """Say what is to be known of it as one of classes."""
        notes, column = [], f"{self.name!r:.60}"
        are_single = self._is_numeric and 2 * self.different > len(self._column.cells)
        if self._has_fractions or are_single:
            notes.append(
                tr(
                    "The {different} different numbers of {column} are read as classes; as "
                    "numbers: --kind numbers.",
                    different=self.different,
                    column=column,
                )
            )
        if self._odd:
            notes.append(
                tr(
                    "The values of {column} are read as classes, for {cell} is no number; where it "
                    "stands for no value, name it by --missing.",
                    column=column,
                    cell=f"{one_line(self._odd)!r:.40}",
                )
            )
        if not self._is_numeric and self._are_single:
            notes.append(
                tr(
                    "Each row has a class of its own in {column}: where it names the rows, take "
                    "another column by --target.",
                    column=column,
                )
            )
        if all(map(SHARE.fullmatch, self._keys)):
            notes.append(
                tr(
                    "{cell} in {column} is read as a class; where it is a number, as of points out "
                    "of some, write only that number.",
                    cell=self._column.cells[0],
                    column=column,
                )
            )
        if self._is_numeric:
            cells = self._column.cells
            notes += doubtful_notes(self.name, cells, "\n".join(cells))
        if not self._is_numeric and len(self._keys) > self.different:
            notes.append(
                tr(
                    "Classes that differ in capital letters only are one: {classes}.",
                    classes=self._same(),
                )
            )
        return notes

    def _finite(self) -> list[float]:
        return [n for n in self._numbers.values() if n is not None and math.isfinite(n)]

    def _same(self) -> str:
        kinds: dict[str, list[str]] = {}
        for label, key in self._keys.items():
            kinds.setdefault(str(key), []).append(one_line(label))
        return listed([" = ".join(group) for group in kinds.values() if len(group) > 1])


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


def _odd_among_numbers(labels: Sequence[str], numbers: Mapping[str, float | None]) -> str:
    """Return the first label that is no number where most are and measured; else "".

    What is measured has fractions, or limits as <1 is one.
    """
    if not FEWEST - 1 <= len(labels) <= MOST_FOLDED or None not in numbers.values():
        return ""
    odd = [label for label in labels if not looks_like_number(label)]
    others = [label for label in labels if label not in odd]
    are_enough = len(labels) >= FEWEST
    is_measured = are_enough and any(re.search(r"\d[.,]\d", label) for label in others)
    is_measured = is_measured or any(map(LIMIT.fullmatch, odd))
    return odd[0] if odd and 2 * len(odd) < len(labels) and is_measured else ""


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
