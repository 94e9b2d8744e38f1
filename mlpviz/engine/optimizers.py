"""Optimizers: each is its paper's formula on the flat vector of parameters."""

from functools import partial

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.activations import Call


def gradient_descent_calls(parameters: Array, gradient: Array, learning_rate: Array) -> list[Call]:
    """Prepare one step downhill, in place.

        parameters ← parameters - learning_rate · gradient

    Parameters
    ----------
    parameters, gradient : (n,), of the same order
    learning_rate : a 0-d array, so that it can be changed between epochs
    """
    step = np.empty_like(gradient)
    return [
        partial(np.multiply, gradient, learning_rate, step),
        partial(np.subtract, parameters, step, parameters),
    ]
