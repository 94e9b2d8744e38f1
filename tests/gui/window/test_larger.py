"""At 1.6 times the usual size every text is 1.6 times as large, and none is cut at 1920 x 1080."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from gui.conftest import OpenWindow
from gui.helpers import clipped_labels, point_at
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPicture, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.look.look import LIGHT, apply_look
from mlpviz.gui.plots.plot import Plot
from mlpviz.gui.window.main import MainWindow

FACTOR = 1.6
SCREEN = (1920, 1080)
ROUNDING = 0.51  # pixels: the type of a widget has whole ones
TYPED = (QLabel, QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QTableView)


class Written(NamedTuple):
    """A text that was painted, the size of its type in pixels, and whether a part was cut."""

    text: str
    size: float
    is_cut: bool


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> Iterator[None]:
    """Leave the look as the next test expects it."""
    yield
    apply_look(qapp, LIGHT)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Written]:
    """All texts that our widgets and pyqtgraph's axes paint, from now on."""
    found: list[Written] = []
    draw = QPainter.drawText

    def note_and_draw(painter: QPainter, *arguments: Any) -> Any:
        text = next(part for part in arguments if isinstance(part, str))
        if text:
            size = painter.font().pixelSize() * scale_of(painter)
            found.append(Written(text, size, is_cut(painter, arguments[0], arguments[1], text)))
        return draw(painter, *arguments)

    monkeypatch.setattr(QPainter, "drawText", note_and_draw)
    return found


def scale_of(painter: QPainter) -> float:
    """Return the pixels of the screen, of which it has one per unit, to a unit of the painter."""
    if isinstance(painter.device(), QPicture):
        return 1.0
    transform = painter.deviceTransform()
    return math.sqrt(abs(transform.determinant()))


def is_cut(painter: QPainter, place: Any, flags: Any, text: str) -> bool:
    """Tell whether a text reaches beyond what is painted upon."""
    device, metrics = painter.device(), painter.fontMetrics()
    if isinstance(device, QPicture):  # it has no end
        return False
    if isinstance(device, QWidget) and isinstance(device.parent(), QAbstractScrollArea):
        return False  # the last row that is seen of a table
    if isinstance(place, QPointF):
        width, height = metrics.horizontalAdvance(text), metrics.height()
        around = QRectF(place.x(), place.y() - metrics.ascent(), width, height)
    else:
        alignment = getattr(flags, "value", flags)
        around = QRectF(painter.boundingRect(QRectF(place), alignment, text))
    ratio = 1.0 if isinstance(device, QWidget) else device.devicePixelRatio()
    whole = QRectF(0.0, 0.0, device.width() / ratio, device.height() / ratio)
    return not whole.adjusted(-2.0, -2.0, 2.0, 2.0).contains(
        painter.worldTransform().mapRect(around)
    )


def typed(window: MainWindow) -> dict[str, int]:
    """Return the size of the type of every widget that Qt writes upon."""
    found = {}
    for number, widget in enumerate(window.findChildren(QWidget)):
        if isinstance(widget, TYPED) and widget.isVisible():
            text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
            name = f"{number} {type(widget).__name__} {widget.objectName()} {text}"
            found[name] = widget.fontInfo().pixelSize()
    return found


def axis_words(window: MainWindow) -> dict[str, int]:
    """Return the size of the type of the names of the axes that are seen."""
    return {
        f"{plot.objectName()} {name}": type_of(axis.label.document())
        for plot in window.findChildren(Plot)
        if plot.isVisible()
        for name, axis in plot.axes.items()
    }


def type_of(document: QTextDocument) -> int:
    return document.begin().begin().fragment().charFormat().font().pixelSize()


def lacks(window: MainWindow) -> dict[str, int]:
    """Return how many pixels less each button has than it asks for, by their names."""
    buttons = [button for button in window.findChildren(QAbstractButton) if button.isVisible()]
    return {
        f"{button.objectName()} {button.text()}": max(0, button.sizeHint().width() - button.width())
        for button in buttons
        if button.text()
    }


def cut_words(window: MainWindow) -> list[str]:
    """Return what stands in fields and labels that have less room than their words take."""
    fields = [
        f"{field.objectName()}: {field.text()}"
        for field in window.findChildren(QLineEdit)
        if field.isVisible()
        and field.fontMetrics().horizontalAdvance(field.text()) > field.contentsRect().width()
    ]
    return [*fields, *clipped_labels(window)]


def by_text(written: list[Written]) -> dict[str, set[float]]:
    """Return the sizes in which each text is written."""
    sizes: dict[str, set[float]] = {}
    for text, size, _ in written:
        sizes.setdefault(text, set()).add(size)
    return sizes


def is_larger(size: float, usual: set[float]) -> bool:
    """Tell whether a size is `FACTOR` times one of the usual ones."""
    return any(abs(size - FACTOR * before) <= ROUNDING for before in usual)


def wear(window: MainWindow, factor: float, written: list[Written]) -> list[Written]:
    """Let the window have a factor, and return what is painted then."""
    look = replace(LIGHT, factor=factor)
    window.look_choice.wear(look)
    QApplication.processEvents()
    written.clear()
    window.show_look(look)  # now that all is laid out: everything is painted, what is kept too
    QApplication.processEvents()
    window.grab()
    return list(written)


def as_it_starts(window: MainWindow, qtbot: QtBot) -> None:
    pass


def with_a_bubble(window: MainWindow, qtbot: QtBot) -> None:
    window.selection.select_sample(3)
    layout = window.parts.network_view.network_layout
    assert layout is not None
    point_at(window.parts.network_view, layout.units[1][0].center())


def with_samples(window: MainWindow, qtbot: QtBot) -> None:
    window.tools.toggle_samples()


def with_seeds(window: MainWindow, qtbot: QtBot) -> None:
    window.tools.toggle_seeds()
    drawer = window.drawers.open_drawer
    assert drawer is not None
    drawer.count_input.setValue(3)  # type: ignore[attr-defined]
    drawer.start_button.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: drawer.study is not None)  # type: ignore[attr-defined]
    drawer.strip.update()  # type: ignore[attr-defined]


def with_own_data(window: MainWindow, qtbot: QtBot) -> None:
    window.data_files.edit_present()


def while_drawing(window: MainWindow, qtbot: QtBot) -> None:
    window.draw_mode.button.click()


def with_an_editor(window: MainWindow, qtbot: QtBot) -> None:
    window.parts.network_view.edit.start()
    QTest.keyClick(window.parts.network_view, Qt.Key.Key_Return)


def with_all_controls(window: MainWindow, qtbot: QtBot) -> None:
    window.parts.controls.more.button.click()
    window.runs.open((Recipe(epochs=30, dataset="gaussians", train_share=0.8),))


def with_two_runs(window: MainWindow, qtbot: QtBot) -> None:
    window.runs.open((Recipe(epochs=30), Recipe(epochs=30, learning_rate=0.1)))


State = Callable[[MainWindow, QtBot], None]
STATES: tuple[State, ...] = (
    *(as_it_starts, with_a_bubble, with_samples, with_seeds, with_own_data),
    *(while_drawing, with_an_editor, with_all_controls, with_two_runs),
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_text_is_as_many_times_as_large_and_none_is_cut(
    qtbot: QtBot, open_in_test: OpenWindow, written: list[Written], state: State
) -> None:
    window = open_in_test(Recipe(epochs=30))
    window.resize(*SCREEN)
    state(window, qtbot)
    qtbot.waitUntil(lambda: len(window.runs.latest.frames) == len(window.runs.recipes))
    wear(window, FACTOR, written)
    usual = wear(window, 1.0, written)
    usual_types, usual_words, usual_lacks = typed(window), axis_words(window), lacks(window)
    large = wear(window, FACTOR, written)
    large_types, large_words = typed(window), axis_words(window)

    assert len(usual) > 20
    assert len(large) > 20
    before, after = by_text(usual), by_text(large)
    known = set().union(*before.values(), usual_types.values())
    for text, sizes in after.items():
        assert all(is_larger(size, known) for size in sizes), (text, sizes)
        if text in before:  # one can stand in two places, of which one is painted only now
            assert any(is_larger(size, before[text]) for size in sizes), (text, sizes)
    assert len(usual_types) > 20
    for name in usual_types.keys() & large_types.keys():
        assert is_larger(large_types[name], {usual_types[name]}), name
    for name, size in usual_words.items():
        assert is_larger(large_words[name], {size}), name

    assert [text for text, _, is_cut in large if is_cut] == []
    assert cut_words(window) == []
    for name, missing in lacks(window).items():  # of its own rim
        assert missing <= FACTOR * usual_lacks.get(name, 0) + 2, name
