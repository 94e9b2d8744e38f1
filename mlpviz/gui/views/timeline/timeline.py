"""The timeline: a slim bar with the time of the runs, and the way back to the present."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.time_words import time_words
from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.actions.own_marks import LONGEST_NAME
from mlpviz.gui.actions.time_marks import TimeMark
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import (
    GAP,
    HAIRLINE,
    LIVE_BUTTON,
    LOW_TIMELINE,
    SPACE,
    TIME_NAME_INPUT,
    TIMELINE,
)
from mlpviz.gui.look.sizing import at_least, fix, lay, px
from mlpviz.gui.parts.action_button import action_button
from mlpviz.gui.parts.line_input import LineInput
from mlpviz.gui.views.timeline.time_painter import Shown
from mlpviz.gui.views.timeline.time_slider import TimeSlider


class Timeline(QFrame):
    """Shows where in time one is, and announces where somebody wants to go."""

    epoch_wanted = Signal(int)
    mark_wanted = Signal(object)  # TimeMark
    live_pressed = Signal()
    whole_run_pressed = Signal()
    mark_named = Signal(object, str)  # TimeMark, and its new name
    left = Signal()  # the field for a name has no more use for the focus

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.setAccessibleName(tr("Timeline"))
        self._shown = Shown()
        self._update = Update((), is_playing=False)
        self._wish: Position | None = None
        self._named: TimeMark | None = None  # that is getting another name
        self.slider = TimeSlider()
        self.live_button = action_button(ACTIONS["live"])
        self.live_button.setEnabled(False)
        at_least(self.live_button, width=LIVE_BUTTON)
        self.whole_run_button = action_button(ACTIONS["whole_run"])
        self.whole_run_button.hide()  # as long as there is nothing to be seen of it
        row = QHBoxLayout(self)
        lay(row, GAP, (SPACE, HAIRLINE, SPACE, HAIRLINE))
        row.addWidget(self.slider, stretch=1)
        row.addWidget(self.live_button)
        row.addWidget(self.whole_run_button)
        self._make_name_input()
        self.be_low(False)
        self.slider.valueChanged.connect(self.epoch_wanted)
        self.slider.mark_chosen.connect(self.mark_wanted)
        self.live_button.clicked.connect(self.live_pressed)
        self.whole_run_button.clicked.connect(self.whole_run_pressed)
        self.set_look(current_look())

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self.slider.set_look(look)

    def be_low(self, is_low: bool) -> None:
        """Leave out the names of the marks, and take less room for it; or give it back to them."""
        fix(self, height=LOW_TIMELINE if is_low else TIMELINE)

    def show_update(self, update: Update) -> None:
        """Show how far the runs are."""
        self._update = update
        self._show()

    def look_at(self, wish: Position | None) -> None:
        """Show which moment is looked for, even before it is found; None for the present one."""
        self._wish = wish
        self._show()

    def show_marks(self, marks: Sequence[TimeMark]) -> None:
        """Show these marks."""
        self.slider.set_marks(marks)

    def ask_name(self, mark: TimeMark) -> None:
        """Let somebody type another name for a mark."""
        self._named = mark
        field, slider = self.name_input, self.slider.geometry()
        width, x = field.minimumWidth(), slider.x() + px(self.slider.axis.x(mark.position.epoch))
        left = min(max(slider.left(), x - width // 2), slider.right() - width)
        field.setGeometry(QRect(left, 0, width, self.height()))
        field.show_text(mark.name)
        field.selectAll()
        field.show()
        field.raise_()
        field.setFocus()

    def _make_name_input(self) -> None:
        self.name_input = LineInput("mark_name_input", tr("Name of the mark"))
        self.name_input.setPlaceholderText(tr("empty: remove the mark"))
        self.name_input.setMaxLength(LONGEST_NAME)
        self.name_input.setParent(self)
        self.name_input.hide()
        fix(self.name_input, width=TIME_NAME_INPUT)
        self.name_input.taken.connect(self._take_name)
        self.name_input.left.connect(self._close_name)

    def _show(self) -> None:
        if not self._update.frames:
            return
        live = self._update.frames[0].live.epoch
        is_past = self._wish is not None
        epoch = live if self._wish is None else min(self._wish.epoch, live)
        shown = Shown(epoch, live, is_past, self._update.share_found if is_past else None)
        if shown == self._shown:
            return
        self._shown = shown
        self.slider.show_time(shown)
        self.slider.setAccessibleDescription(time_words(epoch, live, is_past=is_past))
        if self.live_button.isEnabled() != is_past:
            self.live_button.setEnabled(is_past)
        if self.whole_run_button.isHidden() == (live > 0):
            self.whole_run_button.setVisible(live > 0)

    @Slot(str)
    def _take_name(self, name: str) -> None:
        if self._named is not None:
            self.mark_named.emit(self._named, name)

    @Slot()
    def _close_name(self) -> None:
        self.name_input.hide()
        self.left.emit()
