"""Three to six classes: an output unit each, softmax, and the losses over all of them."""

import math
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
import pytest
from differences import gradient, numeric_gradient

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS, SOFTMAX, softmax
from mlpviz.engine.batch import Batch
from mlpviz.engine.datasets import DATASETS, MAX_CLASSES
from mlpviz.engine.heldout import HeldOut
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.losses import LOSSES, NUMERICS, REDUCTIONS, one_hot, output_pair, output_slopes
from mlpviz.engine.network import Network
from mlpviz.engine.scores import NO_CLASS, correct_samples, predicted_classes
from mlpviz.engine.steps import REGULARIZATIONS, StepRule
from mlpviz.engine.training import Training

CLASSES = range(3, MAX_CLASSES + 1)
KINK = 1e-3  # a ReLU's input nearer than this to 0 may cross it within the step


def network_of(
    classes: int, seed: int = 0, hidden: Sequence[int] = (4, 4), inner: str = "sigmoid"
) -> Network:
    sizes = (2, *hidden, classes)
    network = Network(sizes, (*(inner for _ in hidden), SOFTMAX))
    for W, drawn in zip(network.weights, initial_weights("normal", seed, sizes), strict=True):
        W[:] = drawn
    return network


def data_of(classes: int, samples: int = 30, seed: int = 0) -> tuple[Array, Array]:
    make = DATASETS["spiral"].make_classes
    assert make is not None
    return make(samples, seed, 0.1, classes)


# Softmax


def test_softmax_at_known_points() -> None:
    Z = np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 3.0]])
    np.testing.assert_allclose(softmax(Z), [[0.125, 0.25, 0.625], [1 / 3] * 3], rtol=1e-15)


def test_softmax_of_two_is_the_sigmoid_of_the_difference() -> None:
    Z = np.array([[0.3, -1.2], [2.0, 2.5], [-40.0, 1.0]])
    sigmoid = 1.0 / (1.0 + np.exp(Z[:, 0] - Z[:, 1]))
    np.testing.assert_allclose(softmax(Z)[:, 1], sigmoid, rtol=1e-14)


def test_softmax_does_not_overflow() -> None:
    A = softmax(np.array([[1000.0, 999.0, -1000.0], [-1e300, 0.0, 1e300]]))
    np.testing.assert_allclose(A[0], [1 / (1 + math.exp(-1)), 1 / (1 + math.e), 0.0], rtol=1e-14)
    assert A[1].tolist() == [0.0, 0.0, 1.0]


@np.errstate(invalid="ignore")
def test_softmax_of_what_is_not_finite_is_not_a_number() -> None:
    assert np.isnan(softmax(np.array([[np.nan, 0.0, 1.0], [np.inf, 0.0, 1.0]]))).any(axis=1).all()


@pytest.mark.parametrize("axes", [(3, 7), (3, 2, 7)])
def test_the_prepared_calls_give_softmax_in_place_and_out_of_place(axes: tuple[int, ...]) -> None:
    Z = np.random.default_rng(0).normal(0.0, 5.0, axes)
    expected = np.moveaxis(softmax(np.moveaxis(Z, 0, -1)), -1, 0)
    A = np.empty_like(Z)
    for call in OUTPUT_ACTIVATIONS[SOFTMAX].value_calls(Z, A):
        call()
    np.testing.assert_allclose(A, expected, rtol=1e-15)
    for call in OUTPUT_ACTIVATIONS[SOFTMAX].value_calls(Z, Z):
        call()
    assert np.array_equal(Z, A)


def test_only_the_output_can_have_softmax() -> None:
    assert SOFTMAX not in ACTIVATIONS
    assert set(OUTPUT_ACTIVATIONS) == {*ACTIVATIONS, SOFTMAX}


# Losses


def test_one_hot_is_one_in_the_row_of_the_class() -> None:
    assert one_hot(np.array([2.0, 0.0]), 3).tolist() == [[0.0, 1.0], [0.0, 0.0], [1.0, 0.0]]


def test_losses_at_known_points() -> None:
    A, Y = np.array([[0.5], [0.25], [0.25]]), one_hot(np.array([1.0]), 3)
    assert LOSSES["cross_entropy"].class_value(A, Y).tolist() == pytest.approx([math.log(4.0)])
    assert LOSSES["mean_squared_error"].class_value(A, Y).tolist() == [0.25 + 0.5625 + 0.0625]


@np.errstate(all="ignore")
def test_the_stable_loss_is_the_textbook_loss_where_both_are_finite() -> None:
    Z = np.random.default_rng(0).normal(0.0, 6.0, (5, 200))
    A, Y = softmax(Z.T).T, one_hot(np.arange(200) % 5, 5)
    stable, textbook = (output_pair("cross_entropy", SOFTMAX, n, 5) for n in NUMERICS)
    np.testing.assert_allclose(stable.value(Z, A, Y), textbook.value(Z, A, Y), rtol=1e-9)


@pytest.mark.parametrize(
    ("Z", "loss"),
    [
        ((1000.0, 0.0, 0.0), 1000.0 + math.log1p(0.0)),  # confident, and wrong
        ((0.0, 1000.0, 0.0), 0.0),
        ((0.0, 40.0, 0.0), 2.0 * math.exp(-40.0)),  # 1 + that is 1
        ((-800.0, -800.0, -800.0), math.log(3.0)),
        ((1e300, -1e300, 0.0), 2e300),
    ],
)
def test_the_stable_loss_keeps_its_digits(Z: Sequence[float], loss: float) -> None:
    pair = output_pair("cross_entropy", SOFTMAX, "stable", 3)
    column = np.array(Z)[:, np.newaxis]
    found = pair.value(column, softmax(column.T).T, one_hot(np.array([1.0]), 3))
    assert found[0] == pytest.approx(loss, rel=1e-14)


@np.errstate(all="ignore")
def test_the_textbook_loss_is_what_numpy_says_where_softmax_is_saturated() -> None:
    Z = np.array([[1000.0, 0.0], [0.0, 1000.0], [0.0, 0.0]])
    A, Y = softmax(Z.T).T, one_hot(np.array([0.0, 0.0]), 3)
    pair = output_pair("cross_entropy", SOFTMAX, "textbook", 3)
    assert np.isnan(pair.value(Z, A, Y)).all()  # 0 · log 0 of the other classes
    assert np.isnan(pair.slope(A, Y)).any(axis=0).all()


@np.errstate(all="ignore")
def test_with_the_identity_cross_entropy_is_the_literal_formula_in_both_numerics() -> None:
    A = np.array([[0.5, -0.5], [2.0, 0.1], [0.1, 0.2]])
    Y = one_hot(np.array([1.0, 2.0]), 3)
    for numerics in NUMERICS:
        value = output_pair("cross_entropy", "identity", numerics, 3).value(A, A, Y)
        assert value[0] == -math.log(2.0)
        assert math.isnan(value[1])  # the logarithm of a negative output, of another class
    stable, textbook = (output_pair("cross_entropy", "identity", n, 3) for n in NUMERICS)
    assert np.array_equal(stable.slope(A, Y), A - Y)
    assert np.array_equal(textbook.slope(A, Y), -Y / A)


# Gradients


def smooth_network(classes: int, hidden: Sequence[int], inner: str, X: Array) -> Network:
    """Draw weights until no unit stands near its kink."""
    for seed in range(100):
        network = network_of(classes, seed, hidden, inner)
        layers = network.forward(X).activations[:-1]
        sums = [A @ W + b for A, W, b in zip(layers, network.weights, network.biases, strict=True)]
        if not inner.endswith("relu") or all(np.abs(Z).min() > KINK for Z in sums[:-1]):
            return network
    raise AssertionError("no usable point in 100 draws")


@pytest.mark.parametrize("classes", [3, 6])
@pytest.mark.parametrize("inner", ACTIVATIONS)
def test_gradient_is_that_of_finite_differences(inner: str, classes: int) -> None:
    X, Y = data_of(classes, 8)
    for loss, reduction, numerics, hidden in product(
        LOSSES, REDUCTIONS, NUMERICS, [(), (3,), (4, 3)]
    ):
        training = Training(
            smooth_network(classes, hidden, inner, X),
            X,
            Y,
            loss=loss,
            numerics=numerics,
            reduction=reduction,
            learning_rate=2.0**20,
        )
        g, n = gradient(training), numeric_gradient(training)
        if reduction == "sum":
            n *= len(X)
        error = np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
        assert error <= 1e-7, (loss, reduction, numerics, hidden)


@pytest.mark.parametrize("regularization", REGULARIZATIONS)
@pytest.mark.parametrize("batch_size", [1, 3, 7, 8])
@pytest.mark.parametrize("frozen", [(), (0, 5, 13, 40)])
def test_gradients_with_penalties_frozen_parameters_and_every_batch_size(
    regularization: str, batch_size: int, frozen: tuple[int, ...]
) -> None:
    X, Y = data_of(4, 8)
    strength = 0.1
    rule = StepRule(regularization=regularization, regularization_rate=strength, frozen=frozen)
    network = network_of(4)
    before = network.parameters.copy()
    samples = Training(network, X, Y, batch_size=batch_size, batch_seed=3).batches()[0]
    is_weight = np.concatenate(
        [
            np.repeat([1.0, 0.0], [W.size, b.size])
            for W, b in zip(network.weights, network.biases, strict=True)
        ]
    )
    is_free = np.ones_like(before)
    is_free[list(frozen)] = 0.0
    of_batch = Training(network_of(4), X[samples], Y[samples])
    n = numeric_gradient(of_batch)
    slope = {"none": 0.0 * before, "l1": np.sign(before), "l2": before}[regularization]
    expected = (n + strength * slope * is_weight) * is_free
    # The first step of an epoch in batches is the step on the first batch alone.
    one_step = Training(network_of(4), X[samples], Y[samples], learning_rate=2.0**10, rule=rule)
    g = gradient(one_step)
    assert np.linalg.norm(g - expected) / np.linalg.norm(expected) <= 1e-6
    assert np.array_equal(g[list(frozen)], np.zeros(len(frozen)))


def test_a_network_worked_out_by_hand() -> None:
    """2-3 with softmax, one sample x = (1, 0) of class 2, learning rate 1/2.

    Forward, with W = (ln 1, ln 2, ln 5) in its first row and no bias::

        z = (0, ln 2, ln 5)    e^z = (1, 2, 5)    A = (1/8, 1/4, 5/8)
        L = -log(5/8)

    Backward::

        dz = A - y = (1/8, 1/4, -3/8)
        dW = xᵀ dz: its first row dz, its second 0      db = dz
    """
    network = Network((2, 3), (SOFTMAX,))
    first_row = [0.0, math.log(2.0), math.log(5.0)]
    network.weights[0][0] = first_row
    training = Training(
        network, np.array([[1.0, 0.0]]), np.array([[2.0]]), numerics="stable", learning_rate=0.5
    )
    assert training.predictions[:, 0] == pytest.approx([0.125, 0.25, 0.625], abs=1e-15)
    assert training.loss == pytest.approx(-math.log(0.625), abs=1e-15)
    assert training.accuracy == 1.0
    training.run_epoch()
    dz = np.array([0.125, 0.25, -0.375])
    assert network.weights[0][0] == pytest.approx(first_row - 0.5 * dz, abs=1e-15)
    assert network.weights[0][1].tolist() == [0.0, 0.0, 0.0]
    assert network.biases[0] == pytest.approx(-0.5 * dz, abs=1e-15)


# The engine against the books


def by_the_book(network: Network, X: Array, Y: Array, rate: float) -> Iterator[tuple[Array, float]]:
    """Yield parameters and loss of state after state: full-batch descent in textbook NumPy."""
    targets = np.eye(network.sizes[-1])[Y[:, 0].astype(int)]
    while True:
        layers = [X]
        for W, b in zip(network.weights[:-1], network.biases[:-1], strict=True):
            layers.append(1.0 / (1.0 + np.exp(-(layers[-1] @ W + b))))
        powers = np.exp(layers[-1] @ network.weights[-1] + network.biases[-1])
        A = powers / powers.sum(axis=1, keepdims=True)
        yield network.parameters.copy(), float(-np.mean(np.sum(targets * np.log(A), axis=1)))
        dZ = (A - targets) / len(X)
        steps = []
        for i in reversed(range(len(layers))):
            steps.append((i, layers[i].T @ dZ, dZ.sum(axis=0)))
            dZ = dZ @ network.weights[i].T * layers[i] * (1.0 - layers[i])
        for i, dW, db in steps:
            network.weights[i][:] -= rate * dW
            network.biases[i][:] -= rate * db


@pytest.mark.parametrize("classes", CLASSES)
def test_two_hundred_epochs_agree_with_the_textbook(classes: int) -> None:
    X, Y = data_of(classes, 60)
    training = Training(network_of(classes), X, Y, learning_rate=0.5)
    book = by_the_book(network_of(classes), X, Y, 0.5)
    for _ in range(200):
        parameters, loss = next(book)
        np.testing.assert_allclose(training.network.parameters, parameters, rtol=0, atol=1e-12)
        assert training.loss == pytest.approx(loss, abs=1e-12)
        training.run_epoch()


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("numerics", NUMERICS)
def test_together_networks_train_as_each_does_alone(loss: str, numerics: str) -> None:
    X, Y = data_of(4, 40)
    rates = [1.0, 0.1, 0.5]
    how = {"loss": loss, "numerics": numerics}
    together = Batch([network_of(4, seed) for seed in range(3)], X, Y, rates, **how)
    counts = np.empty((100, 3), dtype=np.intp)
    losses = together.run(100, counts)
    assert together.predictions.shape == (4, 3, 40)
    for seed, rate in enumerate(rates):
        alone = Training(network_of(4, seed), X, Y, learning_rate=rate, **how)
        np.testing.assert_allclose(losses[:, seed], alone.run(100), rtol=0, atol=1e-12)
        predictions = together.predictions[:, seed]
        np.testing.assert_allclose(predictions, alone.predictions, rtol=0, atol=1e-12)
        assert counts[-1, seed] == round(alone.accuracy * 40)
        assert together.accuracies[seed] == alone.accuracy


@pytest.mark.parametrize("batch_size", [1, 7, 29])
def test_batches_have_the_targets_of_their_samples(batch_size: int) -> None:
    X, Y = data_of(5, 30)
    training = Training(network_of(5), X, Y, learning_rate=0.1, batch_size=batch_size)
    book = network_of(5)
    for samples in training.batches():
        activations = book.forward(X[samples]).activations
        pair = output_pair("cross_entropy", SOFTMAX, "stable", 5)
        dZ = output_slopes(pair, activations[-1], Y[samples])
        book.parameters -= 0.1 * book.backward(activations, dZ) / len(samples)
    training.run_epoch()
    np.testing.assert_allclose(training.network.parameters, book.parameters, rtol=0, atol=1e-13)


def test_the_facts_of_a_state_belong_together() -> None:
    X, Y = data_of(3, 30)
    training = Training(network_of(3), X, Y)
    training.run(70)
    activations, sums = training.network.forward(X)
    np.testing.assert_allclose(training.predictions, activations[-1].T, atol=1e-13)
    np.testing.assert_allclose(training.logits, sums[-1].T, atol=1e-13)
    assert training.sample_losses().mean() == pytest.approx(training.loss, abs=1e-13)
    right = activations[-1].argmax(axis=1) == Y[:, 0]
    assert training.accuracy == right.mean()


def test_the_test_set_is_judged_as_the_training_set_is() -> None:
    X, Y = data_of(6, 30)
    training = Training(network_of(6), X, Y)
    held_out = HeldOut(training.network, X, X, Y, "cross_entropy", "stable")
    training.run(20)
    loss, predictions = held_out.evaluate()
    assert loss == pytest.approx(training.loss, abs=1e-13)
    np.testing.assert_allclose(predictions, training.predictions, atol=1e-13)
    assert held_out.accuracy() == training.accuracy


def test_the_class_is_that_of_the_largest_output_and_none_where_one_is_not_finite() -> None:
    outputs = np.array([[0.5, 0.2, np.nan, 0.1], [0.3, 0.2, 0.9, np.inf], [0.2, 0.6, 0.0, 0.0]])
    assert predicted_classes(outputs, 3).tolist() == [0, 2, NO_CLASS, NO_CLASS]
    targets = np.array([0.0, 1.0, 1.0, 1.0])
    assert correct_samples(outputs, targets, 3).tolist() == [True, False, False, False]


def test_the_class_of_one_output_is_whether_it_is_above_a_half() -> None:
    assert predicted_classes(np.array([0.5, 0.51, np.nan, -np.inf])).tolist() == [0, 1, -1, -1]


# Data


@pytest.mark.parametrize("name", ["gaussians", "spiral"])
@pytest.mark.parametrize("classes", range(2, MAX_CLASSES + 1))
def test_sets_have_as_many_classes_as_are_asked_for_in_turn(name: str, classes: int) -> None:
    make = DATASETS[name].make_classes
    assert make is not None
    X, Y = make(60, 4, 0.0, classes)
    assert X.shape == (60, 2)
    assert Y[:, 0].tolist() == [i % classes for i in range(60)]
    if classes == 2:
        X_of_two, Y_of_two = DATASETS[name].make(60, 4, 0.0)
        assert np.array_equal(X, X_of_two)
        assert np.array_equal(Y, Y_of_two)


@pytest.mark.parametrize("classes", CLASSES)
def test_clouds_stand_around_the_corners_of_a_polygon(classes: int) -> None:
    make = DATASETS["gaussians"].make_classes
    assert make is not None
    X, Y = make(6000, 0, 0.0, classes)
    for number in range(classes):
        angle = 2.0 * math.pi * (0.25 + number / classes)
        centre = X[Y[:, 0] == number].mean(axis=0)
        assert centre == pytest.approx([0.7 * math.cos(angle), 0.7 * math.sin(angle)], abs=0.02)


@pytest.mark.parametrize("classes", CLASSES)
def test_arms_of_a_spiral_do_not_touch(classes: int) -> None:
    make = DATASETS["spiral"].make_classes
    assert make is not None
    X, Y = make(600, 0, 0.0, classes)
    outer = np.hypot(*X.T) > 0.3
    X, numbers = X[outer], Y[outer, 0]
    distances = np.hypot(*(X[:, np.newaxis] - X).T)
    assert distances[numbers[:, np.newaxis] != numbers].min() > 0.1


@pytest.mark.parametrize("classes", CLASSES)
def test_the_default_network_learns_every_number_of_clouds(classes: int) -> None:
    make = DATASETS["gaussians"].make_classes
    assert make is not None
    training = Training(network_of(classes), *make(120, 0, 0.0, classes))
    training.run(2000)
    assert training.accuracy > 0.97
