"""How many pinned runs and old futures stay, and that it is said."""

from pathlib import Path

from gui.actions.test_branches import RECIPE, frame, look_at, trained, undo
from gui.conftest import Watch
from gui.helpers import child
from pytestqt.qtbot import QtBot

from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.actions.pins import MAX_PINS
from mlpviz.gui.window.main import MainWindow

__all__ = ["trained"]  # a fixture, of the test here too
README = Path(__file__).parents[3] / "README.md"
WORDS = {5: "five"}


def test_the_oldest_future_makes_room_and_undo_brings_it_back(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    epochs = [RECIPE.epochs - 10 * (number + 1) for number in range(MAX_PINS + 1)]
    numbers = []
    for place, epoch in enumerate(epochs):
        look_at(qtbot, trained, watch, epoch)
        numbers.append(frame(watch).run_number)
        child(trained, "learning_rate_input").setValue(0.5 / 2**place)
        qtbot.waitUntil(lambda: not frame(watch).is_past)
        qtbot.waitUntil(lambda e=epoch: watch.epoch == e)  # type: ignore[misc]  # of this round
    pins = trained.runs.pins
    assert [future.epoch for future in pins.futures] == epochs[1:]
    undo(qtbot, watch, numbers[-1])
    assert [future.epoch for future in pins.futures] == epochs[:-1]


def test_it_is_said_how_many_stay() -> None:
    count, text = WORDS[MAX_PINS], " ".join(README.read_text(encoding="utf-8").split())
    assert f"old future stays in the loss plot with its name. The last {count} stay" in text
    assert f"of runs that were pinned the last {count} stay" in text
    assert f"the last {count} stay" in ACTIONS["pin"].tooltip
