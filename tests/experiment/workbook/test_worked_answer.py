"""The line that leads to a number gives that number."""

from dataclasses import replace

import pytest
from experiment.workbook.slip_cases import all_questions
from random_recipes import random_recipe
from worked_values import value_of

from mlpviz.engine.network import parameter_count
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.trace import StepTrace, step_trace
from mlpviz.experiment.words.step_numbers import digits_text, sum_text
from mlpviz.experiment.workbook.step_questions import Quantity, Question, right_value
from mlpviz.experiment.workbook.worked_answer import STEPS, worked_answer

DIGITS = 8


def traced(recipe: Recipe, epochs: int = 3) -> StepTrace:
    run = Run(replace(recipe, epochs=epochs))
    run.advance(epochs)
    return step_trace(run.training)


def check_lines(recipe: Recipe, trace: StepTrace) -> set[Quantity]:
    """Compute every line of a step; return of which quantities there were any."""
    seen = set()
    for question in all_questions(trace, len(trace.samples) - 1):
        line = worked_answer(recipe, trace, question, DIGITS)
        before, _, result = line.numbers.rpartition(" = ")
        right = right_value(trace, question)
        assert result == digits_text(right, DIGITS)
        assert line.formula
        if "Σ" in before or "where" in before or before in ("L", "g"):
            continue  # of all units together, or in words, or with nothing to compute
        found = value_of(before.removeprefix("L = "))
        assert found == pytest.approx(right, rel=1e-4, abs=1e-7), (question, line)
        seen.add(question.quantity)
    return seen


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [0, 8])
def test_the_line_of_every_number_gives_it(optimizer: str, batch_size: int) -> None:
    recipe = Recipe(
        dataset="xor",
        optimizer=optimizer,
        learning_rate=0.05,
        batch_size=batch_size,
        regularization="l2",
        regularization_rate=0.01,
        hidden_activation="tanh",
    )
    assert check_lines(recipe, traced(recipe)) == set(Quantity)


@pytest.mark.parametrize("seed", range(8))
def test_so_it_does_with_any_choice_of_a_recipe(seed: int) -> None:
    recipe = random_recipe(seed, 3)
    check_lines(recipe, traced(recipe))


def test_each_optimizer_has_its_step() -> None:
    assert set(STEPS) == set(OPTIMIZERS)


def test_the_slope_of_a_frozen_weight_is_said_to_be_0() -> None:
    recipe = Recipe(dataset="xor", frozen=(parameter_count((2, 4)),))  # the first into the second
    trace = traced(recipe)
    line = worked_answer(recipe, trace, Question(Quantity.G, 2, 0, None, 0), 3)
    assert "frozen" in line.formula
    assert line.numbers == "g = 0"
    other = worked_answer(recipe, trace, Question(Quantity.G, 2, 1, None, 0), 3)
    assert other.formula == "g = dW₂"


def test_a_long_sum_says_how_much_its_other_terms_are() -> None:
    values = [0.5, -1.0, 2.0, 0.25, 4.0]
    assert sum_text(values, str, 2) == "0.5 + -1.0 + … (6.25)"
    assert sum_text(values[:3], lambda value: digits_text(value, 2), 2) == "0.50 − 1 + 2"
