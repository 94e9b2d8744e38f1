"""From numbers to colours: blue for negative and class 0, orange for positive and class 1.

A colour table has 255 entries from one to the other over the theme's middle, or some from the
middle to each class where there are more, and one more for what is not finite: that is
transparent, and the hatching behind shows through.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from mlpviz.engine import Array
from mlpviz.engine.activations import SOFTMAX
from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.look.look import Look

LEVELS = 255
NO_NUMBER = 255  # the entry of a table for what is not finite
ARGB = np.array((1 << 16, 1 << 8, 1, 1 << 24), np.uint32)  # makes 0xAARRGGBB of red … alpha
CLASS_LEVELS = LEVELS // MAX_CLASSES
FLOAT32_ROOM = 1e37  # scales beyond it overflow in float32
SURFACE_STRENGTH = 0.75  # a surface is paler than the points on it, and yet strong

Indices = NDArray[np.uint8]


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


class _Table:
    """256 colours, of which the last, `NO_NUMBER`, is transparent.

    Parameters
    ----------
    colours : (255, 3), from 0 to 255
    """

    def __init__(self, colours: NDArray[np.float64]) -> None:
        self.rgba = np.zeros((LEVELS + 1, 4), dtype=np.uint8)
        self.rgba[:LEVELS, :3] = np.rint(colours)
        self.rgba[:LEVELS, 3] = 255
        self._pixels = self.rgba.astype(np.uint32) @ ARGB

    def image(self, index: Indices, *, has_holes: bool = True) -> QImage:
        """Return (rows, columns) of entries as an image that owns its pixels.

        Without holes, entries of `NO_NUMBER`, Qt draws it faster.
        """
        rows, columns = index.shape
        pixels = np.take(self._pixels, index)  # no colour is half transparent
        formats = QImage.Format
        kind = formats.Format_ARGB32_Premultiplied if has_holes else formats.Format_RGB32
        return QImage(pixels.data, columns, rows, 4 * columns, kind).copy()


class ColourTable(_Table):
    """From class 0 over the middle to class 1.

    Parameters
    ----------
    look : whose colours
    strength : how far the ends go from the middle to the full colour
    """

    def __init__(self, look: Look, strength: float = SURFACE_STRENGTH) -> None:
        middle = rgb(look.middle)
        low, high = (strength * (rgb(end) - middle) for end in (look.class_0, look.class_1))
        position = np.linspace(-1.0, 1.0, LEVELS)[:, np.newaxis]
        super().__init__(middle + np.where(position < 0, -position * low, position * high))


class ClassTable(_Table):
    """For each class `CLASS_LEVELS` from the middle to its colour, one class after the other.

    Parameters
    ----------
    look, strength : as for `ColourTable`
    """

    def __init__(self, look: Look, strength: float = SURFACE_STRENGTH) -> None:
        middle = rgb(look.middle)
        share = np.linspace(0.0, strength, CLASS_LEVELS)[:, np.newaxis]
        colours = np.zeros((LEVELS, 3))
        for number, colour in enumerate(look.classes):
            ramp = slice(number * CLASS_LEVELS, (number + 1) * CLASS_LEVELS)
            colours[ramp] = middle + share * (rgb(colour) - middle)
        super().__init__(colours)


def ramp_index(shares: Array, number: int) -> Indices:
    """Find the entry of a `ClassTable` for shares from 0 to 1 of one class.

    What is not finite has `NO_NUMBER`.
    """
    finite = np.isfinite(shares)
    steps = np.clip(np.where(finite, shares, 0.0), 0.0, 1.0) * (CLASS_LEVELS - 1) + 0.5
    index: Indices = steps.astype(np.uint8) + np.uint8(number * CLASS_LEVELS)
    index[~finite] = NO_NUMBER
    return index


def class_index(outputs: Array, *, is_flat: bool) -> Indices:
    """Find the entry of a `ClassTable` where each class has an output.

    It is that of the class of the largest output p: the paler the less certain, by
    (p - 1/K) / (1 - 1/K), which is 0 where all K are alike and 1 where no other is left. Where one
    output is not finite it is `NO_NUMBER`.

    Parameters
    ----------
    outputs : (classes, ...), with softmax
    is_flat : whether all have the full colour; so must outputs without softmax, for they are no
        shares
    """
    # By a pass for each class, which takes a third of the time of argmax.
    largest, winner = outputs[0], np.zeros(outputs.shape[1:], np.uint8)
    for number, output in enumerate(outputs[1:], 1):
        np.copyto(winner, np.uint8(number), where=output > largest)
        largest = np.maximum(largest, output)
    finite = np.isfinite(outputs).all(axis=0)
    if is_flat:
        steps: Array = np.full(finite.shape, CLASS_LEVELS - 1.0)
    else:
        certainty = (np.where(finite, largest, 0.0) * len(outputs) - 1.0) / (len(outputs) - 1.0)
        steps = np.clip(certainty, 0.0, 1.0) * (CLASS_LEVELS - 1) + 0.5
    index: Indices = winner * np.uint8(CLASS_LEVELS) + steps.astype(np.uint8)
    index[~finite] = NO_NUMBER
    return index


def to_index(values: Array, scale: Scale) -> Indices:
    """Find the entry of a colour table for each of some numbers.

    What lies beyond the scale has the entry of its end; what is not finite has `NO_NUMBER`.
    """
    finite = np.isfinite(values)
    all_finite = bool(finite.all())
    numbers = values if all_finite else np.where(finite, values, 0.0)
    if scale.high - scale.low > FLOAT32_ROOM:
        numbers = numbers.astype(np.float64)
    with np.errstate(over="ignore"):  # what is that far beyond the scale is clipped to its end
        share = (numbers - scale.low) * ((LEVELS - 1) / (scale.high - scale.low))
    index: Indices = (np.clip(share, 0.0, LEVELS - 1) + 0.5).astype(np.uint8)
    if not all_finite:
        index[~finite] = NO_NUMBER
    return index


def has_moved(values: Array, before: Array | None, scale: float) -> bool:
    """Tell whether any of some numbers moved far enough to be seen: a quarter of a colour step.

    Late in training a surface hardly changes from frame to frame, and need not be painted again.
    """
    if before is None or values.shape != before.shape:
        return True
    if values is before:
        return False
    with np.errstate(invalid="ignore", over="ignore"):
        distance = np.abs(values - before).max()
    # A distance of NaN means numbers that are not finite: those must be the very same.
    is_near = bool(distance <= scale / (4 * LEVELS))
    return not (is_near or np.array_equal(values, before, equal_nan=True))


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
    if output_activation in ("sigmoid", SOFTMAX):
        return Scale(0.0, 1.0)
    distance = np.abs(surface[np.isfinite(surface)].astype(np.float64) - 0.5)
    reach = float(np.quantile(distance, 0.98)) if distance.size else 0.5
    half = round_up(max(0.5, min(reach, 1e300)))
    return Scale(0.5 - half, 0.5 + half)


def output_scale(surface: Array, recipe: Recipe) -> Scale:
    """Return the scale of the decision surface of a recipe.

    Of a regression it is symmetrical about 0, as the targets are, and holds them: at least from -1
    to 1, and else a round number about as large as what the surface holds, as in `surface_scale`.
    """
    if not recipe.is_regression:
        return surface_scale(surface, recipe.activations[-1])
    sizes = np.abs(surface[np.isfinite(surface)].astype(np.float64))
    reach = float(np.quantile(sizes, 0.98)) if sizes.size else 1.0
    half = round_up(max(1.0, min(reach, 1e300)))
    return Scale(-half, half)


def unit_scale(picture: Array, activation: str) -> Scale:
    """Return the scale of one unit's own picture."""
    if activation in ("sigmoid", SOFTMAX):
        return Scale(0.0, 1.0)
    if activation == "tanh":
        return Scale(-1.0, 1.0)
    reach = min(largest(picture, 1e-9), 1e300)
    return Scale(-float(reach), float(reach))
