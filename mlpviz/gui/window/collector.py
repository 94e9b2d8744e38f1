"""Collects garbage in the window's thread, and in no other.

Python collects in whatever thread happens to make the next object. Were that the trainer, it would
take down what is left of a closed window there, and Qt's objects must go in the thread they
live in: the program would crash. Here it happens once a second, between two frames.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

SECOND_MS = 1000
WHOLE = 30  # every so many times all objects are looked through, else the young ones
YOUNG, ALL = 1, 2  # generations, as Python counts them

_collectors: list["Collector"] = []  # at work; while there are any, Python does not collect itself
_was_enabled = False


class Collector(QObject):
    """Takes the collecting over from Python until `stop`."""

    def __init__(self, parent: QObject) -> None:
        global _was_enabled
        super().__init__(parent)
        if not _collectors:
            _was_enabled = gc.isenabled()
            gc.disable()
        _collectors.append(self)
        self._count = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(SECOND_MS)

    def stop(self) -> None:
        """Give it back, when no other window is open."""
        self._timer.stop()
        if self in _collectors:
            _collectors.remove(self)
            if not _collectors and _was_enabled:
                gc.enable()

    @Slot()
    def _collect(self) -> None:
        self._count += 1
        gc.collect(ALL if self._count % WHOLE == 0 else YOUNG)
