"""What helps where a network does not learn: words for a button, and the recipe it brings."""

from dataclasses import replace

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised


def smaller_steps(recipe: Recipe) -> tuple[str, Recipe | None]:
    """Offer a tenth of the learning rate; nothing where that would be 0."""
    rate = recipe.learning_rate / 10.0
    if rate == 0.0:  # the smallest number there is, divided by ten
        return "", None
    return tr("Learning rate ÷ 10"), replace(recipe, learning_rate=rate)


def bend(recipe: Recipe) -> tuple[str, Recipe]:
    """Offer what makes more of the network than one linear map."""
    if not recipe.hidden:
        return tr("Hidden layers"), revised(recipe, hidden=Recipe().hidden)
    if recipe.activations_off:
        return tr("Activations on"), replace(recipe, activations_off=False)
    return tr("Hidden activations on"), replace(recipe, hidden_activation="sigmoid")
