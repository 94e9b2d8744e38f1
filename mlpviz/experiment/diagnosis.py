"""Why the loss stopped being a number: the facts of the first bad epoch.

Nothing is guessed from settings: the state of that epoch is computed again, and the first sample
whose own loss is not finite is looked at.
"""

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np

from mlpviz.engine.training import Training


class Mechanism(Enum):
    """What the arithmetic met at the first bad sample."""

    LOG_OF_NEGATIVE = "log of a negative number"
    ZERO_TIMES_LOG_ZERO = "0 · log 0"
    LOG_OF_ZERO = "log 0"
    OVERFLOW = "overflow"


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first epoch whose loss was not finite, and the first sample that made it so."""

    epoch: int
    loss: float
    sample: int
    output: float
    target: float
    mechanism: Mechanism


def find_divergence(training: Training) -> Divergence:
    """Look at a training that stands at its first epoch without a finite loss."""
    with np.errstate(all="ignore"):
        losses = training.sample_losses()
    # What made the mean NaN is a sample that is NaN; an infinite one alone would make it infinite.
    bad = np.isnan(losses) if np.isnan(losses).any() else ~np.isfinite(losses)
    sample = int(np.argmax(bad))  # the first bad one; the first of all if only their sum overflowed
    mechanism = _mechanism(training, sample) if bad[sample] else Mechanism.OVERFLOW
    output, target = float(training.predictions[sample]), float(training.Y[sample, 0])
    return Divergence(training.epoch, training.loss, sample, output, target, mechanism)


def _mechanism(training: Training, sample: int) -> Mechanism:
    logit, output = training.logits[sample], training.predictions[sample]
    if not math.isfinite(logit) or training.loss_name != "cross_entropy":
        return Mechanism.OVERFLOW
    if output == training.Y[sample, 0]:  # saturated on the right side: weight 0 meets log 0
        return Mechanism.ZERO_TIMES_LOG_ZERO
    if output in (0.0, 1.0):
        return Mechanism.LOG_OF_ZERO
    return Mechanism.LOG_OF_NEGATIVE if not 0.0 < output < 1.0 else Mechanism.OVERFLOW
