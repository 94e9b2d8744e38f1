"""What is announced to a screen reader, as it leaves the program."""

import pytest
from gui.conftest import OpenWindow, Watch
from gui.hands import frame_of
from gui.helpers import press
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.spoken import place_words, rest_words
from mlpviz.gui.parts import announcer
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
Politeness = QAccessible.AnnouncementPoliteness
Said = list[tuple[str, QAccessible.AnnouncementPoliteness]]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Said:
    """What was announced, and how politely."""
    heard: Said = []

    def hear(event: QAccessibleEvent) -> None:
        assert isinstance(event, QAccessibleAnnouncementEvent)
        heard.append((event.message(), event.politeness()))

    monkeypatch.setattr(announcer, "send", hear)
    return heard


def test_the_diagram_tells_what_its_cursor_is_on_as_it_moves(
    window: MainWindow, watch: Watch, said: Said
) -> None:
    view = window.parts.network_view
    frame = window.runs.latest.frames[0]
    shape = view.accessibleDescription()
    assert shape == "A network of 2-4-4-1 units."
    press(Key.Key_E)
    press(Key.Key_Down)
    QTest.keyClick(window.windowHandle(), Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    places = (Place(1, 0), Place(1, 1), Place(1, 1, 0))
    words = [place_words(frame, place) for place in places]
    assert said == [(sentence, Politeness.Assertive) for sentence in words]
    assert view.accessibleDescription() == words[-1]
    press(Key.Key_Escape)
    assert view.accessibleDescription() == shape
    assert len(said) == 3


def test_epoch_loss_and_accuracy_are_told_politely_when_training_rests(
    qtbot: QtBot, window: MainWindow, watch: Watch, said: Said
) -> None:
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: bool(watch.updates) and frame_of(watch).epoch > 5)
    assert said == []
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: bool(said))
    assert said == [(rest_words(watch.last.frames), Politeness.Polite)]
    press(Key.Key_R)
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[1][0].startswith("Epoch 0, loss ")


def test_steps_in_a_row_are_told_once_and_the_same_state_not_again(
    qtbot: QtBot, window: MainWindow, watch: Watch, said: Said
) -> None:
    for _ in range(3):
        press(Key.Key_Right)
    qtbot.waitUntil(lambda: bool(said))
    assert said == [(rest_words(watch.last.frames), Politeness.Polite)]
    assert said[0][0].startswith("Epoch 3, loss ")
    said.clear()
    window.parts.boundary_view.go_home()
    press(Key.Key_Right)
    qtbot.waitUntil(lambda: bool(said))
    assert [words[:8] for words, _ in said] == ["Epoch 4,"]


def test_a_window_that_opens_announces_nothing(open_in_test: OpenWindow, said: Said) -> None:
    window = open_in_test()
    assert window.runs.latest.frames
    assert said == []


def test_a_moment_of_the_past_is_told_though_training_goes_on(
    qtbot: QtBot, window: MainWindow, watch: Watch, said: Said
) -> None:
    window.runs.train_from_start(Recipe(epochs=0))
    qtbot.waitUntil(lambda: watch.epoch > 100)
    window.time.go_to(50)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0][0].startswith("Epoch 50, loss ")
    live = frame_of(watch).live.epoch
    qtbot.waitUntil(lambda: frame_of(watch).live.epoch > live + 100)
    assert len(said) == 1
    window.runs.toggle_playing()
