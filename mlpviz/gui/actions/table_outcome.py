"""What comes of a table: its reading, what is to be known of it, and the inputs it offers."""

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from mlpviz.engine import Array
from mlpviz.experiment.data import guessed_signs
from mlpviz.experiment.data.chosen_columns import likely_inputs
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.data.reading import Reading, reading_of
from mlpviz.experiment.data.table import Table
from mlpviz.experiment.data.table_choices import TableChoices
from mlpviz.experiment.words.reading_words import notes_of

PAIRED = 4  # columns that are shown in pairs: six of them
SAMPLED_ROWS = 400  # that a picture of a pair shows


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two columns that can be the inputs.

    Parameters
    ----------
    names : of the columns
    X : (points, 2), of some rows, scaled
    Y : (points, 1), the number of the class of each, or its target, scaled
    is_regression : whether they are targets
    """

    names: tuple[str, str]
    X: Array
    Y: Array
    is_regression: bool


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What comes of a table.

    Parameters
    ----------
    reading : what it gives; None where something is wrong
    problem : what is wrong, a sentence, or ""
    notes : what is to be known of the reading, sentences
    pairs : of inputs, where there are more than one
    """

    reading: Reading | None = None
    problem: str = ""
    notes: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()


def outcome_of(table: Table, choices: TableChoices) -> Outcome:
    """Read a table; what is refused is said."""
    try:
        reading = reading_of(with_signs(table, choices), choices)
    except ValueError as problem:
        return Outcome(problem=str(problem))
    return Outcome(reading, "", tuple(notes_of(reading)), _pairs(reading, choices))


def with_signs(table: Table, choices: TableChoices) -> Table:
    """Return a table with the decimal and thousands sign that were chosen, if any."""
    signs = guessed_signs.settled_notation(table.notation, choices)
    return table if signs == table.notation else replace(table, notation=signs)


def with_guessed_signs(table: Table) -> Table:
    """Return a table that was typed, with the signs that its numbers have."""
    columns = [table.columns[c] for c in table.number_columns]
    notation, note = guessed_signs.notation_of(columns, "\t")
    return replace(table, notation=notation, notes=(note,) if note else ())


def _pairs(reading: Reading, choices: TableChoices) -> tuple[Pair, ...]:
    likely, ids = likely_inputs(reading.table, reading.target)
    columns = [c for c in likely if c not in ids][:PAIRED]
    if len(columns) < 3:
        return ()
    some = _sample(reading.table)
    pairs = []
    for x1, x2 in combinations(columns, 2):
        names = some.names[x1], some.names[x2]
        chosen = replace(choices, x1=names[0], x2=names[1], target=some.names[reading.target])
        try:
            data = reading_of(some, chosen).data
        except ValueError:
            continue  # too few rows have both, or a cell is no number: not to be offered
        X, Y = data.training_data()
        pairs.append(Pair(names, X, _numbered(Y, data, reading.data), data.is_regression))
    return tuple(pairs)


def _numbered(Y: Array, data: OwnData, whole: OwnData) -> Array:
    """Return classes by their numbers in all of the data: few rows may lack one of them."""
    if data.is_regression or data.classes == whole.classes:
        return Y
    numbers = [whole.classes.index(name) if name in whole.classes else 0 for name in data.classes]
    return np.array(numbers, np.float64)[Y.astype(np.intp)]


def _sample(table: Table) -> Table:
    """Return a table of some of the rows, from its beginning to its end."""
    every = -(-len(table.lines) // SAMPLED_ROWS)
    if every == 1:
        return table
    columns = tuple(column[::every] for column in table.columns)
    return replace(table, columns=columns, lines=table.lines[::every])
