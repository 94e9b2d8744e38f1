"""The drawer that shows a table before it becomes own data: what it holds, and which columns."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
)

from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.data.reading import default_columns, own_data_of
from mlpviz.experiment.data.table_columns import Table, Target
from mlpviz.experiment.plain_text import one_line
from mlpviz.experiment.words.data_notes import notes_on
from mlpviz.experiment.words.formats import MINUS, epoch_text
from mlpviz.gui.look.theme import GAP, SPACE, Theme
from mlpviz.gui.parts.drawer import Drawer
from mlpviz.gui.parts.inputs import Choice, tool_button
from mlpviz.gui.parts.plain_widgets import PlainLabel, plain_tooltip
from mlpviz.gui.parts.text_line import text_line
from mlpviz.gui.plots.class_names import CLASS_GLYPHS
from mlpviz.gui.views.own_data.data_points import PointsView

NO_BREAK = "\u00a0"
SHOWN_ROWS = 20
ROW_HEIGHT = 22
LEAST_COLUMN, WIDEST_COLUMN = 70, 180
ROLES = {"x1": "x₁", "x2": "x₂", "target": "target"}  # what a column is taken for, and its name
KINDS = {  # what a target is, and what is done with it
    "classes": f"Classification: up to {MAX_CLASSES} different words or numbers are classes",
    "numbers": "Regression: the network learns the number itself",
}


class DataPreview(Drawer):
    """Shows a table and announces the data that the user takes from it."""

    taken = Signal(object)  # OwnData

    def __init__(self) -> None:
        super().__init__("data_drawer", "Own data")
        self._table: Table | None = None
        self.data: OwnData | None = None  # what would be taken; None where something is wrong
        self.source_label = text_line("data_source", "quiet")
        self.header.insertWidget(1, self.source_label)
        self.recognised_label = text_line("data_recognised", "quiet")
        self.error_label = text_line("data_error", "warning")
        self.counts_label = text_line("data_counts")
        self.notes_label = text_line("data_notes", "quiet")
        self.points = PointsView()
        self._make_choices()
        self._make_cells()
        self._make_buttons()
        self._assemble()

    def show_table(self, source: str, table: Table) -> None:
        """Show a table and choose its columns.

        Parameters
        ----------
        source : where it is from, in words
        """
        self._table = table
        self.source_label.setText(source)
        header = "with a header" if table.has_header else "no header"
        size = f"{epoch_text(len(table.rows))} rows, {len(table.names)} columns"
        self.recognised_label.setText(
            f"{size}. Recognised: {table.writing.words}, {header}, {table.encoding}."
        )
        for choice in self.choices.values():
            choice.blockSignals(True)
            choice.clear()
            for column, name in enumerate(table.names):
                choice.addItem(name, str(column))
            choice.blockSignals(False)
        problem = self._choose_default(table)
        self._show_cells(table)
        self._take_target()
        if self.data is None and problem:
            self.error_label.setText(problem)

    @Slot()
    def close_drawer(self) -> None:
        """Hide the drawer; what it showed is let go."""
        self._table = self.data = None
        self.points.show_data(None)
        self.cells.setRowCount(0)
        super().close_drawer()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        self.points.set_theme(theme)

    def _make_choices(self) -> None:
        self.choices = {
            role: Choice(f"data_{role}_choice", f"Column of {heading}", {})
            for role, heading in ROLES.items()
        }
        self.choices["x1"].setToolTip("Column of the first input, numbers")
        self.choices["x2"].setToolTip("Column of the second input, numbers")
        self.choices["target"].setToolTip("Column of what is to be learned: a class or a number")
        for role, choice in self.choices.items():
            choice.chosen.connect(self._take_target if role == "target" else self._show_choice)
        self._kinds = QButtonGroup(self)
        self.kinds: dict[str, QToolButton] = {}
        for name in KINDS:
            button = tool_button(f"data_{name}_choice", name, f"Read as {name}")
            button.setProperty("role", "toggle")
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._kinds.addButton(button)
            self.kinds[name] = button
        self._kinds.buttonClicked.connect(self._show_choice)

    def _make_cells(self) -> None:
        self.cells = QTableWidget()
        self.cells.setObjectName("data_cells")
        self.cells.setAccessibleName("First rows")
        self.cells.setToolTip(f"The first {SHOWN_ROWS} rows, as they were read")
        self.cells.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.cells.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.cells.setTabKeyNavigation(False)
        self.cells.setShowGrid(False)
        self.cells.setWordWrap(False)
        rows = self.cells.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.cells.horizontalHeader().setDefaultAlignment(left)
        self.cells.horizontalHeader().setMaximumSectionSize(WIDEST_COLUMN)
        self.cells.horizontalHeader().setMinimumSectionSize(LEAST_COLUMN)

    def _make_buttons(self) -> None:
        self.use_button = QPushButton("Use this data")
        self.use_button.setObjectName("data_use_button")
        self.use_button.setProperty("role", "primary")
        self.use_button.setToolTip("Train on these points, from the same initial weights")
        self.use_button.clicked.connect(self._take)
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.setObjectName("data_cancel_button")
        self.cancel_button.setToolTip("Leave everything as it is (Esc)")
        self.cancel_button.clicked.connect(self.close_drawer)
        for button in (self.use_button, self.cancel_button):
            button.setAccessibleName(button.text())

    def _assemble(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(GAP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for role, choice in self.choices.items():
            label = PlainLabel(ROLES[role])
            label.setProperty("role", "field")
            label.setBuddy(choice)
            form.addRow(label, choice)
        kinds = QHBoxLayout()
        kinds.setSpacing(SPACE)
        for button in self.kinds.values():
            kinds.addWidget(button)
        label = PlainLabel("read as")
        label.setProperty("role", "field")
        form.addRow(label, kinds)
        facts = QVBoxLayout()
        facts.setSpacing(GAP)
        facts.addLayout(form)
        for line in (self.error_label, self.counts_label, self.notes_label):
            facts.addWidget(line)
        facts.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(2 * GAP)
        row.addLayout(facts, stretch=1)
        row.addWidget(self.points, alignment=Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.use_button)
        self.column.addWidget(self.recognised_label)
        self.column.addLayout(row)
        self.column.addWidget(self.cells, stretch=1)
        self.column.addLayout(buttons)

    def _choose_default(self, table: Table) -> str:
        """Choose the usual columns; return why there are none, or "" where there are."""
        words = ""
        try:
            columns = default_columns(table)
        except ValueError as problem:
            words, last = str(problem), len(table.names) - 1
            columns = (0, min(1, last), last)
        for choice, column in zip(self.choices.values(), columns, strict=True):
            choice.choose(str(column))
        return words

    @Slot()
    def _take_target(self) -> None:
        """Offer what the column of the target can be, and choose what is usual."""
        if self._table is None:
            return
        reasons, is_regression = dict.fromkeys(KINDS, ""), False
        try:
            target = Target(self._table, int(self.choices["target"].key()))
        except ValueError as problem:
            reasons = dict.fromkeys(KINDS, str(problem))
        else:
            is_regression = target.is_regression
            reasons = {"classes": _refusal(target.classes), "numbers": _refusal(target.numbers)}
        for name, button in self.kinds.items():
            button.setEnabled(not reasons[name])
            button.setToolTip(plain_tooltip(reasons[name]) or KINDS[name])
        self.kinds["numbers" if is_regression else "classes"].setChecked(True)
        self._show_choice()

    @Slot()
    def _show_choice(self) -> None:
        """Show what the columns chosen give."""
        if self._table is None:
            return
        x1, x2, target = (int(choice.key()) for choice in self.choices.values())
        error, as_numbers = "", self.kinds["numbers"].isChecked()
        try:
            self.data = own_data_of(self._table, x1, x2, target, as_numbers=as_numbers)
        except ValueError as problem:
            self.data, error = None, str(problem)
        self.error_label.setText(error)
        self.error_label.setVisible(bool(error))
        self.counts_label.setText("" if self.data is None else _count_words(self.data))
        self.notes_label.setText("" if self.data is None else "\n".join(notes_on(self.data)))
        for label in (self.counts_label, self.notes_label):
            label.setVisible(bool(label.text()))
        self.points.show_data(self.data)
        self.use_button.setEnabled(self.data is not None)
        roles = dict(zip((target, x2, x1), ("target", "x₂", "x₁"), strict=True))
        for column, name in enumerate(self._table.names):
            heading = f"{roles[column]} = {name}" if column in roles else name
            self.cells.setHorizontalHeaderItem(column, QTableWidgetItem(heading))
        self.cells.resizeColumnsToContents()

    def _show_cells(self, table: Table) -> None:
        rows = table.rows[:SHOWN_ROWS]
        self.cells.setColumnCount(len(table.names))
        self.cells.setRowCount(len(rows))
        for column in range(len(table.names)):
            for number, row in enumerate(rows):
                cell = one_line(row[column][:100]) if column < len(row) else ""
                self.cells.setItem(number, column, QTableWidgetItem(cell))

    @Slot()
    def _take(self) -> None:
        if self.data is not None:
            self.taken.emit(self.data)


def _refusal(read: Callable[[], object]) -> str:
    """Say why a column cannot be read so; "" where it can."""
    try:
        read()
    except ValueError as problem:
        return str(problem)
    return ""


def _count_words(data: OwnData) -> str:
    if data.is_regression:
        low, high = float(data.Y.min()), float(data.Y.max())
        return f"{epoch_text(len(data.Y))} targets from {_number(low)} to {_number(high)}"
    counts = zip(CLASS_GLYPHS, data.classes, data.counts, strict=False)
    entries = [f"{glyph} {name}: {epoch_text(count)}" for glyph, name, count in counts]
    return "   ".join(entry.replace(" ", NO_BREAK) for entry in entries)


def _number(value: float) -> str:
    return f"{value:g}".replace("-", MINUS)
