"""The user's own marks: moments of runs that have got a name."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.record import Position
from mlpviz.gui.actions.ordered import Parting

LONGEST_NAME = 40  # characters


class OwnMark(NamedTuple):
    """A moment of a run, and what the user calls it."""

    position: Position
    name: str


Marks = tuple[OwnMark, ...]  # of one run, in the order of their positions


class OwnMarks(QObject):
    """Owns the marks that were set by hand; each is set, named and removed in a way to take back.

    The runs of a comparison get each mark together. A run that comes back has its marks again, and
    a branch begins with those of the run that it leaves, up to there.

    Parameters
    ----------
    stack : where it can be taken back
    """

    changed = Signal()

    def __init__(self, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._marks: dict[int, Marks] = {}  # by the number of the run

    def of_run(self, number: int) -> Marks:
        """Return the marks of a run."""
        return self._marks.get(number, ())

    def at(self, frame: Frame) -> OwnMark | None:
        """Return the mark of the moment that a frame shows; None where there is none."""
        marks = self.of_run(frame.run_number)
        return next((mark for mark in marks if mark.position == frame.position), None)

    def set(self, frames: Sequence[Frame]) -> None:
        """Mark the moment that is shown."""
        count = max(len(self.of_run(frame.run_number)) for frame in frames)
        name = tr("mark {number}", number=count + 1)
        after = {}
        for frame in frames:
            marks = (*self.of_run(frame.run_number), OwnMark(frame.position, name))
            after[frame.run_number] = tuple(sorted(marks))
        self._do(after, tr("mark"))

    def rename(self, numbers: Sequence[int], mark: OwnMark, name: str) -> None:
        """Call a mark of some runs differently; "" removes it.

        Parameters
        ----------
        numbers : of the runs; of each the mark of this epoch and name is meant
        """
        name = " ".join(name.split())[:LONGEST_NAME]
        after = {}
        for number in numbers:
            marks = [
                other._replace(name=name) if _are_alike(other, mark) else other
                for other in self.of_run(number)
            ]
            after[number] = tuple(other for other in marks if other.name)
        self._do(after, tr("name of a mark") if name else tr("removed mark"))

    @Slot(object)
    def hand_on(self, partings: Sequence[Parting]) -> None:
        """Let branches have the marks of the runs that they leave, up to where they begin."""
        self.take_over(
            {
                number: tuple(mark for mark in self.of_run(left) if mark.position <= position)
                for left, number, position in partings
            }
        )

    def take_over(self, marks: Mapping[int, Marks]) -> None:
        """Let some runs have these marks, and no others."""
        self._marks |= marks
        self.changed.emit()

    def _do(self, after: Mapping[int, Marks], words: str) -> None:
        before = {number: self.of_run(number) for number in after}
        if after != before:
            self._stack.push(_MarkCommand(self, before, after, words))


def _are_alike(first: OwnMark, second: OwnMark) -> bool:
    """Tell whether two marks were set together, in the two runs of a comparison."""
    return (first.position.epoch, first.name) == (second.position.epoch, second.name)


class _MarkCommand(QUndoCommand):
    """A mark that was set, named or removed."""

    def __init__(
        self, marks: OwnMarks, before: Mapping[int, Marks], after: Mapping[int, Marks], words: str
    ) -> None:
        super().__init__(words)
        self._marks, self._before, self._after = marks, before, after

    def redo(self) -> None:
        """Let there be the marks of afterwards; Qt calls this for the first time too."""
        self._marks.take_over(self._after)

    def undo(self) -> None:
        """Let there be the marks of before."""
        self._marks.take_over(self._before)
