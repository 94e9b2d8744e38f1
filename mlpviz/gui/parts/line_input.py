"""A line of text that is typed: Enter takes it, Esc leaves what was there."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from mlpviz.gui.parts.offered_keys import keeps

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineInput(QLineEdit):
    """Takes a text on Enter, and when the focus goes elsewhere."""

    taken = Signal(str)  # a text that is another than before
    left = Signal()  # by a key: it has no more use for the focus

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setAcceptDrops(False)
        self._kept = ""

    def show_text(self, text: str) -> None:
        """Show a text; it is what Esc brings back."""
        self._kept = text
        self.setText(text)

    def _take(self) -> None:
        if self.text() != self._kept:
            self._kept = self.text()
            self.taken.emit(self._kept)

    def event(self, event: QEvent) -> bool:
        """Keep Esc, which the window would close something with."""
        return keeps(event, (Qt.Key.Key_Escape,)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what was typed, or bring back what was there."""
        if event.key() in ENTER:
            self._take()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.setText(self._kept)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take()
