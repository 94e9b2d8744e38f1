"""All that a person can read of a window: what widgets and menus say, and what painters write."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mlpviz.gui.parts.elided_label import ElidedLabel
from mlpviz.gui.plots.plot import Plot
from mlpviz.gui.views.controls.value_label import ValueLabel
from mlpviz.gui.window.main import MainWindow

Role = Qt.ItemDataRole
MOST_ROWS = 5  # of a table that are read
ICON_GAP = 4  # between the icon of a button and its words
SLACK = 1.5  # pixels by which a text may reach beyond its place


@dataclass(frozen=True)
class Seen:
    """A text, where it stands, and whether a part of it cannot be seen there."""

    where: str
    text: str
    is_cut: bool = False


def words_of(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> list[Seen]:
    """Return all that the visible parts of a window say and paint when it has a size."""
    width, height = size
    window.resize(width, height + 1)
    window.grab()
    with painted() as texts:  # all anew, also what is kept as a picture
        window.resize(width, height)
        qtbot.waitUntil(lambda: window.size() == QSize(width, height))
        QApplication.processEvents()
        window.grab()
    found = [seen for widget in _visible(window) for seen in _words_of_widget(widget)]
    return [*found, *texts]


def words_of_menus(window: MainWindow) -> list[Seen]:
    """Return all that the menus of a window say."""
    found = []
    for name, menu in window.menus.menus.items():
        menu.aboutToShow.emit()
        found.append(Seen(f"menu {name}", menu.title()))
        for action in menu.actions():
            where = f"menu {name}, {action.objectName()}"
            found += [Seen(where, action.text()), Seen(where, action.toolTip())]
    return found


@contextmanager
def painted() -> Iterator[list[Seen]]:
    """Note what is written with `QPainter.drawText` until the block ends.

    A line is written in parts where its letters have several colours: it is noted as one.
    """
    found: list[Seen] = []
    end: tuple[int, QPointF] | None = None  # who wrote the last part, and up to where
    with pytest.MonkeyPatch.context() as patch:
        draw = QPainter.drawText

        def note(painter: QPainter, *arguments: Any) -> Any:
            nonlocal end
            seen = _painted(painter, *arguments)
            if (id(painter), arguments[0]) == end:
                before = found.pop()
                seen = Seen(seen.where, before.text + seen.text, before.is_cut or seen.is_cut)
            found.append(seen)
            end = None
            if isinstance(arguments[0], QPointF):
                width = QFontMetrics(painter.font()).horizontalAdvance(arguments[1])
                # To hold the painter would keep it beyond what it paints on.
                end = id(painter), QPointF(arguments[0]) + QPointF(width, 0.0)
            return draw(painter, *arguments)

        patch.setattr(QPainter, "drawText", note)
        yield found


def _painted(painter: QPainter, *arguments: Any) -> Seen:
    """Return what is about to be written, and whether it has room."""
    place, (text,) = arguments[0], [part for part in arguments if isinstance(part, str)]
    metrics = QFontMetricsF(painter.font())
    size = metrics.size(0, text)
    if isinstance(place, QRect | QRectF):
        is_cut = size.width() > place.width() + SLACK
        return Seen("painted", text, is_cut and not _is_open(arguments))
    if not isinstance(place, QPointF):
        place = QPointF(*arguments[:2])
    left = painter.combinedTransform().map(QPointF(place)).x()
    right = painter.combinedTransform().map(QPointF(place.x() + size.width(), place.y())).x()
    room = painter.device().width() * painter.device().devicePixelRatio()
    return Seen("painted", text, min(left, right) < -SLACK or max(left, right) > room + SLACK)


def _is_open(arguments: tuple[Any, ...]) -> bool:
    """Tell whether a text may reach beyond its rectangle."""
    flags = [a for a in arguments[1:] if isinstance(a, int | Qt.AlignmentFlag | Qt.TextFlag)]
    return any(int(getattr(f, "value", f)) & Qt.TextFlag.TextDontClip.value for f in flags)


def _visible(window: QWidget) -> list[QWidget]:
    return [window, *(w for w in window.findChildren(QWidget) if w.isVisibleTo(window))]


def _words_of_widget(widget: QWidget) -> Iterator[Seen]:
    where = f"{type(widget).__name__} {widget.objectName()}"
    yield Seen(f"{where}, tooltip", plain(widget.toolTip()))
    yield Seen(f"{where}, name", widget.accessibleName())
    yield Seen(f"{where}, description", widget.accessibleDescription())
    if isinstance(widget, QLabel):
        yield Seen(where, plain(widget.text()), _is_label_cut(widget))
    elif isinstance(widget, QAbstractButton) and widget.text():
        yield Seen(where, widget.text(), _is_button_cut(widget))
    elif isinstance(widget, QComboBox):
        is_cut = widget.sizeHint().width() > widget.width() + SLACK
        yield Seen(where, widget.currentText(), is_cut)
        for place in range(widget.count()):
            yield Seen(where, widget.itemText(place))
            yield Seen(f"{where}, tooltip", str(widget.itemData(place, Role.ToolTipRole) or ""))
    elif isinstance(widget, QLineEdit):
        yield Seen(where, widget.placeholderText())
    elif isinstance(widget, QAbstractSpinBox):
        yield Seen(where, widget.specialValueText())
        if isinstance(widget, QSpinBox):
            yield Seen(where, f"{widget.prefix()} {widget.suffix()}")
    elif isinstance(widget, Plot):
        for axis in widget.axes.values():
            yield Seen(f"{where}, axis", axis.label.toPlainText())
    elif isinstance(widget, QTableView):
        yield from _words_of_table(where, widget)


def _words_of_table(where: str, table: QTableView) -> Iterator[Seen]:
    model, orientation = table.model(), Qt.Orientation.Horizontal
    for column in range(model.columnCount()):
        words = str(model.headerData(column, orientation, Role.DisplayRole) or "")
        is_cut = table.fontMetrics().horizontalAdvance(words) > table.columnWidth(column)
        yield Seen(f"{where}, heading", words, is_cut)
        tip = str(model.headerData(column, orientation, Role.ToolTipRole) or "")
        yield Seen(f"{where}, heading", tip)
        for row in range(min(MOST_ROWS, model.rowCount())):
            index = model.index(row, column, QModelIndex())
            for role in (Role.DisplayRole, Role.ToolTipRole):
                yield Seen(f"{where}, cell", str(index.data(role) or ""))


def _is_button_cut(button: QAbstractButton) -> bool:
    icon = 0 if button.icon().isNull() else button.iconSize().width() + ICON_GAP
    words = max(map(button.fontMetrics().horizontalAdvance, button.text().split("\n")))
    return icon + words > button.width() + SLACK


def _is_label_cut(label: QLabel) -> bool:
    if isinstance(label, ElidedLabel | ValueLabel) or not label.text():
        return False
    if label.wordWrap():
        widest = max(map(label.fontMetrics().horizontalAdvance, label.text().split() or [""]))
        is_high = label.heightForWidth(label.width()) > label.height() + SLACK
        return is_high or widest > label.width() + SLACK
    return label.sizeHint().width() > label.width() + SLACK


def plain(text: str) -> str:
    """Return the text that rich text shows."""
    if not re.search("<[a-z/]", text):
        return text
    document = QTextDocument()
    document.setHtml(text)
    return document.toPlainText()
