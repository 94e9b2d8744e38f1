"""Inputs that Qt does not have ready-made: numbers, a choice from a table, layers."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QLocale, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mlpviz.experiment.recipe.recipe import MAX_LAYERS, MAX_UNITS
from mlpviz.gui.look.sizes import SPACE
from mlpviz.gui.parts.plain_widgets import PlainLabel, plain_tooltip

DECIMALS = 323  # as many as the smallest double has: nothing that is typed gets rounded away
RATES = (*(float(f"{m}e{e}") for e in range(-5, 1) for m in (1, 3)), 10.0)
LAYERS_PER_ROW = 3
LEAST_WIDTH = 44  # the range alone would ask for room for 300 digits


class WholeInput(QSpinBox):
    """A whole number. The wheel turns it only while it has the focus."""

    def __init__(self, name: str, label: str, low: int, high: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setRange(low, high)
        self.lineEdit().setTextMargins(SPACE, 0, 0, 0)
        self.setMinimumWidth(LEAST_WIDTH)
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
        self.lineEdit().setTextMargins(SPACE, 0, 0, 0)
        self.setMinimumWidth(LEAST_WIDTH)
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


class LayersInput(QWidget):
    """The units of each hidden layer, and buttons to add and remove one."""

    layers_changed = Signal(object)  # tuple of units

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._inputs = [
            WholeInput(f"{name}_{i + 1}", f"Units of hidden layer {i + 1}", 1, MAX_UNITS)
            for i in range(MAX_LAYERS)
        ]
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE)
        for i, field in enumerate(self._inputs):
            field.setToolTip(
                f"Units of hidden layer {i + 1}, 1 to {MAX_UNITS}: new initial weights"
            )
            field.valueChanged.connect(self._announce)
            grid.addWidget(field, i // LAYERS_PER_ROW, i % LAYERS_PER_ROW)
        for column in range(LAYERS_PER_ROW):
            grid.setColumnStretch(column, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE)
        rows.addLayout(self._header())
        rows.addLayout(grid)
        self._count = 0
        self.show_layers((4, 4))

    def layers(self) -> tuple[int, ...]:
        """Return the units of each hidden layer."""
        return tuple(field.value() for field in self._inputs[: self._count])

    def show_layers(self, layers: Sequence[int]) -> None:
        """Show these layers without announcing them."""
        self._count = len(layers)
        for i, field in enumerate(self._inputs):
            field.setVisible(i < self._count)
            if i < self._count:
                with QSignalBlocker(field):
                    field.setValue(layers[i])
        self._heading.setText(f"{self._count} hidden layer{'' if self._count == 1 else 's'}")
        self.add_button.setEnabled(self._count < MAX_LAYERS)
        self.remove_button.setEnabled(self._count > 0)

    def _header(self) -> QHBoxLayout:
        self._heading = PlainLabel()
        self._heading.setProperty("role", "field")
        self.remove_button = tool_button("remove_layer_button", "−", "Remove the last hidden layer")
        self.add_button = tool_button(
            "add_layer_button",
            "+",
            "Add a hidden layer",
            f"Add a hidden layer of 4 units (at most {MAX_LAYERS} layers)",
        )
        for button in (self.remove_button, self.add_button):
            button.setFixedSize(26, 24)
        self.remove_button.clicked.connect(self._remove)
        self.add_button.clicked.connect(self._add)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._heading, stretch=1)
        row.addWidget(self.remove_button)
        row.addWidget(self.add_button)
        return row

    @Slot()
    def _add(self) -> None:
        self.show_layers((*self.layers(), 4))
        self._announce()

    @Slot()
    def _remove(self) -> None:
        self.show_layers(self.layers()[:-1])
        self._announce()

    @Slot()
    def _announce(self) -> None:
        self.layers_changed.emit(self.layers())


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
    label_button(button, label, tip, key)
    return button


def label_button(button: QAbstractButton, label: str, tip: str = "", key: str = "") -> None:
    """Give a button its accessible name and its tooltip; see `tool_button`."""
    button.setAccessibleName(label)
    button.setToolTip(plain_tooltip(tip or (f"{label} ({key})" if key else label)))
