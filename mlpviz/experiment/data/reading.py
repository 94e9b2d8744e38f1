"""Own data from a table: which columns, which rows, and what is to be known of it.

There is one reading, whoever asks: the window's preview, `mlpviz data`, `mlpviz train --data`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from mlpviz.experiment.data import guesses
from mlpviz.experiment.data.chosen_columns import input_columns, target_column
from mlpviz.experiment.data.cross_tables import check_grid, comparison_note
from mlpviz.experiment.data.left_out import NO_VALUE, NOTHING, LeftOut, Why
from mlpviz.experiment.data.notation import PLAIN, Notation, parse_numbers, plain_text
from mlpviz.experiment.data.own_data import OwnData, scale_of, target_scale_of
from mlpviz.experiment.data.table import Table
from mlpviz.experiment.data.table_choices import ALL_GUESSED, CLASSES, NUMBERS, REFUSE, TableChoices
from mlpviz.experiment.data.table_columns import Column, input_numbers
from mlpviz.experiment.data.table_reading import MAX_BYTES, read_table
from mlpviz.experiment.data.table_words import PERHAPS_A_CLASS, is_missing
from mlpviz.experiment.data.target_column import Target
from mlpviz.experiment.data.uncollected import uncollected
from mlpviz.experiment.language import count_text, tr, tr_plural
from mlpviz.experiment.plain_text import one_line, path_words
from mlpviz.experiment.regular_files import read_file

FIRST_ROWS = 5
IMBALANCE = 0.9  # a class with a larger share is spoken of
MOST_NAMED = 5  # rows left out that are named one by one

Read = TypeVar("Read")  # what is made of the content of a file


@dataclass(frozen=True, slots=True)
class Reading:
    """A table as it was understood.

    Parameters
    ----------
    table : the cells
    x1, x2, target : the columns, by their places
    data : the points
    left_out : rows that are not used
    notes : what is to be known, in sentences
    """

    table: Table
    x1: int
    x2: int
    target: int
    data: OwnData
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return all of it in plain JSON types; `words.reading_words` has more notes."""
        table, data = self.table, self.data
        targets = data.Y[:FIRST_ROWS].tolist()
        if not data.is_regression:
            targets = [data.classes[int(number)] for number in targets]
        first = zip(data.X[:FIRST_ROWS].tolist(), targets, strict=True)
        return {
            "encoding": table.encoding,
            "delimiter": table.delimiter,
            "decimal": table.notation.decimal,
            "thousands": table.notation.thousands,
            "skipped_rows": table.skipped,
            "header": table.header,
            "columns": list(table.names),
            "x1": table.names[self.x1],
            "x2": table.names[self.x2],
            "targets": [table.names[self.target]],
            "kind": NUMBERS if data.is_regression else CLASSES,
            "classes": list(data.classes),
            "rows": len(data.Y),
            "left_out": len(self.left_out),
            "first_rows": [[*x, target] for x, target in first],
            "notes": list(self.notes),
        }


def load(path: Path, choices: TableChoices = ALL_GUESSED) -> Reading:
    """Read a file.

    Raises
    ------
    ValueError
        with a sentence that names the file, and row and column where there is one.
    """
    return from_file(path, lambda content: read(content, choices))


def from_file(path: Path, read: Callable[[bytes], Read]) -> Read:
    """Read what a file holds; a refusal names the file."""
    name = one_line(path.name) or path_words(path)
    content = read_file(path, MAX_BYTES, name)
    try:
        return read(content)
    except ValueError as problem:
        raise ValueError(f"{name}: {problem}") from None


@uncollected()
def read(content: bytes | str, choices: TableChoices = ALL_GUESSED) -> Reading:
    """Read own data from text.

    Parameters
    ----------
    choices : what is not to be guessed

    Raises
    ------
    ValueError
        with a sentence that names row and column where there is one.
    """
    return reading_of(read_table(content, choices), choices)


def reading_of(table: Table, choices: TableChoices = ALL_GUESSED) -> Reading:
    """Make points of three columns of a table.

    Raises
    ------
    ValueError
        with a sentence that names row and column where there is one.
    """
    check_grid(table)
    target, said = target_column(table, choices)
    (x1, x2), more = input_columns(table, choices, target)
    notes = [
        *table.notes,
        *comparison_note(table),
        *said,
        *more,
        *guesses.shape_notes(table.names, table.columns),
    ]
    places = (x1, x2, target)
    if len(set(places)) < 3:
        raise ValueError(tr("The two inputs and the target must be three different columns."))
    kept, gaps = _complete_rows(table, places, choices)
    first, second, last = (_column(table, place, kept) for place in places)
    found = [input_numbers(first), input_numbers(second)]
    X = np.column_stack([numbers.values for numbers in found])
    for numbers in found:
        notes += numbers.notes
    data, said = _with_target(
        X, (first.name, second.name), Target(last, table.class_names), choices
    )
    left_out = tuple(sorted((*table.left_out, *gaps)))
    if any(plain_text(name).casefold() == PERHAPS_A_CLASS for name in data.classes):
        notes.append(tr("none is read as a class; to leave these rows out: --missing none."))
    notes += [*said, *_left_out_notes(left_out, len(data.Y)), *_imbalance(data)]
    return Reading(table, *places, data, left_out, tuple(dict.fromkeys(notes)))


def _with_target(
    X: np.ndarray[Any, Any], names: tuple[str, str], target: Target, choices: TableChoices
) -> tuple[OwnData, list[str]]:
    is_regression = target.is_regression if choices.kind is None else choices.kind == NUMBERS
    notes = target.notes(is_regression=is_regression) if choices.kind is None else []
    scale = scale_of(X, choices.scaling)
    if is_regression:
        numbers = target.numbers()
        Y = numbers.values
        of_target = target_scale_of(Y, choices.scaling)
        data = OwnData(X, Y, names, target.name, (), *scale, *of_target)
        notes += numbers.notes
    else:
        classes, Y = target.classes()
        data = OwnData(X, Y, names, target.name, classes, *scale)
    return replace(data, reading=tuple(choices.settled().items())), notes


def _complete_rows(
    table: Table, places: Sequence[int], choices: TableChoices
) -> tuple[list[int], list[LeftOut]]:
    """Return the rows that have a value in each column, and the others."""
    gaps: dict[int, tuple[Why, str, str]] = {}
    for place in places:
        cells = table.columns[place]
        different = set(cells)
        known = _values_of(cells, different, choices.missing, is_target=place == places[-1])
        if place != places[-1] or guesses.are_numbers(known):  # 2a is a class beside a and b
            known -= _same_numbers(known, choices.missing or (), table.notation)
        for row, cell in enumerate(cells if len(known) < len(different) else ()):
            if cell not in known and row not in gaps:
                column = f"{table.names[place]!r:.60}"
                gaps[row] = (NO_VALUE if cell else NOTHING, f"{cell!r:.20}", column)
    left_out = [LeftOut(table.lines[i], table.row(i), *gaps[i]) for i in sorted(gaps)]
    if left_out and choices.incomplete == REFUSE:
        raise ValueError(_refusal(left_out[0]))
    kept = [i for i in range(len(table.lines)) if i not in gaps]
    if len(kept) < 2:
        raise ValueError(
            tr(
                "At least two complete rows are needed. Got {got}: {row}.",
                got=len(kept),
                row=left_out[0].named,
            )
        )
    return kept, left_out


def _refusal(row: LeftOut) -> str:
    """Say of a row without a value that it is refused."""
    if row.why is NOTHING:
        return tr("Row {line} has nothing in {column}.", line=row.line, column=row.column)
    return tr(
        "Row {line} has {words} in {column}.", line=row.line, words=row.words, column=row.column
    )


def _values_of(
    cells: Sequence[str], different: set[str], missing: Sequence[str] | None, *, is_target: bool
) -> set[str]:
    """Return the cells that are values.

    In a target of words - is a class beside +, and none is one where it is a good part.
    """
    if missing is None:  # nothing that ends in a digit, as most cells do, stands for no value
        known = {cell for cell in different if cell[-1:].isdigit() or not is_missing(cell)}
    else:
        known = different - {"", *missing}
    if is_target and missing is None and not guesses.are_numbers(known):
        words = {plain_text(cell).casefold(): cell for cell in different - known}
        if "-" in words and "+" in known:
            known.add(words["-"])
        often = cells.count(words.get(PERHAPS_A_CLASS, ""))
        if PERHAPS_A_CLASS in words and 5 * often >= len(cells):
            known.add(words[PERHAPS_A_CLASS])
    return known


def _same_numbers(cells: set[str], missing: Sequence[str], notation: Notation) -> set[str]:
    """Return the cells that are numbers which stand for no value: -999 is -999.0 and -999,00, too.

    Notes name such numbers with a decimal point, and commas part what is given for missing.
    """
    numbers = {*parse_numbers(missing, PLAIN)} - {None}
    if not numbers:
        return set()
    listed = sorted(cells)
    found = zip(listed, parse_numbers(listed, notation), strict=True)
    return {cell for cell, number in found if number in numbers}


def _column(table: Table, place: int, kept: Sequence[int]) -> Column:
    cells = table.columns[place]
    return Column(
        table.names[place],
        [cells[i] for i in kept] if len(kept) < len(cells) else cells,
        [table.lines[i] for i in kept] if len(kept) < len(cells) else table.lines,
        table.notation,
    )


def _left_out_notes(left_out: Sequence[LeftOut], used: int) -> list[str]:
    if not left_out:
        return []
    named = "; ".join(row.named for row in left_out[:MOST_NAMED])
    more = len(left_out) - MOST_NAMED
    if more > 0:
        named = tr_plural("{rows}, and {count} more", "{rows}, and {count} more", more, rows=named)
    return [
        tr_plural(
            "{used} of {total} rows are used; {count} is left out: {rows}.",
            "{used} of {total} rows are used; {count} are left out: {rows}.",
            len(left_out),
            used=count_text(used),
            total=count_text(used + len(left_out)),
            rows=named,
        )
    ]


def _imbalance(data: OwnData) -> list[str]:
    if data.is_regression:
        return []
    count = max(data.counts)
    if count < IMBALANCE * len(data.Y):
        return []
    name = data.classes[data.counts.index(count)]
    return [
        tr_plural(
            "{count} of {total} is {name}: always to say so would be right as often.",
            "{count} of {total} are {name}: always to say so would be right as often.",
            count,
            total=count_text(len(data.Y)),
            name=f"{name!r:.60}",
        )
    ]
