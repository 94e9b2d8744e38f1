"""Walking through one step, stage by stage: which stage, sample and unit are worked out."""

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mlpviz.experiment.run.diagnosis import Spot
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.trace import StepTrace
from mlpviz.experiment.words.step_batch import batch_page
from mlpviz.experiment.words.step_items import Page
from mlpviz.experiment.words.step_numbers import USUAL_DIGITS
from mlpviz.experiment.words.step_pages import Proof, page_of, proof_of
from mlpviz.experiment.words.step_stages import Kind, Stage, broken_stage, stages_of
from mlpviz.gui.actions.choices import A
from mlpviz.gui.actions.jobs import LatestJob
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selected, Selection

MOST_PRODUCTS = 1_000_000  # of a pass forward, with which a slope is checked within some 10 ms
PACE = 4  # seconds that a stage is shown while they are played


class _Subject(NamedTuple):
    """What the end of a page is about."""

    trace: StepTrace
    stage: Stage
    place: Place | None


class _Proved(NamedTuple):
    """What a page ends with, computed in the background."""

    subject: _Subject
    proof: Proof | None


@dataclass(frozen=True, slots=True)
class Walked:
    """Where in a step one is.

    Parameters
    ----------
    frame, trace : the state before the step, and the step
    stages, number : all stages, and the number of the one that is read
    row : of the sample that is worked out, among those of the step
    page : what is to be read
    is_batch : whether that is of all samples of the step at once
    """

    frame: Frame
    trace: StepTrace
    stages: tuple[Stage, ...]
    number: int
    row: int
    page: Page
    is_batch: bool = False

    @property
    def stage(self) -> Stage:
        """The stage that is read."""
        return self.stages[self.number]


class StepWalk(QObject):
    """Owns the stage of the step that is taken apart, and the digits of its numbers.

    The sample and the unit are those that are selected. To begin pauses the training: what is read
    should stand still.

    Parameters
    ----------
    runs : whose step it is; in a comparison that of A
    selection : owns the sample, the unit and that a step is wanted
    """

    turned = Signal(bool)  # whether a step is taken apart now
    changed = Signal(object)  # Walked; None where the state shown has no step
    unit_meant = Signal(object)  # Place of the unit that is worked out now
    playing_changed = Signal(bool)

    def __init__(self, runs: Runs, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs, self._selection = runs, selection
        self._frame: Frame | None = None
        self._number, self._digits, self._is_batch = 0, USUAL_DIGITS, False
        self.walked: Walked | None = None  # what is read; None where the state has no step
        self._made_of: object = None  # what that was made of, to see whether it changes
        self._is_training = False
        self._proved: _Proved | None = None  # the last one
        self._proofs = 0  # that there have been, to see whether it is another
        self._sought: _Subject | None = None  # what the next one is about
        self._jobs = LatestJob(self)
        self._jobs.finished.connect(self._take_proved)
        self._jobs.failed.connect(runs.notices.refuse)
        self._is_new = False  # whether the diagram has still to show the unit of this stage
        self._pace = QTimer(self, interval=1000 * PACE)
        self._pace.setObjectName("step_pace")
        self._pace.timeout.connect(self._play_on)
        selection.changed.connect(self._follow_selection)

    @property
    def is_on(self) -> bool:
        """Whether a step is taken apart."""
        return self._selection.value.has_step

    @property
    def is_coming(self) -> bool:
        """Whether the state that is shown has a step, also where it is still on its way."""
        return self._frame is None or self._frame.can_follow_gradient

    @property
    def digits(self) -> int:
        """With how many digits that count all numbers are written."""
        return self._digits

    @property
    def is_playing(self) -> bool:
        """Whether one stage follows the other by itself."""
        return self._pace.isActive()

    @Slot()
    def toggle(self) -> None:
        """Begin at the first stage, or end."""
        if self.is_on:
            self.end()
            return
        self.begin(0, self._selection.value.sample or 0)

    def begin(self, number: int, sample: int) -> None:
        """Take the step apart that has a sample, from one of its stages on."""
        if self._runs.is_playing:
            self._runs.toggle_playing()
        was_on = self.is_on
        self._number, self._made_of, self._is_new = number, None, True
        self._selection.select_sample(sample)
        self._selection.take_apart(True)
        if not was_on:
            self.turned.emit(True)
        self._show()

    def begin_where(self, spot: Spot) -> None:
        """Take the step apart in which a number first broke, and work that number out."""
        stages = self._stages()
        if not stages:
            return
        self.begin(stages.index(broken_stage(spot, stages[-1].layer)), spot.sample)
        self._is_new = False  # or the unit would be shown in place of the weight that broke
        self.unit_meant.emit(spot.place)

    def end(self) -> bool:
        """Take no step apart any more; return whether one was."""
        was_on = self.is_on
        if was_on:
            self.play(False)
            self._jobs.cancel()
            self._proved = self._sought = None
            self._selection.take_apart(False)
            self.turned.emit(False)
        return was_on

    @Slot()
    def next(self) -> None:
        """Go to the next stage; after the last one stay."""
        self.go_to(self._number + 1)

    @Slot()
    def back(self) -> None:
        """Go to the stage before."""
        self.go_to(self._number - 1)

    @Slot(int)
    def go_to(self, number: int) -> None:
        """Go to a stage, by its number from 0."""
        stages = self._stages()
        number = min(max(0, number), len(stages) - 1)
        if stages and number != self._number:
            self._number, self._is_new = number, True
            self._show()

    @Slot(bool)
    def play(self, is_playing: bool) -> None:
        """Let one stage follow the other, or stop there."""
        if is_playing == self.is_playing:
            return
        if is_playing:
            if self._number == len(self._stages()) - 1:
                self.go_to(0)
            self._pace.start()
        else:
            self._pace.stop()
        self.playing_changed.emit(is_playing)

    @Slot(int)
    def set_pace(self, seconds: int) -> None:
        """Show each stage for so long while they are played."""
        self._pace.setInterval(1000 * seconds)

    @Slot(int)
    def set_digits(self, digits: int) -> None:
        """Write all numbers of the step with so many digits that count."""
        self._digits = digits
        self._show()

    @Slot(bool)
    def show_batch(self, is_batch: bool) -> None:
        """Show all samples of the step at once, as matrices, or one sample."""
        self._is_batch = is_batch
        self._show()

    def stop(self) -> None:
        """End what is computed in the background, before the window goes."""
        self._jobs.stop()

    def show_update(self, update: Update) -> None:
        """Take over the state that is shown; of a training that goes on those with a step."""
        frame = update.frames[A] if update.frames else None
        if frame is not None and update.is_playing and self._may_stay(frame):
            return
        self._frame, self._is_training = frame, update.is_playing
        if self.is_on:
            self._number = min(self._number, max(0, len(self._stages()) - 1))
            self._show()

    @Slot()
    def _play_on(self) -> None:
        self.next()
        if self._number == len(self._stages()) - 1:
            self.play(False)

    def _stages(self) -> tuple[Stage, ...]:
        return () if self._frame is None else stages_of(len(self._frame.recipe.sizes) - 1)

    def _may_stay(self, frame: Frame) -> bool:
        """Tell whether the step before is read on: another of this network is on its way."""
        before = self._frame
        if before is None or before.trace is None or frame.trace is not None:
            return False
        return frame.recipe.sizes == before.recipe.sizes and frame.can_follow_gradient

    def _place(self) -> Place | None:
        """Return the unit of A that is selected, or the one that a selected weight leads into."""
        part = self._selection.value.part
        return None if part is None or part.side != A else part.place

    @Slot(object)
    def _follow_selection(self, value: Selected) -> None:
        """Work out the unit that is chosen: where another layer is meant, at its stage."""
        if not self.is_on:
            return
        place, stages = self._place(), self._stages()
        if place is not None and place.layer > 0 and stages:
            kind = stages[self._number].kind
            wanted = Stage(kind, place.layer)
            if kind in (Kind.FORWARD, Kind.BACKWARD) and wanted in stages:
                self._number = stages.index(wanted)
        self._show()

    def _show(self) -> None:
        """Say what is to be read, where that is something else than before."""
        if not self.is_on:
            return
        trace = None if self._frame is None else self._frame.trace
        sample, place = self._selection.value.sample, self._place()
        what = trace, self._number, self._digits, self._is_batch, sample, place
        made_of = *what, self._proofs, self._is_training, self.is_coming
        if made_of == self._made_of:
            return
        self._made_of, self.walked = made_of, self._make()
        self.changed.emit(self.walked)
        if self.walked is not None and self._is_new:
            self._is_new = False
            self.unit_meant.emit(self.walked.page.place._replace(source=None))

    def _make(self) -> Walked | None:
        """Work the stage out: once, for the check of a slope takes several passes forward."""
        frame = self._frame
        if frame is None or frame.trace is None:
            return None
        trace, stages = frame.trace, self._stages()
        rows = (trace.samples == self._selection.value.sample).nonzero()[0]
        row = int(rows[0]) if len(rows) else 0
        stage = stages[self._number]
        given = frame.recipe, trace, stage, row, self._place(), self._digits
        page = batch_page(*given) if self._is_batch else page_of(*given, self._proof(trace, stage))
        return Walked(frame, trace, stages, self._number, row, page, self._is_batch)

    def _proof(self, trace: StepTrace, stage: Stage) -> Proof | None:
        """Return what the page ends with; None where it is to come.

        It is computed in the background where that takes long, and not while the network trains:
        the step is another one every time then.
        """
        subject = _Subject(trace, stage, self._place())
        if self._proved is not None and self._proved.subject == subject:
            return self._proved.proof
        is_short = trace.products() <= MOST_PRODUCTS
        if is_short or stage.kind in (Kind.FORWARD, Kind.LOSS):
            return proof_of(*subject)
        if not self._is_training and subject != self._sought:
            self._sought = subject
            self._jobs.start(lambda: _Proved(subject, proof_of(*subject)))
        return None

    @Slot(object)
    def _take_proved(self, proved: _Proved) -> None:
        """End the page with what was computed for it."""
        self._proved, self._sought = proved, None
        self._proofs += 1
        self._show()
