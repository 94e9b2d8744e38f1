"""The training samples on the map, in the shapes and colours of their classes."""

from PySide6.QtGui import QBrush, QColor, QPainter

from mlpviz.engine import Array
from mlpviz.gui.look import sizes
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.palette import Scale
from mlpviz.gui.look.sizes import LINE, OUTLINE, THIN_LINE
from mlpviz.gui.plots.canvas import EMPTY, Mapping, Markers, Still, class_markers
from mlpviz.gui.plots.crowd import CROWD
from mlpviz.gui.plots.plot import solid
from mlpviz.gui.plots.value_points import ValuePoints


class SamplePoints:
    """Draws samples; those that are misclassified are larger, and have a ring around them."""

    def __init__(self) -> None:
        self.points = class_markers()
        self.wrong_points, self.ring = class_markers(), Markers()
        self.values = ValuePoints()  # where targets are numbers
        self._still_points = Still(*self.points)
        # Apart, for they change while a network learns.
        self._still_wrong = Still(*self.wrong_points, self.ring)
        self._outline = current_look().outline

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._outline = look.outline
        for points in (self.points, self.wrong_points):
            for markers, colour in zip(points, look.classes, strict=True):
                markers.brush = QBrush(QColor(colour))
                markers.pen = solid(look.outline, OUTLINE)
        self.ring.pen = solid(look.outline, self.ring.pen.widthF())
        self.values.set_look(look)
        self._still_points.change()
        self._still_wrong.change()

    def put(self, X: Array, Y: Array) -> None:
        """Draw samples, (samples, 2), of classes, (samples,)."""
        small = len(X) > CROWD
        self.ring.size = sizes.CROWDED_RING if small else sizes.RING
        self.ring.pen = solid(self._outline, THIN_LINE if small else LINE)
        size = sizes.CROWDED_POINT if small else sizes.POINT
        for larger in self.wrong_points:
            larger.size = sizes.WRONG * size
        for number, markers in enumerate(self.points):
            markers.size = size
            markers.set_data(*X[number == Y].T)
        self.values.clear()
        self._still_points.change()

    def put_wrong(self, X: Array, Y: Array) -> None:
        """Draw those that are misclassified over the others: arrays as for `put`."""
        for number, markers in enumerate(self.wrong_points):
            markers.set_data(*X[number == Y].T)
        self.ring.set_data(X[:, 0], X[:, 1])
        self._still_wrong.change()

    def put_values(self, X: Array, Y: Array, scale: Scale) -> bool:
        """Draw samples, (samples, 2), in the colours of their targets; return whether it changed.

        Parameters
        ----------
        Y : (samples,), the targets
        scale : of their colours
        """
        if not self.values.show(X, Y, scale, self.points[0].size):
            return False
        for markers in self.points:
            markers.set_data(EMPTY, EMPTY)
        self._still_points.change()
        return True

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint them."""
        self._still_points.paint(painter, mapping)
        self.values.paint(painter, mapping)
        if self.ring.x.size:
            self._still_wrong.paint(painter, mapping)
