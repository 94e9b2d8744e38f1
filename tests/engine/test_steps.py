"""What a step goes down: the loss of its samples, a penalty, and nothing where it is frozen."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.losses import REDUCTIONS
from mlpviz.engine.network import Network, layer_views
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.steps import REGULARIZATIONS, StepRule
from mlpviz.engine.training import Training

SIZES = (2, 3, 4, 1)
COUNT = 30
DIFFERENCE = 1e-5  # of the finite differences
KINK = 1e-2  # a ReLU's input or a weight nearer than this to 0 may cross it
RATE = 1e-3
LAMBDA = 0.3
FROZEN = (0, 7, 12, 29)


def make_training(
    name: str, rule: StepRule, batch_size: int = 0, reduction: str = "mean"
) -> Training:
    """Draw a network and five samples that keep away from every kink."""
    for seed in range(1000):
        rng = np.random.default_rng(seed)
        X = rng.uniform(-1.0, 1.0, (5, 2))
        Y = np.array([[0.0], [1.0], [1.0], [0.0], [1.0]])
        network = Network(SIZES, (name, name, "sigmoid"))
        network.parameters[:] = rng.standard_normal(COUNT)
        layers = zip(network.forward(X).activations, network.weights, network.biases, strict=False)
        sums = np.concatenate([(A @ W + b).ravel() for A, W, b in layers])
        if np.abs(sums).min() > KINK and np.abs(network.parameters).min() > KINK:
            return Training(
                network,
                X,
                Y,
                learning_rate=RATE,
                rule=rule,
                batch_size=batch_size,
                batch_seed=2,
                reduction=reduction,
            )
    raise AssertionError("no usable point in 1000 draws")


def objective(training: Training, samples: Array, rule: StepRule, reduction: str) -> float:
    """Return what a step on some samples goes down, in plain words of the books."""
    network = training.network
    A = network.forward(training.X[samples]).activations[-1]
    Y = training.Y[samples]
    losses = -(Y * np.log(A) + (1.0 - Y) * np.log(1.0 - A))
    loss = losses.mean() if reduction == "mean" else losses.sum()
    w = np.concatenate([W.ravel() for W in network.weights])
    penalties = {"none": 0.0, "l1": np.abs(w).sum(), "l2": (w**2).sum() / 2.0}
    return float(loss + rule.regularization_rate * penalties[rule.regularization])


def numeric_gradient(training: Training, samples: Array, rule: StepRule, reduction: str) -> Array:
    parameters, result = training.network.parameters, np.zeros(COUNT)
    for i in set(range(COUNT)) - set(rule.frozen):
        start, values = parameters[i], []
        for sign in (1.0, -1.0):
            parameters[i] = start + sign * DIFFERENCE
            values.append(objective(training, samples, rule, reduction))
        parameters[i] = start
        result[i] = (values[0] - values[1]) / (2.0 * DIFFERENCE)
    return result


@pytest.mark.thorough
@pytest.mark.parametrize("frozen", [(), FROZEN])
@pytest.mark.parametrize("regularization", REGULARIZATIONS)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_epoch_in_batches_of_any_size_goes_down_finite_differences(
    name: str, regularization: str, frozen: tuple[int, ...]
) -> None:
    rule = StepRule(regularization=regularization, regularization_rate=LAMBDA, frozen=frozen)
    # What a batch is has nothing to do with the activation: one has all sizes, the others two.
    for batch_size, reduction in product(range(1, 6) if name == "tanh" else (2, 5), REDUCTIONS):
        training = make_training(name, rule, batch_size, reduction)
        by_hand = make_training(name, rule, batch_size, reduction)
        start, parameters = training.state(), by_hand.network.parameters
        for samples in by_hand.batches():
            parameters -= RATE * numeric_gradient(by_hand, samples, rule, reduction)
        training.run_epoch()
        moved, expected = training.state() - start, parameters - start
        error = np.linalg.norm(moved - expected)
        assert error / (np.linalg.norm(moved) + np.linalg.norm(expected)) <= 1e-6
        assert not moved[list(frozen)].any()


def is_weight() -> Array:
    mask = np.zeros(COUNT)
    for W in layer_views(mask, SIZES)[0]:
        W[:] = 1.0
    return mask


@pytest.mark.parametrize(("regularization", "slope"), [("l1", np.sign), ("l2", np.copy)])
def test_a_penalty_is_on_the_weights_and_not_on_the_biases(
    regularization: str, slope: Callable[[Array], Array]
) -> None:
    moved = []
    for kind in ("none", regularization):
        training = make_training("tanh", StepRule(regularization=kind, regularization_rate=LAMBDA))
        start = training.state()
        training.run_epoch()
        moved.append(training.state() - start)
    expected = -RATE * LAMBDA * slope(start) * is_weight()
    assert moved[1] - moved[0] == pytest.approx(expected, abs=1e-15)


def test_the_loss_that_is_shown_has_no_penalty_in_it() -> None:
    plain, heavy = (
        make_training("tanh", StepRule(regularization=kind, regularization_rate=10.0))
        for kind in ("none", "l2")
    )
    assert plain.loss == heavy.loss
    heavy.run(50)
    assert heavy.loss == pytest.approx(heavy.sample_losses().mean(), rel=1e-12)


@pytest.mark.parametrize("regularization", ["l1", "l2"])
def test_the_rate_of_a_penalty_may_change_between_epochs(regularization: str) -> None:
    training = make_training("tanh", StepRule(regularization=regularization))
    plain = make_training("tanh", StepRule())
    for rate in (0.0, 3.0):
        training.set_rule(StepRule(regularization=regularization, regularization_rate=rate))
        training.run_epoch()
        plain.run_epoch()
        same = training.state() == pytest.approx(plain.state(), abs=1e-15)
        assert same == (rate == 0.0)


@pytest.mark.parametrize("batch_size", [0, 2])
@pytest.mark.parametrize("regularization", REGULARIZATIONS)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_is_frozen_on_the_way_stays_to_the_bit_and_the_rest_moves(
    name: str, regularization: str, batch_size: int
) -> None:
    choices = {"optimizer": name, "regularization": regularization}
    training = make_training("sigmoid", StepRule(**choices), batch_size)
    training.network.parameters[7] = -0.0
    training.restore(0, training.state())
    training.run(10)
    training.network.parameters[12] = -0.0
    before = training.state()[:COUNT]
    training.set_rule(StepRule(**choices, frozen=FROZEN))
    training.run(20)
    is_same = [x.tobytes() == y.tobytes() for x, y in zip(before, training.state(), strict=False)]
    assert [i for i in range(COUNT) if is_same[i]] == list(FROZEN)
    training.set_rule(StepRule(**choices))
    training.run(5)
    assert (training.state()[:COUNT] != before).all()


def test_a_parameter_that_thaws_has_forgotten_its_speed() -> None:
    training = make_training("sigmoid", StepRule(optimizer="momentum"))
    training.run(50)
    assert training.state()[COUNT + 12] != 0.0
    training.set_rule(StepRule(optimizer="momentum", frozen=(12,)))
    training.run_epoch()
    assert training.state()[COUNT + 12] == 0.0


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_frozen_parameter_stays_even_where_the_others_are_lost(name: str) -> None:
    training = make_training("identity", StepRule(optimizer=name, frozen=FROZEN))
    start = training.state()[list(FROZEN)]
    training.network.parameters[3] = np.nan
    training.restore(0, training.state())
    training.run(3)
    assert np.isnan(training.network.parameters).sum() == COUNT - len(FROZEN)
    assert training.state()[list(FROZEN)].tobytes() == start.tobytes()
