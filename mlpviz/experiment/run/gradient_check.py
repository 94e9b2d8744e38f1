"""Is the gradient of a step that of the loss? Each slope beside a difference of two losses.

A weight or a bias w is moved a little to either side, and the step's own samples are asked:

    (J(w + h) - J(w - h)) / 2h,   J = loss + penalty

J being the mean of the losses, or their sum where the gradient is that of the sum. It is computed
by the formulas of `Network` and not by the calls that train. The number differs from the slope by

    the bend of J     about a third of how far the same with 2h is from it
    rounding          what the last digits of the loss are, divided by h

and by no more than the bound made of both, unless there is a reason; see `Reason`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from mlpviz.engine.activations import OUTPUT_ACTIVATIONS
from mlpviz.engine.losses import difference
from mlpviz.engine.network import Network
from mlpviz.engine.steps import penalty_of
from mlpviz.experiment.run.trace import StepTrace

MOVE = 1e-5  # h, where the inputs of a layer are at most 1
LEAST_MOVE = 1e-9  # of the size of the parameter, so that moving it changes it
ROUNDING = 8.0  # units of rounding in each operation, on the safe side
ROUGH = 1e-3  # a bound of this share of the largest slope tells little
EPSILON = float(np.finfo(np.float64).eps)


class Reason(Enum):
    """Why a slope and its numeric value need not agree."""

    NOT_A_NUMBER = "not_a_number"  # one of the two is none, or infinite
    CONVENTION = "convention"  # ŷ - y of stable numerics is not the gradient with this output
    KINK = "kink"  # between w - 2h and w + 2h a slope jumps
    ROUGH = "rough"  # the loss has too few digits, or bends too much


@dataclass(frozen=True, slots=True)
class Check:
    """The slope of one parameter, checked.

    Parameters
    ----------
    index : of the parameter, in the order of `engine.network`
    slope : as the step has it: that of the loss, and of the penalty
    numeric : the difference of two losses, divided by that of the parameters
    bound : up to which the two may differ
    reason : why they may differ by more, or why to agree says little; None where there is none
    """

    index: int
    slope: float
    numeric: float
    bound: float
    reason: Reason | None

    @property
    def difference(self) -> float:
        """How far the slope and its numeric value are apart."""
        return abs(self.slope - self.numeric)

    @property
    def is_small(self) -> bool:
        """Whether the difference is as small as it should be."""
        return self.difference <= self.bound


@np.errstate(all="ignore")
def checked(trace: StepTrace, indices: Sequence[int] | None = None) -> list[Check]:
    """Check the slopes of a step.

    It takes four passes forward per parameter.

    Parameters
    ----------
    indices : of the parameters; None for all of them
    """
    objective = _Objective(trace)
    slopes = np.concatenate(
        [
            part.ravel()
            for layer in trace.layers
            for part in (layer.dW + layer.penalty.W, layer.db + layer.penalty.b)
        ]
    )
    indices = range(len(slopes)) if indices is None else indices
    largest = float(np.abs(slopes).max())
    return [_check(objective, index, float(slopes[index]), largest) for index in indices]


def relative_difference(checks: Sequence[Check]) -> float:
    """Return the largest difference, in parts of the largest slope; NaN where one is no number."""
    differences = np.array([check.difference for check in checks])
    sizes = np.abs([(check.slope, check.numeric) for check in checks])
    largest = float(differences.max())
    return largest / float(sizes.max()) if largest != 0.0 else 0.0


def _check(objective: "_Objective", index: int, slope: float, largest: float) -> Check:
    h = objective.move_of(index)
    numeric, is_smooth = objective.slope(index, h)
    coarse, is_smooth_around = objective.slope(index, 2.0 * h)
    bound = abs(coarse - numeric) + objective.rounding / h
    reason = None
    if not (math.isfinite(slope) and math.isfinite(coarse) and math.isfinite(numeric)):
        reason = Reason.NOT_A_NUMBER
    elif not objective.is_gradient:
        reason = Reason.CONVENTION
    elif not (is_smooth and is_smooth_around):
        reason = Reason.KINK
    elif not bound <= ROUGH * largest:
        reason = Reason.ROUGH
    return Check(index, slope, numeric, bound, reason)


class _Objective:
    """The loss and the penalty of a step's samples, with one parameter moved."""

    def __init__(self, trace: StepTrace) -> None:
        self._trace = trace
        self._network = Network(trace.sizes, trace.activations)
        self._start = np.concatenate(
            [part.ravel() for layer in trace.layers for part in (layer.W_before, layer.b_before)]
        )
        self._network.parameters[:] = self._start
        self._layers = np.repeat(
            np.arange(len(trace.layers)),
            [(i + 1) * o for i, o in zip(trace.sizes, trace.sizes[1:], strict=False)],
        )
        self._targets = trace.targets.T if trace.sizes[-1] > 1 else trace.targets[:, 0]
        self._factor = trace.scale * len(trace.samples)  # 1, or of the sum their number
        forward = self._network.forward(trace.X)
        self._before = forward.activations
        self._sides = [Z > 0.0 for Z in forward.sums]
        self.is_gradient = trace.pair.is_gradient
        self.rounding = self._rounding()

    def move_of(self, index: int) -> float:
        """Return how far a parameter is moved: less where its inputs are large."""
        inputs = np.abs(self._before[self._layers[index]])
        largest = max(1.0, float(inputs.max(initial=0.0)))
        return max(MOVE / largest, LEAST_MOVE * abs(float(self._start[index])))

    def slope(self, index: int, h: float) -> tuple[float, bool]:
        """Return the difference quotient of a parameter, and whether it met no kink."""
        w = float(self._start[index])
        (up, is_smooth_above), (down, is_smooth_below) = (
            self._value(index, moved) for moved in (w + h, w - h)
        )
        return (up - down) / ((w + h) - (w - h)), is_smooth_above and is_smooth_below

    def _value(self, index: int, moved: float) -> tuple[float, bool]:
        """Return J with one parameter moved, and whether every unit is on the side that it was."""
        trace, network, first = self._trace, self._network, int(self._layers[index])
        network.parameters[index] = moved
        A, is_smooth = self._before[first], self._has_no_kink(index, moved)
        for layer in range(first, len(trace.layers)):
            Z = A @ network.weights[layer] + network.biases[layer]
            function = OUTPUT_ACTIVATIONS[trace.activations[layer]]
            A = function.value(Z)
            if function.has_kink:
                is_smooth &= bool(np.array_equal(Z > 0.0, self._sides[layer]))
        Z, A = (part.T if trace.sizes[-1] > 1 else part[:, 0] for part in (Z, A))
        losses = trace.pair.value(Z, A, self._targets)
        penalty = penalty_of(trace.rule, network.parameters, trace.sizes)
        network.parameters[index] = self._start[index]
        return self._factor * float(losses.mean()) + penalty, is_smooth

    def _has_no_kink(self, index: int, moved: float) -> bool:
        """Tell whether the penalty has no kink on the way: |w| has one at 0."""
        w = float(self._start[index])
        return self._trace.rule.regularization != "l1" or w == 0.0 or w * moved > 0.0

    def _rounding(self) -> float:
        """Return about how many units the last digits of J are off.

        To each Z belongs the rounding of its sum, by which J is off as its slope dZ says.
        """
        trace, units = self._trace, np.abs(self._trace.losses)
        for number, layer in enumerate(trace.layers, 1):
            terms = np.abs(trace.inputs_of(number)) @ np.abs(layer.W_before)
            sizes = (terms + np.abs(layer.b_before)) * len(layer.W_before)
            units = units + (np.abs(layer.dZ) * sizes).sum(axis=1)
        if trace.pair.slope is not difference:  # the loss is made of A
            last = trace.layers[-1]
            units = units + np.abs(last.dA * last.A).sum(axis=1)
        total = self._factor * float(units.mean()) + abs(trace.penalty)
        return ROUNDING * EPSILON * total
