"""A run: a recipe, what was changed while it ran, and the training itself.

A learning rate that was turned half-way is part of what happened, so a run carries its changes.
With them any epoch that it has passed can be computed again.
"""

from dataclasses import dataclass

from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.network import Network
from mlpviz.engine.training import Training
from mlpviz.experiment.diagnosis import Divergence, find_divergence
from mlpviz.experiment.history import History, LossCurve
from mlpviz.experiment.recipe import EFFECTS, Effect, Recipe, effect_of_change


def start_training(recipe: Recipe) -> Training:
    """Build the data and the untrained network that a recipe asks for."""
    network = Network(recipe.sizes, recipe.activations)
    drawn = initial_weights(recipe.initializer, recipe.weight_seed, recipe.sizes)
    for W, initial in zip(network.weights, drawn, strict=True):
        W[:] = initial
    X, Y = DATASETS[recipe.dataset].make(recipe.samples, recipe.data_seed)
    for data in (X, Y):  # every frame shows these very arrays
        data.setflags(write=False)
    return Training(
        network,
        X,
        Y,
        loss=recipe.loss,
        numerics=recipe.numerics,
        reduction=recipe.reduction,
        learning_rate=recipe.learning_rate,
        batch_size=recipe.batch_size,
        batch_seed=recipe.batch_seed,
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A change that took effect in a run, from the epoch after `epoch` on."""

    epoch: int
    learning_rate: float
    batch_size: int = 0

    def apply(self, training: Training) -> None:
        """Let it take effect."""
        training.learning_rate = self.learning_rate
        training.set_batch_size(self.batch_size)


class Run:
    """One run from state 0 on, with its history. It belongs to the trainer thread."""

    def __init__(self, recipe: Recipe, number: int = 0, ghost: LossCurve | None = None) -> None:
        self.start_recipe = recipe
        self.recipe = recipe
        self.number = number  # counts the restarts: another number is another run
        self.ghost = ghost  # the losses of the run before this one
        self.changes: tuple[Change, ...] = ()
        self.training = start_training(recipe)
        self.history = History(self.training.state(), self.training.loss)
        self._divergence: Divergence | None = None

    def advance(self, epochs: int) -> None:
        """Train for some epochs and record them."""
        while epochs > 0:
            count = min(epochs, self.history.epochs_to_next_checkpoint())
            losses = self.training.run(count)
            self.history.record(losses, self.training.network.parameters)
            epochs -= count

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
        change = Change(self.training.epoch, recipe.learning_rate, recipe.batch_size)
        if (recipe.learning_rate, recipe.batch_size) != (
            self.recipe.learning_rate,
            self.recipe.batch_size,
        ):
            self.changes += (change,)
            change.apply(self.training)
        self.recipe = recipe

    def successor(self, recipe: Recipe) -> "Run":
        """Start the next run. This one's losses stay as its ghost, if there are any to see."""
        ghost = self.history.curve() if self.training.epoch > 0 else self.ghost
        return Run(recipe, self.number + 1, ghost)

    def training_at(self, epoch: int) -> Training:
        """Compute a past state again, bit for bit, from the checkpoint before it.

        Raises
        ------
        ValueError
            for an epoch that the run has not reached.
        """
        start, state = self.history.checkpoint_before(epoch)
        training = start_training(self.start_recipe)
        training.restore(start, state)
        for change in self.changes:
            if change.epoch > epoch:
                break
            training.run(max(0, change.epoch - training.epoch))
            change.apply(training)
        training.run(epoch - training.epoch)
        # The first bad epoch may lie before the checkpoint, where this training did not see it.
        live = self.training
        training.first_nonfinite_loss_epoch = _up_to(epoch, live.first_nonfinite_loss_epoch)
        training.first_nonfinite_weight_epoch = _up_to(epoch, live.first_nonfinite_weight_epoch)
        return training

    def divergence(self) -> Divergence | None:
        """Say how the loss first stopped being finite; None as long as it always was."""
        epoch = self.training.first_nonfinite_loss_epoch
        if self._divergence is None and epoch is not None:
            self._divergence = find_divergence(self.training_at(epoch))
        return self._divergence


def _up_to(epoch: int, fact: int | None) -> int | None:
    return fact if fact is not None and fact <= epoch else None
