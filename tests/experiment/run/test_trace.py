"""A step taken apart is the step that training takes, to the byte, and the books' to 1e-12."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from random_recipes import random_recipe

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS
from mlpviz.engine.losses import difference, targets_pair
from mlpviz.engine.network import Network
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.steps import StepRule
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.run.trace import OfLayer, StepTrace, step_trace, trace_of

EPOCHS = (0, 1, 30)


def trained(recipe: Recipe, epochs: int) -> Training:
    training = start_training(recipe)
    training.run(epochs)
    return training


def flat(layers: list[OfLayer]) -> Array:
    """Put the layers one after the other, as the parameters are."""
    return np.concatenate([part.ravel() for layer in layers for part in layer])


def before(trace: StepTrace) -> Array:
    return flat([OfLayer(layer.W_before, layer.b_before) for layer in trace.layers])


def after(trace: StepTrace) -> Array:
    return flat([OfLayer(layer.W_after, layer.b_after) for layer in trace.layers])


def memory_of(trace: StepTrace, is_after: bool) -> list[Array]:
    """Return each vector that the optimizer remembers."""
    of_layers = [x.memory_after if is_after else x.memory_before for x in trace.layers]
    return [flat(list(vector)) for vector in zip(*of_layers, strict=True)]


def check_against_a_training_of_its_samples(training: Training, trace: StepTrace) -> None:
    """Take the same step with a training that has no other samples than these."""
    twin = Training(
        Network(training.network.sizes, training.network.activations),
        training.X[trace.samples],
        training.Y[trace.samples],
        learning_rate=training.learning_rate,
        pair=training.pair,
        reduction="sum" if trace.scale == 1.0 else "mean",
        rule=training.rule,
    )
    corrections = training.state()[len(training.state()) - len(trace.corrections) :]
    if trace.batch == 0:
        twin.restore(0, np.concatenate((before(trace), *memory_of(trace, False), corrections)))
        assert twin.state().tobytes() == training.state().tobytes()
    else:  # the corrections of a step on the way are those of the one before it
        earlier = step_trace(training, trace.batch - 1)
        assert after(earlier).tobytes() == before(trace).tobytes()
        found = np.array(earlier.corrections)
        twin.restore(0, np.concatenate((before(trace), *memory_of(trace, False), found)))
    for layer, A in zip(trace.layers[:-1], twin.hidden_activations, strict=True):
        assert layer.A.T.tobytes() == A.tobytes()
    output = trace.layers[-1]
    assert output.A.T.tobytes() == twin.predictions.tobytes()
    assert output.Z.T.tobytes() == twin.logits.tobytes()
    with np.errstate(all="ignore"):
        assert trace.losses.tobytes() == twin.sample_losses().tobytes()
    assert np.array_equal(trace.loss, twin.loss, equal_nan=True)
    assert flat([OfLayer(layer.dW, layer.db) for layer in trace.layers]).tobytes() == (
        twin.gradient().tobytes()
    )
    twin.run(1)
    found = np.concatenate((after(trace), *memory_of(trace, True), trace.corrections))
    assert found.tobytes() == twin.state().tobytes()


def assert_close(found: Array, expected: Array, size: Array | float = 0.0) -> None:
    """Compare to 1e-12 of what was added up to make the number."""
    bound = 1e-12 * np.maximum(np.abs(expected), size) + 1e-300
    assert (np.abs(found - expected) <= bound).all(), np.abs(found - expected).max()


def check_forward_by_the_books(trace: StepTrace) -> None:
    for number, layer in enumerate(trace.layers, 1):
        A, W = trace.inputs_of(number), layer.W_before
        size = np.abs(A) @ np.abs(W) + np.abs(layer.b_before)
        assert_close(layer.Z, A @ W + layer.b_before, size)
        assert_close(layer.A, OUTPUT_ACTIVATIONS[trace.activations[number - 1]].value(layer.Z))


def check_backward_by_the_books(trace: StepTrace) -> None:
    output, Y = trace.layers[-1], trace.targets
    if trace.pair.slope is difference:
        assert_close(output.dZ, output.A - Y)
    elif trace.activations[-1] == "softmax":
        inner = (output.A * output.dA).sum(axis=1, keepdims=True)
        assert_close(output.dZ, output.A * (output.dA - inner), np.abs(output.A * output.dA))
    else:
        assert_close(output.dZ, output.dA * ACTIVATIONS[trace.activations[-1]].slope(output.A))
    for number, (layer, later) in enumerate(pairwise(trace.layers), 1):
        W = later.W_before
        assert_close(layer.dA, later.dZ @ W.T, np.abs(later.dZ) @ np.abs(W.T))
        assert_close(layer.dZ, layer.dA * ACTIVATIONS[trace.activations[number - 1]].slope(layer.A))
    for number, layer in enumerate(trace.layers, 1):
        A, dZ = trace.inputs_of(number), layer.dZ
        scale = trace.scale
        assert_close(layer.dW, scale * (A.T @ dZ), scale * (np.abs(A.T) @ np.abs(dZ)))
        assert_close(layer.db, scale * dZ.sum(axis=0), scale * np.abs(dZ).sum(axis=0))


def check_update_by_the_books(trace: StepTrace, steps_before: int) -> None:
    rule, w = trace.rule, before(trace)
    slopes = {"none": np.zeros_like, "l1": np.sign, "l2": np.array}
    weights = [OfLayer(layer.W_before, np.zeros_like(layer.b_before)) for layer in trace.layers]
    penalty = rule.regularization_rate * slopes[rule.regularization](flat(weights))
    assert_close(flat([layer.penalty for layer in trace.layers]), penalty)
    g = flat([OfLayer(layer.dW, layer.db) for layer in trace.layers]) + penalty
    g[list(rule.frozen)] = 0.0
    assert_close(flat([layer.g for layer in trace.layers]), g, np.abs(penalty))
    g, entry = flat([layer.g for layer in trace.layers]), OPTIMIZERS[rule.optimizer]
    own, memory = [getattr(rule, name) for name in entry.own], tuple(memory_of(trace, False))
    rate, t = trace.learning_rate, steps_before + 1
    expected, remembered = entry.step(w, g, memory, t, rate, *own)
    step = flat([layer.step for layer in trace.layers])
    assert np.allclose(after(trace), expected, rtol=1e-9, atol=1e-9 * np.abs(step).max())
    for found, vector in zip(memory_of(trace, True), remembered, strict=True):
        assert np.allclose(found, vector, rtol=1e-12, atol=1e-300)
    assert after(trace).tobytes() == (w - step).tobytes()


def check(seed: int) -> bool:
    """Check the last step of an epoch of a random recipe; tell whether all of it is finite."""
    recipe = random_recipe(seed, 30)
    training = trained(recipe, EPOCHS[seed % len(EPOCHS)])
    state, predictions = training.state(), training.predictions.copy()
    trace = step_trace(training, training.steps_per_epoch - 1)
    assert training.state().tobytes() == state.tobytes()
    assert training.predictions.tobytes() == predictions.tobytes()
    assert trace.samples.tolist() == training.batches()[-1].tolist()
    check_against_a_training_of_its_samples(training, trace)
    is_finite = bool(np.isfinite(after(trace)).all() and np.isfinite(trace.layers[-1].dA).all())
    if is_finite:
        check_forward_by_the_books(trace)
        check_backward_by_the_books(trace)
        check_update_by_the_books(trace, training.epoch * training.steps_per_epoch + trace.batch)
    training.run(1)
    whole = np.concatenate((after(trace), *memory_of(trace, True), trace.corrections))
    assert training.state().tobytes() == whole.tobytes()
    return is_finite


def test_every_number_of_a_random_step_is_that_of_training_and_of_the_books() -> None:
    are_finite = [check(seed) for seed in range(40)]
    assert 0 < are_finite.count(False) < 20  # what is not a number is met, too


@pytest.mark.slow
def test_so_it_is_of_many_more() -> None:
    assert {check(seed) for seed in range(40, 1000)} == {True, False}


def test_the_worked_example_that_half_the_world_uses() -> None:
    """2-2-2, sigmoid, ½ Σ (t - o)², biases kept, one step at a rate of ½."""
    network = Network((2, 2, 2), ("sigmoid", "sigmoid"))
    network.weights[0][:] = np.array([[0.15, 0.20], [0.25, 0.30]]).T  # a line per unit
    network.weights[1][:] = np.array([[0.40, 0.45], [0.50, 0.55]]).T
    network.biases[0][:], network.biases[1][:] = 0.35, 0.60
    start = network.parameters.copy()
    trace = trace_of(
        network,
        np.array([[0.05, 0.10]]),
        np.array([[0.01, 0.99]]),
        targets_pair("mean_squared_error", "sigmoid", outputs=2, factor=0.5),
        learning_rate=0.5,
        rule=StepRule(frozen=(4, 5, 10, 11)),
    )
    assert f"{trace.loss:.9f}" == "0.298371109"
    texts = [[f"{w:.8f}" for w in layer.W_after.T.ravel()] for layer in trace.layers]
    assert texts == [
        ["0.14978072", "0.19956143", "0.24975114", "0.29950229"],
        ["0.35891648", "0.40866619", "0.51130127", "0.56137012"],
    ]
    assert [layer.b_after.tolist() for layer in trace.layers] == [[0.35] * 2, [0.60] * 2]
    assert np.array_equal(network.parameters, start)


def test_targets_of_several_outputs_may_be_judged_by_cross_entropy_too() -> None:
    network = Network((2, 3, 2), ("tanh", "sigmoid"))
    network.parameters[:] = np.linspace(-1.0, 1.0, len(network.parameters))
    X, targets = np.array([[0.5, -1.0], [1.0, 0.25]]), np.array([[1.0, 1.0], [0.0, 1.0]])
    pair = targets_pair("cross_entropy", "sigmoid", outputs=2)
    trace = trace_of(network, X, targets, pair, learning_rate=0.1, reduction="mean")
    A = trace.layers[-1].A
    losses = -(targets * np.log(A) + (1.0 - targets) * np.log(1.0 - A)).sum(axis=1)
    assert trace.losses == pytest.approx(losses, rel=1e-14)
    assert trace.layers[-1].dZ == pytest.approx(A - targets, rel=1e-12)


def test_what_training_never_forms_is_named() -> None:
    plain = {"dA3", "losses", "dW", "db", "g"}
    assert step_trace(trained(Recipe(), 0)).derived == plain
    assert step_trace(trained(Recipe(reduction="sum"), 0)).derived == {"dA3", "losses"}
    choices = Recipe(optimizer="adam", regularization="l2", batch_size=5)
    assert step_trace(trained(choices, 0)).derived == {"dA3", "losses", "loss", "penalty"}


def test_the_penalty_is_that_of_the_weights_alone() -> None:
    recipe = Recipe(regularization="l2", regularization_rate=0.5)
    trace = step_trace(trained(recipe, 3))
    weights = np.concatenate([layer.W_before.ravel() for layer in trace.layers])
    assert trace.penalty == pytest.approx(0.25 * (weights**2).sum(), rel=1e-14)
    other = step_trace(trained(replace(recipe, regularization="l1", batch_size=5), 0), 3)
    weights = np.concatenate([layer.W_before.ravel() for layer in other.layers])
    assert other.penalty == pytest.approx(0.5 * np.abs(weights).sum(), rel=1e-14)


def test_the_last_batch_has_the_samples_that_are_left() -> None:
    training = trained(Recipe(batch_size=8), 2)
    assert [len(step_trace(training, batch).samples) for batch in range(3)] == [8, 8, 5]
    seen = np.concatenate([step_trace(training, batch).samples for batch in range(3)])
    assert sorted(seen.tolist()) == list(range(21))
    with pytest.raises(ValueError, match=r"batch must be from 0 to 2. Got 3."):
        step_trace(training, 3)


def test_nobody_can_change_what_was_seen() -> None:
    trace = step_trace(trained(Recipe(optimizer="adam"), 0))
    layer = trace.layers[0]
    arrays = (trace.X, trace.targets, trace.losses, trace.samples, layer.Z, layer.A, layer.dA)
    more = (layer.dZ, layer.dW, layer.db, *layer.g, *layer.step, *layer.memory_after[1])
    kept = (layer.W_before, layer.b_before, layer.W_after, layer.b_after, *layer.penalty)
    assert not any(array.flags.writeable for array in (*arrays, *more, *kept))
