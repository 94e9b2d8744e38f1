"""Work in a process of its own, so that it does not take Python's lock from the window.

A fresh interpreter is started and told which function to call. Unlike a process of
`multiprocessing` it does not run the user's own script again, which would open another window.
To cancel is to end the process: it owns nothing that could be left half done.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

Watch = Callable[[float], None]  # is told the share that is done; what it raises ends the work
Work = Callable[..., Any]  # of a module; takes its arguments, then a `Watch`

TELL_SECONDS = 0.1
NICENESS = 10  # the window comes first
_START = "import sys; sys.path[:] = {path!r}; from mlpviz.experiment.apart import serve; serve()"


def can_run_apart() -> bool:
    """Tell whether there is an interpreter to start: a frozen program has none."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def run_apart(work: Work, arguments: tuple[Any, ...], watch: Watch) -> Any:
    """Call `work(*arguments, watch)` in another process, and wait for what it returns.

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
    with _interpreter() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump((work, arguments), process.stdin)
            process.stdin.flush()
            while True:
                kind, value = pickle.load(process.stdout)
                if kind == "result":
                    return value
                if kind == "error":
                    raise value
                watch(value)
        except (EOFError, BrokenPipeError):
            raise OSError(0, "its process came to an end by itself") from None
        finally:
            process.kill()


def _interpreter() -> subprocess.Popen[bytes]:
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    return subprocess.Popen(
        [sys.executable, "-c", _START.format(path=sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | dict.fromkeys(threads, "1"),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # on Windows: no black box
    )


def serve() -> None:
    """Do what the standard input says, and answer on the standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the window to decide
    _stand_back()
    teller = _Teller(sys.stdout.buffer)
    sys.stdout = sys.stderr  # a stray `print` must not come between the answers
    try:
        work, arguments = pickle.load(sys.stdin.buffer)
        answer = ("result", work(*arguments, teller.note))
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

    So whoever listens can cancel at any time, and when nobody listens any more it ends the work.
    """

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._share = 0.0
        self._has_ended = threading.Event()
        self._thread = threading.Thread(target=self._tell, name="teller", daemon=True)
        self._thread.start()

    def note(self, share: float) -> None:
        """Take over the share that is done."""
        self._share = share

    def end(self, answer: tuple[str, object]) -> None:
        """Give the answer."""
        self._has_ended.set()
        self._thread.join()
        self._send(answer)

    def _tell(self) -> None:
        self._send(("share", self._share))
        while not self._has_ended.wait(TELL_SECONDS):
            self._send(("share", self._share))

    def _send(self, message: tuple[str, object]) -> None:
        try:
            pickle.dump(message, self._answers)
            self._answers.flush()
        except BrokenPipeError:
            os._exit(1)
