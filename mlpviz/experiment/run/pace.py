"""The pace of training: when the next epoch is due."""

import time

FRAME_SECONDS = 1.0 / 60.0

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
