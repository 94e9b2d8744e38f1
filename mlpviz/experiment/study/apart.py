"""Work in a process of its own, so that it does not take Python's lock from the window.

A fresh interpreter is started and told which function to call. Unlike a process of
`multiprocessing` it does not run the user's own script again, which would open another window.
To cancel is to end the process: it owns nothing that could be left half done. When whoever started
it is gone, however that went, it ends by itself: nobody holds the other end of its pipes any more.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any, BinaryIO, Self

from mlpviz.experiment.language import present, tr, use

Watch = Callable[[float], None]  # is told the share that is done; what it raises ends the work
Work = Callable[..., Any]  # of a module; takes its arguments, then a `Watch`

TELL_SECONDS = 0.1
NICENESS = 10  # the window comes first
_START = (
    "import sys; sys.path[:] = {path!r}; "
    "from mlpviz.experiment.study.apart import serve; serve(stands_back={stands_back!r})"
)


def can_run_apart() -> bool:
    """Tell whether there is an interpreter to start: a frozen program has none."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def run_apart(work: Work, arguments: tuple[Any, ...], watch: Watch) -> Any:
    """Call `work(*arguments, watch)` in another process that stands back behind this one.

    Parameters
    ----------
    work : a function of a module; where there is no interpreter to start it is called here
    watch : called several times a second, in the calling thread

    Raises
    ------
    OSError
        when the process cannot be started, or comes to an end by itself.
    Exception
        whatever `work` or `watch` raises.
    """
    if not can_run_apart():
        return work(*arguments, watch)
    with Interpreter(stands_back=True) as interpreter:
        return interpreter.call(work, arguments, watch)


class Interpreter:
    """A process that calls what it is told to, one function after the other.

    It is started at once, and ended at the end of the `with` block.

    Parameters
    ----------
    stands_back : whether it leaves the processor to whoever else wants it

    Raises
    ------
    OSError
        when it cannot be started.
    """

    def __init__(self, *, stands_back: bool) -> None:
        self._process = _started(stands_back)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.kill()
        assert self._process.stdin is not None
        with suppress(OSError):  # what is left of an order that it did not take any more
            self._process.stdin.close()
        self._process.__exit__(kind, problem, traceback)

    def kill(self) -> None:
        """End it at once; whoever waits for its answer gets an OSError."""
        self._process.kill()

    def call(self, work: Work, arguments: tuple[Any, ...], watch: Watch) -> Any:
        """Call `work(*arguments, watch)` there, in the present language; wait for what it returns.

        Raises
        ------
        OSError
            when the process comes to an end by itself.
        Exception
            whatever `work` or `watch` raises; after the latter it can only be ended.
        """
        orders, answers = self._process.stdin, self._process.stdout
        assert orders is not None
        assert answers is not None
        try:
            pickle.dump((present(), work, arguments), orders)
            orders.flush()
            while True:
                kind, value = pickle.load(answers)
                if kind == "result":
                    return value
                if kind == "error":
                    raise value
                watch(value)
        except (EOFError, pickle.UnpicklingError, BrokenPipeError):  # in the midst of an answer too
            raise OSError(0, tr("its process came to an end by itself")) from None


def _started(stands_back: bool) -> subprocess.Popen[bytes]:
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    with _interrupt_held_back():
        return subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path, stands_back=stands_back)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | dict.fromkeys(threads, "1"),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # on Windows: no black box
        )


@contextmanager
def _interrupt_held_back() -> Iterator[None]:
    """Let what a terminal sends to all its processes wait until this is over.

    The process that started the others decides what Ctrl+C and a closed terminal mean: those that
    are started here inherit that they are deaf to it, and so are from their first moment on.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(*, stands_back: bool) -> None:
    """Do what the standard input says, and answer on the standard output, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be held back: on Windows
    if stands_back:
        _stand_back()
    teller = _Teller(sys.stdout.buffer)
    sys.stdout = sys.stderr  # a stray `print` must not come between the answers
    teller.begin()  # whoever listens can cancel while this still imports what the work needs
    while True:
        try:
            language, work, arguments = pickle.load(sys.stdin.buffer)
            use(language)
            teller.begin()
            answer = ("result", work(*arguments, teller.note))
        except EOFError:  # nobody is left to give another order
            os._exit(0)
        except (ValueError, OSError, MemoryError) as problem:
            answer = ("error", problem)
        except Exception as problem:
            answer = ("error", RuntimeError(f"{type(problem).__name__}: {problem}"))
        teller.end(answer)


def _stand_back() -> None:
    """Let the window come first."""
    if sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    elif hasattr(os, "nice"):
        os.nice(NICENESS)


class _Teller:
    """Tells the share done several times a second, however long the work keeps silent.

    So whoever listens can cancel at any time, and when nobody listens any more it ends the process.
    """

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._share = 0.0
        self._has_ended = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Tell from now on, if it does not do so already."""
        if self._thread is None:
            self._share = 0.0
            self._has_ended.clear()
            self._thread = threading.Thread(target=self._tell, name="teller", daemon=True)
            self._thread.start()

    def note(self, share: float) -> None:
        """Take over the share that is done."""
        self._share = share

    def end(self, answer: tuple[str, object]) -> None:
        """Give the answer."""
        self._has_ended.set()
        if self._thread is not None:
            self._thread.join()
        self._thread = None
        self._send(answer)

    def _tell(self) -> None:
        self._send(("share", self._share))
        while not self._has_ended.wait(TELL_SECONDS):
            self._send(("share", self._share))

    def _send(self, message: tuple[str, object]) -> None:
        try:
            pickle.dump(message, self._answers)
            self._answers.flush()
        except OSError:  # the pipe is broken; Windows has another name for that
            os._exit(1)
