"""A table: its cells, how it was written, and what was left out of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from mlpviz.experiment.data.guessed_ids import are_days, are_long, are_ranks, are_record_numbers
from mlpviz.experiment.data.guesses import are_numbers, is_id
from mlpviz.experiment.data.left_out import LeftOut
from mlpviz.experiment.data.notation import PLAIN, Notation
from mlpviz.experiment.data.table_choices import WORDS
from mlpviz.experiment.data.table_words import truth_of
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.plain_text import one_line


@dataclass(frozen=True)
class Table:
    """The cells of a text, and how it is written.

    Parameters
    ----------
    names : of the columns; "column 3" where the text does not say
    columns : the cells of each, stripped, without the header; "" where a row was too short
    lines : where each row stands in the text, counted from 1
    encoding : in words
    delimiter : one character
    notation : decimal and thousands sign
    header : how many rows name the columns
    skipped : how many lines stand above the table and are none of it
    left_out : rows below the header that are none of the table
    notes : what is to be known of all this, as sentences
    target : the column that the text says is the target, None where it does not say
    ignored : columns that the text says are neither input nor target
    class_names : of classes that are numbered 0, 1 …, where the text names them
    again : the column at which the names begin again, None where they do not
    """

    names: tuple[str, ...]
    columns: tuple[list[str], ...]
    lines: list[int]
    encoding: str = "text"
    delimiter: str = ","
    notation: Notation = PLAIN
    header: int = 1
    skipped: int = 0
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    target: int | None = None
    ignored: frozenset[int] = frozenset()
    class_names: tuple[str, ...] = ()
    again: int | None = None

    @property
    def words(self) -> str:
        """Say how it is written."""
        delimiter, decimal = WORDS["delimiter"], WORDS["decimal"]
        sign = delimiter.get(self.delimiter)
        parts = [
            tr("{delimiter} separated", delimiter=tr(sign) if sign else repr(self.delimiter)),
            tr("decimal {sign}", sign=tr(decimal[self.notation.decimal])),
        ]
        if self.notation.thousands:
            thousands = tr(WORDS["thousands"][self.notation.thousands])
            parts.append(tr("{sign} for thousands", sign=thousands))
        return ", ".join(parts)

    def row(self, place: int) -> tuple[str, ...]:
        """Return the cells of a row, by its place."""
        return tuple(column[place] for column in self.columns)

    @cached_property
    def number_columns(self) -> list[int]:
        """The columns whose first cells are numbers, most of them."""
        return [c for c, cells in enumerate(self.columns) if are_numbers(cells)]

    @cached_property
    def truth_columns(self) -> list[int]:
        """The columns of two words for true and false."""
        return [c for c, cells in enumerate(self.columns) if truth_of(cells)]

    @cached_property
    def day_columns(self) -> list[int]:
        """The columns of days in digits."""
        named = zip(self.names, self.columns, strict=True)
        return [c for c, (name, cells) in enumerate(named) if are_days(name, cells)]

    @cached_property
    def id_columns(self) -> list[int]:
        """The columns that number the rows; in a table without names the first of numbers may."""
        named = zip(self.names, self.columns, strict=True)
        first = {0, *([] if self.header else self.number_columns[:1])}
        return [
            c
            for c, (name, cells) in enumerate(named)
            if is_id(
                name,
                cells,
                is_first=c in first,
                is_unnamed=self.header > 0 and name == unnamed(c),
                has_header=self.header > 0,
            )
            or (c == 0 and not self.header and are_record_numbers(cells))
            or are_long(cells)
            or are_ranks(name, cells)
        ]


def unnamed(column: int) -> str:
    """Return what a column is called that has no name: the same in all languages.

    It is a name: it stands in recipes, and is typed on the command line.
    """
    return f"column {column + 1}"


def column_of(names: Sequence[str], name: str) -> int:
    """Return the place of a column, by its name or its number counted from 1.

    Raises
    ------
    ValueError
        with a sentence, where there is none.
    """
    if name in names:
        return list(names).index(name)
    if name.isdecimal() and 1 <= int(name) <= len(names):
        return int(name) - 1
    raise ValueError(
        tr(
            "There is no column {name}. Choose from {names}.",
            name=f"{name!r:.60}",
            names=listed(names),
        )
    )


def listed(names: Sequence[str]) -> str:
    """Name the first few."""
    shown = ", ".join(f"{name:.30}" for name in islice(names, 5))
    if len(names) <= 5:
        return shown
    return tr_plural(
        "{named} and {count} more", "{named} and {count} more", len(names) - 5, named=shown
    )


def odd_cell_words(table: Table, others: set[int]) -> str:
    """Name a cell with digits that is no number: why its column is none of numbers."""
    for column, cells in enumerate(table.columns):
        for line, cell in zip(table.lines, cells, strict=True):
            if column not in others and any(map(str.isdigit, cell)):
                name = table.names[column]
                return tr(
                    "Row {line}, column {column} is none: {cell}.",
                    line=line,
                    column=f"{name!r:.60}",
                    cell=f"{one_line(cell)!r:.40}",
                )
    return ""
