"""A small picture of own data, before they are taken."""

import numpy as np
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.grids import data_box
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.palette import Scale
from mlpviz.gui.look.sizes import LEAST_OWN_POINTS, OWN_POINT, OWN_POINTS
from mlpviz.gui.look.sizing import base_rect, paint_in_base_sizes, px
from mlpviz.gui.plots.canvas import Mapping
from mlpviz.gui.plots.class_points import Scatter
from mlpviz.gui.plots.crowd import drawn_samples
from mlpviz.gui.plots.value_points import ValuePoints


class PointsView(QWidget):
    """Draws points in the colours and shapes of their classes, or in the colours of numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("data_points")
        self.setAccessibleName(tr("Picture of the data"))
        self.setToolTip(tr("The points of the two columns chosen"))
        self._scatter, self._values = Scatter(), ValuePoints()
        self._data: OwnData | None = None
        self.set_look(current_look())

    def show_data(self, data: OwnData | None) -> None:
        """Show points; None for nothing."""
        self._data = data
        if data is not None:
            X, Y = data.training_data()
            self._box = data_box(X)
            shown = drawn_samples(len(X))
            if data.is_regression:
                self._values.show(X[shown], Y[shown, 0], Scale(-1.0, 1.0), OWN_POINT)
            else:
                self._scatter.take(X[shown], data.Y[shown].astype(np.intp))
        self.update()

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        for points in (self._scatter, self._values):
            points.set_look(look)
        self.update()

    def fit(self, width: int, height: int) -> None:
        """Be as large a square as there is room for, and none where it would say nothing.

        Parameters
        ----------
        width, height : of the room, in pixels
        """
        side = max(0, min(width, height, px(OWN_POINTS)))
        self.setVisible(side >= px(LEAST_OWN_POINTS))
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the points."""
        if self._data is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            points = self._values if self._data.is_regression else self._scatter
            paint_in_base_sizes(painter)
            room = base_rect(self)
            points.paint(painter, Mapping(self._box, room.width(), room.height()))
            painter.end()
