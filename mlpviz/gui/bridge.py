"""The bridge between the trainer thread and the window.

Down: orders, into the runner's inbox. Up: updates, taken from its slot by a timer that ticks 60
times a second while something runs and stops when nothing does. The only call from the trainer
thread is `_woken`, a signal: Qt queues it into the window's thread.
"""

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.runner import Runner, Update

FRAME_MS = 16


class Bridge(QObject):
    """Owns the runner and passes its updates on.

    Parameters
    ----------
    recipe : what to start with
    speed : epochs per second; None for flat out
    """

    updated = Signal(object)  # Update
    _woken = Signal()

    def __init__(self, recipe: Recipe, speed: float | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._take)
        self._woken.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.runner = Runner((recipe,), self._woken.emit, speed)

    def stop(self) -> bool:
        """End the trainer thread. Return whether it ended in time."""
        self._timer.stop()
        return self.runner.stop()

    @Slot()
    def _take(self) -> None:
        update = self.runner.take()
        if update is None:
            return
        self._tick(update)
        self.updated.emit(update)

    def _tick(self, update: Update) -> None:
        if update.is_playing and not self._timer.isActive():
            self._timer.start()
        elif not update.is_playing:
            self._timer.stop()
