"""Which networks have room on a step sheet, which is one page."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe

MOST_COLUMNS = 12  # of matrices that lie beside each other, with those of their names
LINE_LETTERS = 62  # of a sum
TERM_LETTERS = 14  # of a product in it
MOST_TERMS = 7  # that are written of it
PAGE_LINES = 64
# Of title, headings and loss, which every sheet has.
FIXED_LINES = 17


def check_sheet(recipe: Recipe) -> None:
    """Refuse a network that has no room on a page.

    Raises
    ------
    ValueError
        with a sentence.
    """
    if lines_of(recipe.sizes) > PAGE_LINES:
        raise ValueError(
            tr(
                "{network} has no room on a step sheet, which is one page: it takes fewer units or "
                "layers.",
                network="-".join(map(str, recipe.sizes)),
            )
        )


def lines_of(sizes: Sequence[int]) -> int:
    """Count the lines that a sheet has.

    Parameters
    ----------
    sizes : units per layer
    """
    count = FIXED_LINES
    for inputs, units in pairwise(sizes):
        count += 2 + units * (_sum_lines(inputs) + 1)  # a line of formulas above both
    for units, later in pairwise(sizes[1:]):
        count += units * (_sum_lines(later) - 1)
    for layers in rows_of_tables(sizes):
        # Before the step; what the sample adds; gradient and after the step.
        tallest = max(sizes[layer - 1] + 1 for layer in layers)
        count += 3 + 4 * tallest
    return count


def rows_of_tables(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Give the layers, counted from 1, whose matrices lie beside each other.

    Parameters
    ----------
    sizes : units per layer
    """
    layers: list[int] = []
    columns = 0
    for layer, units in enumerate(sizes[1:], 1):
        if layers and columns + units + 1 > MOST_COLUMNS:
            yield layers
            layers, columns = [], 0
        layers.append(layer)
        columns += units + 1
    yield layers


def _sum_lines(terms: int) -> int:
    """Return how many lines a sum of so many products takes."""
    return -(-min(terms, MOST_TERMS) * TERM_LETTERS // LINE_LETTERS)
