"""A table on its way to own data: its text, what is settled of its reading, and what it gives."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from mlpviz.experiment.data.table import Table
from mlpviz.experiment.data.table_choices import ALL_GUESSED, TableChoices
from mlpviz.experiment.data.table_reading import read_table
from mlpviz.experiment.language import tr
from mlpviz.gui.actions.jobs import MANY_BYTES, LatestJob
from mlpviz.gui.actions.table_edits import with_name
from mlpviz.gui.actions.table_outcome import Outcome, outcome_of, with_guessed_signs
from mlpviz.gui.actions.undo import forget

Content = bytes | str
Read = Callable[[Content], "_Read"]
Load = Callable[[Read], "_Read"]  # hands the text on; may raise a ValueError with a sentence
# The choices that say how the text is taken apart; the others say what becomes of its cells.
OF_THE_TEXT = {"encoding", "delimiter", "decimal", "thousands", "skipped_rows", "header"}
# What is larger is read in the background.
MANY_ROWS = 3_000
TABLE_EDIT_ID = 3  # so that the stack's edits of a table can be told from its other commands


class OwnTable(QObject):
    """Keeps the content of a file or the clipboard, and reads it again when a choice changes.

    Small tables are read at once, large ones in the background; then `is_reading` holds meanwhile.

    Attributes
    ----------
    source : where it is from, in words
    choices : what is settled by hand
    table : its cells; None where there is none
    outcome : what it gives
    is_reading : whether something is being read, and what is shown is of before
    coming : where a table is from that is on its way, in words; "" where none is

    Parameters
    ----------
    stack : where edits of the cells can be taken back, as long as the table is open
    """

    changed = Signal()
    refused = Signal(str)  # why no table came about, a sentence; all is as it was

    def __init__(self, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._jobs = LatestJob(self)
        self._jobs.finished.connect(self._take)
        self._jobs.failed.connect(self._refuse)
        self._due = QTimer(self)  # a reading, for several edits at once
        self._due.setInterval(0)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self._read)
        self._content: Content = ""
        self._as_read: Table | None = None
        self.source = ""
        self.choices = ALL_GUESSED
        self.table: Table | None = None
        self.outcome = Outcome()
        self.is_reading = False
        self.coming = ""
        self._is_text_due = False  # it is being taken apart in another way

    @property
    def is_open(self) -> bool:
        """Whether there is a table, or one on its way."""
        return self.table is not None or self.is_reading

    @property
    def is_edited(self) -> bool:
        """Whether its cells are no longer those of the text."""
        return self.table is not self._as_read

    @property
    def _is_on_its_way(self) -> bool:
        """Whether other cells are about to come."""
        return bool(self.coming) or self._is_text_due

    @property
    def is_written(self) -> bool:
        """Whether there is a text that it was read from."""
        return bool(self._content)

    def open(self, source: str, load: Load, size: int, choices: TableChoices = ALL_GUESSED) -> None:
        """Take over a text.

        Parameters
        ----------
        source : where it is from, in words
        load : gets the text and calls a function with it, whose refusals it may complete
        size : of the text, about, in bytes
        """
        self.coming, self._is_text_due = source, False
        self._run(partial(_opened, source, load, choices), is_large=size > MANY_BYTES)

    def open_text(self, source: str, content: Content, choices: TableChoices = ALL_GUESSED) -> None:
        """Take over a text that is there already."""
        self.open(source, lambda read: read(content), len(content), choices)

    def begin(self, source: str, table: Table) -> None:
        """Take over a table that nobody wrote yet."""
        self._take(_Read(source, "", ALL_GUESSED, table, Outcome()))
        self._read()

    def choose(self, **choices: Any) -> None:
        """Settle something of the reading, by the fields of `TableChoices`; None is to guess."""
        if self.table is None or self.coming:
            return
        self.choices = replace(self.choices, **choices)
        is_of_text = self._is_text_due or bool(OF_THE_TEXT & choices.keys())
        if is_of_text and not self.is_edited and self._content:
            self._is_text_due = True
            work = partial(_read_again, self.source, self._content, self.choices, self.table)
            self._run(work, is_large=len(self._content) > MANY_BYTES)
        else:
            self._read()

    def edit(self, words: str, table: Table) -> None:
        """Put another table in the place of this one, which can be undone.

        Parameters
        ----------
        words : what was done, for the tooltip of undo
        """
        if self.table is not None and not self._is_on_its_way:
            self._stack.push(_TableEdit(self, words, self.table, table))

    def rename(self, column: int, name: str) -> None:
        """Call a column differently, which can be undone."""
        if self.table is not None and not self._is_on_its_way:
            before, table = self.table, with_name(self.table, column, name)
            names = before.names[column], table.names[column]
            self._stack.push(_TableEdit(self, tr("name"), before, table, names))

    def restore(self, table: Table, before: str = "", after: str = "") -> None:
        """Take over the cells that an edit left or found, and read them in a moment.

        Parameters
        ----------
        before, after : the names of a column that is now called differently
        """
        self.table = table
        chosen = self.choices
        names: dict[str, Any] = {
            role: after
            for role, name in (("x1", chosen.x1), ("x2", chosen.x2), ("target", chosen.target))
            if name is not None and name == before
        }
        self.choices = replace(chosen, **names)
        self._due.start()
        self.changed.emit()

    def read_now(self) -> None:
        """Read what has been edited, if anything was, without waiting for the moment."""
        if self._due.isActive():
            self._due.stop()
            self._read()

    def close(self) -> None:
        """Let the table go, and stop reading."""
        self._jobs.cancel()
        self._due.stop()
        self._content, self.source, self.choices = "", "", ALL_GUESSED
        self._as_read = self.table = None
        self.outcome, self.is_reading = Outcome(), False
        self.coming, self._is_text_due = "", False
        forget(self._stack, TABLE_EDIT_ID)
        self.changed.emit()

    def stop(self) -> None:
        """End what is under way, before the window goes."""
        self._due.stop()
        self._jobs.stop()

    @Slot()
    def _read(self) -> None:
        table = self.table
        if table is None or self._is_on_its_way:
            return
        if not self._content:
            table = with_guessed_signs(table)
        work = partial(outcome_of, table, self.choices)
        self._run(work, is_large=len(table.lines) > MANY_ROWS)

    def _run(self, work: Callable[[], object], *, is_large: bool) -> None:
        if is_large:
            self.is_reading = True
            self._jobs.start(work)
            self.changed.emit()
            return
        self._jobs.cancel()
        try:
            found = work()
        except ValueError as problem:
            self._refuse(str(problem))
        else:
            self._take(found)

    @Slot(object)
    def _take(self, found: object) -> None:
        self.is_reading = False
        if isinstance(found, _Read):
            forget(self._stack, TABLE_EDIT_ID)  # they are of another table
            self._due.stop()
            self.coming, self._is_text_due = "", False
            self._content, self.source = found.content, found.source
            self.choices, self.outcome = found.choices, found.outcome
            self.table = self._as_read = found.table
        elif isinstance(found, Outcome):
            self.outcome = found
        self.changed.emit()

    @Slot(str)
    def _refuse(self, problem: str) -> None:
        self.is_reading, self.coming = False, ""
        self.refused.emit(problem)
        self.changed.emit()


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A text that was read, and what came of it."""

    source: str
    content: Content
    choices: TableChoices
    table: Table
    outcome: Outcome


def _opened(source: str, load: Load, choices: TableChoices) -> _Read:
    def read(content: Content) -> _Read:
        table = read_table(content, choices)
        return _Read(source, content, choices, table, outcome_of(table, choices))

    return load(read)


def _read_again(source: str, content: Content, choices: TableChoices, before: Table) -> _Read:
    """Read with other choices; where they give no table, the one before stays in sight."""
    try:
        table = read_table(content, choices)
    except ValueError as problem:
        return _Read(source, content, choices, before, Outcome(problem=str(problem)))
    return _Read(source, content, choices, table, outcome_of(table, choices))


class _TableEdit(QUndoCommand):
    """An edit of the cells.

    Parameters
    ----------
    names : before and after, of a column that it calls differently
    """

    def __init__(
        self,
        own: OwnTable,
        words: str,
        before: Table,
        after: Table,
        names: tuple[str, str] = ("", ""),
    ) -> None:
        super().__init__(words)
        self._own, self._before, self._after, self._names = own, before, after, names

    def id(self) -> int:
        """Name the kind of command, as Qt wants it."""
        return TABLE_EDIT_ID

    def redo(self) -> None:
        """Do it; the stack calls this for a new one too."""
        self._own.restore(self._after, *self._names)

    def undo(self) -> None:
        """Take it back."""
        self._own.restore(self._before, *self._names[::-1])
