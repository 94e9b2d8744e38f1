"""What a screen reader says: where the cursor of the diagram is, and how far training has come."""

from collections.abc import Sequence

from mlpviz.engine.features import FEATURES
from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.formats import accuracy_text, epoch_text, loss_text, r_squared_text
from mlpviz.experiment.words.formats import value_text as number

DECIMALS = 3


def shape_words(recipe: Recipe) -> str:
    """Say of how many units each layer of a network is."""
    return tr("A network of {sizes} units.", sizes="-".join(map(str, recipe.sizes)))


def place_words(frame: Frame, place: Place) -> str:
    """Say which unit or weight a place is, with its number, and whether it is frozen."""
    recipe = frame.recipe
    position = place.position(recipe.sizes)
    value = number(float(frame.parameters[position]), DECIMALS)
    is_frozen = position in recipe.frozen
    target = unit_words(recipe, place.layer, place.unit)
    if place.source is None:
        sentence = (
            marked("{unit}: bias {value}, frozen") if is_frozen else marked("{unit}: bias {value}")
        )
        return tr(sentence, unit=f"{target[0].upper()}{target[1:]}", value=value)
    sentence = (
        marked("Weight from {source} to {target}: {value}, frozen")
        if is_frozen
        else marked("Weight from {source} to {target}: {value}")
    )
    source = unit_words(recipe, place.layer - 1, place.source)
    return tr(sentence, source=source, target=target, value=value)


def rest_words(frames: Sequence[Frame]) -> str:
    """Say epoch, loss and accuracy of one run, or of A and B."""
    epoch = epoch_text(frames[0].epoch)
    scores = [_score_words(frame) for frame in frames]
    if len(scores) > 1:
        return tr("Epoch {epoch}, run A {a}; run B {b}", epoch=epoch, a=scores[0], b=scores[1])
    return tr("Epoch {epoch}, {score}", epoch=epoch, score=scores[0])


def _score_words(frame: Frame) -> str:
    loss = loss_text(frame.loss)
    if frame.recipe.is_regression:
        return tr(
            "loss {loss}, R² {r_squared}", loss=loss, r_squared=r_squared_text(frame.r_squared)
        )
    return tr("loss {loss}, accuracy {accuracy}", loss=loss, accuracy=accuracy_text(frame.accuracy))


def unit_words(recipe: Recipe, layer: int, unit: int) -> str:
    """Name a unit in words: its sign, h₁,₂, is not read well."""
    if layer == 0:
        return tr("input {feature}", feature=FEATURES[recipe.features[unit]].label)
    if layer < len(recipe.activations):
        return tr("unit {number} of hidden layer {layer}", number=unit + 1, layer=layer)
    if recipe.outputs == 1:
        return tr("the output")
    own = recipe.used_own
    if own is None:
        return tr("the output of class {number}", number=unit)
    return tr("the output of {name}", name=own.classes[unit])
