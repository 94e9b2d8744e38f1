"""Runs that were left: they come back at once, within a budget, with all that belongs to them."""

from dataclasses import replace

import pytest
from frames import differing_fields
from past_runs import frame_at, record_of

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.kept_runs import KeptRuns
from mlpviz.experiment.run.orders import (
    Branch,
    BranchOf,
    ChangeRecipes,
    Edit,
    Kept,
    Reset,
    Restore,
    RunEpoch,
)
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.trainer import Trainer
from mlpviz.experiment.run.ways import outcome

FREE = Recipe(epochs=0, dataset="moons", train_share=0.8, optimizer="adam", learning_rate=0.05)
SLOWER = replace(FREE, learning_rate=0.01)


def trainer_of(*recipes: Recipe, epochs: int = 0) -> Trainer:
    trainer = Trainer(None)
    trainer.obey(ChangeRecipes(recipes))
    train(trainer, epochs)
    return trainer


def train(trainer: Trainer, epochs: int) -> tuple[Frame, ...]:
    for _ in range(epochs):
        trainer.obey(RunEpoch())
        trainer.burst(0.0)
    trainer.capture()
    return trainer.frames


def kept(frame: Frame) -> Kept:
    """Return what a window remembers of a run."""
    run = Run(frame.start_recipe)
    record = replace(record_of(run), changes=frame.changes, epoch=frame.epoch)
    return Kept(replace(record, branches=frame.branches), frame.run_number, frame.ghost)


def test_a_branch_and_its_undoing_and_that_undone_are_to_the_byte() -> None:
    trainer = trainer_of(FREE, epochs=70)
    trainer.obey(Edit(trainer.frames[0].run_number, ((1, 0.5),)))
    (old,) = train(trainer, 30)
    trainer.obey(Branch((BranchOf(old.run_number, Position(40), SLOWER),)))
    (branch,) = train(trainer, 0)
    assert (branch.epoch, branch.recipe, branch.branched_at) == (40, SLOWER, Position(40, 0))
    (later,) = train(trainer, 25)
    trainer.obey(Restore((kept(old),), (old.recipe,)))
    (back,) = train(trainer, 0)
    assert not differing_fields(back, old)
    trainer.obey(Restore((kept(later),), (later.recipe,)))
    (again,) = train(trainer, 0)
    assert not differing_fields(again, later)
    straight = Run(FREE)
    straight.advance(40)
    straight.change(SLOWER)
    straight.advance(25)
    assert set(differing_fields(again, capture(straight))) == {"run_number", "branches"}


def test_both_runs_of_a_comparison_branch_at_one_epoch_and_stay_in_step() -> None:
    trainer = trainer_of(FREE, SLOWER, epochs=50)
    a, b = trainer.frames
    other = replace(SLOWER, batch_size=10)
    trainer.obey(
        Branch((BranchOf(a.run_number, Position(20)), BranchOf(b.run_number, Position(20), other)))
    )
    train(trainer, 30)
    first, second = trainer.frames
    assert (first.epoch, second.epoch) == (50, 50)
    assert first.parameters.tobytes() == a.parameters.tobytes()
    assert second.recipe == other
    assert second.parameters.tobytes() != b.parameters.tobytes()


def test_the_old_future_is_replayed_with_its_changes_in_step_with_another() -> None:
    trainer = trainer_of(FREE, epochs=30)
    trainer.obey(ChangeRecipes((SLOWER,)))
    train(trainer, 20)
    trainer.obey(Edit(trainer.frames[0].run_number, ((1, 0.5),)))
    (old,) = train(trainer, 30)
    here = BranchOf(old.run_number, Position(10), repeats=True)
    other = BranchOf(old.run_number, Position(10), replace(FREE, hidden_activation="tanh"))
    trainer.obey(Branch((here, other)))
    first, second = train(trainer, 0)
    assert (first.epoch, second.epoch) == (10, 10)
    first, second = train(trainer, 70)
    assert first.parameters.tobytes() == old.parameters.tobytes()
    assert first.changes == old.changes
    assert second.recipe.hidden_activation == "tanh"
    trainer.obey(Reset())
    first, second = train(trainer, 70)
    assert first.parameters.tobytes() == old.parameters.tobytes()


def test_a_branch_is_compared_with_the_old_future_from_where_it_left_it() -> None:
    trainer = trainer_of(FREE, epochs=30)
    trainer.obey(ChangeRecipes((SLOWER,)))
    (old,) = train(trainer, 30)
    trainer.obey(Branch((BranchOf(old.run_number, Position(10), replace(FREE, batch_size=9)),)))
    train(trainer, 20)
    trainer.obey(ChangeRecipes((replace(FREE, batch_size=20),)))
    (branch,) = train(trainer, 30)
    number, at = branch.run_number, branch.branched_at
    assert at is not None
    trainer.obey(
        Branch(
            (
                BranchOf(number, at, repeats=True, is_old_future=True),
                BranchOf(number, Position(at.epoch), repeats=True),
            )
        )
    )
    first, second = train(trainer, 0)
    assert (first.epoch, second.epoch) == (10, 10)
    first, second = train(trainer, 50)
    assert first.parameters.tobytes() == old.parameters.tobytes()
    assert second.parameters.tobytes() == branch.parameters.tobytes()


def test_a_branch_is_reset_to_where_it_began() -> None:
    trainer = trainer_of(FREE, epochs=60)
    (old,) = trainer.frames
    trainer.obey(Branch((BranchOf(old.run_number, Position(40), edits=((3, 0.25),)),)))
    (begun,) = train(trainer, 0)
    (later,) = train(trainer, 9)
    trainer.obey(Reset())
    (again,) = train(trainer, 0)
    assert (again.epoch, again.parameters[3]) == (40, 0.25)
    assert again.parameters.tobytes() == begun.parameters.tobytes()
    assert again.run_number != later.run_number
    assert again.ghost is not None
    assert again.ghost.low.tobytes() == later.curve.low.tobytes()


def test_a_branch_of_a_run_that_has_gone_is_not_begun() -> None:
    trainer = trainer_of(FREE, epochs=10)
    number = trainer.frames[0].run_number
    trainer.obey(ChangeRecipes((replace(FREE, weight_seed=1),)))
    trainer.obey(Branch((BranchOf(number, Position(4)),)))
    (frame,) = train(trainer, 0)
    assert (frame.epoch, frame.recipe.weight_seed) == (0, 1)


def trained(epochs: int, seed: int) -> Run:
    run = Run(replace(FREE, hidden=(16, 16), weight_seed=seed))
    run.advance(epochs)
    return run


@pytest.mark.slow
def test_the_oldest_runs_lose_checkpoints_and_then_go() -> None:
    sizes = [trained(1000, seed) for seed in range(6)]
    for run in sizes:
        run.rest()
    left, budget = [trained(1000, seed) for seed in range(6)], 5 * sizes[0].nbytes // 2
    runs = KeptRuns(budget)
    for run in left:
        runs.change_over([run], [])
        assert runs.nbytes <= budget
    still_there = [run.number for run in left if is_kept(runs, run)]
    assert still_there == [run.number for run in left[-len(still_there) :]]
    assert 2 <= len(still_there) < 6
    oldest = next(run for run in left if run.number == still_there[0])
    assert oldest.history.checkpoint_stride > left[-1].history.checkpoint_stride == 64
    expected = trained(1000, left.index(oldest))
    for epoch in (0, 63, 500, 999):
        pair = (frame_at(oldest, Position(epoch)), frame_at(expected, Position(epoch)))
        assert pair[0].parameters.tobytes() == pair[1].parameters.tobytes()
    assert not set(differing_fields(capture(oldest), capture(expected))) - {"run_number"}


def is_kept(runs: KeptRuns, run: Run) -> bool:
    """Tell whether a run comes back as it is, and is not made again."""
    found = outcome(runs.bring_back([Kept(record_of(run), run.number)], [], lambda: None))
    return found == [run]


def test_the_run_that_a_branch_left_is_kept_with_it() -> None:
    run = trained(500, 0)
    branch = run.branch(Position(300))
    runs = KeptRuns(1)
    runs.change_over([run], [branch])
    assert is_kept(runs, run)
    expected = trained(500, 0).training_at(199).state()
    assert branch.training_at(199).state().tobytes() == expected.tobytes()
    runs.change_over([branch], [])
    assert runs.nbytes == 0


@pytest.mark.parametrize("epochs", [0, 7])
def test_what_has_gone_is_made_again_from_its_record(epochs: int) -> None:
    run = trained(100, 0)
    branch = run.branch(Position(64), replace(run.recipe, hidden_activation="tanh"))
    branch.advance(epochs)
    wanted = Kept(record_of(branch), branch.number)
    shares: list[float] = []
    (found,) = outcome(KeptRuns().bring_back([wanted], [], lambda: None), shares.append)
    assert not differing_fields(capture(found), capture(branch))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_runs_made_again_with_their_branch_count_and_lose_checkpoints_as_others() -> None:
    run = trained(1500, 0)
    branch = run.branch(Position(900), replace(run.recipe, learning_rate=0.5))
    branch.advance(300)
    runs, wanted = KeptRuns(1), Kept(record_of(branch), branch.number)
    (again,) = outcome(runs.bring_back([wanted], [], lambda: None))
    assert again.stem is not None
    parent = again.stem.parent
    runs.change_over([], [again])
    assert runs.nbytes == parent.history.nbytes + parent.training_at(0).state().nbytes
    assert parent.history.checkpoint_stride >= 900
    pair = (frame_at(again, Position(700)), frame_at(branch, Position(700)))
    assert pair[0].parameters.tobytes() == pair[1].parameters.tobytes()


@pytest.mark.parametrize("rate", [FREE.learning_rate, 0.5])
def test_a_branch_that_was_made_again_is_reset_to_what_was_set_by_hand(rate: float) -> None:
    run = trained(100, 0)
    branch = run.branch(Position(64), replace(run.recipe, learning_rate=rate), ((3, 1.5),))
    branch.advance(10)
    wanted = Kept(record_of(branch), branch.number)
    (found,) = outcome(KeptRuns().bring_back([wanted], [], lambda: None))
    assert not differing_fields(capture(found), capture(branch))
    again = outcome(found.from_stem(found.recipe))
    assert (again.live.epoch, again.training.network.parameters[3]) == (64, 1.5)
    assert again.changes == outcome(branch.from_stem(branch.recipe)).changes
