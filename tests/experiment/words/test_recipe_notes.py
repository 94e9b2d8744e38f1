"""What is said of the choices of a recipe where they would surprise."""

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.words.recipe_notes import recipe_notes


def test_usual_choices_need_no_word() -> None:
    for recipe in (
        Recipe(),
        Recipe(optimizer="momentum"),
        Recipe(optimizer="adam", learning_rate=0.1),
    ):
        assert recipe_notes(recipe) == []


def test_a_learning_rate_that_is_long_for_adam_is_told() -> None:
    (note,) = recipe_notes(Recipe(optimizer="adam"))
    assert note.startswith("Adam's steps are about as long as the learning rate")


def test_without_activations_it_says_what_is_left_and_what_the_loss_lacks() -> None:
    first, second, third, fourth = recipe_notes(Recipe(activations_off=True))
    assert first.endswith("A = Z.")
    assert second == "Cross-entropy needs outputs between 0 and 1; this output has no sigmoid."
    assert fourth == (
        "A prediction that is not a number counts as wrong. The 49\u2009% of the report that these "
        "experiments are from came from NaN > 0.5 being false: it took such a prediction for "
        "class 0."
    )
    assert "is not the gradient of this loss" in third
    assert len(recipe_notes(Recipe(activations_off=True, numerics="textbook"))) == 3
    of_many = Recipe(
        dataset="gaussians", classes=3, output_activation="softmax", activations_off=True
    )
    own = Recipe(dataset="circle", activations_off=True)
    assert not any("49" in note for recipe in (of_many, own) for note in recipe_notes(recipe))
