"""The network diagram: units with the pictures they make, and the weights between them.

The widget paints itself. It shows a frame and says what the pointer is on and what hands want
(`edit`, `shape_inputs`); it changes nothing.
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import Place, Unit
from mlpviz.experiment.words.messages import linear_words
from mlpviz.experiment.words.spoken import shape_words
from mlpviz.gui.look import sizes
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizing import base_point, base_rect, paint_in_base_sizes, px
from mlpviz.gui.views.diagram.hover import (
    anchor_of,
    paint_bubble,
    paint_cell,
    place_at,
    place_text,
)
from mlpviz.gui.views.diagram.input_units import InputColumn
from mlpviz.gui.views.diagram.layer_buttons import ShapeInputs
from mlpviz.gui.views.diagram.network_layout import (
    MAX_EDGES,
    NetworkLayout,
    edge_count,
)
from mlpviz.gui.views.diagram.painter import NetworkPainter
from mlpviz.gui.views.diagram.participants import Participants, is_there, participants_of_all
from mlpviz.gui.views.diagram.sample_values import SampleActivations, ShownState
from mlpviz.gui.views.diagram.unit_pictures import UnitPictures
from mlpviz.gui.views.diagram.weight_cursor import NetworkEdit

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
        self.sample_values = SampleActivations()
        self.input_column = InputColumn()
        self._words = ""
        self._written: tuple[str, ...] = ()  # of what is looked at
        self._shows_tints = False
        self._step_digits: int | None = None
        self.network_layout: NetworkLayout | None = None
        self._kept_free = 0.0  # below the units; 0 for what is usual
        self._hovered: Place | None = None
        self._lit: Place | None = None  # what is pointed at elsewhere
        self._stage_cast: Participants | None = None  # of the step that is taken apart
        self._told: tuple[Place, ...] = ()  # where it comes from what is pointed at in words
        self._pointer = QPointF()
        self.edit = NetworkEdit(self)
        self.edit.moved.connect(self._show_cursor)
        self.shape_inputs = ShapeInputs(self)
        self.set_look(current_look())

    def show_frame(self, frame: Frame) -> None:
        """Show the network of a frame."""
        before, self._frame = self._frame, frame
        is_other_shape = before is None or before.recipe.sizes != frame.recipe.sizes
        is_refrozen = before is None or before.recipe.frozen != frame.recipe.frozen
        has_moved = self.sample_values.take(frame)
        self.shape_inputs.features.take(frame)
        if self.input_column.take(frame) or is_other_shape:
            self._arrange()
            self.setAccessibleDescription(shape_words(frame.recipe))
            self.reshaped.emit(len(frame.recipe.hidden))
        was_finite = self._painter.is_finite
        has_moved |= self._painter.take(frame)
        says_other = was_finite != self._painter.is_finite  # at the foot
        self._describe()
        self.edit.show_frame(frame)
        before_written, self._written = self._written, self._write()
        if is_other_shape or is_refrozen or says_other:
            self.update()
        elif has_moved or self._written != before_written:
            # The foot stays as it is: what lies upon it would be painted anew as well.
            self.update(0, 0, self.width(), self.height() - px(self._foot))

    def offer(self, *, features: bool, layers: bool) -> None:
        """Let features be switched, and units added, in the diagram; or not."""
        self.shape_inputs.offers_features = features
        self.shape_inputs.offers_units = self.edit.offers_layers = layers
        self._arrange()
        self.update()

    @property
    def pictures(self) -> UnitPictures:
        """The pictures of the units of the frame that is shown."""
        return self._painter.pictures

    def keep_free(self, height: float) -> None:
        """Leave the foot, so high in base sizes, to what lies upon it; 0 to show the foot again."""
        if height != self._kept_free:
            self._kept_free = height
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

    def write_on_units(
        self,
        texts: Mapping[Unit, str],
        state: ShownState | None = None,
        marks: Mapping[Unit, str] | None = None,
    ) -> None:
        """Write these numbers on some units, and on the others what they give for the sample."""
        self.sample_values.write_instead(texts, state, marks)
        if self._frame is not None and self.sample_values.take(self._frame):
            self.update()

    def write_step(self, digits: int | None) -> None:
        """Write all with so many digits that count, for a step; None as usual, without one."""
        if digits != self._step_digits:
            self._step_digits = digits
            self._painter.numbers.set_digits(digits)
            self.sample_values.set_digits(digits)
            if self._frame is not None:
                self.sample_values.take(self._frame)
            self._describe()
            self.update()

    def _describe(self) -> None:
        if self._frame is None:
            return
        is_summary = edge_count(self._frame.recipe.sizes) > MAX_EDGES
        values = self.sample_values
        # In a step the numbers of the sample stand on the units, or are covered.
        of_sample = (values.words(),) if self._step_digits is None else values.short_words()[-1:]
        parts = ("".join(of_sample) or linear_words(self._frame), tr(SUMMARY) if is_summary else "")
        words = "   ".join(filter(None, parts))
        if words != self._words:
            self._words = words
            self.described.emit(words)

    def set_look(self, look: Look) -> None:
        """Take over the colours of a look."""
        self._look = look
        self._painter = NetworkPainter(look, self.input_column, self.sample_values)
        self._painter.shows_tints = self._shows_tints
        self._painter.numbers.set_digits(self._step_digits)
        self.shape_inputs.features.set_look(look)
        if self._frame is not None:
            self._painter.take(self._frame)
        if self.network_layout is not None:
            self._painter.arrange(self.network_layout)
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
    def _foot(self) -> float:
        """How high the foot is, and what lies upon it, in base sizes."""
        return max(sizes.FOOT_HEIGHT, self._kept_free)

    @property
    def _cast(self) -> Participants | None:
        """What takes part in what is looked at; None where nothing is."""
        if self._frame is None:
            return None
        stage, sizes = self._stage_cast, self._frame.recipe.sizes
        pointed_at = self.edit.edited or self._hovered or self._lit
        told = tuple(place for place in self._told if is_there(sizes, place))
        places = told or ((pointed_at,) if pointed_at is not None else ())
        if not places and stage is not None and stage.sizes == sizes:  # else it is of another run
            return stage
        if not places and self.edit.cursor is not None:
            places = (self.edit.cursor,)
        return participants_of_all(sizes, places) if places else None

    def _write(self) -> tuple[str, ...]:
        """Write what is looked at in numbers: they can change where no line and no picture does."""
        cast = self._cast
        return () if cast is None else (self._bubble_text(), *self._painter.numbers.of(cast))

    def _bubble_text(self) -> str:
        """Return what stands in the bubble; "" where there is none."""
        has_bubble = self._hovered is not None or not (self._lit or self.edit.is_pinned)
        return self.hover_text() if has_bubble else ""

    @property
    def place(self) -> Place | None:
        """What the pointer is on, here or elsewhere, else the cursor."""
        return self._hovered or self._lit or self.edit.cursor

    def light(self, place: Place | None) -> None:
        """Show what takes part in a unit that is pointed at elsewhere, on the map."""
        if place != self._lit:
            self._lit = place
            self.update()

    @Slot(object)
    def light_places(self, places: tuple[Place, ...]) -> None:
        """Show what takes part in the units and weights that are told of; none for no such."""
        if places != self._told:
            self._told = places
            self.update()

    def show_stage(self, cast: Participants | None) -> None:
        """Show what takes part in a stage of a step, while nothing is pointed at; None for none."""
        if cast != self._stage_cast:
            self._stage_cast = cast
            self.update()

    def show_tints(self, are_shown: bool) -> None:
        """Give the units of the first layer the colours of their lines on the map, or not."""
        if are_shown != self._shows_tints:
            self._shows_tints = self._painter.shows_tints = are_shown
            self.update()

    def _arrange(self) -> None:
        if self._frame is not None:
            room, free = base_rect(self), self._kept_free
            self.network_layout = self.input_column.lay_out(
                self._frame.recipe.sizes, room.width(), room.height(), free
            )
            self._painter.arrange(self.network_layout)
            self.sample_values.arrange(self.network_layout)
            self.sample_values.take(self._frame)
            self.shape_inputs.arrange(self.network_layout, self.height(), is_covered=free > 0.0)
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
        room, place, cast = base_rect(self), self.place, self._cast
        self._painter.paint(painter, self.size(), room, cast)
        for shown in (self.edit.edited or self.edit.cursor, self._hovered):
            if shown is not None and shown.source is not None and not layout.has_lines:
                paint_cell(painter, layout, shown, self._look.text)
        ringed = self.edit.edited or self.edit.cursor
        if ringed is not None and ringed.source is None:
            is_lit = cast is None or ringed[:2] in cast.units
            self._painter.paint_ring(painter, ringed, has_number=is_lit)
        text = self._bubble_text()
        if text:
            is_cursor = self._hovered is None and place is not None
            anchor = anchor_of(layout, place) if is_cursor and place else self._pointer
            above_foot = room.adjusted(0, 0, 0, -self._foot)
            units = cast.units if cast else frozenset()
            paint_bubble(painter, above_foot, self._look, text, anchor, layout, units)

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
        """Pin what is under the pointer, and edit a weight or a bias, but for one of a step."""
        super().mousePressEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self.network_layout is None:
            return
        pointer = base_point(event.position())
        place = place_at(self.network_layout, pointer)
        if place is None or place.layer == 0:
            self.edit.unpin()
        elif place.source is not None or self.network_layout.bias_at(pointer) is not None:
            self.edit.pin(place)
            if self._step_digits is None:  # else it is looked at: how the loss changes with it
                self.edit.open_at(place, event.position())
        else:
            self.edit.toggle_pin(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit the weight under the pointer, or the bias of the unit."""
        layout = self.network_layout
        place = None if layout is None else place_at(layout, base_point(event.position()))
        if place is not None and place.layer > 0:
            self.edit.pin(place)
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
            self.edit.leave()
