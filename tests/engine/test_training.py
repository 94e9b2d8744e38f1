"""Training: epochs, states, losses, accuracy."""

import math

import numpy as np
import pytest

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.datasets import linear, xor
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.losses import LOSSES, NUMERICS, REDUCTIONS, output_slopes
from mlpviz.engine.network import Network
from mlpviz.engine.scores import correct_samples
from mlpviz.engine.training import Training

SIZES = (2, 4, 4, 1)


def make(
    activation: str = "sigmoid",
    loss: str = "cross_entropy",
    numerics: str = "stable",
    seed: int = 0,
    learning_rate: float = 1.0,
) -> Training:
    network = Network(SIZES, (activation, activation, "sigmoid"))
    for W, drawn in zip(network.weights, initial_weights("normal", seed, SIZES), strict=True):
        W[:] = drawn
    return Training(network, *xor(), loss=loss, numerics=numerics, learning_rate=learning_rate)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("numerics", NUMERICS)
def test_same_seed_gives_the_same_run_to_the_bit(activation: str, loss: str, numerics: str) -> None:
    first, second = (make(activation, loss, numerics) for _ in range(2))
    assert first.run(200).tobytes() == second.run(200).tobytes()
    assert first.state().tobytes() == second.state().tobytes()


def test_another_seed_gives_another_run() -> None:
    assert not np.array_equal(make(seed=0).run(5), make(seed=1).run(5))


def test_where_runs_are_cut_does_not_matter_to_the_bit() -> None:
    whole, cut, stepped = make(), make(), make()
    losses = whole.run(300)
    rng, pieces = np.random.default_rng(0), []
    while cut.epoch < 300:
        pieces.append(cut.run(min(int(rng.integers(0, 40)), 300 - cut.epoch)))
    for _ in range(300):
        stepped.run_epoch()
    assert np.concatenate(pieces).tobytes() == losses.tobytes()
    assert whole.state().tobytes() == cut.state().tobytes() == stepped.state().tobytes()
    assert whole.predictions.tobytes() == cut.predictions.tobytes()


def test_an_epoch_counts_and_n_epochs_give_n_losses_after_the_first() -> None:
    training = make()
    assert training.epoch == 0
    first = training.loss
    losses = training.run(7)
    assert (training.epoch, losses.shape) == (7, (7,))
    assert losses[-1] == training.loss
    assert first not in losses
    assert training.run(0).shape == (0,)
    training.run_epoch()
    assert training.epoch == 8


@pytest.mark.parametrize("loss", LOSSES)
def test_loss_and_accuracy_belong_to_the_state_in_which_training_stands(loss: str) -> None:
    training = make(loss=loss)
    for epochs in (0, 1, 30):
        training.run(epochs)
        A = training.network.forward(training.X).activations[-1]
        np.testing.assert_allclose(training.predictions, A[:, 0], rtol=1e-13)
        expected = LOSSES[loss].value(A, training.Y)
        np.testing.assert_allclose(training.sample_losses(), expected[:, 0], rtol=1e-12)
        assert training.loss == pytest.approx(float(expected.mean()), rel=1e-12)
        right = [(a > 0.5) == (y == 1.0) for a, y in zip(A[:, 0], training.Y[:, 0], strict=True)]
        assert training.accuracy == sum(right) / 21


def test_logits_are_what_the_predictions_are_the_sigmoid_of() -> None:
    training = make()
    training.run(10)
    assert training.logits.shape == training.predictions.shape == (21,)
    np.testing.assert_allclose(training.predictions, 1 / (1 + np.exp(-training.logits)), rtol=1e-14)


@pytest.mark.parametrize("numerics", NUMERICS)
def test_activations_and_slopes_are_those_of_the_present_state(numerics: str) -> None:
    training = make("tanh", numerics=numerics)
    training.run(70)  # beyond one ring of outputs
    network = training.network
    layers = network.forward(training.X).activations
    for mine, A in zip(training.hidden_activations, layers[1:-1], strict=True):
        assert mine == pytest.approx(A.T, abs=1e-12)
    before = training.state()
    gradient = network.backward(layers, output_slopes(training.pair, layers[-1], training.Y)).copy()
    training.run_epoch()
    step = training.learning_rate / len(training.X) * gradient
    assert before - training.state() == pytest.approx(step, abs=1e-12)


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_the_batches_of_the_epoch_to_come_are_those_it_takes(reduction: str) -> None:
    network = Network((2, 1), ("sigmoid",))
    training = Training(network, *linear(10, 0), reduction=reduction, batch_size=4, batch_seed=3)
    training.run(70)  # into the second block of orders
    batches = training.batches()
    assert [len(samples) for samples in batches] == [4, 4, 2]
    assert sorted(np.concatenate(batches).tolist()) == list(range(10))
    parameters = training.state()
    training.run_epoch()
    again = Network((2, 1), ("sigmoid",))
    again.parameters[:] = parameters
    for samples in batches:
        layers = again.forward(training.X[samples]).activations
        dZ = output_slopes(training.pair, layers[-1], training.Y[samples])
        scale = 1.0 / len(samples) if reduction == "mean" else 1.0
        again.parameters -= training.learning_rate * scale * again.backward(layers, dZ)
    assert again.parameters == pytest.approx(training.state(), abs=1e-12)
    training.set_batch_size(0)
    assert [samples.tolist() for samples in training.batches()] == [list(range(10))]


def test_a_state_restored_goes_on_to_the_bit() -> None:
    training = make()
    training.run(20)
    state, loss, predictions = training.state(), training.loss, training.predictions.copy()
    expected = training.run(30)
    training.restore(20, state)
    assert (training.epoch, training.loss) == (20, loss)
    assert np.array_equal(training.predictions, predictions)
    assert training.run(30).tobytes() == expected.tobytes()


def test_a_state_is_a_copy() -> None:
    training = make()
    state = training.state()
    before = state.copy()
    training.run(3)
    assert np.array_equal(state, before)
    state[:] = 0.0
    assert training.network.parameters.any()


def test_the_learning_rate_may_change_between_epochs() -> None:
    training = make(learning_rate=0.25)
    start = training.state()
    training.run_epoch()
    first = training.state() - start
    training.restore(0, start)
    training.learning_rate = 0.5
    training.run_epoch()
    np.testing.assert_allclose(training.state() - start, 2 * first, rtol=1e-10, atol=1e-15)


def test_sum_is_the_mean_times_the_number_of_samples() -> None:
    X, Y = linear(64, 0)
    moves = []
    for reduction in ("mean", "sum"):
        network = Network((2, 1), ("sigmoid",))
        training = Training(network, X, Y, reduction=reduction, learning_rate=0.5)
        assert training.loss == pytest.approx(math.log(2.0))  # always the mean
        training.run_epoch()
        moves.append(training.state())
    np.testing.assert_allclose(moves[1], 64 * moves[0], rtol=1e-14)


def test_a_prediction_is_class_1_only_above_one_half() -> None:
    predictions = np.array([0.5, np.nextafter(0.5, 1.0), 0.0, 1.0])
    assert correct_samples(predictions, np.zeros(4)).tolist() == [True, False, True, False]
    assert correct_samples(predictions, np.ones(4)).tolist() == [False, True, False, True]


def test_a_prediction_that_is_not_finite_is_wrong_whatever_the_class() -> None:
    predictions = np.array([math.nan, math.inf, -math.inf])
    for target in (0.0, 1.0):
        assert not correct_samples(predictions, np.full(3, target)).any()


def test_training_leaves_its_data_alone() -> None:
    training = make()
    X, Y = training.X.copy(), training.Y.copy()
    training.run(10)
    assert np.array_equal(training.X, X)
    assert np.array_equal(training.Y, Y)
