"""Activation functions and their slopes."""

import math

import numpy as np
import pytest

from mlpviz.engine.activations import ACTIVATIONS, sigmoid

TINY = np.finfo(np.float64).smallest_subnormal
LARGEST = np.finfo(np.float64).max


def test_sigmoid_at_known_points() -> None:
    A = sigmoid(np.array([0.0, math.log(3.0), -math.log(3.0)]))
    assert pytest.approx([0.5, 0.75, 0.25], abs=1e-15) == A.tolist()


def test_sigmoid_is_finite_and_silent_for_any_input() -> None:
    edges = [0.0, TINY, 1e-300, 1e-16, 1.0, 36.0, 37.0, 709.0, 710.0, 745.0, 746.0, 1e300, LARGEST]
    Z = np.array([*edges, math.inf, *(-edge for edge in edges), -math.inf])
    A = sigmoid(Z)  # a warning would be an error here: see filterwarnings
    assert np.isfinite(A).all()
    assert A.min() >= 0.0
    assert A.max() <= 1.0
    assert sigmoid(np.array([-math.inf, -LARGEST, LARGEST, math.inf])).tolist() == [0, 0, 1, 1]


def test_sigmoid_of_nan_is_nan() -> None:
    assert math.isnan(sigmoid(np.array([math.nan]))[0])


def test_sigmoid_is_accurate_to_the_last_digits() -> None:
    Z = np.linspace(-700.0, 700.0, 2001)
    exact = [1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z)) for z in Z]
    np.testing.assert_allclose(sigmoid(Z), exact, rtol=2e-15)


def test_values_are_those_of_the_textbook() -> None:
    Z = np.array([-2.0, -0.5, 0.0, 0.5, 2.0])
    by_hand = {
        "sigmoid": [1 / (1 + math.exp(-z)) for z in Z],
        "tanh": [math.tanh(z) for z in Z],
        "relu": [0.0, 0.0, 0.0, 0.5, 2.0],
        "leaky_relu": [-0.02, -0.005, 0.0, 0.5, 2.0],
        "identity": Z.tolist(),
    }
    for name, values in by_hand.items():
        assert ACTIVATIONS[name].value(Z).tolist() == pytest.approx(values, abs=1e-15), name


def test_sigmoid_slope_is_a_times_one_minus_a() -> None:
    A = np.array([0.0, 0.25, 0.5, 1.0])
    assert ACTIVATIONS["sigmoid"].slope(A).tolist() == [0.0, 0.1875, 0.25, 0.0]


def test_relu_slope_is_0_at_the_kink() -> None:
    assert ACTIVATIONS["relu"].slope(np.array([0.0, 1e-300])).tolist() == [0.0, 1.0]


def test_leaky_relu_slope_is_a_hundredth_at_and_below_the_kink() -> None:
    A = np.array([-1.0, 0.0, 1e-300])
    assert ACTIVATIONS["leaky_relu"].slope(A).tolist() == [0.01, 0.01, 1.0]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_slope_from_the_output_is_the_derivative_of_the_value(name: str) -> None:
    function = ACTIVATIONS[name]
    Z = np.array([-3.0, -1.0, -0.1, 0.1, 1.0, 3.0])
    h = 1e-5
    numeric = (function.value(Z + h) - function.value(Z - h)) / (2 * h)
    np.testing.assert_allclose(function.slope(function.value(Z)), numeric, atol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_value_and_slope_keep_shape_and_type_and_leave_their_argument_alone(name: str) -> None:
    function = ACTIVATIONS[name]
    for dtype in (np.float32, np.float64):
        Z = np.linspace(-2.0, 2.0, 6, dtype=dtype).reshape(2, 3)
        before = Z.copy()
        A = function.value(Z)
        slope = function.slope(A)
        assert A.dtype == slope.dtype == dtype
        assert A.shape == slope.shape == (2, 3)
        assert np.array_equal(Z, before)
