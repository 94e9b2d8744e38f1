"""The stages of one step: forward layer by layer, the loss, backward layer by layer, the update."""

from enum import Enum
from typing import NamedTuple

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.diagnosis import Quantity, Spot
from mlpviz.experiment.words.names import layer_name


class Kind(Enum):
    """What is done at a stage."""

    FORWARD = "forward"
    LOSS = "loss"
    BACKWARD = "backward"
    UPDATE = "update"


class Stage(NamedTuple):
    """One stage of a step; its layer counts from 1, and is the output's where it is of none."""

    kind: Kind
    layer: int


def stages_of(layers: int) -> tuple[Stage, ...]:
    """Return the stages of a step, in their order.

    Parameters
    ----------
    layers : how many there are after the inputs
    """
    forward = [Stage(Kind.FORWARD, layer) for layer in range(1, layers + 1)]
    backward = [Stage(Kind.BACKWARD, layer) for layer in range(layers, 0, -1)]
    return (*forward, Stage(Kind.LOSS, layers), *backward, Stage(Kind.UPDATE, layers))


def broken_stage(spot: Spot, layers: int) -> Stage:
    """Return the stage at which the first number that was not finite is computed.

    Parameters
    ----------
    layers : as of `stages_of`; the update is one of them all, wherever the number is
    """
    kinds = {
        Quantity.WEIGHTED_SUM: Kind.FORWARD,
        Quantity.DIFFERENCE: Kind.LOSS,
        Quantity.SAMPLE_LOSS: Kind.LOSS,
        Quantity.MEAN_LOSS: Kind.LOSS,
        Quantity.SLOPE: Kind.BACKWARD,
        Quantity.GRADIENT: Kind.BACKWARD,
    }
    kind = kinds.get(spot.quantity, Kind.UPDATE)
    return Stage(kind, layers if kind is Kind.UPDATE else spot.place.layer)


def stage_name(recipe: Recipe, stage: Stage) -> str:
    """Name a stage: Forward, hidden 1."""
    layer = layer_name(recipe, stage.layer)
    if stage.kind is Kind.FORWARD:
        return tr("Forward, {layer}", layer=layer)
    if stage.kind is Kind.BACKWARD:
        return tr("Backward, {layer}", layer=layer)
    return tr("Loss") if stage.kind is Kind.LOSS else tr("Update")
