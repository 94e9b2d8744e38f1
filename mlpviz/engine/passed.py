"""States that a training has passed: what it gave there, and how it is taken back there."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlpviz.engine import Array


class Passed(NamedTuple):
    """A state that a training has passed, and what its network gave there for every sample.

    Parameters
    ----------
    predictions : the output, (samples,), or with an output unit per class (classes, samples)
    hidden_activations : of each hidden layer, (units, samples)
    parameters : all weights and biases, (n,)
    memory : what the optimizer remembered, (m,)
    """

    predictions: Array
    hidden_activations: list[Array]
    parameters: Array
    memory: Array

    @property
    def state(self) -> Array:
        """A copy of what the next epoch depends on, as `Training.state` returns it, (n + m,)."""
        return np.concatenate((self.parameters, self.memory))

    def copy(self) -> "Passed":
        """Return what later epochs do not overwrite."""
        hidden = [A.copy() for A in self.hidden_activations]
        return Passed(self.predictions.copy(), hidden, self.parameters.copy(), self.memory.copy())


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a training stood, so that it can be taken back there."""

    epoch: int
    state: Array
    loss: float
    first_nonfinite_loss_epoch: int | None
    first_nonfinite_weight_epoch: int | None
