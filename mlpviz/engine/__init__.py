"""The mathematics, in the letters of the books.

    X  inputs, (samples, inputs)          Y  targets, (samples, outputs)
    W  weights, (fan_in, fan_out)         b  biases, (fan_out,)
    Z  weighted sums, A W + b             A  activations, (samples, units)
    dZ slope of the loss with respect to Z, and so on

NaN and infinity are results here: nothing is clamped, nothing is repaired.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]  # float64; float32 only in pictures
