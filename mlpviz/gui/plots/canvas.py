"""The live part of a plot: one widget that paints what changes with every frame.

pyqtgraph draws axes and does the zooming, which seldom change. Its scene of items costs some
milliseconds a frame, so what moves is painted by one widget that lies upon its view box: opaque,
so that Qt does not paint the scene below it, and transparent for the mouse, so that pyqtgraph
goes on to zoom.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from typing import Protocol

import numpy as np
import pyqtgraph as pg
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from mlpviz.engine import Array
from mlpviz.experiment.run.grids import Box
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import MARKER
from mlpviz.gui.look.sizing import paint_in_base_sizes, picture_scale
from mlpviz.gui.plots.paper import is_on_paper
from mlpviz.gui.plots.plot import Plot
from mlpviz.gui.plots.svg_finish import begin_clip, end_clip

EMPTY = np.empty(0)
FAR = 20_000.0  # pixels
PIECE_POINTS = 64  # of a curve, painted at one go
MOVING_POINTS = 6  # at the end of a curve: those of buckets that are not full, and neighbours


@dataclass(frozen=True, slots=True)
class Mapping:
    """From the units of the axes to the pixels of the canvas: those of `sizes`, at factor 1."""

    box: Box
    width: float
    height: float

    def x(self, values: Array) -> Array:
        """Return pixels from the left."""
        return _pixels(values, self.box.left, self.box.right, self.width)

    def y(self, values: Array) -> Array:
        """Return pixels from the top."""
        return _pixels(values, self.box.top, self.box.bottom, self.height)

    def places(self, x: Array, y: Array) -> bytes:
        """Return where points lie to a quarter of a pixel, to see whether any has moved."""
        return bytes(np.rint(4.0 * np.concatenate((self.x(x), self.y(y)))).tobytes())

    def rect(self, box: Box) -> QRectF:
        """Return where a box lies."""
        left, right = self.x(np.array([box.left, box.right])).tolist()
        top, bottom = self.y(np.array([box.top, box.bottom])).tolist()
        return QRectF(left, top, right - left, bottom - top)


def _pixels(values: Array, start: float, end: float, length: float) -> Array:
    """Return how far along an axis numbers lie; NaN stays NaN.

    What lies far beyond the canvas is put at `FAR` beyond it: it is not seen either way, and Qt
    breaks down over coordinates that are no longer numbers of pixels.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return np.clip((values - start) / (end - start) * length, -FAR, FAR)


class Mark(Protocol):
    """Something that is painted on a canvas."""

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint it."""


class Layer:
    """A transparent picture of the size of a canvas."""

    def __init__(self) -> None:
        self._picture = QPixmap()
        self._fitted: tuple[Mapping, float] | None = None  # and the pixels per unit of the screen

    def forget(self) -> None:
        """Be empty the next time that `fit` is called."""
        self._fitted = None

    def fit(self, painter: QPainter, mapping: Mapping) -> bool:
        """Take over a mapping; return whether the picture is empty now."""
        scale = picture_scale(painter)
        if self._fitted == (mapping, scale):
            return False
        self._fitted = (mapping, scale)
        size = QSize(round(mapping.width * scale), round(mapping.height * scale))
        if size != self._picture.size():
            self._picture = QPixmap(size)
        self._picture.setDevicePixelRatio(scale)
        self._picture.fill(Qt.GlobalColor.transparent)
        return True

    @contextmanager
    def painter(self) -> Iterator[QPainter]:
        """Paint into the picture."""
        inner = QPainter(self._picture)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            yield inner
        finally:
            inner.end()  # a picture must not go while it is being painted

    def paint(self, painter: QPainter) -> None:
        """Paint the picture."""
        painter.drawPixmap(0, 0, self._picture)

    def show(self, painter: QPainter, mapping: Mapping, draw: Callable[[QPainter], None]) -> None:
        """Paint the picture, drawn first where it is empty; on paper what is drawn, and no picture.

        Parameters
        ----------
        draw : draws all that is in it
        """
        if is_on_paper():
            draw(painter)
            return
        if self.fit(painter, mapping):
            with self.painter() as inner:
                draw(inner)
        self.paint(painter)


class Picture:
    """An image over a box, hatched where it is transparent."""

    def __init__(self) -> None:
        self.image = QImage()
        self.box = Box(0.0, 0.0, 1.0, 1.0)
        self.hatch: QBrush | None = None  # None where the image has no holes
        self.ground = QColor()  # below the hatching, for what lies upon it to be seen

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint it, its cells flowing into each other."""
        rect = mapping.rect(self.box)
        if self.hatch is not None:
            painter.fillRect(rect, self.ground)
            painter.fillRect(rect, self.hatch)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(rect, self.image)

    def covers(self, box: Box) -> bool:
        """Tell whether nothing is seen beside it, or through it, where a canvas shows a box."""
        if self.hatch is not None or self.image.isNull():
            return False
        of = self.box
        is_as_wide = of.left <= box.left and of.right >= box.right
        return is_as_wide and of.bottom <= box.bottom and of.top >= box.top


class _Drawn:
    """What is drawn with a pen through points of the plane."""

    def __init__(self) -> None:
        self.x: Array = EMPTY
        self.y: Array = EMPTY
        self.pen = QPen()

    def set_data(self, x: Array, y: Array) -> None:
        """Take over the points."""
        self.x, self.y = x, y


class Segments(_Drawn):
    """Separate lines: from point 0 to point 1, from 2 to 3, and so on."""

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint them at one go."""
        if not self.x.size:
            return
        # pyqtgraph's way to hand numbers to Qt without making an object of every line.
        lines = PrimitiveArray(QLineF, 4)
        lines.resize(len(self.x) // 2)
        ends = lines.ndarray().reshape(-1, 2)
        ends[:, 0], ends[:, 1] = mapping.x(self.x), mapping.y(self.y)
        painter.setPen(self.pen)
        painter.drawLines(*lines.drawargs())


class Curve(_Drawn):
    """One line through all points, with a gap where a point is not finite.

    It grows at its end: what has been painted is kept, and of the next frame only what is new is
    painted upon it. The last points may still move and are painted anew every time.
    """

    def __init__(self) -> None:
        super().__init__()
        self._kept = Layer()
        self._kept_x: Array = EMPTY
        self._kept_y: Array = EMPTY

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint it."""
        if not self.x.size:
            return
        if is_on_paper():
            self.paint_all(painter, mapping)
            return
        # In large pieces, for where two of them meet a smooth line is a little darker.
        pieces = max(0, len(self.x) - MOVING_POINTS) // PIECE_POINTS
        self._keep(painter, mapping, pieces * PIECE_POINTS)
        self._kept.paint(painter)
        self._paint_from(painter, mapping, max(0, len(self._kept_x) - 1), len(self.x))

    def paint_all(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint it and keep nothing: for a curve that is kept as a whole already."""
        self._paint_from(painter, mapping, 0, len(self.x))

    def forget(self) -> None:
        """Paint everything anew next time."""
        self._kept.forget()

    def _keep(self, painter: QPainter, mapping: Mapping, count: int) -> None:
        """See to it that the first so many points are in the picture that is kept."""
        kept = len(self._kept_x)
        is_continued = np.array_equal(self._kept_x, self.x[:kept]) and np.array_equal(
            self._kept_y, self.y[:kept], equal_nan=True
        )
        if not is_continued:
            self._kept.forget()
        if self._kept.fit(painter, mapping):
            self._kept_x = self._kept_y = EMPTY  # of an empty picture nothing is kept
        kept = len(self._kept_x)
        if kept < count:
            with self._kept.painter() as inner:
                self._paint_from(inner, mapping, max(0, kept - 1), count)
            self._kept_x, self._kept_y = self.x[:count].copy(), self.y[:count].copy()

    def _paint_from(self, painter: QPainter, mapping: Mapping, first: int, last: int) -> None:
        if last - first < 2:
            return
        x, y = mapping.x(self.x[first:last]), mapping.y(self.y[first:last])
        painter.setPen(self.pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(pg.arrayToQPath(x, y, connect="finite"))


def _polygon(*turns: float, radii: Sequence[float] = (1.0,)) -> tuple[tuple[float, float], ...]:
    """Return corners at these shares of a turn from the top, at radii that take turns."""
    return tuple(
        (r * math.sin(math.tau * turn), -r * math.cos(math.tau * turn))
        for turn, r in zip(turns, cycle(radii), strict=False)
    )


# The shapes of the classes, in their order. Corners in halves of the size; all look as large, for
# their areas lie about between those of the circle and the square.
CLASS_SHAPES: tuple[str, ...] = ("circle", "square", "triangle", "diamond", "down", "star")
_CORNERS = {
    "triangle": _polygon(0.0, 1 / 3, 2 / 3, radii=(1.6,)),
    "diamond": _polygon(0.0, 0.25, 0.5, 0.75, radii=(1.32,)),
    "down": _polygon(0.5, 5 / 6, 1 / 6, radii=(1.6,)),
    "star": _polygon(*(i / 10 for i in range(10)), radii=(1.56, 0.78)),
}


def shape_polygon(shape: str, size: float) -> QPolygonF | None:
    """Return the outline of a shape about (0, 0); None of the circle and the square."""
    if shape not in _CORNERS:
        return None
    return QPolygonF([QPointF(size / 2 * x, size / 2 * y) for x, y in _CORNERS[shape]])


class Markers(_Drawn):
    """One of `CLASS_SHAPES` at every point, of a size in pixels."""

    def __init__(self, shape: str = "circle") -> None:
        super().__init__()
        self.shape = shape
        self.size = MARKER
        self.brush = QBrush(Qt.BrushStyle.NoBrush)

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint them, one after the other."""
        if not self.x.size:
            return
        painter.setPen(self.pen)
        painter.setBrush(self.brush)
        places = zip(mapping.x(self.x).tolist(), mapping.y(self.y).tolist(), strict=True)
        polygon = shape_polygon(self.shape, self.size)
        if polygon is not None:
            for x, y in places:
                painter.drawPolygon(polygon.translated(x, y))
            return
        rect = QRectF(0.0, 0.0, self.size, self.size)
        draw = painter.drawRect if self.shape == "square" else painter.drawEllipse
        for x, y in places:
            rect.moveCenter(QPointF(x, y))
            draw(rect)


def class_markers() -> tuple[Markers, ...]:
    """Make the markers of each class: the classes differ in shape too."""
    return tuple(map(Markers, CLASS_SHAPES))


class Still:
    """Marks that seldom change: kept as a picture, and painted again after `change`."""

    def __init__(self, *marks: Mark) -> None:
        self.marks = marks
        self._layer = Layer()

    def change(self) -> None:
        """Paint the marks again next time."""
        self._layer.forget()

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint the picture."""

        def draw(inner: QPainter) -> None:
            for mark in self.marks:
                mark.paint(inner, mapping)

        self._layer.show(painter, mapping, draw)


class Canvas(QWidget):
    """Paints marks, the first lowest, over the view box of a plot.

    Parameters
    ----------
    plot : whose view box it covers
    marks : what it paints
    backdrop : the one of them that hides the ground where it covers all of it
    """

    def __init__(self, plot: Plot, marks: Sequence[Mark], backdrop: Picture | None = None) -> None:
        super().__init__(plot.viewport())
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._plot, self._marks, self._backdrop = plot, tuple(marks), backdrop
        self._ground = QColor()
        self._mapping = Mapping(Box(0.0, 0.0, 1.0, 1.0), 1.0, 1.0)
        view = plot.view
        view.sigResized.connect(self.follow)
        view.sigRangeChanged.connect(self.follow)

    @property
    def mapping(self) -> Mapping:
        """The mapping in force."""
        return self._mapping

    def set_look(self, look: Look) -> None:
        """Take over the colour below all marks, and the size of the marks."""
        self._ground = QColor(look.panel)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Cover the view box, and map what it shows."""
        view = self._plot.view
        area = self._plot.mapFromScene(view.sceneBoundingRect()).boundingRect()
        self.setGeometry(area)
        (left, right), (bottom, top) = view.viewRange()
        factor = current_look().factor
        self._mapping = Mapping(
            Box(left, bottom, right, top), area.width() / factor, area.height() / factor
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the marks."""
        painter = QPainter(self)
        if is_on_paper():
            begin_clip(painter, self.rect())  # which a screen does by itself
        if self._backdrop is None or not self._backdrop.covers(self._mapping.box):
            painter.fillRect(self.rect(), self._ground)
        paint_in_base_sizes(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self._marks:
            mark.paint(painter, self._mapping)
        if is_on_paper():
            end_clip(painter)
        painter.end()
