"""The loss plot."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from frames import curve_of, make_frame
from gui.helpers import Paints, double_click, leave, point_at, turn_wheel
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.record import Change
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.words.comparison import recipe_label
from mlpviz.gui.look.look import DARK
from mlpviz.gui.look.sizes import HEAD
from mlpviz.gui.views.loss.loss_view import LossView

NAN = math.nan


@pytest.fixture
def view(show: Callable[..., LossView]) -> LossView:
    return show(LossView(), 520, 260)


def frame_of(*losses: float) -> Frame:
    """Return a frame whose losses are these."""
    return make_frame(curve=curve_of(*losses), epoch=len(losses) - 1, loss=losses[-1])


def drawn(view: LossView) -> tuple[list[float], list[float]]:
    curve = view.runs[0].curve
    return curve.x.tolist(), curve.y.tolist()


def seen(view: LossView) -> tuple[list[float], list[float]]:
    """Return the ranges of the two axes."""
    epochs, losses = view.plot.view.viewRange()
    return epochs, losses


def names(view: LossView) -> list[str]:
    """Return what is written upon the plot."""
    view.grab()
    return [placed.label.text for placed in view.labels.placed]


def place_of(view: LossView, epoch: float, loss: float) -> QPointF:
    scene = view.plot.view.mapViewToScene(QPointF(epoch, loss))
    return QPointF(view.plot.mapFromScene(scene))


def test_the_curve_is_the_losses_of_the_run_from_epoch_0_on(view: LossView) -> None:
    run = Run(Recipe())
    losses = [run.training.loss]
    for _ in range(30):
        run.advance(1)
        losses.append(run.training.loss)
    view.show_frame(capture(run))
    assert drawn(view) == (list(range(31)), losses)
    assert view.runs[0].head.x.tolist() == [30]
    assert view.runs[0].head.y.tolist() == [losses[-1]]
    assert "at epoch 30" in view.accessibleDescription()


def test_everything_lies_within_the_axes(view: LossView) -> None:
    for losses in ((0.7,), (0.7, 0.1), tuple(np.linspace(900.0, 1.0, 400))):
        frame = frame_of(*losses)
        view.show_frame(frame)
        epochs, values = seen(view)
        assert epochs[0] <= 0 <= len(losses) - 1 <= epochs[1]
        assert values[0] <= min(losses) <= max(losses) <= values[1]


def test_the_end_of_a_curve_is_whole_in_a_low_plot_too(view: LossView) -> None:
    view.show_frame(frame_of(0.7, 0.1, 0.0))
    for height in (40, 90, 260):
        view.resize(520, height)
        QApplication.processEvents()
        mapping = view.canvas.mapping
        (y,) = mapping.y(view.runs[0].head.y)
        assert y + HEAD / 2 <= mapping.height + 0.5, height


def test_where_the_loss_is_not_finite_the_curve_has_a_gap_and_the_epoch_a_mark(
    view: LossView,
) -> None:
    view.show_frame(frame_of(1.0, 0.5, NAN, 0.25, math.inf))
    np.testing.assert_array_equal(drawn(view)[1], [1.0, 0.5, NAN, 0.25, NAN])
    assert view.behind.break_line.x.tolist() == [2, 2]
    assert names(view) == ["not a number at 2"]
    assert len(view.runs[0].head.x) == 0
    view.show_frame(frame_of(1.0, 0.5))
    assert not view.behind.break_line.x.size
    assert names(view) == []


@pytest.mark.parametrize("is_logarithmic", [False, True])
def test_a_run_without_any_finite_loss_is_shown(view: LossView, is_logarithmic: bool) -> None:
    view.set_logarithmic(is_logarithmic)
    view.show_frame(make_frame(Recipe(activations_off=True), 20))
    assert view.behind.break_line.x.tolist() == [0, 0]
    assert not view.grab().isNull()


def test_the_run_before_stays_as_a_ghost_until_there_is_none(view: LossView) -> None:
    frame = make_frame()
    view.show_frame(frame)
    assert not view.behind.ghost.x.size
    ghost = curve_of(3.0, 2.0, 1.0)
    view.show_frame(replace(frame, run_number=1, ghost=ghost))
    assert view.behind.ghost.x.size
    assert view.behind.ghost.y.tolist() == [3.0, 2.0, 1.0]
    assert seen(view)[1][1] >= 3.0
    view.show_frame(replace(frame, run_number=2))
    assert not view.behind.ghost.x.size


def test_the_logarithmic_axis_has_the_curve_and_the_ghost_in_decades(view: LossView) -> None:
    frame = replace(frame_of(100.0, 1.0, 0.01), ghost=curve_of(10.0, 0.1))
    view.show_frame(frame)
    view.set_logarithmic(True)
    assert view.is_logarithmic
    np.testing.assert_allclose(drawn(view)[1], [2.0, 0.0, -2.0])
    np.testing.assert_allclose(view.behind.ghost.y, [1.0, -1.0])
    np.testing.assert_allclose(view.runs[0].head.y, [-2.0])
    low, high = seen(view)[1]
    assert low <= -2.0 < 2.0 <= high
    view.set_logarithmic(False)
    assert drawn(view)[1] == [100.0, 1.0, 0.01]


def test_a_loss_of_zero_is_a_gap_on_the_logarithmic_axis(view: LossView) -> None:
    view.set_logarithmic(True)
    view.show_frame(frame_of(1.0, 0.0, 0.01, 0.0))
    np.testing.assert_array_equal(drawn(view)[1], [0.0, NAN, -2.0, NAN])
    assert len(view.runs[0].head.x) == 0
    view.show_frame(frame_of(0.0, 0.0))
    assert not view.grab().isNull()


@pytest.mark.parametrize("is_logarithmic", [False, True])
@pytest.mark.parametrize("loss", [1e-300, 1e-9, 1e9, 1e300, 1.7e308])
def test_any_loss_can_be_drawn(view: LossView, loss: float, is_logarithmic: bool) -> None:
    view.set_logarithmic(is_logarithmic)
    buckets = curve_of(loss, 0.1 * loss, loss / 2, loss, stride=4)
    view.show_frame(make_frame(curve=buckets, epoch=15, loss=loss))
    view.show_frame(frame_of(loss, 0.1 * loss, loss / 2))
    assert not view.grab().isNull()
    assert np.isfinite(seen(view)).all()


def test_of_a_bucket_the_least_and_the_greatest_loss_are_drawn(view: LossView) -> None:
    curve = curve_of(1.0, 0.5, 0.2, stride=4, high=np.array([9.0, 8.0, 7.0]))
    view.show_frame(make_frame(curve=curve, epoch=11, loss=0.2))
    x, y = drawn(view)
    assert [set(y[i : i + 2]) for i in (0, 2, 4)] == [{9.0, 1.0}, {8.0, 0.5}, {7.0, 0.2}]
    assert all(4 * bucket <= x[i] <= 11 for i, bucket in enumerate((0, 0, 1, 1, 2, 2)))
    assert x == sorted(x)
    assert seen(view)[1][1] >= 9.0


def test_the_pointer_is_told_the_loss_and_forgotten_when_it_leaves(
    qtbot: QtBot, view: LossView
) -> None:
    view.show_frame(make_frame(curve=curve_of(*np.linspace(1.0, 0.5, 101)), epoch=100))
    with qtbot.waitSignal(view.pointed_at) as announced:
        point_at(view.plot.viewport(), place_of(view, 40.0, 0.7))
    assert announced.args[0].startswith(("epoch 40 ", "epoch 39 ", "epoch 41 "))
    with qtbot.waitSignal(view.pointed_at) as announced:
        leave(view.plot)
    assert announced.args == [""]


def test_a_zoom_stays_until_a_double_click_or_the_next_run(qtbot: QtBot, view: LossView) -> None:
    frame = frame_of(*np.linspace(1.0, 0.5, 101))
    view.show_frame(frame)
    whole = seen(view)
    place = place_of(view, 50.0, 0.7)
    for back in ("double click", "next run"):
        turn_wheel(view.plot.viewport(), place, 3)
        zoomed = seen(view)
        assert zoomed[0][1] - zoomed[0][0] < whole[0][1] - whole[0][0]
        view.show_frame(frame)
        assert seen(view) == zoomed
        if back == "double click":
            double_click(view.plot.viewport(), place)
        else:
            view.show_frame(replace(frame, run_number=1))
        np.testing.assert_allclose(seen(view), whole)


def test_the_curve_of_a_new_run_is_drawn_while_it_is_shorter_than_the_one_before(
    show: Callable[..., LossView],
) -> None:
    view, fresh = (show(LossView(), 520, 260) for _ in range(2))
    run = Run(Recipe())
    run.advance(110)
    view.show_frame(capture(run))
    view.grab()
    run = run.successor(run.recipe)
    run.advance(40)
    frame = replace(capture(run), ghost=None)
    for each in (view, fresh):
        each.show_frame(frame)
    assert view.canvas.grab().toImage() == fresh.canvas.grab().toImage()


def test_a_run_of_the_same_length_that_ends_as_the_one_before_did_is_drawn_all_the_same(
    qtbot: QtBot, view: LossView
) -> None:
    tail = [0.3] * 40
    frame = frame_of(1.0, 0.9, *tail)
    view.show_frame(frame)
    paints = Paints(view.canvas)
    qtbot.waitUntil(lambda: paints.count > 0)
    view.show_frame(frame)
    QApplication.processEvents()
    count = paints.count
    view.show_frame(frame)
    QApplication.processEvents()
    assert paints.count == count  # nothing is new
    view.show_frame(replace(frame_of(1.0, 0.4, *tail), run_number=frame.run_number + 1))
    qtbot.waitUntil(lambda: paints.count > count)


def test_a_change_of_the_learning_rate_is_a_line_over_the_whole_height(view: LossView) -> None:
    frame = frame_of(1000.0, 0.5, 0.25)
    view.show_frame(frame)
    assert not view.behind.changes.x.size
    view.show_frame(
        replace(
            frame,
            changes=(Change(1, Recipe(learning_rate=0.1)), Change(2, Recipe(learning_rate=0.3))),
        )
    )
    x, y = view.behind.changes.x, view.behind.changes.y
    assert x.tolist() == [1, 1, 2, 2]
    assert y.tolist() == seen(view)[1] * 2


def test_the_theme_changes_ground_and_curve(view: LossView) -> None:
    view.show_frame(frame_of(1.0, 0.5))
    light = view.plot.grab().toImage()
    view.set_look(DARK)
    assert view.plot.backgroundBrush().color().name() == DARK.panel.lower()
    assert view.plot.grab().toImage() != light


SPLIT = Recipe(dataset="moons", noise=0.2, train_share=0.5)


def test_the_test_set_has_a_dashed_curve_of_its_own(view: LossView) -> None:
    frame = make_frame(SPLIT, 30)
    assert frame.test is not None
    view.show_frame(frame)
    test = view.runs[0].test
    assert test.x.tolist() == list(range(31))
    assert test.y.tolist() == frame.test.curve.low.tolist()
    assert drawn(view)[1] == frame.curve.low.tolist()
    assert test.pen.style() != view.runs[0].curve.pen.style()
    assert names(view) == ["train", "test"]
    assert [placed.label.stroke for placed in view.labels.placed] == [None, test.pen]


def test_in_a_low_plot_no_name_stands_at_the_end_of_the_other_curve(view: LossView) -> None:
    frame = make_frame(SPLIT, 100)
    assert frame.test is not None
    ends = {"train": 0.0, "test": 0.6}
    low, high = (curve_of(*np.linspace(0.7, end, 101)) for end in ends.values())
    test = replace(frame.test, curve=high)
    for height in (40, 45, 60, 90, 120):
        view.resize(300, height)
        QApplication.processEvents()
        view.show_frame(replace(frame, curve=low, loss=0.0, test=test))
        assert "test" in names(view), height
        mapping = view.canvas.mapping
        places = dict(zip(ends, mapping.y(np.array([*ends.values()])), strict=True))
        for placed in view.labels.placed:
            y = placed.rect.center().y()
            nearest = min(places, key=lambda name, y=y: abs(places[name] - y))
            assert nearest == placed.words, height


def test_without_a_test_set_there_is_neither_its_curve_nor_a_name(view: LossView) -> None:
    view.show_frame(make_frame(SPLIT, 30))
    view.show_frame(make_frame(Recipe(), 30))
    assert view.runs[0].test.x.tolist() == []
    assert names(view) == []


def test_a_test_loss_above_the_training_loss_lies_within_the_axes(view: LossView) -> None:
    frame = make_frame(SPLIT, 3)
    assert frame.test is not None
    test = replace(frame.test, curve=curve_of(0.7, 3.0, 9.0, 70.0))
    view.show_frame(replace(frame, test=test))
    assert seen(view)[1][1] >= 70.0
    view.set_logarithmic(True)
    assert seen(view)[1][1] >= math.log10(70.0)
    assert view.runs[0].test.y.tolist() == pytest.approx(np.log10([0.7, 3.0, 9.0, 70.0]).tolist())


def test_of_two_runs_each_has_its_test_curve(view: LossView) -> None:
    a, b = make_frame(SPLIT, 5), make_frame(replace(SPLIT, learning_rate=0.1), 5)
    assert a.test is not None
    assert b.test is not None
    view.show_frame(a, b)
    assert view.runs[0].test.y.tolist() == a.test.curve.low.tolist()
    assert view.runs[1].test.y.tolist() == b.test.curve.low.tolist()
    assert names(view) == [
        "A · learning rate 1",
        "B · learning rate 0.1",
        "A · test",
        "B · test",
    ]
    view.show_frame(a)
    assert view.runs[1].test.y.tolist() == []


def test_beside_pinned_runs_the_test_set_keeps_its_name(view: LossView) -> None:
    view.set_pins([("xor, 4-4, η 1", curve_of(0.7, 0.6))])
    view.show_frame(make_frame(SPLIT, 5))
    assert names(view) == ["xor, 4-4, η 1", recipe_label(SPLIT), "test"]


def test_the_pointer_tells_both_losses(view: LossView) -> None:
    frame = make_frame(SPLIT, 40)
    assert frame.test is not None
    view.show_frame(frame)
    words: list[str] = []
    view.pointed_at.connect(words.append)
    point_at(view.plot.viewport(), place_of(view, 20, 0.5))
    train, test = float(frame.curve.low[20]), float(frame.test.curve.low[20])
    assert words[-1] == f"epoch 20   loss {train:.4f}   test {test:.4f}"


def test_the_test_curve_follows_the_theme(view: LossView) -> None:
    view.show_frame(make_frame(SPLIT, 5))
    before = view.runs[0].test.pen.color()
    view.set_look(DARK)
    assert view.runs[0].test.pen.color() != before
