"""The marks of a run: where something happened, and where that is in the run."""

import math
from dataclasses import replace

import pytest
from frames import curve_of, make_frame
from past_runs import frame_at

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.history import Least, Rise
from mlpviz.experiment.run.marks import Mark, MarkKind, marks_of
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run

TESTED = Recipe(train_share=0.5, noise=0.3, learning_rate=3.0)


def kinds(frame: Frame) -> list[MarkKind]:
    return [mark.kind for mark in marks_of(frame)]


def of_kind(frame: Frame, kind: MarkKind) -> Mark:
    (mark,) = (mark for mark in marks_of(frame) if mark.kind is kind)
    return mark


def test_a_run_that_has_not_begun_has_no_marks() -> None:
    assert marks_of(make_frame(TESTED)) == ()


def test_what_was_changed_is_marked_with_the_positions_before_and_after() -> None:
    run = Run(Recipe())
    run.advance(7)
    run.change(replace(run.recipe, learning_rate=0.5))
    run.change(replace(run.recipe, learning_rate=0.2, frozen=(3,)))
    run.advance(5)
    run.edit(((0, 0.5),))
    run.advance(1)
    changes = [mark for mark in marks_of(capture(run)) if mark.before is not None]
    assert changes == [
        Mark(MarkKind.CHANGE, Position(7, 2), Position(7, 0)),
        Mark(MarkKind.EDIT, Position(12, 3), Position(12, 2)),
    ]
    before, after = (frame_at(run, place) for place in (Position(12, 2), Position(12, 3)))
    assert before.parameters[0] != after.parameters[0] == 0.5


def test_what_was_taken_back_at_its_epoch_has_no_mark() -> None:
    run = Run(Recipe())
    run.change(replace(run.recipe, learning_rate=0.5))
    run.change(replace(run.recipe, learning_rate=1.0, epochs=70))
    assert kinds(capture(run)) == []


def test_what_training_led_to_is_marked_before_what_was_then_changed_there() -> None:
    run = Run(Recipe())
    run.advance(3)
    run.change(replace(run.recipe, learning_rate=0.5))
    frame = replace(capture(run), curve=curve_of(1.0, 1.0, 1.0, 2.0, rise=Rise(3, 1.0, 2.0)))
    assert of_kind(frame, MarkKind.RISE) == Mark(MarkKind.RISE, Position(3, 0))


def test_a_branch_is_marked_where_it_left_before_what_was_changed_there() -> None:
    run = Run(Recipe())
    run.advance(20)
    branch = run.branch(Position(12), replace(run.recipe, learning_rate=0.5))
    assert marks_of(capture(branch)) == (
        Mark(MarkKind.BRANCH, Position(12, 0)),
        Mark(MarkKind.CHANGE, Position(12, 1), Position(12, 0)),
    )


def test_a_loss_that_breaks_is_marked_where_it_did() -> None:
    run = Run(Recipe(activations_off=True))
    while run.weights_broke_at is None or run.history.curve().first_nonfinite_epoch is None:
        run.advance(1)
    frame = capture(run)
    for kind, epoch in (
        (MarkKind.LOSS_BROKE, frame.curve.first_nonfinite_epoch),
        (MarkKind.WEIGHTS_BROKE, frame.weights_broke_at),
    ):
        assert of_kind(frame, kind).position == Position(epoch or 0, 0)


def test_a_loss_broken_by_hand_is_marked_after_that() -> None:
    run = Run(Recipe(loss="mean_squared_error", activations_off=True, learning_rate=1e-9))
    run.advance(4)
    count = len(run.training.network.parameters)
    run.edit(tuple((index, 1e200) for index in range(count)))
    for _ in range(2):  # pending, and then settled by the next epoch
        position = of_kind(capture(run), MarkKind.LOSS_BROKE).position
        assert position == Position(4, 1)
        assert not math.isfinite(frame_at(run, position).loss)
        run.advance(1)
    assert math.isfinite(frame_at(run, Position(4, 0)).loss)


def test_the_least_test_loss_is_exact_whatever_the_stride() -> None:
    run = Run(TESTED)
    losses = []
    held = run.held_out
    assert held is not None
    for _ in range(5000):
        run.advance(1)
        losses.append(held.loss())
    frame = capture(run)
    assert frame.test is not None
    assert frame.test.curve.stride > 1
    epoch = 1 + min(range(len(losses)), key=losses.__getitem__)
    assert frame.test.curve.least == Least(epoch, losses[epoch - 1])
    found = frame_at(run, of_kind(frame, MarkKind.LEAST_TEST_LOSS).position)
    assert found.test is not None
    assert found.test.loss == losses[epoch - 1]


@pytest.mark.parametrize("epochs", [0, 1])
def test_a_least_test_loss_set_by_hand_is_marked_after_that(epochs: int) -> None:
    recipe = Recipe(dataset="linear", train_share=0.5)
    run = Run(recipe)
    run.advance(500)
    best = run.training.network.parameters.copy()
    run = Run(replace(recipe, learning_rate=1e-9))
    run.advance(3)
    run.edit(tuple(enumerate(best.tolist())))
    run.change(replace(run.recipe, learning_rate=1e4))  # from there on it gets worse
    run.advance(epochs)
    frame = capture(run)
    assert frame.test is not None
    least = frame.test.curve.least
    assert least is not None
    assert (least.epoch, least.is_set_by_hand) == (3, True)
    marked = [m.position for m in marks_of(frame) if m.kind is MarkKind.LEAST_TEST_LOSS]
    assert marked == [Position(3, 2)] * epochs


def test_marks_stand_in_the_order_of_their_positions_also_as_seen_from_the_past() -> None:
    run = Run(TESTED)
    run.advance(40)
    run.change(replace(run.recipe, learning_rate=0.5))
    run.advance(1000)
    marks = marks_of(capture(run))
    assert [mark.position for mark in marks] == sorted(mark.position for mark in marks)
    assert len(marks) > 1
    assert marks_of(frame_at(run, Position(3))) == marks
