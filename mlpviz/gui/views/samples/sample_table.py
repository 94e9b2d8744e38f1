"""The table of the samples: it draws its own cells, for it is drawn with nearly every frame."""

import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPolygon, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from mlpviz.experiment.language import tr
from mlpviz.experiment.words.formats import not_finite
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import (
    BODY,
    CELL_INSET,
    CLASS_WIDTHS,
    LEAST_SAMPLE_COLUMN,
    SMALL,
    SORT_BASE,
    SORT_TIP,
    SORT_WIDTH,
    TABLE_ROW,
    TABLE_WIDTHS,
)
from mlpviz.gui.look.sizing import fix_font, fix_rows, px, text_width
from mlpviz.gui.plots.class_names import CLASS_GLYPHS, draw_class_name
from mlpviz.gui.views.samples.sample_model import (
    CLASS_ROLE,
    CORRECT,
    NUMBER,
    PREDICTION,
    SHARE,
    TRUTH,
    WRONG,
    X1,
    ClassCell,
    SampleModel,
)

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SampleCells(QStyledItemDelegate):
    """Writes the cells itself: with a style sheet they take more than twice as long."""

    def __init__(self) -> None:
        super().__init__()
        self.set_look(current_look())

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self._text, self._wrong = QColor(look.text), QColor(look.warning)
        self._selected, self._selected_text = QColor(look.accent), QColor(look.accent_text)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Write one cell."""
        rect: QRect = option.rect
        words = index.data()
        colour = self._wrong if index.column() == CORRECT and words == tr(WRONG) else self._text
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.fillRect(rect, self._selected)
            colour = self._selected_text
        painter.setPen(colour)
        place = rect.adjusted(0, 0, -px(CELL_INSET), 0)
        cell = index.data(CLASS_ROLE)
        if cell is None:
            painter.drawText(place, RIGHT, words)
        else:
            self._paint_class(painter, place, cell, is_selected)

    def _paint_class(
        self, painter: QPainter, place: QRect, cell: ClassCell, is_selected: bool
    ) -> None:
        """Write the mark of a class in its colour, as much of its name as fits, and the output."""
        metrics = painter.fontMetrics()
        taken = metrics.horizontalAdvance(f"{CLASS_GLYPHS[cell.number]} {cell.rest}") + px(
            CELL_INSET
        )
        room = max(0, place.width() - taken)
        if not cell.rest:
            words = metrics.elidedText(cell.name, Qt.TextElideMode.ElideRight, room)
        elif metrics.horizontalAdvance(cell.name) <= room:
            words = f"{cell.name}{cell.rest}"
        else:  # a stump of a name would say less than the mark does
            words = cell.output
        draw_class_name(
            painter, place, cell.number, words, self._look, RIGHT, is_selected=is_selected
        )


class SampleHeader(QHeaderView):
    """The headings, of which the one that the rows are sorted by has a triangle above it."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._colour = QColor(current_look().quiet)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(px(min(CLASS_WIDTHS)))
        self.setSectionsClickable(True)
        self.setSortIndicator(NUMBER, Qt.SortOrder.AscendingOrder)

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._colour = QColor(look.quiet)
        self.setMinimumSectionSize(px(min(CLASS_WIDTHS)))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw a heading; Qt's own triangle would lie upon the words of a narrow one."""
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if logicalIndex != self.sortIndicatorSection():
            return
        # Its point shows where the greater numbers are.
        is_rising = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        ends = px(SORT_BASE), px(SORT_TIP)
        base, tip = ends if is_rising else ends[::-1]
        right, width = rect.right() - px(CELL_INSET), px(SORT_WIDTH)
        left, middle = right - width, right - width // 2
        corners = (QPoint(left, base), QPoint(right, base), QPoint(middle, tip))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawPolygon(QPolygon(corners))


class SampleTable(QTableView):
    """A table of which one row is selected, or none."""

    def __init__(self, model: SampleModel) -> None:
        super().__init__()
        self.setObjectName("samples_table")
        self.setAccessibleName(tr("Samples"))
        self.setToolTip(tr("Select a sample (↑ ↓)"))
        fix_font(self, BODY)
        self._samples = model
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
        fix_rows(rows, TABLE_ROW)
        rows.hide()
        self._cells = SampleCells()
        self.setItemDelegate(self._cells)
        self.headings = SampleHeader()
        self.setHorizontalHeader(self.headings)
        self.setSortingEnabled(True)

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self.headings.set_look(look)
        self._cells.set_look(look)
        self.fit_columns()

    def visible_rows(self) -> tuple[int, int]:
        """Return the first and the last row that can be seen; (0, -1) where there is none."""
        count = self.model().rowCount()
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return max(first, 0), count - 1 if last < 0 else last

    def fit_columns(self) -> None:
        """Share the width out, by what the columns hold; where it is short, by their headings.

        Numbers of own data have what they take in any case: they must not be cut.
        """
        base = list(CLASS_WIDTHS if self._samples.has_many_classes else TABLE_WIDTHS)
        words = self._samples.headings()
        least = [text_width(heading, size=SMALL) + 2 * CELL_INSET for heading in words]
        if self._samples.has_own_inputs:
            for column, text in enumerate(self._samples.widest_inputs(), X1):
                least[column] = max(least[column], text_width(text) + 2 * CELL_INSET)
                base[column] = 0
        if self._samples.widest_target:
            width = text_width(self._samples.widest_target) + 2 * CELL_INSET
            for column in (TRUTH, PREDICTION, CORRECT):
                least[column], base[column] = max(least[column], width), 0
        need = list(least)
        for column in (PREDICTION, SHARE):  # where numbers stand that can be none
            word = text_width(not_finite(math.nan)) + 2 * CELL_INSET
            need[column] = max(need[column], word)
        widths = [px(max(pair)) for pair in zip(base, need, strict=True)]
        if sum(widths) > self.viewport().width():  # then the headings say what a column takes
            widths = [px(max(LEAST_SAMPLE_COLUMN, width)) for width in least]
        stretch = max(1.0, self.viewport().width() / sum(widths))
        for column, width in enumerate(widths):
            self.horizontalHeader().resizeSection(column, int(width * stretch))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give every column its share of the width, but at least what it takes."""
        super().resizeEvent(event)
        self.fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin with the row that has the focus, where none is selected yet."""
        current, last = self.currentIndex(), self.model().rowCount() - 1
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self.selectedIndexes():
            self.selectRow(max(current.row(), 0))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):  # Qt would go along the row
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)
