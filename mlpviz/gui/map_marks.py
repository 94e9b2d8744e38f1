"""What can be drawn over the map besides its boundary, where it is asked for."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from mlpviz.engine import Array
from mlpviz.experiment.frame import Box, Frame
from mlpviz.gui.assets import ui_font
from mlpviz.gui.canvas import EMPTY, Mapping
from mlpviz.gui.contour import contour_segments
from mlpviz.gui.palette import LEVELS, NO_NUMBER, Indices
from mlpviz.gui.theme import BODY, GAP, RADIUS, SPACE, Theme

PROBABILITIES = (0.1, 0.25, 0.75, 0.9)  # of the thin contour lines
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class MapOptions:
    """What is drawn besides.

    Parameters
    ----------
    discretise : two flat colours, one per class, instead of the output itself
    contours : lines of the output at PROBABILITIES
    unit_lines : the line w · x + b = 0 of each unit of the first layer
    """

    discretise: bool = False
    contours: bool = False
    unit_lines: bool = False


def flat_index(surface: Array) -> Indices:
    """Return the entry of a colour table for each output: that of its class, as it is counted."""
    index = np.where(surface > THRESHOLD, np.uint8(LEVELS - 1), np.uint8(0))
    index[~np.isfinite(surface)] = NO_NUMBER
    return index


def contour_ends(surface: Array, box: Box, *levels: float) -> tuple[Array, Array]:
    """Return x and y of the ends of the contours of a surface at some levels, for `Segments`."""
    parts = [contour_segments(surface, level).reshape(-1, 2) for level in levels]
    ends = np.concatenate([np.empty((0, 2)), *parts])
    rows, columns = surface.shape
    # Grid points are the centres of the cells, half a cell inside the box.
    x = box.left + (ends[:, 0] + 0.5) / columns * (box.right - box.left)
    y = box.bottom + (ends[:, 1] + 0.5) / rows * (box.top - box.bottom)
    return x, y


def unit_line_ends(frame: Frame, box: Box) -> tuple[Array, Array]:
    """Return the ends of the lines w · x + b = 0 of the first layer within a box.

    A line is where the weighted sum is 0; at the corners of the box it is known exactly, and
    between them it is linear, so that the contour of these four values is the line itself.
    """
    weights, biases = frame.layers()
    W, b = weights[0], biases[0]
    if len(W) != 2:
        return EMPTY, EMPTY
    x1, x2 = np.array([box.left, box.right]), np.array([box.bottom, box.top])
    parts = []
    with np.errstate(all="ignore"):
        for (w1, w2), bias in zip(W.T, b, strict=True):
            corners = w1 * x1 + (w2 * x2)[:, np.newaxis] + bias
            parts.append(contour_segments(corners, 0.0).reshape(-1, 2))
    ends = np.concatenate(parts)
    x = box.left + ends[:, 0] * (box.right - box.left)
    y = box.bottom + ends[:, 1] * (box.top - box.bottom)
    return x, y


class Caption:
    """A few words on a ground of their own, in the upper left corner."""

    def __init__(self) -> None:
        self.text = ""
        self._ground, self._ink = QColor(), QColor()

    def dress(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        self._ground, self._ink = QColor(theme.panel), QColor(theme.text)

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint it."""
        if not self.text:
            return
        font = ui_font(BODY, bold=True)
        width = QFontMetricsF(font).horizontalAdvance(self.text)
        rect = QRectF(GAP, GAP, width + 2 * GAP, BODY + 2 * SPACE + 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
        painter.setFont(font)
        painter.setPen(self._ink)
        painter.drawText(QPointF(rect.left() + GAP, rect.bottom() - SPACE - 3), self.text)
