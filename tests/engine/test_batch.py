"""Many networks at once: what they give is what each gives alone."""

from collections.abc import Sequence

import numpy as np
import pytest

from mlpviz.engine import batch as batch_module
from mlpviz.engine.batch import MAX_GROUP, Batch, group_size
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.network import Network
from mlpviz.engine.training import Training

SHAPES = [(2, 4, 4, 1), (2, 1), (2, 16, 1), (2, 3, 5, 2, 1)]


def network_of(sizes: Sequence[int], seed: int, hidden: str = "sigmoid") -> Network:
    network = Network(sizes, [hidden] * (len(sizes) - 2) + ["sigmoid"])
    for W, drawn in zip(network.weights, initial_weights("normal", seed, sizes), strict=True):
        W[:] = drawn
    return network


@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu", "identity"])
@pytest.mark.parametrize("sizes", SHAPES)
@pytest.mark.parametrize("dataset", ["linear", "xor"])
def test_together_they_train_as_each_does_alone(
    sizes: tuple[int, ...], dataset: str, hidden: str
) -> None:
    X, Y = DATASETS[dataset].make(60, 0)
    rates = [1.0, 0.1, 0.5, 2.0, 0.03]
    together = Batch([network_of(sizes, seed, hidden) for seed in range(5)], X, Y, rates)
    losses = together.run(200)
    assert losses.shape == (200, 5)
    for seed, rate in enumerate(rates):
        alone = Training(network_of(sizes, seed, hidden), X, Y, learning_rate=rate)
        np.testing.assert_allclose(losses[:, seed], alone.run(200), rtol=0, atol=1e-12)
        np.testing.assert_allclose(
            together.parameters[seed], alone.network.parameters, rtol=0, atol=1e-12
        )
        np.testing.assert_allclose(
            together.predictions[seed], alone.predictions, rtol=0, atol=1e-12
        )
        assert together.accuracies[seed] == alone.accuracy


@pytest.mark.parametrize("loss", ["cross_entropy", "mean_squared_error"])
@pytest.mark.parametrize("numerics", ["stable", "textbook"])
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_every_loss_numerics_and_reduction_agrees(loss: str, numerics: str, reduction: str) -> None:
    X, Y = DATASETS["xor"].make(21, 0)
    how = {"loss": loss, "numerics": numerics, "reduction": reduction}
    rate = 0.5 if reduction == "mean" else 0.02
    together = Batch([network_of((2, 4, 4, 1), seed) for seed in (3, 4)], X, Y, [rate] * 2, **how)
    losses = together.run(100)
    for column, seed in enumerate((3, 4)):
        alone = Training(network_of((2, 4, 4, 1), seed), X, Y, learning_rate=rate, **how)
        np.testing.assert_allclose(losses[:, column], alone.run(100), rtol=0, atol=1e-12)


def test_groups_of_every_size_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    X, Y = DATASETS["xor"].make(21, 0)
    results = []
    for size in (1, 2, 3, 7):
        monkeypatch.setattr(batch_module, "group_size", lambda *_, size=size: size)
        together = Batch([network_of((2, 4, 1), seed) for seed in range(7)], X, Y, [1.0] * 7)
        results.append(np.concatenate((together.run(30), together.run(20))))
        assert together.epoch == 50
    for other in results[1:]:
        np.testing.assert_allclose(other, results[0], rtol=0, atol=1e-13)


def test_one_that_breaks_does_not_break_the_others() -> None:
    X, Y = DATASETS["xor"].make(21, 0)
    networks = [network_of((2, 4, 4, 1), seed) for seed in (0, 1)]
    networks[0].parameters[:] = np.nan
    together = Batch(networks, X, Y, [1.0, 1.0])
    losses = together.run(50)
    alone = Training(network_of((2, 4, 4, 1), 1), X, Y)
    assert np.isnan(losses[:, 0]).all()
    np.testing.assert_allclose(losses[:, 1], alone.run(50), rtol=0, atol=1e-12)
    assert together.accuracies[0] == 0.0


def test_the_losses_of_the_present_state_are_there_before_and_after_training() -> None:
    X, Y = DATASETS["xor"].make(21, 0)
    networks = [network_of((2, 4, 1), seed) for seed in (0, 1, 2)]
    together = Batch(networks, X, Y, [1.0] * 3)
    untrained = [Training(network, X, Y).loss for network in networks]
    np.testing.assert_allclose(together.losses, untrained, rtol=0, atol=1e-14)
    np.testing.assert_array_equal(together.run(10)[-1], together.losses)
    together.run(0)
    assert together.losses.shape == (3,)


@pytest.mark.thorough
@pytest.mark.parametrize("size", [1, 2, 5])
def test_right_samples_are_counted_in_every_epoch(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(batch_module, "group_size", lambda *_: size)
    X, Y = DATASETS["xor"].make(21, 0)
    together = Batch([network_of((2, 4, 4, 1), seed) for seed in range(5)], X, Y, [3.0] * 5)
    counts = np.full((400, 5), -1)
    together.run(150, counts[:150])
    together.run(250, counts[150:])
    for seed in range(5):
        alone = Training(network_of((2, 4, 4, 1), seed), X, Y, learning_rate=3.0)
        expected = []
        for _ in range(400):
            alone.run_epoch()
            expected.append(round(alone.accuracy * len(X)))
        assert counts[:, seed].tolist() == expected


def test_counting_changes_nothing_in_the_losses() -> None:
    X, Y = DATASETS["xor"].make(21, 0)
    plain, counted = (
        Batch([network_of((2, 4, 1), seed) for seed in range(3)], X, Y, [1.0] * 3) for _ in "ab"
    )
    counts = np.empty((70, 3), dtype=np.intp)
    np.testing.assert_array_equal(plain.run(70), counted.run(70, counts))


def test_a_prediction_that_is_not_a_number_is_not_counted_as_right() -> None:
    X, Y = DATASETS["xor"].make(21, 0)
    network = network_of((2, 4, 1), 0)
    network.parameters[:] = np.nan
    counts = np.full((3, 1), -1)
    Batch([network], X, Y, [1.0]).run(3, counts)
    assert counts.tolist() == [[0], [0], [0]]


def test_the_networks_given_stay_as_they_are() -> None:
    X, Y = DATASETS["xor"].make(21, 0)
    network = network_of((2, 4, 1), 0)
    before = network.parameters.copy()
    Batch([network], X, Y, [1.0]).run(10)
    np.testing.assert_array_equal(network.parameters, before)


def test_small_networks_go_together_and_large_ones_alone() -> None:
    assert group_size((2, 4, 1), 21) == MAX_GROUP
    assert 1 < group_size((2, 16, 16, 1), 100) < MAX_GROUP
    assert group_size((2, *(64,) * 6, 1), 1000) == 1


def test_what_does_not_fit_together_is_refused_with_a_sentence() -> None:
    X, Y = DATASETS["xor"].make(21, 0)
    one, other = network_of((2, 4, 1), 0), network_of((2, 5, 1), 0)
    with pytest.raises(ValueError, match="networks must all have the same sizes"):
        Batch([one, other], X, Y, [1.0, 1.0])
    with pytest.raises(ValueError, match=r"learning_rates must be one per network, 1\. Got 2\."):
        Batch([one], X, Y, [1.0, 1.0])


@pytest.mark.slow
@pytest.mark.parametrize("rate", [1.0, 0.1])
def test_the_verdict_is_that_of_single_runs_for_seeds_0_to_49(rate: float) -> None:
    X, Y = DATASETS["xor"].make(21, 0)
    together = Batch([network_of((2, 4, 4, 1), seed) for seed in range(50)], X, Y, [rate] * 50)
    together.run(10_000)
    learned = (together.accuracies == 1.0).tolist()
    for seed in range(50):
        alone = Training(network_of((2, 4, 4, 1), seed), X, Y, learning_rate=rate)
        alone.run(10_000)
        assert learned[seed] == (alone.accuracy == 1.0), seed
