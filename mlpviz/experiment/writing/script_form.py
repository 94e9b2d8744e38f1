"""What all parts of a script agree on: its recipe, in which form it computes, and its names."""

from dataclasses import dataclass

from mlpviz.engine.activations import SOFTMAX
from mlpviz.experiment.recipe.idle import training_samples
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.record import ChangedEpoch


@dataclass(frozen=True, slots=True)
class Form:
    """A recipe as a script.

    Parameters
    ----------
    recipe : with which it begins
    changes : what is changed on the way, by epochs
    is_plain : whether it computes as a textbook does, with a sample in each row of an array; else
        as the engine does, with a sample in each column
    """

    recipe: Recipe
    changes: tuple[ChangedEpoch, ...]
    is_plain: bool

    @property
    def batch_sizes(self) -> list[int]:
        """How many samples a step has at first, and after each change."""
        count = training_samples(self.recipe)
        recipes = (self.recipe, *(change.after for change in self.changes))
        return [min(recipe.batch_size or count, count) for recipe in recipes]

    @property
    def last(self) -> int:
        """The number of the output layer; the first hidden layer is 1."""
        return len(self.recipe.hidden) + 1

    @property
    def is_in_batches(self) -> bool:
        """Whether an epoch has several steps, at first or later."""
        return min(self.batch_sizes) < training_samples(self.recipe)

    @property
    def X(self) -> str:
        """What the inputs of a step are called."""
        return "X_batch" if self.is_in_batches else "X"

    @property
    def Y(self) -> str:
        """What the targets of a step are called."""
        return "Y_batch" if self.is_in_batches else "Y"

    @property
    def samples(self) -> str:
        """What the number of samples in a step is called."""
        return "len(batch)" if self.is_in_batches else "len(y)"

    @property
    def units_axis(self) -> int:
        """The axis of the units in an array of A or Z."""
        return 1 if self.is_plain else 0

    @property
    def is_plain_step(self) -> bool:
        """Whether a step is nothing but the gradient times the learning rate."""
        rule = self.recipe
        return rule.optimizer == "gradient_descent" and rule.regularization == "none"

    @property
    def is_stable(self) -> bool:
        """Whether cross-entropy has the slope A - Y."""
        return self.recipe.loss == "cross_entropy" and self.recipe.numerics == "stable"

    @property
    def is_from_sums(self) -> bool:
        """Whether the loss is computed from Z of the output, not from A."""
        return self.is_stable and self.recipe.activations[-1] in ("sigmoid", SOFTMAX)

    @property
    def judged(self) -> str:
        """What the loss is computed from: Z or A of the output."""
        return f"{'Z' if self.is_from_sums else 'A'}{self.last}"

    def results(self, *, of_test: bool = False) -> str:
        """Name what a forward pass returns.

        Parameters
        ----------
        of_test : whether it is of the test set, of which the hidden layers do not matter
        """
        hidden = ["_" if of_test else f"A{layer}" for layer in range(1, self.last)]
        ending = "_test" if of_test else str(self.last)
        sums = [f"Z{ending}"] if self.is_from_sums else []
        return ", ".join([*hidden, *sums, f"A{ending}"])
