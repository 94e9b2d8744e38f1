"""Slopes beside differences of the loss: as near as they should be, or with the reason why not."""

import math
from dataclasses import replace

import numpy as np
import pytest
from differences import numeric_gradient
from random_recipes import random_recipe

from mlpviz.engine.losses import targets_pair
from mlpviz.engine.network import Network
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.gradient_check import (
    Check,
    Reason,
    checked,
    relative_difference,
)
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.run.trace import StepTrace, step_trace, trace_of


def traced(recipe: Recipe, epochs: int = 0) -> StepTrace:
    training = start_training(recipe)
    training.run(epochs)
    return step_trace(training, training.steps_per_epoch - 1)


def reasons(checks: list[Check]) -> set[Reason | None]:
    return {check.reason for check in checks}


def unexplained(seed: int) -> list[Check]:
    checks = checked(traced(random_recipe(seed, 30), (0, 1, 30)[seed % 3]))
    return [check for check in checks if not check.is_small and check.reason is None]


def test_the_slopes_of_random_steps_are_small_differences_or_have_a_reason() -> None:
    for seed in range(10):
        assert not unexplained(seed), seed


@pytest.mark.slow
def test_so_are_those_of_many_more() -> None:
    for seed in range(10, 400):
        assert not unexplained(seed), seed


def test_where_nothing_is_in_the_way_all_agree_in_many_digits() -> None:
    for recipe in (Recipe(), Recipe(loss="mean_squared_error", regularization="l2")):
        checks = checked(traced(recipe, 50))
        assert reasons(checks) == {None}
        assert all(check.is_small for check in checks)
        assert relative_difference(checks) < 1e-7


def test_the_numeric_value_is_the_difference_of_the_loss() -> None:
    training = start_training(Recipe(hidden_activation="tanh"))
    checks = checked(step_trace(training))
    numeric = [check.numeric for check in checks]
    assert numeric == pytest.approx(numeric_gradient(training), abs=1e-9)
    of_sum = checked(traced(Recipe(hidden_activation="tanh", reduction="sum")))
    assert [check.numeric for check in of_sum] == pytest.approx(21.0 * np.array(numeric), abs=1e-8)


def test_a_slope_that_is_wrong_by_a_hundredth_is_found() -> None:
    trace = traced(Recipe(), 20)
    wrong = tuple(replace(layer, dW=1.01 * layer.dW) for layer in trace.layers)
    checks = checked(replace(trace, layers=wrong))
    found = [check.index for check in checks if not check.is_small]
    biases = {8, 9, 10, 11, 28, 29, 30, 31, 36}
    assert set(found) == set(range(37)) - biases
    assert relative_difference(checks) > 1e-3


def test_a_check_of_some_is_that_of_all() -> None:
    trace = traced(Recipe(hidden_activation="relu"))
    everyone = checked(trace)
    assert checked(trace, [3, 20]) == [everyone[3], everyone[20]]


def test_a_kink_between_the_two_values_is_the_reason() -> None:
    network = Network((1, 1, 1), ("relu", "identity"))
    network.weights[0][:], network.weights[1][:] = 1.0, 1.0
    network.biases[0][:] = -0.999_999  # at x = 1 the weighted sum is 1e-6
    X, targets = np.array([[1.0], [3.0]]), np.array([[5.0], [5.0]])
    pair = targets_pair("mean_squared_error", "identity", outputs=1)
    trace = trace_of(network, X, targets, pair, learning_rate=0.1)
    checks = checked(trace)
    assert [check.reason for check in checks] == [Reason.KINK, Reason.KINK, None, None]
    assert not checks[1].is_small
    assert checks[2].is_small
    assert checks[3].is_small


def test_the_kink_of_the_penalty_is_one_too() -> None:
    start = (*np.linspace(-1.0, 1.0, 8).tolist(), 4e-6)
    recipe = Recipe(hidden=(2,), start=start, regularization="l1", regularization_rate=0.1)
    assert reasons(checked(traced(recipe))[:8]) == {None}
    changed = replace(recipe, start=(4e-6, *start[1:8], 0.0))
    assert checked(traced(changed))[0].reason is Reason.KINK
    assert checked(traced(replace(recipe, start=(0.0, *start[1:]))))[0].is_small


def test_where_the_gradient_is_by_convention_not_that_of_the_loss_it_is_said() -> None:
    recipe = Recipe(output_activation="tanh", hidden=(3,), weight_seed=1)
    assert reasons(checked(traced(recipe))) == {Reason.CONVENTION}
    by_the_book = checked(traced(replace(recipe, numerics="textbook")))
    assert Reason.CONVENTION not in reasons(by_the_book)
    pair = traced(replace(recipe, loss="mean_squared_error")).pair
    assert pair.is_gradient


def test_what_is_not_a_number_is_no_difference() -> None:
    checks = checked(traced(Recipe(activations_off=True, numerics="textbook")))
    assert reasons(checks) == {Reason.NOT_A_NUMBER}
    assert not any(check.is_small for check in checks)
    assert math.isnan(relative_difference(checks))


def test_a_loss_without_digits_tells_nothing_and_says_so() -> None:
    recipe = Recipe(numerics="textbook", learning_rate=1.0, hidden=())
    network = start_training(recipe).network
    network.biases[0][:] = 30.0
    start = tuple(network.parameters.tolist())
    checks = checked(traced(replace(recipe, start=start)))
    assert reasons(checks) <= {Reason.ROUGH, Reason.NOT_A_NUMBER}


def test_large_inputs_are_moved_less() -> None:
    network = Network((1, 2, 1), ("sigmoid", "sigmoid"))
    network.parameters[:] = [1e-5, -2e-5, 0.1, 0.2, 1.0, -1.0, 0.3]
    X, targets = np.array([[1e5], [-2e5]]), np.array([[1.0], [0.0]])
    pair = targets_pair("mean_squared_error", "sigmoid", outputs=1)
    checks = checked(trace_of(network, X, targets, pair, learning_rate=0.1))
    assert reasons(checks) == {None}
    assert all(check.is_small for check in checks)
    assert relative_difference(checks) < 1e-7
