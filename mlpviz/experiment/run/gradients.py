"""The gradient of the loss in the state that a frame shows."""

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.features import features_of
from mlpviz.engine.losses import output_pair
from mlpviz.engine.program import Program
from mlpviz.experiment.run.frame import Frame


@np.errstate(all="ignore")
def gradient(frame: Frame) -> Array:
    """Compute by how much the loss of all samples grows per weight and bias, (parameters,).

    To the byte it is what `Training.gradient` gives in that state, which is faster where there is
    a training that stands in it.
    """
    recipe = frame.recipe
    scale = 1.0 / len(frame.X) if recipe.reduction == "mean" else 1.0
    program = Program(
        frame.parameters.copy(),
        recipe.sizes,
        recipe.activations,
        features_of(frame.X, recipe.features),
        frame.Y[:, np.newaxis],
        output_pair(recipe.loss, recipe.activations[-1], recipe.numerics, recipe.outputs),
        scale,
        ring_rows=1,
    )
    program.evaluate()
    return program.summed_gradient() * scale
