"""The smoke test, and the picture for a machine without a display: both drive a real window."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.regular_files import replace_file
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.terminal.signals import held_back
from mlpviz.gui.views.controls.transport import SPEEDS
from mlpviz.gui.window.app import open_window
from mlpviz.gui.window.display import settle_display
from mlpviz.gui.window.main import MainWindow

PATIENCE_SECONDS = 30.0
LEAST_FRAMES = 5
POLL_MS = 20


class _Log(QObject):
    """Keeps the updates that a window showed, and counts what was painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.updates: list[Update] = []
        self.paints = 0
        window.runs.updated.connect(self.updates.append)
        window.parts.boundary_view.canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count, and let everything through."""
        self.paints += event.type() == QEvent.Type.Paint
        return False


def run_smoke_test(recipe: Recipe) -> int:
    """Open the window, train, look whether it lives, close it. Return the exit code."""
    if problem := settle_display():
        return _failed(problem)
    window = open_window(recipe, keeps_settings=False)
    log = _Log(window)
    if not until(lambda: bool(log.updates)):
        return _failed(tr("the window showed nothing"))
    _play_flat_out(window)
    ended = until(lambda: len(log.updates) > LEAST_FRAMES and not log.updates[-1].is_playing)
    first, last = log.updates[0].frames[0], log.updates[-1].frames[0]
    problems = {
        tr("training did not come to its end"): not ended,
        tr("the epochs did not advance"): last.epoch <= first.epoch,
        tr("hardly any frame was drawn"): log.paints < LEAST_FRAMES,
        tr("the loss did not fall"): not last.loss < first.loss,
        tr("the trainer reported an error"): bool(log.updates[-1].error),
    }
    problems[tr("the trainer thread did not end")] = not _close(window)
    found = [sentence for sentence, is_so in problems.items() if is_so]
    if found:
        return _failed("; ".join(found))
    print(
        tr(
            "Smoke test passed: {epochs} epochs, {frames} frames drawn, loss {first} to {last}.",
            epochs=last.epoch,
            frames=log.paints,
            first=f"{first.loss:.4f}",
            last=f"{last.loss:.4f}",
        )
    )
    return 0


def save_picture(recipe: Recipe, path: Path, size: tuple[int, int] = (1280, 800)) -> None:
    """Train in a window that nobody sees, and save a picture of it.

    Raises
    ------
    ValueError
        with a sentence, when the picture cannot be written.
    EndedError
        when a signal came while it was written; then it is whole.
    """
    from mlpviz.gui.plots.picture_formats import png  # not needed where there is a display

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    window = open_window(recipe, keeps_settings=False)
    window.resize(*size)
    log = _Log(window)
    _play_flat_out(window)
    until(lambda: bool(log.updates) and log.updates[-1].is_at_limit)
    picture = window.grab()
    _close(window)
    with held_back():
        replace_file(path, png(picture.toImage()))


def _play_flat_out(window: MainWindow) -> None:
    window.parts.transport.speed_slider.setValue(SPEEDS.index(None))
    QTest.mouseClick(window.parts.transport.play_button, Qt.MouseButton.LeftButton)


def _close(window: MainWindow) -> bool:
    runner = window.runs.bridge.runner
    window.close()
    return runner.stop()


def until(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Run the event loop until a condition holds; return whether it came to hold in time."""
    loop = QEventLoop()
    end = time.monotonic() + seconds
    timer = QTimer(interval=POLL_MS)
    timer.timeout.connect(lambda: loop.quit() if condition() or time.monotonic() > end else None)
    timer.start()
    loop.exec()
    return condition()


def _failed(sentence: str) -> int:
    words = tr("the smoke test failed: {problem}.", problem=sentence)
    print(f"mlpviz: {words}", file=sys.stderr)
    return 1
