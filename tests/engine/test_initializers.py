"""Initial weights: how they are distributed and in which order they are drawn."""

import math

import numpy as np
import pytest

from mlpviz.engine.initializers import INITIALIZERS, initial_weights

FAN_IN, FAN_OUT = 300, 200
R = math.sqrt(6.0 / (FAN_IN + FAN_OUT))
# Name: standard deviation, and the bound that no weight may pass.
DISTRIBUTIONS = {
    "normal": (1.0, math.inf),
    "uniform": (1.0 / math.sqrt(3.0), 1.0),
    "xavier": (R / math.sqrt(3.0), R),
    "he": (math.sqrt(2.0 / FAN_IN), math.inf),
}


def test_every_initializer_has_its_distribution_tested_here() -> None:
    assert set(DISTRIBUTIONS) == set(INITIALIZERS)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_weights_have_the_moments_of_their_distribution(name: str) -> None:
    deviation, bound = DISTRIBUTIONS[name]
    (W,) = initial_weights(name, 0, (FAN_IN, FAN_OUT))
    scaled = W.ravel() / deviation
    error = 5.0 / math.sqrt(scaled.size)  # five standard errors, roughly
    assert abs(scaled.mean()) < error
    assert abs(scaled.var() - 1.0) < 2 * error
    kurtosis = 3.0 if math.isinf(bound) else 1.8  # of a normal and of a uniform distribution
    assert abs((scaled**4).mean() - kurtosis) < 12 * error
    assert np.abs(W).max() < bound
    if math.isfinite(bound):
        assert np.abs(W).max() > 0.999 * bound


@pytest.mark.parametrize("name", INITIALIZERS)
def test_layers_are_drawn_one_after_the_other_from_seed_and_purpose(name: str) -> None:
    rng = np.random.default_rng((5, 2))
    expected = [INITIALIZERS[name].draw(rng, i, o) for i, o in ((2, 4), (4, 3), (3, 1))]
    drawn = initial_weights(name, 5, (2, 4, 3, 1))
    assert [W.shape for W in drawn] == [(2, 4), (4, 3), (3, 1)]
    for W, W_expected in zip(drawn, expected, strict=True):
        assert np.array_equal(W, W_expected)


def test_normal_weights_are_numpys_standard_normal_in_this_order() -> None:
    stream = np.random.default_rng((0, 2)).standard_normal(8 + 16 + 4)
    drawn = np.concatenate([W.ravel() for W in initial_weights("normal", 0, (2, 4, 4, 1))])
    assert np.array_equal(drawn, stream)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_another_seed_draws_other_weights(name: str) -> None:
    first, second = (initial_weights(name, seed, (2, 4, 1))[0] for seed in (0, 1))
    assert not np.array_equal(first, second)
