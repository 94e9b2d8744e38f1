"""The gradient of the loss in the state that a frame shows."""

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.features import features_of
from mlpviz.engine.losses import output_pair, output_slopes
from mlpviz.engine.network import Network
from mlpviz.experiment.run.frame import Frame

MAX_ACTIVATIONS = 1_000_000  # of all units for all samples: more take longer than a frame may


def can_follow_gradient(frame: Frame) -> bool:
    """Tell whether the gradient takes no longer than a frame may."""
    return sum(frame.recipe.sizes) * len(frame.X) <= MAX_ACTIVATIONS


@np.errstate(all="ignore")
def gradient(frame: Frame) -> Array:
    """Compute by how much the loss of all samples grows per weight and bias, (parameters,).

    It is what a step with the full batch subtracts, but for the learning rate: of the mean over
    the samples or of their sum, and by the numerics, as the recipe says.
    """
    recipe = frame.recipe
    network = Network(recipe.sizes, recipe.activations)
    network.parameters[:] = frame.parameters
    pair = output_pair(recipe.loss, recipe.activations[-1], recipe.numerics, recipe.outputs)
    activations = network.forward(features_of(frame.X, recipe.features)).activations
    dZ = output_slopes(pair, activations[-1], frame.Y[:, np.newaxis])
    result = network.backward(activations, dZ)
    return result / len(frame.X) if recipe.reduction == "mean" else result.copy()
