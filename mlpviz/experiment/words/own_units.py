"""Numbers of own data in the units of their table: the network has them scaled."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mlpviz.engine import Array
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import THIN_SPACE
from mlpviz.experiment.words.formats import MINUS, not_finite, scale_words, scientific

GROUPED = 1e4  # from here on thousands stand apart: a year has no space in it
MOST_DECIMALS = 4  # of a number that is written with so many
ALMOST = 1e-12  # of the largest: what a number may be off by that was scaled and is turned back
REMEMBERED = 4  # tables whose digits were counted: two runs, and those before them


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """What a column of a table counts in, and how it writes numbers that the network has.

    Parameters
    ----------
    name : of the column
    offset, factor : the network has (x - offset) / factor
    given : what the last digit counts of the numbers that are given: 1, 0.1, or less
    computed : likewise of those that a network computes
    """

    name: str
    offset: float
    factor: float
    given: float
    computed: float

    @property
    def is_scaled(self) -> bool:
        """Whether the network has other numbers than the table."""
        return (self.offset, self.factor) != (0.0, 1.0)

    @property
    def formula(self) -> str:
        """How the network has the numbers of the table, called by their name."""
        return scale_words(self.name, self.offset, self.factor)

    def value(self, scaled: float) -> float:
        """Return the number of the table that the network has so."""
        return self.offset + self.factor * scaled

    def text(self, scaled: float) -> str:
        """Write a number that was given."""
        return number_text(self.value(scaled), self.given)

    def computed_text(self, scaled: float) -> str:
        """Write a number that a network computed."""
        return number_text(self.value(scaled), self.computed)

    def difference_text(self, scaled: float) -> str:
        """Write by how much two numbers differ, one of which a network computed."""
        return number_text(self.factor * scaled, self.computed)

    def widest(self, scaled: Array) -> str:
        """Return the longest of the texts of numbers given, (samples,): that of one of the ends."""
        return max(map(self.text, (float(scaled.min()), float(scaled.max()))), key=len)


@lru_cache(maxsize=REMEMBERED)
def input_units(own: OwnData) -> tuple[OwnUnit, OwnUnit]:
    """Return what the two inputs count in."""
    first, second = (
        _unit(*of_input, own.X[:, axis])
        for axis, of_input in enumerate(zip(own.names, own.offsets, own.factors, strict=True))
    )
    return first, second


@lru_cache(maxsize=REMEMBERED)
def target_unit(own: OwnData) -> OwnUnit | None:
    """Return what the targets of a regression count in; None where they are classes."""
    if not own.is_regression:
        return None
    return _unit(own.target, own.target_offset, own.target_factor, own.Y)


def number_text(value: float, step: float) -> str:
    """Write a number to the digits at which it differs from another one a step away."""
    if not math.isfinite(value):
        return not_finite(value)
    if abs(value) < 1e-6 * step:
        value = 0.0  # what is left of a sum
    size = max(abs(value), step)
    if 1e-3 <= size < 1e5 or (step > 0.01 and size < 1e12):
        places = min(6, max(0, math.ceil(-math.log10(step))))
        comma = "," if abs(value) >= GROUPED else ""
        text = grouped(f"{value:{comma}.{places}f}")
        return text.replace("-", MINUS) if float(f"{value:.{places}f}") else text.lstrip("-")
    if value == 0.0:
        return "0"
    digits = math.floor(math.log10(abs(value))) - math.floor(math.log10(step))
    return scientific(value, min(6, max(0, digits)))


def grouped(text: str) -> str:
    """Let thousands stand apart by a thin space rather than by a comma."""
    return text.replace(",", THIN_SPACE)


def _unit(name: str, offset: float, factor: float, values: Array) -> OwnUnit:
    """Make the unit of a column of numbers, (points,)."""
    last = _last_digit(values)
    return OwnUnit(name, offset, factor, last, min(last, _thousandth(values)))


def _last_digit(values: Array) -> float:
    """Return what the last digit counts that all of some numbers need: 1, 0.1, or less.

    Where they need too many, a thousandth or so of their range has to do.

    Parameters
    ----------
    values : (points,)
    """
    size = float(np.abs(values).max())
    for decimals in range(MOST_DECIMALS + 1):
        if np.allclose(values, np.round(values, decimals), rtol=0.0, atol=ALMOST * size):
            return 10.0**-decimals
    return _thousandth(values)


def _thousandth(values: Array) -> float:
    """Return a power of ten that is a thousandth or so of the range of some numbers."""
    extent = float(np.ptp(values)) or float(np.abs(values).max()) or 1.0
    return 10.0 ** math.floor(math.log10(extent / 1000.0))
