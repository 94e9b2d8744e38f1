"""An input for a share, which is written in per cent."""

from collections.abc import Sequence

from mlpviz.experiment.words.formats import percent_digits
from mlpviz.gui.parts.inputs import NumberInput

UNIT = " %"


class ShareInput(NumberInput):
    """A share from a least to a greatest, and perhaps one more; the arrows walk a ladder.

    Parameters
    ----------
    ladder : what the arrows step through, rising
    most : the greatest that can be typed, besides the last of the ladder
    """

    CHARACTERS = NumberInput.CHARACTERS + " %"

    def __init__(self, name: str, label: str, ladder: Sequence[float], most: float) -> None:
        super().__init__(name, label, ladder, ladder[0], most)
        self.setMaximum(ladder[-1])

    def textFromValue(self, value: float) -> str:
        """Write the share in per cent, in the fewest digits that mean it exactly."""
        return percent_digits(value) + UNIT

    def valueFromText(self, text: str) -> float:
        """Read what `validate` let through; what is not typed over stays to the last bit."""
        if text == self.textFromValue(self.value()):
            return self.value()
        return super().valueFromText(text)

    def _number(self, text: str) -> float | None:
        try:
            share = float(text.strip().removesuffix("%").strip().replace(",", ".")) / 100.0
        except ValueError:
            return None
        is_one = self._least <= share <= self._most or share == self._ladder[-1]
        return share if is_one else None
