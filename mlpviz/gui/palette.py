"""From numbers to colours: blue for negative and class 0, orange for positive and class 1.

A colour table has 256 entries from one to the other over the theme's middle. What is not finite
has no colour at all: it comes out transparent, and the hatching behind shows through.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from mlpviz.engine import Array
from mlpviz.gui.theme import Theme

LEVELS = 256
SURFACE_STRENGTH = 0.8  # a surface stays paler than the points that lie on it

Rgba = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers at the two ends of a colour table."""

    low: float
    high: float

    @property
    def centre(self) -> float:
        """The number that has the middle colour."""
        return 0.5 * (self.low + self.high)


def rgb(colour: str) -> NDArray[np.float64]:
    """Return #RRGGBB as three numbers from 0 to 255."""
    return np.array(_parts(colour), dtype=np.float64)


def _parts(colour: str) -> tuple[int, int, int]:
    c = QColor(colour)
    return c.red(), c.green(), c.blue()


def blend(a: str, b: str, share: float) -> str:
    """Return the colour `share` of the way from a to b."""
    mixed = (1.0 - share) * rgb(a) + share * rgb(b)
    return "#" + "".join(f"{round(float(part)):02X}" for part in mixed)


def diverging_table(theme: Theme, strength: float = SURFACE_STRENGTH) -> Rgba:
    """Return (LEVELS, 4) colours, opaque, from class 0 over the middle to class 1."""
    middle = rgb(theme.middle)
    ends = [middle + strength * (rgb(end) - middle) for end in (theme.class_0, theme.class_1)]
    position = np.linspace(-1.0, 1.0, LEVELS)[:, np.newaxis]
    colours = middle + np.where(
        position < 0, -position * (ends[0] - middle), position * (ends[1] - middle)
    )
    table = np.full((LEVELS, 4), 255, dtype=np.uint8)
    table[:, :3] = np.rint(colours)
    return table


def to_rgba(values: Array, scale: Scale, table: Rgba) -> Rgba:
    """Colour an array of numbers: (…) becomes (…, 4).

    What lies beyond the scale has the colour of its end; what is not finite is transparent.
    """
    finite = np.isfinite(values)
    span = scale.high - scale.low
    share = (np.where(finite, values, scale.low) - scale.low) / span
    index = (np.clip(share, 0.0, 1.0) * (LEVELS - 1) + 0.5).astype(np.intp)
    colours: Rgba = table[index]
    if not finite.all():
        colours[~finite] = 0
    return colours


def round_up(value: float) -> float:
    """Return the next of … 1, 2, 5, 10, 20, 50 … at or above a number > 0."""
    decade = 10.0 ** math.floor(math.log10(value))
    for factor in (1.0, 2.0, 5.0):
        if value <= factor * decade * (1.0 + 1e-9):
            return factor * decade
    return 10.0 * decade


def largest(values: Array, floor: float) -> float:
    """Return the largest finite size among some numbers, at least `floor`."""
    sizes = np.abs(values[np.isfinite(values)])
    return max(floor, float(sizes.max())) if sizes.size else floor


def surface_scale(surface: Array, output_activation: str) -> Scale:
    """Return the scale of the decision surface, symmetrical about 0.5.

    A sigmoid has 0 to 1. Any other output gets a round number about as large as what the surface
    holds; the extreme 2 % may lie beyond it and are marked at the colour bar.
    """
    if output_activation == "sigmoid":
        return Scale(0.0, 1.0)
    distance = np.abs(surface[np.isfinite(surface)].astype(np.float64) - 0.5)
    reach = float(np.quantile(distance, 0.98)) if distance.size else 0.5
    half = round_up(max(0.5, min(reach, 1e300)))
    return Scale(0.5 - half, 0.5 + half)


def unit_scale(picture: Array, activation: str) -> Scale:
    """Return the scale of one unit's own picture."""
    if activation == "sigmoid":
        return Scale(0.0, 1.0)
    if activation == "tanh":
        return Scale(-1.0, 1.0)
    reach = min(largest(picture, 1e-9), 1e300)
    return Scale(-float(reach), float(reach))
