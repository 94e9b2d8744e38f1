"""Where a step is read: a panel on the stage, made when it is first opened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.diagnosis import Divergence
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selection
from mlpviz.gui.actions.step_check import Covered, StepCheck
from mlpviz.gui.actions.step_walk import StepWalk, Walked
from mlpviz.gui.actions.time_travel import TimeTravel
from mlpviz.gui.look.look import Look
from mlpviz.gui.window.focus import Focus
from mlpviz.gui.window.layout import Layout

if TYPE_CHECKING:
    from mlpviz.gui.views.step.step_panel import StepPanel


class StepDrawer(QObject):
    """Shows the panel of a step while one is taken apart.

    Parameters
    ----------
    runs, selection : whose step it is, and what is worked out of it
    time : goes to the step in which a number broke
    layout : where the panel lies, the diagram that shows the unit that is worked out, and the
        message with the button that asks where a number broke
    focus : is at home on the panel meanwhile
    """

    def __init__(
        self, runs: Runs, selection: Selection, time: TimeTravel, layout: Layout, focus: Focus
    ) -> None:
        super().__init__(runs)
        self._time = time
        self.walk = StepWalk(runs, selection, self)
        self.check = StepCheck(self.walk)
        self._stage, self._focus, self._notices = layout.stage, focus, runs.notices
        self._diagram = layout.network_view
        self._panel: StepPanel | None = None
        self._is_covering = False
        self._goes_on = False  # whether an answer was typed just now, and there is more to ask
        self.walk.turned.connect(self._turn)
        self.walk.changed.connect(self._show)
        self.check.changed.connect(self._cover)
        self.walk.place_meant.connect(self._diagram.edit.pin)
        layout.message_bar.where_pressed.connect(self._show_where)

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        if self._panel is not None:
            self._panel.set_look(look)

    @Slot(bool)
    def _turn(self, is_on: bool) -> None:
        if self._panel is None:
            self._panel = self._make()
        self._stage.show_step(self._panel if is_on else None)
        self._focus.lodge(self._panel.view if is_on else None)
        if not is_on:
            self._write_on_units()
            self._diagram.edit.unpin()

    @Slot(object)
    def _show(self, walked: Walked | None) -> None:
        if self._panel is not None:
            self._panel.show_walked(walked)
        self._write_on_units()

    @Slot(object)
    def _cover(self, covered: Covered) -> None:
        self._is_covering = bool(covered.hidden)
        self._write_on_units()

    def _write_on_units(self) -> None:
        """Write the numbers of the stage on the units, and marks where some are covered."""
        walked = self.walk.walked if self.walk.is_on else None
        texts = dict({} if walked is None else walked.page.on_units)
        if walked is not None and self._is_covering:
            layer = walked.page.place.layer
            texts |= {(layer, unit): "?" for unit in range(walked.trace.sizes[layer])}
        self._diagram.write_on_units(texts)

    @Slot(object)
    def _show_where(self, broken: Divergence) -> None:
        """Go to the step in which a number first was not finite, and to the stage."""
        # A loss breaks in a state; weights break on the way to it.
        epoch = broken.epoch if broken.weights_are_finite else broken.epoch - 1
        self._time.go_to(epoch)
        self.walk.begin_where(broken)

    @Slot(str)
    def _answer(self, text: str) -> None:
        """Judge an answer; the next one can be typed at once."""
        self.check.answer(text)
        self._goes_on = self.check.asks

    @Slot()
    def _leave_answer(self) -> None:
        goes_on, self._goes_on = self._goes_on, False
        if goes_on and self._panel is not None:
            self._panel.view.answer_input.setFocus()
        else:
            self._focus.go_home()

    @Slot(int)
    def _turn_page(self, by: int) -> None:
        if by > 0:
            self.walk.next()
        else:
            self.walk.back()

    @Slot(str)
    def _say_copied(self, line: str) -> None:
        self._notices.say(Message(tr("Copied: {line}", line=line)))

    def _make(self) -> "StepPanel":
        from mlpviz.gui.views.step.step_panel import StepPanel

        panel, walk = StepPanel(), self.walk
        panel.back_pressed.connect(walk.back)
        panel.next_pressed.connect(walk.next)
        panel.play_toggled.connect(walk.play)
        panel.closed.connect(walk.end)
        panel.digits_input.valueChanged.connect(walk.set_digits)
        panel.view.stage_chosen.connect(walk.go_to)
        panel.view.turned.connect(self._turn_page)
        check, view = self.check, panel.view
        check.changed.connect(view.show_covered)
        panel.cover_choice.chosen.connect(check.set_cover)
        view.number_pressed.connect(check.press)
        view.answered.connect(self._answer)
        view.answer_input.left.connect(self._leave_answer)
        panel.view.copied.connect(self._say_copied)
        walk.playing_changed.connect(panel.show_playing)
        self._focus.prepare(panel)
        return panel
