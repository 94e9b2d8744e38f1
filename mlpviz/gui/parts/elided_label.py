"""A label that ends in an ellipsis where it has not the room for all its words."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip

from mlpviz.gui.parts.plain_widgets import PlainLabel, plain_tooltip


class ElidedLabel(PlainLabel):
    """One line of plain text; it takes the room that is left, and no more.

    Where words are left out, a tooltip says them all. A line that has shorter forms is painted in
    one of these rather than cut.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._colours: Mapping[str, str] = {}
        self._shorter: Sequence[str] = ()

    @property
    def is_elided(self) -> bool:
        """Whether words are left out."""
        return not self._has_room(self.text())

    @property
    def shown(self) -> str:
        """The words that are painted: the longest for which there is room, or what is left."""
        fitting = [words for words in (self.text(), *self._shorter) if self._has_room(words)]
        if fitting:
            return fitting[0]
        last, right = [self.text(), *self._shorter][-1], Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(last, right, self.contentsRect().width())

    def show_words(
        self, words: str, colours: Mapping[str, str], shorter: Sequence[str] = ()
    ) -> None:
        """Show a line of which some characters, the keys, have colours of their own.

        Parameters
        ----------
        shorter : the same in ever fewer words, for where it has no room
        """
        if colours != self._colours or shorter != self._shorter:
            self._colours, self._shorter = colours, shorter
            self.update()
        self.setText(words)

    def _has_room(self, words: str) -> bool:
        return self.fontMetrics().horizontalAdvance(words) <= self.contentsRect().width()

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
        rect, text = self.contentsRect(), self.shown
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
