"""Losses, and the formulas that `numerics` chooses for the output."""

import math

import numpy as np
import pytest
from exact import exact_losses, exact_mean

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS, SOFTMAX, sigmoid, softmax
from mlpviz.engine.batch import Batch
from mlpviz.engine.heldout import HeldOut
from mlpviz.engine.losses import (
    LOSSES,
    NUMERICS,
    cross_entropy_from_logits,
    mean_cross_entropy,
    one_hot,
    output_pair,
)
from mlpviz.engine.network import Network
from mlpviz.engine.training import Training

ZERO_OR_ONE = np.array([[0.0], [1.0]])


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)[:, np.newaxis]


def test_cross_entropy_at_known_points() -> None:
    value = LOSSES["cross_entropy"].value(column(0.5, 0.25, 0.25), column(1.0, 1.0, 0.0))
    assert value[:, 0].tolist() == pytest.approx([math.log(2), math.log(4), -math.log(0.75)])


def test_squared_error_is_the_square_without_a_half() -> None:
    value = LOSSES["mean_squared_error"].value(column(0.75, -1.0), column(0.0, 1.0))
    assert value[:, 0].tolist() == [0.5625, 4.0]


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_slope_is_the_derivative_of_the_value(name: str, y: float) -> None:
    A, h = column(0.1, 0.3, 0.5, 0.9), 1e-6
    Y = np.full_like(A, y)
    numeric = (LOSSES[name].value(A + h, Y) - LOSSES[name].value(A - h, Y)) / (2 * h)
    np.testing.assert_allclose(LOSSES[name].slope(A, Y), numeric, rtol=1e-8)


@np.errstate(all="ignore")
def test_textbook_cross_entropy_is_what_numpy_says_at_the_edges() -> None:
    value = LOSSES["cross_entropy"].value
    assert np.isnan(value(column(0.0), column(0.0))).all()  # 0 · log 0
    assert np.isnan(value(column(1.0), column(1.0))).all()
    assert value(column(0.0), column(1.0)).tolist() == [[math.inf]]
    assert value(column(1.0), column(0.0)).tolist() == [[math.inf]]
    assert np.isnan(value(column(-0.5), column(1.0))).all()
    assert np.isnan(value(column(1.5), column(0.0))).all()


def test_stable_loss_is_the_textbook_loss_where_both_are_finite() -> None:
    Z = column(*np.linspace(-15.0, 15.0, 31))
    for y in (0.0, 1.0):
        Y = np.full_like(Z, y)
        stable = output_pair("cross_entropy", "sigmoid", "stable").value(Z, sigmoid(Z), Y)
        textbook = output_pair("cross_entropy", "sigmoid", "textbook").value(Z, sigmoid(Z), Y)
        np.testing.assert_allclose(stable, textbook, rtol=1e-8)


def test_stable_loss_is_finite_where_the_sigmoid_is_saturated() -> None:
    Z = column(1000.0, -1000.0)
    pair = output_pair("cross_entropy", "sigmoid", "stable")
    right = pair.value(Z, sigmoid(Z), column(1.0, 0.0))
    wrong = pair.value(Z, sigmoid(Z), column(0.0, 1.0))
    assert right[:, 0].tolist() == [0.0, 0.0]
    assert wrong[:, 0].tolist() == [1000.0, 1000.0]


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_stable_slope_is_a_minus_y_whatever_the_output_is(activation: str) -> None:
    Z = column(-2.0, -0.3, 0.4, 3.0)
    A, Y = ACTIVATIONS[activation].value(Z), column(0.0, 1.0, 0.0, 1.0)
    slope = output_pair("cross_entropy", activation, "stable").slope(A, Y)
    assert np.array_equal(slope, A - Y)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_textbook_slope_is_the_chain_rule_to_the_letter(activation: str) -> None:
    Z = column(0.2, 0.4, 0.6)
    A, Y = ACTIVATIONS[activation].value(Z), column(0.0, 1.0, 0.0)
    slope = output_pair("cross_entropy", activation, "textbook").slope(A, Y)
    dA = (1 - Y) / (1 - A) - Y / A
    np.testing.assert_allclose(slope, dA * ACTIVATIONS[activation].slope(A), rtol=1e-15)


@pytest.mark.parametrize("activation", sorted(set(ACTIVATIONS) - {"sigmoid"}))
def test_without_a_sigmoid_output_cross_entropy_is_the_literal_formula_in_both(
    activation: str,
) -> None:
    Z, Y = column(0.2, 0.5), column(0.0, 1.0)
    A = ACTIVATIONS[activation].value(Z)
    literal = LOSSES["cross_entropy"].value(A, Y)
    for numerics in NUMERICS:
        pair = output_pair("cross_entropy", activation, numerics)
        assert np.array_equal(pair.value(Z, A, Y), literal), numerics


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_squared_error_is_the_same_in_both_numerics(activation: str) -> None:
    Z, Y = column(-1.0, 2.0), ZERO_OR_ONE
    A = ACTIVATIONS[activation].value(Z)
    pairs = [output_pair("mean_squared_error", activation, numerics) for numerics in NUMERICS]
    values = {pair.value(Z, A, Y).tobytes() for pair in pairs}
    slopes = {pair.slope(A, Y).tobytes() for pair in pairs}
    assert len(values) == len(slopes) == 1
    expected = 2 * (A - Y) * ACTIVATIONS[activation].slope(A)
    np.testing.assert_allclose(pairs[0].slope(A, Y), expected, rtol=1e-15)


@pytest.mark.parametrize("size", [0.01, 1.0, 5.0, 30.0, 90.0, 200.0, 1000.0, 1e300])
@pytest.mark.parametrize("samples", [1, 7, 8, 9, 21, 100])
def test_the_mean_by_products_is_the_mean_of_the_samples(size: float, samples: int) -> None:
    rng = np.random.default_rng((samples, int(size)))
    Z = size * rng.standard_normal((5, samples))
    Y = (rng.uniform(size=samples) > 0.5).astype(np.float64)
    Z[1] = np.abs(Z[1]) * (2 * Y - 1)  # learned: every sample far on its right side
    Z[2] = -np.abs(Z[2]) * (2 * Y - 1)  # every sample on the wrong side
    with np.errstate(all="ignore"):
        found = mean_cross_entropy(Z, sigmoid(Z), Y)
        expected = cross_entropy_from_logits(Z, Y).mean(axis=-1)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=0)
    np.testing.assert_allclose(found, expected, rtol=1e-13, atol=2e-14)


@pytest.mark.parametrize("z", [math.nan, math.inf, -math.inf])
def test_the_mean_by_products_is_not_a_number_where_a_sample_is_none(z: float) -> None:
    Z, Y = np.full((3, 10), 0.5), np.arange(10) % 2.0
    Z[1, 4] = z
    with np.errstate(all="ignore"):
        found = mean_cross_entropy(Z, sigmoid(Z), Y)
        expected = cross_entropy_from_logits(Z, Y).mean(axis=-1)
    assert np.array_equal(np.isfinite(found), np.isfinite(expected))
    assert found[[0, 2]] == pytest.approx(expected[[0, 2]], rel=1e-14)


def test_the_mean_of_a_state_does_not_depend_on_those_computed_beside_it() -> None:
    rng = np.random.default_rng(0)
    Z, Y = 3 * rng.standard_normal((64, 21)), np.arange(21) % 2.0
    together = mean_cross_entropy(Z, sigmoid(Z), Y)
    alone = [float(mean_cross_entropy(row, sigmoid(row), Y)[0]) for row in np.split(Z, 64)]
    assert together.tolist() == alone


@pytest.mark.parametrize("number", [0, 1])
def test_the_stable_loss_of_a_sample_has_its_digits_in_both_classes(number: int) -> None:
    Z = np.append(np.linspace(-700.0, 700.0, 401), [-36.0, 36.0])
    Y = np.full_like(Z, number)
    found = output_pair("cross_entropy", "sigmoid", "stable").value(Z, sigmoid(Z), Y)
    expected = np.array(exact_losses(Z, Y), dtype=np.float64)
    np.testing.assert_allclose(found, expected, rtol=1e-14, atol=0)


def outputs(kind: str, samples: int, size: float, rng: np.random.Generator) -> tuple[Array, Array]:
    """Make Z and Y of samples that are right by about `size`, all alike or each another way."""
    Y = rng.permutation(np.arange(samples) % 2).astype(np.float64)
    margins = np.full(samples, size)
    if kind != "alike":
        margins *= rng.uniform(0.5, 1.0, samples)
    if kind == "one is wrong":
        margins[rng.integers(samples)] = -1e-3 * size
    if kind == "all are wrong":
        margins = -margins
    return (2.0 * Y - 1.0) * margins, Y


@pytest.mark.thorough
@np.errstate(divide="ignore")  # the logarithm of a product that has become 0
@pytest.mark.parametrize("kind", ["alike", "different", "one is wrong", "all are wrong"])
@pytest.mark.parametrize("samples", [1, 2, 16, 21, 100, 1500])
def test_the_stable_mean_has_its_digits_at_any_loss(kind: str, samples: int) -> None:
    rng = np.random.default_rng(samples)
    pair = output_pair("cross_entropy", "sigmoid", "stable")
    sizes = [0.1, 3.0, 8.1, 9.3, 11.0, 12.7, 14.3, 15.1, 16.9, 19.7, 23.3, 36.0, 43.9, 90.0, 700.0]
    for size in sizes if samples < 1000 else sizes[2:11:4]:
        Z, Y = outputs(kind, samples, size, rng)
        found = pair.mean(Z[np.newaxis], sigmoid(Z[np.newaxis]), Y)
        assert found[0] == pytest.approx(exact_mean(Z, Y), rel=1e-9, abs=0.0), size


@pytest.mark.parametrize("size", [0.5, 5.0, 12.0, 16.0, 20.0, 36.0, 200.0, 700.0])
@pytest.mark.parametrize("classes", [2, 3])
def test_every_stable_loss_of_a_network_has_its_digits(classes: int, size: float) -> None:
    names, units = (("sigmoid",), 1) if classes == 2 else ((SOFTMAX,), classes)
    rng = np.random.default_rng(3)
    Y = (np.arange(24) % classes).astype(np.float64)
    network = Network((2, units), names)
    network.parameters[:] = 0.0
    network.weights[0][:] = (1.0,) if classes == 2 else ((1.0, 0.0, -1.0), (0.0, 1.0, -1.0))
    X = size * rng.uniform(0.4, 0.6, (24, 2))
    if classes == 2:
        X *= 2.0 * Y[:, np.newaxis] - 1.0
    else:
        X *= np.array([(1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)])[Y.astype(int)]
    targets = Y[:, np.newaxis]
    training = Training(network, X, targets)
    held_out = HeldOut(network, X, X, targets, "cross_entropy", "stable")
    batch = Batch([network] * 3, X, targets, [1.0] * 3)
    close = {"rel": 1e-9, "abs": 0.0}

    expected = exact_mean(training.logits, Y)

    assert expected < math.exp(-0.3 * size)
    assert training.loss == pytest.approx(expected, **close)
    assert training.sample_losses().mean() == pytest.approx(expected, **close)
    assert held_out.loss() == pytest.approx(expected, **close)
    assert batch.losses.tolist() == pytest.approx([expected] * 3, **close)


def test_the_softmax_loss_of_a_sample_has_its_digits_in_every_class() -> None:
    rng = np.random.default_rng(0)
    Z = rng.uniform(-1.0, 1.0, (4, 300)) * np.geomspace(1.0, 350.0, 300)
    Y = (np.arange(300) % 4).astype(np.float64)
    pair = output_pair("cross_entropy", SOFTMAX, "stable", 4)
    found = pair.value(Z, softmax(Z.T).T, one_hot(Y, 4))
    expected = np.array(exact_losses(Z, Y), dtype=np.float64)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=0)
