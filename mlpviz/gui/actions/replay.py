"""The replay: a run that is kept is shown again, by itself.

It moves the moment that is looked at, and computes nothing: the trainer finds each one again. The
next moment is asked for when the last one has been shown, so that no moment is left out but where
the replay goes faster than that; then those are left out that are in between.
"""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.actions.selection import Selected, Selection
from mlpviz.gui.actions.time_travel import TimeTravel

FRAMES_PER_SECOND = 60
TICK_MS = 1000 // FRAMES_PER_SECOND
PATIENCE_SECONDS = 0.25  # after which a moment that is hard to find is not waited for
FLAT_OUT = 20_000.0  # epochs per second: twice the greatest speed that has a number

Pace = Callable[[float], int]  # the epoch after so many seconds


class Replay(QObject):
    """Goes on by itself from the moment that is looked at, up to the present.

    Parameters
    ----------
    travel : by which it goes
    selection : whoever else chooses another moment there ends the replay
    speed : epochs per second; None for as fast as it goes
    """

    playing_changed = Signal(bool)

    def __init__(
        self,
        travel: TimeTravel,
        selection: Selection,
        speed: float | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_playing = False
        self._travel, self._selection, self._speed = travel, selection, speed
        self._pace: Pace | None = None  # None for that of the speed
        self._is_going = False  # while the replay itself chooses the moment
        self._position: Position | None = None  # the one that it chose
        self._started = self._asked = 0.0
        self._from = 0
        self._is_shown = True
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._go_on)
        selection.changed.connect(self._follow)

    @property
    def has_plan(self) -> bool:
        """Whether its pace is that of a plan, whatever the speed."""
        return self._pace is not None

    @Slot()
    def toggle(self) -> None:
        """Go on at the speed of the slider, or stop."""
        if self.is_playing:
            self.stop()
        else:
            self._start(None)

    def show_plan(self, epochs: Sequence[int]) -> None:
        """Show some epochs, one with each frame.

        Parameters
        ----------
        epochs : one or more that never descend
        """
        last = len(epochs) - 1
        self._start(lambda seconds: epochs[min(last, int(FRAMES_PER_SECOND * seconds))])

    @Slot()
    def stop(self) -> None:
        """Stay at the moment that is shown."""
        self._timer.stop()
        if self.is_playing:
            self.is_playing = False
            self.playing_changed.emit(False)

    @Slot(object)
    def set_speed(self, speed: float | None) -> None:
        """Go on at another speed; a plan keeps its own."""
        self._speed = speed
        if self._pace is None:
            self._restart()

    def follow(self, update: Update) -> None:
        """Know when the moment asked for is shown."""
        self._is_shown = update.share_found is None

    def _start(self, pace: Pace | None) -> None:
        self._pace = pace
        self._restart()
        self._timer.start()
        if not self.is_playing:
            self.is_playing = True
            self.playing_changed.emit(True)

    def _restart(self) -> None:
        self._from, self._started, self._is_shown = self._travel.epoch, time.perf_counter(), True
        self._position = self._selection.value.position

    @Slot()
    def _go_on(self) -> None:
        now = time.perf_counter()
        if not self._is_shown and now < self._asked + PATIENCE_SECONDS:
            return
        epoch = self._epoch_after(now - self._started)
        if self._shows_every_epoch and epoch > self._travel.epoch + 1:
            self._restart()  # the screen was late, and goes on from there
            epoch = self._travel.epoch + 1
        if epoch >= self._travel.live.epoch:
            self.stop()
            self._travel.go_live()
        elif epoch != self._travel.epoch:
            self._is_shown, self._asked = False, now
            self._is_going = True
            self._travel.go_to(epoch)
            self._is_going = False

    @property
    def _shows_every_epoch(self) -> bool:
        is_slow = self._speed is not None and self._speed <= FRAMES_PER_SECOND
        return self._pace is None and is_slow

    def _epoch_after(self, seconds: float) -> int:
        if self._pace is not None:
            return self._pace(seconds)
        return self._from + int(seconds * (FLAT_OUT if self._speed is None else self._speed))

    @Slot(object)
    def _follow(self, value: Selected) -> None:
        """End it when somebody else looks at another moment; a unit may be looked at meanwhile."""
        if self._is_going:
            self._position = value.position
        elif value.position != self._position:
            self.stop()
