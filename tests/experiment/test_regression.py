"""Regression: numbers as targets, from the gradient to what is learned."""

import math

import numpy as np
import pytest

from mlpviz.engine.datasets import REGRESSIONS
from mlpviz.engine.training import r_squared
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.revision import revised
from mlpviz.experiment.run import Run, hold_out, start_training

PLANE = revised(Recipe(), dataset="plane")
BUMPS = revised(
    Recipe(),
    dataset="multi_gaussian",
    hidden=(12, 12),
    hidden_activation="tanh",
    initializer="xavier",
    optimizer="adam",
    learning_rate=0.03,
    samples=200,
)


def test_r_squared_written_out() -> None:
    targets = np.array([0.0, 1.0, 2.0])
    assert r_squared(targets, targets) == 1.0
    assert r_squared(np.full(3, 1.0), targets) == 0.0
    assert r_squared(np.array([0.0, 1.0, 1.0]), targets) == pytest.approx(0.5)
    assert r_squared(np.array([9.0, 1.0, 2.0]), targets) < -1.0
    assert math.isnan(r_squared(np.array([0.0, 1.0]), np.ones(2)))
    assert r_squared(np.array([math.inf, 1.0, 2.0]), targets) == -math.inf


@pytest.mark.parametrize("dataset", sorted(REGRESSIONS))
@pytest.mark.parametrize("hidden", [(), (3,), (4, 3)])
def test_the_gradient_is_the_derivative_of_the_squared_error(
    dataset: str, hidden: tuple[int, ...]
) -> None:
    recipe = revised(
        Recipe(learning_rate=2.0**20), dataset=dataset, hidden=hidden, hidden_activation="tanh"
    )
    training = start_training(recipe)
    before = training.network.parameters.copy()
    training.step()
    gradient = (before - training.network.parameters) / 2.0**20
    other = start_training(recipe)
    for index, value in enumerate(before.tolist()):
        ends = []
        for moved in (value - 1e-5, value + 1e-5):
            state = other.state()
            state[: len(before)] = before
            state[index] = moved
            other.restore(0, state)
            ends.append(float(np.mean((other.predictions - other.Y[:, 0]) ** 2)))
            assert other.loss == pytest.approx(ends[-1], rel=1e-12)
        assert gradient[index] == pytest.approx((ends[1] - ends[0]) / 2e-5, abs=1e-7, rel=1e-6)


def test_the_plane_is_learned_without_a_hidden_layer() -> None:
    training = start_training(revised(PLANE, hidden=(), learning_rate=0.3))
    assert training.loss > 0.01
    training.run(300)
    assert training.loss < 1e-6
    np.testing.assert_allclose(training.network.parameters, [0.5, 0.5, 0.0], rtol=0, atol=1e-3)


def test_the_bumps_are_learned() -> None:
    training = start_training(BUMPS)
    training.run(1500)
    assert r_squared(training.predictions, training.Y[:, 0]) > 0.95


def test_the_share_of_right_classes_is_no_number_where_there_are_no_classes() -> None:
    run = Run(revised(PLANE, train_share=0.5))
    assert math.isnan(run.training.accuracy)
    held_out = hold_out(run.recipe, run.training.network)
    assert held_out is not None
    assert math.isnan(held_out.accuracy())
