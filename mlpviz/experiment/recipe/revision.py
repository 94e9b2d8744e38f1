"""Another recipe made of one: what belongs to the layers is fitted to layers that change."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from mlpviz.engine.activations import SOFTMAX
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.features import FEATURES
from mlpviz.experiment.data.own_data import OWN
from mlpviz.experiment.recipe.recipe import REGRESSION_LOSS, Recipe, class_count, output_count

DATA = ("dataset", "own", "classes")  # what says of which kind the targets are

# An output without bounds has slopes without bounds: at a learning rate of 1 most runs would grow.
FOR_NUMBERS: dict[str, Any] = {
    "loss": REGRESSION_LOSS,
    "output_activation": "identity",
    "learning_rate": 0.1,
}
FOR_CLASSES = {field.name: field.default for field in fields(Recipe) if field.name in FOR_NUMBERS}


def revised(recipe: Recipe, **values: Any) -> Recipe:
    """Return a recipe with other values, as `dataclasses.replace`, that are fitted to each other.

    Where the shape of the network changes, its parameters are others, so that none of them stays
    frozen. Where other initial weights are asked for, those that were given do not stay. Where the
    number of hidden layers changes, those that stay keep their activations, and new ones take that
    of the last. Where numbers take the place of classes as targets, or classes that of numbers,
    loss, output activation and learning rate become those that suit them; so does the output
    activation where there are more than two classes, or no longer.

    Raises
    ------
    ValueError
        for a value that the recipe refuses.
    """
    if "hidden" in values and "hidden_activation" not in values:
        values["hidden_activation"] = _activations(recipe, len(values["hidden"]))
    values = suited(recipe, values)
    # What is kept is settled before, so that the recipe is checked once and not twice.
    if not _has_same_sizes(recipe, values):
        values = {"frozen": (), "start": None} | values
    elif not _draws_alike(recipe, values):
        values = {"start": None} | values
    return replace(recipe, **values)


def suited(recipe: Recipe, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values for a recipe, with what suits the targets of its new data.

    Where they become numbers these are `FOR_NUMBERS`, where they become classes again the
    defaults. More than two classes take softmax, and two of them the default again. What is among
    the values already stays as it is.
    """
    old, new = recipe.class_count, _class_count(recipe, values)
    suit: dict[str, Any] = {}
    if (new == 0) != (old == 0):
        suit = FOR_NUMBERS if new == 0 else FOR_CLASSES
    if new > 2:
        suit = suit | {"output_activation": SOFTMAX}
    elif old > 2 and new == 2:
        suit = {"output_activation": FOR_CLASSES["output_activation"]}
    return suit | dict(values)


class Suits:
    """What was chosen with each kind of targets, so that a visit to another kind takes nothing.

    The kinds are numbers and classes; for the output activation two classes and more are apart.
    """

    def __init__(self) -> None:
        self._left: dict[tuple[str, int], Any] = {}  # by field and kind

    def suited(self, recipe: Recipe, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return values for a recipe as `suited`, but what was chosen for that kind before it."""
        old, new = recipe.class_count, _class_count(recipe, values)
        if (new == 0) != (old == 0) or (new > 2) != (old > 2):
            for name in FOR_NUMBERS:
                self._left[name, _kind(name, old)] = getattr(recipe, name)
        return {
            name: value if name in values else self._left.get((name, _kind(name, new)), value)
            for name, value in suited(recipe, values).items()
        }


def _kind(name: str, count: int) -> int:
    """Return which kind of targets a number of classes is for a field, 0 for numbers."""
    return min(count, 3 if name == "output_activation" else 1)


def _class_count(recipe: Recipe, values: Mapping[str, Any]) -> int:
    """Return the number of classes of a recipe with other values."""
    dataset, own, classes = (values.get(name, getattr(recipe, name)) for name in DATA)
    if dataset not in {*DATASETS, OWN}:  # the recipe will say so
        return recipe.class_count
    return class_count(dataset, own, classes)


def _has_same_sizes(recipe: Recipe, values: Mapping[str, Any]) -> bool:
    """Tell whether the network of a recipe with other values has as many units in each layer."""
    hidden = values.get("hidden", recipe.hidden)
    if not isinstance(hidden, list | tuple):  # the recipe will say so
        return True
    sizes = (len(_features(recipe, values)), *hidden, output_count(_class_count(recipe, values)))
    return sizes == recipe.sizes


def _draws_alike(recipe: Recipe, values: Mapping[str, Any]) -> bool:
    """Tell whether a recipe with other values, but the same sizes, draws the same weights."""
    names = ("initializer", "weight_seed")
    same = all(values.get(name, getattr(recipe, name)) == getattr(recipe, name) for name in names)
    return same and _features(recipe, values) == recipe.features


def _features(recipe: Recipe, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the features of a recipe with other values, as it will keep them."""
    features = values.get("features", recipe.features)
    if not isinstance(features, list | tuple):  # the recipe will say so
        return recipe.features
    return tuple(key for key in FEATURES if key in features)


def _activations(recipe: Recipe, layers: int) -> str | tuple[str, ...]:
    names = recipe.hidden_activation
    if isinstance(names, str):
        return names
    if layers == 0:
        return names[0]
    return (names + names[-1:] * layers)[:layers]
