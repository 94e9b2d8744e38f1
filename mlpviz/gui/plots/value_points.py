"""Points in the colour of a number, on a scale: the targets and outputs of a regression."""

from functools import lru_cache

import numpy as np
from PySide6.QtGui import QBrush, QColor, QPainter

from mlpviz.engine import Array
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.palette import LEVELS, NO_NUMBER, ColourTable, Indices, Scale, to_index
from mlpviz.gui.look.sizes import LINE, OUTLINE, RIM, THIN_LINE
from mlpviz.gui.plots.canvas import EMPTY, Mapping, Markers, Still
from mlpviz.gui.plots.plot import solid

BUCKETS = 17  # colours told apart; odd, so that one of them is the middle
NONE = BUCKETS  # the bucket of what is not finite


def buckets(values: Array, scale: Scale) -> Indices:
    """Return which of the colours of a scale each number has, or NONE where it is not finite."""
    index = to_index(values, scale)
    bucket = np.rint(index.astype(np.float64) * ((BUCKETS - 1) / (LEVELS - 1)))
    return np.where(index == NO_NUMBER, NONE, bucket).astype(np.uint8)


@lru_cache
def bucket_colours(look: Look) -> tuple[str, ...]:
    """Return the full colours of the buckets, and last that of what is not finite."""
    rows = np.rint(np.linspace(0, LEVELS - 1, BUCKETS)).astype(np.intp)
    colours = ColourTable(look, strength=1.0).rgba[rows, :3].tolist()
    return (*("#{:02X}{:02X}{:02X}".format(*colour) for colour in colours), look.hatch)


class ValuePoints:
    """Draws points by bucket, each bucket at once.

    Parameters
    ----------
    is_hollow : whether only the rim has the colour
    """

    def __init__(self, *, is_hollow: bool = False) -> None:
        self.markers = tuple(Markers() for _ in range(BUCKETS + 1))
        self._is_hollow = is_hollow
        self._edges = Markers()  # a dark rim, without which a pale ring would be lost
        self._still = Still(self._edges, *self.markers)
        self._X: Array | None = None
        self._buckets: Indices = np.zeros(0, np.uint8)

    def show(self, X: Array, values: Array, scale: Scale, size: float) -> bool:
        """Take over points, (points, 2), and their numbers; return whether anything has changed."""
        found = buckets(values, scale)
        is_same = self._X is not None and np.array_equal(X, self._X)
        if is_same and np.array_equal(found, self._buckets):
            return False
        self._X, self._buckets = X, found
        if self._is_hollow:
            self._edges.size = size + RIM
            self._edges.set_data(X[:, 0], X[:, 1])
        for number, markers in enumerate(self.markers):
            chosen = found == number
            markers.size = size
            markers.set_data(X[chosen, 0], X[chosen, 1])
        self._still.change()
        return True

    def clear(self) -> bool:
        """Show none; return whether there were any."""
        if self._X is None:
            return False
        self._X = None
        for markers in (self._edges, *self.markers):
            markers.set_data(EMPTY, EMPTY)
        self._still.change()
        return True

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._edges.pen = solid(look.outline, THIN_LINE)
        rim = solid(look.outline, OUTLINE)
        for markers, colour in zip(self.markers, bucket_colours(look), strict=True):
            markers.brush = QBrush(QColor(look.panel if self._is_hollow else colour))
            markers.pen = solid(colour, LINE) if self._is_hollow else rim
        self._still.change()

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint them."""
        if self._X is not None:
            self._still.paint(painter, mapping)
