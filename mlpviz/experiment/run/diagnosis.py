"""Why loss or weights stopped being finite: the facts of the first bad epoch.

Nothing is guessed from settings. The state of that epoch is computed again, and the first number
that is not finite is looked for in the order in which an epoch computes them, in the very arrays
with which it trains (see `engine.stages`):

    loss      of each sample of a state, then their mean
    forward   Z of each layer, from the first to the output, for the samples of a step
    backward  dZ, dW and db of each layer, from the output to the first
    update    what the optimizer is given, with the slope of a penalty, its step (plain: learning
              rate · gradient), then the parameters

What goes wrong while every number is finite is told by `symptoms`.
"""

import math
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.stages import ALL_LAYERS, Stage, StageName
from mlpviz.engine.training import Training
from mlpviz.experiment.run.bad_numbers import bad_unit, blamed, first_bad, of_unit
from mlpviz.experiment.run.places import Place, place_of


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


class Spot(NamedTuple):
    """Where the number is read in a step that is taken apart.

    Parameters
    ----------
    quantity : what it is
    sample : whose number it is; of what belongs to all samples one of the step, for a gradient the
        first whose share of it is not finite, if there is one
    place : the unit, and the weight into it that broke
    """

    quantity: Quantity
    sample: int
    place: Place


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
    spot : where a step shows that number. A loss that is of no step, since a state is judged after
        all batches, is read where the batches to come first meet a number that is not finite; None
        where they meet none
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
    spot: Spot | None = None

    @property
    def last_finite_epoch(self) -> int | None:
        """The last state with a finite loss and finite parameters; None where there was none."""
        return self.epoch - 1 if self.epoch > 0 else None


class _Found(NamedTuple):
    quantity: Quantity
    place: Place
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
    "penalty": Quantity.STEP,
    "g": Quantity.STEP,
    "step": Quantity.STEP,
    "after": Quantity.PARAMETER,
}
_LOSSES: dict[StageName, Quantity] = {
    "losses": Quantity.SAMPLE_LOSS,
    "loss": Quantity.MEAN_LOSS,
}


@np.errstate(all="ignore")
def explain_loss(training: Training) -> Divergence:
    """Look at a training at its first state without a finite loss; its parameters are finite."""
    found = _bad_loss(training)
    spot: Spot | None = _spot(found, 0)
    if training.steps_per_epoch > 1:  # none of which shows that state
        spot = _searched(training, has_losses=True).spot
    facts = replace(_divergence(training, found), spot=spot)
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
    search = _searched(training)
    if search.found is None:
        raise ValueError("training must lose its finite parameters in its next epoch.")
    facts = _divergence(training, search.found)
    facts = replace(facts, largest_weight=search.largest_weight, spot=search.spot)
    training.run_epoch()
    return replace(facts, epoch=training.epoch, loss=training.loss, weights_are_finite=False)


def _divergence(training: Training, found: _Found) -> Divergence:
    return Divergence(
        epoch=training.epoch,
        loss=training.loss,
        weights_are_finite=True,
        quantity=found.quantity,
        mechanism=found.mechanism,
        layer=found.place.layer,
        sample=found.sample,
        operand=found.operand,
        output=found.output,
        target=found.target,
        largest_weight=float(np.abs(training.network.parameters).max()),
        unit=found.unit,
    )


def _spot(found: _Found, sample: int) -> Spot:
    """Return where a number is read; of what belongs to all samples with a given one."""
    return Spot(found.quantity, sample if found.sample is None else found.sample, found.place)


def _bad_loss(training: Training) -> _Found:
    """Find the first number that is not finite on the way to the loss of a state."""
    losses = training.sample_losses()
    if np.isfinite(losses).all():  # only their sum is not
        place = Place(len(training.network.activations), 0)
        return _Found(Quantity.MEAN_LOSS, place, None, training.loss)
    found = _bad_sum(training, losses)
    return found or _bad_sample_loss(training, int(np.argmax(blamed(losses))))


def _bad_sum(training: Training, losses: Array) -> _Found | None:
    """Find the first layer whose weighted sum is not finite for a sample."""
    layers = [*training.hidden_activations, _sums_of_bad(training.logits, losses)]
    for layer, values in enumerate(layers, 1):
        if not np.isfinite(values).all():
            sample, unit = first_bad(values.T)
            value = float(values[unit, sample])
            return _Found(Quantity.WEIGHTED_SUM, Place(layer, unit), sample, value)
    return None


def _sums_of_bad(Z: Array, losses: Array) -> Array:
    """Return Z of the output for the samples with a loss that is not finite, else 0.

    Others may have an infinite one that has done no harm.
    """
    return np.where(np.isfinite(losses), 0.0, np.atleast_2d(Z))


def _bad_sample_loss(training: Training, sample: int) -> _Found:
    """Say what the loss of a sample met, whose outputs and target are finite."""
    layer = len(training.network.activations)
    if training.is_stable_softmax:  # the loss is no logarithm of an output, but computed from Z
        Z = training.logits[:, sample]
        difference = float(Z.max() - Z[int(training.Y[sample, 0])])
        return _Found(Quantity.DIFFERENCE, Place(layer, 0), sample, difference)
    outputs = training.predictions[..., sample]
    unit = bad_unit(training, outputs, sample)
    output, target = of_unit(training, outputs, sample, unit)
    mechanism, operand = Mechanism.OVERFLOW, output - target
    if training.loss_name == "cross_entropy":
        has_two_logarithms = unit is None
        mechanism, operand = _logarithm(output, target, has_two=has_two_logarithms)
    place = Place(layer, unit or 0)
    return _Found(Quantity.SAMPLE_LOSS, place, sample, operand, mechanism, output, target, unit)


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


def _searched(training: Training, *, has_losses: bool = False) -> "_Search":
    """Look through the epoch to come, from the state in which a training is."""
    search = _Search(training, has_losses=has_losses)
    training.take_apart(search.look)
    return search


class _Search:
    """Looks for the first number of an epoch that is not finite.

    Parameters
    ----------
    has_losses : whether the losses of its steps are looked at, too, without which they train

    Attributes
    ----------
    found, spot : that number, and where its step shows it; None as long as all were finite
    largest_weight : the greatest size of a parameter before that step
    """

    def __init__(self, training: Training, *, has_losses: bool) -> None:
        self.found: _Found | None = None
        self.spot: Spot | None = None
        self.largest_weight = math.nan
        self._training, self._last = training, len(training.network.activations)
        self._looked_at = _LOOKED_AT | _LOSSES if has_losses else _LOOKED_AT
        self._batches = iter(training.batches())
        self._samples: NDArray[np.intp] = np.arange(0)
        self._seen: dict[tuple[StageName, int], Array] = {}  # of the step

    def look(self, stage: Stage) -> bool:
        """Look at a stage of a step, and tell whether something was found."""
        name, layer, values = stage.name, stage.layer, stage.numbers
        self._seen[name, layer] = values
        if name == "before":
            self._samples = next(self._batches)
            self.largest_weight = float(np.abs(values).max())
        if name not in self._looked_at or layer == 0 or np.isfinite(values).all():
            return False
        quantity, row = self._looked_at[name], 0
        if quantity in (Quantity.WEIGHTED_SUM, Quantity.SLOPE):
            self.found = self._of_sample(quantity, layer, values)
        elif quantity is Quantity.SAMPLE_LOSS:
            self.found = self._of_loss(values)
        elif quantity is Quantity.GRADIENT:
            source, unit = first_bad(values)
            row = self._first_share(layer, source, unit)
            is_bias = source == self._training.network.sizes[layer - 1]
            place = Place(layer, unit, None if is_bias else source)
            self.found = _Found(quantity, place, None, float(values[source, unit]))
        elif layer == ALL_LAYERS:
            position = int(np.argmin(np.isfinite(values)))
            place = place_of(position, self._training.network.sizes)
            self.found = _Found(quantity, place, None, float(values[position]))
        else:
            self.found = _Found(quantity, Place(layer, 0), None, float(values))
        self.spot = _spot(self.found, int(self._samples[row]))
        return True

    def _of_sample(self, quantity: Quantity, layer: int, values: Array) -> _Found:
        """Return the first of the numbers of units and samples."""
        row, unit = first_bad(values.T)
        value, sample = float(values[unit, row]), int(self._samples[row])
        if layer < self._last:
            return _Found(quantity, Place(layer, unit), sample, value)
        given = self._seen["dA" if quantity is Quantity.SLOPE else "Z", layer][:, row]
        if not np.isfinite(given).all():  # with softmax what one unit is given breaks all of them
            unit = int(np.argmin(np.isfinite(given)))
            value = float(given[unit])
        found = _Found(quantity, Place(layer, unit), sample, value)
        if quantity is not Quantity.SLOPE:
            return found
        return self._with_division(found, sample, self._seen["A", layer][:, row])

    def _of_loss(self, losses: Array) -> _Found:
        """Return the first loss of a sample, or the sum from which such a loss is computed."""
        last, row = self._last, int(np.argmax(blamed(losses)))
        sums = _sums_of_bad(self._seen["Z", last], losses)
        if not np.isfinite(sums).all():
            return self._of_sample(Quantity.WEIGHTED_SUM, last, sums)
        sample = int(self._samples[row])
        unit = bad_unit(self._training, self._seen["A", last][:, row], sample)
        return _Found(Quantity.SAMPLE_LOSS, Place(last, unit or 0), sample, float(losses[row]))

    def _first_share(self, layer: int, source: int, unit: int) -> int:
        """Return the first row whose part of a gradient is not finite, or 0: only their sum is."""
        share = self._seen["dZ", layer][unit]
        given = self._seen["A", layer - 1]
        if source < len(given):
            share = share * given[source]
        return int(np.argmin(np.isfinite(share)))

    def _with_division(self, found: _Found, sample: int, outputs: Array) -> _Found:
        """Say where an output of exactly 0 or 1 made its slope divide by 0, in Y/A or (1-Y)/(1-A).

        Parameters
        ----------
        outputs : for the sample, (outputs,)
        """
        training, unit = self._training, None
        if training.outputs > 1:
            is_zero = outputs == 0.0
            unit = int(np.argmax(is_zero)) if is_zero.any() else int(training.Y[sample, 0])
        shown = outputs[0] if unit is None else outputs
        output, target = of_unit(training, shown, sample, unit)
        dividers = (0.0, 1.0) if unit is None else (0.0,)
        is_division = training.loss_name == "cross_entropy" and output in dividers
        mechanism = Mechanism.DIVISION_BY_ZERO if is_division else found.mechanism
        return found._replace(mechanism=mechanism, output=output, target=target, unit=unit)
