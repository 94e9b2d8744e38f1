"""A stage for all samples of a step: its matrices are those of the step, if there is room."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.trace import StepTrace, step_trace
from mlpviz.experiment.words.step_batch import batch_page
from mlpviz.experiment.words.step_items import Table, Worked
from mlpviz.experiment.words.step_matrices import MOST_ROWS, StepMatrices, shown_rows
from mlpviz.experiment.words.step_numbers import digits_text
from mlpviz.experiment.words.step_pages import MOST_COLUMNS, page_of
from mlpviz.experiment.words.step_stages import stages_of

RECIPE = Recipe(dataset="xor", epochs=30)


def traced(recipe: Recipe) -> StepTrace:
    run = Run(recipe)
    run.advance(recipe.epochs)
    return step_trace(run.training)


@pytest.fixture(scope="module")
def trace() -> StepTrace:
    return traced(RECIPE)


def tables(recipe: Recipe, trace: StepTrace, number: int, row: int = 0) -> dict[str, Table]:
    stage = stages_of(len(trace.layers))[number]
    page = batch_page(recipe, trace, stage, row, None, 4)
    return {item.corner: item for item in page.items if isinstance(item, Table)}


def test_each_stage_has_the_matrices_of_its_formulas(trace: StepTrace) -> None:
    corners = [list(tables(RECIPE, trace, number)) for number in range(8)]
    assert corners == [
        ["X", "W₁, b₁", "Z₁", "A₁"],
        ["A₁", "W₂, b₂", "Z₂", "A₂"],
        ["A₂", "W₃, b₃", "Z₃", "A₃"],
        ["A₃", "Y", "L"],
        ["A₃", "Y", "dA₃", "dZ₃", "A₂", "dW₃, db₃"],
        ["dZ₃", "W₃", "dA₂", "A₂", "dZ₂", "A₁", "dW₂, db₂"],
        ["dZ₂", "W₂", "dA₁", "A₁", "dZ₁", "X", "dW₁, db₁"],
        ["W₃, b₃", "g", "step", "W₃, b₃ after"],
    ]


def test_the_numbers_are_those_of_the_step(trace: StepTrace) -> None:
    found = tables(RECIPE, trace, 1)
    layer = trace.layers[1]
    for corner, values in (("A₁", trace.layers[0].A), ("Z₂", layer.Z), ("A₂", layer.A)):
        for row, (name, texts) in enumerate(found[corner].rows):
            assert name == str(trace.samples[row])
            assert texts == tuple(digits_text(value, 4) for value in values[row].tolist())
    of_parameters = np.vstack((layer.W_before, layer.b_before))
    assert [row[0] for row in found["W₂, b₂"].rows] == ["h₁,₁", "h₁,₂", "h₁,₃", "h₁,₄", "b₂"]
    for values, (_, texts) in zip(of_parameters, found["W₂, b₂"].rows, strict=True):
        assert texts == tuple(digits_text(value, 4) for value in values.tolist())
    # One can be computed from the others, as they stand there.
    assert np.allclose(trace.layers[0].A @ layer.W_before + layer.b_before, layer.Z)


def test_of_many_samples_the_first_are_shown_and_the_one_that_is_looked_at() -> None:
    assert shown_rows(7) == list(range(7))
    assert shown_rows(100, 4) == list(range(MOST_ROWS))
    assert shown_rows(100, 50) == [*range(MOST_ROWS - 1), 50]
    assert shown_rows(21, 20) == list(range(21))  # a dW of the report's data can be added up


def test_how_many_samples_there_are_is_said(trace: StepTrace) -> None:
    many = replace(RECIPE, dataset="circle", samples=100)
    sentence = batch_page(many, traced(many), stages_of(3)[0], 0, None, 3).sentence
    assert "100 samples" in sentence
    assert "10 of them" in sentence
    sentence = batch_page(RECIPE, trace, stages_of(3)[0], 0, None, 3).sentence
    assert sentence == "The step has 21 samples, each of which is a row."
    few = replace(RECIPE, batch_size=4)
    sentence = batch_page(few, traced(few), stages_of(3)[0], 0, None, 3).sentence
    assert sentence == "The step has 4 samples, each of which is a row."


def test_a_page_has_at_most_a_few_hundred_numbers_and_shows_the_unit_that_is_looked_at() -> None:
    recipe = Recipe(dataset="circle", samples=400, hidden=(32, 32), epochs=2)
    trace = traced(recipe)
    for stage in stages_of(3):
        place = Place(stage.layer, min(20, trace.sizes[stage.layer] - 1))
        page = batch_page(recipe, trace, stage, 300, place, 3)
        shown = [item for item in page.items if isinstance(item, Table)]
        assert sum(len(texts) for table in shown for _, texts in table.rows) <= 500
        assert all(len(table.columns) <= MOST_COLUMNS for table in shown)
        names = {row[0] for table in shown for row in table.rows}
        assert (str(trace.samples[300]) in names) == (stage != stages_of(3)[-1])
        assert any("8 are shown" in item for item in page.items if isinstance(item, str))
    forward = batch_page(recipe, trace, stages_of(3)[1], 0, Place(2, 20), 3)
    assert "h₂,₂₁" in [item for item in forward.items if isinstance(item, Table)][2].columns


def test_of_a_wide_layer_both_pages_show_the_weight_that_is_looked_at() -> None:
    recipe = Recipe(dataset="xor", hidden=(12, 3), epochs=2)
    trace, place = traced(recipe), Place(2, 1, 11)
    for stage in stages_of(3)[-3], stages_of(3)[-1]:
        one = page_of(recipe, trace, stage, 0, place, 3)
        columns = [item.columns for item in one.items if isinstance(item, Table)][-1]
        assert columns[-2:] == ("h₁,₁₂", "bias")
        batch = batch_page(recipe, trace, stage, 0, place, 3)
        table = [item for item in batch.items if isinstance(item, Table)][-1]
        assert [name for name, _ in table.rows][-2:] == ["h₁,₁₂", "b₂"]


def test_both_pages_of_a_stage_have_the_same_formulas_and_place(trace: StepTrace) -> None:
    for stage in stages_of(3):
        one = page_of(RECIPE, trace, stage, 0, Place(2, 3), 3)
        batch = batch_page(RECIPE, trace, stage, 0, Place(2, 3), 3)
        assert (one.title, one.place) == (batch.title, batch.place)
        formulas = [
            [(item.formula, item.code) for item in page.items if isinstance(item, Worked)]
            for page in (one, batch)
        ]
        assert formulas[0] == formulas[1]


def test_the_matrices_of_a_page_are_those_of_the_printout(trace: StepTrace) -> None:
    matrices = StepMatrices(RECIPE, trace)
    assert np.array_equal(matrices.of_samples("dZ", 2).values, trace.layers[1].dZ)
    assert np.array_equal(matrices.of_samples("A", 0).values, trace.X)
    assert np.array_equal(matrices.of_samples("L", 3).values[:, 0], trace.losses)
    assert np.array_equal(matrices.of_parameters("dW", 3).values[:-1], trace.layers[2].dW)
