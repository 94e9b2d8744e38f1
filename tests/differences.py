"""The gradient as training takes it, and as differences of the loss say it."""

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.training import Training

STEP = 1e-5  # of the finite differences


def gradient(training: Training) -> Array:
    """Read the gradient off one step, and go back."""
    before = training.state()
    training.run_epoch()
    after = training.state()
    training.restore(0, before)
    return (before - after) / training.learning_rate


def numeric_gradient(training: Training) -> Array:
    """Return central differences of the loss, which is always a mean over the samples."""
    start = training.state()
    result = np.empty_like(start)
    for i in range(len(start)):
        losses = []
        for sign in (1.0, -1.0):
            moved = start.copy()
            moved[i] += sign * STEP
            training.restore(0, moved)
            losses.append(training.loss)
        result[i] = (losses[0] - losses[1]) / (2.0 * STEP)
    training.restore(0, start)
    return result
