"""The test set on the map: hollow marks, smaller than those of the training samples."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QBrush, QColor, QPainter

from mlpviz.engine import Array
from mlpviz.experiment.run.frame import Held
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.palette import Scale
from mlpviz.gui.look.sizes import (
    CROWDED_TEST_POINT,
    CROWDED_TEST_RING,
    LINE,
    OUTLINE,
    RIM,
    TEST_POINT,
    TEST_RING,
    THIN_LINE,
    WRONG,
)
from mlpviz.gui.plots.canvas import EMPTY, Mapping, Markers, Still, class_markers
from mlpviz.gui.plots.plot import solid
from mlpviz.gui.plots.value_points import ValuePoints
from mlpviz.gui.views.map.map_words import wrong_samples


class HeldOutPoints:
    """Draws the test samples in the shapes and colours of their class, a ring around wrong ones."""

    def __init__(self) -> None:
        self.edges = class_markers()  # a dark rim, which sets them off
        self.points = class_markers()
        self.wrong_edges, self.wrong_points = class_markers(), class_markers()  # larger
        self.ring = Markers()
        self.values = ValuePoints(is_hollow=True)
        self._still_points = Still(*self.edges, *self.points)
        self._still_ring = Still(*self.wrong_edges, *self.wrong_points, self.ring)
        self.X: Array | None = None
        self._wrong: NDArray[np.bool] = np.zeros(0, np.bool)

    def show(
        self, held: Held | None, shown: NDArray[np.intp], scale: Scale | None, *, is_small: bool
    ) -> bool:
        """Take over a test set; return whether anything is drawn otherwise than before.

        Parameters
        ----------
        shown : the numbers of the samples to draw
        scale : of the targets, where they are numbers rather than classes
        is_small : as among many
        """
        if held is None:
            return self._clear()
        X, Y = held.X[shown], held.Y[shown]
        if scale is not None:
            return self._show_values(X, Y, scale, CROWDED_TEST_POINT if is_small else TEST_POINT)
        self.values.clear()
        is_new = held.X is not self.X
        if is_new:
            self.X = held.X
            size = CROWDED_TEST_POINT if is_small else TEST_POINT
            self.ring.size = CROWDED_TEST_RING if is_small else TEST_RING
            for marks, own in (
                (self.edges, size + RIM),
                (self.points, size),
                (self.wrong_edges, WRONG * size + RIM),
                (self.wrong_points, WRONG * size),
            ):
                for markers in marks:
                    markers.size = own
            _put(self.edges, self.points, X, Y)
            self._still_points.change()
        wrong = wrong_samples(held, shown, has_classes=True)
        has_changed = is_new or not np.array_equal(wrong, self._wrong)
        if has_changed:
            self._wrong = wrong
            _put(self.wrong_edges, self.wrong_points, X[wrong], Y[wrong])
            self.ring.set_data(X[wrong, 0], X[wrong, 1])
            self._still_ring.change()
        return has_changed

    def _show_values(self, X: Array, Y: Array, scale: Scale, size: float) -> bool:
        had_classes = self._clear_classes()
        return self.values.show(X, Y, scale, size) or had_classes

    def _clear(self) -> bool:
        had_values = self.values.clear()
        return self._clear_classes() or had_values

    def _clear_classes(self) -> bool:
        if self.X is None:
            return False
        self.X, self._wrong = None, np.zeros(0, np.bool)
        wrong = (*self.wrong_edges, *self.wrong_points, self.ring)
        for markers in (*self.edges, *self.points, *wrong):
            markers.set_data(EMPTY, EMPTY)
        self._still_points.change()
        self._still_ring.change()
        return True

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        for edges in (*self.edges, *self.wrong_edges):
            edges.pen = solid(look.outline, THIN_LINE)
        for points in (self.points, self.wrong_points):
            for markers, colour in zip(points, look.classes, strict=True):
                markers.brush = QBrush(QColor(look.panel))
                markers.pen = solid(colour, LINE)
        self.ring.pen = solid(look.outline, OUTLINE)
        self._still_points.change()
        self._still_ring.change()
        self.values.set_look(look)

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint them."""
        self.values.paint(painter, mapping)
        if self.X is not None:
            self._still_points.paint(painter, mapping)
            self._still_ring.paint(painter, mapping)


def _put(edges: Sequence[Markers], points: Sequence[Markers], X: Array, Y: Array) -> None:
    """Put samples, (samples, 2), of classes, (samples,), into the marks of their classes."""
    for number, marks in enumerate(zip(edges, points, strict=True)):
        for markers in marks:
            markers.set_data(*X[number == Y].T)
