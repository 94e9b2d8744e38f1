"""The columns of a table: numbers to be inputs, and what a target is, classes or numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.marked import marked
from mlpviz.experiment.data.doubtful_numbers import doubtful_notes
from mlpviz.experiment.data.notation import (
    ENLARGING,
    Notation,
    parse_cell,
    parse_numbers,
    plain_text,
)
from mlpviz.experiment.data.odd_values import far_value_of, missing_code_of, two_sizes_of
from mlpviz.experiment.data.own_rules import MAX_MAGNITUDE
from mlpviz.experiment.data.table_words import TRUTH, TRUTHS, truth_of
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.plain_text import one_line

BARE = re.compile(r"[-+0-9.,eE' \n]+")  # numbers with nothing beside them
GRADE = re.compile(r"[0-9]-")  # as in schools; sums of bookkeeping have more digits

# Why a cell is refused.
NO_NUMBER = marked("Row {line}, column {column} must be a number. Got {got}.")
NO_CLASS = marked("Row {line}, column {column} must be a class. Got {got}.")
NOT_FINITE = marked(
    "Row {line}, column {column} must be a finite number of at most {most}. Got {got}."
)
TOO_FAR = marked(
    "Row {line}, column {column} must be at most {most} above the least number there, {least}. Got "
    "{got}."
)
OTHER_UNIT = marked(
    "Row {line}, column {column} must have the unit {unit} as others have. Got {got}."
)
A_GRADE = marked(
    "Row {line}, column {column} may be a grade or a negative number: write it as one of them. Got "
    "{got}."
)
A_UNIT = marked("Row {line}, column {column} must have no unit as others have. Got {got}.")


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

    def refuse(self, index: int, sentence: str, **places: object) -> NoReturn:
        """Raise a ValueError that names row, column and cell.

        Parameters
        ----------
        sentence : marked, with the places {line}, {column} and {got}
        places : what stands in others that it has
        """
        where = {"line": self.lines[index], "column": f"{self.name!r:.60}"}
        raise ValueError(tr(sentence, **where, got=f"{self.cells[index]!r:.60}", **places))


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
        column.refuse(index, NO_NUMBER)
    values: Array = np.array(numbers, np.float64)
    bad = ~(np.abs(values) <= MAX_MAGNITUDE)  # NaN is not <= either
    if bad.any():
        index = int(bad.argmax())
        column.refuse(index, NOT_FINITE, most=f"{MAX_MAGNITUDE:g}")
    return Numbers(values, (*_written_notes(column), *_odd_notes(column, values)))


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
        column.refuse(index, TOO_FAR, most=f"{MAX_MAGNITUDE:g}", least=f"{low:g}")
    return found


def _truths(column: Column) -> Numbers:
    words = {plain_text(cell).casefold() for cell in column.cells}
    true = next(truth for truth in TRUTHS if words <= truth)
    by_word = {plain_text(cell).casefold(): one_line(cell) for cell in column.cells}
    shown = [
        tr("{word} is {number}", word=by_word[word], number=f"{TRUTH[word]:g}")
        for word in sorted(true)
        if word in by_word
    ]
    values = np.array([TRUTH[plain_text(cell).casefold()] for cell in column.cells])
    name = f"{column.name!r:.60}"
    both = tr("{first} and {second}", first=shown[0], second=shown[-1])
    meaning = both if len(shown) > 1 else shown[0]
    return Numbers(values, (tr("In {column} {meaning}.", column=name, meaning=meaning),))


def _written_notes(column: Column) -> list[str]:
    """Say what stands in the cells beside numbers; refuse what makes different numbers of them."""
    text = "\n".join(column.cells)
    doubts = doubtful_notes(column.name, column.cells, text)
    if BARE.fullmatch(text) and "-\n" not in f"{text}\n":
        return doubts
    parsed = [parse_cell(cell, column.notation) for cell in column.cells]
    units = Counter(cell.unit for cell in parsed if cell is not None)
    notes = doubts
    real = [unit for unit, _ in units.most_common() if unit]
    are_few = bool(real) and 2 * units[real[0]] < len(parsed)
    if len(real) > 1 or are_few or (units[""] and any(map(ENLARGING.fullmatch, real))):
        most = units.most_common()[0][0]
        index = next(i for i, cell in enumerate(parsed) if cell is not None and cell.unit != most)
        column.refuse(index, OTHER_UNIT if most else A_UNIT, unit=most)
    if real:
        name, unit = f"{column.name!r:.60}", real[0].removesuffix(".")
        notes.append(
            tr_plural(
                "The numbers of {column} are in {unit}; {count} cell has none.",
                "The numbers of {column} are in {unit}; {count} cells have none.",
                units[""],
                column=name,
                unit=unit,
            )
            if units[""]
            else tr("The numbers of {column} are in {unit}.", column=name, unit=unit)
        )
    bracketed = [i for i, cell in enumerate(parsed) if cell is not None and cell.is_bracketed]
    if bracketed:
        cell = column.cells[bracketed[0]]
        if all(GRADE.fullmatch(plain_text(column.cells[i])) for i in bracketed):
            column.refuse(bracketed[0], A_GRADE)
        if len(bracketed) == len(parsed):  # as what says how sure the numbers before it are
            notes.append(
                tr(
                    "All numbers of {column} are in brackets; where these are no minus signs, take "
                    "them away.",
                    column=f"{column.name!r:.60}",
                )
            )
        notes.append(
            tr(
                "{cell} in row {line}, column {column}, is read as negative, as in bookkeeping.",
                cell=one_line(cell),
                line=column.lines[bracketed[0]],
                column=f"{column.name!r:.60}",
            )
        )
    return notes


def _odd_notes(column: Column, values: Array) -> list[str]:
    """Say what stands off all other numbers."""
    name = f"{column.name!r:.60}"
    code = missing_code_of(values)
    if code is not None:
        return [
            tr_plural(
                "{number} stands in {column} once and may mean that there is no value; to leave it "
                "out: --missing={number}.",
                "{number} stands in {column} {count} times and may mean that there is no value; to "
                "leave it out: --missing={number}.",
                int((values == code).sum()),
                number=f"{code:g}",
                column=name,
            )
        ]
    far = far_value_of(values)
    if far is not None:
        rest = values[values != far]
        return [
            tr(
                "{number} in row {line} lies far off all others of {column}, {least} to {most}; "
                "where it is an error, correct it or leave it out: --missing={number}.",
                number=f"{far:.15g}",
                line=column.lines[int((values == far).argmax())],
                column=name,
                least=f"{rest.min():g}",
                most=f"{rest.max():g}",
            )
        ]
    sizes = two_sizes_of(values)
    if sizes is None:
        return []
    small, large = (
        tr("{least} to {most}", least=f"{group[0]:g}", most=f"{group[-1]:g}") for group in sizes
    )
    return [
        tr(
            "{column} has numbers of two sizes, {small} and {large}; where these are two units, "
            "write all in one.",
            column=name,
            small=small,
            large=large,
        )
    ]
