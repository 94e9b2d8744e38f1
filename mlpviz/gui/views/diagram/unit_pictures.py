"""The pictures that the units make of the plane, each with the line where it changes sides."""

import math

import numpy as np
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPixmap

from mlpviz.engine import Array
from mlpviz.engine.activations import SOFTMAX
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import MANY_UNITS, Box, feature_pictures
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.palette import (
    ClassTable,
    ColourTable,
    has_moved,
    ramp_index,
    to_index,
    unit_scale,
)
from mlpviz.gui.look.sizes import (
    FRAME_RIM,
    LEAST_LINED_UNIT,
    LEVEL_LINE,
    LEVEL_LINE_SHARE,
    THIN_LINE,
)
from mlpviz.gui.look.sizing import picture_scale
from mlpviz.gui.plots.contour import contour_segments

STRENGTH = 0.92  # of the colours: a unit is as strong as the points of the map
CORNER_SHARE = 0.12  # radius of a unit's corners, as a share of its side
LINE_STEP = 2  # of the cells of a picture every second one is looked at for the line
SATURATED = 1e-6  # nearer to 0 and 1 the sum is not told apart
NO_LINE = np.empty((0, 4))
MAX_FRAMES = 40  # kept; a size each


class _Strip:
    """The pictures of one layer, one below the other, and the line in each.

    Parameters
    ----------
    pictures : (units, cells, cells), rows upwards
    activation : of the layer
    table, class_table : the colours, the latter of a softmax
    """

    def __init__(
        self, pictures: Array, activation: str, table: ColourTable, class_table: ClassTable
    ) -> None:
        units, self.cells, _ = pictures.shape
        self.finite: list[bool] = np.all(np.isfinite(pictures), axis=(1, 2)).tolist()
        upright = pictures[:, ::-1]  # rows of a picture go upwards, those of an image downwards
        shown: ColourTable | ClassTable = table
        if activation == SOFTMAX:  # of each class its share, in its colour
            shown = class_table
            index = np.stack([ramp_index(one, number) for number, one in enumerate(upright)])
        elif activation in ("sigmoid", "tanh"):
            index = to_index(upright, unit_scale(upright, activation))
        else:  # each unit on a scale of its own
            index = np.stack([to_index(one, unit_scale(one, activation)) for one in upright])
        rows = index.reshape(units * self.cells, self.cells)
        self.image: QImage = shown.image(rows, has_holes=not all(self.finite))
        self.lines: list[Array] = [NO_LINE] * units


class UnitPictures:
    """The pictures of all units of a frame, a strip per layer."""

    def __init__(self, look: Look) -> None:
        self._table = ColourTable(look, STRENGTH)
        self._class_table = ClassTable(look, STRENGTH)
        self._strips: list[_Strip] = []
        self._painted: list[Array] = []
        self._activations: tuple[str, ...] = ()
        self._inputs: tuple[tuple[str, ...], Box | None] = ((), None)
        self._frames = UnitFrames(look)
        self._line_colour = QColor(look.boundary)
        self.hatch = QBrush(QColor(look.hatch), Qt.BrushStyle.BDiagPattern)

    def take(self, frame: Frame) -> bool:
        """Colour the pictures of a frame that moved, and tell whether any did."""
        inputs = (frame.recipe.features, frame.box)
        cells = frame.pictures[0].shape[-1]
        is_other = self._activations != frame.recipe.activations or self._inputs != inputs
        if is_other or self._strips[0].cells != cells:
            self._start(frame, cells)
        moved: list[int] = []
        for layer, pictures in enumerate(frame.pictures):
            activation = self._activations[layer]
            before = self._painted[layer] if layer < len(self._painted) else None
            if has_moved(pictures, before, _extent(pictures, activation)):
                self._painted[layer : layer + 1] = [pictures]
                self._strips[layer + 1 : layer + 2] = [self._strip(pictures, activation)]
                moved.append(layer)
        self._draw_lines_in(moved)
        return bool(moved)

    def _draw_lines_in(self, layers: list[int]) -> None:
        """Find the line in each picture of some layers, all at one go."""
        if not layers or sum(len(self._painted[layer]) for layer in layers) > MANY_UNITS:
            return
        sums = [
            sums_of(self._painted[layer][:, ::-LINE_STEP, ::LINE_STEP], self._activations[layer])
            for layer in layers
        ]
        lines = zero_lines(np.concatenate(sums))
        for layer in layers:
            strip = self._strips[layer + 1]
            strip.lines, lines = lines[: len(strip.lines)], lines[len(strip.lines) :]

    def _start(self, frame: Frame, cells: int) -> None:
        """Begin with the pictures of the inputs, which do not change while it trains."""
        self._activations, self._painted = frame.recipe.activations, []
        self._inputs = (frame.recipe.features, frame.box)
        inputs = feature_pictures(*self._inputs, cells)
        self._strips = [self._strip(inputs, "tanh")]

    def _strip(self, pictures: Array, activation: str) -> _Strip:
        return _Strip(pictures, activation, self._table, self._class_table)

    def draw(self, painter: QPainter, rect: QRectF, layer: int, unit: int) -> None:
        """Draw one unit into a square: its picture, the line in it, and its frame."""
        strip = self._strips[layer]
        if not strip.finite[unit]:
            painter.fillRect(rect, self.hatch)
        cells = strip.cells
        painter.drawImage(rect, strip.image, QRectF(0, unit * cells, cells, cells))
        lines = strip.lines[unit]
        if len(lines) and rect.width() >= LEAST_LINED_UNIT:
            pen = QPen(self._line_colour, max(LEVEL_LINE, LEVEL_LINE_SHARE * rect.width()))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # any other darkens where two pieces meet
            painter.setPen(pen)
            _draw_lines(painter, lines, rect)
        self._frames.draw(painter, rect)

    def draw_column(self, painter: QPainter, rect: QRectF, layer: int) -> None:
        """Draw the pictures of a whole layer, one below the other, into a rectangle."""
        strip = self._strips[layer]
        if not all(strip.finite):
            painter.fillRect(rect, self.hatch)
        painter.drawImage(rect.adjusted(1, 1, -1, -1), strip.image)


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
        scale = picture_scale(painter)
        key = (rect.width(), scale)
        if key not in self._kept:
            if len(self._kept) > MAX_FRAMES:
                self._kept.clear()
            self._kept[key] = self._paint(rect.width(), scale)
        painter.drawPixmap(rect.topLeft() - QPointF(FRAME_RIM, FRAME_RIM), self._kept[key])

    def _paint(self, side: float, scale: float) -> QPixmap:
        whole = side + 2 * FRAME_RIM
        pixels = math.ceil(whole * scale)
        frame = QPixmap(pixels, pixels)
        frame.setDevicePixelRatio(scale)
        frame.fill(Qt.GlobalColor.transparent)
        square = QRectF(FRAME_RIM, FRAME_RIM, side, side)
        inside = QPainterPath()
        inside.addRoundedRect(square, CORNER_SHARE * side, CORNER_SHARE * side)
        around = QPainterPath()
        around.addRect(QRectF(0, 0, whole, whole))
        painter = QPainter(frame)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(around - inside, self._ground)
        painter.setPen(QPen(self._rim, THIN_LINE))
        painter.drawPath(inside)
        painter.end()
        return frame


def sums_of(pictures: Array, activation: str) -> Array:
    """Return for what units give the weighted sum z that it comes from, as far as it can be told.

    It is 0 where a unit is as much on as off, and hardly bends between two cells, as what the
    unit gives does: so the line can be found on a coarser grid.

    Parameters
    ----------
    pictures : any shape
    """
    sums = pictures
    if activation in ("sigmoid", SOFTMAX):
        shares = np.clip(pictures, SATURATED, 1.0 - SATURATED)
        sums = np.log(shares) - np.log1p(-shares)
    elif activation == "tanh":
        sums = np.arctanh(np.clip(pictures, SATURATED - 1.0, 1.0 - SATURATED))
    return sums


@np.errstate(invalid="ignore")  # of what is not finite there is no line
def zero_lines(sums: Array) -> list[Array]:
    """Find where each unit of some layers is half on: the ends of the pieces of its line.

    All units are searched at one go, one below the other, with a row of NaN between for no line
    to go from one to the next. Around each a row and a column continue it to its rim.

    Parameters
    ----------
    sums : (units, rows, columns), of every `LINE_STEP`-th cell of a picture from the first on

    Returns
    -------
    Per unit (pieces, 4): x and y of both ends, in shares of the square, y downwards.
    """
    units, rows, columns = sums.shape
    parted = np.full((units, rows + 3, columns + 2), np.nan, sums.dtype)
    around = parted[:, :-1]
    around[:, 1:-1, 1:-1] = sums
    for side in (around, around.swapaxes(1, 2)):
        side[:, 0] = 2.0 * side[:, 1] - side[:, 2]
        side[:, -1] = 2.0 * side[:, -2] - side[:, -3]
    ends = contour_segments(parted.reshape(-1, columns + 2), 0.0)
    unit = (ends[:, :, 1].min(axis=1) // (rows + 3)).astype(np.intp)
    ends[:, :, 1] -= unit[:, np.newaxis] * (rows + 3)
    # The middle of the first cell lies half a cell from the rim.
    shares = ((ends - 1.0) * LINE_STEP + 0.5) / (LINE_STEP * np.array((columns, rows)))
    order = np.argsort(unit, kind="stable")
    pieces = np.clip(shares[order], 0.0, 1.0).reshape(-1, 4)
    return np.split(pieces, np.searchsorted(unit[order], np.arange(1, units)))


def _draw_lines(painter: QPainter, ends: Array, rect: QRectF) -> None:
    """Draw the pieces of a line within a square.

    Parameters
    ----------
    ends : (pieces, 4), in shares of the square
    """
    # pyqtgraph's way to hand numbers to Qt without making an object of every line.
    lines = PrimitiveArray(QLineF, 4)
    lines.resize(len(ends))
    lines.ndarray()[:] = ends * rect.width() + (rect.left(), rect.top()) * 2
    painter.drawLines(*lines.drawargs())


def _extent(pictures: Array, activation: str) -> float:
    """Return from the least to the greatest number that the colours of some pictures tell apart."""
    scale = unit_scale(pictures, activation)
    return scale.high - scale.low
