"""A step taken apart: the bytes with which training trains, and a training that stays as it was."""

from typing import Any

import numpy as np
import pytest

from mlpviz.engine import Array
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.network import Network
from mlpviz.engine.stages import Stage
from mlpviz.engine.steps import StepRule
from mlpviz.engine.training import Training

CASES: dict[str, dict[str, Any]] = {
    "plain": {},
    "batches": {"batch_size": 6},
    "adam in batches": {
        "batch_size": 6,
        "rule": StepRule(optimizer="adam", regularization="l2", frozen=(0, 5)),
    },
    "momentum": {"rule": StepRule(optimizer="momentum", regularization="l1"), "reduction": "sum"},
}


def make(**choices: Any) -> Training:
    """Return a training of 2-4-3-1 on the easy XOR, three epochs old."""
    network = Network((2, 4, 3, 1), ("sigmoid", "relu", "sigmoid"))
    for W, drawn in zip(network.weights, initial_weights("normal", 0, network.sizes), strict=True):
        W[:] = drawn
    training = Training(network, *DATASETS["xor"].make(21, 0), learning_rate=0.1, **choices)
    training.run(3)
    return training


def taken_apart(training: Training, batch: int | None = None) -> list[Stage]:
    """Return copies of the stages of a step, or of all those of the epoch."""
    seen: list[Stage] = []

    def look(stage: Stage) -> bool:
        seen.append(stage._replace(array=np.array(stage.numbers), calls=(), is_turned=False))
        return False

    training.take_apart(look, batch)
    return seen


def numbers(stages: list[Stage], name: str) -> Array:
    (found,) = [stage.array for stage in stages if stage.name == name]
    return found


@pytest.mark.parametrize("choices", CASES.values(), ids=CASES)
def test_the_steps_of_an_epoch_lead_to_the_bytes_of_the_next_state(choices: dict[str, Any]) -> None:
    training = make(**choices)
    stages = taken_apart(training)
    before = [stage.array for stage in stages if stage.name == "before"]
    after = [stage.array for stage in stages if stage.name == "after"]
    assert len(before) == len(after) == training.steps_per_epoch
    assert before[0].tobytes() == training.network.parameters.tobytes()
    for one, following in zip(after, before[1:], strict=False):
        assert one.tobytes() == following.tobytes()
    training.run(1)
    assert after[-1].tobytes() == training.network.parameters.tobytes()


@pytest.mark.parametrize("choices", CASES.values(), ids=CASES)
def test_each_step_alone_is_that_of_the_whole_epoch(choices: dict[str, Any]) -> None:
    training = make(**choices)
    steps = range(training.steps_per_epoch)
    alone = [stage for batch in steps for stage in taken_apart(training, batch)]
    for stage, of_whole in zip(alone, taken_apart(training), strict=True):
        assert stage[:2] == of_whole[:2]
        assert stage.array.tobytes() == of_whole.array.tobytes(), stage[:2]


@pytest.mark.parametrize("choices", CASES.values(), ids=CASES)
def test_a_training_that_was_taken_apart_is_as_it_was_and_goes_on_the_same(
    choices: dict[str, Any],
) -> None:
    looked_at, twin = make(**choices), make(**choices)
    for batch in (None, 0, looked_at.steps_per_epoch - 1):
        taken_apart(looked_at, batch)
        assert looked_at.is_evaluated
        assert (looked_at.epoch, looked_at.loss) == (twin.epoch, twin.loss)
        assert looked_at.state().tobytes() == twin.state().tobytes()
        assert looked_at.predictions.tobytes() == twin.predictions.tobytes()
        for A, expected in zip(looked_at.hidden_activations, twin.hidden_activations, strict=True):
            assert A.tobytes() == expected.tobytes()
    assert looked_at.run(70).tobytes() == twin.run(70).tobytes()
    assert looked_at.state().tobytes() == twin.state().tobytes()


def test_what_is_seen_of_the_full_batch_is_what_the_training_has_of_it() -> None:
    training = make()
    stages = taken_apart(training)
    A = {stage.layer: stage.array for stage in stages if stage.name == "A"}
    Z = {stage.layer: stage.array for stage in stages if stage.name == "Z"}
    for layer, hidden in enumerate(training.hidden_activations, 1):
        assert A[layer].tobytes() == hidden.tobytes()
    assert A[0].tobytes() == training.X.T.tobytes()
    assert A[3].tobytes() == training.predictions.tobytes()
    assert Z[3].tobytes() == training.logits.tobytes()
    assert np.array_equal(A[1], 1.0 / (1.0 + np.exp(-Z[1])))  # Z, and not -Z as in the array
    assert numbers(stages, "losses").tobytes() == training.sample_losses().tobytes()
    assert float(numbers(stages, "loss")) == training.loss
    assert (numbers(stages, "sum") * training.gradient_scale(21)).tobytes() == (
        training.gradient().tobytes()
    )


def test_a_step_that_the_epoch_does_not_have_is_refused() -> None:
    for batch in (-1, 4):
        with pytest.raises(ValueError, match=f"batch must be from 0 to 3. Got {batch}."):
            taken_apart(make(batch_size=6), batch)


def test_who_has_seen_enough_sees_no_more() -> None:
    seen: list[str] = []
    make(batch_size=6).take_apart(lambda s: seen.append(s.name) is not None or s.name == "dA")
    assert seen[-1] == "dA"
    assert seen.count("dA") == 1


def test_whoever_ends_it_on_the_way_finds_the_training_taken_back() -> None:
    training, twin = make(batch_size=6), make(batch_size=6)

    def look(stage: Stage) -> bool:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        training.take_apart(look, 2)
    assert training.state().tobytes() == twin.state().tobytes()
    assert training.run(5).tobytes() == twin.run(5).tobytes()


def test_the_stages_stand_in_the_order_in_which_a_step_computes_them() -> None:
    training = make()
    stages = taken_apart(training)
    names = [stage.name for stage in stages]
    assert names == [
        *("before", "A", "Y", "turned", "Z", "A", "Z", "A", "Z", "A", "losses", "loss"),
        *("dA", "dZ", "slopes", "gradient", "dA", "dZ", "gradient", "dA", "dZ", "gradient", "sum"),
        *("g", "step", "after"),
    ]
