"""What a screen reader says of a place of the network and of a run at rest."""

import math
from dataclasses import replace

import pytest
from frames import make_frame, with_weights

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.spoken import place_words, rest_words, shape_words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(1, 1, 0), "Weight from input x₁ to unit 2 of hidden layer 1: 2.500"),
        (Place(2, 3), "Unit 4 of hidden layer 2: bias 0.000"),
        (Place(3, 0, 1), "Weight from unit 2 of hidden layer 2 to the output: 0.000"),
        (Place(3, 0), "The output: bias 0.000"),
    ],
)
def test_a_place_is_told_by_what_it_joins_and_its_number(place: Place, words: str) -> None:
    assert place_words(with_weights(make_frame(), w0_0_1=2.5), place) == words


def test_a_frozen_weight_and_one_that_is_no_number_are_told() -> None:
    place = Place(1, 0, 1)
    recipe = Recipe(frozen=(place.position(Recipe().sizes),))
    frame = with_weights(make_frame(recipe), w0_1_0=math.nan)
    assert place_words(frame, place).endswith(": not a number, frozen")


def test_one_of_several_outputs_is_told_by_its_class() -> None:
    frame = with_weights(make_frame(revised(Recipe(), dataset="gaussians", classes=3)))
    assert place_words(frame, Place(3, 2)) == "The output of class 2: bias 0.000"


def test_the_shape_is_told_in_units() -> None:
    assert shape_words(Recipe(hidden=(3,))) == "A network of 2-3-1 units."


def test_a_run_at_rest_tells_epoch_loss_and_accuracy_and_two_runs_which_is_which() -> None:
    frame = replace(make_frame(), epoch=120, loss=0.25, accuracy=0.952)
    assert rest_words((frame,)) == "Epoch 120, loss 0.2500, accuracy 95.2\u2009%"
    other = replace(frame, loss=math.nan)
    assert rest_words((frame, other)) == (
        "Epoch 120, run A loss 0.2500, accuracy 95.2\u2009%; "
        "run B loss not a number, accuracy 95.2\u2009%"
    )


def test_a_regression_tells_its_r_squared() -> None:
    frame = make_frame(revised(Recipe(), dataset="plane"))
    assert "R² " in rest_words((frame,))
    assert "accuracy" not in rest_words((frame,))
