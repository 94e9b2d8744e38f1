"""The drawer that shows a table before it becomes own data: what it holds, and which columns."""

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mlpviz.experiment.csv_data import default_columns, notes_on, own_data_of
from mlpviz.experiment.formats import epoch_text
from mlpviz.experiment.own_data import OwnData
from mlpviz.experiment.pictures import data_box
from mlpviz.experiment.table_columns import Table
from mlpviz.gui.canvas import Mapping
from mlpviz.gui.class_pair import Scatter
from mlpviz.gui.drawer import Drawer
from mlpviz.gui.drawn_points import drawn_samples
from mlpviz.gui.inputs import Choice
from mlpviz.gui.theme import GAP, Theme, current_theme

SHOWN_ROWS = 20
SCATTER_SIDE = 200
ROW_HEIGHT = 22
LEAST_COLUMN, WIDEST_COLUMN = 70, 180
ROLES = {"x1": "x₁", "x2": "x₂", "target": "class"}  # what a column is taken for, and its heading


class PointsView(QWidget):
    """A small picture of points."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("data_points")
        self.setAccessibleName("Picture of the data")
        self.setToolTip("The points of the two columns chosen")
        self.setFixedSize(SCATTER_SIDE, SCATTER_SIDE)
        self._scatter = Scatter()
        self._data: OwnData | None = None
        self.set_theme(current_theme())

    def show_data(self, data: OwnData | None) -> None:
        """Show points; None for nothing."""
        self._data = data
        if data is not None:
            X, _ = data.training_data()
            self._box = data_box(X)
            shown = drawn_samples(len(X))
            self._scatter.take(X[shown], data.Y[shown].astype(np.intp))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        self._scatter.dress(theme)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a square."""
        return QSize(SCATTER_SIDE, SCATTER_SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the points."""
        if self._data is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._scatter.paint(painter, Mapping(self._box, self.width(), self.height()))
            painter.end()


class DataPreview(Drawer):
    """Shows a table and announces the data that the user takes from it."""

    taken = Signal(object)  # OwnData

    def __init__(self) -> None:
        super().__init__("data_drawer", "Own data")
        self._table: Table | None = None
        self.data: OwnData | None = None  # what would be taken; None where something is wrong
        self.source_label = _line("data_source", "quiet")
        self.header.insertWidget(1, self.source_label)
        self.recognised_label = _line("data_recognised", "quiet")
        self.error_label = _line("data_error", "warning")
        self.counts_label = _line("data_counts")
        self.notes_label = _line("data_notes", "quiet")
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
        self._show_choice()
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
        self.choices["target"].setToolTip("Column of the class: two different words or numbers")
        for choice in self.choices.values():
            choice.chosen.connect(self._show_choice)

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
            label = QLabel(ROLES[role])
            label.setProperty("role", "field")
            label.setBuddy(choice)
            form.addRow(label, choice)
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
    def _show_choice(self) -> None:
        """Show what the columns chosen give."""
        if self._table is None:
            return
        x1, x2, target = (int(choice.key()) for choice in self.choices.values())
        error = ""
        try:
            self.data = own_data_of(self._table, x1, x2, target)
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
        roles = dict(zip((target, x2, x1), ("class", "x₂", "x₁"), strict=True))
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
                cell = row[column][:100] if column < len(row) else ""
                self.cells.setItem(number, column, QTableWidgetItem(cell))

    @Slot()
    def _take(self) -> None:
        if self.data is not None:
            self.taken.emit(self.data)


def _count_words(data: OwnData) -> str:
    shapes = zip("●■", data.classes, data.counts, strict=True)
    return "   ".join(f"{shape} {name}: {epoch_text(count)}" for shape, name, count in shapes)


def _line(name: str, role: str = "") -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)  # whatever a file says
    label.setWordWrap(True)
    return label
