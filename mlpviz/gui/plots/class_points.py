"""Points in the colours and shapes of some classes."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QBrush, QColor, QPainter

from mlpviz.engine import Array
from mlpviz.engine.scores import NO_CLASS
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import CROSS_LINE, MARKER, SMALL_MARKER, THIN_LINE
from mlpviz.gui.plots.canvas import Mapping, Segments, Still, class_markers
from mlpviz.gui.plots.crowd import CROWD
from mlpviz.gui.plots.plot import solid

Classes = NDArray[np.intp]


class Scatter:
    """The points of the data in the colours and shapes of some classes."""

    def __init__(self) -> None:
        self._points = class_markers()
        self._crosses = Segments()
        self._still = Still(*self._points, self._crosses)
        self._key = b""

    def take(self, X: Array, classes: Classes) -> bool:
        """Take over points and classes, some NO_CLASS; return whether they have changed."""
        key = X.tobytes() + classes.tobytes()
        if key == self._key:
            return False
        self._key = key
        self._size = SMALL_MARKER if len(X) > CROWD else MARKER
        for number, markers in enumerate(self._points):
            markers.size = self._size
            markers.set_data(*X[classes == number].T)
        self._none = X[classes == NO_CLASS]
        self._still.change()
        return True

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        for markers, colour in zip(self._points, look.classes, strict=True):
            markers.brush = QBrush(QColor(colour))
            markers.pen = solid(look.outline, THIN_LINE)
        self._crosses.pen = solid(look.hatch, CROSS_LINE)
        self._still.change()

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint the points."""
        # A cross has a size in pixels, and lies where these pixels do.
        dx = (mapping.box.right - mapping.box.left) / mapping.width * self._size / 2
        dy = (mapping.box.top - mapping.box.bottom) / mapping.height * self._size / 2
        ends = np.array([(-dx, -dy), (dx, dy), (-dx, dy), (dx, -dy)])
        self._crosses.set_data(*(self._none[:, np.newaxis] + ends).reshape(-1, 2).T)
        self._still.paint(painter, mapping)
