"""When the numbers of a run first were not finite, as it is known at each of its positions."""

from collections.abc import Callable
from typing import NamedTuple

from mlpviz.engine.passed import Mark
from mlpviz.engine.training import Training
from mlpviz.experiment.run.diagnosis import Divergence, explain_loss, explain_weights
from mlpviz.experiment.run.record import Position


class Broke(NamedTuple):
    """The first epochs with a loss and with weights that were not finite; None where all were."""

    loss: int | None
    weights: int | None

    def up_to(self, epoch: int) -> "Broke":
        """Return what of it was known at an epoch."""
        return Broke(*(None if fact is None or fact > epoch else fact for fact in self))


def broke_in(training: Training | Mark) -> Broke:
    """Return what a training has found of itself, or had where it was marked."""
    return Broke(training.first_nonfinite_loss_epoch, training.first_nonfinite_weight_epoch)


class Breaks:
    """What is known of a run, whose edits by hand can take back what broke.

    Parameters
    ----------
    before_changes : of each change, what was known before it
    """

    def __init__(self, before_changes: tuple[Broke, ...] = ()) -> None:
        self._before_changes = before_changes
        self._explained: dict[tuple[str, Position], Divergence] = {}

    def note_change(self, broke: Broke) -> None:
        """Take note of what is known before another change."""
        self._before_changes += (broke,)

    def until(self, changes: int) -> "Breaks":
        """Return the same of a run that begins with so many of these changes."""
        return Breaks(self._before_changes[:changes])

    def at(self, position: Position, present: Broke) -> Broke:
        """Return what was known at a position.

        Parameters
        ----------
        present : what is known now
        """
        if position.changes < len(self._before_changes):
            present = self._before_changes[position.changes]
        return present.up_to(position.epoch)

    def first_of_weights(self, present: Broke) -> int | None:
        """Return the first epoch with weights that were not finite, also where they were mended.

        Parameters
        ----------
        present : what is known now
        """
        known = (broke.weights for broke in (*self._before_changes, present))
        return next((epoch for epoch in known if epoch is not None), None)

    def explain_loss(
        self, position: Position, training_at: Callable[[int, int], Training]
    ) -> Divergence:
        """Explain once why the loss broke: it is long work, and the past does not change.

        Parameters
        ----------
        position : the first with such a loss
        training_at : returns a training in the state of a position
        """
        return self._explain("loss", position, lambda: explain_loss(training_at(*position)))

    def explain_weights(
        self, position: Position, training_at: Callable[[int, int], Training]
    ) -> Divergence:
        """Explain likewise why the weights broke.

        Parameters
        ----------
        position : the last at which all were finite
        """
        return self._explain("weights", position, lambda: explain_weights(training_at(*position)))

    def _explain(
        self, what: str, position: Position, explain: Callable[[], Divergence]
    ) -> Divergence:
        if (what, position) not in self._explained:
            self._explained[what, position] = explain()
        return self._explained[what, position]
