"""How a table is written: what was recognised, and what can be settled instead."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.data.table import Table
from mlpviz.experiment.data.table_choices import (
    DECIMALS,
    DELIMITERS,
    ENCODINGS,
    INCOMPLETE,
    LEAVE_OUT,
    MOST_HEADERS,
    REFUSE,
    THOUSANDS,
    WORDS,
    TableChoices,
)
from mlpviz.experiment.language import tr
from mlpviz.gui.actions.own_table import OwnTable
from mlpviz.gui.look.sizes import GAP, SPACE
from mlpviz.gui.look.sizing import lay, pad
from mlpviz.gui.parts.line_input import LineInput
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.views.own_data.recognised_choice import RecognisedChoice

FIELDS = {  # of each choice its words, its name, and what it is
    "encoding": (
        marked("encoding"),
        marked("Encoding"),
        marked("How the bytes of the file stand for letters"),
    ),
    "delimiter": (marked("delimiter"), marked("Delimiter"), marked("The sign between two cells")),
    "decimal": (
        marked("decimal sign"),
        marked("Decimal sign"),
        marked("The sign before the decimals of a number"),
    ),
    "thousands": (
        marked("thousands sign"),
        marked("Thousands sign"),
        marked("The sign between groups of three digits"),
    ),
    "skipped_rows": (
        marked("lines to skip"),
        marked("Lines to skip"),
        marked("Lines above the table that are none of it"),
    ),
    "header": (marked("header rows"), marked("Header rows"), marked("Rows that name the columns")),
    "incomplete": (
        marked("rows with a gap"),
        marked("Rows with a gap"),
        marked("What becomes of a row where a cell has no value"),
    ),
}
NEED_THE_TEXT = ("encoding", "delimiter", "skipped_rows", "header")
INCOMPLETE_WORDS = {LEAVE_OUT: marked("leave out"), REFUSE: marked("refuse")}
MOST_SKIPPED = 30
SIGNS = {"delimiter": DELIMITERS, "decimal": DECIMALS, "thousands": THOUSANDS}
EDITED = marked("The cells were edited: undo that to read the text in another way")
UNWRITTEN = marked("These cells were never written as a text")
CLIPBOARD = marked("The clipboard gives letters, not bytes")
MISSING = marked("missing is")
USUAL_MISSING = marked("NA, ?, - … (usual)")
COLUMNS = 2


class WritingChoices(QWidget):
    """Shows how a table is written, and lets it be read as written differently."""

    settled = Signal(str, object)  # a field of TableChoices, and its value; None to guess

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[str, RecognisedChoice] = {}
        grid = QGridLayout(self)
        lay(grid, GAP, (0, GAP, 0, 0))
        for place, (role, (words, label, tip)) in enumerate(FIELDS.items()):
            choice = RecognisedChoice(
                f"data_{role}_choice", tr(label), role, is_usual=role == "incomplete"
            )
            choice.setToolTip(tr(tip))
            choice.settled.connect(self._settle)
            self.choices[role] = choice
            _place(grid, place, tr(words), choice)
        self.missing = LineInput("data_missing_input", tr("What counts as missing"))
        self.missing.setPlaceholderText(tr(USUAL_MISSING))
        self.missing.setToolTip(tr("How a cell is written that has no value, with commas: NA,-999"))
        self.missing.taken.connect(self._settle_missing)
        _place(grid, len(FIELDS), tr(MISSING), self.missing)
        for column in range(COLUMNS):
            grid.setColumnStretch(2 * column + 1, 1)
        grid.setRowStretch(grid.rowCount(), 1)

    def show_table(self, own: OwnTable) -> None:
        """Show how a table is written."""
        table, chosen = own.table, own.choices
        if table is None:
            for choice in self.choices.values():
                choice.forget()
            return
        used = _used(table)
        for role, words in _words_of(chosen).items():
            self.choices[role].show_choice(_entries(role, used), words, used[role])
        missing = "" if chosen.missing is None else ", ".join(chosen.missing)
        if not self.missing.hasFocus():
            self.missing.show_text(missing)
        for role in NEED_THE_TEXT:
            why = EDITED if own.is_edited else "" if own.is_written else UNWRITTEN
            if role == "encoding" and table.encoding not in ENCODINGS:
                why = why or CLIPBOARD
            self.choices[role].setEnabled(not why)
            self.choices[role].setToolTip(tr(why or FIELDS[role][2]))

    @Slot(str, object)
    def _settle(self, role: str, words: str | None) -> None:
        value: str | int | None = words
        if words is not None and role in SIGNS:
            value = SIGNS[role][words]
        elif words is not None and role in ("skipped_rows", "header"):
            value = int(words)
        self.settled.emit(role, value)

    @Slot(str)
    def _settle_missing(self, text: str) -> None:
        words = tuple(word.strip() for word in text.split(",") if word.strip())
        self.settled.emit("missing", words or None)


def _used(table: Table) -> dict[str, str]:
    """Return how a table was read, in words."""
    decimal, thousands = table.notation
    return {
        "encoding": table.encoding,
        "delimiter": WORDS["delimiter"].get(table.delimiter, table.delimiter),
        "decimal": WORDS["decimal"][decimal],
        "thousands": WORDS["thousands"][thousands],
        "skipped_rows": str(table.skipped),
        "header": str(table.header),
        "incomplete": LEAVE_OUT,
    }


def _words_of(choices: TableChoices) -> dict[str, str | None]:
    """Return what is settled, in words; None for what is not."""
    delimiter, decimal, thousands = choices.delimiter, choices.decimal, choices.thousands
    skipped, header = choices.skipped_rows, choices.header
    return {
        "encoding": choices.encoding,
        "delimiter": None if delimiter is None else WORDS["delimiter"][delimiter],
        "decimal": None if decimal is None else WORDS["decimal"][decimal],
        "thousands": None if thousands is None else WORDS["thousands"][thousands],
        "skipped_rows": None if skipped is None else str(skipped),
        "header": None if header is None else str(header),
        "incomplete": choices.incomplete,
    }


def _entries(role: str, used: dict[str, str]) -> dict[str, str]:
    """Return what can be chosen: of each key the words."""
    keys = {
        "encoding": ENCODINGS,
        "delimiter": DELIMITERS,
        "decimal": DECIMALS,
        "thousands": THOUSANDS,
        "skipped_rows": [str(number) for number in range(MOST_SKIPPED + 1)],
        "header": [str(number) for number in range(MOST_HEADERS + 1)],
        "incomplete": INCOMPLETE,
    }[role]
    words = {key: key for key in keys}  # names and numbers
    if role in (*SIGNS, "incomplete"):
        words = {key: tr(INCOMPLETE_WORDS.get(key, key)) for key in keys}
    return words if used[role] in keys else words | {used[role]: used[role]}


def _place(grid: QGridLayout, place: int, words: str, field: QWidget) -> None:
    label = PlainLabel(words)
    label.setProperty("role", "field")
    label.setBuddy(field)
    pad(label, (SPACE if place % COLUMNS else 0, 0, 0, 0))
    row, column = divmod(place, COLUMNS)
    grid.addWidget(label, row, 2 * column, Qt.AlignmentFlag.AlignVCenter)
    grid.addWidget(field, row, 2 * column + 1)
