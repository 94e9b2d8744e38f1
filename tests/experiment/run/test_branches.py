"""Branches of runs: from any position another future, which begins as the old one, to the byte."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from frames import differing_fields
from past_runs import frame_at, record_of, run_from

from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.kept_runs import KeptRuns
from mlpviz.experiment.run.orders import BranchOf, Kept
from mlpviz.experiment.run.record import Position, Record
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.ways import outcome

KINDS: dict[str, dict[str, Any]] = {
    "all at once": {"dataset": "moons"},
    "mini-batches": {"dataset": "moons", "batch_size": 30},
    "a test set": {"dataset": "moons", "train_share": 0.7},
    "both": {"dataset": "moons", "train_share": 0.7, "batch_size": 30},
}
# All that is of no state, and says which run it is.
OF_THE_RUN = {"run_number", "branches"}


def change_something(run: Run) -> None:
    """Change a run in all ways there are, over 600 epochs."""
    rate = run.recipe.learning_rate
    run.edit(((0, 0.3),))
    run.advance(100)
    run.change(replace(run.recipe, learning_rate=rate / 2.0))
    run.advance(150)
    run.change(replace(run.recipe, frozen=(0, 2)))
    run.edit(((0, 2.5), (1, -1.0)))
    run.edit(((0, 0.7),))
    run.advance(160)
    run.change(replace(run.recipe, batch_size=25, frozen=()))
    run.advance(100)
    run.change(replace(run.recipe, learning_rate=rate / 4.0))
    run.advance(90)


def straight(run: Run, position: Position) -> Run:
    """Train a run that goes where another one went, and no further."""
    again = Run(run.start_recipe)
    for change in run.changes[: position.changes]:
        again.advance(change.epoch - again.training.epoch)
        again.repeat(change)
    again.advance(position.epoch - again.training.epoch)
    return again


def assert_alike(branch: Run, other: Run) -> None:
    """See that two runs stand alike and have the same past, to the byte."""
    assert set(differing_fields(capture(branch), capture(other))) <= OF_THE_RUN
    assert branch.training.state().tobytes() == other.training.state().tobytes()


def positions(run: Run, seed: int, count: int) -> list[Position]:
    """Draw some positions, and take some at which something was changed."""
    drawn = np.random.default_rng(seed).integers(0, run.history.epoch + 1, count).tolist()
    found = [run.checked(Position(epoch)) for epoch in drawn]
    return [*found, Position(250, 4), run.live]


# Each optimizer with half of the kinds and each kind with half of the optimizers; all with --slow.
PAIRS = [
    pytest.param(optimizer, kind, marks=[pytest.mark.slow] if (i + j) % 2 else [])
    for i, optimizer in enumerate(OPTIMIZERS)
    for j, kind in enumerate(KINDS)
]


@pytest.mark.thorough
@pytest.mark.parametrize(("optimizer", "kind"), PAIRS)
def test_a_branch_with_the_same_choices_is_the_old_future_to_the_byte(
    optimizer: str, kind: str
) -> None:
    run = Run(Recipe(optimizer=optimizer, learning_rate=0.05, hidden=(3,), **KINDS[kind]))
    change_something(run)
    before = capture(run)
    for position in positions(run, 1, 1):
        branch, other = run.branch(position), straight(run, position)
        assert branch.branched_at == position
        assert_alike(branch, other)
        for each in (branch, other):
            each.advance(90)
        assert_alike(branch, other)
    assert not differing_fields(capture(run), before)


@pytest.mark.slow
def test_a_branch_of_a_run_of_many_epochs_has_the_losses_that_there_were_then() -> None:
    run = Run(Recipe(train_share=0.7, dataset="moons", learning_rate=3.0, hidden=(2,)))
    run.advance(9_000)
    for epoch in (0, 1, 2047, 2048, 2049, 4095, 4097, 6000, 8999):
        branch, other = run.branch(Position(epoch)), straight(run, Position(epoch, 0))
        assert_alike(branch, other)
        for each in (branch, other):
            each.advance(1_100)
        assert_alike(branch, other)


def test_at_a_branch_another_rate_is_what_it_is_in_a_run_that_went_no_further() -> None:
    run = Run(Recipe(optimizer="adam", learning_rate=0.05, dataset="moons", train_share=0.8))
    change_something(run)
    for position in (Position(0, 1), Position(250, 3), Position(333, 5)):
        other = straight(run, position)
        chosen = replace(other.recipe, learning_rate=0.01)
        branch = run.branch(position, chosen, ((3, 0.25),))
        other.change(chosen)
        other.edit(((3, 0.25),))
        for each in (branch, other):
            each.advance(120)
        assert_alike(branch, other)


REBUILT: dict[str, dict[str, Any]] = {
    "activation": {"hidden_activation": "tanh"},
    "output": {"output_activation": "tanh", "numerics": "textbook"},
    "optimizer": {"optimizer": "adam", "learning_rate": 0.02},
    "batch order": {"batch_seed": 4, "batch_size": 20},
    "penalty": {"regularization": "l2", "regularization_rate": 0.01, "frozen": (1,)},
}


@pytest.mark.parametrize("choices", REBUILT.values(), ids=REBUILT)
def test_at_a_branch_all_may_change_that_leaves_data_loss_and_shapes(
    choices: dict[str, Any],
) -> None:
    run = Run(Recipe(optimizer="momentum", learning_rate=0.1, dataset="moons", train_share=0.7))
    run.advance(130)
    position, chosen = Position(70, 0), replace(run.recipe, **choices)
    there = run.training_at(*position)
    branch = run.branch(position, chosen, ((2, 0.5),))
    state = there.network.parameters.copy()
    state[2] = 0.5
    assert branch.training.network.parameters.tobytes() == state.tobytes()
    memory = branch.training.state()[len(state) :]
    assert memory.any() == (chosen.optimizer == "momentum")
    assert branch.recipe == chosen
    seen = {branch.live: capture(branch)}
    for _ in range(4):
        branch.advance(37)
        branch.change(replace(branch.recipe, learning_rate=branch.recipe.learning_rate * 0.9))
        seen[branch.live] = capture(branch)
    for place, frame in seen.items():
        again = frame_at(branch, place)
        assert again.parameters.tobytes() == frame.parameters.tobytes()
        assert again.recipe.learning_rate == frame.recipe.learning_rate
        assert again.loss.hex() == frame.loss.hex()
        assert again.predictions.tobytes() == frame.predictions.tobytes()
        assert again.test is not None
        assert frame.test is not None
        assert again.test.loss.hex() == frame.test.loss.hex()
    for place in (Position(0, 0), Position(64, 0), position):
        past = (frame_at(branch, place), frame_at(run, place))
        assert past[0].parameters.tobytes() == past[1].parameters.tobytes()
        assert replace(past[0].recipe, epochs=0) == replace(past[1].recipe, epochs=0)
    made_again = run_from(Record.from_json(record_of(branch).to_json()))
    assert not set(differing_fields(capture(made_again), capture(branch))) - {"run_number"}
    back = outcome(branch.from_stem(branch.recipe))
    assert back.training.network.parameters.tobytes() == state.tobytes()
    assert (back.live.epoch, back.branched_at) == (70, position)


@pytest.mark.parametrize("name", ["hidden", "loss", "dataset", "weight_seed"])
def test_a_branch_with_other_shapes_data_or_loss_is_refused(name: str) -> None:
    other = {
        "hidden": (3,),
        "loss": "mean_squared_error",
        "dataset": "linear",
        "weight_seed": 1,
    }[name]
    run = Run(Recipe())
    run.advance(3)
    with pytest.raises(ValueError, match="A branch must keep the data, the loss and all layers"):
        run.branch(Position(2), replace(run.recipe, **{name: other}))


def test_branches_of_branches_are_made_again_from_their_record() -> None:
    run = Run(Recipe(learning_rate=0.5, dataset="moons"))
    change_something(run)
    first = run.branch(Position(250, 3), replace(run.recipe_at(Position(250, 3)), optimizer="adam"))
    first.advance(80)
    second = first.branch(Position(300))
    second.change(replace(second.recipe, learning_rate=0.01))
    second.advance(20)
    third = second.branch(Position(310), replace(second.recipe, hidden_activation="tanh"))
    third.advance(77)
    assert third.branches == (Position(250, 3), Position(300, 4), Position(310, 5))
    record = record_of(third)
    assert record.to_dict()["branches"] == [[250, 3], [300, 4], [310, 5]]
    again = run_from(Record.from_dict(record.to_dict()))
    assert_alike(again, third)
    for epoch in (0, 100, 249, 250, 299, 300, 305, 310, 320):
        pair = (frame_at(again, Position(epoch)), frame_at(third, Position(epoch)))
        assert set(differing_fields(*pair)) <= OF_THE_RUN


def test_a_branch_from_before_the_branch_is_one_of_the_run_before() -> None:
    run = Run(Recipe())
    run.advance(50)
    branch = run.branch(Position(30))
    branch.advance(30)
    assert branch.branch(Position(30, 0)).branches == (Position(30, 0),)
    assert branch.branch(Position(12)).branches == (Position(12, 0),)


def test_a_branch_that_is_reset_begins_with_the_last_value_of_a_weight_that_was_dragged() -> None:
    run = Run(Recipe())
    run.advance(50)
    branch = run.branch(Position(30), edits=((2, 0.1),))
    for value in (0.4, 0.9):
        branch.edit(((2, value),))
    branch.edit(((3, 5.0),))  # another weight is no part of how it began
    branch.advance(20)
    branch.edit(((2, 7.0),))
    again = outcome(branch.from_stem(branch.recipe))
    began = run.branch(Position(30), edits=((2, 0.9),))
    assert again.training.epoch == 30
    assert again.training.state().tobytes() == began.training.state().tobytes()


def test_a_run_that_has_rested_goes_on_as_if_it_had_not() -> None:
    for choices in KINDS.values():
        run = Run(Recipe(optimizer="adam", learning_rate=0.05, **choices))
        change_something(run)
        other = straight(run, run.live)
        run.rest()
        assert run.history.nbytes < other.history.nbytes / 20
        assert (
            frame_at(run, Position(99)).parameters.tobytes()
            == frame_at(other, Position(99)).parameters.tobytes()
        )
        run.rest()
        for each in (run, other):
            each.advance(200)
        assert_alike(run, other)


EPOCHS = 100_000
DONE: tuple[
    tuple[int, Any], ...
] = (  # at which epochs, and what: two rates, a batch size, a freezing, three edits
    *((10_007, {"learning_rate": 0.02}), (31_000, {"batch_size": 25}), (31_000, ((0, 0.5),))),
    *((47_111, {"frozen": (3,)}), (60_000, ((3, -0.25),)), (60_000, ((4, 0.125), (0, 1.0)))),
    (88_888, {"learning_rate": 0.005}),
)


def do_at(run: Run, number: int) -> None:
    """Train on to the next of what is to be done, and do it."""
    epoch, what = DONE[number]
    run.advance(epoch - run.training.epoch)
    if isinstance(what, dict):
        run.change(replace(run.recipe, **what))
    else:
        run.edit(what)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_branch_at_any_of_100_000_epochs_and_its_undoing_are_to_the_byte(
    optimizer: str, kind: str
) -> None:
    recipe = Recipe(optimizer=optimizer, learning_rate=0.05, hidden=(3,), **KINDS[kind])
    run, other = Run(recipe), Run(recipe)
    for number in range(len(DONE)):
        do_at(run, number)
    run.advance(EPOCHS - run.training.epoch)
    before = capture(run)
    epochs = np.random.default_rng(7).integers(0, EPOCHS - 100, 20)
    kept, number = KeptRuns(), 0
    for epoch in sorted({*epochs.tolist(), 31_000, 60_000}):
        while number < len(DONE) and DONE[number][0] <= epoch:
            do_at(other, number)
            number += 1
        other.advance(epoch - other.training.epoch)
        branch = run.branch(Position(epoch))
        kept.change_over([run], [branch])
        assert_alike(branch, other)
        branch.advance(70)
        ahead = other.branch(other.live)
        ahead.advance(70)
        assert branch.training.state().tobytes() == ahead.training.state().tobytes()
        back = outcome(kept.bring_back([Kept(record_of(run), run.number)], [], lambda: None))
        kept.change_over([branch], back)
        assert back == [run]
        assert not differing_fields(capture(run), before)
    assert kept.nbytes < 64_000_000


def test_a_run_that_is_changed_as_another_was_keeps_its_own_limit() -> None:
    run = Run(Recipe(epochs=100))
    run.advance(100)
    run.change(replace(run.recipe, learning_rate=0.5))
    run.change(replace(run.recipe, epochs=200))
    order = BranchOf(run.number, Position(50), replace(run.recipe, learning_rate=1.0), repeats=True)
    branch = outcome(run.branching_as(order))
    branch.advance(60)
    assert (branch.recipe.learning_rate, branch.recipe.epochs) == (0.5, 200)
