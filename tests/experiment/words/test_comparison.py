"""Two recipes beside each other."""

from dataclasses import fields, replace
from typing import Any

import pytest
from frames import make_frame

from mlpviz.experiment.recipe.catalogue import EXPERIMENTS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.start import untrained_network
from mlpviz.experiment.words.comparison import (
    FIELDS,
    brought_words,
    check_comparable,
    comparison_message,
    differences,
    recipe_label,
    same_weights,
    side_words,
    weights_words,
    with_shared_choices,
)

A = Recipe()


def two(a: Recipe, b: Recipe, epochs: int = 0, **changes: Any) -> Update:
    frames = make_frame(a, epochs), make_frame(b, epochs)
    return replace(Update(frames, is_playing=False), **changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"learning_rate": 0.1}, [("learning rate", "1", "0.1")]),
        ({"hidden": (16, 16)}, [("hidden units", "4-4", "16-16")]),
        ({"hidden": ()}, [("hidden units", "4-4", "none")]),
        ({"activations_off": True}, [("activations", "on", "off")]),
        ({"batch_size": 5}, [("batch size", "all", "5")]),
        ({"optimizer": "adam"}, [("optimizer", "gradient descent", "Adam")]),
        ({"hidden_activation": ("relu", "tanh")}, [("hidden activation", "sigmoid", "ReLU-tanh")]),
        ({"frozen": (3, 7)}, [("frozen parameters", "none", "3 and 7")]),
        ({"frozen": (3, 7, 8)}, [("frozen parameters", "none", "3 of them")]),
        ({"epochs": 0}, [("epochs", "10\u2009000", "no limit")]),
        (
            {"weight_seed": 3, "learning_rate": 2.5},
            [("learning rate", "1", "2.5"), ("weight seed", "0", "3")],
        ),
    ],
)
def test_the_choices_that_differ_are_named_with_both_values(
    changes: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert differences(A, replace(A, **changes)) == expected


def test_every_choice_of_a_recipe_can_be_named() -> None:
    assert set(FIELDS) == {field.name for field in fields(Recipe)}


def test_the_headings_name_what_differs() -> None:
    assert side_words(A, replace(A, learning_rate=0.1)) == (
        "A · learning rate 1",
        "B · learning rate 0.1",
    )
    assert side_words(A, A)[1] == "B · the same recipe"


def test_a_heading_counts_the_differences_that_it_has_no_room_for() -> None:
    b = replace(A, learning_rate=0.1, hidden=(2,), weight_seed=4, activations_off=True)
    assert side_words(A, b)[1] == "B · learning rate 0.1, hidden units 2 and 2 more"
    assert side_words(A, b, most=9)[1].endswith("activations off, weight seed 4")


@pytest.mark.parametrize(
    "changes",
    [{"learning_rate": 3.0}, {"hidden": (16, 16)}, {"initializer": "xavier"}, {"weight_seed": 1}],
)
def test_the_same_weights_are_those_that_are_drawn_alike(changes: dict[str, Any]) -> None:
    b = replace(A, **changes)
    weights = [untrained_network(recipe).parameters for recipe in (A, b)]
    assert same_weights(A, b) == (weights[0].tobytes() == weights[1].tobytes())


def test_what_two_runs_share_at_their_start_is_said() -> None:
    assert weights_words(A, replace(A, learning_rate=0.1)) == (
        "A and B start from the same initial weights."
    )
    shapes = weights_words(A, replace(A, hidden=(16, 16)))
    assert shapes == "The shapes of A and B differ, so they share only the weight seed 0."
    assert "weight seed 0, B from weight seed 5" in weights_words(A, replace(A, weight_seed=5))
    assert "initial weights of A and B differ" in weights_words(A, replace(A, initializer="xavier"))


@pytest.mark.parametrize(
    "changes",
    [
        {"dataset": "linear"},
        {"samples": 30},
        {"data_seed": 9},
        {"noise": 0.1},
        {"train_share": 0.5},
    ],
    ids=lambda c: next(iter(c)),
)
def test_runs_on_different_data_are_refused_in_a_sentence(changes: dict[str, Any]) -> None:
    a = Recipe(dataset="xor" if "dataset" in changes else "linear")
    with pytest.raises(
        ValueError, match=r"^Only runs on the same data can be compared: .* in B\.$"
    ):
        check_comparable(a, replace(a, **changes))


def is_comparable(a: Recipe, b: Recipe) -> bool:
    try:
        check_comparable(a, b)
    except ValueError:
        return False
    return True


def test_choices_that_a_fixed_set_does_not_use_do_not_matter() -> None:
    assert is_comparable(A, replace(A, samples=7, data_seed=5))


@pytest.mark.parametrize("changes", [{"noise": 0.1}, {"train_share": 0.5}], ids=str)
def test_a_fixed_set_with_noise_or_a_split_depends_on_its_seed(changes: dict[str, Any]) -> None:
    a = replace(A, **changes)
    assert is_comparable(a, replace(a, samples=7))
    with pytest.raises(ValueError, match="data seed is 0 in A and would be 5 in B"):
        check_comparable(a, replace(a, data_seed=5))


def test_shares_are_said_in_per_cent() -> None:
    assert recipe_label(replace(A, noise=0.125, train_share=0.7)) == (
        "xor, 4-4, η 1, noise 12.5\u2009%, training share 70\u2009%"
    )


@pytest.mark.parametrize("dataset", ["linear", "xor"])
@pytest.mark.parametrize("key", EXPERIMENTS)
def test_every_experiment_can_be_compared_with_the_baseline(key: str, dataset: str) -> None:
    baseline = EXPERIMENTS["baseline"].recipe(dataset)
    assert is_comparable(baseline, EXPERIMENTS[key].recipe(dataset))


def test_the_limit_of_epochs_is_that_of_both() -> None:
    b = replace(A, epochs=50, learning_rate=0.1)
    assert with_shared_choices(A, b) == replace(A, epochs=50)


def test_a_label_says_what_was_trained_and_what_is_unusual() -> None:
    assert recipe_label(A) == "xor, 4-4, η 1"
    unusual = Recipe(dataset="linear", hidden=(3,), activations_off=True, weight_seed=2)
    assert recipe_label(unusual) == "linear, 3, η 1, activations off, weight seed 2"


def test_before_training_it_is_said_what_the_runs_share() -> None:
    text = comparison_message(two(A, replace(A, hidden=(16, 16)))).text
    assert text.startswith("Untrained.")
    assert text.endswith("share only the weight seed 0.")


def test_at_the_limit_of_both_nothing_is_said_that_holds_of_one_alone() -> None:
    short = replace(A, epochs=12)
    update = two(short, replace(short, learning_rate=0.1), 12, is_at_limit=True)
    words = comparison_message(update).text
    assert words == "Paused at epoch 12, the limit. Play goes on without one."


def test_a_warning_says_which_run_it_is_about() -> None:
    off = replace(A, activations_off=True)
    of_b = comparison_message(two(A, off, 3))
    assert of_b.text.startswith("B: Cross-entropy needs")
    assert of_b.remedies[0].recipe == A
    of_a = comparison_message(two(off, A, 3))
    assert of_a.text.startswith("A: Cross-entropy needs")
    assert (of_a.is_warning, of_a.remedies) == (True, ())


def test_an_error_of_the_trainer_is_said_in_a_comparison_too() -> None:
    assert comparison_message(two(A, A, error="It broke")).text.startswith("It broke.")


def test_weights_that_are_taken_over_are_compared_with_those_of_a_seed() -> None:
    start = (0.5,) * 37
    given = replace(A, start=start)
    assert same_weights(given, replace(given, learning_rate=3.0))
    assert same_weights(given, replace(given, weight_seed=5))  # of which nothing is drawn
    assert not same_weights(A, given)
    assert "start from different weights" in weights_words(A, given)
    assert side_words(A, given)[1] == "B · first weights taken over"


def test_what_other_data_bring_with_them_is_named_with_what_there_was() -> None:
    xor = Recipe(learning_rate=3.0)
    plane = revised(xor, dataset="plane")
    assert brought_words(xor, plane) == (
        "plane has numbers as targets. Changed with it: learning rate 3 → 0.1, "
        "output activation sigmoid → identity, "
        "loss cross-entropy → squared error."
    )
    many = revised(xor, dataset="spiral", classes=4)
    assert brought_words(xor, many) == (
        "spiral has 4 classes. Changed with it: output activation sigmoid → softmax."
    )
    assert brought_words(xor, revised(xor, dataset="moons")) == ""
    assert brought_words(plane, revised(plane, dataset="multi_gaussian", learning_rate=0.5)) == ""
