"""Optimizers: each is its paper's formula on the flat vector of parameters."""

from mlpviz.engine import Array


def gradient_descent(parameters: Array, gradient: Array, learning_rate: float) -> None:
    """Take one step downhill, in place.

        parameters ← parameters - learning_rate · gradient

    Parameters
    ----------
    parameters, gradient : (n,), of the same order
    """
    parameters -= learning_rate * gradient
