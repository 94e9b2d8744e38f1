"""Many networks of one shape at once: other initial weights, other learning rates.

For a small network an epoch is mostly the overhead of some thirty calls of NumPy. Stacked arrays
make one call do the work of many networks. Too many at once fall out of the processor's cache, so
they are trained in groups; networks so large that the overhead does not matter go one by one.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.losses import output_pair
from mlpviz.engine.network import Network
from mlpviz.engine.program import PLAIN, Program
from mlpviz.engine.scores import correct_samples
from mlpviz.engine.steps import StepRule

CACHE_NUMBERS = 1 << 16  # activations of a group: half a megabyte
MAX_GROUP = 256
LARGE_NUMBERS = 5000  # activations of a network that gains nothing from company


def group_size(sizes: Sequence[int], samples: int) -> int:
    """Choose how many networks of a shape to train together."""
    numbers = sum(sizes[1:]) * samples
    return 1 if numbers > LARGE_NUMBERS else min(MAX_GROUP, CACHE_NUMBERS // numbers)


class Batch:
    """Full-batch training of many networks on the same data.

    Parameters
    ----------
    networks : at least one, all of the same sizes and activations; they are copied
    X, Y : (samples, inputs) and (samples, 1), as for `Training`
    learning_rates : one per network
    loss, numerics, reduction, rule : as for `Training`
    """

    def __init__(
        self,
        networks: Sequence[Network],
        X: Array,
        Y: Array,
        learning_rates: Sequence[float],
        *,
        loss: str = "cross_entropy",
        numerics: str = "stable",
        reduction: str = "mean",
        rule: StepRule = PLAIN,
    ) -> None:
        sizes, activations = networks[0].sizes, networks[0].activations
        if any(n.sizes != sizes or n.activations != activations for n in networks):
            raise ValueError("networks must all have the same sizes and activations.")
        if len(learning_rates) != len(networks):
            raise ValueError(
                f"learning_rates must be one per network, {len(networks)}. "
                f"Got {len(learning_rates)}."
            )
        self.parameters: Array = np.stack([network.parameters for network in networks])
        self.epoch = 0
        self._targets, self._outputs = Y[:, 0], sizes[-1]
        self._pair = output_pair(loss, activations[-1], numerics, self._outputs)
        scale = 1.0 / len(X) if reduction == "mean" else 1.0
        size = group_size(sizes, len(X))
        starts = range(0, len(networks), size)
        self._groups = [slice(start, start + size) for start in starts]
        self._programs = [
            self._program(group, sizes, activations, X, Y, scale, rule) for group in self._groups
        ]
        for group, program in zip(self._groups, self._programs, strict=True):
            program.set_learning_rate(np.array(learning_rates[group]))
        self.losses = self._evaluate()  # of the present state, (networks,)

    @property
    def predictions(self) -> Array:
        """The output of each network for each sample, (networks, samples).

        With an output unit per class (classes, networks, samples).
        """
        axes, samples = (self._outputs,) if self._outputs > 1 else (), len(self._targets)
        outputs = [program.predictions.reshape(*axes, -1, samples) for program in self._programs]
        return np.concatenate(outputs, axis=-2)

    @property
    def accuracies(self) -> Array:
        """The share of samples whose class is right, (networks,), 0 to 1."""
        correct = correct_samples(self.predictions, self._targets, self._outputs)
        accuracies: Array = correct.mean(axis=1)
        return accuracies

    @np.errstate(all="ignore")
    def run(self, epochs: int, correct: NDArray[np.intp] | None = None) -> Array:
        """Train for some epochs and return the losses of the states reached, (epochs, networks).

        Parameters
        ----------
        correct : takes how many samples of each of these states are classified correctly,
            (epochs, networks); left out, they are not counted
        """
        losses = np.empty((epochs, len(self.parameters)))
        for group, program in zip(self._groups, self._programs, strict=True):
            look = None if correct is None else self._counter(correct[:, group])
            of_group = losses[:, group]
            of_group[:] = program.run(epochs, look).reshape(of_group.shape)
        self.epoch += epochs
        if epochs:
            self.losses = losses[-1].copy()
        return losses

    def _counter(self, correct: NDArray[np.intp]) -> Callable[[Array], None]:
        """Return what writes the counts of the outputs that it is shown, row after row."""
        done = 0

        def count(outputs: Array) -> None:
            nonlocal done
            right = correct_samples(outputs, self._targets, self._outputs)
            rows = slice(done, done + len(right))
            correct[rows] = np.count_nonzero(right, axis=-1).reshape(len(right), -1)
            done = rows.stop

        return count

    @np.errstate(all="ignore")
    def _evaluate(self) -> Array:
        return np.concatenate([np.atleast_1d(program.evaluate()) for program in self._programs])

    def _program(
        self,
        group: slice,
        sizes: Sequence[int],
        activations: Sequence[str],
        X: Array,
        Y: Array,
        scale: float,
        rule: StepRule,
    ) -> Program:
        parameters = self.parameters[group]
        if len(parameters) == 1:
            parameters = parameters[0]  # one alone takes the faster way into BLAS
        return Program(parameters, sizes, activations, X, Y, self._pair, scale, rule)
