"""Why loss or weights stopped being finite: checked against what NumPy really did."""

import math
from typing import Any

import numpy as np
import pytest
from choices import WEIGHTS_ALONE

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.losses import output_slopes
from mlpviz.engine.network import Network
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.program import PLAIN
from mlpviz.engine.steps import REGULARIZATIONS, StepRule
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.diagnosis import (
    Divergence,
    Mechanism,
    Quantity,
    explain_loss,
    explain_weights,
)
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.start import start_training


def one_unit(
    activation: str,
    bias: float,
    target: float,
    numerics: str = "textbook",
    loss: str = "cross_entropy",
    samples: int = 1,
) -> Divergence:
    """Diagnose a single unit whose weighted sum is `bias` for every sample."""
    network = Network((2, 1), (activation,))
    network.biases[0][:] = bias
    X, Y = np.zeros((samples, 2)), np.full((samples, 1), target)
    return explain_loss(Training(network, X, Y, loss=loss, numerics=numerics))


def test_without_activations_xor_meets_0_log_0_at_its_first_sample() -> None:
    training = start_training(Recipe(activations_off=True))
    found = explain_loss(training)
    assert math.isnan(found.loss)
    assert found.mechanism is Mechanism.ZERO_TIMES_LOG_ZERO
    assert (found.epoch, found.sample, found.output, found.target) == (0, 0, 0.0, 0.0)


@pytest.mark.parametrize("dataset", ["xor", "linear"])
def test_the_first_output_outside_0_and_1_is_found_besides(dataset: str) -> None:
    training = start_training(Recipe(dataset=dataset, activations_off=True))
    outside = explain_loss(training).outside
    assert outside is not None
    first = next(i for i, y in enumerate(training.predictions) if y < 0.0 or y > 1.0)
    assert (outside.sample, outside.output) == (first, training.predictions[first])
    assert first == {"xor": 1, "linear": 0}[dataset]


def test_an_output_above_1_is_outside_and_one_that_is_a_probability_is_not() -> None:
    assert one_unit("identity", 1.5, 1.0).outside == (0, 1.5, None)
    assert one_unit("identity", 0.0, 0.0).outside is None
    assert one_unit("sigmoid", 800.0, 1.0).outside is None


def test_without_activations_linear_meets_the_logarithm_of_a_negative_number() -> None:
    training = start_training(Recipe(dataset="linear", activations_off=True))
    found = explain_loss(training)
    assert found.mechanism is Mechanism.LOG_OF_NEGATIVE
    assert not 0.0 <= found.output <= 1.0
    assert found.output == training.predictions[found.sample]
    assert found.target == training.Y[found.sample, 0]
    with np.errstate(all="ignore"):
        assert np.isfinite(training.sample_losses()[: found.sample]).all()
        assert not np.isfinite(training.sample_losses()[found.sample])


@pytest.mark.parametrize(
    ("activation", "bias", "target", "mechanism"),
    [
        ("identity", -0.37, 0.0, Mechanism.LOG_OF_NEGATIVE),
        ("identity", -0.37, 1.0, Mechanism.LOG_OF_NEGATIVE),
        ("identity", 1.5, 0.0, Mechanism.LOG_OF_NEGATIVE),
        ("tanh", -0.5, 1.0, Mechanism.LOG_OF_NEGATIVE),
        ("identity", 0.0, 0.0, Mechanism.ZERO_TIMES_LOG_ZERO),
        ("identity", 1.0, 1.0, Mechanism.ZERO_TIMES_LOG_ZERO),
        ("sigmoid", 1000.0, 1.0, Mechanism.ZERO_TIMES_LOG_ZERO),
        ("sigmoid", -1000.0, 0.0, Mechanism.ZERO_TIMES_LOG_ZERO),
        ("sigmoid", 1000.0, 0.0, Mechanism.LOG_OF_ZERO),
        ("sigmoid", -1000.0, 1.0, Mechanism.LOG_OF_ZERO),
        ("relu", -3.0, 1.0, Mechanism.LOG_OF_ZERO),
        ("identity", math.inf, 1.0, Mechanism.OVERFLOW),
        ("identity", math.nan, 1.0, Mechanism.OVERFLOW),
        ("sigmoid", math.nan, 1.0, Mechanism.OVERFLOW),
    ],
)
def test_the_mechanism_is_what_the_arithmetic_met(
    activation: str, bias: float, target: float, mechanism: Mechanism
) -> None:
    assert one_unit(activation, bias, target).mechanism is mechanism


def test_squared_error_can_only_overflow() -> None:
    found = one_unit("identity", 1e200, 0.0, loss="mean_squared_error")
    assert found.loss == math.inf
    assert found.mechanism is Mechanism.OVERFLOW


@pytest.mark.parametrize("target", [0.0, 1.0])
def test_a_sum_that_overflows_over_finite_losses_is_an_overflow(target: float) -> None:
    bias = 1.5e308 if target == 0.0 else -1.5e308
    found = one_unit("sigmoid", bias, target, numerics="stable", samples=3)
    assert found.loss == math.inf
    assert found.mechanism is Mechanism.OVERFLOW


def test_a_learning_rate_far_too_large_is_told_from_the_epoch_where_it_happened() -> None:
    recipe = Recipe(activations_off=True, loss="mean_squared_error", learning_rate=10.0)
    run = Run(recipe)
    run.advance(100)
    found = run.divergence()
    assert found is not None
    assert found.mechanism is Mechanism.OVERFLOW
    assert found.epoch > 0
    assert math.isfinite(run.training_at(found.epoch - 1).loss)
    assert not math.isfinite(run.training_at(found.epoch).loss)


def test_a_mean_that_is_nan_is_blamed_on_a_sample_that_is_nan() -> None:
    network = Network((2, 1), ("identity",))
    network.weights[0][:, 0] = 1.0
    X = np.array([[0.0, 0.0], [-2.0, 0.0]])
    Y = np.array([[1.0], [1.0]])  # the first loses infinitely, the second has no loss at all
    found = explain_loss(Training(network, X, Y, numerics="textbook"))
    assert math.isnan(found.loss)
    assert (found.sample, found.mechanism) == (1, Mechanism.LOG_OF_NEGATIVE)


# What NumPy really did


def last_weight_state(run: Run) -> Training:
    epoch = run.training.first_nonfinite_weight_epoch
    assert epoch is not None
    return run.training_at(epoch - 1)


def diverged(most: int = 1000, **choices: Any) -> tuple[Run, Divergence]:
    """Train until something is not finite, and a little on."""
    run = Run(Recipe(**choices))
    run.advance(most)
    found = run.diagnosis()
    assert isinstance(found, Divergence)
    return run, found


def layer_sums(training: Training, sample: int) -> list[Array]:
    """Compute Z of every layer for one sample, in plain NumPy."""
    network, A, sums = training.network, training.X[sample], []
    with np.errstate(all="ignore"):
        for W, b, name in zip(network.weights, network.biases, network.activations, strict=True):
            sums.append(A @ W + b)
            A = ACTIVATIONS[name].value(sums[-1])
    return sums


TEXTBOOK_LINEAR = {
    "dataset": "linear",
    "data_seed": 1,
    "hidden_activation": "identity",
    "numerics": "textbook",
}


@pytest.mark.parametrize(
    ("choices", "mechanism"),
    [
        ({"activations_off": True}, Mechanism.ZERO_TIMES_LOG_ZERO),
        ({"activations_off": True, "dataset": "linear"}, Mechanism.LOG_OF_NEGATIVE),
        ({"activations_off": True, "numerics": "textbook"}, Mechanism.ZERO_TIMES_LOG_ZERO),
        (TEXTBOOK_LINEAR, Mechanism.ZERO_TIMES_LOG_ZERO),
        (TEXTBOOK_LINEAR | {"weight_seed": 1}, Mechanism.LOG_OF_ZERO),
        ({"numerics": "textbook", "learning_rate": 1000.0}, Mechanism.ZERO_TIMES_LOG_ZERO),
    ],
)
def test_the_first_bad_logarithm_is_the_one_that_numpy_takes(
    choices: dict[str, Any], mechanism: Mechanism
) -> None:
    run, found = diverged(**choices)
    training = run.training_at(found.epoch)
    A, Y = training.predictions, training.Y[:, 0]
    with np.errstate(all="ignore"):
        losses = -(Y * np.log(A) + (1.0 - Y) * np.log(1.0 - A))
        bad = np.isnan(losses) if np.isnan(losses).any() else np.isinf(losses)
        argument = A[found.sample] if A[found.sample] <= 0.0 else 1.0 - A[found.sample]
        logarithm = np.log(argument)
    assert found.mechanism is mechanism
    assert found.quantity is Quantity.SAMPLE_LOSS
    assert (found.sample, found.layer) == (int(np.argmax(bad)), 3)
    assert (found.output, found.target) == (A[found.sample], Y[found.sample])
    assert found.operand == argument
    assert not np.isfinite(logarithm)
    assert np.isnan(logarithm) == (mechanism is Mechanism.LOG_OF_NEGATIVE)
    assert np.isfinite(training.state()).all()
    assert found.weights_are_finite


def test_with_the_hidden_activations_off_textbook_breaks_late_and_stable_never() -> None:
    run, found = diverged(**TEXTBOOK_LINEAR)
    assert found.epoch > 100
    assert found.output == 1.0  # exactly
    assert found.last_finite_epoch == found.epoch - 1
    before = run.training_at(found.last_finite_epoch)
    assert math.isfinite(before.loss)
    assert np.isfinite(before.state()).all()
    assert run.training.first_nonfinite_weight_epoch == found.epoch + 1
    stable = Run(Recipe(**{**TEXTBOOK_LINEAR, "numerics": "stable"}))
    stable.advance(1000)
    assert stable.diagnosis() is None
    assert stable.training.accuracy == 1.0


def test_a_state_before_which_there_was_none_has_no_last_finite_one() -> None:
    assert diverged(activations_off=True)[1].last_finite_epoch is None


def test_a_weighted_sum_that_overflows_is_found_in_the_layer_where_it_does() -> None:
    run, found = diverged(hidden_activation="identity", weight_seed=1)
    training = run.training_at(found.epoch)
    assert found.sample is not None
    finite = [bool(np.isfinite(Z).all()) for Z in layer_sums(training, found.sample)]
    assert finite[: found.layer] == [True] * (found.layer - 1) + [False]
    assert found.layer == 2
    assert found.quantity is Quantity.WEIGHTED_SUM
    assert not math.isfinite(found.operand)
    assert found.largest_weight == np.abs(training.state()).max() > 1e150
    assert found.weights_are_finite


def test_weights_that_overflow_while_the_loss_stays_finite_are_told_from_the_other_way() -> None:
    run, found = diverged(most=20, **WEIGHTS_ALONE)
    assert run.training.first_nonfinite_loss_epoch is None
    assert math.isfinite(found.loss)
    assert not found.weights_are_finite
    assert (found.epoch, found.last_finite_epoch) == (1, 0)
    assert (found.quantity, found.layer, found.sample) == (Quantity.STEP, 1, None)
    before = last_weight_state(run)
    with np.errstate(all="ignore"):
        dZ = output_slopes(before.pair, before.predictions[:, np.newaxis], before.Y)
        step = before.learning_rate * (gradient := before.network.backward([before.X], dZ))
    assert np.isfinite(gradient).all()
    assert found.operand in step[~np.isfinite(step)]


def one_sample(
    sizes: tuple[int, ...],
    parameters: list[float],
    x: list[float],
    loss: str,
    rate: float = 1.0,
    rule: StepRule = PLAIN,
) -> Training:
    """Return the training of a network on one sample of class 1; cross-entropy gets a sigmoid."""
    output = "sigmoid" if loss == "cross_entropy" else "identity"
    network = Network(sizes, ("identity",) * (len(sizes) - 2) + (output,))
    network.parameters[:] = parameters
    X, Y = np.array([x]), np.ones((1, 1))
    return Training(network, X, Y, loss=loss, learning_rate=rate, rule=rule)


@pytest.mark.parametrize(
    ("sizes", "parameters", "x", "loss", "rate", "quantity", "layer", "sample"),
    [
        # dZ = 2e150 meets an input of 1e200
        ((2, 1), [0, 0, 1e150], [1e200, 0], "mean_squared_error", 1, Quantity.GRADIENT, 1, None),
        # dZ = 2e150 goes back through a weight of 1e200
        (
            (2, 1, 1),
            [0, 0, 1e-50, 1e200, 0],
            [1, 1],
            "mean_squared_error",
            1,
            Quantity.SLOPE,
            1,
            0,
        ),
        # a gradient of 20 times a rate of 1e308
        ((2, 1), [0, 0, 11], [0, 0], "mean_squared_error", 1e308, Quantity.STEP, 1, None),
        # 1.7e308 and a step of half as much
        (
            (2, 1),
            [1.7e308, -1.7e308, 0],
            [1, 1],
            "cross_entropy",
            1.7e308,
            Quantity.PARAMETER,
            1,
            None,
        ),
    ],
)
def test_weights_break_where_the_epoch_first_has_no_finite_number(
    sizes: tuple[int, ...],
    parameters: list[float],
    x: list[float],
    loss: str,
    rate: float,
    quantity: Quantity,
    layer: int,
    sample: int | None,
) -> None:
    training = one_sample(sizes, parameters, x, loss, rate)
    assert math.isfinite(training.loss)
    found = explain_weights(training)
    assert (found.quantity, found.layer, found.sample) == (quantity, layer, sample)
    assert found.mechanism is Mechanism.OVERFLOW
    assert not math.isfinite(found.operand)
    assert not found.weights_are_finite
    assert training.first_nonfinite_weight_epoch == found.epoch == 1
    assert found.largest_weight == np.abs(parameters).max()


def test_of_a_gradient_the_sample_is_the_first_whose_own_share_is_not_finite() -> None:
    network = Network((2, 1), ("identity",))
    network.biases[0][:] = 1e150
    X, Y = np.array([[1.0, 0.0], [1.0, 1e200], [1.0, 1e200]]), np.ones((3, 1))
    spot = explain_weights(Training(network, X, Y, loss="mean_squared_error")).spot
    assert spot == (Quantity.GRADIENT, 1, Place(1, 0, 1))


def test_of_softmax_the_unit_is_the_one_whose_sum_breaks_the_outputs_of_all() -> None:
    network = Network((2, 3), ("softmax",))
    network.biases[0][:] = [0.0, 1.0, math.inf]
    X, Y = np.zeros((2, 2)), np.zeros((2, 1))
    spot = explain_loss(Training(network, X, Y, numerics="textbook")).spot
    assert spot == (Quantity.WEIGHTED_SUM, 0, Place(1, 2))


def test_where_loss_and_weights_break_together_the_weights_are_looked_at() -> None:
    run, found = diverged(**{**WEIGHTS_ALONE, "loss": "cross_entropy", "dataset": "xor"})
    training = run.training
    assert training.first_nonfinite_loss_epoch == training.first_nonfinite_weight_epoch == 1
    assert not found.weights_are_finite
    assert found.quantity is Quantity.STEP
    assert math.isnan(found.loss)


def test_in_batches_the_step_that_broke_the_weights_is_looked_at() -> None:
    # The first batches of an epoch saturate the output, a later one meets it.
    run, found = diverged(most=20, **TEXTBOOK_LINEAR, learning_rate=100.0, batch_size=10)
    training = last_weight_state(run)
    network, steps = training.network, 0
    with np.errstate(all="ignore"):
        for samples in training.batches():
            layers = network.forward(training.X[samples]).activations
            dZ = output_slopes(training.pair, layers[-1], training.Y[samples])
            if not np.isfinite(dZ).all():
                break
            steps += 1
            network.parameters -= (
                training.learning_rate / len(samples) * network.backward(layers, dZ)
            )
    first = int(np.argmin(np.isfinite(dZ[:, 0])))
    assert steps > 0
    assert found.sample == samples[first]
    assert found.output == layers[-1][first, 0] in (0.0, 1.0)
    assert (found.quantity, found.layer) == (Quantity.SLOPE, 3)
    assert found.mechanism is Mechanism.DIVISION_BY_ZERO
    assert not found.weights_are_finite
    assert found.epoch == run.training.first_nonfinite_weight_epoch


def test_the_diagnosis_stays_what_it_was_when_more_breaks() -> None:
    run = Run(Recipe(activations_off=True))
    found = run.diagnosis()
    run.advance(50)
    assert run.training.first_nonfinite_weight_epoch is not None
    assert run.diagnosis() is found


@pytest.mark.thorough
@pytest.mark.parametrize("batch_size", [0, 5])
@pytest.mark.parametrize("regularization", REGULARIZATIONS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_with_any_optimizer_the_epoch_is_the_one_that_broke(
    optimizer: str, regularization: str, batch_size: int
) -> None:
    run, found = diverged(
        most=400,
        optimizer=optimizer,
        regularization=regularization,
        regularization_rate=3.0,
        hidden_activation="identity",
        output_activation="identity",
        loss="mean_squared_error",
        learning_rate=1e150,
        batch_size=batch_size,
    )
    epoch = run.training.first_nonfinite_weight_epoch
    if found.weights_are_finite:  # a loss that broke first
        assert run.training.first_nonfinite_loss_epoch == found.epoch
    else:
        assert found.epoch == epoch
        assert np.isfinite(run.training_at(epoch - 1).network.parameters).all()
        assert not np.isfinite(run.training_at(epoch).network.parameters).all()
        assert math.isfinite(found.largest_weight)
    assert not math.isfinite(found.operand) or found.quantity is Quantity.SAMPLE_LOSS


@pytest.mark.parametrize(
    ("optimizer", "quantity"),
    [
        ("gradient_descent", Quantity.PARAMETER),
        ("momentum", Quantity.PARAMETER),
        ("nesterov", Quantity.PARAMETER),
        ("rmsprop", Quantity.STEP),  # the root of a tenth of g² divides it
        ("adam", Quantity.PARAMETER),
    ],
)
def test_a_step_of_any_optimizer_that_overflows_is_found(
    optimizer: str, quantity: Quantity
) -> None:
    # 1.7e308 and a step of 0.85e308 or more away from 0
    parameters, rule = [1.7e308, -1.7e308, 0.0], StepRule(optimizer=optimizer)
    training = one_sample((2, 1), parameters, [1, 1], "cross_entropy", 1.7e308, rule)
    found = explain_weights(training)
    assert (found.quantity, found.layer, found.sample) == (quantity, 1, None)
    assert found.mechanism is Mechanism.OVERFLOW
    assert found.largest_weight == 1.7e308
    assert training.first_nonfinite_weight_epoch == found.epoch == 1
