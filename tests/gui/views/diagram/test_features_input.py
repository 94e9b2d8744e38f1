"""Switching the inputs of the network: the menu at the diagram, and what the window makes of it."""

from collections.abc import Callable

import pytest
from frames import make_frame
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from mlpviz.engine.features import FEATURES
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.look.look import DARK
from mlpviz.gui.views.diagram.features_input import FeaturesInput
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.window.main import MainWindow

XOR = ("x1", "x2", "x1_x2")


@pytest.fixture
def view(show: Callable[..., NetworkView]) -> NetworkView:
    shown = show(NetworkView(), 520, 640)
    shown.show_frame(make_frame())
    return shown


def button_of(view: NetworkView) -> FeaturesInput:
    found: FeaturesInput = child(view, "features_input")
    return found


def entry(view: NetworkView, key: str) -> QAction:
    (action,) = button_of(view).findChildren(QAction, f"feature_{key}_action")
    return action


def checked(view: NetworkView) -> tuple[str, ...]:
    return tuple(key for key in FEATURES if entry(view, key).isChecked())


def test_every_feature_has_an_entry_with_its_meaning_and_its_picture(view: NetworkView) -> None:
    assert button_of(view).accessibleName() == "Inputs of the network"
    assert entry(view, "x1").text() == "x₁"
    assert entry(view, "x1_squared").text() == "x₁²   the square of x₁"
    button_of(view).menu().aboutToShow.emit()
    pictures = [entry(view, key).icon().pixmap(40, 40).toImage() for key in FEATURES]
    assert not any(a == b for i, a in enumerate(pictures) for b in pictures[:i])
    view.set_look(DARK)
    button_of(view).menu().aboutToShow.emit()
    assert entry(view, "x1").icon().pixmap(40, 40).toImage() != pictures[0]


def test_the_menu_checks_the_inputs_of_the_frame(view: NetworkView) -> None:
    assert checked(view) == ("x1", "x2")
    view.show_frame(make_frame(Recipe(features=XOR)))
    assert checked(view) == XOR


def test_a_choice_says_which_feature_is_meant_and_waits_for_the_run(
    qtbot: QtBot, view: NetworkView
) -> None:
    with qtbot.waitSignal(button_of(view).toggled_feature) as announced:
        entry(view, "x1_x2").trigger()
    assert announced.args == ["x1_x2"]
    assert checked(view) == ("x1", "x2")


def test_it_stands_below_the_inputs_and_before_the_first_number_of_units(
    show: Callable[..., NetworkView],
) -> None:
    for width, hidden in ((520, (4, 4)), (284, (4,) * 6), (284, (4, 4)), (300, ()), (950, (4,))):
        view = show(NetworkView(), width, 640)
        view.show_frame(make_frame(Recipe(hidden=hidden)))
        button = button_of(view)
        assert button.isVisible()
        assert button.geometry().left() >= 0
        assert button.width() >= button.sizeHint().width()
        if hidden:
            assert view.network_layout is not None
            beside = [
                child(view, f"{name}_1") for name in ("remove_unit_button", "hidden_units_input")
            ]
            edges = [widget.geometry().left() for widget in beside if widget.isVisible()]
            assert button.geometry().right() < min(edges)


def test_in_the_window_the_keyboard_opens_the_menu_and_switches_a_feature(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    view = window.parts.network_view
    button_of(view).setFocus(Qt.FocusReason.TabFocusReason)
    menu = button_of(view).menu()
    menu.popup(button_of(view).mapToGlobal(button_of(view).rect().center()))
    qtbot.waitUntil(menu.isVisible)
    menu.setActiveAction(entry(view, "x1_x2"))
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].recipe.features == XOR)
    assert not watch.last.is_playing
    assert watch.last.frames[0].recipe.sizes == (3, 4, 4, 1)


def test_in_the_window_a_feature_is_switched_on_off_and_undone(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    view = window.parts.network_view
    entry(view, "x1_x2").trigger()
    qtbot.waitUntil(lambda: checked(view) == XOR)
    assert window.parts.controls.recipe.features == XOR
    entry(view, "x1_x2").trigger()
    qtbot.waitUntil(lambda: checked(view) == ("x1", "x2"))
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: checked(view) == XOR)


def test_the_last_input_is_refused_in_the_message_bar_until_something_else_is_done(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(Recipe(features=("x2",)))
    view = window.parts.network_view
    entry(view, "x2").trigger()
    assert window.parts.message_bar.label.text() == (
        "x₂ is the only input left, and a network needs one: switch another on first."
    )
    assert checked(view) == ("x2",)
    entry(view, "x1").trigger()
    qtbot.waitUntil(lambda: checked(view) == ("x1", "x2"))
    qtbot.waitUntil(lambda: window.parts.message_bar.label.text().startswith("Untrained"))


def test_what_is_being_typed_is_not_lost_when_a_feature_is_switched(window: MainWindow) -> None:
    rate = window.parts.controls.learning_rate_input
    rate.setFocus()
    rate.lineEdit().setText("0.5")
    entry(window.parts.network_view, "x1_x2").trigger()
    assert window.parts.controls.recipe == Recipe(features=XOR, learning_rate=0.5)


def test_a_run_that_plays_plays_on_with_other_features(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: watch.epoch > 3)
    number = watch.last.frames[0].run_number
    entry(window.parts.network_view, "sin_x1").trigger()
    qtbot.waitUntil(lambda: watch.last.frames[0].run_number > number and watch.epoch > 3)
    assert watch.last.is_playing
    assert watch.last.frames[0].recipe.features == ("x1", "x2", "sin_x1")
    assert watch.last.frames[0].ghost is not None


def test_in_a_comparison_each_diagram_switches_the_inputs_of_its_run(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.resize(1280, 800)
    window.runs.open((Recipe(), Recipe()))
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 2)
    entry(window.parts.network_view, "x1").trigger()
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe.features == ("x2",))
    second = window.second.network_view
    assert second is not None
    assert checked(second) == ("x1", "x2")
    entry(second, "x1_x2").trigger()
    qtbot.waitUntil(lambda: watch.last.frames[1].recipe.features == XOR)
    assert watch.last.frames[0].recipe.features == ("x2",)
