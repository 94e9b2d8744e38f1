"""The mathematics, in the letters of the books.

    X  inputs, (samples, inputs)          Y  targets, (samples, outputs)
    W  weights, (fan_in, fan_out)         b  biases, (fan_out,)
    Z  weighted sums, A W + b             A  activations, (samples, units)
    dZ slope of the loss with respect to Z, and so on

NaN and infinity are results here: nothing is clamped, nothing is repaired.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]  # float64; float32 only in pictures

# Called again and again in the middle of long work. By raising, whoever waits for the work ends it.
Heed = Callable[[], None]

SLOW_PRODUCTS = 10_000_000  # samples times parameters: an epoch of some ten milliseconds


def go_on() -> None:
    """Heed nothing: the work is done to its end."""


def is_slow(samples: int, parameters: int) -> bool:
    """Tell whether one pass over so many samples takes so long that somebody may want to end it."""
    return samples * parameters > SLOW_PRODUCTS
