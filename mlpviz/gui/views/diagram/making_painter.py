"""How the strip that shows how a unit is made is painted: what stays, and what follows a frame."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from mlpviz.engine.activations import OUTPUT_ACTIVATIONS, SOFTMAX
from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.making import Making
from mlpviz.experiment.words.making_words import MakingNumbers, more_words
from mlpviz.experiment.words.names import name_of, sum_name
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import (
    BODY,
    GAP,
    HAIRLINE,
    LABEL_HEIGHT,
    LARGE,
    MAKING_SQUARE,
    MAKING_STROKE_GAP,
    MAKING_STROKE_LENGTH,
    RING_LINE,
    SMALL,
)
from mlpviz.gui.look.sizing import text_width
from mlpviz.gui.plots.label_pictures import LabelPictures
from mlpviz.gui.views.diagram.activation_plot import ActivationPlot
from mlpviz.gui.views.diagram.making_layout import MakingLayout, rows
from mlpviz.gui.views.diagram.pens import Pens, weight_buckets
from mlpviz.gui.views.diagram.unit_pictures import UnitPictures

USUAL_NUMBER = "−0.00"  # as wide as most of those that a unit gives
HINT = marked("Click a point on the map: its numbers stand here.")
CENTRED = Qt.AlignmentFlag.AlignCenter


def weight_anchors(weight: QRectF, *, is_wide: bool) -> tuple[QPointF, QLineF]:
    """Return the middle of the number of a weight, and where its edge lies below."""
    top = weight.center().y() - LABEL_HEIGHT if is_wide else weight.top()
    middle = QPointF(weight.center().x(), top + LABEL_HEIGHT / 2)
    left = QPointF(middle.x() - MAKING_STROKE_LENGTH / 2, top + MAKING_STROKE_GAP)
    return middle, QLineF(left, left + QPointF(MAKING_STROKE_LENGTH, 0.0))


class GroundPainter:
    """Paints what stays while a network is trained: names, signs, arrows, the curve.

    Parameters
    ----------
    painter : whose origin is the strip's
    look : whose colours
    """

    def __init__(self, painter: QPainter, look: Look) -> None:
        self._painter, self._look = painter, look

    def paint(self, room: QRectF, recipe: Recipe, making: Making, layout: MakingLayout) -> None:
        """Paint it into a room."""
        painter, look = self._painter, self._look
        painter.setPen(QPen(QColor(look.line), HAIRLINE))
        painter.drawLine(room.topLeft(), room.topRight())
        self._write_names(recipe, making, layout)
        painter.setPen(QColor(look.text))
        painter.setFont(ui_font(LARGE if layout.is_wide else BODY))
        for plus in layout.pluses:
            self._write_at(plus, "+")
        if layout.is_wide:
            for place in layout.terms:
                between = (place.weight.right() + place.picture.left()) / 2
                self._write_at(QPointF(between, place.picture.center().y()), "·")
        painter.setFont(ui_font(BODY))
        for arrow in layout.arrows:
            self._write_at(arrow.center(), "→" if layout.curve is not None else "=")
        if layout.curve is not None:
            self._paint_activation(making, layout.curve)
        if making.sample is None:
            row = rows(QRectF(room.left(), 0.0, room.width(), 0.0))[1]
            painter.setPen(QColor(look.quiet))
            painter.setFont(ui_font(SMALL))
            elide = Qt.TextElideMode.ElideRight
            words = QFontMetricsF(painter.font()).elidedText(tr(HINT), elide, row.width())
            painter.drawText(row, CENTRED, words)

    def _write_names(self, recipe: Recipe, making: Making, layout: MakingLayout) -> None:
        painter, (layer, unit) = self._painter, making.unit
        painter.setPen(QColor(self._look.quiet))
        painter.setFont(ui_font(SMALL))
        if making.sample is None:  # else the numbers stand there, and name them
            for place in layout.terms:
                self._write_name(place.column, name_of(recipe, layer - 1, place.term))
        if layout.more is not None:
            words = more_words(len(making.weights) - len(layout.terms))
            painter.drawText(layout.more, CENTRED | Qt.TextFlag.TextWordWrap, words)
        self._write_name(layout.bias, "b")
        self._write_name(layout.result, name_of(recipe, layer, unit))
        if layout.curve is not None and making.activation is not None:
            label = tr(OUTPUT_ACTIVATIONS[making.activation].label)
            self._write_name(layout.curve, label)

    def _paint_activation(self, making: Making, rect: QRectF) -> None:
        painter = self._painter
        if making.activation == SOFTMAX:  # its curve would depend on the z of the other units
            painter.setFont(ui_font(SMALL))
            painter.drawText(rect, CENTRED | Qt.TextFlag.TextWordWrap, tr("over all z"))
        elif making.activation is not None:
            ActivationPlot(making.activation, rect).paint(painter, self._look)

    def _write_name(self, column: QRectF, name: str) -> None:
        self._write_at(rows(column)[0].center(), name)

    def _write_at(self, centre: QPointF, text: str) -> None:
        """Write around a place, however much room that takes."""
        room = QRectF(0.0, 0.0, 20.0 * BODY, 2.0 * BODY)
        room.moveCenter(centre)
        self._painter.drawText(room, CENTRED, text)


def strokes_of(making: Making, layout: MakingLayout) -> list[int]:
    """Return which pen the weight of each term has that is shown, and last that of the bias."""
    weights = making.weights[list(layout.shown)]
    pens: list[int] = weight_buckets(np.append(weights, making.bias)).tolist()
    return pens


def paint_numbers(
    painter: QPainter,
    pens: Pens,
    labels: LabelPictures,
    strokes: Sequence[int],
    numbers: MakingNumbers,
    layout: MakingLayout,
) -> None:
    """Write weights and bias in numbers, with edges as strong as those of the diagram.

    Parameters
    ----------
    strokes : of `strokes_of`
    """
    *of_weights, of_bias = strokes
    for place, stroke, weight in zip(layout.terms, of_weights, numbers.weights, strict=True):
        middle, line = weight_anchors(place.weight, is_wide=layout.is_wide)
        labels.write(painter, middle, weight)
        painter.setPen(pens.pen(stroke))  # above the ground of the number
        painter.drawLine(line)
    square = QRectF(0.0, 0.0, MAKING_SQUARE, MAKING_SQUARE)
    square.moveCenter(layout.bias.center() - QPointF(0.0, MAKING_STROKE_GAP))
    painter.fillRect(square, pens.colour(of_bias))
    labels.write(painter, layout.bias.center(), numbers.bias)


def plot_of(making: Making, layout: MakingLayout) -> ActivationPlot | None:
    """Return where the curve of the activation lies; None where it has none of its own."""
    curve, activation = layout.curve, making.activation
    if curve is None or activation is None or activation == SOFTMAX:
        return None
    return ActivationPlot(activation, curve)


def paint_sample(
    painter: QPainter,
    look: Look,
    labels: LabelPictures,
    recipe: Recipe,
    making: Making,
    numbers: MakingNumbers,
    layout: MakingLayout,
) -> None:
    """Write what the terms, their sum and the unit are for the sample that is selected."""
    sample, (layer, unit) = making.sample, making.unit
    if sample is None:
        return
    names = [name_of(recipe, layer - 1, place.term) for place in layout.terms]
    widest = max(text_width(f"{name} = {USUAL_NUMBER}", size=SMALL) for name in names)
    has_names = widest + GAP <= layout.terms[0].column.width()
    written = zip(layout.terms, names, numbers.inputs, numbers.products, strict=True)
    for place, name, value, product in written:
        upper, lower = (row.center() for row in rows(place.column))
        labels.write(painter, upper, f"{name} = {value}" if has_names else value)
        labels.write(painter, lower, product)
    if layout.more is not None:
        labels.write(painter, rows(layout.more)[1].center(), numbers.others)
    labels.write(painter, rows(layout.bias)[1].center(), numbers.bias)
    labels.write(painter, rows(layout.result)[1].center(), numbers.a)
    if layout.curve is not None:
        z = f"{sum_name(recipe, layer, unit)} = {numbers.z}"
        labels.write(painter, rows(layout.curve)[1].center(), z)
    plot = plot_of(making, layout)
    if plot is not None:
        plot.paint_dot(painter, look, sample.z, sample.a)


def paint_pictures(
    painter: QPainter,
    look: Look,
    pictures: UnitPictures,
    making: Making,
    layout: MakingLayout,
    source: int | None,
) -> None:
    """Paint the pictures of the units of the terms, and of the unit that they make.

    Parameters
    ----------
    source : the unit whose weight is selected, which gets a ring; None for none
    """
    layer, unit = making.unit
    for place in layout.terms:
        pictures.draw_framed(painter, place.picture, (layer - 1, place.term))
        if place.term == source:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.accent), RING_LINE))
            painter.drawRect(place.picture)
    pictures.draw_framed(painter, layout.result, (layer, unit))
