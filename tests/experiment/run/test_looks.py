"""What is found of a run while it trains: the same however often, and when, it is looked at."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from frames import differing_fields

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.looks import WELL_FITTED
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.symptoms import (
    Kind,
    Symptom,
    can_have_symptom,
    find_symptom,
    guess_of,
    state_of,
)

TROUBLED: dict[str, dict[str, Any]] = {
    "oscillation": {"learning_rate": 30.0},
    "one line": {"hidden_activation": "identity"},
    "dead": {"hidden_activation": "relu", "learning_rate": 30.0, "dataset": "linear"},
    "divergence": {"activations_off": True, "dataset": "linear"},
    "test set": {"dataset": "circle", "train_share": 0.7, "learning_rate": 20.0},
    "learns": {},
}


def look_epochs(last: int) -> list[int]:
    """List the epochs at which a run is looked at: each next one is e + 1 + e // 100."""
    epochs = [0]
    while (after := epochs[-1] + 1 + epochs[-1] // 100) <= last:
        epochs.append(after)
    return epochs


@pytest.mark.thorough
@pytest.mark.parametrize("choices", TROUBLED.values(), ids=TROUBLED)
def test_a_frame_is_the_same_to_the_byte_however_often_the_run_was_looked_at(
    choices: dict[str, Any],
) -> None:
    unseen, watched = Run(Recipe(**choices)), Run(Recipe(**choices))
    unseen.advance(3000)
    rng = np.random.default_rng(0)
    while watched.training.epoch < 3000:
        watched.advance(min(int(rng.integers(1, 200)), 3000 - watched.training.epoch))
        capture(watched)
    frame = capture(unseen)
    assert differing_fields(frame, capture(watched)) == ["run_number"]
    assert differing_fields(frame, capture(unseen)) == []


def test_a_symptom_that_nobody_saw_is_told_since_it_began() -> None:
    run = Run(Recipe(learning_rate=30.0))
    run.advance(3000)
    found = run.diagnosis()
    assert isinstance(found, Symptom)
    assert found.kind is Kind.OSCILLATION
    assert found.epoch == min(epoch for epoch in look_epochs(300) if epoch >= 250)


def test_a_change_is_looked_at_and_looks_go_on_at_the_fixed_epochs() -> None:
    run = Run(Recipe(learning_rate=30.0))
    run.advance(300)
    assert run.diagnosis() is not None
    run.change(replace(run.recipe, learning_rate=29.0))
    assert run.diagnosis() is None
    run.advance(700)
    told = [finding.position for finding in run.looks.findings if finding.symptom is not None]
    again = min(epoch for epoch in look_epochs(1000) if epoch >= 550)
    assert Position(again, 1) in told
    assert run.looks.at(Position(300, 0)).symptom is not None
    assert run.looks.at(Position(300, 1)).symptom is None


def test_a_layer_that_is_dead_stays_dead_when_the_learning_rate_is_changed() -> None:
    run = Run(Recipe(**TROUBLED["dead"]))
    run.advance(100)
    found = run.diagnosis()
    assert isinstance(found, Symptom)
    run.change(replace(run.recipe, learning_rate=0.01))
    assert run.diagnosis() is found
    run.edit(tuple((i, 1.0) for i in range(37)))
    assert run.diagnosis() is None


@pytest.mark.thorough
@pytest.mark.parametrize("dataset", ["xor", "plane"])
def test_it_is_known_since_when_all_is_right(dataset: str) -> None:
    numbers = {"output_activation": "identity", "loss": "mean_squared_error"}
    choices: dict[str, Any] = {"hidden_activation": "tanh", "learning_rate": 0.1, **numbers}
    recipe = Recipe(dataset=dataset, **choices) if dataset != "xor" else Recipe()
    run, right = Run(recipe), {}
    for epoch in look_epochs(4000):
        run.advance(epoch - run.training.epoch)
        fit = capture(run).r_squared if recipe.is_regression else run.training.accuracy
        right[epoch] = fit > WELL_FITTED if recipe.is_regression else fit == 1.0
    assert right[max(right)]
    since = max(epoch for epoch in right if not right[epoch])
    expected = min(epoch for epoch in right if epoch > since)
    frame = capture(run)
    assert [finding.is_all_right for finding in frame.findings][-2:] == [False, True]
    assert frame.findings[-1].position.epoch == expected


@pytest.mark.thorough
@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))]
)
@pytest.mark.parametrize("choices", [*TROUBLED.values(), {"loss": "mean_squared_error"}], ids=str)
def test_the_look_that_is_saved_would_have_found_nothing(
    choices: dict[str, Any], seed: int
) -> None:
    run, saved = Run(Recipe(weight_seed=seed, **choices)), 0
    guess = guess_of(run.training)
    for epoch in look_epochs(1500):
        run.advance(epoch - run.training.epoch)
        if run.divergence() is not None:
            break
        if not can_have_symptom(state_of(run.training), guess, epoch):
            saved += 1
            assert (
                find_symptom(state_of(run.training), guess_of(run.training), run.history.curve())
                is None
            )
    if not choices:
        assert saved > 50


def test_units_that_an_edit_at_the_start_makes_stuck_are_so_from_the_start() -> None:
    run = Run(Recipe(hidden=(2,), hidden_activation="relu"))
    run.edit(tuple((i, -1.0) for i in range(6)))
    run.advance(5)
    found = run.diagnosis()
    assert isinstance(found, Symptom)
    assert found.is_from_start
