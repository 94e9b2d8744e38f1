"""Every optimizer against its paper's formula, written out plainly, one number at a time."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from mlpviz.engine import Array
from mlpviz.engine.batch import Batch
from mlpviz.engine.datasets import xor
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.losses import REDUCTIONS
from mlpviz.engine.network import Network
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.steps import REGULARIZATIONS, Stepper, StepRule, new_memory
from mlpviz.engine.training import Training

SIZES = (2, 4, 4, 1)
COUNT = 37
STEPS = 100
RATE = {"gradient_descent": 1.0, "momentum": 0.2, "nesterov": 0.2, "rmsprop": 0.03, "adam": 0.03}
OWN: dict[str, dict[str, float]] = {
    "gradient_descent": {},
    "momentum": {"momentum": 0.8},
    "nesterov": {"momentum": 0.95},
    "rmsprop": {"decay": 0.99, "epsilon": 1e-6},
    "adam": {"beta1": 0.8, "beta2": 0.99, "epsilon": 1e-5},
}

Descent = Callable[[list[float], list[float]], list[float]]  # parameters, gradient: next parameters


def plain_gradient_descent(rate: float) -> Descent:
    return lambda w, g: [wi - rate * gi for wi, gi in zip(w, g, strict=True)]


def plain_momentum(rate: float, momentum: float = 0.9) -> Descent:
    v = [0.0] * COUNT

    def descend(w: list[float], g: list[float]) -> list[float]:
        v[:] = [momentum * vi + rate * gi for vi, gi in zip(v, g, strict=True)]
        return [wi - vi for wi, vi in zip(w, v, strict=True)]

    return descend


def plain_nesterov(rate: float, momentum: float = 0.9) -> Descent:
    """Keep the point x itself beside the point ahead, w = x - momentum · v, as Nesterov does."""
    x: list[float] = []
    v = [0.0] * COUNT

    def descend(w: list[float], g: list[float]) -> list[float]:
        x[:] = x or w
        v[:] = [momentum * vi + rate * gi for vi, gi in zip(v, g, strict=True)]
        x[:] = [xi - vi for xi, vi in zip(x, v, strict=True)]
        return [xi - momentum * vi for xi, vi in zip(x, v, strict=True)]

    return descend


def plain_rmsprop(rate: float, decay: float = 0.9, epsilon: float = 1e-8) -> Descent:
    s = [0.0] * COUNT

    def descend(w: list[float], g: list[float]) -> list[float]:
        s[:] = [decay * si + (1.0 - decay) * gi * gi for si, gi in zip(s, g, strict=True)]
        return [
            wi - rate * gi / (math.sqrt(si) + epsilon) for wi, gi, si in zip(w, g, s, strict=True)
        ]

    return descend


def plain_adam(
    rate: float, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8
) -> Descent:
    m, s, t = [0.0] * COUNT, [0.0] * COUNT, 0

    def descend(w: list[float], g: list[float]) -> list[float]:
        nonlocal t
        t += 1
        m[:] = [beta1 * mi + (1.0 - beta1) * gi for mi, gi in zip(m, g, strict=True)]
        s[:] = [beta2 * si + (1.0 - beta2) * gi**2 for si, gi in zip(s, g, strict=True)]
        m_hat = [mi / (1.0 - beta1**t) for mi in m]
        s_hat = [si / (1.0 - beta2**t) for si in s]
        return [
            wi - rate * mi / (math.sqrt(si) + epsilon)
            for wi, mi, si in zip(w, m_hat, s_hat, strict=True)
        ]

    return descend


PLAIN: dict[str, Callable[..., Descent]] = {
    "gradient_descent": plain_gradient_descent,
    "momentum": plain_momentum,
    "nesterov": plain_nesterov,
    "rmsprop": plain_rmsprop,
    "adam": plain_adam,
}


def make_training(seed: int = 0, **choices: Any) -> Training:
    rule = StepRule(**{k: v for k, v in choices.items() if k in StepRule.__dataclass_fields__})
    others = {k: v for k, v in choices.items() if k not in StepRule.__dataclass_fields__}
    others = {"learning_rate": RATE[rule.optimizer]} | others
    return Training(make_network(seed), *xor(), rule=rule, **others)


def make_network(seed: int) -> Network:
    network = Network(SIZES, ("sigmoid",) * 3)
    for W, drawn in zip(network.weights, initial_weights("normal", seed, SIZES), strict=True):
        W[:] = drawn
    return network


def test_every_optimizer_is_tested_here_and_the_defaults_are_the_papers() -> None:
    assert set(PLAIN) == set(OWN) == set(RATE) == set(OPTIMIZERS)
    assert all(set(OWN[name]) == set(entry.own) for name, entry in OPTIMIZERS.items())
    rule = StepRule()
    assert (rule.momentum, rule.decay, rule.beta1, rule.beta2, rule.epsilon) == (
        *(0.9, 0.9, 0.9, 0.999),
        1e-8,
    )


@pytest.mark.parametrize("scale", [1.0, 1.0 / 21.0])
@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_hundred_steps_are_those_of_the_formula_to_the_last_digits(
    name: str, own: bool, scale: float
) -> None:
    rng = np.random.default_rng(5)
    values = OWN[name] if own else {}
    parameters, gradient = rng.standard_normal(COUNT), np.empty(COUNT)
    rule = StepRule(optimizer=name, **values)
    stepper = Stepper(parameters, gradient, new_memory(rule, parameters), SIZES, rule, scale)
    stepper.set_learning_rate(RATE[name])
    descend, expected = PLAIN[name](RATE[name], **values), parameters.tolist()
    for _ in range(STEPS):
        # Of very different sizes, as gradients are.
        gradient[:] = rng.standard_normal(COUNT) * 10.0 ** rng.uniform(-4.0, 1.0, COUNT)
        expected = descend(expected, (gradient * scale).tolist())
        for call in stepper.calls:
            call()
    np.testing.assert_allclose(parameters, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_training_is_that_of_the_book(name: str, reduction: str) -> None:
    rate = RATE[name] if reduction == "mean" else RATE[name] / 21.0
    training = make_training(optimizer=name, reduction=reduction, learning_rate=rate)
    network, descend = make_network(0), PLAIN[name](rate)
    X, Y = training.X, training.Y
    for _ in range(STEPS):
        training.run_epoch()
        activations, _ = network.forward(X)
        dZ = (activations[-1] - Y) * (1.0 / 21.0 if reduction == "mean" else 1.0)
        gradient = network.backward(activations, dZ)
        network.parameters[:] = descend(network.parameters.tolist(), gradient.tolist())
    np.testing.assert_allclose(training.network.parameters, network.parameters, rtol=0, atol=1e-10)


@pytest.mark.parametrize("batch_size", [0, 4])
@pytest.mark.parametrize("regularization", REGULARIZATIONS)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_state_that_is_restored_goes_on_to_the_bit(
    name: str, regularization: str, batch_size: int
) -> None:
    choices = {
        "optimizer": name,
        "regularization": regularization,
        "batch_size": batch_size,
        "frozen": (1, 20),
    }
    training, other = make_training(**choices), make_training(seed=3, **choices)
    training.run(30)
    state = training.state()
    losses = training.run(70)
    for again in (training, other):
        again.run(5)
        again.restore(30, state)
        assert again.state().tobytes() == state.tobytes()
        assert again.run(70).tobytes() == losses.tobytes()
    assert training.state().tobytes() == other.state().tobytes()


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_state_begins_with_the_parameters(name: str) -> None:
    training = make_training(optimizer=name)
    training.run(3)
    assert training.state()[:COUNT].tobytes() == training.network.parameters.tobytes()
    assert (len(training.state()) > COUNT) == (name != "gradient_descent")


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_where_a_run_is_cut_does_not_matter(name: str) -> None:
    whole, cut = make_training(optimizer=name), make_training(optimizer=name)
    whole.run(170)
    for epochs in (1, 63, 64, 2, 40):
        cut.run(epochs)
    assert whole.state().tobytes() == cut.state().tobytes()


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if OWN[name]])
def test_its_own_parameters_may_change_between_epochs(name: str) -> None:
    training = make_training(optimizer=name)
    training.run(10)
    state, moved = training.state(), []
    for values in ({}, OWN[name]):
        training.restore(10, state)
        training.set_rule(StepRule(optimizer=name, **values))
        training.run_epoch()
        moved.append(training.state())
    assert not np.array_equal(*moved)
    # Whoever starts with these values goes the same way from the same state.
    other = make_training(optimizer=name, **OWN[name])
    other.restore(10, state)
    other.run_epoch()
    assert other.state().tobytes() == moved[1].tobytes()


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (StepRule(optimizer="adam"), "optimizer must stay gradient_descent within a run"),
        (StepRule(regularization="l1"), "regularization must stay none within a run"),
    ],
)
def test_another_optimizer_or_penalty_needs_another_training(rule: StepRule, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        make_training().set_rule(rule)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("regularization", REGULARIZATIONS)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_many_networks_together_go_the_way_of_each_alone(
    name: str, regularization: str, count: int
) -> None:
    rule = StepRule(optimizer=name, regularization=regularization, frozen=(0, 9, 36))
    rates = [RATE[name] / (seed + 1) for seed in range(count)]
    batch = Batch([make_network(seed) for seed in range(count)], *xor(), rates, rule=rule)
    losses = batch.run(STEPS)
    for seed, rate in enumerate(rates):
        alone = Training(make_network(seed), *xor(), learning_rate=rate, rule=rule)
        np.testing.assert_allclose(losses[:, seed], alone.run(STEPS), rtol=1e-9)
        parameters: Array = batch.parameters[seed]
        np.testing.assert_allclose(parameters, alone.network.parameters, rtol=1e-8, atol=1e-9)
        assert (
            parameters[[0, 9, 36]].tobytes() == make_network(seed).parameters[[0, 9, 36]].tobytes()
        )
