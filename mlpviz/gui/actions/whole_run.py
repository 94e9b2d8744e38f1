"""The whole run in ten seconds: trained ahead to its limit, then shown from its start.

With every frame the surface changes equally: most of the ten seconds are spent where something
happens. See `experiment.run.equal_change`.
"""

from enum import Enum

from PySide6.QtCore import QObject, Signal, Slot

from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.messages import Message
from mlpviz.experiment.words.time_words import (
    ahead_words,
    planned_words,
    replay_words,
    whole_run_words,
)
from mlpviz.gui.actions.moments import Recipes
from mlpviz.gui.actions.replay import FRAMES_PER_SECOND, Replay
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selection
from mlpviz.gui.actions.time_travel import TimeTravel

SECONDS = 10
FRAMES = SECONDS * FRAMES_PER_SECOND


class _Phase(Enum):
    """What is being done for the replay of a whole run."""

    NOTHING = "nothing"
    TRAINING = "training"
    PLANNING = "planning"


class WholeRun(QObject):
    """Trains ahead, has the replay planned, and lets it go.

    Parameters
    ----------
    runs : which are trained
    travel : by which the start is shown meanwhile
    selection : owns the moment that is looked at
    """

    going_changed = Signal(bool)  # whether it prepares, or a replay goes on: what Space ends

    def __init__(
        self, runs: Runs, travel: TimeTravel, selection: Selection, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runs, self._travel = runs, travel
        self.replay = Replay(travel, selection, runs.speed, self)
        self._runner = runs.bridge.runner
        self._phase = _Phase.NOTHING
        self._is_going = False
        self.replay.playing_changed.connect(self._say_how_it_goes)
        self._numbers: list[int] = []  # of the runs that are meant
        self._limit = 0  # the epoch up to which they are trained
        self._is_training = False  # during a replay: whether it was said that training goes on
        self._is_at_start = False  # while it prepares: whether the start is what is looked at
        selection.changed.connect(self._follow_look)
        runs.recipes_changed.connect(self.give_up)  # what is prepared would not come to its end

    @property
    def is_busy(self) -> bool:
        """Whether it trains or plans."""
        return self._phase is not _Phase.NOTHING

    @Slot()
    def show(self) -> None:
        """Train up to the limit, as fast as it goes, and then show all of it."""
        self._runs.take_typed()
        self.replay.stop()
        self._travel.start()
        self._is_at_start = self._travel.is_in_past
        self._limit = _limit(self._runs.recipes)
        self._numbers = _numbers(self._runs.latest)
        if self._travel.live.epoch < self._limit:
            self._runner.set_speed(None)
            self._runner.play()
        self._set(_Phase.TRAINING)
        self.follow(self._runs.latest)

    @Slot()
    def toggle_replay(self) -> None:
        """Start or stop the replay; while one is being prepared, give that up."""
        if self.is_busy:
            self.give_up()
        else:
            self.replay.toggle()

    @Slot()
    def give_up(self) -> None:
        """Prepare no longer."""
        if self._phase is _Phase.TRAINING:
            self._end_training()
        if self.is_busy:
            self._set(_Phase.NOTHING)

    def follow(self, update: Update) -> None:
        """Go on to the next phase as the trainer gets on."""
        self.replay.follow(update)
        if self.replay.is_playing and update.is_playing != self._is_training:
            self._say_how_it_goes()
        if not self.is_busy:
            return
        if update.error or _numbers(update) != self._numbers:  # there is something else to see now
            self.give_up()
        elif self._phase is _Phase.PLANNING:
            if update.replay_plan:
                self._set(_Phase.NOTHING)
                self.replay.show_plan(update.replay_plan)
        elif self._travel.live.epoch >= self._limit:
            self._end_training()
            self._runner.plan_replay(FRAMES)
            self._set(_Phase.PLANNING)
        else:
            self._say_how_it_goes()
            if not self._is_at_start:  # there was nothing before the present yet
                self._travel.start()
                self._is_at_start = self._travel.is_in_past

    @Slot()
    def _follow_look(self) -> None:
        """Who looks at another moment than the start wants to see no replay."""
        is_at_start = self._travel.is_in_past and self._travel.epoch == 0
        if self.is_busy and self._is_at_start and not is_at_start:
            self.give_up()

    def _end_training(self) -> None:
        """Pause, and train at the speed that was chosen from then on."""
        if not self._runs.latest.error:  # with which it has paused, and which must be read
            self._runner.pause()
        self._runner.set_speed(self._runs.speed)

    def _set(self, phase: _Phase) -> None:
        self._phase = phase
        self._say_how_it_goes()

    @Slot()
    def _say_how_it_goes(self) -> None:
        words = ""
        if self._phase is _Phase.TRAINING:
            words = ahead_words(self._travel.live.epoch, self._limit)
        elif self._phase is _Phase.PLANNING:
            words = planned_words()
        elif self.replay.is_playing:
            self._is_training = self._runs.latest.is_playing
            is_whole = self.replay.has_plan
            words = whole_run_words() if is_whole else replay_words(is_training=self._is_training)
        self._runs.notices.show_work(Message(words, is_hint=True))
        is_going = self.is_busy or self.replay.is_playing
        if is_going != self._is_going:
            self._is_going = is_going
            self.going_changed.emit(is_going)


def _limit(recipes: Recipes) -> int:
    """Return the epoch at which training pauses; 0 where it does not."""
    return min((recipe.epochs for recipe in recipes if recipe.epochs > 0), default=0)


def _numbers(update: Update) -> list[int]:
    return [frame.run_number for frame in update.frames]
