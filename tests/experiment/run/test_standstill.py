"""Why a run stands still, told from real runs; and silence where it is on its way."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from frames import curve_of
from past_runs import frame_at

from mlpviz.engine import Array
from mlpviz.engine.features import features_of
from mlpviz.engine.losses import cross_entropy
from mlpviz.engine.network import Network
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.standstill import Cause, Standstill, find_standstill, gradient_bound
from mlpviz.experiment.run.symptoms import guess_of, state_of

FOUR_POINTS = OwnData(
    np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0.0, 1.0, 1.0, 0.0])
)
RELU: dict[str, Any] = {
    "dataset": "own",
    "own": FOUR_POINTS,
    "hidden": (4,),
    "hidden_activation": "relu",
    "learning_rate": 0.1,
}


def run_of(epochs: int, **choices: Any) -> Run:
    run = Run(Recipe(**choices))
    run.advance(epochs)
    return run


def standstill_of(run: Run) -> Standstill:
    found = capture(run).standstill
    assert found is not None
    return found


def rare_class(samples: int = 200, seed: int = 0) -> OwnData:
    """Return points of which 2 % are of a class that has no place of its own."""
    X = np.random.default_rng(seed).uniform(size=(samples, 2))
    Y = np.zeros(samples)
    Y[: samples // 50] = 1.0
    return OwnData(X, Y, classes=("no", "yes"))


# What stands still

STUCK = {
    "local minimum": ({"weight_seed": 6}, 0.16, 20 / 21),
    "across a valley": ({"weight_seed": 11}, 0.16, 20 / 21),
    "six layers": ({"hidden": (4,) * 6}, 0.692, 11 / 21),
    "one hidden unit": ({"hidden": (1,)}, 0.523, 15 / 21),
    "ReLU": ({**RELU, "weight_seed": 1}, 0.3468, 0.75),
    "Adam": ({"optimizer": "adam", "learning_rate": 0.01, "weight_seed": 6}, 0.16, 20 / 21),
    "penalty": ({"weight_seed": 2, "regularization": "l2"}, 0.2024, 20 / 21),
}


@pytest.mark.parametrize(("choices", "loss", "accuracy"), STUCK.values(), ids=STUCK)
def test_a_run_that_is_stuck_is_stationary(
    choices: dict[str, Any], loss: float, accuracy: float
) -> None:
    run = run_of(10_000, **choices)
    assert run.training.loss == pytest.approx(loss, rel=5e-3)
    assert run.training.accuracy == pytest.approx(accuracy)
    found = standstill_of(run)
    assert found.cause is Cause.STATIONARY
    assert found.since is not None
    assert found.since <= 9000 < found.epoch <= 10_000


@pytest.mark.thorough
@pytest.mark.parametrize("seed", [2, 3, 4, 6, 11, 27, 34])
def test_all_seeds_that_end_in_the_local_minimum_of_xor_are_stationary(seed: int) -> None:
    run = run_of(10_000, weight_seed=seed)
    assert run.training.loss == pytest.approx(0.16, rel=5e-3)
    assert standstill_of(run).cause is Cause.STATIONARY


@pytest.mark.thorough
@pytest.mark.parametrize(("seed", "loss"), [(0, 0.4775), (1, 0.3468), (3, 0.3468), (4, 0.4775)])
def test_four_points_and_relu_units_are_stationary(seed: int, loss: float) -> None:
    run = run_of(10_000, **RELU, weight_seed=seed)
    assert run.training.accuracy == 0.75
    assert run.training.loss == pytest.approx(loss, abs=5e-5)
    assert standstill_of(run).cause is Cause.STATIONARY


SMALL: list[dict[str, Any]] = [
    {"learning_rate": 0.001},
    {"learning_rate": 0.001, "dataset": "linear"},
    {"optimizer": "adam", "learning_rate": 1e-6},
]


@pytest.mark.parametrize("choices", SMALL, ids=str)
def test_small_steps_are_told_from_a_minimum(choices: dict[str, Any]) -> None:
    assert standstill_of(run_of(2500, **choices)).cause is Cause.SMALL_STEPS


@pytest.mark.thorough
@pytest.mark.parametrize("choices", SMALL, ids=str)
def test_steps_that_are_called_small_would_lead_further(choices: dict[str, Any]) -> None:
    assert standstill_of(run_of(10_000, **choices)).cause is Cause.SMALL_STEPS
    faster = run_of(10_000, **choices | {"learning_rate": 1000 * choices["learning_rate"]})
    assert faster.training.accuracy > 0.9


def test_a_rare_class_that_is_never_predicted_is_told_whether_the_loss_falls_or_not() -> None:
    recipe: dict[str, Any] = {"dataset": "own", "own": rare_class(), "hidden": (4,)}
    found = standstill_of(run_of(3000, **recipe))
    assert (found.cause, found.answer, found.answer_share) == (Cause.ONE_ANSWER, 0, 0.98)
    assert found.since is not None
    falling = recipe | {"own": rare_class(50)}
    found = standstill_of(run_of(10_000, **falling))
    assert (found.cause, found.since) == (Cause.ONE_ANSWER, None)


def test_a_class_that_is_not_rare_is_no_trap() -> None:
    Y = np.zeros(200)
    Y[:40] = 1.0
    own = replace(rare_class(), Y=Y)
    run = run_of(1500, dataset="own", own=own, hidden=(4,), learning_rate=0.1)
    assert (run.training.predictions < 0.5).all()
    assert capture(run).standstill is None


# Silence


@pytest.mark.parametrize("seed", [0, 1, 5])
def test_nothing_stands_still_before_a_thousand_epochs(seed: int) -> None:
    run = Run(Recipe(weight_seed=seed))
    while run.training.epoch < 1000:
        run.advance(20)
        assert capture(run).standstill is None


@pytest.mark.parametrize("seed", [0, 1, 33, 40])  # 33 and 40 are on a plateau for 1700 and 1000
def test_nothing_is_said_of_a_run_on_its_way(seed: int) -> None:
    run = run_of(4000, weight_seed=seed)
    assert run.training.accuracy == 1.0
    assert not any(finding.standstill for finding in run.looks.findings)


def test_a_plateau_that_is_left_later_is_no_standstill() -> None:
    run = run_of(4000, learning_rate=0.1, weight_seed=1)
    assert np.ptp(run.training.predictions) < 0.3
    run.advance(4000)
    assert run.training.accuracy == 1.0
    assert not any(finding.standstill for finding in run.looks.findings)


def test_where_all_is_right_nothing_stands_still() -> None:
    frame = capture(run_of(10_000, weight_seed=6))
    assert frame.standstill is not None
    assert replace(frame, accuracy=1.0).standstill is None
    assert replace(frame, loss=0.98 * frame.loss).standstill is None  # it has moved since


def test_a_learning_rate_that_makes_the_loss_go_up_and_down_is_no_standstill() -> None:
    run = run_of(3000, learning_rate=30.0)
    assert capture(run).standstill is None


# When, and how often


def test_a_standstill_is_the_same_however_often_the_run_was_looked_at() -> None:
    unseen, watched = Run(Recipe(weight_seed=6)), Run(Recipe(weight_seed=6))
    unseen.advance(5000)
    while watched.training.epoch < 5000:
        watched.advance(min(170, 5000 - watched.training.epoch))
        capture(watched)
    assert watched.looks.findings == unseen.looks.findings
    assert standstill_of(unseen) == standstill_of(watched)


def test_a_state_of_the_past_has_the_standstill_of_its_time() -> None:
    run = run_of(5000, weight_seed=6)
    now = standstill_of(run)
    assert frame_at(run, Position(1000)).standstill is None
    then = frame_at(run, Position(2500)).standstill
    assert then is not None
    assert then.epoch < now.epoch


def test_after_a_change_a_run_stands_still_anew() -> None:
    run = run_of(4000, weight_seed=6)
    assert standstill_of(run)
    run.change(replace(run.recipe, learning_rate=0.9))
    assert capture(run).standstill is None
    run.advance(900)
    assert capture(run).standstill is None
    run.advance(1500)
    found = standstill_of(run)
    assert found.since is not None
    assert found.since >= 4000
    run.edit(((0, 5.0),))
    assert capture(run).standstill is None


# The measures


def losses_at(run: Run, parameters: Array) -> float:
    """Compute the loss by the formula, in other words than the engine's."""
    recipe = run.recipe
    network = Network(recipe.sizes, recipe.activations)
    network.parameters[:] = parameters
    outputs = network.forward(features_of(run.points, recipe.features)).activations[-1]
    return float(cross_entropy(outputs, run.training.Y).mean())


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_the_gradient_is_that_of_the_loss_by_differences(reduction: str) -> None:
    run = run_of(20, reduction=reduction, learning_rate=0.05, frozen=(3,), weight_seed=4)
    w = run.training.network.parameters.copy()
    gradient = run.training.gradient_at(w)
    for i in range(len(w)):
        step = np.zeros_like(w)
        step[i] = 1e-5
        slope = (losses_at(run, w + step) - losses_at(run, w - step)) / 2e-5
        assert gradient[i] == pytest.approx(0.0 if i == 3 else slope, abs=1e-8)
    assert (run.training.network.parameters == w).all()


def test_a_penalty_is_part_of_the_gradient() -> None:
    choices: dict[str, Any] = {"regularization": "l2", "regularization_rate": 0.1}
    plain, held = run_of(0), run_of(0, **choices)
    w = plain.training.network.parameters
    weights = w * (w != 0.0)  # the biases begin at 0
    more = held.training.gradient_at(w) - plain.training.gradient_at(w)
    assert more == pytest.approx(0.1 * weights)


@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "adam"])
def test_the_first_step_is_the_one_that_the_run_takes(optimizer: str) -> None:
    run = run_of(0, optimizer=optimizer, learning_rate=0.1)
    before = run.training.network.parameters.copy()
    step = run.training.first_step_at(before)
    run.advance(1)
    assert before - run.training.network.parameters == pytest.approx(step, abs=1e-12)


def test_the_bound_is_a_hundredth_of_the_loss_in_a_thousand_epochs() -> None:
    assert gradient_bound(0.16) ** 2 * 1000 == pytest.approx(0.01 * 0.16)
    assert gradient_bound(0.16) == pytest.approx(1.26e-3, rel=1e-2)


@pytest.mark.parametrize(
    ("until", "fall", "since"),
    [
        (3800, 0.005, 0),  # a small fall late
        (3800, 0.02, None),  # a large one late
        (3500, 0.02, 3500),  # a large one before the last tenth
        (3456, 0.02, 3500),  # in two digits, later rather than earlier
        (34, 0.5, 34),
    ],
)
def test_it_is_known_since_when_the_loss_has_hardly_fallen(
    until: int, fall: float, since: int | None
) -> None:
    run = run_of(4000, weight_seed=6)
    state = state_of(run.training)
    losses = np.full(4001, state.loss)
    losses[:until] *= 1.0 + fall
    found = find_standstill(state, guess_of(run.training), curve_of(*losses))
    assert (found and found.since) == since
    assert (found is None) == (since is None)
