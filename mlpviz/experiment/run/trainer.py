"""The trainer: the runs and what is being done with them. All of it happens on one thread.

Most orders are obeyed between two epochs. But an epoch of a large network can take seconds, and so
can the making of a run or the explanation of what broke. In the middle of these the engine calls
`heed`, and the runner gives `obey_midway` each order that has come. Some are obeyed there, among
them a pause, which holds the epoch where it is until Play completes it. Others need the state that
the epoch began with. They end it by `Interrupted`: the runs then stand in that state again.
"""

import math
import time
from collections.abc import Sequence

from mlpviz.engine import Heed, go_on
from mlpviz.experiment.recipe.effects import are_live
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.interruption import (
    Answer,
    Doing,
    Interrupted,
    leaves_states,
    why_stopped,
)
from mlpviz.experiment.run.kept_runs import KeptRuns
from mlpviz.experiment.run.limit import NO_LIMIT, epochs_to_limit
from mlpviz.experiment.run.orders import (
    Branch,
    ChangeRecipes,
    Edit,
    Order,
    Pause,
    PlanReplay,
    Play,
    Reset,
    Rest,
    Restore,
    RunEpoch,
    SetSpeed,
    ShowWanted,
)
from mlpviz.experiment.run.pace import Burst, Pace, work_seconds
from mlpviz.experiment.run.replay_planner import ReplayPlanner
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.shown import WORD_SECONDS, Shown
from mlpviz.experiment.run.successors import (
    OnTheWay,
    begin,
    branching,
    coming_back,
    returning_to_stems,
)
from mlpviz.experiment.run.ways import outcome

PACE_SECONDS = 0.004  # the shortest rest worth taking between slow epochs
# Between frames no rest is longer: a processor that slept for ten milliseconds is slow to come
# back, and then every fiftieth frame takes 25 ms or more.
NAP_SECONDS = 0.001
LONG_SECONDS = 1.0  # an epoch that takes longer is spoken of


class Trainer:
    """Trains one or more runs in lockstep, as orders want it.

    Parameters
    ----------
    speed : epochs per second; None for as fast as it goes
    heed : called in the middle of slow work, with what has been done since it was last called
    """

    def __init__(self, speed: float | None, heed: Heed = go_on) -> None:
        self.has_news = False
        self.is_playing = False
        self.is_at_limit = False
        self.turns = 0  # how many orders to play or to pause have been carried out
        self.error = ""
        self._heed = heed
        self._runs: list[Run] = []
        self._left = KeptRuns()
        self._shown = Shown()
        self.planner = ReplayPlanner()
        self._is_unlimited = False
        self._steps_due = 0  # epochs that were ordered one by one
        self.on_the_way: OnTheWay | None = None  # runs that are being computed
        self._must_begin = False  # a change that would have begun new runs was interrupted
        self._doing = Doing.NOTHING
        self._pace = Pace(speed)
        self._burst = Burst()
        self._held_seconds = 0.0  # for which the epoch under way has been held
        self._is_long_from = math.inf  # when the epoch under way is to be spoken of
        self.speaks_at = math.inf  # the same, until it has been

    @property
    def frames(self) -> tuple[Frame, ...]:
        """The frames of the runs as they were captured last."""
        return self._shown.frames

    @property
    def share_found(self) -> float | None:
        """How much of the way to a past state that is sought is done; None where none is."""
        return self._shown.share_found

    @property
    def is_slow(self) -> bool:
        """Whether an epoch takes so long that it can be interrupted."""
        return any(run.is_slow for run in self._runs)

    @property
    def is_held(self) -> bool:
        """Whether it was paused in the middle of an epoch."""
        is_wanted = self.is_playing or self._steps_due > 0
        return self._doing is Doing.AN_EPOCH and not is_wanted

    @property
    def is_under_way(self) -> bool:
        """Whether an epoch is being trained that takes long enough to be spoken of."""
        if self._doing is Doing.AN_EPOCH:
            return self.is_held or time.perf_counter() >= self._is_long_from
        return self.is_playing and self._burst.epoch_seconds > LONG_SECONDS

    def obey(self, order: Order) -> None:
        """Carry out one order."""
        self._doing = Doing.AN_ORDER
        try:
            self._carry_out(order)
        finally:
            self._doing = Doing.NOTHING

    def obey_midway(self, order: Order) -> Answer:
        """Carry out an order in the middle of something, if that can be.

        Who interrupts is to be obeyed next, and who waits after that.
        """
        if isinstance(order, Play | Pause | RunEpoch | SetSpeed | Rest):
            self._carry_out(order)
            return Answer.OBEYED
        is_of_others = self._doing in (Doing.A_RUN, Doing.RUNS_ON_THE_WAY)
        if is_of_others and isinstance(order, ShowWanted):
            self._carry_out(order)  # it is of the runs that there still are
            return Answer.OBEYED
        if self._is_light(order) or self._is_harmless(order):
            self._carry_out(order)
            self.recapture()
            return Answer.OBEYED
        if self._doing in (Doing.AN_EPOCH, Doing.A_FRAME):
            return Answer.INTERRUPTS
        if self._doing is Doing.A_RUN:  # which is not wanted when another is
            if isinstance(order, Reset):
                return Answer.WAITS
            is_other = isinstance(order, ChangeRecipes | Branch | Restore)
            # What is edited is on its way out.
            return Answer.INTERRUPTS if is_other else Answer.OBEYED
        if self.on_the_way is not None and self.on_the_way.is_left_by(order):
            return Answer.INTERRUPTS
        return Answer.WAITS

    def note_held(self, seconds: float) -> None:
        """Do not count the time for which an epoch was held as its own."""
        self._held_seconds += seconds
        self._is_long_from += seconds
        self.speaks_at += seconds

    def seconds_to_next_burst(self, next_frame: float) -> float | None:
        """Return how long to rest; None when there is nothing to do until an order comes.

        Parameters
        ----------
        next_frame : when it is due, as `time.perf_counter` counts
        """
        if self._steps_due or self._shown.is_sought or self.planner.is_busy:
            return 0.0
        if not self.is_playing:
            return None
        if not self._pace.is_between_frames:
            return self._pace.rest(PACE_SECONDS)
        now = time.perf_counter()
        due = self._pace.due(max(now, next_frame))
        # Just in time: frames would come unevenly were they to wait for the next epoch.
        in_time = max(0.0, next_frame - now - due * self._burst.epoch_seconds)
        return min(NAP_SECONDS, in_time if due > 0 else self._pace.rest())

    def burst(self, until: float) -> None:
        """Train for the epochs that are due, or for a few milliseconds.

        Parameters
        ----------
        until : when the next frame is due, as `time.perf_counter` counts
        """
        if self._steps_due:
            self._advance(1)
        elif self.is_playing:
            due = self._pace.due()
            # Where the screen can follow, every epoch is drawn: one at a time.
            is_one = self._pace.is_slow or self.is_slow
            most = 1 if is_one else self._burst.fitting_epochs(until - time.perf_counter())
            epochs = min(due, most, self._epochs_to_limit())
            if epochs > 0:
                self._advance(epochs)
                self._pace.spend(epochs)
        if self.is_playing and self._epochs_to_limit() == 0:
            self.is_playing, self.is_at_limit, self.has_news = False, True, True
        if self._shown.is_sought:
            self._seek()
        if self.planner.is_busy:
            self.has_news |= self.planner.go_on()

    def capture(self) -> None:
        """Take a frame of every run."""
        self._doing, wants = Doing.A_FRAME, self._shown.wants
        try:
            self._shown.take(self._runs, self._burst.epoch_seconds, is_playing=self.is_playing)
        finally:
            self._doing = Doing.NOTHING
        self.has_news = False
        if self._shown.wants != wants:  # something else was wanted meanwhile
            self.recapture()

    def recapture(self) -> None:
        """Show the states of the last frames with what is wanted now, and the present recipes."""
        self._shown.renew(self._runs)

    def fail(self, problem: Exception) -> None:
        """Pause, and keep a sentence for the screen."""
        self.is_playing, self.has_news, self._steps_due = False, False, 0
        self._shown.stop_seeking()
        self.error = why_stopped(problem)

    def _carry_out(self, order: Order) -> None:
        self.has_news = True
        if not isinstance(order, ShowWanted | SetSpeed | PlanReplay | Rest):
            self.error = ""  # to look at it from nearer does not mend it
            self.planner.drop()
        self.turns += isinstance(order, Play | Pause)
        match order:
            case Play():
                self._play()
            case Pause():
                self.is_playing, self._steps_due = False, 0
            case RunEpoch():
                self.is_playing = self.is_at_limit = False
                self._steps_due += 1
            case Reset(numbers):
                self._reset(numbers)
            case ChangeRecipes(recipes, kept, restarts, numbers):
                self._keep_alone(kept)
                self._change(recipes, numbers, restarts=restarts)
            case Branch():
                branches = branching(self._runs, order)
                if branches is not None:
                    self._compute(branches)
            case Restore():
                self._shown.await_past(order.positions)
                self._compute(coming_back(order, self._left, self._runs, self._heed))
                self._change(order.recipes)
            case Edit(number, edits):
                for run in self._runs:
                    if run.number == number:  # what was meant may have gone while the order came
                        run.edit(edits)
            case SetSpeed(speed):
                self._pace = Pace(speed)
            case ShowWanted(wants):
                self._shown.want(wants)
            case PlanReplay(frames):
                self.planner.begin(self._runs, frames)

    def _play(self) -> None:
        if self._epochs_to_limit() == 0:
            self._is_unlimited = True
        self.is_playing, self.is_at_limit = True, False
        self._pace.restart()

    def _keep_alone(self, kept: int | None) -> None:
        if kept is not None and len(self._runs) > 1:
            before, self._runs = self._runs, [self._runs[kept]]
            self._left.change_over(before, self._runs)

    def _change(
        self, recipes: tuple[Recipe, ...], numbers: Sequence[int] = (), *, restarts: bool = False
    ) -> None:
        if len(recipes) != len(self._runs):  # of two runs that begin, both follow the first
            first = self._runs[0] if self._runs else None
            self._begin([(first, recipe) for recipe in recipes], numbers)
            return
        pairs = list(zip(self._runs, recipes, strict=True))
        are_meant = not numbers or [*numbers] == [run.number for run in self._runs]
        must_begin = restarts or self._must_begin or not are_meant
        if must_begin or not are_live([run.recipe for run in self._runs], recipes):
            self._begin(pairs, numbers)  # one epoch counter for all: when one starts over, all do
            return
        for run, recipe in pairs:
            self._is_unlimited &= run.recipe.epochs == recipe.epochs
            run.change(recipe)
        self.is_at_limit &= self._epochs_to_limit() == 0

    def _is_light(self, order: Order) -> bool:
        """Tell whether an order only asks for something else of the states that are shown."""
        count = len(self._runs)
        return isinstance(order, ShowWanted) and self._shown.are_of_same_states(order.wants, count)

    def _is_harmless(self, order: Order) -> bool:
        """Tell whether an order, in the middle of an epoch, leaves what it began with as it is."""
        recipes = {run.number: run.recipe for run in self._runs}
        return self._doing is Doing.AN_EPOCH and leaves_states(order, recipes)

    def _begin(
        self, pairs: Sequence[tuple[Run | None, Recipe]], numbers: Sequence[int] = ()
    ) -> None:
        # The new runs are complete before the old ones go: a failure loses nothing.
        self._doing = Doing.A_RUN
        try:
            runs = begin(pairs, numbers, self._heed)
        except Interrupted:
            self._must_begin = True
            raise
        self._take_over(runs)

    def _reset(self, numbers: Sequence[int]) -> None:
        """Begin again: all where they branched together, or from epoch 0 on."""
        branches = returning_to_stems(self._runs, numbers)
        if branches is None:
            self._begin([(run, run.recipe) for run in self._runs], numbers)
        else:
            self._compute(branches)

    def _compute(self, on_the_way: OnTheWay) -> None:
        """Compute runs, and take them over; say how far it is where that takes long."""
        self._doing, self.on_the_way = Doing.RUNS_ON_THE_WAY, on_the_way
        self.speaks_at = time.perf_counter() + LONG_SECONDS
        try:
            runs = outcome(on_the_way.way, self._note_share)
        except Interrupted:
            self._must_begin = True
            self._shown.await_past(())
            raise
        finally:
            self.on_the_way, self.speaks_at = None, math.inf
        self._take_over(runs)

    def _note_share(self, share: float) -> None:
        assert self.on_the_way is not None
        self.on_the_way.share = share
        if self.speaks_at == math.inf:  # it has spoken
            self.speaks_at = time.perf_counter() + WORD_SECONDS

    def _take_over(self, runs: list[Run]) -> None:
        self._left.change_over(self._runs, runs)
        self._runs, self._must_begin = runs, False
        self._shown.show_others()
        # A run that was trained beyond its limit goes on without one.
        self._is_unlimited = any(0 < run.recipe.epochs < run.history.epoch for run in runs)
        self.is_at_limit = self._epochs_to_limit() == 0
        # An epoch may now take a thousand times as long.
        self._burst = Burst()
        self._pace.restart()

    def _advance(self, epochs: int) -> None:
        self.planner.drop()
        if self.is_slow:
            started, self._held_seconds = time.perf_counter(), 0.0
            self._train_an_epoch()
            spent = time.perf_counter() - started - self._held_seconds
        else:
            started = work_seconds()
            for run in self._runs:
                run.advance(epochs)
            spent = work_seconds() - started
        self._steps_due = max(0, self._steps_due - 1)  # also one that was ordered on the way
        self._burst.fit(epochs, spent)
        self.has_news |= not (self.is_playing and self._shown.is_calm)

    def _train_an_epoch(self) -> None:
        """Train all runs for an epoch, or none: they stay in lockstep."""
        marks = [run.training.mark() for run in self._runs]
        was_long = self._burst.epoch_seconds > LONG_SECONDS
        self._is_long_from = time.perf_counter() + (0.0 if was_long else LONG_SECONDS)
        self._doing, self.speaks_at = Doing.AN_EPOCH, self._is_long_from
        try:
            trained = [run.train(1) for run in self._runs]
        except BaseException:
            for run, mark in zip(self._runs, marks, strict=True):
                run.training.take_back(mark)
            self._steps_due = 0
            raise
        finally:
            self._doing, self.speaks_at = Doing.NOTHING, math.inf
        for run, part in zip(self._runs, trained, strict=True):
            run.record(part)

    def _seek(self) -> None:
        """Go on for a slice to the past state that is wanted."""
        self._doing = Doing.A_FRAME
        try:
            self.has_news |= self._shown.seek()
        finally:
            self._doing = Doing.NOTHING

    def _epochs_to_limit(self) -> int:
        return NO_LIMIT if self._is_unlimited else epochs_to_limit(self._runs)
