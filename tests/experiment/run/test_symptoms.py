"""What keeps a network from learning, told from real runs; and silence where nothing does."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mlpviz.engine.network import Network, linear_product
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.history import History, LossCurve
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.symptoms import (
    OSCILLATION_EPOCHS,
    PLATEAU_EPOCHS,
    STANDSTILL_EPOCHS,
    Kind,
    StuckUnits,
    Symptom,
    find_symptom,
    guess_loss,
    guess_of,
    line_share,
    state_of,
    stuck_units,
)

LN2 = math.log(2.0)


def run_of(epochs: int, **choices: Any) -> Run:
    run = Run(Recipe(**choices))
    run.advance(epochs)
    return run


def symptom_of(run: Run) -> Symptom:
    found = run.diagnosis()
    assert isinstance(found, Symptom)
    return found


def losses_of(run: Run) -> list[float]:
    """Return the loss of every state of a run short enough to have a bucket for each."""
    curve = run.history.curve()
    assert curve.stride == 1
    return list(curve.low)


# Silence

HEALTHY = [
    {},
    {"learning_rate": 0.1},
    {"hidden": (16, 16)},
    {"hidden_activation": "tanh"},
    {"numerics": "textbook"},
]


def check_that_nothing_is_said_of_a_run_that_learns(epochs: int, **choices: Any) -> None:
    """Look at many states; a run that does not get there may be told what is so."""
    run, seen = Run(Recipe(**choices)), []
    while run.training.epoch < epochs:
        run.advance(1 if run.training.epoch < 100 else 25)
        if run.diagnosis() is not None:
            seen.append((run.training.epoch, run.diagnosis()))
    if run.training.accuracy == 1.0:
        assert not seen


@pytest.mark.parametrize("dataset", ["xor", "linear"])
@pytest.mark.parametrize("choices", HEALTHY)
def test_nothing_is_said_of_a_run_that_learns(dataset: str, choices: dict[str, Any]) -> None:
    check_that_nothing_is_said_of_a_run_that_learns(2500, dataset=dataset, **choices)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("dataset", ["xor", "linear"])
@pytest.mark.parametrize("choices", HEALTHY)
def test_nothing_is_said_of_any_run_that_learns(
    dataset: str, choices: dict[str, Any], seed: int
) -> None:
    seeds = {"weight_seed": seed, "data_seed": seed}
    check_that_nothing_is_said_of_a_run_that_learns(10_000, dataset=dataset, **choices, **seeds)


def test_a_local_minimum_far_below_guessing_is_none_of_these() -> None:
    run = run_of(10_000, weight_seed=2)
    assert 0.9 < run.training.accuracy < 1.0
    assert run.diagnosis() is None


def test_once_all_samples_are_right_nothing_is_wrong() -> None:
    run = run_of(300, learning_rate=30.0)
    assert run.diagnosis() is not None
    run.training.predictions[:] = run.training.Y[:, 0]
    assert run.diagnosis() is None


def test_of_one_class_there_is_nothing_to_learn() -> None:
    network = Network((2, 1, 1), ("relu", "sigmoid"))
    network.parameters[:] = [0.0, 0.0, -1.0, 1.0, -5.0]  # dead, and wrong for long
    training = Training(network, np.zeros((3, 2)), np.ones((3, 1)), learning_rate=0.01)
    history = History(training.state(), training.loss)
    history.record(training.run(30))
    assert training.accuracy == 0.0
    assert find_symptom(state_of(training), guess_of(training), history.curve()) is None


def test_large_steps_that_lead_to_the_goal_are_not_blamed() -> None:
    # At a learning rate of 1 the last digits decide whether such a run comes down again.
    recipe = Recipe(
        dataset="linear", hidden_activation="identity", learning_rate=0.7, weight_seed=6
    )
    run = Run(recipe)
    for _ in range(500):
        run.advance(1)
        assert run.diagnosis() is None
    losses = losses_of(run)
    assert max(losses) > 10 * losses[0]  # the first step leads far up


# One line


def test_a_network_without_hidden_activations_is_told_to_be_one_line() -> None:
    run = run_of(500, hidden_activation="identity")
    found = symptom_of(run)
    assert found.kind is Kind.ONE_LINE
    assert found.guess == 10 / 21
    assert found.loss == pytest.approx(found.guess_loss, rel=1e-3)
    w, b = linear_product(run.training.network.weights, run.training.network.biases)
    assert run.training.logits == pytest.approx(run.training.X @ w + b)
    assert np.abs(w).max() < 0.1  # the best line there is does nothing


@pytest.mark.parametrize("hidden", [(), (4,), (4, 4, 4)])
def test_however_many_layers_it_is_one_line(hidden: tuple[int, ...]) -> None:
    run = run_of(2000, hidden=hidden, hidden_activation="identity", initializer="xavier")
    assert symptom_of(run).kind is Kind.ONE_LINE


def at_rest(
    recipe: Recipe, first: list[float], second: float = 0.0, output: float | None = None
) -> Run:
    """Return a run whose weights are all 0; with the best constant as output it stays there.

    Parameters
    ----------
    first, second, output : biases of the layers; None for the best constant
    """
    run = Run(recipe)
    guess = run.training.Y.mean()
    state = np.zeros_like(run.training.state())
    state[8:12], state[28:32] = first, second
    state[-1] = math.log(guess / (1.0 - guess)) if output is None else output
    run.training.restore(0, state)
    run.history = History(state, run.training.loss)
    return run


def test_a_line_that_would_help_is_not_called_useless() -> None:
    for dataset, kind in (("xor", Kind.ONE_LINE), ("linear", None)):
        run = at_rest(Recipe(dataset=dataset, hidden_activation="identity"), [0.0] * 4)
        run.advance(100)
        found = run.diagnosis()
        assert (found and symptom_of(run).kind) is kind


def test_classes_that_a_line_parts_are_no_matter_for_bent_boundaries() -> None:
    for epochs in (30, 300, 3000):
        assert run_of(epochs, dataset="linear", hidden=()).diagnosis() is None


def test_the_share_of_a_line_is_that_of_linear_regression() -> None:
    X = np.random.default_rng(0).normal(size=(50, 2))
    Y = (X[:, :1] + 0.5 * X[:, 1:] > 0.3).astype(np.float64)
    design = np.column_stack([X, np.ones(50)])
    rest = Y[:, 0] - design @ np.linalg.lstsq(design, Y[:, 0])[0]
    assert line_share(X, Y) == pytest.approx(1.0 - rest.var() / Y.var())
    xor = Run(Recipe()).training
    assert line_share(xor.X, xor.Y) == pytest.approx(0.0, abs=1e-12)


# Learning rates that are too large


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("dataset", ["xor", "linear"])
@pytest.mark.parametrize("rate", [30.0, 1000.0])
def test_a_learning_rate_far_too_large_is_told(dataset: str, rate: float, seed: int) -> None:
    run = run_of(400, dataset=dataset, learning_rate=rate, weight_seed=seed)
    assert symptom_of(run).kind in (Kind.OSCILLATION, Kind.GROWTH)
    losses = np.array(losses_of(run)[200:])
    assert losses.min() > 0.8 * symptom_of(run).guess_loss
    rises = np.count_nonzero(np.diff(losses) > 0.1 * LN2)
    assert rises > 30 or losses.min() > 4.0 * LN2


def test_oscillation_is_not_told_before_it_has_lasted() -> None:
    run = run_of(OSCILLATION_EPOCHS - 1, learning_rate=30.0)
    assert run.diagnosis() is None
    run.advance(3)
    assert symptom_of(run).kind is Kind.OSCILLATION


@pytest.mark.thorough
def test_oscillation_shows_however_far_the_curve_is_merged() -> None:
    run = run_of(9000, learning_rate=30.0)
    assert run.history.curve().stride > 1
    assert symptom_of(run).kind is Kind.OSCILLATION


def test_a_loss_that_only_grows_is_told_from_one_that_oscillates() -> None:
    choices = {"loss": "mean_squared_error", "output_activation": "identity"}
    run = run_of(30, learning_rate=10.0, **choices)
    found = symptom_of(run)
    assert found.kind is Kind.GROWTH
    losses = losses_of(run)
    assert found.first_loss == losses[0]
    assert found.loss == losses[found.epoch] > 4.0 * losses[0]


def test_a_smaller_learning_rate_gets_a_chance_of_its_own() -> None:
    run = run_of(300, learning_rate=30.0, dataset="linear")
    assert symptom_of(run).kind is Kind.OSCILLATION
    run.change(replace(run.recipe, learning_rate=0.01))
    assert run.diagnosis() is None
    run.advance(300)
    found = run.diagnosis()
    assert found is None or (isinstance(found, Symptom) and found.kind is Kind.SATURATION)


def test_the_figures_stay_those_with_which_it_was_noticed() -> None:
    run = run_of(300, learning_rate=30.0)
    found = symptom_of(run)
    run.advance(100)
    assert run.diagnosis() is found


def curve_of(losses: list[float]) -> LossCurve:
    values = np.array(losses)
    return LossCurve(1, values, values, np.zeros(len(values), np.bool), None)


def test_oscillation_on_a_way_that_has_led_far_below_guessing_is_not_told() -> None:
    state = state_of(run_of(300).training)
    guess = guess_of(state.training)
    found = find_symptom(state, guess, curve_of([0.7, 1.4] * 150))
    assert found is not None
    assert found.kind is Kind.OSCILLATION
    assert find_symptom(state, guess, curve_of([0.1, 0.7] * 150)) is None
    assert find_symptom(state, guess, curve_of([0.7, 0.7 + 1e-3] * 150)) is None  # hardly moves


# Units that are stuck


def parameters_that_move(training: Training) -> list[int]:
    before = training.state()
    training.run_epoch()
    return np.flatnonzero(training.state() != before).tolist()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("dataset", ["xor", "linear"])
def test_relu_units_that_died_of_large_steps_are_named(dataset: str, seed: int) -> None:
    choices = {"hidden_activation": "relu", "learning_rate": 30.0}
    run = run_of(100, dataset=dataset, weight_seed=seed, **choices)
    found = symptom_of(run)
    assert found.kind is Kind.DEAD_UNITS
    assert found.stuck is not None
    assert (found.stuck.units, found.stuck.layer_size) == ((0, 1, 2, 3), 4)
    A = run.training.network.forward(run.training.X).activations[found.stuck.layer]
    assert (A == 0.0).all()
    first = 2 * 4 + 4 if found.stuck.layer == 1 else 2 * 4 + 4 + 4 * 4 + 4
    assert min(parameters_that_move(run.training)) >= first  # nothing before it learns


def test_units_that_were_dead_from_the_start_are_told_from_those_that_died() -> None:
    dead = symptom_of(run_of(5, hidden=(1,), hidden_activation="relu"))
    died = symptom_of(run_of(100, hidden_activation="relu", learning_rate=30.0))
    assert dead.kind is died.kind is Kind.DEAD_UNITS
    assert dead.is_from_start
    assert not died.is_from_start


def test_some_dead_units_are_told_only_where_nothing_moves_any_more() -> None:
    run = at_rest(Recipe(hidden_activation="relu"), [-1.0, 1.0, -1.0, 1.0], second=1.0)
    run.advance(STANDSTILL_EPOCHS - 1)
    assert run.diagnosis() is None
    run.advance(1 + STANDSTILL_EPOCHS // 50)
    found = symptom_of(run)
    assert (found.kind, found.stuck) == (Kind.DEAD_UNITS, StuckUnits(1, (0, 2), 4))
    moving = curve_of(np.linspace(0.8, 0.7, 2000).tolist())
    assert find_symptom(state_of(run.training), guess_of(run.training), moving) is None


@pytest.mark.parametrize(
    ("loss", "is_told"), [("mean_squared_error", True), ("cross_entropy", False)]
)
def test_a_saturated_output_stops_learning_with_squared_error_only(
    loss: str, is_told: bool
) -> None:
    run = at_rest(Recipe(loss=loss, learning_rate=0.01), [0.0] * 4, output=12.0)
    run.advance(300)
    assert (np.minimum(run.training.predictions, 1.0 - run.training.predictions) < 1e-3).all()
    assert (run.diagnosis() is not None) == is_told
    if is_told:
        found = symptom_of(run)
        assert (found.kind, found.stuck) == (Kind.SATURATION, StuckUnits(3, (0,), 1))


def test_a_layer_of_which_a_unit_still_moves_is_not_saturated() -> None:
    for biases, kind in (([9.0, -9.0, 9.0, 9.0], Kind.SATURATION), ([9.0, -9.0, 9.0, 1.0], None)):
        run = at_rest(Recipe(), biases)
        run.advance(300)
        found = run.diagnosis()
        assert (found and symptom_of(run).kind) is kind


def test_saturation_is_measured_from_the_ends_of_the_range_of_each_activation() -> None:
    for name, size in [("sigmoid", 7.0), ("tanh", 4.0)]:
        run = Run(Recipe(hidden_activation=name))
        state = np.zeros_like(run.training.state())
        state[8:12] = [-size, size, -size, size]
        run.training.restore(0, state)
        found = stuck_units(state_of(run.training), Kind.SATURATION, 1.0)
        assert found is not None
        assert (found.layer, found.units) == (1, (0, 1, 2, 3))
        state[8] = 0.5 * size
        run.training.restore(0, state)
        assert stuck_units(state_of(run.training), Kind.SATURATION, 1.0) is None
        assert stuck_units(state_of(run.training), Kind.DEAD_UNITS, 0.1) is None


# A plateau


def test_a_network_that_has_learned_nothing_for_long_sits_at_the_loss_of_guessing() -> None:
    run = run_of(PLATEAU_EPOCHS - 1, initializer="xavier", learning_rate=0.1, weight_seed=2)
    assert run.diagnosis() is None
    run.advance(1 + PLATEAU_EPOCHS // 50)
    found = symptom_of(run)
    assert found.kind is Kind.PLATEAU
    assert found.loss == pytest.approx(LN2, abs=2e-3)
    assert np.ptp(run.training.predictions) < 0.05


def test_the_loss_of_guessing_is_the_least_that_a_constant_has() -> None:
    Y = np.array([1.0] * 3 + [0.0] * 7)
    constants = np.linspace(0.01, 0.99, 99)
    cross_entropy = [-np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p)) for p in constants]
    assert guess_loss(0.3, "cross_entropy") == pytest.approx(min(cross_entropy))
    squared = [np.mean((p - Y) ** 2) for p in constants]
    assert guess_loss(0.3, "mean_squared_error") == pytest.approx(min(squared))
    assert guess_loss(0.5, "cross_entropy") == pytest.approx(LN2)
    assert guess_loss(1.0, "cross_entropy") == 0.0
