"""Labels upon plots and upon the diagram: a few words or a number, on a ground.

Before the name of a line stands a stroke of it.
"""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlpviz.experiment.words.formats import MINUS
from mlpviz.experiment.words.step_numbers import LEAST_DIGITS
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
from mlpviz.gui.plots.kept_pictures import Drawing, KeptPictures
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


@lru_cache(maxsize=256)
def fitting_digits(room: float, most: int) -> int:
    """Return with how many digits that count numbers fit into a room: two or more.

    Parameters
    ----------
    room : in base sizes
    most : as many at most
    """
    width = QFontMetricsF(ui_font(SMALL)).horizontalAdvance
    fitting = (
        digits
        for digits in range(most, LEAST_DIGITS, -1)
        if width(f"{MINUS}0.{'0' * digits}") + 2 * LABEL_PAD <= room
    )
    return next(fitting, LEAST_DIGITS)


class LabelPictures:
    """Paints labels, each once, and keeps the pictures.

    Parameters
    ----------
    most : pictures that are kept
    """

    def __init__(self, most: int = MOST_PICTURES) -> None:
        self._most = most
        self._ground, self._rim, self._ink = QColor(), "", ""
        self._pictures = KeptPictures(most)
        self._widths: dict[str, float] = {}

    def set_look(self, look: Look) -> None:
        """Take over colours."""
        self._ground, self._rim, self._ink = QColor(look.panel), look.panel, look.text
        self._ground.setAlphaF(GROUND)
        self._pictures.clear()

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
        stroke = label.stroke
        line = None if stroke is None else (stroke.style(), stroke.color().name())
        key = (label.text, label.ink, line)
        self._pictures.draw(painter, rect.center(), key, lambda: self._label(label))

    def write(self, painter: QPainter, centre: QPointF, text: str) -> None:
        """Write a plain label around a place."""
        self._pictures.draw(painter, centre, text, lambda: self._label(Label(text, self._ink)))

    def paint_mark(self, painter: QPainter, place: QPointF, colour: str) -> None:
        """Paint the mark of an event."""
        side = EVENT + 2 * EVENT_RIM

        def paint(inner: QPainter) -> None:
            inner.setPen(solid(self._rim, EVENT_RIM))
            inner.setBrush(QColor(colour))
            inner.drawEllipse(QPointF(side / 2, side / 2), EVENT / 2, EVENT / 2)

        self._pictures.draw(painter, place, ("mark", colour), lambda: (side, side, paint))

    def _label(self, label: Label) -> Drawing:
        whole = QRectF(0.0, 0.0, self.width(label), LABEL_HEIGHT)

        def paint(painter: QPainter) -> None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._ground)
            painter.drawRoundedRect(whole, LABEL_RADIUS, LABEL_RADIUS)
            if label.stroke is not None:
                painter.setPen(label.stroke)
                y = LABEL_HEIGHT / 2
                painter.drawLine(QPointF(LABEL_PAD, y), QPointF(LABEL_PAD + LABEL_STROKE, y))
            painter.setFont(ui_font(SMALL))
            painter.setPen(QColor(label.ink))
            words = whole.adjusted(LABEL_PAD + _stroke_width(label), 0.0, 0.0, 0.0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, label.text)

        return whole.width(), LABEL_HEIGHT, paint


def _stroke_width(label: Label) -> float:
    return 0.0 if label.stroke is None else LABEL_STROKE + SPACE
