"""The timeline alone: where one is, how far the run is, and the marks on the way."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from frames import make_frame
from gui.helpers import Paints, click, pixels
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.marks import MarkKind
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.actions.time_marks import TimeMark
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.look.sizes import LOW_TIMELINE, TIME_ROOM, TIMELINE
from mlpviz.gui.views.timeline.timeline import Timeline

Show = Callable[..., Any]


@pytest.fixture(scope="module")
def frame() -> Frame:
    """A frame of a run that has come to epoch 800."""
    return make_frame(epoch=800)


@pytest.fixture
def timeline(show: Show, frame: Frame) -> Timeline:
    """A timeline of that run, as wide as that of a window."""
    made: Timeline = show(Timeline(), 1000, TIMELINE)
    made.show_update(Update((frame,), is_playing=False))
    return made


def mark_at(epoch: int, name: str, kind: MarkKind | None = MarkKind.CHANGE) -> TimeMark:
    return TimeMark(0, Position(epoch, 1), None, name, f"{name}, a sentence.", kind)


def place(timeline: Timeline, epoch: float) -> QPointF:
    """Return where an epoch is on the track."""
    slider = timeline.slider
    return QPointF(slider.axis.x(epoch), slider.height() - TIME_ROOM)


def test_its_value_is_the_epoch_looked_at_and_its_end_the_one_that_the_run_has_come_to(
    timeline: Timeline, frame: Frame
) -> None:
    slider = timeline.slider
    assert (slider.minimum(), slider.value(), slider.maximum()) == (0, 800, 800)
    assert not timeline.live_button.isEnabled()
    timeline.look_at(Position(300))
    assert (slider.value(), slider.maximum()) == (300, 800)
    assert timeline.live_button.isEnabled()
    assert slider.accessibleName()
    assert "300 of 800" in slider.accessibleDescription()
    later = replace(frame, epoch=300, live=Position(1200, 0), changes_applied=0)
    timeline.show_update(Update((later,), is_playing=True))
    assert (slider.value(), slider.maximum()) == (300, 1200)
    timeline.look_at(None)
    assert slider.value() == 1200
    assert "present" in slider.accessibleDescription()


def test_to_show_where_one_is_announces_nothing(qtbot: QtBot, timeline: Timeline) -> None:
    with qtbot.assertNotEmitted(timeline.epoch_wanted):
        timeline.look_at(Position(20))
        timeline.look_at(None)


def test_a_press_leads_to_the_epoch_below_it_and_a_drag_goes_on_from_there(
    qtbot: QtBot, timeline: Timeline
) -> None:
    wanted: list[int] = []
    timeline.epoch_wanted.connect(wanted.append)
    slider = timeline.slider
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=place(timeline, 200).toPoint())
    for epoch in (300, 500, 950, -100):
        qtbot.mouseMove(slider, place(timeline, epoch).toPoint())
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(slider, place(timeline, 600).toPoint())
    # Beyond what is trained it is the present, and one pixel is not quite an epoch.
    assert [round(epoch, -1) for epoch in wanted] == [200, 300, 500, 800, 0]
    assert wanted[3] == 800
    assert not slider.isSliderDown()


def test_setting_its_value_leads_there_as_a_screen_reader_does(
    qtbot: QtBot, timeline: Timeline
) -> None:
    with qtbot.waitSignal(timeline.epoch_wanted) as signal:
        timeline.slider.setValue(120)
    assert signal.args == [120]


def test_the_button_leads_back_to_the_present(qtbot: QtBot, timeline: Timeline) -> None:
    timeline.look_at(Position(10))
    with qtbot.waitSignal(timeline.live_pressed):
        timeline.live_button.click()


def test_a_mark_is_gone_to_by_its_tick_and_by_its_name(qtbot: QtBot, timeline: Timeline) -> None:
    mark = mark_at(500, "learning rate 1 → 3")
    timeline.show_marks((mark,))
    timeline.grab()
    for at in (place(timeline, 500), QPointF(timeline.slider.axis.x(500) + 40, 6)):
        with (
            qtbot.assertNotEmitted(timeline.epoch_wanted),
            qtbot.waitSignal(timeline.mark_wanted) as signal,
        ):
            click(timeline.slider, at)
        assert signal.args == [mark]


def test_the_handle_can_be_dragged_away_from_a_mark(qtbot: QtBot, timeline: Timeline) -> None:
    timeline.show_marks((mark_at(500, "learning rate 1 → 3"),))
    timeline.grab()
    slider, start = timeline.slider, place(timeline, 500).toPoint()
    wanted: list[int] = []
    timeline.epoch_wanted.connect(wanted.append)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(slider, start + QPoint(2, 0))
    assert not wanted
    qtbot.mouseMove(slider, place(timeline, 300).toPoint())
    assert [round(epoch, -1) for epoch in wanted] == [300]
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton)


def test_what_the_pointer_is_on_is_said_in_full(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, widget: said.append(text))
    timeline.show_marks((mark_at(500, "learning rate 1 → 3"),))
    for epoch in (500, 300, 900):
        at = place(timeline, epoch).toPoint()
        QApplication.sendEvent(timeline.slider, QHelpEvent(QEvent.Type.ToolTip, at, QPoint()))
    assert said[0] == "learning rate 1 → 3, a sentence."
    assert said[1].startswith("Epoch ")
    assert said[2] == ""  # is not trained yet


def test_the_names_never_stand_upon_each_other_and_the_most_important_have_room(
    timeline: Timeline,
) -> None:
    marks = [mark_at(100 + 4 * i, f"a long name of a change {i}") for i in range(60)]
    own = mark_at(140, "mine", kind=None)
    broken = mark_at(700, "not a number at 700", MarkKind.LOSS_BROKE)
    timeline.show_marks((*marks, own, broken))
    timeline.grab()
    names = timeline.slider.names
    assert {own, broken} <= {name.mark for name in names}
    spans = sorted((name.left, name.left + name.width) for name in names)
    assert all(end < start for (_, end), (start, _) in pairwise(spans))
    assert spans[0][0] >= 0
    assert spans[-1][1] <= timeline.slider.width()


def test_of_two_marks_at_one_place_the_one_that_is_named_is_seen(timeline: Timeline) -> None:
    of_a = mark_at(300, "A: branched at 300", MarkKind.BRANCH)
    of_b = replace(of_a, side=1, name="B: branched at 300")
    for marks, ink in (((of_a, of_b), LIGHT.text), ((of_b, of_a), LIGHT.second_run)):
        timeline.show_marks(marks)
        timeline.grab()
        assert [name.mark for name in timeline.slider.names] == [marks[0]]
        above = place(timeline, 300) - QPointF(0.0, 5.0)
        inks = {c.name().upper() for c in pixels(timeline.slider, [above, above - QPointF(1, 0)])}
        assert ink in inks


def test_of_three_marks_at_one_place_the_one_that_is_named_is_seen(timeline: Timeline) -> None:
    edit, right = (
        mark_at(300, f"A: {kind.name}", kind) for kind in (MarkKind.EDIT, MarkKind.ALL_RIGHT)
    )
    rise = replace(mark_at(300, "B: rise", MarkKind.RISE), side=1)
    timeline.show_marks((edit, rise, right))
    timeline.grab()
    (name,) = timeline.slider.names
    above = place(timeline, 300) - QPointF(0.0, 5.0)
    inks = {c.name().upper() for c in pixels(timeline.slider, [above, above - QPointF(1, 0)])}
    assert (LIGHT.second_run if name.mark.side == 1 else LIGHT.text) in inks


def test_both_places_are_seen_while_the_past_is_looked_at(timeline: Timeline) -> None:
    def colours() -> list[str]:
        epochs = (100, 600, 900)
        return [c.name() for c in pixels(timeline.slider, [place(timeline, e) for e in epochs])]

    ink, passed, ahead = (QColor(c).name() for c in (LIGHT.accent, LIGHT.ghost, LIGHT.line))
    assert colours() == [ink, ink, ahead]
    timeline.look_at(Position(300))
    assert colours() == [ink, passed, ahead]
    handle, live = pixels(timeline.slider, [place(timeline, 300), place(timeline, 800)])
    assert (handle.name(), live.name()) == (QColor(LIGHT.panel).name(), ink)


def test_how_far_a_state_is_computed_is_seen_below_the_handle(
    timeline: Timeline, frame: Frame
) -> None:
    timeline.look_at(Position(300))
    before = timeline.grab().toImage()
    update = Update((frame,), is_playing=False, share_found=0.5)
    timeline.show_update(update)
    half = timeline.grab().toImage()
    timeline.show_update(replace(update, share_found=1.0))
    assert before != half != timeline.grab().toImage()


def test_it_is_painted_only_when_something_has_moved(
    qtbot: QtBot, timeline: Timeline, frame: Frame
) -> None:
    far = replace(frame, epoch=1_000_000, live=Position(1_000_000, 0))
    timeline.show_update(Update((far,), is_playing=True))
    QApplication.processEvents()
    paints = Paints(timeline.slider)
    for epoch in range(1_000_001, 1_000_100):  # a thousandth of a pixel each
        later = replace(frame, epoch=epoch, live=Position(epoch, 0))
        timeline.show_update(Update((later,), is_playing=True))
        QApplication.processEvents()
    assert paints.count <= 2


def test_where_it_is_low_the_names_have_no_room_and_the_ticks_stay(timeline: Timeline) -> None:
    mark = mark_at(500, "learning rate 1 → 3")
    timeline.show_marks((mark,))
    timeline.be_low(True)
    timeline.resize(1000, LOW_TIMELINE)
    timeline.grab()
    assert timeline.slider.words_at(QPointF(timeline.slider.axis.x(500) + 40, 2)) != mark.sentence
    assert timeline.slider.words_at(QPointF(timeline.slider.axis.x(500), 11)) == mark.sentence


def test_a_mark_gets_another_name_in_a_field_upon_it(qtbot: QtBot, timeline: Timeline) -> None:
    mark = mark_at(500, "mark 1", kind=None)
    timeline.show_marks((mark,))
    timeline.ask_name(mark)
    field = timeline.name_input
    assert field.isVisible()
    assert field.text() == "mark 1"
    assert field.geometry().left() <= timeline.slider.axis.x(500) <= field.geometry().right()
    with qtbot.waitSignal(timeline.mark_named) as signal:
        field.setText("it folds")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert signal.args == [mark, "it folds"]
    assert not field.isVisible()
    timeline.ask_name(mark)
    with qtbot.assertNotEmitted(timeline.mark_named):
        field.setText("other")
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()
