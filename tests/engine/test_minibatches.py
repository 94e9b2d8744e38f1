"""Mini-batches: every epoch sees each sample once, in an order that can be computed again."""

import numpy as np
import pytest
from reference import forward, step

from mlpviz.engine import Array
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.minibatches import BATCH_PURPOSE, ORDER_BLOCK, BatchOrder
from mlpviz.engine.network import Network
from mlpviz.engine.training import Training


def make_training(
    batch_size: int, reduction: str = "mean", seed: int = 0, activation: str = "sigmoid"
) -> Training:
    sizes = (2, 4, 4, 1)
    network = Network(sizes, (activation,) * 3)
    for W, drawn in zip(network.weights, initial_weights("normal", 0, sizes), strict=True):
        W[:] = drawn
    X, Y = DATASETS["xor"].make(21, 0)
    return Training(
        network,
        X,
        Y,
        learning_rate=0.5,
        reduction=reduction,
        batch_size=batch_size,
        batch_seed=seed,
    )


def by_the_book(batch_size: int, reduction: str, epochs: int) -> Array:
    """Train in textbook NumPy, with the orders that the design prescribes."""
    training = make_training(0)
    weights = [W.copy() for W in training.network.weights]
    biases = [b.copy() for b in training.network.biases]
    for epoch in range(epochs):
        rng = np.random.default_rng((0, BATCH_PURPOSE, epoch // ORDER_BLOCK))
        for _ in range(epoch % ORDER_BLOCK + 1):
            order = rng.permutation(21)
        for start in range(0, 21, batch_size):
            chosen = order[start : start + batch_size]
            x, y = training.X[chosen], training.Y[chosen]
            rate = 0.5 / len(chosen) if reduction == "mean" else 0.5
            step(forward(x, weights, biases), y, weights, biases, rate)
    parts = [part.ravel() for pair in zip(weights, biases, strict=True) for part in pair]
    return np.concatenate(parts)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("batch_size", [1, 2, 7, 10, 20])
def test_batches_of_every_size_train_as_the_book_does(batch_size: int, reduction: str) -> None:
    training = make_training(batch_size, reduction=reduction)
    training.run(70)  # beyond the first block of orders
    expected = by_the_book(batch_size, reduction, 70)
    np.testing.assert_allclose(training.state(), expected, rtol=0, atol=1e-11)


@pytest.mark.parametrize("batch_size", [0, 21, 22, 1000])
def test_a_batch_of_all_samples_is_the_full_batch_to_the_bit(batch_size: int) -> None:
    assert make_training(batch_size).run(30).tobytes() == make_training(0).run(30).tobytes()


def test_losses_and_predictions_are_those_of_the_whole_training_set() -> None:
    training = make_training(4)
    losses = training.run(5)
    A = training.network.forward(training.X).activations[-1][:, 0]
    np.testing.assert_allclose(training.predictions, A, rtol=1e-12)
    y = training.Y[:, 0]
    expected = -np.mean(y * np.log(A) + (1 - y) * np.log(1 - A))
    assert training.loss == losses[-1] == pytest.approx(expected, rel=1e-12)
    assert len(losses) == 5


@pytest.mark.parametrize("cuts", [(1,) * 130, (64, 66), (63, 1, 1, 65), (130,)])
def test_where_calls_are_cut_does_not_matter(cuts: tuple[int, ...]) -> None:
    training, other = make_training(5), make_training(5)
    losses = np.concatenate([training.run(count) for count in cuts])
    assert losses.tobytes() == other.run(130).tobytes()


@pytest.mark.parametrize("start", [0, 1, 63, 64, 65, 127, 128])
def test_any_epoch_can_be_computed_again_from_a_state_before_it(start: int) -> None:
    training, again = make_training(5), make_training(5)
    training.run(start)
    again.restore(start, training.state())
    assert again.run(70).tobytes() == training.run(70).tobytes()


def test_another_seed_is_another_order() -> None:
    assert not np.array_equal(make_training(5).run(3), make_training(5, seed=1).run(3))


def test_an_order_is_a_permutation_and_a_function_of_the_epoch_alone() -> None:
    one, other = BatchOrder(3, 10), BatchOrder(3, 10)
    orders = [one.of_epoch(epoch).tolist() for epoch in range(130)]
    assert all(sorted(order) == list(range(10)) for order in orders)
    assert len({tuple(order) for order in orders}) > 120
    for epoch in (129, 5, 64, 6, 7, 63, 64, 0, 0):
        assert other.of_epoch(epoch).tolist() == orders[epoch]


def test_the_size_can_change_between_epochs() -> None:
    training = make_training(0)
    training.run(3)
    training.set_batch_size(4)
    other = make_training(4)
    other.restore(3, training.state())
    assert training.run(3).tobytes() == other.run(3).tobytes()
    training.set_batch_size(0)
    full = make_training(0)
    full.restore(6, training.state())
    assert training.run(3).tobytes() == full.run(3).tobytes()


def test_the_epoch_in_which_the_weights_break_is_found_in_batches_too() -> None:
    training = make_training(5, activation="identity")
    training.run(300)
    first = training.first_nonfinite_weight_epoch
    assert first is not None
    again = make_training(5, activation="identity")
    again.run(first - 1)
    assert np.isfinite(again.state()).all()
    again.run_epoch()
    assert not np.isfinite(again.state()).all()
