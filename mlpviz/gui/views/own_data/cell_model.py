"""The cells of a table, as Qt's views ask for them."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from mlpviz.engine.marked import marked
from mlpviz.experiment.data.reading import Reading
from mlpviz.experiment.data.table import Table
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import one_line
from mlpviz.experiment.words.formats import without_noise
from mlpviz.gui.actions.own_table import OwnTable
from mlpviz.gui.actions.table_edits import with_cell

MOST_SHOWN = 100  # characters of a cell
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Role = Qt.ItemDataRole


class CellModel(QAbstractTableModel):
    """Shows all rows of a table; a heading says what its column is taken for.

    Parameters
    ----------
    own : the table, which a cell that is edited changes
    """

    def __init__(self, own: OwnTable) -> None:
        super().__init__()
        self._own = own
        self._table: Table | None = None
        self._roles: dict[int, str] = {}

    def show_table(self, table: Table | None, reading: Reading | None) -> bool:
        """Show a table; None for nothing. Return whether it is wholly another one."""
        before, is_other = self._table, False
        if table is None or before is None or len(table.names) != len(before.names):
            is_other = table is not before
            self.beginResetModel()
            self._table = table
            self.endResetModel()
        elif table is not before:
            self._change(table, len(before.lines))
        places = () if reading is None else (reading.target, reading.x2, reading.x1)
        self._roles = dict(zip(places, (marked("target"), "x₂", "x₁"), strict=False))
        if table is not None:
            last = len(table.names) - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        return is_other

    def _change(self, table: Table, before: int) -> None:
        """Show other cells in the same columns; what is selected stays, and where one looks."""
        after = len(table.lines)
        if after > before:
            self.beginInsertRows(ROOT, before, after - 1)
        elif after < before:
            self.beginRemoveRows(ROOT, after, before - 1)
        self._table = table
        if after > before:
            self.endInsertRows()
        elif after < before:
            self.endRemoveRows()
        if after:
            self.dataChanged.emit(self.index(0, 0), self.index(after - 1, len(table.names) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, after - 1)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the rows."""
        return 0 if self._table is None or parent.isValid() else len(self._table.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Count the columns."""
        return 0 if self._table is None or parent.isValid() else len(self._table.names)

    def data(self, index: Index, role: int = Role.DisplayRole) -> str | None:
        """Return the text of a cell: on one line to be read, all of it to be edited."""
        if self._table is None or role not in (Role.DisplayRole, Role.EditRole, Role.ToolTipRole):
            return None
        text = self._table.columns[index.column()][index.row()]
        if role == Role.EditRole:
            return text
        shown = without_noise(text)
        if role == Role.ToolTipRole:  # all digits of a number that is shown with fewer
            return text if shown != text else None
        return one_line(shown[:MOST_SHOWN])

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Take over what was typed."""
        if self._table is None or role != Role.EditRole or str(value) == self.data(index, role):
            return False
        self._own.edit(tr("cell"), with_cell(self._table, index.row(), index.column(), str(value)))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> str | None:
        """Return what a column is called and taken for, or the place of a row in the text."""
        table = self._table
        if table is None or role != Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            has_line = section < len(table.lines)
            return tr("line {number}", number=table.lines[section]) if has_line else None
        if section >= len(table.names):
            return None
        name = table.names[section]
        return f"{tr(self._roles[section])} = {name}" if section in self._roles else name
