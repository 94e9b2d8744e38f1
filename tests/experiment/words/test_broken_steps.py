"""The page that shows where a run broke: of the very number that first was not finite."""

from itertools import product
from typing import Any

import pytest
from bad_steps import Bad, first_bad_of_epoch
from broken_recipes import BROKEN, EPOCHS

from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.diagnosis import Divergence, Quantity
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.messages import message_for
from mlpviz.experiment.words.step_batch import batch_page
from mlpviz.experiment.words.step_pages import page_of
from mlpviz.experiment.words.step_stages import Kind, broken_stage


def broken(choices: dict[str, Any]) -> tuple[Run, Divergence]:
    run = Run(Recipe(**choices))
    run.advance(EPOCHS)
    found = run.diagnosis()
    assert isinstance(found, Divergence)
    return run, found


def first_bad(run: Run, found: Divergence) -> Bad | None:
    """Look for the number in the step that shows it."""
    epoch = found.epoch - (not found.weights_are_finite)
    return first_bad_of_epoch(run.training_at(epoch), is_of_loss=found.weights_are_finite)


def check_pages(run: Run, found: Divergence) -> Kind | None:
    """See that the pages are those of the first bad number, and show one."""
    bad, spot = first_bad(run, found), found.spot
    if bad is None or spot is None:
        assert bad is spot
        return None
    trace, stage, row, place = bad
    assert (broken_stage(spot, len(trace.layers)), spot.place) == (stage, place)
    rows = trace.samples.tolist()
    assert spot.sample in rows
    if row is not None:
        assert spot.sample == rows[row]
    for page in page_of, batch_page:
        text = str(page(run.recipe, trace, stage, rows.index(spot.sample), place, 3).items)
        assert "NaN" in text or "∞" in text
    return stage.kind


@pytest.mark.parametrize("name", BROKEN)
def test_the_page_is_that_of_the_first_number_that_is_not_finite(name: str) -> None:
    run, found = broken(BROKEN[name])
    assert check_pages(run, found) is not None
    where = found.spot
    assert where is not None
    if not run.recipe.batch_size:  # else the loss that the message is of is in none of the steps
        assert (where.quantity, where.place.layer) == (found.quantity, found.layer)
        assert where.sample == (found.sample or 0)


def test_each_quantity_breaks_in_one_of_these_runs() -> None:
    spots = [broken(choices)[1].spot for choices in BROKEN.values()]
    assert {spot.quantity for spot in spots if spot} == {*Quantity} - {Quantity.DIFFERENCE}
    assert {BROKEN[name].get("optimizer", "gradient_descent") for name in BROKEN} == {*OPTIMIZERS}


def test_where_no_step_shows_the_loss_that_broke_no_button_offers_it() -> None:
    choices = {"optimizer": "adam", "batch_size": 5, "learning_rate": 1e307}
    run, found = broken(choices)
    assert found.quantity is Quantity.MEAN_LOSS  # of all samples; that of each batch is finite
    assert check_pages(run, found) is None
    message = message_for(Update((capture(run),), is_playing=False))
    assert message.text
    assert message.broken is None


@pytest.mark.thorough
@pytest.mark.parametrize("batch_size", [0, 1, 7])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_so_it_is_with_any_optimizer_and_steps_of_any_length(
    optimizer: str, batch_size: int
) -> None:
    seen = set()
    for activation, output, rate, penalty in product(
        ("identity", "relu", "tanh"),
        ("identity", "sigmoid"),
        (1e3, 1e150, 1.7e308),
        ("none", "l1", "l2"),
    ):
        run = Run(
            Recipe(
                optimizer=optimizer,
                batch_size=batch_size,
                hidden_activation=activation,
                output_activation=output,
                loss="mean_squared_error" if output == "identity" else "cross_entropy",
                learning_rate=rate,
                regularization=penalty,
                regularization_rate=3.0,
            )
        )
        run.advance(100)
        found = run.diagnosis()
        if isinstance(found, Divergence):
            seen.add(check_pages(run, found))
    assert len(seen) >= 2
