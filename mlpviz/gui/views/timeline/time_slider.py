"""The slider of the timeline: which epoch is looked at, how far the run is, and its marks."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QSlider, QToolTip

from mlpviz.experiment.language import tr
from mlpviz.experiment.words.formats import epoch_text
from mlpviz.gui.actions.time_marks import TimeMark
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import LEAST_SLIDER, LOW_TIMELINE
from mlpviz.gui.look.sizing import base_point, base_rect, paint_in_base_sizes, px
from mlpviz.gui.parts.plain_widgets import plain_tooltip
from mlpviz.gui.parts.pointer_slider import PointerSlider
from mlpviz.gui.views.timeline.time_axis import PlacedName, TimeAxis, axis_for, mark_at
from mlpviz.gui.views.timeline.time_painter import Shown, TimePainter

MOST_EPOCHS = 2**31 - 1  # a slider of Qt counts no farther


class TimeSlider(PointerSlider):
    """Its value is the epoch looked at, its maximum the one that the run has come to.

    It paints itself: the epochs trained are a part of an axis that ends at a round number.
    """

    mark_chosen = Signal(object)  # TimeMark

    def __init__(self) -> None:
        super().__init__("timeline_slider", tr("Epoch shown"))
        self.setRange(0, 0)
        self.setToolTip(  # F1 says it; what the pointer is on is said by `event`
            tr(
                "The time of the run. Drag the handle to any epoch that is trained; "
                "a mark is gone to by a click."
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._painter = TimePainter()
        self._shown = Shown()
        self._pressed_on_mark: QPointF | None = None  # where, as long as it is not dragged
        self._painted: object = None  # what is on the screen, to a quarter of a pixel

    @property
    def axis(self) -> TimeAxis:
        """Where the epochs lie."""
        return axis_for(base_rect(self).width(), self._shown.live)

    @property
    def marks(self) -> Sequence[TimeMark]:
        """The marks, in the order of their positions."""
        return self._painter.marks

    @property
    def names(self) -> tuple[PlacedName, ...]:
        """The names of marks, where they were painted last."""
        return self._painter.names

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._painter.set_look(look)
        self.update()

    def set_marks(self, marks: Sequence[TimeMark]) -> None:
        """Take over the marks."""
        self._painter.set_marks(marks)
        self.update()

    def show_time(self, shown: Shown) -> None:
        """Show where one is in time, without announcing it."""
        self._shown = shown
        with QSignalBlocker(self):
            self.setMaximum(min(shown.live, MOST_EPOCHS))
            self.setValue(min(shown.epoch, MOST_EPOCHS))
        painted = self._painter.places(shown, self.axis)
        if painted != self._painted:
            self._painted = painted
            self.update()

    def mark_at(self, place: QPointF) -> TimeMark | None:
        """Return the mark at a place of the slider: its tick, or its name."""
        place = base_point(place)
        named = self._painter.mark_named_at(place)
        return named or mark_at(place.x(), self.marks, self.axis)

    def words_at(self, place: QPointF) -> str:
        """Say what is at a place: a mark, or an epoch; "" beyond what is trained."""
        mark = self.mark_at(place)
        if mark is not None:
            return mark.sentence
        epoch = max(0, self.axis.epoch(base_point(place).x()))
        return tr("Epoch {epoch}", epoch=epoch_text(epoch)) if epoch <= self._shown.live else ""

    def sizeHint(self) -> QSize:
        """Be as wide as there is room."""
        return QSize(px(LEAST_SLIDER), px(LOW_TIMELINE))

    def minimumSizeHint(self) -> QSize:
        """Be as small as a slider can be."""
        return self.sizeHint()

    def sliderChange(self, change: QSlider.SliderChange) -> None:
        """Leave it to `show_time` when to paint."""

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.words_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to a mark, or to the epoch under the pointer; the handle can be dragged from there."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        mark = self.mark_at(event.position())
        if mark is None:
            self._go_to(event.position())
        else:
            self._pressed_on_mark = event.position()
            self.mark_chosen.emit(mark)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the handle along; a click on a mark that shakes a little stays one."""
        if not self.isSliderDown():
            return
        if self._pressed_on_mark is not None:
            way = (event.position() - self._pressed_on_mark).manhattanLength()
            if way < QApplication.startDragDistance():
                return
        self._pressed_on_mark = None
        self._go_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the handle."""
        self._pressed_on_mark = None
        self.setSliderDown(False)

    def _go_to(self, place: QPointF) -> None:
        self.setValue(min(max(0, self.axis.epoch(base_point(place).x())), self.maximum()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_in_base_sizes(painter)
        self._painter.paint(painter, base_rect(self), self._shown, self.axis)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the marks out again."""
        super().resizeEvent(event)
        self.update()
