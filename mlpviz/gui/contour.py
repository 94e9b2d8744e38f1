"""The line on which a gridded surface has a given level: marching squares, all cells at once.

pyqtgraph's own `isocurve` visits the cells one by one in Python and takes some 7 ms for a grid of
100 by 100, which is half of what a frame may cost; this takes a few tenths of one.

Reference: Lorensen & Cline, "Marching cubes", SIGGRAPH 1987; this is its plane case.
"""

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array

Indices = NDArray[np.intp]

# The corners of a cell, anticlockwise from the lower left, are bits 1, 2, 4, 8 of its case. Its
# sides are 0 bottom, 1 right, 2 top, 3 left; a side runs from its lower or left corner.
_FIRST_CORNER = np.array(((0, 0), (0, 1), (1, 0), (0, 0)))  # (row, column)
_DIRECTION = np.array(((0, 1), (1, 0), (0, 1), (1, 0)))
# The pairs of sides that each case connects; (0, 0) is no line. Two corners that face each other
# (5 and 10) make two.
_FIRST_LINE = np.array(
    (
        ((0, 0), (3, 0), (0, 1), (3, 1), (1, 2), (3, 0), (0, 2), (3, 2)),
        ((2, 3), (0, 2), (0, 1), (1, 2), (3, 1), (0, 1), (3, 0), (0, 0)),
    )
).reshape(16, 2)
_SECOND_LINE = {5: (1, 2), 10: (2, 3)}


def contour_segments(surface: Array, level: float) -> Array:
    """Return the pieces of the contour, (segments, 2, 2): two ends of (column, row) each.

    Coordinates count grid points: (0, 0) is the first value of the first row. A cell with a
    corner that is not finite has no contour.

    Parameters
    ----------
    surface : (rows, columns)
    level : the value looked for
    """
    above = (surface > level).view(np.uint8)
    cases = above[:-1, :-1] | above[:-1, 1:] << 1 | above[1:, 1:] << 2 | above[1:, :-1] << 3
    # Hardly any cell is crossed: all the rest looks at those few only.
    rows, columns = np.nonzero((cases > 0) & (cases < 15))
    whole = _are_whole(surface, rows, columns)
    rows, columns = rows[whole], columns[whole]
    case = cases[rows, columns]
    parts = [(rows, columns, _FIRST_LINE[case])]
    for number, sides in _SECOND_LINE.items():
        chosen = case == number
        parts.append((rows[chosen], columns[chosen], np.tile(sides, (int(chosen.sum()), 1))))
    r, c, sides_of = (np.concatenate(part) for part in zip(*parts, strict=True))
    ends = [_crossings(surface, level, r, c, sides_of[:, end]) for end in (0, 1)]
    return np.stack(ends, axis=1)


def _are_whole(surface: Array, rows: Indices, columns: Indices) -> NDArray[np.bool]:
    finite = np.isfinite(surface)
    low, high = finite[rows, columns], finite[rows + 1, columns]
    whole: NDArray[np.bool] = low & high & finite[rows, columns + 1] & finite[rows + 1, columns + 1]
    return whole


def _crossings(
    surface: Array, level: float, rows: Indices, columns: Indices, sides: Indices
) -> Array:
    """Interpolate where the level crosses a side of each cell; (cells, 2) of (column, row)."""
    first = np.stack((rows, columns), axis=1) + _FIRST_CORNER[sides]
    last = first + _DIRECTION[sides]
    # Of halves, for the difference of two numbers near the largest is beyond it.
    start = 0.5 * surface[first[:, 0], first[:, 1]].astype(np.float64)
    end = 0.5 * surface[last[:, 0], last[:, 1]].astype(np.float64)
    share = (0.5 * level - start) / (end - start)
    points: Array = (first + _DIRECTION[sides] * share[:, np.newaxis])[:, ::-1]
    return points
