"""Where a hint about an edge has room: at the edge, upon no unit and upon hardly another edge."""

from collections.abc import Sequence
from itertools import product

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF

from mlpviz.engine import Array
from mlpviz.gui.look.sizes import BOTTOM_MARGIN, HINT_GAP, TOP_MARGIN
from mlpviz.gui.views.diagram.network_layout import NetworkLayout

MOST_CROSSED = 1  # lines that a hint may hide a part of: the one that it is about
SAMPLES = 40  # places that are looked at along each line
STEPS = 24  # heights that are tried


def place_at_edge(layout: NetworkLayout, room: QSizeF, hint: QSizeF) -> QPointF | None:
    """Return the middle of the lower edge of a hint at the last edge; None where it has no room.

    Parameters
    ----------
    layout : of the diagram
    room, hint : the sizes of the diagram and of the hint, in base sizes
    """
    line = layout.blocks[-1].lines[-1]
    column = layout.units[-2][-1]
    top, bottom = TOP_MARGIN + hint.height(), room.height() - BOTTOM_MARGIN
    half = hint.width() / 2
    middles = (line.center().x(), column.left() + half, column.right() + half, room.width() - half)
    heights = np.linspace(top, bottom, STEPS)
    lines = points_of([one for block in layout.blocks for one in block.lines])
    best, least = None, np.inf
    for x, y in product(middles, heights):
        rect = QRectF(x - half, y - hint.height(), hint.width(), hint.height())
        if rect.left() < 0.0 or rect.right() > room.width():
            continue
        distance = QLineF(line.center(), rect.center()).length()
        if distance >= least or _meets_a_unit(rect, layout):
            continue
        if crossed_lines(lines, rect) <= MOST_CROSSED:
            best, least = QPointF(x, y), distance
    return best


def points_of(lines: Sequence[QLineF]) -> Array:
    """Return places along lines, (lines, SAMPLES, 2)."""
    ends = np.array([(line.p1().toTuple(), line.p2().toTuple()) for line in lines])
    start, end = ends[:, None, 0], ends[:, None, 1]
    points: Array = start + np.linspace(0.0, 1.0, SAMPLES)[:, None] * (end - start)
    return points


def crossed_lines(points: Array, rect: QRectF) -> int:
    """Count the lines that cross a rectangle, by places along each, (lines, SAMPLES, 2)."""
    x, y = points[..., 0], points[..., 1]
    inside = (x > rect.left()) & (x < rect.right()) & (y > rect.top()) & (y < rect.bottom())
    return int(inside.any(axis=1).sum())


def _meets_a_unit(rect: QRectF, layout: NetworkLayout) -> bool:
    around = rect.adjusted(-HINT_GAP, -HINT_GAP, HINT_GAP, HINT_GAP)
    return any(around.intersects(unit) for units in layout.units for unit in units)
