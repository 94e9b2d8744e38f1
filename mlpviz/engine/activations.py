"""Activation functions: each value beside its slope.

The slope is computed from the output A, not from the input Z, so that the forward pass has
already done the expensive part. A new activation is one entry of `ACTIVATIONS`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlpviz.engine import Array


@np.errstate(over="ignore")
def sigmoid(Z: Array) -> Array:
    """Squash to (0, 1).

        A = 1 / (1 + e^(-Z))

    Far out it is exactly 0 (from about -745) or 1 (from about 37). Below -709 the exponential
    overflows to infinity on the way to the right answer 0, which is why the warning is silenced.
    """
    result: Array = 1.0 / (1.0 + np.exp(-Z))
    return result


def sigmoid_slope(A: Array) -> Array:
    """Return dA/dZ = A (1 - A)."""
    return A * (1.0 - A)


def tanh(Z: Array) -> Array:
    """Squash to (-1, 1): A = tanh Z."""
    result: Array = np.tanh(Z)
    return result


def tanh_slope(A: Array) -> Array:
    """Return dA/dZ = 1 - A²."""
    return 1.0 - A * A


def relu(Z: Array) -> Array:
    """Cut off below zero: A = max(Z, 0)."""
    return np.maximum(Z, 0.0)


def relu_slope(A: Array) -> Array:
    """Return dA/dZ: 1 where A > 0, else 0 (the usual choice at the kink)."""
    return (A > 0.0).astype(A.dtype)


def identity(Z: Array) -> Array:
    """Pass through: A = Z."""
    return Z


def identity_slope(A: Array) -> Array:
    """Return dA/dZ = 1."""
    return np.ones_like(A)


@dataclass(frozen=True, slots=True)
class Activation:
    """One entry of the table: what the menus show and what the engine computes."""

    label: str
    formula: str
    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]


ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": Activation("sigmoid", "A = 1 / (1 + e⁻ᶻ)", sigmoid, sigmoid_slope),
    "tanh": Activation("tanh", "A = tanh Z", tanh, tanh_slope),
    "relu": Activation("ReLU", "A = max(Z, 0)", relu, relu_slope),
    "identity": Activation("identity", "A = Z", identity, identity_slope),
}
