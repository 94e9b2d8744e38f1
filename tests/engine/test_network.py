"""The network over one flat vector of parameters."""

import numpy as np
import pytest

from mlpviz.engine.network import Network, layer_views, linear_product, parameter_count
from mlpviz.engine.training import Training

SIZES = [(2, 1), (2, 4, 4, 1), (3, 5, 2), (2, 64, 64, 1), (2, 1, 1, 1, 1, 1, 1, 1)]


def make(sizes: tuple[int, ...], activation: str = "sigmoid") -> Network:
    network = Network(sizes, (activation,) * (len(sizes) - 1))
    network.parameters[:] = np.random.default_rng(0).standard_normal(len(network.parameters))
    return network


def test_the_default_network_has_37_parameters() -> None:
    assert parameter_count((2, 4, 4, 1)) == 37


@pytest.mark.parametrize("sizes", SIZES)
def test_the_flat_order_is_the_documented_one(sizes: tuple[int, ...]) -> None:
    network = make(sizes)
    pieces = []
    for W, b in zip(network.weights, network.biases, strict=True):
        pieces += [row.copy() for row in W]
        pieces.append(b.copy())
    assert np.array_equal(np.concatenate(pieces), network.parameters)
    assert len(network.parameters) == parameter_count(sizes)


def test_the_flat_order_written_out() -> None:
    weights, biases = layer_views(np.arange(9.0), (2, 2, 1))
    assert [W.tolist() for W in weights] == [[[0.0, 1.0], [2.0, 3.0]], [[6.0], [7.0]]]
    assert [b.tolist() for b in biases] == [[4.0, 5.0], [8.0]]


@pytest.mark.parametrize("sizes", SIZES)
def test_weights_and_biases_are_views_with_the_documented_shapes(sizes: tuple[int, ...]) -> None:
    network = Network(sizes, ("sigmoid",) * (len(sizes) - 1))
    for layer, (W, b) in enumerate(zip(network.weights, network.biases, strict=True)):
        assert W.shape == (sizes[layer], sizes[layer + 1])
        assert b.shape == (sizes[layer + 1],)
        assert np.shares_memory(W, network.parameters)
        assert np.shares_memory(b, network.parameters)
        W[:], b[:] = 2.0, 3.0
    assert set(network.parameters) == {2.0, 3.0}


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_parameters_stay_the_same_views_through_steps_and_restore(reduction: str) -> None:
    network = make((2, 4, 4, 1))
    vector, weights, biases = network.parameters, list(network.weights), list(network.biases)
    X = np.random.default_rng(1).uniform(size=(10, 2))
    training = Training(network, X, (X[:, :1] > 0.5) * 1.0, reduction=reduction)
    state = training.state()
    assert not np.shares_memory(state, vector)
    for change in (training.run_epoch, lambda: training.run(5), lambda: training.restore(0, state)):
        change()
        assert network.parameters is vector
        for kept, now in zip([*weights, *biases], [*network.weights, *network.biases], strict=True):
            assert now is kept
            assert np.shares_memory(kept, vector)
    assert np.array_equal(vector, state)


def test_a_network_starts_at_zero() -> None:
    assert not Network((2, 3, 1), ("tanh", "sigmoid")).parameters.any()


def test_forward_returns_the_weighted_sums_and_activations_of_every_layer() -> None:
    network = Network((2, 3, 2), ("tanh", "relu"))
    network.parameters[:] = np.random.default_rng(2).standard_normal(len(network.parameters))
    X = np.array([[0.5, -1.0], [2.0, 0.25]])
    hidden = np.tanh(X @ network.weights[0] + network.biases[0])
    Z = hidden @ network.weights[1] + network.biases[1]
    activations, sums = network.forward(X)
    assert (len(activations), len(sums)) == (3, 2)
    np.testing.assert_allclose(sums[0], X @ network.weights[0] + network.biases[0], rtol=1e-14)
    np.testing.assert_allclose(activations[0], X)
    np.testing.assert_allclose(activations[1], hidden, rtol=1e-14)
    np.testing.assert_allclose(sums[1], Z, rtol=1e-14)
    np.testing.assert_allclose(activations[2], np.maximum(Z, 0.0), rtol=1e-14)


@pytest.mark.parametrize("sizes", SIZES)
def test_the_output_alone_is_that_of_the_whole_pass_to_the_bit(sizes: tuple[int, ...]) -> None:
    network, X = make(sizes), np.random.default_rng(1).standard_normal((10, sizes[0]))
    whole, (Z, A) = network.forward(X), network.output(X)
    assert Z.tobytes() == whole.sums[-1].tobytes() == whole.logits.tobytes()
    assert A.tobytes() == whole.activations[-1].tobytes()


def test_a_picture_network_computes_in_float32() -> None:
    network = Network((2, 3, 1), ("sigmoid", "sigmoid"), np.float32)
    activations, _ = network.forward(np.zeros((4, 2), np.float32))
    assert {A.dtype for A in activations} == {np.dtype(np.float32)}


@pytest.mark.parametrize("sizes", [(2, 1), (2, 4, 4, 1), (3, 5, 2, 7, 1)])
def test_without_activations_all_layers_are_one_linear_map(sizes: tuple[int, ...]) -> None:
    network = make(sizes, "identity")
    w, b = linear_product(network.weights, network.biases)
    X = np.random.default_rng(1).standard_normal((10, sizes[0]))
    assert w.shape == (sizes[0],)
    assert X @ w + b == pytest.approx(network.forward(X).logits[:, 0], rel=1e-12)
