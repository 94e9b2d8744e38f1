"""The words around the network diagram: the names of its layers."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from mlpviz.experiment.language import tr
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import CAPTION_LEAST, CAPTION_ROW, CAPTION_Y, SMALL
from mlpviz.gui.views.diagram.network_layout import NetworkLayout


def paint_captions(painter: QPainter, layout: NetworkLayout, look: Look, width: float) -> None:
    """Name the layers above their columns, within this width."""
    painter.setFont(ui_font(SMALL))
    painter.setPen(QColor(look.quiet))
    metrics = QFontMetricsF(painter.font())
    last = len(layout.units) - 1
    distance = layout.units[min(2, last)][0].center().x() - layout.units[1][0].center().x()
    for layer, rects in enumerate(layout.units):
        hidden = tr("hidden {layer}", layer=layer) if distance >= CAPTION_LEAST else str(layer)
        name = {0: tr("inputs"), last: tr("output")}.get(layer, hidden)
        room = QRectF(0, 0, metrics.horizontalAdvance(name), CAPTION_ROW)
        room.moveCenter(QPointF(rects[0].center().x(), CAPTION_Y))
        room.moveLeft(min(max(room.left(), 0.0), width - room.width()))
        painter.drawText(room.toAlignedRect(), Qt.AlignmentFlag.AlignCenter, name)
