"""The bubble in which a weight or a bias is set by hand: typed, stepped, dragged, 0 or ±."""

import math

from PySide6.QtCore import (
    QEvent,
    QLocale,
    QObject,
    QPoint,
    QPointF,
    QSignalBlocker,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QFrame, QGridLayout, QWidget

from mlpviz.experiment.language import tr
from mlpviz.gui.look.sizes import (
    DRAG_START,
    EDITOR_BUTTON,
    EDITOR_BUTTON_HEIGHT,
    EDITOR_EDGE,
    EDITOR_OFFSET,
    EDITOR_WIDTH,
    FREEZE_BUTTON,
    GAP,
    SPACE,
)
from mlpviz.gui.look.sizing import fix, lay, px, text_width
from mlpviz.gui.parts.inputs import DECIMALS, tool_button
from mlpviz.gui.parts.keys import ENTER, KeyGuard
from mlpviz.gui.parts.plain_widgets import PlainLabel

STEP = 0.1  # of the arrows and the wheel; Ctrl makes ten of it
DRAG_STEP = 0.02  # per pixel
LARGEST = 1.7976931348623157e308


class WeightInput(QDoubleSpinBox):
    """Any finite number: typed, stepped by the arrows and the wheel, dragged to and fro."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("weight_input")
        self.setAccessibleName(tr("Value"))
        self.setToolTip(
            tr(
                "Type a number; ↑ ↓ and the wheel step by 0.1, with Ctrl by 1; drag it to and "
                "fro.\nEnter closes, Esc restores what it was; F freezes."
            )
        )
        self.setLocale(QLocale.c())  # as in recipes and on the command line
        self.setDecimals(DECIMALS)
        self.setRange(-LARGEST, LARGEST)
        self.setKeyboardTracking(False)
        fix(self, width=EDITOR_WIDTH)  # so that the bubble fits into the diagrams of two runs
        self.setCorrectionMode(QDoubleSpinBox.CorrectionMode.CorrectToPreviousValue)
        self.cause = "type"  # how the value is being changed
        self._drag: tuple[float, float] | None = None  # where it was pressed, the value then
        self._is_dragging = False
        self.lineEdit().installEventFilter(self)
        self.lineEdit().setCursor(Qt.CursorShape.SizeHorCursor)

    @property
    def is_busy(self) -> bool:
        """Whether a number is being typed or dragged."""
        return self._is_dragging or self.lineEdit().isModified()

    def change(self, value: float, cause: str) -> None:
        """Set the value, for whoever asks why it changed."""
        self.cause = cause
        self.setValue(value)
        self.cause = "type"

    def stepBy(self, steps: int) -> None:
        """Go a tenth up or down."""
        self.change(round(self.value() + steps * STEP, 12), "step")
        self.selectAll()

    def textFromValue(self, value: float) -> str:
        """Write five digits: what is not typed over keeps all the others."""
        return f"{value:.5g}"

    def valueFromText(self, text: str) -> float:
        """Read what `validate` let through."""
        if text == self.textFromValue(self.value()):
            return self.value()
        number = _number(text)
        return self.value() if number is None else number

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let a finite number through; anything that may become one can be typed on."""
        if _number(text) is not None:
            return QValidator.State.Acceptable, text, position
        may_become_one = all(c in "0123456789.,eE+-−" for c in text.strip())
        state = QValidator.State.Intermediate if may_become_one else QValidator.State.Invalid
        return state, text, position

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drag the number."""
        if isinstance(event, QMouseEvent):
            return self._follow_drag(event)
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window, while nothing is being typed; step by pages."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                event.accept()
                return True
            keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(key) for key in keys) and not self.is_busy:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to the bubble what no number has: F freezes, and a space would replace the text."""
        if event.key() in (Qt.Key.Key_F, Qt.Key.Key_Space):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _follow_drag(self, event: QMouseEvent) -> bool:
        x, kind = event.position().x(), event.type()
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._drag = (x, self.value())
        elif kind == QEvent.Type.MouseMove and self._drag is not None:
            start, value = self._drag
            self._is_dragging |= abs(x - start) >= px(DRAG_START)
            if self._is_dragging:
                self.change(round(value + (x - start) * DRAG_STEP, 12), f"drag from {value}")
                return True
        elif kind == QEvent.Type.MouseButtonRelease:
            was_dragging, self._drag, self._is_dragging = self._is_dragging, None, False
            return was_dragging
        return False


class WeightEditor(QFrame):
    """Lies over the diagram beside what it edits, and announces every change at once."""

    value_edited = Signal(float, int)  # and of which stroke: those of one stroke belong together
    freeze_toggled = Signal(bool)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("weight_editor")
        self.setAccessibleName(tr("Weight editor"))
        self.setProperty("role", "drawer")
        self._name = PlainLabel()
        self._name.setObjectName("weight_name")
        self.input = WeightInput()
        self.zero_button = tool_button("zero_button", "0", tr("Set to 0"))
        self.sign_button = tool_button("sign_button", "±", tr("Change the sign"))
        self.freeze_button = tool_button(
            "freeze_button",
            tr("Freeze"),
            tr("Freeze"),
            tr("Frozen: training leaves this number alone (F)"),
        )
        self.freeze_button.setCheckable(True)
        self._stroke, self._last_cause = 0, ""
        self._restored = 0.0  # what Esc goes back to
        self._assemble()
        self.input.valueChanged.connect(self._announce)
        self.zero_button.clicked.connect(self._set_zero)
        self.sign_button.clicked.connect(self._change_sign)
        self.freeze_button.clicked.connect(self._announce_freeze)
        # A click on a button, or beside one, leaves the keys to the number.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.input)
        self._guard = KeyGuard(self)
        for button in (self.zero_button, self.sign_button, self.freeze_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.installEventFilter(self._guard)
        self.hide()

    def open_at(self, name: str, value: float, is_frozen: bool, anchor: QPointF) -> None:
        """Open beside a place of the parent, for a number of this name."""
        self.show_name(name)
        self._restored, self._last_cause = value, ""
        self.input.lineEdit().setModified(False)
        self.show_value(value, is_frozen)
        self.adjustSize()
        room = self._around.size() - self.size()
        (right, below), edge = map(px, EDITOR_OFFSET), px(EDITOR_EDGE)
        x = min(max(edge, round(anchor.x()) + right), max(0, room.width() - edge))
        y = round(anchor.y()) + below
        if y > room.height() - edge:  # rather above than over what it is about
            y = max(edge, round(anchor.y()) - self.height() - below)
        self.move(QPoint(x, y))
        self.show()
        self.raise_()
        self.input.setFocus(Qt.FocusReason.PopupFocusReason)
        self.input.selectAll()

    def show_name(self, name: str) -> None:
        """Say what the number is."""
        if name != self._name.text():
            self._name.setText(name)
            self.setAccessibleDescription(name)
            self.input.setAccessibleDescription(name)
            self.adjustSize()

    def show_value(self, value: float, is_frozen: bool) -> None:
        """Follow what training does to the number, unless it is being typed or dragged."""
        self.freeze_button.setChecked(is_frozen)
        self.input.setEnabled(math.isfinite(value))
        if self.input.is_busy or not math.isfinite(value) or value == self.input.value():
            return
        was_selected = self.input.lineEdit().hasSelectedText()
        with QSignalBlocker(self.input):
            self.input.setValue(value)
        if was_selected:
            self.input.selectAll()

    @Slot()
    def close_editor(self) -> None:
        """Take over what is typed, and hide."""
        self.input.interpretText()
        self._hide()

    @Slot()
    def cancel(self) -> None:
        """Restore what the number was, and hide."""
        with QSignalBlocker(self.input):  # what is typed is not meant
            self.input.interpretText()
        self.input.lineEdit().setModified(False)
        if self._last_cause:
            self._last_cause = "restore"
            self._stroke += 1
            self.value_edited.emit(self._restored, self._stroke)
        self._hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Enter, restore on Esc; the rest is nobody's, least of all the diagram's."""
        if event.key() in ENTER:
            self.close_editor()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif event.key() == Qt.Key.Key_F:
            self.freeze_button.click()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Claim its keys before they become shortcuts."""
        keys = {*ENTER, Qt.Key.Key_Escape, Qt.Key.Key_F}
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in keys
        ):
            event.accept()
            return True
        return super().event(event)

    def _hide(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()

    @Slot(float)
    def _announce(self, value: float) -> None:
        cause = self.input.cause
        # Steps in a row are one stroke, and so is a drag; what is typed or clicked stands alone.
        if cause != self._last_cause or cause in ("type", "click"):
            self._stroke += 1
        self._last_cause = cause
        self.input.lineEdit().setModified(False)
        self.value_edited.emit(value, self._stroke)

    @Slot()
    def _set_zero(self) -> None:
        self.input.change(0.0, "click")

    @Slot()
    def _change_sign(self) -> None:
        self.input.change(-self.input.value(), "click")

    @Slot(bool)
    def _announce_freeze(self, is_frozen: bool) -> None:
        self.freeze_toggled.emit(is_frozen)

    def _assemble(self) -> None:
        grid = QGridLayout(self)
        lay(grid, SPACE, (GAP, SPACE, GAP, GAP))
        grid.addWidget(self._name, 0, 0, 1, 4)
        grid.addWidget(self.input, 1, 0)
        for column, button in enumerate((self.zero_button, self.sign_button), 1):
            button.setProperty("role", "small")
            fix(button, width=EDITOR_BUTTON, height=EDITOR_BUTTON_HEIGHT)
            grid.addWidget(button, 1, column)
        self.freeze_button.setProperty("role", "small")
        freeze = max(FREEZE_BUTTON, text_width(self.freeze_button.text()) + 2 * GAP)
        fix(self.freeze_button, width=freeze, height=EDITOR_BUTTON_HEIGHT)
        grid.addWidget(self.freeze_button, 1, 3)


def _number(text: str) -> float | None:
    try:
        number = float(text.strip().replace(",", ".").replace("−", "-"))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
