"""Whether a run stands still with samples that are still wrong, and why.

A loss hardly falls when it has fallen by less than `FALL` over the last tenth of the epochs,
counted from the last change of the run. A network on its way may do so for a while, and learn all
the same. So this is only said while nothing is trained, and the gradient g tells what it is:

    |g| ≤ G   a local minimum or a plateau. Such a gradient takes less than `FALL` off the loss in
              1000 epochs, a tenth of the usual 10 000, even with the usual learning rate of 1:

                  1 · G² · 1000 = FALL · loss,   G = √(FALL · loss / 1000)

    |g| ≤ G   and a loss like that of guessing may yet be the plateau of the start, which every run
              crosses: with steps so small that it cannot have been crossed, they are the cause.

    |g| > G   but neither do the run's own steps take that much off it in so many epochs, nor in a
              tenth of its own: they are small.

    |g| > G   and by their size the steps should lead down: they cross a valley to and fro. What
              counts is the gradient on the floor of the valley, found by Newton steps along g:

                  w ← w - (gᵀg / gᵀHg) g

Measured at epoch 10 000 over weight seeds 0 to 49, with G in brackets: in the local minimum of xor
at a loss of 0.16 |g| is 1.5e-4 to 1.9e-4 (1.3e-3), but 2e-2 to 4e-2 for seeds 4, 11 and 34, which
cross a valley, and on its floor 2e-4 to 3e-4; with one hidden unit 1.3e-3 to 1.5e-3 (2.3e-3); four
points and ReLU 9e-4 (1.9e-3); six layers 7e-6 to 2e-4 (2.6e-3). With steps that are small, at a
learning rate of 0.01 or less, it is 2.7e-3 to 9e-3 (2.6e-3). The plateaus that runs do leave have
a loss like that of guessing, and go on for up to 5000 epochs at a learning rate of 0.1, 1700 at 1.
"""

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np

from mlpviz.engine import Array, can_follow_gradient
from mlpviz.engine.scores import predicted_classes
from mlpviz.engine.training import Training
from mlpviz.experiment.run.history import LossCurve
from mlpviz.experiment.run.symptoms import (
    PLATEAU_EPOCHS,
    STANDSTILL_EPOCHS,
    WORTHLESS,
    Guess,
    State,
)

FALL = 0.01  # the share of the loss that counts as a fall
WINDOW = 10  # the last tenth of the epochs
USUAL_WINDOW = 1000  # epochs
SHORT_WAY = 100.0  # what epochs · learning rate must pass on the plateaus that runs do leave
PLATEAU_WAY = 2000.0  # and with this they are behind all of these: 1700 epochs at 1
VALLEY_STEPS = 2  # to the floor of a valley
PROBE = 1e-4  # how far along the gradient the next one is taken, to measure the curvature
RARE = 0.1  # the share of all other classes, where always answering one is a trap


class Cause(Enum):
    """What a standstill comes from."""

    STATIONARY = "stationary"
    SMALL_STEPS = "small_steps"
    ONE_ANSWER = "one_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """A run that hardly moves while samples are wrong, or has one answer to all of them.

    Parameters
    ----------
    cause : what it comes from
    epoch, loss : of the state at which it was found
    since : the epoch since which the loss has hardly fallen; None where it still falls, as it may
        with one answer
    answer, answer_share : the class that is the answer to every sample, and its share of them; -1
        and 0 where there are several answers
    """

    cause: Cause
    epoch: int
    loss: float
    since: int | None
    answer: int = -1
    answer_share: float = 0.0

    def lasts(self, loss: float) -> bool:
        """Tell whether a later state of this loss has not moved either."""
        return self.since is None or loss > (1.0 - FALL) * self.loss


def find_standstill(
    state: State,
    guess: Guess | None,
    curve: LossCurve,
    since: int = 0,
    last: Standstill | None = None,
) -> Standstill | None:
    """Say why a run stands still; None where it does not, or where that is not certain.

    Parameters
    ----------
    state : loss and parameters finite, not all samples right
    guess : of `symptoms.guess_of`
    curve : its losses up to that state, all finite
    since : the epoch of the last change of the run
    last : what was found before, since that change; a state that was stationary and has not moved
        since then is so still, and no gradient is computed again
    """
    epochs, training = state.epoch - since, state.training
    if guess is None or epochs < STANDSTILL_EPOCHS:
        return None
    start = _still_since(curve, state.epoch, since)
    answer, share = _one_answer(state)
    if share >= 1.0 - RARE:
        cause: Cause | None = Cause.ONE_ANSWER
    elif start is None or not can_follow_gradient(training.network.sizes, len(training.X)):
        cause = None
    elif last is not None and last.cause is Cause.STATIONARY and start <= last.epoch:
        cause = Cause.STATIONARY
    else:
        cause = _cause(state, guess, epochs)
    if cause is None:
        return None
    return Standstill(
        cause=cause,
        epoch=state.epoch,
        loss=state.loss,
        since=start,
        answer=answer,
        answer_share=share,
    )


def gradient_bound(loss: float) -> float:
    """Return the norm of the gradient up to which a state is called stationary.

        G = √(FALL · loss / USUAL_WINDOW)

    See above for why.
    """
    return math.sqrt(FALL * loss / USUAL_WINDOW)


def _still_since(curve: LossCurve, epoch: int, since: int) -> int | None:
    """Return the epoch since which the least loss has hardly fallen; None where it still falls.

    Two digits of it are enough to be read, and they are rounded up, so that it stays true.
    """
    first = min(-(-since // curve.stride), len(curve.low) - 1)
    least = np.minimum.accumulate(curve.low[first:])
    start = first + int(np.argmax((1.0 - FALL) * least < least[-1]))
    if epoch - start * curve.stride < (epoch - since) / WINDOW:
        return None
    reached = (start + 1) * curve.stride - 1  # somewhere in its bucket
    unit: int = 10 ** max(0, len(str(reached)) - 2)
    return -(-reached // unit) * unit


def _one_answer(state: State) -> tuple[int, float]:
    """Return the class that is the answer to every sample and its share; -1 and 0 if not one."""
    training = state.training
    if training.is_regression:
        return -1, 0.0
    predicted = predicted_classes(state.predictions, training.outputs)
    answer = int(predicted[0])
    if (predicted != answer).any():
        return -1, 0.0
    return answer, float(np.mean(training.Y[:, 0] == answer))


def _cause(state: State, guess: Guess, epochs: int) -> Cause | None:
    """Tell by the gradient why a loss hardly falls; see above."""
    training, parameters = state.training, state.parameters
    is_long = epochs >= PLATEAU_EPOCHS or state.loss < WORTHLESS * guess.loss
    gradient, bound = training.gradient_at(parameters), gradient_bound(state.loss)
    square = float(gradient @ gradient)
    # By the slope alone, as small steps follow it.
    fall = float(gradient @ training.first_step_at(parameters)) * training.steps_per_epoch
    if math.sqrt(square) <= bound:
        is_past = state.loss < WORTHLESS * guess.loss or fall * epochs >= PLATEAU_WAY * square
        return (Cause.STATIONARY if is_past else Cause.SMALL_STEPS) if is_long else None
    if fall * max(USUAL_WINDOW, epochs / WINDOW) < FALL * state.loss:
        is_short = fall * epochs < SHORT_WAY * square
        return Cause.SMALL_STEPS if is_long or is_short else None
    is_floor = is_long and _has_flat_floor(training, parameters, gradient, bound)
    return Cause.STATIONARY if is_floor else None


def _has_flat_floor(training: Training, parameters: Array, gradient: Array, bound: float) -> bool:
    """Tell whether the floor of the valley that the gradient leads across is stationary.

    Parameters
    ----------
    parameters, gradient : of a state, (n,)
    """
    w, g = parameters, gradient
    for _ in range(VALLEY_STEPS):
        probe = PROBE / math.sqrt(float(g @ g))
        curvature = float(g @ (training.gradient_at(w + probe * g) - g)) / probe  # gᵀHg
        if not curvature > 0.0:
            return False
        w = w - (float(g @ g) / curvature) * g
        g = training.gradient_at(w)
        if float(g @ g) <= bound**2:
            return True
    return False
