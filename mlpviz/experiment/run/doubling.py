"""A store that keeps one entry per so many epochs, and per twice as many when it is full."""

from abc import ABC, abstractmethod


class Doubling(ABC):
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
