"""A multilayer perceptron over one flat vector of parameters.

The vector holds the layers one after the other, of each layer first W row by row (a row being the
weights that leave one unit), then b:

    W[0][0, :], W[0][1, :], …, b[0], W[1][0, :], …, b[1], …

`weights[l]` and `biases[l]` are views into it, so that an optimizer can be its paper's formula on
a vector, and a checkpoint one copy. The vector is changed in place and never replaced. This order
is part of the file format.

Backpropagation stands in the engine twice. `Network.forward` and `Network.backward` are for
reading, and forward for looking at a state: the letters of the books, and all that is computed on
the way. `engine.program` does the training: the same sums as a list of prepared calls, several
times as fast for a small network. `tests/engine/test_program.py` holds the two together.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array, Heed, go_on
from mlpviz.engine.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS

Scalar = TypeVar("Scalar", bound=np.generic)


def parameter_count(sizes: Sequence[int]) -> int:
    """Count the weights and biases of a network with these layer sizes."""
    return sum((i + 1) * o for i, o in pairwise(sizes))


def layer_views(
    vector: NDArray[Scalar], sizes: Sequence[int]
) -> tuple[list[NDArray[Scalar]], list[NDArray[Scalar]]]:
    """Return the weights (fan_in, fan_out) and biases (fan_out,) of each layer, as views.

    Parameters
    ----------
    vector : (parameter_count(sizes),), in the order of the module's docstring
    sizes : units per layer, inputs first, output last
    """
    weights, biases, start = [], [], 0
    for i, o in pairwise(sizes):
        weights.append(vector[start : start + i * o].reshape(i, o))
        biases.append(vector[start + i * o : start + (i + 1) * o])
        start += (i + 1) * o
    return weights, biases


def is_linear(activations: Sequence[str]) -> bool:
    """Tell whether the weighted sum of the output is one linear map; see `linear_product`.

    Parameters
    ----------
    activations : of each layer after the inputs
    """
    return set(activations[:-1]) <= {"identity"}


def linear_product(weights: Sequence[Array], biases: Sequence[Array]) -> tuple[Array, float]:
    """Multiply out the layers of a network whose hidden activations are all the identity.

        Z = (… ((X W[1] + b[1]) W[2] + b[2]) …) W[n] + b[n] = X w + b,
        w = W[1] W[2] … W[n],   b = (… (b[1] W[2] + b[2]) …) W[n] + b[n]

    However many layers it has, such a network is this one linear map, and its boundary one line:
    w · x + b = 0 where the output is a sigmoid, w · x + b = 0.5 where it is the identity.

    Parameters
    ----------
    weights, biases : of each layer, (fan_in, fan_out) and (fan_out,); the last layer has one unit

    Returns
    -------
    w (inputs,) and b.
    """
    W, b = weights[0], biases[0]
    for next_W, next_b in zip(weights[1:], biases[1:], strict=True):
        W, b = W @ next_W, b @ next_W + next_b
    return W[:, 0], float(b[0])


class ForwardPass(NamedTuple):
    """What a forward pass computed: all that can be shown of it, and what `backward` needs.

    Parameters
    ----------
    activations : A of every layer, (samples, units); the first is X
    sums : Z of every layer but the inputs, (samples, units)
    """

    activations: list[Array]
    sums: list[Array]

    @property
    def logits(self) -> Array:
        """Z of the output layer, (samples, outputs)."""
        return self.sums[-1]


class Network:
    """Layers of units, each fully connected to the next; `Program` trains its parameters.

    Parameters
    ----------
    sizes : units per layer, inputs first, output last; at least two
    activations : one key of ACTIVATIONS per hidden layer, and one of OUTPUT_ACTIVATIONS
    dtype : float64; float32 is for pictures, where its rounding cannot be seen
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activations: Sequence[str],
        dtype: type[np.floating[Any]] = np.float64,
    ) -> None:
        self.sizes = tuple(sizes)
        self.activations = tuple(activations)
        self.parameters: Array = np.zeros(parameter_count(self.sizes), dtype)
        self.gradient: Array = np.zeros_like(self.parameters)
        self.weights, self.biases = layer_views(self.parameters, self.sizes)
        self._dW, self._db = layer_views(self.gradient, self.sizes)
        self._hidden = [ACTIVATIONS[name] for name in self.activations[:-1]]
        self._output = OUTPUT_ACTIVATIONS[self.activations[-1]]

    def forward(self, X: Array, heed: Heed = go_on) -> ForwardPass:
        """Compute every layer's weighted sums and activations.

            A[0] = X,   Z = A[l-1] W + b,   A[l] = f(Z)

        Parameters
        ----------
        X : (samples, inputs)
        heed : called before and in the middle of each layer
        """
        activations, sums = [X], []
        functions = (*self._hidden, self._output)
        for W, b, function in zip(self.weights, self.biases, functions, strict=True):
            heed()
            sums.append(activations[-1] @ W + b)
            heed()
            activations.append(function.value(sums[-1]))
        return ForwardPass(activations, sums)

    def output(self, X: Array, heed: Heed = go_on) -> tuple[Array, Array]:
        """Compute Z and A of the output, (samples, outputs), and keep nothing on the way there.

        For whoever asks after every epoch: to keep all Z of a large network takes time.

        Parameters
        ----------
        X, heed : as of `forward`
        """
        A = X
        functions = (*self._hidden, self._output)
        for W, b, function in zip(self.weights, self.biases, functions, strict=True):
            heed()
            Z = A @ W + b
            heed()
            A = function.value(Z)
        return Z, A

    def backward(self, activations: Sequence[Array], dZ: Array) -> Array:
        """Turn the slope at the output into the slope of every weight and bias.

        Walking backwards through the layers:

            dW = Aᵀ dZ,   db = sum of dZ over the samples,
            dZ of the layer before = (dZ Wᵀ) · f'

        with A the activations that enter the layer.

        Parameters
        ----------
        activations : A of every layer as `forward` returned them
        dZ : (samples, outputs), slope of the loss with respect to the output's weighted sums

        Returns
        -------
        The gradient, (parameters,), in the order of `parameters`. It is the network's own buffer
        and is overwritten by the next call.

        Reference: Rumelhart, Hinton & Williams, Nature 323 (1986) 533-536.
        """
        for layer in reversed(range(len(self.weights))):
            A = activations[layer]
            np.matmul(A.T, dZ, out=self._dW[layer])
            np.sum(dZ, axis=0, out=self._db[layer])
            if layer > 0:
                dZ = (dZ @ self.weights[layer].T) * self._hidden[layer - 1].slope(A)
        return self.gradient
