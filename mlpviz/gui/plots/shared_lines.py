"""Lines that lie upon each other, drawn so that each of them is seen.

Along the way that lines share they take turns, a dash of each: of lines in an order, the one that
r others lie below of has every (r + 1)-th dash, and the last one all that is left. So each of m
lines is seen for 1/m of the way.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.gui.look.sizes import SHARED_DASH, SHARED_LINE
from mlpviz.gui.plots.distances import piece_distances

SHARED_SLOPE = 0.16  # the sine of the largest angle between lines that hide each other for long


def take_turns(lines: Sequence[Array]) -> list[Array]:
    """Return what is drawn of each line, the first lowest, (pieces, 2 ends, 2) in pixels.

    Parameters
    ----------
    lines : the same, whole: one piece where a line is straight, else many short ones
    """
    if len(lines) < 2:
        return list(lines)
    drawn = []
    for number, line in enumerate(lines):
        below = [other for other in lines[:number] if _may_share(line, other)]
        drawn.append(_with_gaps(line, below) if below else line)
    return drawn


def _are_near(places: Array, pieces: Array) -> NDArray[np.bool]:
    """Tell of some places whether they lie on a line, (places,).

    Only the pieces about each place are looked at, for a bent line has many.

    Parameters
    ----------
    places : (places, 2)
    pieces : (pieces, 2 ends, 2)
    """
    middles, extents = pieces.mean(axis=1), np.ptp(pieces, axis=1)
    reach = SHARED_LINE + 0.5 * float(extents.max())
    x, y = (np.abs(places[:, axis, np.newaxis] - middles[:, axis]) <= reach for axis in (0, 1))
    of_place, of_piece = np.nonzero(x & y)
    distances = piece_distances(places[of_place], pieces[of_piece])
    found = np.zeros(len(places), np.bool)
    found[of_place[distances < SHARED_LINE]] = True
    return found


def _may_share(line: Array, other: Array) -> bool:
    """Tell quickly of two straight lines, as nearly all are, whether they run alike."""
    if len(line) > 1 or len(other) > 1:
        return True
    (ax, ay), (bx, by) = (line[0, 1] - line[0, 0]).tolist(), (other[0, 1] - other[0, 0]).tolist()
    lengths = (ax**2 + ay**2) * (bx**2 + by**2)
    return bool((ax * by - ay * bx) ** 2 <= SHARED_SLOPE**2 * lengths)


def _with_gaps(line: Array, below: Sequence[Array]) -> Array:
    """Return a line without the dashes that belong to the lines below it."""
    is_straight = len(line) == 1
    pieces = _dashes(line[0]) if is_straight else line
    middles = pieces.mean(axis=1)
    rank = np.zeros(len(pieces), np.intp)
    for other in below:
        rank += _are_near(middles, other)
    if not rank.any():
        return line
    # Dashes are counted along the axis that a piece moves more on: alike for lines that run alike.
    axis = np.abs(pieces[:, 1] - pieces[:, 0]).argmax(axis=1)
    number = np.floor(middles[np.arange(len(pieces)), axis] / SHARED_DASH).astype(np.intp)
    is_drawn = number % (rank + 1) == rank
    return _merged(pieces, is_drawn) if is_straight else pieces[is_drawn]


def _dashes(ends: Array) -> Array:
    """Cut a straight line, (2 ends, 2), where a dash ends and the next one begins."""
    axis = int(np.abs(ends[1] - ends[0]).argmax())
    first, last = ends[:, axis]
    low, high = sorted((float(first), float(last)))
    cuts = np.arange(np.floor(low / SHARED_DASH) + 1, np.ceil(high / SHARED_DASH)) * SHARED_DASH
    shares = np.concatenate(([0.0], np.sort((cuts - first) / (last - first)), [1.0]))
    places = ends[0] + shares[:, np.newaxis] * (ends[1] - ends[0])
    dashes: Array = np.stack((places[:-1], places[1:]), axis=1)
    return dashes


def _merged(pieces: Array, is_drawn: NDArray[np.bool]) -> Array:
    """Return those pieces of a straight line that are drawn, neighbours as one."""
    changes = np.diff(np.concatenate(([False], is_drawn, [False])).astype(np.int8))
    first, last = np.flatnonzero(changes > 0), np.flatnonzero(changes < 0) - 1
    merged: Array = np.stack((pieces[first, 0], pieces[last, 1]), axis=1)
    return merged
