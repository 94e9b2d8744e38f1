"""How a past state of a run is found: it is computed from one that is kept, in slices."""

import time
from dataclasses import dataclass

from mlpviz.engine.heldout import HeldOut
from mlpviz.experiment.run.capture import frame_of
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.pace import work_seconds
from mlpviz.experiment.run.past import Past
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.walker import Walker
from mlpviz.experiment.run.want import Want


@dataclass(slots=True)
class _Traveller:
    """One who goes to past states, with the test set to judge them by.

    Parameters
    ----------
    past : of the run, or of one that it is a branch of
    """

    past: Past
    walker: Walker
    held_out: HeldOut | None


class Travel:
    """The way to past states of one run.

    The state found last is kept: a later one is computed from there, if no state that the history
    keeps is nearer. So to go forward step by step costs the steps, and nothing more.

    Parameters
    ----------
    run : not changed
    epoch_seconds : how long an epoch of it takes, as far as is known
    """

    def __init__(self, run: Run, epoch_seconds: float) -> None:
        self.run = run
        self.target = run.position
        self.walked = self.distance = 0  # in epochs, since it set out, and from there to the target
        self._epoch_seconds = epoch_seconds
        self._seeker: _Traveller | None = None  # on the way to the target
        self._glancer: _Traveller | None = None  # stands at states that are kept

    @property
    def is_there(self) -> bool:
        """Whether the target has been reached."""
        return self._seeker is not None and self._seeker.walker.position == self.target

    @property
    def seconds_left(self) -> float:
        """How long it will take from here, as far as is known."""
        return (self.distance - self.walked) * self._epoch_seconds

    def set_out(self, target: Position) -> None:
        """Go to another position of the run from now on; `walk` gets there.

        Parameters
        ----------
        target : as `Run.checked` returns it
        """
        if self._seeker is not None and target == self.target:
            return
        past = self.run.run_of(target)
        start, state = past.history.checkpoint_before(target.epoch)
        seeker = self._seeker
        here = None if seeker is None or seeker.past is not past else seeker.walker.position
        if here is None or here > target or here.epoch < start:
            seeker, self._seeker = _of(past, seeker), None
            seeker.walker.set_out(start, state, self.run.changes)
            self._seeker, here = seeker, seeker.walker.position
        self.target, self.walked, self.distance = target, 0, target.epoch - here.epoch

    def walk(self, seconds: float) -> None:
        """Go on for about so long and an epoch at least, or until the target is reached."""
        assert self._seeker is not None
        walker, until = self._seeker.walker, time.perf_counter() + seconds
        started, walked, most, left = work_seconds(), 0, 1, seconds
        while walker.position != self.target:
            fitting = max(1, min(most, int(left / self._epoch_seconds)))
            applied = walker.position.changes
            epochs = walker.go_on(self.target, self.run.changes, fitting)
            walked += epochs
            self.walked += epochs
            # After a change an epoch may take a hundred times as long.
            most = 2 * most if walker.position.changes == applied else 1
            left = until - time.perf_counter()
            if left <= 0.0:
                break
        if walked:
            self._epoch_seconds = max((work_seconds() - started) / walked, 1e-7)

    def frame(self, want: Want) -> Frame:
        """Take a frame of the target, once it has been reached."""
        assert self._seeker is not None
        return self._frame_of(self._seeker, want)

    def glance(self, epoch: int, want: Want) -> Frame:
        """Take a frame of a state that the history keeps, after all changes at its epoch."""
        position = self.run.checked(Position(epoch))
        past, changes = self.run.run_of(position), self.run.changes
        glancer, self._glancer = _of(past, self._glancer), None
        glancer.walker.set_out(*past.history.checkpoint_before(epoch), changes)
        glancer.walker.go_on(position, changes, 0)
        self._glancer = glancer
        return self._frame_of(glancer, want)

    def _frame_of(self, traveller: _Traveller, want: Want) -> Frame:
        training, position = traveller.walker.training, traveller.walker.position
        if not training.is_evaluated:  # the epoch after it was begun, and taken back
            training.restore(training.epoch, training.state())
        self.run.note_facts(training, position)
        return frame_of(self.run, position, training, traveller.held_out, want)


def _of(past: Past, traveller: _Traveller | None) -> _Traveller:
    """Return one who can go where somebody has passed: the present one, or another."""
    if traveller is not None and traveller.past is past:
        return traveller
    walker = past.new_walker()
    return _Traveller(past, walker, past.held_out_of(walker))
