"""What is pinned before a step is taken apart, and after it."""

from collections.abc import Callable

import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, press
from gui.window.test_compare import choose
from gui.window.test_step_drawer import open_trained, title
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.gui.actions.selection import Part
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
CLOSERS: dict[str, Callable[[MainWindow], None]] = {
    "Esc": lambda window: press(Key.Key_Escape),
    "G": lambda window: press(Key.Key_G),
    "cross": lambda window: child(window, "step_close_button").click(),
}


def begin(qtbot: QtBot, window: MainWindow) -> None:
    press(Key.Key_G)
    qtbot.waitUntil(lambda: title(window) != "")
    qtbot.waitUntil(lambda: window.selection.value.part is not None)


@pytest.mark.parametrize("closer", CLOSERS)
@pytest.mark.parametrize("place", [Place(2, 3), Place(2, 1, 0)], ids=["unit", "weight"])
def test_what_was_pinned_before_a_step_is_pinned_after_it_whatever_was_looked_at_meanwhile(
    place: Place, closer: str, qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, _ = open_trained(qtbot, open_in_test)
    press(Key.Key_Escape)
    edit = window.parts.network_view.edit
    edit.pin(place)
    begin(qtbot, window)
    press(Key.Key_PageDown)
    edit.toggle_pin(Place(1, 2))
    CLOSERS[closer](window)
    assert not window.selection.value.has_step
    assert window.selection.value.part == Part(0, place)
    assert edit.is_pinned
    press(Key.Key_Escape)
    assert window.selection.value.part is None
    begin(qtbot, window)
    CLOSERS[closer](window)
    assert window.selection.value.part is None
    assert not edit.is_pinned


def test_show_where_gives_back_what_was_pinned_too(qtbot: QtBot, open_in_test: OpenWindow) -> None:
    window = open_in_test()
    watch = Watch(window)
    overflowing = Recipe(
        dataset="linear",
        epochs=60,
        hidden_activation="relu",
        output_activation="identity",
        loss="mean_squared_error",
        learning_rate=1e6,
    )
    window.runs.train_from_start(overflowing)
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.is_at_limit and watch.epoch == 60)
    window.parts.network_view.edit.pin(Place(2, 3))
    child(window, "where_button").click()
    qtbot.waitUntil(lambda: title(window) == "Loss")
    qtbot.waitUntil(lambda: window.selection.value.part != Part(0, Place(2, 3)))
    assert window.selection.value.has_step
    press(Key.Key_Escape)
    assert window.selection.value.part == Part(0, Place(2, 3))


def test_what_is_gone_by_the_end_of_a_step_is_not_pinned_again(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.parts.network_view.edit.pin(Place(2, 3))
    begin(qtbot, window)
    window.runs.train_from_start(Recipe(hidden=(4,), epochs=5))
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe.hidden == (4,) and watch.last.is_at_limit)
    press(Key.Key_Escape)
    assert window.selection.value.part is None
    assert not window.parts.network_view.edit.is_pinned


def test_a_unit_of_run_b_is_pinned_again_too(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    choose(window, "compare")
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 2)
    second = window.second.network_view
    assert second is not None
    second.edit.toggle_pin(Place(1, 1))
    assert window.selection.value.part == Part(1, Place(1, 1))
    begin(qtbot, window)
    part = window.selection.value.part
    assert part is not None
    assert part.side == 0  # the step is that of A
    press(Key.Key_Escape)
    assert window.selection.value.part == Part(1, Place(1, 1))
    assert second.edit.is_pinned
    assert not window.parts.network_view.edit.is_pinned
