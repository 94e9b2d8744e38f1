"""The message and, in a presentation, the loss beside it."""

from collections.abc import Iterator

import pytest
from gui.conftest import Watch
from gui.helpers import press
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.words.messages import Message
from mlpviz.experiment.words.remedies import Remedy
from mlpviz.gui.look.sizing import px
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
PROJECTORS = [(1024, 768), (1280, 800), (1920, 1080)]
SHORT = Message(
    "Paused at epoch 10 000, the limit: all 21 samples are right. Play goes on without one."
)
ON = Remedy("Activations on", Recipe())
LONG = Message("It is no number, and that has a cause. " * 5, True, (ON,))


@pytest.fixture
def presented(qtbot: QtBot, window: MainWindow) -> Iterator[MainWindow]:
    """A presentation on the smallest projector."""
    press(Key.Key_F11)
    show_on(qtbot, window, PROJECTORS[0])
    yield window
    window.presentation.end()


def show_on(qtbot: QtBot, window: MainWindow, projector: tuple[int, int]) -> None:
    window.resize(*projector)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == projector)
    QApplication.processEvents()  # lays out what has asked for it


def place(window: MainWindow, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


def test_the_loss_of_a_presentation_is_seen_beside_the_message(
    qtbot: QtBot, presented: MainWindow
) -> None:
    parts = presented.parts
    for projector in PROJECTORS:
        show_on(qtbot, presented, projector)
        parts.message_bar.show_message(SHORT)
        label, loss = place(presented, parts.message_bar.label), place(presented, parts.loss_panel)
        assert parts.loss_view.isVisible(), projector
        assert label.right() < loss.left(), projector
        assert label.height() >= parts.message_bar.label.heightForWidth(label.width()), projector
        for panel in (parts.network_panel, parts.boundary_panel):
            assert loss.bottom() < place(presented, panel).top(), projector
        curve = parts.loss_view.plot.view.screenGeometry()
        assert curve.height() >= 0.06 * presented.height(), projector
        assert curve.width() >= 0.25 * presented.width(), projector
        area = parts.boundary_view.plot.view.screenGeometry()  # the loss leaves it much
        assert area.height() >= 0.36 * presented.height(), projector


def test_a_message_that_has_no_room_beside_the_loss_takes_its_place_until_it_goes(
    qtbot: QtBot, presented: MainWindow
) -> None:
    parts = presented.parts
    for projector in PROJECTORS:
        show_on(qtbot, presented, projector)
        height = parts.stage.height()
        parts.message_bar.show_message(LONG)
        label = parts.message_bar.label
        assert label.height() >= label.heightForWidth(label.width()), projector
        right = parts.message_bar.remedy_button.mapTo(presented, label.rect().topLeft()).x()
        assert right > 0.7 * presented.width(), projector
        assert parts.loss_panel.visibleRegion().isEmpty(), projector
        parts.message_bar.show_message(SHORT)
        assert not parts.loss_panel.visibleRegion().isEmpty(), projector
        assert parts.stage.height() == height, projector


def test_z_enlarges_the_loss_of_a_presentation_and_esc_puts_it_back(
    qtbot: QtBot, presented: MainWindow
) -> None:
    parts = presented.parts
    parts.loss_view.plot.setFocus(Qt.FocusReason.TabFocusReason)
    press(Key.Key_Z)
    assert parts.loss_panel.size() == parts.stage.size()
    assert parts.log_button.isVisible()
    press(Key.Key_Escape)
    assert presented.presentation.is_on
    assert parts.loss_panel.height() < parts.band.height()
    assert not parts.log_button.isVisible()
    press(Key.Key_F11)
    assert parts.stage.isAncestorOf(parts.loss_panel)
    assert parts.log_button.isVisible()


def test_two_runs_of_a_presentation_have_large_maps_and_the_loss(
    qtbot: QtBot, presented: MainWindow, watch: Watch
) -> None:
    alone = {}
    for projector in PROJECTORS:
        show_on(qtbot, presented, projector)
        alone[projector] = presented.parts.boundary_view.plot.view.screenGeometry().height()
    presented.runs.open((Recipe(), Recipe(learning_rate=0.1)))
    qtbot.waitUntil(lambda: len(presented.runs.latest.frames) == 2)
    for projector in reversed(PROJECTORS):
        show_on(qtbot, presented, projector)
        wait_for_large_maps(qtbot, presented, 0.97 * alone[projector])
        assert presented.parts.loss_view.isVisible(), projector


def wait_for_large_maps(qtbot: QtBot, window: MainWindow, least: float) -> None:
    """Wait until both maps are at least so high, and square."""
    second = window.second.boundary_view
    assert second is not None

    def are_large() -> bool:
        views = (window.parts.boundary_view, second)
        areas = [view.plot.view.screenGeometry() for view in views]
        return all(
            area.height() >= least and area.width() == pytest.approx(area.height(), rel=0.03)
            for area in areas
        )

    qtbot.waitUntil(are_large)


def test_a_usual_window_has_the_loss_among_the_views_and_a_band_of_one_line(
    window: MainWindow,
) -> None:
    parts = window.parts
    assert parts.stage.isAncestorOf(parts.loss_panel)
    assert parts.message_bar.width() == parts.band.width()
    assert parts.band.height() == px(34)
