"""The line on which a gridded surface has a given level: marching squares, all cells at once.

pyqtgraph's own `isocurve` visits the cells one by one in Python and takes some 7 ms for a grid of
100 by 100, which is half of what a frame may cost; this takes a few tenths of one.

Reference: Lorensen & Cline, "Marching cubes", SIGGRAPH 1987; this is its plane case.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array

Indices = NDArray[np.intp]

# The corners of a cell: 0 lower left, 1 lower right, 2 upper left, 3 upper right. Those above the
# level are bits 1, 2, 4, 8 of its case. Its sides are 0 bottom, 1 right, 2 top, 3 left; a side runs
# from its lower or left corner.
_CORNERS = np.array(((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)))  # (column, row)
_FIRST, _LAST = np.array((0, 1, 2, 0)), np.array((1, 3, 3, 2))  # corners of each side
# The pairs of sides that each case connects; (0, 0) is no line.
_SIDES = np.array(
    (
        ((0, 0), (3, 0), (0, 1), (3, 1), (2, 3), (0, 2), (0, 1), (1, 2)),
        ((1, 2), (3, 0), (0, 2), (2, 3), (3, 1), (0, 1), (3, 0), (0, 0)),
    )
).reshape(16, 2)
# Two corners that face each other make two lines. Their second one is a case of its own.
_SECOND = np.zeros(16, np.intp)
_SECOND[6], _SECOND[9] = 16, 17
_SIDES = np.vstack((_SIDES, (2, 3), (1, 2)))
# By case and end of a line: the corners of the side that it is on, where that starts, and where
# it goes.
_FROM, _TO = _FIRST[_SIDES], _LAST[_SIDES]
_X, _Y = _CORNERS[_FROM].transpose(2, 0, 1)
_DX, _DY = (_CORNERS[_TO] - _CORNERS[_FROM]).transpose(2, 0, 1)


def contour_segments(surface: Array, level: float) -> Array:
    """Return the pieces of the contour, (segments, 2, 2): two ends of (column, row) each.

    Coordinates count grid points: (0, 0) is the first value of the first row. A cell with a
    corner that is not finite has no contour.

    Parameters
    ----------
    surface : (rows, columns)
    level : the value looked for
    """
    return contours_of_many(surface[np.newaxis], level)[0]


def contours_of_many(
    surfaces: Array, level: float, straighten: Callable[[Array], Array] | None = None
) -> tuple[Array, Indices]:
    """Return the pieces of the contours of some surfaces, and of which surface each one is.

    All are searched at one go, for of one alone the calls take longer than what they do.

    Parameters
    ----------
    surfaces : (surfaces, rows, columns)
    level : the value looked for
    straighten : makes of values other ones that hardly bend between two grid points, and are 0 at
        the level; None for their distance from it

    Returns
    -------
    (segments, 2, 2) as of `contour_segments`, and (segments,)
    """
    _, rows, columns = surfaces.shape
    numbers = surfaces.ravel()
    above = (numbers > level).view(np.uint8)
    cases = np.zeros(surfaces.shape, np.uint8)
    pairs = above[:-1] | above[1:] << 1
    cases.ravel()[: -columns - 1] = pairs[:-columns] | pairs[columns:] << 2
    cases[:, -1] = cases[:, :, -1] = 0  # these go from one row or surface to the next
    # Hardly any cell is crossed: all the rest looks at those few only.
    cells = np.flatnonzero((cases > 0) & (cases < 15))
    values, finite = _corners(numbers, cells, columns)
    if not finite.all():
        cells, values = cells[finite], values[:, finite]
    case: Indices = cases.ravel()[cells].astype(np.intp)
    second = _SECOND[case]
    if second.any():
        saddles = np.flatnonzero(second)
        cells, values = np.append(cells, cells[saddles]), np.append(values, values[:, saddles], 1)
        case = np.append(case, second[saddles])
    # Halves, for the difference of two numbers near the largest is beyond it.
    distances = 0.5 * values - 0.5 * level if straighten is None else straighten(values)
    row, column = np.divmod(cells, columns)
    surface, row = np.divmod(row, rows)
    order = np.arange(len(cells))[:, np.newaxis]
    start, end = (distances[corners.take(case, axis=0), order] for corners in (_FROM, _TO))
    share = start / (start - end)
    ends = np.empty((len(cells), 2, 2))
    for axis, (place, corner, way) in enumerate(((column, _X, _DX), (row, _Y, _DY))):
        ends[:, :, axis] = way.take(case, axis=0) * share + corner.take(case, axis=0)
        ends[:, :, axis] += place[:, np.newaxis]
    return ends, surface


def _corners(numbers: Array, cells: Indices, columns: int) -> tuple[Array, NDArray[np.bool]]:
    """Return the values at the corners of cells, (4, cells), and which cells have none but finite.

    Parameters
    ----------
    numbers : of all surfaces, in their order
    cells : their lower left corners among them
    """
    offsets = np.array(((0,), (1,), (columns,), (columns + 1,)))
    values: Array = numbers[cells + offsets].astype(np.float64)
    finite: NDArray[np.bool] = np.all(np.isfinite(values), axis=0)
    return values, finite
