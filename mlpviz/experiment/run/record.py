"""What happened in a run: where it stands, and what was changed on the way there."""

from dataclasses import dataclass
from typing import NamedTuple

from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.start import step_rule

ALL_CHANGES = 1 << 30


class Position(NamedTuple):
    """A place in a run; of two the later one is greater.

    Parameters
    ----------
    epoch : epochs trained
    changes : how many changes of the run have been applied. Each change made at an epoch makes one
        more position of it; ALL_CHANGES stands for the last of these.
    """

    epoch: int
    changes: int = ALL_CHANGES


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
