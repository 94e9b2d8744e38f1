"""What both plots share: pyqtgraph set up once, and dressed in the theme.

pyqtgraph ignores the application's palette, so every pen is set here.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPen

from mlpviz.experiment.language import count_text, tr
from mlpviz.experiment.words.formats import MINUS
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import (
    BOTTOM_AXIS,
    HAIRLINE,
    LEAST_PLOT,
    LEFT_AXIS,
    NUMBERS_AXIS,
    PLOT_MARGIN,
    SMALL,
    TICK,
)
from mlpviz.gui.look.sizing import px

pg.setConfigOptions(imageAxisOrder="row-major", antialias=False)


LARGEST = 1e9  # a greater number on an axis is a power of ten


KEY_ZOOMS = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Equal: 0.8, Qt.Key.Key_Minus: 1.25}
KEY_MOVES = {  # in parts of what is seen
    Qt.Key.Key_Left: (-0.1, 0.0),
    Qt.Key.Key_Right: (0.1, 0.0),
    Qt.Key.Key_Down: (0.0, -0.1),
    Qt.Key.Key_Up: (0.0, 0.1),
}


class GroupedAxis(pg.AxisItem):
    """An axis whose large numbers have a thin space: 10 000, as everywhere."""

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> Any:
        """Write as many numbers as there is room for: the fewer, the larger they are."""
        return super().tickSpacing(minVal, maxVal, size / current_look().factor)

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Write the numbers."""
        return [_grouped(text) for text in super().tickStrings(values, scale, spacing)]


def _grouped(text: str) -> str:
    """Write a whole number with thin spaces, also one that is written as 1e+06."""
    value = float(text)
    is_large = math.isfinite(value) and 1000.0 <= abs(value) < LARGEST and value.is_integer()
    return count_text(int(value)).replace("-", MINUS) if is_large else text


class Plot(pg.GraphicsView):
    """Two labelled axes and what lies between them; it can be dressed and tells what is done.

    It is made of pyqtgraph's parts and is none of its `PlotWidget`, which makes some hundred
    widgets of a menu: they slow the start and each change of the theme, and nobody sees them.
    """

    pointer_moved = Signal()
    zoomed = Signal()  # by hand
    clicked = Signal(float, float)  # where, in the units of the axes; twice is one click first
    double_clicked = Signal()

    def __init__(
        self, x_label: str, y_label: str, axes: Mapping[str, pg.AxisItem] | None = None
    ) -> None:
        super().__init__()
        self._labels = {"bottom": x_label, "left": y_label}
        self.view = pg.ViewBox(enableMenu=False)
        self.axes = {name: GroupedAxis(name) for name in self._labels} | dict(axes or {})
        self._lay_out()
        for name, label in self._labels.items():
            self._prepare_axis(self.axes[name], label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("{y} over {x}", y=y_label, x=x_label))
        self.setAccessibleDescription(
            tr("+ and − zoom, Shift and the arrows move, Home shows all.")
        )
        self._names_x = True
        self._pointer: QPointF | None = None
        self.view.sigRangeChangedManually.connect(self.zoomed)
        self.scene().sigMouseMoved.connect(self._note_pointer)
        self.scene().sigMouseClicked.connect(self._note_click)

    def _lay_out(self) -> None:
        grid = self.centralLayout
        grid.setSpacing(0)
        grid.addItem(self.axes["left"], 0, 0)
        grid.addItem(self.view, 0, 1)
        grid.addItem(self.axes["bottom"], 1, 1)

    def _size_axes(self) -> None:
        self.centralLayout.setContentsMargins(0, px(PLOT_MARGIN), px(PLOT_MARGIN), 0)
        # Fixed, for else the plot would jump whenever a number gets another digit.
        self.axes["left"].setWidth(px(LEFT_AXIS))
        self.axes["bottom"].setHeight(px(BOTTOM_AXIS if self._names_x else NUMBERS_AXIS))
        for name in self._labels:
            axis = self.axes[name]
            font = ui_font(px(SMALL))
            axis.setStyle(tickFont=font, tickTextOffset=px(TICK), tickLength=-px(TICK))
            axis.label.setFont(font)

    def _prepare_axis(self, axis: pg.AxisItem, label: str) -> None:
        axis.linkToView(self.view)
        axis.setLabel(label)
        # An automatic prefix ("k epochs") would change the label while the class reads it.
        axis.enableAutoSIPrefix(False)
        # Its numbers change seldom: no need to write them again with every frame.
        axis.setCacheMode(pg.GraphicsObject.CacheMode.DeviceCoordinateCache)

    def pointer(self) -> tuple[float, float] | None:
        """Return where in the plot the pointer is, in the units of the axes; None if elsewhere."""
        view = self.view
        if self._pointer is None or not view.sceneBoundingRect().contains(self._pointer):
            return None
        point = view.mapSceneToView(self._pointer)
        return point.x(), point.y()

    def set_label(self, name: str, label: str) -> None:
        """Write another label, as HTML, on an axis, "bottom" or "left"."""
        self._labels[name] = label
        axis = self.axes[name]
        axis.setLabel(label)
        axis.resizeEvent()  # which puts it into the middle again

    def name_x(self, is_named: bool) -> None:
        """Write the label of the horizontal axis, or leave its room to the plot."""
        if is_named != self._names_x:
            self._names_x = is_named
            self._size_axes()
            self.axes["bottom"].showLabel(is_named)

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self.setBackground(look.panel)
        self._size_axes()
        self._dress_axes(look)

    def _dress_axes(self, look: Look) -> None:
        for name, label in self._labels.items():
            axis = self.axes[name]
            # No pen of pyqtgraph's: on a screen of two pixels per unit it is half as thick.
            axis.setPen(QPen(QColor(look.line), self._hairline()))  # which takes the label along
            axis.setTextPen(QPen(QColor(look.quiet), px(HAIRLINE)))
            axis.setLabel(label, color=look.quiet, **{"font-size": f"{px(SMALL)}px"})
        self.axes["bottom"].showLabel(self._names_x)

    def _hairline(self) -> float:
        """Return the width of a line that fills whole pixels of the screen: it is not smooth."""
        ratio = self.devicePixelRatioF()
        return max(1, round(px(HAIRLINE) * ratio)) / ratio

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom with + and −, move with Shift and the arrows, show all with Home."""
        view, key = self.view, Qt.Key(event.key())
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
        view = self.view
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
        return QSize(*map(px, LEAST_PLOT))


def solid(colour: str, width: float) -> QPen:
    """Return a pen of a canvas, so wide at factor 1, whose pieces join smoothly."""
    pen = QPen(QColor(colour), width)
    # Square ends close the gaps between the pieces of a contour, at half the cost of round ones.
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    return pen
