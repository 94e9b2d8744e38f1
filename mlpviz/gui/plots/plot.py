"""What both plots share: pyqtgraph set up once, and dressed in the theme.

pyqtgraph ignores the application's palette, so every pen is set here.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPen
from PySide6.QtWidgets import QGraphicsView

from mlpviz.experiment.language import THIN_SPACE, count_text, tr
from mlpviz.experiment.words.formats import MINUS
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import (
    BOTTOM_AXIS,
    HAIRLINE,
    LEAST_PLOT,
    LEFT_AXIS,
    LEFT_NUMBERS,
    NUMBERS_AXIS,
    PLOT_MARGIN,
    SMALL,
    TICK,
    TICK_DISTANCE,
    TICK_GAP,
)
from mlpviz.gui.look.sizing import px, text_width
from mlpviz.gui.plots.paper import is_on_paper

pg.setConfigOptions(imageAxisOrder="row-major", antialias=False)


SMALLEST, LARGEST = 1e-5, 1e9  # beyond these, a number on an axis is a power of ten
GROUPED = 1000.0  # from here on thousands stand apart
STEPS = (5.0, 2.0, 1.0)  # times powers of ten: the round numbers


KEY_ZOOMS = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Equal: 0.8, Qt.Key.Key_Minus: 1.25}
KEY_MOVES = {  # in parts of what is seen
    Qt.Key.Key_Left: (-0.1, 0.0),
    Qt.Key.Key_Right: (0.1, 0.0),
    Qt.Key.Key_Down: (0.0, -0.1),
    Qt.Key.Key_Up: (0.0, 0.1),
}


class GroupedAxis(pg.AxisItem):
    """An axis with as many round numbers as have room, written as everywhere: 10 000, −0.5.

    One rule serves both directions, so that the two axes of a square map have the same steps.
    """

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> Any:
        """Choose the smallest round step at which numbers stand well apart, at least two of them.

        Parameters
        ----------
        minVal, maxVal : the ends of the axis
        size : its length, in pixels
        """
        span = abs(maxVal - minVal)
        if not 0.0 < span < math.inf:
            return []
        length = size / current_look().factor
        chosen = 0.0
        for step in _round_steps(span):
            distance = length * step / span
            text_room = self._text_room(minVal, maxVal, step)
            is_wide = distance >= max(TICK_DISTANCE, text_room)
            has_two = math.floor(maxVal / chosen) > math.ceil(minVal / chosen) if chosen else False
            if chosen and not is_wide and (has_two or distance < text_room):
                break
            chosen = step
        return [(chosen, 0.0)] if chosen else []

    def _text_room(self, low: float, high: float, step: float) -> float:
        """Return what a number and the gap to the next one take along the axis, in base sizes."""
        if self.orientation in ("left", "right"):
            return SMALL + TICK_GAP
        return text_width(axis_text(low, step), axis_text(high, step), size=SMALL) + TICK_GAP

    def updateAutoSIPrefix(self) -> None:
        """Have no prefix ("k epochs"): it would change the label while the class reads it.

        pyqtgraph asks for one some ten times while an axis is made, and writes the label each time.
        """
        self.autoSIPrefix = False

    def keep_picture(self) -> None:
        """Keep what is painted, anew: else Qt leaves an old picture beside one of another size."""
        self.setCacheMode(pg.GraphicsObject.CacheMode.NoCache)
        if not is_on_paper():
            self.setCacheMode(pg.GraphicsObject.CacheMode.DeviceCoordinateCache)

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Write the numbers."""
        if self.logMode:
            return [_grouped(text) for text in super().tickStrings(values, scale, spacing)]
        return [axis_text(value * scale, spacing * scale) for value in values]

    def resizeEvent(self, event: Any = None) -> None:
        """Put the label into the middle, and keep nothing of the old size."""
        super().resizeEvent(event)
        self.keep_picture()


def _round_steps(span: float) -> list[float]:
    """Return round numbers from what an axis spans downwards, the largest first."""
    exponent = math.floor(math.log10(span))
    steps = [
        factor * 10.0**power for power in range(exponent, exponent - 3, -1) for factor in STEPS
    ]
    return [step for step in steps if 0.0 < step <= span]


def axis_text(value: float, step: float) -> str:
    """Write a number of an axis, with as many digits as all of its numbers have.

    Parameters
    ----------
    value : the number
    step : to the next one
    """
    if abs(value) < step / 1e6:
        value = 0.0  # what is left of a sum
    if step >= LARGEST or step < SMALLEST or abs(value) >= LARGEST:
        return f"{value:g}".replace("-", MINUS)
    places = max(0, math.ceil(-math.log10(step) - 1e-9))
    comma = "," if abs(value) >= GROUPED else ""
    return f"{value:{comma}.{places}f}".replace(",", THIN_SPACE).replace("-", MINUS)


def _grouped(text: str) -> str:
    """Write a whole number with thin spaces, also one that is written as 1e+06."""
    value = float(text)
    is_large = math.isfinite(value) and GROUPED <= abs(value) < LARGEST and value.is_integer()
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
        self.axes = dict(axes or {"bottom": GroupedAxis("bottom"), "left": GroupedAxis("left")})
        self._lay_out()
        for name, label in self._labels.items():
            self._prepare_axis(self.axes[name], label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("{y} over {x}", y=y_label, x=x_label))
        self.setAccessibleDescription(tr("+ and − zoom, Alt and the arrows move, 0 shows all."))
        self._names_x = self._numbers_x = True
        self._left = float(LEFT_AXIS)
        self._pointer: QPointF | None = None
        self.view.sigRangeChangedManually.connect(self.zoomed)
        self.scene().sigMouseMoved.connect(self._note_pointer)
        self.scene().sigMouseClicked.connect(self._note_click)

    @property
    def left_width(self) -> float:
        """The width of the left axis, in base sizes."""
        return self._left

    def make_room_for(self, numbers: float) -> None:
        """Make the left axis as wide as numbers of a width need it, in base sizes."""
        left = LEFT_AXIS + max(0.0, numbers - LEFT_NUMBERS)
        if left != self._left:
            self._left = left
            self._size_axes()

    def keep_pictures(self) -> None:
        """Keep pictures of the axes and of the ground, anew; on paper keep none."""
        kinds = QGraphicsView.CacheModeFlag
        self.setCacheMode(kinds.CacheNone if is_on_paper() else kinds.CacheBackground)
        for axis in self.axes.values():
            axis.keep_picture()

    def _lay_out(self) -> None:
        grid = self.centralLayout
        grid.setSpacing(0)
        grid.addItem(self.axes["left"], 0, 0)
        grid.addItem(self.view, 0, 1)
        grid.addItem(self.axes["bottom"], 1, 1)

    def _size_axes(self) -> None:
        self.centralLayout.setContentsMargins(0, px(PLOT_MARGIN), px(PLOT_MARGIN), 0)
        # Fixed, for else the plot would jump whenever a number gets another digit.
        self.axes["left"].setWidth(px(self._left))
        numbers = NUMBERS_AXIS if self._numbers_x else PLOT_MARGIN
        self.axes["bottom"].setHeight(px(BOTTOM_AXIS if self._names_x else numbers))
        for name in self._labels:
            axis = self.axes[name]
            font = ui_font(px(SMALL))
            axis.setStyle(tickFont=font, tickTextOffset=px(TICK), tickLength=-px(TICK))
            axis.label.setFont(font)

    def _prepare_axis(self, axis: pg.AxisItem, label: str) -> None:
        axis.linkToView(self.view)
        axis.setLabel(label)
        # Its numbers change seldom: no need to write them again with every frame.
        axis.keep_picture()

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

    def name_x(self, is_named: bool, is_numbered: bool = True) -> None:
        """Write the label of the horizontal axis, and its numbers, or leave the room to the plot.

        Parameters
        ----------
        is_named, is_numbered : a label without numbers would say nothing
        """
        if (is_named, is_numbered) != (self._names_x, self._numbers_x):
            self._names_x, self._numbers_x = is_named, is_numbered
            self._size_axes()
            self.axes["bottom"].setStyle(showValues=is_numbered)
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
        """Zoom with + and −, move with Alt and the arrows, show all with 0."""
        view, key = self.view, Qt.Key(event.key())
        is_move = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_0:
            self.double_clicked.emit()
        elif key in KEY_ZOOMS:
            view.scaleBy((KEY_ZOOMS[key], KEY_ZOOMS[key]))
            self.zoomed.emit()
        elif key in KEY_MOVES and is_move:
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
