"""The lines of the first hidden layer over the plane: on which its weighted sums are 0.

The window reads them off each frame while it draws, which takes less than 0.2 ms. Lines that are
bent take longer, and are computed with the frame.
"""

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.features import PLANE
from mlpviz.experiment.run.bent_lines import NO_LINES, FirstLines
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box


def unit_lines(frame: Frame) -> FirstLines:
    """Return the lines of the units of the first hidden layer within the box of the surface.

    Without a hidden layer there are none, for the line of the output is the boundary itself.
    """
    recipe, box = frame.recipe, frame.surface_box
    if not recipe.hidden:
        return NO_LINES
    if recipe.features != PLANE:
        return frame.bent_lines
    units, lines = first_lines(frame, box)
    ends = dict(zip(units.tolist(), lines, strict=True))
    places = rim_places(frame, box) if len(ends) < recipe.hidden[0] else ()
    beyond = {
        unit: place
        for unit, place in enumerate(places)
        if unit not in ends and not np.isnan(place).any()
    }
    return FirstLines(ends, beyond)


@np.errstate(all="ignore")
def first_lines(frame: Frame, box: Box) -> tuple[NDArray[np.intp], Array]:
    """Return the lines w · x + b = 0 of the first layer within a box, (lines, 2 ends, 2).

    Before them, of which unit each is, (lines,).

    The inputs must be x1 and x2 themselves. A unit has none where its line passes the box by,
    where its weights are 0, and where one of its parameters is not finite.

    A line goes through the point p that is nearest to the middle of the box, along t = (-w2, w1):

        p = -d w / |w|²,   d = w · middle + b,   both from the middle

    and is within the box where |p + s t| is at most half of its side, in x1 and in x2: where s is
    at most half / |t| from -p / t.
    """
    w, p, middle, half = _nearest_points(frame, box)
    t = w[::-1] * ((-1.0,), (1.0,))
    centre, reach = -p / t, half / np.abs(t)
    is_still = t == 0.0  # along an axis that the line does not move on it is within always or never
    if is_still.any():
        always = np.where(np.abs(p) <= half, np.inf, np.nan)
        centre, reach = np.where(is_still, 0.0, centre), np.where(is_still, always, reach)
    first, last = (centre - reach).max(axis=0), (centre + reach).min(axis=0)  # NaN stays NaN
    is_there = np.isfinite(last - first) & (first < last)
    places = p + np.stack((first, last))[:, np.newaxis] * t  # (2 ends, 2, units)
    lines: Array = places[..., is_there].transpose(2, 0, 1) + middle
    return np.flatnonzero(is_there), lines


@np.errstate(all="ignore")
def rim_places(frame: Frame, box: Box) -> Array:
    """Return where the rim of a box is nearest to the line of each unit, where p is outside it.

    It is the place at which one leaves the box on the way from its middle straight to p, the
    nearest point of the line. Of a unit whose p is within the box, or which has no line, it is NaN.

    Returns
    -------
    (units, 2). The inputs must be x1 and x2 themselves, as of `first_lines`
    """
    _, p, middle, half = _nearest_points(frame, box)
    beyond = np.abs(p / half).max(axis=0)  # 1 on the rim
    is_beyond = (beyond > 1.0) & np.isfinite(beyond)
    places: Array = np.where(is_beyond, p / beyond, np.nan).T + middle
    return places


def _nearest_points(frame: Frame, box: Box) -> tuple[Array, Array, Array, Array]:
    """Return w and the point p of each line, (2, units) each, and of a box its middle and half.

    w has no length of its own; p counts from the middle, (2,). Half of the sides is (2, 1).
    """
    W, b = (part[0] for part in frame.layers())
    low, high = np.array(box).reshape(2, 2)
    middle, half = (low + high) / 2.0, (high - low)[:, np.newaxis] / 2.0
    size = np.abs(W).max(axis=0)  # so that no square is too large or too small for a number
    w, b = W / size, b / size  # (2, units), (units,)
    p = -(middle @ w + b) * w / (w * w).sum(axis=0)
    return w, p, middle, half
