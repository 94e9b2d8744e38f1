"""The gradient of the loss in the state that a frame shows."""

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.features import features_of
from mlpviz.engine.loss_gradient import summed_gradient
from mlpviz.engine.losses import output_pair
from mlpviz.engine.network import Network
from mlpviz.experiment.run.frame import Frame


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
    X = features_of(frame.X, recipe.features)
    result = summed_gradient(network, X, frame.Y[:, np.newaxis], pair)
    return result / len(frame.X) if recipe.reduction == "mean" else result
