"""Switching the inputs of the network: buttons, diagram, and what the window makes of it."""

from collections.abc import Callable

import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, click, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from mlpviz.engine.features import FEATURES
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.views.controls.controls import Controls
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.window.main import MainWindow

XOR = ("x1", "x2", "x1_x2")


@pytest.fixture
def controls(show: Callable[..., Controls]) -> Controls:
    return show(Controls(), 200, 700)


def button(parent: Controls | MainWindow, key: str) -> QToolButton:
    found: QToolButton = child(parent, f"feature_{key}_button")
    return found


def pressed_keys(parent: Controls | MainWindow) -> tuple[str, ...]:
    return tuple(key for key in FEATURES if button(parent, key).isChecked())


def click_feature(view: NetworkView, key: str) -> None:
    """Click a feature in a diagram, on or off."""
    assert view.network_layout is not None
    on, off = view.input_column.features, view.input_column.spare
    places = dict(
        zip((*on, *off), (*view.network_layout.units[0], *view.network_layout.spare), strict=True)
    )
    click(view, places[key].center())


def test_every_feature_has_a_button_with_its_meaning(controls: Controls) -> None:
    assert controls.features_input.objectName() == "features_input"
    for key, feature in FEATURES.items():
        assert button(controls, key).text() == feature.label
        assert button(controls, key).accessibleName() == f"Input {feature.label}"
    tooltip = button(controls, "x1_squared").toolTip()
    assert tooltip == "x₁²: the square of x₁. Draws new initial weights."
    assert pressed_keys(controls) == ("x1", "x2")


def test_no_label_is_cut_off(controls: Controls) -> None:
    for key in FEATURES:
        widget = button(controls, key)
        needed = QFontMetrics(widget.font()).horizontalAdvance(widget.text())
        assert needed + 6 <= widget.width(), key


def test_a_button_switches_its_feature_on_and_off(qtbot: QtBot, controls: Controls) -> None:
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        QTest.mouseClick(button(controls, "x1_x2"), Qt.MouseButton.LeftButton)
    assert announced.args == [Recipe(features=XOR)]
    with qtbot.waitSignal(controls.recipe_changed) as announced:
        QTest.mouseClick(button(controls, "x1"), Qt.MouseButton.LeftButton)
    assert announced.args == [Recipe(features=("x2", "x1_x2"))]
    assert controls.recipe.features == pressed_keys(controls) == ("x2", "x1_x2")


def test_a_recipe_shows_its_features_without_announcing_them(
    qtbot: QtBot, controls: Controls
) -> None:
    with qtbot.assertNotEmitted(controls.recipe_changed):
        controls.show_recipe(Recipe(features=tuple(FEATURES)))
    assert pressed_keys(controls) == tuple(FEATURES)


def test_another_choice_leaves_the_features_as_they_are(controls: Controls) -> None:
    controls.show_recipe(Recipe(features=XOR))
    controls.epochs_input.setValue(77)
    assert controls.recipe == Recipe(features=XOR, epochs=77)


def test_the_last_input_stays_on_and_it_says_so(qtbot: QtBot, controls: Controls) -> None:
    controls.show_recipe(Recipe(features=("x1_squared",)))
    with (
        qtbot.assertNotEmitted(controls.recipe_changed),
        qtbot.waitSignal(controls.refused) as said,
    ):
        QTest.mouseClick(button(controls, "x1_squared"), Qt.MouseButton.LeftButton)
    assert said.args == [
        "x₁² is the only input left, and a network needs one: switch another on first."
    ]
    assert pressed_keys(controls) == controls.recipe.features == ("x1_squared",)


def test_what_is_being_typed_is_not_lost_when_a_feature_is_switched(controls: Controls) -> None:
    controls.epochs_input.setFocus()
    controls.epochs_input.lineEdit().setText("500")
    controls.toggle_feature("x1_x2")
    assert controls.recipe == Recipe(features=XOR, epochs=500)


def test_in_the_window_the_keyboard_switches_a_feature(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    button(window, "x1_x2").setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].recipe.features == XOR)
    assert not watch.last.is_playing
    assert watch.last.frames[0].recipe.sizes == (3, 4, 4, 1)
    assert button(window, "x1_x2").hasFocus()


def test_in_the_window_a_click_in_the_diagram_switches_a_feature_on_and_off(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    click_feature(window.parts.network_view, "x1_x2")
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].recipe.features == XOR)
    assert pressed_keys(window) == window.parts.controls.recipe.features == XOR
    click_feature(window.parts.network_view, "x1_x2")
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe == Recipe())
    assert pressed_keys(window) == ("x1", "x2")


def test_the_last_input_is_refused_in_the_message_bar_until_something_else_is_done(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(Recipe(features=("x2",)))
    click_feature(window.parts.network_view, "x2")
    assert window.parts.message_bar.label.text().startswith("x₂ is the only input left")
    assert window.parts.network_view.input_column.features == ("x2",)
    click_feature(window.parts.network_view, "x1")
    qtbot.waitUntil(lambda: window.parts.network_view.input_column.features == ("x1", "x2"))
    qtbot.waitUntil(lambda: window.parts.message_bar.label.text().startswith("Untrained"))


def test_a_run_that_plays_plays_on_with_other_features(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: watch.epoch > 3)
    number = watch.last.frames[0].run_number
    click_feature(window.parts.network_view, "sin_x1")
    qtbot.waitUntil(lambda: watch.last.frames[0].run_number > number and watch.epoch > 3)
    assert watch.last.is_playing
    assert watch.last.frames[0].recipe.features == ("x1", "x2", "sin_x1")
    assert watch.last.frames[0].ghost is not None


def test_in_a_comparison_the_diagram_of_b_switches_and_that_of_a_says_that_it_does_not(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.resize(1280, 800)
    window.runs.open((Recipe(), Recipe()))
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 2)
    click(window.parts.network_view, window.parts.network_view.network_layout.units[0][0].center())
    assert window.parts.message_bar.label.text().startswith("The controls belong to run B")
    assert window.parts.controls.recipe == Recipe()
    second = window.second.network_view
    assert second is not None
    click(second, second.network_layout.units[0][0].center())
    qtbot.waitUntil(lambda: watch.last.frames[1].recipe.features == ("x2",))
    assert watch.last.frames[0].recipe == Recipe()
    assert pressed_keys(window) == ("x2",)
