"""The frame: everything the screen shows of one instant of one run, in one frozen value.

Of one output unit the axis of the outputs is left out, with a unit per class it comes first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.activations import OUTPUT_ACTIVATIONS
from mlpviz.engine.features import PLANE, feature_rows, features_of
from mlpviz.engine.heldout import HeldOut
from mlpviz.engine.network import Network, layer_views, linear_product
from mlpviz.engine.training import correct_samples, predicted_classes, r_squared
from mlpviz.experiment.diagnosis import Divergence
from mlpviz.experiment.history import History, LossCurve
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.run import Change, Run
from mlpviz.experiment.symptoms import Symptom

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


@dataclass(frozen=True, slots=True)
class Held:
    """The test set and how the state shown does on it; the arrays are read-only.

    Parameters
    ----------
    X, Y, predictions : the test data and the output for each, as in a frame
    outputs : units of the output
    loss, accuracy : of the state shown; accuracy from 0 to 1, NaN for regression
    curve : the losses of this run on the test set
    """

    X: Array
    Y: Array
    predictions: Array
    outputs: int
    loss: float
    accuracy: float
    curve: LossCurve

    @property
    def predicted(self) -> NDArray[np.intp]:
        """The number of the class that is predicted for each sample; NO_CLASS for none."""
        return predicted_classes(self.predictions, self.outputs)

    @property
    def correct(self) -> NDArray[np.bool]:
        """Whether the class of each sample is right."""
        return correct_samples(self.predictions, self.Y, self.outputs)

    @property
    def r_squared(self) -> float:
        """R² of the predictions; see `engine.training.r_squared`."""
        return r_squared(self.predictions, self.Y)


@dataclass(frozen=True, slots=True)
class Frame:
    """One instant of one run; the arrays are read-only.

    Parameters
    ----------
    recipe : the recipe in force
    run_number : another number is another run
    epoch, loss, accuracy : of the state shown; accuracy from 0 to 1, NaN for regression
    X, Y, predictions : the training data, (samples, 2) and (samples,), Y being the numbers of the
        classes or of a regression; and the output for each, (samples,) or (classes, samples)
    sample_losses : the loss of each, (samples,), of which `loss` is the mean
    parameters : all weights and biases, in the order of `engine.network`
    box : the data's box, which the units' pictures cover
    pictures : of each layer after the inputs (units, cells, cells), rows upwards
    surface_box, surface : the output over a box, (SURFACE_CELLS, SURFACE_CELLS), rows upwards;
        with a unit per class (classes, SURFACE_CELLS, SURFACE_CELLS)
    curve, ghost : the losses of this run and of the one before it
    start_recipe, changes : what the run began with, and what was changed while it was on
    diagnosis : how loss or weights first stopped being finite, or what keeps them from learning
    first_nonfinite_weight_epoch : the first epoch with a parameter that is not finite
    test : the test set; None where all samples train
    """

    recipe: Recipe
    run_number: int
    epoch: int
    loss: float
    accuracy: float
    X: Array
    Y: Array
    predictions: Array
    sample_losses: Array
    parameters: Array
    box: Box
    pictures: tuple[Array, ...]
    surface_box: Box
    surface: Array
    curve: LossCurve
    ghost: LossCurve | None
    start_recipe: Recipe
    changes: tuple[Change, ...]
    diagnosis: Divergence | Symptom | None
    first_nonfinite_weight_epoch: int | None
    test: Held | None = None

    @property
    def predicted(self) -> NDArray[np.intp]:
        """The number of the class that is predicted for each sample; NO_CLASS for none."""
        return predicted_classes(self.predictions, self.recipe.outputs)

    @property
    def correct(self) -> NDArray[np.bool]:
        """Whether the class of each sample is right."""
        return correct_samples(self.predictions, self.Y, self.recipe.outputs)

    @property
    def r_squared(self) -> float:
        """R² of the predictions; see `engine.training.r_squared`."""
        return r_squared(self.predictions, self.Y)

    def layers(self) -> tuple[list[Array], list[Array]]:
        """Return the weights and the biases of each layer."""
        return layer_views(self.parameters, self.recipe.sizes)

    def linear_map(self) -> tuple[Array, float] | None:
        """Return w (2,) and b of the one linear map that the network is up to its output unit.

        None where a hidden activation or a feature bends it, and with a unit per class, which has
        a map each. See `linear_product` for where its line lies.
        """
        is_linear = set(self.recipe.activations[:-1]) <= {"identity"}
        if self.recipe.features == PLANE and is_linear and self.recipe.outputs == 1:
            with np.errstate(all="ignore"):
                return linear_product(*self.layers())
        return None

    def outputs_at(self, x1: float, x2: float) -> Array:
        """Compute the output at one point of the plane, (outputs,), in float64."""
        return self.activations_at(x1, x2)[-1]

    def activations_at(self, x1: float, x2: float) -> list[Array]:
        """Compute what every unit gives at one point, in float64: per layer (units,).

        The first layer are the inputs themselves: the features of the point.
        """
        network = _network(_plan(self.recipe), self.parameters, np.float64)
        with np.errstate(all="ignore"):
            inputs = features_of(np.array([[x1, x2]]), self.recipe.features)
            layers = network.forward(inputs).activations
        return [layer[0] for layer in layers]


def capture(run: Run, surface_box: Box | None = None) -> Frame:
    """Take a frame of a run as it stands.

    Parameters
    ----------
    run : not changed
    surface_box : where to compute the surface; None for the data's box
    """
    training = run.training
    recipe, parameters = run.recipe, training.network.parameters.copy()
    held_out = run.held_out
    box = data_box(run.points if held_out is None else np.vstack((run.points, held_out.points)))
    surface_box = surface_box or box
    plan = _plan(recipe)
    grids = _layer_grids(plan, parameters, surface_box)
    surface = _output(grids)
    step = picture_step(recipe)
    if surface_box == box:  # one pass over the grid gives every unit's picture
        units = [_thinned(A, step) for A in grids]
    else:
        units = _layer_grids(plan, parameters, box, step)
    with np.errstate(all="ignore"):
        losses = training.sample_losses()
    arrays = (run.points, training.Y[:, 0], training.predictions.copy(), losses, parameters)
    _freeze((*arrays, *units, surface))
    return Frame(
        recipe,
        run.number,
        training.epoch,
        training.loss,
        training.accuracy,
        *arrays,
        box,
        tuple(units),
        surface_box,
        surface,
        run.history.curve(),
        run.ghost,
        run.start_recipe,
        run.changes,
        run.diagnosis(),
        training.first_nonfinite_weight_epoch,
        None if held_out is None else _judge(held_out, run.history),
    )


def _judge(held_out: HeldOut, history: History) -> Held:
    """See how a network does on its test set."""
    loss, predictions = held_out.evaluate()
    Y, curve = held_out.Y[:, 0], history.test_curve()
    assert curve is not None
    _freeze((Y, predictions))
    accuracy = held_out.accuracy()
    return Held(held_out.points, Y, predictions, held_out.outputs, loss, accuracy, curve)


def surface_over(recipe: Recipe, parameters: Array, box: Box, step: int = 1) -> Array:
    """Compute the output over a box, rows upwards, (cells, cells) or (classes, cells, cells).

    Parameters
    ----------
    parameters : all weights and biases of a network of this recipe
    step : 1 for all SURFACE_CELLS; more for every so many of them, as in a thumbnail
    """
    return _output(_layer_grids(_plan(recipe), parameters, box, step))


def unit_surface(frame: Frame, layer: int, unit: int) -> Array:
    """Compute what a unit gives over the box of the surface, (cells, cells), rows upwards.

    All that leads to a hidden unit is itself a network, of which the unit is the output. In a
    network of many units every other cell has to do.

    Parameters
    ----------
    layer : 1 for the first after the inputs; of the last, that is the output, with a unit per class
    """
    recipe, box = frame.recipe, frame.surface_box
    if layer == len(recipe.activations):
        return frame.surface if recipe.outputs == 1 else frame.surface[unit]
    weights, biases = frame.layers()
    parts = [part.ravel() for pair in zip(weights, biases, strict=True) for part in pair]
    last = (weights[layer - 1][:, unit], biases[layer - 1][unit : unit + 1])
    parameters = np.concatenate((*parts[: 2 * (layer - 1)], *last))
    leading = _Plan(recipe.features, (*recipe.sizes[:layer], 1), recipe.activations[:layer])
    if sum(recipe.sizes) <= MANY_UNITS:
        return _output(_layer_grids(leading, parameters, box))
    # Of two cells the second is computed: half a cell further, so half a cell is taken back.
    dx, dy = (end / (2 * SURFACE_CELLS) for end in (box.right - box.left, box.top - box.bottom))
    shifted = Box(box.left - dx, box.bottom - dy, box.right - dx, box.top - dy)
    return _output(_layer_grids(leading, parameters, shifted, step=2))


def first_sums(frame: Frame, box: Box, step: int) -> list[Array]:
    """Compute the weighted sum w · x + b of each unit of the first layer over a box."""
    features, sizes = frame.recipe.features, frame.recipe.sizes[:2]
    W, b = (part[0] for part in frame.layers())
    layer = _Plan(features, sizes, ("identity",))
    return list(_layer_grids(layer, np.append(W, b), box, step)[0])


def _output(grids: list[Array]) -> Array:
    """Return the last of the grids, without the axis of the outputs where there is but one."""
    surface: Array = grids[-1][0] if len(grids[-1]) == 1 else grids[-1]
    return surface


def picture_step(recipe: Recipe) -> int:
    """Return every how many cells of the surface a unit's own picture has one."""
    return 2 if sum(recipe.sizes) <= MANY_UNITS else 5


def _thinned(grids: Array, step: int) -> Array:
    """Return every so many cells of (units, rows, columns), each the middle one of its square."""
    return np.ascontiguousarray(grids[:, step // 2 :: step, step // 2 :: step])


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


class _Plan(NamedTuple):
    """What is to be computed over the plane: a network, or what leads to a part of one."""

    features: tuple[str, ...]
    sizes: tuple[int, ...]
    activations: tuple[str, ...]


def _plan(recipe: Recipe) -> _Plan:
    return _Plan(recipe.features, recipe.sizes, recipe.activations)


def _network(plan: _Plan, parameters: Array, dtype: type[np.floating[Any]]) -> Network:
    network = Network(plan.sizes, plan.activations, dtype)
    network.parameters[:] = parameters
    return network


@np.errstate(all="ignore")
def _layer_grids(plan: _Plan, parameters: Array, box: Box, step: int = 1) -> list[Array]:
    """Evaluate every unit over a box: per layer (units, cells, cells).

    float32 is twice as fast and a colour cannot show the difference; but it ends at 3e38 and
    at seven digits: where it overflows, or in a deep zoom, float64 says what is really there.
    """
    dtype: type[np.floating[Any]]
    for dtype in (np.float32, np.float64) if _is_coarse(box) else (np.float64,):
        network = _network(plan, parameters, dtype)
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


def _freeze(arrays: Iterable[Array]) -> None:
    for array in arrays:
        array.setflags(write=False)
