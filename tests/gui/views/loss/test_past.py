"""The loss plot as a way through time: clicks, drags, and what is seen of the past."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame
from gui.colour_vision import contrast
from gui.helpers import click, double_click, pixels, point_at
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.record import Change, Position
from mlpviz.gui.look.look import DARK, LIGHT, Look
from mlpviz.gui.plots.canvas import Canvas
from mlpviz.gui.views.loss.loss_view import LossView

EPOCHS = 300
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


@pytest.fixture(scope="module")
def live() -> Frame:
    """A frame of a run that has come to epoch 300."""
    return make_frame(epochs=EPOCHS)


@pytest.fixture
def view(show: Callable[..., LossView], live: Frame) -> LossView:
    made: LossView = show(LossView(), 620, 300)
    made.show_frame(live)
    QApplication.processEvents()
    return made


def past(live: Frame, epoch: int) -> Frame:
    """Return a frame of the past of a run."""
    of_then = make_frame(epochs=epoch)
    return replace(live, epoch=epoch, loss=of_then.loss, parameters=of_then.parameters)


def names(view: LossView) -> list[str]:
    """Return what is written upon the plot, but for what happened to the runs."""
    view.grab()
    texts = (placed.label.text for placed in view.labels.placed)
    return sorted(text for text in texts if "→" not in text)


def place(view: LossView, epoch: float, loss: float) -> QPointF:
    """Return where a place of the axes is on the viewport of the plot."""
    scene = view.plot.view.mapViewToScene(QPointF(epoch, loss))
    return QPointF(view.plot.mapFromScene(scene))


def drag(view: LossView, *places: QPointF) -> None:
    """Press at the first place, go over the others, and let go at the last."""
    first, last, move = places[0], places[-1], QEvent.Type.MouseMove
    steps = [(QEvent.Type.MouseButtonPress, first), *((move, at) for at in places[1:])]
    for kind, at in (*steps, (QEvent.Type.MouseButtonRelease, last)):
        viewport = view.plot.viewport()
        button = NONE if kind == move else LEFT
        held = NONE if kind == QEvent.Type.MouseButtonRelease else LEFT
        glob = QPointF(viewport.mapToGlobal(at.toPoint()))
        modifiers = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(viewport, QMouseEvent(kind, at, glob, button, held, modifiers))


def wanted(view: LossView) -> list[int]:
    epochs: list[int] = []
    view.epoch_wanted.connect(epochs.append)
    return epochs


def test_a_click_leads_to_the_epoch_below_it(view: LossView) -> None:
    epochs = wanted(view)
    click(view.plot.viewport(), place(view, 120.0, 0.3))
    click(view.plot.viewport(), place(view, -5.0, 0.3))
    assert [round(epoch, -1) for epoch in epochs] == [120, 0]
    assert epochs[1] == 0


def test_a_click_on_the_mark_of_an_event_leads_to_its_very_epoch(
    view: LossView, live: Frame
) -> None:
    changed = (Change(207, replace(Recipe(), learning_rate=0.3)),)
    view.show_frame(
        replace(live, changes=changed, changes_applied=1, live=live.live._replace(changes=1))
    )
    view.grab()
    ((_, at),) = view.labels.marks
    epochs = wanted(view)
    canvas = next(iter(view.plot.viewport().findChildren(Canvas)))
    click(view.plot.viewport(), at + QPointF(canvas.pos()) + QPointF(4.0, 0.0))
    assert epochs == [207]


def test_of_two_clicks_that_show_all_the_first_leads_nowhere(qtbot: QtBot, view: LossView) -> None:
    with qtbot.waitSignal(view.leap_unmeant):
        double_click(view.plot.viewport(), place(view, 120.0, 0.3))
    with qtbot.assertNotEmitted(view.leap_unmeant):
        qtbot.keyClick(view.plot, Qt.Key.Key_0)


def test_the_dot_of_the_curve_can_be_dragged_and_the_plot_stays_where_it_is(
    view: LossView, live: Frame
) -> None:
    epochs, before = wanted(view), view.plot.view.viewRange()
    dot = place(view, EPOCHS, live.loss)
    drag(view, dot, place(view, 200.0, 0.2), place(view, 90.0, 0.9), place(view, -40.0, 0.1))
    assert [round(epoch, -1) for epoch in epochs] == [200, 90, 0]
    assert view.plot.view.viewRange() == before
    assert len(epochs) == 3  # a press and a release alone lead nowhere


def test_elsewhere_a_drag_moves_the_plot_and_leads_nowhere(view: LossView) -> None:
    epochs, before = wanted(view), view.plot.view.viewRange()
    drag(view, place(view, 60.0, 0.3), place(view, 90.0, 0.4), place(view, 120.0, 0.4))
    assert epochs == []
    assert view.plot.view.viewRange() != before


def test_the_line_where_one_looks_can_be_dragged_too(view: LossView, live: Frame) -> None:
    view.show_frame(past(live, 100))
    epochs = wanted(view)
    drag(view, place(view, 100.0, 0.15), place(view, 150.0, 0.15))
    assert [round(epoch, -1) for epoch in epochs] == [150]


def test_the_pointer_tells_what_can_be_dragged(view: LossView, live: Frame) -> None:
    viewport = view.plot.viewport()
    point_at(viewport, place(view, EPOCHS, live.loss))
    assert viewport.cursor().shape() == Qt.CursorShape.SizeHorCursor
    point_at(viewport, place(view, 100.0, 0.2))
    assert viewport.cursor().shape() != Qt.CursorShape.SizeHorCursor


def test_in_the_past_the_dot_is_there_and_the_curve_goes_on_to_where_the_run_is(
    view: LossView, live: Frame
) -> None:
    then = past(live, 100)
    view.show_frame(then)
    head, curve, end = view.runs[0].head, view.runs[0].curve, view.past.ends[0]
    assert (head.x.tolist(), head.y.tolist()) == ([100.0], [then.loss])
    assert (curve.x[-1], end.x.tolist()) == (EPOCHS, [EPOCHS])
    at = [place(view, 200.0, float(np.interp(200.0, curve.x, curve.y)))]
    (veiled,) = pixels(view.plot, at)
    view.show_frame(live)
    assert end.x.size == 0
    (plain,) = pixels(view.plot, at)
    assert QColor(LIGHT.panel).lightness() > veiled.lightness() > plain.lightness() + 60


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: str(look.name))
def test_what_came_after_the_moment_is_pale_and_yet_can_be_seen(
    view: LossView, live: Frame, look: Look
) -> None:
    view.set_look(look)
    view.show_frame(past(live, 100))
    curve = view.runs[0].curve
    at = place(view, 200.0, float(np.interp(200.0, curve.x, curve.y)))
    column = [at + QPointF(0.0, dy) for dy in range(-3, 4)]
    inks = [colour.name() for colour in pixels(view.plot, column)]
    assert 3.0 <= max(contrast(ink, look.panel) for ink in inks) < 5.0


def test_before_a_change_the_end_of_the_curve_has_the_name_that_it_has_after_it(
    view: LossView, live: Frame
) -> None:
    slower = Recipe(learning_rate=0.3)
    position = Position(EPOCHS, 1)
    changes = (Change(207, slower),)
    changed = replace(live, recipe=slower, changes=changes, changes_applied=1, live=position)
    before = replace(past(live, 100), changes=changed.changes, live=changed.live)
    view.set_pins([("old future", live.curve)])
    for frame in (changed, before):
        view.show_frame(frame)
        assert names(view) == ["old future", "xor, 4-4, η 0.3"]
    view.set_pins([])
    rest = past(live, 100)
    for frames in ((live, changed), (rest, before)):
        view.show_frame(*frames)
        assert names(view) == ["A · learning rate 1", "B · learning rate 0.3"]


def test_each_moment_of_the_past_is_painted_though_the_curve_stays_the_same(
    view: LossView, live: Frame
) -> None:
    pictures = []
    for epoch in (100, 101, 140):
        view.show_frame(past(live, epoch))
        QApplication.processEvents()
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]


def test_the_readout_says_the_losses_of_what_came_after_the_moment_looked_at(
    view: LossView, live: Frame
) -> None:
    view.show_frame(past(live, 100))
    said: list[str] = []
    view.pointed_at.connect(said.append)
    point_at(view.plot.viewport(), place(view, 250.0, 0.3))
    assert "loss 0." in said[-1]
