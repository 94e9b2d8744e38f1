"""Words that are one cell, though blanks part cells, as in what is copied out of a document."""

from collections.abc import Sequence

from mlpviz.experiment.data.guesses import are_names
from mlpviz.experiment.data.notation import looks_like_number
from mlpviz.experiment.data.table_text import Row
from mlpviz.experiment.data.table_words import ID_NAME, LOOKED_AT

MOST_ABOVE = 4  # rows above the names


def with_joined_words(rows: list[Row]) -> list[Row]:
    """Make one cell of the words behind the last number, where the names say that it is one."""
    for place, (_, names) in enumerate(rows[:MOST_ABOVE]):
        below = [row for _, row in rows[place + 1 : place + 1 + LOOKED_AT]]
        last = len(names) - 1
        fitting = [row for row in below if _ends_in_words(row, last)]
        lengths = {len(row) for row in fitting}
        # Where each row has one cell more, the first may be the name of the row.
        names_rows = lengths == {last + 2} and not ID_NAME.fullmatch(names[0].casefold())
        is_uneven = bool(lengths - {last + 1}) and not names_rows
        if last > 1 and are_names(names) and is_uneven and 4 * len(fitting) >= 3 * len(below):
            return [
                (line, (*row[:last], " ".join(row[last:])) if _ends_in_words(row, last) else row)
                for line, row in rows
            ]
    return rows


def _ends_in_words(row: Sequence[str], last: int) -> bool:
    """Tell whether a row has numbers up to a place, and nothing but words from there on."""
    numbers, words = row[:last], row[last:]
    return (
        bool(words)
        and all(map(looks_like_number, numbers))
        and not any(map(looks_like_number, words))
    )
