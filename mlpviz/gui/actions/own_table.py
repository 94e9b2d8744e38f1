"""A table on its way to own data: its text, what is settled of its reading, and what it gives."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from mlpviz.experiment.data.reading import Reading, reading_of
from mlpviz.experiment.data.table import Table
from mlpviz.experiment.data.table_choices import ALL_GUESSED
from mlpviz.experiment.data.table_reading import read_table
from mlpviz.experiment.words.data_notes import notes_on

# The choices that say how the text is taken apart; the others say what becomes of its cells.
OF_THE_TEXT = {"encoding", "delimiter", "decimal", "thousands", "skipped_rows", "header"}


class OwnTable(QObject):
    """Keeps the content of a file or the clipboard, and reads it again when a choice changes.

    Attributes
    ----------
    source : where it is from, in words
    choices : what is settled by hand
    table : its cells; None where there is none
    reading : what it gives; None where something is wrong
    problem : what is wrong, a sentence, or ""
    notes : what is to be known of the reading, sentences
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._content: bytes | str = ""
        self.source, self.problem = "", ""
        self.choices = ALL_GUESSED
        self.table: Table | None = None
        self.reading: Reading | None = None
        self.notes: tuple[str, ...] = ()

    def open(self, source: str, content: bytes | str) -> None:
        """Take over a text, all of it guessed.

        Raises
        ------
        ValueError
            with a sentence, where it holds no table; then all stays as it is.
        """
        table = read_table(content)
        self._content, self.source = content, source
        self.choices, self.table = ALL_GUESSED, table
        self._read()

    def choose(self, **choices: Any) -> None:
        """Settle something of the reading, by the fields of `TableChoices`; None is to guess."""
        if self.table is None:
            return
        self.choices = replace(self.choices, **choices)
        if OF_THE_TEXT & choices.keys():
            try:
                self.table = read_table(self._content, self.choices)
            except ValueError as problem:
                self._show(None, str(problem))
                return
        self._read()

    def close(self) -> None:
        """Let the table go."""
        self._content, self.source = "", ""
        self.choices, self.table = ALL_GUESSED, None
        self._show(None, "")

    def _read(self) -> None:
        assert self.table is not None
        try:
            reading = reading_of(self.table, self.choices)
        except ValueError as problem:
            self._show(None, str(problem))
        else:
            self._show(reading, "")

    def _show(self, reading: Reading | None, problem: str) -> None:
        self.reading, self.problem = reading, problem
        self.notes = () if reading is None else (*reading.notes, *notes_on(reading.data))
        self.changed.emit()
