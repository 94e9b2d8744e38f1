"""The pictures and pens of the network diagram: everything that depends on look and numbers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from mlpviz.engine import Array
from mlpviz.engine.activations import SOFTMAX
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box, feature_pictures
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.palette import (
    NO_NUMBER,
    ClassTable,
    ColourTable,
    Scale,
    blend,
    has_moved,
    largest,
    ramp_index,
    round_up,
    to_index,
    unit_scale,
)
from mlpviz.gui.look.sizes import (
    BROKEN_EDGE,
    CAPTION_LEAST,
    CAPTION_ROW,
    CAPTION_WIDTH,
    CAPTION_Y,
    EDGE_THICK,
    EDGE_THIN,
    HAIRLINE,
    NUMBER_HEIGHT,
    NUMBER_PAD,
    NUMBER_RADIUS,
    SMALL,
)
from mlpviz.gui.look.sizing import picture_scale
from mlpviz.gui.views.diagram.network_layout import NetworkLayout, bias_rect

BUCKETS = 16  # pens per sign: as many widths and colours as an eye can tell apart
BROKEN = BUCKETS + 1  # the bucket of what is not finite
MAX_CHIPS = 2000  # pictures of numbers that are kept; about 5 MB

Buckets = NDArray[np.intp]
LEAST_SCALE = 0.01
CORNER_SHARE = 0.12  # radius of a unit's corners, as a share of its side


def weight_scale(frame: Frame) -> float:
    """Return the weight at which width and colour are full: a round number above the largest."""
    return round_up(min(largest(frame.parameters, LEAST_SCALE), 1e300))


class Pens:
    """One pen per bucket of weights, made once per look."""

    def __init__(self, look: Look) -> None:
        self.broken = QPen(QColor(look.hatch), BROKEN_EDGE)
        self.broken.setDashPattern((4.0, 3.0))  # times the width; Qt's own gaps hardly show
        self.broken.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._table = ColourTable(look, strength=1.0)
        self._colours: list[QColor] = []
        self._pens: list[QPen] = []
        for bucket in range(-BUCKETS, BUCKETS + 1):
            share = abs(bucket) / BUCKETS
            end = look.class_1 if bucket > 0 else look.class_0
            # The root lifts the weak ones out of the grey without touching the strong.
            colour = QColor(blend(look.edge_zero, end, min(1.0, 1.15 * share**0.5)))
            pen = QPen(colour, EDGE_THIN + (EDGE_THICK - EDGE_THIN) * share)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            self._colours.append(colour)
            self._pens.append(pen)

    def pen(self, bucket: int) -> QPen:
        """Return the pen of a bucket, -BUCKETS … BUCKETS."""
        return self._pens[bucket + BUCKETS]

    def colour(self, bucket: int) -> QColor:
        """Return the colour of a bucket."""
        return self.broken.color() if bucket == BROKEN else self._colours[bucket + BUCKETS]

    def draw_image(self, painter: QPainter, rect: QRectF, weights: Array, scale: float) -> None:
        """Draw a block of weights as a small image, a pixel for each where there is room."""
        shown = strongest(strongest(weights, rect.width()).T, rect.height()).T
        painter.drawImage(rect, self._table.image(to_index(shown, Scale(-scale, scale))))

    def draw_lines(
        self, painter: QPainter, lines: tuple[QLineF, ...], buckets: Sequence[int]
    ) -> None:
        """Draw a block of edges, the strongest last so that they lie on top."""
        groups: dict[int, list[QLineF]] = {}
        for bucket, line in zip(buckets, lines, strict=True):
            groups.setdefault(bucket, []).append(line)
        for bucket in sorted(groups, key=abs):
            painter.setPen(self.broken if bucket == BROKEN else self.pen(bucket))
            painter.drawLines(groups[bucket])


class Chips:
    """Small pictures of numbers, each painted once and kept: to write text takes long."""

    def __init__(self, look: Look) -> None:
        self._ground, self._text = QColor(look.panel), QColor(look.text)
        self._ground.setAlphaF(0.86)
        self._font = ui_font(SMALL)
        self._kept: dict[tuple[str, float], QPixmap] = {}

    def draw(self, painter: QPainter, centre: QPointF, text: str) -> None:
        """Draw a number upon a place of its own."""
        scale = picture_scale(painter)
        chip = self._kept.get((text, scale))
        if chip is None:
            if len(self._kept) >= MAX_CHIPS:
                self._kept.clear()
            chip = self._kept[text, scale] = self._paint(text, scale)
        # At whole pixels of the screen: what need not be shifted is sharp, and drawn much faster.
        x = round(centre.x() * scale - chip.width() / 2)
        y = round(centre.y() * scale - chip.height() / 2)
        painter.drawPixmap(QPointF(x / scale, y / scale), chip)

    def _paint(self, text: str, scale: float) -> QPixmap:
        width = round(QFontMetricsF(self._font).horizontalAdvance(text)) + NUMBER_PAD
        chip = QPixmap(round(width * scale), round(NUMBER_HEIGHT * scale))
        chip.setDevicePixelRatio(scale)
        chip.fill(Qt.GlobalColor.transparent)
        painter = QPainter(chip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        rect = QRectF(0, 0, width, NUMBER_HEIGHT)
        painter.drawRoundedRect(rect, NUMBER_RADIUS, NUMBER_RADIUS)
        painter.setPen(self._text)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return chip


class UnitPictures:
    """The pictures of all units of a frame, a strip of images per layer."""

    def __init__(self, look: Look) -> None:
        self._table = ColourTable(look, strength=0.92)
        self._class_table = ClassTable(look, strength=0.92)
        self._outside: NDArray[np.bool] = np.empty((0, 0), np.bool)
        self._strips: list[tuple[QImage, int, list[bool]]] = []
        self._painted: list[Array] = []
        self._activations: tuple[str, ...] = ()
        self._inputs: tuple[tuple[str, ...], Box | None] = ((), None)
        self.hatch = QBrush(QColor(look.hatch), Qt.BrushStyle.BDiagPattern)

    def take(self, frame: Frame) -> bool:
        """Colour the pictures of a frame that moved, and tell whether any did."""
        cells = frame.pictures[0].shape[-1]
        inputs = (frame.recipe.features, frame.box)
        is_other = self._activations != frame.recipe.activations or self._inputs != inputs
        if is_other or len(self._outside) != cells:
            self._start(frame, cells)
        moved = False
        for layer, pictures in enumerate(frame.pictures):
            activation = self._activations[layer]
            before = self._painted[layer] if layer < len(self._painted) else None
            if has_moved(pictures, before, _extent(pictures, activation)):
                self._painted[layer : layer + 1] = [pictures]
                self._strips[layer + 1 : layer + 2] = [self._strip(pictures, activation)]
                moved = True
        return moved

    def _start(self, frame: Frame, cells: int) -> None:
        """Begin with the pictures of the inputs, which do not change while it trains."""
        self._activations, self._painted = frame.recipe.activations, []
        self._inputs = (frame.recipe.features, frame.box)
        self._outside = outside_corners(cells)
        self._strips = [self._strip(feature_pictures(*self._inputs, cells), "tanh")]

    def draw(self, painter: QPainter, rect: QRectF, layer: int, unit: int) -> None:
        """Draw one unit's picture into a rectangle."""
        strip, cells, finite = self._strips[layer]
        inside = rect.adjusted(1, 1, -1, -1)  # of its outline
        if not finite[unit]:
            painter.fillRect(inside, self.hatch)
        painter.drawImage(inside, strip, QRectF(0, unit * cells, cells, cells))

    def draw_column(self, painter: QPainter, rect: QRectF, layer: int) -> None:
        """Draw the pictures of a whole layer, one below the other, into a rectangle."""
        strip, _, finite = self._strips[layer]
        if not all(finite):
            painter.fillRect(rect, self.hatch)
        painter.drawImage(rect.adjusted(1, 1, -1, -1), strip)

    def _strip(self, pictures: Array, activation: str) -> tuple[QImage, int, list[bool]]:
        units, cells, _ = pictures.shape
        upright = pictures[:, ::-1]  # rows of a picture go upwards, those of an image downwards
        finite: list[bool] = np.all(np.isfinite(pictures), axis=(1, 2)).tolist()
        table: ColourTable | ClassTable = self._table
        if activation == SOFTMAX:  # of each class its share, in its colour
            table = self._class_table
            index = np.stack([ramp_index(one, number) for number, one in enumerate(upright)])
        elif activation in ("sigmoid", "tanh"):
            index = to_index(upright, unit_scale(upright, activation))
        else:  # each unit on a scale of its own
            index = np.stack([to_index(one, unit_scale(one, activation)) for one in upright])
        # Rounded corners in the picture itself: to clip each one costs more than all the rest.
        index[:, self._outside] = NO_NUMBER
        return table.image(index.reshape(units * cells, cells)), cells, finite


def _extent(pictures: Array, activation: str) -> float:
    """Return from the least to the greatest number that the colours of some pictures tell apart."""
    scale = unit_scale(pictures, activation)
    return scale.high - scale.low


def strongest(weights: Array, pixels: float) -> Array:
    """Merge neighbouring columns until each has a pixel: of each group the strongest stays.

    A mean would make a strong positive and a strong negative weight vanish together.

    Parameters
    ----------
    weights : (rows, columns)
    """
    rows, columns = weights.shape
    group = -(-columns // max(1, int(pixels)))
    if group <= 1:
        return weights
    padded = np.zeros((rows, -(-columns // group) * group))
    padded[:, :columns] = weights
    groups = padded.reshape(rows, -1, group)
    best = np.argmax(np.abs(groups), axis=2)[..., np.newaxis]
    chosen: Array = np.take_along_axis(groups, best, axis=2)[..., 0]
    return chosen


def outside_corners(cells: int) -> NDArray[np.bool]:
    """Tell which cells of a square lie outside its rounded corners, (cells, cells)."""
    radius = CORNER_SHARE * cells
    centre = np.abs(np.arange(cells) + 0.5 - cells / 2) - (cells / 2 - radius)
    beyond = np.maximum(centre, 0.0)
    outside: NDArray[np.bool] = np.hypot(beyond, beyond[:, np.newaxis]) > radius
    return outside


def weight_buckets(weights: Array, scale: float) -> Buckets:
    """Find the pen of each weight: -BUCKETS … BUCKETS, or BROKEN."""
    finite = np.isfinite(weights)
    shares = np.where(finite, weights, 0.0) / scale
    buckets = np.clip(np.rint(shares * BUCKETS), -BUCKETS, BUCKETS).astype(np.intp)
    return np.where(finite, buckets, BROKEN)


def column_rect(rects: Sequence[QRectF]) -> QRectF:
    """Return the rectangle around the units of a layer."""
    return rects[0].united(rects[-1])


def outlines(layout: NetworkLayout) -> QPainterPath:
    """Return the frames of all units and columns, to be drawn at one go."""
    path = QPainterPath()
    for rects, is_dense in zip(layout.units, layout.dense, strict=True):
        if is_dense:
            path.addRect(column_rect(rects))
        else:
            for rect in rects:
                radius = CORNER_SHARE * rect.width()
                path.addRoundedRect(rect, radius, radius)
    return path


def paint_bias(painter: QPainter, unit: QRectF, look: Look, colour: QColor) -> None:
    """Paint the bias of a unit, a small square at its corner."""
    # Plain rectangles: the fastest thing there is, and there can be dozens.
    square = bias_rect(unit)
    rim = square.adjusted(-HAIRLINE, -HAIRLINE, HAIRLINE, HAIRLINE)
    painter.fillRect(rim, QColor(look.panel))
    painter.fillRect(square, colour)


def paint_captions(painter: QPainter, layout: NetworkLayout, look: Look, width: float) -> None:
    """Name the layers above their columns, within this width."""
    painter.setFont(ui_font(SMALL))
    painter.setPen(QColor(look.quiet))
    last = len(layout.units) - 1
    distance = layout.units[min(2, last)][0].center().x() - layout.units[1][0].center().x()
    for layer, rects in enumerate(layout.units):
        hidden = tr("hidden {layer}", layer=layer) if distance >= CAPTION_LEAST else str(layer)
        name = {0: tr("inputs"), last: tr("output")}.get(layer, hidden)
        room = QRectF(0, 0, CAPTION_WIDTH, CAPTION_ROW)
        room.moveCenter(QPointF(rects[0].center().x(), CAPTION_Y))
        room.moveLeft(min(max(room.left(), 0.0), width - room.width()))
        align = {0: Qt.AlignmentFlag.AlignLeft, last: Qt.AlignmentFlag.AlignRight}.get(
            layer, Qt.AlignmentFlag.AlignHCenter
        )
        painter.drawText(room, align | Qt.AlignmentFlag.AlignVCenter, name)
