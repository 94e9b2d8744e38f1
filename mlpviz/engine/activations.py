"""Activation functions: each value beside its slope.

The slope is computed from the output A, not from the input Z, so that the forward pass has
already done the expensive part. Beside each function stands the same as prepared calls into given
arrays, for `engine.program`. A new activation is one entry of `ACTIVATIONS`. Softmax
alone is for the output only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.marked import marked

Call = Callable[[], object]

# As arrays these spare NumPy the conversion of a Python number in every call.
LEAK = 0.01  # slope of a leaky ReLU below zero
ZERO, ONE, LEAKING = np.array(0.0), np.array(1.0), np.array(LEAK)


@np.errstate(over="ignore")
def sigmoid(Z: Array) -> Array:
    """Squash to (0, 1).

        A = 1 / (1 + e^(-Z))

    Far out it is exactly 0 (below about -709.8, where the exponential overflows to infinity on
    the way, which is why that warning is silenced) or exactly 1 (from about 37 on).
    """
    result: Array = 1.0 / (1.0 + np.exp(-Z))
    return result


def sigmoid_calls(minus_Z: Array, A: Array) -> list[Call]:
    """Prepare A = sigmoid(Z) from -Z; A may be the same array.

    `divide` gives the very bits of `reciprocal`, from a faster loop.
    """
    return [
        partial(np.exp, minus_Z, A),
        partial(np.add, A, ONE, A),
        partial(np.divide, ONE, A, A),
    ]


def sigmoid_slope(A: Array) -> Array:
    """Return dA/dZ = A (1 - A)."""
    return A * (1.0 - A)


def sigmoid_slope_calls(A: Array, slope: Array) -> list[Call]:
    """Prepare slope = A (1 - A)."""
    return [partial(np.subtract, ONE, A, slope), partial(np.multiply, slope, A, slope)]


def tanh(Z: Array) -> Array:
    """Squash to (-1, 1): A = tanh Z."""
    result: Array = np.tanh(Z)
    return result


def tanh_slope(A: Array) -> Array:
    """Return dA/dZ = 1 - A²."""
    return 1.0 - A * A


def tanh_slope_calls(A: Array, slope: Array) -> list[Call]:
    """Prepare slope = 1 - A²."""
    return [partial(np.multiply, A, A, slope), partial(np.subtract, ONE, slope, slope)]


def relu(Z: Array) -> Array:
    """Cut off below zero: A = max(Z, 0)."""
    return np.maximum(Z, 0.0)


def relu_slope(A: Array) -> Array:
    """Return dA/dZ: 1 where A > 0, else 0 (the usual choice at the kink)."""
    return (A > 0.0).astype(A.dtype)


def leaky_relu(Z: Array) -> Array:
    """Let a hundredth through below zero: A = max(Z, 0.01 Z).

    Reference: Maas, Hannun & Ng, "Rectifier nonlinearities improve neural network acoustic
    models", ICML 2013, section 2.
    """
    result: Array = np.maximum(Z, LEAK * Z)
    return result


def leaky_relu_calls(Z: Array, A: Array) -> list[Call]:
    """Prepare A = max(Z, 0.01 Z); A may be the same array."""
    leaked = np.empty_like(Z)
    return [partial(np.multiply, Z, LEAKING, leaked), partial(np.maximum, Z, leaked, out=A)]


def leaky_relu_slope(A: Array) -> Array:
    """Return dA/dZ: 1 where A > 0, else 0.01."""
    return np.maximum(A > 0.0, LEAK).astype(A.dtype)


def leaky_relu_slope_calls(A: Array, slope: Array) -> list[Call]:
    """Prepare slope = 1 where A > 0, else 0.01."""
    return [
        partial(np.greater, A, ZERO, slope, casting="unsafe"),
        partial(np.maximum, slope, LEAKING, out=slope),
    ]


def identity(Z: Array) -> Array:
    """Pass through: A = Z."""
    return Z


def identity_slope(A: Array) -> Array:
    """Return dA/dZ = 1."""
    return np.ones_like(A)


def softmax(Z: Array) -> Array:
    """Turn the weighted sums of a layer into shares of 1, along the last axis.

        A = e^Z / Σ e^Z

    The largest Z is taken off all of them first: the same shares, and the largest exponential is
    1, so that none overflows.

    Reference: Bridle, "Probabilistic interpretation of feedforward classification network
    outputs", in Fogelman Soulié & Hérault (eds.), Neurocomputing, Springer 1990, pp. 227-236.
    """
    shares = np.exp(Z - Z.max(axis=-1, keepdims=True))
    result: Array = shares / shares.sum(axis=-1, keepdims=True)
    return result


def softmax_calls(Z: Array, A: Array) -> list[Call]:
    """Prepare A = softmax(Z) along the first axis; A may be the same array."""
    per_sample = np.empty_like(Z[:1])
    return [
        partial(np.maximum.reduce, Z, 0, None, per_sample, True),
        partial(np.subtract, Z, per_sample, A),
        partial(np.exp, A, A),
        partial(np.add.reduce, A, 0, None, per_sample, True),
        partial(np.divide, A, per_sample, A),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputActivation:
    """What a layer that nothing follows can have.

    `sign` is that of the Z which `value_calls` expects: -1 for a function that would only turn
    it round. To turn round a few weights instead of the Z of every sample costs nothing. `has_kink`
    says whether the slope jumps at Z = 0.
    """

    label: str
    formula: str
    value: Callable[[Array], Array]  # of Z (..., units)
    value_calls: Callable[[Array, Array], list[Call]]  # (sign · Z, A): compute A; A may be Z
    sign: int = 1
    has_kink: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation(OutputActivation):
    """One entry of the table: what the menus show and what the engine computes.

    Each unit has its own Z and A, and a slope for what comes back from the layer after it.
    """

    slope: Callable[[Array], Array]
    slope_calls: Callable[[Array, Array], list[Call]]  # (A, slope): compute the slope


ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": Activation(
        label=marked("sigmoid"),
        formula="A = 1 / (1 + e⁻ᶻ)",
        value=sigmoid,
        slope=sigmoid_slope,
        value_calls=sigmoid_calls,
        slope_calls=sigmoid_slope_calls,
        sign=-1,
    ),
    "tanh": Activation(
        label=marked("tanh"),
        formula="A = tanh Z",
        value=tanh,
        slope=tanh_slope,
        value_calls=lambda Z, A: [partial(np.tanh, Z, A)],
        slope_calls=tanh_slope_calls,
    ),
    "relu": Activation(
        label=marked("ReLU"),
        formula="A = max(Z, 0)",
        value=relu,
        slope=relu_slope,
        value_calls=lambda Z, A: [partial(np.maximum, Z, ZERO, out=A)],
        # "unsafe" is NumPy's word for turning true and false into 1.0 and 0.0.
        slope_calls=lambda A, slope: [partial(np.greater, A, ZERO, slope, casting="unsafe")],
        has_kink=True,
    ),
    "leaky_relu": Activation(
        label=marked("leaky ReLU"),
        formula="A = max(Z, 0.01 Z)",
        value=leaky_relu,
        slope=leaky_relu_slope,
        value_calls=leaky_relu_calls,
        slope_calls=leaky_relu_slope_calls,
        has_kink=True,
    ),
    "identity": Activation(
        label=marked("identity"),
        formula="A = Z",
        value=identity,
        slope=identity_slope,
        value_calls=lambda Z, A: [] if A is Z else [partial(np.copyto, A, Z)],
        slope_calls=lambda A, slope: [],  # a slope of 1 is there from the start
    ),
}

SOFTMAX = "softmax"  # of an output unit per class, whose A depend on each other's Z
OUTPUT_ACTIVATIONS: dict[str, OutputActivation] = {
    **ACTIVATIONS,
    SOFTMAX: OutputActivation(
        label="softmax", formula="A = eᶻ / Σ eᶻ", value=softmax, value_calls=softmax_calls
    ),
}
