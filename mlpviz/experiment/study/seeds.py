"""Many seeds: the same recipe from other initial weights.

One run says how this network went, many say how such networks go. They train together on the
batched engine, group after group, in slices of some milliseconds, so that whoever drives them can
show the progress and stop between two slices.

Many networks at once sum in another order than one alone, so their digits may differ from those
of a single run after some thousand epochs. The verdict, learned or not, is the same.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.batch import Batch, group_size
from mlpviz.engine.features import features_of
from mlpviz.engine.scores import correct_samples
from mlpviz.engine.training import Training
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import MAX_SEED, Recipe
from mlpviz.experiment.run.record import Change
from mlpviz.experiment.run.start import (
    make_data,
    start_training,
    step_rule,
    untrained_network,
)
from mlpviz.experiment.study.seed_study import Epochs, Flags, SeedStudy

DEFAULT_SEEDS = 50
MAX_SEEDS = 500
MAX_POINTS = 512  # of a curve; the epochs between two are not kept
SLICE_SECONDS = 0.005
MAX_SLICE_EPOCHS = 1024
NEVER = -1


class _Group(Protocol):
    """Networks that train together: a `Batch`, or one alone."""

    parameters: Array
    losses: Array

    @property
    def predictions(self) -> Array: ...

    def run(self, epochs: int, correct: Epochs | None = None) -> Array: ...


class _Single:
    """One training that looks like a batch: mini-batches are not for many networks at once.

    Nor are changes on the way. The loss of an epoch with edits by hand is that after them.
    """

    def __init__(self, training: Training, changes: tuple[Change, ...]) -> None:
        self._training, self._changes = training, changes
        self._change()
        self.parameters = training.network.parameters[np.newaxis]
        self.losses = np.array([training.loss])

    @property
    def predictions(self) -> Array:
        return np.expand_dims(self._training.predictions, -2)

    def run(self, epochs: int, correct: Epochs | None = None) -> Array:
        losses = np.empty((epochs, 1))
        for epoch in range(epochs):
            self._training.run(1)
            self._change()
            losses[epoch] = self._training.loss
            if correct is not None:
                t = self._training
                right = correct_samples(t.predictions, t.Y[:, 0], t.outputs)
                correct[epoch] = np.count_nonzero(right)
        return losses

    def _change(self) -> None:
        """Let take effect what was changed at the epoch that has been reached."""
        for change in self._changes:
            if change.epoch == self._training.epoch:
                change.apply(self._training)


class SeedRun:
    """Trains a recipe from many initial weights, a slice at a time.

        while not run.is_done:
            run.advance()
        study = run.study()

    It holds no thread: drive it from any, and stop calling to cancel. How time is cut into slices
    changes nothing in the numbers.

    Parameters
    ----------
    recipe : its `weight_seed` is the first of the seeds
    count : how many seeds, from 1 to MAX_SEEDS
    changes : what is changed on the way, at its epoch and for every seed alike; such seeds are
        trained one by one

    Raises
    ------
    ValueError
        for another number of seeds, or a recipe without a number of epochs.
    """

    def __init__(
        self, recipe: Recipe, count: int = DEFAULT_SEEDS, changes: tuple[Change, ...] = ()
    ) -> None:
        check_seed_count(count)
        if recipe.epochs == 0:
            raise ValueError(tr("epochs must be at least 1 to train from many seeds. Got 0."))
        self.recipe = recipe = replace(recipe, start=None)  # every seed draws its own
        self._changes = changes
        self.seeds = tuple((recipe.weight_seed + i) % (MAX_SEED + 1) for i in range(count))
        X, self._Y = make_data(recipe)
        self._X = features_of(X, recipe.features)
        self._points = _points(recipe.epochs)
        self._losses = np.full((len(self._points), count), np.nan)
        self._accuracies = np.full(count, np.nan)
        self._parameters = np.empty((count, untrained_network(recipe).parameters.size))
        self._first_perfect = np.full(count, NEVER)
        self._first_nonfinite = np.full(count, NEVER)
        self._slice_epochs = 1
        self._work = self._train_groups()
        self.progress = 0.0  # 0 to 1

    @property
    def is_done(self) -> bool:
        """Whether every seed has come to its end."""
        return self.progress == 1.0

    def advance(self, seconds: float = SLICE_SECONDS) -> None:
        """Train for about so long; for one epoch of one group where that takes longer."""
        started = time.perf_counter()
        self.progress = next(self._work, 1.0)
        spent = time.perf_counter() - started
        if spent > seconds:
            self._slice_epochs = max(1, self._slice_epochs // 2)
        elif spent < seconds / 2:
            self._slice_epochs = min(MAX_SLICE_EPOCHS, self._slice_epochs * 2)

    def study(self) -> SeedStudy:
        """Return what was found.

        Raises
        ------
        ValueError
            before the end.
        """
        if not self.is_done:
            raise ValueError("The seeds have not all been trained yet.")
        return SeedStudy(
            self.recipe,
            self.seeds,
            self._points,
            self._losses,
            self._accuracies,
            self._parameters,
            _or_none(self._first_perfect),
            _or_none(self._first_nonfinite),
        )

    def _train_groups(self) -> Iterator[float]:
        """Train one group after the other; yield the share that is done."""
        size = 1 if self._changes else _group_size(self.recipe, len(self._X))
        epochs, count = self.recipe.epochs, len(self.seeds)
        for start in range(0, count, size):
            members = slice(start, min(start + size, count))
            together = members.stop - start
            for epoch in self._train(members):
                done = start * epochs + epoch * together
                yield min(done / (count * epochs), np.nextafter(1.0, 0.0))

    def _train(self, members: slice) -> Iterator[int]:
        """Train the seeds of one group to the end; yield the epoch after each slice."""
        group = self._start(members)
        right = correct_samples(group.predictions, self._Y[:, 0], self.recipe.outputs)
        correct = np.count_nonzero(right, axis=1)[np.newaxis]
        self._record(members, 0, group.losses[np.newaxis], correct)
        epoch = 0
        yield epoch
        while epoch < self.recipe.epochs and not _is_lost(group):
            epochs = min(self._slice_epochs, self.recipe.epochs - epoch)
            correct = np.empty((epochs, correct.shape[1]), dtype=np.intp)
            self._record(members, epoch + 1, group.run(epochs, correct), correct)
            epoch += epochs
            self._parameters[members] = group.parameters
            if not self.recipe.is_regression:
                self._accuracies[members] = correct[-1] / len(self._X)
            yield epoch

    def _start(self, members: slice) -> _Group:
        recipes = [replace(self.recipe, weight_seed=seed) for seed in self.seeds[members]]
        if self._changes or _has_batches(self.recipe, len(self._X)):
            return _Single(start_training(recipes[0]), self._changes)
        return Batch(
            [untrained_network(recipe) for recipe in recipes],
            self._X,
            self._Y,
            [recipe.learning_rate for recipe in recipes],
            loss=self.recipe.loss,
            numerics=self.recipe.numerics,
            reduction=self.recipe.reduction,
            rule=step_rule(self.recipe),
        )

    def _record(self, members: slice, first_epoch: int, losses: Array, correct: Epochs) -> None:
        """Keep what is wanted of some epochs: (epochs, seeds) of losses and of right samples."""
        first, last = np.searchsorted(self._points, (first_epoch, first_epoch + len(losses)))
        self._losses[first:last, members] = losses[self._points[first:last] - first_epoch]
        if not self.recipe.is_regression:
            _note_first(self._first_perfect[members], first_epoch, correct == len(self._X))
        _note_first(self._first_nonfinite[members], first_epoch, ~np.isfinite(losses))


def _is_lost(group: _Group) -> bool:
    """Tell whether no parameter is a number any more: so it stays, and every loss is NaN."""
    return bool(np.isnan(group.parameters).all())


def check_seed_count(count: int) -> None:
    """Refuse a number of seeds that cannot be trained, with a ValueError."""
    if not 1 <= count <= MAX_SEEDS:
        raise ValueError(
            tr(
                "seeds must be a whole number from 1 to {most}. Got {got}.",
                most=MAX_SEEDS,
                got=count,
            )
        )


def _has_batches(recipe: Recipe, samples: int) -> bool:
    return 0 < recipe.batch_size < samples


def _group_size(recipe: Recipe, samples: int) -> int:
    return 1 if _has_batches(recipe, samples) else group_size(recipe.sizes, samples)


def _points(epochs: int) -> Epochs:
    """Choose the epochs whose losses are kept: at most MAX_POINTS, the first and the last too."""
    stride = -(-epochs // (MAX_POINTS - 2))
    return np.append(np.arange(0, epochs, stride), epochs)


def _note_first(found: Epochs, first_epoch: int, is_so: Flags) -> None:
    """Write the first epoch at which each column is true, where none was found before."""
    news = (found == NEVER) & is_so.any(axis=0)
    found[news] = first_epoch + is_so.argmax(axis=0)[news]


def _or_none(found: Epochs) -> tuple[int | None, ...]:
    return tuple(None if epoch == NEVER else epoch for epoch in found.tolist())
