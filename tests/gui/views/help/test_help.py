"""Help with pictures, the keys, and versions with licences: each in a drawer, from the menu ☰."""

import platform
from collections.abc import Callable

import numpy
import pyqtgraph
import PySide6
import pytest
from gui.helpers import child, press
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QLabel, QScrollArea, QScrollBar, QWidget

from mlpviz import __version__
from mlpviz.gui.actions.action_table import ACTIONS, PLOT_KEYS
from mlpviz.gui.look.assets import FONT_FAMILY
from mlpviz.gui.window.main import MainWindow

Open = Callable[[str], QWidget]


@pytest.fixture
def open_drawer(window: MainWindow) -> Open:
    """Open one of the three from the menu."""

    def open_one(name: str) -> QWidget:
        entries = [a for menu in window.menus.menus.values() for a in menu.actions()]
        (action,) = (entry for entry in entries if entry.objectName() == f"{name}_action")
        action.trigger()
        drawer: QWidget = child(window, f"{name}_drawer")
        assert drawer.isVisible()
        return drawer

    return open_one


def texts(drawer: QWidget) -> list[str]:
    return [label.text() for label in drawer.findChildren(QLabel) if label.text()]


def pictures(drawer: QWidget) -> list[QLabel]:
    return [label for label in drawer.findChildren(QLabel) if not label.pixmap().isNull()]


def test_the_help_shows_the_parts_of_the_window_and_says_how_they_are_used(
    open_drawer: Open,
) -> None:
    drawer = open_drawer("help")
    assert [picture.accessibleName() for picture in pictures(drawer)] == [
        "Train",
        "The network",
        "The map",
        "The loss",
    ]
    words = " ".join(texts(drawer))
    for key in ("Space", "F1", "Ctrl+Z", "☰"):
        assert key in words


def test_its_pictures_fit_and_are_of_the_moment(window: MainWindow, open_drawer: Open) -> None:
    drawer = open_drawer("help")
    for picture in pictures(drawer):
        assert picture.pixmap().width() <= drawer.width()
    before = pictures(drawer)[0].pixmap().toImage()
    press(Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    window.menus.actions["theme_dark"].trigger()
    open_drawer("help")
    after = pictures(drawer)[0].pixmap().toImage()
    window.menus.actions["theme_light"].trigger()
    assert before.pixelColor(4, 4).lightness() > 200 > after.pixelColor(4, 4).lightness()


def test_the_keys_are_those_of_the_table_of_actions(open_drawer: Open) -> None:
    words = texts(open_drawer("keys"))
    for action in ACTIONS.values():
        if action.keys:
            assert action.key_words in words
            assert any(action.does in text or action.words in text for text in words)
    assert list(PLOT_KEYS) == words[-2:]


def test_versions_are_those_that_run_and_all_that_is_shipped_has_a_licence(
    open_drawer: Open,
) -> None:
    words = texts(open_drawer("about"))
    for name, version, licence in (
        ("mlpviz", __version__, "MIT"),
        ("Python", platform.python_version(), "PSF"),
        ("Qt", qVersion(), "Lesser General Public"),
        ("PySide6", PySide6.__version__, "Lesser General Public"),
        ("NumPy", numpy.__version__, "BSD"),
        ("pyqtgraph", pyqtgraph.__version__, "MIT"),
    ):
        assert licence in words[words.index(f"{name} {version}") + 1]
    assert "Open Font" in words[words.index(FONT_FAMILY) + 1]
    assert any("SIL OPEN FONT LICENSE" in text for text in words)


def test_the_keys_of_the_arrows_and_pages_move_the_text(open_drawer: Open) -> None:
    drawer = open_drawer("about")
    bars = [area.verticalScrollBar() for area in drawer.findChildren(QScrollArea)]
    bar = max(bars, key=QScrollBar.maximum)  # not that of the drawer, which is high enough
    assert bar.maximum() > 0
    press(Qt.Key.Key_Down)
    first = bar.value()
    assert first > 0
    press(Qt.Key.Key_PageDown)
    assert bar.value() > first
    press(Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    press(Qt.Key.Key_Home)
    assert bar.value() == 0


def test_its_pictures_are_there_also_where_another_drawer_lay_upon_the_views(
    window: MainWindow, open_drawer: Open
) -> None:
    open_drawer("samples")
    for picture in pictures(open_drawer("help")):
        image = picture.pixmap().toImage()
        seen = {
            image.pixel(x, y)
            for x in range(0, image.width(), 3)
            for y in range(0, image.height(), 3)
        }
        assert len(seen) > 30, picture.accessibleName()  # a blank one has a frame and its ground
