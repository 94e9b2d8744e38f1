"""The confusion matrix: how many samples of each class are predicted as which."""

import math

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.run.confusion import Counts, confusion
from mlpviz.experiment.run.frame import Frame, Held
from mlpviz.experiment.words.formats import accuracy_text, epoch_text
from mlpviz.experiment.words.names import are_numbers, short_names
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import (
    BODY,
    CELL_PAD,
    COUNT_PAD,
    GAP,
    HAIRLINE,
    LEAST_CELL,
    LOW_MATRIX_ROW,
    MATRIX,
    MATRIX_ROW,
    SMALL,
    TINY,
    TITLE_ROW,
    TRUTH_NAME,
    TRUTH_NUMBER,
)
from mlpviz.gui.look.sizing import base_rect, fix, paint_in_base_sizes, px, text_width
from mlpviz.gui.plots.class_names import CLASS_GLYPHS, draw_class_name

NO_CLASS_NAME, NO_CLASS_GLYPH = marked("no class"), "✕"  # the glyph as the plots draw it
TRAIN, TEST = marked("train"), marked("test")  # the parts of the samples
COUNT_SIZES = (BODY, SMALL, TINY)  # of the type of the counts, as fits
CENTRED = Qt.AlignmentFlag.AlignCenter


class ConfusionMatrix(QWidget):
    """Counts the samples by ground truth and predicted class, and tells the accuracy."""

    def __init__(self, name: str = "confusion_matrix", label: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label or tr("Confusion matrix"))
        self.part = ""  # of which samples these are the counts, where there are others
        self.setToolTip(
            tr("How many samples of each class (rows) are predicted as which (columns)")
        )
        fix(self, width=MATRIX)
        self._counts: Counts = np.zeros((2, 3), np.intp)
        self._names: tuple[str, ...] = ("0", "1")
        self._accuracy = ""
        self._look = current_look()

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return len(self._names)

    @property
    def name_width(self) -> float:
        """The width of the headings of the rows, in base sizes."""
        least = TRUTH_NUMBER if are_numbers(self._names) else TRUTH_NAME
        words = tr("truth"), tr(TRAIN).upper(), tr(TEST).upper()
        return max(least, text_width(*words, size=SMALL) + CELL_PAD)

    def needed_width(self) -> int:
        """Return the width at which all counts have room, those of no class too."""
        # A row has at most all samples of its class in one cell: that does not change on the way.
        largest = epoch_text(int(self._counts.sum(axis=1).max()))
        cell = max(LEAST_CELL, math.ceil(_text_width(largest, COUNT_SIZES[-1])) + CELL_PAD)
        return px(max(MATRIX, int(self.name_width) + cell * (self.classes + 1)))

    def needed_height(self) -> int:
        """Return the height of the rows, their headings and the accuracy."""
        return px(TITLE_ROW + (self.classes + 2) * self._cell_height() + GAP)

    def show_frame(self, frame: Frame) -> None:
        """Count the samples of a frame that train."""
        self.show_part("" if frame.test is None else TRAIN, frame, short_names(frame.recipe))

    def show_part(self, part: str, samples: Frame | Held, names: tuple[str, ...]) -> None:
        """Count some samples.

        Parameters
        ----------
        part : which samples they are, TRAIN or TEST; "" where there are no others
        names : of the classes
        """
        counts = confusion(samples.Y, samples.predicted, len(names))
        accuracy = tr("accuracy {share}", share=accuracy_text(samples.accuracy))
        is_known = np.array_equal(counts, self._counts) and accuracy == self._accuracy
        if is_known and (part, names) == (self.part, self._names):
            return
        self._counts, self._accuracy = counts, accuracy
        self.part, self._names = part, names
        self.setAccessibleDescription(self._description())
        self.update()

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self.update()

    def cells(self) -> list[list[str]]:
        """Return the counts as they are written, without the last column where nothing is in it."""
        columns = self.classes + int(self._counts[:, -1].any())
        return [[epoch_text(count) for count in row] for row in self._counts[:, :columns].tolist()]

    def cell_width(self, columns: int) -> float:
        """Return the width of a count, of so many columns, in base sizes."""
        return (base_rect(self).width() - self.name_width - HAIRLINE) / columns

    def count_width(self, rows: list[list[str]]) -> float:
        """Return how much of a cell the longest count takes, in the type that is chosen for it."""
        return _text_width(_longest(rows), self._count_size(rows))

    def _count_size(self, rows: list[list[str]]) -> int:
        """Return the largest type in which every count fits its cell."""
        longest, room = _longest(rows), self.cell_width(len(rows[0])) - COUNT_PAD
        fitting = (size for size in COUNT_SIZES if _text_width(longest, size) <= room)
        return next(fitting, COUNT_SIZES[-1])

    def _description(self) -> str:
        correct, total = int(np.trace(self._counts)), int(self._counts.sum())
        counts = [
            tr(
                "Of class {truth}, {count} predicted as {name}.",
                truth=truth,
                count=count,
                name=name,
            )
            for truth, row in zip(self._names, self._counts.tolist(), strict=True)
            for name, count in zip((*self._names, tr(NO_CLASS_NAME)), row, strict=True)
        ]
        return " ".join((_correct_words(self.part, correct, total), *counts))

    def _cell_height(self) -> float:
        return MATRIX_ROW if self.classes == 2 else LOW_MATRIX_ROW

    def _cell(self, row: int, column: int, width: float) -> QRectF:
        """Return the place of a count; row -1 and column -1 are those of the names."""
        height = self._cell_height()
        top = TITLE_ROW + height * (row + 1)
        if column < 0:
            return QRectF(0, top, self.name_width, height)
        return QRectF(self.name_width + column * width, top, width, height)

    def _paint_names(self, painter: QPainter, width: float, columns: int) -> None:
        quiet = QColor(self._look.quiet)
        painter.setFont(ui_font(SMALL))
        painter.setPen(quiet)
        above = QRectF(self.name_width, 0, base_rect(self).width() - self.name_width, TITLE_ROW)
        painter.drawText(above, CENTRED, tr("predicted"))
        painter.drawText(QRectF(0, 0, self.name_width, TITLE_ROW), CENTRED, tr(self.part).upper())
        painter.drawText(self._cell(-1, -1, width), CENTRED, tr("truth"))
        are_named = not are_numbers(self._names)
        for number, name in enumerate(self._names):
            self._paint_name(
                painter, self._cell(-1, number, width), number, "" if are_named else name
            )
            self._paint_name(painter, self._cell(number, -1, width), number, name)
        if columns > self.classes:
            name = tr(NO_CLASS_NAME)
            fits = painter.fontMetrics().horizontalAdvance(name) <= width
            painter.drawText(
                self._cell(-1, self.classes, width),
                CENTRED,
                name if fits else NO_CLASS_GLYPH,
            )

    def _paint_name(self, painter: QPainter, place: QRectF, number: int, name: str) -> None:
        """Write the mark of a class, and as much of its name as fits."""
        if self.classes == 2 and are_numbers(self._names):
            painter.drawText(place, CENTRED, f"{CLASS_GLYPHS[number]} {name}")
            return
        metrics = painter.fontMetrics()
        room = int(place.width()) - metrics.horizontalAdvance(f"{CLASS_GLYPHS[number]} ")
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        draw_class_name(painter, place, number, name, self._look, CENTRED)

    def _paint_cell(self, painter: QPainter, place: QRectF, count: str, is_correct: bool) -> None:
        painter.setPen(QColor(self._look.line))
        painter.drawRect(place)
        is_loud = is_correct or (self.classes > 2 and count != "0")
        painter.setPen(QColor(self._look.text if is_loud else self._look.quiet))
        painter.drawText(place, CENTRED, count)

    def sizeHint(self) -> QSize:
        """Ask for room for the rows of counts and their headings."""
        return QSize(self.needed_width(), self.needed_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the table."""
        painter = QPainter(self)
        paint_in_base_sizes(painter)
        rows = self.cells()
        width = self.cell_width(len(rows[0]))
        self._paint_names(painter, width, len(rows[0]))
        size = self._count_size(rows)
        for row, counts in enumerate(rows):
            for column, count in enumerate(counts):
                painter.setFont(ui_font(size, bold=row == column))
                self._paint_cell(painter, self._cell(row, column, width), count, row == column)
        painter.setFont(ui_font(BODY, bold=True))
        painter.setPen(QColor(self._look.text))
        height = self._cell_height()
        top = TITLE_ROW + (self.classes + 1) * height + GAP
        painter.drawText(QRectF(0, top, base_rect(self).width(), height), CENTRED, self._accuracy)
        painter.end()


def _correct_words(part: str, correct: int, total: int) -> str:
    """Say how many of all samples, or of those of a part, are correct."""
    if part == TRAIN:
        return tr_plural(
            "{correct} of {count} train sample is correct.",
            "{correct} of {count} train samples are correct.",
            total,
            correct=correct,
        )
    if part == TEST:
        return tr_plural(
            "{correct} of {count} test sample is correct.",
            "{correct} of {count} test samples are correct.",
            total,
            correct=correct,
        )
    return tr_plural(
        "{correct} of {count} sample is correct.",
        "{correct} of {count} samples are correct.",
        total,
        correct=correct,
    )


def _longest(rows: list[list[str]]) -> str:
    return max((count for row in rows for count in row), key=len)


def _text_width(text: str, size: int) -> float:
    return QFontMetricsF(ui_font(size, bold=True)).horizontalAdvance(text)
