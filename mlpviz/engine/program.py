"""One epoch as a list of prepared NumPy calls.

For networks this small nearly all the time of an epoch goes into calling NumPy and into making
arrays for its answers. So everything that does not change from epoch to epoch is done once, here:

- Arrays are feature-major: A of a layer is (units + 1, samples), and its last row is ones. The
  ones meet the biases: [W; b]ᵀ [A; 1] = Wᵀ A + b, and [A; 1] dZᵀ = [dW; db]. A layer costs one
  product forward and one backward, and since b follows W in the flat vector of parameters,
  [W; b] and [dW; db] are simply views of it and of the gradient.
- Every call writes into an array that is there already (`out=`), and is bound to its arguments.
- All hidden layers lie in one array, so that their slopes are computed at one go.
- Products use the method `dot`, the fastest way into BLAS. It also lets go of Python's lock each
  time, which is what keeps the window alive while training runs flat out.
- Z and A of the output go to another row of a ring every epoch. The losses are then computed for
  all rows of the ring together: the loss of every epoch costs little more than none at all.

Many networks of the same shape train together when the parameters are (networks, parameters)
instead of (parameters,): every array then has an axis more in front, and a product is `matmul`,
which goes through the networks inside one call.

`Network.forward` and `Network.backward` say the same in the words of the books; tests hold the
two together.
"""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS, Call
from mlpviz.engine.losses import OutputPair
from mlpviz.engine.optimizers import gradient_descent_calls

RING_ROWS = 64
RING_NUMBERS = 1 << 15  # no more rows than fit into the cache when there are many networks


class Program:
    """Full-batch epochs for one network, or for many of the same shape, on one data set.

    Shapes are given for one network; with many, an axis of networks stands before them all.

    Parameters
    ----------
    parameters, gradient : (parameters,); changed in place
    sizes, activations : of the network
    X, Y : (samples, inputs) and (samples, 1)
    pair : how the output is judged
    gradient_scale : 1 / samples for the gradient of the mean, 1 for that of the sum
    """

    def __init__(
        self,
        parameters: Array,
        gradient: Array,
        sizes: Sequence[int],
        activations: Sequence[str],
        X: Array,
        Y: Array,
        pair: OutputPair,
        gradient_scale: float,
    ) -> None:
        self._sizes, self._names, self._pair = tuple(sizes), tuple(activations), pair
        self._many = parameters.shape[:-1]  # () for one network
        self._samples = len(X)
        self._targets = np.ascontiguousarray(Y.T)  # (1, samples)
        self._scale = np.array(gradient_scale)
        self._rate = np.zeros((*self._many, 1)) if self._many else np.array(0.0)
        self._blocks = _blocks(parameters, self._sizes)
        self._gradients = _blocks(gradient, self._sizes)
        self._activations = self._make_activations(X)
        self._dZ_output = np.empty((*self._many, 1, self._samples))
        self._rows = max(2, min(RING_ROWS, RING_NUMBERS // self._dZ_output.size))
        self._Z, self._A = (np.zeros((self._rows, *self._dZ_output.shape)) for _ in "ZA")
        self._row = 0
        self._hidden_forward = self._make_hidden_forward()
        self._output_forward = [self._make_output_forward(row) for row in range(self._rows)]
        self._output_slope = [self._make_output_slope(row) for row in range(self._rows)]
        self._backward_and_update = (
            *self._make_backward(),
            *gradient_descent_calls(parameters, gradient, self._rate),
        )

    @property
    def logits(self) -> Array:
        """Z of the output for every sample in the present state, (samples,)."""
        logits: Array = self._Z[self._row, ..., 0, :]
        return logits

    @property
    def predictions(self) -> Array:
        """A of the output for every sample in the present state, (samples,)."""
        predictions: Array = self._A[self._row, ..., 0, :]
        return predictions

    def sample_losses(self) -> Array:
        """Return the loss of every sample in the present state, (samples,)."""
        return self._pair.value(self.logits, self.predictions, self._targets[0])

    def evaluate(self) -> Array:
        """Run forward in the present state and return its loss, ()."""
        for call in self._hidden_forward + self._output_forward[self._row]:
            call()
        loss: Array = self._losses(self._row, self._row + 1)[0]
        return loss

    def run(self, epochs: int, learning_rate: float | Array) -> Array:
        """Train for some epochs; the present state must have been evaluated.

        Parameters
        ----------
        learning_rate : one for all, or one per network

        Returns
        -------
        The loss of each state reached, (epochs,); with many networks (epochs, networks).
        """
        self._rate[...] = np.reshape(learning_rate, (-1, 1) if self._many else ())
        losses, done = np.empty((epochs, *self._many)), 0
        while done < epochs:
            # A stretch begins at row 0, so that its losses lie together, in any order of calls.
            count = min(epochs - done, self._rows)
            self._run_stretch(count)
            losses[done : done + count] = self._losses(0, count)
            done += count
        return losses

    def _run_stretch(self, count: int) -> None:
        middle, forward = self._backward_and_update, self._hidden_forward
        slopes, outputs = self._output_slope, self._output_forward
        row = self._row
        for next_row in range(count):
            for call in slopes[row]:
                call()
            for call in middle:
                call()
            for call in forward:
                call()
            for call in outputs[next_row]:
                call()
            row = next_row
        self._row = row

    def _losses(self, first: int, last: int) -> Array:
        Z, A = self._Z[first:last, ..., 0, :], self._A[first:last, ..., 0, :]
        result: Array = self._pair.value(Z, A, self._targets[0]).mean(axis=-1)
        return result

    def _product(self, left: Array, right: Array, result: Array) -> Call:
        if self._many:
            return partial(np.matmul, left, right, result)
        return partial(left.dot, right, result)

    def _make_activations(self, X: Array) -> list[Array]:
        """Make [A; 1] of the inputs and, one below the other in one array, of all hidden layers."""
        inputs = np.ones((X.shape[1] + 1, self._samples))
        inputs[:-1] = X.T
        rows = sum(self._sizes[1:-1]) + len(self._sizes) - 2
        self._hidden = np.ones((*self._many, rows, self._samples))
        return [inputs, *_slices(self._hidden, self._sizes[1:-1])]

    def _make_hidden_forward(self) -> list[Call]:
        calls: list[Call] = []
        for layer, (before, after) in enumerate(pairwise(self._activations)):
            A = after[..., :-1, :]
            calls.append(self._product(_turned(self._blocks[layer]), before, A))
            calls += ACTIVATIONS[self._names[layer]].value_calls(A, A)
        return calls

    def _make_output_forward(self, row: int) -> list[Call]:
        Z, A = self._Z[row], self._A[row]
        product = self._product(_turned(self._blocks[-1]), self._activations[-1], Z)
        return [product, *ACTIVATIONS[self._names[-1]].value_calls(Z, A)]

    def _make_output_slope(self, row: int) -> list[Call]:
        dZ, Z, A = self._dZ_output, self._Z[row], self._A[row]
        slope = self._pair.slope_calls(Z, A, self._targets, dZ)
        return [*slope, partial(np.multiply, dZ, self._scale, dZ)]

    def _make_backward(self) -> list[Call]:
        slopes = np.ones_like(self._hidden)
        layer_slopes = _slices(slopes, self._sizes[1:-1])
        calls = self._make_slopes(slopes, layer_slopes)
        dZ = self._dZ_output
        for layer in reversed(range(len(self._blocks))):
            A = self._activations[layer]
            calls.append(self._product(A, _turned(dZ), self._gradients[layer]))
            if layer > 0:
                W = self._blocks[layer][..., :-1, :]
                dA = np.empty((*self._many, W.shape[-2], self._samples))
                calls.append(self._product(W, dZ, dA))
                if self._names[layer - 1] != "identity":
                    slope = layer_slopes[layer - 1][..., :-1, :]
                    calls.append(partial(np.multiply, dA, slope, dA))
                dZ = dA
        return calls

    def _make_slopes(self, slopes: Array, layer_slopes: list[Array]) -> list[Call]:
        """Compute f' of all hidden units: at one go where all layers have the same f."""
        names = self._names[:-1]
        if len(set(names)) == 1:
            return ACTIVATIONS[names[0]].slope_calls(self._hidden, slopes)
        calls: list[Call] = []
        for name, A, slope in zip(names, self._activations[1:], layer_slopes, strict=True):
            calls += ACTIVATIONS[name].slope_calls(A, slope)
        return calls


def _blocks(vector: Array, sizes: tuple[int, ...]) -> list[Array]:
    """Return [W; b] of each layer, (fan_in + 1, fan_out), as views of the flat vector."""
    blocks, start = [], 0
    for i, o in pairwise(sizes):
        block = vector[..., start : start + (i + 1) * o]
        blocks.append(block.reshape(*vector.shape[:-1], i + 1, o))
        start += (i + 1) * o
    return blocks


def _slices(stack: Array, sizes: tuple[int, ...]) -> list[Array]:
    """Return the (units + 1, samples) of each layer out of one array of all."""
    ends = np.cumsum([units + 1 for units in sizes]).tolist()
    return [stack[..., end - units - 1 : end, :] for units, end in zip(sizes, ends, strict=True)]


def _turned(matrix: Array) -> Array:
    """Return the transpose, of each network's matrix where there are many."""
    return matrix.swapaxes(-1, -2)
