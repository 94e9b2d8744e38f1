"""What must hold for as long as a lecture lasts: redraws, windows, and whatever a class does."""

import gc
import os
import random
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from frames import make_frame
from gui.conftest import OpenWindow, Watch
from gui.helpers import child
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from mlpviz.engine.datasets import DATASETS, MAX_CLASSES
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.words.formats import accuracy_text, epoch_text, loss_text, r_squared_text
from mlpviz.gui import open_window
from mlpviz.gui.views.controls.readouts import brief_loss
from mlpviz.gui.views.controls.transport import SPEEDS
from mlpviz.gui.window.main import MainWindow

MEMORY = 5_000_000  # bytes: a window that is kept has some of them, and Python's own share varies


# A short round of each, and with --slow a long one.
@pytest.mark.parametrize("redraws", [200, pytest.param(1000, marks=pytest.mark.slow)])
def test_many_redraws_of_the_views_do_not_end_the_process(
    qtbot: QtBot, open_in_test: OpenWindow, redraws: int
) -> None:
    """PySide6 6.12.0 loses a reference to None with each, and aborts after some hundred."""
    window = open_in_test()
    window.resize(1000, 700)
    frames = [make_frame(epochs=epochs) for epochs in (1, 50, 2000)]
    views = (window.parts.network_view, window.parts.boundary_view, window.parts.loss_view)
    before = sys.getrefcount(None)
    for i in range(redraws):
        for view in views:
            view.show_frame(frames[i % 3])
        window.parts.network_view.repaint()
        for view in (window.parts.boundary_view, window.parts.loss_view):
            view.canvas.repaint()
            view.plot.viewport().repaint()
    assert before - sys.getrefcount(None) < 100


def test_the_count_of_references_to_none_does_not_fall(qapp: QApplication) -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for i in range(1000):
        thing.setObjectName(f"name {i}")
    assert before - sys.getrefcount(None) < 50


def resident_bytes() -> int:
    """Return how much memory the process has; 0 where the system does not say."""
    path = Path("/proc/self/statm")
    return int(path.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if path.exists() else 0


def finish_deleting() -> None:
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def running_timers() -> int:
    timers = [thing for thing in gc.get_objects() if isinstance(thing, QTimer)]
    return sum(isValid(timer) and timer.isActive() for timer in timers)


@pytest.mark.parametrize(
    ("warm_up", "cycles"), [(5, 10), pytest.param(10, 40, marks=pytest.mark.slow)]
)
def test_many_windows_leave_no_memory_no_widget_no_timer_and_no_thread(
    qtbot: QtBot, warm_up: int, cycles: int
) -> None:
    def open_and_close() -> None:
        window = open_window()
        updates: list[object] = []
        window.runs.updated.connect(updates.append)
        window.parts.transport.play_button.click()
        qtbot.waitUntil(lambda: len(updates) > 1)
        window.close()
        del window
        finish_deleting()

    def remains() -> tuple[int, int, int]:
        finish_deleting()
        return len(QApplication.allWidgets()), running_timers(), threading.active_count()

    finish_deleting()
    at_first = remains()
    for _ in range(warm_up):
        open_and_close()
    assert remains() == at_first
    after_warm_up = resident_bytes()
    for _ in range(cycles):
        open_and_close()
    assert remains() == at_first
    assert resident_bytes() - after_warm_up <= MEMORY


def test_a_window_closed_while_python_still_holds_it_is_no_danger(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    held = [open_in_test() for _ in range(3)]
    for window in held:
        window.close()
    finish_deleting()
    assert not any(map(isValid, held))
    assert not [w for w in QApplication.topLevelWidgets() if w.metaObject().className() == "QMenu"]


class Hammer:
    """Does to a window what a class could do, in no order."""

    def __init__(self, window: MainWindow, dice: random.Random) -> None:
        self._window, self._dice = window, dice
        self._acts: list[Callable[[], object]] = [
            window.parts.transport.play_button.click,
            window.parts.transport.step_button.click,
            window.parts.transport.reset_button.click,
            window.parts.transport.new_weights_button.click,
            child(window, "activation_toggle").click,
            child(window, "add_last_layer_button").click,
            child(window, "remove_last_layer_button").click,
            child(window, "log_button").click,
            child(window, "home_button").click,
            window.parts.stage.swap,
            window.tools.toggle_samples,
            self._select_a_sample,
            self._resize,
            self._zoom,
            self._turn_a_choice,
            self._choose_data,
            child(window, "regenerate_button").click,
            self._set_units,
            self._set_speed,
            self._set_theme,
        ]

    def _select_a_sample(self) -> None:
        self._window.selection.select_sample(self._dice.choice((None, 0, 7, 20, 90)))

    def strike(self) -> None:
        self._dice.choice(self._acts)()

    def _resize(self) -> None:
        self._window.resize(self._dice.randint(1000, 1400), self._dice.randint(700, 900))

    def _zoom(self) -> None:
        plot = self._dice.choice(
            (self._window.parts.boundary_view, self._window.parts.loss_view)
        ).plot
        view = plot.view
        factor = self._dice.choice((0.7, 1.4))
        view.scaleBy((factor, factor))
        view.sigRangeChangedManually.emit(view.state["mouseEnabled"])

    def _turn_a_choice(self) -> None:
        names = ("hidden_activation", "output_activation", "loss", "numerics")
        choice = child(self._window, f"{self._dice.choice(names)}_choice")
        choice.setCurrentIndex(self._dice.randrange(choice.count()))

    def _choose_data(self) -> None:
        controls = self._window.parts.controls
        controls.dataset_choice.pick(self._dice.choice(list(DATASETS)))
        if controls.classes_input.isVisible():
            controls.classes_input.setValue(self._dice.randint(2, MAX_CLASSES))
        controls.noise_input.setValue(self._dice.choice((0.0, 0.2)))
        controls.train_share_input.setValue(self._dice.choice((0.5, 1.0)))

    def _set_units(self) -> None:
        layer = self._dice.randint(1, 3)
        child(self._window, f"hidden_units_input_{layer}").setValue(self._dice.randint(1, 12))

    def _set_speed(self) -> None:
        self._window.parts.transport.speed_slider.setValue(self._dice.randrange(5, len(SPEEDS)))

    def _set_theme(self) -> None:
        if self._dice.random() < 0.2:  # it takes long
            self._window.look_choice.set_theme(self._dice.choice(("light", "dark")))


@pytest.mark.parametrize(
    ("seed", "actions"),
    [(0, 80), *(pytest.param(seed, 300, marks=pytest.mark.slow) for seed in range(3))],
)
def test_whatever_a_class_does_the_window_shows_one_true_frame_in_the_end(
    qtbot: QtBot, open_in_test: OpenWindow, seed: int, actions: int
) -> None:
    window = open_in_test(Recipe(epochs=0))
    watch = Watch(window)
    dice = random.Random(seed)
    hammer = Hammer(window, dice)
    window.parts.transport.speed_slider.setValue(SPEEDS.index(None))
    window.parts.transport.play_button.click()
    for _ in range(actions):
        hammer.strike()
        for _ in range(dice.randrange(4)):
            QCoreApplication.processEvents()
    frame = pause_and_settle(qtbot, window, watch)
    assert frame.recipe == window.parts.controls.recipe
    assert child(window, "epoch_label").text() == epoch_text(frame.epoch)
    words = loss_text if frame.test is None else brief_loss
    assert child(window, "loss_label").text() == words(frame.loss)
    is_regression = frame.recipe.is_regression
    score = r_squared_text(frame.r_squared) if is_regression else accuracy_text(frame.accuracy)
    assert child(window, "accuracy_label").text() == score
    assert child(window, "test_loss_label").isVisible() == (frame.recipe.train_share < 1.0)
    assert f"at epoch {frame.epoch};" in window.parts.boundary_view.accessibleDescription()
    assert f"at epoch {frame.epoch}." in window.parts.loss_view.accessibleDescription()
    shape = "-".join(map(str, frame.recipe.sizes))
    assert shape in window.parts.network_view.accessibleDescription()
    run = Run(frame.recipe)
    run.advance(frame.epoch)
    assert repr(run.training.loss) == repr(frame.loss)
    if frame.test is not None:
        assert run.held_out is not None
        assert repr(run.held_out.loss()) == repr(frame.test.loss)
        assert child(window, "test_loss_label").text() == brief_loss(frame.test.loss)
    window.look_choice.set_theme("light")


def pause_and_settle(qtbot: QtBot, window: MainWindow, watch: Watch) -> Frame:
    """Pause for certain, wait until all is quiet, and return what is shown."""
    window.runs.bridge.runner.pause()
    window.runs.bridge.runner.run_epoch()
    controls = window.parts.controls
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe == controls.recipe)
    qtbot.waitUntil(lambda: watch.seconds_of_silence() > 0.4)
    assert not watch.last.is_playing
    assert child(window, "play_button").text() == "Play"
    return watch.last.frames[0]


def test_the_keys_of_a_class_do_no_harm_either(qtbot: QtBot, open_in_test: OpenWindow) -> None:
    window = open_in_test()
    dice = random.Random(1)
    keys = [Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_R, Qt.Key.Key_N, Qt.Key.Key_M]
    keys += [Qt.Key.Key_L, Qt.Key.Key_C, Qt.Key.Key_Tab, Qt.Key.Key_3, Qt.Key.Key_Up]
    watch = Watch(window)
    # Space opens the menu of a button that Tab has reached, and a menu waits until it is closed.
    closer = QTimer(window, interval=0)
    closer.timeout.connect(close_menu)
    closer.start()
    for _ in range(150):
        qtbot.keyClick(window.windowHandle(), dice.choice(keys))
    closer.stop()
    frame = pause_and_settle(qtbot, window, watch)
    assert frame.recipe == window.parts.controls.recipe
    assert child(window, "epoch_label").text() == epoch_text(frame.epoch)


def close_menu() -> None:
    menu = QApplication.activePopupWidget()
    if menu is not None:
        menu.close()
