"""The pictures that the units make of the plane, each with the line where it changes sides."""

import math
from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPixmap

from mlpviz.engine import Array
from mlpviz.engine.activations import SOFTMAX
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import MANY_UNITS, Box, feature_pictures
from mlpviz.experiment.run.places import Unit
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.palette import (
    ClassTable,
    ColourTable,
    has_moved,
    ramp_index,
    to_index,
    unit_scale,
)
from mlpviz.gui.look.sizes import FRAME_RIM, LEAST_LINED_UNIT, THIN_LINE
from mlpviz.gui.look.sizing import picture_scale
from mlpviz.gui.plots.paper import is_on_paper
from mlpviz.gui.views.diagram.level_lines import Lines, level_lines, paint_lines

STRENGTH = 0.92  # of the colours: a unit is as strong as the points of the map
CORNER_SHARE = 0.12  # radius of a unit's corners, as a share of its side
MAX_FRAMES = 40  # kept; a size each
SQUASHING = ("sigmoid", "tanh")  # all units of these have the same scale


class _Strip:
    """The pictures of some layers of one activation, one below the other, and the lines in them.

    Parameters
    ----------
    pictures : (units, cells, cells), rows upwards
    activation : of the layers
    table, class_table : the colours, the latter of a softmax
    """

    def __init__(
        self, pictures: Array, activation: str, table: ColourTable, class_table: ClassTable
    ) -> None:
        units, self.cells, _ = pictures.shape
        self.pictures, self.activation = pictures, activation
        self.finite: list[bool] = np.all(np.isfinite(pictures), axis=(1, 2)).tolist()
        upright = pictures[:, ::-1]  # rows of a picture go upwards, those of an image downwards
        shown: ColourTable | ClassTable = table
        if activation == SOFTMAX:  # of each class its share, in its colour
            shown = class_table
            index = np.stack([ramp_index(one, number) for number, one in enumerate(upright)])
        elif activation in SQUASHING:
            index = to_index(upright, unit_scale(upright, activation))
        else:  # each unit on a scale of its own
            index = np.stack([to_index(one, unit_scale(one, activation)) for one in upright])
        rows = index.reshape(units * self.cells, self.cells)
        self.image: QImage = shown.image(rows, has_holes=not all(self.finite))
        self.lines = Lines(np.empty((0, 4)), np.empty(0, np.intp))

    def source(self, unit: int) -> QRectF:
        """Return where the picture of a unit is in the image."""
        return QRectF(0, unit * self.cells, self.cells, self.cells)


class UnitPictures:
    """The pictures of all units of a frame: a strip for the inputs, and one per activation."""

    def __init__(self, look: Look) -> None:
        self._table = ColourTable(look, STRENGTH)
        self._class_table = ClassTable(look, STRENGTH)
        self.changes = 0  # how often any of them has become another
        self._taken: tuple[Array, ...] = ()
        self._strips: list[_Strip] = []
        self._layers: list[list[int]] = []  # in each strip
        self._places: list[tuple[int, int]] = []  # of each layer its strip, and where it begins
        self._activations: tuple[str, ...] = ()
        self._inputs: tuple[tuple[str, ...], Box | None] = ((), None)
        self._frames = UnitFrames(look)
        self._line_colour = QColor(look.boundary)
        self.hatch = QBrush(QColor(look.hatch), Qt.BrushStyle.BDiagPattern)

    def take(self, frame: Frame) -> bool:
        """Colour the pictures of a frame that moved, and tell whether any did."""
        inputs = (frame.recipe.features, frame.box)
        shapes = [picture.shape for picture in self._taken]
        is_other = self._activations != frame.recipe.activations or self._inputs != inputs
        if is_other or shapes != [picture.shape for picture in frame.pictures]:
            self._start(frame)
        elif self._taken is frame.pictures:
            return False
        self._taken = frame.pictures
        moved = False
        has_lines = sum(map(len, frame.pictures)) <= MANY_UNITS
        for number, layers in enumerate(self._layers[1:], 1):
            pictures = np.concatenate([frame.pictures[layer - 1] for layer in layers])
            activation = self._activations[layers[0] - 1]
            before = self._strips[number].pictures if number < len(self._strips) else None
            if has_moved(pictures, before, _extent(pictures, activation)):
                strip = self._strip(pictures, activation)
                if has_lines:
                    strip.lines = level_lines(pictures, activation)
                self._strips[number : number + 1] = [strip]
                moved = True
        self.changes += moved
        return moved

    def _start(self, frame: Frame) -> None:
        """Begin with the pictures of the inputs, which do not change while it trains.

        Layers of the same activation, and so of the same colours, share a strip.
        """
        self._activations = frame.recipe.activations
        self._inputs = (frame.recipe.features, frame.box)
        cells = frame.pictures[0].shape[-1]
        self._strips = [self._strip(feature_pictures(*self._inputs, cells), "tanh")]
        self._layers, strips = [[0]], dict[str, int]()
        self._places = [(0, 0)]
        for layer, activation in enumerate(self._activations, 1):
            number = strips.get(activation, len(self._layers))
            if number == len(self._layers):
                self._layers.append([])
                if activation in SQUASHING:
                    strips[activation] = number
            units = sum(frame.recipe.sizes[other] for other in self._layers[number])
            self._places.append((number, units))
            self._layers[number].append(layer)

    def _strip(self, pictures: Array, activation: str) -> _Strip:
        return _Strip(pictures, activation, self._table, self._class_table)

    def draw_framed(self, painter: QPainter, rect: QRectF, unit: Unit) -> None:
        """Draw one unit into a square, with its frame."""
        self.draw(painter, {unit: rect})
        self._frames.draw(painter, rect)

    def draw(self, painter: QPainter, squares: Mapping[Unit, QRectF]) -> None:
        """Draw units into squares: all the pictures, and then the lines in them at one go."""
        by_strip: dict[int, dict[int, QRectF]] = {}
        for (layer, unit), rect in squares.items():
            number, first = self._places[layer]
            strip = self._strips[number]
            if not strip.finite[first + unit]:
                painter.fillRect(rect, self.hatch)
            _draw_part(painter, rect, strip.image, strip.source(first + unit))
            if rect.width() >= LEAST_LINED_UNIT:
                by_strip.setdefault(number, {})[first + unit] = rect
        for number, rects in by_strip.items():
            paint_lines(painter, self._strips[number].lines, rects, self._line_colour)

    def draw_frame(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the frame of a unit alone."""
        self._frames.draw(painter, rect)

    def draw_column(self, painter: QPainter, rect: QRectF, layer: int) -> None:
        """Draw the pictures of a whole layer, one below the other, into a rectangle."""
        number, first = self._places[layer]
        strip = self._strips[number]
        units = len(self._taken[layer - 1]) if layer > 0 else len(strip.finite)
        if not all(strip.finite[first : first + units]):
            painter.fillRect(rect, self.hatch)
        top, bottom = strip.source(first), strip.source(first + units - 1)
        inside = rect.adjusted(1, 1, -1, -1)
        _draw_part(painter, inside, strip.image, top.united(bottom))


def _draw_part(painter: QPainter, rect: QRectF, image: QImage, part: QRectF) -> None:
    """Draw a part of an image."""
    if is_on_paper():  # Qt writes the whole image into an SVG, whatever the part
        painter.drawImage(rect, image.copy(part.toRect()))
    else:
        painter.drawImage(rect, image, part)


class UnitFrames:
    """What is around a unit: its outline, and the ground beyond its round corners.

    It is painted once per size and laid upon the picture. To clip each picture to its corners
    takes longer than all the rest, and leaves steps.
    """

    def __init__(self, look: Look) -> None:
        self._ground, self._rim = QColor(look.panel), QColor(look.quiet)
        self._kept: dict[tuple[float, float], QPixmap] = {}

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the frame of a square."""
        if is_on_paper():
            self._paint(painter, rect)
            return
        scale = picture_scale(painter)
        key = (rect.width(), scale)
        if key not in self._kept:
            if len(self._kept) > MAX_FRAMES:
                self._kept.clear()
            self._kept[key] = self._painted(rect.width(), scale)
        painter.drawPixmap(rect.topLeft() - QPointF(FRAME_RIM, FRAME_RIM), self._kept[key])

    def _painted(self, side: float, scale: float) -> QPixmap:
        pixels = math.ceil((side + 2 * FRAME_RIM) * scale)
        frame = QPixmap(pixels, pixels)
        frame.setDevicePixelRatio(scale)
        frame.fill(Qt.GlobalColor.transparent)
        painter = QPainter(frame)
        self._paint(painter, QRectF(FRAME_RIM, FRAME_RIM, side, side))
        painter.end()
        return frame

    def _paint(self, painter: QPainter, square: QRectF) -> None:
        """Paint the frame of a square, and what lies beyond its corners."""
        radius = CORNER_SHARE * square.width()
        inside = QPainterPath()
        inside.addRoundedRect(square, radius, radius)
        around = QPainterPath()
        around.addRect(square.adjusted(-FRAME_RIM, -FRAME_RIM, FRAME_RIM, FRAME_RIM))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(around - inside, self._ground)
        painter.setPen(QPen(self._rim, THIN_LINE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(inside)


def _extent(pictures: Array, activation: str) -> float:
    """Return from the least to the greatest number that the colours of some pictures tell apart."""
    scale = unit_scale(pictures, activation)
    return scale.high - scale.low
