"""The network diagram: units with the pictures they make, and the weights between them.

The widget paints itself. It shows a frame and says what the pointer is on; it changes nothing.
"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.network import layer_views
from mlpviz.experiment.formats import chip_text, short_text, signed_text
from mlpviz.experiment.frame import Frame
from mlpviz.experiment.messages import linear_words
from mlpviz.gui.assets import ui_font
from mlpviz.gui.network_inputs import InputColumn
from mlpviz.gui.network_layout import MAX_EDGES, NetworkLayout, edge_count, number_place
from mlpviz.gui.network_painter import (
    BUCKETS,
    Buckets,
    Chips,
    Pens,
    UnitPictures,
    column_rect,
    outlines,
    strongest,
    weight_buckets,
    weight_scale,
)
from mlpviz.gui.network_sample import SampleActivations
from mlpviz.gui.theme import BODY, RADIUS, SMALL, Theme, current_theme

Edge = tuple[int, int, int]  # block, from, to
Unit = tuple[int, int]  # layer, unit
SUMMARY = "weights as images: row = from, column = to"
MAX_LISTED = 8  # incoming weights in the bubble of a unit
BIAS_SIDE = 11.0
STROKE_SHARES = (-1.0, -0.5, 0.0, 0.5, 1.0)  # of the full weight, in the scale below the diagram
STROKE_STEP, STROKE_LENGTH = 21.0, 17.0
CAPTION_WIDTH = 56.0  # where the columns are closer, a hidden layer is only numbered


class NetworkView(QWidget):
    """Shows the units, weights and biases of a frame."""

    feature_toggled = Signal(str)  # the key of a feature that was clicked
    described = Signal(str)  # which sample's numbers it shows, and how it is simplified; or ""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("network_view")
        self.setAccessibleName("Network diagram")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        # It fills itself: else Qt would paint every widget below it first, sixty times a second.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._frame: Frame | None = None
        self._weights: list[Array] = []
        self._biases: list[Array] = []
        self._scale = 1.0
        self._buckets: Buckets = np.zeros(0, np.intp)  # a pen per parameter
        self._weight_buckets: list[Buckets] = []
        self._bias_buckets: list[Buckets] = []
        self._numbers: list[list[str]] = []
        self._sample = SampleActivations()
        self._inputs = InputColumn(self)
        self._inputs.toggled.connect(self.feature_toggled)
        self._words = ""
        self._ground = QPixmap()  # all that lies below the units
        self._ground_key: tuple[bytes, float] | None = None
        self._layout: NetworkLayout | None = None
        self._hovered_edge: Edge | None = None
        self._hovered_unit: Unit | None = None
        self._pointer = QPointF()
        self.set_theme(current_theme())

    def show_frame(self, frame: Frame) -> None:
        """Show the network of a frame."""
        is_other_shape = self._frame is None or self._frame.recipe.sizes != frame.recipe.sizes
        before = (self._buckets.tobytes(), self._scale, self._numbers)
        self._frame = frame
        self._weights, self._biases = frame.layers()
        self._scale = weight_scale(frame)
        self._buckets = weight_buckets(frame.parameters, self._scale)
        self._weight_buckets, self._bias_buckets = layer_views(self._buckets, frame.recipe.sizes)
        has_moved = self._pictures.take(frame)
        has_moved |= self._sample.take(frame)
        if self._inputs.take(frame) or is_other_shape:
            self._arrange()
            shape = "-".join(str(size) for size in frame.recipe.sizes)
            self.setAccessibleDescription(f"A network of {shape} units.")
        self._numbers = self._write_numbers()
        self._describe()
        is_pointed_at = self._hovered_unit is not None or self._hovered_edge is not None
        after = (self._buckets.tobytes(), self._scale, self._numbers)
        if has_moved or is_pointed_at or before != after:
            self.update()

    def select_sample(self, sample: int | None) -> None:
        """Show what every unit gives for a sample; None for no sample."""
        self._sample.sample = sample
        if self._frame is not None:
            self._sample.take(self._frame)
            self._describe()
            self.update()

    def _describe(self) -> None:
        assert self._frame is not None
        is_summary = edge_count(self._frame.recipe.sizes) > MAX_EDGES
        parts = (self._sample.words() or linear_words(self._frame), SUMMARY if is_summary else "")
        words = "   ".join(filter(None, parts))
        if words != self._words:
            self._words = words
            self.described.emit(words)

    def _write_numbers(self) -> list[list[str]]:
        """Return the number of each edge, for the blocks that have room for them."""
        if self._layout is None:
            return []
        return [
            [chip_text(weight) for weight in weights.ravel().tolist()] if block.has_numbers else []
            for block, weights in zip(self._layout.blocks, self._weights, strict=True)
        ]

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        self._theme = theme
        self._pens = Pens(theme)
        self._chips = Chips(theme)
        self._ground_key = None
        self._pictures = UnitPictures(theme)
        self._inputs.set_theme(theme)
        if self._frame is not None:
            self._pictures.take(self._frame)
        self.update()

    def hover_text(self) -> str:
        """Say in words and numbers what the pointer is on."""
        if self._frame is None:
            return ""
        if words := self._inputs.spare_words():
            return words
        if self._hovered_unit is not None:
            return "\n".join(self._unit_lines(*self._hovered_unit))
        if self._hovered_edge is not None:
            block, i, j = self._hovered_edge
            weight = signed_text(float(self._weights[block][i, j]))
            return f"{self._name(block, i)} → {self._name(block + 1, j)}   weight {weight}"
        return ""

    def _name(self, layer: int, unit: int) -> str:
        assert self._frame is not None
        return self._inputs.name(layer, unit, len(self._frame.recipe.sizes))

    def _unit_lines(self, layer: int, unit: int) -> list[str]:
        assert self._frame is not None
        if layer == 0:
            return [*self._inputs.words(unit), *self._sample.lines_of(0, unit)]
        activation = ACTIVATIONS[self._frame.recipe.activations[layer - 1]].label
        lines = [f"{self._name(layer, unit)}   {activation}", *self._sample.lines_of(layer, unit)]
        lines.append(f"bias {signed_text(float(self._biases[layer - 1][unit]))}")
        column = self._weights[layer - 1][:, unit]
        for i, weight in enumerate(column[:MAX_LISTED].tolist()):
            lines.append(f"{signed_text(weight)} · {self._name(layer - 1, i)}")
        if len(column) > MAX_LISTED:
            lines.append(f"and {len(column) - MAX_LISTED} more")
        return lines

    def _arrange(self) -> None:
        if self._frame is not None:
            size = self.width(), self.height()
            self._layout = self._inputs.lay_out(self._frame.recipe.sizes, *size)
            self._ground_key = None
            self._numbers = self._write_numbers()
        self._hovered_edge = self._hovered_unit = None

    def _paint(self, painter: QPainter, layout: NetworkLayout) -> None:
        self._paint_ground(painter, layout)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for block, numbers in enumerate(self._numbers):
            if numbers:
                self._paint_numbers(painter, layout, block, numbers)
        self._paint_hovered_edge(painter, layout)
        self._paint_units(painter, layout)
        self._sample.paint(painter, layout, self._chips)
        self._paint_bubble(painter)

    def _paint_ground(self, painter: QPainter, layout: NetworkLayout) -> None:
        """Paint edges, names, captions and scale: as a picture, until one of them changes.

        Wide smooth lines take most of the time that a diagram takes. They have one pen per
        bucket of weights, so that a network which hardly moves hardly changes them.
        """
        # Above as many edges as are drawn as lines, the weights themselves are the picture.
        state = self._buckets if layout.has_lines else np.concatenate(self._weights, axis=None)
        key = (state.tobytes(), self._scale)
        if key != self._ground_key:
            self._ground_key = key
            scale = self.devicePixelRatioF()
            self._ground = QPixmap(self.size() * scale)
            self._ground.setDevicePixelRatio(scale)
            self._ground.fill(self._theme.panel)
            inner = QPainter(self._ground)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_edges(inner, layout)
            inner.setPen(QPen(QColor(self._theme.quiet), 1.0))
            inner.setBrush(QColor(self._theme.panel))
            inner.drawPath(outlines(layout))
            self._inputs.paint(inner, layout)
            self._paint_captions(inner, layout)
            self._paint_scale(inner)
            inner.end()
        painter.drawPixmap(0, 0, self._ground)

    def _paint_edges(self, painter: QPainter, layout: NetworkLayout) -> None:
        for block, weights in zip(layout.blocks, self._weights, strict=True):
            if not layout.has_lines:
                self._paint_weight_image(painter, block.image, weights)
        for block, buckets in zip(layout.blocks, self._weight_buckets, strict=True):
            if layout.has_lines:
                self._pens.draw_lines(painter, block.lines, buckets.ravel().tolist())

    def _paint_weight_image(self, painter: QPainter, rect: QRectF, weights: Array) -> None:
        if not np.isfinite(weights).all():
            painter.fillRect(rect, self._pictures.hatch)
        shown = strongest(strongest(weights, rect.width()).T, rect.height()).T
        painter.drawImage(rect, self._pens.weight_image(shown, self._scale))

    def _paint_numbers(
        self, painter: QPainter, layout: NetworkLayout, block: int, numbers: Sequence[str]
    ) -> None:
        sources, targets = self._weights[block].shape
        for edge, (line, text) in enumerate(zip(layout.blocks[block].lines, numbers, strict=True)):
            self._chips.draw(painter, line.pointAt(number_place(edge // targets, sources)), text)

    def _paint_hovered_edge(self, painter: QPainter, layout: NetworkLayout) -> None:
        if self._hovered_edge is None:
            return
        block, i, j = self._hovered_edge
        pen = QPen(QColor(self._theme.text), 1.5)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        rows, columns = self._weights[block].shape
        if layout.has_lines:
            painter.drawLine(layout.blocks[block].lines[i * columns + j])
        else:
            image = layout.blocks[block].image
            cell = QRectF(0, 0, image.width() / columns, image.height() / rows)
            cell.moveTopLeft(image.topLeft() + QPointF(j * cell.width(), i * cell.height()))
            painter.drawRect(cell)

    def _paint_units(self, painter: QPainter, layout: NetworkLayout) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for layer, rects in enumerate(layout.units):
            if layout.dense[layer]:
                self._pictures.draw_column(painter, column_rect(rects), layer)
            else:
                for unit, rect in enumerate(rects):
                    self._pictures.draw(painter, rect, layer, unit)
        if self._hovered_unit is not None:
            layer, unit = self._hovered_unit
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.text), 2.0))
            painter.drawRect(layout.units[layer][unit])
        for layer, rects in enumerate(layout.units[1:]):
            if not layout.dense[layer + 1]:
                for rect, bucket in zip(rects, self._bias_buckets[layer].tolist(), strict=True):
                    self._paint_bias(painter, rect, bucket)

    def _paint_bias(self, painter: QPainter, rect: QRectF, bucket: int) -> None:
        # Plain rectangles: the fastest thing there is, and there can be dozens.
        side = int(min(BIAS_SIDE, rect.width() / 3))
        x, y = int(rect.left()) - side // 2, int(rect.bottom()) - side // 2
        painter.fillRect(x - 1, y - 1, side + 2, side + 2, QColor(self._theme.panel))
        painter.fillRect(x, y, side, side, self._pens.colour(bucket))

    def _paint_captions(self, painter: QPainter, layout: NetworkLayout) -> None:
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(self._theme.quiet))
        last = len(layout.units) - 1
        distance = layout.units[min(2, last)][0].center().x() - layout.units[1][0].center().x()
        for layer, rects in enumerate(layout.units):
            hidden = f"hidden {layer}" if distance >= CAPTION_WIDTH else str(layer)
            name = {0: "inputs", last: "output"}.get(layer, hidden)
            room = QRectF(0, 2, 90, 16)
            room.moveCenter(QPointF(rects[0].center().x(), 10))
            room.moveLeft(min(max(room.left(), 0.0), self.width() - room.width()))
            align = {0: Qt.AlignmentFlag.AlignLeft, last: Qt.AlignmentFlag.AlignRight}.get(
                layer, Qt.AlignmentFlag.AlignHCenter
            )
            painter.drawText(room, align | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_scale(self, painter: QPainter) -> None:
        """Draw the scale of the weights: strokes from the strongest negative to the positive."""
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(self._theme.quiet))
        line = QRectF(0, self.height() - 20.0, self.width(), 16)
        centred = Qt.AlignmentFlag.AlignCenter
        if self._frame is not None and not np.isfinite(self._frame.parameters).any():
            painter.drawText(line, centred, "dashed: not a number")
            return
        before, after = scale_words(self._scale)
        metrics = QFontMetricsF(painter.font())
        strokes_width = STROKE_STEP * len(STROKE_SHARES)
        whole = metrics.horizontalAdvance(before + after) + strokes_width
        left = max(0.0, (self.width() - whole) / 2)
        strokes_left = left + metrics.horizontalAdvance(before)
        painter.drawText(line.translated(left, 0), Qt.AlignmentFlag.AlignVCenter, before)
        right = line.translated(strokes_left + strokes_width, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter, after)
        y = line.center().y()
        for i, share in enumerate(STROKE_SHARES):
            painter.setPen(self._pens.pen(round(share * BUCKETS)))
            x = strokes_left + STROKE_STEP * i
            painter.drawLine(QPointF(x, y), QPointF(x + STROKE_LENGTH, y))

    def _paint_bubble(self, painter: QPainter) -> None:
        """Write what the pointer is on into a bubble beside it."""
        text = self.hover_text()
        if not text:
            return
        font = ui_font(BODY)
        painter.setFont(font)
        everything = QRectF(0, 0, 400, 400)
        bubble = QFontMetricsF(font).boundingRect(everything, 0, text).adjusted(-9, -6, 11, 6)
        bubble.moveTopLeft(self._pointer + QPointF(16, 14))
        bubble.moveLeft(max(2.0, min(bubble.left(), self.width() - bubble.width() - 2)))
        if bubble.bottom() > self.height() - 2:
            bubble.moveBottom(max(bubble.height() + 2, self._pointer.y() - 8))
        painter.setPen(QPen(QColor(self._theme.quiet), 1))
        painter.setBrush(QColor(self._theme.panel))
        painter.drawRoundedRect(bubble, RADIUS, RADIUS)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(bubble.adjusted(9, 6, -6, -4), 0, text)

    def sizeHint(self) -> QSize:
        """Return a size at which the report's network is at ease."""
        return QSize(560, 520)

    def minimumSizeHint(self) -> QSize:
        """Let the layout decide."""
        return QSize(120, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the diagram."""
        painter = QPainter(self)
        if self._frame is not None and self._layout is not None:
            self._paint(painter, self._layout)
        else:
            painter.fillRect(self.rect(), QColor(self._theme.panel))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the diagram out again."""
        self._arrange()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look what the pointer is on."""
        self._pointer = event.position()
        if self._layout is not None:
            self._hovered_unit = self._layout.unit_at(self._pointer)
            on_unit = self._hovered_unit is not None
            self._hovered_edge = None if on_unit else self._layout.edge_at(self._pointer)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._hovered_edge = self._hovered_unit = None
        self.update()


def scale_words(scale: float) -> tuple[str, str]:
    """Return what stands before and after the strokes of the weight scale."""
    return f"weight {short_text(-scale)}  ", f"+{short_text(scale)}   ■ bias"
