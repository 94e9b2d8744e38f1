"""The scale of the weights below the diagram: strokes as strong as the edges of some weights."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from mlpviz.experiment.language import tr
from mlpviz.experiment.words.formats import short_text
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import (
    CAPTION_ROW,
    SCALE_ROW,
    SMALL,
    STROKE_GAP,
    STROKE_LENGTH,
    STROKE_STEP,
)
from mlpviz.gui.views.diagram.pens import Pens, weight_buckets

# The weights that it shows; the fewer the narrower a diagram is.
WEIGHTS = ((-20.0, -5.0, -1.0, 1.0, 5.0, 20.0), (-20.0, -5.0, 5.0, 20.0), (-5.0, 5.0))


def paint_scale(
    painter: QPainter, room: QRectF, look: Look, pens: Pens, *, is_finite: bool
) -> None:
    """Draw the scale at the foot of a room.

    Parameters
    ----------
    is_finite : whether any weight is a number
    """
    painter.setFont(ui_font(SMALL))
    painter.setPen(QColor(look.quiet))
    line = QRectF(0, room.height() - SCALE_ROW, room.width(), CAPTION_ROW)
    centred = Qt.AlignmentFlag.AlignVCenter
    if not is_finite:
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, tr("dashed: not a number"))
        return
    metrics = QFontMetricsF(painter.font())
    weights = scale_weights(metrics, room.width())
    before, numbers, after = scale_words(weights)
    x = max(0.0, (room.width() - scale_width(metrics, weights)) / 2)
    painter.drawText(line.translated(x, 0), centred, before)
    x += metrics.horizontalAdvance(before) + STROKE_STEP
    y = line.center().y()
    for number, bucket in zip(numbers, weight_buckets(np.array(weights)).tolist(), strict=True):
        painter.setPen(pens.pen(bucket))
        painter.drawLine(QPointF(x, y), QPointF(x + STROKE_LENGTH, y))
        x += STROKE_LENGTH + STROKE_GAP
        painter.setPen(QColor(look.quiet))
        painter.drawText(line.translated(x, 0), centred, number)
        x += metrics.horizontalAdvance(number) + STROKE_STEP
    painter.drawText(line.translated(x, 0), centred, after)


def scale_weights(metrics: QFontMetricsF, room: float) -> tuple[float, ...]:
    """Return the weights for which a width has room."""
    fitting = (weights for weights in WEIGHTS if scale_width(metrics, weights) <= room)
    return next(fitting, WEIGHTS[-1])


def scale_words(weights: tuple[float, ...]) -> tuple[str, list[str], str]:
    """Return what stands before the strokes, what at each, and what after them."""
    numbers = [("+" if weight > 0 else "") + short_text(weight) for weight in weights]
    return tr("weight"), numbers, tr("■ bias")


def scale_width(metrics: QFontMetricsF, weights: tuple[float, ...]) -> float:
    """Return how wide the scale of these weights is, in base sizes."""
    before, numbers, after = scale_words(weights)
    words = sum(map(metrics.horizontalAdvance, (before, *numbers, after)))
    return words + len(numbers) * (STROKE_LENGTH + STROKE_GAP + STROKE_STEP) + STROKE_STEP
