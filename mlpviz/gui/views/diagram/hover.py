"""What lies under the pointer of the diagram, and the bubble that tells it in numbers."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlpviz.engine.activations import ACTIVATIONS, SOFTMAX
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import Place, Unit
from mlpviz.experiment.words.formats import loss_text, signed_text
from mlpviz.experiment.words.names import class_names, name_of, place_name, sum_name
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import (
    BODY,
    BUBBLE_PAD,
    BUBBLE_ROOM,
    BUBBLE_TEXT_PAD,
    HAIRLINE,
    MARKED_CELL,
    RADIUS,
)
from mlpviz.gui.plots.class_names import CLASS_GLYPHS
from mlpviz.gui.views.diagram.bubble_place import bubble_place
from mlpviz.gui.views.diagram.network_layout import NetworkLayout
from mlpviz.gui.views.diagram.sample_values import SampleActivations

MAX_LISTED = 8  # incoming weights in the bubble of a unit
INDENT = "\u2003\u2002\u2009"  # as wide as "z = "
WIDE_INDENT = INDENT + "\u2005\u2006"  # as wide as "z₂ = "


def place_at(layout: NetworkLayout, point: QPointF) -> Place | None:
    """Return the unit (as its bias) or the weight under a point."""
    unit = layout.unit_at(point) or layout.bias_at(point)
    if unit is not None:
        return Place(*unit)
    edge = layout.edge_at(point)
    return None if edge is None else Place(edge[0] + 1, edge[2], edge[1])


def anchor_of(layout: NetworkLayout, place: Place) -> QPointF:
    """Return where to point for a place that was not chosen with the pointer."""
    if place.source is None:
        return layout.units[place.layer][place.unit].center()
    return edge_rect(layout, place).center()


def edge_rect(layout: NetworkLayout, place: Place) -> QRectF:
    """Return the cell of a weight in the image of its block, or the box around its line."""
    block, source = place.layer - 1, place.source or 0
    if not layout.has_lines:
        return layout.cell(block, source, place.unit)
    line = layout.blocks[block].lines[source * len(layout.units[place.layer]) + place.unit]
    return QRectF(line.p1(), line.p2()).normalized()


def place_text(frame: Frame, place: Place, sample: SampleActivations) -> str:
    """Say what a unit or a weight is, in words and numbers."""
    if place.source is None:
        return "\n".join(_unit_lines(frame, place, sample))
    weights, _ = frame.layers()
    weight = signed_text(float(weights[place.layer - 1][place.source, place.unit]))
    name = place_name(frame.recipe, place)
    words = tr("{name}   weight {weight}", name=name, weight=weight)
    return f"{words}\n{_slope_words(frame, place)}"


def _unit_lines(frame: Frame, place: Place, sample: SampleActivations) -> list[str]:
    layer, unit, _ = place
    name, of_sample = name_of(frame.recipe, layer, unit), sample.lines_of(layer, unit)
    weights, biases = frame.layers()
    column = weights[layer - 1][:, unit]
    terms = [
        f"{signed_text(weight)} · {name_of(frame.recipe, layer - 1, i)}"
        for i, weight in enumerate(column[:MAX_LISTED].tolist())
    ]
    if len(column) > MAX_LISTED:
        terms.append(tr_plural("and {count} more", "and {count} more", len(column) - MAX_LISTED))
    terms.append(tr("{value}   bias", value=signed_text(float(biases[layer - 1][unit]))))
    z = sum_name(frame.recipe, layer, unit)
    indent = INDENT if z == "z" else WIDE_INDENT
    sum_of = [f"{z} = {terms[0]}", *(indent + term for term in terms[1:])]
    slope = _slope_words(frame, place)
    return [*_formula_lines(frame.recipe, place, name), *sum_of, slope, *of_sample]


def _slope_words(frame: Frame, place: Place) -> str:
    """Say how the loss changes with a weight or a bias, and whether training does."""
    symbol = "∂L/∂b" if place.source is None else "∂L/∂w"
    index = place.position(frame.recipe.sizes)
    if not frame.can_follow_gradient:
        words = tr("gradient {symbol} not followed: too many samples", symbol=symbol)
    elif frame.gradient is None:  # the frame that brings it is on its way
        words = tr("gradient {symbol} …", symbol=symbol)
    else:
        slope = float(frame.gradient[index])
        sign = "+" if math.isfinite(slope) and slope > 0.0 else ""
        words = tr("gradient {symbol} {slope}", symbol=symbol, slope=f"{sign}{loss_text(slope)}")
    return f"{words}   {tr('frozen')}" if index in frame.recipe.frozen else words


def _formula_lines(recipe: Recipe, place: Place, name: str) -> list[str]:
    """Say what a unit computes, and of one of several outputs what it stands for."""
    activation, z = recipe.activations[place.layer - 1], sum_name(recipe, place.layer, place.unit)
    if activation == SOFTMAX:
        formula = f"{name} = e^{z} / Σ e^zₖ   {tr('softmax')}"
    elif activation == "identity":
        formula = f"{name} = {z}   {tr('identity')}"
    else:
        formula = f"{name} = {tr(ACTIVATIONS[activation].label)}({z})"
    if place.layer < len(recipe.activations) or recipe.outputs == 1:
        return [formula]
    of_class = f"{CLASS_GLYPHS[place.unit]} {class_names(recipe)[place.unit]}"
    return [tr("{name}   output of {of_class}", name=name, of_class=of_class), formula]


def paint_cell(painter: QPainter, layout: NetworkLayout, place: Place, colour: str) -> None:
    """Draw the rim of the cell that a weight has in the image of its block."""
    painter.setPen(QPen(QColor(colour), MARKED_CELL))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(edge_rect(layout, place))


def paint_bubble(
    painter: QPainter,
    room: QRectF,
    look: Look,
    text: str,
    anchor: QPointF,
    layout: NetworkLayout,
    taking_part: frozenset[Unit],
) -> None:
    """Write a text into a bubble beside a place, where it covers least.

    Parameters
    ----------
    room : of the diagram
    anchor : the place
    layout : says where the units are
    taking_part : those that the text is about
    """
    font = ui_font(BODY)
    painter.setFont(font)
    everything = QRectF(0, 0, BUBBLE_ROOM, BUBBLE_ROOM)
    left, top, right, bottom = BUBBLE_PAD
    bubble = QFontMetricsF(font).boundingRect(everything, 0, text)
    bubble.adjust(-left, -top, right, bottom)
    bubble.moveTopLeft(bubble_place(room, bubble.size(), anchor, layout, taking_part))
    painter.setPen(QPen(QColor(look.quiet), HAIRLINE))
    painter.setBrush(QColor(look.panel))
    painter.drawRoundedRect(bubble, RADIUS, RADIUS)
    painter.setPen(QColor(look.text))
    left, top, right, bottom = BUBBLE_TEXT_PAD
    painter.drawText(bubble.adjusted(left, top, -right, -bottom), 0, text)
