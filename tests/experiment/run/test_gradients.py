"""The gradient that the screen tells, against finite differences of the loss."""

from typing import Any

import numpy as np
import pytest
from differences import numeric_gradient
from frames import make_frame

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.gradients import gradient
from mlpviz.experiment.run.start import start_training


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"hidden": ()},
        {"hidden_activation": "tanh", "loss": "mean_squared_error"},
        {"numerics": "textbook", "hidden": (3,)},
        {"activations_off": True, "loss": "mean_squared_error"},
    ],
    ids=str,
)
def test_it_is_the_slope_of_the_loss(choices: dict[str, Any]) -> None:
    recipe = Recipe(learning_rate=1e-3, **choices)
    frame = make_frame(recipe, epochs=5)
    training = start_training(recipe)
    training.restore(0, frame.parameters)
    np.testing.assert_allclose(gradient(frame), numeric_gradient(training), rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_the_learning_rate_times_it_is_what_a_step_subtracts(reduction: str) -> None:
    recipe = Recipe(reduction=reduction, learning_rate=0.01)
    before, after = make_frame(recipe, epochs=3), make_frame(recipe, epochs=4)
    step = before.parameters - after.parameters
    np.testing.assert_allclose(0.01 * gradient(before), step, rtol=1e-9, atol=1e-15)


def test_of_numbers_that_are_none_it_is_none() -> None:
    assert np.isnan(gradient(make_frame(parameters=np.full(37, np.nan)))).all()
