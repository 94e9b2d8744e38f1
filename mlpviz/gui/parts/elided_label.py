"""A label that ends in an ellipsis where it has not the room for all its words."""

from collections.abc import Mapping
from itertools import groupby

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent

from mlpviz.gui.parts.plain_widgets import PlainLabel


class ElidedLabel(PlainLabel):
    """One line of plain text; it takes the room that is left, and no more."""

    def __init__(self) -> None:
        super().__init__()
        self._colours: Mapping[str, str] = {}

    def show_words(self, words: str, colours: Mapping[str, str]) -> None:
        """Show a line of which some characters, the keys, have colours of their own."""
        if colours != self._colours:
            self._colours = colours
            self.update()
        self.setText(words)

    def minimumSizeHint(self) -> QSize:
        """Return that any width will do."""
        return QSize(1, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as many of the words as there is room for."""
        painter, metrics = QPainter(self), self.fontMetrics()
        rect = self.contentsRect()
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        if not self._colours:
            painter.drawText(rect, self.alignment(), text)
            return
        ink = painter.pen()
        place = QPointF(rect.left(), rect.center().y() + (metrics.ascent() - metrics.descent()) / 2)
        for colour, letters in groupby(text, self._colours.get):
            part = "".join(letters)
            painter.setPen(QColor(colour) if colour else ink)
            painter.drawText(place, part)
            place.setX(place.x() + metrics.horizontalAdvance(part))
