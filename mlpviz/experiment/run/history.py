"""The history of a run, bounded in memory and exact.

Losses and checkpoints are kept one per `stride` epochs. When a store is full, neighbours are
merged and the stride doubles, so that a run of any length fits. A loss bucket remembers the least
and the greatest loss that fell into it and whether one was not finite: an oscillating run is not
drawn as a calm one. A checkpoint is a state; any epoch between two is computed again from the one
before it, bit for bit (see `Run.training_at`). There are as many as the budget holds, so that this
takes no longer than it must.
"""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array

BUDGET_BYTES = 16_000_000
MAX_BUCKETS = 2048  # a curve of this many points is all that a screen can show
MAX_DRAWN = 320  # a point every few pixels; smooth wide lines over more cost a whole frame
LEAST_RISE = 1.2  # times the loss before: a smaller rise is not spoken of
CHECKPOINT_STRIDE = 64  # at first; up to 63 epochs are cheaper to compute again than to keep


class Rise(NamedTuple):
    """How far the loss rose from one epoch to the next.

    Parameters
    ----------
    epoch : to which it rose
    before, after : the losses of the epoch before, and of this one
    """

    epoch: int
    before: float
    after: float

    @property
    def factor(self) -> float:
        """How many times the loss before the one after is."""
        return self.after / self.before


class Least(NamedTuple):
    """The least loss of a run, the first of equal ones.

    Parameters
    ----------
    epoch, loss : where it was, and how much
    is_set_by_hand : whether not training led there, but weights that were set by hand
    """

    epoch: int
    loss: float
    is_set_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class LossCurve:
    """The losses of a run, as many as a screen can show.

    Parameters
    ----------
    stride : epochs per bucket; bucket i covers the epochs from i · stride on
    low, high : least and greatest finite loss of each bucket, NaN where it has none
    broken : whether the bucket held a loss that is not finite
    first_nonfinite_epoch : the first epoch with such a loss, or None
    first_nonfinite_loss : that loss, which is NaN, ∞ or -∞; None where all are finite
    rise : the largest rise between neighbouring epochs by its factor, the first of equal ones;
        exact whatever the stride; None where none is above `LEAST_RISE`, and on the test set
    least : the least finite loss, likewise exact; None where none is finite
    is_broken_by_hand : whether the first loss that is not finite is that of weights set by hand
    """

    stride: int
    low: Array
    high: Array
    broken: NDArray[np.bool]
    first_nonfinite_epoch: int | None
    first_nonfinite_loss: float | None = None
    rise: Rise | None = None
    least: Least | None = None
    is_broken_by_hand: bool = False

    @property
    def epochs(self) -> Array:
        """The first epoch of each bucket."""
        return np.arange(len(self.low), dtype=np.float64) * self.stride


def thinned_curve(curve: LossCurve) -> tuple[Array, Array, Array]:
    """Merge neighbouring buckets until there are at most MAX_DRAWN: epochs, low, high of each.

    A bucket that held a loss that is not finite is NaN, so that it leaves a gap and is not merged
    away.

    Returns
    -------
    (buckets,) each: the first epoch, and the least and the greatest loss
    """
    low = np.where(curve.broken, np.nan, curve.low)
    high = np.where(curve.broken, np.nan, curve.high)
    factor = -(-len(low) // MAX_DRAWN)
    if factor <= 1:
        return curve.epochs, low, high
    starts = np.arange(0, len(low), factor)
    # Unlike fmin and fmax these hand NaN on.
    return (
        curve.epochs[starts],
        np.minimum.reduceat(low, starts),
        np.maximum.reduceat(high, starts),
    )


def _lesser(least: Least | None, found: Least) -> Least:
    return found if least is None or found.loss < least.loss else least


class _Doubling(ABC):
    """Room for `capacity` entries, one per `stride` epochs; the stride doubles when it is full."""

    def __init__(self, capacity: int, stride: int) -> None:
        self.capacity, self.stride, self.count = capacity, stride, 0

    def make_room_for(self, epoch: int) -> None:
        """Merge neighbours until this epoch has an entry."""
        while epoch // self.stride >= self.capacity:
            self._merge_neighbours()
            self.count = (self.count + 1) // 2
            self.stride *= 2

    @abstractmethod
    def _merge_neighbours(self) -> None:
        """Make one entry of two, in the first half of the room; empty the second."""


class _LossStore(_Doubling):
    def __init__(self, capacity: int) -> None:
        super().__init__(capacity, stride=1)
        self._last_epoch = -1
        self.low = np.full(capacity, np.nan)
        self.high = np.full(capacity, np.nan)
        self.broken = np.zeros(capacity, dtype=np.bool)
        self.first_nonfinite: tuple[int, float] | None = None
        self.is_broken_by_hand = False
        self.edited: float | None = None  # the loss of the last epoch, after an edit by hand
        self.least: Least | None = None

    def add(self, first_epoch: int, losses: Array) -> None:
        edited, self.edited = self.edited, None
        if edited is not None:  # now it is final
            self._take(first_epoch - 1, np.array([edited]), is_set_by_hand=True)
        self._take(first_epoch, losses)

    def _take(self, first_epoch: int, losses: Array, *, is_set_by_hand: bool = False) -> None:
        last_epoch = self._last_epoch = first_epoch + len(losses) - 1
        self.make_room_for(last_epoch)
        epochs = np.arange(first_epoch, last_epoch + 1)
        finite = np.isfinite(losses)
        if not finite.all():
            if self.first_nonfinite is None:
                place = int(np.argmin(finite))
                self.first_nonfinite = first_epoch + place, float(losses[place])
                self.is_broken_by_hand = is_set_by_hand
            self.broken[epochs[~finite] // self.stride] = True
            epochs, losses = epochs[finite], losses[finite]
        bucket = epochs // self.stride
        # fmin and fmax prefer a number to NaN: an empty bucket takes the first loss it gets.
        np.fmin.at(self.low, bucket, losses)
        np.fmax.at(self.high, bucket, losses)
        self.count = last_epoch // self.stride + 1
        if len(losses):
            place = int(losses.argmin())
            found = Least(int(epochs[place]), float(losses[place]), is_set_by_hand)
            self.least = _lesser(self.least, found)

    @property
    def nbytes(self) -> int:
        return self.low.nbytes + self.high.nbytes + self.broken.nbytes

    def curve(self, rise: Rise | None = None) -> LossCurve:
        low, high = self.low[: self.count].copy(), self.high[: self.count].copy()
        broken, first = self.broken[: self.count].copy(), self.first_nonfinite or (None, None)
        least, is_broken_by_hand = self.least, self.is_broken_by_hand
        if self.edited is not None and math.isfinite(self.edited):  # fmin and fmax as above
            low[-1], high[-1] = np.fmin(low[-1], self.edited), np.fmax(high[-1], self.edited)
            least = _lesser(least, Least(self._last_epoch, self.edited, is_set_by_hand=True))
        elif self.edited is not None:
            broken[-1], first = True, self.first_nonfinite or (self._last_epoch, self.edited)
            is_broken_by_hand |= self.first_nonfinite is None
        for array in (low, high, broken):
            array.setflags(write=False)
        facts = (*first, rise, least, is_broken_by_hand)
        return LossCurve(self.stride, low, high, broken, *facts)

    def _merge_neighbours(self) -> None:
        half = self.capacity // 2
        for store, merge, empty in (
            (self.low, np.fmin, np.nan),
            (self.high, np.fmax, np.nan),
            (self.broken, np.logical_or, False),
        ):
            store[:half] = merge(store[0::2], store[1::2])
            store[half:] = empty


class _CheckpointStore(_Doubling):
    def __init__(self, capacity: int, state_size: int) -> None:
        super().__init__(capacity, stride=CHECKPOINT_STRIDE)
        self.states = np.empty((capacity, state_size))

    def add(self, epoch: int, state: Array) -> None:
        self.make_room_for(epoch)
        if epoch % self.stride == 0:
            self.states[epoch // self.stride] = state
            self.count = epoch // self.stride + 1

    def _merge_neighbours(self) -> None:
        half = self.capacity // 2
        self.states[:half] = self.states[0::2]


class History:
    """What is kept of one run, from state 0 on.

    Parameters
    ----------
    state : state 0, as `Training.state` returns it
    loss : its loss
    budget_bytes : an upper bound for all that is kept
    test_loss : its loss on the test set; None where there is none
    """

    def __init__(
        self,
        state: Array,
        loss: float,
        budget_bytes: int = BUDGET_BYTES,
        test_loss: float | None = None,
    ) -> None:
        self._losses = _LossStore(MAX_BUCKETS)
        self._test_losses = None if test_loss is None else _LossStore(MAX_BUCKETS)
        loss_bytes = sum(store.nbytes for store in self._loss_stores())
        room = (budget_bytes - loss_bytes) // (state.nbytes * 2) * 2  # halving needs an even number
        self._checkpoints = _CheckpointStore(max(2, room), len(state))
        self._rise: Rise | None = None
        self._last_loss = math.nan  # from which the next epoch starts
        self.epoch = -1
        self.record(np.array([loss]), state, None if test_loss is None else np.array([test_loss]))

    @property
    def nbytes(self) -> int:
        """The memory that the stores take, whatever the length of the run."""
        kept = sum(store.nbytes for store in self._loss_stores())
        return kept + self._checkpoints.states.nbytes

    def epochs_to_next_checkpoint(self) -> int:
        """Return after how many epochs `record` wants to be called at the latest."""
        stride = self._checkpoints.stride
        return stride - self.epoch % stride

    def record(self, losses: Array, state: Array, test_losses: Array | None = None) -> None:
        """Add the losses of the epochs since the last call, and the state they led to.

        Parameters
        ----------
        losses : (epochs,), at most `epochs_to_next_checkpoint` of them
        state : the state after the last of them
        test_losses : (epochs,), where there is a test set
        """
        self._look_for_rise(losses)
        self._losses.add(self.epoch + 1, losses)
        if self._test_losses is not None and test_losses is not None:
            self._test_losses.add(self.epoch + 1, test_losses)
        self.epoch += len(losses)
        if self.epoch % self._checkpoints.stride == 0:
            self._checkpoints.add(self.epoch, state)

    def _look_for_rise(self, losses: Array) -> None:
        chain = np.append(self._last_loss, losses)
        before, after = chain[:-1], chain[1:]
        with np.errstate(all="ignore"):
            factors = np.where((before > 0.0) & (after < np.inf), after / before, 0.0)
        place = int(factors.argmax())
        if factors[place] > (LEAST_RISE if self._rise is None else self._rise.factor):
            self._rise = Rise(self.epoch + 1 + place, float(before[place]), float(after[place]))
        self._last_loss = float(losses[-1])

    def note_edit(self, loss: float, test_loss: float | None = None) -> None:
        """Take note that the last state was set by hand and has this loss.

        The epoch then has two losses, before and after; what was tried in between leaves none.
        Its checkpoint stays what training led to: the edit itself is kept by the run.
        """
        self._losses.edited = self._last_loss = loss  # what is set by hand is no rise of training
        if self._test_losses is not None:
            self._test_losses.edited = test_loss

    def checkpoint_before(self, epoch: int) -> tuple[int, Array]:
        """Return the nearest checkpoint at or before an epoch, as (epoch, state).

        Raises
        ------
        ValueError
            for an epoch that the run has not reached.
        """
        if not 0 <= epoch <= self.epoch:
            raise ValueError(f"epoch must be from 0 to {self.epoch}. Got {epoch}.")
        index = min(epoch // self._checkpoints.stride, self._checkpoints.count - 1)
        return index * self._checkpoints.stride, self._checkpoints.states[index].copy()

    def kept_epochs(self, most: int) -> range:
        """Return the epochs whose states are kept, evenly thinned to so many, from 0 on."""
        store = self._checkpoints
        step = -(-store.count // most) * store.stride
        return range(0, store.count * store.stride, step)

    @property
    def checkpoint_stride(self) -> int:
        """How many epochs lie between two checkpoints."""
        return self._checkpoints.stride

    def nearest_checkpoint(self, epoch: int) -> int:
        """Return the epoch of the checkpoint that is nearest to an epoch of the run."""
        before, _ = self.checkpoint_before(epoch)
        after, _ = self.checkpoint_before(min(epoch + self.checkpoint_stride, self.epoch))
        return after if after - epoch < epoch - before else before

    def curve(self) -> LossCurve:
        """Return the losses so far, as a frozen copy."""
        return self._losses.curve(self._rise)

    def test_curve(self) -> LossCurve | None:
        """Return the losses on the test set, likewise; None where there is none."""
        return None if self._test_losses is None else self._test_losses.curve()

    def _loss_stores(self) -> list[_LossStore]:
        return [store for store in (self._losses, self._test_losses) if store is not None]
