"""At which epochs the frames of a replay stand, so that the surface changes equally."""

from itertools import pairwise

import numpy as np
import pytest

from mlpviz.engine import Array
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.equal_change import (
    part_of_plan,
    plan_equal_change,
    surface_change,
)
from mlpviz.experiment.run.grids import data_box, surface_over
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run

NAN = np.nan


def trained(recipe: Recipe, epochs: int) -> Run:
    run = Run(recipe)
    run.advance(epochs)
    return run


def planned(frames: int, *runs: Run) -> tuple[int, ...]:
    planning = plan_equal_change(runs, frames)
    while True:
        try:
            next(planning)
        except StopIteration as end:
            plan: tuple[int, ...] = end.value
            return plan


def surface_at(run: Run, epoch: int) -> Array:
    training = run.training_at(epoch)
    recipe = run.recipe
    return surface_over(recipe, training.network.parameters, data_box(run.points), 5)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ([0.0, 0.0], [0.5, 1.0], 0.75),
        ([0.5, NAN], [0.5, NAN], 0.0),
        ([0.5, 0.5], [0.5, NAN], 0.5),
        ([NAN, 0.5], [0.5, 0.5], 0.5),
        ([0.0, 10.0], [0.0, 20.0], 0.25),
        ([-1e308, 1e308], [1e308, -1e308], 2.0),
    ],
)
def test_a_surface_changes_by_the_mean_of_what_its_colours_show(
    before: list[float], after: list[float], change: float
) -> None:
    assert surface_change(np.array(before), np.array(after)) == pytest.approx(change)


def test_from_frame_to_frame_the_surface_of_a_calm_run_changes_equally() -> None:
    run = trained(Recipe(learning_rate=0.1), 6000)
    plan = planned(40, run)
    assert len(plan) == 40
    assert (plan[0], plan[-1]) == (0, 6000)
    assert list(plan) == sorted(plan)
    surfaces = [surface_at(run, epoch) for epoch in plan]
    changes = [surface_change(*pair) for pair in pairwise(surfaces)]
    assert max(changes) < 2.0 * np.mean(changes)
    assert min(changes) > 0.4 * np.mean(changes)


def test_most_frames_fall_where_the_default_run_learns() -> None:
    run = trained(Recipe(), 10_000)
    plan = planned(600, run)
    assert sum(300 <= epoch <= 1500 for epoch in plan) > 400


def test_where_nothing_changes_the_frames_lie_evenly() -> None:
    still = trained(Recipe(frozen=tuple(range(37)), learning_rate=0.001), 100)
    assert planned(11, still) == tuple(range(0, 101, 10))


def test_a_run_that_was_not_trained_has_only_its_start() -> None:
    assert planned(5, trained(Recipe(), 0)) == (0,) * 5


def test_what_was_set_by_hand_on_the_way_is_part_of_the_run() -> None:
    run = trained(Recipe(learning_rate=0.01), 500)
    run.edit(((36, 30.0),))  # the output's bias: all of the plane is of one class at a stroke
    run.advance(500)
    plan = planned(50, run)
    assert plan.count(499) + plan.count(500) <= 4  # there is nothing between
    before, after = surface_at(run, 499), surface_at(run, 500)
    assert surface_change(before, after) > 0.3


def test_of_two_runs_both_count() -> None:
    quick, slow = trained(Recipe(), 2000), trained(Recipe(learning_rate=0.1), 2000)
    both = planned(200, quick, slow)
    middle = [plan[100] for plan in (planned(200, quick), planned(200, slow))]
    assert min(middle) < both[100] < max(middle)


def test_of_a_branch_all_counts_that_came_before_it_too() -> None:
    run = trained(Recipe(), 1000)
    first = run.branch(Position(700))
    first.advance(200)
    second = first.branch(Position(800))
    second.advance(200)
    plan, expected = planned(60, second), planned(60, run)
    assert (len(plan), plan[0], plan[-1]) == (60, 0, 1000)
    assert max(abs(a - b) for a, b in zip(plan, expected, strict=True)) < 100


def test_planning_leaves_the_run_as_it_was() -> None:
    run, same = trained(Recipe(batch_size=5), 700), trained(Recipe(batch_size=5), 700)
    planned(60, run)
    run.advance(100)
    same.advance(100)
    assert np.array_equal(run.training.state(), same.training.state())


def test_a_part_of_a_plan_keeps_its_pace() -> None:
    run = trained(Recipe(learning_rate=0.1), 6000)
    part = part_of_plan(planned(100, run), 2000, 5500, 40)
    assert (len(part), part[0], part[-1]) == (40, 2000, 5500)
    assert list(part) == sorted(part)
    surfaces = [surface_at(run, epoch) for epoch in part]
    changes = [surface_change(*pair) for pair in pairwise(surfaces)]
    assert max(changes) < 2.0 * np.mean(changes)
    assert min(changes) > 0.4 * np.mean(changes)


def test_a_part_has_as_many_frames_as_are_wanted_where_the_plan_has_hardly_any() -> None:
    assert part_of_plan((0, 0, 10, 10, 1000, 1000), 500, 504, 5) == (500, 501, 502, 503, 504)
    assert part_of_plan((0, 10), 0, 10, 6) == (0, 2, 4, 6, 8, 10)
    assert part_of_plan((0, 0, 0), 0, 0, 3) == (0, 0, 0)
