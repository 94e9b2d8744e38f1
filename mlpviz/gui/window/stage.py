"""The stage: where the three views lie, at every size of the window.

The map is what a class looks at: it and the loss take at least 38 % of the width, and its plot
stays a large square. M puts the map into the middle and the diagram in its place.
"""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from mlpviz.gui.look.sizes import GAP

SIDE_SHARE = 0.38  # of the window's width, at least
LOSS_SHARE = 1 / 3  # of the height
MAP_EXTRA_WIDTH = 158  # axis, colour scale and margins beside the map's square
MAP_EXTRA_HEIGHT = 82  # heading, axis and margins above and below it
LEAST_SIDE = 462  # leaves a square of 340 pixels at 1024 x 768
LEAST_MIDDLE = 300
LEAST_LOSS = 190
# Where two runs are compared, their maps lie side by side, and the loss between both diagrams.
COMPARED_MAP_SHARE = 0.54  # of the height
COMPARED_LEAST_MAP = 330  # a square of 240 pixels
COMPARED_EXTRA = 60  # a panel is so much wider than high when the square fills it
COMPARED_LEAST_LOSS = 240  # its width


class Stage(QWidget):
    """Lays out a wide view in the middle, and two above each other at the right.

    Parameters
    ----------
    diagram, boundary, loss : the panels; they become children of the stage
    """

    def __init__(self, diagram: QWidget, boundary: QWidget, loss: QWidget) -> None:
        super().__init__()
        self.setObjectName("stage")
        self._middle, self._side, self._loss = diagram, boundary, loss
        self._is_swapped = False
        self._second: tuple[QWidget, QWidget] | None = None
        for panel in (diagram, boundary, loss):
            panel.setParent(self)

    def swap(self) -> None:
        """Let diagram and map change places."""
        self._middle, self._side = self._side, self._middle
        self._is_swapped = not self._is_swapped
        self._arrange()

    def show_second(self, panels: tuple[QWidget, QWidget] | None) -> None:
        """Show diagram and map of a second run beside those of the first, or no longer."""
        for panel in self._second or ():
            panel.hide()
        self._second = panels
        for panel in panels or ():
            panel.setParent(self)
            panel.show()
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which all views can be read."""
        return QSize(LEAST_MIDDLE + LEAST_SIDE, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again."""
        self._arrange()

    def _arrange(self) -> None:
        if self._second is not None:
            self._arrange_columns(self._second)
            return
        width, height = self.width(), self.height()
        loss_height = max(LEAST_LOSS, round(height * LOSS_SHARE) - GAP)
        side_height = height - loss_height - GAP
        side_width = self._side_width(side_height)
        middle_width = width - side_width - GAP
        x = middle_width + GAP
        self._middle.setGeometry(QRect(0, 0, middle_width, height))
        self._side.setGeometry(QRect(x, 0, side_width, side_height))
        self._loss.setGeometry(QRect(x, side_height + GAP, side_width, loss_height))

    def _arrange_columns(self, second: tuple[QWidget, QWidget]) -> None:
        """Lay A's views at the left and B's at the right: the maps above, or below if swapped."""
        map_width, height = (self.width() - GAP) // 2, self.height()
        map_height = min(map_width - COMPARED_EXTRA, round(height * COMPARED_MAP_SHARE))
        map_height = max(COMPARED_LEAST_MAP, map_height)
        other_height = max(1, height - map_height - GAP)
        map_y, other_y = (other_height + GAP, 0) if self._is_swapped else (0, map_height + GAP)
        loss_width = max(COMPARED_LEAST_LOSS, (self.width() - 2 * GAP) // 3)
        width = (self.width() - loss_width - 2 * GAP) // 2
        first = (self._side, self._middle) if self._is_swapped else (self._middle, self._side)
        for (diagram, boundary), is_second in ((first, False), (second, True)):
            map_x, x = (map_width + GAP, self.width() - width) if is_second else (0, 0)
            boundary.setGeometry(QRect(map_x, map_y, map_width, map_height))
            diagram.setGeometry(QRect(x, other_y, width, other_height))
        middle = self.width() - 2 * (width + GAP)
        self._loss.setGeometry(QRect(width + GAP, other_y, middle, other_height))

    def _side_width(self, side_height: int) -> int:
        """Make the map's square as large as its height allows, and keep room for the diagram."""
        if self._is_swapped:
            for_map = self.height() - MAP_EXTRA_HEIGHT + MAP_EXTRA_WIDTH
            return max(LEAST_MIDDLE, self.width() - GAP - for_map)
        for_square = side_height - MAP_EXTRA_HEIGHT + MAP_EXTRA_WIDTH
        share = round(SIDE_SHARE * self.window().width())
        return min(max(for_square, share, LEAST_SIDE), max(1, self.width() - LEAST_MIDDLE - GAP))
