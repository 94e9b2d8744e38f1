"""States of a run from which its other epochs are computed again; see `history`."""

import numpy as np

from mlpviz.engine import Array
from mlpviz.experiment.run.doubling import Doubling

CHECKPOINT_STRIDE = 64  # at first; up to 63 epochs are cheaper to compute again than to keep


class CheckpointStore(Doubling):
    """States at every `stride`-th epoch from `first` on."""

    def __init__(self, capacity: int, state_size: int, first: int = 0) -> None:
        super().__init__(capacity, stride=CHECKPOINT_STRIDE)
        self.first = first
        self._states = np.empty((capacity, state_size))

    @property
    def nbytes(self) -> int:
        return self._states.nbytes

    def following(self, epoch: int) -> int:
        """Return the first epoch after another one whose state is to be kept."""
        return epoch + self.stride - (epoch - self.first) % self.stride

    def add(self, epoch: int, state: Array) -> None:
        since = epoch - self.first
        if since % self.stride == 0:  # a stride that is twice as long may leave it out again
            self.make_room_for(since)
        if since % self.stride == 0:
            if since // self.stride >= len(self._states):
                self._grow()
            self._states[since // self.stride] = state
            self.count = since // self.stride + 1

    def before(self, epoch: int) -> tuple[int, Array]:
        index = min((epoch - self.first) // self.stride, self.count - 1)
        return self.first + index * self.stride, self._states[index].copy()

    def epochs(self, most: int) -> range:
        step = -(-self.count // most) * self.stride
        return range(self.first, self.first + self.count * self.stride, step)

    def shrink(self) -> None:
        """Take no more room than is needed."""
        self._states = self._states[: self.count].copy()

    def thin(self) -> None:
        """Keep every other one."""
        self._states = self._states[: self.count : 2].copy()
        self.count, self.stride = len(self._states), 2 * self.stride

    def _grow(self) -> None:
        states = np.empty((self.capacity, self._states.shape[1]))
        states[: self.count] = self._states[: self.count]
        self._states = states

    def _merge_neighbours(self) -> None:
        half = (self.count + 1) // 2
        self._states[:half] = self._states[0 : self.count : 2]
