"""The cells of a table in its drawer: edited one by one, by blocks, and by rows."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.data.table import Table
from mlpviz.experiment.data.table_reading import read_table
from mlpviz.experiment.language import tr
from mlpviz.gui.actions.own_table import OwnTable
from mlpviz.gui.actions.table_edits import (
    block_of,
    is_blank,
    with_block,
    with_rows,
    without_rows,
)
from mlpviz.gui.look.sizes import LEAST_NAME_FIELD, SPACE, USUAL_GAP
from mlpviz.gui.look.sizing import NONE, lay, px
from mlpviz.gui.parts.cell_grid import CellGrid
from mlpviz.gui.parts.inputs import tool_button
from mlpviz.gui.parts.line_input import LineInput
from mlpviz.gui.views.own_data.cell_model import CellModel

TIP = marked(
    "All cells: Enter, F2 or a double click edits one, Ctrl+V pastes a block, Delete empties"
)
MANY_ROWS = 10_000  # take as long as some frames
BUTTONS = {  # name, text, tooltip
    "add": ("add_row", marked("+ Row"), marked("Add an empty row below the current one")),
    "remove": ("remove_row", marked("− Row"), marked("Remove the rows that are selected")),
    "rename": ("rename_column", marked("Rename"), marked("Call the current column differently")),
}


class CellTable(QWidget):
    """Shows the cells and lets them be edited.

    Parameters
    ----------
    own : the table
    """

    refused = Signal(str)  # why something cannot be done, a sentence

    def __init__(self, own: OwnTable) -> None:
        super().__init__()
        self._own = own
        self._model = CellModel(own)
        self.grid = CellGrid("data_cells", tr("Cells"))
        self.grid.setToolTip(tr(TIP))
        self.grid.setModel(self._model)
        self.grid.pasted.connect(self._paste)
        self.grid.erased.connect(self._erase)
        self.grid.horizontalHeader().sectionDoubleClicked.connect(self._begin_name)
        self._name_input = LineInput("data_name_input", tr("Name of the column"))
        self._name_input.setParent(self.grid)
        self._name_input.taken.connect(self._rename)
        self._name_input.left.connect(self._end_name)
        self._name_input.hide()
        self._named = 0  # the column whose name is being typed
        self._assemble()

    def _assemble(self) -> None:
        acts = {"add": self._add_row, "remove": self._remove_rows, "rename": self._begin_current}
        self.tools = QWidget()  # where the drawer has room for it
        row = QHBoxLayout(self.tools)
        lay(row, SPACE, NONE)
        self.buttons = {}
        for key, (name, text, tip) in BUTTONS.items():
            button = tool_button(f"data_{name}_button", tr(text), tr(tip))
            button.setProperty("role", "flat")
            button.clicked.connect(partial(_call, acts[key]))
            row.addWidget(button)
            self.buttons[key] = button
        column = QVBoxLayout(self)
        lay(column, USUAL_GAP, NONE)
        column.addWidget(self.grid)

    def fit_columns(self) -> None:
        """Make the columns as wide as their cells need."""
        self.grid.fit_columns()

    def show_table(self) -> None:
        """Show the table as it is now. A large first one comes in steps, between frames."""
        table = self._own.table
        is_large = table is not None and len(table.lines) > MANY_ROWS
        if is_large and not self._model.rowCount():
            QTimer.singleShot(0, self, self._fill)
        else:
            self._settle(is_other=self._fill_model())

    @Slot()
    def _fill(self) -> None:
        if self._fill_model():
            QTimer.singleShot(0, self, self._settle)

    def _fill_model(self) -> bool:
        """Give the grid the table as it is now; return whether it is wholly another one."""
        return self._model.show_table(self._own.table, self._own.outcome.reading)

    @Slot()
    def _settle(self, *, is_other: bool = True) -> None:
        """Give the columns their widths, and of another table show the beginning."""
        if is_other:
            self.grid.scrollToTop()
            self.grid.setCurrentIndex(self._model.index(0, 0))
            self.grid.clearSelection()
        self.grid.fit_columns()

    def _edit(self, words: str, change: Callable[[Table], Table]) -> None:
        """Change the table, or say why that cannot be."""
        table = self._own.table
        if table is None:
            return
        try:
            changed = change(table)
        except ValueError as problem:
            self.refused.emit(str(problem))
        else:
            self._own.edit(words, changed)

    def _place(self) -> tuple[int, int]:
        """Return row and column of the top left of what is selected, or of the current cell."""
        current = self.grid.currentIndex()
        chosen = self.grid.selectedIndexes() or [current]
        return max(0, min(i.row() for i in chosen)), max(0, min(i.column() for i in chosen))

    @Slot(str)
    def _paste(self, text: str) -> None:
        table = self._own.table
        if not text.strip() or table is None:
            return
        if is_blank(table):  # then it is read as a file would be, its names too
            try:
                read = read_table(text)
            except ValueError:  # a few cells, and no table of its own
                read = None
            if read is not None:
                self._own.edit(tr("paste"), read)
                return
        self._edit(tr("paste"), lambda table: with_block(table, *self._place(), block_of(text)))

    @Slot()
    def _erase(self) -> None:
        places = [(index.row(), index.column()) for index in self.grid.selectedIndexes()]
        if not places:
            return
        rows, columns = zip(*places, strict=True)
        block = [[""] * (max(columns) - min(columns) + 1)] * (max(rows) - min(rows) + 1)
        self._edit(tr("empty cells"), lambda table: with_block(table, *self._place(), block))

    def _add_row(self) -> None:
        row = self.grid.currentIndex().row()
        count = self._model.rowCount()
        place = row + 1 if row >= 0 else count
        self._edit(tr("add row"), lambda table: with_rows(table, place, 1))
        column = max(0, self.grid.currentIndex().column())
        self.grid.setCurrentIndex(self._model.index(place, column))

    def _remove_rows(self) -> None:
        chosen = self.grid.selectedIndexes() or [self.grid.currentIndex()]
        rows = {index.row() for index in chosen if index.isValid()}
        if rows:
            row = min(rows)
            self._edit(tr("remove row"), lambda table: without_rows(table, sorted(rows)))
            last = self._model.rowCount() - 1
            self.grid.setCurrentIndex(self._model.index(min(row, last), 0))

    def _begin_current(self) -> None:
        self._begin_name(max(0, self.grid.currentIndex().column()))

    @Slot(int)
    def _begin_name(self, column: int) -> None:
        """Let the name of a column be typed, upon its heading."""
        table = self._own.table
        if table is None:
            return
        self._named = column
        header = self.grid.horizontalHeader()
        left = header.x() + header.sectionViewportPosition(column)
        width = max(header.sectionSize(column), px(LEAST_NAME_FIELD))
        self._name_input.setGeometry(QRect(left, header.y(), width, header.height()))
        self._name_input.show_text(table.names[column])
        self._name_input.selectAll()
        self._name_input.show()
        self._name_input.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _rename(self, name: str) -> None:
        if self._own.table is not None and name != self._own.table.names[self._named]:
            self._own.rename(self._named, name)

    @Slot()
    def _end_name(self) -> None:
        self._name_input.hide()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)


def _call(act: Callable[[], object], _: bool = False) -> None:
    act()
