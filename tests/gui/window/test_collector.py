import gc
import threading
from typing import Any

from gui.conftest import OpenWindow, Watch
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.views.controls.transport import SPEEDS
from mlpviz.gui.window.collector import Collector


def test_garbage_is_collected_in_the_thread_of_the_window_only(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    """A widget that the trainer's thread takes down ends the process."""
    threads: list[int] = []

    def note(phase: str, info: dict[str, Any]) -> None:
        threads.append(threading.get_ident())

    window = open_in_test(Recipe(epochs=0))
    watch = Watch(window)
    window.parts.transport.speed_slider.setValue(SPEEDS.index(None))
    gc.callbacks.append(note)
    try:
        window.parts.transport.play_button.click()
        qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].epoch > 5000)
        qtbot.waitUntil(lambda: bool(threads))
    finally:
        gc.callbacks.remove(note)
    assert set(threads) == {threading.get_ident()}


def test_python_collects_itself_again_when_the_last_window_is_closed(qtbot: QtBot) -> None:
    first, second = QObject(), QObject()
    collectors = Collector(first), Collector(second)
    assert not gc.isenabled()
    collectors[0].stop()
    assert not gc.isenabled()
    collectors[1].stop()
    assert gc.isenabled()
