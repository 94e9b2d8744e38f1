"""Which colour ties a unit of the first layer to its line upon the map."""

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Unit
from mlpviz.gui.look.look import Look

MOST_TINTED = 4  # as many as `Look.unit_tints` has
TINTED_CLASSES = 2  # the tints of units are told from the colours of no more


def has_tints(recipe: Recipe) -> bool:
    """Tell whether the units of the first hidden layer have a colour each: few, and two classes."""
    return (
        bool(recipe.hidden)
        and recipe.hidden[0] <= MOST_TINTED
        and recipe.class_count == TINTED_CLASSES
    )


def unit_tint(look: Look, recipe: Recipe, unit: Unit) -> str | None:
    """Return the colour of a unit, (layer, unit), and of its line; None where it has none."""
    layer, number = unit
    return look.unit_tints[number] if layer == 1 and has_tints(recipe) else None
