"""Where a bubble goes: near to what it is about, and where it covers no unit if it can."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF

from mlpviz.engine import Array
from mlpviz.experiment.run.places import Unit
from mlpviz.gui.look.sizes import BUBBLE_CLEAR, BUBBLE_EDGE
from mlpviz.gui.views.diagram.network_layout import NetworkLayout

PLACES = 24  # that are tried along each side
HEAVY = 20.0  # times that it is worse to cover what takes part


def bubble_place(
    room: QRectF,
    bubble: QSizeF,
    anchor: QPointF,
    layout: NetworkLayout,
    taking_part: frozenset[Unit] = frozenset(),
) -> QPointF:
    """Return the upper left corner of a bubble.

    Of a grid of places it has the one that covers least of the units, and of these the one that
    is nearest to the anchor without covering it.

    Parameters
    ----------
    room : the diagram
    anchor : what the bubble is about
    taking_part : (layer, unit) of the units that it is about, which are the last to be covered
    """
    last = room.width() - bubble.width(), room.height() - bubble.height()
    x, y = (np.linspace(BUBBLE_EDGE, max(BUBBLE_EDGE, end - BUBBLE_EDGE), PLACES) for end in last)
    left, top = (places.ravel() for places in np.meshgrid(x, y))
    right, bottom = left + bubble.width(), top + bubble.height()
    units = np.array([rect.getCoords() for rects in layout.units for rect in rects])
    weights = [
        HEAVY if (layer, unit) in taking_part else 1.0
        for layer, rects in enumerate(layout.units)
        for unit in range(len(rects))
    ]
    covered = _shared(left, right, units[:, 0], units[:, 2])
    covered = (covered * _shared(top, bottom, units[:, 1], units[:, 3])) @ np.array(weights)
    dx = np.maximum(np.maximum(left - anchor.x(), anchor.x() - right), 0.0)
    dy = np.maximum(np.maximum(top - anchor.y(), anchor.y() - bottom), 0.0)
    distance = np.hypot(dx, dy)
    covers_anchor = distance < BUBBLE_CLEAR
    # What covers the anchor is worse than what covers any unit; distance decides among equals.
    cost = np.where(covers_anchor, 1e9, 0.0) + 1e3 * covered + distance
    best = int(np.argmin(cost))
    return QPointF(float(left[best]), float(top[best]))


def _shared(start: Array, end: Array, unit_start: Array, unit_end: Array) -> Array:
    """Return how far intervals overlap, (places, units)."""
    lower = np.maximum(start[:, np.newaxis], unit_start)
    upper = np.minimum(end[:, np.newaxis], unit_end)
    return np.maximum(upper - lower, 0.0)
