"""A replay is planned while the trainer serves others, for the runs as they are."""

import time

import pytest

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.orders import (
    ChangeRecipes,
    Edit,
    Order,
    PlanReplay,
    Play,
    Reset,
    RunEpoch,
    ShowWanted,
)
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.trainer import Trainer
from mlpviz.experiment.run.want import Want

FRAMES = 30


def trained(*recipes: Recipe) -> Trainer:
    trainer = Trainer(None)
    trainer.obey(ChangeRecipes(recipes))
    trainer.obey(Play())
    while not trainer.is_at_limit:
        trainer.burst(time.perf_counter())
    return trainer


def finish(trainer: Trainer) -> None:
    while trainer.planner.is_busy:
        assert trainer.seconds_to_next_burst(time.perf_counter()) == 0.0
        trainer.burst(time.perf_counter())


def test_the_plan_is_made_in_slices_and_is_news_when_it_is_complete() -> None:
    trainer = trained(Recipe(epochs=300))
    trainer.capture()
    trainer.obey(PlanReplay(FRAMES))
    trainer.has_news = False
    finish(trainer)
    plan = trainer.planner.plan
    assert plan is not None
    assert len(plan) == FRAMES
    assert (plan[0], plan[-1]) == (0, 300)
    assert trainer.has_news


def test_a_moment_can_be_looked_at_meanwhile() -> None:
    trainer = trained(Recipe(epochs=300))
    trainer.obey(PlanReplay(FRAMES))
    trainer.obey(ShowWanted((Want(position=Position(20)),)))
    trainer.capture()
    finish(trainer)
    trainer.capture()
    assert trainer.frames[0].epoch == 20
    assert trainer.planner.plan is not None


def test_a_comparison_has_one_plan() -> None:
    trainer = trained(Recipe(epochs=200), Recipe(epochs=200, learning_rate=0.1))
    trainer.obey(PlanReplay(FRAMES))
    finish(trainer)
    assert trainer.planner.plan is not None


@pytest.mark.parametrize(
    "order",
    [RunEpoch(), Reset(), Play(), ChangeRecipes((Recipe(epochs=300, learning_rate=0.5),))],
)
@pytest.mark.parametrize("is_complete", [False, True])
def test_what_changes_the_runs_makes_the_plan_void(order: Order, is_complete: bool) -> None:
    trainer = trained(Recipe(epochs=300))
    trainer.obey(PlanReplay(FRAMES))
    if is_complete:
        finish(trainer)
    trainer.obey(order)
    assert trainer.planner.plan is None
    assert not trainer.planner.is_busy


def test_an_edit_makes_the_plan_void() -> None:
    trainer = trained(Recipe(epochs=300))
    trainer.capture()
    trainer.obey(PlanReplay(FRAMES))
    trainer.obey(Edit(trainer.frames[0].run_number, ((0, 1.0),)))
    assert not trainer.planner.is_busy
