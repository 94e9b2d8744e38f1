"""Why the loss stopped being a number: told from the facts of the run."""

import math

import numpy as np
import pytest

from mlpviz.engine.network import Network
from mlpviz.engine.training import Training
from mlpviz.experiment.diagnosis import Divergence, Mechanism, find_divergence
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.run import Run, start_training


def one_unit(
    activation: str,
    bias: float,
    target: float,
    numerics: str = "textbook",
    loss: str = "cross_entropy",
    samples: int = 1,
) -> Divergence:
    """Diagnose a single unit whose weighted sum is `bias` for every sample."""
    network = Network((2, 1), (activation,))
    network.biases[0][:] = bias
    X, Y = np.zeros((samples, 2)), np.full((samples, 1), target)
    return find_divergence(Training(network, X, Y, loss=loss, numerics=numerics))


def test_without_activations_xor_meets_0_log_0_at_its_first_sample() -> None:
    training = start_training(Recipe(activations_off=True))
    found = find_divergence(training)
    assert math.isnan(found.loss)
    assert found.mechanism is Mechanism.ZERO_TIMES_LOG_ZERO
    assert (found.epoch, found.sample, found.output, found.target) == (0, 0, 0.0, 0.0)


def test_without_activations_linear_meets_the_logarithm_of_a_negative_number() -> None:
    training = start_training(Recipe(dataset="linear", activations_off=True))
    found = find_divergence(training)
    assert found.mechanism is Mechanism.LOG_OF_NEGATIVE
    assert not 0.0 <= found.output <= 1.0
    assert found.output == training.predictions[found.sample]
    assert found.target == training.Y[found.sample, 0]
    with np.errstate(all="ignore"):
        assert np.isfinite(training.sample_losses()[: found.sample]).all()
        assert not np.isfinite(training.sample_losses()[found.sample])


@pytest.mark.parametrize(
    ("activation", "bias", "target", "mechanism"),
    [
        ("identity", -0.37, 0.0, Mechanism.LOG_OF_NEGATIVE),
        ("identity", -0.37, 1.0, Mechanism.LOG_OF_NEGATIVE),
        ("identity", 1.5, 0.0, Mechanism.LOG_OF_NEGATIVE),
        ("tanh", -0.5, 1.0, Mechanism.LOG_OF_NEGATIVE),
        ("identity", 0.0, 0.0, Mechanism.ZERO_TIMES_LOG_ZERO),
        ("identity", 1.0, 1.0, Mechanism.ZERO_TIMES_LOG_ZERO),
        ("sigmoid", 1000.0, 1.0, Mechanism.ZERO_TIMES_LOG_ZERO),
        ("sigmoid", -1000.0, 0.0, Mechanism.ZERO_TIMES_LOG_ZERO),
        ("sigmoid", 1000.0, 0.0, Mechanism.LOG_OF_ZERO),
        ("sigmoid", -1000.0, 1.0, Mechanism.LOG_OF_ZERO),
        ("relu", -3.0, 1.0, Mechanism.LOG_OF_ZERO),
        ("identity", math.inf, 1.0, Mechanism.OVERFLOW),
        ("identity", math.nan, 1.0, Mechanism.OVERFLOW),
        ("sigmoid", math.nan, 1.0, Mechanism.OVERFLOW),
    ],
)
def test_the_mechanism_is_what_the_arithmetic_met(
    activation: str, bias: float, target: float, mechanism: Mechanism
) -> None:
    assert one_unit(activation, bias, target).mechanism is mechanism


def test_squared_error_can_only_overflow() -> None:
    found = one_unit("identity", 1e200, 0.0, loss="mean_squared_error")
    assert found.loss == math.inf
    assert found.mechanism is Mechanism.OVERFLOW


@pytest.mark.parametrize("target", [0.0, 1.0])
def test_a_sum_that_overflows_over_finite_losses_is_an_overflow(target: float) -> None:
    bias = 1.5e308 if target == 0.0 else -1.5e308
    found = one_unit("sigmoid", bias, target, numerics="stable", samples=3)
    assert found.loss == math.inf
    assert found.mechanism is Mechanism.OVERFLOW


def test_a_learning_rate_far_too_large_is_told_from_the_epoch_where_it_happened() -> None:
    recipe = Recipe(activations_off=True, loss="mean_squared_error", learning_rate=10.0)
    run = Run(recipe)
    run.advance(100)
    found = run.divergence()
    assert found is not None
    assert found.mechanism is Mechanism.OVERFLOW
    assert found.epoch > 0
    assert math.isfinite(run.training_at(found.epoch - 1).loss)
    assert not math.isfinite(run.training_at(found.epoch).loss)


def test_a_mean_that_is_nan_is_blamed_on_a_sample_that_is_nan() -> None:
    network = Network((2, 1), ("identity",))
    network.weights[0][:, 0] = 1.0
    X = np.array([[0.0, 0.0], [-2.0, 0.0]])
    Y = np.array([[1.0], [1.0]])  # the first loses infinitely, the second has no loss at all
    found = find_divergence(Training(network, X, Y, numerics="textbook"))
    assert math.isnan(found.loss)
    assert (found.sample, found.mechanism) == (1, Mechanism.LOG_OF_NEGATIVE)
