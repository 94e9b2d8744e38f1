"""What can be taken back: changes of the present run, and whole runs that come back."""

from dataclasses import replace

import numpy as np
import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, press
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.gui.actions.experiment_actions import OPENS
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def undo() -> None:
    press(Key.Key_Z, CTRL)


def redo() -> None:
    press(Key.Key_Z, CTRL_SHIFT)


def frame(watch: Watch) -> Frame:
    return watch.last.frames[0]


def train(qtbot: QtBot, window: MainWindow, watch: Watch, epochs: int) -> Frame:
    """Train so many epochs, and return the frame that shows them."""
    qtbot.waitUntil(lambda: bool(watch.updates))
    to = frame(watch).epoch + epochs
    for _ in range(epochs):
        window.runs.run_epoch()
    qtbot.waitUntil(lambda: frame(watch).epoch == to)
    return frame(watch)


def test_a_live_change_is_taken_back_by_a_new_one_and_the_epochs_stay(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    train(qtbot, window, watch, 3)
    child(window, "learning_rate_input").setValue(0.1)
    train(qtbot, window, watch, 2)
    action = window.menus.actions["undo"]
    assert action.text() == "Undo: learning rate 0.1"
    undo()
    assert window.runs.recipe.learning_rate == 1.0
    assert child(window, "learning_rate_input").value() == 1.0
    now = train(qtbot, window, watch, 1)
    assert now.epoch == 6
    assert [change.recipe.learning_rate for change in now.changes] == [0.1, 1.0]
    assert [change.epoch for change in now.changes] == [3, 5]
    assert not action.isEnabled()
    redo()
    assert window.runs.recipe.learning_rate == 0.1


def test_steps_of_one_control_are_one_entry_and_those_of_another_are_not(
    window: MainWindow,
) -> None:
    for rate in (0.9, 0.8, 0.7):
        child(window, "learning_rate_input").setValue(rate)
    child(window, "batch_size_input").setValue(5)
    undo()
    assert window.runs.recipe == replace(Recipe(), learning_rate=0.7)
    undo()
    assert window.runs.recipe == Recipe()
    assert not window.menus.actions["undo"].isEnabled()


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("reset", "reset"),
        ("new_weights", "weight seed 1"),
        ("suggest_spiral", ""),
    ],
)
def test_what_began_another_run_brings_the_old_one_back_where_it_was(
    qtbot: QtBot, window: MainWindow, watch: Watch, act: str, words: str
) -> None:
    before = train(qtbot, window, watch, 5)
    window.menus.actions[act].trigger()
    qtbot.waitUntil(lambda: frame(watch).run_number != before.run_number)
    assert window.menus.actions["undo"].text().startswith(f"Undo: {words}")
    undo()
    qtbot.waitUntil(lambda: frame(watch).run_number == before.run_number)
    now = frame(watch)
    assert now.epoch == 5
    assert now.recipe == before.recipe == window.runs.recipe
    np.testing.assert_array_equal(now.parameters, before.parameters)
    np.testing.assert_array_equal(now.curve.low, before.curve.low)
    redo()
    qtbot.waitUntil(lambda: frame(watch).run_number != before.run_number)
    assert frame(watch).epoch == 0


def test_edits_of_a_run_that_came_back_can_still_be_taken_back(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    start = train(qtbot, window, watch, 2)
    window.edits.edit(0, 3, 1.5, 1)
    qtbot.waitUntil(lambda: frame(watch).parameters[3] == 1.5)
    child(window, "activation_toggle").setChecked(False)
    qtbot.waitUntil(lambda: frame(watch).run_number != start.run_number)
    undo()
    undo()  # at once, before the old run is back
    qtbot.waitUntil(
        lambda: (
            frame(watch).run_number == start.run_number
            and frame(watch).parameters[3] == start.parameters[3]
        )
    )
    assert frame(watch).epoch == 2
    assert child(window, "activation_toggle").isChecked()


def test_a_run_on_its_way_back_can_be_left_and_comes_back_all_the_same(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    start = train(qtbot, window, watch, 2)
    child(window, "activation_toggle").setChecked(False)
    qtbot.waitUntil(lambda: frame(watch).run_number != start.run_number)
    undo()
    child(window, "learning_rate_input").setValue(0.5)  # at once, of the run that comes back
    window.menus.actions["new_weights"].trigger()  # and this begins another
    undo()
    qtbot.waitUntil(lambda: frame(watch).run_number == start.run_number and frame(watch).epoch == 2)
    assert window.runs.recipe == replace(start.recipe, learning_rate=0.5)
    undo()
    assert window.runs.recipe == start.recipe


def test_a_comparison_that_was_ended_comes_back_with_both_runs(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test()
    watch = Watch(window)
    recipes = (Recipe(), Recipe(learning_rate=0.1))
    window.runs.open(recipes)
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 2)
    window.runs.run_epoch()
    qtbot.waitUntil(lambda: frame(watch).epoch == 1)
    numbers = [f.run_number for f in watch.last.frames]
    window.runs.end_comparison(1)
    qtbot.waitUntil(lambda: len(watch.last.frames) == 1)
    undo()
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    assert [f.run_number for f in watch.last.frames] == numbers
    assert [f.epoch for f in watch.last.frames] == [1, 1]
    assert window.runs.recipes == recipes


def test_what_was_refused_is_nothing_to_take_back(window: MainWindow) -> None:
    window.runs.open((Recipe(), Recipe()))
    count = window.undo.stack.count()
    window.parts.controls.dataset_choice.pick("circle")
    assert window.undo.stack.count() == count


BROKEN = Recipe(activations_off=True, numerics="textbook")  # 0/0 at the sample (0, 0)
SITUATIONS = {
    "one run": (Recipe(learning_rate=0.5),),
    "two runs": (Recipe(), Recipe(learning_rate=0.1)),
    "not a number": (BROKEN,),
}
# What opens recipes does so in one way: each is tried with one run, some in the other situations.
SOME = tuple(OPENS)[::5]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_whatever_an_action_of_the_menus_does_to_the_runs_is_taken_back(
    qtbot: QtBot, open_in_test: OpenWindow, situation: str
) -> None:
    window = open_in_test()
    window.setUpdatesEnabled(False)  # what is painted does not matter, and takes long
    watch, stack = Watch(window), window.undo.stack
    opens = tuple(OPENS) if situation == "one run" else SOME
    window.runs.open(SITUATIONS[situation])
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == len(shown(window)[0]))
    train(qtbot, window, watch, 2)
    tried = set()
    for name in ("reset", "new_weights", "compare", "end_with_a", "end_with_b", *opens):
        action = window.menus.actions[name]
        before = shown(window)
        stack.clear()
        if not action.isEnabled():
            continue
        action.trigger()
        assert stack.count() == 1, name
        qtbot.waitUntil(lambda b=before: shown(window) != b)  # type: ignore[misc]  # of this round
        undo()
        qtbot.waitUntil(lambda b=before: shown(window) == b)  # type: ignore[misc]  # likewise
        redo()
        undo()  # at once: the order of both must hold
        qtbot.waitUntil(lambda b=before: shown(window) == b)  # type: ignore[misc]  # likewise
        tried.add(name)
    assert len(tried) >= len(opens) + 2


def shown(window: MainWindow) -> tuple[tuple[Recipe, ...], list[tuple[int, int]]]:
    """Return the recipes of the runs, and the number and the epoch of each on the screen."""
    frames = window.runs.latest.frames
    return window.runs.recipes, [(frame.run_number, frame.epoch) for frame in frames]
