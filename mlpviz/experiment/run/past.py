"""What a run has passed: each of its positions can be computed again, bit for bit.

Of a branch, what lies before it is asked of the run that it left.
"""

from abc import ABC, abstractmethod
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from mlpviz.engine import Array, Heed
from mlpviz.engine.heldout import HeldOut
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.breaks import Breaks, Broke
from mlpviz.experiment.run.diagnosis import Divergence
from mlpviz.experiment.run.history import History
from mlpviz.experiment.run.looks import Looks
from mlpviz.experiment.run.record import ALL_CHANGES, Change, Position, changes_until
from mlpviz.experiment.run.retracing import begin_at, heeded_epochs, note_state, retrace
from mlpviz.experiment.run.start import hold_out, start_training
from mlpviz.experiment.run.symptoms import Symptom, state_of
from mlpviz.experiment.run.walker import Walker
from mlpviz.experiment.run.ways import Way, outcome, shares


@dataclass(frozen=True, slots=True)
class Stem:
    """Where a branch began.

    Parameters
    ----------
    parent : the run that it left
    position : of that run
    edits : (index, value) of what was set by hand there
    """

    parent: "Past"
    position: Position
    edits: tuple[tuple[int, float], ...] = ()

    def with_edits(self, epoch: int, edits: tuple[tuple[int, float], ...]) -> "Stem":
        """Begin with other values of the same parameters, where nothing is trained since.

        A weight that is dragged has many values on its way; the branch begins with the last.
        """
        begun, later = dict(self.edits), dict(edits)
        if epoch != self.position.epoch or not later.keys() <= begun.keys():
            return self
        return replace(self, edits=tuple((begun | later).items()))


class Retraced(NamedTuple):
    """The losses of a run up to a position, and a training that stands there."""

    history: History
    training: Training


class Past(ABC):
    """What a run has passed, up to where it stands.

    Attributes
    ----------
    start_recipe, recipe : what it started with, and what is in force now
    changes : what was changed on the way, also before a branch
    history : all losses, and states from where the run itself began
    looks : what was found
    stem : where it began, if it is a branch
    """

    start_recipe: Recipe
    recipe: Recipe
    changes: tuple[Change, ...]
    history: History
    looks: Looks
    stem: Stem | None
    _heed: Heed
    _is_tested: bool
    _breaks: Breaks
    _first_recipe: Recipe  # with which its training was made
    _first_change: int  # of those that its first state does not have

    @property
    def live(self) -> Position:
        """Where the run so far ends: what is recorded, also in the middle of a slow epoch."""
        return Position(self.history.epoch, len(self.changes))

    @property
    @abstractmethod
    def _broke_by_now(self) -> Broke:
        """What is known of numbers that broke."""

    @property
    def weights_broke_at(self) -> int | None:
        """The first epoch with weights that are not finite, also where they were mended since."""
        return self._breaks.first_of_weights(self._broke_by_now)

    @property
    def branched_at(self) -> Position | None:
        """Where this branch began; None for a run that is none."""
        return None if self.stem is None else self.stem.position

    @property
    def branches(self) -> tuple[Position, ...]:
        """All positions at which another future began, up to this run."""
        run: Past = self
        found = []
        while run.stem is not None:
            found.append(run.stem.position)
            run = run.stem.parent
        return tuple(reversed(found))

    def changes_until(self, epoch: int) -> int:
        """Return how many changes were made up to an epoch, those at this epoch included."""
        return changes_until(self.changes, epoch)

    def checked(self, position: Position) -> Position:
        """Return a position of the run, with the number of its changes.

        Raises
        ------
        ValueError
            for an epoch that the run has not reached, or changes that do not go with it.
        """
        epoch, changes = position
        if not 0 <= epoch <= self.history.epoch:
            raise ValueError(f"epoch must be from 0 to {self.history.epoch}. Got {epoch}.")
        least, most = self.changes_until(epoch - 1), self.changes_until(epoch)
        if changes == ALL_CHANGES:
            return Position(epoch, most)
        if not least <= changes <= most:
            raise ValueError(
                f"changes must be from {least} to {most} at epoch {epoch}. Got {changes}."
            )
        return position

    def past(self, position: Position | None) -> Position | None:
        """Return a position of the past; None where it is the present one or none of this run."""
        if position is None:
            return None
        try:
            position = self.checked(position)
        except ValueError:  # it is one of another run, or of one that is gone
            return None
        return None if position == self.live else position

    def recipe_at(self, position: Position) -> Recipe:
        """Return the recipe in force at a position; its limit of epochs is the present one."""
        if position.changes == len(self.changes):
            return self.recipe
        changes = self.changes[: position.changes]
        recipe = changes[-1].recipe if changes else self.start_recipe
        if recipe.epochs == self.recipe.epochs:
            return recipe
        return replace(recipe, epochs=self.recipe.epochs)

    def training_at(self, epoch: int, changes: int = ALL_CHANGES) -> Training:
        """Compute a past state again, bit for bit, from the checkpoint before it.

        Parameters
        ----------
        epoch, changes : as of a `Position`

        Raises
        ------
        ValueError
            for a position that is none of the run.
        """
        position = self.checked(Position(epoch, changes))
        return self.run_of(position)._own_training_at(position)

    def _own_training_at(self, position: Position) -> Training:
        return outcome(self._own_way_to(position))

    def _own_way_to(self, position: Position) -> Generator[int, None, Training]:
        """Compute a state of its own again; yield the epochs of each step."""
        walker = self.new_walker()
        walker.set_out(*self.history.checkpoint_before(position.epoch), self.changes)
        while walker.position != position:
            self._heed()  # together they can take seconds
            yield walker.go_on(position, self.changes, heeded_epochs(walker.training))
        self.note_facts(walker.training, position)
        return walker.training

    def new_walker(self) -> Walker:
        """Return who can go to the positions that are of this run, and not of one before it."""
        training = start_training(self._first_recipe, self._heed)
        return Walker(training, self.start_recipe, self._first_change)

    def held_out_of(self, walker: Walker) -> HeldOut | None:
        """Return the test set, to judge the network of a walker; None where all train."""
        return hold_out(self._first_recipe, walker.training.network, self._heed)

    def note_facts(self, training: Training, position: Position) -> None:
        """Note in a training that stands at a position what broke before it.

        That may be before the checkpoint from which it came, where it did not see it.
        """
        broke = self._broke_at(position)
        training.first_nonfinite_loss_epoch = broke.loss
        training.first_nonfinite_weight_epoch = broke.weights

    def checkpoint_near(self, epoch: int) -> int:
        """Return the epoch of a checkpoint near an epoch of the run: of a branch, the nearest."""
        if self.run_of(self.checked(Position(epoch))) is self:
            return self.history.nearest_checkpoint(epoch)
        return self.checkpoint_up_to(epoch)  # the next may lie in the old future

    def checkpoint_up_to(self, epoch: int) -> int:
        """Return the epoch of the last checkpoint that is not after an epoch of the run."""
        run = self.run_of(self.checked(Position(epoch)))
        return run.history.checkpoint_before(epoch)[0]

    def held_out_at(self, position: Position, training: Training) -> HeldOut | None:
        """Return the test set, to judge the network of a past state; None where all train.

        Parameters
        ----------
        training : in the state of that position
        """
        return hold_out(self.run_of(position)._first_recipe, training.network, self._heed)

    def _broke_at(self, position: Position) -> Broke:
        return self._breaks.at(position, self._broke_by_now)

    def diagnosis_at(self, position: Position, training: Training) -> Divergence | Symptom | None:
        """Say the same of a position.

        Parameters
        ----------
        training : in the state of that position
        """
        return self.divergence(position) or self.looks.symptom_at(position, state_of(training))

    def divergence(self, position: Position | None = None) -> Divergence | None:
        """Say how loss or weights first stopped being finite; None as long as both were.

        Parameters
        ----------
        position : up to which; None for the present one
        """
        position = self.live if position is None else position
        loss_epoch, weight_epoch = self._broke_at(position)
        if weight_epoch is not None and (loss_epoch is None or weight_epoch <= loss_epoch):
            before = Position(weight_epoch - 1, self.changes_until(weight_epoch - 1))
            return self._breaks.explain_weights(before, self.training_at)
        if loss_epoch is None:
            return None
        # An edit may have broken it, or have left it broken otherwise.
        changes = min(position.changes, self.changes_until(loss_epoch))
        return self._breaks.explain_loss(Position(loss_epoch, changes), self.training_at)

    def run_of(self, position: Position) -> "Past":
        """Return the run that has passed a position: this one, or one that it is a branch of."""
        run: Past = self
        while run.stem is not None and position <= run.stem.position:
            run = run.stem.parent
        return run

    def kept_epochs(self, most: int) -> list[int]:
        """Return the epochs whose states are kept, also before a branch, evenly thinned: ascending.

        Parameters
        ----------
        most : so many of each run on the way
        """
        run: Past = self
        epochs = list(run.history.kept_epochs(most))
        while (stem := run.stem) is not None:
            run, end = stem.parent, stem.position.epoch
            epochs = [epoch for epoch in run.history.kept_epochs(most) if epoch < end] + epochs
        return epochs

    def checkpoint_before(self, epoch: int) -> tuple[int, Array]:
        """Return the state that is kept at an epoch or next before it, also before a branch."""
        run: Past = self
        while run.stem is not None and epoch < run.stem.position.epoch:
            run = run.stem.parent
        return run.history.checkpoint_before(epoch)

    def breaks_until(self, changes: int) -> Breaks:
        """Return what is known of a run that begins with so many of these changes."""
        return self._breaks.until(changes)

    def retracing(self, position: Position) -> Way[Retraced]:
        """Find the losses up to a position in the buckets that there were then, and its training.

        The losses that fell into the last bucket are computed again.
        """
        history = self.history.until(position.epoch)
        start, end = Position(max(0, history.epoch), 0), position
        if history.epoch >= 0:
            start = self.checked(Position(history.epoch))
        run: Past = self.run_of(end)
        pieces: list[_Piece] = []
        while (stem := run.stem) is not None and start <= stem.position:
            pieces.append(_Piece(run, Position(stem.position.epoch, run._first_change), end))
            run, end = stem.parent, stem.position
        pieces.append(_Piece(run, start, end))
        way = self._retrace(history, pieces[::-1])
        training = yield from shares(way, sum(piece.epochs for piece in pieces))
        return Retraced(history, training)

    def _retrace(
        self, history: History, pieces: "Sequence[_Piece]"
    ) -> Generator[int, None, Training]:
        """Record the losses of some pieces, one after the other; yield the epochs of each step."""
        for run, start, end in pieces:
            training = yield from run._own_way_to(start)
            held_out = self.held_out_at(start, training) if self._is_tested else None
            (begin_at if run is pieces[0].run else note_state)(history, training, held_out)
            changes = run.changes[start.changes : end.changes]
            yield from retrace(history, training, held_out, changes, end.epoch, self._heed)
        return training


class _Piece(NamedTuple):
    """A part of the way to a position, on one run."""

    run: Past
    start: Position
    end: Position

    @property
    def epochs(self) -> int:
        """How many are computed, from the checkpoint before its start on."""
        return self.end.epoch - self.run.history.checkpoint_before(self.start.epoch)[0]
