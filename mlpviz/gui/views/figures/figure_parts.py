"""What figures for paper are made of: axes, text, marks. For `figures`, in the light theme.

Text is drawn as outlines, so that a figure looks the same where the font is not installed.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from mlpviz.engine import Array
from mlpviz.experiment.language import tr
from mlpviz.experiment.words.formats import epoch_text, short_text
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.look.palette import round_up
from mlpviz.gui.look.sizes import SMALL
from mlpviz.gui.plots.canvas import CLASS_SHAPES, shape_polygon
from mlpviz.gui.plots.loss_axis import decade_ticks, fitted_range
from mlpviz.gui.plots.unbroken import unbroken
from mlpviz.gui.views.figures import paper_sizes as sizes

TICKS = 6  # about as many as an axis gets
LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0
LEAST_DECADES = 0.1  # of a logarithmic axis
LEAST_EXPONENT, GREATEST_EXPONENT = -307.0, 307.0  # what lies beyond is drawn outside

Outline = tuple[Array, Array]  # x and y of the points of a line


@dataclass(frozen=True, slots=True)
class Axis:
    """A range of numbers, and where its ticks are.

    Parameters
    ----------
    label : the quantity
    low, high : the ends; of the exponents where it is logarithmic
    ticks : place and words of each
    is_logarithmic : whether places are exponents of ten
    """

    label: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    is_logarithmic: bool = False

    def shares(self, values: Array) -> Array:
        """Return where on the axis some numbers lie, 0 to 1; NaN where they have no place."""
        places = values
        if self.is_logarithmic:
            places = np.full(values.shape, np.nan)
            np.log10(values, out=places, where=values > 0.0)  # False for NaN
        shares: Array = (places - self.low) / (self.high - self.low)
        return shares


def linear_axis(
    label: str, low: float, high: float, words: Callable[[float], str] = short_text
) -> Axis:
    """Return an axis with ticks at round numbers."""
    step = round_up((high - low) / TICKS)
    numbers = np.arange(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1) * step
    # A product such as 3 · 0.1 is not 0.3 to the last digit, and would be written so.
    ticks = tuple((n, words(round(n, 12))) for n in numbers.tolist())
    return Axis(label, low, high, ticks)


def epoch_axis(last: int) -> Axis:
    """Return an axis from epoch 0 to the last."""
    axis = linear_axis(tr("epoch"), 0.0, float(max(1, last)), lambda n: epoch_text(round(n)))
    whole = tuple(tick for tick in axis.ticks if tick[0] == round(tick[0]))
    return Axis(axis.label, axis.low, axis.high, whole)


def loss_axis(losses: Array) -> Axis:
    """Return a logarithmic axis for some losses; without numbers where none is one."""
    usable = losses[np.isfinite(losses) & (losses > 0.0)]
    if not usable.size:
        return Axis(tr("loss"), -1.0, 0.0, (), is_logarithmic=True)
    exponents = np.log10(usable)
    ends = -_exponent_above(-float(exponents.min())), _exponent_above(float(exponents.max()))
    low, high = (min(max(end, LEAST_EXPONENT), GREATEST_EXPONENT) for end in ends)
    if high - low < LEAST_DECADES:
        low, high = low - LEAST_DECADES, high + LEAST_DECADES
    return Axis(tr("loss"), low, high, decade_ticks(low, high), is_logarithmic=True)


def fitted_loss_axis(losses: Array) -> Axis:
    """Return a logarithmic axis as long as some losses want it; without numbers where none is one.

    Parameters
    ----------
    losses : of any shape; those that are no number, or 0, have no place
    """
    low, high = fitted_range(losses, is_logarithmic=True)
    has_any = bool((np.isfinite(losses) & (losses > 0.0)).any())
    ticks = decade_ticks(low, high) if has_any else ()
    return Axis(tr("loss"), low, high, ticks, is_logarithmic=True)


def _exponent_above(exponent: float) -> float:
    """Round up to the exponent of … 1, 2, 5, 10 …; of their reciprocals likewise."""
    whole = math.floor(exponent)
    steps = (0.0, math.log10(2.0), math.log10(5.0), 1.0)
    return whole + next(step for step in steps if exponent - whole <= step + 1e-9)


def text_width(text: str, size: int = SMALL, *, bold: bool = False) -> float:
    """Return how wide a text will be."""
    return QFontMetricsF(ui_font(size, bold=bold)).horizontalAdvance(text)


def elided_pixels(text: str, width: float, *, bold: bool = True) -> str:
    """Cut a text that is wider, and show that it was cut."""
    metrics = QFontMetricsF(ui_font(SMALL, bold=bold))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def draw_text(
    painter: QPainter,
    place: QPointF,
    text: str,
    *,
    colour: str = LIGHT.quiet,
    size: int = SMALL,
    bold: bool = False,
    align: float = LEFT,
) -> None:
    """Draw a text with its base line at a place, which is its left end, centre or right end."""
    outline = QPainterPath()
    x = place.x() - align * text_width(text, size, bold=bold)
    outline.addText(QPointF(x, place.y()), ui_font(size, bold=bold), text)
    painter.fillPath(outline, QColor(colour))


def draw_title(painter: QPainter, title: str, left: float, what: str) -> None:
    """Write the name of a chapter above a figure, and what the figure shows."""
    title = elided_pixels(title, sizes.TITLE_WIDTH)
    draw_text(painter, QPointF(left, sizes.TITLE_BASE), title, colour=LIGHT.text, bold=True)
    width = text_width(title, bold=True)
    draw_text(painter, QPointF(left + width + sizes.TITLE_GAP, sizes.TITLE_BASE), what)


class Chart:
    """A rectangle between two axes, and what is drawn in it in their numbers."""

    def __init__(self, painter: QPainter, area: QRectF, x: Axis, y: Axis) -> None:
        self.painter, self.area, self._x, self._y = painter, area, x, y

    def places(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return where points are drawn; NaN where they have no place."""
        area = self.area
        return (
            area.left() + self._x.shares(x) * area.width(),
            area.bottom() - self._y.shares(y) * area.height(),
        )

    def draw_axes(self, *, shares_y: bool = False) -> None:
        """Draw the frame, ticks, numbers and labels.

        Parameters
        ----------
        shares_y : whether the vertical axis is that of the chart to the left, and says nothing
        """
        painter, area = self.painter, self.area
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(LIGHT.hatch), sizes.HAIRLINE))
        painter.drawRect(area)
        self._draw_x_ticks()
        below = QPointF(area.center().x(), area.bottom() + sizes.LABEL_DOWN)
        draw_text(painter, below, self._x.label, align=CENTRE)
        if not shares_y:
            self._draw_y_ticks()
            self._draw_y_label()

    def _draw_y_label(self) -> None:
        painter, area = self.painter, self.area
        widest = max((text_width(words) for _, words in self._y.ticks), default=0.0)
        painter.save()
        painter.translate(area.left() - widest - sizes.LABEL_LEFT, area.center().y())
        painter.rotate(-90.0)
        draw_text(painter, QPointF(0.0, 0.0), self._y.label, align=CENTRE)
        painter.restore()

    def _draw_x_ticks(self) -> None:
        for place, words in self._x.ticks:
            share = (place - self._x.low) / (self._x.high - self._x.low)
            at = QPointF(self.area.left() + share * self.area.width(), self.area.bottom())
            self.painter.drawLine(at, at + QPointF(0.0, sizes.TICK_LENGTH))
            draw_text(self.painter, at + QPointF(0.0, sizes.TICK_DOWN), words, align=CENTRE)

    def _draw_y_ticks(self) -> None:
        for place, words in self._y.ticks:
            share = (place - self._y.low) / (self._y.high - self._y.low)
            at = QPointF(self.area.left(), self.area.bottom() - share * self.area.height())
            length = sizes.TICK_LENGTH if words else 0.5 * sizes.TICK_LENGTH
            self.painter.drawLine(at, at - QPointF(length, 0.0))
            draw_text(
                self.painter, at + QPointF(-sizes.TICK_LEFT, sizes.TICK_BASE), words, align=RIGHT
            )

    def draw_line(self, line: Outline, stroke: "Stroke") -> None:
        """Draw a line that has gaps where its numbers have no place."""
        path = QPainterPath()
        for piece in unbroken(*self.places(*line)):
            _add_points(path, piece)
        self.painter.strokePath(path, stroke.pen())

    def draw_band(self, x: Array, low: Array, high: Array, colour: QColor, width: float) -> None:
        """Fill what lies between two lines, and draw its edge; none at a width of 0."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        places, tops = self.places(x, high)
        bottoms = self.places(x, low)[1]
        for piece in unbroken(places, tops, bottoms):
            upper, lower = piece[:, :2], piece[::-1, ::2]
            _add_points(path, np.concatenate((upper, lower)))
            path.closeSubpath()
        self.painter.fillPath(path, colour)
        if width > 0.0:
            self.painter.strokePath(path, smooth_pen(colour.name(), width))

    def draw_points(self, x: Array, y: Array, mark: "Mark") -> None:
        """Draw a mark at every point."""
        left, top = self.places(x, y)
        draw_marks(self.painter, mark, zip(left.tolist(), top.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn."""

    colour: str
    width: float
    is_dashed: bool = False

    def pen(self) -> QPen:
        """Return the pen that draws it."""
        pen = smooth_pen(self.colour, self.width)
        if self.is_dashed:
            pen.setDashPattern(list(sizes.DASHES))
        return pen


def draw_line_legend(
    painter: QPainter, page: QRectF, entries: Sequence[tuple[str, Stroke]]
) -> None:
    """Explain lines by their words, in the middle of the figure's foot."""
    aside = sizes.SWATCH + sizes.SWATCH_WORDS
    widths = [aside + text_width(words) + sizes.SWATCH_GAP for words, _ in entries]
    x, y = page.center().x() - sum(widths) / 2.0, page.bottom() - sizes.LEGEND_BASE
    for (words, stroke), width in zip(entries, widths, strict=True):
        middle = y - sizes.LEGEND_RISE
        pen = stroke.pen()
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # a thick one stands for a bar
        painter.setPen(pen)
        painter.drawLine(QPointF(x, middle), QPointF(x + sizes.SWATCH, middle))
        draw_text(painter, QPointF(x + aside, y), words)
        x += width


def smooth_pen(colour: str, width: float) -> QPen:
    """Return a pen whose pieces join smoothly."""
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, cap, join)


def _add_points(path: QPainterPath, points: Array) -> None:
    places = points.tolist()
    path.moveTo(*places[0])
    for place in places[1:]:
        path.lineTo(*place)
    if len(places) == 1:  # a line of no length is not drawn; this is a dot under a round pen
        path.lineTo(places[0][0] + sizes.DOT, places[0][1])


@dataclass(frozen=True, slots=True)
class Mark:
    """How a point is drawn: one of `CLASS_SHAPES`, "ring" or "cross"; no fill for the last two."""

    shape: str
    radius: float
    fill: str
    pen: float = sizes.POINT_PEN


def draw_marks(painter: QPainter, mark: Mark, places: Iterable[tuple[float, float]]) -> None:
    """Draw a mark at some places, one by one: as one path, thousands would take a minute."""
    is_filled = mark.shape in CLASS_SHAPES
    painter.setBrush(QColor(mark.fill) if is_filled else Qt.BrushStyle.NoBrush)
    painter.setPen(smooth_pen(LIGHT.outline, mark.pen))
    r = mark.radius
    polygon = shape_polygon(mark.shape, 2.0 * r)
    for x, y in places:
        if polygon is not None:
            painter.drawPolygon(polygon.translated(x, y))
        elif mark.shape == "square":
            painter.drawRect(QRectF(x - r, y - r, 2.0 * r, 2.0 * r))
        elif mark.shape == "cross":
            painter.drawLine(QPointF(x - r, y - r), QPointF(x + r, y + r))
            painter.drawLine(QPointF(x - r, y + r), QPointF(x + r, y - r))
        else:
            painter.drawEllipse(QPointF(x, y), r, r)


def draw_hatching(painter: QPainter, area: QRectF) -> None:
    """Hatch what has no number; line by line, for patterns do not survive in SVG."""
    path, width, height = QPainterPath(), area.width(), area.height()
    steps = int((width + height) / sizes.HATCH_STEP)
    for i in range(1, steps + 1):
        along = (
            i * sizes.HATCH_STEP
        )  # the line runs from the left or lower edge to the top or right one
        x1, y1 = max(0.0, along - height), min(along, height)
        x2, y2 = min(along, width), max(0.0, along - width)
        path.moveTo(area.left() + x1, area.top() + y1)
        path.lineTo(area.left() + x2, area.top() + y2)
    painter.strokePath(path, QPen(QColor(LIGHT.hatch), sizes.HATCH_LINE))
