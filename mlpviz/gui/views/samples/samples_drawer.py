"""The drawer of the samples: ground truth beside prediction, and every number in a table."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.names import short_names
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import GAP, LEAST_PAIR, LEAST_SAMPLES, NARROW_DRAWER, WIDE_SAMPLES
from mlpviz.gui.look.sizing import lay, px
from mlpviz.gui.parts.drawer import Drawer
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.plots.crowd import points_note
from mlpviz.gui.views.samples.class_pair import ClassPair
from mlpviz.gui.views.samples.confusion_matrix import TEST, ConfusionMatrix
from mlpviz.gui.views.samples.sample_model import NUMBER, SampleModel
from mlpviz.gui.views.samples.sample_table import SampleTable

PAIR_SHARE, LOW_PAIR_SHARE = 0.4, 0.25  # of the drawer's height at most; over large matrices
SMALL_CLASSES = 3  # two matrices of so many stand below each other
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
        super().__init__(
            "samples_drawer", tr("Samples"), LEAST_SAMPLES, beside=(1, 2), wide=WIDE_SAMPLES
        )
        self.pair = ClassPair()
        self.matrix = ConfusionMatrix()
        self.test_matrix = ConfusionMatrix(
            "test_confusion_matrix", tr("Confusion matrix, test set")
        )
        self.test_matrix.hide()
        self.model = SampleModel()
        self.table = SampleTable(self.model)
        self.note = PlainLabel()
        self.note.setProperty("role", "quiet")
        self.header.insertWidget(1, self.note)
        self._sample: int | None = None
        self._is_silent = False
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        lay(self._row, 2 * GAP)
        self._row.addWidget(self.pair, stretch=1)
        self._matrices = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._matrices.addWidget(self.matrix)
        self._matrices.addWidget(self.test_matrix)
        self._row.addLayout(self._matrices)
        self.upper_half.addLayout(self._row)
        self.upper_half.addStretch(0)
        self.lower_half.addWidget(self.table, stretch=1)
        self.table.selectionModel().selectionChanged.connect(self._announce)

    def show_update(self, update: Update) -> None:
        """Show the samples of the frame that is shown."""
        if update.frames:
            self.show_frame(update.frames[0])

    def show_frame(self, frame: Frame) -> None:
        """Show the samples of a frame."""
        self.pair.show_frame(frame)
        self._show_matrices(frame)
        with self._silence():  # of the rows that go
            is_new = self.model.show_frame(frame)
        if is_new:
            self.table.fit_columns()
            self.note.setText(points_note(len(frame.X)))
            self._mark(self._sample)
        self.model.announce(*self.table.visible_rows())

    def _show_matrices(self, frame: Frame) -> None:
        """Count the samples by class, and those of the test set apart; numbers are not counted."""
        classes = frame.recipe.class_count
        parts = (self.matrix, self.test_matrix)
        before = [(part.isHidden(), part.sizeHint()) for part in parts]
        self.matrix.setVisible(classes > 0)
        self.test_matrix.setVisible(classes > 0 and frame.test is not None)
        if classes > 0:
            self.matrix.show_frame(frame)
            if frame.test is not None:
                self.test_matrix.show_part(TEST, frame.test, short_names(frame.recipe))
        if before != [(part.isHidden(), part.sizeHint()) for part in parts]:
            self._fit()

    def select_sample(self, sample: int | None) -> None:
        """Mark a sample, and bring it into sight; it is not announced again."""
        if sample != self._sample:
            self._sample = sample
            self._mark(sample)

    def _mark(self, sample: int | None) -> None:
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

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        for part in (self.pair, self.matrix, self.test_matrix, self.table):
            part.set_look(look)
        self._fit()

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
        self.sample_selected.emit(self.model.sample_of(rows[0].row()) if rows else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the two plots as large as they can be, and leave the rest to the table."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.room
        is_narrow = self.width() < px(NARROW_DRAWER) or self.has_halves_beside
        is_alone, need = self.test_matrix.isHidden(), self.matrix.needed_width()
        # Two large matrices stand beside each other, and where there is no room under the plots.
        is_wide = not is_alone and self.matrix.classes > SMALL_CLASSES
        beside = 0 if self.matrix.isHidden() else need + self._row.spacing()
        if is_wide:
            beside += need + self._matrices.spacing()
        is_under = is_narrow or (is_wide and width - beside < px(LEAST_PAIR))
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if is_under else direction.LeftToRight)
        left = Qt.AlignmentFlag.AlignLeft  # as the plots above them
        self._row.setAlignment(self._matrices, left if is_under else Qt.AlignmentFlag(0))
        is_row = is_narrow or is_wide
        self._matrices.setDirection(direction.LeftToRight if is_row else direction.TopToBottom)
        share = (width - max(0, self._matrices.spacing())) // 2 if is_under else need
        if is_alone and self.matrix.classes > SMALL_CLASSES:
            share = width
        for matrix in (self.matrix, self.test_matrix):
            matrix.setFixedWidth(min(share, need))
        most = LOW_PAIR_SHARE if is_under and is_wide else PAIR_SHARE
        if self.has_halves_beside:
            most = 1.0
        height = min(
            self.pair.height_for(width - (0 if is_under else beside)), int(most * self.height())
        )
        tall = self.matrix.needed_height()
        if self.has_halves_beside and not self.matrix.isHidden():
            height = min(height, self.room_height - tall - self._row.spacing())
        self.pair.setFixedHeight(max(0, height))
        is_beside = is_alone and not is_under
        self.matrix.setFixedHeight(max(height, tall) if is_beside else tall)
        self.test_matrix.setFixedHeight(tall)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the table also while the drawer itself has the focus."""
        if event.key() in WALKING_KEYS:
            self.table.setFocus()
            self.table.keyPressEvent(event)
        else:
            super().keyPressEvent(event)
