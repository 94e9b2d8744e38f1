"""What the real window says of a run that is stuck: when it pauses, and what its buttons bring."""

from dataclasses import replace

import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.window.main import MainWindow

STUCK = Recipe(weight_seed=6, epochs=2500)


def train_to_the_limit(qtbot: QtBot, window: MainWindow) -> Watch:
    watch = Watch(window)
    window.runs.train_from_start(STUCK)
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.is_at_limit, timeout=20_000)
    return watch


@pytest.mark.parametrize(
    ("button", "words", "helped"),
    [
        ("remedy_button", "New weights", replace(STUCK, weight_seed=7)),
        ("second_remedy_button", "16 units", replace(STUCK, hidden=(16, 16))),
    ],
)
def test_at_its_limit_a_stuck_run_says_so_and_each_button_begins_what_may_help(
    qtbot: QtBot, open_in_test: OpenWindow, button: str, words: str, helped: Recipe
) -> None:
    window = open_in_test(STUCK)
    watch = train_to_the_limit(qtbot, window)
    assert window.parts.message_bar.text.startswith("1 of 21 is still wrong, and the loss has ")
    assert child(window, button).isVisible()
    assert child(window, button).text() == words
    qtbot.mouseClick(child(window, button), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe == helped)
    assert watch.last.frames[0].epoch == 0
    assert not child(window, button).isVisible()


def test_what_is_said_of_a_stuck_run_goes_when_it_plays_on(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(STUCK)
    watch = train_to_the_limit(qtbot, window)
    seen = len(watch.updates)
    qtbot.mouseClick(child(window, "play_button"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(watch.updates) > seen and watch.last.is_playing)
    assert window.parts.message_bar.text == ""
    qtbot.mouseClick(child(window, "play_button"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not watch.last.is_playing)
    assert "still wrong" in window.parts.message_bar.text
