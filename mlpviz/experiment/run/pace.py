"""The pace of training: when the next epoch is due, and how many make a burst."""

import time

FRAME_SECONDS = 1.0 / 60.0
BURST_SECONDS = 0.0015  # how long the trainer works before it looks into the inbox

# How long this thread has worked, in seconds. What it waited for Python's lock or for a processor
# says nothing about how many epochs fit into a burst. Windows counts in steps of 16 ms: too coarse.
_IS_FINE = time.get_clock_info("thread_time").resolution < 1e-4
work_seconds = time.thread_time if _IS_FINE else time.perf_counter


class Pace:
    """So many epochs per second; None is as fast as it goes."""

    def __init__(self, speed: float | None) -> None:
        self._speed = speed
        self.restart()

    @property
    def is_slow(self) -> bool:
        """Whether a screen can show every epoch."""
        return self._speed is not None and self._speed * FRAME_SECONDS < 1.0

    @property
    def is_between_frames(self) -> bool:
        """Whether an epoch is due more often than a frame, and yet only now and then."""
        return self._speed is not None and not self.is_slow

    def restart(self) -> None:
        """Count from now; the first epoch is due at once."""
        self._start = time.perf_counter()
        self._spent = 0

    def due(self, now: float | None = None) -> int:
        """Return how many epochs are due by now, or by another time."""
        if self._speed is None:
            return 1 << 30
        now = time.perf_counter() if now is None else now
        return 1 + int((now - self._start) * self._speed) - self._spent

    def spend(self, epochs: int) -> None:
        """Note that these epochs are done. What a slow machine cannot keep up with is dropped."""
        self._spent += epochs
        if self._speed is not None and self.due() > self._speed * 0.25 + 1:
            self.restart()

    def rest(self, least: float = 0.0) -> float:
        """Return the seconds until the next burst is due; 0 for at once, else the least or more."""
        if self._speed is None or self.due() > 0:
            return 0.0
        next_due = self._start + self._spent / self._speed
        return max(least, next_due - time.perf_counter())


class Burst:
    """How many epochs are trained before something else has its turn.

    Attributes
    ----------
    epoch_seconds : how long an epoch takes, as far as is known
    """

    def __init__(self) -> None:
        self.epoch_seconds = BURST_SECONDS
        self._epochs = 1

    def fitting_epochs(self, seconds: float) -> int:
        """Return how many epochs a burst has that should end in time for the next frame."""
        if seconds <= 0.0:  # a frame is overdue: somebody is slow, and it is not the trainer
            seconds = BURST_SECONDS
        return max(1, min(self._epochs, int(seconds / self.epoch_seconds)))

    def fit(self, epochs: int, seconds: float) -> None:
        """Adapt the size of a burst to the speed seen, at most doubling it at once."""
        self.epoch_seconds = max(seconds / epochs, 1e-7)
        fitting = max(1, int(BURST_SECONDS / self.epoch_seconds))
        self._epochs = min(fitting, 2 * self._epochs)
