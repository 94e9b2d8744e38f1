"""What the loss plot shows of time: the moment looked at, and what came after it."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from mlpviz.experiment.run.frame import Frame
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import CURSOR_LINE, EVENT, HEAD_RIM
from mlpviz.gui.plots.canvas import EMPTY, Mapping, Markers
from mlpviz.gui.plots.plot import solid
from mlpviz.gui.views.loss.run_curves import RunCurves

VEIL = 0.5  # how much of what came after the moment looked at is covered


class Past:
    """Paints nothing while the present is looked at.

    Attributes
    ----------
    epoch : the one of the past that is looked at; None for the present
    ends : where the runs stand
    """

    def __init__(self) -> None:
        self.epoch: int | None = None
        self.ends = (Markers(), Markers())
        for end in self.ends:
            end.size = EVENT
        self._veil, self._pen = QColor(), QPen()

    def set_look(self, look: Look, colours: Sequence[str]) -> None:
        """Take over colours: of the plot, and of each run."""
        self._veil = QColor(look.panel)
        self._veil.setAlphaF(VEIL)
        self._pen = QPen(QColor(look.text), CURSOR_LINE)
        self._pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        for end, colour in zip(self.ends, colours, strict=True):
            end.brush, end.pen = QBrush(QColor(colour)), solid(look.panel, HEAD_RIM)

    def show_frames(self, frames: Sequence[Frame], runs: Sequence[RunCurves]) -> None:
        """Show the moment of some frames, and where the curves of their runs end."""
        is_past = any(frame.is_past for frame in frames)
        self.epoch = frames[0].epoch if is_past else None
        for end, run in zip(self.ends, runs, strict=True):
            last = slice(-1, None)
            x, y = (run.curve.x[last], run.curve.y[last]) if is_past else (EMPTY, EMPTY)
            is_drawn = np.isfinite(y)
            end.set_data(x[is_drawn], y[is_drawn])

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Cover what came after the moment, and draw a line where it is."""
        if self.epoch is None:
            return
        x = float(mapping.x(np.array([float(self.epoch)]))[0])
        left = max(0.0, x)
        painter.fillRect(QRectF(left, 0.0, mapping.width - left, mapping.height), self._veil)
        painter.setPen(self._pen)
        painter.drawLine(QPointF(x, 0.0), QPointF(x, mapping.height))
        for end in self.ends:
            end.paint(painter, mapping)
