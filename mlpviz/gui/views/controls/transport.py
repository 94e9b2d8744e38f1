"""The transport bar: play, step, reset, new weights, speed, and how far training is."""

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QWidget,
)

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame, Held
from mlpviz.experiment.words.formats import (
    accuracy_text,
    chip_text,
    epoch_text,
    loss_text,
    r_squared_text,
    speed_text,
)
from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.look import sizes
from mlpviz.gui.look.icons import icon
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import GAP, SPACE
from mlpviz.gui.look.sizing import NONE, at_least, at_most, fix, lay, space, text_width
from mlpviz.gui.parts.action_button import action_button
from mlpviz.gui.parts.meanings import explained
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.views.controls.transport_buttons import (
    extra_width,
    menu_button,
    transport_button,
)
from mlpviz.gui.views.controls.value_label import (
    ONE,
    TESTED,
    ValueLabel,
    beside,
    caption_label,
    captioned,
    room_for,
    row_names,
)

# Epochs per second; None is as fast as it goes.
SPEEDS: tuple[float | None, ...] = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, None)
PAUSE, SPEED = marked("Pause"), marked("Speed")
START_SPEED = SPEEDS.index(100)


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
        names = ("play", "step", "reset", "new_weights", "experiments")
        self._extra = sum(map(extra_width, (*(ACTIONS[name].button for name in names), SPEED)))
        self._make_buttons()
        self._make_speed()
        epoch, loss, accuracy = ONE.widths
        self.epoch_label = ValueLabel("epoch_label", tr("Epoch"), epoch, "epoch")
        self.loss_label = ValueLabel("loss_label", tr("Loss"), loss, "loss")
        self.accuracy_label = ValueLabel("accuracy_label", tr("Accuracy"), accuracy, "accuracy")
        _, test_loss, test_accuracy = TESTED.widths
        self.test_loss_label = ValueLabel("test_loss_label", tr("Test loss"), test_loss, "test_set")
        self.test_accuracy_label = ValueLabel(
            "test_accuracy_label", tr("Test accuracy"), test_accuracy, "test_set"
        )
        self.controls_button = action_button(ACTIONS["controls"])
        self.controls_button.setProperty("role", "flat")
        self.controls_button.hide()
        self.experiments_button = menu_button(ACTIONS["experiments"], sizes.ICON)
        self.menu_button = menu_button(ACTIONS["menu"], sizes.MENU_ICON)
        self._is_pair = self._has_test = self._is_r_squared = self._is_presenting = False
        self._is_crowded = False  # so narrow that step and reset have no room beside the numbers
        self._window_width = float(sizes.NARROW)
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
        self._show_words()
        self.play_button.setIcon(
            icon("pause" if is_playing else ACTIONS["play"].icon, self._look.accent_text)
        )

    def show_frame(self, frame: Frame, rival: Frame | None = None) -> None:
        """Show epoch, loss and accuracy of a frame, or of two: "0.0015 | 0.2210"."""
        runs = (frame,) if rival is None else (frame, rival)
        tests = [run.test for run in runs if run.test is not None]  # of both, or of none
        self._make_room(is_pair=rival is not None, has_test=bool(tests))
        write = brief_loss if tests or rival is not None else loss_text
        loss = beside([write(run.loss) for run in runs])
        self._name_score(is_r_squared=frame.recipe.is_regression)
        for label, text in (
            (self.epoch_label, epoch_text(frame.epoch)),
            (self.loss_label, loss),
            (self.accuracy_label, beside([score_text(run) for run in runs])),
            (self.test_loss_label, beside([brief_loss(test.loss) for test in tests])),
            (self.test_accuracy_label, beside([score_text(test) for test in tests])),
        ):
            if label.text() != text:
                label.setText(text)
        seed = tr("seed {number}", number=frame.recipe.weight_seed)
        if self._seed_label.text() != seed:
            self._seed_label.setText(seed)

    def _name_score(self, *, is_r_squared: bool) -> None:
        """Say what stands where the accuracy does: R², where the targets are numbers."""
        if is_r_squared == self._is_r_squared:
            return
        self._is_r_squared = is_r_squared
        names = spoken = ("R²", tr("Test R²"))
        formula = tr("R² = 1 − mean squared error ÷ variance of the targets; 1 is perfect")
        tip = explained("r_squared", formula)
        if not is_r_squared:
            names, spoken = _scores(), (tr("Accuracy"), tr("Test accuracy"))
            tip = explained("accuracy")
        labels = (self.accuracy_label, self.test_accuracy_label)
        for i, (label, caption) in enumerate(zip(labels, self._score_captions, strict=True)):
            caption.setText(names[i])
            label.setAccessibleName(spoken[i])
            label.setToolTip(tip)

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
        self.controls_button.setIcon(icon(ACTIONS["controls"].icon, look.text))
        self.experiments_button.setIcon(icon(ACTIONS["experiments"].icon, look.text))
        self.menu_button.setIcon(icon(ACTIONS["menu"].icon, look.text, sizes.MENU_ICON))

    def buttons(self) -> tuple[QPushButton, ...]:
        """Return the buttons, from left to right."""
        return (self.play_button, self.step_button, self.reset_button, self.new_weights_button)

    def _values(self) -> tuple["ValueLabel", ...]:
        return (self.epoch_label, self.loss_label, self.accuracy_label)

    def _test_values(self) -> tuple["ValueLabel", ...]:
        return (self.test_loss_label, self.test_accuracy_label)

    def show_width(self, width: float) -> None:
        """Leave out the words of the lesser buttons where the window is narrow.

        Parameters
        ----------
        width : of the window, in logical pixels at factor 1
        """
        self._window_width = width
        self._show_words()

    def present(self, is_presenting: bool) -> None:
        """Show large numbers, and of the buttons the icons alone; or as usual again."""
        if is_presenting != self._is_presenting:
            self._is_presenting = is_presenting
            self._show_words()
            self._fit_numbers()

    def _show_words(self) -> None:
        is_full = self._is_pair or self._has_test
        narrow = self._extra + (sizes.NARROW_PAIR if is_full else sizes.NARROW)
        is_narrow = self._window_width < narrow or self._is_presenting
        play = tr(PAUSE) if self._is_playing else tr(ACTIONS["play"].button)
        self.play_button.setText("" if self._is_presenting else play)
        self.play_button.setAccessibleName(play)
        for button, name in (
            (self.reset_button, "reset"),
            (self.new_weights_button, "new_weights"),
        ):
            button.setText("" if is_narrow else tr(ACTIONS[name].button))
        self.experiments_button.setText("" if is_narrow else tr(ACTIONS["experiments"].button))
        # Beside its words the icon would take room from the numbers.
        style = Qt.ToolButtonStyle
        icon_or_text = style.ToolButtonIconOnly if is_narrow else style.ToolButtonTextOnly
        self.experiments_button.setToolButtonStyle(icon_or_text)
        is_short = is_narrow and (is_full or self._window_width < sizes.NARROWEST)
        is_short |= self._is_presenting
        self.step_button.setText("" if is_short else tr(ACTIONS["step"].button))
        self._speed_caption.setVisible(not is_narrow)
        self._seed_label.setVisible(not (is_narrow and is_full))
        fix(
            self.play_button,
            width=sizes.ICON_BUTTON if self._is_presenting else self._play_width,
        )
        self._seat_buttons()

    def _seat_buttons(self) -> None:
        """Let step and reset lie with the lesser buttons where a presentation is narrow."""
        is_crowded = self._is_presenting and self._window_width < sizes.PRESENTED_NARROW
        if is_crowded == self._is_crowded:
            return
        self._is_crowded = is_crowded
        row = self._lesser_row if is_crowded else self._row
        for place, button in enumerate((self.step_button, self.reset_button)):
            was_hidden = button.isHidden()
            row.insertWidget(place + (not is_crowded), button)  # after play
            button.setHidden(was_hidden)  # to have another parent hides it

    def _make_room(self, *, is_pair: bool, has_test: bool) -> None:
        """Make room for the numbers of two runs, or of one: fixed, so that nothing jumps."""
        if (is_pair, has_test) != (self._is_pair, self._has_test):
            self._is_pair, self._has_test = is_pair, has_test
            self._fit_numbers()
            self._show_words()

    def _fit_numbers(self) -> None:
        room = room_for(
            is_pair=self._is_pair, has_test=self._has_test, is_presenting=self._is_presenting
        )
        widths = room.widths
        are_rows = self._is_pair and self._has_test  # beside each other there is no room for all
        height = room.row_height if are_rows else room.height
        for label, width in zip(self._values(), widths, strict=True):
            fix(label, width=width, height=height)
            label.set_type(room.type_size)
        if are_rows:
            fix(self.epoch_label, height=2 * room.row_height)
        homes = self._score_boxes if are_rows else self._test_boxes
        for home, label, width in zip(homes, self._test_values(), widths[1:], strict=True):
            fix(label, width=width, height=height)
            label.set_type(room.type_size if self._is_presenting else sizes.BODY)
            column = home.layout()
            assert column is not None
            column.addWidget(label)
            label.show()  # to have another parent hides it
        for box in self._test_boxes:
            box.setVisible(self._has_test and not self._is_pair)
        self._row_names.setVisible(are_rows)

    def _make_buttons(self) -> None:
        self.play_button, self.step_button, self.reset_button, self.new_weights_button = (
            transport_button(ACTIONS[name]) for name in ("play", "step", "reset", "new_weights")
        )
        self.play_button.setProperty("role", "primary")
        for button, signal in zip(
            self.buttons(),
            (self.play_pressed, self.step_pressed, self.reset_pressed, self.new_weights_pressed),
            strict=True,
        ):
            button.clicked.connect(signal)
        words = ACTIONS["play"].button, PAUSE
        self._play_width = sizes.PLAY_BUTTON + extra_width(*words)
        fix(self.play_button, width=self._play_width)

    def _make_speed(self) -> None:
        self.speed_slider = QSlider(Qt.Orientation.Horizontal)
        self.speed_slider.setObjectName("speed_slider")
        self.speed_slider.setAccessibleName(tr("Speed"))
        self.speed_slider.setToolTip(tr("Epochs per second, up to as fast as it goes"))
        self.speed_slider.setRange(0, len(SPEEDS) - 1)
        self.speed_slider.setPageStep(1)
        self.speed_slider.setValue(START_SPEED)
        at_least(self.speed_slider, width=sizes.LEAST_SLIDER, height=sizes.SLIDER_HEIGHT)
        at_most(self.speed_slider, width=sizes.MOST_SLIDER)
        self.speed_slider.valueChanged.connect(self._announce_speed)
        self._speed_label = PlainLabel()
        self._speed_label.setObjectName("speed_label")
        words = map(speed_text, SPEEDS)
        fix(self._speed_label, width=max(sizes.SPEED_WIDTH, text_width(*words) + SPACE))
        self._show_speed()

    def _assemble(self) -> None:
        row = QHBoxLayout(self)
        lay(row, GAP, (GAP, SPACE, GAP, SPACE))
        for button in self.buttons()[:-1]:
            row.addWidget(button)
        self.lesser = self._assemble_lesser()
        row.addStretch(1)
        self._score_captions = [caption_label(text) for text in _scores()]
        captions: tuple[tuple[str | QLabel, QLabel], ...] = (
            (tr("Epoch"), self.epoch_label),
            (tr("Loss"), self.loss_label),
            (self._score_captions[0], self.accuracy_label),
        )
        boxes = [captioned(caption, label) for caption, label in captions]
        self._score_boxes = boxes[1:]
        self._row_names = row_names()
        self._row_names.hide()
        for box in (boxes[0], self._row_names, *self._score_boxes):
            row.addWidget(box)
        self._test_boxes = [
            captioned(tr("Test loss"), self.test_loss_label),
            captioned(self._score_captions[1], self.test_accuracy_label),
        ]
        for box, label in zip(self._test_boxes, self._test_values(), strict=True):
            label.set_type(sizes.BODY)
            box.hide()
            row.addWidget(box)
        self.menus = QWidget()
        menus = QHBoxLayout(self.menus)
        lay(menus, GAP, NONE)
        for opener in (self.controls_button, self.experiments_button, self.menu_button):
            menus.addWidget(opener)
        self._row = row
        self.seat_lesser()

    def seat_lesser(self) -> None:
        """Give the lesser buttons, the speed and the menus their places, once more if need be."""
        self._row.insertWidget(len(self.buttons()) - 1, self.lesser, stretch=3)
        self._row.addWidget(self.menus)
        for part in (self.lesser, self.menus):
            part.show()

    def _assemble_lesser(self) -> QWidget:
        """Put together what a lecture needs less often: new weights and the speed."""
        self._seed_label = PlainLabel()
        self._seed_label.setProperty("role", "field")
        self._seed_label.setToolTip(explained("weight_seed"))
        self._seed_label.setBuddy(self.new_weights_button)
        self._speed_caption = caption_label(tr(SPEED))
        for label in (self._speed_caption, self._speed_label):
            label.setBuddy(self.speed_slider)
        lesser = QWidget()
        self._lesser_row = row = QHBoxLayout(lesser)
        lay(row, GAP, NONE)
        row.addWidget(self.new_weights_button)
        row.addWidget(self._seed_label)
        space(row, GAP)
        row.addWidget(self._speed_caption)
        row.addWidget(self.speed_slider, stretch=100)  # first, until it is as long as it may be
        row.addWidget(self._speed_label)
        space(row, GAP)  # before the numbers, with which it has nothing to do
        row.addStretch(1)
        return lesser

    @Slot()
    def _announce_speed(self) -> None:
        self._show_speed()
        self.speed_chosen.emit(self.speed)

    def _show_speed(self) -> None:
        self._speed_label.setText(speed_text(self.speed))
        self.speed_slider.setAccessibleDescription(speed_text(self.speed))


def score_text(part: Frame | Held) -> str:
    """Write the accuracy, or R² where the targets are no classes, and so the accuracy is NaN."""
    is_regression = math.isnan(part.accuracy)
    return r_squared_text(part.r_squared) if is_regression else accuracy_text(part.accuracy)


def brief_loss(loss: float) -> str:
    """Write a loss that has half the room: of one of two runs, or beside that of a test set."""
    return loss_text(loss) if math.isfinite(loss) else chip_text(loss)


def _scores() -> tuple[str, str]:
    """Return what stands above the accuracies of the training and the test set."""
    return tr("Accuracy"), tr("Test acc.")
