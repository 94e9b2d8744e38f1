"""The drawer in which is chosen what a clip shows."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.clip import (
    FRAMES_PER_SECOND,
    LEAST_VIEW,
    LOSS,
    MOST,
    SECONDS,
    VIEWS,
    WINDOW,
    Clip,
)
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.look.look import current_look
from mlpviz.gui.parts.drawer import Drawer
from mlpviz.gui.parts.form import add_row, new_form
from mlpviz.gui.parts.inputs import Choice, NumberInput, WholeInput, take_typed
from mlpviz.gui.parts.text_line import text_line

LENGTHS = (1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0)  # seconds, at the arrows
MOST_EPOCHS = 2_000_000_000  # that can be typed


class ClipDrawer(Drawer):
    """Asks what a clip shows, how long and how large it is."""

    save_wanted = Signal(object)  # Clip
    refused = Signal(str)  # a sentence

    def __init__(self) -> None:
        super().__init__("clip_drawer", tr("Clip"), least_height=0.0)
        self._epoch = -1  # the end that was proposed last
        self._make_inputs()
        self._assemble()

    def _make_inputs(self) -> None:
        usual = Clip()
        views = {name: tr(words) for name, words in VIEWS.items()}
        self.view_input = Choice("clip_view_input", tr("View"), views)
        self.first_input = WholeInput("clip_first_input", tr("From epoch"), 0, MOST_EPOCHS)
        self.last_input = WholeInput("clip_last_input", tr("To epoch"), 0, MOST_EPOCHS)
        self.seconds_input = NumberInput("clip_seconds_input", tr("Seconds"), LENGTHS, *SECONDS)
        self.seconds_input.setValue(usual.seconds)
        rates = FRAMES_PER_SECOND
        self.rate_input = WholeInput("clip_rate_input", tr("Frames per second"), *rates)
        self.rate_input.setValue(usual.frames_per_second)
        (least_width, least_height), (width, height) = LEAST_VIEW, MOST
        self.width_input = WholeInput("clip_width_input", tr("Width"), least_width, width)
        self.height_input = WholeInput("clip_height_input", tr("Height"), least_height, height)
        self.width_input.setValue(usual.size[0])
        self.height_input.setValue(usual.size[1])
        self.save_button = QPushButton(tr("Save…"))
        self.save_button.setObjectName("clip_save_button")
        self.save_button.setToolTip(tr("Choose a file, and make the clip in the background"))
        self.save_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.save_button.clicked.connect(self._save)

    def _assemble(self) -> None:
        words = text_line("clip_words")
        words.setText(
            tr(
                "An animated file that shows the run again: slowly where much changes, fast where "
                "little does."
            )
        )
        self.upper_half.addWidget(words)
        form = new_form(self.upper_half)
        for label, field, tooltip in (
            (tr("view"), self.view_input, tr("What is to be seen")),
            (tr("from epoch"), self.first_input, tr("The epoch with which it begins")),
            (tr("to epoch"), self.last_input, tr("The epoch with which it ends")),
            (tr("seconds"), self.seconds_input, tr("How long it is")),
            (tr("frames per second"), self.rate_input, tr("More are smoother and a larger file")),
            (tr("width"), self.width_input, tr("In pixels")),
            (tr("height"), self.height_input, tr("In pixels")),
        ):
            add_row(form, label, field, tooltip)
        self.footer.addStretch(1)
        self.footer.addWidget(self.save_button)
        self.upper_half.addStretch(1)

    def show_update(self, update: Update) -> None:
        """Propose the whole run; of two that are compared, what shows both."""
        if not update.frames:
            return
        names = VIEWS if len(update.frames) == 1 else (WINDOW, LOSS)
        self.view_input.offer({name: tr(VIEWS[name]) for name in names})
        epoch = min(update.frames[0].live.epoch, MOST_EPOCHS)
        if self.last_input.value() in (self._epoch, 0):  # nobody chose another
            self.last_input.setValue(epoch)
        self._epoch = epoch

    @Slot()
    def _save(self) -> None:
        take_typed(self)
        try:
            clip = Clip(
                self.view_input.key(),
                self.seconds_input.value(),
                self.rate_input.value(),
                (self.width_input.value(), self.height_input.value()),
                self.first_input.value(),
                self.last_input.value(),
                current_look().name,
            )
        except ValueError as problem:
            self.refused.emit(str(problem))
            return
        self.save_wanted.emit(clip)
