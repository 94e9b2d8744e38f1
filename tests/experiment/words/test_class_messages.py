"""Of 3 to 6 classes: what breaks and what does not learn, checked against plain NumPy."""

import math
from typing import Any

import numpy as np
import pytest
from frames import make_frame, make_update

from mlpviz.engine import Array
from mlpviz.engine.network import Network
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.diagnosis import (
    Divergence,
    Mechanism,
    Quantity,
    explain_loss,
    explain_weights,
)
from mlpviz.experiment.run.history import History
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.symptoms import (
    PLATEAU_EPOCHS,
    Kind,
    StuckUnits,
    Symptom,
    class_guess_loss,
    find_symptom,
    guess_of,
    state_of,
)
from mlpviz.experiment.words.formats import value_text
from mlpviz.experiment.words.messages import Message, message_for

LONGEST = 230  # what two lines hold in a window of 1024 pixels


def recipe_of(dataset: str = "gaussians", classes: int = 3, **choices: Any) -> Recipe:
    return revised(Recipe(), dataset=dataset, classes=classes, **choices)


def run_of(epochs: int, dataset: str = "gaussians", classes: int = 3, **choices: Any) -> Run:
    run = Run(recipe_of(dataset, classes, **choices))
    run.advance(epochs)
    return run


def diverged(run: Run) -> Divergence:
    found = run.diagnosis()
    assert isinstance(found, Divergence)
    return found


def symptom_of(run: Run) -> Symptom:
    found = run.diagnosis()
    assert isinstance(found, Symptom)
    return found


def plain_outputs(training: Training) -> Array:
    """Compute the outputs in plain NumPy, (samples, classes), of sigmoid and softmax or none."""
    network, A = training.network, training.X
    is_linear = set(network.activations) == {"identity"}
    for layer, (W, b) in enumerate(zip(network.weights, network.biases, strict=True), 1):
        Z = A @ W + b
        if is_linear:
            A = Z
        elif layer < len(network.weights):
            A = 1.0 / (1.0 + np.exp(-Z))
        else:
            shares = np.exp(Z - Z.max(axis=1)[:, np.newaxis])
            A = shares / shares.sum(axis=1)[:, np.newaxis]
    return A


def plain_terms(training: Training) -> Array:
    """Compute y log A of every sample and class, as the textbook's loss adds them up."""
    classes = np.arange(training.outputs)
    Y = (classes == training.Y).astype(np.float64)
    return Y * np.log(plain_outputs(training))


# Numbers that are not finite


@pytest.mark.parametrize("numerics", ["stable", "textbook"])
@pytest.mark.parametrize("dataset", ["gaussians", "spiral"])
@pytest.mark.parametrize("classes", [3, 6])
def test_without_activations_the_first_logarithm_that_is_no_number_is_named(
    dataset: str, classes: int, numerics: str
) -> None:
    run = run_of(0, dataset, classes, activations_off=True, numerics=numerics)
    found = diverged(run)
    with np.errstate(all="ignore"):
        terms = plain_terms(run.training)
    sample, unit = np.argwhere(np.isnan(terms))[0]  # row by row: the first sample, its first class
    output = plain_outputs(run.training)[sample, unit]
    assert math.isnan(run.training.loss)
    assert (found.epoch, found.sample, found.unit) == (0, sample, unit)
    assert found.mechanism is Mechanism.LOG_OF_NEGATIVE
    assert found.operand == found.output == pytest.approx(output, rel=1e-12)
    text = message_for(make_update(run.recipe)).text
    assert text.startswith("Cross-entropy needs outputs between 0 and 1; without softmax sample ")
    assert f" sample {sample} gives {value_text(output)} for class {unit}, and the log" in text
    assert message_for(make_update(run.recipe)).remedies[0].words == "Activations on"


@pytest.mark.parametrize("dataset", ["gaussians", "spiral"])
@pytest.mark.parametrize("classes", [3, 6])
def test_a_softmax_that_saturates_in_textbook_numerics_is_told_by_unit_and_sample(
    dataset: str, classes: int
) -> None:
    run = run_of(60, dataset, classes, numerics="textbook", learning_rate=1000.0)
    found = diverged(run)
    training = run.training_at(found.epoch)
    with np.errstate(all="ignore"):
        terms = plain_terms(training)
    sample, unit = np.argwhere(np.isnan(terms))[0]
    assert plain_outputs(training)[sample, unit] == 0.0
    assert training.Y[sample, 0] != unit  # its own class would be minus infinity
    assert (found.sample, found.unit, found.output) == (sample, unit, 0.0)
    assert found.mechanism is Mechanism.ZERO_TIMES_LOG_ZERO
    assert np.isfinite(run.training_at(found.epoch - 1).loss)
    message = message_for(make_update(run.recipe, 60))
    assert message.text.startswith(
        f"Epoch {found.epoch}, output layer, sample {sample}: 0 · log 0, because the output for "
        f"class {unit} is exactly 0. The loss has not been a number since"
    )
    assert message.remedies[0].words == "Stable numerics"
    assert message.remedies[0].recipe is not None
    repaired = Run(message.remedies[0].recipe)
    repaired.advance(60)
    assert math.isfinite(repaired.training.loss)


def one_sample(biases: list[float], target: int, numerics: str = "textbook") -> Training:
    """Return the training of an output layer whose weighted sums are its biases."""
    network = Network((2, len(biases)), ("softmax",))
    network.biases[0][:] = biases
    return Training(network, np.zeros((1, 2)), np.full((1, 1), float(target)), numerics=numerics)


def test_a_class_of_its_own_that_is_lost_is_the_log_of_0() -> None:
    found = explain_loss(one_sample([0.0, 0.0, -1000.0], target=2))
    assert found.mechanism is Mechanism.LOG_OF_ZERO
    assert (found.unit, found.output, found.target, found.loss) == (2, 0.0, 1.0, math.inf)


def test_a_loss_that_is_no_number_is_blamed_on_what_is_none_and_not_on_what_is_infinite() -> None:
    # -1 · log 0 = ∞ of class 0, and 0 · log 0 of class 2: only the latter makes the sum NaN.
    found = explain_loss(one_sample([-1000.0, 0.0, -1000.0], target=0))
    assert math.isnan(found.loss)
    assert (found.unit, found.mechanism) == (2, Mechanism.ZERO_TIMES_LOG_ZERO)


def test_in_batches_the_slope_that_divides_by_0_is_that_of_the_unit_named() -> None:
    run = run_of(20, numerics="textbook", learning_rate=1000.0, batch_size=10)
    found = diverged(run)
    training, is_found = run.training_at(found.epoch - 1), False
    network = training.network
    with np.errstate(all="ignore"):
        for samples in training.batches():
            layers = network.forward(training.X[samples]).activations
            Y = (training.Y[samples] == np.arange(3)).astype(np.float64)
            A = layers[-1]
            dA = -Y / A
            dZ = A * (dA - (A * dA).sum(axis=1)[:, np.newaxis])
            if not np.isfinite(dZ).all():
                is_found = True
                break
            step = network.backward(layers, dZ) / len(samples)
            network.parameters -= training.learning_rate * step
    assert is_found
    row = int(np.argmin(np.isfinite(dZ).all(axis=1)))
    assert found.sample == samples[row]
    assert found.unit == int(np.argmax(A[row] == 0.0))
    assert (found.quantity, found.mechanism) == (Quantity.SLOPE, Mechanism.DIVISION_BY_ZERO)
    assert (
        f"sample {found.sample}: the slope of the loss divides by 0, because the output for class "
        f"{found.unit} is exactly 0. Neither weights nor loss have been finite since."
    ) in message_for(make_update(run.recipe, 20)).text


def test_in_stable_numerics_an_output_of_exactly_0_is_not_blamed() -> None:
    assert math.isfinite(one_sample([1000.0, 0.0, -1000.0], target=2, numerics="stable").loss)
    training = one_sample([1.5e308, 0.0, -1.5e308], target=2, numerics="stable")
    found = explain_loss(training)
    assert not math.isfinite(found.loss)
    assert (found.quantity, found.mechanism) == (Quantity.DIFFERENCE, Mechanism.OVERFLOW)
    assert (found.sample, found.unit, found.operand) == (0, None, math.inf)
    frame = make_frame(recipe_of(hidden=()), diagnosis=found, loss=math.nan)
    assert message_for(Update((frame,), is_playing=False)).text.startswith(
        "Epoch 0, output layer, sample 0: the difference of two z overflows, because "
        "the weights are as large as 1.50e308."
    )


def test_squared_error_of_several_outputs_names_the_one_that_overflows() -> None:
    network = Network((2, 3), ("identity",))
    network.biases[0][:] = [0.0, -1e200, 1.0]
    training = Training(network, np.zeros((1, 2)), np.ones((1, 1)), loss="mean_squared_error")
    found = explain_loss(training)
    assert (found.mechanism, found.unit, found.operand) == (Mechanism.OVERFLOW, 1, -1e200 - 1.0)


def test_a_step_that_is_too_long_is_found_with_several_outputs_too() -> None:
    network = Network((2, 3), ("softmax",))
    training = Training(
        network, np.ones((1, 2)), np.zeros((1, 1)), reduction="sum", learning_rate=1.7e308
    )
    network.parameters[:] = np.resize([1.7e308, -1.7e308], len(network.parameters))
    network.biases[0][:] = 0.0
    training.restore(0, training.state())
    found = explain_weights(training)
    assert found.quantity is Quantity.PARAMETER
    assert found.mechanism is Mechanism.OVERFLOW
    assert found.unit is None


@pytest.mark.parametrize("mechanism", Mechanism)
@pytest.mark.parametrize("weights_are_finite", [True, False])
def test_every_sentence_that_names_a_class_fits_the_bar(
    mechanism: Mechanism, weights_are_finite: bool
) -> None:
    divergence = Divergence(
        epoch=12345,
        loss=math.nan,
        weights_are_finite=weights_are_finite,
        quantity=Quantity.SAMPLE_LOSS,
        mechanism=mechanism,
        layer=3,
        sample=99999,
        operand=-1.23e300,
        output=-1.23e300,
        target=0.0,
        largest_weight=1.23e300,
        unit=5,
    )
    frame = make_frame(
        recipe_of(classes=6),
        diagnosis=divergence,
        loss=math.nan,
        first_nonfinite_weight_epoch=12346,
    )
    assert len(message_for(Update((frame,), is_playing=False)).text) <= LONGEST


# Networks that do not learn


def rings(classes: int, points: int = 24) -> tuple[Array, Array]:
    """Return points on a circle per class, around 0: no line parts any of them."""
    turn = 2.0 * np.pi * np.arange(points) / points
    circle = np.column_stack([np.cos(turn), np.sin(turn)])
    X = np.concatenate([(number + 1.0) * circle for number in range(classes)])
    return X, np.repeat(np.arange(float(classes)), points)[:, np.newaxis]


def trained(training: Training, epochs: int) -> Symptom | None:
    history = History(training.state(), training.loss)
    history.record(training.run(epochs))
    return find_symptom(state_of(training), guess_of(training), history.curve())


@pytest.mark.parametrize("classes", [3, 6])
def test_boundaries_that_are_straight_lines_are_told_where_none_helps(classes: int) -> None:
    X, Y = rings(classes)
    network = Network((2, 4, classes), ("identity", "softmax"))
    network.weights[0][:] = 0.1
    found = trained(Training(network, X, Y, learning_rate=0.1), 400)
    assert found is not None
    assert found.kind is Kind.ONE_LINE
    assert found.guess_loss == pytest.approx(math.log(classes))
    assert found.loss == pytest.approx(math.log(classes), rel=1e-3)


def test_of_classes_that_lines_part_it_is_not_said_that_none_does() -> None:
    recipe = recipe_of(classes=6, learning_rate=0.0005, hidden=())
    run = Run(recipe)
    run.training.restore(0, np.zeros_like(run.training.state()))
    run.history = History(run.training.state(), run.training.loss)
    run.advance(25)
    assert run.training.loss == pytest.approx(math.log(6), rel=1e-3)  # as where no line helps
    assert run.diagnosis() is None


def message_of(kind: Kind, recipe: Recipe, **facts: Any) -> Message:
    worth = facts.pop("guess_loss", None) or class_guess_loss(
        [1.0 / recipe.classes] * recipe.classes, recipe.loss
    )
    common = {"epoch": 6000, "loss": worth, "first_loss": 2.0, "guess": 1.0 / recipe.classes}
    symptom = Symptom(kind=kind, guess_loss=worth, **(common | facts))
    frame = make_frame(recipe, diagnosis=symptom, epoch=6000)
    return message_for(Update((frame,), is_playing=False))


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (
            {"hidden_activation": "identity"},
            "With the hidden activations off the network is one linear map, W₁·W₂·W₃: its "
            "boundaries are straight lines, and no such lines part these classes. ",
        ),
        (
            {"hidden": ()},
            "Without hidden layers the network is one linear map: its boundaries are straight "
            "lines, and no such lines part these classes. ",
        ),
        (
            {"hidden": (), "features": ("x1_squared", "x2_squared")},
            "Without hidden layers the network is one linear map, and no weighted sum of x₁², "
            "x₂² parts these classes. ",
        ),
    ],
)
def test_one_linear_map_of_several_classes_has_boundaries(
    choices: dict[str, Any], words: str
) -> None:
    text = message_of(Kind.ONE_LINE, recipe_of(classes=4, **choices)).text
    assert text == f"{words}The loss stays at that of guessing, 1.3863 ≈ ln 4."


@pytest.mark.thorough
@pytest.mark.parametrize("classes", [3, 6])
def test_a_plateau_is_that_of_ln_k_and_of_the_share_of_each_class(classes: int) -> None:
    run = run_of(
        PLATEAU_EPOCHS + PLATEAU_EPOCHS // 50,
        "spiral",
        classes,
        regularization="l2",
        regularization_rate=0.5,
    )
    found = symptom_of(run)
    assert found.kind is Kind.PLATEAU
    shares = np.bincount(run.training.Y[:, 0].astype(int)) / len(run.training.Y)
    assert found.guess == shares.max()
    assert found.guess_loss == pytest.approx(-np.sum(shares * np.log(shares)))
    assert pytest.approx(np.tile(shares, (100, 1)), abs=0.05) == run.training.predictions.T
    assert message_of(Kind.PLATEAU, run.recipe).text == (
        "The network has learned nothing in 6\u2009000 epochs: the loss stays at that of guessing, "
        f"{math.log(classes):.4f} ≈ ln {classes}, and every output is about the share of its class."
    )


def test_guessing_is_ln_k_only_where_the_classes_are_equally_many_and_the_loss_is_that() -> None:
    for loss, worth in (("cross_entropy", 0.9), ("mean_squared_error", math.log(3))):
        text = message_of(Kind.PLATEAU, recipe_of(loss=loss), guess_loss=worth).text
        assert f"guessing, {worth:.4f}, and" in text


def test_the_loss_of_guessing_classes_is_the_least_that_a_constant_has() -> None:
    shares = np.array([0.5, 0.3, 0.2])
    grid = np.linspace(0.01, 0.98, 98)
    constants = [np.array([p, q, 1.0 - p - q]) for p in grid for q in grid if p + q <= 0.9901]
    cross_entropy = min(-np.sum(shares * np.log(p)) for p in constants)
    assert class_guess_loss(shares.tolist(), "cross_entropy") == pytest.approx(cross_entropy)
    targets = np.eye(3)
    squared = min(float(np.sum(shares * ((p - targets) ** 2).sum(axis=1))) for p in constants)
    assert class_guess_loss(shares.tolist(), "mean_squared_error") == pytest.approx(squared)
    assert class_guess_loss([0.25] * 4, "cross_entropy") == pytest.approx(math.log(4))
    assert class_guess_loss([1.0, 0.0, 0.0], "cross_entropy") == 0.0


@pytest.mark.parametrize("dataset", ["gaussians", "spiral"])
@pytest.mark.parametrize("classes", [3, 6])
@pytest.mark.parametrize("rate", [30.0, 1000.0])
def test_a_learning_rate_far_too_large_is_told_of_several_classes(
    dataset: str, classes: int, rate: float
) -> None:
    run = run_of(400, dataset, classes, learning_rate=rate)
    if run.training.accuracy == 1.0:
        assert run.diagnosis() is None
    else:
        assert symptom_of(run).kind in (Kind.OSCILLATION, Kind.GROWTH)


@pytest.mark.parametrize(
    ("loss", "is_told"), [("mean_squared_error", True), ("cross_entropy", False)]
)
def test_a_saturated_softmax_stops_learning_with_squared_error_only(
    loss: str, is_told: bool
) -> None:
    run = Run(recipe_of(loss=loss, learning_rate=0.01))
    state = np.zeros_like(run.training.state())
    state[-3:] = [20.0, 0.0, 0.0]
    run.training.restore(0, state)
    run.history = History(state, run.training.loss)
    run.advance(300)
    A = run.training.predictions
    assert (np.minimum(A, 1.0 - A) < 1e-3).all()
    found = run.diagnosis()
    if not is_told:
        assert found is None
        return
    assert isinstance(found, Symptom)
    assert (found.kind, found.stuck) == (Kind.SATURATION, StuckUnits(3, (0, 1, 2), 3))
    assert message_for(make_saturated(run.recipe, found)).text.startswith(
        "All 3 units of the output layer are saturated"
    )


def make_saturated(recipe: Recipe, symptom: Symptom) -> Update:
    return Update((make_frame(recipe, diagnosis=symptom),), is_playing=False)


# Silence


def check_that_nothing_is_said_of_a_run_that_learns(epochs: int, recipe: Recipe) -> None:
    """Look at many states; a run that does not get there may be told what is so."""
    run, seen = Run(recipe), []
    while run.training.epoch < epochs:
        run.advance(1 if run.training.epoch < 100 else 25)
        if run.diagnosis() is not None:
            seen.append((run.training.epoch, run.diagnosis()))
    if run.training.accuracy > 0.99:
        assert not seen


HEALTHY: list[dict[str, Any]] = [{}, {"learning_rate": 0.1}, {"hidden": (16, 16)}]


@pytest.mark.thorough
@pytest.mark.parametrize("dataset", ["gaussians", "spiral"])
@pytest.mark.parametrize("classes", [3, 6])
@pytest.mark.parametrize("choices", HEALTHY)
def test_nothing_is_said_of_a_run_that_learns_several_classes(
    dataset: str, classes: int, choices: dict[str, Any]
) -> None:
    check_that_nothing_is_said_of_a_run_that_learns(2500, recipe_of(dataset, classes, **choices))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("dataset", ["gaussians", "spiral"])
@pytest.mark.parametrize("classes", [3, 6])
@pytest.mark.parametrize("choices", HEALTHY)
def test_nothing_is_said_of_any_run_that_learns_several_classes(
    dataset: str, classes: int, choices: dict[str, Any], seed: int
) -> None:
    seeds = {"weight_seed": seed, "data_seed": seed}
    recipe = recipe_of(dataset, classes, **choices, **seeds)
    check_that_nothing_is_said_of_a_run_that_learns(10_000, recipe)
