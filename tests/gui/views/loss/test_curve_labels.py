"""What is written upon the loss plot: names at the ends of curves, and what happened on the way."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from frames import curve_of, make_frame
from gui.helpers import point_at
from PySide6.QtCore import QPointF, QRectF
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.history import LossCurve, Rise
from mlpviz.experiment.run.looks import Finding
from mlpviz.experiment.run.record import Change, Position
from mlpviz.experiment.run.run import Run
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.plots.placing import Line, is_crossed
from mlpviz.gui.views.loss.loss_view import LossView

SIZES = [(230, 170), (420, 150), (520, 260), (900, 500)]


@pytest.fixture
def view(show: Callable[..., LossView]) -> LossView:
    return show(LossView(), 520, 260)


def names(view: LossView) -> list[str]:
    view.grab()
    return [placed.label.text for placed in view.labels.placed]


def falling(epochs: int, lowest: float = 0.01) -> LossCurve:
    return curve_of(*np.geomspace(0.7, lowest, epochs + 1))


def eventful(curve: LossCurve | None = None) -> Frame:
    """Return a frame of 1000 epochs on which everything has happened that can."""
    curve = falling(1000) if curve is None else curve
    curve = replace(curve, rise=Rise(620, 0.1, 0.25))
    return make_frame(
        curve=curve,
        epoch=1000,
        loss=float(curve.low[-1]),
        findings=(Finding(Position(0, 0), False, None), Finding(Position(600, 0), True, None)),
        changes=(Change(300, Recipe(learning_rate=0.1)), Change(590, Recipe(learning_rate=3.0))),
    )


def check_room(view: LossView) -> None:
    """See to it that labels touch neither each other nor the end of a curve, nor leave the plot."""
    view.grab()
    mapping = view.canvas.mapping
    heads = [
        QRectF(x - 4.0, y - 4.0, 8.0, 8.0)
        for run in view.runs
        for x, y in zip(mapping.x(run.head.x), mapping.y(run.head.y), strict=True)
    ]
    rects = [placed.rect for placed in view.labels.placed]
    whole = QRectF(0.0, 0.0, mapping.width, mapping.height)
    for i, rect in enumerate(rects):
        assert whole.contains(rect)
        assert not any(rect.intersects(other) for other in (*rects[:i], *heads))


def pins(count: int) -> list[tuple[str, LossCurve]]:
    return [(f"xor, {4 + i}-{4 + i}, η 1", falling(900, 0.02 + 0.01 * i)) for i in range(count)]


def test_what_happened_is_marked_on_the_curve_and_named(view: LossView) -> None:
    view.show_frame(eventful())
    assert set(names(view)) == {
        "learning rate 1 → 0.1",
        "learning rate 0.1 → 3",
        "all right at 600",
        "largest rise +150\u2009% at 620",
    }
    places = {mark.event.label: place for mark, place in view.labels.marks}
    assert len(places) == 4
    mapping, curve = view.canvas.mapping, view.runs[0].curve
    place = places["all right at 600"]
    assert place.x() == pytest.approx(mapping.x(np.array([600.0]))[0])
    loss = np.interp(600.0, curve.x, curve.y)
    assert place.y() == pytest.approx(mapping.y(np.array([loss]))[0])
    assert all(mark.colour == LIGHT.accent for mark, _ in view.labels.marks)


def test_the_mark_of_the_largest_rise_is_at_its_top_on_either_axis(view: LossView) -> None:
    losses = np.full(1001, 0.5)
    losses[400] = 0.9
    frame = eventful(curve_of(*losses))
    frame = replace(frame, curve=replace(frame.curve, rise=Rise(400, 0.5, 0.9)), changes=())
    for is_logarithmic in (False, True):
        view.set_logarithmic(is_logarithmic)
        view.show_frame(frame)
        assert "largest rise +80\u2009% at 400" in names(view)
        (place,) = (at for mark, at in view.labels.marks if mark.event.loss is not None)
        top = np.log10(0.9) if is_logarithmic else 0.9
        assert place.y() == pytest.approx(view.canvas.mapping.y(np.array([top]))[0])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("is_logarithmic", [False, True])
def test_names_touch_neither_each_other_nor_the_end_of_a_curve(
    show: Callable[..., LossView], size: tuple[int, int], is_logarithmic: bool
) -> None:
    view = show(LossView(), *size)
    view.set_logarithmic(is_logarithmic)
    view.set_pins(pins(5))
    view.show_frame(replace(eventful(), ghost=falling(1000, 0.2)))
    check_room(view)
    assert names(view)
    second = replace(eventful(falling(1000, 0.011)), run_number=-1)
    view.show_frame(eventful(), second)
    check_room(view)
    assert {name[0] for name in names(view)} >= {"A", "B"}
    view.set_pins(())
    view.show_frame(eventful(), second)
    check_room(view)


def test_where_there_is_little_room_the_important_names_are_left(
    show: Callable[..., LossView],
) -> None:
    view = show(LossView(), 230, 130)
    view.show_frame(eventful())
    assert names(view) == ["learning rate 0.1 → 3"]
    assert len(view.labels.marks) == 4  # the marks stay, and say it to the pointer


def frames_of(run: Run, count: int, epochs: int) -> Iterator[Frame]:
    for _ in range(count):
        run.advance(epochs)
        yield capture(run)


def test_names_of_what_happened_stay_where_they_are_while_the_run_goes_on(
    view: LossView,
) -> None:
    run = Run(Recipe())
    run.advance(600)
    run.change(replace(run.recipe, learning_rate=0.5))
    moved, before = 0, None
    for frame in frames_of(run, 50, 7):  # the axis ends at 1000
        view.show_frame(frame)
        view.grab()
        (label,) = (placed for placed in view.labels.placed if "learning rate" in placed.words)
        moved += before is not None and label.rect.topLeft() != before
        before = label.rect.topLeft()
    assert moved <= 1  # out of the way of the curve
    check_room(view)


def test_the_name_of_a_growing_curve_rides_on_its_end_and_does_not_jump(view: LossView) -> None:
    a, b = Run(Recipe()), Run(Recipe(learning_rate=0.1))
    a.advance(210)
    b.advance(210)
    before: dict[str, QPointF] = {}
    for frame, rival in zip(frames_of(a, 40, 5), frames_of(b, 40, 5), strict=True):
        view.show_frame(frame, rival)
        check_room(view)
        now = {placed.words: placed.rect.topLeft() for placed in view.labels.placed}
        assert {"A · learning rate 1", "B · learning rate 0.1"} <= now.keys()
        for name in now.keys() & before.keys():
            assert abs(now[name].y() - before[name].y()) < 20.0
        before = now


def test_a_pin_and_the_run_before_have_their_names_at_their_ends(view: LossView) -> None:
    view.set_pins([("high", curve_of(*np.full(401, 0.6))), ("low", curve_of(*np.full(701, 0.2)))])
    view.show_frame(replace(eventful(), ghost=curve_of(*np.full(1001, 0.4))))
    names(view)
    mapping = view.canvas.mapping
    for name, epoch, loss in (("high", 400, 0.6), ("low", 700, 0.2), ("the run before", 1000, 0.4)):
        (rect,) = (placed.rect for placed in view.labels.placed if placed.words == name)
        x, y = mapping.x(np.array([float(epoch)]))[0], mapping.y(np.array([loss]))[0]
        assert rect.left() - 12.0 < x < rect.right() + 12.0
        assert abs(rect.center().y() - y) < 20.0


def test_the_run_before_is_not_named_twice_where_it_is_pinned(view: LossView) -> None:
    ghost = falling(400)
    view.set_pins([("xor, 4-4, η 1", ghost)])
    view.show_frame(replace(eventful(), ghost=falling(400)))
    assert "xor, 4-4, η 1" in names(view)
    assert "the run before" not in names(view)


def test_of_two_runs_what_happened_says_of_which_and_has_its_colour(view: LossView) -> None:
    calm = make_frame(curve=falling(1000), epoch=1000, loss=0.01, run_number=-1)
    view.show_frame(calm, replace(eventful(), recipe=Recipe(learning_rate=3.0)))
    assert "B: learning rate 0.1 → 3" in names(view)
    assert {mark.colour for mark, _ in view.labels.marks} == {LIGHT.second_run}
    assert view.behind.changes.x.tolist() == [300, 300, 590, 590]


@pytest.mark.parametrize("size", [(200, 240), *SIZES])
@pytest.mark.parametrize("lowest", [0.3, 0.1, 0.02])
def test_of_two_runs_no_name_of_what_happened_lies_upon_the_curve_of_the_other(
    show: Callable[..., LossView], size: tuple[int, int], lowest: float
) -> None:
    view = show(LossView(), *size)
    view.show_frame(eventful(), eventful(falling(1000, lowest)))
    view.grab()
    mapping = view.canvas.mapping
    for placed in view.labels.placed:
        sides = placed.label.text.partition(":")
        if not sides[1]:  # the name of a curve
            continue
        other = view.runs[sides[0] == "A"].curve
        assert not is_crossed(placed.rect, (Line(other.x, other.y, mapping),))


def test_what_has_no_room_for_its_name_still_has_its_mark(show: Callable[..., LossView]) -> None:
    view = show(LossView(), 200, 240)
    wild = curve_of(*([0.001, 1.9] * 500))
    view.show_frame(eventful(), eventful(wild))
    view.grab()
    assert not [p for p in view.labels.placed if p.label.text.startswith("A:")]
    assert [mark for mark, _ in view.labels.marks if mark.event.label.startswith("A:")]


def test_in_a_strip_the_runs_are_named_and_what_happened_is_only_marked(
    show: Callable[..., LossView],
) -> None:
    view = show(LossView(), 300, 44)
    view.show_frame(eventful(), eventful(falling(1000, 0.5)))
    assert set(names(view)) == {"A", "B"}
    check_room(view)
    assert view.labels.marks


def test_the_pointer_is_told_the_whole_sentence_at_a_mark_and_at_a_name(
    qtbot: QtBot, view: LossView
) -> None:
    view.show_frame(eventful())
    names(view)
    canvas, viewport = view.canvas, view.plot.viewport()
    sentence = "Changed at epoch 590: learning rate 0.1 → 3."
    (mark,) = (at for mark, at in view.labels.marks if mark.event.sentence == sentence)
    (name,) = (placed.rect for placed in view.labels.placed if placed.words == sentence)
    elsewhere = QPointF(canvas.mapping.width - 5.0, 5.0)
    for place, words in ((mark, sentence), (elsewhere, ""), (name.center(), sentence)):

        def is_told(place: QPointF = place, words: str = words) -> bool:
            point_at(viewport, canvas.mapTo(viewport, place))  # of many moves some are left out
            return view.plot.view.toolTip() == words

        qtbot.waitUntil(is_told)
    assert sentence in view.accessibleDescription()


def test_a_name_that_was_cut_is_told_whole(view: LossView) -> None:
    long = "moons, 4-4, η 1, " + "samples 200, " * 12
    view.set_pins([(long, falling(400))])
    view.show_frame(eventful())
    assert long not in names(view)
    (placed,) = (placed for placed in view.labels.placed if placed.words == long)
    assert placed.label.text.endswith("…")


def test_where_a_zoom_cuts_a_curve_its_name_stands_at_the_edge(view: LossView) -> None:
    view.set_pins([("pinned", curve_of(*np.full(1001, 0.4)))])
    view.show_frame(eventful())
    view.plot.view.setRange(xRange=(100.0, 500.0), yRange=(0.0, 0.8), padding=0)
    view.plot.zoomed.emit()
    check_room(view)
    (rect,) = (placed.rect for placed in view.labels.placed if placed.words == "pinned")
    assert rect.right() > 0.8 * view.canvas.mapping.width
    assert names(view).count("all right at 600") == 0  # it is not in sight
