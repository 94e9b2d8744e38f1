"""The message bar: one reserved line, so that nothing jumps, and buttons for what helps."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import GAP, MESSAGE_DOT, SPACE
from mlpviz.gui.look.sizing import lay, px
from mlpviz.gui.parts.plain_widgets import PlainLabel, plain_action, plain_tooltip

LEFT = GAP + SPACE  # where the headings of panels begin, too
WHERE = marked("Show where")
AFTER_DOT = LEFT + MESSAGE_DOT + GAP


class MessageBar(QWidget):
    """Shows a message quietly."""

    remedy_pressed = Signal(object)  # Recipe
    where_pressed = Signal(object)  # Divergence
    changed = Signal()  # what is said

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("message_bar")
        self.setAccessibleName(tr("Message"))
        self._message = Message("")
        self._look = current_look()
        self.label = PlainLabel()
        self.label.setObjectName("message_label")
        self.label.setWordWrap(True)
        self.remedy_button = self._button("remedy_button", 0)
        self.second_remedy_button = self._button("second_remedy_button", 1)
        self.where_button = self._plain_button("where_button", tr(WHERE))
        self.where_button.setToolTip(
            tr("Take the step apart in which a number first was not finite")
        )
        self.where_button.clicked.connect(self._show_where)
        self._row = QHBoxLayout(self)
        lay(self._row, GAP, (LEFT, 0, GAP, 0))
        self._row.addWidget(self.label, stretch=1)
        self._row.addWidget(self.where_button)
        self._row.addWidget(self.remedy_button)
        self._row.addWidget(self.second_remedy_button)

    @property
    def text(self) -> str:
        """What is being said."""
        return self._message.text

    def show_message(self, message: Message) -> None:
        """Say something, or nothing."""
        if message == self._message:
            return
        self._message = message
        lay(self._row, margins=(AFTER_DOT if message.is_warning else LEFT, 0, GAP, 0))
        self.label.setText(message.text)
        self.label.setToolTip(plain_tooltip(message.text))
        self.setAccessibleDescription(message.text)
        for number, button in enumerate((self.remedy_button, self.second_remedy_button)):
            words = message.remedies[number].words if number < len(message.remedies) else ""
            button.setText(plain_action(words))
            button.setAccessibleName(words)
            button.setVisible(bool(words))
        self.where_button.setVisible(message.broken is not None)
        self._name_where()
        self.update()
        self.changed.emit()

    def height_for(self, width: int) -> int:
        """Return how high the words are in a bar of a width, both in pixels."""
        margins = self._row.contentsMargins()
        room = width - margins.left() - margins.right()
        buttons = (self.remedy_button, self.second_remedy_button)
        shown = [*buttons[: len(self._message.remedies)]]
        if self._message.broken is not None:
            shown.append(self.where_button)
        for button in shown:
            room -= button.sizeHint().width() + self._row.spacing()
        return self.label.heightForWidth(max(1, room))

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self.update()

    def _button(self, name: str, number: int) -> QPushButton:
        button = self._plain_button(name)
        button.clicked.connect(partial(self._apply, number))
        return button

    def _plain_button(self, name: str, words: str = "") -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.hide()
        return button

    @Slot()
    def _show_where(self) -> None:
        self.where_pressed.emit(self._message.broken)

    def _apply(self, number: int) -> None:
        self.remedy_pressed.emit(self._message.remedies[number].recipe)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the button to the room."""
        super().resizeEvent(event)
        self._name_where()

    def _name_where(self) -> None:
        """Let the button be an arrow where its words would cut the message."""
        if self._message.broken is not None:
            self.where_button.setText(tr(WHERE))
            if self.height_for(self.width()) > self.height():
                self.where_button.setText("→")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a dot before a warning."""
        if not self._message.is_warning:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.warning))
        dot = px(MESSAGE_DOT)
        painter.drawEllipse(px(LEFT), (self.height() - dot) // 2, dot, dot)
