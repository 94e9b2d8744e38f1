"""From the first start to the first insight: XOR learned, one unit understood, in few actions."""

import pytest
from gui.helpers import child, point_at, press
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlpviz.gui.window.main import MainWindow


class Newcomer:
    """Counts what a person does in a window that they see for the first time."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot, self._window = qtbot, window
        self.actions = 0
        window.runs.set_speed(None)  # so that nobody has to wait as long as they would

    def click_play(self) -> None:
        self.actions += 1
        self._qtbot.mouseClick(child(self._window, "play_button"), Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key) -> None:
        self.actions += 1
        press(key)

    def watch_it_learn(self) -> None:
        label = self._window.parts.transport.readouts.accuracy_label
        self._qtbot.waitUntil(lambda: label.text().startswith("100.0"))

    def hover_a_unit(self) -> None:
        self.actions += 1
        view = self._window.parts.network_view
        assert view.network_layout is not None
        point_at(view, view.network_layout.units[1][0].center())


@pytest.fixture
def newcomer(qtbot: QtBot, window: MainWindow) -> Newcomer:
    return Newcomer(qtbot, window)


def test_by_mouse_it_takes_two_actions(
    qtbot: QtBot, window: MainWindow, newcomer: Newcomer
) -> None:
    newcomer.click_play()
    newcomer.watch_it_learn()
    newcomer.hover_a_unit()
    assert window.parts.network_view.hover_text().startswith("h₁,₁")
    qtbot.waitUntil(lambda: window.parts.boundary_view.caption.text == "hidden 1, unit 1")
    assert newcomer.actions <= 3


def test_by_keyboard_it_takes_two_actions(
    qtbot: QtBot, window: MainWindow, newcomer: Newcomer
) -> None:
    newcomer.press(Qt.Key.Key_Space)
    newcomer.watch_it_learn()
    newcomer.press(Qt.Key.Key_E)
    assert window.parts.network_view.hover_text() != ""
    qtbot.waitUntil(lambda: window.parts.boundary_view.caption.text.startswith("hidden 1"))
    assert newcomer.actions <= 3
