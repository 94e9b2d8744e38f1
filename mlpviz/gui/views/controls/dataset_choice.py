"""The choice of the data set: a small picture of each, drawn from the data themselves."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QListView, QListWidget, QListWidgetItem

from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.marked import marked
from mlpviz.experiment.data.own_data import OWN, OwnData
from mlpviz.experiment.language import tr
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import DATASET_PICTURE, DATASET_RIM, DATASET_ROW
from mlpviz.gui.look.sizing import fix, fix_icon, px
from mlpviz.gui.plots.points_picture import points_picture
from mlpviz.gui.views.controls.thumbnails import SAMPLES, dataset_picture

# The first row is always there, in the order in which a lecture uses them.
FIRST = ("linear", "xor", "circle", "gaussians", "spiral")
ORDER = (*FIRST, *(key for key in DATASETS if key not in FIRST))
COLUMNS = len(FIRST)
KEY = Qt.ItemDataRole.UserRole
Drawn = tuple[Look, float, int]  # the look, the noise and the number of classes
OWN_WORDS = marked("Your own points: open a file, paste a table (☰), or draw on the map (D)")


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
        fix_icon(self, DATASET_PICTURE)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the diagram
        self._own: OwnData | None = None
        for key in ORDER:
            label, description = tr(DATASETS[key].label), tr(DATASETS[key].description)
            self._add(key, label, f"{label}: {description}")
        self._shows_all = False
        self._fold()
        self._drawn: Drawn | None = None  # what the pictures show
        self.draw(current_look(), 0.0, 2)
        self.currentItemChanged.connect(self._announce)

    def _add(self, key: str, label: str, tooltip: str) -> None:
        item = QListWidgetItem()
        item.setData(KEY, key)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, label)
        item.setToolTip(tooltip)
        self.addItem(item)

    def show_all(self, shows_all: bool) -> None:
        """Show all sets, or the first row and the one that is chosen."""
        self._shows_all = shows_all
        self._fold()

    def _fold(self) -> None:
        shown = 0
        for row in range(self.count()):
            item = self.item(row)
            is_first = row < len(FIRST) or item.data(KEY) == OWN
            is_shown = self._shows_all or is_first or row == self.currentRow()
            item.setHidden(not is_shown)
            shown += is_shown
        fix(self, height=-(-shown // COLUMNS) * DATASET_ROW + DATASET_RIM)

    def offer_own(self, own: OwnData) -> None:
        """Let these own data be chosen."""
        with QSignalBlocker(self):
            if self._own is None:
                self._add(OWN, tr("own data"), tr(OWN_WORDS))
                self._fold()
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
        self._fold()

    def _keys(self) -> list[str]:
        return [str(self.item(row).data(KEY)) for row in range(self.count())]

    def draw(self, look: Look, noise: float, classes: int) -> None:
        """Draw the pictures in the colours of a look, with so much noise and so many classes."""
        if self._drawn == (look, noise, classes):
            return
        self._drawn = (look, noise, classes)
        self._share_width()
        for row, key in enumerate(ORDER):
            self._set_picture(row, dataset_picture(key, look, DATASET_PICTURE, noise, classes))
        self._draw_own()

    def _draw_own(self) -> None:
        if self._own is not None and self._drawn is not None:
            X, Y = self._own.training_data()
            every = -(-len(X) // SAMPLES)
            picture = points_picture(
                X[::every],
                Y[::every],
                self._drawn[0],
                DATASET_PICTURE,
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
        self._fold()
        self.chosen.emit(self.key())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        self._share_width()
        super().resizeEvent(event)

    def _share_width(self) -> None:
        self.setGridSize(QSize((self.viewport().width() - 1) // COLUMNS, px(DATASET_ROW)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk on to the next row at the end of one."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            shown = [row for row in range(self.count()) if not self.item(row).isHidden()]
            place = shown.index(self.currentRow()) + step
            self.setCurrentRow(shown[min(max(place, 0), len(shown) - 1)])
