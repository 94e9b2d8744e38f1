"""The rows of a table that are not used, each with where it stands and why."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from mlpviz.engine.marked import marked
from mlpviz.experiment.data.left_out import LeftOut
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import one_line
from mlpviz.gui.look.sizes import CELL_ROW, LINE_COLUMN, REASON_COLUMN
from mlpviz.gui.look.sizing import fix_columns, fix_rows

HEADINGS = (marked("row"), marked("why it is left out"), marked("its cells"))
MOST_SHOWN = 200  # characters of the cells
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class LeftOutModel(QAbstractTableModel):
    """Shows rows with line, reason and cells."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[LeftOut] = ()

    def show_rows(self, rows: Sequence[LeftOut]) -> None:
        """Show these rows."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return the text of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows[index.row()]
        cells = one_line(" | ".join(row.cells)[:MOST_SHOWN])
        text = (str(row.line), row.reason, cells)[index.column()]
        is_tip = role == Qt.ItemDataRole.ToolTipRole
        return None if is_tip and "<" in text else text  # a tooltip would take it for HTML

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        """Return a heading."""
        is_heading = orientation == Qt.Orientation.Horizontal
        return tr(HEADINGS[section]) if is_heading and role == Qt.ItemDataRole.DisplayRole else None


class LeftOutRows(QTableView):
    """Shows the rows that are not used."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("data_left_out")
        self.setAccessibleName(tr("Rows left out"))
        self.setToolTip(tr("The rows that are not used, and why"))
        self._model = LeftOutModel()
        self.setModel(self._model)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        fix_rows(rows, CELL_ROW)
        rows.hide()
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        fix_columns(columns, LINE_COLUMN, REASON_COLUMN)
        columns.setStretchLastSection(True)

    def show_rows(self, rows: Sequence[LeftOut]) -> None:
        """Show these rows."""
        self._model.show_rows(rows)
