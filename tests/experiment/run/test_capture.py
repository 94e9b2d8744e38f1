"""A frame of any position of a run is the one that was shown there; to take it changes nothing."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from frames import differing_fields
from past_runs import frame_at

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture, recapture
from mlpviz.experiment.run.diagnosis import Divergence
from mlpviz.experiment.run.frame import Frame, unit_surface
from mlpviz.experiment.run.gradients import gradient
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.history import BYTES_OF_LOSSES, History
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.symptoms import Symptom
from mlpviz.experiment.run.want import Want

BOX = Box(-2.0, -1.0, 3.0, 4.0)
OF_THE_RUN = ["curve", "changes", "test", "findings", "live", "weights_broke_at"]

RUNS: dict[str, dict[str, Any]] = {
    "plain": {},
    "adam and a test set": {"optimizer": "adam", "learning_rate": 0.05, "train_share": 0.7},
    "mini-batches": {"optimizer": "momentum", "batch_size": 4, "regularization": "l2"},
    "classes": {"dataset": "gaussians", "classes": 4, "output_activation": "softmax"},
    "oscillation": {"learning_rate": 30.0, "dataset": "linear"},
    "dead units": {"hidden_activation": "relu", "learning_rate": 30.0, "dataset": "linear"},
    "broken from the start": {"activations_off": True, "dataset": "linear"},
    "textbook": {"numerics": "textbook"},
}
LAST = 330
BROKEN_BIAS = ((-1, 1e6),)  # saturates the output, which textbook numerics does not survive
# What is done at an epoch: at the start, where a checkpoint lies, twice and more at one epoch.
DONE: list[tuple[int, Any]] = [
    (0, ((0, 0.5),)),
    (40, {"learning_rate": 0.5}),
    (64, {"frozen": (3, 7)}),
    (64, ((3, 2.5), (5, -1.0))),
    (64, ((3, 1.5),)),
    (100, BROKEN_BIAS),
    (100, ((-1, 0.25),)),
    (200, {"batch_size": 5}),
    (200, {"learning_rate": 2.0, "frozen": ()}),
    (300, BROKEN_BIAS),
]


# At which it is looked: around all of these, and where checkpoints lie.
LOOKED_AT = sorted({at + d for at, _ in DONE for d in (-1, 0, 1) if at + d >= 0} | {128, 250, LAST})


def lived(run: Run) -> dict[Position, Frame]:
    """Train a run, change it on the way, and return the frames of its positions as shown then."""
    seen = {}
    for epoch in LOOKED_AT:
        run.advance(epoch - run.training.epoch)
        seen[run.position] = capture(run)
        for what in (what for at, what in DONE if at == epoch):
            if isinstance(what, dict):
                run.change(replace(run.recipe, **what))
            else:
                count = len(run.training.network.parameters)
                run.edit(tuple((i % count, value) for i, value in what))
            seen[run.position] = capture(run)
    return seen


def with_few_checkpoints(run: Run) -> Run:
    """Give a run room for so few states that they are merged soon."""
    state, held_out = run.training.state(), run.held_out
    stores = 1 if held_out is None else 2
    test_loss = None if held_out is None else held_out.loss()
    budget = BYTES_OF_LOSSES * stores + 2 * state.nbytes
    run.history = History(state, run.training.loss, budget, test_loss)
    return run


@pytest.mark.thorough
@pytest.mark.parametrize("choices", RUNS.values(), ids=RUNS)
@pytest.mark.parametrize("is_merged", [False, True])
def test_a_frame_of_any_position_is_the_one_that_was_shown_there(
    choices: dict[str, Any], is_merged: bool
) -> None:
    run = with_few_checkpoints(Run(Recipe(**choices))) if is_merged else Run(Recipe(**choices))
    seen = lived(run)
    assert len(seen) == len(LOOKED_AT) + len(DONE)
    present = capture(run)
    for position, shown in seen.items():
        frame = frame_at(run, position)
        differing = differing_fields(frame, shown)
        assert set(differing) <= set(OF_THE_RUN), (position, differing)
        if frame.test is not None:
            assert set(differing_fields(frame.test, shown.test)) <= {"curve"}
        assert differing_fields(frame.curve, present.curve) == []
        assert (frame.changes, frame.findings) == (present.changes, present.findings)


def test_what_is_wrong_at_a_position_is_what_was_wrong_there() -> None:
    broken = Run(Recipe(**RUNS["textbook"]))
    lived(broken)
    kinds = [type(frame_at(broken, Position(100, n)).diagnosis) for n in (5, 6, 7)]
    assert kinds == [type(None), Divergence, type(None)]
    assert isinstance(frame_at(broken, Position(310)).diagnosis, Divergence)
    stuck = Run(Recipe(**RUNS["dead units"]))
    stuck.advance(200)
    assert frame_at(stuck, Position(0)).diagnosis is None
    assert isinstance(frame_at(stuck, Position(100)).diagnosis, Symptom)


def test_after_an_epoch_alone_means_after_all_its_changes() -> None:
    run = Run(Recipe())
    seen = lived(run)
    assert frame_at(run, Position(64)).position == Position(64, 5)
    assert differing_fields(frame_at(run, Position(64)), seen[Position(64, 4)]) != []
    assert frame_at(run, Position(65)).position == Position(65, 5)


def test_looking_back_changes_nothing_of_a_run() -> None:
    watched, alone = Run(Recipe(learning_rate=30.0)), Run(Recipe(learning_rate=30.0))
    for run in (watched, alone):
        run.advance(100)
        run.edit(((0, 2.0),))
        for part in (150, 7, 300):
            run.advance(part)
            if run is watched:
                frame_at(run, Position(run.training.epoch // 2))
    assert differing_fields(capture(watched), capture(alone)) == ["run_number"]


@pytest.mark.parametrize("position", [(-1, 0), (51, 0), (50, 1), (10, 0), (11, 0), (9, 1), (10, 2)])
def test_a_position_that_the_run_does_not_have_is_refused(position: tuple[int, int]) -> None:
    run = Run(Recipe())
    run.advance(10)
    run.edit(((0, 2.0),))
    run.advance(40)
    has_it = position in [(10, 0), (50, 1)]
    if has_it:
        assert frame_at(run, Position(*position)).position == position
        return
    with pytest.raises(ValueError, match="must be from"):
        frame_at(run, Position(*position))


def test_the_limit_of_epochs_is_the_present_one_whatever_it_was() -> None:
    run = Run(Recipe(epochs=100))
    run.advance(50)
    run.change(replace(run.recipe, learning_rate=0.5))
    run.change(replace(run.recipe, epochs=500))
    run.advance(50)
    assert frame_at(run, Position(20)).recipe == Recipe(epochs=500)
    assert frame_at(run, Position(70)).recipe == Recipe(epochs=500, learning_rate=0.5)


@pytest.mark.parametrize("position", [None, Position(50)])
def test_what_is_wanted_besides_is_of_the_state_that_is_shown(position: Position | None) -> None:
    run = Run(Recipe(dataset="linear"))
    run.advance(80)
    want = Want(box=BOX, unit=(1, 2), gradient=Place(1, 0, 1))
    frame = capture(run, want) if position is None else frame_at(run, position, want)
    plain = capture(run) if position is None else frame_at(run, position)
    assert plain.unit is plain.unit_surface is plain.gradient is None
    assert frame.surface_box == BOX
    assert frame.unit == (1, 2)
    assert frame.unit_surface is not None
    assert frame.gradient is not None
    assert np.array_equal(frame.unit_surface, unit_surface(frame, 1, 2))
    assert np.array_equal(frame.gradient, gradient(plain))
    assert not frame.unit_surface.flags.writeable
    assert not frame.gradient.flags.writeable
    again = recapture(plain, run, replace(want, position=position))
    assert differing_fields(again, frame) == []
    back = recapture(again, run, Want(position=position))
    assert differing_fields(back, plain) == []


def test_of_a_unit_that_the_network_does_not_have_nothing_is_shown() -> None:
    run = Run(Recipe())
    for unit in ((0, 0), (1, 4), (4, 0)):
        assert capture(run, Want(unit=unit)).unit is None
    assert capture(run, Want(unit=(3, 0))).unit == (3, 0)


def test_the_gradient_of_too_many_samples_is_not_followed() -> None:
    run = Run(Recipe(dataset="linear", samples=100_000, hidden=(8,)))
    assert capture(run, Want(gradient=Place(1, 0, 1))).gradient is None


def test_a_frame_that_is_taken_again_has_the_changes_that_leave_its_state() -> None:
    run = Run(Recipe(learning_rate=30.0, dataset="linear"))
    run.advance(300)
    frame = capture(run)
    assert frame.diagnosis is not None
    run.change(replace(run.recipe, learning_rate=0.1))
    assert differing_fields(recapture(frame, run), capture(run)) == ["findings"]
    run.edit(((0, 2.0),))
    assert recapture(frame, run).position == Position(300, 1)
