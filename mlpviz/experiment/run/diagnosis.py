"""Why loss or weights stopped being finite: the facts of the first bad epoch.

Nothing is guessed from settings. The state of that epoch is computed again, and the first number
that is not finite is looked for in the order in which an epoch computes them, in the very arrays
with which it trains (see `engine.stages`):

    loss      of each sample of a state, then their mean
    forward   Z of each layer, from the first to the output, for the samples of a step
    backward  dZ, dW and db of each layer, from the output to the first
    update    the optimizer's step (plain: learning rate · gradient), then the parameters

What goes wrong while every number is finite is told by `symptoms`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.losses import one_hot
from mlpviz.engine.network import layer_views
from mlpviz.engine.stages import ALL_LAYERS, Stage, StageName
from mlpviz.engine.training import Training


class Quantity(Enum):
    """What it was that first was not finite."""

    WEIGHTED_SUM = "weighted sum"
    DIFFERENCE = "difference of two z"  # as softmax and its loss take it
    SAMPLE_LOSS = "loss of a sample"
    MEAN_LOSS = "sum of the losses"
    SLOPE = "slope of the loss"  # dZ
    GRADIENT = "gradient"
    STEP = "step"  # of the optimizer
    PARAMETER = "weight or bias"


class Mechanism(Enum):
    """What the arithmetic met there."""

    LOG_OF_NEGATIVE = "log of a negative number"
    ZERO_TIMES_LOG_ZERO = "0 · log 0"
    LOG_OF_ZERO = "log 0"
    DIVISION_BY_ZERO = "division by 0"
    OVERFLOW = "overflow"


class Outside(NamedTuple):
    """An output of which cross-entropy takes the logarithm of a negative number.

    Parameters
    ----------
    sample : the first that has one
    output : below 0, or with one output unit above 1
    unit : with a unit per class the first such, counted from 0; else None
    """

    sample: int
    output: float
    unit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Divergence:
    """The first state that was not finite, and the first number that made it so.

    Parameters
    ----------
    epoch, loss : of that state
    weights_are_finite : whether the loss broke while they still were
    quantity, mechanism : what the number was, and how it came about
    layer : where, counted from 1; the last is the output
    sample : of which sample, or None for what belongs to all of them
    operand : what the logarithm or the square was taken of; of other quantities the value itself
    output, target : of that sample where its loss or its slope broke, else NaN; with a unit per
        class, of the unit that broke, the target being 1 where the class is its own
    unit : that unit, counted from 0; None with one output unit, or of other quantities
    largest_weight : the greatest size of a parameter when the number was computed
    outside : of a loss that met a logarithm, the first output that is none of a probability; None
        where all are
    """

    epoch: int
    loss: float
    weights_are_finite: bool
    quantity: Quantity
    mechanism: Mechanism
    layer: int
    sample: int | None
    operand: float
    output: float
    target: float
    largest_weight: float
    unit: int | None = None
    outside: Outside | None = None

    @property
    def last_finite_epoch(self) -> int | None:
        """The last state with a finite loss and finite parameters; None where there was none."""
        return self.epoch - 1 if self.epoch > 0 else None


class _Found(NamedTuple):
    quantity: Quantity
    layer: int
    sample: int | None
    operand: float
    mechanism: Mechanism = Mechanism.OVERFLOW
    output: float = math.nan
    target: float = math.nan
    unit: int | None = None


# The stages of a step that are looked at, and what they are called here.
_LOOKED_AT: dict[StageName, Quantity] = {
    "A": Quantity.WEIGHTED_SUM,
    "dZ": Quantity.SLOPE,
    "gradient": Quantity.GRADIENT,
    "step": Quantity.STEP,
    "after": Quantity.PARAMETER,
}


@np.errstate(all="ignore")
def explain_loss(training: Training) -> Divergence:
    """Look at a training at its first state without a finite loss; its parameters are finite."""
    losses = training.sample_losses()
    # What made the mean NaN is a sample that is NaN; an infinite one alone would make it infinite.
    bad = np.isnan(losses) if np.isnan(losses).any() else ~np.isfinite(losses)
    if not bad.any():  # every sample has a finite loss, and only their sum has not
        layer = len(training.network.activations)
        return _divergence(training, _Found(Quantity.MEAN_LOSS, layer, None, training.loss))
    sample = int(np.argmax(bad))
    found = _bad_sum(training, sample) or _bad_sample_loss(training, sample)
    facts = _divergence(training, found)
    is_of_loss = found.quantity is Quantity.SAMPLE_LOSS
    is_logarithm = is_of_loss and training.loss_name == "cross_entropy"
    return replace(facts, outside=_first_outside(training) if is_logarithm else None)


@np.errstate(all="ignore")
def explain_weights(training: Training) -> Divergence:
    """Look at a training at its last state with finite parameters, and train it one epoch on.

    Raises
    ------
    ValueError
        for a training whose parameters are finite after that epoch, too.
    """
    search = _Search(training)
    training.take_apart(search.look)
    if search.found is None:
        raise ValueError("training must lose its finite parameters in its next epoch.")
    facts = replace(_divergence(training, search.found), largest_weight=search.largest_weight)
    training.run_epoch()
    return replace(facts, epoch=training.epoch, loss=training.loss, weights_are_finite=False)


def _divergence(training: Training, found: _Found) -> Divergence:
    return Divergence(
        epoch=training.epoch,
        loss=training.loss,
        weights_are_finite=True,
        quantity=found.quantity,
        mechanism=found.mechanism,
        layer=found.layer,
        sample=found.sample,
        operand=found.operand,
        output=found.output,
        target=found.target,
        largest_weight=float(np.abs(training.network.parameters).max()),
        unit=found.unit,
    )


def _bad_sum(training: Training, sample: int) -> _Found | None:
    """Find the first layer whose weighted sum is not finite for a sample."""
    layers = [A[:, sample] for A in training.hidden_activations]
    layers.append(np.atleast_1d(training.logits[..., sample]))
    for layer, values in enumerate(layers, 1):
        bad = ~np.isfinite(values)
        if bad.any():
            value = float(values[np.argmax(bad)])
            return _Found(Quantity.WEIGHTED_SUM, layer, sample, value)
    return None


def _bad_sample_loss(training: Training, sample: int) -> _Found:
    """Say what the loss of a sample met, whose outputs and target are finite."""
    layer = len(training.network.activations)
    if training.is_stable_softmax:  # the loss is no logarithm of an output, but computed from Z
        Z = training.logits[:, sample]
        difference = float(Z.max() - Z[int(training.Y[sample, 0])])
        return _Found(Quantity.DIFFERENCE, layer, sample, difference)
    unit = _bad_unit(training, sample)
    output, target = _of_unit(training, training.predictions[..., sample], sample, unit)
    mechanism, operand = Mechanism.OVERFLOW, output - target
    if training.loss_name == "cross_entropy":
        has_two_logarithms = unit is None
        mechanism, operand = _logarithm(output, target, has_two=has_two_logarithms)
    return _Found(Quantity.SAMPLE_LOSS, layer, sample, operand, mechanism, output, target, unit)


def _bad_unit(training: Training, sample: int) -> int | None:
    """Find the unit whose part of a sample's loss is not finite; None with one output unit."""
    if training.outputs == 1:
        return None
    A, Y = training.predictions[:, sample], one_hot(training.Y[sample], training.outputs)[:, 0]
    parts = Y * np.log(A) if training.loss_name == "cross_entropy" else (A - Y) ** 2
    # As of samples: what made the sum NaN is a part that is NaN, not one that is infinite.
    bad = np.isnan(parts) if np.isnan(parts).any() else ~np.isfinite(parts)
    return int(np.argmax(bad))


def _of_unit(
    training: Training, outputs: Array, sample: int, unit: int | None
) -> tuple[float, float]:
    """Return output and target of the one output unit, or of one of those per class."""
    target = float(training.Y[sample, 0])
    if unit is None:
        return float(outputs), target
    return float(outputs[unit]), float(target == unit)


def _logarithm(output: float, target: float, *, has_two: bool) -> tuple[Mechanism, float]:
    """Return which logarithm of a loss is not finite, and its argument.

    Of Y log A + (1 - Y) log(1 - A) both are taken, whichever the target is; with a unit per class
    it is Y log A of each.
    """
    argument = output if output <= 0.0 or not has_two else 1.0 - output
    if argument < 0.0:
        return Mechanism.LOG_OF_NEGATIVE, argument
    if argument > 0.0:
        return Mechanism.OVERFLOW, output
    # Saturated on the right side, the factor of this logarithm is 0.
    is_right = output == target
    return (Mechanism.ZERO_TIMES_LOG_ZERO if is_right else Mechanism.LOG_OF_ZERO), argument


def _first_outside(training: Training) -> Outside | None:
    """Find the first sample with an output of which no logarithm is taken."""
    A = training.predictions
    is_outside = (A < 0.0) | (A > 1.0) if training.outputs == 1 else A < 0.0
    samples = np.flatnonzero(np.atleast_2d(is_outside).any(axis=0))
    if len(samples) == 0:
        return None
    sample = int(samples[0])
    if training.outputs == 1:
        return Outside(sample, float(A[sample]), None)
    unit = int(np.argmax(is_outside[:, sample]))
    return Outside(sample, float(A[unit, sample]), unit)


class _Search:
    """Looks for the first number of an epoch that is not finite.

    Attributes
    ----------
    found : that number; None as long as all were finite
    largest_weight : the greatest size of a parameter before that step
    """

    def __init__(self, training: Training) -> None:
        self.found: _Found | None = None
        self.largest_weight = math.nan
        self._training = training
        self._batches = iter(training.batches())
        self._samples: NDArray[np.intp] = np.arange(0)
        self._outputs: Array = np.empty((0, 0))  # of the step, (outputs, samples)

    def look(self, stage: Stage) -> bool:
        """Look at a stage of a step, and tell whether something was found."""
        if stage.name == "before":
            self._samples = next(self._batches)
            self.largest_weight = float(np.abs(stage.array).max())
        elif stage.name == "A":
            self._outputs = stage.array
        if stage.name not in _LOOKED_AT or stage.layer == 0 or np.isfinite(stage.array).all():
            return False
        quantity, layer, values = _LOOKED_AT[stage.name], stage.layer, stage.array
        if quantity in (Quantity.WEIGHTED_SUM, Quantity.SLOPE):
            row, unit = _first_bad(values.T)
            found = _Found(quantity, layer, int(self._samples[row]), float(values[unit, row]))
            self.found = self._with_division(found, self._outputs[:, row])
            return True
        if layer == ALL_LAYERS:
            layer, values = _first_bad_layer(values, self._training.network.sizes)
        self.found = _Found(quantity, layer, None, float(values[_first_bad(values)]))
        return True

    def _with_division(self, found: _Found, outputs: Array) -> _Found:
        """Say where an output of exactly 0 or 1 made its slope divide by 0, in Y/A or (1-Y)/(1-A).

        Parameters
        ----------
        outputs : for the sample, (outputs,); of no account but for the slope of the output
        """
        training, sample = self._training, found.sample
        is_output = found.layer == len(training.network.activations)
        if found.quantity is not Quantity.SLOPE or sample is None or not is_output:
            return found
        unit = None
        if training.outputs > 1:
            is_zero = outputs == 0.0
            unit = int(np.argmax(is_zero)) if is_zero.any() else int(training.Y[sample, 0])
        shown = outputs[0] if unit is None else outputs
        output, target = _of_unit(training, shown, sample, unit)
        dividers = (0.0, 1.0) if unit is None else (0.0,)
        is_division = training.loss_name == "cross_entropy" and output in dividers
        mechanism = Mechanism.DIVISION_BY_ZERO if is_division else found.mechanism
        return found._replace(mechanism=mechanism, output=output, target=target, unit=unit)


def _first_bad(values: Array) -> tuple[int, int]:
    """Return row and column of the first number that is not finite, row by row."""
    row, column = np.argwhere(~np.isfinite(values))[0].tolist()
    return row, column


def _first_bad_layer(vector: Array, sizes: Sequence[int]) -> tuple[int, Array]:
    """Return the first layer, from 1, with a number that is not finite, and its [W; b].

    Parameters
    ----------
    vector : like that of the parameters, with such a number
    """
    blocks = (np.vstack([W, b]) for W, b in zip(*layer_views(vector, sizes), strict=True))
    return next((n, block) for n, block in enumerate(blocks, 1) if not np.isfinite(block).all())
