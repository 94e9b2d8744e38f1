"""Keys belong to the control that has the focus, where it uses them.

Qt offers every key to the focused widget first, as a `ShortcutOverride`: text fields claim what
they type, but buttons, sliders and lists do not claim the keys that they live by.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox

_ARROWS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}


class KeyGuard(QObject):
    """An event filter that claims keys for the controls that use them."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept a `ShortcutOverride` on behalf of the focused control."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and uses_key(watched, Qt.Key(event.key()), event.text())
        ):
            event.accept()
            return True
        return False


def uses_key(control: QObject, key: Qt.Key, text: str) -> bool:
    """Tell whether a kind of control does something of its own with a key."""
    if isinstance(control, QAbstractButton):
        return key == Qt.Key.Key_Space
    if isinstance(control, QAbstractSlider):
        return key in _ARROWS
    if isinstance(control, QComboBox | QAbstractItemView):
        return key in _ARROWS or key == Qt.Key.Key_Space or text.isalnum()
    return False
