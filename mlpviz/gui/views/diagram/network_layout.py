"""Where everything of the network diagram lies: a function of its size and the layer sizes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF

from mlpviz.gui.look.sizes import (
    BIAS_REACH,
    BIAS_SIDE,
    BLOCK_INSET,
    BOTTOM_MARGIN,
    EDGE_REACH,
    LABEL_HEIGHT,
    LEAST_LOOSE_UNIT,
    NUMBER_WIDTH,
    OUTER_OVERLAP,
    SIDE_MARGIN,
    SMALLEST_UNIT,
    TOP_MARGIN,
    UNIT,
)
from mlpviz.gui.plots.distances import piece_distances

MAX_EDGES = 600  # more lines are a thicket: each block is then drawn as an image of its weights
SIDE_SHARE = 0.74  # of the distance between two units of a column
GAP_SHARE = 0.45  # of the distance between two columns: the rest is for the edges
FAR_FROM_ONE = 0.42  # of an edge: where a number stands whose edge meets others at its end


@dataclass(frozen=True, slots=True)
class Block:
    """The connections from one layer to the next.

    Parameters
    ----------
    lines : one per weight, W row by row; empty when the block is drawn as an image
    image : where that image goes: row i is what leaves unit i
    has_numbers : whether there is room for a number on every line
    """

    lines: tuple[QLineF, ...]
    image: QRectF
    has_numbers: bool


@dataclass(frozen=True, slots=True)
class NetworkLayout:
    """The rectangles of the units, layer by layer, and the blocks of edges between them.

    Parameters
    ----------
    units : a rectangle per unit
    dense : per layer, whether its units are so small that they touch, as one column of pictures
    blocks : the connections between neighbouring layers
    has_lines : whether they are drawn as lines
    """

    units: tuple[tuple[QRectF, ...], ...]
    dense: tuple[bool, ...]
    blocks: tuple[Block, ...]
    has_lines: bool

    @property
    def pitch(self) -> float:
        """From the middle of one layer to that of the next."""
        first, second = (rects[0].center().x() for rects in self.units[:2])
        return second - first

    def unit_at(self, point: QPointF) -> tuple[int, int] | None:
        """Return (layer, unit) under a point."""
        for layer, rects in enumerate(self.units):
            for unit, rect in enumerate(rects):
                if rect.contains(point):
                    return layer, unit
        return None

    def bias_at(self, point: QPointF) -> tuple[int, int] | None:
        """Return (layer, unit) of the bias whose square is under a point."""
        for layer, rects in enumerate(self.units[1:], 1):
            for unit, rect in enumerate(rects):
                reach = BIAS_REACH
                square = bias_rect(rect).adjusted(-reach, -reach, reach, reach)
                if not self.dense[layer] and square.contains(point):
                    return layer, unit
        return None

    def edge_at(self, point: QPointF, reach: float = EDGE_REACH) -> tuple[int, int, int] | None:
        """Return (block, from, to) of the edge nearest to a point, or of the image's cell."""
        if not self.has_lines:
            return self._cell_at(point)
        found, least, place = None, reach, np.array(point.toTuple())
        for number, block in enumerate(self.blocks):
            pieces = np.array([line.toTuple() for line in block.lines]).reshape(-1, 2, 2)
            distances = piece_distances(place, pieces)
            nearest = int(np.argmin(distances))
            if distances[nearest] < least:
                least = float(distances[nearest])
                found = (number, *divmod(nearest, len(self.units[number + 1])))
        return found

    def cell(self, block: int, source: int, target: int) -> QRectF:
        """Return the cell of a weight in the image of its block."""
        image = self.blocks[block].image
        width = image.width() / len(self.units[block + 1])
        height = image.height() / len(self.units[block])
        return QRectF(image.left() + target * width, image.top() + source * height, width, height)

    def _cell_at(self, point: QPointF) -> tuple[int, int, int] | None:
        for block, (left, right) in enumerate(pairwise(self.units)):
            image = self.blocks[block].image
            if image.contains(point):
                row = int((point.y() - image.top()) / image.height() * len(left))
                column = int((point.x() - image.left()) / image.width() * len(right))
                return block, min(row, len(left) - 1), min(column, len(right) - 1)
        return None


def bias_rect(unit: QRectF) -> QRectF:
    """Return where the bias of a unit is drawn: at its lower left corner, in whole pixels."""
    side = int(min(BIAS_SIDE, unit.width() / 3))
    return QRectF(int(unit.left()) - side // 2, int(unit.bottom()) - side // 2, side, side)


def column_rect(rects: Sequence[QRectF]) -> QRectF:
    """Return the rectangle around the units of a layer."""
    return rects[0].united(rects[-1])


def edge_count(sizes: Sequence[int]) -> int:
    """Count the connections of a network."""
    return sum(i * o for i, o in pairwise(sizes))


def lay_out(
    sizes: Sequence[int],
    width: float,
    height: float,
    names_inset: float = 0.0,
    foot: float = 0.0,
) -> NetworkLayout:
    """Lay out a network on a surface of this size, in base sizes as all of it.

    Parameters
    ----------
    names_inset : how far the inputs stand to the right for the sake of their names
    foot : how high something lies upon the foot: units that would reach into it are laid closer,
        and where none would nothing moves
    """
    layout = _laid_out(sizes, width, height, names_inset)
    lowest = max(rects[-1].bottom() for rects in layout.units) + BIAS_SIDE / 2
    if foot == 0.0 or lowest <= height - foot:
        return layout
    return _laid_out(sizes, width, height + BOTTOM_MARGIN - foot, names_inset)


def _laid_out(
    sizes: Sequence[int], width: float, height: float, names_inset: float
) -> NetworkLayout:
    has_lines = edge_count(sizes) <= MAX_EDGES
    room = QRectF(
        SIDE_MARGIN,
        TOP_MARGIN,
        max(1.0, width - 2 * SIDE_MARGIN),
        max(1.0, height - TOP_MARGIN - BOTTOM_MARGIN),
    )
    inputs, *others = (_column(room, sizes, layer) for layer in range(len(sizes)))
    units = (tuple(rect.translated(names_inset, 0) for rect in inputs), *others)
    blocks = tuple(_block(left, right, has_lines) for left, right in pairwise(units))
    dense = tuple(_is_dense(room, count) for count in sizes)
    return NetworkLayout(units, dense, blocks, has_lines)


def _is_dense(room: QRectF, count: int) -> bool:
    return SIDE_SHARE * room.height() / count < LEAST_LOOSE_UNIT


def _column(room: QRectF, sizes: Sequence[int], layer: int) -> tuple[QRectF, ...]:
    count = sizes[layer]
    pitch = room.height() / count
    # A column of two must not be spread over the whole height of one of sixteen.
    pitch = min(pitch, max(room.height() / 4.6, UNIT / SIDE_SHARE))
    gap = room.width() / (len(sizes) - 1)
    # Whole pixels, for outlines to be sharp.
    side = float(int(max(SMALLEST_UNIT, min(SIDE_SHARE * pitch, GAP_SHARE * gap))))
    x = room.left() + gap * layer
    # The outermost columns stay inside, whatever the size of their units.
    x = min(max(x, room.left() + side / 2 - OUTER_OVERLAP), room.right() - side / 2 + OUTER_OVERLAP)
    top = room.center().y() - 0.5 * pitch * (count - 1)
    if _is_dense(room, count):
        return tuple(
            QRectF(round(x - side / 2), top + pitch * (unit - 0.5), side, pitch)
            for unit in range(count)
        )
    return tuple(
        QRectF(round(x - side / 2), round(top + pitch * unit - side / 2), side, side)
        for unit in range(count)
    )


def _block(left: Sequence[QRectF], right: Sequence[QRectF], has_lines: bool) -> Block:
    start, end = left[0].right() + 1.0, right[0].left() - 1.0
    inset = min(BLOCK_INSET, 0.1 * (end - start))
    top, bottom = left[0].top(), left[-1].bottom()
    image = QRectF(start + inset, top, max(2.0, end - start - 2 * inset), bottom - top)
    if not has_lines:
        return Block((), image, has_numbers=False)
    lines = tuple(QLineF(start, a.center().y(), end, b.center().y()) for a in left for b in right)
    return Block(lines, image, _has_room_for_numbers(left, right, end - start))


def number_room(layout: NetworkLayout, block: int) -> float:
    """Return how wide the number of an edge can be in a block that is drawn as lines."""
    left, right = layout.units[block : block + 2]
    length = layout.blocks[block].lines[0].dx()
    stand_in_columns = layout.blocks[block].has_numbers and min(len(left), len(right)) > 1
    return length / (len(left) + 0.4) if stand_in_columns else length


def _has_room_for_numbers(left: Sequence[QRectF], right: Sequence[QRectF], length: float) -> bool:
    """Tell whether numbers fit: those of unit i stand in a column of their own (`number_place`)."""
    if len(right) == 1 or len(left) == 1:
        several = left if len(right) == 1 else right
        return length >= 1.4 * NUMBER_WIDTH and _are_apart(several)
    if length < NUMBER_WIDTH * (len(left) + 0.4):
        return False
    pitch = right[1].center().y() - right[0].center().y()
    return pitch * number_place(0, len(left), len(right)) >= 1.4 * LABEL_HEIGHT


def _are_apart(units: Sequence[QRectF]) -> bool:
    """Tell whether numbers half way to a single unit stand clear of each other."""
    return len(units) == 1 or 0.5 * (units[1].top() - units[0].top()) >= 1.2 * LABEL_HEIGHT


def number_place(source: int, sources: int, targets: int) -> float:
    """Return where on its edge a number stands, 0 at the start and 1 at the end.

    Where edges cross, the numbers of each unit have a column of their own. Those of one unit do
    not cross; theirs stand nearer to where they are further apart.
    """
    if sources == 1 or targets == 1:
        return FAR_FROM_ONE if targets == 1 else 1.0 - FAR_FROM_ONE
    return (source + 0.9) / (sources + 0.8)
