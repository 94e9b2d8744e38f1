"""The history of a run, bounded in memory and exact.

Losses and checkpoints are kept one per `stride` epochs. When a store is full, neighbours are
merged and the stride doubles, so that a run of any length fits. A loss bucket remembers the least
and the greatest loss that fell into it and whether one was not finite: an oscillating run is not
drawn as a calm one. A checkpoint is a state; any epoch between two is computed again from the one
before it, bit for bit (see `Run.training_at`). There are as many as the budget holds, so that this
takes no longer than it must.

A branch goes on from the losses as they stood at its epoch, in the buckets that there were then. So
a store of losses keeps what it had before each doubling: 2 048 buckets are merged only after as
many again have come, and of a run of 10⁷ epochs this is less than half a megabyte.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.experiment.run.buckets import Buckets, empty_buckets
from mlpviz.experiment.run.checkpoints import CheckpointStore
from mlpviz.experiment.run.doubling import Doubling

BUDGET_BYTES = 16_000_000
MAX_BUCKETS = 2048  # a curve of this many points is all that a screen can show
MAX_DRAWN = 320  # a point every few pixels; smooth wide lines over more cost a whole frame
LEAST_RISE = 1.2  # times the loss before: a smaller rise is not spoken of
MAX_DOUBLINGS = 20  # of the stride of losses; there is room for two thousand million epochs
BYTES_OF_LOSSES = (MAX_DOUBLINGS + 1) * 25 * MAX_BUCKETS  # three numbers and a flag each


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
    least : the least finite loss, likewise exact; None where none is finite, and of the training
        losses, whose least is seldom anything but the last
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


class _LossStore(Doubling):
    def __init__(self, capacity: int, *, seeks_least: bool = False) -> None:
        super().__init__(capacity, stride=1)
        self._seeks_least = seeks_least
        self._last_epoch = -1
        self._buckets = empty_buckets(capacity)
        self._finer: list[Buckets] = []  # before each doubling: at stride 1, 2, 4 …
        self.first_nonfinite: tuple[int, float] | None = None
        self.is_broken_by_hand = False
        self.edited: float | None = None  # the loss of the last epoch, after an edit by hand
        self.least: Least | None = None

    def first_epoch_of_bucket(self, epoch: int) -> int:
        """Return with which epoch the bucket of an epoch began when this was the last one."""
        stride = 1
        while epoch // stride >= self.capacity:
            stride *= 2
        return epoch // stride * stride

    def until(self, end: int, epoch: int) -> "_LossStore":
        """Return the losses before an epoch, in the buckets that there were at a later one.

        Parameters
        ----------
        end : as `first_epoch_of_bucket` gives it for `epoch`
        """
        cut = _LossStore(self.capacity, seeks_least=self._seeks_least)
        while epoch // cut.stride >= cut.capacity:
            cut._finer.append(self._finer[len(cut._finer)])
            cut.stride *= 2
        levels = [*self._finer, self._buckets]
        cut.count = end // cut.stride
        for kept, new in zip(levels[len(cut._finer)], cut._buckets, strict=True):
            new[: cut.count] = kept[: cut.count]
        cut._last_epoch = end - 1
        if self.first_nonfinite is not None and self.first_nonfinite[0] < end:
            cut.first_nonfinite = self.first_nonfinite
            cut.is_broken_by_hand = self.is_broken_by_hand
        least = cut._buckets.least() if self._seeks_least else None
        cut.least = None if least is None else Least(*least)
        return cut

    def shrink(self) -> None:
        """Take no more room than is needed, until losses are added."""
        self._buckets = self._buckets.resized(self.count)

    def add(self, first_epoch: int, losses: Array) -> None:
        if len(self._buckets.low) < self.capacity:
            self._buckets = self._buckets.resized(self.capacity)
        edited, self.edited = self.edited, None
        if edited is not None:  # now it is final
            self._take(first_epoch - 1, np.array([edited]), is_set_by_hand=True)
        self._take(first_epoch, losses)

    def _take(self, first_epoch: int, losses: Array, *, is_set_by_hand: bool = False) -> None:
        while len(losses):
            self.make_room_for(first_epoch)
            fitting = self.capacity * self.stride - first_epoch  # as if they had come one by one
            self._put(first_epoch, losses[:fitting], is_set_by_hand)
            first_epoch, losses = first_epoch + fitting, losses[fitting:]

    def _put(self, first_epoch: int, losses: Array, is_set_by_hand: bool) -> None:
        last_epoch = self._last_epoch = first_epoch + len(losses) - 1
        epochs = np.arange(first_epoch, last_epoch + 1)
        finite = np.isfinite(losses)
        if not finite.all():
            if self.first_nonfinite is None:
                place = int(np.argmin(finite))
                self.first_nonfinite = first_epoch + place, float(losses[place])
                self.is_broken_by_hand = is_set_by_hand
            self._buckets.broken[epochs[~finite] // self.stride] = True
            epochs, losses = epochs[finite], losses[finite]
        bucket = epochs // self.stride
        if self._seeks_least and len(losses):
            self._buckets.note_places(bucket, epochs, losses, is_set_by_hand)
            place = int(losses.argmin())
            found = Least(int(epochs[place]), float(losses[place]), is_set_by_hand)
            self.least = _lesser(self.least, found)
        # fmin and fmax prefer a number to NaN: an empty bucket takes the first loss it gets.
        np.fmin.at(self._buckets.low, bucket, losses)
        np.fmax.at(self._buckets.high, bucket, losses)
        self.count = last_epoch // self.stride + 1

    @property
    def nbytes(self) -> int:
        return sum(buckets.nbytes for buckets in (self._buckets, *self._finer))

    def curve(self, rise: Rise | None = None) -> LossCurve:
        (low, high, broken), first = self._buckets.first(self.count), self.first_nonfinite
        least, is_broken_by_hand = self.least, self.is_broken_by_hand
        if self.edited is not None and math.isfinite(self.edited):  # fmin and fmax as above
            low[-1], high[-1] = np.fmin(low[-1], self.edited), np.fmax(high[-1], self.edited)
            least = _lesser(least, Least(self._last_epoch, self.edited, is_set_by_hand=True))
        elif self.edited is not None:
            broken[-1], first = True, first or (self._last_epoch, self.edited)
            is_broken_by_hand |= self.first_nonfinite is None
        for array in (low, high, broken):
            array.setflags(write=False)
        facts = (*(first or (None, None)), rise, least, is_broken_by_hand)
        return LossCurve(self.stride, low, high, broken, *facts)

    def _merge_neighbours(self) -> None:
        self._finer.append(self._buckets)
        self._buckets = self._buckets.merged()


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
        tested = None if test_loss is None else _LossStore(MAX_BUCKETS, seeks_least=True)
        self._test_losses = tested
        self._rises: list[Rise] = []  # each larger than all before it
        self._last_loss = math.nan  # from which the next epoch starts
        self._budget_bytes = budget_bytes
        self._checkpoints = self._room_for(state, 0)
        self.epoch = -1
        tests = None if test_loss is None else np.array([test_loss])
        self.record(np.array([loss]), tests)
        self.keep(self.epoch, state)

    def _room_for(self, state: Array, first: int) -> CheckpointStore:
        loss_bytes = len(self._loss_stores()) * BYTES_OF_LOSSES
        room = self._budget_bytes - loss_bytes
        capacity = room // (state.nbytes * 2) * 2  # halving needs an even number
        return CheckpointStore(max(2, capacity), len(state), first)

    @property
    def nbytes(self) -> int:
        """The memory that the stores take, whatever the length of the run."""
        return self._checkpoints.nbytes + sum(store.nbytes for store in self._loss_stores())

    def until(self, epoch: int) -> "History":
        """Return what a branch at an epoch begins with: the losses before the bucket of this epoch.

        Those from there on are to be added by `record`, after the loss of the epoch before
        them, which `go_on_from` takes; then it needs a first checkpoint, see `begin`.
        """
        end = self._losses.first_epoch_of_bucket(epoch)
        history = object.__new__(History)
        history._budget_bytes, history.epoch = self._budget_bytes, end - 1
        history._losses = self._losses.until(end, epoch)
        tests = self._test_losses
        history._test_losses = None if tests is None else tests.until(end, epoch)
        history._rises = [rise for rise in self._rises if rise.epoch < end]
        history._last_loss = math.nan
        return history

    def go_on_from(self, loss: float) -> None:
        """Take note of the loss of the last epoch, which has its bucket already."""
        self._last_loss = loss

    def begin(self, state: Array) -> None:
        """Keep checkpoints from the present epoch on, the first of them this state."""
        self._checkpoints = self._room_for(state, self.epoch)
        self._checkpoints.add(self.epoch, state)

    def shrink(self) -> None:
        """Take no more room than is needed, until it goes on."""
        self._checkpoints.shrink()
        for store in self._loss_stores():
            store.shrink()

    def thin(self) -> bool:
        """Keep every other checkpoint; return whether there were more than the first one."""
        has_more = self._checkpoints.count > 1
        if has_more:
            self._checkpoints.thin()
        return has_more

    def checkpoints_until(self, epoch: int) -> range:
        """Return the epochs after the last one, up to another, whose states are to be kept."""
        following = self._checkpoints.following(self.epoch)
        return range(following, epoch + 1, self.checkpoint_stride)

    def keep(self, epoch: int, state: Array) -> None:
        """Keep the state of an epoch, as a checkpoint; one after the other, as they follow."""
        self._checkpoints.add(epoch, state)

    def record(self, losses: Array, test_losses: Array | None = None) -> None:
        """Add the losses of the epochs since the last call.

        Parameters
        ----------
        losses : (epochs,)
        test_losses : (epochs,), where there is a test set
        """
        self._look_for_rise(losses)
        self._losses.add(self.epoch + 1, losses)
        if self._test_losses is not None and test_losses is not None:
            self._test_losses.add(self.epoch + 1, test_losses)
        self.epoch += len(losses)

    def _look_for_rise(self, losses: Array) -> None:
        least = self._rises[-1].factor if self._rises else LEAST_RISE
        chain = np.concatenate(((self._last_loss,), losses))
        before, after = chain[:-1], chain[1:]
        self._last_loss = float(losses[-1])
        with np.errstate(all="ignore"):
            # Most losses only fall. The product may round a rise of just this factor away.
            if not (after > before * (least * 0.999)).any():
                return
            factors = np.where((before > 0.0) & (after < np.inf), after / before, 0.0)
        place = int(factors.argmax())
        if factors[place] > least:
            rise = Rise(self.epoch + 1 + place, float(before[place]), float(after[place]))
            self._rises.append(rise)

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
            for an epoch that the run has not reached, or that lies before its first checkpoint.
        """
        first = self._checkpoints.first
        if not first <= epoch <= self.epoch:
            raise ValueError(f"epoch must be from {first} to {self.epoch}. Got {epoch}.")
        return self._checkpoints.before(epoch)

    def kept_epochs(self, most: int) -> range:
        """Return the epochs whose states are kept, evenly thinned to so many."""
        return self._checkpoints.epochs(most)

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
        return self._losses.curve(self._rises[-1] if self._rises else None)

    def test_curve(self) -> LossCurve | None:
        """Return the losses on the test set, likewise; None where there is none."""
        return None if self._test_losses is None else self._test_losses.curve()

    def _loss_stores(self) -> list[_LossStore]:
        return [store for store in (self._losses, self._test_losses) if store is not None]
