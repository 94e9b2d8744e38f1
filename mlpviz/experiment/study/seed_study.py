"""What became of many seeds: who learned, and how the losses spread."""

import math
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.grids import data_box, surface_over
from mlpviz.experiment.run.start import make_samples

QUARTILES = (0.25, 0.5, 0.75)
GOOD_ACCURACY = 0.9  # the report's own measure: an accuracy above it
LEAST_OF_A_BAND = 4  # fewer seeds have no quarters

Epochs = NDArray[np.intp]
Flags = NDArray[np.bool]


@dataclass(frozen=True, slots=True)
class SeedStudy:
    """What became of the same recipe from other initial weights; the arrays are read-only.

    Parameters
    ----------
    recipe : of the first seed
    seeds : the weight seeds, the recipe's own first
    epochs : at which losses were kept, (points,): evenly spread, the first 0, the last the end
    losses : (points, seeds)
    accuracies : at the end, (seeds,), 0 to 1; NaN for regression, where no seed is learned
    parameters : at the end, (seeds, parameters)
    first_perfect_epochs : the first epoch at which every sample was right; None where never
    first_nonfinite_epochs : the first epoch whose loss was not finite; None where never
    """

    recipe: Recipe
    seeds: tuple[int, ...]
    epochs: Epochs
    losses: Array
    accuracies: Array
    parameters: Array
    first_perfect_epochs: tuple[int | None, ...]
    first_nonfinite_epochs: tuple[int | None, ...]

    def __post_init__(self) -> None:
        for array in (self.epochs, self.losses, self.accuracies, self.parameters):
            array.setflags(write=False)

    def __reduce__(self) -> tuple[Any, ...]:
        # By way of the constructor, or arrays from another process would not be read-only.
        return SeedStudy, tuple(getattr(self, field.name) for field in fields(self))

    @property
    def learned(self) -> Flags:
        """Whether each seed ended with every sample right, (seeds,)."""
        learned: Flags = self.accuracies == 1.0
        return learned

    @property
    def above_90(self) -> Flags:
        """Whether each seed ended with more than 90 % of the samples right, (seeds,)."""
        above: Flags = self.accuracies > GOOD_ACCURACY
        return above

    @property
    def stuck(self) -> Flags:
        """Whether each seed ended with a sample wrong, (seeds,); none where there are no classes.

        One whose loss is not a number any more is among them.
        """
        stuck: Flags = ~self.learned & (not self.recipe.is_regression)
        return stuck

    @property
    def lost_count(self) -> int:
        """How many seeds had every sample right for a while only."""
        reached = sum(epoch is not None for epoch in self.first_perfect_epochs)
        return reached - int(self.learned.sum())

    @property
    def nonfinite_counts(self) -> Epochs:
        """How many losses of each point are not finite, (points,)."""
        counts: Epochs = np.count_nonzero(~np.isfinite(self.losses), axis=1)
        return counts

    def quartiles(self) -> Array:
        """Return the lower quartile, the median and the upper quartile of each point, (3, points).

        A loss that is not finite ranks above every number; a quartile that falls among such is
        NaN. `nonfinite_counts` says how many there are.
        """
        return quantiles(self.losses, QUARTILES)

    def middle_half(self) -> Array:
        """Return the least and the greatest loss of the middle half of the seeds, (2, points).

        They are losses of seeds, the first within the lower and the last within the upper quartile:
        a quartile may lie between two seeds, where no seed is. NaN at a point with fewer finite
        losses than LEAST_OF_A_BAND, and where the middle half has one that is not finite.
        """
        ranked = np.sort(np.where(np.isfinite(self.losses), self.losses, np.inf), axis=1)
        last = len(self.seeds) - 1
        first, end = math.ceil(QUARTILES[0] * last), math.floor(QUARTILES[2] * last)
        band: Array = ranked[:, [first, end]].T.copy()
        few = np.isfinite(self.losses).sum(axis=1) < LEAST_OF_A_BAND
        band[:, few | ~np.isfinite(band).all(axis=0)] = np.nan
        return band

    def perfect_epoch_quartiles(self) -> Array:
        """Return the quartiles of the first epoch with every sample right, (3,).

        Over all seeds: one that never got there ranks last, and a quartile among such is NaN.
        """
        epochs = [np.nan if epoch is None else epoch for epoch in self.first_perfect_epochs]
        return quantiles(np.array([epochs], dtype=np.float64), QUARTILES)[:, 0]


def quantiles(values: Array, shares: tuple[float, ...]) -> Array:
    """Return quantiles along the last axis, (shares, rows), of values of which some are no number.

    Linear between neighbours, as `numpy.quantile`. What is not finite ranks above every number,
    and a quantile that would need one is NaN.

    Parameters
    ----------
    values : (rows, n)
    """
    ranked = np.sort(np.where(np.isfinite(values), values, np.inf), axis=-1)
    result = np.empty((len(shares), len(values)))
    for row, share in zip(result, shares, strict=True):
        place = share * (values.shape[-1] - 1)
        below, part = int(place), place - int(place)
        row[:] = ranked[:, below]
        if part > 0.0:
            with np.errstate(invalid="ignore"):  # ∞ - ∞
                row += part * (ranked[:, below + 1] - row)
    result[~np.isfinite(result)] = np.nan
    return result


def surface_thumbnails(study: SeedStudy, step: int = 4) -> Array:
    """Compute the final surface of each seed over the data's box, (seeds, cells, cells).

    With a unit per class (seeds, classes, cells, cells).

    Parameters
    ----------
    step : every so many cells of the surface of a frame
    """
    box = data_box(make_samples(study.recipe)[0])
    return np.stack([surface_over(study.recipe, vector, box, step) for vector in study.parameters])
