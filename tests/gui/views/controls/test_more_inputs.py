"""The usual controls and those behind "More"."""

from collections.abc import Callable

import pytest
from gui.conftest import OpenWindow
from gui.helpers import child
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QListWidget,
    QScrollBar,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.gui.look.settings import MORE
from mlpviz.gui.views.controls.controls import Controls
from mlpviz.gui.window.main import MainWindow

CLICKED = (QAbstractButton, QAbstractSpinBox, QComboBox, QAbstractSlider)
ADAM = Recipe(optimizer="adam", beta1=0.8, momentum=0.5, learning_rate=0.01)


@pytest.fixture
def controls(show: Callable[..., Controls]) -> Controls:
    return show(Controls(), 200, 700)


def is_seen(controls: Controls | MainWindow, name: str) -> bool:
    return bool(child(controls, name).isVisible())


def things_to_click(window: MainWindow) -> list[QWidget]:
    """Return the controls in sight that can be used, and of a list of pictures each picture.

    A slider with one value only has nowhere to be moved to.
    """
    found = [
        widget
        for kind in CLICKED
        for widget in window.findChildren(kind)
        if widget.isVisible() and widget.isEnabled() and not isinstance(widget, QScrollBar)
        if not (isinstance(widget, QSlider) and widget.minimum() == widget.maximum())
    ]
    pictures = window.findChild(QListWidget, "dataset_choice")
    seen = [row for row in range(pictures.count()) if not pictures.item(row).isHidden()]
    return [*found, *[pictures] * len(seen)]


def test_at_the_first_start_there_are_at_most_30_things_to_click(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: is_seen(window, "hidden_units_input_2"))
    assert 20 < len(things_to_click(window)) <= 30


def test_the_usual_controls_stand_alone_until_more_is_asked_for(controls: Controls) -> None:
    usual = ("dataset_choice", "activation_toggle", "hidden_activation_choice")
    usual += ("learning_rate_input", "noise_input")
    others = ("samples_input", "optimizer_choice", "loss_choice", "seed_input", "epochs_input")
    assert all(is_seen(controls, name) for name in usual)
    assert not any(is_seen(controls, name) for name in others)
    assert child(controls, "more_button").text() == "More  ▸"
    child(controls, "more_button").click()
    assert all(is_seen(controls, name) for name in (*usual, *others))
    assert child(controls, "more_button").text() == "More  ▾"
    child(controls, "more_button").click()
    assert not any(is_seen(controls, name) for name in others)


def test_more_opens_by_itself_for_a_recipe_that_changes_something_in_it(
    controls: Controls,
) -> None:
    controls.show_recipe(Recipe(learning_rate=0.1, noise=0.2, hidden=(16,), weight_seed=7))
    assert not is_seen(controls, "optimizer_choice")
    controls.show_recipe(ADAM)
    assert is_seen(controls, "optimizer_choice")
    # The momentum belongs to another optimizer: it counts for nothing.
    assert child(controls, "more_button").text() == "More: 2 changed  ▾"
    child(controls, "more_button").click()
    assert child(controls, "more_button").text() == "More: 2 changed  ▸"
    controls.learning_rate_input.setValue(0.3)
    assert not is_seen(controls, "optimizer_choice")  # whoever closed it has seen it


@pytest.mark.parametrize(
    "recipe",
    [Recipe(), revised(Recipe(), dataset="plane"), revised(Recipe(dataset="spiral"), classes=4)],
)
def test_what_suits_the_data_is_not_a_change(controls: Controls, recipe: Recipe) -> None:
    controls.show_recipe(recipe)
    assert child(controls, "more_button").text() == "More  ▸"
    assert not child(controls, "defaults_button").isVisibleTo(child(controls, "more_body"))


def test_back_to_defaults_takes_back_what_is_behind_more_and_nothing_else(
    qtbot: QtBot, controls: Controls
) -> None:
    controls.show_recipe(revised(ADAM, noise=0.2, weight_seed=3, batch_size=5, epochs=50))
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        child(controls, "defaults_button").click()
    assert announced.args == [Recipe(learning_rate=0.01, noise=0.2, weight_seed=3)]
    assert child(controls, "optimizer_choice").key() == "gradient_descent"
    assert not is_seen(controls, "defaults_button")
    assert is_seen(controls, "optimizer_choice")  # it stays open: somebody is at it


def test_whether_more_is_open_is_remembered_but_not_that_it_opened_by_itself(
    open_in_test: OpenWindow,
) -> None:
    window = open_in_test()
    window.runs.change(ADAM)
    assert is_seen(window, "optimizer_choice")
    assert window.settings.get(MORE) is False
    child(window, "more_button").click()
    child(window, "more_button").click()
    assert window.settings.get(MORE) is True
