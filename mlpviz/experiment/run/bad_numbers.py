"""Which of some numbers are to blame: of a sum that is not finite, or of the loss of a sample."""

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.losses import one_hot
from mlpviz.engine.training import Training


def first_bad(values: Array) -> tuple[int, int]:
    """Return row and column of the first number that is not finite, row by row."""
    row, column = np.argwhere(~np.isfinite(values))[0].tolist()
    return row, column


def blamed(values: Array) -> NDArray[np.bool]:
    """Tell which numbers made a sum what it is, some of which are not finite.

    What made it NaN is a number that is NaN; an infinite one alone would make it infinite.
    """
    return np.isnan(values) if np.isnan(values).any() else ~np.isfinite(values)


def bad_unit(training: Training, A: Array, sample: int) -> int | None:
    """Find the unit whose part of a sample's loss is not finite; None with one output unit.

    Parameters
    ----------
    A : the outputs for the sample
    """
    if training.outputs == 1:
        return None
    Y = one_hot(training.Y[sample], training.outputs)[:, 0]
    parts = Y * np.log(A) if training.loss_name == "cross_entropy" else (A - Y) ** 2
    return int(np.argmax(blamed(parts)))


def of_unit(
    training: Training, outputs: Array, sample: int, unit: int | None
) -> tuple[float, float]:
    """Return output and target of the one output unit, or of one of those per class."""
    target = float(training.Y[sample, 0])
    if unit is None:
        return float(outputs), target
    return float(outputs[unit]), float(target == unit)
