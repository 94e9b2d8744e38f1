"""Inputs and targets as the table writes them: own data in the units of their own table."""

import math

from mlpviz.engine import Array
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import tr
from mlpviz.experiment.words.formats import MINUS, chip_text, scale_words, value_text
from mlpviz.experiment.words.names import elided_chars
from mlpviz.experiment.words.own_units import input_units, target_unit

LONGEST_HEADING = 12  # characters, of the name of an input
LEAST_DIGITS = 6  # characters for which there is room in any case


class SampleInputs:
    """Writes inputs, their headings and what these mean.

    Parameters
    ----------
    own : the data, where they are own ones: then an input is written as the map does it
    """

    def __init__(self, own: OwnData | None) -> None:
        self.own = own
        self._units = () if own is None else input_units(own)

    def text(self, axis: int, value: float) -> str:
        """Write an input, 0 or 1, given as the network gets it."""
        return self._units[axis].text(value) if self._units else value_text(value)

    def heading(self, axis: int) -> str:
        """Name an input; "" where it has no name of its own."""
        return elided_chars(self._units[axis].name, LONGEST_HEADING) if self._units else ""

    def meaning(self, axis: int) -> str:
        """Say what the numbers of an input are; "" where it has no name of its own."""
        if not self._units:
            return ""
        unit = self._units[axis]
        if not unit.is_scaled:
            return tr("{name}, as the network gets it. Click to sort.", name=unit.name)
        return tr(
            "{name}, in the units of the table; the network gets {formula}. Click to sort.",
            name=unit.name,
            formula=scale_words("x", unit.offset, unit.factor),
        )

    def widest(self, axis: int, values: Array) -> str:
        """Return the longest of the texts of some inputs, (samples,): that of one of their ends."""
        if self._units:
            return self._units[axis].widest(values)
        return max(map(value_text, (float(values.min()), float(values.max()))), key=len)


class SampleTargets:
    """Writes targets that are numbers, what the network gives for them, and the difference.

    Parameters
    ----------
    own : the data, where they are own ones: then all are in the units of their table
    targets : (samples,), as the network has them; a computed number that is longer than they are is
        written as a power of ten, for want of room
    """

    def __init__(self, own: OwnData | None, targets: Array) -> None:
        self._unit = unit = None if own is None else target_unit(own)
        self.widest = ""  # of their texts; "" where each has a few digits in any case
        if unit is not None:
            ends = map(unit.computed_text, (float(targets.min()), float(targets.max())))
            longest = max((unit.widest(targets), *ends), key=len)
            self.widest = MINUS + longest.rjust(LEAST_DIGITS, "0")

    def truth(self, target: float) -> str:
        """Write a target."""
        return value_text(target, 4) if self._unit is None else self._unit.text(target)

    def prediction(self, output: float) -> str:
        """Write an output."""
        if self._unit is None or not math.isfinite(output):
            return value_text(output, 4)
        text = self._unit.computed_text(output)
        return text if len(text) <= len(self.widest) else chip_text(self._unit.value(output))

    def error(self, difference: float) -> str:
        """Write an output − the target."""
        if self._unit is None or not math.isfinite(difference):
            return error_text(difference)
        text = self._unit.difference_text(difference)
        return text if len(text) <= len(self.widest) else chip_text(self._unit.factor * difference)

    def truth_meaning(self) -> str:
        """Say what the targets are; "" where they are the network's own."""
        unit = self._unit
        if unit is None or not unit.is_scaled:
            return ""
        return tr(
            "{name}, in the units of the table; the network has {formula}. Click to sort.",
            name=unit.name,
            formula=unit.formula,
        )

    def prediction_meaning(self) -> str:
        """Say what the predictions are; "" where they are the network's own."""
        unit = self._unit
        if unit is None or not unit.is_scaled:
            return ""
        return tr(
            "What the output ŷ means in the units of the table: ŷ is {formula}. Click to sort.",
            formula=unit.formula,
        )


def error_text(error: float) -> str:
    """Write an error in at most six characters: there is room for no more."""
    return value_text(error, 3) if abs(error) < 9.9995 else chip_text(error)
