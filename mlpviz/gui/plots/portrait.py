"""A widget as a picture for paper: what it shows, without what only hands need."""

from collections.abc import Collection

from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QWidget,
)

from mlpviz.gui.plots.paper import on_paper
from mlpviz.gui.plots.picture_formats import Paint
from mlpviz.gui.plots.plot import Plot

FOR_HANDS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
HINT = "hint"  # the role of a label that says what a hand can do

_ALONE = QWidget.RenderFlag(0)  # without what it holds, and without the ground of a window


def size_of(widget: QWidget) -> QSizeF:
    """Return how large the picture of a widget is, in logical pixels."""
    return QSizeF(widget.size())


def whole(widget: QWidget) -> Paint:
    """Return what paints a widget with all that is in it."""

    def paint(painter: QPainter) -> None:
        with on_paper(*widget.findChildren(Plot)):
            QWidget.render(widget, painter, QPoint())

    return paint


def without_inputs(widget: QWidget, left_out: Collection[QWidget] = ()) -> Paint:
    """Return what paints a widget without its buttons, fields, scroll bars and hints.

    Parameters
    ----------
    left_out : what in it is not painted either, with all that they hold
    """

    def paint(painter: QPainter) -> None:
        with on_paper(*widget.findChildren(Plot)):
            _paint_below(painter, widget, left_out)

    return paint


def _paint_below(painter: QPainter, widget: QWidget, left_out: Collection[QWidget]) -> None:
    """Paint what is in a widget, the lowest first: Qt itself paints all or nothing of it."""
    children = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    for child in children:
        if child in left_out or not _belongs_on_paper(child):
            continue
        painter.save()
        painter.translate(child.pos())
        QWidget.render(child, painter, QPoint(), child.rect(), _ALONE)  # not the scene's
        _paint_below(painter, child, left_out)
        painter.restore()


def _belongs_on_paper(widget: QWidget) -> bool:
    is_seen = not widget.isHidden() and not widget.isWindow() and not widget.size().isEmpty()
    return is_seen and not isinstance(widget, FOR_HANDS) and widget.property("role") != HINT
