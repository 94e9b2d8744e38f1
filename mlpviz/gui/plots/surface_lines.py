"""What can be drawn over the map besides its boundary, where it is asked for."""

from dataclasses import dataclass

import numpy as np

from mlpviz.engine import Array
from mlpviz.experiment.run.contour import contour_segments
from mlpviz.experiment.run.grids import Box
from mlpviz.gui.look.palette import LEVELS, NO_NUMBER, Indices
from mlpviz.gui.plots.canvas import EMPTY

PROBABILITIES = (0.1, 0.25, 0.75, 0.9)  # of the thin contour lines
CLASS_PROBABILITIES = (0.75, 0.9)  # of the most probable of several classes
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class MapOptions:
    """What is drawn besides.

    Parameters
    ----------
    discretise : flat colours, one per class, instead of the output itself
    contours : lines of the output at PROBABILITIES, of several classes at CLASS_PROBABILITIES
    unit_lines : the line w · x + b = 0 of each unit of the first layer
    """

    discretise: bool = False
    contours: bool = False
    unit_lines: bool = False


def flat_index(surface: Array) -> Indices:
    """Return the entry of a colour table for each output: that of its class, as it is counted."""
    index = np.where(surface > THRESHOLD, np.uint8(LEVELS - 1), np.uint8(0))
    index[~np.isfinite(surface)] = NO_NUMBER
    return index


def contour_ends(surface: Array, box: Box, *levels: float) -> tuple[Array, Array]:
    """Return x and y of the ends of the contours of a surface at some levels, for `Segments`."""
    if not levels:
        return EMPTY, EMPTY
    ends = np.concatenate([contour_segments(surface, level).reshape(-1, 2) for level in levels])
    rows, columns = surface.shape
    # Grid points are the centres of the cells, half a cell inside the box.
    x = box.left + (ends[:, 0] + 0.5) / columns * (box.right - box.left)
    y = box.bottom + (ends[:, 1] + 0.5) / rows * (box.top - box.bottom)
    return x, y


def two_largest(outputs: Array) -> tuple[Array, Array]:
    """Return the largest and the second largest over the classes, (cells, cells) each.

    A tenth of the time of sorting them. NaN where one of them is.
    """
    first, second = np.maximum(*outputs[:2]), np.minimum(*outputs[:2])
    for p in outputs[2:]:
        second = np.maximum(second, np.minimum(first, p))
        first = np.maximum(first, p)
    return first, second


def class_ends(outputs: Array, box: Box) -> tuple[Array, Array]:
    """Return the ends of the lines at which the class of the largest output changes.

    For each class but the last it is the contour at 0 of its output less the largest of the
    others. A line between two classes is drawn twice then, but for those of the last class.

    Parameters
    ----------
    outputs : (classes, cells, cells), rows upwards
    """
    halves = 0.5 * outputs  # for the difference of two numbers near the largest is beyond it
    first, second = two_largest(halves)
    with np.errstate(invalid="ignore"):  # ∞ - ∞
        leads = [np.where(p == first, p - second, p - first) for p in halves[:-1]]
    x, y = zip(*(contour_ends(lead, box, 0.0) for lead in leads), strict=True)
    return np.concatenate(x), np.concatenate(y)
