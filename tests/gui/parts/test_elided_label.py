"""A label that leaves words out says them all in a tooltip."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from mlpviz.gui.parts.elided_label import ElidedLabel

FORMULA = "W₁·W₂·W₃: z = −1.27 x₁ − 0.33 x₂ + 0.12"


def ask(label: ElidedLabel) -> str:
    """Let the pointer rest upon a label; return what appears."""
    place = QPoint(5, 5)
    event = QHelpEvent(QEvent.Type.ToolTip, place, label.mapToGlobal(place))
    QApplication.sendEvent(label, event)
    return QToolTip.text() if QToolTip.isVisible() else ""


def test_what_has_no_room_is_said_whole_in_a_tooltip(
    qtbot: QtBot, show: Callable[..., ElidedLabel]
) -> None:
    label = show(ElidedLabel(FORMULA), 60, 20)
    assert label.is_elided
    assert FORMULA in ask(label)
    label.resize(600, 20)
    assert not label.is_elided
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    assert ask(label) == ""


def test_a_tooltip_of_its_own_comes_first(show: Callable[..., ElidedLabel]) -> None:
    label = show(ElidedLabel(FORMULA), 60, 20)
    label.setToolTip("what differs")
    assert FORMULA not in ask(label)


def test_a_line_with_shorter_forms_is_shown_in_one_of_them_rather_than_cut(
    show: Callable[..., ElidedLabel],
) -> None:
    label = show(ElidedLabel(), 600, 20)
    whole, middle, least = "● class 0   ■ class 1   ◯ misclassified", "● class 0", "● 0"
    label.show_words(whole, {}, (middle, least))
    widths = [label.fontMetrics().horizontalAdvance(words) for words in (whole, middle, least)]
    for words, width in zip((whole, middle, least), widths, strict=True):
        label.resize(width + 1, 20)
        assert label.shown == words
    label.resize(widths[2] - 3, 20)
    assert label.shown.endswith("…")
    assert whole in ask(label)
