"""A run: a recipe, what was changed while it ran, and the training itself.

A learning rate that was turned half-way is part of what happened, so a run carries its changes.
With them any epoch that it has passed can be computed again.

From each position of a run another future can begin: a branch. It is a run of its own, which asks
the run before it for what lies before the branch, and has the losses up to there as its own.
"""

from functools import partial

import numpy as np

from mlpviz.engine import Array, Heed, go_on
from mlpviz.engine.heldout import HeldOut
from mlpviz.engine.passed import Mark
from mlpviz.engine.steps import new_memory
from mlpviz.engine.training import Training
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.effects import EFFECTS, STEERING, Effect, can_branch, is_live
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.same_data import differing_data
from mlpviz.experiment.run.breaks import Breaks, Broke, broke_in
from mlpviz.experiment.run.diagnosis import Divergence
from mlpviz.experiment.run.history import History, LossCurve
from mlpviz.experiment.run.looks import Looks
from mlpviz.experiment.run.made import Made, make
from mlpviz.experiment.run.orders import BranchOf, new_number
from mlpviz.experiment.run.past import Past, Retraced, Stem
from mlpviz.experiment.run.record import Change, Position
from mlpviz.experiment.run.retracing import note_state
from mlpviz.experiment.run.start import step_rule
from mlpviz.experiment.run.symptoms import State, Symptom, state_of
from mlpviz.experiment.run.trained import Trained
from mlpviz.experiment.run.ways import Way, outcome

Edits = tuple[tuple[int, float], ...]  # (index, value) each

KEPT_NUMBERS = 20_000  # of each state that is looked at on the way
EPOCHS_AT_ONCE = 128  # whose states that are looked at or kept are in memory together


class Run(Past):
    """One run from state 0 on, with its history. It belongs to the trainer thread.

    Parameters
    ----------
    recipe : what it starts with; of a branch, with what it goes on
    ghost : the losses of the run before this one
    heed : called in the middle of long work; may end it by raising
    is_tested : whether the test set, if there is one, is judged after each epoch
    stem, retraced : where it begins, if it is a branch, and how it is there; see `branching`
    number : its identity; None for a new one
    """

    def __init__(
        self,
        recipe: Recipe,
        ghost: LossCurve | None = None,
        heed: Heed = go_on,
        *,
        is_tested: bool = True,
        stem: Stem | None = None,
        retraced: Retraced | None = None,
        number: int | None = None,
    ) -> None:
        self.recipe = self._first_recipe = recipe
        self.stem = stem
        self.number = new_number() if number is None else number
        self.ghost = ghost
        self._heed, self._is_tested = heed, is_tested
        self._repeated: tuple[Change, ...] = ()  # of another run, at their epochs
        self._coming: tuple[Change, ...] = ()  # those that are still to be made
        self._mark: Mark | None = None  # where it stood, of a run that rests
        self._made: Made | None = make(recipe, heed, is_tested=is_tested)
        training = self.training
        kept = (*training.hidden_activations, training.network.parameters)
        self._is_large = sum(A.size for A in kept) > KEPT_NUMBERS
        if stem is not None and retraced is not None:
            self._go_on_from(stem, retraced)
            return
        self.start_recipe = recipe
        self.changes: tuple[Change, ...] = ()
        test_loss = None if self.held_out is None else self.held_out.loss()
        self.history = History(training.state(), training.loss, test_loss=test_loss)
        self.looks = Looks(training)
        self._breaks = Breaks()
        self._first_change = 0  # of those that it does not begin with

    def _go_on_from(self, stem: Stem, retraced: Retraced) -> None:
        """Begin as the run stood that is left, and let what was chosen there take effect."""
        parent, position, training = stem.parent, stem.position, self.training
        before, chosen = parent.recipe_at(position), self.recipe
        self.history, left = retraced
        state = left.state()
        if chosen.optimizer != before.optimizer:  # what the one remembers means nothing to another
            memory = new_memory(step_rule(chosen), left.network.parameters)
            state = np.concatenate((left.network.parameters, memory))
        training.first_nonfinite_loss_epoch = left.first_nonfinite_loss_epoch
        training.first_nonfinite_weight_epoch = left.first_nonfinite_weight_epoch
        training.restore(position.epoch, state)
        self.start_recipe, self.changes = parent.start_recipe, parent.changes[: position.changes]
        self.looks = parent.looks.until(position, left)
        self._breaks = parent.breaks_until(position.changes)
        if not is_live(before, chosen):
            self._note(Change(position.epoch, chosen, stem.edits), broke_in(left))
        self._first_change = len(self.changes)
        self.history.begin(training.state())

    @property
    def training(self) -> Training:
        """The training, in the present state."""
        return self._awake().training

    @property
    def points(self) -> Array:
        """The training samples in the plane, (samples, 2)."""
        return self._awake().points

    @property
    def held_out(self) -> HeldOut | None:
        """The test set; None where all samples train."""
        return self._awake().held_out

    def rest(self) -> None:
        """Let go of all that can be made again at once, until the run is trained or shown."""
        if self._made is not None:
            self._mark, self._made = self._made.training.mark(), None
            self.history.shrink()

    def _awake(self) -> Made:
        if self._made is None:
            made = make(self._first_recipe, self._heed, is_tested=self._is_tested)
            mark = self._mark
            assert mark is not None
            Change(mark.epoch, self.recipe).steer(made.training)
            made.training.first_nonfinite_loss_epoch = mark.first_nonfinite_loss_epoch
            made.training.first_nonfinite_weight_epoch = mark.first_nonfinite_weight_epoch
            made.training.restore(mark.epoch, mark.state)
            self._made, self._mark = made, None
        return self._made

    @property
    def nbytes(self) -> int:
        """The memory that the history takes, and the present state."""
        state = self._mark.state if self._mark is not None else self.training.state()
        return self.history.nbytes + state.nbytes

    def branch(
        self,
        position: Position,
        recipe: Recipe | None = None,
        edits: Edits = (),
        ghost: LossCurve | None = None,
    ) -> "Run":
        """Begin another future at once; see `branching`."""
        return outcome(self.branching(position, recipe, edits, ghost))

    def branching(
        self,
        position: Position,
        recipe: Recipe | None = None,
        edits: Edits = (),
        ghost: LossCurve | None = None,
        number: int | None = None,
    ) -> Way["Run"]:
        """Begin another future at a position; with the same choices it is the old one, to the bit.

        Parameters
        ----------
        recipe : with which it goes on; None for that of the position
        edits : (index, value) of parameters that are set by hand there
        ghost, number : as of `Run`

        Raises
        ------
        ValueError
            for a position that is none of the run, or a recipe for which the state there has no
            meaning.
        """
        position = self.checked(position)
        parent, before = self.run_of(position), self.recipe_at(position)
        recipe = before if recipe is None else recipe
        if not can_branch(before, recipe):
            raise ValueError(tr("A branch must keep the data, the loss and all layers."))
        retraced = yield from parent.retracing(position)
        stem, is_rebuilt = Stem(parent, position, edits), not is_live(before, recipe)
        run = Run(
            recipe if is_rebuilt else before,
            ghost,
            self._heed,
            stem=stem,
            retraced=retraced,
            number=number,
        )
        if not is_rebuilt:
            run.change(recipe)
            if edits:
                run.edit(edits)
        return run

    def branching_as(self, order: BranchOf) -> Way["Run"]:
        """Begin the branch that an order is of."""
        is_old = order.is_old_future and self.stem is not None
        left = self._left if is_old else self
        position = left.checked(order.position)
        run = yield from left.branching(position, order.recipe, order.edits, number=order.number)
        if order.repeats:
            run.repeat_later(left.changes[position.changes :])
        return run

    def from_stem(self, recipe: Recipe, number: int | None = None) -> Way["Run"]:
        """Return to where this branch began, with another recipe; its losses stay as a ghost.

        Parameters
        ----------
        number : of the new run; None for a new one
        """
        left, stem = self._left, self.stem
        assert stem is not None
        ghost = self.history.curve() if self.history.epoch > stem.position.epoch else self.ghost
        chosen = None if self._repeated else recipe
        run = yield from left.branching(stem.position, chosen, stem.edits, ghost, number)
        run.repeat_later(self._repeated)
        return run

    @property
    def _left(self) -> "Run":
        """The run that this branch left."""
        assert self.stem is not None
        assert isinstance(self.stem.parent, Run)  # there is no other kind
        return self.stem.parent

    def repeat_later(self, changes: tuple[Change, ...]) -> None:
        """Take over the changes of another run, each when its epoch comes.

        Whoever changes this run on the way ends that; so does a change with which only a branch
        could begin.
        """
        self._repeated = self._coming = changes
        self._repeat_due()

    def _repeat_due(self) -> None:
        while self._coming and self._coming[0].epoch <= self.training.epoch:
            change, self._coming = self._coming[0], self._coming[1:]
            if is_live(self.recipe, change.recipe):
                self.repeat(change.with_limit(self.recipe.epochs))
            else:
                self._coming = ()

    @property
    def is_slow(self) -> bool:
        """Whether an epoch takes so long that it can be ended on the way."""
        return self.training.is_slow or (self.held_out is not None and self.held_out.is_slow)

    @property
    def position(self) -> Position:
        """Where the run stands."""
        return Position(self.training.epoch, len(self.changes))

    def advance(self, epochs: int) -> None:
        """Train for some epochs and record them."""
        end = self.training.epoch + epochs
        while (epoch := self.training.epoch) < end:
            stops = [end, epoch + EPOCHS_AT_ONCE]
            if self._is_large:  # what it passes is too much to keep
                stops += self._noted_until(end)[:1]
            if self._coming:
                stops.append(self._coming[0].epoch)
            self.record(self.train(min(stops) - epoch))

    def _noted_until(self, epoch: int) -> list[int]:
        """List the epochs up to this one whose states are looked at or kept, ascending."""
        return sorted({*self.looks.epochs_until(epoch), *self.history.checkpoints_until(epoch)})

    def train(self, epochs: int) -> Trained:
        """Train, and return what is to be recorded of each state reached.

        A test set is judged after every epoch, so epochs are then trained one by one: to the bit
        the same.
        """
        first = self.training.epoch
        at = [epoch - first for epoch in self._noted_until(first + epochs)]
        if self.held_out is None:
            losses, passed = self.training.run_past(epochs, at)
            return Trained(losses, None, dict(zip(at, passed, strict=True)))
        losses, test_losses = np.empty((2, epochs))
        passed = []
        for i in range(epochs):
            loss, seen = self.training.run_past(1, (1,) if i + 1 in at else ())
            losses[i], test_losses[i] = loss[0], self.held_out.loss()
            passed += [state.copy() for state in seen]
        return Trained(losses, test_losses, dict(zip(at, passed, strict=True)))

    def record(self, trained: Trained) -> None:
        """Take what `train` returned into the history, and look at the states passed."""
        first = self.history.epoch
        end = first + len(trained.losses)
        looked, kept = self.looks.epochs_until(end), self.history.checkpoints_until(end)
        if looked:
            since = self.changes[-1].epoch if self.changes else 0
            states = [self._state_passed(trained, epoch - first) for epoch in looked]
            self.looks.look(states, partial(self._curve_up_to, trained), len(self.changes), since)
        self._take_losses(trained, end)
        for epoch in kept:
            self.history.keep(epoch, trained.passed[epoch - first].state)
        self._repeat_due()

    def _state_passed(self, trained: Trained, after: int) -> State:
        epoch, loss = self.history.epoch + after, float(trained.losses[after - 1])
        return State(self.training, epoch, loss, *trained.passed[after][:3])

    def _curve_up_to(self, trained: Trained, epoch: int) -> LossCurve:
        self._take_losses(trained, epoch)
        return self.history.curve()

    def _take_losses(self, trained: Trained, epoch: int) -> None:
        """Take what has been trained up to an epoch into the history, as far as it is not there."""
        end = len(trained.losses) - (self.training.epoch - epoch)
        part = slice(end - (epoch - self.history.epoch), end)
        test_losses = None if trained.test_losses is None else trained.test_losses[part]
        if part.start < part.stop:
            self.history.record(trained.losses[part], test_losses)

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
            self._repeated = self._coming = ()
            self._note(Change(self.training.epoch, recipe))

    def edit(self, edits: Edits) -> None:
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

    def _note(self, change: Change, left: Broke | None = None) -> None:
        """Let a change take effect, and take note of it.

        Parameters
        ----------
        left : of a change with which a branch begins, what was known in the run that it left
        """
        self._breaks.note_change(self._broke_by_now if left is None else left)
        self.changes += (change,)
        if self.stem is not None:
            self.stem = self.stem.with_edits(change.epoch, change.edits)
        change.apply(self.training)
        if change.edits or left is not None:
            note_state(self.history, self.training, self.held_out)
            state, curve = state_of(self.training), self.history.curve()
            self.looks.note_edit(state, curve, len(self.changes))
        else:
            self.looks.note_steering(change.epoch, len(self.changes))

    def successor(self, recipe: Recipe, number: int | None = None) -> "Run":
        """Start the next run. This one's losses stay as its ghost, if there are any to see.

        Losses on other data do not: beside those of the next run they would say nothing.

        Parameters
        ----------
        number : of the next run; None for a new one
        """
        if differing_data(self.start_recipe, recipe) is not None:
            return Run(recipe, None, self._heed, number=number)
        ghost = self.history.curve() if self.training.epoch > 0 else self.ghost
        return Run(recipe, ghost, self._heed, number=number)

    @property
    def _broke_by_now(self) -> Broke:
        return broke_in(self.training if self._mark is None else self._mark)

    def diagnosis(self) -> Divergence | Symptom | None:
        """Say how loss or weights first stopped being finite, or what keeps them from learning."""
        return self.diagnosis_at(self.position, self.training)
