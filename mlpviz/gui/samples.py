"""The drawer of the samples: ground truth beside prediction, and every number in a table."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel

from mlpviz.experiment.frame import Frame
from mlpviz.experiment.runner import Update
from mlpviz.gui.class_pair import MATRIX_HEIGHT, MATRIX_WIDTH, ClassPair, ConfusionMatrix
from mlpviz.gui.drawer import Drawer
from mlpviz.gui.drawn_points import points_note
from mlpviz.gui.sample_model import NUMBER, SampleModel
from mlpviz.gui.sample_table import SampleTable
from mlpviz.gui.theme import GAP, Theme

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


class SamplesDrawer(Drawer):
    """Shows every number of every sample, and announces which one is selected."""

    sample_selected = Signal(object)  # int, or None for none

    def __init__(self) -> None:
        super().__init__("samples_drawer", "Samples")
        self.pair = ClassPair()
        self.matrix = ConfusionMatrix()
        self.test_matrix = ConfusionMatrix("test_confusion_matrix", "Confusion matrix, test set")
        self.test_matrix.hide()
        self.model = SampleModel()
        self.table = SampleTable(self.model)
        self.note = QLabel()
        self.note.setProperty("role", "quiet")
        self.header.insertWidget(1, self.note)
        self._sample: int | None = None
        self._is_silent = False
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(2 * GAP)
        self._row.addWidget(self.pair, stretch=1)
        self._matrices = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._matrices.addWidget(self.matrix)
        self._matrices.addWidget(self.test_matrix)
        self._row.addLayout(self._matrices)
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
        has_classes = not frame.recipe.is_regression
        test = frame.test if has_classes else None
        if has_classes:
            self.matrix.show_frame(frame)
        if self.matrix.isHidden() == has_classes:
            self.matrix.setVisible(has_classes)
            self._fit()
        if test is not None:
            self.test_matrix.show_counts("test", test.Y, test.predictions, test.accuracy)
        if self.test_matrix.isHidden() != (test is None):
            self.test_matrix.setVisible(test is not None)
            self._fit()
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
        for part in (self.pair, self.matrix, self.test_matrix, self.table):
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
        self._fit()

    def _fit(self) -> None:
        is_narrow = self.width() < NARROW
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self._matrices.setDirection(direction.LeftToRight if is_narrow else direction.TopToBottom)
        margins = self.column.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        share = (width - max(0, self._matrices.spacing())) // 2 if is_narrow else MATRIX_WIDTH
        for matrix in (self.matrix, self.test_matrix):
            matrix.setFixedWidth(min(share, MATRIX_WIDTH))
        has_matrix = not (is_narrow or self.matrix.isHidden())
        beside = self.matrix.width() + self._row.spacing() if has_matrix else 0
        height = min(self.pair.height_for(width - beside), int(PAIR_SHARE * self.height()))
        self.pair.setFixedHeight(height)
        is_alone = not is_narrow and self.test_matrix.isHidden()
        self.matrix.setFixedHeight(max(height, MATRIX_HEIGHT) if is_alone else MATRIX_HEIGHT)
        self.test_matrix.setFixedHeight(MATRIX_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the table also while the drawer itself has the focus."""
        if event.key() in WALKING_KEYS:
            self.table.setFocus()
            self.table.keyPressEvent(event)
        else:
            super().keyPressEvent(event)
