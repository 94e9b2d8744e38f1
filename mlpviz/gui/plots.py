"""What both plots share: pyqtgraph set up once, and dressed in the theme.

pyqtgraph ignores the application's palette, so every pen is set here.
"""

from collections.abc import Mapping
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPen

from mlpviz.gui.assets import ui_font
from mlpviz.gui.theme import SMALL, Theme

pg.setConfigOptions(imageAxisOrder="row-major", antialias=False)


PLOT_MARGIN = 4
LEFT_AXIS, BOTTOM_AXIS = 48, 40  # pixels, with ticks, numbers and label


KEY_ZOOMS = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Equal: 0.8, Qt.Key.Key_Minus: 1.25}
KEY_MOVES = {  # in parts of what is seen
    Qt.Key.Key_Left: (-0.1, 0.0),
    Qt.Key.Key_Right: (0.1, 0.0),
    Qt.Key.Key_Down: (0.0, -0.1),
    Qt.Key.Key_Up: (0.0, 0.1),
}


class Plot(pg.PlotWidget):
    """A plot without menu, with two labelled axes, that can be dressed and tells what is done."""

    pointer_moved = Signal()
    zoomed = Signal()  # by hand
    clicked = Signal(float, float)  # where, in the units of the axes; twice is one click first
    double_clicked = Signal()

    def __init__(
        self, x_label: str, y_label: str, axes: Mapping[str, pg.AxisItem] | None = None
    ) -> None:
        super().__init__(enableMenu=False, axisItems=axes)
        self._labels = {"bottom": x_label, "left": y_label}
        item = self.getPlotItem()
        # pyqtgraph makes its menus even so, and owns them in Python: deleted by the collector, in
        # the middle of whatever Qt does just then, they crash it. As children they go in time.
        item.ctrlMenu.setParent(self, item.ctrlMenu.windowFlags())
        item.hideButtons()
        item.setContentsMargins(0, PLOT_MARGIN, PLOT_MARGIN, 0)
        # Fixed, for else the plot would jump whenever a number gets another digit.
        item.getAxis("left").setWidth(LEFT_AXIS)
        item.getAxis("bottom").setHeight(BOTTOM_AXIS)
        for name, label in self._labels.items():
            axis = item.getAxis(name)
            axis.setStyle(tickFont=ui_font(SMALL), tickTextOffset=4, tickLength=-4)
            axis.setLabel(label)
            axis.label.setFont(ui_font(SMALL))
            # An automatic prefix ("k epochs") would change the label while the class reads it.
            axis.enableAutoSIPrefix(False)
            # Its numbers change seldom: no need to write them again with every frame.
            axis.setCacheMode(pg.GraphicsObject.CacheMode.DeviceCoordinateCache)
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{y_label} over {x_label}")
        self.setAccessibleDescription("+ and − zoom, Shift and the arrows move, Home shows all.")
        self._theme: Theme | None = None
        self._pointer: QPointF | None = None
        self.getViewBox().sigRangeChangedManually.connect(self.zoomed)
        self.scene().sigMouseMoved.connect(self._note_pointer)
        self.scene().sigMouseClicked.connect(self._note_click)

    def pointer(self) -> tuple[float, float] | None:
        """Return where in the plot the pointer is, in the units of the axes; None if elsewhere."""
        view = self.getViewBox()
        if self._pointer is None or not view.sceneBoundingRect().contains(self._pointer):
            return None
        point = view.mapSceneToView(self._pointer)
        return point.x(), point.y()

    def set_label(self, name: str, label: str) -> None:
        """Write another label, as HTML, on an axis, "bottom" or "left"."""
        self._labels[name] = label
        axis = self.getPlotItem().getAxis(name)
        axis.setLabel(label)
        axis.resizeEvent()  # which puts it into the middle again

    def dress(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        self._theme = theme
        self.setBackground(theme.panel)
        self._dress_axes()

    def _dress_axes(self) -> None:
        """Draw the axes in the accent while keys mean the plot, so that it can be seen."""
        if self._theme is None:
            return
        colour, quiet = (
            self._theme.accent if self.hasFocus() else self._theme.line,
            self._theme.quiet,
        )
        for name, label in self._labels.items():
            axis = self.getPlotItem().getAxis(name)
            axis.setPen(pg.mkPen(colour))  # which takes the label along
            axis.setTextPen(pg.mkPen(quiet))
            axis.setLabel(label, color=quiet, **{"font-size": f"{SMALL}px"})

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys mean the plot."""
        super().focusInEvent(event)
        self._dress_axes()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self._dress_axes()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom with + and −, move with Shift and the arrows, show all with Home."""
        view, key = self.getViewBox(), Qt.Key(event.key())
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Home:
            self.double_clicked.emit()
        elif key in KEY_ZOOMS:
            view.scaleBy((KEY_ZOOMS[key], KEY_ZOOMS[key]))
            self.zoomed.emit()
        elif key in KEY_MOVES and is_shifted:
            (left, right), (bottom, top) = view.viewRange()
            dx, dy = KEY_MOVES[key]
            view.translateBy(x=dx * (right - left), y=dy * (top - bottom))
            self.zoomed.emit()
        else:
            event.ignore()

    @Slot(object)
    def _note_pointer(self, position: QPointF) -> None:
        self._pointer = position
        self.pointer_moved.emit()

    @Slot(object)
    def _note_click(self, event: Any) -> None:
        view = self.getViewBox()
        if event.double():
            self.double_clicked.emit()
        elif event.button() == Qt.MouseButton.LeftButton and view.sceneBoundingRect().contains(
            event.scenePos()
        ):
            point = view.mapSceneToView(event.scenePos())
            self.clicked.emit(point.x(), point.y())

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        super().leaveEvent(event)
        self._pointer = None
        self.pointer_moved.emit()

    def minimumSizeHint(self) -> QSize:
        """Let the layout decide: a plot can be small."""
        return QSize(80, 60)


def solid(colour: str, width: float) -> QPen:
    """Return a pen of so many pixels, whatever the zoom, whose pieces join smoothly."""
    pen: QPen = pg.mkPen(QColor(colour), width=width)
    # Square ends close the gaps between the pieces of a contour, at half the cost of round ones.
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    return pen
