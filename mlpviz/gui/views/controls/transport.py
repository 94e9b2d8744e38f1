"""The transport bar: play, step, reset, new weights, speed, and how far training is."""

import math

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mlpviz.experiment.run.frame import Frame, Held
from mlpviz.experiment.words.formats import (
    accuracy_text,
    chip_text,
    epoch_text,
    loss_text,
    r_squared_text,
    speed_text,
)
from mlpviz.gui.actions.action import Action
from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.icons import icon
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import BODY, GAP, LARGE, SPACE
from mlpviz.gui.parts.plain_widgets import PlainLabel

# Epochs per second; None is as fast as it goes.
SPEEDS: tuple[float | None, ...] = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, None)
START_SPEED = SPEEDS.index(100)
VALUE_HEIGHT, ROW_HEIGHT = 22, 16  # of a number, and of one of two below each other
VALUE_WIDTHS = (116, 116, 84)  # of epoch, loss and accuracy
PAIR_WIDTHS = (92, 160, 124)  # the same for two runs, in smaller type
TEST_WIDTHS = (92, 78, 60)  # the same for one run that has a test set, and again for the latter
SCORES = ("Accuracy", "Test acc.")  # of classes
NARROW, NARROW_PAIR = 1190, 1275  # below, the lesser buttons show their icon only


class Transport(QFrame):
    """Shows how far training is, and announces what is pressed."""

    play_pressed = Signal()  # play or pause, whichever it is
    step_pressed = Signal()
    reset_pressed = Signal()
    new_weights_pressed = Signal()
    speed_chosen = Signal(object)  # float, or None for flat out

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._is_playing = False
        self._look = current_look()
        self._make_buttons()
        self._make_speed()
        self.epoch_label = ValueLabel("epoch_label", "Epoch", VALUE_WIDTHS[0])
        self.loss_label = ValueLabel("loss_label", "Loss", VALUE_WIDTHS[1])
        self.accuracy_label = ValueLabel("accuracy_label", "Accuracy", VALUE_WIDTHS[2])
        self.test_loss_label = ValueLabel("test_loss_label", "Test loss", TEST_WIDTHS[1])
        self.test_accuracy_label = ValueLabel(
            "test_accuracy_label", "Test accuracy", TEST_WIDTHS[2]
        )
        self.experiments_button = _menu_button(
            "experiments_button", "Experiments", "Experiments to open, runs to compare or to pin"
        )
        self.menu_button = _menu_button("menu_button", "Menu", "Menu")
        self._is_pair = self._has_test = self._is_r_squared = False
        self._window_width = NARROW
        self._assemble()
        self.show_playing(False)
        self.set_look(current_look())

    @property
    def speed(self) -> float | None:
        """The speed chosen, in epochs per second; None for flat out."""
        return SPEEDS[self.speed_slider.value()]

    def set_speed(self, speed: float | None) -> None:
        """Show a speed without announcing it."""
        if speed in SPEEDS:
            with QSignalBlocker(self.speed_slider):
                self.speed_slider.setValue(SPEEDS.index(speed))
            self._show_speed()

    def show_playing(self, is_playing: bool) -> None:
        """Show whether the play button would play or pause."""
        if is_playing == self._is_playing and not self.play_button.icon().isNull():
            return
        self._is_playing = is_playing
        self.play_button.setText("Pause" if is_playing else ACTIONS["play"].button)
        self.play_button.setIcon(
            icon("pause" if is_playing else ACTIONS["play"].icon, self._look.accent_text)
        )

    def show_frame(self, frame: Frame, rival: Frame | None = None) -> None:
        """Show epoch, loss and accuracy of a frame, or of two: "0.0015 | 0.2210"."""
        runs = (frame,) if rival is None else (frame, rival)
        tests = [run.test for run in runs if run.test is not None]  # of both, or of none
        self._make_room(is_pair=rival is not None, has_test=bool(tests))
        write = brief_loss if tests or rival is not None else loss_text
        loss = _beside([write(run.loss) for run in runs])
        self._name_score(is_r_squared=frame.recipe.is_regression)
        for label, text in (
            (self.epoch_label, epoch_text(frame.epoch)),
            (self.loss_label, loss),
            (self.accuracy_label, _beside([score_text(run) for run in runs])),
            (self.test_loss_label, _beside([brief_loss(test.loss) for test in tests])),
            (self.test_accuracy_label, _beside([score_text(test) for test in tests])),
        ):
            if label.text() != text:
                label.setText(text)
        seed = str(frame.recipe.weight_seed)
        if self._seed_label.text() != seed:
            self._seed_label.setText(seed)

    def _name_score(self, *, is_r_squared: bool) -> None:
        """Say what stands where the accuracy does: R², where the targets are numbers."""
        if is_r_squared == self._is_r_squared:
            return
        self._is_r_squared = is_r_squared
        names = ("R²", "Test R²") if is_r_squared else SCORES
        tip = "R² = 1 − mean squared error ÷ variance of the targets; 1 is perfect"
        labels = (self.accuracy_label, self.test_accuracy_label)
        for label, caption, name in zip(labels, self._score_captions, names, strict=True):
            caption.setText(name)
            label.setAccessibleName(name.replace("acc.", "accuracy"))
            label.setToolTip(tip if is_r_squared else "")

    def set_look(self, look: Look) -> None:
        """Draw the icons in the colours of a look."""
        self._look = look
        for label in (*self._values(), *self._test_values()):
            label.set_look(look)
        self.play_button.setIcon(QIcon())  # the old one has the old colour
        self.show_playing(self._is_playing)
        for name, button in (
            ("step", self.step_button),
            ("reset", self.reset_button),
            ("new_weights", self.new_weights_button),
        ):
            button.setIcon(icon(ACTIONS[name].icon, look.text))
        self.menu_button.setIcon(icon("menu", look.text, 20))

    def buttons(self) -> tuple[QPushButton, ...]:
        """Return the buttons, from left to right."""
        return (self.play_button, self.step_button, self.reset_button, self.new_weights_button)

    def _values(self) -> tuple["ValueLabel", ...]:
        return (self.epoch_label, self.loss_label, self.accuracy_label)

    def _test_values(self) -> tuple["ValueLabel", ...]:
        return (self.test_loss_label, self.test_accuracy_label)

    def show_width(self, width: int) -> None:
        """Leave out the words of the lesser buttons where the window is narrow."""
        self._window_width = width
        self._show_words()

    def _show_words(self) -> None:
        is_full = self._is_pair or self._has_test
        is_narrow = self._window_width < (NARROW_PAIR if is_full else NARROW)
        self.reset_button.setText("" if is_narrow else ACTIONS["reset"].button)
        self.new_weights_button.setText("" if is_narrow else ACTIONS["new_weights"].button)
        self.experiments_button.setText("Exp. ▾" if is_narrow else "Experiments ▾")
        self.step_button.setText("" if is_narrow and is_full else ACTIONS["step"].button)
        self._speed_caption.setVisible(not is_narrow)

    def _make_room(self, *, is_pair: bool, has_test: bool) -> None:
        """Make room for the numbers of two runs, or of one: fixed, so that nothing jumps."""
        if (is_pair, has_test) == (self._is_pair, self._has_test):
            return
        self._is_pair, self._has_test = is_pair, has_test
        widths = PAIR_WIDTHS if is_pair else TEST_WIDTHS if has_test else VALUE_WIDTHS
        are_rows = is_pair and has_test  # beside each other there is no room for so many numbers
        height = ROW_HEIGHT if are_rows else VALUE_HEIGHT
        for label, width in zip(self._values(), widths, strict=True):
            label.setFixedSize(width, height)
            label.set_type(BODY if is_pair or has_test else LARGE)
        self.epoch_label.setFixedHeight(2 * ROW_HEIGHT if are_rows else VALUE_HEIGHT)
        homes = self._score_boxes if are_rows else self._test_boxes
        for home, label, width in zip(homes, self._test_values(), widths[1:], strict=True):
            label.setFixedSize(width, height)
            column = home.layout()
            assert column is not None
            column.addWidget(label)
            label.show()  # to have another parent hides it
        for box in self._test_boxes:
            box.setVisible(has_test and not is_pair)
        self._row_names.setVisible(are_rows)
        self._show_words()

    def _make_buttons(self) -> None:
        self.play_button, self.step_button, self.reset_button, self.new_weights_button = (
            _button(ACTIONS[name]) for name in ("play", "step", "reset", "new_weights")
        )
        self.play_button.setProperty("role", "primary")
        for button, signal in zip(
            self.buttons(),
            (self.play_pressed, self.step_pressed, self.reset_pressed, self.new_weights_pressed),
            strict=True,
        ):
            button.clicked.connect(signal)
        self.play_button.setFixedWidth(92)

    def _make_speed(self) -> None:
        self.speed_slider = QSlider(Qt.Orientation.Horizontal)
        self.speed_slider.setObjectName("speed_slider")
        self.speed_slider.setAccessibleName("Speed")
        self.speed_slider.setToolTip("Epochs per second, up to as fast as it goes")
        self.speed_slider.setRange(0, len(SPEEDS) - 1)
        self.speed_slider.setPageStep(1)
        self.speed_slider.setValue(START_SPEED)
        self.speed_slider.setMinimumSize(90, 20)
        self.speed_slider.setMaximumWidth(180)
        self.speed_slider.valueChanged.connect(self._announce_speed)
        self._speed_label = PlainLabel()
        self._speed_label.setObjectName("speed_label")
        self._speed_label.setFixedWidth(60)
        self._show_speed()

    def _assemble(self) -> None:
        self._seed_label = PlainLabel()
        self._seed_label.setProperty("role", "field")
        self._seed_label.setToolTip("Seed of the initial weights")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, SPACE, GAP, SPACE)
        row.setSpacing(GAP)
        for button in self.buttons():
            row.addWidget(button)
        row.addWidget(self._seed_label)
        self._seed_label.setBuddy(self.new_weights_button)
        row.addSpacing(GAP)
        self._speed_caption = _caption("Speed")
        row.addWidget(self._speed_caption)
        row.addWidget(self.speed_slider, stretch=1)
        row.addWidget(self._speed_label)
        for label in (self._speed_caption, self._speed_label):
            label.setBuddy(self.speed_slider)
        row.addStretch(1)
        self._score_captions = [_caption(text) for text in SCORES]
        captions: tuple[tuple[str | QLabel, QLabel], ...] = (
            ("Epoch", self.epoch_label),
            ("Loss", self.loss_label),
            (self._score_captions[0], self.accuracy_label),
        )
        boxes = [_captioned(caption, label) for caption, label in captions]
        self._score_boxes = boxes[1:]
        self._row_names = _row_names()
        self._row_names.hide()
        for box in (boxes[0], self._row_names, *self._score_boxes):
            row.addWidget(box)
        self._test_boxes = [
            _captioned("Test loss", self.test_loss_label),
            _captioned(self._score_captions[1], self.test_accuracy_label),
        ]
        for box, label in zip(self._test_boxes, self._test_values(), strict=True):
            label.set_type(BODY)
            box.hide()
            row.addWidget(box)
        row.addWidget(self.experiments_button)
        row.addWidget(self.menu_button)

    @Slot()
    def _announce_speed(self) -> None:
        self._show_speed()
        self.speed_chosen.emit(self.speed)

    def _show_speed(self) -> None:
        self._speed_label.setText(speed_text(self.speed))
        self.speed_slider.setAccessibleDescription(speed_text(self.speed))


def _button(action: Action) -> QPushButton:
    button = QPushButton(action.button)
    button.setObjectName(f"{action.id}_button")
    button.setAccessibleName(action.button)
    button.setToolTip(action.tip)
    button.setIconSize(QSize(18, 18))
    # A click leaves the focus where it is: Space goes on to mean play.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _menu_button(name: str, label: str, tooltip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setAccessibleName(label)
    button.setToolTip(tooltip)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setProperty("role", "flat")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def score_text(part: Frame | Held) -> str:
    """Write the accuracy, or R² where the targets are no classes, and so the accuracy is NaN."""
    is_regression = math.isnan(part.accuracy)
    return r_squared_text(part.r_squared) if is_regression else accuracy_text(part.accuracy)


def brief_loss(loss: float) -> str:
    """Write a loss that has half the room: of one of two runs, or beside that of a test set."""
    return loss_text(loss) if math.isfinite(loss) else chip_text(loss)


class ValueLabel(PlainLabel):
    """A number that changes with every frame, painted without the detour through a style sheet.

    Of a fixed size, so that no layout is done again when the text changes, and opaque, so that
    nothing below it is painted.
    """

    def __init__(self, name: str, label: str, width: int) -> None:
        super().__init__("–")
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFixedSize(width, VALUE_HEIGHT)
        self.set_type(LARGE)
        self.set_look(current_look())

    def set_type(self, size: int) -> None:
        """Choose the size of the type."""
        self._font = ui_font(size, bold=True)  # a style sheet that is put on takes back `setFont`
        self.setFont(self._font)
        self.update()

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._ground, self._ink = QColor(look.panel), QColor(look.text)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Be opaque: a style sheet takes this back when it is put on."""
        super().showEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the number."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        painter.setFont(self._font)
        painter.setPen(self._ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


def _caption(text: str) -> QLabel:
    label = PlainLabel(text)
    label.setProperty("role", "caption")
    return label


def _beside(numbers: list[str]) -> str:
    """Write the number of one run, or those of two: "0.0015 | 0.2210"."""
    return " | ".join(numbers)


def _row_names() -> QWidget:
    """Name the rows of numbers, where those of the test set stand below the others."""
    names = [_caption(text) for text in ("", "train", "test")]
    for name in names[1:]:
        name.setFixedHeight(ROW_HEIGHT)
    widget = _captioned(names[0], names[1])
    column = widget.layout()
    assert column is not None
    column.addWidget(names[2])
    return widget


def _captioned(caption: str | QLabel, label: QWidget) -> QWidget:
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(_caption(caption) if isinstance(caption, str) else caption)
    column.addWidget(label)
    return widget
