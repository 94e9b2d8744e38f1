"""Practising the stages of a step: where on the ladder somebody is, and what is blank there."""

from mlpviz.experiment.run.record import Position
from mlpviz.experiment.workbook.practice import (
    Practice,
    gone_on,
    moment_of,
    next_sample,
    rungs_of,
)
from mlpviz.experiment.workbook.step_questions import Question
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selection
from mlpviz.gui.actions.step_walk import StepWalk, Walked


class StepPractice:
    """Leads from rung to rung, on other samples, and in each round with other weights.

    The run stays as it is: it is only looked at where it had other weights, and at the end again
    where somebody was before. One that is not trained yet has no such moments, and nothing to lose:
    another with the next weight seed takes its place, which can be taken back.

    Parameters
    ----------
    walk : shows the stage
    selection : owns the sample and the moment
    runs : draws new weights
    """

    def __init__(self, walk: StepWalk, selection: Selection, runs: Runs) -> None:
        self._walk, self._selection, self._runs = walk, selection, runs
        self._state: Practice | None = None
        self._home: tuple[Position | None, int] = None, 0  # the moment before, and whose it is
        self._went_to: Position | None = None

    @property
    def is_on(self) -> bool:
        """Whether somebody practises."""
        return self._state is not None

    @property
    def is_worked(self) -> bool:
        """Whether the stage is worked, without a blank."""
        return self._state is not None and self._state.rung == 0

    def begin(self) -> None:
        """Begin with the stage that is read, worked."""
        walked, value = self._walk.walked, self._selection.value
        if walked is not None:
            self._state = Practice(walked.number, walked.page.place.layer)
            self._home = value.position, value.position_of
            self._went_to = value.position

    def end(self) -> None:
        """End, and look at the moment before, unless somebody has gone to another by hand."""
        self._state = None
        position = self._selection.value.position
        if self._went_to != self._home[0] and position == self._went_to:
            self._selection.look_at(*self._home)

    def follow(self, walked: Walked | None) -> None:
        """Begin the ladder of another stage that somebody has gone to."""
        state = self._state
        if state is not None and walked is not None and walked.number != state.number:
            self._state = Practice(walked.number, walked.page.place.layer, turn=state.turn)

    def blanks(self) -> frozenset[Question]:
        """Return what is left blank on the page."""
        rungs = self._rungs()
        return frozenset() if self._state is None else rungs[min(self._state.rung, len(rungs) - 1)]

    def go_on(self) -> None:
        """Go to the next rung, or to the next kind of stage."""
        walked, state = self._walk.walked, self._state
        if walked is None or state is None:
            return
        self._state = gone_on(state, walked.stages, len(self._rungs()))
        self._walk.go_to(self._state.number)
        sample = int(walked.trace.samples[walked.row])
        self._selection.select_sample(next_sample(sample, len(walked.frame.X)))
        if self._state.turn != state.turn:
            self._take_other_weights(self._state.turn, walked.frame.live)

    def _take_other_weights(self, turn: int, live: Position) -> None:
        if live == Position(0, 0):
            self._runs.draw_weights()
        if live.epoch == 0:  # with weights set by hand, which stay
            return
        position = Position(moment_of(turn, live.epoch))
        self._went_to = position if position < live else None
        self._selection.look_at(self._went_to)

    def _rungs(self) -> tuple[frozenset[Question], ...]:
        walked = self._walk.walked
        if walked is None:
            return (frozenset(),)
        return rungs_of(walked.trace, walked.stage, walked.row, walked.page.place)
