"""How well a network does on samples: which class it predicts, whether it is right, and R²."""

import math

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array

NO_CLASS = -1


def predicted_classes(predictions: Array, outputs: int = 1) -> NDArray[np.intp]:
    """Return the number of the class that each prediction is.

    With one output unit it is class 1 if and only if the output is > 0.5; with a unit per class
    the class of the largest output. A prediction that is not finite is no class, NO_CLASS.

    Parameters
    ----------
    predictions : (..., samples); with more than one output unit (classes, ..., samples)
    outputs : units of the output
    """
    is_finite = np.isfinite(predictions)
    if outputs == 1:
        return np.where(is_finite, predictions > 0.5, NO_CLASS)
    return np.where(is_finite.all(axis=0), predictions.argmax(axis=0), NO_CLASS)


def correct_samples(predictions: Array, targets: Array, outputs: int = 1) -> NDArray[np.bool]:
    """Tell for each sample whether its class is the target's; NO_CLASS counts as wrong.

    Parameters
    ----------
    predictions, outputs : as for `predicted_classes`
    targets : (samples,), the numbers of the classes
    """
    correct: NDArray[np.bool]
    if outputs == 1:  # the same, faster: many networks are asked after every epoch
        correct = np.isfinite(predictions) & ((predictions > 0.5) == (targets > 0.5))
    else:
        correct = predicted_classes(predictions, outputs) == targets
    return correct


def r_squared(predictions: Array, targets: Array) -> float:
    """Return R² = 1 - mean squared error / variance of the targets.

    1 is perfect, 0 is as good as always answering their mean, and there is nothing below which it
    cannot fall. NaN where all targets are alike: the numbers themselves tell, since rounding may
    leave them a variance that is not 0.

    Parameters
    ----------
    predictions, targets : (samples,)
    """
    if targets.max() == targets.min():
        return math.nan
    with np.errstate(all="ignore"):
        return float(1.0 - np.mean((predictions - targets) ** 2) / targets.var())
