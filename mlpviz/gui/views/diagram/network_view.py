"""The network diagram: units with the pictures they make, and the weights between them.

The widget paints itself. It shows a frame and says what the pointer is on and what hands want
(`edit`, `shape_inputs`); it changes nothing.
"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from mlpviz.engine import Array
from mlpviz.engine.marked import marked
from mlpviz.engine.network import layer_views
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.formats import chip_text
from mlpviz.experiment.words.messages import linear_words
from mlpviz.experiment.words.spoken import shape_words
from mlpviz.gui.look import sizes
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizing import base_point, base_rect, paint_in_base_sizes, picture_scale, px
from mlpviz.gui.views.diagram.frozen_marks import paint_frozen
from mlpviz.gui.views.diagram.hover import anchor_of, paint_bubble, paint_edge, place_at, place_text
from mlpviz.gui.views.diagram.input_units import InputColumn
from mlpviz.gui.views.diagram.layer_buttons import ShapeInputs
from mlpviz.gui.views.diagram.network_layout import (
    MAX_EDGES,
    NetworkLayout,
    edge_count,
    number_place,
)
from mlpviz.gui.views.diagram.output_units import paint_outputs
from mlpviz.gui.views.diagram.painter import (
    Buckets,
    Chips,
    Pens,
    UnitPictures,
    column_rect,
    outlines,
    paint_bias,
    paint_captions,
    weight_buckets,
    weight_scale,
)
from mlpviz.gui.views.diagram.sample_values import SampleActivations
from mlpviz.gui.views.diagram.weight_cursor import NetworkEdit
from mlpviz.gui.views.diagram.weight_scale import paint_scale

SUMMARY = marked("weights as images: row = from, column = to")
FocusReason = Qt.FocusReason
TABS = (FocusReason.TabFocusReason, FocusReason.BacktabFocusReason)
COMES_BACK = (FocusReason.PopupFocusReason, FocusReason.ActiveWindowFocusReason)


class NetworkView(QWidget):
    """Shows the units, weights and biases of a frame."""

    described = Signal(str)  # which sample's numbers it shows, and how it is simplified; or ""
    reshaped = Signal(int)  # it shows other layers, of which so many are hidden
    arranged = Signal()  # all has its place
    pointed_at = Signal(object)  # the Place under the pointer; or None

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("network_view")
        self.setAccessibleName(tr("Network diagram"))
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
        self.sample_values = SampleActivations()
        self.input_column = InputColumn()
        self._words = ""
        self._ground = QPixmap()  # all that lies below the units
        self._ground_key: tuple[bytes, float] | None = None
        self.network_layout: NetworkLayout | None = None
        self._hovered: Place | None = None
        self._pointer = QPointF()
        self.edit = NetworkEdit(self)
        self.edit.moved.connect(self._show_cursor)
        self.shape_inputs = ShapeInputs(self)
        self.set_look(current_look())

    def show_frame(self, frame: Frame) -> None:
        """Show the network of a frame."""
        is_other_shape = self._frame is None or self._frame.recipe.sizes != frame.recipe.sizes
        before = (self._buckets.tobytes(), self._scale, self._numbers)
        is_refrozen = self._frame is None or self._frame.recipe.frozen != frame.recipe.frozen
        self._frame = frame
        self._weights, self._biases = frame.layers()
        self._scale = weight_scale(frame)
        self._buckets = weight_buckets(frame.parameters, self._scale)
        self._weight_buckets, self._bias_buckets = layer_views(self._buckets, frame.recipe.sizes)
        has_moved = self._pictures.take(frame)
        has_moved |= self.sample_values.take(frame)
        self.shape_inputs.features.take(frame)
        if self.input_column.take(frame) or is_other_shape:
            self._arrange()
            self.setAccessibleDescription(shape_words(frame.recipe))
            self.reshaped.emit(len(frame.recipe.hidden))
        self._numbers = self._write_numbers()
        self._describe()
        self.edit.show_frame(frame)
        after = (self._buckets.tobytes(), self._scale, self._numbers)
        if self.place is not None or self._scale != before[1] or is_other_shape or is_refrozen:
            self.update()
        elif has_moved or before != after:
            # The foot stays as it is: buttons lie upon it, that would be painted anew as well.
            self.update(0, 0, self.width(), self.height() - px(sizes.STRIP_HEIGHT))

    def offer(self, *, features: bool, layers: bool) -> None:
        """Let features be switched, and units added, in the diagram; or not."""
        self.shape_inputs.offers_features = features
        self.shape_inputs.offers_units = self.edit.offers_layers = layers
        self._arrange()
        self.update()

    def select_sample(self, sample: int | None) -> None:
        """Show what every unit gives for a sample; None for no sample."""
        if sample == self.sample_values.sample:
            return
        self.sample_values.sample = sample
        if self._frame is not None:
            self.sample_values.take(self._frame)
            self._describe()
            self.update()

    def _describe(self) -> None:
        assert self._frame is not None
        is_summary = edge_count(self._frame.recipe.sizes) > MAX_EDGES
        parts = (
            self.sample_values.words() or linear_words(self._frame),
            tr(SUMMARY) if is_summary else "",
        )
        words = "   ".join(filter(None, parts))
        if words != self._words:
            self._words = words
            self.described.emit(words)

    def _write_numbers(self) -> list[list[str]]:
        """Return the number of each edge, for the blocks that have room for them."""
        if self.network_layout is None:
            return []
        return [
            [chip_text(weight) for weight in weights.ravel().tolist()] if block.has_numbers else []
            for block, weights in zip(self.network_layout.blocks, self._weights, strict=True)
        ]

    def set_look(self, look: Look) -> None:
        """Take over the colours of a look."""
        self._look = look
        self._pens = Pens(look)
        self._chips = Chips(look)
        self._ground_key = None
        self._pictures = UnitPictures(look)
        self.shape_inputs.features.set_look(look)
        if self._frame is not None:
            self._pictures.take(self._frame)
        self.update()

    def hover_text(self) -> str:
        """Say in words and numbers what the pointer is on."""
        place = self.place
        if self._frame is None:
            return ""
        if place is None or self.edit.edited is not None:  # the editor's bubble is enough
            return ""
        if place.layer == 0:
            sample_lines = self.sample_values.lines_of(0, place.unit)
            return "\n".join((self.input_column.words(place.unit), *sample_lines))
        return place_text(self._frame, place, self.sample_values)

    @property
    def place(self) -> Place | None:
        """What the pointer is on, else the cursor."""
        return self._hovered or self.edit.cursor

    def _arrange(self) -> None:
        if self._frame is not None:
            size = base_rect(self).size().toTuple()
            self.network_layout = self.input_column.lay_out(self._frame.recipe.sizes, *size)
            self._ground_key = None
            self._numbers = self._write_numbers()
            self.shape_inputs.arrange(self.network_layout, self.height())
            self.arranged.emit()
        self._point_at(None)

    def _point_at(self, place: Place | None) -> None:
        """Show what the pointer is on, and tell it."""
        if place != self._hovered:
            self._hovered = place
            self.pointed_at.emit(place)
        self.update()

    @Slot()
    def _show_cursor(self) -> None:
        self.update()

    def _paint(self, painter: QPainter, layout: NetworkLayout) -> None:
        assert self._frame is not None
        recipe = self._frame.recipe
        self._paint_ground(painter, layout, recipe)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for block, numbers in enumerate(self._numbers):
            if numbers:
                self._paint_numbers(painter, layout, block, numbers)
        place = self.place
        for shown, colour in ((place, self._look.text), (self.edit.edited, self._look.accent)):
            if shown is not None and shown.source is not None:
                paint_edge(painter, layout, shown, colour)
        self._paint_units(painter, layout)
        if recipe.frozen:
            paint_frozen(painter, layout, self._look, recipe.sizes, recipe.frozen)
        self.sample_values.paint(painter, layout, self._chips)
        text = self.hover_text()
        if text:
            is_cursor = self._hovered is None and place is not None
            anchor = anchor_of(layout, place) if is_cursor and place else self._pointer
            paint_bubble(painter, base_rect(self), self._look, text, anchor)

    def _paint_ground(self, painter: QPainter, layout: NetworkLayout, recipe: Recipe) -> None:
        """Paint edges, names, captions and scale: as a picture, until one of them changes.

        Wide smooth lines take most of the time that a diagram takes. They have one pen per
        bucket of weights, so that a network which hardly moves hardly changes them.
        """
        # Above as many edges as are drawn as lines, the weights themselves are the picture.
        state = self._buckets if layout.has_lines else np.concatenate(self._weights, axis=None)
        key = (state.tobytes(), self._scale)
        if key != self._ground_key:
            self._ground_key = key
            room = base_rect(self)
            self._ground = QPixmap(self.size() * self.devicePixelRatioF())
            self._ground.setDevicePixelRatio(picture_scale(painter))
            self._ground.fill(self._look.panel)
            inner = QPainter(self._ground)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_edges(inner, layout)
            inner.setPen(QPen(QColor(self._look.quiet), sizes.THIN_LINE))
            inner.setBrush(QColor(self._look.panel))
            inner.drawPath(outlines(layout))
            self.input_column.paint(inner, layout, self._look)
            paint_outputs(inner, layout, self._look, recipe)
            paint_captions(inner, layout, self._look, room.width())
            paint_scale(inner, room, self._look, self._pens, self._shown_scale())
            inner.end()
        painter.drawPixmap(0, 0, self._ground)

    def _shown_scale(self) -> float | None:
        is_finite = self._frame is None or np.isfinite(self._frame.parameters).any()
        return self._scale if is_finite else None

    def _paint_edges(self, painter: QPainter, layout: NetworkLayout) -> None:
        if layout.has_lines:
            for block, buckets in zip(layout.blocks, self._weight_buckets, strict=True):
                self._pens.draw_lines(painter, block.lines, buckets.ravel().tolist())
            return
        for block, weights in zip(layout.blocks, self._weights, strict=True):
            if not np.isfinite(weights).all():
                painter.fillRect(block.image, self._pictures.hatch)
            self._pens.draw_image(painter, block.image, weights, self._scale)

    def _paint_numbers(
        self, painter: QPainter, layout: NetworkLayout, block: int, numbers: Sequence[str]
    ) -> None:
        sources, targets = self._weights[block].shape
        for edge, (line, text) in enumerate(zip(layout.blocks[block].lines, numbers, strict=True)):
            self._chips.draw(painter, line.pointAt(number_place(edge // targets, sources)), text)

    def _paint_units(self, painter: QPainter, layout: NetworkLayout) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for layer, rects in enumerate(layout.units):
            if layout.dense[layer]:
                self._pictures.draw_column(painter, column_rect(rects), layer)
            else:
                for unit, rect in enumerate(rects):
                    self._pictures.draw(painter, rect, layer, unit)
        cursor = self.edit.edited or self.edit.cursor
        for place, colour in ((cursor, self._look.accent), (self._hovered, "")):
            if place is not None and (place.source is None or colour):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(
                    QPen(
                        QColor(colour or self._look.text),
                        sizes.CURSOR_LINE if colour else sizes.HOVER_LINE,
                    )
                )
                painter.drawRect(layout.units[place.layer][place.unit])
        for layer, rects in enumerate(layout.units[1:]):
            if not layout.dense[layer + 1]:
                for rect, bucket in zip(rects, self._bias_buckets[layer].tolist(), strict=True):
                    paint_bias(painter, rect, self._look, self._pens.colour(bucket))

    def sizeHint(self) -> QSize:
        """Return a size at which the report's network is at ease."""
        return QSize(*map(px, sizes.DIAGRAM))

    def minimumSizeHint(self) -> QSize:
        """Let the layout decide."""
        return QSize(*map(px, sizes.LEAST_DIAGRAM))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the diagram."""
        painter = QPainter(self)
        if self._frame is not None and self.network_layout is not None:
            paint_in_base_sizes(painter)
            self._paint(painter, self.network_layout)
        else:
            painter.fillRect(self.rect(), QColor(self._look.panel))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the diagram out again."""
        self._arrange()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look what the pointer is on."""
        self._pointer = base_point(event.position())
        if self.network_layout is not None:
            was_parameter = self._is_on_parameter()
            self._point_at(place_at(self.network_layout, self._pointer))
            if self._is_on_parameter():
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            elif was_parameter:
                self.unsetCursor()

    def _is_on_parameter(self) -> bool:
        return self._hovered is not None and self._hovered.layer > 0

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Edit the weight under the pointer, or the bias of the unit; elsewhere, edit no more."""
        super().mousePressEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self.network_layout is None:
            return
        place = place_at(self.network_layout, base_point(event.position()))
        if place is None:
            self.edit.close()
        else:
            self.edit.open_at(place, event.position())

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the cursor before they become shortcuts."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and self.hasFocus()
            and self.edit.claims(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor, or do with it what a key means."""
        cursor, layout = self.edit.cursor, self.network_layout
        anchor = (
            None
            if cursor is None or layout is None
            else anchor_of(layout, cursor) * self._look.factor
        )
        if not self.edit.press(event, anchor):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor, unless the focus went into the bubble, or will be back."""
        super().focusOutEvent(event)
        widget, reason = QApplication.focusWidget(), event.reason()
        is_inside = widget is not None and self.isAncestorOf(widget)
        if reason in TABS or not (is_inside or reason in COMES_BACK):
            self.edit.end()
