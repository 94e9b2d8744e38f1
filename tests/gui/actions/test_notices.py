"""What the message bar says, and for how long."""

from collections.abc import Callable
from typing import NoReturn

import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.sharing import Shared
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.actions.notices import NOTHING, Notices
from mlpviz.gui.parts.message_bar import MessageBar
from mlpviz.gui.window.main import MainWindow

SPIRAL = revised(Recipe(), dataset="spiral")
HINT = Message("Untrained.", is_hint=True)
BROKEN, STUCK = Message("It broke.", is_warning=True), Message("It is stuck.", is_warning=True)
SAVED = Message("Saved.")
PASTED = "Pasted: spiral, 4-4, η 1."


class Said(Notices):
    """Notices upon a bar of their own."""

    def __init__(self, bar: MessageBar) -> None:
        super().__init__(bar)
        self.bar = bar
        self.changed.connect(bar.show_message)

    @property
    def text(self) -> str:
        return self.bar.text


@pytest.fixture
def said(show: Callable[..., MessageBar]) -> Said:
    return Said(show(MessageBar(), 900, 34))


@pytest.mark.parametrize("standing", [HINT, NOTHING, BROKEN])
def test_a_new_notice_always_shows_and_ends_with_the_next_thing_that_is_done(
    said: Said, standing: Message
) -> None:
    said.show_runs(standing, (1,))
    said.say(SAVED)
    for _ in range(3):
        said.show_runs(standing, (1,))
        assert said.text == "Saved."
    said.say(Message("Saved again."))
    assert said.text == "Saved again."
    said.end()
    assert said.text == standing.text


def test_what_a_run_did_not_say_before_takes_the_place_of_a_notice(said: Said) -> None:
    said.show_runs(NOTHING, (1,))
    said.say(SAVED)
    said.show_runs(BROKEN, (1,))
    assert said.text == "It broke."
    said.say(SAVED)  # the run has said that it broke: these are its words again, with other numbers
    said.show_runs(STUCK, (1,))
    assert said.text == "Saved."
    said.show_runs(HINT, (2,))
    said.show_runs(STUCK, (2,))
    assert said.text == "It is stuck."


def test_a_notice_of_the_next_run_is_not_ended_by_what_the_run_before_still_says(
    said: Said,
) -> None:
    said.show_runs(NOTHING, (1,))
    said.say_of_next_run(Message("Pasted."))
    said.show_runs(BROKEN, (1,))
    assert said.text == "Pasted."
    said.show_runs(NOTHING, (2,))
    said.show_runs(NOTHING, (2,))
    assert said.text == "Pasted."
    said.show_runs(BROKEN, (2,))
    assert said.text == "It broke."


def test_what_the_next_run_says_from_its_start_on_does_not_hide_where_it_came_from(
    said: Said,
) -> None:
    said.show_runs(NOTHING, (1,))
    said.say_of_next_run(Message("Pasted."))
    said.show_runs(BROKEN, (2,))
    assert said.text == "Pasted."
    said.end()
    assert said.text == "It broke."


def test_work_is_told_while_there_is_nothing_that_must_be_read(said: Said) -> None:
    said.show_runs(HINT, (1,))
    said.show_work(Message("Writing: 3 %."))
    assert said.text == "Writing: 3 %."
    said.say(SAVED)
    said.show_work(Message("Writing: 4 %."))
    assert said.text == "Saved."
    said.end()
    assert said.text == "Writing: 4 %."
    said.show_runs(BROKEN, (1,))
    assert said.text == "It broke."
    said.show_runs(HINT, (2,))
    said.show_work(NOTHING)
    assert said.text == "Untrained."


# In the window


def paste(window: MainWindow, recipe: Recipe) -> None:
    QGuiApplication.clipboard().setText(Shared(recipe).to_text())
    window.recipe_files.paste()


def test_what_was_pasted_is_said_until_another_data_set_is_chosen_or_a_reset(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    for end in ("xor", "R"):
        paste(window, SPIRAL)
        assert window.parts.message_bar.text == PASTED
        qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].recipe == SPIRAL)
        assert window.parts.message_bar.text == PASTED
        if end == "R":
            press(Qt.Key.Key_R)
        else:
            window.parts.controls.dataset_choice.pick(end)
        qtbot.waitUntil(lambda: window.parts.message_bar.text.startswith("Untrained."))


def test_the_same_recipe_pasted_while_it_trains_is_said_each_time(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    paste(window, SPIRAL)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: watch.epoch > 3)
    assert window.parts.message_bar.text == ""
    for _ in range(2):
        number = watch.last.frames[0].run_number
        paste(window, SPIRAL)
        qtbot.waitUntil(
            lambda number=number: watch.last.frames[0].run_number > number and watch.epoch > 3
        )
        assert window.parts.message_bar.text == PASTED
        child(window, "learning_rate_input").setValue(0.5)
        assert window.parts.message_bar.text == ""


def test_why_something_was_refused_is_said_until_a_weight_is_set_or_drawing_begins(
    window: MainWindow,
) -> None:
    for do in (lambda: window.edits.edit(0, 0, 2.0, 1), lambda: press(Qt.Key.Key_D)):
        window.runs.notices.refuse("That cannot be.")
        assert window.parts.message_bar.text == "That cannot be."
        do()
        assert window.parts.message_bar.text != "That cannot be."


def test_a_notice_after_an_error_stays_while_the_error_is_told_again(
    qtbot: QtBot, window: MainWindow, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> NoReturn:
        raise RuntimeError("out of paper")

    window.runs.notices.refuse("That cannot be.")
    monkeypatch.setattr(Training, "run_past", fail)
    window.runs.bridge.runner.run_epoch()
    qtbot.waitUntil(lambda: "out of paper" in window.parts.message_bar.text)
    window.runs.notices.refuse("That cannot be.")
    before = len(watch.updates)
    window.runs.bridge.runner.set_speed(None)
    qtbot.waitUntil(lambda: len(watch.updates) > before)
    assert "out of paper" in watch.last.error
    assert window.parts.message_bar.text == "That cannot be."


def test_weights_that_were_given_are_not_called_untrained(open_in_test: OpenWindow) -> None:
    start = tuple(0.1 * place for place in range(37))
    window = open_in_test(Recipe(start=start))
    assert window.parts.message_bar.text.startswith("Epoch 0, from given weights. Press Space")


def test_a_layer_more_leaves_weights_that_are_not_called_untrained(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.edits.change_layers(0, 1)
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames[0].recipe.hidden) == 3)
    assert window.parts.message_bar.text.startswith("Epoch 0, from given weights.")
    press(Qt.Key.Key_N)
    qtbot.waitUntil(lambda: window.parts.message_bar.text.startswith("Untrained."))


def test_a_weight_that_was_set_at_epoch_0_is_said(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.edits.edit(0, 0, 2.0, 1)
    qtbot.waitUntil(lambda: bool(watch.updates) and bool(watch.last.frames[0].changes))
    assert window.parts.message_bar.text.startswith("Epoch 0, with weights set by hand.")


def test_what_a_set_brings_with_it_is_said_and_on_the_way_back_it_is_the_learners_again(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    rate = child(window, "learning_rate_input")
    rate.setValue(3.0)
    loss = child(window, "loss_choice")
    loss.setCurrentIndex(loss.findData("mean_squared_error"))
    mine = window.parts.controls.recipe
    window.parts.controls.dataset_choice.pick("plane")
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].recipe.is_regression)
    assert rate.value() == 0.1
    assert window.parts.message_bar.text == (
        "plane has numbers as targets. Changed with it: learning rate 3 → 0.1, "
        "output activation sigmoid → identity."
    )
    window.parts.controls.dataset_choice.pick("xor")
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe == mine)
    assert rate.value() == 3.0
    assert window.parts.message_bar.text.endswith(
        "learning rate 0.1 → 3, output activation identity → sigmoid."
    )
    press(Qt.Key.Key_R)
    assert window.parts.message_bar.text.startswith("Untrained.")
    window.parts.controls.dataset_choice.pick("moons")
    assert window.parts.message_bar.text.startswith("Untrained.")
