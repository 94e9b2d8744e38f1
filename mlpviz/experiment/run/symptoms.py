"""What keeps a network from learning while every number is finite.

Told from the losses so far and from the present activations, and only of a network that does not
get all samples right. Each rule asks for more than a run that is on its way shows: a false alarm
would teach what is not so. The measure is the loss of guessing, that is of the best constant
answer: ln 2 where both classes are equally many, ln K of K classes, and for regression the variance
of Y.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.activations import SOFTMAX
from mlpviz.engine.losses import one_hot
from mlpviz.engine.network import is_linear
from mlpviz.engine.training import Training
from mlpviz.experiment.run.history import LossCurve

# Epochs before which nothing is said. Measured over 20 seeds of each of 60 kinds of run:
GROWTH_EPOCHS = 20  # the first steps may lead far up, and the next ones down again
OSCILLATION_EPOCHS = 250  # up to some 200 a run may look so, and learn all the same
SATURATION_EPOCHS = OSCILLATION_EPOCHS  # which is its cause, and comes first
STANDSTILL_EPOCHS = 1000
PLATEAU_EPOCHS = 5000  # at learning rate 0.1 some leave it only after 4000
MIN_BUCKETS = 8  # of the loss curve, to tell how it goes

# Shares of the loss of guessing, if nothing else is said.
GROWTH = 4.0  # also of the first loss
RISE = 0.1  # a rise of the loss that counts
WORTHLESS = 0.8
NEAR = 1e-3  # also of the loss itself, for one that does not move
RISING_SHARE = 0.2  # of the buckets
OUTPUT_SPREAD = 0.05  # below it all outputs are alike
DEAD_SHARE = 0.5  # of the units of a layer, where nothing moves any more
LINE_SHARE = 0.05  # of the variance of Y
SATURATED = 1e-3  # from an end of the activation's range
RANGES = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), SOFTMAX: (0.0, 1.0)}


class Kind(Enum):
    """What keeps the network from learning."""

    DEAD_UNITS = "ReLU units give 0 on every sample"
    GROWTH = "the loss grows"
    OSCILLATION = "the loss goes up and down"
    ONE_LINE = "the network is one linear map, and no line helps"
    SATURATION = "a layer is saturated on every sample"
    PLATEAU = "the loss is that of guessing"


class StuckUnits(NamedTuple):
    """Units of one layer whose slope is 0, or nearly so, on every sample."""

    layer: int  # counted from 1; the last is the output
    units: tuple[int, ...]  # counted from 0
    layer_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """What keeps a network from learning, and the figures that show it.

    Parameters
    ----------
    kind : what it is
    epoch, loss : of the state at which it was noticed
    first_loss : where the run began, or where its learning rate was last changed
    guess, guess_loss : the best constant answer, which is the mean of Y (the share of class 1, with
        a unit per class that of the most frequent one), and its loss
    stuck : the dead or saturated units
    is_from_start : whether these were so before the first epoch already
    """

    kind: Kind
    epoch: int
    loss: float
    first_loss: float
    guess: float
    guess_loss: float
    stuck: StuckUnits | None = None
    is_from_start: bool = False

    def is_same(self, other: "Symptom") -> bool:
        """Tell whether only the figures differ."""
        return self.kind is other.kind and self.stuck == other.stuck


class State(NamedTuple):
    """A state of a training to look at: the present one, or one that it has passed.

    Parameters
    ----------
    training : which may have gone on; asked for its data, and for what its network is made of
    epoch, loss : of that state
    predictions, hidden_activations : likewise, of every sample, as of `Training`
    parameters : likewise, (n,)
    """

    training: Training
    epoch: int
    loss: float
    predictions: Array
    hidden_activations: list[Array]
    parameters: Array


def state_of(training: Training) -> State:
    """Return the present state of a training; later epochs overwrite its arrays."""
    arrays = (training.predictions, training.hidden_activations, training.network.parameters)
    return State(training, training.epoch, training.loss, *arrays)


class Guess(NamedTuple):
    """The best constant answer and its loss; see `Symptom`."""

    answer: float
    loss: float


def find_symptom(
    state: State, guess: Guess | None, curve: LossCurve, since: int = 0
) -> Symptom | None:
    """Say what keeps a training from learning; None where nothing does.

    Parameters
    ----------
    state : to look at: loss and parameters finite, not all samples right
    guess : of `guess_of`
    curve : its losses up to that state, all finite
    since : the epoch at which the learning rate was last changed
    """
    if state.epoch == 0 or guess is None:
        return None
    course = _course(curve, state.epoch, since, guess.loss)
    found = _look(state, course)
    if found is None:
        return None
    kind, stuck = found
    return Symptom(
        kind=kind,
        epoch=state.epoch,
        loss=state.loss,
        first_loss=course.first_loss,
        guess=guess.answer,
        guess_loss=guess.loss,
        stuck=stuck,
    )


def guess_of(training: Training) -> Guess | None:
    """Return the best constant answer; None where all targets are alike: nothing is to be learned.

    It is of the data alone, whatever the state.
    """
    if np.ptp(training.Y) == 0.0:
        return None
    answer = float(training.Y.mean())
    if training.is_regression:
        return Guess(answer, float(training.Y.var()))
    if training.outputs == 1:
        return Guess(answer, guess_loss(answer, training.loss_name))
    shares = one_hot(training.Y[:, 0], training.outputs).mean(axis=1).tolist()
    return Guess(max(shares), class_guess_loss(shares, training.loss_name))


def can_have_symptom(state: State, guess: Guess | None, epochs: int) -> bool:
    """Tell at once whether there is anything to look for in the course of the loss.

    Nearly all that `find_symptom` finds shows in a loss that is not much below that of guessing.

    Parameters
    ----------
    guess : of `guess_of`
    epochs : since the run was last changed
    """
    if guess is None:
        return False
    names, loss = state.training.network.activations, state.loss
    if epochs >= GROWTH_EPOCHS and loss > WORTHLESS * guess.loss:
        # Before, a loss that grows and a useless line alone can be told.
        if epochs >= OSCILLATION_EPOCHS or loss > GROWTH * guess.loss:
            return True
        if is_linear(names):
            return True
    share = 1.0 if epochs < STANDSTILL_EPOCHS else DEAD_SHARE
    return "relu" in names and stuck_units(state, Kind.DEAD_UNITS, share) is not None


def guess_loss(guess: float, loss: str) -> float:
    """Return the loss of always answering p = `guess`, the share of class 1.

    Cross-entropy: -(p log p + (1 - p) log(1 - p)). Squared error: p (1 - p).
    """
    if loss != "cross_entropy":
        return guess * (1.0 - guess)
    return -sum(p * math.log(p) for p in (guess, 1.0 - guess) if p > 0.0)


def class_guess_loss(shares: Sequence[float], loss: str) -> float:
    """Return the loss of always answering the shares p of all classes.

    Cross-entropy: -Σ p log p. Squared error: Σ p (1 - p).
    """
    if loss != "cross_entropy":
        return sum(p * (1.0 - p) for p in shares)
    return -sum(p * math.log(p) for p in shares if p > 0.0)


def line_share(X: Array, Y: Array) -> float:
    """Return how much of the variance of Y the best linear map of X explains, from 0 to 1.

        R² = cᵀ S⁻¹ c / var Y,   c = cov(X, Y),   S = cov(X)

    Where it is 0, so is c, and with it the gradient at w = 0 of any loss of w · x + b: since both
    losses are convex there, no linear map does better than a constant.

    Parameters
    ----------
    X, Y : (samples, inputs) and (samples, 1); not all of Y alike
    """
    x, y = X - X.mean(axis=0), Y[:, 0] - Y.mean()
    w = np.linalg.lstsq(x, y)[0]
    return float(y @ (x @ w) / (y @ y))


def stuck_units(state: State, kind: Kind, share: float) -> StuckUnits | None:
    """Find the first layer of which at least a share of the units is dead, or saturated."""
    return first_stuck(stuck_masks(state, kind), share)


def first_stuck(masks: Iterable[tuple[int, NDArray[np.bool]]], share: float) -> StuckUnits | None:
    """Find the first of some layers of which at least a share of the units is stuck.

    Parameters
    ----------
    masks : of `stuck_masks`
    """
    for layer, is_stuck in masks:
        units = np.flatnonzero(is_stuck)
        if len(units) >= share * len(is_stuck):
            return StuckUnits(layer, tuple(units.tolist()), len(is_stuck))
    return None


def stuck_masks(state: State, kind: Kind) -> Iterator[tuple[int, NDArray[np.bool]]]:
    """Tell of each unit whether it is dead, or saturated, on every sample.

    With cross-entropy the output is left out: its saturation does not weaken dZ.

    Yields
    ------
    The number of a layer whose units can be stuck in this way, and (units,) of it.
    """
    names = state.training.network.activations
    layers = state.hidden_activations
    if state.training.loss_name != "cross_entropy":
        layers = [*layers, np.atleast_2d(state.predictions)]
    for layer, (A, name) in enumerate(zip(layers, names, strict=False), 1):
        if kind is Kind.DEAD_UNITS and name == "relu":
            yield layer, A.max(axis=1) <= 0.0
        elif kind is Kind.SATURATION and name in RANGES:
            low, high = RANGES[name]
            yield layer, np.minimum(A - low, high - A).max(axis=1) <= SATURATED


@dataclass(frozen=True, slots=True)
class _Course:
    """How the loss went since the learning rate was last changed.

    Parameters
    ----------
    epochs : since then
    first_loss : there
    guess_loss : what it is measured by
    low, high : least and greatest loss of each bucket of the second half
    least, greatest : of these
    """

    epochs: int
    first_loss: float
    guess_loss: float
    low: Array
    high: Array
    least: float
    greatest: float

    def grows(self) -> bool:
        """Tell whether the loss has got far above where it began, and above guessing."""
        bound = GROWTH * max(self.first_loss, self.guess_loss)
        return self.epochs >= GROWTH_EPOCHS and self._is_long() and self.least > bound

    def oscillates(self) -> bool:
        """Tell whether the loss rises again and again, and is never much below guessing.

        Along the gradient small enough steps lead down: these are too large.
        """
        if self.epochs < OSCILLATION_EPOCHS or not self._is_long() or not self.is_worthless():
            return False
        # From the least loss of a bucket to the greatest of the next it rose at least so far.
        rises = self.high[1:] - self.low[:-1]
        count = int(np.count_nonzero(rises > RISE * self.guess_loss))
        return count > RISING_SHARE * len(rises)

    def is_worthless(self) -> bool:
        """Tell whether the network was never much better than guessing."""
        return self.least > WORTHLESS * self.guess_loss

    def is_flat(self) -> bool:
        """Tell whether the loss does not move any more."""
        return self.greatest - self.least <= NEAR * self.least

    def _is_long(self) -> bool:
        return len(self.low) >= MIN_BUCKETS


def _course(curve: LossCurve, epoch: int, since: int, guess_loss: float) -> _Course:
    first = min(-(-since // curve.stride), len(curve.low) - 1)
    half = (first + len(curve.low)) // 2
    low, high = curve.low[half:], curve.high[half:]
    least, greatest = float(low.min()), float(high.max())
    first_loss = float(curve.high[first])
    return _Course(epoch - since, first_loss, guess_loss, low, high, least, greatest)


def _look(state: State, course: _Course) -> tuple[Kind, StuckUnits | None] | None:
    """Go through the kinds, those first that cause others."""
    # Nothing passes a dead layer, forward or backward: it is certain at once, and for ever.
    if dead := stuck_units(state, Kind.DEAD_UNITS, 1.0):
        return Kind.DEAD_UNITS, dead
    if course.grows():
        return Kind.GROWTH, None
    if course.oscillates():
        return Kind.OSCILLATION, None
    is_guessing = _is_guessing(state, course.guess_loss)
    if is_guessing and course.epochs >= GROWTH_EPOCHS and _is_useless_line(state.training):
        return Kind.ONE_LINE, None
    is_worthless = course.epochs >= SATURATION_EPOCHS and course.is_worthless()
    if is_worthless and (saturated := stuck_units(state, Kind.SATURATION, 1.0)):
        return Kind.SATURATION, saturated
    if course.epochs < STANDSTILL_EPOCHS or not course.is_flat():
        return None
    if dead := stuck_units(state, Kind.DEAD_UNITS, DEAD_SHARE):
        return Kind.DEAD_UNITS, dead
    return (Kind.PLATEAU, None) if is_guessing and course.epochs >= PLATEAU_EPOCHS else None


def _is_guessing(state: State, guess_loss: float) -> bool:
    """Tell whether all outputs are nearly alike, and the loss that of the best constant."""
    if abs(state.loss - guess_loss) > NEAR * guess_loss:
        return False
    outputs = np.atleast_2d(state.predictions)
    return float(np.ptp(outputs, axis=1).max()) < OUTPUT_SPREAD


def _is_useless_line(training: Training) -> bool:
    if not is_linear(training.network.activations):
        return False
    Y = training.Y if training.outputs == 1 else one_hot(training.Y[:, 0], training.outputs).T
    columns = [y[:, np.newaxis] for y in Y.T if np.ptp(y) > 0.0]
    return all(line_share(training.X, column) < LINE_SHARE for column in columns)
