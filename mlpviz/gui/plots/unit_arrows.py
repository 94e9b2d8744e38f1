"""Arrows at the rim of the map, to lines of the first layer that lie outside it."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from mlpviz.gui.look.sizes import BEYOND_HEIGHT, BEYOND_IN, BEYOND_WIDTH
from mlpviz.gui.plots.canvas import Mapping


class Arrow(NamedTuple):
    """An arrow at the rim of a canvas.

    Parameters
    ----------
    tip : where it ends
    out : one pixel towards the outside
    """

    tip: QPointF
    out: QPointF

    def shape(self, scale: float) -> QPolygonF:
        """Return the triangle."""
        base = self.tip - self.out * (scale * BEYOND_HEIGHT)
        half = QPointF(self.out.y(), self.out.x()) * (scale * BEYOND_WIDTH / 2)
        return QPolygonF([self.tip, base + half, base - half])

    @property
    def room(self) -> QRectF:
        """What it takes at its usual size."""
        return self.shape(1.0).boundingRect()


def free_arrow(x: float, y: float, mapping: Mapping, taken: Sequence[QRectF]) -> Arrow:
    """Return the arrow at the side of a canvas that a place is nearest to, beside all others.

    Parameters
    ----------
    x, y : of the place
    taken : where others are
    """
    width, height = mapping.width, mapping.height
    sides = (
        (x, QPointF(-1.0, 0.0)),
        (width - x, QPointF(1.0, 0.0)),
        (y, QPointF(0.0, -1.0)),
        (height - y, QPointF(0.0, 1.0)),
    )
    out = min(sides, key=lambda side: side[0])[1]
    is_upright, length = out.y() == 0.0, height if out.y() == 0.0 else width
    edge = BEYOND_IN if out.x() + out.y() < 0.0 else (width if is_upright else height) - BEYOND_IN
    wanted = y if is_upright else x
    arrow = Arrow(QPointF(), out)
    for step in range(2 * len(taken) + 1):  # to one side, to the other, and farther
        shift = (step + 1) // 2 * BEYOND_WIDTH * (1 if step % 2 else -1)
        along = min(max(wanted + shift, BEYOND_WIDTH), length - BEYOND_WIDTH)
        arrow = Arrow(QPointF(edge, along) if is_upright else QPointF(along, edge), out)
        if not any(arrow.room.intersects(other) for other in taken):
            break
    return arrow
