"""Going back in a run and on again: everything on the screen is of the moment looked at."""

from dataclasses import replace

import numpy as np
import pytest
from frames import differing_fields, make_frame
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, press
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.record import Position
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
EPOCHS = 200
RECIPE = Recipe(epochs=EPOCHS)


def frame(watch: Watch) -> Frame:
    return watch.last.frames[0]


def train(qtbot: QtBot, window: MainWindow, watch: Watch, recipe: Recipe = RECIPE) -> None:
    """Train a recipe flat out up to its limit."""
    window.runs.train_from_start(recipe)
    qtbot.waitUntil(lambda: watch.last.is_at_limit and watch.epoch == recipe.epochs)


def press_and_see(
    qtbot: QtBot, watch: Watch, key: Key, epoch: int, modifiers: Qt.KeyboardModifier | None = None
) -> None:
    """Press a key, and wait until an epoch is shown."""
    press(key, modifiers or Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: watch.epoch == epoch)


@pytest.fixture
def trained(qtbot: QtBot, window: MainWindow, watch: Watch) -> MainWindow:
    """A window whose run has come to its limit."""
    train(qtbot, window, watch)
    return window


def test_the_keys_of_time_go_one_epoch_or_a_tenth_to_the_start_and_to_the_present(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    for key, modifiers, epoch in (
        (Key.Key_Left, None, 199),
        (Key.Key_Left, None, 198),
        (Key.Key_Right, None, 199),
        (Key.Key_Left, SHIFT, 179),
        (Key.Key_PageUp, None, 159),
        (Key.Key_Right, SHIFT, 179),
        (Key.Key_Home, None, 0),
        (Key.Key_Left, None, 0),
        (Key.Key_Left, SHIFT, 0),
        (Key.Key_Right, SHIFT, 20),
        (Key.Key_End, None, 200),
    ):
        press_and_see(qtbot, watch, key, epoch, modifiers)
        assert frame(watch).is_past == (epoch < EPOCHS)
        assert frame(watch).live == (EPOCHS, 0)


def test_one_epoch_on_trains_where_there_is_no_later_one(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    press_and_see(qtbot, watch, Key.Key_Left, 199)
    press_and_see(qtbot, watch, Key.Key_Right, 200)
    assert not trained.time.is_in_past
    press_and_see(qtbot, watch, Key.Key_Right, 201)
    assert frame(watch).live == (201, 0)
    press_and_see(qtbot, watch, Key.Key_Left, 200)
    child(trained, "step_button").click()  # does what the key does
    qtbot.waitUntil(lambda: watch.epoch == 201)
    assert not trained.time.is_in_past
    assert frame(watch).live == (201, 0)


def test_the_keys_of_time_mean_the_same_over_a_plot_and_the_timeline_that_have_the_focus(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    parts = trained.parts
    for control in (parts.loss_view.plot, parts.boundary_view.plot, parts.timeline.slider):
        control.setFocus(Qt.FocusReason.TabFocusReason)
        press_and_see(qtbot, watch, Key.Key_Left, 199)
        press_and_see(qtbot, watch, Key.Key_Left, 179, SHIFT)
        press_and_see(qtbot, watch, Key.Key_Home, 0)
        press_and_see(qtbot, watch, Key.Key_Right, 1)
        press_and_see(qtbot, watch, Key.Key_End, 200)
        assert control.hasFocus()


def test_a_past_epoch_is_to_the_byte_what_was_there(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    of_the_run = {"run_number", "curve", "live", "findings", "changes", "ghost"}
    for epoch in (65, 0, 1, 64, 63, 199, 120):
        trained.time.go_to(epoch)
        qtbot.waitUntil(lambda epoch=epoch: watch.epoch == epoch)  # type: ignore[misc]
        straight = make_frame(RECIPE, epoch)
        assert set(differing_fields(frame(watch), straight)) <= of_the_run, epoch


def test_everything_on_the_screen_is_of_the_moment_looked_at(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    parts, straight = trained.parts, make_frame(RECIPE, 50)
    trained.time.go_to(50)
    qtbot.waitUntil(lambda: watch.epoch == 50)
    assert child(trained, "epoch_label").text() == "50 of 200"
    assert child(trained, "loss_label").text() == f"{straight.loss:.4f}"
    head = parts.loss_view.runs[0].head
    assert (head.x.tolist(), head.y.tolist()) == ([50.0], [straight.loss])
    assert parts.loss_view.runs[0].curve.x[-1] == EPOCHS  # how far the run has gone stays
    assert "past" in parts.message_bar.text
    assert child(trained, "play_button").text() == "Replay"
    trained.time.go_live()
    qtbot.waitUntil(lambda: watch.epoch == EPOCHS)
    assert child(trained, "epoch_label").text() == "200"
    assert "Paused at epoch 200" in parts.message_bar.text
    assert child(trained, "play_button").text() == "Play"


def test_the_controls_show_the_recipe_of_the_moment_looked_at(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    rate = child(trained, "learning_rate_input")
    rate.setValue(0.3)
    press_and_see(qtbot, watch, Key.Key_Right, 201)
    press_and_see(qtbot, watch, Key.Key_Home, 0)
    assert rate.value() == 1.0
    assert trained.runs.recipe.learning_rate == 1.0
    assert trained.runs.recipes[0].learning_rate == 0.3  # the run is as it was
    press_and_see(qtbot, watch, Key.Key_End, 201)
    assert rate.value() == 0.3


def test_from_mark_to_mark_one_halts_before_and_after_what_was_done(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    child(trained, "learning_rate_input").setValue(0.3)
    press_and_see(qtbot, watch, Key.Key_Right, 201)
    trained_there = float(frame(watch).parameters[0])
    trained.edits.edit(0, 0, 2.5, 1)
    qtbot.waitUntil(lambda: frame(watch).parameters[0] == 2.5)
    press_and_see(qtbot, watch, Key.Key_Right, 202)
    for position, rate, number in (
        ((201, 2), 0.3, 2.5),
        ((201, 1), 0.3, trained_there),
        ((200, 1), 0.3, None),
        ((200, 0), 1.0, None),
        ((0, 0), 1.0, None),
    ):
        press(Key.Key_Left, CTRL)
        qtbot.waitUntil(lambda to=position: frame(watch).position == to)  # type: ignore[misc]
        assert frame(watch).recipe.learning_rate == rate
        assert number in (None, frame(watch).parameters[0])
    for position in ((200, 0), (200, 1), (201, 1), (201, 2), (202, 2)):
        press(Key.Key_Right, CTRL)
        qtbot.waitUntil(lambda to=position: frame(watch).position == to)  # type: ignore[misc]
    assert not trained.time.is_in_past


def test_training_goes_on_while_the_past_is_looked_at_and_space_does_not_stop_it(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.runs.train_from_start(Recipe(epochs=0))
    qtbot.waitUntil(lambda: watch.epoch > 300)
    window.time.go_to(100)
    qtbot.waitUntil(lambda: watch.epoch == 100)
    live = frame(watch).live.epoch
    qtbot.waitUntil(lambda: frame(watch).live.epoch > live + 300)
    assert frame(watch).epoch == 100
    assert window.parts.timeline.slider.value() == 100
    assert window.parts.timeline.slider.maximum() == window.time.live.epoch
    window.whole_run.replay.set_speed(1.0)  # or it would soon be at the present
    for _ in range(2):  # starts the replay, and stops it
        live = frame(watch).live.epoch
        press(Key.Key_Space)
        qtbot.waitUntil(lambda to=live + 300: frame(watch).live.epoch > to)  # type: ignore[misc]
        assert window.runs.is_playing
    press(Key.Key_End)
    qtbot.waitUntil(lambda: not frame(watch).is_past)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: not watch.last.is_playing)


def test_a_new_run_is_looked_at_as_it_is_and_the_old_one_comes_back_whole(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    number = frame(watch).run_number
    press_and_see(qtbot, watch, Key.Key_Left, 199)
    press(Key.Key_R)
    qtbot.waitUntil(lambda: frame(watch).run_number != number)
    assert frame(watch).live == (0, 0)
    assert not trained.time.is_in_past
    assert not trained.parts.timeline.live_button.isEnabled()
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: frame(watch).run_number == number)
    assert frame(watch).live == (EPOCHS, 0)  # all that was trained, not up to the moment looked at


def test_a_typed_epoch_is_gone_to_and_what_is_none_gets_a_sentence(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    label = child(trained, "epoch_label")

    def type_epoch(text: str, end: Key) -> None:
        qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
        field = child(trained, "epoch_input")
        assert field.hasFocus()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, end)
        assert not field.isVisible()
        assert trained.parts.network_view.hasFocus()

    type_epoch("120", Key.Key_Return)
    qtbot.waitUntil(lambda: watch.epoch == 120)
    type_epoch("7", Key.Key_Escape)
    type_epoch("", Key.Key_Return)
    for wrong, words in (
        ("1.5", "whole number from 0 to 200"),
        ("-3", "whole number from 0 to 200"),
        ("300", "has not come to epoch '300' yet"),
        ("9" * 400, "has not come to epoch"),
    ):
        type_epoch(wrong, Key.Key_Return)
        assert words in trained.parts.message_bar.text
    assert trained.time.epoch == 120
    press(Key.Key_G, CTRL)
    qtbot.keyClicks(child(trained, "epoch_input"), "0")
    qtbot.keyClick(child(trained, "epoch_input"), Key.Key_Return)
    qtbot.waitUntil(lambda: watch.epoch == 0)


def test_a_mark_of_ones_own_is_set_named_removed_and_all_of_it_is_taken_back(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    def names() -> list[str]:
        return [mark.name for mark in trained.time.marks if mark.is_own]

    def name_it(text: str) -> None:
        press(Key.Key_K)
        field = child(trained, "mark_name_input")
        qtbot.waitUntil(field.hasFocus)
        field.clear()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Key.Key_Return)
        assert not field.isVisible()

    trained.time.go_to(30)
    qtbot.waitUntil(lambda: watch.epoch == 30)
    press(Key.Key_K)
    assert names() == ["mark 1"]
    name_it("here it folds")
    assert names() == ["here it folds"]
    press_and_see(qtbot, watch, Key.Key_End, EPOCHS)
    press_and_see(qtbot, watch, Key.Key_Left, 30, CTRL)
    name_it("")
    assert names() == []
    for expected in (["here it folds"], ["mark 1"], []):
        press(Key.Key_Z, CTRL)
        assert names() == expected
    press(Key.Key_Z, CTRL | SHIFT)
    assert names() == ["mark 1"]
    press(Key.Key_R)
    qtbot.waitUntil(lambda: frame(watch).live == (0, 0) and watch.epoch == 0)
    assert names() == []  # it was of the run before
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: frame(watch).live == (EPOCHS, 0))
    assert names() == ["mark 1"]


def test_a_branch_has_the_marks_of_the_run_that_it_left_up_to_there(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    def names() -> list[str]:
        return [mark.name for mark in trained.time.marks if mark.is_own]

    for epoch in (20, 40, 60):
        trained.time.go_to(epoch)
        qtbot.waitUntil(lambda e=epoch: watch.epoch == e)  # type: ignore[misc]  # of this round
        press(Key.Key_K)
    old = frame(watch)
    trained.time.go_to(40)
    qtbot.waitUntil(lambda: watch.epoch == 40)
    child(trained, "learning_rate_input").setValue(0.25)
    qtbot.waitUntil(lambda: bool(frame(watch).branches) and watch.epoch == 40)
    branch = frame(watch)
    assert names() == ["mark 1", "mark 2"]
    press_and_see(qtbot, watch, Key.Key_Right, 41)
    press(Key.Key_K)
    assert names() == ["mark 1", "mark 2", "mark 3"]
    press(Key.Key_R)  # to where the branch began
    qtbot.waitUntil(lambda: frame(watch).run_number not in (old.run_number, branch.run_number))
    assert names() == ["mark 1", "mark 2"]
    for expected in (3, 2, 3):  # the reset, the mark and the branch are taken back
        press(Key.Key_Z, CTRL)
        qtbot.waitUntil(lambda n=expected: len(names()) == n)  # type: ignore[misc]  # likewise
    assert names() == ["mark 1", "mark 2", "mark 3"]
    qtbot.waitUntil(lambda: frame(watch).run_number == old.run_number)
    assert [mark.position.epoch for mark in trained.time.marks if mark.is_own] == [20, 40, 60]


def test_both_runs_of_a_comparison_show_one_epoch_and_a_mark_of_one_its_changes(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(RECIPE)
    watch = Watch(window)
    window.runs.open((RECIPE, replace(RECIPE, learning_rate=0.3)))
    window.runs.set_speed(None)
    window.runs.toggle_playing()
    qtbot.waitUntil(lambda: watch.last.is_at_limit and watch.epoch == EPOCHS)
    child(window, "learning_rate_input").setValue(0.1)  # of B
    press_and_see(qtbot, watch, Key.Key_Right, EPOCHS + 1)
    window.time.go_to(40)
    qtbot.waitUntil(lambda: watch.epoch == 40)
    a, b = watch.last.frames
    assert (a.position, b.position) == ((40, 0), (40, 0))
    assert np.array_equal(b.parameters, make_frame(b.recipe, 40).parameters)
    assert child(window, "epoch_label").text() == "40 of 201"
    assert child(window, "learning_rate_input").value() == 0.3
    window.time.go_to(Position(EPOCHS, 0), 1)  # before the change of B
    qtbot.waitUntil(lambda: watch.epoch == EPOCHS)
    a, b = watch.last.frames
    assert (a.position, b.position) == ((EPOCHS, 0), (EPOCHS, 0))
    assert b.recipe.learning_rate == 0.3
    press(Key.Key_Right, CTRL)
    qtbot.waitUntil(lambda: watch.last.frames[1].position == (EPOCHS, 1))
    assert watch.last.frames[0].position == (EPOCHS, 0)
    assert watch.last.frames[1].recipe.learning_rate == 0.1
