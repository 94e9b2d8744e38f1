"""The prepared calls against the books: `Program` and `Network.forward`, `Network.backward`."""

import math
from collections.abc import Iterator

import numpy as np
import pytest

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.datasets import DATASETS, REGRESSIONS
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.losses import LOSSES, NUMERICS, REDUCTIONS, output_pair
from mlpviz.engine.network import Network
from mlpviz.engine.program import RING_ROWS
from mlpviz.engine.steps import StepRule
from mlpviz.engine.training import Training

LAYERS = [
    *(((4, 4), (name, name, "sigmoid")) for name in ACTIVATIONS),
    *(((4, 4), ("sigmoid", "sigmoid", name)) for name in ACTIVATIONS),
    *(((), (name,)) for name in ACTIVATIONS),
    ((5, 3, 4, 2), ("relu", "tanh", "identity", "sigmoid", "tanh")),
]


def make_network(hidden: tuple[int, ...], activations: tuple[str, ...]) -> Network:
    sizes = (2, *hidden, 1)
    network = Network(sizes, activations)
    for W, drawn in zip(network.weights, initial_weights("normal", 0, sizes), strict=True):
        W[:] = drawn
    return network


def by_the_book(
    network: Network, X: Array, Y: Array, loss: str, numerics: str, reduction: str, rate: float
) -> Iterator[tuple[Array, Array, float]]:
    """Yield parameters, predictions and loss of state after state."""
    pair = output_pair(loss, network.activations[-1], numerics)
    scale = 1.0 / len(X) if reduction == "mean" else 1.0
    while True:
        activations, sums = network.forward(X)
        A, Z = activations[-1], sums[-1]
        yield network.parameters.copy(), A[:, 0].copy(), float(pair.value(Z, A, Y).mean())
        network.parameters -= rate * network.backward(activations, pair.slope(A, Y) * scale)


@pytest.mark.parametrize(("hidden", "activations"), LAYERS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("numerics", NUMERICS)
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_every_epoch_is_that_of_the_book(
    hidden: tuple[int, ...], activations: tuple[str, ...], loss: str, numerics: str, reduction: str
) -> None:
    X, Y = DATASETS["linear"].make(20, 0)
    rate = 0.1 if reduction == "mean" else 0.1 / len(X)
    training = Training(
        make_network(hidden, activations),
        X,
        Y,
        loss=loss,
        numerics=numerics,
        reduction=reduction,
        learning_rate=rate,
    )
    book = by_the_book(make_network(hidden, activations), X, Y, loss, numerics, reduction, rate)
    with np.errstate(all="ignore"):
        for _ in range(8):
            parameters, predictions, value = next(book)
            np.testing.assert_allclose(training.state(), parameters, rtol=1e-9, atol=1e-11)
            np.testing.assert_allclose(training.predictions, predictions, rtol=1e-9, atol=1e-11)
            assert training.loss == pytest.approx(value, rel=1e-9, nan_ok=True)
            training.run_epoch()


@pytest.mark.parametrize("dataset", sorted(set(DATASETS) - REGRESSIONS))
@pytest.mark.parametrize("numerics", NUMERICS)
@pytest.mark.parametrize("activations", [("identity",) * 3, ("relu", "relu", "identity")])
@np.errstate(all="ignore")
def test_what_is_not_a_number_in_the_book_is_none_here(
    dataset: str, numerics: str, activations: tuple[str, ...]
) -> None:
    X, Y = DATASETS[dataset].make(100, 0)
    training = Training(make_network((4, 4), activations), X, Y, numerics=numerics)
    network = make_network((4, 4), activations)
    for _ in range(40):
        # From the same state each time: the map is chaotic and would drift apart.
        network.parameters[:] = training.state()
        book = by_the_book(network, X, Y, "cross_entropy", numerics, "mean", 1.0)
        next(book)
        training.run_epoch()
        parameters, predictions, value = next(book)
        assert np.array_equal(np.isnan(training.state()), np.isnan(parameters))
        assert np.array_equal(np.isnan(training.predictions), np.isnan(predictions))
        assert math.isnan(training.loss) == math.isnan(value)


@pytest.mark.parametrize("count", [1, RING_ROWS - 1, RING_ROWS, RING_ROWS + 1, 3 * RING_ROWS + 5])
def test_predictions_and_losses_belong_together_wherever_the_ring_stands(count: int) -> None:
    X, Y = DATASETS["xor"].make(21, 0)
    training = Training(make_network((4, 4), ("sigmoid",) * 3), X, Y)
    stepped = Training(make_network((4, 4), ("sigmoid",) * 3), X, Y)
    for _ in range(3):
        losses = training.run(count)
        expected = []
        for _ in range(count):
            stepped.run_epoch()
            expected.append(stepped.loss)
        assert losses.tolist() == expected
        assert training.loss == losses[-1]
        assert training.loss == pytest.approx(training.sample_losses().mean(), rel=1e-12)
        assert np.array_equal(training.predictions, stepped.predictions)
        assert np.array_equal(training.logits, stepped.logits)


def test_data_handed_in_by_column_is_the_same_data() -> None:
    X, Y = DATASETS["linear"].make(20, 0)
    runs = []
    for data in (X, np.asfortranarray(X), np.repeat(X, 2, axis=0)[::2]):
        training = Training(make_network((4, 4), ("sigmoid",) * 3), data, Y)
        runs.append(training.run(20).tobytes())
    assert len(set(runs)) == 1


def test_an_epoch_of_the_default_network_takes_no_more_calls_than_it_needs() -> None:
    X, Y = DATASETS["xor"].make(21, 0)
    training = Training(make_network((4, 4), ("sigmoid",) * 3), X, Y)
    assert {len(calls) for calls in training._program._epochs} == {25}
    training.set_rule(StepRule(frozen=(3,)))
    assert {len(calls) for calls in training._program._epochs} == {26}
    training.set_rule(StepRule())
    assert {len(calls) for calls in training._program._epochs} == {25}
