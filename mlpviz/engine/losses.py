"""Losses, and the pair that loss and output activation make.

A loss has a value and a slope. How the two are computed at the output is what `numerics` chooses:

    "textbook"  the formulas to the letter: the loss from A, and dZ = dL/dA · dA/dZ
    "stable"    for cross-entropy: dZ = A - Y at once, and with a sigmoid output the loss from Z,
                which stays finite as long as the weights do

With a sigmoid output both are the same function; they differ where sigmoid has rounded to exactly
0 or 1 and the textbook meets 0 · log 0. With any other output, cross-entropy is the literal
formula in both, and A - Y is not its gradient: that is what a class sees with activations off.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS, Call

PRODUCT_SAMPLES = 16  # outputs multiplied before the logarithm is taken; see `mean_cross_entropy`
LEAST_PRODUCT = float(np.finfo(np.float64).tiny)
LEAST_MEAN = 1e-9  # below it less than six digits would be left of some 1e-15


def cross_entropy(A: Array, Y: Array) -> Array:
    """Return the loss of each sample, -(Y log A + (1 - Y) log(1 - A)).

    Outside 0 < A < 1 the result is what the logarithms say: infinity at a confident mistake,
    NaN for a negative argument and for 0 · log 0.
    """
    result: Array = -(Y * np.log(A) + (1.0 - Y) * np.log(1.0 - A))
    return result


def cross_entropy_slope(A: Array, Y: Array) -> Array:
    """Return dL/dA of each sample: (1 - Y)/(1 - A) - Y/A."""
    return (1.0 - Y) / (1.0 - A) - Y / A


def cross_entropy_from_logits(Z: Array, Y: Array) -> Array:
    """Return the cross-entropy of A = sigmoid(Z) for each sample, without computing A.

        softplus(Z) - Y Z,   softplus(Z) = log(1 + e^Z)

    since -log sigmoid(Z) = softplus(Z) - Z and -log(1 - sigmoid(Z)) = softplus(Z).
    """
    result: Array = np.logaddexp(0.0, Z) - Y * Z
    return result


def mean_cross_entropy(Z: Array, A: Array, Y: Array) -> Array:
    """Return the mean of `cross_entropy_from_logits` along the last axis, for A = sigmoid(Z).

    Per sample the loss is -log A for class 1, and Z - log A for class 0. A sum of logarithms is
    the logarithm of a product: with the A of 16 samples multiplied first, a sixteenth of the
    logarithms is left, and what costs most are the logarithms.

    Where the digits of that run out (a product below the smallest normal number, or a loss so
    small that it is lost in the rounding of the sum), the samples are taken one by one.

    Parameters
    ----------
    Z, A : (..., samples)
    Y : (samples,)
    """
    products = np.multiply.reduceat(A, np.arange(0, A.shape[-1], PRODUCT_SAMPLES), axis=-1)
    total = np.einsum("...n,n->...", Z, 1.0 - Y) - np.log(products).sum(axis=-1)
    mean: Array = total / A.shape[-1]
    is_exact = (products.min(axis=-1) > LEAST_PRODUCT) & (mean > LEAST_MEAN)  # False for NaN
    if not is_exact.all():
        mean[~is_exact] = cross_entropy_from_logits(Z[~is_exact], Y).mean(axis=-1)
    return mean


def squared_error(A: Array, Y: Array) -> Array:
    """Return the loss of each sample, (A - Y)²."""
    return (A - Y) ** 2


def squared_error_slope(A: Array, Y: Array) -> Array:
    """Return dL/dA of each sample: 2 (A - Y)."""
    return 2.0 * (A - Y)


def difference(A: Array, Y: Array) -> Array:
    """Return dL/dZ = A - Y: cross-entropy and sigmoid taken together."""
    return A - Y


@dataclass(frozen=True, slots=True)
class Loss:
    """One entry of the table. Value and slope are per sample; the loss of a state is the mean."""

    label: str
    formula: str
    value: Callable[[Array, Array], Array]
    slope: Callable[[Array, Array], Array]


LOSSES: dict[str, Loss] = {
    "cross_entropy": Loss(
        "cross-entropy",
        "L = −mean( y·log ŷ + (1 − y)·log(1 − ŷ) )",
        cross_entropy,
        cross_entropy_slope,
    ),
    "mean_squared_error": Loss(
        "squared error", "L = mean( (ŷ − y)² )", squared_error, squared_error_slope
    ),
}

NUMERICS = {
    "stable": "cross-entropy by dZ = ŷ − y, and from z where the output is a sigmoid",
    "textbook": "the formulas to the letter: dZ = dA · slope, and 0 · log 0 is not a number",
}

REDUCTIONS = {
    "mean": "gradient of the mean over the samples",
    "sum": "gradient of the sum over the samples, as in the report",
}


class OutputPair(NamedTuple):
    """How a network's output is judged, by Z and A of the output layer and the targets Y."""

    value: Callable[[Array, Array, Array], Array]  # (Z, A, Y): the loss of each sample
    mean: Callable[[Array, Array, Array], Array]  # (Z, A, Y): its mean along the last axis
    slope: Callable[[Array, Array], Array]  # (A, Y): dL/dZ of each sample

    def slope_calls(self, A: Array, Y: Array, dZ: Array) -> list[Call]:
        """Prepare the slope, into dZ, for `engine.program`."""
        if self.slope is difference:
            return [partial(np.subtract, A, Y, dZ)]
        return [lambda: np.copyto(dZ, self.slope(A, Y))]


def output_pair(loss: str, activation: str, numerics: str) -> OutputPair:
    """Choose the formulas for the loss and for dZ at the output.

    Parameters
    ----------
    loss, activation, numerics : keys of LOSSES, ACTIVATIONS and NUMERICS
    """
    entry, output = LOSSES[loss], ACTIVATIONS[activation]
    if loss == "cross_entropy" and numerics == "stable" and activation == "sigmoid":
        return OutputPair(
            lambda Z, A, Y: cross_entropy_from_logits(Z, Y), mean_cross_entropy, difference
        )
    slope = difference
    if loss != "cross_entropy" or numerics == "textbook":

        def slope(A: Array, Y: Array) -> Array:
            return entry.slope(A, Y) * output.slope(A)

    return OutputPair(
        lambda Z, A, Y: entry.value(A, Y),
        lambda Z, A, Y: entry.value(A, Y).mean(axis=-1),
        slope,
    )
