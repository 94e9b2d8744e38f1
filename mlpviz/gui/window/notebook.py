"""The picture of a window in a notebook: as it looks, once it shows something."""

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.plots.picture_formats import png

PATIENCE_MS = 5_000  # for the first frame of a window that was just opened


def notebook_png(window: QWidget, runs: Runs) -> bytes:
    """Return the picture of a window as the content of a PNG file.

    A cell that opens a window prints it before Qt has had a turn: then the first frame is waited
    for, unless it does not come.
    """
    if not runs.latest.frames:
        loop = QEventLoop()
        runs.updated.connect(loop.quit)
        QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
        loop.exec()
    return png(window.grab().toImage())
