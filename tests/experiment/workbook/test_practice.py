"""The ladder of practice: ever more blanks, each of which the page gives the numbers for."""

from dataclasses import replace
from itertools import pairwise

import pytest
from random_recipes import random_recipe

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.trace import StepTrace, step_trace
from mlpviz.experiment.words.step_stages import Kind, Stage, stages_of
from mlpviz.experiment.workbook.practice import (
    Practice,
    gone_on,
    moment_of,
    next_sample,
    rungs_of,
)
from mlpviz.experiment.workbook.step_questions import Quantity, questions_of


def traced(recipe: Recipe, epochs: int = 3) -> StepTrace:
    run = Run(replace(recipe, epochs=epochs))
    run.advance(epochs)
    return step_trace(run.training)


def test_a_ladder_has_no_blank_then_one_then_two_then_all() -> None:
    trace = traced(Recipe(dataset="xor"))

    def counts(stage: Stage, layer: int) -> list[int]:
        return [len(rung) for rung in rungs_of(trace, stage, 2, Place(layer, 0))]

    stages = stages_of(3)
    assert counts(stages[1], 2) == [0, 1, 2]  # Z and A
    assert counts(stages[3], 3) == [0, 1]  # L
    assert counts(stages[5], 2) == [0, 1, 2, 6]  # dA, dZ, and what the sample adds to 4 slopes
    assert counts(stages[7], 2) == [0, 1, 2, 10]  # step and what comes of it, of 4 weights and bias


def test_the_last_number_of_a_calculation_is_the_first_blank() -> None:
    trace = traced(Recipe(dataset="xor"))
    for number, last in ((1, Quantity.A), (5, Quantity.DZ), (7, Quantity.AFTER)):
        _, one, two, *_ = rungs_of(trace, stages_of(3)[number], 2, Place(2, 0))
        assert {question.quantity for question in one} == {last}
        assert one < two


@pytest.mark.parametrize("seed", range(6))
def test_a_blank_stands_on_its_page_and_can_be_worked_out_there(seed: int) -> None:
    trace = traced(random_recipe(seed, 3))
    of_all_samples = {Quantity.MEAN_LOSS, Quantity.SLOPE, Quantity.G}
    for stage in stages_of(len(trace.layers)):
        place = Place(stage.layer, 0)
        rungs = rungs_of(trace, stage, 0, place)
        assert rungs[0] == frozenset()
        assert all(before < after for before, after in pairwise(rungs))
        assert rungs[-1] <= set(questions_of(trace, stage, 0, place).values())
        assert not of_all_samples & {question.quantity for question in rungs[-1]}
        is_plain = trace.rule.optimizer == "gradient_descent"
        assert is_plain or Quantity.STEP not in {question.quantity for question in rungs[-1]}


def test_of_a_stage_whose_numbers_are_none_only_the_worked_page_is_left() -> None:
    recipe = Recipe(activations_off=True, numerics="textbook", learning_rate=30.0)
    trace = traced(recipe, 30)
    stage = Stage(Kind.LOSS, 3)
    rungs = rungs_of(trace, stage, 0, Place(3, 0))
    assert rungs == (frozenset(),)
    assert gone_on(Practice(3, 2), stages_of(3), len(rungs)) == Practice(5, 2)


def test_after_the_last_rung_comes_the_next_kind_of_stage_and_then_the_next_layer() -> None:
    stages = stages_of(2)
    practice, seen = Practice(0, 1), []
    for _ in range(24):
        seen.append((stages[practice.number], practice.rung, practice.turn))
        practice = gone_on(practice, stages, 2)
    kinds = (Kind.FORWARD, Kind.LOSS, Kind.BACKWARD, Kind.UPDATE)
    assert [stage.kind for stage, rung, _ in seen if rung == 0] == [*kinds, *kinds, *kinds]
    assert [rung for _, rung, _ in seen] == [0, 1] * 12
    layers = [stage.layer for stage, _, _ in seen if stage.kind in (Kind.FORWARD, Kind.BACKWARD)]
    assert layers == [1, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1]
    assert [turn for _, _, turn in seen] == [0] * 8 + [1] * 8 + [2] * 8


def test_fewer_layers_than_before_leave_a_stage_to_go_on_with() -> None:
    assert gone_on(Practice(1, 3), stages_of(1), 1) == Practice(2, 1)


@pytest.mark.parametrize("count", [1, 2, 3, 12, 21, 100, 101])
def test_each_sample_comes_once_before_any_comes_again(count: int) -> None:
    seen, sample = set(), 0
    for _ in range(count):
        seen.add(sample)
        sample = next_sample(sample, count)
    assert seen == set(range(count))
    assert sample == 0


def test_each_round_is_at_another_moment_of_the_run() -> None:
    assert [moment_of(turn, 800) for turn in range(8)] == [800, 400, 200, 600, 100, 500, 300, 700]
    assert moment_of(3, 0) == 0
