"""Pinned runs and old futures: their losses stay in the plot, behind the runs that follow."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.history import LossCurve
from mlpviz.experiment.words.comparison import run_label
from mlpviz.experiment.words.formats import epoch_text
from mlpviz.gui.actions.moments import Future

MAX_PINS = 5  # grey lines that can be told apart: so many of either kind, as the words say

PinEntries = tuple[tuple[str, LossCurve], ...]


class Pins(QObject):
    """The losses of runs that stay in the plot, each with its recipe in words."""

    changed = Signal(object)  # PinEntries

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frames: list[Frame] = []
        self.futures: tuple[Future, ...] = ()  # that were left, the oldest first

    @property
    def entries(self) -> PinEntries:
        """The words and the losses of each, the oldest first; those of old futures last."""
        pinned = [(run_label(frame), frame.curve) for frame in self._frames]
        left = [(_future_words(future, frame), frame.curve) for future, frame in self._left]
        return (*pinned, *left)

    @property
    def first_future(self) -> int:
        """From which place on the entries are old futures."""
        return len(self._frames)

    @property
    def _left(self) -> list[tuple[Future, Frame]]:
        return [(future, frame) for future in self.futures for frame in future.frames]

    def future_at(self, pin: int) -> Future | None:
        """Return the old future that an entry is of; None for a run that was pinned."""
        place = pin - self.first_future
        return self._left[place][0] if place >= 0 else None

    def add_future(self, future: Future) -> None:
        """Let runs that are left stay in the plot, once each; the oldest make room."""
        numbers = {frame.run_number for frame in future.frames}
        others = [
            other
            for other in self.futures
            if numbers.isdisjoint(frame.run_number for frame in other.frames)
        ]
        # Without the old futures that there were then, or each would hold all before it for ever.
        alone = replace(future, moment=replace(future.moment, futures=()))
        self.futures = (*others, alone)[-MAX_PINS:]
        self.changed.emit(self.entries)

    def drop_future(self, epoch: int) -> None:
        """Let the last future that was left at an epoch stay no longer."""
        here = [future for future in self.futures if future.epoch == epoch]
        self.set_futures(tuple(future for future in self.futures if future not in here[-1:]))

    def set_futures(self, futures: tuple[Future, ...]) -> None:
        """Show these old futures, and no others."""
        self.futures = futures
        self.changed.emit(self.entries)

    def add(self, frames: tuple[Frame, ...]) -> None:
        """Pin runs as they stand; the oldest make room. An untrained one has nothing to show."""
        for frame in frames:
            if frame.live.epoch > 0 and not any(_holds(other, frame) for other in self._frames):
                kept = [other for other in self._frames if not _holds(frame, other)]
                self._frames = [*kept, frame]
        self._frames = self._frames[-MAX_PINS:]
        self.changed.emit(self.entries)

    @Slot(int)
    def remove(self, pin: int) -> None:
        """Unpin one, by its place among the entries."""
        future = self.future_at(pin)
        if future is None:
            del self._frames[pin]
        else:
            self.futures = tuple(other for other in self.futures if other is not future)
        self.changed.emit(self.entries)

    @Slot()
    def clear(self) -> None:
        """Unpin all."""
        self._frames, self.futures = [], ()
        self.changed.emit(self.entries)


def _future_words(future: Future, frame: Frame) -> str:
    """Name an old future by where it was left."""
    epoch = epoch_text(future.epoch)
    return tr("old future of epoch {epoch}: {run}", epoch=epoch, run=run_label(frame))


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
