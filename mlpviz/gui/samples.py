"""The drawer of the samples: ground truth beside prediction, and every number in a table."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPolygon, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QHeaderView, QLabel, QTableView

from mlpviz.experiment.frame import Frame
from mlpviz.experiment.runner import Update
from mlpviz.gui.assets import ui_font
from mlpviz.gui.boundary_view import points_note
from mlpviz.gui.class_pair import MATRIX_HEIGHT, ClassPair, ConfusionMatrix
from mlpviz.gui.drawer import Drawer
from mlpviz.gui.sample_model import NUMBER, SampleModel
from mlpviz.gui.theme import BODY, GAP, Theme, current_theme

ROW_HEIGHT = 24
LEAST_WIDTHS = (54, 50, 50, 76, 95, 52, 95)  # of the columns
HEADING_INSET = 5  # as in the style sheet
PAIR_SHARE = 0.4  # of the drawer's height at most
NARROW = 440  # below this width the matrix stands under the plots
WALKING_KEYS = frozenset(
    (
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    )
)


class SampleHeader(QHeaderView):
    """The headings, of which the one that the rows are sorted by has a triangle above it."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._colour = QColor(current_theme().quiet)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(min(LEAST_WIDTHS))
        self.setSectionsClickable(True)
        self.setSortIndicator(NUMBER, Qt.SortOrder.AscendingOrder)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        self._colour = QColor(theme.quiet)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw a heading; Qt's own triangle would lie upon the words of a narrow one."""
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if logicalIndex != self.sortIndicatorSection():
            return
        # Its point shows where the greater numbers are.
        is_rising = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        base, tip = (3, 7) if is_rising else (7, 3)
        right = rect.right() - HEADING_INSET
        corners = (QPoint(right - 8, base), QPoint(right, base), QPoint(right - 4, tip))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawPolygon(QPolygon(corners))


class SampleTable(QTableView):
    """A table of which one row is selected, or none."""

    def __init__(self, model: SampleModel) -> None:
        super().__init__()
        self.setObjectName("samples_table")
        self.setAccessibleName("Samples")
        self.setToolTip("Select a sample (↑ ↓); Esc selects none")
        self.setFont(ui_font(BODY))
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)  # Tab leads to the next control
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        # Rows of one height: nothing has to look at all of a hundred thousand.
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()
        self.headings = SampleHeader()
        self.setHorizontalHeader(self.headings)
        self.setSortingEnabled(True)

    def visible_rows(self) -> tuple[int, int]:
        """Return the first and the last row that can be seen; (0, -1) where there is none."""
        count = self.model().rowCount()
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return max(first, 0), count - 1 if last < 0 else last

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give every column its share of the width, but at least what it takes."""
        super().resizeEvent(event)
        stretch = max(1.0, self.viewport().width() / sum(LEAST_WIDTHS))
        for column, width in enumerate(LEAST_WIDTHS):
            self.horizontalHeader().resizeSection(column, int(width * stretch))

    def keyboardSearch(self, search: str) -> None:
        """Look for nothing that is typed: it would read every cell of a large table."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin with the row that has the focus, where none is selected yet."""
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self.selectedIndexes():
            self.selectRow(max(current.row(), 0))
        else:
            super().keyPressEvent(event)


class SamplesDrawer(Drawer):
    """Shows every number of every sample, and announces which one is selected."""

    sample_selected = Signal(object)  # int, or None for none

    def __init__(self) -> None:
        super().__init__("samples_drawer", "Samples")
        theme = current_theme()
        self.pair = ClassPair()
        self.matrix = ConfusionMatrix()
        self.model = SampleModel(theme)
        self.table = SampleTable(self.model)
        self.note = QLabel()
        self.note.setProperty("role", "quiet")
        self.header.insertWidget(1, self.note)
        self._sample: int | None = None
        self._is_silent = False
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(2 * GAP)
        self._row.addWidget(self.pair, stretch=1)
        self._row.addWidget(self.matrix)
        self.column.addLayout(self._row)
        self.column.addWidget(self.table, stretch=1)
        self.table.selectionModel().selectionChanged.connect(self._announce)

    def show_update(self, update: Update) -> None:
        """Show the samples of the frame that is shown."""
        if update.frames:
            self.show_frame(update.frames[0])

    def show_frame(self, frame: Frame) -> None:
        """Show the samples of a frame."""
        self.pair.show_frame(frame)
        self.matrix.show_frame(frame)
        with self._silence():  # of the rows that go
            is_new = self.model.show_frame(frame)
        if is_new:
            self.note.setText(points_note(len(frame.X)))
            self.select_sample(self._sample)
        self.model.announce(*self.table.visible_rows())

    def select_sample(self, sample: int | None) -> None:
        """Mark a sample, and bring it into sight; it is not announced again."""
        self._sample = sample
        self.pair.select_sample(sample)
        selection = self.table.selectionModel()
        if sample is None or sample >= self.model.rowCount():
            row = None
        else:
            row = self.model.row_of(sample)
        if [index.row() for index in selection.selectedRows()] == ([] if row is None else [row]):
            return
        with self._silence():
            if row is None:
                selection.clearSelection()
            else:
                index = self.model.index(row, NUMBER)
                how = QItemSelectionModel.SelectionFlag
                selection.setCurrentIndex(index, how.ClearAndSelect | how.Rows)
                self.table.scrollTo(index)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        for part in (self.pair, self.matrix, self.model, self.table.headings):
            part.set_theme(theme)

    @contextmanager
    def _silence(self) -> Iterator[None]:
        """Announce nothing of what changes meanwhile."""
        self._is_silent = True
        try:
            yield
        finally:
            self._is_silent = False

    @Slot(QItemSelection, QItemSelection)
    def _announce(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        if self._is_silent:
            return
        rows = self.table.selectionModel().selectedRows()
        self._sample = self.model.sample_of(rows[0].row()) if rows else None
        self.pair.select_sample(self._sample)
        self.sample_selected.emit(self._sample)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the two plots as large as they can be, and leave the rest to the table."""
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        margins = self.column.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        beside = 0 if is_narrow else self.matrix.width() + self._row.spacing()
        height = min(self.pair.height_for(width - beside), int(PAIR_SHARE * self.height()))
        self.pair.setFixedHeight(height)
        self.matrix.setFixedHeight(MATRIX_HEIGHT if is_narrow else max(height, MATRIX_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the table also while the drawer itself has the focus."""
        if event.key() in WALKING_KEYS:
            self.table.setFocus()
            self.table.keyPressEvent(event)
        else:
            super().keyPressEvent(event)
