"""How the diagram marks what is frozen: two bars across an edge, one through the square of a bias.

A mark of shape and not of colour, so that every weight keeps the colour of its value.
"""

import math
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlpviz.experiment.run.places import place_of
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import (
    FREEZE_AROUND,
    FREEZE_BEYOND,
    FREEZE_FROM_TARGET,
    FREEZE_GAP,
    FREEZE_LENGTH,
    FREEZE_LINE,
    FREEZE_RIM,
    OUTLINE,
)
from mlpviz.gui.views.diagram.hover import edge_rect
from mlpviz.gui.views.diagram.network_layout import NetworkLayout, bias_rect


def paint_frozen(
    painter: QPainter,
    layout: NetworkLayout,
    look: Look,
    sizes: Sequence[int],
    frozen: Sequence[int],
) -> None:
    """Mark these parameters, given by their numbers in the flat vector."""
    if not frozen:
        return
    bars: list[QLineF] = []
    squares: list[QRectF] = []
    for position in frozen:
        place = place_of(position, sizes)
        if place.source is not None and layout.has_lines:
            line = layout.blocks[place.layer - 1].lines[
                place.source * sizes[place.layer] + place.unit
            ]
            bars += bars_across(line)
        elif place.source is not None:
            squares.append(edge_rect(layout, place))
        elif not layout.dense[place.layer]:
            around = (-FREEZE_AROUND, -FREEZE_AROUND, FREEZE_AROUND, FREEZE_AROUND)
            square = bias_rect(layout.units[place.layer][place.unit]).adjusted(*around)
            squares.append(square)
            y = square.center().y()
            bars.append(QLineF(square.left() - FREEZE_BEYOND, y, square.right() + FREEZE_BEYOND, y))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in (
        (look.panel, FREEZE_RIM),
        (look.text, FREEZE_LINE),
    ):  # a rim sets off the bars
        painter.setPen(QPen(QColor(colour), width))
        painter.drawLines(bars)
    painter.setPen(QPen(QColor(look.text), OUTLINE))
    painter.drawRects(squares)


def bars_across(line: QLineF) -> list[QLineF]:
    """Return two short lines across an edge, near where it ends."""
    length = line.length()
    along = QPointF(line.dx() / length, line.dy() / length)
    across = QPointF(-along.y(), along.x()) * (FREEZE_LENGTH / 2)
    bars = []
    for distance in (FREEZE_FROM_TARGET, FREEZE_FROM_TARGET + FREEZE_GAP):
        centre = line.p2() - along * min(distance, math.ceil(length / 2))
        bars.append(QLineF(centre - across, centre + across))
    return bars
