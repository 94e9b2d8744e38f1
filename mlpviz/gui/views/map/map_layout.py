"""Where on the map its plot lies, and beside it the scale of the colours."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize

from mlpviz.gui.look.sizes import BOTTOM_AXIS, COLOUR_BAR, GAP, LEAST_BARRED_SIDE, PLOT_MARGIN
from mlpviz.gui.look.sizing import px


class MapPlaces(NamedTuple):
    """The places of the two, in logical pixels; `bar` is None where it has no room."""

    plot: QRect
    bar: QRect | None


def lay_out_map(size: QSize, left_width: float) -> MapPlaces:
    """Keep the plot's area a square, whatever room there is.

    Parameters
    ----------
    size : of all of the map, in logical pixels
    left_width : of the plot's left axis, in base sizes
    """
    margin, gap = px(PLOT_MARGIN), px(GAP)
    beside, below = px(left_width) + margin, px(BOTTOM_AXIS) + margin
    # Where room is short, and the height is not, the scale of the colours gives way.
    without_bar = min(size.width() - beside, size.height() - below)
    bar = px(COLOUR_BAR) + gap
    has_bar = size.width() - bar - beside >= min(without_bar, px(LEAST_BARRED_SIDE))
    bar = bar if has_bar else 0
    side = min(size.width() - bar - beside, size.height() - below)
    left = (size.width() - bar - beside - side) // 2
    plot = QRect(left, 0, side + beside, side + below)
    beside_plot = QRect(left + side + beside + gap, 0, bar - gap, side + below)
    return MapPlaces(plot, beside_plot if has_bar else None)
