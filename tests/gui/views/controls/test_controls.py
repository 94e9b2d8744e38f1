"""The controls: what they show, and the recipes that they announce."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from gui.helpers import child
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QMenu,
    QScrollBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mlpviz.engine.datasets import DATASETS, REGRESSIONS
from mlpviz.experiment.recipe.recipe import MAX_SEED, Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.gui.look.look import DARK
from mlpviz.gui.look.sizes import DATASET_PICTURE as THUMBNAIL
from mlpviz.gui.views.controls.controls import Controls
from mlpviz.gui.views.controls.dataset_choice import COLUMNS, FIRST, ORDER
from mlpviz.gui.window.main import MainWindow

NAMES = (
    "play_button step_button reset_button new_weights_button speed_slider epoch_label loss_label "
    "accuracy_label dataset_choice learning_rate_input hidden_units_input activation_toggle "
    "epochs_input seed_input network_view boundary_view loss_view message_bar"
)
OTHER = Recipe(
    dataset="linear",
    samples=33,
    data_seed=7,
    noise=0.123456789012,
    train_share=0.333,
    features=("x2", "x1_x2", "sin_x1"),
    hidden=(3, 9, 1),
    hidden_activation=("tanh", "relu", "leaky_relu"),
    output_activation="relu",
    activations_off=True,
    loss="mean_squared_error",
    reduction="sum",
    numerics="textbook",
    initializer="he",
    weight_seed=12,
    learning_rate=0.03,
    optimizer="rmsprop",
    decay=0.5,
    epsilon=1e-9,
    momentum=0.123456789,
    regularization="l2",
    regularization_rate=0.0,
    frozen=(0, 5),
    batch_size=5,
    epochs=0,
)


@pytest.fixture
def controls(show: Callable[..., Controls]) -> Controls:
    return show(Controls(), 200, 700)


def inputs(parent: QWidget) -> list[QWidget]:
    """Return everything that a user can set or press."""
    kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox)
    return [
        widget
        for kind in kinds
        for widget in parent.findChildren(kind)
        # pyqtgraph keeps a menu of its own inside every plot; ours never open it.
        if not isinstance(widget, QScrollBar) and not isinstance(widget.window(), QMenu)
    ]


def test_every_control_and_view_has_its_name_for_automation(window: MainWindow) -> None:
    for name in NAMES.split():
        assert len(window.findChildren(QWidget, name)) == 1, name


def test_every_input_has_an_accessible_name_a_tooltip_and_an_object_name(
    window: MainWindow,
) -> None:
    found = [widget for widget in inputs(window) if not widget.objectName().startswith("qt_")]
    assert len(found) > 25
    for widget in found:
        what = f"{type(widget).__name__} {widget.objectName()!r}"
        is_remedy = widget.objectName().endswith(
            "remedy_button"
        )  # its words are those of its message
        assert widget.objectName(), what
        assert widget.accessibleName() or is_remedy, what
        assert widget.toolTip() or is_remedy, what


def test_every_view_has_an_accessible_name_and_says_what_it_shows(window: MainWindow) -> None:
    for view in (window.parts.network_view, window.parts.boundary_view, window.parts.loss_view):
        assert view.accessibleName()
        assert view.accessibleDescription()


@pytest.mark.parametrize("recipe", [Recipe(), OTHER])
def test_a_recipe_shown_comes_back_when_something_else_is_changed(
    qtbot: QtBot, controls: Controls, recipe: Recipe
) -> None:
    with qtbot.assertNotEmitted(controls.recipe_changed):
        controls.show_recipe(recipe)
    assert controls.recipe == recipe
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        controls.epochs_input.setValue(777)
    assert announced.args == [replace(recipe, epochs=777)]


CHOICES = {
    "hidden_activation_choice": {"hidden_activation": "tanh"},
    "output_activation_choice": {"output_activation": "tanh"},
    "initializer_choice": {"initializer": "xavier"},
    "optimizer_choice": {"optimizer": "adam"},
    "regularization_choice": {"regularization": "l1"},
    "loss_choice": {"loss": "mean_squared_error"},
    "reduction_choice": {"reduction": "sum"},
    "numerics_choice": {"numerics": "textbook"},
}


@pytest.mark.parametrize("name", CHOICES)
def test_each_choice_announces_its_field(qtbot: QtBot, controls: Controls, name: str) -> None:
    ((field, key),) = CHOICES[name].items()
    choice = child(controls, name)
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        choice.setCurrentIndex(choice.findData(key))
    assert announced.args == [replace(Recipe(), **{field: key})]


@pytest.mark.parametrize("key", [key for key in DATASETS if key != "xor"])
def test_a_click_on_a_picture_chooses_its_data_set(
    qtbot: QtBot, controls: Controls, key: str
) -> None:
    choice = controls.dataset_choice
    controls.more.button.click()  # which shows them all
    place = choice.visualItemRect(choice.item(ORDER.index(key))).center()
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        qtbot.mouseClick(choice.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert announced.args == [revised(Recipe(), dataset=key)]
    assert choice.key() == key
    kind = " · regression" if key in REGRESSIONS else ""
    assert child(controls, "dataset_label").text() == f"{DATASETS[key].label}{kind}"


def test_a_regression_set_brings_the_squared_error_and_identity_and_a_class_set_takes_them_back(
    qtbot: QtBot, controls: Controls
) -> None:
    loss, output = child(controls, "loss_choice"), child(controls, "output_activation_choice")
    controls.dataset_choice.pick("plane")
    assert (loss.key(), output.key()) == ("mean_squared_error", "identity")
    assert controls.learning_rate_input.value() == controls.recipe.learning_rate == 0.1
    assert not loss.isEnabled()
    assert "Regression: the targets are numbers" in child(controls, "controls_note").text()
    with qtbot.waitSignal(controls.refused) as refused:
        loss.setCurrentIndex(loss.findData("cross_entropy"))
    assert refused.args[0].startswith("loss must be mean_squared_error where the targets are")
    assert loss.key() == controls.recipe.loss == "mean_squared_error"
    output.setCurrentIndex(output.findData("tanh"))
    controls.dataset_choice.pick("multi_gaussian")
    assert controls.recipe.output_activation == "tanh"
    controls.dataset_choice.pick("circle")
    assert (loss.key(), output.key()) == ("cross_entropy", "sigmoid")
    assert controls.learning_rate_input.value() == controls.recipe.learning_rate == 1.0
    assert loss.isEnabled()
    assert controls.recipe == Recipe(dataset="circle")


def test_the_arrows_walk_through_the_data_sets_and_letters_do_not(
    qtbot: QtBot, controls: Controls
) -> None:
    choice = controls.dataset_choice
    controls.more.button.click()
    keys = list(ORDER)
    choice.pick(keys[0])
    for _ in keys[1:]:
        qtbot.keyClick(choice, Qt.Key.Key_Right)
    assert choice.key() == keys[-1]
    qtbot.keyClick(choice, Qt.Key.Key_Right)  # the last one is the last
    assert choice.key() == keys[-1]
    qtbot.keyClick(choice, Qt.Key.Key_Up)
    assert choice.key() == keys[-1 - COLUMNS]
    qtbot.keyClick(choice, Qt.Key.Key_M)
    assert choice.key() == keys[-1 - COLUMNS]
    assert controls.recipe.dataset == keys[-1 - COLUMNS]


def test_every_data_set_has_a_picture_of_its_own_in_sight(controls: Controls) -> None:
    choice = controls.dataset_choice
    controls.more.button.click()
    pictures = []
    for row, entry in enumerate(DATASETS[key] for key in ORDER):
        item = choice.item(row)
        assert entry.label in item.toolTip()
        assert item.data(Qt.ItemDataRole.AccessibleTextRole) == entry.label
        assert choice.viewport().rect().contains(choice.visualItemRect(item))
        pictures.append(item.icon().pixmap(THUMBNAIL, THUMBNAIL).toImage())
    assert not any(a == b for i, a in enumerate(pictures) for b in pictures[:i])


def test_the_usual_data_sets_stand_in_one_row_and_another_one_joins_while_it_is_chosen(
    controls: Controls,
) -> None:
    choice = controls.dataset_choice

    def shown() -> list[str]:
        return [key for row, key in enumerate(ORDER) if not choice.item(row).isHidden()]

    assert shown() == list(FIRST)
    low = choice.height()
    controls.show_recipe(Recipe(dataset="moons"))
    assert shown() == [*FIRST, "moons"]
    assert choice.height() > low
    controls.show_recipe(Recipe())
    assert shown() == list(FIRST)
    assert choice.height() == low


def test_the_pictures_show_the_noise(qtbot: QtBot, controls: Controls) -> None:
    def picture() -> QImage:
        return controls.dataset_choice.item(0).icon().pixmap(THUMBNAIL, THUMBNAIL).toImage()

    clean = picture()
    child(controls, "noise_input").setValue(0.3)
    assert picture() != clean
    assert controls.recipe == Recipe(noise=0.3)


def test_regenerate_draws_the_data_from_the_next_seed(qtbot: QtBot, controls: Controls) -> None:
    button = child(controls, "regenerate_button")
    controls.show_recipe(Recipe(dataset="moons", data_seed=MAX_SEED - 1))
    seeds = []
    for _ in range(2):
        with qtbot.waitSignal(controls.recipe_changed) as announced:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        seeds.append(announced.args[0].data_seed)
    assert seeds == [MAX_SEED, 0]


def test_where_nothing_is_drawn_there_is_nothing_to_regenerate(controls: Controls) -> None:
    for recipe, draws in (
        (Recipe(), False),
        (Recipe(noise=0.1), True),
        (Recipe(train_share=0.5), True),
        (Recipe(dataset="circle"), True),
    ):
        controls.show_recipe(recipe)
        for name in ("regenerate_button", "data_seed_input"):
            assert child(controls, name).isEnabled() is draws, (recipe, name)


NUMBERS = {
    "noise_input": {"noise": 0.15},
    "train_share_input": {"train_share": 0.7},
    "learning_rate_input": {"learning_rate": 0.003},
    "epochs_input": {"epochs": 0},
    "seed_input": {"weight_seed": 5},
}


@pytest.mark.parametrize("name", NUMBERS)
def test_each_number_announces_its_field(qtbot: QtBot, controls: Controls, name: str) -> None:
    ((_, number),) = NUMBERS[name].items()
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        child(controls, name).setValue(number)
    assert announced.args == [replace(Recipe(), **NUMBERS[name])]


def test_the_data_inputs_announce_their_fields(qtbot: QtBot, controls: Controls) -> None:
    controls.show_recipe(Recipe(dataset="linear"))
    with qtbot.waitSignals([controls.recipe_changed] * 2):
        child(controls, "samples_input").setValue(500)
        child(controls, "data_seed_input").setValue(3)
    assert controls.recipe == Recipe(dataset="linear", samples=500, data_seed=3)


def test_the_number_of_classes_is_asked_for_where_the_set_leaves_it(
    qtbot: QtBot, controls: Controls
) -> None:
    classes, output = controls.classes_input, child(controls, "output_activation_choice")
    assert not classes.isVisible()  # xor has two
    controls.dataset_choice.pick("spiral")
    assert (classes.isVisible(), classes.value()) == (True, 2)
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        classes.setValue(5)
    assert announced.args == [revised(Recipe(), dataset="spiral", classes=5)]
    assert (output.key(), output.isEnabled()) == ("softmax", False)
    assert "Σ yₖ·log ŷₖ" in child(controls, "loss_choice").toolTip()
    assert "no s" not in child(controls, "controls_note").text()
    controls.dataset_choice.pick("moons")
    assert not classes.isVisible()
    assert (output.key(), output.isEnabled()) == ("sigmoid", True)
    assert "(1 − y)·log(1 − ŷ)" in child(controls, "loss_choice").toolTip()
    assert output.findData("softmax") == -1
    controls.dataset_choice.pick("gaussians")
    assert (classes.value(), output.key()) == (5, "softmax")  # the choice has been kept
    classes.setValue(2)
    assert controls.recipe == Recipe(dataset="gaussians")


def test_a_recipe_of_many_classes_is_shown_and_keeps_its_other_choices(
    qtbot: QtBot, controls: Controls
) -> None:
    recipe = revised(Recipe(), dataset="gaussians", classes=6, loss="mean_squared_error")
    controls.show_recipe(recipe)
    assert child(controls, "output_activation_choice").key() == "softmax"
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        controls.learning_rate_input.setValue(0.3)
    assert announced.args == [replace(recipe, learning_rate=0.3)]
    controls.activation_toggle.click()
    assert controls.recipe.activations == ("identity",) * 3
    controls.show_recipe(revised(recipe, activations_off=True, loss="cross_entropy"))
    assert "this output has no softmax" in child(controls, "controls_note").text()
    controls.show_recipe(Recipe())
    assert child(controls, "output_activation_choice").key() == "sigmoid"


@pytest.mark.parametrize("hidden_activation", ["tanh", ("relu", "tanh")])
def test_with_activations_off_the_choices_show_the_identity_and_keep_what_was_chosen(
    qtbot: QtBot, controls: Controls, hidden_activation: str | tuple[str, ...]
) -> None:
    recipe = Recipe(
        hidden_activation=hidden_activation, output_activation="relu", loss="mean_squared_error"
    )
    controls.show_recipe(recipe)
    controls.activation_toggle.click()
    names = ("hidden_activation_choice", "output_activation_choice")
    for choice in (child(controls, name) for name in names):
        assert choice.currentText() == "identity"
        assert not choice.isEnabled()
        assert "The activations are off" in choice.toolTip()
    assert not child(controls, "hidden_activation_choice_1").isVisible()
    controls.learning_rate_input.setValue(0.5)  # something else is changed meanwhile
    assert controls.recipe == replace(recipe, activations_off=True, learning_rate=0.5)
    controls.activation_toggle.click()
    assert controls.recipe == replace(recipe, learning_rate=0.5)
    shown = "per layer" if isinstance(hidden_activation, tuple) else "tanh"
    for name, text in zip(names, (shown, "ReLU"), strict=True):
        choice = child(controls, name)
        assert choice.isEnabled()
        assert choice.currentText() == text
        assert "The activations are off" not in choice.toolTip()


def test_the_activation_toggle_turns_them_off_and_says_what_that_means(
    qtbot: QtBot, controls: Controls
) -> None:
    note = child(controls, "controls_note")
    assert note.text() == ""
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        controls.activation_toggle.click()
    assert announced.args == [Recipe(activations_off=True)]
    for words in ("A = Z", "Cross-entropy needs outputs between 0 and 1", "not the gradient"):
        assert words in note.text()
    controls.show_recipe(Recipe(activations_off=True, numerics="textbook"))
    assert "not the gradient" not in note.text()


def test_xor_shows_its_21_samples_and_keeps_the_choice_for_later(
    qtbot: QtBot, controls: Controls
) -> None:
    samples = child(controls, "samples_input")
    controls.show_recipe(Recipe(dataset="linear", samples=250))
    controls.dataset_choice.pick("xor")
    assert (samples.value(), samples.isEnabled()) == (21, False)
    assert controls.recipe == Recipe(dataset="xor", samples=250)
    controls.learning_rate_input.setValue(0.5)
    controls.dataset_choice.pick("linear")
    assert (samples.value(), samples.isEnabled()) == (250, True)
    assert controls.recipe == Recipe(dataset="linear", samples=250, learning_rate=0.5)


def test_the_same_value_again_announces_nothing(qtbot: QtBot, controls: Controls) -> None:
    with qtbot.assertNotEmitted(controls.recipe_changed):
        controls.learning_rate_input.setValue(Recipe().learning_rate)
        controls.dataset_choice.pick("xor")


def test_zero_epochs_read_as_no_limit(controls: Controls) -> None:
    controls.show_recipe(Recipe(epochs=0))
    assert controls.epochs_input.text() == "no limit"


def test_the_thumbnails_follow_the_theme(controls: Controls) -> None:
    def picture() -> object:
        return controls.dataset_choice.item(0).icon().pixmap(22, 22).toImage()

    light = picture()
    controls.set_look(DARK)
    assert picture() != light


def test_the_controls_need_no_sideways_scrolling(controls: Controls) -> None:
    controls.show_recipe(revised(OTHER, hidden=(64,) * 6, learning_rate=1.2345678e-300))
    assert controls.widget().minimumSizeHint().width() <= controls.viewport().width()
    assert not [b for b in controls.findChildren(QToolButton) if b.width() < 10]
