"""What a choice of a recipe is by default, for data of its kind, and which choices are others."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from mlpviz.engine.activations import SOFTMAX
from mlpviz.experiment.recipe.idle import idle_words
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import FOR_NUMBERS, revised

_DEFAULTS = {field.name: field.default for field in fields(Recipe)}


def default_of(recipe: Recipe, field: str) -> Any:
    """Return what a choice is by default for the targets that a recipe has."""
    if recipe.is_regression and field in FOR_NUMBERS:
        return FOR_NUMBERS[field]
    if field == "output_activation" and recipe.outputs > 1:
        return SOFTMAX
    return _DEFAULTS[field]


def changed_choices(recipe: Recipe, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of the fields whose value counts and is not the default."""
    return tuple(
        name
        for name in names
        if getattr(recipe, name) != default_of(recipe, name) and not idle_words(recipe, name)
    )


def with_defaults(recipe: Recipe, names: Iterable[str]) -> Recipe:
    """Return a recipe that has the default of each of these fields."""
    return revised(recipe, **{name: default_of(recipe, name) for name in names})
