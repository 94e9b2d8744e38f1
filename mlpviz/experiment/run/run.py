"""A run: a recipe, what was changed while it ran, and the training itself.

A learning rate that was turned half-way is part of what happened, so a run carries its changes.
With them any epoch that it has passed can be computed again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import count
from typing import NamedTuple

import numpy as np

from mlpviz.engine import Array, Heed, go_on
from mlpviz.engine.features import PLANE
from mlpviz.engine.heldout import HeldOut
from mlpviz.engine.training import Passed, Training
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.effects import EFFECTS, Effect, is_live
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.same_data import differing_data
from mlpviz.experiment.run.diagnosis import Divergence, explain_loss, explain_weights
from mlpviz.experiment.run.history import History, LossCurve
from mlpviz.experiment.run.looks import Looks
from mlpviz.experiment.run.record import ALL_CHANGES, Change, Position, Record
from mlpviz.experiment.run.start import hold_out, make_data, start_training
from mlpviz.experiment.run.symptoms import State, Symptom, state_of
from mlpviz.experiment.run.walker import Walker

_numbers = count()  # a number is never that of another run, however many there have been

KEPT_NUMBERS = 20_000  # of each state that is looked at on the way
HEEDED_EPOCHS = 8  # recomputed at once: a tenth of a second at the most

# What steers the training itself, of all that may change while a run is on.
STEERING = tuple(name for name, e in EFFECTS.items() if e is Effect.LIVE and name != "epochs")


class Trained(NamedTuple):
    """What some epochs of training gave, to be recorded.

    Parameters
    ----------
    losses : of each state reached, (epochs,)
    test_losses : likewise on the test set, if there is one
    at, passed : after how many of these epochs it is to be looked, and what was passed there
    """

    losses: Array
    test_losses: Array | None
    at: list[int]
    passed: list[Passed]


class Run:
    """One run from state 0 on, with its history. It belongs to the trainer thread.

    Parameters
    ----------
    recipe : what it starts with
    ghost : the losses of the run before this one
    heed : called in the middle of long work; may end it by raising
    is_tested : whether the test set, if there is one, is judged after each epoch
    """

    def __init__(
        self,
        recipe: Recipe,
        ghost: LossCurve | None = None,
        heed: Heed = go_on,
        *,
        is_tested: bool = True,
    ) -> None:
        self.start_recipe = recipe
        self.recipe = recipe
        self.number = next(_numbers)  # the identity of this run
        self.ghost = ghost
        self._heed = heed
        self.changes: tuple[Change, ...] = ()
        self.training = start_training(recipe, heed)
        is_plane = recipe.features == PLANE  # then the inputs are the points themselves
        self.points = self.training.X if is_plane else make_data(recipe)[0]  # (samples, 2)
        self.held_out = hold_out(recipe, self.training.network, heed) if is_tested else None
        test_loss = None if self.held_out is None else self.held_out.loss()
        self.history = History(self.training.state(), self.training.loss, test_loss=test_loss)
        self.looks = Looks(self.training)
        kept = (*self.training.hidden_activations, self.training.network.parameters)
        self._is_large = sum(A.size for A in kept) > KEPT_NUMBERS
        # Of each change, the first epochs with a loss and with weights that were not finite, as
        # they stood before it: an edit can take back what broke.
        self._facts: list[tuple[int | None, int | None]] = []
        self._weights_broke_before: int | None = None  # the last change
        self._explained: dict[tuple[str, Position], Divergence] = {}

    @classmethod
    def from_record(
        cls, record: Record, ghost: LossCurve | None = None, heed: Heed = go_on
    ) -> "Run":
        """Make a run again, to the byte but for its number; it takes as long as it took.

        Parameters
        ----------
        ghost, heed : as of `Run`; `heed` is called all the way
        """
        run = cls(record.start_recipe, ghost, heed)
        for _ in run.replay(record):
            pass
        return run

    def replay(self, record: Record) -> Iterator[int]:
        """Do again what is in the record of a run that began alike; yield how far it is by now."""
        for change in record.changes:
            yield from self._advance_to(change.epoch)
            self.repeat(change)
        yield from self._advance_to(record.epoch)
        self.recipe = record.recipe

    def to_record(self) -> Record:
        """Return all that happened so far; `from_record` makes the run again."""
        return Record(self.start_recipe, self.changes, self.training.epoch, self.recipe.epochs)

    @property
    def is_slow(self) -> bool:
        """Whether an epoch takes so long that it can be ended on the way."""
        return self.training.is_slow or (self.held_out is not None and self.held_out.is_slow)

    @property
    def position(self) -> Position:
        """Where the run stands."""
        return Position(self.training.epoch, len(self.changes))

    @property
    def live(self) -> Position:
        """Where the run so far ends: what is recorded, also in the middle of a slow epoch."""
        return Position(self.history.epoch, len(self.changes))

    @property
    def weights_broke_at(self) -> int | None:
        """The first epoch with weights that are not finite, also where they were mended since."""
        if self._weights_broke_before is not None:
            return self._weights_broke_before
        return self.training.first_nonfinite_weight_epoch

    def advance(self, epochs: int) -> None:
        """Train for some epochs and record them."""
        while epochs > 0:
            some = min(epochs, self.history.epochs_to_next_checkpoint())
            if self._is_large:  # what it passes is too much to keep
                some = min(some, self.looks.next_epoch - self.training.epoch)
            self.record(self.train(some))
            epochs -= some

    def _advance_to(self, epoch: int) -> Iterator[int]:
        while self.training.epoch < epoch:
            self._heed()
            self.advance(min(HEEDED_EPOCHS, epoch - self.training.epoch))
            yield self.training.epoch

    def train(self, epochs: int) -> Trained:
        """Train, and return what is to be recorded of each state reached.

        A test set is judged after every epoch, so epochs are then trained one by one: to the bit
        the same.

        Parameters
        ----------
        epochs : not beyond the next checkpoint of the history
        """
        first = self.training.epoch
        at = [epoch - first for epoch in self.looks.epochs_until(first + epochs)]
        if self.held_out is None:
            losses, passed = self.training.run_past(epochs, at)
            return Trained(losses, None, at, passed)
        losses, test_losses = np.empty((2, epochs))
        passed = []
        for i in range(epochs):
            loss, seen = self.training.run_past(1, (1,) if i + 1 in at else ())
            losses[i], test_losses[i] = loss[0], self.held_out.loss()
            passed += [state.copy() for state in seen]
        return Trained(losses, test_losses, at, passed)

    def record(self, trained: Trained) -> None:
        """Take what `train` returned into the history, and look at the states passed."""
        first = self.history.epoch
        if trained.at:
            states = [
                State(self.training, first + after, float(trained.losses[after - 1]), *passed)
                for after, passed in zip(trained.at, trained.passed, strict=True)
            ]
            since = self.changes[-1].epoch if self.changes else 0
            self.looks.look(states, partial(self._curve_up_to, trained), len(self.changes), since)
        self._take_losses(trained, first + len(trained.losses))

    def _curve_up_to(self, trained: Trained, epoch: int) -> LossCurve:
        self._take_losses(trained, epoch)
        return self.history.curve()

    def _take_losses(self, trained: Trained, epoch: int) -> None:
        """Take what has been trained up to an epoch into the history, as far as it is not there."""
        end = len(trained.losses) - (self.training.epoch - epoch)
        part = slice(end - (epoch - self.history.epoch), end)
        test_losses = None if trained.test_losses is None else trained.test_losses[part]
        if part.start < part.stop:
            self.history.record(trained.losses[part], self.training.state(), test_losses)

    def change(self, recipe: Recipe) -> None:
        """Take over a recipe that differs only in what may change live.

        Raises
        ------
        ValueError
            when the change needs a new run.
        """
        if not is_live(self.recipe, recipe):
            names = ", ".join(name for name, effect in EFFECTS.items() if effect is Effect.LIVE)
            raise ValueError(tr("Only {names} can change within a run.", names=names))
        old, self.recipe = self.recipe, recipe
        if any(getattr(old, name) != getattr(recipe, name) for name in STEERING):
            self._note(Change(self.training.epoch, recipe))

    def edit(self, edits: tuple[tuple[int, float], ...]) -> None:
        """Set parameters by hand.

        Parameters
        ----------
        edits : (index, value), in the order of `engine.network`
        """
        self._note(Change(self.training.epoch, self.recipe, edits))

    def repeat(self, change: Change) -> None:
        """Take over a change of another run, at the epoch at which it was made there."""
        self.recipe = change.recipe
        self._note(change)

    def _note(self, change: Change) -> None:
        self._facts.append(_facts_of(self.training))
        self._weights_broke_before = self.weights_broke_at
        self.changes += (change,)
        change.apply(self.training)
        if change.edits:
            test_loss = None if self.held_out is None else self.held_out.loss()
            self.history.note_edit(self.training.loss, test_loss)
            state, curve = state_of(self.training), self.history.curve()
            self.looks.note_edit(state, curve, len(self.changes))
        else:
            self.looks.note_steering(change.epoch, len(self.changes))

    def successor(self, recipe: Recipe) -> "Run":
        """Start the next run. This one's losses stay as its ghost, if there are any to see.

        Losses on other data do not: beside those of the next run they would say nothing.
        """
        if differing_data(self.start_recipe, recipe) is not None:
            return Run(recipe, None, self._heed)
        ghost = self.history.curve() if self.training.epoch > 0 else self.ghost
        return Run(recipe, ghost, self._heed)

    def changes_until(self, epoch: int) -> int:
        """Return how many changes were made up to an epoch, those at this epoch included."""
        return bisect_right(self.changes, epoch, key=_epoch_of)

    def checked(self, position: Position) -> Position:
        """Return a position of the run, with the number of its changes.

        Raises
        ------
        ValueError
            for an epoch that the run has not reached, or changes that do not go with it.
        """
        epoch, changes = position
        if not 0 <= epoch <= self.training.epoch:
            raise ValueError(f"epoch must be from 0 to {self.training.epoch}. Got {epoch}.")
        least, most = bisect_left(self.changes, epoch, key=_epoch_of), self.changes_until(epoch)
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
        return None if position == self.position else position

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
        walker = Walker(self.new_training(), self.start_recipe)
        walker.set_out(*self.history.checkpoint_before(epoch), self.changes)
        while walker.position != position:
            self._heed()  # together they can take seconds
            walker.go_on(position, self.changes, HEEDED_EPOCHS)
        self.note_facts(walker.training, position)
        return walker.training

    def new_training(self) -> Training:
        """Build the training again as it began, to be restored to other states."""
        return start_training(self.start_recipe, self._heed)

    def note_facts(self, training: Training, position: Position) -> None:
        """Note in a training that stands at a position what broke before it.

        That may be before the checkpoint from which it came, where it did not see it.
        """
        facts = self._facts_at(position)
        training.first_nonfinite_loss_epoch, training.first_nonfinite_weight_epoch = facts

    def held_out_at(self, training: Training) -> HeldOut | None:
        """Return the test set, to judge the network of a past state; None where all train."""
        return hold_out(self.start_recipe, training.network, self._heed)

    def _facts_at(self, position: Position) -> tuple[int | None, int | None]:
        """Return the first epochs with a loss and with weights that broke, as known there."""
        if position.changes < len(self.changes):
            facts = self._facts[position.changes]
        else:
            facts = _facts_of(self.training)
        return _up_to(position.epoch, facts[0]), _up_to(position.epoch, facts[1])

    def diagnosis(self) -> Divergence | Symptom | None:
        """Say how loss or weights first stopped being finite, or what keeps them from learning."""
        return self.diagnosis_at(self.position, self.training)

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
        position = self.position if position is None else position
        loss_epoch, weight_epoch = self._facts_at(position)
        if weight_epoch is not None and (loss_epoch is None or weight_epoch <= loss_epoch):
            before = weight_epoch - 1
            return self._explain("weights", Position(before, self.changes_until(before)))
        if loss_epoch is None:
            return None
        # An edit may have broken it, or have left it broken otherwise.
        changes = min(position.changes, self.changes_until(loss_epoch))
        return self._explain("loss", Position(loss_epoch, changes))

    def _explain(self, what: str, position: Position) -> Divergence:
        """Explain what broke, once: it is long work, and the past does not change."""
        if (what, position) not in self._explained:
            explain = explain_weights if what == "weights" else explain_loss
            self._explained[what, position] = explain(self.training_at(*position))
        return self._explained[what, position]


def _epoch_of(change: Change) -> int:
    return change.epoch


def _facts_of(training: Training) -> tuple[int | None, int | None]:
    return training.first_nonfinite_loss_epoch, training.first_nonfinite_weight_epoch


def _up_to(epoch: int, fact: int | None) -> int | None:
    return fact if fact is not None and fact <= epoch else None
