"""What signals do to the program: Ctrl+C, `kill`, a terminal that is closed.

Python's own answer to Ctrl+C is an exception, raised wherever the program just is: within a lock,
or within a call from Qt, where it is lost. Here the program ends at once instead. While it only
computes there is nothing to lose: no file is half written, and other processes end by themselves
when this one is gone. While files are written the signals wait until it is safe.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from mlpviz.experiment.language import tr
from mlpviz.experiment.terminal.progress_line import free_columns, wiping

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # the last one on Windows only


class EndedError(BaseException):
    """A signal came while signals were held back.

    Parameters
    ----------
    number : of the signal
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = exit_code(number)
        self.words = words_for(number)


class _Held:
    """Whether signals are held back, and which one came first meanwhile."""

    depth = 0
    number: int | None = None


def heeded_signals() -> tuple[signal.Signals, ...]:
    """Return the signals that end the program here; not those that it was told to ignore.

    A shell lets what it starts in the background ignore Ctrl+C, and `nohup` the terminal's end.
    """
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    return tuple(n for n in numbers if signal.getsignal(n) is not signal.SIG_IGN)


def end_at_signals() -> None:
    """Let signals end the program from now on; call it in the main thread.

    One that whoever started the program has kept waiting until now counts too.
    """
    numbers = heeded_signals()
    for number in numbers:
        signal.signal(number, _end)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, numbers)


def end_now(number: int) -> None:
    """End the program at once, with a word and without a traceback."""
    line = f"mlpviz: {words_for(number)}\n"
    with suppress(OSError):  # the terminal itself may be gone
        # Not by `print`: the signal may have come in the midst of one.
        os.write(2, f"{_wiping() if os.isatty(2) else ''}{line}".encode())
    os._exit(exit_code(number))


@contextmanager
def held_back() -> Iterator[Callable[[], None]]:
    """Let signals wait; give a function to call where it is safe to end.

    It raises EndedError when a signal has come, and so does the end of the block.
    """
    _Held.depth += 1
    try:
        yield _end_if_wanted
    finally:
        _Held.depth -= 1
    _end_if_wanted()


def _wiping() -> str:
    """Return what wipes the line of the terminal, where a progress bar may stand."""
    return wiping(free_columns(os.get_terminal_size(2).columns))


def exit_code(number: int) -> int:
    """Return what a shell expects of a program that a signal ended."""
    return 128 + number


def words_for(number: int) -> str:
    """Say what happened."""
    if number == signal.SIGINT:
        return tr("interrupted")
    return tr("ended by {signal}", signal=signal.Signals(number).name)


def _end(number: int, frame: FrameType | None) -> None:
    if _Held.depth == 0:
        end_now(number)
    if _Held.number is None:
        _Held.number = number


def _end_if_wanted() -> None:
    if _Held.number is not None:
        number, _Held.number = _Held.number, None
        raise EndedError(number)
