"""The bridge between the trainer thread and the window.

Down: orders, into the runner's inbox. Up: updates, taken from its slot when the runner says that
there is one. The only call from the trainer thread is `_woken`, a signal: Qt queues it into the
window's thread. When an update has been painted, the runner is told.
"""

import sys
import time
from collections.abc import Callable, Sequence
from itertools import chain

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.runner import Runner, Update

FAST_SECONDS = 0.025  # between two updates: more than a sixtieth, whatever its jitter
LATE_MS = 40

Viewer = Callable[[Update], None]


class Bridge(QObject):
    """Owns the runner and hands its updates to the viewers.

    Parameters
    ----------
    recipe : what to start with
    speed : epochs per second; None for flat out
    numbers : of the run; none for a new one
    """

    updated = Signal(object)  # Update, when every viewer whose turn it is has shown it
    _woken = Signal()

    def __init__(
        self,
        recipe: Recipe,
        speed: float | None,
        parent: QObject | None = None,
        numbers: tuple[int, ...] = (),
    ) -> None:
        super().__init__(parent)
        self._viewers: tuple[Viewer, ...] = ()
        self._calm_viewers: tuple[tuple[Viewer, ...], ...] = ()
        self._everybody: tuple[Viewer, ...] = ()
        self._is_in_sight = True
        self._turn = 0
        self._late_viewers: tuple[Viewer, ...] = ()  # who missed the update shown last
        self._late_timer = QTimer(self, interval=LATE_MS, singleShot=True)
        self._late_timer.timeout.connect(self._show_to_the_late)
        self._last_time = 0.0
        self._update = Update((), is_playing=False)
        self._turn_timer = QTimer(self, interval=0, singleShot=True)
        self._turn_timer.timeout.connect(self._end_turn)
        self._woken.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.runner = Runner((recipe,), self._woken.emit, speed, numbers)

    def show_to(
        self, viewers: Sequence[Viewer], calm_viewers: Sequence[Sequence[Viewer]] = ()
    ) -> None:
        """Hand every update to these viewers from now on.

        Parameters
        ----------
        viewers : called with every update
        calm_viewers : groups that take turns while updates come fast, in this order; a group that
            stands here twice has two turns. Who missed the last update sees it a moment later.
            What no eye can follow at sixty frames a second belongs here, for so a frame takes
            less time.
        """
        self._viewers, self._calm_viewers = tuple(viewers), tuple(map(tuple, calm_viewers))
        self._everybody = tuple(dict.fromkeys((*viewers, *chain(*calm_viewers))))

    def catch_up(self) -> None:
        """Show the latest update to those who have missed it, without waiting for their turn."""
        self._late_timer.stop()
        self._show_to_the_late()

    def stop(self) -> bool:
        """End the trainer thread. Return whether it ended in time."""
        self._turn_timer.stop()
        self._late_timer.stop()
        return self.runner.stop()

    def set_in_sight(self, is_in_sight: bool) -> None:
        """Show nothing while nobody can see it, and then the latest again."""
        if is_in_sight and not self._is_in_sight:
            self._show(self._update, self._everybody)
        self._is_in_sight = is_in_sight

    @Slot()
    def _take(self) -> None:
        if self._turn_timer.isActive():
            return  # the last update is still being painted; its end looks again
        update = self.runner.take()
        if update is None:
            return
        self._update = update
        self._turn_timer.start()
        if self._is_in_sight:
            self._show(update, self._viewers_of(update))

    def _show(self, update: Update, viewers: Sequence[Viewer]) -> None:
        for viewer in viewers:
            try:
                viewer(update)
            except Exception:
                # One view that fails must not stop all the others.
                sys.excepthook(*sys.exc_info())

    def _viewers_of(self, update: Update) -> tuple[Viewer, ...]:
        now = time.perf_counter()
        is_fast = now - self._last_time < FAST_SECONDS
        self._last_time = now
        self._late_viewers = ()
        self._late_timer.stop()
        # A training that goes on, or somebody who drags through the past of one.
        is_moving = update.is_playing or any(frame.is_past for frame in update.frames)
        if not (self._calm_viewers and is_fast and is_moving):
            return self._everybody
        self._turn = (self._turn + 1) % len(self._calm_viewers)
        shown = self._viewers + self._calm_viewers[self._turn]
        self._late_viewers = tuple(each for each in self._everybody if each not in shown)
        self._late_timer.start()
        return shown

    @Slot()
    def _show_to_the_late(self) -> None:
        late, self._late_viewers = self._late_viewers, ()
        self._show(self._update, late)

    @Slot()
    def _end_turn(self) -> None:
        """What the viewers changed has been painted: Qt does that before a timer of 0 ms."""
        self.runner.shown()
        self.updated.emit(self._update)
        self._take()  # what came meanwhile
