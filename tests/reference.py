"""The report's network in plain textbook NumPy: what the engine must agree with, and must beat.

Section 2.C of the report, for any number of layers, with its slip in the first layer put right
(`dW1 = Xᵀ dZ1`; the report printed a sum over dZ1). Sigmoid everywhere, cross-entropy, full-batch
gradient descent, samples in rows. Nothing here is clever, and nothing here should be made faster.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]


def sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(a: Array) -> Array:
    return a * (1 - a)


def cross_entropy(y: Array, a: Array) -> float:
    return float(-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)))


def cross_entropy_derivative(y: Array, a: Array) -> Array:
    return -y / a + (1 - y) / (1 - a)


def forward(x: Array, weights: list[Array], biases: list[Array]) -> list[Array]:
    """Return A of every layer; the first is x."""
    activations = [x]
    for w, b in zip(weights, biases, strict=True):
        activations.append(sigmoid(np.dot(activations[-1], w) + b))
    return activations


def backward(
    activations: list[Array], weights: list[Array], y: Array
) -> tuple[list[Array], list[Array]]:
    """Return dW and db of every layer, summed over the samples."""
    dws, dbs = [], []
    da = cross_entropy_derivative(y, activations[-1])
    for layer in reversed(range(len(weights))):
        dz = da * sigmoid_derivative(activations[layer + 1])
        dws.insert(0, np.dot(activations[layer].T, dz))
        dbs.insert(0, np.sum(dz, axis=0))
        da = np.dot(dz, weights[layer].T)
    return dws, dbs


def step(
    activations: list[Array], y: Array, weights: list[Array], biases: list[Array], rate: float
) -> None:
    """Go one step downhill, in place."""
    dws, dbs = backward(activations, weights, y)
    for w, b, dw, db in zip(weights, biases, dws, dbs, strict=True):
        w -= rate * dw
        b -= rate * db


def train(
    x: Array,
    y: Array,
    weights: list[Array],
    biases: list[Array],
    epochs: int,
    learning_rate: float = 1.0,
    reduction: str = "mean",
) -> list[float]:
    """Train in place; return the loss of every state, epochs + 1 of them.

    Parameters
    ----------
    x, y : (samples, inputs) and (samples, 1)
    weights, biases : of every layer, (fan_in, fan_out) and (fan_out,)
    reduction : "mean" or "sum" of the gradient over the samples; the loss is always the mean
    """
    rate = learning_rate / len(x) if reduction == "mean" else learning_rate
    activations = forward(x, weights, biases)
    losses = [cross_entropy(y, activations[-1])]
    for _ in range(epochs):
        step(activations, y, weights, biases, rate)
        activations = forward(x, weights, biases)
        losses.append(cross_entropy(y, activations[-1]))
    return losses
