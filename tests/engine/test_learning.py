"""What the report's settings learn, and what they do not."""

from functools import cache

import numpy as np
import pytest

from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.network import Network
from mlpviz.engine.training import Training

EPOCHS = 10_000
SEEDS = range(50)


def train(
    dataset: str, seed: int, hidden: tuple[int, ...] = (4, 4), learning_rate: float = 1.0
) -> Training:
    """Train the report's network from one weight seed."""
    sizes = (2, *hidden, 1)
    network = Network(sizes, ("sigmoid",) * (len(sizes) - 1))
    for W, drawn in zip(network.weights, initial_weights("normal", seed, sizes), strict=True):
        W[:] = drawn
    X, Y = DATASETS[dataset].make(100, 0)
    training = Training(network, X, Y, learning_rate=learning_rate)
    training.run(EPOCHS)
    return training


@cache
def learned(dataset: str, hidden: tuple[int, ...] = (4, 4), learning_rate: float = 1.0) -> int:
    """Count the weight seeds from 0 to 49 that end with every sample right."""
    runs = (train(dataset, seed, hidden, learning_rate) for seed in SEEDS)
    return sum(run.accuracy == 1.0 for run in runs)


@pytest.mark.parametrize("seed", [0, 1])
def test_baseline_learns_xor(seed: int) -> None:
    training = train("xor", seed)
    assert training.accuracy == 1.0
    assert training.loss < 0.01


def test_weight_seed_2_sits_in_a_local_minimum_of_xor() -> None:
    training = train("xor", 2)
    assert training.accuracy < 1.0
    before = training.loss
    losses = training.run(200)
    assert 0.05 < before < np.log(2.0)  # better than a coin, far from solved
    assert abs(losses[-1] - before) < 1e-3 * before  # and going nowhere


@pytest.mark.thorough
def test_sixteen_units_learn_xor() -> None:
    assert train("xor", 0, hidden=(16, 16)).accuracy == 1.0


@pytest.mark.thorough
def test_baseline_learns_linear() -> None:
    assert train("linear", 0).accuracy == 1.0


# Hidden units, their activation, initial weights, learning rate, batch size, epochs.
ENOUGH: dict[str, tuple[tuple[int, ...], str, str, float, int, int]] = {
    "circle": ((4, 4), "tanh", "xavier", 1.0, 0, 200),
    "quadrants": ((4, 4), "tanh", "xavier", 1.0, 0, 700),
    "gaussians": ((4, 4), "tanh", "xavier", 1.0, 0, 100),
    "spiral": ((32, 32, 32), "relu", "he", 0.1, 20, 200),
    "moons": ((8, 8), "tanh", "xavier", 0.3, 20, 200),
    "checkerboard": ((16, 16), "relu", "he", 0.1, 20, 1500),
}


@pytest.mark.thorough
@pytest.mark.parametrize("dataset", ENOUGH)
def test_every_set_can_be_learned_from_its_two_inputs_alone(dataset: str) -> None:
    hidden, activation, initializer, learning_rate, batch_size, epochs = ENOUGH[dataset]
    sizes = (2, *hidden, 1)
    network = Network(sizes, (*(activation,) * len(hidden), "sigmoid"))
    for W, drawn in zip(network.weights, initial_weights(initializer, 0, sizes), strict=True):
        W[:] = drawn
    X, Y = DATASETS[dataset].make(200, 0)
    training = Training(network, X, Y, learning_rate=learning_rate, batch_size=batch_size)
    best = 0.0
    while training.epoch < epochs and best < 0.99:
        training.run(20)
        best = max(best, training.accuracy)
    assert best >= 0.99


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_fifty_of_fifty_seeds_learn_linear() -> None:
    assert learned("linear") == 50


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_at_least_42_of_50_seeds_learn_xor() -> None:
    assert 42 <= learned("xor") < 50


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_fifty_of_fifty_seeds_learn_xor_with_16_units() -> None:
    assert learned("xor", hidden=(16, 16)) == 50


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_a_tenth_of_the_learning_rate_costs_at_least_8_seeds_of_xor() -> None:
    assert learned("xor", learning_rate=0.1) <= learned("xor") - 8
