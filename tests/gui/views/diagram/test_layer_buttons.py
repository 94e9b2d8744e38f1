"""The number of units below each hidden layer, between its − and its +."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from frames import make_frame
from gui.conftest import Watch
from gui.helpers import child, press
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import MAX_LAYERS, Recipe
from mlpviz.experiment.run.run import Run
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.window.main import MainWindow

NAMES = ("remove_unit_button", "hidden_units_input", "add_unit_button")


def type_units(view: NetworkView | MainWindow, layer: int, text: str) -> None:
    field = child(view, f"hidden_units_input_{layer}")
    field.setFocus(Qt.FocusReason.TabFocusReason)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_each_hidden_layer_shows_its_number_of_units(show: Callable[..., NetworkView]) -> None:
    view = show(NetworkView(), 520, 640)
    for hidden in ((4, 16), (64,), (), (1, 2, 3)):
        view.show_frame(make_frame(Recipe(hidden=hidden)))
        fields = [child(view, f"hidden_units_input_{i}") for i in range(1, MAX_LAYERS + 1)]
        assert tuple(field.value() for field in fields if field.isVisible()) == hidden


@pytest.mark.parametrize("width", [284, 300, 520, 950])
@pytest.mark.parametrize("hidden", [(4,), (4, 4), (64, 64, 64), (4,) * 6])
def test_nothing_below_the_layers_covers_anything_else(
    show: Callable[..., NetworkView], width: int, hidden: tuple[int, ...]
) -> None:
    view = show(NetworkView(), width, 640)
    view.show_frame(make_frame(Recipe(hidden=hidden)))
    row = [child(view, f"{name}_{layer}") for layer in range(1, len(hidden) + 1) for name in NAMES]
    shown = [widget.geometry() for widget in row if widget.isVisible()]
    assert len(shown) in (len(hidden), 3 * len(hidden))
    for left, right in pairwise(shown):
        assert left.right() < right.left()
    assert shown[-1].right() < width


def test_a_number_that_is_typed_draws_new_initial_weights(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: watch.epoch == 1)
    type_units(window, 1, "16")
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe == Recipe(hidden=(16, 4)))
    assert watch.epoch == 0
    assert watch.last.frames[0].loss == Run(Recipe(hidden=(16, 4))).training.loss
    assert window.parts.controls.recipe == Recipe(hidden=(16, 4))
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe == Recipe())
    assert child(window, "hidden_units_input_1").value() == 4


def test_another_number_of_units_thaws_what_was_frozen(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.runs.change(Recipe(frozen=(0, 5), hidden_activation=("tanh", "relu")))
    type_units(window, 2, "5")
    expected = Recipe(hidden=(4, 5), hidden_activation=("tanh", "relu"))
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].recipe == expected)


def test_in_a_comparison_each_number_is_that_of_its_run(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.resize(1280, 800)
    window.runs.open((Recipe(), Recipe()))
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 2)
    type_units(window.parts.network_view, 1, "7")
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe.hidden == (7, 4))
    assert window.second.network_view is not None
    type_units(window.second.network_view, 2, "3")
    qtbot.waitUntil(lambda: watch.last.frames[1].recipe.hidden == (4, 3))
    assert watch.last.frames[0].recipe.hidden == (7, 4)
