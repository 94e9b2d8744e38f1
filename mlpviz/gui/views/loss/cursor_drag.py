"""Dragging the dot of a loss curve, or the line where one looks, along the epochs."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from mlpviz.gui.look.sizes import HEAD_REACH
from mlpviz.gui.look.sizing import base_point
from mlpviz.gui.plots.canvas import Canvas
from mlpviz.gui.plots.plot import Plot


class CursorDrag(QObject):
    """Takes presses at what can be dragged before the plot does, which would move all of it.

    Parameters
    ----------
    plot, canvas : upon which it lies
    is_at : tells whether a place of the canvas, in base sizes, means what can be dragged
    """

    dragged_to = Signal(float)  # an epoch, anywhere on the axis

    def __init__(self, plot: Plot, canvas: Canvas, is_at: Callable[[QPointF], bool]) -> None:
        super().__init__(plot)
        self._plot, self._canvas, self._is_at = plot, canvas, is_at
        self._is_dragging = False
        plot.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drag along; show where that can be begun."""
        if not isinstance(event, QMouseEvent):
            return False
        kind, left = event.type(), Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseButtonPress:
            self._is_dragging = event.button() == left and self._means(event)
            return self._is_dragging
        if kind == QEvent.Type.MouseMove and self._is_dragging:
            self.dragged_to.emit(self._epoch(event))
            return True
        if kind == QEvent.Type.MouseMove and event.buttons() == Qt.MouseButton.NoButton:
            self._show_cursor(event)
        if kind == QEvent.Type.MouseButtonRelease and self._is_dragging:
            self._is_dragging = False
            return True
        return False

    def _place(self, event: QMouseEvent) -> QPointF:
        return base_point(event.position() - QPointF(self._canvas.pos()))

    def _means(self, event: QMouseEvent) -> bool:
        return self._is_at(self._place(event))

    def _epoch(self, event: QMouseEvent) -> float:
        mapping = self._canvas.mapping
        box, share = mapping.box, self._place(event).x() / mapping.width
        return box.left + share * (box.right - box.left)

    def _show_cursor(self, event: QMouseEvent) -> None:
        viewport = self._plot.viewport()
        if self._means(event):
            viewport.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            viewport.unsetCursor()


def is_near(place: QPointF, heads: Sequence[QPointF], line: float | None) -> bool:
    """Tell whether a place is near a dot, or near an upright line.

    Parameters
    ----------
    place, heads : in base sizes
    line : how far from the left the line is; None for none
    """
    if line is not None and abs(place.x() - line) <= HEAD_REACH:
        return True
    return any((head - place).manhattanLength() <= HEAD_REACH for head in heads)
