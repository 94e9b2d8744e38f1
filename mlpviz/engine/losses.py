"""Losses, and the pair that loss and output activation make.

A loss has a value and a slope. How the two are computed at the output is what `numerics` chooses:

    "textbook"  the formulas to the letter: the loss from A, and dZ = dL/dA · dA/dZ
    "stable"    for cross-entropy: dZ = A - Y at once, and with a sigmoid output the loss from Z,
                which stays finite as long as the weights do

With a sigmoid output both are the same function; they differ where sigmoid has rounded to exactly
0 or 1 and the textbook meets 0 · log 0. With any other output, cross-entropy is the literal
formula in both, and A - Y is not its gradient: that is what a class sees with activations off.

With an output unit per class the target is 1 for the unit of the sample's class and 0 for the
others (`one_hot`), and the axis of the classes is the first of Z, A and Y. The same holds then of
softmax as of the sigmoid above.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS, SOFTMAX, Call
from mlpviz.engine.marked import marked

PRODUCT_SAMPLES = 16  # outputs multiplied before the logarithm is taken; see `mean_cross_entropy`
LEAST_PRODUCT = float(np.finfo(np.float64).tiny)
EPSILON = float(np.finfo(np.float64).eps)
ALLOWED = 1e-9  # relative error that rounding may leave in a mean loss
SAMPLES_PER_UNIT = 16  # by which `einsum` loses a unit of rounding: it adds them one by one


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

        softplus((1 - 2 Y) Z),   softplus(Z) = log(1 + e^Z)

    since -log sigmoid(Z) = softplus(-Z) and -log(1 - sigmoid(Z)) = softplus(Z). Nothing is
    subtracted, so the smallest loss has all its digits.

    Parameters
    ----------
    Z, Y : of one shape; each Y is 0 or 1
    """
    result: Array = np.logaddexp(0.0, (1.0 - 2.0 * Y) * Z)
    return result


def mean_cross_entropy(Z: Array, A: Array, Y: Array) -> Array:
    """Return the mean of `cross_entropy_from_logits` along the last axis, for A = sigmoid(Z).

    Per sample the loss is -log A for class 1, and Z - log A for class 0. A sum of logarithms is
    the logarithm of a product: with the A of 16 samples multiplied first, a sixteenth of the
    logarithms is left, and what costs most are the logarithms.

    Where the digits of that run out (a product below the smallest normal number, or a mean of
    which rounding may be more than `ALLOWED`), the samples are taken one by one. There is rounding
    in the A and in their products, up to two units per sample, and in the sum of the Z of class 0,
    of which the logarithms leave little. So a mean below 5e-7 is always taken one by one, and a
    larger one where Z is large or there are many samples: of 21 with |Z| of 12 from 5e-6 down, of
    1000 from 9e-5 down.

    Parameters
    ----------
    Z, A : (..., samples)
    Y : (samples,); each is 0 or 1
    """
    samples = A.shape[-1]
    products = np.multiply.reduceat(A, np.arange(0, samples, PRODUCT_SAMPLES), axis=-1)
    of_class_0 = np.einsum("...n,n->...", Z, 1.0 - Y)
    total = of_class_0 - np.log(products).sum(axis=-1)
    mean: Array = total / samples
    rounding = 2.0 * samples + (2.0 + samples / SAMPLES_PER_UNIT) * np.abs(of_class_0)
    # False for NaN.
    is_exact = (products.min(axis=-1) > LEAST_PRODUCT) & (total > EPSILON / ALLOWED * rounding)
    if not is_exact.all():
        mean[~is_exact] = cross_entropy_from_logits(Z[~is_exact], Y).mean(axis=-1)
    return mean


def squared_error(A: Array, Y: Array) -> Array:
    """Return the loss of each sample, (A - Y)², without the ½ of many textbooks."""
    return (A - Y) ** 2


def squared_error_slope(A: Array, Y: Array) -> Array:
    """Return dL/dA of each sample: 2 (A - Y)."""
    return 2.0 * (A - Y)


def difference(A: Array, Y: Array) -> Array:
    """Return dL/dZ = A - Y: cross-entropy and sigmoid, or softmax, taken together."""
    return A - Y


def one_hot(classes: Array, count: int) -> Array:
    """Return the targets of an output unit per class, (count, samples): 1 where the class is its.

    Parameters
    ----------
    classes : (samples,), numbers from 0
    """
    return np.equal(np.arange(count)[:, np.newaxis], classes).astype(np.float64)


def class_cross_entropy(A: Array, Y: Array) -> Array:
    """Return the loss of each sample, -Σ Y log A over the classes.

    Also what is no part of it is computed: 0 · log 0 of another class is NaN.
    """
    result: Array = -(Y * np.log(A)).sum(axis=0)
    return result


def class_cross_entropy_slope(A: Array, Y: Array) -> Array:
    """Return dL/dA of each unit and sample: -Y/A."""
    return -Y / A


def class_cross_entropy_from_logits(Z: Array, Y: Array) -> Array:
    """Return the cross-entropy of A = softmax(Z) for each sample, without computing A.

        -log A = log Σ e^(Z - z),   z that of the sample's class

    With the largest of the differences to another class, or 0, taken out as M, what is left of
    the logarithm is that of 1 + (Σ e^(Z - z - M) - 1 + e^(-M)), the sum being over the other
    classes: neither a large nor a small loss loses digits.

    Parameters
    ----------
    Z, Y : (classes, ..., samples)
    """
    others = np.where(Y == 1.0, -np.inf, Z - (Y * Z).sum(axis=0))
    M = np.maximum(others.max(axis=0), 0.0)
    result: Array = M + np.log1p(np.exp(others - M).sum(axis=0) + np.expm1(-M))
    return result


def class_squared_error(A: Array, Y: Array) -> Array:
    """Return the loss of each sample, Σ (A - Y)² over the classes.

    Reference: Brier, "Verification of forecasts expressed in terms of probability", Monthly
    Weather Review 78 (1950) 1-3.
    """
    result: Array = ((A - Y) ** 2).sum(axis=0)
    return result


def softmax_slope(A: Array, dA: Array) -> Array:
    """Turn dL/dA into dL/dZ = A (dA - Σ A dA), since ∂A_k/∂Z_j = A_k (δ_kj - A_j)."""
    result: Array = A * (dA - (A * dA).sum(axis=0))
    return result


@dataclass(frozen=True, slots=True)
class Loss:
    """One entry of the table. Value and slope are per sample; the loss of a state is the mean.

    Those that begin with `class` are for an output unit per class. `convention` says, in sentences,
    where others define it otherwise.
    """

    label: str
    formula: str
    value: Callable[[Array, Array], Array]
    slope: Callable[[Array, Array], Array]
    class_formula: str
    class_value: Callable[[Array, Array], Array]
    class_slope: Callable[[Array, Array], Array]
    convention: str = ""


LOSSES: dict[str, Loss] = {
    "cross_entropy": Loss(
        marked("cross-entropy"),
        "L = −mean( y·log ŷ + (1 − y)·log(1 − ŷ) )",
        cross_entropy,
        cross_entropy_slope,
        marked("L = −mean( Σ yₖ·log ŷₖ ), the sum over the classes"),
        class_cross_entropy,
        class_cross_entropy_slope,
    ),
    "mean_squared_error": Loss(
        marked("squared error"),
        "L = mean( (ŷ − y)² )",
        squared_error,
        squared_error_slope,
        marked("L = mean( Σ (ŷₖ − yₖ)² ), the sum over the classes"),
        class_squared_error,
        squared_error_slope,
        marked(
            "There is no ½ before the square. Many textbooks have one: half the loss and the "
            "gradient."
        ),
    ),
}

NUMERICS = {
    "stable": marked(
        "cross-entropy by dZ = ŷ − y, and from z where the output is a sigmoid or softmax"
    ),
    "textbook": marked(
        "the formulas to the letter: dZ = dA · slope, and 0 · log 0 is not a number"
    ),
}

REDUCTIONS = {
    "mean": marked("gradient of the mean over the samples"),
    "sum": marked("gradient of the sum over the samples, as in the report"),
}


class OutputPair(NamedTuple):
    """How a network's output is judged, by Z and A of the output layer and the targets Y.

    Of one output unit all are (..., samples), of one per class (classes, ..., samples).

    Parameters
    ----------
    value, mean : of Z, A and Y, the loss of each sample, and its mean along the last axis
    slope : of A and Y, dL/dZ of each sample
    output_slope : likewise dL/dA, which stable numerics do without
    is_gradient : whether `slope` is that of the loss; A - Y is not with every output
    """

    value: Callable[[Array, Array, Array], Array]
    mean: Callable[[Array, Array, Array], Array]
    slope: Callable[[Array, Array], Array]
    output_slope: Callable[[Array, Array], Array]
    is_gradient: bool = True

    def slope_calls(self, A: Array, Y: Array, dZ: Array) -> list[Call]:
        """Prepare the slope, into dZ, for `engine.program`."""
        if self.slope is difference:
            return [partial(np.subtract, A, Y, dZ)]
        return [lambda: np.copyto(dZ, self.slope(A, Y))]


def output_pair(loss: str, activation: str, numerics: str, outputs: int = 1) -> OutputPair:
    """Choose the formulas for the loss and for dZ at the output.

    Parameters
    ----------
    loss, activation, numerics : keys of LOSSES, OUTPUT_ACTIVATIONS and NUMERICS
    outputs : units of the output; more than 1 is one per class
    """
    is_stable = loss == "cross_entropy" and numerics == "stable"
    if outputs > 1:
        return _class_pair(LOSSES[loss], is_softmax=activation == SOFTMAX, is_stable=is_stable)
    entry, output = LOSSES[loss], ACTIVATIONS[activation]
    if is_stable and activation == "sigmoid":
        return OutputPair(
            lambda Z, A, Y: cross_entropy_from_logits(Z, Y),
            mean_cross_entropy,
            difference,
            entry.slope,
        )
    slope = difference
    if not is_stable:

        def slope(A: Array, Y: Array) -> Array:
            return entry.slope(A, Y) * output.slope(A)

    return _pair(lambda Z, A, Y: entry.value(A, Y), slope, entry.slope, is_gradient=not is_stable)


def targets_pair(loss: str, activation: str, outputs: int, factor: float = 1.0) -> OutputPair:
    """Choose the formulas where each output unit has a target of its own, as in many exercises.

        L = factor · Σ over the outputs,   dZ = dA · f'(Z)

    With the squared error and a factor of ½ it is ½ Σ (t - o)².

    Parameters
    ----------
    loss, activation : keys of LOSSES and OUTPUT_ACTIVATIONS
    """
    entry = LOSSES[loss]

    def value(Z: Array, A: Array, Y: Array) -> Array:
        if activation == SOFTMAX:
            return factor * entry.class_value(A, Y)
        return factor * (entry.value(A, Y) if outputs == 1 else entry.value(A, Y).sum(axis=0))

    def output_slope(A: Array, Y: Array) -> Array:
        return factor * (entry.class_slope if activation == SOFTMAX else entry.slope)(A, Y)

    def slope(A: Array, Y: Array) -> Array:
        dA = output_slope(A, Y)
        return (
            softmax_slope(A, dA) if activation == SOFTMAX else dA * ACTIVATIONS[activation].slope(A)
        )

    return _pair(value, slope, output_slope)


def output_slopes(pair: OutputPair, A: Array, Y: Array) -> Array:
    """Return dL/dZ of the output with the samples in rows, as `Network` has them.

    Parameters
    ----------
    A : (samples, outputs)
    Y : (samples, 1), with an output unit per class its number
    """
    outputs = A.shape[1]
    if outputs == 1:
        return pair.slope(A, Y)
    slopes: Array = pair.slope(A.T, one_hot(Y[:, 0], outputs)).T
    return slopes


def _class_pair(loss: Loss, *, is_softmax: bool, is_stable: bool) -> OutputPair:
    """Choose the formulas for an output unit per class, with softmax or with the identity."""
    slope = difference
    if not is_stable:

        def slope(A: Array, Y: Array) -> Array:
            dA = loss.class_slope(A, Y)
            return softmax_slope(A, dA) if is_softmax else dA

    if is_stable and is_softmax:
        return _pair(lambda Z, A, Y: class_cross_entropy_from_logits(Z, Y), slope, loss.class_slope)
    return _pair(
        lambda Z, A, Y: loss.class_value(A, Y),
        slope,
        loss.class_slope,
        is_gradient=not is_stable,
    )


def _pair(
    value: Callable[[Array, Array, Array], Array],
    slope: Callable[[Array, Array], Array],
    output_slope: Callable[[Array, Array], Array],
    *,
    is_gradient: bool = True,
) -> OutputPair:
    """Pair them, the mean being that of the values."""

    def mean(Z: Array, A: Array, Y: Array) -> Array:
        result: Array = value(Z, A, Y).mean(axis=-1)
        return result

    return OutputPair(value, mean, slope, output_slope, is_gradient)
