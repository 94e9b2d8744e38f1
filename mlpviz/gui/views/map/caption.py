"""A few words upon the map."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import BODY, CAPTION_BASE, GAP, HALF_SPACE, RADIUS, SPACE
from mlpviz.gui.plots.canvas import Mapping


class Caption:
    """A few words on a ground of their own, in the upper left corner.

    On a map that is narrower than they are they are left out: its heading says them, too.
    """

    def __init__(self) -> None:
        self.text = ""
        self._ground, self._ink = QColor(), QColor()

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._ground, self._ink = QColor(look.panel), QColor(look.text)

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint it."""
        font = ui_font(BODY, bold=True)
        width = QFontMetricsF(font).horizontalAdvance(self.text) + 2 * GAP
        if not self.text or width + 2 * GAP > mapping.width:
            return
        rect = QRectF(GAP, GAP, width, BODY + 2 * SPACE + HALF_SPACE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        painter.setFont(font)
        painter.setPen(self._ink)
        painter.drawText(QPointF(rect.left() + GAP, rect.bottom() - CAPTION_BASE), self.text)
