"""Which columns of a table are the inputs and the target, where that is not settled by hand."""

from collections.abc import Sequence
from itertools import compress

from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.engine.marked import marked
from mlpviz.experiment.data import guesses
from mlpviz.experiment.data.guessed_ids import may_be_catalogued
from mlpviz.experiment.data.table import Table, column_of, listed, odd_cell_words, unnamed
from mlpviz.experiment.data.table_choices import TableChoices
from mlpviz.experiment.data.table_words import COORDINATE
from mlpviz.experiment.language import tr, tr_plural

# What is said of tables side by side.
BEHIND_EMPTY = marked(
    "Column {number} is empty; what stands behind it is another table, of which a column is taken "
    "by --x1, --x2 or --target."
)
ACROSS_EMPTY = marked(
    "Column {number} is empty, and what stands on both sides of it is read as one table."
)
BEHIND_AGAIN = marked(
    "Column {number} begins as the first one does; what stands there is another table, of which a "
    "column is taken by --x1, --x2 or --target."
)


def target_column(table: Table, choices: TableChoices) -> tuple[int, list[str]]:
    """Choose the column of the target."""
    if choices.target is not None:
        return column_of(table.names, choices.target), []
    count = len(table.names)
    if count < 3:
        raise ValueError(
            tr(
                "Three columns are needed, two inputs and a target. Got {got} ({written}).",
                got=count,
                written=table.words,
            )
        )
    if table.target is not None:
        return table.target, []
    taken = {column_of(table.names, n) for n in (choices.x1, choices.x2) if n is not None}
    first, notes = _first_table(table)
    if first < 3 and len(taken) < 2:
        raise ValueError(
            tr(
                "The names begin again in column {number}: two tables stand side by side. Put one "
                "below the other, and name in a third column which of them a row is from.",
                number=(table.again or 0) + 1,
            )
        )
    free = _can_be_target(table, first, taken)
    numbers = set(table.number_columns)
    few = [c for c in free if guesses.has_few_values(table.columns[c], are_numbers=c in numbers)]
    counting = [c for c in few if guesses.numbers_classes(table.columns[c])]
    ranks = [_rank(table, c, free, few, counting) for c in free]
    best = max(range(len(free)), key=lambda i: (ranks[i], i))
    target = free[best]
    others = [c for c in few if c != target and c in numbers]
    if not table.header and others and target in numbers and target not in few:
        notes.append(
            tr(
                "{column} has few values that come again, as classes have; it is made the target "
                "by --target.",
                column=table.names[others[0]],
            )
        )
    if target != count - 1:
        notes.append(_why_target(table, target, is_named=ranks[best] >= 7, has_few=target in few))
    return target, notes


def _can_be_target(table: Table, end: int, taken: set[int]) -> list[int]:
    """Return the columns of the first table that can be the target, or else all that are left."""
    free = [c for c in range(end) if c not in taken and c not in table.ignored]
    free = [c for c in free if any(table.columns[c])] or free
    ids = table.id_columns
    free = [c for c in free if c not in ids] or free
    free = [c for c in free if c not in table.day_columns] or free
    told = [c for c in free if not _tells_nothing(table, c)]
    return told if table.header and len(told) + len(taken) > 2 else free


def _why_target(table: Table, target: int, *, is_named: bool, has_few: bool) -> str:
    """Say why a column is the target that is not the last one."""
    column = f"{table.names[target]!r:.60}"
    if is_named:
        return tr(
            "The target is {column}, for it is called so; another column is taken by --target.",
            column=column,
        )
    if has_few:
        return tr(
            "The target is {column}, for it has few values that come again; another column is "
            "taken by --target.",
            column=column,
        )
    return tr(
        "The target is {column}, the last column that can be one; another column is taken by "
        "--target.",
        column=column,
    )


def _tells_nothing(table: Table, column: int) -> bool:
    """Tell whether a column is one number in all rows, mostly empty, or names each of them.

    One word in all rows is a class to which the other is wanting.
    """
    cells = table.columns[column]
    different, is_number = {*cells} - {""}, column in table.number_columns
    are_many = len(different) > max(MAX_CLASSES, len(cells) // 2)
    is_empty = 2 * cells.count("") > len(cells) and not is_number
    is_one = len(different) < 2 and is_number
    return is_one or is_empty or (are_many and not is_number)


def _first_table(table: Table) -> tuple[int, list[str]]:
    """Return how many columns the first of tables side by side has, and say what ends it.

    An empty column does, and where names, or numbers and words, begin again. A table of less than
    three columns is none.
    """
    count = len(table.names)
    for column in range(count):
        if _is_gap(table, column) and 1 < column < count - 1:
            gaps = range(column, count - 1, 2)
            if len(gaps) > 1 and all(_is_gap(table, c) for c in gaps):
                return count, [tr(ACROSS_EMPTY, number=column + 1)]  # remarks on each number
            if table.again is not None and table.again <= 3:
                return 2, []
            return (
                (column, [tr(BEHIND_EMPTY, number=column + 1)])
                if column > 2
                else (
                    count,
                    [tr(ACROSS_EMPTY, number=column + 1)],
                )
            )
    again = table.again
    if again is None and not table.header:
        again = guesses.kinds_begin_again(table.columns, table.number_columns)
    if again is None:
        return count, []
    return again, [tr(BEHIND_AGAIN, number=again + 1)]


def _is_gap(table: Table, column: int) -> bool:
    return table.names[column] == unnamed(column) and not any(table.columns[column])


def _rank(
    table: Table, column: int, free: Sequence[int], few: Sequence[int], counting: Sequence[int]
) -> int:
    """Return how likely a column is the target.

    Parameters
    ----------
    free : the columns to choose from
    few, counting : those of them with few values, and with the numbers of classes
    """
    last = free[-1]
    is_last_continuous = last in table.number_columns and guesses.never_repeat(table.columns[last])
    may_stand_there = column == free[0] or not table.header or is_last_continuous
    return guesses.target_rank(
        table.names[column],
        is_last=column == last,
        has_words=column not in table.number_columns,
        has_classes=column in few,
        numbers_classes=column in counting,
        can_be_early=counting == [column] and may_stand_there,
        has_x="x" in (name.casefold() for name in table.names),
    )


def input_columns(
    table: Table, choices: TableChoices, target: int
) -> tuple[tuple[int, int], list[str]]:
    """Choose the first two columns of numbers, rather none that numbers the rows."""
    given = [
        None if name is None else column_of(table.names, name) for name in (choices.x1, choices.x2)
    ]
    notes: list[str] = []
    if None in given:
        likely, ids = likely_inputs(table, target)
        end, _ = _first_table(table)
        likely = [c for c in likely if c < end] or likely
        free = [c for c in likely if c not in given]
        if len(free) < given.count(None):
            refusal = tr(
                "Two columns of numbers are needed beside the target, {column}. Got {got} "
                "({written}).",
                column=f"{table.names[target]!r:.60}",
                got=len(likely),
                written=table.words,
            )
            more = [odd_cell_words(table, {target, *likely})]
            more += guesses.shape_notes(table.names, table.columns)
            raise ValueError(" ".join(filter(None, (refusal, *more))))
        found = iter(sorted(free[: given.count(None)]))
        chosen = [next(found) if column is None else column for column in given]
        passed = [table.names[c] for c in ids if c not in chosen]
        if passed:
            notes.append(
                tr_plural(
                    "{columns} only numbers the rows and is not taken as an input.",
                    "{columns} only number the rows and are not taken as an input.",
                    len(passed),
                    columns=listed(passed),
                )
            )
        notes += _catalogue_notes(table, {c for c in chosen if c not in given}, likely)
        notes += _day_notes(table, {c for c in chosen if c not in given})
        used = [table.names[c] for c in ids if c in chosen and c not in given]
        if used:
            said = tr_plural(
                "{columns} may only number the rows: it is an input, for there is no other column "
                "of numbers.",
                "{columns} may only number the rows: they are inputs, for there are no other "
                "columns of numbers.",
                len(used),
                columns=listed(used),
            )
            odd = odd_cell_words(table, {target, *likely})
            notes.append(f"{said} {odd}".strip())
        given = list(chosen)
    x1, x2 = given
    assert x1 is not None
    assert x2 is not None
    return (x1, x2), notes


def _catalogue_notes(table: Table, chosen: set[int], likely: Sequence[int]) -> list[str]:
    name, cells = table.names[0], table.columns[0]
    has_other = len(likely) > 2 and table.header > 0
    is_known = COORDINATE.fullmatch(name) is not None
    if 0 not in chosen or not has_other or is_known or not may_be_catalogued(name, cells):
        return []
    return [
        tr(
            "The whole numbers of {column} rise from row to row and never come again: if they "
            "number the rows, take another input by --x1.",
            column=f"{name!r:.60}",
        )
    ]


def _day_notes(table: Table, chosen: set[int]) -> list[str]:
    return [
        tr(
            "The days in {column} are read as plain numbers, for there is no other column of "
            "numbers.",
            column=f"{table.names[c]!r:.60}",
        )
        for c in table.day_columns
        if c in chosen
    ]


def likely_inputs(table: Table, target: int) -> tuple[list[int], list[int]]:
    """Return the columns that can be inputs, the likelier first, and those that number the rows."""
    truths = [c for c in table.truth_columns if c != target]
    numbers = [c for c in table.number_columns if c != target and c not in truths]
    ids = [c for c in table.id_columns if c in numbers]
    # Rows without a target are left out, and what differs in them only does not differ.
    used = [*map(bool, table.columns[target])]
    constant = [c for c in numbers if _is_constant([*compress(table.columns[c], used)])]
    last = {*ids, *constant, *table.ignored, *table.day_columns}
    rank = [
        [c for c in numbers if c not in last],
        truths,
        [c for c in table.day_columns if c in numbers],
        constant,
        [c for c in numbers if c in table.ignored],
        ids,
    ]
    likely = list(dict.fromkeys(c for columns in rank for c in columns))
    return likely, ids


def _is_constant(cells: Sequence[str]) -> bool:
    return cells.count(cells[0]) == len(cells) if cells else True
