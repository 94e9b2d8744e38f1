"""Epochs of many steps: the samples in another order each time, one step per batch.

Copying a batch into the arrays of a `Program` of its size costs one call; everything else is
prepared. The last batch is smaller where the size does not divide the number of samples, and has
a Program of its own.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array, Heed, go_on
from mlpviz.engine.program import Program
from mlpviz.engine.stages import Look
from mlpviz.engine.steps import StepRule

BATCH_PURPOSE = 3  # see datasets.DATA_PURPOSE
ORDER_BLOCK = 64  # epochs whose orders come from one generator
MANY_STEPS = 200  # in an epoch, from which on it can take many milliseconds


class BatchOrder:
    """In which order the samples stand in each epoch: a function of seed and epoch alone.

    The orders of `ORDER_BLOCK` epochs are drawn one after the other from
    default_rng((seed, 3, block)), so that any epoch can be computed again from a checkpoint.
    """

    def __init__(self, seed: int, samples: int) -> None:
        self._seed, self._samples = seed, samples
        self._next_epoch = -1

    def of_epoch(self, epoch: int) -> NDArray[np.intp]:
        """Return the numbers of the samples, in the order in which this epoch takes them."""
        if epoch != self._next_epoch or epoch % ORDER_BLOCK == 0:
            block, place = divmod(epoch, ORDER_BLOCK)
            self._rng = np.random.default_rng((self._seed, BATCH_PURPOSE, block))
            for _ in range(place):
                self._rng.permutation(self._samples)
        self._next_epoch = epoch + 1
        return self._rng.permutation(self._samples)


class MiniBatches:
    """Trains epoch by epoch in batches.

    Parameters
    ----------
    whole : the Program of all samples, which evaluates the state after each epoch
    make_program : makes a Program for so many samples, of the same parameters
    size : samples per batch, from 1 to one less than all of them
    seed : of the order of the samples
    heed : called after each step, where an epoch has many
    """

    def __init__(
        self,
        whole: Program,
        make_program: Callable[[int], Program],
        size: int,
        seed: int,
        heed: Heed = go_on,
    ) -> None:
        samples = whole.data.shape[-1]
        self.size = size
        self._whole = whole
        self._order = BatchOrder(seed, samples)
        full, rest = make_program(size), samples % size
        self._steps = [(full, start) for start in range(0, samples - rest, size)]
        if rest:
            self._steps.append((make_program(rest), samples - rest))
        self.has_many_steps = len(self._steps) > MANY_STEPS
        self._heed = heed if self.has_many_steps else go_on

    def of_epoch(self, epoch: int) -> list[NDArray[np.intp]]:
        """Return the numbers of the samples in each batch of an epoch."""
        order = self._order.of_epoch(epoch)
        return [order[start : start + self.size] for start in range(0, len(order), self.size)]

    def set_rule(self, rule: StepRule) -> None:
        """Take over a rule of the same optimizer and the same penalty."""
        for program in {program for program, _ in self._steps}:
            program.set_rule(rule)

    def take_apart(self, epoch: int, learning_rate: float, looks: Sequence[Look | None]) -> None:
        """Take the steps of an epoch from the present parameters, and show what they compute.

        Parameters
        ----------
        looks : of each step who is shown it, see `Program.take_apart`; None where it is only taken.
            There may be fewer than the epoch has steps: the others are not taken, nor are those
            after one of which enough was seen.
        """
        shuffled = self._whole.data[:, self._order.of_epoch(epoch)]
        for (program, start), look in zip(self._steps, looks, strict=False):
            program.set_learning_rate(learning_rate)
            program.data[:] = shuffled[:, start : start + program.data.shape[-1]]
            if look is None:
                program.step()
            elif program.take_apart(look):
                return
            self._heed()

    def run(
        self,
        first_epoch: int,
        epochs: int,
        learning_rate: float,
        at: Sequence[int] = (),
        seen: Callable[[], None] = go_on,
    ) -> Array:
        """Train for some epochs and return the loss of each state reached, (epochs,).

        Parameters
        ----------
        first_epoch : how many epochs lie behind
        at, seen : as of `Program.run`
        """
        losses, heed = np.empty(epochs), self._heed
        for program in {program for program, _ in self._steps}:
            program.set_learning_rate(learning_rate)
        for i in range(epochs):
            shuffled = self._whole.data[:, self._order.of_epoch(first_epoch + i)]
            for program, start in self._steps:
                program.data[:] = shuffled[:, start : start + program.data.shape[-1]]
                program.step()
                heed()
            losses[i] = self._whole.evaluate()
            if i + 1 in at:
                seen()
        return losses
