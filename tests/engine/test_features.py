"""The input features: what they compute, and what a network learns of them."""

import math

import numpy as np
import pytest
from differences import gradient, numeric_gradient

from mlpviz.engine import Array
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.features import FEATURES, PLANE, feature_labels, feature_rows, features_of
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.network import Network
from mlpviz.engine.training import Training

EVERY = tuple(FEATURES)
RATE = 2.0**20  # see test_gradient
LABELS = ["x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin 2πx₁", "sin 2πx₂"]


def by_hand(x1: float, x2: float) -> list[float]:
    """Compute what the labels say."""
    waves = [math.sin(2.0 * math.pi * x1), math.sin(2.0 * math.pi * x2)]
    return [x1, x2, x1**2, x2**2, x1 * x2, *waves]


def start(
    features: tuple[str, ...], hidden: tuple[int, ...], learning_rate: float, seed: int = 0
) -> Training:
    X, Y = DATASETS["xor"].make(21, 0)
    sizes = (len(features), *hidden, 1)
    network = Network(sizes, ("sigmoid",) * (len(hidden) + 1))
    for W, drawn in zip(network.weights, initial_weights("normal", seed, sizes), strict=True):
        W[:] = drawn
    return Training(network, features_of(X, features), Y, learning_rate=learning_rate)


def test_every_feature_computes_what_its_label_says() -> None:
    assert [feature.label for feature in FEATURES.values()] == LABELS
    points = np.random.default_rng(0).uniform(-3.0, 3.0, (50, 2))
    values = features_of(points, EVERY)
    assert values.shape == (50, 7)
    for (x1, x2), row in zip(points.tolist(), values, strict=True):
        assert row == pytest.approx(by_hand(x1, x2), abs=1e-14)


def test_only_those_asked_for_are_computed_in_their_order() -> None:
    X = np.array([[0.5, 2.0], [3.0, -1.0]])
    assert features_of(X, ("x2", "x1_x2")).tolist() == [[2.0, 1.0], [-1.0, -3.0]]
    assert feature_rows(X.T, ("x1_squared",)).tolist() == [[0.25, 9.0]]


def test_of_the_coordinates_alone_nothing_is_computed_anew() -> None:
    X = np.ones((4, 2))
    rows = X.T
    assert features_of(X, PLANE) is X
    assert feature_rows(rows, PLANE) is rows


def test_the_features_of_a_giant_are_infinite_without_a_warning() -> None:
    values = features_of(np.array([[1e300, math.inf]]), EVERY)[0]
    assert values[2] == values[3] == math.inf
    assert math.isnan(values[6])


def test_a_wave_is_what_a_line_and_a_square_cannot_make() -> None:
    x = np.linspace(0.0, 1.0, 101)
    known = np.stack([np.ones_like(x), x, x * x], axis=1)

    def unexplained(values: Array) -> float:
        residue = values - known @ np.linalg.lstsq(known, values)[0]
        return float(residue.var() / values.var())

    wave = FEATURES["sin_x1"].value(x, x)
    assert unexplained(wave) > 0.3
    assert unexplained(np.sin(np.pi * x)) < 0.01
    assert unexplained(np.sin(x)) < 0.001


def test_labels_are_written_one_after_the_other() -> None:
    assert feature_labels(("x1", "x1_squared", "sin_x2")) == "x₁, x₁², sin 2πx₂"


@pytest.mark.parametrize("hidden", [(), (3,), (4, 3)])
def test_the_gradient_with_every_feature_is_that_of_finite_differences(
    hidden: tuple[int, ...],
) -> None:
    training = start(EVERY, hidden, RATE)
    g, n = gradient(training), numeric_gradient(training)
    assert np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n)) <= 1e-7


@pytest.mark.parametrize("seed", range(5))
def test_the_product_lets_a_single_unit_learn_xor(seed: int) -> None:
    """(x1 - 1/2) (x2 - 1/2) = x1 x2 - x1 / 2 - x2 / 2 + 1/4 is > 0 on one diagonal only."""
    alone, helped = start(PLANE, (), 10.0, seed), start((*PLANE, "x1_x2"), (), 10.0, seed)
    for training in (alone, helped):
        training.run(3000)
    assert alone.accuracy < 0.7
    assert helped.accuracy == 1.0
    assert helped.loss < 0.2


def test_the_squares_let_a_single_unit_learn_a_circle() -> None:
    X = np.random.default_rng(0).uniform(0.0, 1.0, (200, 2))
    Y = (np.hypot(*(X - 0.5).T) < 0.35)[:, np.newaxis].astype(np.float64)
    names = (*PLANE, "x1_squared", "x2_squared")
    accuracies = []
    for features in (PLANE, names):
        network = Network((len(features), 1), ("sigmoid",))
        training = Training(network, features_of(X, features), Y, learning_rate=3.0)
        training.run(5000)
        accuracies.append(training.accuracy)
    assert accuracies[0] < 0.75
    assert accuracies[1] > 0.97
