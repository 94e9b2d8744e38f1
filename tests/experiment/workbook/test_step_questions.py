"""What can be asked of a page is what the page shows, at the very places."""

import math
from dataclasses import replace

import numpy as np
import pytest
from random_recipes import random_recipe

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.trace import StepTrace, step_trace
from mlpviz.experiment.words.step_batch import batch_page
from mlpviz.experiment.words.step_items import Page, Table, Told, Worked
from mlpviz.experiment.words.step_numbers import digits_text
from mlpviz.experiment.words.step_pages import page_of
from mlpviz.experiment.words.step_stages import Kind, Stage, stages_of
from mlpviz.experiment.workbook.reckoning import Reckoning
from mlpviz.experiment.workbook.step_questions import (
    WORKED_OUT,
    Cell,
    Quantity,
    Question,
    batch_questions,
    questions_of,
    right_value,
)

WHOLE = 100  # formulas back: all


def traced(recipe: Recipe, epochs: int = 3) -> StepTrace:
    run = Run(replace(recipe, epochs=epochs))
    run.advance(epochs)
    return step_trace(run.training)


def shown(page: Page, cell: Cell) -> str:
    """Return the text at a place of a page."""
    item = page.items[cell.item]
    if isinstance(item, Table):
        assert cell.row is not None
        assert cell.column is not None
        return item.rows[cell.row][1][cell.column]
    assert (cell.row, cell.column) == (None, None)
    if isinstance(item, Told):
        assert item.words.count(item.number) == 1
        return item.number
    assert isinstance(item, Worked)
    return item.numbers.rpartition(" = ")[2]


def check_all_places(recipe: Recipe, trace: StepTrace, row: int, place: Place | None) -> None:
    for stage in stages_of(len(trace.layers)):
        page = page_of(recipe, trace, stage, row, place, 6)
        for cell, question in questions_of(trace, stage, row, page.place).items():
            text = digits_text(right_value(trace, question), 6)
            assert shown(page, cell).removeprefix("L = ") == text, (stage, cell, question)


@pytest.mark.parametrize("seed", range(12))
def test_each_question_asks_for_the_number_that_stands_at_its_place(seed: int) -> None:
    recipe = replace(random_recipe(seed, 3), epochs=3)
    trace = traced(recipe)
    row = len(trace.samples) - 1
    check_all_places(recipe, trace, row, None)
    check_all_places(recipe, trace, row, Place(1, trace.sizes[1] - 1))
    check_all_places(recipe, trace, row, Place(1, 0, trace.sizes[0] - 1))


def test_so_it_does_beside_the_weight_that_is_looked_at_of_a_wide_layer() -> None:
    recipe = Recipe(dataset="xor", hidden=(12, 3))
    place = Place(2, 1, 11)
    trace = traced(recipe)
    check_all_places(recipe, trace, 0, place)
    asked = questions_of(trace, stages_of(3)[-1], 0, place).values()
    assert {question.source for question in asked} == {None, *range(4, 12)}


@pytest.mark.parametrize("seed", range(8))
def test_so_it_does_on_a_page_of_matrices(seed: int) -> None:
    recipe = replace(random_recipe(seed, 3), epochs=3)
    trace = traced(recipe)
    row = len(trace.samples) - 1
    for place in (None, Place(1, trace.sizes[1] - 1)):
        for stage in stages_of(len(trace.layers)):
            page = batch_page(recipe, trace, stage, row, place, 6)
            found = batch_questions(recipe, trace, stage, row, page.place)
            for cell, question in found.items():
                assert shown(page, cell) == digits_text(right_value(trace, question), 6)
            worked_out = {question.quantity for question in found.values()}
            is_broken = not np.isfinite(trace.loss)
            assert is_broken or worked_out >= WORKED_OUT[stage.kind] - {Quantity.PART}


def test_every_number_is_asked_for_that_is_not_given() -> None:
    trace = traced(Recipe(dataset="xor"))
    counts = []
    for stage in stages_of(3):
        found = questions_of(trace, stage, 2, Place(stage.layer, 0))
        counts.append(len(found))
    #  Z and A of 4 units, and of one twice; L, its mean; dA, dZ, A·dZ, dW and of later layers A
    assert counts == [10, 10, 4, 3, 4 + 5 + 5 + 5, 10 + 5 + 5 + 5, 10 + 3 + 4, 16]


def test_what_is_no_finite_number_is_not_asked_for() -> None:
    trace = traced(Recipe(activations_off=True, numerics="textbook", learning_rate=30.0), 3)
    for stage in stages_of(3):
        for question in questions_of(trace, stage, 0, Place(stage.layer, 0)).values():
            assert math.isfinite(right_value(trace, question))
    assert Cell(1) not in questions_of(trace, Stage(Kind.LOSS, 3), 0, Place(3, 0))


@pytest.mark.parametrize("seed", range(10))
def test_the_formulas_of_the_books_give_the_right_numbers_however_far_back(seed: int) -> None:
    trace = traced(random_recipe(seed, 3))
    last = len(trace.layers)
    row = len(trace.samples) - 1
    for layer in range(1, last + 1):
        stages = (Stage(Kind.FORWARD, layer), Stage(Kind.BACKWARD, layer), Stage(Kind.UPDATE, last))
        for stage in stages:
            for question in questions_of(trace, stage, row, Place(layer, 0)).values():
                right = right_value(trace, question)
                for reach in (0, 1, 2, WHOLE):
                    value = Reckoning(trace, question).value(reach)
                    if math.isfinite(value):  # 0/0 of saturated units in the way of the books
                        assert value == pytest.approx(right, rel=1e-6, abs=1e-9), (question, reach)


def test_the_loss_is_worked_out_too() -> None:
    for recipe in (Recipe(), Recipe(dataset="spiral", classes=3, output_activation="softmax")):
        trace = traced(recipe)
        last = len(trace.layers)
        for question in (Question(Quantity.LOSS, last, row=4), Question(Quantity.MEAN_LOSS, last)):
            for reach in (0, 1, WHOLE):
                value = Reckoning(trace, question).value(reach)
                assert np.isclose(value, right_value(trace, question), rtol=1e-10)
