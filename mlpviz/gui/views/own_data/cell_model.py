"""The cells of a table, as Qt's views ask for them."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from mlpviz.experiment.data.reading import Reading
from mlpviz.experiment.data.table import Table
from mlpviz.experiment.plain_text import one_line

MOST_SHOWN = 100  # characters of a cell
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class CellModel(QAbstractTableModel):
    """Shows all rows of a table; a heading says what its column is taken for."""

    def __init__(self) -> None:
        super().__init__()
        self._table: Table | None = None
        self._roles: dict[int, str] = {}

    def show_table(self, table: Table | None, reading: Reading | None) -> None:
        """Show a table; None for nothing."""
        if table is not self._table:
            self.beginResetModel()
            self._table = table
            self.endResetModel()
        places = () if reading is None else (reading.target, reading.x2, reading.x1)
        self._roles = dict(zip(places, ("target", "x₂", "x₁"), strict=False))
        if table is not None:
            last = len(table.names) - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the rows."""
        return 0 if self._table is None or parent.isValid() else len(self._table.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Count the columns."""
        return 0 if self._table is None or parent.isValid() else len(self._table.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return the text of a cell."""
        if self._table is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        return one_line(self._table.columns[index.column()][index.row()][:MOST_SHOWN])

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | int | None:
        """Return what a column is called and taken for, or the place of a row in the text."""
        if self._table is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._table.lines[section] if role == Qt.ItemDataRole.DisplayRole else None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        name = self._table.names[section]
        return f"{self._roles[section]} = {name}" if section in self._roles else name
