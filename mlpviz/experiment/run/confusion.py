"""The confusion matrix: how many samples of each class are predicted as which."""

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.scores import NO_CLASS

Counts = NDArray[np.intp]


def confusion(truth: Array, predicted: Counts, classes: int) -> Counts:
    """Count samples by ground truth and prediction, (classes, classes + 1); the last is no class.

    Parameters
    ----------
    truth, predicted : (samples,), numbers of classes; predicted may be NO_CLASS
    """
    columns = np.where(predicted == NO_CLASS, classes, predicted)
    cells = (classes + 1) * truth.astype(np.intp) + columns
    return np.bincount(cells, minlength=classes * (classes + 1)).reshape(classes, classes + 1)
