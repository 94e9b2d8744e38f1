"""The line in the picture of each unit: where the unit is as much on as off."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlpviz.engine import Array
from mlpviz.engine.activations import SOFTMAX
from mlpviz.experiment.run.contour import contours_of_many
from mlpviz.gui.look.sizes import LEVEL_LINE, LEVEL_LINE_SHARE

LINE_STEP = 2  # of the cells of a picture every second one is looked at for the line
SATURATED = 1e-6  # nearer to 0 and 1 the sum is not told apart


class Lines(NamedTuple):
    """The pieces of the lines of some units.

    Parameters
    ----------
    ends : x and y of both, (pieces, 4), in shares of the unit's square, y downwards
    units : of which unit each piece is, (pieces,)
    """

    ends: Array
    units: NDArray[np.intp]


@np.errstate(invalid="ignore")  # of what is not finite there is no line
def level_lines(pictures: Array, activation: str) -> Lines:
    """Find where each of some units is half on.

    Parameters
    ----------
    pictures : (units, cells, cells), rows upwards
    activation : of the units
    """
    cells, places = _looked_at(pictures.shape[-1])
    rows = pictures.shape[-1] - 1 - cells  # from the top
    chosen = pictures[:, rows[:, np.newaxis], cells]
    level = 0.5 if activation in ("sigmoid", SOFTMAX) else 0.0
    ends, units = contours_of_many(chosen, level, partial(sums_of, activation=activation))
    corners = np.interp(ends, np.arange(len(places)), places)
    return Lines(corners.reshape(-1, 4), units)


@lru_cache(maxsize=4)
def _looked_at(count: int) -> tuple[NDArray[np.intp], Array]:
    """Return which cells of a row are looked at, and where they lie, in shares of the side.

    The middle of the outermost lies half a cell from the rim: there it stands a second time.
    """
    inner = np.append(np.arange(0, count, LINE_STEP), count - 1)
    places = (inner + 0.5) / count
    return np.concatenate(((0,), inner, (count - 1,))), np.concatenate(((0.0,), places, (1.0,)))


def sums_of(pictures: Array, activation: str) -> Array:
    """Return for what units give the weighted sum z that it comes from, as far as it can be told.

    It is 0 where a unit is as much on as off, and hardly bends between two cells, as what the
    unit gives does: so the line can be found on a coarser grid.

    Parameters
    ----------
    pictures : any shape
    """
    sums = pictures
    if activation in ("sigmoid", SOFTMAX):
        shares = np.clip(pictures, SATURATED, 1.0 - SATURATED)
        sums = np.log(shares) - np.log1p(-shares)
    elif activation == "tanh":
        sums = np.arctanh(np.clip(pictures, SATURATED - 1.0, 1.0 - SATURATED))
    return sums


def paint_lines(
    painter: QPainter, lines: Lines, squares: Mapping[int, QRectF], colour: QColor
) -> None:
    """Paint the lines of some units into their squares: those of one thickness at one go.

    Parameters
    ----------
    squares : of the units that are painted
    """
    if not (squares and len(lines.units)):
        return
    origins, sides = np.zeros((int(lines.units.max()) + 1, 4)), np.zeros(int(lines.units.max()) + 1)
    for unit, rect in squares.items():
        if unit < len(sides):
            origins[unit], sides[unit] = (rect.left(), rect.top()) * 2, rect.width()
    lengths = sides[lines.units]
    ends = lines.ends * lengths[:, np.newaxis] + origins[lines.units]
    for side in {rect.width() for rect in squares.values()}:
        pen = QPen(colour, max(LEVEL_LINE, LEVEL_LINE_SHARE * side))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # any other darkens where two pieces meet
        painter.setPen(pen)
        _draw(painter, ends[lengths == side])


def _draw(painter: QPainter, ends: Array) -> None:
    """Draw separate lines, (lines, 4)."""
    # pyqtgraph's way to hand numbers to Qt without making an object of every line.
    lines = PrimitiveArray(QLineF, 4)
    lines.resize(len(ends))
    lines.ndarray()[:] = ends
    painter.drawLines(*lines.drawargs())
