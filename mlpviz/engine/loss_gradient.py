"""The gradient of the loss in a state, computed by the letters of the books to be looked at."""

from collections.abc import Sequence

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.losses import OutputPair, output_slopes
from mlpviz.engine.network import Network

MAX_ACTIVATIONS = 1_000_000  # of all units for all samples: more take longer than a frame may


def can_follow_gradient(sizes: Sequence[int], samples: int) -> bool:
    """Tell whether the gradient takes no longer than a frame may.

    Parameters
    ----------
    sizes : units per layer
    """
    return sum(sizes) * samples <= MAX_ACTIVATIONS


# NaN and infinity are results here, not accidents to warn of on the terminal.
@np.errstate(all="ignore")
def summed_gradient(network: Network, X: Array, Y: Array, pair: OutputPair) -> Array:
    """Return the gradient of the loss, summed over the samples, (parameters,).

    Parameters
    ----------
    network : whose own buffer the gradient is
    X, Y : (samples, inputs) and (samples, 1), as `Training` has them
    pair : the formulas of the output
    """
    activations = network.forward(X).activations
    return network.backward(activations, output_slopes(pair, activations[-1], Y))
