"""What can be taken back: one stack for all that is done to the runs.

A change that the runs went on with is taken back by a new change: the epochs trained stay. What
began other runs is taken back by bringing the runs before back, at the epoch where they were.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from mlpviz.experiment.recipe.recipe import changed_fields
from mlpviz.gui.actions.moments import Done, Moment
from mlpviz.gui.actions.runs import Runs

MOST = 100  # commands; each may hold data of its own
CHANGE_ID = 2  # so that Qt asks whether two commands are one


class Undo(QObject):
    """Owns the stack, and puts upon it what is done to the runs."""

    def __init__(self, runs: Runs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(MOST)
        self.is_at_work = False  # while something is being taken back, or done again
        runs.done.connect(self._note)

    @Slot()
    def undo(self) -> None:
        """Take back what was done last."""
        self._go(self.stack.undo)

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last."""
        self._go(self.stack.redo)

    def _go(self, one_step: Callable[[], None]) -> None:
        self._runs.take_typed()
        self.is_at_work = True
        try:
            one_step()
        finally:
            self.is_at_work = False
        drop_forgotten(self.stack)

    def stop(self) -> None:
        """Let go of all of it, before the window goes."""
        self.stack.clear()

    @Slot(object)
    def _note(self, done: Done) -> None:
        self.stack.push((_Change if done.is_live else _Begin)(self._runs, done))


def forget(stack: QUndoStack, kind: int) -> None:
    """Drop the commands of a kind, by their `id`: what they changed is gone."""
    for place in range(stack.count()):
        command = stack.command(place)
        if command.id() == kind:
            command.setObsolete(True)
    drop_forgotten(stack)


def drop_forgotten(stack: QUndoStack) -> None:
    """Take obsolete commands off, below and above where the stack stands.

    Qt lets go of one only when it comes to it, and does nothing else then.
    """
    while stack.canUndo() and stack.command(stack.index() - 1).isObsolete():
        stack.undo()
    while stack.canRedo() and stack.command(stack.index()).isObsolete():
        stack.redo()


class _Change(QUndoCommand):
    """A change that the runs go on with."""

    def __init__(self, runs: Runs, done: Done) -> None:
        super().__init__(done.words)
        self._runs, self._done = runs, done
        self.after = done.recipes
        self._is_new = True
        self._fields = _changed(done)

    def id(self) -> int:
        """Name the kind of command, as Qt wants it."""
        return CHANGE_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Become one with the next change of the same control."""
        if not isinstance(other, _Change) or other._fields != self._fields:
            return False
        if len(self._fields) != 1 or next(iter(self._fields))[1] == "frozen":
            return False  # of several controls, or of another weight
        self.after = other.after
        self.setText(other.text())
        return True

    def redo(self) -> None:
        """Change it; Qt calls this for the first time too, when it is done already."""
        if not self._is_new:
            self._runs.go_on_with(self.after)
        self._is_new = False

    def undo(self) -> None:
        """Set what was there before, as a new change."""
        self._runs.go_on_with(self._done.before.recipes)


class _Begin(QUndoCommand):
    """What began other runs."""

    def __init__(self, runs: Runs, done: Done) -> None:
        super().__init__(done.words)
        self._runs = runs
        self._before: Moment = done.before
        self._after: Moment | None = None  # the later runs, once they were left
        self._is_new = True

    def redo(self) -> None:
        """Go back to the later runs, as they were left."""
        if not self._is_new:
            assert self._after is not None
            self._before = self._runs.moment()
            self._runs.bring_back(self._after)
        self._is_new = False

    def undo(self) -> None:
        """Bring the runs back that there were."""
        self._after = self._runs.moment()
        self._runs.bring_back(self._before)


def _changed(done: Done) -> frozenset[tuple[int, str]]:
    """Return which fields of which run were changed."""
    pairs = zip(done.before.recipes, done.recipes, strict=True)
    return frozenset(
        (side, name) for side, pair in enumerate(pairs) for name in changed_fields(*pair)
    )
