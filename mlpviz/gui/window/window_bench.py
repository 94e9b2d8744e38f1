"""How fast the window is, measured on this machine: for `mlpviz bench`."""

import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.writing.cases import EPOCHS_WITHOUT_LIMIT
from mlpviz.gui.look.look import DARK, LIGHT, Look, current_look
from mlpviz.gui.look.sizes import START_SIZE
from mlpviz.gui.views.controls.transport import SPEEDS
from mlpviz.gui.views.seeds.seeds_drawer import SeedsDrawer
from mlpviz.gui.window.app import open_window
from mlpviz.gui.window.main import MainWindow
from mlpviz.gui.window.smoke import until

LIVE_SECONDS = 10.0
EPOCHS_BEHIND = 1_000_000
LATENCY_PAUSE = (0.01, 0.03)  # seconds between two probes
STARTUP_ROUNDS = 3

_FIRST_PICTURE = """
from mlpviz.gui import open_window
from PySide6.QtWidgets import QApplication
window = open_window(keeps_settings=False)
app = QApplication.instance()
window.runs.updated.connect(lambda update: app.quit())
app.exec()  # to quit closes the window
"""
_EMPTY_PLOT = """
import pyqtgraph
from PySide6.QtCore import QTimer
app = pyqtgraph.mkQApp()
plot = pyqtgraph.PlotWidget()
plot.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""


class _Probe(QObject):
    """Sends itself a call from another thread now and then, and notes how late it comes."""

    _sent = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self._has_ended = threading.Event()
        self._sent.connect(self._arrive, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._send, name="probe", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop sending."""
        self._has_ended.set()
        self._thread.join()

    def _send(self) -> None:
        rng = random.Random(0)
        while not self._has_ended.wait(rng.uniform(*LATENCY_PAUSE)):
            self._sent.emit(time.perf_counter())

    @Slot(float)
    def _arrive(self, sent: float) -> None:
        self.late_ms.append(1000.0 * (time.perf_counter() - sent))


def live_figures(
    seconds: float = LIVE_SECONDS,
    epochs_behind: int = EPOCHS_BEHIND,
    hidden: Sequence[int] = (4, 4),
) -> dict[str, float]:
    """Train flat out in the window: frame intervals, input latency, share of headless speed.

    Parameters
    ----------
    epochs_behind : how long the run is when measuring begins
    """
    recipe = Recipe(epochs=0, hidden=tuple(hidden))
    # Before and after, for machines change their speed while one measures.
    headless = [_headless_speed(recipe, seconds / 8)]
    window = _open(recipe)
    times: list[float] = []
    epochs: list[int] = []

    def note(update: Update) -> None:
        times.append(time.perf_counter())
        epochs.append(update.frames[0].epoch)

    window.runs.updated.connect(note)
    window.parts.transport.speed_slider.setValue(SPEEDS.index(None))
    window.parts.transport.play_button.click()
    until(lambda: bool(epochs) and epochs[-1] >= epochs_behind, 600.0)
    del times[:], epochs[:]
    probe = _Probe()
    _let_pass(seconds)
    probe.end()
    window.close()
    headless.append(_headless_speed(recipe, seconds / 8))
    intervals = [1000.0 * (b - a) for a, b in pairwise(times)]
    speed = (epochs[-1] - epochs[0]) / (times[-1] - times[0])
    return {
        "frame_p50_ms": _quantile(intervals, 50),
        "frame_p99_ms": _quantile(intervals, 99),
        "frame_max_ms": max(intervals),
        "input_p50_ms": _quantile(probe.late_ms, 50),
        "input_p99_ms": _quantile(probe.late_ms, 99),
        "headless_share": speed / statistics.mean(headless),
    }


def seeds_figures(epochs: int = EPOCHS_WITHOUT_LIMIT) -> dict[str, float]:
    """Train at the first speed, and many seeds beside it: how long they take, frame intervals."""
    window = _open(Recipe(epochs=epochs))
    times: list[float] = []
    window.runs.updated.connect(lambda _: times.append(time.perf_counter()))
    window.parts.transport.play_button.click()
    window.tools.toggle_seeds()
    drawer = window.drawers.open_drawer
    assert isinstance(drawer, SeedsDrawer)
    _let_pass(1.0)
    del times[:]
    started = time.perf_counter()
    drawer.start_button.click()
    until(lambda: drawer.study is not None, 600.0)
    seconds = time.perf_counter() - started
    _let_pass(0.5)
    window.close()
    intervals = [1000.0 * (b - a) for a, b in pairwise(times)]
    return {
        "seconds": seconds,
        "frame_p50_ms": _quantile(intervals, 50),
        "frame_p99_ms": _quantile(intervals, 99),
        "frame_max_ms": max(intervals),
    }


def frame_costs(rounds: int = 30) -> dict[str, float]:
    """Measure the milliseconds that each view takes to show and to paint a frame."""
    window = _open(Recipe())
    frames = _frames(rounds)
    views: dict[str, tuple[Callable[[Frame], None], QWidget]] = {
        "network_view": (window.parts.network_view.show_frame, window.parts.network_view),
        "boundary_view": (window.parts.boundary_view.show_frame, window.parts.boundary_view.canvas),
        "loss_view": (window.parts.loss_view.show_frame, window.parts.loss_view.canvas),
        "transport": (
            window.parts.transport.show_frame,
            window.parts.transport.readouts.epoch_label,
        ),
    }
    costs: dict[str, list[float]] = {name: [] for name in views}
    for frame in frames:
        for name, (show, surface) in views.items():
            started = time.perf_counter()
            show(frame)
            surface.repaint()
            costs[name].append(1000.0 * (time.perf_counter() - started))
    window.close()
    return {name: statistics.median(values) for name, values in costs.items()}


def theme_figures(rounds: int = 9) -> dict[str, float]:
    """Measure the milliseconds that the window takes to change its theme and to paint itself anew.

    With a comparison and two drawers, the one of the samples open.
    """
    return _look_figures((DARK, LIGHT), rounds)


def size_figures(rounds: int = 9) -> dict[str, float]:
    """Measure the same for a change of the factor by which all sizes are multiplied."""
    return _look_figures((replace(LIGHT, factor=1.1), LIGHT), rounds)


def _look_figures(looks: tuple[Look, Look], rounds: int) -> dict[str, float]:
    window = _open(Recipe())
    window.runs.open((Recipe(), Recipe(learning_rate=0.1)))
    window.tools.toggle_seeds()
    window.tools.toggle_samples()
    _let_pass(0.5)
    before, spent = current_look(), []
    for number in range(rounds + 2):  # the first of either makes what is kept from then on
        started = time.perf_counter()
        window.look_choice.wear(looks[number % 2])  # which is not remembered
        QApplication.processEvents()
        spent.append(1000.0 * (time.perf_counter() - started))
        _let_pass(0.1)
    window.look_choice.wear(before)
    window.close()
    return {"p50": statistics.median(spent[2:]), "first": max(spent[:2]), "max": max(spent[2:])}


def startup_figures(rounds: int = STARTUP_ROUNDS) -> dict[str, float]:
    """Measure from the start of Python to the complete first picture, and an empty plot for scale.

    Both are medians of interleaved starts, in milliseconds. A first start of each does not count:
    Python compiles in it what it keeps compiled for all that follow, if it may.
    """
    programs = {"first_picture": _FIRST_PICTURE, "empty_pyqtgraph_window": _EMPTY_PLOT}
    # The package need not be installed: it may have been started from its folder.
    same_path = f"import sys; sys.path[:] = {sys.path!r}\n"
    spent: dict[str, list[float]] = {name: [] for name in programs}
    keeping = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(1 + rounds):
        for name, program in programs.items():
            started = time.perf_counter()
            command = [sys.executable, "-c", same_path + program]
            subprocess.run(command, check=True, capture_output=True, env=keeping)
            spent[name].append(1000.0 * (time.perf_counter() - started))
    return {name: statistics.median(values[1:]) for name, values in spent.items()}


def _open(recipe: Recipe) -> MainWindow:
    window = open_window(recipe, keeps_settings=False)
    window.resize(*START_SIZE)
    _let_pass(0.3)
    return window


def _frames(count: int) -> list[Frame]:
    """Return frames of a run that moves."""
    run = Run(Recipe())
    frames = []
    for _ in range(count):
        run.advance(100)
        frames.append(capture(run))
    return frames


def _headless_speed(recipe: Recipe, seconds: float) -> float:
    run = Run(recipe)
    started = time.perf_counter()
    while time.perf_counter() - started < seconds:
        run.advance(100)
    return run.training.epoch / (time.perf_counter() - started)


def _let_pass(seconds: float) -> None:
    ended: list[bool] = []
    QTimer.singleShot(round(1000 * seconds), lambda: ended.append(True))
    until(lambda: bool(ended), seconds + 30.0)


def _quantile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
