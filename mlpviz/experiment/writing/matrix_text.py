"""Matrices and sums of products as lines of text, at most 80 columns wide."""

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


def products_text(left: Array, right: Array, added: float | None = None) -> str:
    """Write a sum of products: 0.83·(−2.41) + 1.10·0.31 + 0.12.

    Parameters
    ----------
    left, right : (terms,)
    added : what stands after them; None for nothing
    """
    texts: list[str] = []
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        texts.append(_signed(f"{number_text(a)}·{_in_brackets(number_text(b))}", bool(texts)))
    if added is not None:
        texts.append(_signed(number_text(added), bool(texts)))
    return " ".join(texts)


def _signed(text: str, has_before: bool) -> str:
    """Write a term after others: + 0.5, or − 0.5."""
    if not has_before:
        return text
    return f"{MINUS} {text[1:]}" if text.startswith(MINUS) else f"+ {text.lstrip('+')}"


def _in_brackets(text: str) -> str:
    return f"({text})" if text.startswith(MINUS) else text


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
