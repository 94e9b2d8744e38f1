"""A grid of cells that are walked through with the arrows, and edited when that is asked for."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mlpviz.experiment.language import tr
from mlpviz.gui.look.sizes import CELL_ROW, LEAST_COLUMN, WIDEST_COLUMN
from mlpviz.gui.look.sizing import bound_columns, fix_rows, px

MEASURED_ROWS = 40  # that a column is made wide enough for
COPY, PASTE = QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Paste
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ERASE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class CellEditor(QStyledItemDelegate):
    """Edits a cell as a line of text. Enter and Tab take it, Esc leaves the cell as it was."""

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """Make the line that is typed into."""
        editor = QLineEdit(parent)
        editor.setObjectName("cell_editor")
        editor.setFrame(False)
        editor.setAcceptDrops(False)
        model = index.model()
        column = model.headerData(index.column(), Qt.Orientation.Horizontal)
        line = model.headerData(index.row(), Qt.Orientation.Vertical)
        editor.setAccessibleName(tr("{column}, {line}", column=column, line=line))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show what the cell holds."""
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
        editor.selectAll()


class CellGrid(QTableView):
    """Shows all cells of a model. F2, Enter and a double click edit; other keys never do."""

    pasted = Signal(str)  # a text, at the current cell
    erased = Signal()  # the selected cells are to be empty

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)  # Tab leads to the next control
        self.setWordWrap(False)
        self.setShowGrid(True)
        self.setCornerButtonEnabled(False)  # Ctrl+A does the same
        for corner in self.findChildren(QAbstractButton):  # between the headings
            corner.setAccessibleName(tr("Select all cells"))
        self._editor = CellEditor(self)
        self.setItemDelegate(self._editor)
        # Rows of one height: nothing has to look at all of a hundred thousand.
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        fix_rows(rows, CELL_ROW)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        bound_columns(columns, LEAST_COLUMN, WIDEST_COLUMN)
        columns.setResizeContentsPrecision(MEASURED_ROWS)
        self._needed: list[int] = []  # how wide the columns have to be

    def fit_columns(self) -> None:
        """Make the columns as wide as their cells need, and share out what is left of the frame."""
        columns = self.horizontalHeader()
        columns.setMaximumSectionSize(px(WIDEST_COLUMN))
        self.resizeColumnsToContents()
        columns.setMaximumSectionSize(-1)  # what is shared out makes them wider
        self._needed = [columns.sectionSize(column) for column in range(columns.count())]
        self._share_out()

    def _share_out(self) -> None:
        columns, count = self.horizontalHeader(), len(self._needed)
        rest = self.viewport().width() - sum(self._needed)
        if rest <= 0 or count != columns.count():
            return
        for column, width in enumerate(self._needed):
            columns.resizeSection(
                column, width + rest * (column + 1) // count - rest * column // count
            )

    def copy(self) -> None:
        """Copy the selected cells, as spreadsheets do."""
        places = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        rows: dict[int, list[str]] = {}
        for row, column in places:
            text = self.model().index(row, column).data(Qt.ItemDataRole.EditRole)
            rows.setdefault(row, []).append(str(text))
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows.values()))

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the clipboard, which the window would read a table with."""
        is_offer = event.type() == QEvent.Type.ShortcutOverride
        if is_offer and isinstance(event, QKeyEvent) and any(map(event.matches, (COPY, PASTE))):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the columns fill the frame."""
        super().resizeEvent(event)
        self._share_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit, copy, paste or erase; else walk."""
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # it comes from the line that is typed into, which has used it
        elif event.matches(COPY):
            self.copy()
        elif event.matches(PASTE):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.key() in ENTER and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        elif event.key() in ERASE:
            self.erased.emit()
        else:
            super().keyPressEvent(event)
