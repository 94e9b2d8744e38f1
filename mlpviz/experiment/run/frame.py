"""The frame: everything the screen shows of one instant of one run, in one frozen value.

Of one output unit the axis of the outputs is left out, with a unit per class it comes first.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array, can_follow_gradient
from mlpviz.engine.features import PLANE, features_of
from mlpviz.engine.network import ForwardPass, is_linear, layer_views, linear_product
from mlpviz.engine.scores import correct_samples, predicted_classes, r_squared
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.bent_lines import NO_LINES, FirstLines
from mlpviz.experiment.run.diagnosis import Divergence
from mlpviz.experiment.run.grids import (
    MANY_UNITS,
    SURFACE_CELLS,
    Box,
    Plan,
    layer_grids,
    network_of,
    output_of,
    plan_of,
)
from mlpviz.experiment.run.history import LossCurve
from mlpviz.experiment.run.looks import Finding
from mlpviz.experiment.run.places import Unit
from mlpviz.experiment.run.record import Change, Position, changes_until
from mlpviz.experiment.run.standstill import Standstill
from mlpviz.experiment.run.symptoms import Symptom
from mlpviz.experiment.run.trace import StepTrace


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
        """R² of the predictions; see `engine.scores.r_squared`."""
        return r_squared(self.predictions, self.Y)


@dataclass(frozen=True, slots=True)
class Frame:
    """One instant of one run; the arrays are read-only.

    The state is a function of what the run began with, of its changes up to there and of what was
    wanted (see `Want`), and of nothing else: however often it is looked at, it is the same to the
    byte. Of the run so far are `run_number`, `curve`, `ghost`, `start_recipe`, `changes`,
    `findings`, `live`, `weights_broke_at`, `branches` and the curve of the test set: they are
    those of the run as it stood when it was asked, also where the state is one of the past.

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
    live : where the run stands, of which this state may be a past one
    weights_broke_at : the first epoch of the whole run with a parameter that is not finite
    branches : where it took another turn than the run before it, see `Record`
    test : the test set; None where all samples train
    changes_applied : how many of the changes have led to the state shown
    findings : what was found of the run while it trained
    unit, unit_surface : (layer, unit) that was wanted, and what it gives over the surface's box,
        see `unit_surface`; None where none was
    trace : the step from this state on, taken apart, where it was wanted and takes no longer than
        a frame may; else None
    bent_lines : those of the first layer over the surface's box, where inputs are other features
        than x1 and x2; see `first_layer.unit_lines` for them all
    gradient : of the loss in this state, (parameters,), where it was wanted; see `gradients`
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
    live: Position
    weights_broke_at: int | None = None
    branches: tuple[Position, ...] = ()
    test: Held | None = None
    changes_applied: int = 0
    findings: tuple[Finding, ...] = ()
    unit: Unit | None = None
    unit_surface: Array | None = None
    trace: StepTrace | None = None
    bent_lines: FirstLines = NO_LINES
    gradient: Array | None = None

    @property
    def position(self) -> Position:
        """Where in the run the state is."""
        return Position(self.epoch, self.changes_applied)

    @property
    def is_past(self) -> bool:
        """Whether the run has gone on from the state shown."""
        return self.position < self.live

    def changes_until(self, epoch: int) -> int:
        """Return how many changes the run had up to an epoch, those at this epoch included."""
        return changes_until(self.changes, epoch)

    @property
    def branched_at(self) -> Position | None:
        """Where the run left another one; None where it is no branch."""
        return self.branches[-1] if self.branches else None

    @property
    def _finding(self) -> Finding | None:
        """What was found last up to here; the findings stand in the order of their positions."""
        before = (found for found in reversed(self.findings) if found.position <= self.position)
        return next(before, None)

    @property
    def standstill(self) -> Standstill | None:
        """Why the run stands still here with wrong samples; None where it does not."""
        standstill = None if self._finding is None else self._finding.standstill
        if standstill is None or self.accuracy == 1.0 or not standstill.lasts(self.loss):
            return None
        return standstill

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
        """R² of the predictions; see `engine.scores.r_squared`."""
        return r_squared(self.predictions, self.Y)

    @property
    def can_follow_gradient(self) -> bool:
        """Whether the gradient takes no longer than a frame may."""
        return can_follow_gradient(self.recipe.sizes, len(self.X))

    def layers(self) -> tuple[list[Array], list[Array]]:
        """Return the weights and the biases of each layer."""
        return layer_views(self.parameters, self.recipe.sizes)

    def linear_map(self) -> tuple[Array, float] | None:
        """Return w (2,) and b of the one linear map that the network is up to its output unit.

        None where a hidden activation or a feature bends it, and with a unit per class, which has
        a map each. See `linear_product` for where its line lies.
        """
        recipe = self.recipe
        if recipe.features == PLANE and is_linear(recipe.activations) and recipe.outputs == 1:
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
        return self.forward_at(x1, x2).activations

    def forward_at(self, x1: float, x2: float) -> ForwardPass:
        """Compute weighted sums and activations at one point, in float64: per layer (units,)."""
        network = network_of(plan_of(self.recipe), self.parameters, np.float64)
        with np.errstate(all="ignore"):
            inputs = features_of(np.array([[x1, x2]]), self.recipe.features)
            activations, sums = network.forward(inputs)
        return ForwardPass([A[0] for A in activations], [Z[0] for Z in sums])


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
