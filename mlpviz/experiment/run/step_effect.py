"""What a step does to the outputs and the loss: as the gradient foretells, and really."""

from typing import NamedTuple

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.network import Network
from mlpviz.experiment.run.trace import StepTrace


class StepEffect(NamedTuple):
    """The samples of a step before and after it.

    Parameters
    ----------
    outputs_before, outputs_after : (samples, outputs)
    foretold : by how much the mean loss changes along its slope: -Σ dW · step, of the mean
    really : by how much it does change
    """

    outputs_before: Array
    outputs_after: Array
    foretold: float
    really: float


@np.errstate(all="ignore")
def step_effect(trace: StepTrace) -> StepEffect:
    """Look at the samples of a step with the parameters after it.

    The difference between `foretold` and `really` is what the loss bends on the way; the penalty
    is part of neither.
    """
    network = Network(trace.sizes, trace.activations)
    network.parameters[:] = np.concatenate(
        [part.ravel() for layer in trace.layers for part in (layer.W_after, layer.b_after)]
    )
    after = network.forward(trace.X)
    is_of_many = trace.sizes[-1] > 1
    Z, A, Y = (
        part.T if is_of_many else part[:, 0]
        for part in (after.logits, after.activations[-1], trace.targets)
    )
    mean = 1.0 / (trace.scale * len(trace.samples))  # of a gradient that is that of the sum
    change = sum(
        float((slope * step).sum())
        for layer in trace.layers
        for slope, step in ((layer.dW, layer.step.W), (layer.db, layer.step.b))
    )
    return StepEffect(
        outputs_before=trace.layers[-1].A,
        outputs_after=after.activations[-1],
        foretold=-mean * change,
        really=float(trace.pair.value(Z, A, Y).mean()) - trace.loss,
    )
