"""The test set: samples that a network is judged by and never trained on."""

import math

import numpy as np

from mlpviz.engine import Array, Heed, go_on, is_slow
from mlpviz.engine.losses import one_hot, output_pair
from mlpviz.engine.network import Network
from mlpviz.engine.scores import correct_samples, r_squared


class HeldOut:
    """The samples held out from training, and how the network does on them as it stands.

    Parameters
    ----------
    network : whose parameters another may change between two calls
    points : of the plane, (samples, 2)
    X, Y : (samples, inputs), what the network is given of the points, and (samples, 1), the
        target as for `Training`
    loss, numerics : as for `Training`, so that both losses can be compared
    is_regression : whether the targets are numbers rather than classes
    heed : called on the way of a forward pass, where that is slow
    """

    def __init__(
        self,
        network: Network,
        points: Array,
        X: Array,
        Y: Array,
        loss: str,
        numerics: str,
        *,
        is_regression: bool = False,
        heed: Heed = go_on,
    ) -> None:
        self.is_regression = is_regression
        self.is_slow = is_slow(len(X), network.parameters.size)
        self._heed = heed if self.is_slow else go_on
        self._network = network
        self.points, self._X, self.Y = points, X, Y
        self._targets = Y[:, 0]
        self.outputs = network.sizes[-1]
        self._pair = output_pair(loss, network.activations[-1], numerics, self.outputs)
        many = self.outputs > 1
        self._judged_by = one_hot(self._targets, self.outputs) if many else self._targets

    def loss(self) -> float:
        """Return the mean loss."""
        return self.evaluate()[0]

    def accuracy(self, predictions: Array | None = None) -> float:
        """Return the share of the samples whose class is right, 0 to 1; NaN for regression.

        Parameters
        ----------
        predictions : of `evaluate`, where they are known
        """
        if self.is_regression:
            return math.nan
        predictions = self.evaluate()[1] if predictions is None else predictions
        return float(np.mean(correct_samples(predictions, self._targets, self.outputs)))

    def r_squared(self) -> float:
        """Return R² of the predictions; see `scores.r_squared`."""
        return r_squared(self.evaluate()[1], self._targets)

    @np.errstate(all="ignore")
    def evaluate(self) -> tuple[float, Array]:
        """Return the mean loss, and the output for each sample, (samples,).

        With an output unit per class (classes, samples).
        """
        Z, predictions = (part.T for part in self._network.output(self._X, self._heed))
        # With one unit its axis takes the place of the states: the mean is written for many.
        loss: float = self._pair.mean(Z, predictions, self._judged_by).item()
        return loss, predictions[0] if self.outputs == 1 else predictions
