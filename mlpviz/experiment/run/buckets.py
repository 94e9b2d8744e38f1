"""The losses of so many epochs together: how a curve of any length keeps to a few points."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array


class Buckets(NamedTuple):
    """The buckets of losses at one stride, (capacity,) each.

    Parameters
    ----------
    low, high, broken : as of a `LossCurve`
    places : the first epoch with the least loss, twice; one more where that was set by hand
    """

    low: Array
    high: Array
    broken: NDArray[np.bool]
    places: NDArray[np.int64]

    @property
    def nbytes(self) -> int:
        return sum(array.nbytes for array in self)

    def resized(self, capacity: int) -> "Buckets":
        """Return the same with more or less room."""
        count, buckets = min(capacity, len(self.low)), empty_buckets(capacity)
        for old, new in zip(self, buckets, strict=True):
            new[:count] = old[:count]
        return buckets

    def first(self, count: int) -> tuple[Array, Array, NDArray[np.bool]]:
        """Return a copy of the first so many: low, high and broken."""
        return self.low[:count].copy(), self.high[:count].copy(), self.broken[:count].copy()

    def note_places(
        self,
        bucket: NDArray[np.intp],
        epochs: NDArray[np.intp],
        losses: Array,
        is_set_by_hand: bool,
    ) -> None:
        """Note where the least loss of each bucket is, before `low` has taken these losses.

        Parameters
        ----------
        bucket, epochs, losses : (n,), finite losses and where they belong
        """
        low = self.low.copy()
        np.fmin.at(low, bucket, losses)
        is_least = ~(self.low[bucket] <= losses) & (losses == low[bucket])
        # Backwards: of equal ones the first stays.
        self.places[bucket[is_least][::-1]] = (2 * epochs + is_set_by_hand)[is_least][::-1]

    def least(self) -> tuple[int, float, bool] | None:
        """Return the least loss in all of them: where and how much, and whether set by hand."""
        if np.isnan(self.low).all():
            return None
        bucket = int(np.nanargmin(self.low))
        epoch, is_set_by_hand = divmod(int(self.places[bucket]), 2)
        return epoch, float(self.low[bucket]), bool(is_set_by_hand)

    def merged(self) -> "Buckets":
        """Return one of each two, in the first half of the room."""
        half, merged = len(self.low) // 2, empty_buckets(len(self.low))
        low, high, broken, places = ((array[0::2], array[1::2]) for array in self)
        merged.low[:half], merged.high[:half] = np.fmin(*low), np.fmax(*high)
        merged.broken[:half] = np.logical_or(*broken)
        is_first = (low[0] <= low[1]) | np.isnan(low[1])
        merged.places[:half] = np.where(is_first, *places)
        return merged


def empty_buckets(capacity: int) -> Buckets:
    """Make room for so many."""
    low, high = np.full((2, capacity), np.nan)
    broken, places = np.zeros(capacity, dtype=np.bool), np.zeros(capacity, dtype=np.int64)
    return Buckets(low, high, broken, places)
