"""A job: something that takes long, done in the background, with progress and cancel."""

import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from mlpviz.experiment.language import tr
from mlpviz.experiment.study.apart import Watch

STOP_SECONDS = 10.0
USUAL_SHARE, SHORT_SHARE = sys.getswitchinterval(), 0.0002  # seconds a thread has Python's lock for
MANY_BYTES = 200_000  # a text that is larger is read in the background
LEAST_PROGRESS = 0.005  # worth a signal


class _CancelledError(Exception):
    pass


class Job(QObject):
    """Calls a function on a thread of its own. It ends with one of three signals.

    The thread only waits where the work is done by `run_apart`; else it holds Python's lock.

    Parameters
    ----------
    work : is given a `Watch` to call with the share done, which raises once the job is cancelled
    """

    progressed = Signal(float)  # 0 to 1
    finished = Signal(object)  # what the work returned
    failed = Signal(str)  # a sentence
    cancelled = Signal()

    def __init__(self, work: Callable[[Watch], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._told_share = -1.0
        self._is_cancelled = threading.Event()
        self._is_left = threading.Event()  # nobody waits for it any more, and it says nothing
        self._thread = threading.Thread(target=self._run, name="job", daemon=True)

    @property
    def is_cancelled(self) -> bool:
        """Whether it was asked to end."""
        return self._is_cancelled.is_set()

    def start(self) -> None:
        """Begin; once."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask it to end; it says `cancelled` when it has."""
        self._is_cancelled.set()

    def stop(self) -> bool:
        """Cancel it and wait. Return whether it ended in time."""
        self.cancel()
        self._thread.join(STOP_SECONDS)
        if self._thread.is_alive():  # whoever made it goes, and this object with them
            self._is_left.set()
        return not self._is_left.is_set()

    def _run(self) -> None:
        try:
            result = self._work(self._tell)
        except _CancelledError:
            self._end(self.cancelled)
        except Exception as problem:  # whatever went wrong belongs on the screen
            self._end(self.failed, _words(problem))
        else:
            if self._is_cancelled.is_set():  # in the last moment: what was asked for counts
                self._end(self.cancelled)
            else:
                self._end(self.finished, result)

    def _end(self, signal: SignalInstance, *found: object) -> None:
        if not self._is_left.is_set():
            signal.emit(*found)

    def _tell(self, share: float) -> None:
        if self._is_cancelled.is_set():
            raise _CancelledError
        # What no bar can show is not told: a flood of queued calls would only wake the window.
        if abs(share - self._told_share) >= LEAST_PROGRESS:
            self._told_share = share
            self.progressed.emit(share)


class LatestJob(QObject):
    """Does one thing at a time in the background; of several that wait for it, only the last.

    The thread works in Python and holds its lock. The window needs that lock many times for one
    frame, and each time it would wait until the thread's share of time is over: 5 ms as Python has
    it, more than half a second for a drawer that opens. So the shares are short meanwhile.
    """

    finished = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._next: Callable[[], object] | None = None

    @property
    def is_at_work(self) -> bool:
        """Whether something is being done."""
        return self._job is not None

    def start(self, work: Callable[[], object]) -> None:
        """Do this, and not what was begun before."""
        self._next = work
        if self._job is None:
            self._begin()
        else:
            self._job.cancel()

    def cancel(self) -> None:
        """Do nothing any more."""
        self._next = None
        if self._job is not None:
            self._job.cancel()

    def stop(self) -> None:
        """Cancel, and wait for the end."""
        self.cancel()
        if self._job is not None:
            self._job.stop()
            sys.setswitchinterval(USUAL_SHARE)  # its signal may find nobody

    def _begin(self) -> None:
        work, self._next = self._next, None
        assert work is not None

        sys.setswitchinterval(SHORT_SHARE)
        self._job = Job(lambda _: work(), self)
        self._job.finished.connect(self._finish)
        self._job.failed.connect(self._fail)
        self._job.cancelled.connect(self._go_on)
        self._job.start()

    @Slot(object)
    def _finish(self, found: object) -> None:
        if not self._go_on():
            self.finished.emit(found)

    @Slot(str)
    def _fail(self, problem: str) -> None:
        if not self._go_on():
            self.failed.emit(problem)

    @Slot()
    def _go_on(self) -> bool:
        """Begin what waits; return whether what has just ended is wanted no more."""
        sys.setswitchinterval(USUAL_SHARE)
        job, self._job = self._job, None
        assert job is not None
        job.deleteLater()
        if self._next is not None:
            self._begin()
            return True
        return job.is_cancelled


def _words(problem: Exception) -> str:
    if isinstance(problem, MemoryError):
        return tr("There is not enough memory.")
    if isinstance(problem, OSError) and problem.strerror:
        return f"{problem.strerror[0].upper()}{problem.strerror[1:]}."
    return str(problem) or type(problem).__name__
