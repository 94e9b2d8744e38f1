"""What a screen reader says: where the cursor of the diagram is, and how far training has come."""

from collections.abc import Sequence

from mlpviz.engine.features import FEATURES
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.formats import accuracy_text, epoch_text, loss_text, r_squared_text
from mlpviz.experiment.words.formats import value_text as number

DECIMALS = 3


def shape_words(recipe: Recipe) -> str:
    """Say of how many units each layer of a network is."""
    return f"A network of {'-'.join(map(str, recipe.sizes))} units."


def place_words(frame: Frame, place: Place) -> str:
    """Say which unit or weight a place is, with its number, and whether it is frozen."""
    recipe = frame.recipe
    position = place.position(recipe.sizes)
    value = number(float(frame.parameters[position]), DECIMALS)
    frozen = ", frozen" if position in recipe.frozen else ""
    target = _unit_words(recipe, place.layer, place.unit)
    if place.source is None:
        return f"{target[0].upper()}{target[1:]}: bias {value}{frozen}"
    source = _unit_words(recipe, place.layer - 1, place.source)
    return f"Weight from {source} to {target}: {value}{frozen}"


def rest_words(frames: Sequence[Frame]) -> str:
    """Say epoch, loss and accuracy of one run, or of A and B."""
    scores = [_score_words(frame) for frame in frames]
    if len(scores) > 1:
        scores = [f"run {name} {score}" for name, score in zip("AB", scores, strict=True)]
    return f"Epoch {epoch_text(frames[0].epoch)}, {'; '.join(scores)}"


def _score_words(frame: Frame) -> str:
    is_regression = frame.recipe.is_regression
    score = (
        f"R² {r_squared_text(frame.r_squared)}"
        if is_regression
        else f"accuracy {accuracy_text(frame.accuracy)}"
    )
    return f"loss {loss_text(frame.loss)}, {score}"


def _unit_words(recipe: Recipe, layer: int, unit: int) -> str:
    """Name a unit in words: its sign, h₁,₂, is not read well."""
    if layer == 0:
        return f"input {FEATURES[recipe.features[unit]].label}"
    if layer < len(recipe.activations):
        return f"unit {unit + 1} of hidden layer {layer}"
    if recipe.outputs == 1:
        return "the output"
    own = recipe.used_own
    return f"the output of {f'class {unit}' if own is None else own.classes[unit]}"
