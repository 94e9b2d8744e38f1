"""Pens and colours of weights: what an edge of the network diagram looks like."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlpviz.engine import Array
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.palette import ColourTable, Scale, rgb, to_index
from mlpviz.gui.look.sizes import BROKEN_EDGE, EDGE_THICK, EDGE_THIN

USUAL_WEIGHT = 10.0  # of a trained network: its edge has 71 % of all strength
BUCKETS = 48  # pens per sign: two neighbours are 0.12 pixels apart, which no eye tells
BROKEN = BUCKETS + 1  # the bucket of what is not finite
OPPOSITE = Scale(-1.0, 1.0)

Buckets = NDArray[np.intp]


def strength(weights: Array) -> Array:
    """Return how strong the edge of each weight is, with its sign: w / √(w² + 10²).

    It grows with the weight for ever and ends at 1: it needs no scale, so that an edge means the
    same over a whole run, and in two runs side by side. Weak weights have 0.1 w, which does not
    let an edge jump when a weight passes 0.

    Parameters
    ----------
    weights : any shape; what is not finite stays NaN
    """
    finite = np.where(np.isfinite(weights), weights, np.nan)
    shares: Array = finite / np.hypot(finite, USUAL_WEIGHT)
    return shares


def weight_buckets(weights: Array) -> Buckets:
    """Find the pen of each weight: -BUCKETS … BUCKETS, or BROKEN."""
    shares = strength(weights)
    finite = np.isfinite(shares)
    buckets = np.rint(np.where(finite, shares, 0.0) * BUCKETS).astype(np.intp)
    return np.where(finite, buckets, BROKEN)


def _colour_share(shares: Array) -> Array:
    """Return how far a colour goes to that of the sign; the root lifts the weak ones from grey."""
    colours: Array = np.minimum(1.0, 1.15 * np.sqrt(shares))
    return colours


class Pens:
    """One pen per bucket of weights, made once per look."""

    def __init__(self, look: Look) -> None:
        self.broken = QPen(QColor(look.hatch), BROKEN_EDGE)
        self.broken.setDashPattern((4.0, 3.0))  # times the width; Qt's own gaps hardly show
        self.broken.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._table = ColourTable(look, strength=1.0)
        buckets = np.arange(-BUCKETS, BUCKETS + 1)[:, np.newaxis]
        shares = np.abs(buckets) / BUCKETS
        strong, ends = _colour_share(shares), (rgb(look.class_0), rgb(look.class_1))
        colours = (1.0 - strong) * rgb(look.edge_zero) + strong * np.where(buckets > 0, *ends[::-1])
        self._pens: list[QPen] = []
        for colour, share in zip(np.rint(colours).astype(int).tolist(), shares, strict=True):
            pen = QPen(QColor(*colour), EDGE_THIN + (EDGE_THICK - EDGE_THIN) * float(share[0]))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            self._pens.append(pen)

    def pen(self, bucket: int) -> QPen:
        """Return the pen of a bucket: -BUCKETS … BUCKETS, or BROKEN."""
        return self.broken if bucket == BROKEN else self._pens[bucket + BUCKETS]

    def colour(self, bucket: int) -> QColor:
        """Return the colour of a bucket."""
        return self.pen(bucket).color()

    def draw_image(self, painter: QPainter, rect: QRectF, weights: Array) -> None:
        """Draw a block of weights as a small image, a pixel for each where there is room.

        Its colours are those of the lines: the root of the strength.

        Parameters
        ----------
        weights : (from, to)
        """
        shown = strongest(strongest(weights, rect.width()).T, rect.height()).T
        shares = strength(shown)
        colours = np.sign(shares) * _colour_share(np.abs(shares))
        painter.drawImage(rect, self._table.image(to_index(colours, OPPOSITE)))

    def draw_lines(self, painter: QPainter, edges: Iterable[tuple[int, QLineF]]) -> None:
        """Draw edges, each of a bucket, the strongest last so that they lie on top."""
        groups: dict[int, list[QLineF]] = {}
        for bucket, line in edges:
            groups.setdefault(bucket, []).append(line)
        for bucket in sorted(groups, key=abs):
            painter.setPen(self.pen(bucket))
            painter.drawLines(groups[bucket])


def strongest(weights: Array, pixels: float) -> Array:
    """Merge neighbouring columns until each has a pixel: of each group the strongest stays.

    A mean would make a strong positive and a strong negative weight vanish together.

    Parameters
    ----------
    weights : (rows, columns)
    """
    rows, columns = weights.shape
    group = -(-columns // max(1, int(pixels)))
    if group <= 1:
        return weights
    padded = np.zeros((rows, -(-columns // group) * group))
    padded[:, :columns] = weights
    groups = padded.reshape(rows, -1, group)
    best = np.argmax(np.abs(groups), axis=2)[..., np.newaxis]
    chosen: Array = np.take_along_axis(groups, best, axis=2)[..., 0]
    return chosen
