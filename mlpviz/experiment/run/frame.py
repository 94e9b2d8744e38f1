"""The frame: everything the screen shows of one instant of one run, in one frozen value.

Of one output unit the axis of the outputs is left out, with a unit per class it comes first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.features import PLANE, features_of
from mlpviz.engine.heldout import HeldOut
from mlpviz.engine.network import layer_views, linear_product
from mlpviz.engine.training import correct_samples, predicted_classes, r_squared
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.diagnosis import Divergence
from mlpviz.experiment.run.grids import (
    MANY_UNITS,
    SURFACE_CELLS,
    Box,
    Plan,
    data_box,
    layer_grids,
    network_of,
    output_of,
    picture_step,
    plan_of,
    surface_over,
    thinned,
)
from mlpviz.experiment.run.history import History, LossCurve
from mlpviz.experiment.run.run import Change, Run
from mlpviz.experiment.run.symptoms import Symptom


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
    run_number : the identity of the run; no other run ever has it
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
    def outputs(self) -> int:
        """Units of the output."""
        return self.recipe.outputs

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
        network = network_of(plan_of(self.recipe), self.parameters, np.float64)
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
    plan = plan_of(recipe)
    grids = layer_grids(plan, parameters, surface_box)
    surface = output_of(grids)
    step = picture_step(recipe)
    if surface_box == box:  # one pass over the grid gives every unit's picture
        units = [thinned(A, step) for A in grids]
    else:
        units = layer_grids(plan, parameters, box, step)
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


def recapture(frame: Frame, run: Run, surface_box: Box | None = None) -> Frame:
    """Take a frame of a run that still is in the state which another frame shows.

    Nothing is asked of the training, which may be in the middle of its next epoch.

    Parameters
    ----------
    frame : the other one
    run : what has changed of it is its recipe
    surface_box : as of `capture`
    """
    box = surface_box or frame.box
    surface = frame.surface
    if box != frame.surface_box:
        surface = surface_over(frame.recipe, frame.parameters, box)
        _freeze((surface,))
    return replace(frame, recipe=run.recipe, changes=run.changes, surface_box=box, surface=surface)


def _judge(held_out: HeldOut, history: History) -> Held:
    """See how a network does on its test set."""
    loss, predictions = held_out.evaluate()
    Y, curve = held_out.Y[:, 0], history.test_curve()
    assert curve is not None
    _freeze((Y, predictions))
    accuracy = held_out.accuracy(predictions)
    return Held(held_out.points, Y, predictions, held_out.outputs, loss, accuracy, curve)


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
    leading = Plan(recipe.features, (*recipe.sizes[:layer], 1), recipe.activations[:layer])
    if sum(recipe.sizes) <= MANY_UNITS:
        return output_of(layer_grids(leading, parameters, box))
    # Of two cells the second is computed: half a cell further, so half a cell is taken back.
    dx, dy = (end / (2 * SURFACE_CELLS) for end in (box.right - box.left, box.top - box.bottom))
    shifted = Box(box.left - dx, box.bottom - dy, box.right - dx, box.top - dy)
    return output_of(layer_grids(leading, parameters, shifted, step=2))


def first_sums(frame: Frame, box: Box, step: int) -> list[Array]:
    """Compute the weighted sum w · x + b of each unit of the first layer over a box."""
    features, sizes = frame.recipe.features, frame.recipe.sizes[:2]
    W, b = (part[0] for part in frame.layers())
    layer = Plan(features, sizes, ("identity",))
    return list(layer_grids(layer, np.append(W, b), box, step)[0])


def _freeze(arrays: Iterable[Array]) -> None:
    for array in arrays:
        array.setflags(write=False)
