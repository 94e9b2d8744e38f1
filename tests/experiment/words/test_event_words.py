"""What happened to a run, as it is named on its curve."""

import math
from dataclasses import replace
from typing import Any

import pytest
from frames import curve_of, make_frame

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.history import Rise
from mlpviz.experiment.run.looks import Finding
from mlpviz.experiment.run.marks import MarkKind
from mlpviz.experiment.run.record import Change, Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.words.event_words import curve_events, of_run

BASE = make_frame(Recipe())


def labels(frame: Frame) -> list[str]:
    return [event.label for event in curve_events(frame)]


def changed(*changes: Change, start: Recipe | None = None) -> Frame:
    recipe = start or Recipe()
    return replace(BASE, start_recipe=recipe, changes=changes, recipe=recipe)


def live(epoch: int, edits: tuple[tuple[int, float], ...] = (), **values: Any) -> Change:
    return Change(epoch, replace(Recipe(), **values), edits)


def test_a_calm_run_has_nothing_to_tell() -> None:
    assert labels(BASE) == []


def test_a_change_is_named_with_its_value_before_and_after() -> None:
    frame = changed(live(500, learning_rate=0.1), live(2000, learning_rate=3.0))
    assert labels(frame) == ["learning rate 0.1 → 3", "learning rate 1 → 0.1"]
    latest = curve_events(frame)[0]
    assert (latest.kind, latest.epoch) == (MarkKind.CHANGE, 2000)
    assert latest.sentence == "Changed at epoch 2\u2009000: learning rate 0.1 → 3."


def test_changes_at_one_epoch_are_one_and_what_was_taken_back_is_none() -> None:
    turned = [live(40, learning_rate=rate) for rate in (0.9, 0.8, 0.5)]
    assert labels(changed(*turned)) == ["learning rate 1 → 0.5"]
    assert labels(changed(*turned, live(40))) == []
    both = live(40, learning_rate=0.5, batch_size=8)
    assert labels(changed(both)) == ["learning rate 1 → 0.5, batch size all → 8"]
    assert labels(changed(live(40, epochs=20))) == []  # where it pauses is no matter of the curve


def test_what_is_done_to_weights_is_named_by_the_weight() -> None:
    frame = changed(live(7, ((0, 0.5),)))
    assert labels(frame) == ["x₁ → h₁,₁ = 0.50"]
    assert curve_events(frame)[0].kind is MarkKind.EDIT
    assert labels(changed(live(7, ((0, 0.5),)), live(7, ((1, 2.0),)))) == ["2 weights set by hand"]
    assert labels(changed(live(7, ((0, 0.5),)), live(7, ((0, 0.6),)))) == ["x₁ → h₁,₁ = 0.60"]
    frozen = changed(live(3, frozen=(8,)), live(9, frozen=(0, 1, 8)), live(12))
    assert labels(frozen) == ["3 weights no longer frozen", "2 weights frozen", "bias h₁,₁ frozen"]


def test_the_largest_rise_is_told_in_per_cent_or_as_a_factor() -> None:
    def of(before: float, after: float) -> Frame:
        return replace(BASE, curve=curve_of(0.7, 0.7, rise=Rise(1234, before, after)))

    assert labels(of(0.2, 0.59)) == ["largest rise +195\u2009% at 1\u2009234"]
    assert labels(of(1e-3, 1.2)) == ["largest rise ×\u20091200 at 1\u2009234"]
    assert labels(of(1e-300, 1e300)) == ["largest rise ×\u2009∞ at 1\u2009234"]
    event = curve_events(of(0.2, 0.59))[0]
    assert event.loss == 0.59
    assert "from 0.2000 to 0.5900, +195\u2009%" in event.sentence


@pytest.mark.parametrize(
    ("loss", "label"), [(math.nan, "not a number at 2"), (math.inf, "infinite at 2")]
)
def test_the_first_loss_that_breaks_comes_before_all_others(loss: float, label: str) -> None:
    curve = curve_of(1.0, 2.0, loss, rise=Rise(1, 1.0, 2.0))
    frame = replace(changed(live(1, learning_rate=2.0)), curve=curve)
    assert [event.kind for event in curve_events(frame)] == [
        MarkKind.LOSS_BROKE,
        MarkKind.CHANGE,
        MarkKind.RISE,
    ]
    assert labels(frame)[0] == label


def finding(epoch: int, is_all_right: bool) -> Finding:
    return Finding(Position(epoch, 0), is_all_right, None)


def test_all_right_is_told_from_the_epoch_since_which_it_is() -> None:
    found = (finding(0, False), finding(10, True), finding(20, False), finding(938, True))
    event = curve_events(replace(BASE, findings=found))[0]
    assert (event.epoch, event.label) == (938, "all right at 938")
    assert event.sentence == (
        "All 21 samples have been right since epoch 938. Only one epoch in 10 is looked at "
        "there: between them it may be otherwise."
    )
    assert labels(replace(BASE, findings=(*found, finding(950, False)))) == []


def test_of_numbers_it_is_told_since_when_they_are_well_fitted() -> None:
    frame = make_frame(revised(Recipe(), dataset="plane"), findings=(finding(30, True),))
    assert labels(frame) == ["R² above 0.95 at 30"]


def test_a_real_run_tells_what_happened_to_it() -> None:
    run = Run(Recipe(dataset="linear", learning_rate=0.5))
    run.advance(100)
    run.change(replace(run.recipe, learning_rate=5.0))
    run.advance(900)
    frame = capture(run)
    assert "learning rate 0.5 → 5" in labels(frame)
    assert f"all right at {frame.findings[-1].position.epoch}" in labels(frame)


def test_a_branch_is_named_by_its_epoch() -> None:
    run = Run(Recipe())
    run.advance(1500)
    event, *_ = curve_events(capture(run.branch(Position(1200))))
    assert (event.kind, event.epoch, event.label) == (
        MarkKind.BRANCH,
        1200,
        "branched at 1\u2009200",
    )
    assert event.sentence == "Up to epoch 1\u2009200 this is the run from which it branched."


def test_in_a_comparison_an_event_is_said_to_be_of_its_run() -> None:
    event = of_run("B", curve_events(changed(live(5, learning_rate=2.0)))[0])
    assert event.label == "B: learning rate 1 → 2"
    assert event.sentence == "B: Changed at epoch 5: learning rate 1 → 2."
