"""Losses, and the formulas that `numerics` chooses for the output."""

import math

import numpy as np
import pytest

from mlpviz.engine.activations import ACTIVATIONS, sigmoid
from mlpviz.engine.losses import (
    LOSSES,
    NUMERICS,
    cross_entropy_from_logits,
    mean_cross_entropy,
    output_pair,
)

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
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=0)
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
