"""Where the first number of a step that is not finite stands, looked for in its trace alone."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.losses import difference
from mlpviz.engine.training import Training
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.trace import OfLayer, StepTrace, step_trace
from mlpviz.experiment.words.step_stages import Kind, Stage


class Bad(NamedTuple):
    """The first number of a step that is not finite, in the order in which its pages are read.

    Parameters
    ----------
    row : of the sample, among those of the step; None for what belongs to all of them
    """

    trace: StepTrace
    stage: Stage
    row: int | None
    place: Place


@np.errstate(all="ignore")
def first_bad_of_epoch(training: Training, *, is_of_loss: bool) -> Bad | None:
    """Look through the steps of the epoch to come.

    Parameters
    ----------
    is_of_loss : whether the loss has broken, and not only parameters: training on batches forms
        no losses, so that one of them breaks none
    """
    for batch in range(training.steps_per_epoch):
        trace = step_trace(training, batch)
        found = _forward(trace, is_of_loss=is_of_loss)
        found = found or (_loss(trace) if is_of_loss else None)
        found = found or _backward(trace) or _update(trace)
        if found is not None:
            return found
    return None


def _first(bad: NDArray[np.bool]) -> tuple[int, int] | None:
    places = np.argwhere(bad)
    return (int(places[0, 0]), int(places[0, 1])) if len(places) else None


def _forward(trace: StepTrace, *, is_of_loss: bool) -> Bad | None:
    for layer, step in enumerate(trace.layers, 1):
        # An infinite Z that is bent to a finite A harms nothing.
        does_harm = ~np.isfinite(step.A)
        if layer == len(trace.layers):  # softmax takes all Z together, and some losses are of Z
            does_harm = does_harm.any(axis=1, keepdims=True)
            if is_of_loss:
                does_harm |= ~np.isfinite(trace.losses)[:, np.newaxis]
        for bad in ~np.isfinite(step.Z) & does_harm, ~np.isfinite(step.A):
            if at := _first(bad):
                return Bad(trace, Stage(Kind.FORWARD, layer), at[0], Place(layer, at[1]))
    return None


def _loss(trace: StepTrace) -> Bad | None:
    last, losses = len(trace.layers), trace.losses
    stage, place = Stage(Kind.LOSS, last), Place(last, 0)
    if np.isfinite(losses).all():
        return None if np.isfinite(trace.loss) else Bad(trace, stage, None, place)
    # What makes a mean NaN is the loss that is NaN, not an infinite one before it.
    bad = np.isnan(losses) if np.isnan(losses).any() else ~np.isfinite(losses)
    row = int(np.argmax(bad))
    outputs, targets = trace.layers[-1].A[row], trace.targets[row]
    if len(outputs) > 1:
        parts = np.where(targets == 1.0, np.log(outputs), 0.0 * np.log(outputs))
        if trace.pair.value(outputs, outputs, targets) == ((outputs - targets) ** 2).sum():
            parts = (outputs - targets) ** 2
        bad = np.isnan(parts) if np.isnan(parts).any() else ~np.isfinite(parts)
        place = Place(last, int(np.argmax(bad)))
    return Bad(trace, stage, row, place)


def _backward(trace: StepTrace) -> Bad | None:
    for layer in range(len(trace.layers), 0, -1):
        step, stage = trace.layers[layer - 1], Stage(Kind.BACKWARD, layer)
        # Training does without dA of the output where dZ is a difference.
        has_dA = layer < len(trace.layers) or trace.pair.slope is not difference
        for slopes in ([step.dA] if has_dA else []), [step.dZ]:
            if slopes and (at := _first(~np.isfinite(slopes[0]))):
                return Bad(trace, stage, at[0], Place(layer, at[1]))
        if place := _parameter([OfLayer(step.dW, step.db)], layer):
            return Bad(trace, stage, None, place)
    return None


def _update(trace: StepTrace) -> Bad | None:
    layers, stage = trace.layers, Stage(Kind.UPDATE, len(trace.layers))
    for parts in (
        [step.penalty for step in layers],
        [step.g for step in layers],
        [step.step for step in layers],
        [OfLayer(step.W_after, step.b_after) for step in layers],
    ):
        if place := _parameter(parts, 1):
            return Bad(trace, stage, None, place)
    return None


def _parameter(layers: list[OfLayer], first_layer: int) -> Place | None:
    """Return the first weight or bias of some layers whose number is not finite."""
    for layer, (W, b) in enumerate(layers, first_layer):
        block: Array = np.vstack((W, b))
        if at := _first(~np.isfinite(block)):
            return Place(layer, at[1], None if at[0] == len(W) else at[0])
    return None
