"""The panel of a step: the stage that is read, and what leads from one to the next."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent

from mlpviz.experiment.language import tr
from mlpviz.experiment.words.step_numbers import LEAST_DIGITS, MOST_DIGITS, USUAL_DIGITS
from mlpviz.gui.actions.step_cover import COVERS, Covered
from mlpviz.gui.actions.step_walk import Walked
from mlpviz.gui.look.icons import icon
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import GAP
from mlpviz.gui.look.sizing import px
from mlpviz.gui.parts.inputs import Choice, WholeInput, tool_button
from mlpviz.gui.parts.panel import Panel
from mlpviz.gui.parts.plain_widgets import PlainLabel, plain_tooltip
from mlpviz.gui.views.step.play_button import PlayButton
from mlpviz.gui.views.step.step_view import StepView

LONGEST_COVER = 6  # letters for which there is room in any case


class StepPanel(Panel):
    """Shows a step stage by stage, and says where somebody wants to go."""

    back_pressed = Signal()
    next_pressed = Signal()
    play_toggled = Signal(bool)
    pace_chosen = Signal(int)  # seconds that a stage is shown while they are played
    closed = Signal()

    def __init__(self) -> None:
        view = StepView()
        digits = WholeInput(
            "step_digits_input", tr("Digits of each number"), LEAST_DIGITS, MOST_DIGITS
        )
        back = tool_button("step_back_button", "‹", tr("Stage before"), key="PgUp")
        play = PlayButton()
        onward = tool_button("step_next_button", "›", tr("Next stage"), key="PgDown")
        close = tool_button("step_close_button", "✕", tr("Close"), key="Esc")
        cover = _cover_choice()
        labels = PlainLabel(tr("cover")), PlainLabel(tr("digits"))
        # Without a heading: the stage below has one, and the tools need the width.
        inputs = labels[0], cover, labels[1], digits
        super().__init__("", view, *inputs, back, play, onward, close)
        for label in labels:
            label.setProperty("role", "field")
        self.heading.hide()
        self._words, self.cover_choice = labels, cover
        self.view, self.digits_input = view, digits
        self.back_button, self.play_button, self.next_button = back, play, onward
        self.close_button = close
        digits.setValue(USUAL_DIGITS)
        digits.setToolTip(tr("How many digits of each number are shown"))
        self.back_button.clicked.connect(self.back_pressed)
        self.next_button.clicked.connect(self.next_pressed)
        self.play_button.toggled.connect(self.play_toggled)
        self.play_button.pace_chosen.connect(self.pace_chosen)
        self.close_button.clicked.connect(self.closed)
        self.set_look(current_look())

    def show_walked(
        self, walked: Walked | None, covered: Covered, *, is_coming: bool = False
    ) -> None:
        """Show a stage, some of its numbers covered; None where the state has no step.

        Parameters
        ----------
        is_coming : of none, whether it is still on its way
        """
        self.view.show_walked(walked, covered, is_coming=is_coming)
        self.cover_choice.choose(covered.cover)
        number, count = (0, 0) if walked is None else (walked.number, len(walked.stages))
        self.back_button.setEnabled(number > 0)
        self.next_button.setEnabled(number < count - 1)
        self.play_button.setEnabled(count > 0)

    @Slot(bool)
    def show_playing(self, is_playing: bool) -> None:
        """Show whether one stage follows the other by itself."""
        self.play_button.setChecked(is_playing)
        self._show_icon()

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self.view.set_look(look)
        self._show_icon()
        self._fit_tools()

    def _fit_tools(self) -> None:
        """Leave out what stands beside the inputs where there is no room, and then the digits."""
        margins = self.contentsMargins() + self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        least, words = (
            sum(part.sizeHint().width() + px(GAP) for part in parts)
            for parts in (self.tools, self._words)
        )
        for label in self._words:
            label.setVisible(least <= room)
        self.digits_input.setVisible(least - words <= room)

    def _show_icon(self) -> None:
        is_playing = self.play_button.isChecked()
        colour = self._look.accent_text if is_playing else self._look.text
        self.play_button.setIcon(icon("pause" if is_playing else "play", colour))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the tools to the width."""
        super().resizeEvent(event)
        self._fit_tools()


def _cover_choice() -> Choice:
    """Make the choice of what is covered."""
    cover = Choice("step_cover_choice", tr("Cover"), {k: tr(w) for k, w in COVERS.items()})
    cover.setMinimumContentsLength(LONGEST_COVER)
    cover.setToolTip(
        plain_tooltip(
            tr(
                "Cover numbers, and compute them yourself; a click covers one, too. Results: "
                "those of the lines. A layer: what this stage makes of it, in all its units. "
                "All: on the page also what comes from earlier stages. Practice: a worked "
                "stage first, then with one blank, two, and all, on other samples and with other "
                "weights."
            )
        )
    )
    return cover
