"""Every optimizer: its formula against numbers worked out by hand, its calls against that."""

from typing import Any

import numpy as np
import pytest

from mlpviz.engine import Array
from mlpviz.engine.batch import Batch
from mlpviz.engine.datasets import xor
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.losses import REDUCTIONS
from mlpviz.engine.network import Network
from mlpviz.engine.optimizers import OPTIMIZERS, Memory
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

# The way of one parameter from 1 with a rate of 0.5: its gradients, own parameters in the order of
# the entry, and where it is after each step. All numbers have few binary digits.
BY_HAND: dict[str, tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]] = {
    "gradient_descent": ((2.0, -1.0), (), (0.0, 0.5)),
    "momentum": ((2.0, -1.0), (0.5,), (0.0, 0.0)),  # v is 1, then 0.5 - 0.5
    "nesterov": ((2.0, -1.0), (0.5,), (-0.5, 0.0)),  # the same v; 0.5 + 1, then 0 - 0.5
    "rmsprop": ((2.0, -1.0), (0.75, 1.0), (0.5, 0.75)),  # s is 1, then 0.75 + 0.25
    "adam": ((2.0, 2.0), (0.5, 0.75, 2.0), (0.75, 0.5)),  # m̂ stays 2 and ŝ 4
}


class Formula:
    """An optimizer as its entry says it in a formula, step after step.

    Parameters
    ----------
    own : its own parameters; what is not named has its default
    """

    def __init__(self, name: str, rate: float, **own: float) -> None:
        self._entry, self._rate, self._steps = OPTIMIZERS[name], rate, 0
        rule = StepRule(**own)
        self._own = [getattr(rule, field) for field in self._entry.own]
        self._memory: Memory = (np.zeros(COUNT),) * self._entry.vectors

    def next_parameters(self, w: Array, g: Array) -> Array:
        self._steps += 1
        w, self._memory = self._entry.step(w, g, self._memory, self._steps, self._rate, *self._own)
        return w


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
    assert set(OWN) == set(RATE) == set(BY_HAND) == set(OPTIMIZERS)
    assert all(set(OWN[name]) == set(entry.own) for name, entry in OPTIMIZERS.items())
    rule = StepRule()
    assert (rule.momentum, rule.decay, rule.beta1, rule.beta2, rule.epsilon) == (
        *(0.9, 0.9, 0.9, 0.999),
        1e-8,
    )


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_formula_gives_what_is_worked_out_by_hand(name: str) -> None:
    gradients, own, places = BY_HAND[name]
    entry, w = OPTIMIZERS[name], np.array([1.0])
    memory: Memory = (np.zeros(1),) * entry.vectors
    for t, (g, place) in enumerate(zip(gradients, places, strict=True), 1):
        w, memory = entry.step(w, np.array([g]), memory, t, 0.5, *own)
        assert w.item() == place


def test_nesterov_is_that_of_his_paper_seen_from_the_point_ahead() -> None:
    """He keeps the point x itself; w = x - μ v is where the gradient is taken."""
    rng, rate, share = np.random.default_rng(2), 0.2, 0.95
    formula = Formula("nesterov", rate, momentum=share)
    w = x = rng.standard_normal(COUNT)
    v = np.zeros(COUNT)
    for _ in range(STEPS):
        g = rng.standard_normal(COUNT)
        v = share * v + rate * g
        x = x - v
        w = formula.next_parameters(w, g)
        np.testing.assert_allclose(w, x - share * v, rtol=1e-12, atol=1e-12)


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
    formula, expected = Formula(name, RATE[name], **values), parameters.copy()
    for _ in range(STEPS):
        # Of very different sizes, as gradients are.
        gradient[:] = rng.standard_normal(COUNT) * 10.0 ** rng.uniform(-4.0, 1.0, COUNT)
        expected = formula.next_parameters(expected, gradient * scale)
        for call in stepper.calls:
            call()
    np.testing.assert_allclose(parameters, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_training_is_that_of_the_book(name: str, reduction: str) -> None:
    rate = RATE[name] if reduction == "mean" else RATE[name] / 21.0
    training = make_training(optimizer=name, reduction=reduction, learning_rate=rate)
    network, formula = make_network(0), Formula(name, rate)
    X, Y = training.X, training.Y
    for _ in range(STEPS):
        training.run_epoch()
        activations, _ = network.forward(X)
        dZ = (activations[-1] - Y) * (1.0 / 21.0 if reduction == "mean" else 1.0)
        gradient = network.backward(activations, dZ)
        network.parameters[:] = formula.next_parameters(network.parameters, gradient)
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
