"""A step on paper: what it gives, what it leaves to be filled in, and the key."""

import re

import numpy as np
import pytest

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.run.trace import StepTrace, step_trace
from mlpviz.experiment.words.step_numbers import USUAL_DIGITS, digits_text
from mlpviz.experiment.writing.step_sheet import step_sheet
from mlpviz.experiment.writing.step_sheet_room import check_sheet

ROW = 3
DEFAULT = Recipe(dataset="xor")


def trace_of(recipe: Recipe, epoch: int = 5) -> StepTrace:
    training = start_training(recipe)
    training.run(epoch)
    return step_trace(training)


def cells(page: str, kind: str) -> list[str]:
    """Return the texts of the cells of one kind, in their order."""
    return re.findall(rf'<td class="{kind}"[^>]*>(.*?)</td>', page)


def texts(*arrays: np.ndarray) -> list[str]:
    values = np.concatenate([np.ravel(array) for array in arrays]).tolist()
    return [digits_text(value, USUAL_DIGITS) for value in values]


def pages_of(recipe: Recipe, trace: StepTrace, cover: str) -> tuple[str, str]:
    """Return the page to be filled in, and its key."""
    first, key = step_sheet(recipe, trace, ROW, cover).split('<div class="key">')
    return first, key


def in_order(trace: StepTrace, row: int = ROW) -> list[str]:
    """Return all that is worked out of a sample, in the order of a sheet."""
    forward, backward = trace.layers, trace.layers[::-1]
    parts = []
    for layer, step in enumerate(forward, 1):
        A, dZ = trace.inputs_of(layer)[row], step.dZ[row]
        parts += [np.outer(A, dZ), dZ]
    return texts(
        *(np.stack((step.Z[row], step.A[row]), axis=1) for step in forward),
        trace.losses[row],
        *(np.stack((step.dA[row], step.dZ[row]), axis=1) for step in backward),
        *parts,
        *(part for step in forward for part in (step.W_after, step.b_after)),
    )


@pytest.mark.parametrize(
    "recipe",
    [
        DEFAULT,
        Recipe(dataset="circle", hidden=(3,), hidden_activation="relu", optimizer="adam"),
        Recipe(dataset="gaussians", classes=3, hidden=(3,), output_activation="softmax"),
    ],
    ids=["default", "adam", "classes"],
)
def test_a_filled_in_sheet_has_every_number_of_the_sample_and_of_the_step(recipe: Recipe) -> None:
    trace = trace_of(recipe)
    page = step_sheet(recipe, trace, ROW)
    assert cells(page, "result") == in_order(trace)
    assert not cells(page, "blank")
    before = [part for step in trace.layers for part in (step.W_before, step.b_before)]
    assert cells(page, "given") == texts(*before)
    assert f"Sample {ROW} in the step after epoch 5" in page


def test_results_are_left_out_on_the_first_page_and_stand_on_the_second() -> None:
    trace = trace_of(DEFAULT)
    first, key = pages_of(DEFAULT, trace, "results")
    assert not cells(first, "result")
    assert len(cells(first, "blank")) == len(in_order(trace))
    assert cells(key, "result") == in_order(trace)
    assert cells(first, "sum") == cells(key, "sum")
    assert "Name:" in first
    assert "Name:" not in key


def test_where_all_is_covered_no_sum_stands_but_its_formula() -> None:
    trace = trace_of(DEFAULT)
    first, key = pages_of(DEFAULT, trace, "all")
    assert "".join(cells(first, "line")) == ""
    assert not cells(first, "sum")
    assert not cells(first, "result")
    assert "Z₂ = A₁W₂ + b₂" in first
    assert key == pages_of(DEFAULT, trace, "results")[1]


def test_the_gradient_of_many_samples_is_given_and_that_of_one_is_worked_out() -> None:
    trace = trace_of(DEFAULT)
    first = pages_of(DEFAULT, trace, "all")[0]
    assert sorted(cells(first, "above")) == sorted(
        texts(*(part for step in trace.layers for part in step.g))
    )
    assert "of all 21 samples together: dW₃ = A₂ᵀdZ₃ / 21." in first
    single = Recipe(dataset="xor", hidden=(2,), batch_size=1)
    trace = trace_of(single)
    page = step_sheet(single, trace, 0, "all")
    assert not cells(page, "above")
    assert f"Sample {trace.samples[0]} in batch 0 after epoch 5, which has 1 sample." in page


def test_a_step_that_needs_a_memory_is_given() -> None:
    recipe = Recipe(dataset="xor", hidden=(2,), optimizer="adam")
    trace = trace_of(recipe)
    page = step_sheet(recipe, trace, ROW)
    assert sorted(cells(page, "above")) == sorted(
        texts(*(part for step in trace.layers for part in step.step))
    )
    assert "what the optimizer remembers has no room here." in page


def test_a_network_that_has_no_room_on_a_page_is_refused() -> None:
    check_sheet(DEFAULT)
    with pytest.raises(ValueError, match="2-16-16-1 has no room on a step sheet") as problem:
        step_sheet(Recipe(hidden=(16, 16)), trace_of(DEFAULT), 0)
    assert str(problem.value).endswith("it takes fewer units or layers.")


def test_a_sum_over_all_units_is_not_filled_with_the_number_of_one() -> None:
    recipe = Recipe(dataset="gaussians", classes=3, hidden=(2,), output_activation="softmax")
    trace = trace_of(recipe)
    z = digits_text(float(trace.layers[-1].Z[ROW, 0]), USUAL_DIGITS)
    bent = next(text for text in cells(step_sheet(recipe, trace, ROW), "sum") if "/ Σ" in text)
    assert z.strip("−") in bent.partition("Σ")[0]
    assert bent.partition("Σ")[2] == " e<sup>Z₂</sup> ="
