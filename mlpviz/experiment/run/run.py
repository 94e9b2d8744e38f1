"""A run: a recipe, what was changed while it ran, and the training itself.

A learning rate that was turned half-way is part of what happened, so a run carries its changes.
With them any epoch that it has passed can be computed again.
"""

from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from mlpviz.engine import Array, Heed, go_on
from mlpviz.engine.features import PLANE
from mlpviz.engine.training import Training, r_squared
from mlpviz.experiment.recipe.recipe import EFFECTS, Effect, Recipe, effect_of_change
from mlpviz.experiment.run.diagnosis import Divergence, explain_loss, explain_weights
from mlpviz.experiment.run.history import History, LossCurve
from mlpviz.experiment.run.start import hold_out, make_data, start_training, step_rule
from mlpviz.experiment.run.symptoms import Symptom, find_symptom, stuck_units

_numbers = count()  # a number is never that of another run, however many there have been

HEEDED_EPOCHS = 8  # recomputed at once: a tenth of a second at the most

WELL_FITTED = 0.95  # the R² above which nothing is said to keep a network from learning

# What steers the training itself, of all that may change while a run is on.
STEERING = tuple(name for name, e in EFFECTS.items() if e is Effect.LIVE and name != "epochs")


@dataclass(frozen=True, slots=True)
class Change:
    """A change that took effect in a run, from the epoch after `epoch` on.

    Parameters
    ----------
    recipe : in force from there on
    edits : (index, value) of parameters that were set by hand, in the order of `engine.network`
    """

    epoch: int
    recipe: Recipe
    edits: tuple[tuple[int, float], ...] = ()

    def steer(self, training: Training) -> None:
        """Let the recipe take effect."""
        training.learning_rate = self.recipe.learning_rate
        training.set_batch_size(self.recipe.batch_size)
        training.set_rule(step_rule(self.recipe))

    def apply(self, training: Training) -> None:
        """Let all of it take effect."""
        self.steer(training)
        if self.edits:
            state = training.state()
            for index, value in self.edits:
                state[index] = value
            training.restore(training.epoch, state)


class Run:
    """One run from state 0 on, with its history. It belongs to the trainer thread.

    Parameters
    ----------
    recipe : what it starts with
    ghost : the losses of the run before this one
    heed : called in the middle of long work; may end it by raising
    """

    def __init__(self, recipe: Recipe, ghost: LossCurve | None = None, heed: Heed = go_on) -> None:
        self.start_recipe = recipe
        self.recipe = recipe
        self.number = next(_numbers)  # the identity of this run
        self.ghost = ghost
        self._heed = heed
        self.changes: tuple[Change, ...] = ()
        self.training = start_training(recipe, heed)
        is_plane = recipe.features == PLANE  # then the inputs are the points themselves
        self.points = self.training.X if is_plane else make_data(recipe)[0]  # (samples, 2)
        self.held_out = hold_out(recipe, self.training.network, heed)
        test_loss = None if self.held_out is None else self.held_out.loss()
        self.history = History(self.training.state(), self.training.loss, test_loss=test_loss)
        self._divergence: Divergence | None = None
        self._symptom: Symptom | None = None
        self._next_look = 0  # the epoch from which on a symptom is looked for again

    @property
    def is_slow(self) -> bool:
        """Whether an epoch takes so long that it can be ended on the way."""
        return self.training.is_slow or (self.held_out is not None and self.held_out.is_slow)

    def advance(self, epochs: int) -> None:
        """Train for some epochs and record them."""
        while epochs > 0:
            some = min(epochs, self.history.epochs_to_next_checkpoint())
            self.record(*self.train(some))
            epochs -= some

    def record(self, losses: Array, test_losses: Array | None) -> None:
        """Take what `train` returned into the history."""
        self.history.record(losses, self.training.state(), test_losses)

    def train(self, epochs: int) -> tuple[Array, Array | None]:
        """Train, and return the loss of each state reached; on the test set too, if there is one.

        It is judged after every epoch, so epochs are then trained one by one: to the bit the same.

        Parameters
        ----------
        epochs : not beyond the next checkpoint of the history
        """
        if self.held_out is None:
            return self.training.run(epochs), None
        losses, test_losses = np.empty((2, epochs))
        for i in range(epochs):
            losses[i] = self.training.run(1)[0]
            test_losses[i] = self.held_out.loss()
        return losses, test_losses

    def change(self, recipe: Recipe) -> None:
        """Take over a recipe that differs only in what may change live.

        Raises
        ------
        ValueError
            when the change needs a new run.
        """
        if effect_of_change(self.recipe, recipe) not in (Effect.NONE, Effect.LIVE):
            names = ", ".join(name for name, effect in EFFECTS.items() if effect is Effect.LIVE)
            raise ValueError(f"Only {names} can change within a run.")
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
        self.changes += (change,)
        change.apply(self.training)
        self._next_look = 0
        if not change.edits:
            return
        test_loss = None if self.held_out is None else self.held_out.loss()
        self.history.note_edit(self.training.loss, test_loss)
        if self._divergence is not None and self._divergence.epoch >= change.epoch:
            self._divergence = None  # it was of what has just been set otherwise

    def successor(self, recipe: Recipe) -> "Run":
        """Start the next run. This one's losses stay as its ghost, if there are any to see."""
        ghost = self.history.curve() if self.training.epoch > 0 else self.ghost
        return Run(recipe, ghost, self._heed)

    def training_at(self, epoch: int) -> Training:
        """Compute a past state again, bit for bit, from the checkpoint before it.

        Raises
        ------
        ValueError
            for an epoch that the run has not reached.
        """
        start, state = self.history.checkpoint_before(epoch)
        training = start_training(self.start_recipe, self._heed)
        training.restore(start, state)
        for change in self.changes:
            if change.epoch > epoch:
                break
            if change.epoch < start:  # what was edited is in the checkpoint
                change.steer(training)
                continue
            self._go_to(change.epoch, training)
            change.apply(training)
        self._go_to(epoch, training)
        # The first bad epoch may lie before the checkpoint, where this training did not see it.
        live = self.training
        training.first_nonfinite_loss_epoch = _up_to(epoch, live.first_nonfinite_loss_epoch)
        training.first_nonfinite_weight_epoch = _up_to(epoch, live.first_nonfinite_weight_epoch)
        return training

    def _go_to(self, epoch: int, training: Training) -> None:
        """Train on to an epoch, some epochs at a time: together they can take seconds."""
        while training.epoch < epoch:
            self._heed()
            training.run(min(HEEDED_EPOCHS, epoch - training.epoch))

    def diagnosis(self) -> Divergence | Symptom | None:
        """Say how loss or weights first stopped being finite, or what keeps them from learning."""
        return self.divergence() or self._find_symptom()

    def divergence(self) -> Divergence | None:
        """Say how loss or weights first stopped being finite; None as long as both were."""
        if self._divergence is None:
            self._divergence = self._find_divergence()
        return self._divergence

    def _find_divergence(self) -> Divergence | None:
        loss_epoch = self.training.first_nonfinite_loss_epoch
        weight_epoch = self.training.first_nonfinite_weight_epoch
        if weight_epoch is not None and (loss_epoch is None or weight_epoch <= loss_epoch):
            return explain_weights(self.training_at(weight_epoch - 1))
        return None if loss_epoch is None else explain_loss(self.training_at(loss_epoch))

    def _find_symptom(self) -> Symptom | None:
        epoch = self.training.epoch
        if _has_learned(self.training):  # nothing is wrong, whatever it looks like
            self._symptom = None
        elif epoch >= self._next_look:
            since = self.changes[-1].epoch if self.changes else 0
            found = find_symptom(self.training, self.history.curve(), since)
            # The same one keeps the figures with which it was noticed, so that they can be read.
            if found is None or self._symptom is None or not found.is_same(self._symptom):
                self._symptom = found and self._with_start(found)
            # Not before: whoever interrupts the search has not had its result.
            self._next_look = epoch + 1 + epoch // 100  # what shows in a curve shows that late too
        return self._symptom

    def _with_start(self, symptom: Symptom) -> Symptom:
        """Note whether the units that are stuck were so from the start."""
        stuck = symptom.stuck
        if stuck is None:
            return symptom
        share = len(stuck.units) / stuck.layer_size
        at_start = stuck_units(self.training_at(0), symptom.kind, share)
        is_from_start = at_start is not None and at_start.layer == stuck.layer
        return replace(symptom, is_from_start=is_from_start)


def _has_learned(training: Training) -> bool:
    if training.is_regression:
        return r_squared(training.predictions, training.Y[:, 0]) > WELL_FITTED
    return training.accuracy == 1.0


def _up_to(epoch: int, fact: int | None) -> int | None:
    return fact if fact is not None and fact <= epoch else None
