"""Paints the network diagram: all of it, or what takes part in one unit or weight."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from mlpviz.engine import Array
from mlpviz.engine.network import layer_views
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import Place, Unit
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import (
    CAPTION_ROW,
    FOOT_HEIGHT,
    HAIRLINE,
    RING_GAP,
    RING_LINE,
    THIN_LINE,
    TINT_LINE,
)
from mlpviz.gui.look.sizing import picture_scale
from mlpviz.gui.plots.label_pictures import MOST_NUMBERS, LabelPictures
from mlpviz.gui.plots.paper import is_on_paper
from mlpviz.gui.plots.unit_tints import unit_tint
from mlpviz.gui.views.diagram.captions import paint_captions
from mlpviz.gui.views.diagram.edge_numbers import EdgeNumbers
from mlpviz.gui.views.diagram.frozen_marks import paint_frozen
from mlpviz.gui.views.diagram.input_units import InputColumn
from mlpviz.gui.views.diagram.network_layout import NetworkLayout, bias_rect, column_rect
from mlpviz.gui.views.diagram.output_units import paint_outputs
from mlpviz.gui.views.diagram.participants import Participants
from mlpviz.gui.views.diagram.pens import Buckets, Pens, weight_buckets
from mlpviz.gui.views.diagram.sample_values import SampleActivations
from mlpviz.gui.views.diagram.unit_pictures import CORNER_SHARE, UnitPictures
from mlpviz.gui.views.diagram.weight_scale import paint_scale

DIMMED = 0.15  # what is left of all that takes no part
AntiAlias = QPainter.RenderHint.Antialiasing


class NetworkPainter:
    """Knows a frame, a layout and a look, and paints them.

    Parameters
    ----------
    look : its colours
    inputs : knows what the inputs are
    sample : knows what the units give for the sample that is selected
    """

    def __init__(self, look: Look, inputs: InputColumn, sample: SampleActivations) -> None:
        self._look = look
        self._inputs, self._sample = inputs, sample
        self._pens, self.pictures = Pens(look), UnitPictures(look)
        self._labels = LabelPictures(MOST_NUMBERS)
        self._labels.set_look(look)
        self.numbers = EdgeNumbers(self._labels)
        self._veil = QColor(look.panel)
        self._veil.setAlphaF(1.0 - DIMMED)
        self.shows_tints = False  # whether units of the first layer have the colours of their lines
        self.is_finite = True  # whether any weight is a number
        self._frame: Frame | None = None
        self._layout: NetworkLayout | None = None
        self._weights: list[Array] = []
        self._buckets: Buckets = np.zeros(0, np.intp)  # a pen per parameter
        self._weight_buckets: list[Buckets] = []
        self._bias_buckets: list[Buckets] = []
        self._ground = QPixmap()  # all that lies below the units
        self._ground_key = self._edges_key = b""  # the edges in it, and those painted last
        self._words = QPixmap()  # what of it does not change while a network is trained
        self._words_key: tuple[object, ...] = ()
        self._frames = QPixmap()  # what of the units does not change while a network is trained
        self._frames_key: tuple[object, ...] = ()

    def take(self, frame: Frame) -> bool:
        """Take over a frame; return whether anything looks otherwise than before."""
        before = self._buckets.tobytes()
        self._frame = frame
        self.is_finite = bool(np.isfinite(frame.parameters).any())
        self._weights = frame.layers()[0]
        self._buckets = weight_buckets(frame.parameters)
        self._weight_buckets, self._bias_buckets = layer_views(self._buckets, frame.recipe.sizes)
        have_pictures_moved = self.pictures.take(frame)
        are_others = self.numbers.take(self._weights)
        return have_pictures_moved or are_others or before != self._buckets.tobytes()

    def arrange(self, layout: NetworkLayout) -> None:
        """Paint with this layout from now on."""
        self._layout = layout
        self._ground_key, self._words_key, self._frames_key = b"", (), ()
        self.numbers.arrange(layout)

    def paint(
        self, painter: QPainter, size: QSize, room: QRectF, cast: Participants | None
    ) -> None:
        """Paint the diagram.

        Parameters
        ----------
        size : of the widget, in logical pixels
        room : the same in base sizes
        cast : what takes part in what is looked at; None where nothing is
        """
        frame, layout = self._frame, self._layout
        assert frame is not None
        assert layout is not None
        painter.setRenderHint(AntiAlias)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_ground(painter, size, room)
        if cast is None:
            self.numbers.paint_all(painter)
        self._paint_all_units(painter, size)
        paint_frozen(painter, layout, self._look, frame.recipe.sizes, frame.recipe.frozen)
        if cast is None:
            self._sample.paint(painter, layout, self._labels)
        else:
            self._paint_spotlight(painter, room, cast)

    def paint_ring(self, painter: QPainter, place: Place, *, has_number: bool) -> None:
        """Paint a ring around a unit, with a gap: the cursor of the keys, or what is pinned.

        Parameters
        ----------
        has_number : whether what the unit gives stands on it
        """
        assert self._layout is not None
        unit = self._layout.units[place.layer][place.unit]
        ring = unit.adjusted(-RING_GAP, -RING_GAP, RING_GAP, RING_GAP)
        radius = CORNER_SHARE * unit.width() + RING_GAP
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((self._look.panel, RING_LINE + 2.0), (self._look.accent, RING_LINE)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRoundedRect(ring, radius, radius)
        if has_number:  # it may be wider than its unit: the ring goes below it
            self._sample.paint(painter, self._layout, self._labels, frozenset({place[:2]}))

    def _paint_ground(self, painter: QPainter, size: QSize, room: QRectF) -> None:
        """Paint edges and words: as a picture, while both stay as they are.

        Wide smooth lines take most of the time that a diagram takes. They have one pen per
        bucket of weights, so that a network which hardly moves hardly changes them. Edges that
        change with every frame are painted straight away: to keep them would take time as well.
        """
        assert self._frame is not None
        assert self._layout is not None
        if is_on_paper():
            painter.fillRect(room, QColor(self._look.panel))
            self._paint_words(painter, room)
            self._paint_edges(painter)
            return
        # Above as many edges as are drawn as lines, the weights themselves are the picture.
        state = self._buckets if self._layout.has_lines else self._frame.parameters
        scale = picture_scale(painter)
        words_key = (size.toTuple(), scale, self.is_finite, self._frame.recipe)
        if words_key != self._words_key:
            self._words_key, self._ground_key = words_key, b""
            self._words = self._empty_picture(painter, size)
            self._words.fill(self._look.panel)
            inner = QPainter(self._words)
            self._paint_words(inner, room)
            inner.end()
        before, self._edges_key = self._edges_key, state.tobytes()
        if self._edges_key == self._ground_key:
            painter.drawPixmap(0, 0, self._ground)
        elif self._edges_key == before:
            self._ground_key = self._edges_key
            self._ground = self._words.copy()
            inner = QPainter(self._ground)
            inner.setRenderHint(AntiAlias)
            self._paint_edges(inner)
            inner.end()
            painter.drawPixmap(0, 0, self._ground)
        else:
            painter.drawPixmap(0, 0, self._words)
            self._paint_edges(painter)

    def _empty_picture(self, painter: QPainter, size: QSize) -> QPixmap:
        """Return a picture as large as the widget, and as sharp as the screen."""
        picture = QPixmap(size * painter.device().devicePixelRatioF())
        picture.setDevicePixelRatio(picture_scale(painter))
        return picture

    def _paint_edges(self, painter: QPainter) -> None:
        """Paint all edges, and a frame around the layers whose units touch."""
        assert self._layout is not None
        for block in range(len(self._layout.blocks)):
            self._paint_block(painter, block)
        painter.setPen(QPen(QColor(self._look.quiet), THIN_LINE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rects, is_dense in zip(self._layout.units, self._layout.dense, strict=True):
            if is_dense:
                painter.drawRect(column_rect(rects))

    def _paint_words(self, painter: QPainter, room: QRectF) -> None:
        """Paint the names, the captions and the scale: to write takes as long as all the edges."""
        assert self._frame is not None
        assert self._layout is not None
        painter.setRenderHint(AntiAlias)
        self._inputs.paint(painter, self._layout, self._look)
        paint_outputs(painter, self._layout, self._look, self._frame.recipe)
        paint_captions(painter, self._layout, self._look, room.width())
        paint_scale(painter, room, self._look, self._pens, is_finite=self.is_finite)

    def _paint_block(
        self, painter: QPainter, number: int, edges: Iterable[int] | None = None
    ) -> None:
        """Paint the edges between two layers, or some of them.

        Parameters
        ----------
        edges : by their numbers in W, row by row; None for all
        """
        assert self._layout is not None
        block, weights = self._layout.blocks[number], self._weights[number]
        if self._layout.has_lines:
            buckets = self._weight_buckets[number].ravel().tolist()
            chosen = range(len(buckets)) if edges is None else edges
            self._pens.draw_lines(painter, [(buckets[i], block.lines[i]) for i in chosen])
            return
        painter.save()
        if edges is not None:
            cells = QPainterPath()
            for edge in edges:
                cells.addRect(self._layout.cell(number, *divmod(edge, weights.shape[1])))
            painter.setClipPath(cells)
        if not np.isfinite(weights).all():
            painter.fillRect(block.image, self.pictures.hatch)
        self._pens.draw_image(painter, block.image, weights)
        painter.restore()

    def _paint_all_units(self, painter: QPainter, size: QSize) -> None:
        """Paint all units with their biases: what changes, and then what is kept as a picture."""
        assert self._frame is not None
        assert self._layout is not None
        layers = list(enumerate(zip(self._layout.units, self._layout.dense, strict=True)))[1:]
        loose = {
            (layer, unit): rect
            for layer, (rects, is_dense) in layers
            if not is_dense
            for unit, rect in enumerate(rects)
        }
        for layer, (rects, is_dense) in layers:
            if is_dense:
                self.pictures.draw_column(painter, column_rect(rects), layer)
        self.pictures.draw(painter, loose)
        self._paint_all_frames(painter, size)
        self._paint_biases(painter, loose)

    def _paint_all_frames(self, painter: QPainter, size: QSize) -> None:
        """Paint what is around the units: as a picture, while it stays as it is."""
        assert self._frame is not None
        if is_on_paper():
            self._paint_frames(painter)
            return
        recipe, scale = self._frame.recipe, picture_scale(painter)
        key = (size.toTuple(), scale, self.shows_tints, recipe, self._frame.box)
        if key != self._frames_key:
            self._frames_key = key
            self._frames = self._empty_picture(painter, size)
            self._frames.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._frames)
            self._paint_frames(inner)
            inner.end()
        painter.drawPixmap(0, 0, self._frames)

    def _paint_frames(self, painter: QPainter) -> None:
        """Paint what is around the units, and the pictures of the inputs, which stay."""
        assert self._layout is not None
        painter.setRenderHint(AntiAlias)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_units(painter, {(0, unit) for unit in range(len(self._layout.units[0]))})
        for layer, (rects, is_dense) in enumerate(
            zip(self._layout.units, self._layout.dense, strict=True)
        ):
            for unit, rect in enumerate(rects if layer > 0 and not is_dense else ()):
                self._paint_frame(painter, rect, (layer, unit))

    def _paint_units(self, painter: QPainter, units: Collection[Unit]) -> None:
        """Paint some units with their biases."""
        assert self._layout is not None
        loose: dict[Unit, QRectF] = {}
        for layer, rects in enumerate(self._layout.units):
            chosen = [unit for unit in range(len(rects)) if (layer, unit) in units]
            if self._layout.dense[layer]:
                self._paint_column(painter, layer, chosen)
            else:
                loose |= {(layer, unit): rects[unit] for unit in chosen}
        self.pictures.draw(painter, loose)
        for unit, rect in loose.items():
            self._paint_frame(painter, rect, unit)
        self._paint_biases(painter, loose)

    def _paint_frame(self, painter: QPainter, rect: QRectF, unit: Unit) -> None:
        """Paint the frame of a unit, and the ground of its bias."""
        self.pictures.draw_frame(painter, rect)
        self._paint_tint(painter, rect, unit)
        if unit[0] > 0:
            square = bias_rect(rect)
            rim = square.adjusted(-HAIRLINE, -HAIRLINE, HAIRLINE, HAIRLINE)
            painter.fillRect(rim, QColor(self._look.panel))

    def _paint_tint(self, painter: QPainter, rect: QRectF, unit: Unit) -> None:
        """Paint the outline of a unit in the colour that its line has upon the map."""
        assert self._frame is not None
        tint = unit_tint(self._look, self._frame.recipe, unit) if self.shows_tints else None
        if tint is not None:
            radius = CORNER_SHARE * rect.width()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tint), TINT_LINE))
            painter.drawRoundedRect(rect, radius, radius)

    def _paint_column(self, painter: QPainter, layer: int, chosen: Sequence[int]) -> None:
        """Paint some units of a layer whose units touch."""
        assert self._layout is not None
        rects = self._layout.units[layer]
        painter.save()
        for unit in chosen:
            painter.setClipRect(rects[unit])
            self.pictures.draw_column(painter, column_rect(rects), layer)
        painter.restore()

    def _paint_biases(self, painter: QPainter, units: Mapping[Unit, QRectF]) -> None:
        """Paint the biases of units, each a small square at the corner of its unit."""
        # Plain rectangles: the fastest thing there is, and there can be dozens.
        for (layer, unit), rect in units.items():
            if layer > 0:
                colour = self._pens.colour(int(self._bias_buckets[layer - 1][unit]))
                painter.fillRect(bias_rect(rect), colour)

    def _paint_spotlight(self, painter: QPainter, room: QRectF, cast: Participants) -> None:
        """Dim everything between captions and foot, and paint what takes part upon it."""
        assert self._frame is not None
        assert self._layout is not None
        network = room.adjusted(0, CAPTION_ROW + 2 * HAIRLINE, 0, -FOOT_HEIGHT)
        painter.fillRect(network, self._veil)
        for block, edges in enumerate(cast.edges):
            if edges:
                self._paint_block(painter, block, edges)
        self.numbers.paint_cast(painter, cast)
        self._paint_units(painter, cast.units)
        self._inputs.paint(painter, self._layout, self._look, cast.units)
        paint_outputs(painter, self._layout, self._look, self._frame.recipe, cast.units)
        recipe = self._frame.recipe
        positions = cast.positions(recipe.sizes)
        frozen = [position for position in recipe.frozen if position in positions]
        paint_frozen(painter, self._layout, self._look, recipe.sizes, frozen)
        self._sample.paint(painter, self._layout, self._labels, cast.units)
