"""What is to be trained when one of the runs gets another recipe."""

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.words.comparison import check_comparable, with_shared_choices
from mlpviz.gui.actions.moments import Recipes

A, B = 0, 1


def with_side(choices: Recipes, recipe: Recipe, side: int) -> Recipes:
    """Return what to train when one run, in a comparison A (0) or B (1), has another recipe.

    Raises
    ------
    ValueError
        with a sentence, where two runs cannot be compared.
    """
    if len(choices) == 1:
        return (recipe,)
    a, b = choices
    try:
        return checked((recipe, b) if side == A else (a, recipe))
    except ValueError as problem:
        raise ValueError(f"{problem} {tr('End the comparison to change it.')}") from None


def checked(recipes: Recipes) -> Recipes:
    """Return what to train; raise a ValueError with a sentence where two cannot be compared."""
    if len(recipes) == 1:
        return recipes
    a, b = recipes
    check_comparable(a, b)
    return with_shared_choices(a, b), b
