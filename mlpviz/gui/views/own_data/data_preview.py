"""The drawer that shows a table before it becomes own data: what it holds, and which columns."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QTableView, QVBoxLayout

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.words.reading_words import recognised_words
from mlpviz.gui.actions.own_table import OwnTable
from mlpviz.gui.look.theme import GAP, Theme
from mlpviz.gui.parts.drawer import Drawer
from mlpviz.gui.parts.text_line import text_line
from mlpviz.gui.views.own_data.cell_model import CellModel
from mlpviz.gui.views.own_data.column_choices import ColumnChoices
from mlpviz.gui.views.own_data.data_points import PointsView
from mlpviz.gui.views.own_data.preview_words import count_words, other_readings

ROW_HEIGHT = 22
LEAST_COLUMN, WIDEST_COLUMN = 70, 180


class DataPreview(Drawer):
    """Shows a table and announces the data that the user takes from it.

    Parameters
    ----------
    own : the table
    """

    taken = Signal(object)  # OwnData

    def __init__(self, own: OwnTable) -> None:
        super().__init__("data_drawer", "Own data")
        self._own = own
        self.source_label = text_line("data_source", "quiet")
        self.header.insertWidget(1, self.source_label)
        self.other_label = text_line("data_other", "warning")
        self.recognised_label = text_line("data_recognised", "quiet")
        self.error_label = text_line("data_error", "warning")
        self.counts_label = text_line("data_counts")
        self.notes_label = text_line("data_notes", "quiet")
        self.points = PointsView()
        self.columns = ColumnChoices()
        self.columns.settled.connect(self._settle)
        self._make_cells()
        self._make_buttons()
        self._assemble()
        own.changed.connect(self._show)

    @property
    def data(self) -> OwnData | None:
        """What would be taken; None where something is wrong."""
        return None if self._own.reading is None else self._own.reading.data

    @Slot()
    def close_drawer(self) -> None:
        """Hide the drawer; what it showed is let go."""
        self._own.close()
        super().close_drawer()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        self.points.set_theme(theme)

    def _make_cells(self) -> None:
        self._model = CellModel()
        self.cells = QTableView()
        self.cells.setModel(self._model)
        self.cells.setObjectName("data_cells")
        self.cells.setAccessibleName("Cells")
        self.cells.setToolTip("All rows, as they were read")
        self.cells.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.cells.setTabKeyNavigation(False)
        self.cells.setShowGrid(False)
        self.cells.setWordWrap(False)
        # Rows of one height: nothing has to look at all of a hundred thousand.
        rows = self.cells.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
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
        facts = QVBoxLayout()
        facts.setSpacing(GAP)
        facts.addWidget(self.columns)
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
        self.column.addWidget(self.other_label)
        self.column.addWidget(self.recognised_label)
        self.column.addLayout(row)
        self.column.addWidget(self.cells, stretch=1)
        self.column.addLayout(buttons)

    @Slot(str, object)
    def _settle(self, role: str, value: object) -> None:
        self._own.choose(**{role: value})

    @Slot()
    def _show(self) -> None:
        """Show how the table is read."""
        own = self._own
        self.source_label.setText(own.source)
        self.columns.show_table(own)
        recognised = "" if own.table is None else recognised_words(own.table, own.reading)
        others, notes = other_readings(own.notes)
        for label, words in (
            (self.other_label, "\n".join(others)),
            (self.recognised_label, recognised),
            (self.error_label, own.problem),
            (self.counts_label, "" if self.data is None else count_words(self.data)),
            (self.notes_label, "\n".join(notes)),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        self.points.show_data(self.data)
        self.use_button.setEnabled(self.data is not None)
        self._model.show_table(own.table, own.reading)
        self.cells.resizeColumnsToContents()

    @Slot()
    def _take(self) -> None:
        if self.data is not None:
            self.taken.emit(self.data)
