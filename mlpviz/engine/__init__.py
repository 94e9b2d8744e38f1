"""The mathematics, in the letters of the books.

    X  inputs, (samples, inputs)          Y  targets, (samples, outputs)
    W  weights, (fan_in, fan_out)         b  biases, (fan_out,)
    Z  weighted sums, A W + b             A  activations, (samples, units)
    dZ slope of the loss with respect to Z, and so on

Most of it stands here twice: as a formula, to be read, and as prepared NumPy calls, which for
small networks are several times as fast. `network.py` is the perceptron as the books write it, and
computes what is shown of a state; `program.py` does the training, for `training.py`, and shows each
number on the way in its `stages`. So with the
functions of `activations.py`, `losses.py` and `optimizers.py`, each of which has its calls beside
it. Tests hold each two together to the last digits.

NaN and infinity are results here: nothing is clamped, nothing is repaired.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]  # float64; float32 only in pictures

# Called again and again in the middle of long work. By raising, whoever waits for the work ends it.
Heed = Callable[[], None]

MAX_ACTIVATIONS = 1_000_000  # of all units for all samples: more take longer than a frame may
SLOW_PRODUCTS = 10_000_000  # samples times parameters: an epoch of some ten milliseconds


def go_on() -> None:
    """Heed nothing: the work is done to its end."""


def is_slow(samples: int, parameters: int) -> bool:
    """Tell whether one pass over so many samples takes so long that somebody may want to end it."""
    return samples * parameters > SLOW_PRODUCTS


def can_follow_gradient(sizes: Sequence[int], samples: int) -> bool:
    """Tell whether the gradient of a state takes no longer than a frame may.

    Parameters
    ----------
    sizes : units per layer
    """
    return sum(sizes) * samples <= MAX_ACTIVATIONS
