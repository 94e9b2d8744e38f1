"""An input for a share, which is written in per cent."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox

from mlpviz.experiment.formats import percent_digits
from mlpviz.gui.inputs import DECIMALS, LEAST_WIDTH
from mlpviz.gui.theme import SPACE

UNIT = " %"


class ShareInput(QDoubleSpinBox):
    """A share from a least to a greatest, and perhaps one more; the arrows walk a ladder.

    Parameters
    ----------
    ladder : what the arrows step through, rising
    most : the greatest that can be typed, besides the last of the ladder
    """

    def __init__(self, name: str, label: str, ladder: Sequence[float], most: float) -> None:
        super().__init__()
        self._ladder, self._most = tuple(ladder), most
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setDecimals(DECIMALS)
        self.lineEdit().setTextMargins(SPACE, 0, 0, 0)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setRange(self._ladder[0], self._ladder[-1])
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCorrectionMode(QDoubleSpinBox.CorrectionMode.CorrectToPreviousValue)
        self.setLocale(QLocale.c())

    def _share(self, text: str) -> float | None:
        """Return the share that is written, where it is one that can be chosen."""
        try:
            share = float(text.strip().removesuffix("%").strip().replace(",", ".")) / 100.0
        except ValueError:
            return None
        is_one = self._ladder[0] <= share <= self._most or share == self._ladder[-1]
        return share if is_one else None

    def stepBy(self, steps: int) -> None:
        """Go to the next rung in each direction."""
        value = self.value()
        for _ in range(abs(steps)):
            above = [rung for rung in self._ladder if rung > value]
            below = [rung for rung in self._ladder if rung < value]
            value = next(iter(above), value) if steps > 0 else next(reversed(below), value)
        self.setValue(value)
        self.selectAll()

    def textFromValue(self, value: float) -> str:
        """Write the share in per cent, in the fewest digits that mean it exactly."""
        return percent_digits(value) + UNIT

    def valueFromText(self, text: str) -> float:
        """Read what `validate` let through; what is not typed over stays to the last bit."""
        share = self._share(text)
        if share is None or text == self.textFromValue(self.value()):
            return self.value()
        return share

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let a share through that can be chosen; anything that may become one can be typed on."""
        if self._share(text) is not None:
            return QValidator.State.Acceptable, text, position
        may_become_one = all(c in "0123456789.,e- %" for c in text)
        state = QValidator.State.Intermediate if may_become_one else QValidator.State.Invalid
        return state, text, position

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel, unless this is being edited."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
