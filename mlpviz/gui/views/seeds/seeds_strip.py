"""The final decision surfaces of many seeds, as small pictures that can be chosen."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from mlpviz.engine import Array
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.study.seed_study import SeedStudy
from mlpviz.experiment.words.formats import accuracy_text, epoch_text, loss_text
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.palette import Scale, output_scale
from mlpviz.gui.look.sizes import (
    LINE,
    SEED,
    SEED_FRAME,
    SEED_MARGIN,
    SEED_NUMBER_GAP,
    SEED_PITCH,
    SEED_ROW,
    SEEDS_BESIDE,
    SMALL,
    THIN_LINE,
)
from mlpviz.gui.look.sizing import at_least, base_point, base_rect, paint_in_base_sizes, px
from mlpviz.gui.parts.offered_keys import keeps
from mlpviz.gui.plots.surface import MapColours, output_surface

NONE = -1
_KEYS = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
}


class SeedsStrip(QWidget):
    """Shows a surface per seed in rows; arrows move among them, Enter and a click choose."""

    chosen = Signal(int)  # index of a seed
    moved = Signal(int)  # to which one the arrows went

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("seeds_strip")
        self.setAccessibleName(tr("Final decision surfaces of all seeds"))
        self.setToolTip(tr("Click a surface, or press Enter on it, to open that seed"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._look = current_look()
        self._study: SeedStudy | None = None
        self._surfaces: Array = np.empty((0, 1, 1))
        self._colours, self._scale = MapColours(self._look), Scale(0.0, 1.0)
        self._images: dict[int, QImage] = {}  # of those that have been seen
        self.current = NONE

    def show_study(self, study: SeedStudy, surfaces: Array) -> None:
        """Show the surfaces of a study, (seeds, cells, cells), rows upwards."""
        self._study, self._surfaces, self.current = study, surfaces, NONE
        self._scale = output_scale(surfaces, study.recipe)
        self._images.clear()
        self._fit()
        self.update()

    def mark(self, index: int) -> None:
        """Put a frame around one of them; NONE for none."""
        self.current = index
        words = "" if index == NONE or self._study is None else seed_words(self._study, index)
        self.setAccessibleDescription(words)
        self.update()

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look, self._colours = look, MapColours(look)
        self._images.clear()
        self._fit()
        self.update()

    def area_of(self, index: int) -> QRect:
        """Return where the picture of a seed lies."""
        return _pixels(self._base_area(index))

    def index_at(self, place: QPoint) -> int:
        """Return the seed whose picture, or number, is at a place; NONE for none."""
        base = base_point(QPointF(place))
        column = int((base.x() - SEED_MARGIN) // SEED_PITCH)
        row = int((base.y() - SEED_MARGIN) // SEED_ROW)
        index = row * self._columns() + column
        is_inside = 0 <= column < self._columns() and row >= 0 and index < len(self._surfaces)
        return index if is_inside else NONE

    def _base_area(self, index: int) -> QRectF:
        """Return where the picture of a seed lies, in base sizes."""
        row, column = divmod(index, self._columns())
        left, top = SEED_MARGIN + column * SEED_PITCH, SEED_MARGIN + row * SEED_ROW
        return QRectF(left, top, SEED, SEED)

    def _image(self, index: int, recipe: Recipe) -> QImage:
        if index not in self._images:
            surface = output_surface(self._surfaces[index], recipe, self._scale)
            self._images[index] = self._colours.image(surface)
        return self._images[index]

    def _columns(self) -> int:
        room = base_rect(self).width() - 2 * SEED_MARGIN + SEED_PITCH - SEED
        return max(1, int(room // SEED_PITCH))

    def _fit(self) -> None:
        rows = math.ceil(len(self._surfaces) / self._columns())
        at_least(self, height=2 * SEED_MARGIN + rows * SEED_ROW)

    def _move(self, key: Qt.Key) -> None:
        last = len(self._surfaces) - 1
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns(),
            Qt.Key.Key_Down: self._columns(),
            Qt.Key.Key_Home: -last,
            Qt.Key.Key_End: last,
        }
        start = max(0, self.current)
        target = start + steps[key] if self.current != NONE else 0
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            target = min(max(target, 0), last)
        self.mark(target if 0 <= target <= last else start)
        self.moved.emit(self.current)

    def _paint_one(self, painter: QPainter, index: int, study: SeedStudy) -> None:
        look, area = self._look, self._base_area(index)
        is_stuck = bool(study.stuck[index])
        painter.fillRect(area, QColor(look.hatch))  # seen where there is no number
        painter.drawImage(area, self._image(index, study.recipe))
        colour, width = (look.stuck, LINE) if is_stuck else (look.line, THIN_LINE)
        painter.setPen(QPen(QColor(colour), width))
        painter.drawRect(area)
        if index == self.current:
            painter.setPen(QPen(QColor(look.accent), LINE))
            out = SEED_FRAME
            painter.drawRect(area.adjusted(-out, -out, out, out))
        font = ui_font(SMALL)
        font.setBold(is_stuck)
        painter.setFont(font)
        painter.setPen(QColor(look.text if is_stuck else look.quiet))
        text = str(study.seeds[index])
        x = area.center().x() - painter.fontMetrics().horizontalAdvance(text) / 2
        painter.drawText(QPointF(x, area.bottom() + SMALL + SEED_NUMBER_GAP), text)

    def sizeHint(self) -> QSize:
        """Ask for a few pictures beside each other."""
        return QSize(px(SEEDS_BESIDE * SEED_PITCH), self.minimumHeight())

    def event(self, event: QEvent) -> bool:
        """Claim the keys that it lives by, and say what lies under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.index_at(event.pos())
            if self._study is not None and index != NONE:
                QToolTip.showText(event.globalPos(), seed_words(self._study, index), self)
                return True
        return keeps(event, _KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the seeds, and choose one."""
        key = Qt.Key(event.key())
        if key not in _KEYS or self._study is None:
            super().keyPressEvent(event)
        elif key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._move(key)
        elif self.current != NONE:
            self.chosen.emit(self.current)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the one that is clicked."""
        index = self.index_at(event.position().toPoint())
        if index != NONE and event.button() == Qt.MouseButton.LeftButton:
            self.mark(index)
            self.chosen.emit(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the first one, where none is, for the arrows to start from."""
        super().focusInEvent(event)
        if (
            self.current == NONE
            and self._study is not None
            and event.reason() != Qt.FocusReason.MouseFocusReason
        ):
            self.mark(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out in as many columns as fit."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint those that can be seen."""
        if self._study is None:
            return
        painter = QPainter(self)
        paint_in_base_sizes(painter)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index in range(len(self._surfaces)):
            out = SEED_MARGIN
            room = self._base_area(index).adjusted(-out, -out, out, SEED_ROW - SEED)
            if _pixels(room).intersects(event.rect()):
                self._paint_one(painter, index, self._study)
        painter.end()


def seed_words(study: SeedStudy, index: int) -> str:
    """Say in a line what became of one seed."""
    if study.recipe.is_regression:
        return _number_words(study, index)
    places: dict[str, object] = {
        "seed": study.seeds[index],
        "accuracy": accuracy_text(float(study.accuracies[index])),
    }
    first = study.first_perfect_epochs[index]
    if first is None:
        words = tr("seed {seed}: {accuracy}, never all right", **places)
    elif study.learned[index]:
        places["epoch"] = epoch_text(first)
        words = tr("seed {seed}: {accuracy}, all right from epoch {epoch}", **places)
    else:
        places["epoch"] = epoch_text(first)
        words = tr("seed {seed}: {accuracy}, all right at epoch {epoch}, and lost it", **places)
    return _with_break(words, study.first_nonfinite_epochs[index])


def _number_words(study: SeedStudy, index: int) -> str:
    loss = loss_text(float(study.losses[-1, index]))
    words = tr("seed {seed}: final loss {loss}", seed=study.seeds[index], loss=loss)
    return _with_break(words, study.first_nonfinite_epochs[index])


def _with_break(words: str, epoch: int | None) -> str:
    """Add to what is said of a seed from which epoch its loss is no number, if any."""
    if epoch is None:
        return words
    return f"{words}; {tr('the loss is not finite from epoch {epoch}', epoch=epoch_text(epoch))}"


def _pixels(area: QRectF) -> QRect:
    """Return an area in base sizes in pixels of the widget."""
    factor = current_look().factor
    corner, size = area.topLeft() * factor, area.size() * factor
    return QRectF(corner, size).toRect()
