"""What can be drawn over the map besides its boundary, where it is asked for."""

from dataclasses import dataclass

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.features import PLANE
from mlpviz.experiment.run.frame import Frame, first_sums
from mlpviz.experiment.run.grids import SURFACE_CELLS, Box
from mlpviz.experiment.run.readings import first_lines
from mlpviz.gui.look.palette import LEVELS, NO_NUMBER, Indices
from mlpviz.gui.plots.canvas import EMPTY
from mlpviz.gui.plots.contour import contour_segments

PROBABILITIES = (0.1, 0.25, 0.75, 0.9)  # of the thin contour lines
CLASS_PROBABILITIES = (0.75, 0.9)  # of the most probable of several classes
THRESHOLD = 0.5
FEW_LINES = 4  # that are looked for in every cell of the surface
LINE_STEP = 5  # of more, every how many cells; odd, to be exact


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


def unit_line_ends(frame: Frame, box: Box) -> dict[int, Array]:
    """Return the ends of the lines w · x + b = 0 of the first hidden layer within a box.

    With other inputs than x1 and x2 themselves they are bent: the contours of the weighted sums.

    Returns
    -------
    of each unit that has a line the ends of its pieces, (2 · pieces, 2); none without a hidden
    layer, for the line of the output is the boundary itself
    """
    if not frame.recipe.hidden:
        return {}
    if frame.recipe.features == PLANE:
        units, lines = first_lines(frame, box)
        return dict(zip(units.tolist(), lines, strict=True))
    # So much larger that the first and the last points of the grid lie on the rim of the box.
    step = 1 if frame.recipe.hidden[0] <= FEW_LINES else LINE_STEP
    cells = SURFACE_CELLS // step
    dx, dy = (end / (2 * (cells - 1)) for end in (box.right - box.left, box.top - box.bottom))
    larger = Box(box.left - dx, box.bottom - dy, box.right + dx, box.top + dy)
    sums = first_sums(frame, larger, step)
    pieces = [np.stack(contour_ends(z, larger, 0.0), axis=1) for z in sums]
    return {unit: _joined(ends) for unit, ends in enumerate(pieces) if len(ends)}


def _joined(ends: Array) -> Array:
    """Return the two ends of a line where its pieces make a straight one: it is quicker to draw."""
    if len(ends) <= 2:
        return ends
    offset = ends - ends.mean(axis=0)
    _, extent, axes = np.linalg.svd(offset, full_matrices=False)
    if extent[1] > 1e-4 * extent[0]:
        return ends
    along = offset @ axes[0]
    joined: Array = ends[[along.argmin(), along.argmax()]]
    return joined
