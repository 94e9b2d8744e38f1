"""The picture of a window in a notebook."""

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from mlpviz.gui import open_window
from mlpviz.gui.window.main import MainWindow


def picture_of(window: MainWindow) -> QImage:
    """Return what a notebook shows of it."""
    image = QImage.fromData(QByteArray(window._repr_png_()), "PNG")
    assert not image.isNull()
    return image


def test_a_notebook_shows_the_window_as_it_is(window: MainWindow) -> None:
    assert picture_of(window).size() == window.size()
    before = window.grab().toImage()
    assert picture_of(window) == before.convertToFormat(picture_of(window).format())


def test_a_window_that_was_just_opened_shows_its_first_frame(qtbot: QtBot) -> None:
    window = open_window(keeps_settings=False)
    assert not window.runs.latest.frames
    image = picture_of(window)
    assert window.runs.latest.frames
    view = window.parts.boundary_view
    place = view.canvas.mapTo(window, view.canvas.rect().center())
    assert image.pixelColor(place) == window.grab().toImage().pixelColor(place)
    window.close()
    qtbot.waitUntil(lambda: not isValid(window))
