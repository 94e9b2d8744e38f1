"""Which units have a colour that ties them to their line on the map."""

import pytest

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.look.look import DARK, LIGHT, Look
from mlpviz.gui.plots.unit_tints import has_tints, unit_tint


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_up_to_four_units_of_the_first_layer_have_one_each(look: Look) -> None:
    recipe = Recipe(hidden=(4, 4))
    tints = [unit_tint(look, recipe, (1, unit)) for unit in range(4)]
    assert tints == list(look.unit_tints)
    assert len(set(tints)) == 4


def test_no_other_unit_has_one() -> None:
    recipe = Recipe(hidden=(4, 4))
    assert {unit_tint(LIGHT, recipe, (layer, 0)) for layer in (0, 2, 3)} == {None}


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(hidden=(5,)),
        Recipe(hidden=()),
        Recipe(dataset="gaussians", classes=3, output_activation="softmax"),
        Recipe(dataset="plane", loss="mean_squared_error", output_activation="identity"),
    ],
)
def test_where_they_are_many_or_the_classes_are_not_two_none_has_one(recipe: Recipe) -> None:
    assert not has_tints(recipe)
    assert unit_tint(LIGHT, recipe, (1, 0)) is None
