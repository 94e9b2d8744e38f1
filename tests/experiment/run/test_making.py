"""How a unit comes by its output, against plain NumPy."""

from itertools import pairwise

import numpy as np
import pytest
from frames import make_frame

from mlpviz.engine import Array
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.making import activation_curve, making_of, strongest_terms

FOUR_CLASSES = Recipe(dataset="gaussians", classes=4, output_activation="softmax", epochs=20)


def plain_layers(frame: Frame, sample: int) -> list[tuple[Array, ...]]:
    """Compute W, b, a of the layer before, z and a of each layer of sigmoid units, by formula."""
    a, layers = frame.X[sample], []
    start, sizes = 0, frame.recipe.sizes
    for fan_in, fan_out in pairwise(sizes):
        W = frame.parameters[start : start + fan_in * fan_out].reshape(fan_in, fan_out)
        start += fan_in * fan_out
        b = frame.parameters[start : start + fan_out]
        start += fan_out
        before, z = a, a @ W + b
        a = 1.0 / (1.0 + np.exp(-z))
        layers.append((W, b, before, z, a))
    return layers


@pytest.mark.parametrize("unit", [(1, 2), (2, 3), (3, 0)])
def test_the_terms_of_a_sample_are_those_of_plain_numpy(unit: tuple[int, int]) -> None:
    frame = make_frame(epochs=300)
    layer, number = unit
    W, b, before, z, a = plain_layers(frame, 7)[layer - 1]
    making = making_of(frame, unit, 7, frame.forward_at(*frame.X[7].tolist()))
    np.testing.assert_array_equal(making.weights, W[:, number])
    assert making.bias == b[number]
    assert making.activation == "sigmoid"
    sample = making.sample
    assert sample is not None
    np.testing.assert_allclose(sample.inputs, before, rtol=1e-12)
    np.testing.assert_allclose(sample.products, W[:, number] * before, rtol=1e-12)
    assert sample.z == pytest.approx(z[number], rel=1e-12)
    assert sample.a == pytest.approx(a[number], rel=1e-12)
    assert sample.products.sum() + making.bias == pytest.approx(sample.z, rel=1e-12)
    assert sample.sum_without((0,)) == pytest.approx(sample.products[1:].sum(), rel=1e-12)


def test_they_are_to_the_bit_what_the_frame_computes_at_the_place_of_the_sample() -> None:
    frame = make_frame(FOUR_CLASSES, epochs=20)
    values = frame.forward_at(*frame.X[5].tolist())
    sample = making_of(frame, (3, 2), 5, values).sample
    assert sample is not None
    assert (sample.z, sample.a) == (values.sums[2][2], values.activations[3][2])
    assert sample.inputs.dtype == np.float64


def test_without_a_sample_there_are_no_numbers_of_one() -> None:
    assert making_of(make_frame(), (1, 0)).sample is None


def test_where_activations_are_off_there_is_none() -> None:
    assert making_of(make_frame(Recipe(activations_off=True)), (1, 0)).activation is None


def test_the_strongest_terms_are_shown_in_the_order_of_their_units() -> None:
    weights = np.array([0.1, -5.0, 0.3, 2.0, -0.2])
    assert strongest_terms(weights, 2) == (1, 3)
    assert strongest_terms(weights, 3) == (1, 2, 3)
    assert strongest_terms(weights, 2, kept=0) == (0, 1)
    assert strongest_terms(weights, 9) == (0, 1, 2, 3, 4)


def test_a_weight_that_is_not_a_number_is_shown_first() -> None:
    assert strongest_terms(np.array([1e300, np.nan, -1e308]), 1) == (1,)


def test_terms_that_are_about_alike_do_not_take_turns() -> None:
    assert strongest_terms(np.array([1.0, 1.1]), 1, before=(0,)) == (0,)
    assert strongest_terms(np.array([1.0, 1.3]), 1, before=(0,)) == (1,)


def test_the_curve_of_an_activation_is_its_function_and_has_its_kink() -> None:
    z, a = activation_curve("relu")
    np.testing.assert_array_equal(a, np.where(z > 0.0, z, 0.0))
    assert 0.0 in z
    z, a = activation_curve("sigmoid")
    np.testing.assert_allclose(a, 1.0 / (1.0 + np.exp(-z)), rtol=1e-12)


def test_softmax_has_no_curve_of_its_own() -> None:
    with pytest.raises(ValueError, match="softmax"):
        activation_curve("softmax")
