"""What can be drawn over the map besides its boundary, where it is asked for."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.features import PLANE
from mlpviz.experiment.run.contour import contour_segments
from mlpviz.experiment.run.frame import Frame, first_sums
from mlpviz.experiment.run.grids import SURFACE_CELLS, Box
from mlpviz.experiment.run.readings import first_lines, rim_places
from mlpviz.gui.look.palette import LEVELS, NO_NUMBER, Indices
from mlpviz.gui.plots.canvas import EMPTY

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


class FirstLines(NamedTuple):
    """The lines w · x + b = 0 of the first hidden layer, by the numbers of their units.

    Parameters
    ----------
    ends : of each that lies within the box, the ends of its pieces, (2 · pieces, 2)
    beyond : of each that passes it by, the place on its rim that is nearest to it, (2,)
    """

    ends: dict[int, Array]
    beyond: dict[int, Array]


NO_LINES = FirstLines({}, {})


def unit_lines_in(frame: Frame, box: Box) -> FirstLines:
    """Return the lines of the units of the first hidden layer within a box.

    With other inputs than x1 and x2 themselves they are bent: the contours of the weighted sums.
    Without a hidden layer there are none, for the line of the output is the boundary itself.
    """
    if not frame.recipe.hidden:
        return NO_LINES
    if frame.recipe.features == PLANE:
        units, lines = first_lines(frame, box)
        ends = dict(zip(units.tolist(), lines, strict=True))
        places = rim_places(frame, box) if len(ends) < frame.recipe.hidden[0] else ()
        beyond = {u: place for u, place in enumerate(places) if not np.isnan(place).any()}
        return FirstLines(ends, beyond)
    # So much larger that the first and the last points of the grid lie on the rim of the box.
    step = 1 if frame.recipe.hidden[0] <= FEW_LINES else LINE_STEP
    cells = SURFACE_CELLS // step
    dx, dy = (end / (2 * (cells - 1)) for end in (box.right - box.left, box.top - box.bottom))
    larger = Box(box.left - dx, box.bottom - dy, box.right + dx, box.top + dy)
    sums = first_sums(frame, larger, step)
    pieces = [np.stack(contour_ends(z, larger, 0.0), axis=1) for z in sums]
    ends = {unit: _joined(ends) for unit, ends in enumerate(pieces) if len(ends)}
    others = {unit: _nearest_rim(z, box) for unit, z in enumerate(sums) if unit not in ends}
    return FirstLines(ends, {unit: place for unit, place in others.items() if place is not None})


def _nearest_rim(z: Array, box: Box) -> Array | None:
    """Return where on the rim of a box a sum without a line is nearest to 0, (2,).

    None where it is so everywhere, or no number.

    Parameters
    ----------
    z : (cells, cells), rows upwards
    """
    shares = np.linspace(0.0, 1.0, len(z))
    ones, noughts = np.ones(len(z)), np.zeros(len(z))
    rim = np.abs(np.concatenate((z[0], z[-1], z[:, 0], z[:, -1])))
    if not np.isfinite(rim).all() or np.ptp(rim) == 0.0:
        return None
    x = np.concatenate((shares, shares, noughts, ones))[rim.argmin()]
    y = np.concatenate((noughts, ones, shares, shares))[rim.argmin()]
    corner, extent = np.array(box[:2]), np.array(box[2:]) - np.array(box[:2])
    return corner + np.array((x, y)) * extent


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
