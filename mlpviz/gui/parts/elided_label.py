"""A label that ends in an ellipsis where it has not the room for all its words."""

from collections.abc import Mapping
from itertools import groupby

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip

from mlpviz.gui.parts.plain_widgets import PlainLabel, plain_tooltip


class ElidedLabel(PlainLabel):
    """One line of plain text; it takes the room that is left, and no more.

    Where words are left out, a tooltip says them all.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._colours: Mapping[str, str] = {}

    @property
    def is_elided(self) -> bool:
        """Whether words are left out."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def show_words(self, words: str, colours: Mapping[str, str]) -> None:
        """Show a line of which some characters, the keys, have colours of their own."""
        if colours != self._colours:
            self._colours = colours
            self.update()
        self.setText(words)

    def event(self, event: QEvent) -> bool:
        """Say all the words, where the label has no tooltip of its own."""
        if isinstance(event, QHelpEvent) and not self.toolTip() and self.is_elided:
            QToolTip.showText(event.globalPos(), plain_tooltip(self.text()), self)
            return True
        return super().event(event)

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
