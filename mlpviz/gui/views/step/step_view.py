"""What is computed at one stage of a step, and the row of all stages."""

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mlpviz.experiment.language import count_text, tr
from mlpviz.experiment.words.step_formulas import symbol
from mlpviz.experiment.words.step_stages import Kind, Stage, stage_name
from mlpviz.gui.actions.step_cover import MARK, Covered
from mlpviz.gui.actions.step_walk import Walked
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import GAP, SPACE
from mlpviz.gui.look.sizing import NONE, lay, px
from mlpviz.gui.parts.inputs import label_button, tool_button
from mlpviz.gui.parts.offered_keys import keeps
from mlpviz.gui.parts.one_of import OneOf
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.parts.text_line import text_line
from mlpviz.gui.views.step.answer_row import AnswerRow
from mlpviz.gui.views.step.page_html import (
    COPY,
    OF_WEIGHT,
    PRESS,
    cell_address,
    lit_places,
    page_html,
    pressed_cell,
)

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class StepView(QWidget):
    """Shows a page of a step.

    While it has the focus, the keys of pages go through the stages, and Enter to what there is to
    do: to the next rung of practice, or to the answer.
    """

    stage_chosen = Signal(int)
    turned = Signal(int)  # 1 for the next stage, -1 for the one before
    batch_toggled = Signal(bool)  # whether all samples are wanted at once
    number_pressed = Signal(object)  # Cell
    pointed_at = Signal(object)  # tuple of the Places where a factor comes from; none for no factor
    copied = Signal(str)  # a line of NumPy, which is on the clipboard now

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("step_drawer")
        self.setAccessibleName(tr("Step by step"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringless", True)  # that it is there shows where the keys go
        self._stages: tuple[Stage, ...] = ()
        self._walked: Walked | None = None
        self.buttons: list[QToolButton] = []
        self._one = OneOf(self)
        self._one.chosen.connect(self.stage_chosen)
        self.text = QTextBrowser()
        self.text.setObjectName("step_text")
        self.text.setAccessibleName(tr("What is computed"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text.setOpenLinks(False)
        self.text.viewport().setAutoFillBackground(False)  # it lies on the panel
        self.text.anchorClicked.connect(self._press)
        self.text.highlighted.connect(self._point_at)
        self.text.viewport().installEventFilter(self)
        self._covered = Covered()
        self.answer = AnswerRow()
        self._row = QHBoxLayout()
        lay(self._row, SPACE, NONE)
        self._column = column = QVBoxLayout(self)
        lay(column, SPACE, (0, 0, 0, GAP))
        column.addLayout(self._row)
        column.addLayout(self._make_head())
        column.addWidget(self.text, stretch=1)
        column.addWidget(self.answer)
        self.answer.hide()
        self.set_look(current_look())

    def _make_head(self) -> QHBoxLayout:
        """Make the line that says what is read."""
        self.title = PlainLabel()
        self.title.setObjectName("step_title")
        self.title.setProperty("role", "term")
        self.note = text_line("step_note", "quiet")
        self.batch_button = tool_button(
            "step_batch_button", tr("batch"), tr("All samples of the step, as matrices")
        )
        self.batch_button.setCheckable(True)
        self.batch_button.setProperty("role", "toggle")
        self.batch_button.toggled.connect(self.batch_toggled)
        self._head = head = QHBoxLayout()
        lay(head, GAP, NONE)
        head.addWidget(self.title)
        head.addWidget(self.note, stretch=1)
        head.addWidget(self.batch_button)
        return head

    def _seat_note(self) -> None:
        """Let the note stand beside the title, or where it has no room there, below it."""
        beside = self.title.sizeHint().width() + self.batch_button.sizeHint().width() + 2 * px(GAP)
        words = self.note.fontMetrics().horizontalAdvance(self.note.text())
        is_beside, was_beside = beside + words <= self.width(), self._head.indexOf(self.note) >= 0
        if is_beside and not was_beside:
            self._column.removeWidget(self.note)
            self._head.insertWidget(1, self.note, stretch=1)
        elif was_beside and not is_beside:
            self._head.removeWidget(self.note)
            self._column.insertWidget(2, self.note)

    def show_walked(
        self, walked: Walked | None, covered: Covered, *, is_coming: bool = False
    ) -> None:
        """Show a stage, some of its numbers covered; None where the state has no step.

        Parameters
        ----------
        is_coming : of none, whether it is still on its way
        """
        before, self._walked = self._walked, walked
        self._covered = covered
        self.answer.show_covered(covered)
        if walked is None:
            self._point_at(QUrl())
            self._one.show_chosen(None)
            self.title.setText("")
            self.note.setText("")
            self.text.setPlainText(
                tr("The step is being taken apart …")
                if is_coming
                else tr("There is no step to be seen here: the network and its data are too large.")
            )
            return
        if walked.stages != self._stages:
            self._make_buttons(walked)
        self._one.show_chosen(walked.number)
        self.title.setText(walked.page.title)
        self.note.setText(_note(walked))
        self._seat_note()
        is_other = before is None or _what(before) != _what(walked)
        if is_other:
            self._point_at(QUrl())  # there is another page below the pointer
        self._write(is_other=is_other)
        if is_other and walked.page.of_weight is not None:
            self.text.scrollToAnchor(OF_WEIGHT)

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self._seat_note()
        self._write()

    def event(self, event: QEvent) -> bool:
        """Keep the keys of pages, which the window would play and reset with."""
        return keeps(event, PAGES) or super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Point at nothing when the pointer leaves the page."""
        if event.type() == QEvent.Type.Leave:
            self._point_at(QUrl())
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the matrices anew, as many beside each other as have room."""
        super().resizeEvent(event)
        self._seat_note()
        if self._walked is not None and self._walked.is_batch:
            self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next stage, or back; or to the answer, or the next rung of practice."""
        key = Qt.Key(event.key())
        if key in PAGES:
            self.turned.emit(PAGES[key])
        elif key in ENTER and self._covered.can_go_on:
            self.answer.go_on_pressed.emit()
        elif key in ENTER and self._covered.asked is not None:
            self.answer.input.setFocus()
        else:
            super().keyPressEvent(event)

    def _write(self, *, is_other: bool = False) -> None:
        """Write the page; where it is no other one, it stays where it was scrolled to."""
        if self._walked is not None:
            bar = self.text.verticalScrollBar()
            is_top = is_other or self._covered.asked is not None  # which is looked for from there
            scrolled = 0 if is_top else bar.value()
            width = self.text.viewport().width()
            self.text.setHtml(page_html(self._walked.page, self._look, self._covered, width))
            self.text.document().setDocumentMargin(0.0)
            bar.setValue(scrolled)
            self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        """Scroll as far as the number that is asked for needs to be seen."""
        if self._covered.asked is None:
            return
        address = cell_address(self._covered.asked)
        self._column.activate()  # the row for the answer may be new, and takes of the page's room
        document = self.text.document()
        found = document.find(MARK)
        while not found.isNull():
            if found.charFormat().anchorHref() == address:
                found.clearSelection()
                self.text.setTextCursor(found)
                self.text.ensureCursorVisible()
                return
            found = document.find(MARK, found)

    def _make_buttons(self, walked: Walked) -> None:
        """Make a button for each stage, as the network has them."""
        self._stages = walked.stages
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._one.deleteLater()
        self._one = OneOf(self)
        self._one.chosen.connect(self.stage_chosen)
        self.buttons = []
        for number, stage in enumerate(walked.stages):
            name = stage_name(walked.frame.recipe, stage)
            button = tool_button(f"stage_{number}_button", _short(stage), name)
            label_button(button, name)
            button.setProperty("role", "toggle")
            self._one.add(button)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._row.addWidget(button)
            self.buttons.append(button)

    @Slot(QUrl)
    def _point_at(self, link: QUrl) -> None:
        self.pointed_at.emit(lit_places(link.toString()))

    @Slot(QUrl)
    def _press(self, link: QUrl) -> None:
        """Copy a line, or say that a number was pressed, and let its answer be typed."""
        if link.toString().startswith(PRESS):
            self.number_pressed.emit(pressed_cell(link.toString()))
            self.answer.input.setFocus()
            return
        if link.toString().startswith(COPY):
            line = link.toString().removeprefix(COPY)
            QGuiApplication.clipboard().setText(line)
            self.copied.emit(line)


def _what(walked: Walked) -> tuple[object, ...]:
    """Return what a page is about, whatever its numbers are."""
    return walked.number, walked.page.place, walked.is_batch


def _short(stage: Stage) -> str:
    """Name a stage by what comes of it."""
    if stage.kind is Kind.FORWARD:
        return symbol("A", stage.layer)
    if stage.kind is Kind.BACKWARD:
        return symbol("dW", stage.layer)
    return "L" if stage.kind is Kind.LOSS else "W"


def _note(walked: Walked) -> str:
    trace = walked.trace
    if walked.is_batch:
        return tr(
            "Epoch {epoch} to {next}; rounded",
            epoch=count_text(trace.epoch),
            next=count_text(trace.epoch + 1),
        )
    return tr(
        "Sample {sample}, epoch {epoch} to {next}; rounded",
        sample=int(trace.samples[walked.row]),
        epoch=count_text(trace.epoch),
        next=count_text(trace.epoch + 1),
    )
