"""The lines of the first hidden layer where they are bent: with features of x1 and x2 as inputs."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.features import PLANE, feature_rows
from mlpviz.engine.network import layer_views
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.contour import contours_of_many
from mlpviz.experiment.run.grids import Box

FEW_UNITS = 4
FINE, COARSE = 101, 21  # places per side at which few sums, and many ones, are looked at


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


@np.errstate(all="ignore")
def bent_lines(recipe: Recipe, parameters: Array, box: Box) -> FirstLines:
    """Return the lines of the first hidden layer within a box where they are bent, else none.

    That is with other inputs than x1 and x2 themselves. They are the contours at 0 of the sums.

    Parameters
    ----------
    parameters : all weights and biases of a network of this recipe
    """
    if recipe.features == PLANE or not recipe.hidden:
        return NO_LINES
    W, b = (part[0] for part in layer_views(parameters, recipe.sizes))
    units = len(b)
    count = FINE if units <= FEW_UNITS else COARSE
    features = _features_to_the_rim(recipe.features, box, count)
    sums = (W.T @ features + b[:, np.newaxis]).reshape(units, count, count)
    segments, of_unit = contours_of_many(sums, 0.0)
    corner, extent = np.array(box[:2]), np.array(box[2:]) - np.array(box[:2])
    order = np.argsort(of_unit, kind="stable")
    places = corner + segments[order].reshape(-1, 2) / (count - 1) * extent
    starts = 2 * np.searchsorted(of_unit[order], np.arange(1, units))
    pieces = enumerate(np.split(places, starts))
    ends = {unit: of_one for unit, of_one in pieces if len(of_one)}
    beyond = {}
    for unit in range(units):
        rim = None if unit in ends else _nearest_rim(sums[unit])
        if rim is not None:
            beyond[unit] = corner + rim * extent
    return FirstLines(ends, beyond)


@lru_cache(maxsize=4)
def _features_to_the_rim(names: tuple[str, ...], box: Box, count: int) -> Array:
    """Return the features of places that cover a box from rim to rim, (features, count²)."""
    x1, x2 = np.linspace(box.left, box.right, count), np.linspace(box.bottom, box.top, count)
    features = feature_rows(np.stack(np.meshgrid(x1, x2)).reshape(2, -1), names)
    features.setflags(write=False)
    return features


def _nearest_rim(z: Array) -> Array | None:
    """Return where on the rim of a box a sum without a line is nearest to 0, in shares of it, (2,).

    None where it is so everywhere, or no number.

    Parameters
    ----------
    z : (places, places), rows upwards
    """
    shares = np.linspace(0.0, 1.0, len(z))
    ones, noughts = np.ones(len(z)), np.zeros(len(z))
    rim = np.abs(np.concatenate((z[0], z[-1], z[:, 0], z[:, -1])))
    if not np.isfinite(rim).all() or np.ptp(rim) == 0.0:
        return None
    x = np.concatenate((shares, shares, noughts, ones))[rim.argmin()]
    y = np.concatenate((noughts, ones, shares, shares))[rim.argmin()]
    return np.array((x, y))
