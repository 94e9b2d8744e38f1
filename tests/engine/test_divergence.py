"""What happens when numbers stop being numbers: results, facts, and no noise."""

import math

import numpy as np
import pytest

from mlpviz.engine.datasets import DATASETS, REGRESSIONS
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.losses import NUMERICS
from mlpviz.engine.network import Network
from mlpviz.engine.training import Training

SIZES = (2, 4, 4, 1)


def without_activations(dataset: str, numerics: str, seed: int = 0) -> Training:
    network = Network(SIZES, ("identity",) * 3)
    for W, drawn in zip(network.weights, initial_weights("normal", seed, SIZES), strict=True):
        W[:] = drawn
    return Training(network, *DATASETS[dataset].make(100, 0), numerics=numerics)


def one_unit(weight: float, bias: float, numerics: str = "stable") -> Training:
    """Return the training of a single sigmoid unit on x = (1, 0) of class 1, and of class 0."""
    network = Network((2, 1), ("sigmoid",))
    network.parameters[:] = [weight, 0.0, bias]
    X, Y = np.array([[1.0, 0.0], [-1.0, 0.0]]), np.array([[1.0], [0.0]])
    return Training(network, X, Y, numerics=numerics)


@pytest.mark.parametrize("dataset", sorted(set(DATASETS) - REGRESSIONS))
@pytest.mark.parametrize("numerics", NUMERICS)
@pytest.mark.parametrize("seed", range(5))
def test_without_activations_the_loss_is_nan_at_epoch_0(
    dataset: str, numerics: str, seed: int
) -> None:
    training = without_activations(dataset, numerics, seed)
    assert math.isnan(training.loss)
    assert training.first_nonfinite_loss_epoch == 0
    assert training.first_nonfinite_weight_epoch is None


@pytest.mark.parametrize("dataset", sorted(set(DATASETS) - REGRESSIONS))
@pytest.mark.parametrize("seed", range(5))
def test_without_activations_stable_weights_overflow_and_predictions_are_nan(
    dataset: str, seed: int
) -> None:
    training = without_activations(dataset, "stable", seed)
    training.run(50)
    assert training.first_nonfinite_weight_epoch is not None
    assert 1 < training.first_nonfinite_weight_epoch <= 30
    assert np.isnan(training.predictions).all()
    assert training.accuracy == 0.0


@pytest.mark.parametrize("seed", range(5))
def test_without_activations_textbook_breaks_xor_in_one_epoch(seed: int) -> None:
    training = without_activations("xor", "textbook", seed)
    assert np.isfinite(training.predictions).all()
    training.run_epoch()
    assert training.first_nonfinite_weight_epoch == 1
    assert np.isnan(training.predictions).all()


def check_that_textbook_keeps_moving_on_linear(epochs: int) -> None:
    training = without_activations("linear", "textbook")
    training.run(epochs)
    assert training.first_nonfinite_weight_epoch is None
    assert np.isfinite(training.state()).all()
    before = training.predictions.copy()
    training.run_epoch()
    assert np.isfinite(training.predictions).all()
    assert np.abs(training.predictions - before).max() > 1e-6


def test_without_activations_textbook_keeps_moving_on_linear() -> None:
    check_that_textbook_keeps_moving_on_linear(500)


@pytest.mark.slow
def test_without_activations_textbook_keeps_moving_on_linear_for_10_000_epochs() -> None:
    check_that_textbook_keeps_moving_on_linear(10_000)


def test_a_saturated_right_answer_is_finite_in_stable_and_nan_in_textbook() -> None:
    assert one_unit(1000.0, 0.0, "stable").loss == 0.0
    textbook = one_unit(1000.0, 0.0, "textbook")
    assert math.isnan(textbook.loss)
    assert textbook.first_nonfinite_loss_epoch == 0
    assert textbook.accuracy == 1.0


def test_a_saturated_wrong_answer_learns_in_stable_and_turns_nan_in_textbook() -> None:
    stable, textbook = one_unit(-1000.0, 0.0, "stable"), one_unit(-1000.0, 0.0, "textbook")
    assert stable.loss == 1000.0
    assert textbook.loss == math.inf
    stable.run_epoch()
    textbook.run_epoch()
    assert stable.state().tolist() == [-999.0, 0.0, 0.0]  # dZ = A - Y is still ∓1
    assert math.isnan(textbook.state()[0])  # infinity times a slope of 0
    assert textbook.first_nonfinite_weight_epoch == 1


def test_loss_and_weights_break_at_epochs_of_their_own() -> None:
    training = without_activations("linear", "stable")
    losses, finite = [training.loss], [True]
    for _ in range(40):
        losses += training.run(1).tolist()
        finite.append(bool(np.isfinite(training.state()).all()))
    assert training.first_nonfinite_loss_epoch == 0
    assert training.first_nonfinite_weight_epoch == finite.index(False)
    assert not np.isfinite(losses).any()


def test_the_first_bad_epoch_is_found_inside_one_long_run() -> None:
    stepped, long = (without_activations("linear", "stable") for _ in range(2))
    while stepped.first_nonfinite_weight_epoch is None:
        stepped.run_epoch()
    long.run(100)
    assert long.first_nonfinite_weight_epoch == stepped.epoch


@pytest.mark.parametrize("size", [1e155, 1e200, np.finfo(np.float64).max])
def test_a_huge_parameter_is_not_a_broken_one(size: float) -> None:
    training = one_unit(size, 0.0)
    training.run_epoch()
    training.restore(5, np.array([size, -size, 1.0]))
    training.run_epoch()
    assert training.first_nonfinite_weight_epoch is None


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_single_parameter_that_is_not_finite_is_noticed(bad: float) -> None:
    training = one_unit(1.0, 0.0)
    training.restore(3, np.array([1.0, bad, 0.0]))
    assert training.first_nonfinite_weight_epoch == 3


def test_going_back_forgets_what_came_later_and_keeps_what_came_before() -> None:
    training = without_activations("linear", "stable")
    start = training.state()
    training.run(40)
    broken = training.first_nonfinite_weight_epoch
    assert broken is not None
    late = training.state()
    training.restore(40, late)
    assert training.first_nonfinite_weight_epoch == broken
    training.restore(0, start)
    assert training.first_nonfinite_weight_epoch is None
    assert training.first_nonfinite_loss_epoch == 0
    training.run(40)
    assert training.first_nonfinite_weight_epoch == broken


@pytest.mark.parametrize("numerics", NUMERICS)
def test_nothing_is_said_on_the_terminal(numerics: str, capfd: pytest.CaptureFixture[str]) -> None:
    for dataset in set(DATASETS) - REGRESSIONS:
        without_activations(dataset, numerics).run(100)
    one_unit(1000.0, 0.0, numerics).run(3)
    one_unit(1e308, 1e308, numerics).run(3)
    one_unit(math.nan, 0.0, numerics).run(3)
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_the_rest_of_the_program_keeps_its_own_floating_point_settings() -> None:
    before = np.geterr()
    without_activations("xor", "stable").run(20)
    assert np.geterr() == before
