"""Inputs that Qt does not have ready-made: numbers, a choice from a table, layers."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QLocale, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDoubleSpinBox,
    QSpinBox,
    QToolButton,
    QWidget,
)

from mlpviz.experiment.language import tr
from mlpviz.gui.look.sizes import LEAST_FIELD, SMALL_ICON, SPACE
from mlpviz.gui.look.sizing import at_least, fix_icon, pad_text
from mlpviz.gui.parts.plain_widgets import plain_tooltip

DECIMALS = 323  # as many as the smallest double has: nothing that is typed gets rounded away
RATES = (*(float(f"{m}e{e}") for e in range(-5, 1) for m in (1, 3)), 10.0)


class WholeInput(QSpinBox):
    """A whole number. The wheel turns it only while it has the focus."""

    def __init__(self, name: str, label: str, low: int, high: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setRange(low, high)
        pad_text(self.lineEdit(), (SPACE, 0, 0, 0))
        at_least(self, width=LEAST_FIELD)  # the range alone would ask for 300 digits
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel, unless this is being edited."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class NumberInput(QDoubleSpinBox):
    """A finite number within bounds: any can be typed, the arrows go along a ladder of some."""

    CHARACTERS = "0123456789.,eE+-"  # that a number may have while it is typed

    def __init__(
        self, name: str, label: str, ladder: Sequence[float], least: float, most: float
    ) -> None:
        super().__init__()
        # The range's own bounds are rounded to so many decimals, the least to 0.
        self._ladder, self._least, self._most = ladder, least, most
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setDecimals(DECIMALS)
        pad_text(self.lineEdit(), (SPACE, 0, 0, 0))
        at_least(self, width=LEAST_FIELD)  # the range alone would ask for 300 digits
        self.setRange(least, most)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCorrectionMode(QDoubleSpinBox.CorrectionMode.CorrectToPreviousValue)
        # A point is a point, whatever the country: recipes and the command line have it too.
        self.setLocale(QLocale.c())

    def stepBy(self, steps: int) -> None:
        """Go to the next rung in each direction."""
        value = self.value()
        for _ in range(abs(steps)):
            value = next_step(value, self._ladder, up=steps > 0)
        self.setValue(value)
        self.selectAll()

    def stepEnabled(self) -> QDoubleSpinBox.StepEnabledFlag:
        """Both arrows work until the end of the ladder."""
        flags = QDoubleSpinBox.StepEnabledFlag.StepNone
        if self.value() < self._ladder[-1]:
            flags |= QDoubleSpinBox.StepEnabledFlag.StepUpEnabled
        if self.value() > self._ladder[0]:
            flags |= QDoubleSpinBox.StepEnabledFlag.StepDownEnabled
        return flags

    def textFromValue(self, value: float) -> str:
        """Write the number in the fewest characters that mean it exactly."""
        return repr(value).removesuffix(".0")

    def valueFromText(self, text: str) -> float:
        """Read what `validate` let through."""
        number = self._number(text)
        return self.value() if number is None else number

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let a number within the bounds through; what may become one can be typed on."""
        if self._number(text) is not None:
            return QValidator.State.Acceptable, text, position
        may_become_one = all(c in self.CHARACTERS for c in text.strip())
        state = QValidator.State.Intermediate if may_become_one else QValidator.State.Invalid
        return state, text, position

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel, unless this is being edited."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _number(self, text: str) -> float | None:
        try:
            number = float(text.strip().replace(",", "."))
        except ValueError:
            return None
        return number if self._least <= number <= self._most else None


class LearningRateInput(NumberInput):
    """A finite number > 0: the arrows step 1, 3, 10 from 1e-5 to 10."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__(name, label, RATES, 5e-324, 1.7976931348623157e308)


def next_step(value: float, ladder: Sequence[float] = RATES, *, up: bool) -> float:
    """Return the neighbour of a number on a ladder."""
    if up:
        return next((rung for rung in ladder if rung > value * (1 + 1e-9)), max(value, ladder[-1]))
    below = [rung for rung in ladder if rung < value * (1 - 1e-9)]
    return below[-1] if below else min(value, ladder[0])


class Choice(QComboBox):
    """A choice from a table of the engine; its value is the table's key."""

    chosen = Signal(str)
    closed = Signal()  # its list, whether something was chosen or not

    def __init__(self, name: str, label: str, entries: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._entries: Mapping[str, str] = {}
        self.offer(entries)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.currentIndexChanged.connect(self._announce)

    def key(self) -> str:
        """Return the key of the entry chosen."""
        return str(self.currentData())

    def choose(self, key: str) -> None:
        """Show an entry without announcing it."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(key))

    def offer(self, entries: Mapping[str, str]) -> None:
        """Offer other entries, without announcing which is chosen then."""
        if entries == self._entries:
            return
        self._entries = entries
        with QSignalBlocker(self):
            self.clear()
            for key, text in entries.items():
                self.addItem(text, key)

    @Slot()
    def _announce(self) -> None:
        self.chosen.emit(self.key())

    def showPopup(self) -> None:
        """Open the list."""
        self.view().setAccessibleName(self.accessibleName())
        super().showPopup()
        self.view().window().installEventFilter(self)  # once: a second time would change nothing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the list has closed; Esc closes it without `hidePopup`."""
        if event.type() == QEvent.Type.Hide and watched is self.view().window():
            self.closed.emit()
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel: a turn in passing must not restart the run."""
        event.ignore()


def take_typed(within: QWidget) -> None:
    """Take over what is being typed into an input of a widget, as if Enter had been pressed."""
    field = within.focusWidget()
    if isinstance(field, WholeInput | NumberInput) and field.hasFocus():
        field.interpretText()


def tool_button(name: str, text: str, label: str, tip: str = "", key: str = "") -> QToolButton:
    """Make a small button.

    Parameters
    ----------
    label : its accessible name, which a screen reader says: short, and without its key
    tip : its tooltip; the label and its key where it is left out
    """
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    fix_icon(button, SMALL_ICON)
    label_button(button, label, tip, key)
    return button


def label_button(button: QAbstractButton, label: str, tip: str = "", key: str = "") -> None:
    """Give a button its accessible name and its tooltip; see `tool_button`."""
    button.setAccessibleName(label)
    button.setToolTip(
        plain_tooltip(tip or (tr("{label} ({key})", label=label, key=key) if key else label))
    )
