"""The choice of the data set: a small picture of each, drawn from the data themselves."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QListView, QListWidget, QListWidgetItem

from mlpviz.engine.datasets import DATASETS
from mlpviz.experiment.data.own_data import OWN, OwnData
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.plots.points_picture import points_picture
from mlpviz.gui.views.controls.thumbnails import SAMPLES, dataset_picture

COLUMNS = 5
CELL_HEIGHT = 36
THUMBNAIL = 28
KEY = Qt.ItemDataRole.UserRole
Drawn = tuple[Look, float, int]  # the look, the noise and the number of classes
OWN_WORDS = "Your own points: open a file, paste a table (☰), or draw on the map (D)"


class DatasetChoice(QListWidget):
    """A grid of pictures; its value is a key of DATASETS, or OWN once there are own data.

    The arrows walk through them.
    """

    chosen = Signal(str)

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIconSize(QSize(THUMBNAIL, THUMBNAIL))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the diagram
        self._own: OwnData | None = None
        for key, entry in DATASETS.items():
            self._add(key, entry.label, f"{entry.label}: {entry.description}")
        self._drawn: Drawn | None = None  # what the pictures show
        self.draw(current_look(), 0.0, 2)
        self.currentItemChanged.connect(self._announce)

    def _add(self, key: str, label: str, tooltip: str) -> None:
        item = QListWidgetItem()
        item.setData(KEY, key)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, label)
        item.setToolTip(tooltip)
        self.addItem(item)
        rows = -(-self.count() // COLUMNS)
        self.setFixedHeight(rows * CELL_HEIGHT + 2)

    def offer_own(self, own: OwnData) -> None:
        """Let these own data be chosen."""
        with QSignalBlocker(self):
            if self._own is None:
                self._add(OWN, "own data", OWN_WORDS)
        self._own = own
        self._draw_own()

    def key(self) -> str:
        """Return the key of the set chosen."""
        return str(self.currentItem().data(KEY))

    def choose(self, key: str) -> None:
        """Show a set as chosen without announcing it."""
        with QSignalBlocker(self):
            self.pick(key)

    def pick(self, key: str) -> None:
        """Choose a set as a click on it does."""
        self.setCurrentRow(self._keys().index(key))

    def _keys(self) -> list[str]:
        return [str(self.item(row).data(KEY)) for row in range(self.count())]

    def draw(self, look: Look, noise: float, classes: int) -> None:
        """Draw the pictures in the colours of a look, with so much noise and so many classes."""
        if self._drawn == (look, noise, classes):
            return
        self._drawn = (look, noise, classes)
        for row, key in enumerate(DATASETS):
            self._set_picture(row, dataset_picture(key, look, THUMBNAIL, noise, classes))
        self._draw_own()

    def _draw_own(self) -> None:
        if self._own is not None and self._drawn is not None:
            X, Y = self._own.training_data()
            every = -(-len(X) // SAMPLES)
            picture = points_picture(
                X[::every],
                Y[::every],
                self._drawn[0],
                THUMBNAIL,
                is_regression=self._own.is_regression,
            )
            self._set_picture(self.count() - 1, picture)

    def _set_picture(self, row: int, picture: QImage) -> None:
        pixmap = QPixmap.fromImage(picture)
        both = QIcon(pixmap)
        both.addPixmap(pixmap, QIcon.Mode.Selected)  # or Qt would tint the one chosen
        self.item(row).setIcon(both)

    @Slot()
    def _announce(self) -> None:
        self.chosen.emit(self.key())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        self.setGridSize(QSize((self.viewport().width() - 1) // COLUMNS, CELL_HEIGHT))
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk on to the next row at the end of one."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.setCurrentRow(min(max(self.currentRow() + step, 0), self.count() - 1))
