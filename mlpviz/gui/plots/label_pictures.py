"""Labels upon plots and upon the diagram: a few words or a number, on a ground.

Before the name of a line stands a stroke of it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap

from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import (
    EVENT,
    EVENT_RIM,
    LABEL_HEIGHT,
    LABEL_PAD,
    LABEL_RADIUS,
    LABEL_STROKE,
    SMALL,
    SPACE,
)
from mlpviz.gui.look.sizing import picture_scale
from mlpviz.gui.plots.plot import solid

GROUND = 0.86  # how much of what lies below a label is covered
MOST_PICTURES = 100  # that are kept
MOST_NUMBERS = 2000  # likewise, of a diagram; about 5 MB


class Label(NamedTuple):
    """What a label says, and how.

    Parameters
    ----------
    ink : the colour of the words
    stroke : of the line that is named; None where that is plain without
    """

    text: str
    ink: str
    stroke: QPen | None = None


class LabelPictures:
    """Paints labels, each once, and keeps the pictures: to write text takes long.

    Parameters
    ----------
    most : pictures that are kept
    """

    def __init__(self, most: int = MOST_PICTURES) -> None:
        self._most = most
        self._ground, self._rim, self._ink = QColor(), "", ""
        self._kept: dict[tuple[object, ...], QPixmap] = {}
        self._widths: dict[str, float] = {}

    def set_look(self, look: Look) -> None:
        """Take over colours."""
        self._ground, self._rim, self._ink = QColor(look.panel), look.panel, look.text
        self._ground.setAlphaF(GROUND)
        self._kept.clear()

    def width(self, label: Label) -> float:
        """Return how wide a label is; all are `LABEL_HEIGHT` high."""
        if label.text not in self._widths:
            if len(self._widths) >= self._most:
                self._widths.clear()
            self._widths[label.text] = QFontMetricsF(ui_font(SMALL)).horizontalAdvance(label.text)
        return self._widths[label.text] + 2 * LABEL_PAD + _stroke_width(label)

    def fitted(self, label: Label, most: float) -> Label:
        """Return a label that is no wider than so much: what does not fit is cut."""
        if self.width(label) <= most:
            return label
        room = most - 2 * LABEL_PAD - _stroke_width(label)
        metrics = QFontMetricsF(ui_font(SMALL))
        text = metrics.elidedText(label.text, Qt.TextElideMode.ElideRight, room)
        return label._replace(text=text)

    def paint(self, painter: QPainter, rect: QRectF, label: Label) -> None:
        """Paint a label into its place."""
        scale = picture_scale(painter)
        style = None if label.stroke is None else label.stroke.style()
        colour = None if label.stroke is None else label.stroke.color().name()
        key = (label.text, label.ink, style, colour, scale)
        picture = self._picture(key, lambda: self._label(label, scale))
        _draw_at(painter, rect.left() * scale, rect.top() * scale, picture, scale)

    def write(self, painter: QPainter, centre: QPointF, text: str) -> None:
        """Write a plain label around a place."""
        scale = picture_scale(painter)
        picture = self._picture((text, scale), lambda: self._label(Label(text, self._ink), scale))
        _draw_around(painter, centre, picture, scale)

    def paint_mark(self, painter: QPainter, place: QPointF, colour: str) -> None:
        """Paint the mark of an event."""
        scale = picture_scale(painter)
        picture = self._picture(("mark", colour, scale), lambda: self._mark(colour, scale))
        _draw_around(painter, place, picture, scale)

    def _picture(self, key: tuple[object, ...], paint: Callable[[], QPixmap]) -> QPixmap:
        """Return the picture of a key, painted now if it is not kept."""
        picture = self._kept.get(key)
        if picture is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            picture = self._kept[key] = paint()
        return picture

    def _mark(self, colour: str, scale: float) -> QPixmap:
        picture = _empty_picture(EVENT + 2 * EVENT_RIM, EVENT + 2 * EVENT_RIM, scale)
        with _painting(picture) as painter:
            painter.setPen(solid(self._rim, EVENT_RIM))
            painter.setBrush(QColor(colour))
            middle = EVENT / 2 + EVENT_RIM
            painter.drawEllipse(QPointF(middle, middle), EVENT / 2, EVENT / 2)
        return picture

    def _label(self, label: Label, scale: float) -> QPixmap:
        width = self.width(label)
        picture = _empty_picture(width, LABEL_HEIGHT, scale)
        with _painting(picture) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._ground)
            whole = QRectF(0.0, 0.0, width, LABEL_HEIGHT)
            painter.drawRoundedRect(whole, LABEL_RADIUS, LABEL_RADIUS)
            if label.stroke is not None:
                painter.setPen(label.stroke)
                y = LABEL_HEIGHT / 2
                painter.drawLine(QPointF(LABEL_PAD, y), QPointF(LABEL_PAD + LABEL_STROKE, y))
            painter.setFont(ui_font(SMALL))
            painter.setPen(QColor(label.ink))
            words = whole.adjusted(LABEL_PAD + _stroke_width(label), 0.0, 0.0, 0.0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, label.text)
        return picture


def _empty_picture(width: float, height: float, scale: float) -> QPixmap:
    picture = QPixmap(round(width * scale), round(height * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


@contextmanager
def _painting(picture: QPixmap) -> Iterator[QPainter]:
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.end()  # a picture must not go while it is being painted


def _draw_around(painter: QPainter, centre: QPointF, picture: QPixmap, scale: float) -> None:
    left, top = centre.x() * scale - picture.width() / 2, centre.y() * scale - picture.height() / 2
    _draw_at(painter, left, top, picture, scale)


def _draw_at(painter: QPainter, left: float, top: float, picture: QPixmap, scale: float) -> None:
    """Draw at whole pixels of the screen: what need not be shifted is sharp, and drawn faster."""
    painter.drawPixmap(QPointF(round(left) / scale, round(top) / scale), picture)


def _stroke_width(label: Label) -> float:
    return 0.0 if label.stroke is None else LABEL_STROKE + SPACE
