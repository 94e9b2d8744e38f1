"""Why loss or weights stopped being finite: the facts of the first bad epoch.

Nothing is guessed from settings. The state of that epoch is computed again, and the first number
that is not finite is looked for in the order in which an epoch computes them:

    loss      of each sample of a state, then their mean
    forward   Z of each layer, from the first to the output, for the samples of a step
    backward  dZ, dW and db of each layer, from the output to the first
    update    the optimizer's step (plain: learning rate · gradient), then the parameters

What goes wrong while every number is finite is told by `symptoms`.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.losses import one_hot
from mlpviz.engine.network import layer_views
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


class _Computed(NamedTuple):
    """Numbers of one layer; `samples` names their rows, if each is that of a sample."""

    quantity: Quantity
    layer: int
    values: Array
    samples: NDArray[np.intp] | None = None


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
    """Look at a training at its last state with finite parameters, and train it one epoch on."""
    epoch, before = training.epoch, training.state()
    steps = (_step(training, samples) for samples in training.batches())
    found = _first_bad(chain.from_iterable(steps))
    facts = None if found is None else _divergence(training, _with_division(training, found))
    training.restore(epoch, before)
    training.run_epoch()
    if facts is None:  # rounded otherwise than in the engine, it did not break: see where it did
        facts = _divergence(training, _bad_parameter(training))
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


def _step(training: Training, samples: NDArray[np.intp]) -> Iterator[_Computed]:
    """Take a step on some samples, in the words of `Network`, and show each number on the way."""
    network = training.network
    activations = network.forward(training.X[samples], training.heed).activations
    for layer, A in enumerate(activations[1:], 1):
        yield _Computed(Quantity.WEIGHTED_SUM, layer, A, samples)
    gradient = np.empty_like(network.parameters)
    dW, db = layer_views(gradient, network.sizes)
    for layer, dZ in _slopes(training, activations, samples):
        yield _Computed(Quantity.SLOPE, layer, dZ, samples)
        dW[layer - 1][:], db[layer - 1][:] = activations[layer - 1].T @ dZ, dZ.sum(axis=0)
        yield _Computed(Quantity.GRADIENT, layer, np.vstack([dW[layer - 1], db[layer - 1]]))
    stepper = training.stepper(gradient, len(samples))
    for call in stepper.step_calls:
        call()
    yield from _by_layer(Quantity.STEP, stepper.step, network.sizes)
    after = network.parameters - stepper.step
    yield from _by_layer(Quantity.PARAMETER, after, network.sizes)
    network.parameters[:] = after


def _by_layer(quantity: Quantity, vector: Array, sizes: Sequence[int]) -> Iterator[_Computed]:
    """Take a vector like that of the parameters apart, from the first layer to the output."""
    for layer, (W, b) in enumerate(zip(*layer_views(vector, sizes), strict=True), 1):
        yield _Computed(quantity, layer, np.vstack([W, b]))


def _slopes(
    training: Training, activations: list[Array], samples: NDArray[np.intp]
) -> Iterator[tuple[int, Array]]:
    """Compute dZ of each layer, from the output to the first."""
    network = training.network
    dZ = training.output_slopes(activations[-1], training.Y[samples])
    for layer in range(len(network.weights), 0, -1):
        yield layer, dZ
        training.heed()
        if layer > 1:
            slope = ACTIVATIONS[network.activations[layer - 2]].slope(activations[layer - 1])
            dZ = (dZ @ network.weights[layer - 1].T) * slope


def _first_bad(computed: Iterable[_Computed]) -> _Found | None:
    for quantity, layer, values, samples in computed:
        bad = ~np.isfinite(values)
        if bad.any():
            row, column = np.argwhere(bad)[0].tolist()
            sample = None if samples is None else int(samples[row])
            return _Found(quantity, layer, sample, float(values[row, column]))
    return None


def _with_division(training: Training, found: _Found) -> _Found:
    """Say where an output of exactly 0 or 1 made its slope divide by 0, in Y/A or (1-Y)/(1-A)."""
    is_output = found.layer == len(training.network.activations)
    if found.quantity is not Quantity.SLOPE or found.sample is None or not is_output:
        return found
    x = training.X[found.sample : found.sample + 1]
    outputs = training.network.forward(x).activations[-1][0]
    unit = None
    if training.outputs > 1:
        is_zero = outputs == 0.0
        unit = int(np.argmax(is_zero)) if is_zero.any() else int(training.Y[found.sample, 0])
    shown = outputs[0] if unit is None else outputs
    output, target = _of_unit(training, shown, found.sample, unit)
    dividers = (0.0, 1.0) if unit is None else (0.0,)
    is_division = training.loss_name == "cross_entropy" and output in dividers
    mechanism = Mechanism.DIVISION_BY_ZERO if is_division else found.mechanism
    return found._replace(mechanism=mechanism, output=output, target=target, unit=unit)


def _bad_parameter(training: Training) -> _Found:
    network = training.network
    found = _first_bad(_by_layer(Quantity.PARAMETER, network.parameters, network.sizes))
    if found is None:
        raise ValueError("training must lose its finite parameters in its next epoch.")
    return found
