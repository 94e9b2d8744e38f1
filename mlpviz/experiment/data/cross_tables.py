"""Tables whose first column and first row are of one kind, so that no row is a point.

A row of a table of correlations, of distances or of mistakes is about a column, and one of a grid
is about a place: three of their columns make no two inputs and a target.
"""

from collections.abc import Sequence

from mlpviz.experiment.data.notation import Notation, looks_like_number, parse_numbers, plain_text
from mlpviz.experiment.data.table import Table
from mlpviz.experiment.language import tr

FEWEST_PLACES = 3  # along each side of a grid


def comparison_note(table: Table) -> list[str]:
    """Say that each row of a table may be about a column."""
    words = [plain_text(cell) for cell in table.columns[0]]
    if not _are_columns(words, [plain_text(name) for name in table.names[1:]]):
        return []
    return [
        tr(
            "The rows are called as the columns are: where they compare these with each other, "
            "take the table that was compared."
        )
    ]


def check_grid(table: Table) -> None:
    """Refuse a table in which each cell is about a place of a grid.

    Raises
    ------
    ValueError
        with a sentence.
    """
    if not table.header and _is_grid(table):
        raise ValueError(
            tr(
                "The first row and the first column are the sides of a grid: write a row for each "
                "place, of two inputs and the number there, or skip the first row (--skip-rows "
                "{line}).",
                line=table.lines[0],
            )
        )


def _are_columns(words: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether words name columns, each its own; numbers may count rows and columns."""
    are_words = len(words) > 1 and not any(map(looks_like_number, words)) and all(words)
    return are_words and len(set(words)) == len(words) and set(words) <= set(names)


def _is_grid(table: Table) -> bool:
    """Tell whether nothing stands in the corner, and numbers that rise or fall beside and below."""
    corner, *above = table.row(0)
    below = table.columns[0][1:]
    return not corner and _are_places(above, table.notation) and _are_places(below, table.notation)


def _are_places(cells: Sequence[str], notation: Notation) -> bool:
    numbers = [number for number in parse_numbers(cells, notation) if number is not None]
    is_side = len(numbers) == len(cells) >= FEWEST_PLACES
    rising = sorted(set(numbers))
    return is_side and numbers in (rising, rising[::-1])
