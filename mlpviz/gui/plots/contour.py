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
_CORNERS = np.array(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))  # (column, row)
_FIRST, _LAST = np.array((0, 1, 3, 0)), np.array((1, 2, 2, 3))  # corners of each side
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
    cells = np.flatnonzero((cases > 0) & (cases < 15))
    rows, columns = np.divmod(cells, surface.shape[1] - 1)
    case = cases.ravel()[cells]
    start = rows * surface.shape[1] + columns
    corners = start + np.array(((0,), (1,), (surface.shape[1] + 1,), (surface.shape[1],)))
    # Halves, for the difference of two numbers near the largest is beyond it.
    values = 0.5 * surface.ravel()[corners].astype(np.float64)  # (4, cells)
    whole = np.isfinite(values).all(axis=0)
    sides = _FIRST_LINE[case]
    parts = [_ends(values, rows, columns, sides, level, whole)]
    for number, pair in _SECOND_LINE.items():
        chosen = whole & (case == number)
        if chosen.any():
            sides = np.broadcast_to(np.array(pair), sides.shape)
            parts.append(_ends(values, rows, columns, sides, level, chosen))
    return np.concatenate(parts)


def _ends(
    values: Array,
    rows: Indices,
    columns: Indices,
    sides: Indices,
    level: float,
    chosen: NDArray[np.bool],
) -> Array:
    """Interpolate where the level crosses two sides of the chosen cells, (cells, 2, 2)."""
    sides, places = sides[chosen], np.flatnonzero(chosen)[:, np.newaxis]
    first, last = _FIRST[sides], _LAST[sides]
    start, end = values[first, places], values[last, places]
    share = ((0.5 * level - start) / (end - start))[..., np.newaxis]
    cell = np.stack((columns[chosen], rows[chosen]), axis=1)[:, np.newaxis]
    ends: Array = cell + _CORNERS[first] + (_CORNERS[last] - _CORNERS[first]) * share
    return ends
