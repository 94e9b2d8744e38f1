"""The transport bar: play, step, reset, new weights, speed, and how far training is."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSlider,
    QWidget,
)

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.words.formats import (
    speed_text,
)
from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.look import sizes
from mlpviz.gui.look.icons import icon
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import GAP, SPACE
from mlpviz.gui.look.sizing import NONE, at_least, at_most, fix, lay, space, text_width
from mlpviz.gui.parts.action_button import action_button
from mlpviz.gui.parts.inputs import label_button
from mlpviz.gui.parts.meanings import explained
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.views.controls.readouts import Readouts
from mlpviz.gui.views.controls.transport_buttons import (
    extra_width,
    menu_button,
    transport_button,
)
from mlpviz.gui.views.controls.value_label import (
    caption_label,
)

# Epochs per second; None is as fast as it goes.
SPEEDS: tuple[float | None, ...] = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, None)
PAUSE, REPLAY, SPEED = marked("Pause"), marked("Replay"), marked("Speed")
START_SPEED = SPEEDS.index(100)


class Transport(QFrame):
    """Shows how far training is, and announces what is pressed."""

    play_pressed = Signal()  # play or pause, whichever it is
    step_pressed = Signal()
    reset_pressed = Signal()
    new_weights_pressed = Signal()
    epoch_typed = Signal(str)
    left = Signal()  # a field in it has no more use for the focus
    speed_chosen = Signal(object)  # float, or None for flat out

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._is_playing = self._is_in_past = False
        self._look = current_look()
        names = ("play", "step", "reset", "new_weights", "experiments")
        self._extra = sum(map(extra_width, (*(ACTIONS[name].button for name in names), SPEED)))
        self._make_buttons()
        self._make_speed()
        self.readouts = Readouts()
        self.readouts.epoch_label.typed.connect(self.epoch_typed)
        self.readouts.epoch_label.left.connect(self.left)
        self.controls_button = action_button(ACTIONS["controls"])
        self.controls_button.setProperty("role", "flat")
        self.controls_button.hide()
        self.experiments_button = menu_button(ACTIONS["experiments"], sizes.ICON)
        self.menu_button = menu_button(ACTIONS["menu"], sizes.MENU_ICON)
        self._is_presenting = False
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

    def show_playing(self, is_playing: bool, is_in_past: bool = False) -> None:
        """Show whether the play button would play or pause: the training, or a replay."""
        going = is_playing, is_in_past
        if going == (self._is_playing, self._is_in_past) and not self.play_button.icon().isNull():
            return
        self._is_playing, self._is_in_past = going
        self._show_words()
        self.play_button.setIcon(
            icon("pause" if is_playing else ACTIONS["play"].icon, self._look.accent_text)
        )

    def show_frame(self, frame: Frame, rival: Frame | None = None) -> None:
        """Show the numbers of a frame, or of two."""
        numbers = self.readouts
        needed = numbers.is_full, numbers.wrong_width, numbers.past_width
        numbers.show_frame(frame, rival)
        if (numbers.is_full, numbers.wrong_width, numbers.past_width) != needed:
            self._show_words()
        seed = tr("seed {number}", number=frame.recipe.weight_seed)
        if self._seed_label.text() != seed:
            self._seed_label.setText(seed)

    def name_controls(self, is_comparing: bool) -> None:
        """Say at the button of the folded controls that of two runs they change B."""
        words = tr("Controls of run B") if is_comparing else ACTIONS["controls"].name
        tip = tr("Hide or show the controls of run B") if is_comparing else ACTIONS["controls"].tip
        label_button(self.controls_button, words, tip)
        self.controls_button.setText("B" if is_comparing else "")
        style = Qt.ToolButtonStyle
        self.controls_button.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if is_comparing else style.ToolButtonIconOnly
        )

    def set_look(self, look: Look) -> None:
        """Draw the icons in the colours of a look."""
        self._look = look
        self.readouts.set_look(look)
        self.play_button.setIcon(QIcon())  # the old one has the old colour
        self.show_playing(self._is_playing, self._is_in_past)
        for name, button in (
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
            self.readouts.present(is_presenting)
            self._show_words()

    def _show_words(self) -> None:
        is_full = self.readouts.is_full
        narrow = self._extra + (sizes.NARROW_PAIR if is_full else sizes.NARROW)
        beyond = self.readouts.wrong_width + self.readouts.past_width
        narrow += beyond
        is_narrow = self._window_width < narrow or self._is_presenting
        play = tr(REPLAY) if self._is_in_past else tr(ACTIONS["play"].button)
        play = tr(PAUSE) if self._is_playing else play
        counted = sizes.COUNTED_PAIR if is_full else sizes.COUNTED
        is_tight = self._window_width < counted + beyond
        # An epoch of the past takes the room of the word.
        is_iconic = self._is_presenting or (is_tight and self.readouts.past_width > 0.0)
        self.play_button.setText("" if is_iconic else play)
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
        # The icon says one epoch too: beside the words it would be read as eleven.
        step = icon(ACTIONS["step"].icon, self._look.text) if is_short else QIcon()
        self.step_button.setIcon(step)
        self.readouts.shorten(self.readouts.has_test if self._is_presenting else is_tight)
        self.readouts.leave_counts_out(self._window_width < self._least_for_counts)
        self._speed_caption.setVisible(not is_narrow)
        fix(
            self.play_button,
            width=sizes.ICON_BUTTON if is_iconic else self._play_width,
        )
        self._show_lesser(is_full=is_full, is_short=is_short)
        self._seat_buttons()

    @property
    def _least_for_counts(self) -> float:
        """How wide a window must be for counts of wrong samples at all, in base sizes."""
        if self.readouts.are_rows:
            return self._least_for_rows
        is_full = self._is_presenting and self.readouts.has_test
        return sizes.PRESENTED_NARROW if is_full else 0.0

    @property
    def _least_for_rows(self) -> float:
        """How wide a window must be for two rows of numbers with their counts, in base sizes."""
        is_folded = self._window_width < sizes.NARROW_CONTROLS
        beyond = self._play_width - sizes.PLAY_BUTTON  # in another language
        beyond += sizes.CONTROLS_OF_B if is_folded else 0.0
        return sizes.TWO_ROWS + self.readouts.brief_width + beyond

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

    def _show_lesser(self, *, is_full: bool, is_short: bool) -> None:
        """Leave out the seed and the speed in words where room is short; "More" has the seed."""
        has_room = self._is_presenting or not is_short  # then these parts are elsewhere
        self._seed_label.setVisible(has_room or not is_full)
        least: float = sizes.SPEEDLESS_PAIR if is_full else sizes.NARROW_CONTROLS
        if self.readouts.are_rows:
            least = max(least, self._least_for_rows + self._speed_width + GAP)
        self._speed_label.setVisible(has_room or self._window_width >= least)

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
        words = ACTIONS["play"].button, PAUSE, REPLAY
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
        self._speed_width = max(sizes.SPEED_WIDTH, text_width(*words) + SPACE)
        fix(self._speed_label, width=self._speed_width)
        self._show_speed()

    def _assemble(self) -> None:
        row = QHBoxLayout(self)
        lay(row, GAP, (GAP, SPACE, GAP, SPACE))
        for button in self.buttons()[:-1]:
            row.addWidget(button)
        self.lesser = self._assemble_lesser()
        row.addStretch(1)
        row.addWidget(self.readouts)
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
