"""The bridge between the trainer thread and the window.

Down: orders, into the runner's inbox. Up: updates, taken from its slot by a timer that ticks 60
times a second while something runs and stops when nothing does. The only call from the trainer
thread is `_woken`, a signal: Qt queues it into the window's thread.

An update is shown one view per turn of the event loop. All views of a frame together take longer
than a mouse or a key should wait; each alone does not.
"""

from collections import deque
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.runner import Runner, Update

FRAME_MS = 16

Viewer = Callable[[Update], None]


class Bridge(QObject):
    """Owns the runner and hands its updates to the viewers.

    Parameters
    ----------
    recipe : what to start with
    speed : epochs per second; None for flat out
    viewers : called one after the other with every update
    """

    updated = Signal(object)  # Update, when every viewer has shown it
    _woken = Signal()

    def __init__(
        self,
        recipe: Recipe,
        speed: float | None,
        viewers: Sequence[Viewer],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._viewers = tuple(viewers)
        self._round: deque[Viewer] = deque()
        self._update = Update((), is_playing=False)
        self._frame_timer = QTimer(self, interval=FRAME_MS, timerType=Qt.TimerType.PreciseTimer)
        self._frame_timer.timeout.connect(self._take)
        self._turn_timer = QTimer(self, interval=0, singleShot=True)
        self._turn_timer.timeout.connect(self._show_to_next)
        self._woken.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.runner = Runner((recipe,), self._woken.emit, speed)

    def stop(self) -> bool:
        """End the trainer thread. Return whether it ended in time."""
        self._frame_timer.stop()
        self._turn_timer.stop()
        return self.runner.stop()

    @Slot()
    def _take(self) -> None:
        if self._turn_timer.isActive():
            return  # the last update is still being shown; its end looks again
        update = self.runner.take()
        if update is None:
            return
        self._update = update
        if update.is_playing != self._frame_timer.isActive():
            self._frame_timer.start() if update.is_playing else self._frame_timer.stop()
        self._round.extend(self._viewers)
        self._show_to_next()

    @Slot()
    def _show_to_next(self) -> None:
        if not self._round:
            self._end_round()
            return
        viewer = self._round.popleft()
        # First the next turn, then this one: one view that fails must not stop all the others.
        self._turn_timer.start()
        viewer(self._update)

    def _end_round(self) -> None:
        self.updated.emit(self._update)
        if not self._frame_timer.isActive():
            self._take()  # what came during the round woke nobody
