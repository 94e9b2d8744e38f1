"""The size of everything: Ctrl + and Ctrl − change it, Ctrl 0 resets it, and it is remembered."""

from collections.abc import Iterator

import pytest
from gui.conftest import OpenWindow
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.gui.look.look import LIGHT, apply_look, current_look
from mlpviz.gui.look.settings import FACTOR, Settings
from mlpviz.gui.look.sizes import BODY
from mlpviz.gui.window import least_size
from mlpviz.gui.window.main import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
LARGER, SMALLER, USUAL = Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0


@pytest.fixture(autouse=True)
def large_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let windows have room for every size."""
    monkeypatch.setattr(least_size, "screen_room", lambda: QSize(3840, 2160))


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> Iterator[None]:
    """Leave the look as the next test expects it."""
    yield
    apply_look(qapp, LIGHT)


def press(window: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(window, key, CONTROL)


def type_size(window: MainWindow) -> int:
    """Return the size of the type on the play button, in pixels."""
    return window.parts.transport.play_button.fontInfo().pixelSize()


def test_keys_make_everything_larger_and_smaller_and_as_it_was(window: MainWindow) -> None:
    usual = type_size(window)
    for _ in range(3):
        press(window, LARGER)
    assert current_look().factor == 1.4
    assert type_size(window) == round(1.4 * usual)
    press(window, SMALLER)
    assert current_look().factor == 1.25
    press(window, USUAL)
    assert (current_look().factor, type_size(window)) == (1.0, usual)


def test_the_sizes_end_at_0_8_and_3(window: MainWindow) -> None:
    window.look_choice.set_factor(FACTOR.choices[-2])
    for _ in range(2):
        press(window, LARGER)
    assert current_look().factor == 3.0
    window.look_choice.set_factor(FACTOR.choices[1])
    for _ in range(2):
        press(window, SMALLER)
    assert current_look().factor == 0.8


def test_the_menu_does_the_same(window: MainWindow) -> None:
    window.menus.actions["larger"].trigger()
    assert current_look().factor == 1.1
    window.menus.actions["smaller"].trigger()
    window.menus.actions["smaller"].trigger()
    assert current_look().factor == 0.9
    window.menus.actions["usual_size"].trigger()
    assert current_look().factor == 1.0


def test_colours_and_sizes_leave_each_other_alone(window: MainWindow) -> None:
    press(window, LARGER)
    window.look_choice.set_theme("dark")
    assert (current_look().name, current_look().factor) == ("dark", 1.1)
    press(window, SMALLER)
    assert (current_look().name, current_look().factor) == ("dark", 1.0)


def test_the_size_is_kept_for_the_next_window(open_in_test: OpenWindow, qtbot: QtBot) -> None:
    first = open_in_test()
    press(first, LARGER)
    first.close()
    assert Settings().get(FACTOR) == 1.1
    apply_look(QApplication.instance(), LIGHT)  # type: ignore[arg-type]  # as after a new start
    second = open_in_test()
    assert current_look().factor == 1.1
    press(second, USUAL)
    assert Settings().get(FACTOR) == 1.0


def test_all_windows_have_one_size(open_in_test: OpenWindow) -> None:
    first, second = open_in_test(), open_in_test()
    press(second, LARGER)
    assert type_size(first) == type_size(second) == round(1.1 * BODY)


# What a window has on a screen of 1920 × 1080: 940 × 480 at factor 2 are 1880 × 960.
FULL_HD = QSize(1916, 1036)


def test_where_the_screen_has_no_room_for_larger_it_stays_and_says_so(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(least_size, "screen_room", lambda: FULL_HD)
    window.look_choice.set_factor(1.8)
    for _ in range(2):
        press(window, LARGER)
    assert current_look().factor == Settings().get(FACTOR) == 2.0
    assert "no room for larger" in window.parts.message_bar.text
    assert window.minimumWidth() <= FULL_HD.width()
    press(window, SMALLER)
    assert current_look().factor == 1.8


def test_a_size_from_a_larger_screen_is_only_as_large_as_there_is_room_and_stays_remembered(
    open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    Settings().keep(FACTOR, 2.75)
    monkeypatch.setattr(least_size, "screen_room", lambda: FULL_HD)
    open_in_test().close()
    assert current_look().factor == 2.0
    assert Settings().get(FACTOR) == 2.75


def test_the_usual_size_is_there_on_the_smallest_screen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(least_size, "screen_room", lambda: QSize(600, 300))
    window.resize(600, 300)
    press(window, SMALLER)
    press(window, LARGER)
    assert current_look().factor == 1.0
