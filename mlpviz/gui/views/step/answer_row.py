"""Where an answer is typed and judged, below the page of a step."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlpviz.experiment.language import tr
from mlpviz.gui.actions.step_cover import Covered
from mlpviz.gui.look.sizes import GAP, SPACE
from mlpviz.gui.look.sizing import NONE, lay
from mlpviz.gui.parts.inputs import tool_button
from mlpviz.gui.parts.line_input import LineInput
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.parts.text_line import text_line


class AnswerRow(QWidget):
    """Takes an answer, and says what it is; offers the worked line, and to go on with practice."""

    answered = Signal(str)  # what was typed for the number that is asked for
    line_wanted = Signal()  # which leads to the number that was answered wrongly
    go_on_pressed = Signal()  # to the next rung of practice

    def __init__(self) -> None:
        super().__init__()
        self.input = LineInput("answer_input", tr("Your number"))
        self.input.setPlaceholderText(tr("0.42, 3/8 or 0.4*0.15"))
        self.input.taken.connect(self._take)
        self.verdict = text_line("verdict_label")
        self.score = PlainLabel()
        self.score.setObjectName("score_label")
        self.score.setProperty("role", "quiet")
        self.line_button = tool_button(
            "worked_line_button", tr("Show the worked line"), tr("Show the worked line")
        )
        self.line_button.clicked.connect(self.line_wanted)
        self.go_on_button = tool_button(
            "practice_go_on_button", tr("Go on"), tr("Go on with another sample"), key="Enter"
        )
        self.go_on_button.clicked.connect(self.go_on_pressed)
        self._covered = Covered()
        column, row = QVBoxLayout(self), QHBoxLayout()
        lay(column, SPACE, NONE)
        lay(row, GAP, NONE)
        row.addWidget(self.input, stretch=1)
        for part in (self.line_button, self.go_on_button, self.score):
            row.addWidget(part)
        row.addStretch()
        column.addWidget(self.verdict)
        column.addLayout(row)

    def show_covered(self, covered: Covered) -> None:
        """Say what the last answer was, where numbers are covered; what is being typed stays."""
        if covered.asked != self._covered.asked:
            self.input.show_text("")
        self._covered = covered
        self.setVisible(bool(covered.hidden or covered.verdict or covered.can_go_on))
        self.input.setVisible(not covered.can_go_on)
        self.go_on_button.setVisible(covered.can_go_on)
        self.verdict.setText(covered.verdict)
        self.line_button.setVisible(covered.is_helped)
        self.score.setText(covered.score)

    @Slot(str)
    def _take(self, text: str) -> None:
        """Have an answer judged, and make room for the next."""
        self.input.show_text("")
        self.answered.emit(text)
