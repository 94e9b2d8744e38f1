"""What the tests of the window share: hand-made frames, pointers, keys and pixels."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from mlpviz.engine import Array
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.parts.elided_label import ElidedLabel
from mlpviz.gui.window.main import MainWindow


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def child(parent: QWidget, name: str) -> Any:
    """Find the one widget of this name."""
    (found,) = parent.findChildren(QWidget, name)
    return found


def point_at(widget: QWidget, position: QPointF) -> None:
    """Move the pointer to a place on a widget."""
    _mouse(widget, QEvent.Type.MouseMove, position, Qt.MouseButton.NoButton)


def leave(widget: QWidget) -> None:
    """Take the pointer off a widget."""
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))


def click(widget: QWidget, position: QPointF) -> None:
    """Press the left button once."""
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        _mouse(widget, kind, position, Qt.MouseButton.LeftButton)


def double_click(widget: QWidget, position: QPointF) -> None:
    """Press the left button twice."""
    left = Qt.MouseButton.LeftButton
    for kind in (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseButtonRelease,
    ):
        _mouse(widget, kind, position, left)


def turn_wheel(widget: QWidget, position: QPointF, notches: int = 1) -> bool:
    """Turn the wheel over a place of a widget; return whether the widget used it."""
    event = QWheelEvent(
        position,
        QPointF(widget.mapToGlobal(position.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key as a user does: the window that is active and its focus get it."""
    window = QApplication.activeWindow()
    assert window is not None
    QTest.keyClick(window.windowHandle(), key, modifiers)


def pixels(widget: QWidget, places: Iterable[QPointF]) -> list[QColor]:
    """Return the colours that a widget draws at some places."""
    picture = widget.grab().toImage()
    scale = picture.devicePixelRatio()
    return [picture.pixelColor((place * scale).toPoint()) for place in places]


def warmth(colour: QColor) -> int:
    """Return how much more red than blue a colour is: > 0 is orange-ish, < 0 blue-ish."""
    return colour.red() - colour.blue()


def _bytes_of(image: QImage) -> Array:
    """Return the bytes of a picture, made smaller."""
    small = image.convertToFormat(QImage.Format.Format_RGB888).scaled(300, 200)
    small = small.convertToFormat(QImage.Format.Format_RGB32)  # held, for its bytes go with it
    return np.frombuffer(small.constBits(), dtype=np.uint8).astype(np.float64)


def distance(one: QImage, other: QImage) -> float:
    """Return the mean difference of two pictures, from 0 to 255."""
    arrays = [_bytes_of(image) for image in (one, other)]
    return float(np.abs(arrays[0] - arrays[1]).mean())


def clipped_labels(parent: QWidget) -> list[str]:
    """Return the texts of the visible labels of one line that have too little room."""
    labels = [label for label in parent.findChildren(QLabel) if label.isVisible()]
    return [label.text() for label in labels if not label.wordWrap() and _is_clipped(label)]


def _is_clipped(label: QLabel) -> bool:
    """Tell whether a label has too little room, also for fewer words that would do."""
    if isinstance(label, ElidedLabel):
        return label.shown.endswith("…") and not label.text().endswith("…")
    return label.fontMetrics().horizontalAdvance(label.text()) > label.contentsRect().width()


def strays(parent: QWidget) -> Iterator[str]:
    """Name the visible children that reach beyond their parent."""
    for widget in parent.findChildren(QWidget):
        around = widget.parentWidget()
        if (
            widget.isVisibleTo(parent)
            and not widget.isWindow()
            and not around.rect().contains(widget.geometry())
        ):
            yield f"{widget.objectName() or type(widget).__name__} {widget.geometry()}"


def _mouse(widget: QWidget, kind: QEvent.Type, place: QPointF, button: Qt.MouseButton) -> None:
    is_release = kind in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)
    event = QMouseEvent(
        kind,
        place,
        QPointF(widget.mapToGlobal(place.toPoint())),
        button,
        Qt.MouseButton.NoButton if is_release else button,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def show_numbers(window: MainWindow, update: Update) -> None:
    """Let the window show an update that no trainer has sent: its numbers and what it says."""
    window.parts.transport.show_frame(update.frames[0], window.runs.second_frame(update))
    window.runs.say_how_it_stands(update)
