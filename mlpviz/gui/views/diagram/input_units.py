"""The input column of the diagram: the names of the inputs, and what else could be one.

Features that are switched off stand below the inputs, small and pale. A click on any feature says
that it is to be switched; it is the controls that do it.
"""

import math

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from mlpviz.engine.features import FEATURES, PLANE
from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box, feature_pictures
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.palette import ColourTable, Scale, to_index
from mlpviz.gui.look.sizes import BODY, SMALL
from mlpviz.gui.views.diagram.network_layout import SIDE_MARGIN, SPARE_PITCH, NetworkLayout, lay_out
from mlpviz.gui.views.diagram.painter import (
    CORNER_SHARE,
)

NAME_GAP = 4.0  # between a name and its unit
NAME_WIDTH = 64.0
PALE = 0.4
ON_WORDS = marked("A click switches it on\nand draws new weights")
OFF_WORDS = marked("A click switches it off\nand draws new weights")
NAME_ROOM = SIDE_MARGIN - 10.0  # that there is in any case
CELLS = 40  # of the picture of a feature that is off


class InputColumn(QObject):
    """Knows the features that are on and off, paints their names, and hears clicks on them.

    Parameters
    ----------
    view : the diagram, whose pointer it follows
    """

    toggled = Signal(str)  # the key of the feature that was clicked

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._shown: tuple[tuple[str, ...], Box | None] = (PLANE, None)
        self._layout: NetworkLayout | None = None
        self._images: dict[str, QImage] = {}
        self._hovered = ""  # the feature under the pointer
        self.can_switch = True  # else those that are off are not offered either
        view.installEventFilter(self)

    @property
    def features(self) -> tuple[str, ...]:
        """The features that are inputs, in their order."""
        return self._shown[0]

    @property
    def spare(self) -> tuple[str, ...]:
        """The features that are switched off."""
        return tuple(key for key in FEATURES if self.can_switch and key not in self.features)

    def take(self, frame: Frame) -> bool:
        """Take over the features of a frame; return whether any looks otherwise than before."""
        shown = (frame.recipe.features, frame.box)
        has_changed, self._shown = shown != self._shown, shown
        if has_changed:
            self._images.clear()
        return has_changed

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self._images.clear()

    def lay_out(self, sizes: tuple[int, ...], width: float, height: float) -> NetworkLayout:
        """Lay out the diagram with room for the names of its inputs."""
        self._layout = lay_out(sizes, width, height, names_inset=self._names_inset())
        return self._layout

    def key_at(self, point: QPointF) -> str:
        """Return the feature whose picture or name is under a point; "" for none."""
        if self._layout is None or not self.can_switch:
            return ""
        places = (*self._layout.units[0], *self._layout.spare)
        for key, place in zip((*self.features, *self.spare), places, strict=False):
            if place.adjusted(-place.left(), 0, 0, 0).contains(point):
                return key
        return ""

    def spare_words(self) -> str:
        """Say what feature that is off the pointer is on; "" for none."""
        if self._hovered not in self.spare:
            return ""
        feature = FEATURES[self._hovered]
        return f"{feature.label}   {tr(feature.words)}\n{tr(ON_WORDS)}"

    def words(self, unit: int) -> list[str]:
        """Say what an input is, and what a click does."""
        key = self.features[unit]
        what = tr("input") if key in PLANE else tr("input, {words}", words=tr(FEATURES[key].words))
        can_go = self.can_switch and len(self.features) > 1
        return [f"{FEATURES[key].label}   {what}", *([tr(OFF_WORDS)] if can_go else [])]

    def paint(self, painter: QPainter, layout: NetworkLayout) -> None:
        """Paint the names of the inputs, and the features that are off."""
        painter.setFont(ui_font(BODY, bold=True))
        painter.setPen(QColor(self._look.text))
        for key, rect in zip(self.features, layout.units[0], strict=True):
            _draw_name(painter, rect, FEATURES[key].label.replace(" ", "\n"))
        painter.setFont(ui_font(SMALL))
        for key, rect in zip(self.spare, layout.spare, strict=False):
            self._paint_spare(painter, key, rect)

    def _paint_spare(self, painter: QPainter, key: str, rect: QRectF) -> None:
        painter.setOpacity(PALE)
        painter.drawImage(rect.adjusted(1, 1, -1, -1), self._image(key))
        painter.setOpacity(1.0)
        pen = QPen(QColor(self._look.hatch), 1.0, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = CORNER_SHARE * rect.width()
        painter.drawRoundedRect(rect, radius, radius)
        painter.setPen(QColor(self._look.quiet))
        _draw_name(painter, rect, FEATURES[key].label)

    def _image(self, key: str) -> QImage:
        box = self._shown[1]
        if key not in self._images and box is not None:
            picture = feature_pictures((key,), box, CELLS)[0, ::-1]
            table = ColourTable(self._look, strength=1.0)
            self._images[key] = table.image(to_index(picture, Scale(-1.0, 1.0)))
        return self._images.get(key, QImage())

    def _names_inset(self) -> float:
        """Return how far the inputs must stand to the right for the longest of their names."""
        metrics = QFontMetricsF(ui_font(BODY, bold=True))
        lines = [line for key in self.features for line in FEATURES[key].label.split(" ")]
        widest = max(metrics.horizontalAdvance(line) for line in lines)
        return max(0.0, math.ceil(widest - NAME_ROOM))  # whole pixels, as all units have

    def _point(self, key: str) -> None:
        if key != self._hovered:
            self._hovered = key
            if key:
                self._view.setCursor(Qt.CursorShape.PointingHandCursor)
            else:
                self._view.unsetCursor()
            self._view.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer, and take a click on a feature for what it means."""
        if isinstance(event, QMouseEvent):
            key = self.key_at(event.position())
            self._point(key)
            is_press = event.type() == QEvent.Type.MouseButtonPress
            if key and is_press and event.button() == Qt.MouseButton.LeftButton:
                self.toggled.emit(key)
                return True
        elif event.type() == QEvent.Type.Leave:
            self._point("")
        return False


def _draw_name(painter: QPainter, rect: QRectF, name: str) -> None:
    """Write a name at the left of a unit."""
    height = max(rect.height(), SPARE_PITCH)
    room = QRectF(0, 0, NAME_WIDTH, height)
    room.moveCenter(rect.center())
    room.moveRight(rect.left() - NAME_GAP)
    align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, align, name)
