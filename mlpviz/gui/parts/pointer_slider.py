"""A slider for the pointer, and for who sees by ear: its keys are those of the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QSlider


class PointerSlider(QSlider):
    """A slider that leaves all keys to the window, which mean the same wherever the focus is.

    The wheel, too, is left alone: a turn in passing must not move it.
    """

    def __init__(self, name: str, label: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName(name)
        self.setAccessibleName(label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave a key to whatever lies around."""
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to whatever lies around."""
        event.ignore()
