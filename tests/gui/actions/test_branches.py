"""Another turn in the past: any change there is a branch, and the old future can be returned to."""

from dataclasses import replace

import pytest
from frames import differing_fields
from gui.conftest import Watch
from gui.helpers import child, press
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
RECIPE = Recipe(epochs=120)


def frame(watch: Watch) -> Frame:
    return watch.last.frames[0]


@pytest.fixture
def trained(qtbot: QtBot, window: MainWindow, watch: Watch) -> MainWindow:
    """A window whose run has come to its limit."""
    window.runs.train_from_start(RECIPE)
    qtbot.waitUntil(lambda: watch.last.is_at_limit and watch.epoch == RECIPE.epochs)
    return window


def look_at(qtbot: QtBot, window: MainWindow, watch: Watch, epoch: int) -> Frame:
    window.time.go_to(epoch)
    qtbot.waitUntil(lambda: watch.epoch == epoch)
    return frame(watch)


def wait_for_branch(qtbot: QtBot, watch: Watch, epoch: int) -> Frame:
    qtbot.waitUntil(lambda: frame(watch).branched_at is not None and watch.epoch == epoch)
    return frame(watch)


def branch_at(qtbot: QtBot, window: MainWindow, watch: Watch, epoch: int) -> tuple[Frame, Frame]:
    """Change the learning rate in the past; return what was shown there, and the branch."""
    old = look_at(qtbot, window, watch, epoch)
    child(window, "learning_rate_input").setValue(0.25)
    return old, wait_for_branch(qtbot, watch, epoch)


def undo(qtbot: QtBot, watch: Watch, number: int) -> Frame:
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: frame(watch).run_number == number)
    return frame(watch)


def test_what_if_we_had_lowered_the_rate_is_three_actions(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    trained.parts.loss_view.epoch_wanted.emit(50)  # as a click on the curve does
    qtbot.waitUntil(lambda: watch.epoch == 50)
    old = frame(watch)
    child(trained, "learning_rate_input").setValue(0.25)
    branch = wait_for_branch(qtbot, watch, 50)
    assert trained.parts.message_bar.text.startswith("Branch from epoch 50. Press Space")
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: watch.last.is_at_limit and watch.epoch == RECIPE.epochs)
    straight = Run(RECIPE)
    straight.advance(50)
    straight.change(replace(RECIPE, learning_rate=0.25))
    straight.advance(70)
    assert branch.parameters.tobytes() == old.parameters.tobytes()
    assert frame(watch).parameters.tobytes() == straight.training.network.parameters.tobytes()
    assert frame(watch).branched_at == Position(50, 0)
    assert not trained.time.is_in_past


def test_a_branch_is_taken_back_with_its_history_and_the_moment_looked_at(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    before = look_at(qtbot, trained, watch, 40)
    child(trained, "learning_rate_input").setValue(0.25)
    child(trained, "learning_rate_input").setValue(0.125)  # of the branch, where nothing is past
    branch = wait_for_branch(qtbot, watch, 40)
    assert [words for words, _ in trained.runs.pins.entries] == [
        "old future of epoch 40: xor, 4-4, η 1"
    ]
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: frame(watch).recipe.learning_rate == 0.25)
    back = undo(qtbot, watch, before.run_number)
    qtbot.waitUntil(lambda: watch.epoch == 40)
    assert not differing_fields(frame(watch), before)
    assert back.live == Position(RECIPE.epochs, 0)
    assert trained.time.is_in_past
    assert trained.runs.pins.entries == ()
    assert child(trained, "learning_rate_input").value() == 1.0
    press(Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: frame(watch).run_number == branch.run_number)
    assert len(trained.runs.pins.entries) == 1


def test_a_weight_that_is_set_or_frozen_in_the_past_is_so_in_a_branch(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old = look_at(qtbot, trained, watch, 30)
    trained.edits.edit(0, 2, 0.5, stroke=1)
    branch = wait_for_branch(qtbot, watch, 30)
    assert branch.parameters[2] == 0.5
    undo(qtbot, watch, old.run_number)
    qtbot.waitUntil(lambda: watch.epoch == 30)
    trained.edits.freeze(0, 2, is_frozen=True)
    branch = wait_for_branch(qtbot, watch, 30)
    assert branch.recipe.frozen == (2,)
    assert branch.parameters[2] == old.parameters[2] != 0.5


def test_going_on_from_here_is_the_old_future_and_reset_goes_back_there(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old = frame(watch)
    look_at(qtbot, trained, watch, 30)
    trained.menus.actions["go_on_from_here"].trigger()
    wait_for_branch(qtbot, watch, 30)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: watch.last.is_at_limit and watch.epoch == RECIPE.epochs)
    assert frame(watch).parameters.tobytes() == old.parameters.tobytes()
    assert frame(watch).run_number != old.run_number
    child(trained, "reset_button").click()
    qtbot.waitUntil(lambda: watch.epoch == 30)


def test_an_old_future_can_be_returned_to_and_closed(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old, branch = branch_at(qtbot, trained, watch, 30)
    menu = trained.menus.menus["futures"]
    assert [action.text() for action in menu.actions()] == [
        "↩ old future of epoch 30: xor, 4-4, η 1"
    ]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: frame(watch).run_number == old.run_number)
    assert [words for words, _ in trained.runs.pins.entries] == [
        "old future of epoch 30: xor, 4-4, η 0.25, changed at epoch 30"
    ]
    undo(qtbot, watch, branch.run_number)
    trained.menus.menus["pins"].actions()[0].trigger()
    assert trained.runs.pins.entries == ()
    assert not menu.actions()


def test_the_old_future_goes_on_beside_another_from_where_they_part(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old = frame(watch)
    branch_at(qtbot, trained, watch, 30)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: watch.last.is_at_limit)
    branch = frame(watch)
    trained.menus.actions["compare_with_old_future"].trigger()
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    assert [shown.epoch for shown in watch.last.frames] == [30, 30]
    assert [recipe.learning_rate for recipe in trained.runs.recipes] == [1.0, 0.25]
    assert not trained.runs.pins.futures  # both are seen as they go
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: watch.last.is_at_limit)
    a, b = watch.last.frames
    assert a.parameters.tobytes() == old.parameters.tobytes()
    assert b.parameters.tobytes() == branch.parameters.tobytes()
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: [f.run_number for f in watch.last.frames] == [branch.run_number])
    assert [future.epoch for future in trained.runs.pins.futures] == [30]


def test_what_no_branch_can_keep_begins_a_new_run_with_the_choices_of_then(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    child(trained, "learning_rate_input").setValue(0.5)
    trained.runs.run_epoch()
    qtbot.waitUntil(lambda: watch.epoch == 121)
    look_at(qtbot, trained, watch, 30)
    trained.runs.change(replace(trained.runs.recipe, hidden=(3,)))
    qtbot.waitUntil(lambda: frame(watch).recipe.hidden == (3,))
    assert (frame(watch).epoch, frame(watch).branches) == (0, ())
    assert frame(watch).recipe.learning_rate == 1.0


def test_the_number_of_epochs_is_that_of_the_present_run_also_in_the_past(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old = look_at(qtbot, trained, watch, 30)
    trained.runs.change(replace(trained.runs.recipe, epochs=500))
    qtbot.waitUntil(lambda: frame(watch).recipe.epochs == 500)
    assert (frame(watch).run_number, watch.epoch) == (old.run_number, 30)
    assert trained.time.is_in_past


def test_all_of_a_stroke_in_the_past_is_in_one_branch(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old = look_at(qtbot, trained, watch, 30)
    for value in (0.5, 0.6, 0.7):  # faster than a frame of the branch can come
        trained.edits.edit(0, 2, value, stroke=1)
    qtbot.waitUntil(lambda: frame(watch).parameters[2] == 0.7)
    assert frame(watch).branches == (Position(30, 0),)
    trained.edits.edit(0, 2, 0.8, stroke=1)
    qtbot.waitUntil(lambda: frame(watch).parameters[2] == 0.8)
    trained.edits.edit(0, 2, 0.9, stroke=2)  # in the branch, a step of its own
    qtbot.waitUntil(lambda: frame(watch).parameters[2] == 0.9)
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: frame(watch).parameters[2] == 0.8)
    undo(qtbot, watch, old.run_number)
    press(Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: frame(watch).parameters[2] == 0.8)
    undo(qtbot, watch, old.run_number)
    trained.edits.edit(0, 2, 0.25, stroke=3)  # of the run that has come back, again in its past
    qtbot.waitUntil(lambda: frame(watch).parameters[2] == 0.25)


def test_both_runs_of_a_comparison_branch_together_and_come_back_together(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.runs.open((RECIPE, replace(RECIPE, learning_rate=0.5)))
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: watch.last.is_at_limit)
    old = look_at(qtbot, window, watch, 50), watch.last.frames[1]
    child(window, "learning_rate_input").setValue(0.25)
    qtbot.waitUntil(lambda: all(shown.branches for shown in watch.last.frames))
    assert [shown.epoch for shown in watch.last.frames] == [50, 50]
    assert [shown.recipe.learning_rate for shown in watch.last.frames] == [1.0, 0.25]
    assert len(window.runs.pins.entries) == 2
    undo(qtbot, watch, old[0].run_number)
    qtbot.waitUntil(lambda: watch.epoch == 50)
    for shown, before in zip(watch.last.frames, old, strict=True):
        assert not differing_fields(shown, before)


def test_whoever_comes_back_from_a_comparison_to_the_past_branches_there_again(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old = look_at(qtbot, trained, watch, 30)
    trained.menus.actions["compare_with_old_future"].trigger()
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    assert not trained.time.is_in_past
    undo(qtbot, watch, old.run_number)
    qtbot.waitUntil(lambda: watch.epoch == 30)
    assert trained.time.is_in_past
    child(trained, "learning_rate_input").setValue(0.25)
    branch = wait_for_branch(qtbot, watch, 30)
    assert branch.recipe.learning_rate == 0.25


def test_a_change_right_after_a_reset_in_the_past_is_of_the_new_run(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old = look_at(qtbot, trained, watch, 50)
    press(Key.Key_R)
    child(trained, "learning_rate_input").setValue(0.0625)  # before a frame of the new run
    qtbot.waitUntil(lambda: frame(watch).run_number != old.run_number)
    qtbot.waitUntil(lambda: frame(watch).recipe.learning_rate == 0.0625)
    assert frame(watch).branches == ()


def test_a_change_right_after_another_network_in_the_past_is_of_the_new_run(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    look_at(qtbot, trained, watch, 50)
    trained.runs.change(replace(trained.runs.recipe, hidden=(3,)))
    trained.runs.change(replace(trained.runs.recipe, learning_rate=0.0625))
    qtbot.waitUntil(lambda: frame(watch).recipe.hidden == (3,))
    qtbot.waitUntil(lambda: frame(watch).recipe.learning_rate == 0.0625)
    assert trained.runs.recipes == (frame(watch).recipe,)


def test_a_change_while_the_old_run_comes_back_to_its_past_is_of_the_old_run(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old, _ = branch_at(qtbot, trained, watch, 40)
    trained.undo.undo()
    trained.runs.change(replace(RECIPE, learning_rate=0.125))  # before a frame of the old run
    qtbot.waitUntil(lambda: frame(watch).run_number == old.run_number)
    qtbot.waitUntil(lambda: bool(frame(watch).changes))
    assert frame(watch).changes[-1].recipe.learning_rate == 0.125
    assert trained.runs.recipes[0].learning_rate == 0.125


def test_a_weight_of_the_run_that_came_back_from_an_edited_branch_can_be_set(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old = look_at(qtbot, trained, watch, 30)
    trained.edits.edit(0, 2, 0.5, stroke=1)
    wait_for_branch(qtbot, watch, 30)
    undo(qtbot, watch, old.run_number)
    press(Key.Key_End)
    qtbot.waitUntil(lambda: watch.epoch == RECIPE.epochs)
    trained.edits.edit(0, 2, 2.5, stroke=2)
    qtbot.waitUntil(lambda: frame(watch).parameters[2] == 2.5)
    assert frame(watch).run_number == old.run_number


def test_the_moment_looked_at_comes_back_also_where_the_branch_is_looked_at_there(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old, _ = branch_at(qtbot, trained, watch, 40)
    trained.runs.run_epoch()
    qtbot.waitUntil(lambda: watch.epoch == 41)
    look_at(qtbot, trained, watch, 40)
    undo(qtbot, watch, old.run_number)
    qtbot.waitUntil(lambda: watch.epoch == 40)
    assert trained.time.is_in_past
    assert frame(watch).is_past


def test_an_old_future_does_not_hold_those_before_it(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    for epoch, rate in ((60, 0.25), (30, 0.125)):
        look_at(qtbot, trained, watch, epoch)
        child(trained, "learning_rate_input").setValue(rate)
        qtbot.waitUntil(lambda: not frame(watch).is_past)
        qtbot.waitUntil(lambda e=epoch: watch.epoch == e)  # type: ignore[misc]  # of this round
    futures = trained.runs.pins.futures
    assert [future.epoch for future in futures] == [60, 30]
    assert [future.moment.futures for future in futures] == [(), ()]


def test_whoever_changes_b_lets_a_go_on_as_the_old_future_did(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    child(trained, "learning_rate_input").setValue(0.5)  # at epoch 120
    trained.runs.change(replace(trained.runs.recipe, epochs=122))
    qtbot.waitUntil(lambda: frame(watch).recipe.epochs == 122 and bool(frame(watch).changes))
    look_at(qtbot, trained, watch, 118)
    trained.menus.actions["compare_with_old_future"].trigger()
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    trained.runs.change(replace(trained.runs.recipe, batch_size=1))
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: watch.last.is_at_limit)
    assert [recipe.learning_rate for recipe in trained.runs.recipes] == [0.5, 1.0]
    trained.runs.change(replace(trained.runs.recipe, batch_size=4))
    qtbot.waitUntil(lambda: watch.last.frames[1].recipe.batch_size == 4)
    assert watch.last.frames[0].recipe.learning_rate == 0.5


def test_a_branch_that_is_taken_back_at_once_can_be_done_again(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old = look_at(qtbot, trained, watch, 40)
    child(trained, "learning_rate_input").setValue(0.25)
    press(Key.Key_Z, CTRL)  # before a frame of the branch
    assert trained.time.is_in_past
    press(Key.Key_Z, CTRL | SHIFT)
    branch = wait_for_branch(qtbot, watch, 40)
    assert branch.recipe.learning_rate == 0.25
    assert branch.run_number != old.run_number
    back = undo(qtbot, watch, old.run_number)
    qtbot.waitUntil(lambda: watch.epoch == 40)
    assert (back.live, back.changes) == (old.live, ())
    assert trained.time.is_in_past


@pytest.mark.parametrize("act", ["new_weights", "reset"])
def test_a_branch_that_is_left_at_once_comes_back(
    qtbot: QtBot, trained: MainWindow, watch: Watch, act: str
) -> None:
    old = look_at(qtbot, trained, watch, 40)
    child(trained, "learning_rate_input").setValue(0.25)
    trained.menus.actions[act].trigger()  # before a frame of the branch
    press(Key.Key_Z, CTRL)
    branch = wait_for_branch(qtbot, watch, 40)
    assert branch.recipe == replace(RECIPE, learning_rate=0.25) == trained.runs.recipe
    assert (branch.live, branch.branches) == (Position(40, 1), (Position(40, 0),))
    undo(qtbot, watch, old.run_number)


def test_a_reset_right_after_another_is_taken_back_by_itself(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old = frame(watch)
    press(Key.Key_R)
    press(Key.Key_R)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: watch.last.is_at_limit and frame(watch).run_number != old.run_number)
    second = frame(watch)
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: watch.epoch == 0)
    assert frame(watch).run_number not in (old.run_number, second.run_number)
    undo(qtbot, watch, old.run_number)
    assert watch.epoch == RECIPE.epochs


def test_a_weight_that_is_set_right_after_a_reset_is_one_of_the_new_run(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old = frame(watch)
    press(Key.Key_R)
    trained.edits.edit(0, 2, 0.5, stroke=1)  # before a frame of the new run
    qtbot.waitUntil(lambda: frame(watch).parameters[2] == 0.5)
    assert (watch.epoch, frame(watch).run_number != old.run_number) == (0, True)


def test_a_weight_that_is_set_in_a_branch_is_not_set_in_the_run_that_comes_back_at_once(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    old = look_at(qtbot, trained, watch, 30)
    for value in (0.5, 0.6):
        trained.edits.edit(0, 2, value, stroke=1)
    press(Key.Key_Z, CTRL)  # before a frame of the branch
    trained.runs.change(replace(RECIPE, epochs=130))  # of the run that has come back
    qtbot.waitUntil(lambda: frame(watch).recipe.epochs == 130)
    assert (frame(watch).run_number, frame(watch).changes) == (old.run_number, ())
    assert trained.undo.stack.count() == 2
