"""Keys belong to the control that has the focus, where it uses them; all others are the window's.

Qt offers every key to the focused widget first, as a `ShortcutOverride`: text fields claim what
they type, but buttons, sliders and lists do not claim the keys that they live by. And lists use
keys that the window lives by: a letter would choose the entry that begins with it.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QListView,
    QScrollBar,
    QSpinBox,
    QWidget,
)

from mlpviz.gui.parts.cell_grid import CellGrid
from mlpviz.gui.parts.pointer_slider import PointerSlider

Key = Qt.Key
ENTER = frozenset((Key.Key_Return, Key.Key_Enter))
_WALKS = frozenset(
    (Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown)
)
_PAGES = frozenset((Key.Key_PageUp, Key.Key_PageDown))
_ACROSS = frozenset((Key.Key_Left, Key.Key_Right))
# What each kind of control lives by. Lists that are closed, and tables, leave ← and → to the
# window; a slider, pictures beside each other and cells to be edited are walked along with them.
_KEYS: tuple[tuple[type[QWidget], frozenset[Qt.Key]], ...] = (
    (QAbstractButton, ENTER | {Key.Key_Space}),
    (QScrollBar, frozenset()),
    (PointerSlider, frozenset()),
    (QAbstractSlider, _WALKS | _ACROSS),
    (QComboBox, _WALKS | ENTER),
    (QListView, _WALKS | _ACROSS | ENTER),
    (CellGrid, _WALKS | _ACROSS | ENTER | {Key.Key_Delete, Key.Key_Backspace}),
    (QAbstractItemView, _WALKS | ENTER),
    (QAbstractSpinBox, ENTER | {Key.Key_Escape, Key.Key_Space} | _PAGES),  # besides what it types
)
GUARDED = tuple(kind for kind, _ in _KEYS)
_HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_HARMLESS_AT_BUTTONS = _HARMLESS | Qt.KeyboardModifier.AltModifier
_TYPED_INTO = (QAbstractSpinBox, QLineEdit)


class KeyGuard(QObject):
    """An event filter that claims keys for the controls that use them, and acts on some of them.

    In a field, Enter takes what was typed and Esc restores what was there. Enter presses a button
    and opens a list; other keys that the window may mean do nothing there.
    """

    left = Signal()  # a field has no more use for the focus

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept a `ShortcutOverride` on behalf of the focused control; act on a key press."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        is_used = uses_key(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and is_used:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if is_used:
            return self._act(watched, Key(event.key()))
        if leaves_key(watched, event):
            event.ignore()  # so that it goes on to whatever lies around the control
            return True
        return False

    def _act(self, control: QWidget, key: Qt.Key) -> bool:
        """Do what a key means to a control, where Qt does not; return whether that is all."""
        if isinstance(control, QAbstractSpinBox):
            if key in _PAGES:
                return False  # Qt steps by ten
            if key in ENTER:
                control.interpretText()
            elif key == Key.Key_Escape:
                restore(control)
            if key != Key.Key_Space:  # no number has a space, and it would replace what is there
                self.left.emit()
            return True
        if isinstance(control, QAbstractButton) and key in ENTER:
            control.click()
            return True
        if isinstance(control, QComboBox) and key in ENTER:
            control.showPopup()
            return True
        return False


def uses_key(control: QWidget, event: QKeyEvent) -> bool:
    """Tell whether a kind of control does something of its own with a key."""
    if event.modifiers() & ~_HARMLESS:
        return False
    kinds = (keys for kind, keys in _KEYS if isinstance(control, kind))
    return Key(event.key()) in next(kinds, frozenset())


def restore(field: QAbstractSpinBox) -> None:
    """Write the value of a field anew, whatever has been typed since."""
    if isinstance(field, QSpinBox):
        field.setValue(field.value())
    if isinstance(field, QDoubleSpinBox):
        field.setValue(field.value())


def is_typed_into(widget: QWidget | None) -> bool:
    """Tell whether a widget is a field, which keeps the keys that are typed."""
    return isinstance(widget, _TYPED_INTO)


def leaves_key(control: QWidget, event: QKeyEvent) -> bool:
    """Tell whether a control that would do something with a key has to leave it alone."""
    key, is_text = Key(event.key()), bool(event.text()) and event.text().isprintable()
    is_button = isinstance(control, QAbstractButton)
    if event.modifiers() & ~(_HARMLESS_AT_BUTTONS if is_button else _HARMLESS):
        return False
    if isinstance(control, QAbstractButton):  # Qt would go on to another button
        return key in (_WALKS | _ACROSS if control.group() is None else _ACROSS)
    is_list = isinstance(control, QComboBox | QAbstractItemView)
    return is_list and (is_text or key in _ACROSS)
