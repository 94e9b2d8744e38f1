"""A label that ends in an ellipsis where it has not the room for all its words."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from mlpviz.gui.parts.plain_widgets import PlainLabel


class ElidedLabel(PlainLabel):
    """One line of plain text; it takes the room that is left, and no more."""

    def minimumSizeHint(self) -> QSize:
        """Return that any width will do."""
        return QSize(1, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as many of the words as there is room for."""
        painter = QPainter(self)
        width = self.contentsRect().width()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(self.contentsRect(), self.alignment(), text)
