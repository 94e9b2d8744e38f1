"""Another recipe made of one: what is fitted, what stays."""

from dataclasses import replace
from typing import Any

import pytest

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import FOR_NUMBERS, Suits, revised

FROZEN = Recipe(frozen=(0, 3, 16))


@pytest.mark.parametrize("changes", [{"hidden": (5, 4)}, {"hidden": (4,)}, {"hidden": ()}])
def test_another_shape_has_no_frozen_parameters(changes: dict[str, Any]) -> None:
    assert revised(FROZEN, **changes) == Recipe(**changes)


@pytest.mark.parametrize("changes", [{"hidden": (3,)}, {"weight_seed": 4}, {"initializer": "he"}])
def test_where_other_weights_are_asked_for_the_given_ones_go(changes: dict[str, Any]) -> None:
    assert revised(Recipe(start=(0.5,) * 37), **changes) == Recipe(**changes)


@pytest.mark.parametrize(
    "changes", [{}, {"dataset": "linear"}, {"frozen": (1,)}, {"loss": "cross_entropy"}]
)
def test_given_weights_stay_where_only_something_else_changes(changes: dict[str, Any]) -> None:
    start = (0.5,) * 37
    assert revised(Recipe(start=start), **changes) == Recipe(**changes, start=start)


@pytest.mark.parametrize(
    "changes", [{}, {"hidden": (4, 4)}, {"learning_rate": 0.5}, {"weight_seed": 3}]
)
def test_of_the_same_shape_what_is_frozen_stays_so(changes: dict[str, Any]) -> None:
    assert revised(FROZEN, **changes) == Recipe(**{"frozen": FROZEN.frozen, **changes})


def test_frozen_parameters_that_are_named_are_those() -> None:
    assert revised(FROZEN, hidden=(2,), frozen=[8, 1]) == Recipe(hidden=(2,), frozen=(1, 8))


def test_what_the_recipe_refuses_is_refused() -> None:
    with pytest.raises(ValueError, match="frozen must be indices below 9, the number of par"):
        revised(FROZEN, hidden=(2,), frozen=(9,))


EACH = Recipe(hidden=(4, 3), hidden_activation=("tanh", "relu"))


@pytest.mark.parametrize(
    ("hidden", "activation"),
    [
        ((4, 3, 2), ("tanh", "relu", "relu")),
        ((4, 3, 2, 2), ("tanh", "relu", "relu", "relu")),
        ((8, 8), ("tanh", "relu")),
        ((4,), "tanh"),
        ((), "tanh"),
    ],
)
def test_other_layers_have_the_activations_of_those_that_were_there(
    hidden: tuple[int, ...], activation: str | tuple[str, ...]
) -> None:
    assert revised(EACH, hidden=hidden) == Recipe(hidden=hidden, hidden_activation=activation)


def test_activations_that_are_named_are_those() -> None:
    assert revised(EACH, hidden=(2,), hidden_activation="sigmoid") == Recipe(hidden=(2,))


def test_a_dataset_of_the_other_kind_brings_the_loss_and_the_output_that_suit_it() -> None:
    numbers = revised(Recipe(), dataset="plane")
    assert numbers == Recipe(
        dataset="plane",
        loss="mean_squared_error",
        output_activation="identity",
        learning_rate=0.1,
    )
    assert revised(numbers, dataset="multi_gaussian").output_activation == "identity"
    assert revised(numbers, dataset="xor") == Recipe()


def test_a_loss_and_an_output_that_are_named_stay_as_they_are() -> None:
    named = revised(Recipe(), dataset="plane", output_activation="tanh")
    assert (named.output_activation, named.loss) == ("tanh", "mean_squared_error")
    assert revised(named, learning_rate=0.2).output_activation == "tanh"
    assert revised(Recipe(), dataset="plane", learning_rate=0.5).learning_rate == 0.5
    assert revised(named, dataset="moons", loss="mean_squared_error").loss == "mean_squared_error"
    with pytest.raises(ValueError, match="loss must be mean_squared_error"):
        revised(named, loss="cross_entropy")


def visited(recipe: Recipe, suits: Suits, **data: Any) -> Recipe:
    return revised(recipe, **suits.suited(recipe, data))


@pytest.mark.parametrize("on_the_way", [{}, {"dataset": "spiral", "classes": 4}])
def test_a_visit_to_numbers_and_back_takes_nothing_from_the_learner(
    on_the_way: dict[str, Any],
) -> None:
    suits = Suits()
    mine = Recipe(learning_rate=3.0, loss="mean_squared_error", output_activation="tanh")
    plane = visited(mine, suits, dataset="plane")
    assert {name: getattr(plane, name) for name in FOR_NUMBERS} == FOR_NUMBERS
    for dataset in ("multi_gaussian", "plane"):
        plane = visited(replace(plane, learning_rate=0.03), suits, dataset=dataset)
        assert plane.learning_rate == 0.03
    between = visited(plane, suits, **on_the_way) if on_the_way else plane
    back = visited(between, suits, dataset="xor", classes=2)
    assert back == mine
    assert visited(back, suits, dataset="plane").learning_rate == 0.03


def test_a_visit_to_more_classes_keeps_what_is_chosen_there_but_the_output() -> None:
    suits, mine = Suits(), Recipe(dataset="spiral", output_activation="tanh")
    four = visited(mine, suits, classes=4)
    assert four.output_activation == "softmax"
    back = visited(replace(four, learning_rate=0.2), suits, classes=2)
    assert back == replace(mine, learning_rate=0.2)


@pytest.mark.parametrize(
    "changes",
    [
        {"learning_rate": 0.5},
        {"hidden": [3], "features": ("x2", "x1")},
        {"dataset": "plane"},
        {"dataset": "gaussians", "classes": 4},
        {"initializer": "he"},
    ],
    ids=str,
)
def test_a_revision_is_checked_once(
    changes: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, checked = Recipe(frozen=(1, 3), start=(0.5,) * 37), []
    check = Recipe.__post_init__

    def note_and_check(made: Recipe) -> None:
        checked.append(made)
        check(made)

    monkeypatch.setattr(Recipe, "__post_init__", note_and_check)
    revised(recipe, **changes)
    assert len(checked) == 1


def test_inputs_in_another_order_are_the_same_network() -> None:
    recipe = Recipe(frozen=(1,), start=(0.5,) * 37)
    assert revised(recipe, features=["x2", "x1"], hidden=[4, 4]) == recipe
