"""The classes in lines of text: the mark of each in its colour, before what it is called."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from mlpviz.gui.look.look import Look

CLASS_GLYPHS = ("●", "■", "▲", "◆", "▼", "★")  # as they look on the map
HOLLOW_GLYPHS = ("○", "□", "△", "◇", "▽", "☆")  # and those of the test set


def mark_colours(look: Look) -> dict[str, str]:
    """Return the colour of the mark of each class, on the map and of the test set."""
    marks = (*CLASS_GLYPHS, *HOLLOW_GLYPHS)
    return dict(zip(marks, 2 * look.classes, strict=True))


def draw_class_name(
    painter: QPainter,
    place: QRectF | QRect,
    number: int,
    words: str,
    look: Look,
    align: Qt.AlignmentFlag,
    *,
    is_selected: bool = False,
) -> None:
    """Write the mark of a class in its colour, and words behind it in the colour of the pen.

    Parameters
    ----------
    align : AlignHCenter or AlignRight, of both together
    is_selected : whether they stand on the accent, which the colour of a class may be
    """
    glyph, rest = CLASS_GLYPHS[number], f" {words}" if words else ""
    metrics, ink, place = painter.fontMetrics(), painter.pen(), QRectF(place)
    width = metrics.horizontalAdvance(glyph) + metrics.horizontalAdvance(rest)
    room = place.width() - width
    left = place.left() + (room if align & Qt.AlignmentFlag.AlignRight else room / 2)
    base = place.center().y() + (metrics.ascent() - metrics.descent()) / 2
    if not is_selected:
        painter.setPen(QColor(look.classes[number]))
    painter.drawText(QPointF(left, base), glyph)
    painter.setPen(ink)
    painter.drawText(QPointF(left + metrics.horizontalAdvance(glyph), base), rest)
