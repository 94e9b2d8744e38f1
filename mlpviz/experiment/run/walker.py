"""A training of its own that goes to past states of a run."""

from mlpviz.engine import Array
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.record import Change, Position, changes_until


class Walker:
    """Goes from a state that is kept to later ones, bit for bit as the run went.

    Parameters
    ----------
    training : of its own, as the run began
    start_recipe : with which that was
    first_change : how many of the changes it began with; not 0 in a branch
    """

    def __init__(self, training: Training, start_recipe: Recipe, first_change: int = 0) -> None:
        self.training = training
        self._start_recipe, self._first_change = start_recipe, first_change
        self._changes_applied = 0

    @property
    def position(self) -> Position:
        """Where it stands."""
        return Position(self.training.epoch, self._changes_applied)

    def set_out(self, epoch: int, state: Array, changes: tuple[Change, ...]) -> None:
        """Stand where the run kept a state: before the changes that were made at that epoch."""
        applied = max(self._first_change, changes_until(changes, epoch - 1))
        recipe = changes[applied - 1].recipe if applied else self._start_recipe
        Change(epoch, recipe).steer(self.training)  # what was edited is in the state
        self.training.restore(epoch, state)
        self._changes_applied = applied

    def go_on(self, target: Position, changes: tuple[Change, ...], epochs: int) -> int:
        """Train for so many epochs, or fewer up to the next change; then make what is due there.

        Parameters
        ----------
        target : not before the present position; not gone beyond
        changes : all those of the run

        Returns
        -------
        the epochs trained. Whoever ends them on the way finds them taken back.
        """
        is_changed_later = self._changes_applied < target.changes
        end = changes[self._changes_applied].epoch if is_changed_later else target.epoch
        epochs = min(epochs, end - self.training.epoch)
        if epochs > 0:
            self._train(epochs)
        while self._changes_applied < target.changes:
            change = changes[self._changes_applied]
            if change.epoch > self.training.epoch:
                break
            change.apply(self.training)
            self._changes_applied += 1
        return epochs

    def _train(self, epochs: int) -> None:
        if not self.training.is_slow:
            self.training.run(epochs)
            return
        for _ in range(epochs):
            mark = self.training.mark()
            try:
                self.training.run(1)
            except BaseException:
                self.training.take_back(mark)
                raise
