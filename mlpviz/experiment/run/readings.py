"""What the window reads off a frame while it draws: of a place, of samples, of the first layer.

Each takes less than 0.2 ms, for six layers of 64 units and six classes too, so that it may be asked
for at every move of the pointer. What takes longer is wanted of a frame beforehand.
"""

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.scores import correct_samples, predicted_classes
from mlpviz.experiment.run.frame import Frame, Held

Samples = NDArray[np.intp] | slice  # which of all


def predicted_class(outputs: Array) -> int:
    """Return the number of the class that the outputs at one place mean; NO_CLASS for none.

    Parameters
    ----------
    outputs : (outputs,)
    """
    of_one = outputs if len(outputs) == 1 else outputs[:, np.newaxis]
    return int(predicted_classes(of_one, len(outputs))[0])


def predicted_of(part: Frame | Held, samples: Samples) -> NDArray[np.intp]:
    """Return the classes that are predicted for some samples, (chosen,); NO_CLASS for none."""
    return predicted_classes(part.predictions[..., samples], part.outputs)


def correct_of(part: Frame | Held, samples: Samples) -> NDArray[np.bool]:
    """Tell of some samples whether their class is right, (chosen,)."""
    return correct_samples(part.predictions[..., samples], part.Y[samples], part.outputs)


def softmax_powers(sums: Array) -> tuple[Array, float]:
    """Return e^z of each output unit, (classes,), and their sum: the formula of softmax.

    Parameters
    ----------
    sums : z of each, (classes,). Softmax itself does without such powers: they may be infinite.
    """
    with np.errstate(all="ignore"):
        powers = np.exp(sums)
        return powers, float(powers.sum())
