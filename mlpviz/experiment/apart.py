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
import time
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
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray `print` must not come between the answers
    try:
        work, arguments = pickle.load(sys.stdin.buffer)
        answer = ("result", work(*arguments, _Teller(answers)))
    except BrokenPipeError:  # nobody listens any more
        os._exit(1)
    except (ValueError, OSError, MemoryError) as problem:
        answer = ("error", problem)
    except Exception as problem:
        answer = ("error", RuntimeError(f"{type(problem).__name__}: {problem}"))
    pickle.dump(answer, answers)
    answers.flush()


class _Teller:
    """Passes the share done on, now and then."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._next_time = 0.0

    def __call__(self, share: float) -> None:
        now = time.perf_counter()
        if now >= self._next_time:
            self._next_time = now + TELL_SECONDS
            pickle.dump(("share", share), self._answers)
            self._answers.flush()
