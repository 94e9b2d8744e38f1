"""Where a step is read: a panel on the stage, made when it is first opened."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Slot

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.diagnosis import Divergence
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.messages import Message
from mlpviz.experiment.words.step_pages import numbers_on_units
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Part, Selection
from mlpviz.gui.actions.time_travel import TimeTravel
from mlpviz.gui.look.look import Look
from mlpviz.gui.views.diagram.participants import participants_in_stage
from mlpviz.gui.window.focus import Focus
from mlpviz.gui.window.layout import Layout

if TYPE_CHECKING:
    from mlpviz.gui.actions.step_check import StepCheck
    from mlpviz.gui.actions.step_cover import Covered
    from mlpviz.gui.actions.step_walk import StepWalk, Walked
    from mlpviz.gui.views.step.step_panel import StepPanel


class _Made(NamedTuple):
    walk: "StepWalk"
    check: "StepCheck"
    panel: "StepPanel"


class StepDrawer(QObject):
    """Shows the panel of a step while one is taken apart.

    Parameters
    ----------
    runs, selection : whose step it is, and what is worked out of it
    time : goes to the step in which a number broke
    layout : where the panel lies, the diagram that shows the unit that is worked out, and the
        message with the button that asks where a number broke
    focus : is at home on the panel meanwhile

    What is pinned when the step begins is pinned again when it ends, whatever it showed meanwhile.
    """

    def __init__(
        self, runs: Runs, selection: Selection, time: TimeTravel, layout: Layout, focus: Focus
    ) -> None:
        super().__init__(runs)
        self._runs, self._selection, self._time = runs, selection, time
        self._stage, self._focus, self._diagram = layout.stage, focus, layout.network_view
        self._made: _Made | None = None
        self._pinned: Part | None = None  # before the step, which pins what it works out
        self._goes_on = False  # whether an answer was typed just now, and there is more to ask
        layout.message_bar.where_pressed.connect(self._show_where)

    @property
    def walk(self) -> "StepWalk":
        """The way through the stages."""
        return self._parts().walk

    @property
    def is_on(self) -> bool:
        """Whether a step is taken apart."""
        return self._selection.value.has_step

    @Slot()
    def toggle(self) -> None:
        """Take a step apart, or no longer."""
        self._note_pinned()
        self.walk.toggle()

    def end(self) -> bool:
        """Take no step apart any more; return whether one was."""
        return self.is_on and self.walk.end()

    def show_update(self, update: Update) -> None:
        """Follow the state that is shown."""
        if self._made is not None:
            self._made.walk.show_update(update)

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        if self._made is not None:
            self._made.panel.set_look(look)

    def stop(self) -> None:
        """End what is computed in the background, before the window goes."""
        if self._made is not None:
            self._made.check.stop()
            self._made.walk.stop()

    @Slot(bool)
    def _turn(self, is_on: bool) -> None:
        panel = self._parts().panel
        self._stage.show_step(panel if is_on else None)
        self._focus.lodge(panel.view if is_on else None)
        if not is_on:
            self._diagram.light_places(())
            self._diagram.show_stage(None)
            self._diagram.write_on_units({})
            self._diagram.write_step(None)
            self._diagram.edit.unpin()
            self._pin_again()

    def _note_pinned(self) -> None:
        if not self.is_on:
            part = self._selection.value.part
            is_pinned = part is not None and self._focus.diagrams[part.side].edit.is_pinned
            self._pinned = part if is_pinned else None

    def _pin_again(self) -> None:
        if self._pinned is not None and self._selection.has_part(self._pinned):
            self._focus.diagrams[self._pinned.side].edit.pin(self._pinned.place)
        self._pinned = None

    @Slot(object)
    def _show(self, covered: "Covered") -> None:
        """Show the stage, and its numbers on the units, or marks where some are covered."""
        walked = self.walk.walked
        self._parts().panel.show_walked(walked, covered, is_coming=self.walk.is_coming)
        if self.is_on:
            self._write_on_diagram(walked, covered)

    def _write_on_diagram(self, walked: "Walked | None", covered: "Covered") -> None:
        """Write the numbers of the step on units and edges: with the same digits, if they fit."""
        diagram, digits = self._diagram, self.walk.digits
        diagram.write_step(digits)
        if walked is None:
            diagram.write_on_units({})
            diagram.show_stage(None)
            return
        place = walked.page.place
        diagram.show_stage(participants_in_stage(walked.trace.sizes, walked.stage, place))
        fitting = diagram.sample_values.digits or digits
        texts = numbers_on_units(walked.trace, walked.stage, walked.row, fitting)
        state = walked.frame.run_number, walked.frame.position
        diagram.write_on_units(texts, state, covered.units)

    @Slot(object)
    def _show_where(self, broken: Divergence) -> None:
        """Go to the step in which a number first was not finite, and to the stage."""
        # A loss breaks in a state; weights break on the way to it.
        epoch = broken.epoch if broken.weights_are_finite else broken.epoch - 1
        self._note_pinned()
        self._time.go_to(epoch)
        if broken.spot is not None:
            self.walk.begin_where(broken.spot)

    @Slot(str)
    def _answer(self, text: str) -> None:
        """Judge an answer; the next one can be typed at once."""
        check = self._parts().check
        check.answer(text)
        self._goes_on = check.asks

    @Slot()
    def _leave_answer(self) -> None:
        goes_on, self._goes_on = self._goes_on, False
        _, check, panel = self._parts()
        if goes_on:
            panel.view.answer.input.setFocus()
        elif check.can_go_on:
            panel.view.answer.go_on_button.setFocus()
        else:
            self._focus.go_home()

    @Slot()
    def _show_line(self) -> None:
        """Show how the number is worked out; the next one can be typed at once."""
        check = self._parts().check
        check.show_line()
        self._goes_on = check.asks
        self._leave_answer()

    @Slot()
    def _go_on(self) -> None:
        """Go to the next rung of practice; its first number can be typed at once."""
        check = self._parts().check
        check.go_on()
        self._goes_on = check.asks
        self._leave_answer()

    @Slot(int)
    def _turn_page(self, by: int) -> None:
        if by > 0:
            self.walk.next()
        else:
            self.walk.back()

    @Slot(str)
    def _say_copied(self, line: str) -> None:
        self._runs.notices.say(Message(tr("Copied: {line}", line=line)))

    def _parts(self) -> _Made:
        """Make all of it when it is first asked for: the first picture need not wait for it."""
        if self._made is None:
            self._made = self._make()
            self._made.walk.show_update(self._runs.latest)
        return self._made

    def _make(self) -> _Made:
        from mlpviz.gui.actions.step_check import StepCheck
        from mlpviz.gui.actions.step_walk import StepWalk
        from mlpviz.gui.views.step.step_panel import StepPanel

        walk, panel = StepWalk(self._runs, self._selection, self), StepPanel()
        check, view = StepCheck(walk, self._selection, self._runs), panel.view
        walk.turned.connect(self._turn)
        walk.unit_meant.connect(self._diagram.edit.pin)
        walk.playing_changed.connect(panel.show_playing)
        check.changed.connect(self._show)  # after each change of the page, too
        panel.back_pressed.connect(walk.back)
        panel.next_pressed.connect(walk.next)
        panel.play_toggled.connect(walk.play)
        panel.pace_chosen.connect(walk.set_pace)
        panel.closed.connect(walk.end)
        panel.digits_input.valueChanged.connect(walk.set_digits)
        panel.cover_choice.chosen.connect(check.set_cover)
        view.stage_chosen.connect(walk.go_to)
        view.turned.connect(self._turn_page)
        view.batch_toggled.connect(walk.show_batch)
        view.number_pressed.connect(check.press)
        view.answer.answered.connect(self._answer)
        view.answer.line_wanted.connect(self._show_line)
        view.answer.input.left.connect(self._leave_answer)
        view.answer.go_on_pressed.connect(self._go_on)
        view.pointed_at.connect(self._diagram.light_places)
        view.copied.connect(self._say_copied)
        self._focus.prepare(panel)
        return _Made(walk, check, panel)
