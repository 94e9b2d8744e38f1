"""Signals close the window in order: Ctrl+C in its terminal, `kill`, the end of the terminal.

Python runs its signal handlers only between two steps of Python code, and while Qt waits for
something to happen there is none. Python can write a byte to a socket at once, though, and Qt can
wait for that.
"""

import signal
import socket
from types import FrameType, TracebackType
from typing import Self

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtWidgets import QApplication

from mlpviz.experiment.terminal.signals import end_now, exit_code, heeded_signals


class SignalCloser(QObject):
    """Closes all windows at a signal; `code` is then the exit code of the program.

    It does so within a `with` block, in the main thread, and while the event loop runs; a signal
    that came earlier counts once it does. A second signal ends the program at once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.code = 0
        self._count = 0
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        reading = QSocketNotifier.Type.Read
        self._notifier = QSocketNotifier(self._reader.fileno(), reading, self)
        self._notifier.activated.connect(self._close)

    def __enter__(self) -> Self:
        self._before = {n: signal.signal(n, self._note) for n in heeded_signals()}
        writer = self._writer.fileno()
        self._wakeup_before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._count += 1
        if self._count > 1:
            end_now(number)

    @Slot()
    def _close(self) -> None:
        numbers = [n for n in self._reader.recv(64) if n in self._before]
        if numbers:
            self.code = exit_code(numbers[0])
            QApplication.closeAllWindows()
            QApplication.exit(self.code)  # of all event loops, a dialog's too
