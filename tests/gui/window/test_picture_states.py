"""Whatever lies on the stage, there is a picture of it in every format, and one to copy."""

from pathlib import Path

import pytest
from gui.conftest import Watch
from gui.helpers import press
from gui.window.test_compare import choose
from gui.window.test_picture_saver import empty_clipboard, opened, share_of_ink
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
__all__ = ["empty_clipboard"]  # a fixture, of each test here too
# What is seen in each state, by the keys that lead to it, and whether two runs are compared.
STATES = {
    "step": (False, (Key.Key_G,), "network map step"),
    "step compared": (True, (Key.Key_G,), "network map map-B step"),
    "compared": (True, (), "network map loss network-B map-B"),
    "presentation": (False, (Key.Key_F11,), "network map loss"),
    "presented step": (False, (Key.Key_F11, Key.Key_G), "network loss step"),
    "samples": (False, (Key.Key_T,), "samples network map loss"),
    "seeds": (False, (Key.Key_S,), "seeds network map loss"),
    "seeds and step compared": (True, (Key.Key_G, Key.Key_S), "seeds network map map-B step"),
}
LOW = 960, 540


def bring_about(
    window: MainWindow, qtbot: QtBot, watch: Watch, keys: tuple[Key, ...], *, is_comparing: bool
) -> None:
    """Press keys, beside a second run or not."""
    if is_comparing:
        choose(window, "compare")
        qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 2)
    for key in keys:
        press(key)
    if Key.Key_G in keys:
        qtbot.waitUntil(lambda: window.findChild(QLabel, "step_title").text() != "")


def names(window: MainWindow) -> list[str]:
    return [subject.name for subject in window.exports.pictures.subjects()]


def check_all(window: MainWindow, folder: Path) -> None:
    """Hold that all that is in sight is saved in every format, and is offered by the menu."""
    saver = window.exports.pictures
    window.menus.menus["export"].aboutToShow.emit()
    offered = [action.text() for action in window.menus.menus["save_picture"].actions()]
    assert offered == [subject.title for subject in saver.subjects()]
    for subject in saver.subjects():
        files = [folder / f"{subject.name}{ending}" for ending in (".png", ".svg", ".pdf")]
        for file in files:
            saver.save(subject, file, 1)
        assert share_of_ink(opened(files[0].read_bytes())) > 0.002, subject.name
        assert b"<path" in files[1].read_bytes(), subject.name
        assert b"<text" not in files[1].read_bytes(), subject.name
        assert files[2].read_bytes().startswith(b"%PDF-"), subject.name


def check_meant(window: MainWindow) -> str:
    """Copy the view that is meant, and return its title."""
    QGuiApplication.clipboard().clear()
    window.exports.pictures.copy_view()
    assert not QGuiApplication.clipboard().image().isNull()
    return window.parts.message_bar.text.removeprefix("Copied a picture: ").removesuffix(".")


def check_meant_at_every_size(window: MainWindow) -> None:
    """Hold that there is a view that is meant: of all views, and of each that fills the stage."""
    focused = window.focusWidget()
    if focused is not None:
        focused.clearFocus()
    stage, titles = window.parts.stage, set[str]()
    for _ in range(12):
        title = check_meant(window)
        assert title in [subject.title for subject in window.exports.pictures.subjects()]
        titles.add(title)
        stage.enlarge_next()
        if not stage.alone:
            break
    assert not stage.alone
    assert len(titles) >= 3


@pytest.mark.parametrize("state", STATES)
def test_all_that_is_in_sight_is_saved_and_copied_in_every_state_of_the_stage(
    state: str,
    qtbot: QtBot,
    window: MainWindow,
    watch: Watch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QCursor, "pos", lambda: QPoint(-10_000, -10_000))
    is_comparing, keys, expected = STATES[state]
    bring_about(window, qtbot, watch, keys, is_comparing=is_comparing)
    assert names(window) == ["window", *expected.split()]
    check_all(window, tmp_path)
    check_meant_at_every_size(window)
    window.presentation.end()


@pytest.mark.parametrize("is_comparing", [False, True], ids=["alone", "compared"])
@pytest.mark.parametrize("keys", [(), (Key.Key_M,), (Key.Key_G,)], ids=["usual", "swapped", "step"])
def test_a_small_window_has_a_view_that_is_meant_where_the_map_has_no_room(
    keys: tuple[Key, ...],
    is_comparing: bool,
    qtbot: QtBot,
    window: MainWindow,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QCursor, "pos", lambda: QPoint(-10_000, -10_000))
    window.resize(*LOW)
    bring_about(window, qtbot, watch, keys, is_comparing=is_comparing)
    check_meant_at_every_size(window)
