"""One activation for all hidden layers, or one per layer."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from gui.helpers import child
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import MAX_LAYERS, Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.gui.views.controls.controls import Controls

EACH = Recipe(hidden=(4, 3), hidden_activation=("tanh", "relu"))


@pytest.fixture
def controls(show: Callable[..., Controls]) -> Controls:
    return show(Controls(), 200, 700)


def choose(controls: Controls, key: str, layer: int | None = None) -> None:
    name = "hidden_activation_choice" + ("" if layer is None else f"_{layer}")
    choice = child(controls, name)
    choice.setCurrentIndex(choice.findData(key))


def shown(controls: Controls) -> list[str]:
    """Return what each layer's choice shows, of those that can be seen."""
    choices = [child(controls, f"hidden_activation_choice_{i + 1}") for i in range(MAX_LAYERS)]
    return [choice.key() for choice in choices if choice.isVisible()]


def test_per_layer_shows_a_choice_for_each_and_changes_nothing_yet(
    qtbot: QtBot, controls: Controls
) -> None:
    assert shown(controls) == []
    with qtbot.assertNotEmitted(controls.recipe_changed):
        choose(controls, "each")
    assert shown(controls) == ["sigmoid", "sigmoid"]


def test_each_layer_gets_the_activation_chosen_for_it(qtbot: QtBot, controls: Controls) -> None:
    choose(controls, "each")
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        choose(controls, "relu", 2)
    assert announced.args == [Recipe(hidden_activation=("sigmoid", "relu"))]
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        choose(controls, "sigmoid", 2)
    assert announced.args == [Recipe()]
    assert shown(controls) == ["sigmoid", "sigmoid"]  # and stays open for the next choice


def test_one_for_all_is_that_of_every_layer(qtbot: QtBot, controls: Controls) -> None:
    controls.show_recipe(EACH)
    assert shown(controls) == ["tanh", "relu"]
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        choose(controls, "leaky_relu")
    assert announced.args == [replace(EACH, hidden_activation="leaky_relu")]
    assert shown(controls) == []


def test_layers_that_come_and_go_leave_the_others_their_activation(
    qtbot: QtBot, controls: Controls
) -> None:
    controls.show_recipe(EACH)
    for hidden, activation in (
        ((4, 3, 4), ("tanh", "relu", "relu")),
        ((4, 3), ("tanh", "relu")),
        ((4,), "tanh"),
    ):
        controls.show_recipe(revised(controls.recipe, hidden=hidden))
        assert controls.recipe == Recipe(hidden=hidden, hidden_activation=activation)
        per_layer = [] if isinstance(activation, str) else list(activation)
        assert shown(controls) == per_layer
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        child(controls, "epochs_input").setValue(7)
    assert announced.args == [Recipe(hidden=(4,), hidden_activation="tanh", epochs=7)]


def test_without_hidden_layers_another_change_leaves_their_activation(
    qtbot: QtBot, controls: Controls
) -> None:
    controls.show_recipe(Recipe(hidden=(), hidden_activation="relu"))
    choose(controls, "each")
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        child(controls, "epochs_input").setValue(7)
    assert announced.args == [Recipe(hidden=(), hidden_activation="relu", epochs=7)]


def test_a_recipe_with_one_for_all_closes_the_choices_per_layer(controls: Controls) -> None:
    controls.show_recipe(EACH)
    controls.show_recipe(Recipe(hidden_activation="tanh"))
    assert shown(controls) == []
    assert child(controls, "hidden_activation_choice").key() == "tanh"


def test_the_choices_per_layer_stay_while_all_are_alike_and_something_else_is_changed(
    controls: Controls,
) -> None:
    choose(controls, "each")
    assert shown(controls) == ["sigmoid", "sigmoid"]
    controls.show_recipe(replace(controls.recipe, learning_rate=0.5))
    assert shown(controls) == ["sigmoid", "sigmoid"]
    controls.show_recipe(Recipe(hidden_activation="tanh"))  # another one
    assert shown(controls) == []
