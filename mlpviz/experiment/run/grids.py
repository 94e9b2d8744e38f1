"""What a network gives over a part of the input plane: the pictures of its units.

Of one output unit the axis of the outputs is left out, with a unit per class it comes first.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.activations import OUTPUT_ACTIVATIONS
from mlpviz.engine.features import PLANE, feature_rows
from mlpviz.engine.network import Network
from mlpviz.experiment.recipe.recipe import Recipe

SURFACE_CELLS = 100  # per side of the decision surface
MANY_UNITS = 80  # more do not fit on a screen but with small pictures
DOUBLE = np.dtype(np.float64)
BLOCK_POINTS = 2500  # evaluated at once, so that a layer stays in the processor's cache


class Box(NamedTuple):
    """A rectangle of the input plane."""

    left: float
    bottom: float
    right: float
    top: float


def data_box(X: Array, margin: float = 0.1) -> Box:
    """Return the box of the points, and `margin` of its sides around it.

    Parameters
    ----------
    X : (samples, 2)
    """
    low, high = X.min(axis=0), X.max(axis=0)
    extent = np.where(high > low, high - low, 1.0)
    left, bottom = (low - margin * extent).tolist()
    right, top = (high + margin * extent).tolist()
    return Box(left, bottom, right, top)


@lru_cache(maxsize=4)
def grid_points(box: Box, step: int = 1, dtype: np.dtype[np.floating[Any]] = DOUBLE) -> Array:
    """Return the centres of the cells of a box, (2, cells²), row after row from the bottom.

    Parameters
    ----------
    step : 1 for all SURFACE_CELLS² of them; more to leave out some, as for a picture
    """
    # In units of the box a centre is (i + 1/2) / cells; the image is drawn over the whole box.
    centres = (np.arange(step // 2, SURFACE_CELLS, step) + 0.5) / SURFACE_CELLS
    x1 = box.left + centres * (box.right - box.left)
    x2 = box.bottom + centres * (box.top - box.bottom)
    points = np.stack(np.meshgrid(x1, x2)).reshape(2, -1).astype(dtype)
    points.setflags(write=False)
    return points


@lru_cache(maxsize=4)
def grid_features(
    names: tuple[str, ...], box: Box, step: int = 1, dtype: np.dtype[np.floating[Any]] = DOUBLE
) -> Array:
    """Return the features of the cells of a box, (features, cells²); see `grid_points`."""
    features = feature_rows(grid_points(box, step), names).astype(dtype)
    features.setflags(write=False)
    return features


def feature_pictures(names: Sequence[str], box: Box, cells: int) -> Array:
    """Return the picture of each feature over a box, (features, cells, cells), rows upwards.

    Each on a scale of its own, from -1 where it is least to 1 where it is greatest.
    """
    x1, x2 = np.linspace(box.left, box.right, cells), np.linspace(box.bottom, box.top, cells)
    values = feature_rows(np.stack(np.meshgrid(x1, x2)).reshape(2, -1), names)
    with np.errstate(all="ignore"):  # what is not finite is hatched
        low, high = (end(values, axis=1, keepdims=True) for end in (np.min, np.max))
        scaled: Array = 2.0 * (values - low) / (high - low) - 1.0
    return scaled.reshape(-1, cells, cells)


class Plan(NamedTuple):
    """What is to be computed over the plane: a network, or what leads to a part of one."""

    features: tuple[str, ...]
    sizes: tuple[int, ...]
    activations: tuple[str, ...]


def plan_of(recipe: Recipe) -> Plan:
    return Plan(recipe.features, recipe.sizes, recipe.activations)


def surface_over(recipe: Recipe, parameters: Array, box: Box, step: int = 1) -> Array:
    """Compute the output over a box, rows upwards, (cells, cells) or (classes, cells, cells).

    Parameters
    ----------
    parameters : all weights and biases of a network of this recipe
    step : 1 for all SURFACE_CELLS; more for every so many of them, as in a thumbnail
    """
    return output_of(layer_grids(plan_of(recipe), parameters, box, step))


def output_of(grids: list[Array]) -> Array:
    """Return the last of the grids, without the axis of the outputs where there is but one."""
    surface: Array = grids[-1][0] if len(grids[-1]) == 1 else grids[-1]
    return surface


def picture_step(recipe: Recipe) -> int:
    """Return every how many cells of the surface a unit's own picture has one."""
    return 2 if sum(recipe.sizes) <= MANY_UNITS else 5


def thinned(grids: Array, step: int) -> Array:
    """Return every so many cells of (…, rows, columns), each the middle one of its square."""
    return np.ascontiguousarray(grids[..., step // 2 :: step, step // 2 :: step])


def network_of(plan: Plan, parameters: Array, dtype: type[np.floating[Any]]) -> Network:
    network = Network(plan.sizes, plan.activations, dtype)
    network.parameters[:] = parameters
    return network


@np.errstate(all="ignore")
def layer_grids(plan: Plan, parameters: Array, box: Box, step: int = 1) -> list[Array]:
    """Evaluate every unit over a box: per layer (units, cells, cells).

    float32 is twice as fast and a colour cannot show the difference; but it ends at 3e38 and
    at seven digits: where it overflows, or in a deep zoom, float64 says what is really there.
    """
    dtype: type[np.floating[Any]]
    for dtype in (np.float32, np.float64) if _is_coarse(box) else (np.float64,):
        network = network_of(plan, parameters, dtype)
        layers = _evaluate(network, _grid_inputs(plan.features, box, step, np.dtype(dtype)))
        if all(np.isfinite(A).all() for A in layers):
            break
    cells = SURFACE_CELLS // step
    return [A.reshape(-1, cells, cells) for A in layers]


def _grid_inputs(
    features: tuple[str, ...], box: Box, step: int, dtype: np.dtype[np.floating[Any]]
) -> Array:
    if features == PLANE:
        return grid_points(box, step, dtype)
    return grid_features(features, box, step, dtype)


def _evaluate(network: Network, points: Array) -> list[Array]:
    """Return the activations of every layer after the inputs, (units, points).

    `Network.forward` with units in rows: so each unit's picture lies in one piece.
    """
    layers = [np.empty((units, points.shape[1]), points.dtype) for units in network.sizes[1:]]
    for start in range(0, points.shape[1], BLOCK_POINTS):
        part = slice(start, start + BLOCK_POINTS)
        A = points[:, part]
        for W, b, name, layer in zip(
            network.weights, network.biases, network.activations, layers, strict=True
        ):
            Z = W.T @ A
            Z += b[:, np.newaxis]
            A = layer[:, part] = OUTPUT_ACTIVATIONS[name].value(Z.T).T
    return layers


def _is_coarse(box: Box) -> bool:
    """Tell whether neighbouring cells differ by much more than the rounding of float32."""
    largest = max(abs(number) for number in box)
    return min(box.right - box.left, box.top - box.bottom) > 1e-3 * largest
