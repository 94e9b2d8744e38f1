"""The decision boundary: the network's output over the input plane, and the data upon it."""

import math
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QGraphicsRectItem, QWidget

from mlpviz.engine import Array
from mlpviz.engine.training import correct_samples
from mlpviz.experiment.frame import Box, Frame
from mlpviz.gui.colour_bar import ColourBar
from mlpviz.gui.contour import contour_segments
from mlpviz.gui.formats import value_text
from mlpviz.gui.palette import ColourTable, surface_scale, to_index
from mlpviz.gui.plots import BOTTOM_AXIS, LEFT_AXIS, PLOT_MARGIN, Plot, solid
from mlpviz.gui.theme import GAP, LIGHT, Theme

MAX_POINTS = 2000  # more are a cloud that hides the surface
POINT_SIZE = 11
RING_SIZE = 21
LEGEND = "● class 0   ■ class 1   ◯ misclassified"
CROWD = 300  # so many points are drawn smaller
BOUNDARY_LEVEL = 0.5
MARKERS = ("o", "s")  # class 0 and class 1 differ in shape too


class _SmoothImage(pg.ImageItem):
    """An image whose cells flow into each other."""

    def paint(self, painter: QPainter, *args: Any) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        super().paint(painter, *args)


class BoundaryView(QWidget):
    """Shows the surface, its 0.5 line, the points and a colour scale."""

    box_changed = Signal(object)  # Box to compute the surface over; None for the data's own
    pointed_at = Signal(str)  # what lies under the pointer, in words

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("boundary_view")
        self.setAccessibleName("Decision boundary")
        self._frame: Frame | None = None
        self._home: Box | None = None
        self._X: Array | None = None  # the samples that are drawn
        self._shown = np.arange(0)
        self._wrong: NDArray[np.bool] = np.zeros(0, np.bool)
        self.plot = Plot("x₁", "x₂")
        self.colour_bar = ColourBar()
        self._add_items()
        for child in (self.plot, self.colour_bar):
            child.setParent(self)
        # The range changes many times during one turn of the wheel; one surface is enough.
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._announce_box)
        self.plot.zoomed.connect(self._settle.start)
        self.plot.pointer_moved.connect(self._announce_pointer)
        self.plot.double_clicked.connect(self.go_home)
        self.set_theme(LIGHT)

    def show_frame(self, frame: Frame) -> None:
        """Show the surface and the points of a frame."""
        is_new_data = self._frame is None or self._frame.box != frame.box
        self._frame = frame
        if is_new_data:
            self._home = frame.box
            self.go_home()
        self._show_surface(frame)
        self._show_points(frame)
        self._announce_pointer()
        self._describe(frame)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        self._theme = theme
        # Whole bytes through a table: the way in which pyqtgraph draws an image fastest.
        self._image.setLookupTable(ColourTable(theme).rgba)
        self.plot.dress(theme)
        self.colour_bar.set_theme(theme)
        hatch = QBrush(QColor(theme.hatch), Qt.BrushStyle.BDiagPattern)
        self._hatch.setBrush(hatch)
        self._line.setPen(solid(theme.boundary, 2.0))
        self._ring.setPen(solid(theme.outline, 2.0))
        for scatter, colour in zip(self._points, (theme.class_0, theme.class_1), strict=True):
            scatter.setBrush(pg.mkBrush(colour))
            scatter.setPen(solid(theme.outline, 1.2))
        if self._frame is not None:
            self._show_surface(self._frame)

    @Slot()
    def go_home(self) -> None:
        """Show the data's box again."""
        if self._home is not None:
            left, bottom, right, top = self._home
            self.plot.setRange(QRectF(left, bottom, right - left, top - bottom), padding=0)
            self.box_changed.emit(None)

    def value_at(self, x1: float, x2: float) -> float:
        """Return the network's output at a point of the plane, in float64."""
        return math.nan if self._frame is None else self._frame.output_at(x1, x2)

    def _add_items(self) -> None:
        self._hatch = QGraphicsRectItem()
        self._hatch.setPen(pg.mkPen(None))
        self._image = _SmoothImage()
        self._image.setLevels(None)
        self._line = pg.PlotCurveItem()
        self._points = [
            pg.ScatterPlotItem(symbol=marker, size=POINT_SIZE, antialias=True) for marker in MARKERS
        ]
        self._ring = pg.ScatterPlotItem(
            symbol="o", size=RING_SIZE, brush=None, pxMode=True, antialias=True
        )
        for item in (self._hatch, self._image, self._line, *self._points, self._ring):
            self.plot.addItem(item, ignoreBounds=True)
        for scatter in (*self._points, self._ring):
            # Drawn again only when the points or the zoom change, not with every surface.
            scatter.setCacheMode(pg.GraphicsObject.CacheMode.DeviceCoordinateCache)

    def _show_surface(self, frame: Frame) -> None:
        surface, box = frame.surface, frame.surface_box
        scale = surface_scale(surface, frame.recipe.activations[-1])
        rect = QRectF(box.left, box.bottom, box.right - box.left, box.top - box.bottom)
        self._image.setImage(to_index(surface, scale), autoLevels=False, rect=rect)
        all_finite = bool(np.isfinite(surface).all())
        self._hatch.setVisible(not all_finite)
        if not all_finite:
            self._hatch.setRect(rect)
            # The pattern is drawn in screen pixels, whatever the zoom.
            transform, _ = self._hatch.deviceTransform(self.plot.viewportTransform()).inverted()
            brush = self._hatch.brush()
            brush.setTransform(transform)
            self._hatch.setBrush(brush)
        self._show_boundary(surface, box)
        self.colour_bar.show_scale(scale, surface)

    def _show_boundary(self, surface: Array, box: Box) -> None:
        ends = contour_segments(surface, BOUNDARY_LEVEL).reshape(-1, 2)
        rows, columns = surface.shape
        # Grid points are the centres of the cells, half a cell inside the box.
        x = box.left + (ends[:, 0] + 0.5) / columns * (box.right - box.left)
        y = box.bottom + (ends[:, 1] + 0.5) / rows * (box.top - box.bottom)
        self._line.setData(x, y, connect="pairs", antialias=True)

    def _show_points(self, frame: Frame) -> None:
        is_new = frame.X is not self._X  # frames of the same run share it
        if is_new:
            self._X = frame.X
            self._shown = _sample_of(len(frame.X))
            X, Y = frame.X[self._shown], frame.Y[self._shown]
            small = len(X) > CROWD
            self._ring.setSize(RING_SIZE // 2 if small else RING_SIZE)
            self._ring.setPen(solid(self._theme.outline, 1.0 if small else 2.0))
            for scatter, of_class in zip(self._points, (Y <= 0.5, Y > 0.5), strict=True):
                scatter.setSize(POINT_SIZE // 2 if small else POINT_SIZE)
                scatter.setData(X[of_class, 0], X[of_class, 1])
        wrong = ~correct_samples(frame.predictions[self._shown], frame.Y[self._shown])
        if not np.array_equal(wrong, self._wrong) or is_new:
            self._wrong = wrong
            X = frame.X[self._shown][wrong]
            self._ring.setData(X[:, 0], X[:, 1])

    def _describe(self, frame: Frame) -> None:
        wrong = int(np.sum(~correct_samples(frame.predictions, frame.Y)))
        self.setAccessibleDescription(
            f"Output over the input plane at epoch {frame.epoch}; "
            f"{wrong} of {len(frame.X)} samples are misclassified."
        )

    @Slot()
    def _announce_box(self) -> None:
        (left, right), (bottom, top) = self.plot.getViewBox().viewRange()
        self.box_changed.emit(Box(left, bottom, right, top))

    @Slot()
    def _announce_pointer(self) -> None:
        self.pointed_at.emit(self._words_for_pointer())

    def _words_for_pointer(self) -> str:
        place = self.plot.pointer()
        if place is None:
            return self._words_for_sample()
        x1, x2 = place
        output = value_text(self.value_at(x1, x2))
        (left, right), _ = self.plot.getViewBox().viewRange()
        digits = max(2, 2 - math.floor(math.log10(right - left)))
        return f"x₁ {value_text(x1, digits)}   x₂ {value_text(x2, digits)}   ŷ {output}"

    def _words_for_sample(self) -> str:
        if self._frame is None or len(self._frame.X) <= MAX_POINTS:
            return LEGEND
        return f"{LEGEND}   {MAX_POINTS} of {len(self._frame.X)} points are drawn"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the plot's area a square, whatever room there is."""
        beside, below = LEFT_AXIS + PLOT_MARGIN, BOTTOM_AXIS + PLOT_MARGIN
        bar = self.colour_bar.width() + GAP
        side = min(self.width() - bar - beside, self.height() - below)
        left = (self.width() - bar - beside - side) // 2
        self.plot.setGeometry(left, 0, side + beside, side + below)
        self.colour_bar.setGeometry(left + side + beside + GAP, 0, bar - GAP, side + below)


def _sample_of(count: int) -> NDArray[np.intp]:
    """Choose the points to draw: all of them, or evenly spread ones, the same every time."""
    return np.unique(np.linspace(0, count - 1, min(count, MAX_POINTS)).astype(np.intp))
