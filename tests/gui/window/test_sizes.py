"""The window at the sizes of projectors and screens."""

from dataclasses import replace

import pytest
from frames import curve_of, make_frame
from gui.conftest import OpenWindow
from gui.helpers import clipped_labels, show_numbers, strays
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.look.sizes import NARROW, NARROW_PAIR
from mlpviz.gui.window.main import MainWindow

SIZES = [(1024, 768), (1280, 800), (1920, 1080)]


def resized(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> MainWindow:
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    QApplication.processEvents()  # lays out what has asked for it
    return window


def show_widest(window: MainWindow) -> None:
    """Show a run whose every number takes as much room as it can."""
    frame = make_frame(
        Recipe(activations_off=True, weight_seed=99),
        curve=curve_of(*[float("nan")] * 5),
        epoch=10_000_000,
        loss=float("nan"),
        accuracy=1.0,
    )
    show_numbers(window, Update((frame,), is_playing=True))


def assert_the_bar_has_room(qtbot: QtBot, window: MainWindow) -> None:
    bar = window.parts.transport
    qtbot.waitUntil(lambda: [*strays(bar), *clipped_labels(bar)] == [])
    assert bar.sizeHint().width() <= bar.width()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_nothing_is_clipped_hidden_or_overlapping(
    qtbot: QtBot, open_in_test: OpenWindow, size: tuple[int, int]
) -> None:
    window = resized(qtbot, open_in_test(), size)
    for _ in range(2):  # as it starts, and with map and diagram swapped
        for panel in (
            window.parts.network_panel,
            window.parts.boundary_panel,
            window.parts.loss_panel,
        ):
            assert window.centralWidget().rect().contains(rect_in(window, panel))
            assert list(strays(panel)) == []
        views = [
            rect_in(window, view)
            for view in (
                window.parts.network_view,
                window.parts.boundary_view,
                window.parts.loss_view,
            )
        ]
        assert not any(a.intersects(b) for i, a in enumerate(views) for b in views[:i])
        window.parts.stage.swap()
    show_widest(window)
    assert_the_bar_has_room(qtbot, window)


def test_the_transport_bar_has_room_where_it_leaves_out_words(
    qtbot: QtBot, window: MainWindow
) -> None:
    for width in (1000, NARROW, NARROW + 54, NARROW + 58, 1280):
        resized(qtbot, window, (width, 768))
        show_widest(window)
        assert_the_bar_has_room(qtbot, window)


def test_the_transport_bar_has_room_for_the_test_set(qtbot: QtBot, window: MainWindow) -> None:
    recipe = Recipe(train_share=0.5, weight_seed=99)
    frame = make_frame(recipe, epoch=10_000_000, loss=1.25e-300, accuracy=1.0)
    assert frame.test is not None
    for width in (1000, 1024, NARROW, 1280, NARROW_PAIR + 140, NARROW_PAIR + 150):
        resized(qtbot, window, (width, 768))
        for loss in (float("nan"), 1.25e-300, 9999.9999):
            test = replace(frame.test, loss=loss, accuracy=1.0)
            show_numbers(window, Update((replace(frame, loss=loss, test=test),), is_playing=True))
            assert_the_bar_has_room(qtbot, window)
        assert window.parts.transport.readouts.test_loss_label.isVisible(), width


@pytest.mark.parametrize("samples", [40, 10_000])
def test_the_transport_bar_has_room_for_two_runs_with_test_sets(
    qtbot: QtBot, window: MainWindow, samples: int
) -> None:
    recipe = Recipe(dataset="moons", samples=samples, train_share=0.5, weight_seed=99)
    window.runs.open((recipe, replace(recipe, learning_rate=0.1)))
    qtbot.waitUntil(lambda: len(window.runs.latest.frames) == 2)
    frame = make_frame(recipe, epoch=10_000_000, loss=1.25e-300, accuracy=0.0)
    assert frame.test is not None
    frame = replace(frame, test=replace(frame.test, loss=float("nan"), accuracy=0.0))
    readouts, shown = window.parts.transport.readouts, []
    for width in (940, 960, 1000, 1024, 1045, 1060, 1100, NARROW, 1280, NARROW_PAIR + 140):
        resized(qtbot, window, (width, 768))
        show_numbers(window, Update((frame, frame), is_playing=True))
        bar = window.parts.transport
        qtbot.waitUntil(lambda b=bar: [*strays(b), *clipped_labels(b)] == [])  # type: ignore[misc]
        assert bar.minimumSizeHint().width() <= bar.width()  # with a short slider
        assert readouts.test_loss_label.isVisible()
        shown.append(readouts.wrong_label.isVisible())
    assert not shown[0]
    assert shown == sorted(shown)  # what gives way are the counts, and they come back
    assert all(shown[4:])


def rect_in(window: MainWindow, widget: object) -> QRect:
    central = window.centralWidget()
    return QRect(widget.mapTo(central, widget.rect().topLeft()), widget.size())  # type: ignore[attr-defined]


def test_the_map_is_large_and_square(qtbot: QtBot, window: MainWindow) -> None:
    for size in SIZES:
        resized(qtbot, window, size)
        for is_swapped in (False, True):
            area = window.parts.boundary_view.plot.view.screenGeometry()
            assert min(area.width(), area.height()) >= 340, (size, is_swapped)
            assert abs(area.width() - area.height()) <= 2, (size, is_swapped)
            assert window.parts.loss_view.plot.view.screenGeometry().height() >= 80, size
            window.parts.stage.swap()
        for panel in (window.parts.boundary_panel, window.parts.loss_panel):
            assert panel.width() >= 0.38 * window.width() - 1, size


def test_a_long_message_and_a_long_readout_do_not_push_anything(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = resized(qtbot, open_in_test(), (1024, 768))
    before = window.parts.boundary_panel.geometry(), window.parts.network_panel.geometry()
    for panel in (window.parts.network_panel, window.parts.boundary_panel, window.parts.loss_panel):
        panel.readout.setText("a long readout " * 20)
    window.parts.message_bar.label.setText("word " * 300)
    show_widest(window)
    window.layout().activate()
    assert (window.parts.boundary_panel.geometry(), window.parts.network_panel.geometry()) == before
    assert (window.width(), window.height()) == (1024, 768)


def test_the_smallest_window_fits_an_old_projector(window: MainWindow) -> None:
    least = window.minimumSize()
    assert least.width() <= 1024
    assert least.height() <= 768


@pytest.mark.parametrize("train_share", [1.0, 0.5])
def test_the_transport_bar_has_room_for_an_epoch_of_the_past(
    qtbot: QtBot, open_in_test: OpenWindow, train_share: float
) -> None:
    recipe = Recipe(train_share=train_share, weight_seed=99)
    window = open_in_test(recipe)
    frame = make_frame(recipe, epoch=99_999, live=Position(100_000, 0), loss=1.25e-300)
    transport = window.parts.transport
    for width in (1000, 1024, NARROW, 1280):
        resized(qtbot, window, (width, 768))
        show_numbers(window, Update((frame,), is_playing=True))
        assert transport.readouts.epoch_label.text() == "99\u2009999 of 100\u2009000"
        window.layout().activate()
        qtbot.waitUntil(lambda: list(strays(transport)) == [])
        assert transport.sizeHint().width() <= transport.width()
