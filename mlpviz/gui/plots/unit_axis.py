"""The axes of a map of own data: training has scaled inputs, the axes the units of the file."""

import html
import math
from collections.abc import Sequence

from mlpviz.experiment.language import tr
from mlpviz.experiment.words.formats import MINUS, short_text
from mlpviz.experiment.words.names import elided_chars
from mlpviz.experiment.words.own_units import grouped, number_text
from mlpviz.gui.look.sizes import SMALL
from mlpviz.gui.look.sizing import text_width
from mlpviz.gui.plots.plot import GroupedAxis

NAMES = ("x₁", "x₂")  # of the inputs, where the data do not say
LONGEST_LABEL = 40  # characters, of an axis
FAR = 1000.0  # so many times its range from 0, an axis counts from a number that its label names
SMALLEST, LARGEST = 1e-3, 1e6  # beyond these it counts in powers of ten, for want of room
LIKELY_STEP = 0.2  # of its range, from one number to the next
BEYOND = 0.1  # of its range, that an axis shows besides


class UnitAxis(GroupedAxis):
    """An axis whose numbers are (offset + factor · what is drawn - base) / unit.

    Base and unit are 0 and 1, but where they save digits; then the label says so.
    """

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.name = NAMES[0] if orientation == "bottom" else NAMES[1]
        self._offset, self._factor, self._base, self._unit = 0.0, 1.0, 0.0, 1.0

    def set_units(self, name: str, offset: float, factor: float) -> str:
        """Take over units; return the label of the axis, as HTML."""
        self.name = name
        self._base = _base(offset, factor)
        self._unit = _unit(offset - self._base, factor)
        self._offset, self._factor = (offset - self._base) / self._unit, factor / self._unit
        self.picture = None
        self.update()
        sign = MINUS if self._base > 0.0 else "+"
        base = f" {sign} {grouped(f'{abs(self._base):,.15g}')}" if self._base else ""
        label = elided_chars(name, LONGEST_LABEL) + base
        if self._unit != 1.0:
            label = tr("{name} in {unit}", name=label, unit=short_text(self._unit))
        return html.escape(label)

    def numbers_width(self) -> float:
        """Return how wide the widest of its numbers is, in base sizes."""
        if self._is_plain:
            return 0.0
        step, ends = LIKELY_STEP * self._factor, (-BEYOND, 1.0 + BEYOND)
        steps = [round((self._offset + self._factor * place) / step) for place in ends]
        return text_width(*(number_text(count * step, step) for count in steps), size=SMALL)

    def value(self, place: float) -> float:
        """Return what a place on the axis means."""
        return self._base + self._unit * (self._offset + self._factor * place)

    def text(self, place: float, span: float) -> str:
        """Write what a place means, to a hundredth or so of what the axis spans."""
        return number_text(self.value(place), self._unit * self._factor * span / 300.0)

    @property
    def _is_plain(self) -> bool:
        return (self._offset, self._factor) == (0.0, 1.0)

    def tickValues(
        self, minVal: float, maxVal: float, size: float
    ) -> list[tuple[float, Sequence[float]]]:
        """Choose round numbers of the units."""
        if self._is_plain:
            return super().tickValues(minVal, maxVal, size)
        low, high = (self._offset + self._factor * place for place in (minVal, maxVal))
        levels = super().tickValues(low, high, size)
        return [
            (spacing / self._factor, [(value - self._offset) / self._factor for value in values])
            for spacing, values in levels
        ]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Write the numbers of the units."""
        if self._is_plain:
            return super().tickStrings(values, scale, spacing)
        spacing = spacing * self._factor
        return [number_text(self._offset + self._factor * place, spacing) for place in values]


def _base(offset: float, factor: float) -> float:
    """Return a round number to count from, where else all numbers would begin with the same."""
    if abs(offset) <= FAR * factor:
        return 0.0
    step = 10.0 ** math.ceil(math.log10(factor))
    return math.floor(offset / step) * step


def _unit(offset: float, factor: float) -> float:
    """Return a power of ten in which the numbers of an axis are short."""
    largest = max(abs(offset), abs(offset + factor))
    return 1.0 if SMALLEST <= largest < LARGEST else 10.0 ** math.floor(math.log10(largest))
