"""Pinned runs: their losses stay in the plot, behind the runs that follow."""

from dataclasses import replace

from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.history import LossCurve
from mlpviz.experiment.words.comparison import run_label

MAX_PINS = 5  # grey lines that can be told apart

PinEntries = tuple[tuple[str, LossCurve], ...]


class Pins:
    """The losses of runs that stay in the plot, each with its recipe in words."""

    def __init__(self) -> None:
        self._frames: list[Frame] = []

    @property
    def entries(self) -> PinEntries:
        """The words and the losses of each, the oldest first."""
        return tuple((run_label(frame), frame.curve) for frame in self._frames)

    def add(self, frames: tuple[Frame, ...]) -> None:
        """Pin runs as they stand; the oldest make room. An untrained one has nothing to show."""
        for frame in frames:
            if frame.live.epoch > 0 and not any(_holds(other, frame) for other in self._frames):
                kept = [other for other in self._frames if not _holds(frame, other)]
                self._frames = [*kept, frame]
        self._frames = self._frames[-MAX_PINS:]

    def remove(self, pin: int) -> None:
        """Unpin one, by its place among the entries."""
        del self._frames[pin]

    def clear(self) -> None:
        """Unpin all."""
        self._frames = []


def _holds(longer: Frame, shorter: Frame) -> bool:
    """Tell whether the losses of one frame begin with those of another.

    Both runs began alike, and until the end of the shorter they were changed alike.
    """
    first, second = (replace(frame.start_recipe, epochs=0) for frame in (longer, shorter))
    count = len(shorter.changes)
    return (
        first == second
        and longer.live.epoch >= shorter.live.epoch
        and longer.changes[:count] == shorter.changes
        and all(change.epoch >= shorter.live.epoch for change in longer.changes[count:])
    )
