"""Where labels stand upon curves: near what they name, and never one upon another.

A place has a cost: how far it is from what the label names, and whether a curve crosses it. The
cheapest free one is taken; the one that was taken before costs less, so that labels stay where they
are while curves grow. All lengths are pixels from the upper left corner, as of `Mapping`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from mlpviz.engine import Array
from mlpviz.gui.look.sizes import LABEL_GAP, LABEL_HEIGHT
from mlpviz.gui.plots.canvas import Mapping

STEP = LABEL_HEIGHT / 2  # between the places that are tried
# Costs, in steps.
CROSSED = 6.0  # by a curve
BELOW = 0.5  # rather than above
SECOND_BEST = 1.0  # rather than the one that is tried first
STAYS = 3.0  # so much less costs the place from before


class Line(NamedTuple):
    """A curve that labels had better not lie upon.

    Parameters
    ----------
    x, y : (points,), in the units of the axes, x ascending; NaN leaves a gap
    mapping : from these to pixels
    """

    x: Array
    y: Array
    mapping: Mapping

    def heights(self, left: float, right: float) -> Array:
        """Return the heights of its points between two sides, and of one beyond each, (points,)."""
        box, width = self.mapping.box, self.mapping.width
        per_pixel = (box.right - box.left) / width
        ends = [box.left + per_pixel * left, box.left + per_pixel * right]
        if not self.x.size or self.x[-1] < ends[0] or self.x[0] > ends[1]:
            return self.y[:0]
        first, last = self.x.searchsorted(ends)
        return self.mapping.y(self.y[max(0, int(first) - 1) : int(last) + 1])


class Choice(NamedTuple):
    """A place of a label, as seen from what it names.

    Parameters
    ----------
    side : which of the left edges that were tried
    row : how many steps below; above where it is negative
    """

    side: int
    row: int


class Wish(NamedTuple):
    """A label that wants a place.

    Parameters
    ----------
    width : of the label
    y : of the middle of what it names
    lefts : where its left edge may be, the best first
    before : the choice that was made for it the last time, if any
    """

    width: float
    y: float
    lefts: tuple[float, ...]
    before: Choice | None = None


class Surroundings(NamedTuple):
    """What a label may not cover, and what it should not.

    Parameters
    ----------
    width, height : of the canvas, which labels do not leave
    taken : where others stand
    lines : that it had better not lie upon
    barred : that it may not lie upon
    """

    width: float
    height: float
    taken: Sequence[QRectF]
    lines: Sequence[Line]
    barred: Sequence[Line] = ()


def best_place(wish: Wish, around: Surroundings) -> tuple[Choice, QRectF] | None:
    """Return the cheapest free place for a label; None where there is none."""
    rows = _rows(wish.y, around.height)
    best: tuple[float, Choice] | None = None
    for side, left in enumerate(wish.lefts):
        if not rows.size or left < 0.0 or left + wish.width > around.width:
            continue
        tops = _tops(wish.y, rows, around.height)
        costs = np.abs(rows) + np.where(rows > 0, BELOW, 0.0) + SECOND_BEST * side
        costs += CROSSED * _are_crossed(tops, left, wish.width, around.lines)
        if wish.before is not None and wish.before.side == side:
            costs[rows == wish.before.row] -= STAYS
        costs[_are_taken(tops, left, wish.width, around.taken)] = np.inf
        costs[_are_crossed(tops, left, wish.width, around.barred)] = np.inf
        place = int(costs.argmin())
        cost = float(costs[place])
        if cost < np.inf and (best is None or cost < best[0]):
            best = cost, Choice(side, int(rows[place]))
    if best is None:
        return None
    return best[1], choice_place(wish, best[1], around.height)


def is_crossed(rect: QRectF, lines: Sequence[Line]) -> bool:
    """Tell whether a line passes through a label."""
    return bool(_are_crossed(np.array([rect.top()]), rect.left(), rect.width(), lines)[0])


def choice_place(wish: Wish, choice: Choice, height: float) -> QRectF:
    """Return where a choice puts a label, on a canvas of a height."""
    (top,) = _tops(wish.y, np.array([choice.row]), height).tolist()
    return QRectF(wish.lefts[choice.side], top, wish.width, LABEL_HEIGHT)


def is_free(rect: QRectF, around: Surroundings) -> bool:
    """Tell whether a label lies within the canvas and would touch no other."""
    is_inside = rect.left() >= 0.0 and rect.right() <= around.width
    is_inside &= rect.top() >= 0.0 and rect.bottom() <= around.height
    wider = rect.adjusted(-LABEL_GAP, 0.0, LABEL_GAP, 0.0)
    return is_inside and not any(wider.intersects(other) for other in around.taken)


def _rows(y: float, height: float) -> NDArray[np.intp]:
    """Return the rows that reach into the height; the outermost ones lie at its ends."""
    if height < LABEL_HEIGHT:
        return np.arange(0)
    first = int(np.floor((LABEL_HEIGHT / 2 - y) / STEP))
    last = int(np.ceil((height - LABEL_HEIGHT / 2 - y) / STEP))
    return np.arange(first, last + 1)


def _tops(y: float, rows: NDArray[np.intp], height: float) -> Array:
    """Return the upper edges of labels in some rows, (rows,): as a whole within the height."""
    return np.clip(y + rows * STEP - LABEL_HEIGHT / 2, 0.0, height - LABEL_HEIGHT)


def _are_crossed(tops: Array, left: float, width: float, lines: Sequence[Line]) -> NDArray[np.bool]:
    """Tell of labels, (rows,), whether a line passes through them."""
    found = np.zeros(len(tops), np.bool)
    passing = [y for line in lines if (y := line.heights(left, left + width)).size]
    if not passing:  # nearly always, of what is new on a curve
        return found
    above, below = tops[:, np.newaxis], tops[:, np.newaxis] + LABEL_HEIGHT
    for y in passing:
        from_to = (y[:-1], y[1:]) if y.size > 1 else (y, y)  # of each piece
        highest, lowest = np.minimum(*from_to), np.maximum(*from_to)
        found |= ((highest <= below) & (lowest >= above)).any(axis=1)
    return found


def _are_taken(tops: Array, left: float, width: float, taken: Sequence[QRectF]) -> NDArray[np.bool]:
    """Tell of labels, (rows,), whether they would touch what stands there already."""
    found = np.zeros(len(tops), np.bool)
    for rect in taken:
        if rect.left() < left + width + LABEL_GAP and left < rect.right() + LABEL_GAP:
            found |= (rect.top() < tops + LABEL_HEIGHT) & (tops < rect.bottom())
    return found
