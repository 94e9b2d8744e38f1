"""The two inputs of a sample as the table writes them: own data in the units of their own table."""

import math

import numpy as np

from mlpviz.engine import Array
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import tr
from mlpviz.experiment.words.formats import scale_words, value_text
from mlpviz.experiment.words.names import elided_chars
from mlpviz.gui.plots.unit_axis import number_text

LONGEST_HEADING = 12  # characters, of the name of an input
MOST_DECIMALS = 4  # of a number that the table writes with so many
ALMOST = 1e-12  # of the largest: what a number may be off by that was scaled and is turned back


class SampleInputs:
    """Writes inputs, their headings and what these mean.

    Parameters
    ----------
    own : the data, where they are own ones: then an input is written as the map does it
    """

    def __init__(self, own: OwnData | None) -> None:
        self.own = own
        self._steps = () if own is None else tuple(map(_last_digit, own.X.T))

    def text(self, axis: int, value: float) -> str:
        """Write an input, 0 or 1, given as the network gets it."""
        own = self.own
        if own is None:
            return value_text(value)
        return number_text(own.offsets[axis] + own.factors[axis] * value, self._steps[axis])

    def heading(self, axis: int) -> str:
        """Name an input; "" where it has no name of its own."""
        return "" if self.own is None else elided_chars(self.own.names[axis], LONGEST_HEADING)

    def meaning(self, axis: int) -> str:
        """Say what the numbers of an input are; "" where it has no name of its own."""
        if self.own is None:
            return ""
        name = self.own.names[axis]
        offset, factor = self.own.offsets[axis], self.own.factors[axis]
        if (offset, factor) == (0.0, 1.0):
            return tr("{name}, as the network gets it. Click to sort.", name=name)
        return tr(
            "{name}, in the units of the table; the network gets {formula}. Click to sort.",
            name=name,
            formula=scale_words("x", offset, factor),
        )

    def widest(self, axis: int, values: Array) -> str:
        """Return the longest of the texts of some inputs, (samples,): that of one of their ends."""
        ends = (float(values.min()), float(values.max()))
        return max((self.text(axis, value) for value in ends), key=len)


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
    extent = float(np.ptp(values)) or size
    return 10.0 ** math.floor(math.log10(extent / 1000.0))
