"""What is by default, and what has been changed."""

import pytest

from mlpviz.experiment.recipe.defaults import changed_choices, default_of, with_defaults
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised

FIELDS = ("samples", "loss", "output_activation", "optimizer", "momentum", "beta1", "epochs")


def test_the_default_is_the_one_that_suits_the_targets() -> None:
    numbers = revised(Recipe(), dataset="plane")
    many = revised(Recipe(dataset="spiral"), classes=3)
    assert default_of(Recipe(), "loss") == "cross_entropy"
    assert default_of(numbers, "loss") == "mean_squared_error"
    assert default_of(numbers, "output_activation") == "identity"
    assert default_of(many, "output_activation") == "softmax"
    for recipe in (Recipe(), numbers, many):
        assert changed_choices(recipe, FIELDS) == ()


@pytest.mark.parametrize(
    ("recipe", "changed"),
    [
        (Recipe(samples=50), ()),  # xor has 21 all the same
        (Recipe(dataset="circle", samples=50), ("samples",)),
        (Recipe(momentum=0.1), ()),  # of an optimizer that is not used
        (Recipe(optimizer="momentum", momentum=0.1), ("optimizer", "momentum")),
        (Recipe(epochs=5, learning_rate=3.0), ("epochs",)),
    ],
)
def test_only_a_choice_that_counts_is_a_change(recipe: Recipe, changed: tuple[str, ...]) -> None:
    assert changed_choices(recipe, FIELDS) == changed


def test_with_defaults_leaves_all_other_fields() -> None:
    recipe = Recipe(dataset="circle", samples=50, optimizer="adam", beta1=0.5, learning_rate=0.3)
    assert with_defaults(recipe, FIELDS) == Recipe(dataset="circle", learning_rate=0.3)
