"""The numbers of the transport bar: each below its name, in type of a fixed size."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mlpviz.experiment.language import tr
from mlpviz.gui.look import sizes
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import (
    BODY,
    CONTROLS_GAP,
    LARGE,
    LARGER,
    SMALL,
    SPACE,
    VALUE_HEIGHT,
)
from mlpviz.gui.look.sizing import NONE, fix, lay, px, text_width
from mlpviz.gui.parts.meanings import meaning
from mlpviz.gui.parts.plain_widgets import PlainLabel

ROWS = 2.5  # times the small type is the height of a label that has two rows


class Room(NamedTuple):
    """How large the numbers are: of one run or two, with a test set or without."""

    type_size: int
    height: int  # of a number
    row_height: int  # of one of two below each other
    widths: tuple[int, int, int]  # of epoch, loss and accuracy, and of the latter two of a test set


ONE = Room(sizes.LARGE, sizes.VALUE_HEIGHT, sizes.ROW_HEIGHT, sizes.VALUE_WIDTHS)
TWO = Room(sizes.BODY, sizes.VALUE_HEIGHT, sizes.ROW_HEIGHT, sizes.PAIR_WIDTHS)
TESTED = Room(sizes.BODY, sizes.VALUE_HEIGHT, sizes.ROW_HEIGHT, sizes.TEST_WIDTHS)
PRESENTED_ONE = Room(
    sizes.HUGE, sizes.PRESENTED_HEIGHT, sizes.PRESENTED_ROW_HEIGHT, sizes.PRESENTED_WIDTHS
)
PRESENTED_TWO = Room(
    sizes.LARGER, sizes.PRESENTED_HEIGHT, sizes.PRESENTED_ROW_HEIGHT, sizes.PRESENTED_PAIR_WIDTHS
)
PRESENTED_TESTED = Room(
    sizes.LARGER, sizes.PRESENTED_HEIGHT, sizes.PRESENTED_ROW_HEIGHT, sizes.PRESENTED_TEST_WIDTHS
)


def room_for(*, is_pair: bool, has_test: bool, is_presenting: bool) -> Room:
    """Return how large the numbers are of two runs or one, with a test set, on a projector."""
    if is_presenting:
        return PRESENTED_TWO if is_pair else PRESENTED_TESTED if has_test else PRESENTED_ONE
    return TWO if is_pair else TESTED if has_test else ONE


class ValueLabel(PlainLabel):
    """A number that changes with every frame, painted without the detour through a style sheet.

    Of a fixed size, so that no layout is done again when the text changes, and opaque, so that
    nothing below it is painted.

    Parameters
    ----------
    label : its accessible name
    width : at factor 1
    term : key of the glossary, for its tooltip
    """

    def __init__(self, name: str, label: str, width: float, term: str) -> None:
        super().__init__("–")
        self._strong = ""  # the part of the text that is written large; "" for all of it
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setToolTip(meaning(term))
        fix(self, width=width, height=VALUE_HEIGHT)
        self.set_type(LARGE)
        self.set_look(current_look())

    def show_value(self, text: str, strong: str = "") -> None:
        """Write a number; or a text of which one part is the number, and the rest is small.

        Parameters
        ----------
        strong : that part of the text; "" for all of it
        """
        if (text, strong) != (self.text(), self._strong):
            self._strong = strong
            self.setText(text)
            self.update()

    def set_type(self, size: int) -> None:
        """Choose the size of the type, at factor 1."""
        self._size = size
        self._font = ui_font(px(size), bold=True)  # a style sheet takes back `setFont`
        self._metrics = QFontMetricsF(self._font)
        self.setFont(self._font)
        self.update()

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._ground, self._ink = QColor(look.panel), QColor(look.text)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.set_type(self._size)

    def _write_parts(self, painter: QPainter) -> None:
        """Write one part of the text large, and what stands before and after it small.

        In a label of two rows they stand below each other.
        """
        parts = [part.strip() for part in self.text().partition(self._strong) if part.strip()]
        gap, are_rows = px(SPACE), self.height() >= ROWS * px(SMALL)
        row = self.height() / (len(parts) if are_rows else 1)
        for size in (size for size in (self._size, LARGER, BODY, SMALL) if size <= self._size):
            strong, weak = ui_font(px(size), bold=True), ui_font(px(SMALL))
            fonts = [strong if part == self._strong else weak for part in parts]
            metrics = [QFontMetricsF(font) for font in fonts]
            widths = [m.horizontalAdvance(part) for m, part in zip(metrics, parts, strict=True)]
            has_width = (max(widths) if are_rows else sum(widths) + gap) <= self.width()
            if has_width and QFontMetricsF(strong).capHeight() <= row:
                break
        x, y = 0.0, (row + QFontMetricsF(strong).capHeight()) / 2
        for number, (part, font, its) in enumerate(zip(parts, fonts, metrics, strict=True)):
            if are_rows:
                y = number * row + (row + its.capHeight()) / 2
            painter.setFont(font)
            text = its.elidedText(part, Qt.TextElideMode.ElideRight, self.width() - x)
            painter.drawText(QPointF(x, y), text)
            x = x if are_rows else x + widths[number] + gap

    def _write_small(self, painter: QPainter) -> str:
        """Take smaller type; return the text, cut where even that has no room for it."""
        room = self.width() / current_look().factor
        smaller = [size for size in (BODY, SMALL) if size < self._size]
        fitting = (s for s in smaller if text_width(self.text(), size=s, bold=True) <= room)
        painter.setFont(ui_font(px(next(fitting, SMALL)), bold=True))
        elide = painter.fontMetrics().elidedText
        return elide(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def showEvent(self, event: QShowEvent) -> None:
        """Be opaque: a style sheet takes this back when it is put on."""
        super().showEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the number."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        painter.setFont(self._font)
        painter.setPen(self._ink)
        text = self.text()
        if self._strong:
            self._write_parts(painter)
            return
        if self._metrics.horizontalAdvance(text) > self.width():  # a word, longer than numbers
            text = self._write_small(painter)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


def caption_label(text: str) -> QLabel:
    """Make the name of a number."""
    label = PlainLabel(text)
    label.setProperty("role", "caption")
    return label


class RowNames(QWidget):
    """Names the rows of numbers, where those of the test set stand below the others."""

    def __init__(self) -> None:
        super().__init__()
        top, *self._names = (caption_label(text) for text in ("", tr("train"), tr("test")))
        column = QVBoxLayout(self)
        lay(column, 0, NONE)
        for name in (top, *self._names):
            column.addWidget(name)

    def fit(self, height: float) -> None:
        """Be as high as the rows are, in base sizes."""
        for name in self._names:
            fix(name, height=height)


def headed(caption: QLabel, count: QLabel) -> QWidget:
    """Put what is counted beside the name of a number."""
    widget = QWidget()
    row = QHBoxLayout(widget)
    lay(row, CONTROLS_GAP, NONE)
    row.addWidget(caption)
    row.addWidget(count)
    return widget


def captioned(caption: str | QWidget, label: QWidget) -> QWidget:
    """Put a number below its name."""
    widget = QWidget()
    column = QVBoxLayout(widget)
    lay(column, 0, NONE)
    column.addWidget(caption_label(caption) if isinstance(caption, str) else caption)
    column.addWidget(label)
    return widget


def beside(numbers: list[str]) -> str:
    """Write the number of one run, or those of two: "0.0015 | 0.2210"."""
    return " | ".join(numbers)
