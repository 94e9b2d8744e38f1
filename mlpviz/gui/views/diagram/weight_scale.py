"""The scale of the weights below the diagram: strokes from the strongest negative one on."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from mlpviz.experiment.language import tr
from mlpviz.experiment.words.formats import short_text
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import CAPTION_ROW, SCALE_ROW, SMALL, STROKE_LENGTH, STROKE_STEP
from mlpviz.gui.views.diagram.painter import BUCKETS, Pens

STROKE_SHARES = (-1.0, -0.5, 0.0, 0.5, 1.0)  # of the full weight


def paint_scale(
    painter: QPainter, room: QRectF, look: Look, pens: Pens, scale: float | None
) -> None:
    """Draw the scale at the foot of a room.

    Parameters
    ----------
    scale : the weight of the full stroke; None where no weight is a number
    """
    painter.setFont(ui_font(SMALL))
    painter.setPen(QColor(look.quiet))
    line = QRectF(0, room.height() - SCALE_ROW, room.width(), CAPTION_ROW)
    if scale is None:
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, tr("dashed: not a number"))
        return
    before, after = scale_words(scale)
    metrics = QFontMetricsF(painter.font())
    strokes_width = STROKE_STEP * len(STROKE_SHARES)
    whole = metrics.horizontalAdvance(before + after) + strokes_width
    left = max(0.0, (room.width() - whole) / 2)
    strokes_left = left + metrics.horizontalAdvance(before)
    painter.drawText(line.translated(left, 0), Qt.AlignmentFlag.AlignVCenter, before)
    right = line.translated(strokes_left + strokes_width, 0)
    painter.drawText(right, Qt.AlignmentFlag.AlignVCenter, after)
    y = line.center().y()
    for i, share in enumerate(STROKE_SHARES):
        painter.setPen(pens.pen(round(share * BUCKETS)))
        x = strokes_left + STROKE_STEP * i
        painter.drawLine(QPointF(x, y), QPointF(x + STROKE_LENGTH, y))


def scale_words(scale: float) -> tuple[str, str]:
    """Return what stands before and after the strokes of the weight scale."""
    before = tr("weight {value}", value=short_text(-scale))
    return f"{before}  ", f"+{short_text(scale)}   {tr('■ bias')}"
