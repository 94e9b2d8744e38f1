"""What is shown of the runs: frames of their present states, or of past ones, as wanted.

A past state that is near is computed at once. Otherwise that which is kept nearest to it is shown,
as the epoch that it is, while the wanted one is computed in slices between other work.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

from mlpviz.experiment.run.capture import capture, has_step, recapture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.travel import Travel
from mlpviz.experiment.run.want import Want, want_of

SLICE_SECONDS = 0.008  # of computing a past state, until something else has its turn
# While a past state stands on the screen: how often the run's going on is shown beside it.
CALM_SECONDS = 0.1
WORD_SECONDS = 0.2  # between two words about how far something is
STEP_SECONDS = 0.5  # between two steps that are taken apart while training goes on: to be read


class Shown:
    """The frames that are shown of the runs, and what is wanted of them."""

    def __init__(self) -> None:
        self.frames: tuple[Frame, ...] = ()  # as they were taken last
        self.wants: tuple[Want, ...] = (Want(),)  # as of `orders.ShowWanted`
        # Of runs that come back: what is to be shown of each then; none for the present.
        self._awaited: tuple[Position | None, ...] = ()
        self._travels: dict[int, Travel] = {}  # of the runs whose past is shown, by their numbers
        self._sought: list[Travel] = []  # all on the way together; none once all are there
        self._are_past = False
        self._taken_at = self._stepped_at = 0.0

    @property
    def is_sought(self) -> bool:
        """Whether a past state is wanted that has still to be computed; `seek` does."""
        return bool(self._sought)

    @property
    def share_found(self) -> float | None:
        """How much of that is done, 0 to 1; None where nothing is sought."""
        if not self._sought:
            return None
        distance = sum(travel.distance for travel in self._sought)
        return sum(travel.walked for travel in self._sought) / max(1, distance)

    @property
    def is_calm(self) -> bool:
        """Whether it would be too early to show again that the runs have gone on."""
        return self._are_past and time.perf_counter() < self._taken_at + CALM_SECONDS

    def want(self, wants: tuple[Want, ...]) -> None:
        """Show this from now on."""
        if not self.are_of_same_states(wants, max(len(wants), len(self.wants))):
            self.stop_seeking()
        self.wants = wants
        if self._awaited:
            self._awaited = tuple(want.position for want in wants)

    def await_past(self, positions: tuple[Position, ...]) -> None:
        """Show these states once the runs are others, unless something else is wanted by then."""
        self._awaited = positions

    def show_others(self) -> None:
        """Show the present states from now on, or those awaited: the runs are others."""
        positions, self._awaited = self._awaited or (None,), ()
        last = len(positions) - 1
        self.want(
            tuple(
                replace(want_of(self.wants, i), position=positions[min(i, last)])
                for i in range(max(len(self.wants), len(positions)))
            )
        )

    def stop_seeking(self) -> None:
        """Compute no past state until frames are taken again."""
        self._sought = []

    def are_of_same_states(self, wants: tuple[Want, ...], runs: int) -> bool:
        """Tell whether something else is wanted of the states of so many runs, or other states."""
        pairs = ((want_of(wants, i), want_of(self.wants, i)) for i in range(runs))
        return all(new.position == old.position for new, old in pairs)

    def take(self, runs: Sequence[Run], epoch_seconds: float, *, is_playing: bool) -> None:
        """Take a frame of every run.

        Parameters
        ----------
        epoch_seconds : how long an epoch takes, as far as is known
        is_playing : whether training goes on; then a step is taken apart now and then only
        """
        wants = self._wants_of(runs)
        if is_playing and time.perf_counter() < self._stepped_at + STEP_SECONDS:
            wants = [replace(want, step=None) for want in wants]
        elif any(want.step is not None for want in wants):
            self._stepped_at = time.perf_counter()
        past = {
            run: want.position
            for run, want in zip(runs, wants, strict=True)
            if want.position is not None
        }
        lacking = [
            run
            for run, want in zip(runs, wants, strict=True)
            if (frame := self._shown_of(run, want.position)) is None or not has_step(frame, want)
        ]
        self._look_for(past, lacking, epoch_seconds)
        kept = self._kept_epochs(past) if self._sought else {}
        self.frames = tuple(
            self._frame(run, want, kept.get(run)) for run, want in zip(runs, wants, strict=True)
        )
        self._are_past, self._taken_at = len(past) == len(runs), time.perf_counter()

    def renew(self, runs: Sequence[Run]) -> None:
        """Show the states of the last frames with what is wanted now, and the present recipes."""
        wants = {
            run.number: (run, want) for run, want in zip(runs, self._wants_of(runs), strict=True)
        }
        self.frames = tuple(
            recapture(frame, *wants[frame.run_number]) if frame.run_number in wants else frame
            for frame in self.frames
        )

    def seek(self) -> bool:
        """Compute what is sought for a slice; return whether frames are to be taken then."""
        under_way = [travel for travel in self._sought if not travel.is_there]
        for travel in under_way:
            travel.walk(SLICE_SECONDS / len(under_way))
        if all(travel.is_there for travel in under_way):
            self._sought = []
        return not self._sought or time.perf_counter() >= self._taken_at + WORD_SECONDS

    def _wants_of(self, runs: Sequence[Run]) -> list[Want]:
        """Return what is wanted of each run: of a past that it does not have, its present state."""
        wants = [want_of(self.wants, i) for i in range(len(runs))]
        return [
            replace(want, position=run.past(want.position))
            for run, want in zip(runs, wants, strict=True)
        ]

    def _look_for(
        self, past: dict[Run, Position], lacking: Sequence[Run], epoch_seconds: float
    ) -> None:
        """Set out for the past states that are not shown; go there at once where they are near.

        Parameters
        ----------
        lacking : the runs whose state is not shown, or not all that is wanted of it
        """
        known, self._travels, self._sought = self._travels, {}, []
        under_way = []
        for run, position in past.items():
            travel = known.get(run.number)
            if travel is None or travel.run is not run:  # which may have been made again
                travel = Travel(run, epoch_seconds)
            self._travels[run.number] = travel
            if run in lacking:
                travel.set_out(position)
                under_way.append(travel)
        if sum(travel.seconds_left for travel in under_way) <= SLICE_SECONDS:
            for travel in under_way:
                travel.walk(SLICE_SECONDS)
        if not all(travel.is_there for travel in under_way):
            self._sought = under_way

    def _shown_of(self, run: Run, position: Position | None = None) -> Frame | None:
        """Return the frame that is shown of a run, if it is of this position."""
        for frame in self.frames:
            if frame.run_number == run.number and position in (None, frame.position):
                return frame
        return None

    def _kept_epochs(self, past: dict[Run, Position]) -> dict[Run, int | None]:
        """Choose what is shown as long as something is sought: epochs that are kept.

        Runs of which the same epoch is wanted show the same one, which all of them have kept. None
        stands for the state that is shown already, where no other is nearer. Whoever goes forward
        sees none that is later than what is wanted, or time would go back at the end.
        """
        first = max(past, key=lambda run: run.run_of(past[run]).history.checkpoint_stride)
        here = self._shown_of(first)
        is_forward = here is not None and here.epoch < past[first].epoch
        kept_of = Run.checkpoint_up_to if is_forward else Run.checkpoint_near
        together = [run for run in past if past[run].epoch == past[first].epoch]
        nearest = _kept_by_all(together, kept_of(first, past[first].epoch))
        kept: dict[Run, int | None] = {}
        is_nearer = False
        for run, (epoch, _) in past.items():
            kept_epoch = nearest if run in together else kept_of(run, epoch)
            shown = self._shown_of(run)
            is_nearer |= shown is None or abs(kept_epoch - epoch) < abs(shown.epoch - epoch)
            kept[run] = kept_epoch
        return kept if is_nearer else dict.fromkeys(past)

    def _frame(self, run: Run, want: Want, kept: int | None) -> Frame:
        if want.position is None:
            return self._present_frame(run, want)
        if kept is not None:
            return self._travels[run.number].glance(kept, want)
        shown = self._shown_of(run, None if self._sought else want.position)
        if shown is not None and (self._sought or has_step(shown, want)):
            return recapture(shown, run, want)
        return self._travels[run.number].frame(want)

    def _present_frame(self, run: Run, want: Want) -> Frame:
        training = run.training
        if run.is_slow or not training.is_evaluated:
            last = self._last_frame_of(run)
            if last is not None:  # nothing is computed twice that takes seconds
                return recapture(last, run, want)
        if not training.is_evaluated:
            training.restore(training.epoch, training.state())
        return capture(run, want)

    def _last_frame_of(self, run: Run) -> Frame | None:
        """Return the last frame of a run, if the run is still in the state that it shows."""
        for frame in self.frames:
            if (frame.run_number, frame.epoch) == (run.number, run.training.epoch):
                later = run.changes[frame.changes_applied :]
                return None if any(change.edits for change in later) else frame
        return None


def _kept_by_all(runs: Sequence[Run], epoch: int) -> int:
    """Return the last epoch up to this one that all runs have kept: each has its first one."""
    while (before := min(run.checkpoint_up_to(epoch) for run in runs)) < epoch:
        epoch = before
    return epoch
