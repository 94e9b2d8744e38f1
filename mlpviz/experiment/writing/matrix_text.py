"""Numbers and matrices as lines of text, at most 80 columns wide."""

import math
import textwrap
from collections.abc import Sequence

from mlpviz.engine import Array
from mlpviz.experiment.words.formats import MINUS, chip_text

WIDTH = 80  # columns of a line
NUMBER_WIDTH = 11  # of a number, with the space before it
DIGITS = 4  # that count
LEAST_LONG = 1000.0  # a whole number with more digits than these


def number_text(value: float) -> str:
    """Write a number with four digits that count: 0.1257, −12.50, 1.234e−5; 1 if it is 1."""
    if not math.isfinite(value):
        return chip_text(value)
    if value.is_integer() and abs(value) < LEAST_LONG:
        return f"{value:.0f}".replace("-", MINUS) if value else "0"
    mantissa, _, exponent = f"{value:#.{DIGITS}g}".partition("e")
    text = f"{mantissa.rstrip('.')}e{int(exponent)}" if exponent else mantissa.rstrip(".")
    return text.replace("-", MINUS)


def matrix_lines(
    values: Array, row_names: Sequence[str], column_names: Sequence[str], corner: str = ""
) -> list[str]:
    """Write a matrix with its names; of many columns so many at a time as have room.

    Parameters
    ----------
    values : (rows, columns)
    corner : says above the names of the rows what they are
    """
    indent = 2 + max(map(len, (corner, *row_names)))
    room = max(1, (WIDTH - indent) // NUMBER_WIDTH)
    lines: list[str] = []
    for first in range(0, values.shape[1], room):
        shown = slice(first, first + room)
        lines += ["", *_block(values[:, shown], row_names, column_names[shown], corner, indent)]
    return lines[1:]


def _block(
    values: Array,
    row_names: Sequence[str],
    column_names: Sequence[str],
    corner: str,
    indent: int,
) -> list[str]:
    head = "".join(name.rjust(NUMBER_WIDTH) for name in column_names)
    lines = [f"  {corner}".ljust(indent) + head]
    for name, row in zip(row_names, values.tolist(), strict=True):
        numbers = "".join(number_text(value).rjust(NUMBER_WIDTH) for value in row)
        lines.append(f"  {name}".ljust(indent) + numbers)
    return lines


def wrapped(text: str, head: str = "  ") -> list[str]:
    """Cut a line where it has no room; what follows stands below what comes after the head."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_long_words=False,
        break_on_hyphens=False,
    )
