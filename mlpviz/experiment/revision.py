"""Another recipe made of one: what belongs to the layers is fitted to layers that change."""

from dataclasses import replace
from typing import Any

from mlpviz.experiment.recipe import Recipe


def revised(recipe: Recipe, **values: Any) -> Recipe:
    """Return a recipe with other values, as `dataclasses.replace`, that are fitted to each other.

    Where the shape of the network changes, its parameters are others, so that none of them stays
    frozen.

    Raises
    ------
    ValueError
        for a value that the recipe refuses.
    """
    revision = replace(recipe, **({"frozen": ()} | values))
    if "frozen" in values or revision.sizes != recipe.sizes:
        return revision
    return replace(revision, frozen=recipe.frozen)
