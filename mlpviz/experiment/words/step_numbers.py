"""How the numbers of a step are written: all with as many digits as somebody chose."""

import math
from collections.abc import Callable, Sequence

from mlpviz.experiment.words.formats import MINUS, chip_text

LEAST_DIGITS, USUAL_DIGITS, MOST_DIGITS = 2, 3, 8
MOST_TERMS = 6  # of a sum that are written out
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def digits_text(value: float, digits: int) -> str:
    """Write a number with so many digits that count: 0.126, −12.5, 1.23·10⁻⁵."""
    if not math.isfinite(value):
        return chip_text(value)
    if value.is_integer() and abs(value) < 10.0**digits:
        return f"{value:.0f}".replace("-", MINUS) if value else "0"
    mantissa, _, exponent = f"{value:#.{digits}g}".partition("e")
    text = mantissa.rstrip(".")
    if exponent:
        text = f"{text}·10{str(int(exponent)).translate(SUPERSCRIPTS)}"
    return text.replace("-", MINUS)


def in_brackets(text: str) -> str:
    """Put a number into brackets where a sign or a product stands before it."""
    return f"({text})" if text.startswith(MINUS) or "·" in text else text


def product_text(a: float, b: float, write: Callable[[float], str]) -> str:
    """Write a product: 0.83·(−2.41)."""
    return f"{write(a)}·{in_brackets(write(b))}"


def bare(term: str) -> str:
    """Return a term without the sign that it gives to a sum in which it stands."""
    return term.lstrip(f"{MINUS}+")  # infinity has a sign of its own


def products_text(
    left: Sequence[float],
    right: Sequence[float],
    write: Callable[[float], str],
    added: float | None = None,
    most: int = MOST_TERMS,
) -> str:
    """Write a sum of products: 0.83·(−2.41) + 1.10·0.31 + 0.12.

    Of a long sum the first terms stand, and how much all others are.

    Parameters
    ----------
    left, right : (terms,)
    write : writes a number
    added : what stands after them; None for nothing
    most : of so many terms and one more all stand
    """
    pairs = list(zip(left, right, strict=True))
    whole = pairs if len(pairs) <= most + 1 else pairs[:most]
    text = ""
    for a, b in whole:
        text = _with_term(text, product_text(a, b, write))
    if len(whole) < len(pairs):
        text = f"{text} + … ({write(sum(a * b for a, b in pairs[len(whole) :]))})"
    return text if added is None else _with_term(text, write(added))


def sum_text(values: Sequence[float], write: Callable[[float], str], most: int = MOST_TERMS) -> str:
    """Write a sum: 0.83 − 2.41 + 0.12; of a long one the first terms, and how much all others are.

    Parameters
    ----------
    values : (terms,)
    write : writes a number
    most : of so many terms and one more all stand
    """
    whole = values if len(values) <= most + 1 else values[:most]
    text = ""
    for value in whole:
        text = _with_term(text, write(value))
    if len(whole) < len(values):
        text = f"{text} + … ({write(sum(values[len(whole) :]))})"
    return text


def _with_term(text: str, term: str) -> str:
    """Add a term to a sum: … + 0.5, or … − 0.5."""
    if not text:
        return term
    sign = MINUS if term.startswith(MINUS) else "+"
    return f"{text} {sign} {bare(term)}"
