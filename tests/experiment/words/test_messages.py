"""What the message bar says, from real runs."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from choices import WEIGHTS_ALONE
from frames import curve_of, make_frame, make_update
from pseudo import bare_words, pseudo_language

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.diagnosis import Divergence, Mechanism, Outside, Quantity
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.symptoms import Kind, StuckUnits, Symptom
from mlpviz.experiment.words.formats import scientific, value_text
from mlpviz.experiment.words.messages import Message, linear_words, message_for
from mlpviz.experiment.words.remedies import Remedy

LONGEST = 230  # what two lines hold in a window of 1024 pixels
ERROR = "Training stopped: RuntimeError: out of paper"


def run_until_not_finite(most: int = 500, **choices: Any) -> Update:
    """Train until the loss is not finite, and return what the window gets to see."""
    recipe = Recipe(**choices)
    run = Run(recipe)
    while math.isfinite(run.training.loss):
        assert run.training.epoch < most
        run.advance(1)
    return make_update(recipe, run.training.epoch)


def remedy_words(message: Message) -> str:
    return " ".join(remedy.words for remedy in message.remedies)


def test_untrained_it_says_how_to_begin() -> None:
    message = message_for(make_update())
    assert message.text == "Untrained. Press Space to train, → for one epoch."
    assert not message.is_warning
    assert not message.remedies


def test_a_branch_says_from_where_it_goes_on_until_it_does() -> None:
    run = Run(Recipe(learning_rate=0.5))
    run.advance(1200)
    branch = run.branch(Position(1000), replace(run.recipe, learning_rate=0.25))
    update = Update((capture(branch),), is_playing=False)
    assert message_for(update) == Message(
        "Branch from epoch 1\u2009000. Press Space to train, → for one epoch.", is_hint=True
    )
    assert message_for(replace(update, is_playing=True)).text == ""
    branch.advance(1)
    assert message_for(Update((capture(branch),), is_playing=False)).text == ""


def test_while_all_is_well_it_says_nothing() -> None:
    assert message_for(make_update(epochs=3)) == Message("")
    assert message_for(make_update(is_playing=True)) == Message("")


def test_while_a_run_comes_back_it_says_how_far_it_is() -> None:
    update = Update((make_frame(),), is_playing=False, share_restored=0.4)
    assert message_for(update).text == "The run before is computed again: 40\u2009%."


def test_while_a_branch_is_made_it_says_how_far_that_is() -> None:
    update = Update((make_frame(epochs=3),), is_playing=False, share_branched=0.4)
    words = "The losses up to the branch are computed again: 40\u2009%."
    assert message_for(update) == Message(words, is_hint=True)


def test_at_the_limit_it_says_so_and_how_the_run_ended() -> None:
    message = message_for(make_update(Recipe(epochs=12), 12, is_at_limit=True))
    assert message.text == (
        "Paused at epoch 12, the limit: 10 of 21 are still wrong. Play goes on without one."
    )
    assert not message.is_warning


def test_at_the_limit_it_says_that_all_are_right() -> None:
    recipe = Recipe(dataset="linear", epochs=2000)
    message = message_for(make_update(recipe, 2000, is_at_limit=True))
    assert message.text == (
        "Paused at epoch 2\u2009000, the limit: all 100 samples are right. "
        "Play goes on without one."
    )


def test_at_the_limit_of_a_comparison_the_numbers_say_how_each_run_ended() -> None:
    one = make_update(Recipe(epochs=12), 12, is_at_limit=True)
    both = replace(one, frames=(*one.frames, *one.frames))
    assert message_for(both).text == ("Paused at epoch 12, the limit. Play goes on without one.")


def test_an_error_comes_before_everything_else() -> None:
    update = replace(run_until_not_finite(activations_off=True), error=ERROR)
    assert message_for(update) == Message(f"{ERROR}. Reset starts over.", is_warning=True)


def test_without_activations_xor_shows_the_rule_first_and_0_log_0_second() -> None:
    update = run_until_not_finite(activations_off=True)
    message = message_for(update)
    assert message.text == (
        "Cross-entropy needs an output between 0 and 1; without the sigmoid sample 1 gives −0.37, "
        "and the logarithm of that does not exist. Sample 0 gives 0 · log 0. "
        "The loss has not been finite since epoch 0; the weights still are."
    )
    assert message.is_warning
    assert message.remedies == (Remedy("Activations on", Recipe()),)


def test_without_activations_linear_meets_the_log_of_the_number_it_names() -> None:
    update = run_until_not_finite(activations_off=True, dataset="linear")
    (frame,) = update.frames
    bad = next(i for i, output in enumerate(frame.predictions) if not 0.0 < output < 1.0)
    output = float(frame.predictions[bad])
    assert output < 0.0
    assert message_for(update).text == (
        f"Cross-entropy needs an output between 0 and 1; without the sigmoid sample {bad} gives "
        f"{value_text(output)}, and the logarithm of that does not exist. "
        "The loss has not been finite since epoch 0; the weights still are."
    )
    later = message_for(make_update(Recipe(activations_off=True, dataset="linear"), 20))
    assert later.text.endswith(" Not finite: loss since epoch 0, weights since epoch 5.")


@pytest.mark.parametrize(
    ("output", "unit", "words"),
    [
        (1.33, None, "sample 3 gives 1.33, and the logarithm of 1 − 1.33 does not exist. "),
        (-0.001, None, "sample 3 gives −1.00e−3, and the logarithm of that does not exist. "),
        (-2.0, 1, "sample 3 gives −2.00 for class 1, and the logarithm of that does not exist. "),
    ],
)
def test_an_output_outside_0_and_1_is_named_as_it_is(
    output: float, unit: int | None, words: str
) -> None:
    divergence = make_divergence(output=output, outside=Outside(3, output, unit))
    recipe = Recipe(activations_off=True)
    text = message_for(make_update_with(divergence, loss=math.nan, recipe=recipe)).text
    assert text.startswith("Cross-entropy needs ")
    assert words in text
    broken = {"loss": math.nan, "first_nonfinite_weight_epoch": 123_456}
    divergence = replace(
        divergence,
        mechanism=Mechanism.ZERO_TIMES_LOG_ZERO,
        sample=99,
        outside=Outside(9999, output, unit),
    )
    update = make_update_with(divergence, recipe=recipe, **broken)
    assert len(message_for(update).text) <= LONGEST
    with pseudo_language():
        assert not bare_words(message_for(update).text)


def make_divergence(**facts: Any) -> Divergence:
    """Return a divergence of a loss at sample 3, with the facts that a test wants otherwise."""
    common = {
        "epoch": 0,
        "loss": math.nan,
        "weights_are_finite": True,
        "quantity": Quantity.SAMPLE_LOSS,
        "mechanism": Mechanism.LOG_OF_NEGATIVE,
        "layer": 3,
        "sample": 3,
        "operand": -0.37,
        "output": -0.37,
        "target": 0.0,
        "largest_weight": 1e200,
    }
    return Divergence(**(common | facts))


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (-0.37, "log(−0.37), because the output is outside (0, 1)."),
        (-0.001, "log(−1.00e−3), because the output is outside (0, 1)."),
        (1.25, "log(1 − ŷ) = log(−0.25), because the output 1.25 is outside (0, 1)."),
        (1.001, "log(1 − ŷ) = log(−1.00e−3), because the output 1 + 1.00e−3 is outside (0, 1)."),
    ],
)
def test_the_output_that_has_no_log_is_named_as_it_is(output: float, words: str) -> None:
    operand = output if output < 0.0 else 1.0 - output
    divergence = make_divergence(output=output, operand=operand)
    text = message_for(make_update_with(divergence, loss=math.nan)).text
    assert text.startswith(f"Epoch 0, output layer, sample 3: {words}")


def make_update_with(diagnosis: Divergence | Symptom, **changes: Any) -> Update:
    return Update((make_frame(diagnosis=diagnosis, **changes),), is_playing=False)


def test_in_textbook_numerics_saturation_is_named_and_stable_numerics_help() -> None:
    recipe = Recipe(numerics="textbook", learning_rate=100.0, dataset="linear")
    message = message_for(
        run_until_not_finite(numerics="textbook", learning_rate=100.0, dataset="linear")
    )
    assert "0 · log 0, because the sigmoid saturated to exactly 1. The loss" in message.text
    assert "the weights are still finite. Last finite state: epoch 2." in message.text
    assert message.remedies[0].words == "Stable numerics"
    assert message.remedies[0].recipe == replace(recipe, numerics="stable")
    run = Run(message.remedies[0].recipe)
    run.advance(50)
    assert math.isfinite(run.training.loss)


@pytest.mark.parametrize(("output", "digit"), [(0.0, "0"), (1.0, "1")])
def test_the_log_of_zero_is_minus_infinity(output: float, digit: str) -> None:
    divergence = make_divergence(
        epoch=40,
        loss=math.inf,
        sample=2,
        operand=0.0,
        output=output,
        target=1.0 - output,
        mechanism=Mechanism.LOG_OF_ZERO,
    )
    text = message_for(make_update_with(divergence, loss=math.inf)).text
    assert text == (
        "Epoch 40, output layer, sample 2: log 0 = −∞, because the sigmoid saturated to exactly "
        f"{digit}. The loss has been infinite since; the weights are still finite. "
        "Last finite state: epoch 39."
    )


def test_a_slope_that_divides_by_0_is_told_and_stable_numerics_help() -> None:
    choices = {"numerics": "textbook", "learning_rate": 100.0, "batch_size": 10}
    recipe = Recipe(dataset="linear", data_seed=1, hidden_activation="identity", **choices)
    message = message_for(make_update(recipe, 20))
    assert "the slope of the loss divides by 0, because the sigmoid saturated to" in message.text
    assert "Neither weights nor loss have been finite since." in message.text
    assert message.remedies[0].recipe == replace(recipe, numerics="stable")


@pytest.mark.parametrize(
    ("activation", "output", "words"),
    [
        ("sigmoid", 1.0, "the sigmoid saturated to exactly 1"),
        ("tanh", 1.0, "the tanh saturated to exactly 1"),
        ("tanh", 0.0, "the output is exactly 0"),  # in the middle of its range
        ("relu", 0.0, "the output is exactly 0"),
        ("identity", 1.0, "the output is exactly 1"),
    ],
)
def test_only_what_has_an_end_there_saturates(activation: str, output: float, words: str) -> None:
    divergence = make_divergence(mechanism=Mechanism.ZERO_TIMES_LOG_ZERO, output=output)
    update = make_update_with(
        divergence, loss=math.nan, recipe=Recipe(output_activation=activation)
    )
    assert f"0 · log 0, because {words}." in message_for(update).text


def test_an_overflow_names_the_output_and_a_smaller_learning_rate_helps() -> None:
    choices = {
        "loss": "mean_squared_error",
        "output_activation": "identity",
        "learning_rate": 1e6,
    }
    update = run_until_not_finite(**choices)
    (frame,) = update.frames
    message = message_for(update)
    divergence = frame.diagnosis
    assert isinstance(divergence, Divergence)
    operand, weight = scientific(divergence.operand), scientific(divergence.largest_weight)
    assert divergence.operand == frame.predictions[divergence.sample] - divergence.target
    assert message.text == (
        f"Epoch {frame.epoch}, output layer, sample 0: ({operand})² overflows, because the weights "
        f"are as large as {weight}. The loss has been infinite since; the weights are still "
        f"finite. Last finite state: epoch {frame.epoch - 1}."
    )
    assert message.remedies[0].words == "Learning rate ÷ 10"
    assert message.remedies[0].recipe == replace(frame.recipe, learning_rate=1e5)


@pytest.mark.parametrize(
    ("quantity", "operand", "words"),
    [
        (
            Quantity.WEIGHTED_SUM,
            math.nan,
            "the weighted sum is not a number, because the weights are",
        ),
        (
            Quantity.WEIGHTED_SUM,
            math.inf,
            "the weighted sum is infinite, because the weights are as",
        ),
        (
            Quantity.MEAN_LOSS,
            math.inf,
            "the sum of the losses overflows, because the weights are as",
        ),
        (
            Quantity.GRADIENT,
            math.inf,
            "the gradient overflows, because the weights are as large as 1.00e",
        ),
        (Quantity.STEP, math.inf, "learning rate · gradient overflows, because the steps are too"),
        (Quantity.PARAMETER, math.inf, "the weight or bias overflows, because the steps are too"),
    ],
)
def test_an_overflow_says_of_what(quantity: Quantity, operand: float, words: str) -> None:
    divergence = make_divergence(
        quantity=quantity, operand=operand, mechanism=Mechanism.OVERFLOW, layer=1, sample=None
    )
    text = message_for(make_update_with(divergence, loss=math.nan)).text
    assert text.startswith(f"Epoch 0, hidden layer 1: {words}")


@pytest.mark.parametrize("changes", [{"optimizer": "momentum"}, {"regularization": "l1"}])
def test_a_step_that_is_more_than_the_gradient_is_called_a_step(changes: dict[str, Any]) -> None:
    recipe = Recipe(**(WEIGHTS_ALONE | changes))
    text = message_for(make_update(recipe, 5)).text
    assert "output layer: the step overflows, because the steps are too long. " in text


def test_losses_that_are_finite_one_by_one_are_not_blamed_on_a_sample() -> None:
    text = message_for(run_until_not_finite(learning_rate=1e308)).text
    assert ", output layer: the sum of the losses overflows" in text
    assert "sample" not in text


def test_a_cross_entropy_without_sigmoid_is_helped_by_one() -> None:
    recipe = Recipe(output_activation="tanh", dataset="linear")
    message = message_for(make_update(recipe))
    assert (message.remedies[0].words, message.remedies[0].recipe) == (
        "Sigmoid output",
        replace(recipe, output_activation="sigmoid"),
    )


def test_the_loss_and_the_weights_are_told_apart() -> None:
    run = Run(Recipe(activations_off=True))
    while run.training.first_nonfinite_weight_epoch is None:
        assert run.training.epoch < 100
        run.advance(1)
    epoch = run.training.first_nonfinite_weight_epoch
    assert epoch > 0
    before = message_for(make_update(Recipe(activations_off=True), epoch - 1)).text
    after = message_for(make_update(Recipe(activations_off=True), epoch)).text
    assert before.endswith("The loss has not been finite since epoch 0; the weights still are.")
    assert after.endswith(f" Not finite: loss since epoch 0, weights since epoch {epoch}.")


def test_weights_that_broke_later_than_the_loss_are_told_with_their_epoch() -> None:
    divergence = make_divergence(mechanism=Mechanism.ZERO_TIMES_LOG_ZERO, output=1.0)
    update = make_update_with(divergence, loss=math.nan, first_nonfinite_weight_epoch=7)
    words = "The loss has not been a number since, nor the weights since epoch 7."
    assert message_for(update).text.endswith(words)


def test_weights_that_are_lost_while_the_loss_is_not_are_told_the_other_way_round() -> None:
    recipe = Recipe(**WEIGHTS_ALONE)
    update = make_update(recipe, 5)
    assert math.isfinite(update.frames[0].loss)
    message = message_for(update)
    assert message.text == (
        "Epoch 1, output layer: learning rate · gradient overflows, because the steps are too "
        "long. The weights have not been finite since; the loss still is. "
        "Last finite state: epoch 0."
    )
    assert message.is_warning
    assert message.remedies[0].recipe == replace(recipe, learning_rate=1.7e307)


@pytest.mark.parametrize(
    ("loss_epoch", "words"),
    [
        (1, "Neither weights nor loss have been finite since."),
        (4, "The weights have not been finite since, nor the loss since epoch 4."),
    ],
)
def test_a_loss_that_follows_the_weights_is_said(loss_epoch: int, words: str) -> None:
    losses = [1.0] * loss_epoch + [math.nan]
    divergence = make_divergence(epoch=1, weights_are_finite=False)
    update = make_update_with(
        divergence,
        loss=math.nan,
        first_nonfinite_weight_epoch=1,
        curve=curve_of(*losses),
    )
    assert words in message_for(update).text


@pytest.mark.parametrize(
    "choices",
    [
        {"activations_off": True},
        {"activations_off": True, "dataset": "linear", "numerics": "textbook"},
        {"output_activation": "relu"},
        {"numerics": "textbook", "learning_rate": 1000.0},
        {"loss": "mean_squared_error", "output_activation": "identity", "learning_rate": 1e6},
    ],
)
def test_every_remedy_is_another_recipe_that_changes_one_thing(choices: dict[str, Any]) -> None:
    message = message_for(run_until_not_finite(**choices))
    old, new = Recipe(**choices).to_dict(), message.remedies[0].recipe.to_dict()
    assert len([name for name in old if old[name] != new[name]]) == 1


def test_a_loss_that_became_finite_again_is_not_called_not_a_number() -> None:
    recipe = Recipe(activations_off=True, learning_rate=0.01)
    message = message_for(make_update(recipe, 500))
    assert message.text.startswith("Cross-entropy needs an output between 0 and 1; ")
    assert message.text.endswith(" The loss was not a number, but is finite again.")
    assert not message.is_warning


def test_the_smallest_learning_rate_has_no_smaller_one_as_a_remedy() -> None:
    divergence = make_divergence(mechanism=Mechanism.OVERFLOW)
    recipe = Recipe(learning_rate=5e-324)
    message = message_for(make_update_with(divergence, loss=math.nan, recipe=recipe))
    assert message.remedies == ()


def make_symptom(kind: Kind, **facts: Any) -> Symptom:
    common = {"epoch": 6000, "loss": 0.692, "first_loss": 0.7, "guess": 0.5}
    return Symptom(kind=kind, guess_loss=math.log(2.0), **(common | facts))


def message_of(symptom: Symptom, **choices: Any) -> Message:
    return message_for(make_update_with(symptom, recipe=Recipe(**choices), epoch=6000))


def test_one_line_is_said_with_its_product_and_the_hidden_activations_help() -> None:
    recipe = Recipe(hidden_activation="identity")
    message = message_for(make_update(recipe, 300))
    assert message.text == (
        "With the hidden activations off the network is one linear map, W₁·W₂·W₃: its boundary "
        "is one straight line, and no line parts these classes. "
        "The loss stays at that of guessing, 0.6920 ≈ ln 2."
    )
    assert message.is_warning
    assert message.remedies[0].words == "Hidden activations on"
    assert message.remedies[0].recipe == replace(recipe, hidden_activation="sigmoid")


@pytest.mark.parametrize(
    ("choices", "remedy", "change"),
    [
        ({"hidden": ()}, "Hidden layers", {"hidden": (4, 4)}),
        ({"hidden_activation": "identity"}, "Hidden activations on", {}),
        ({"activations_off": True}, "Activations on", {"activations_off": False}),
    ],
)
def test_what_bends_one_line_depends_on_what_is_missing(
    choices: dict[str, Any], remedy: str, change: dict[str, Any]
) -> None:
    message = message_of(make_symptom(Kind.ONE_LINE), **choices)
    change = change or {"hidden_activation": "sigmoid"}
    assert message.remedies == (Remedy(remedy, replace(Recipe(**choices), **change)),)


def test_a_learning_rate_that_is_too_large_is_named_and_a_smaller_one_helps() -> None:
    recipe = Recipe(learning_rate=30.0)
    message = message_for(make_update(recipe, 300))
    assert message.text.startswith(
        "The loss goes up and down and gets hardly lower than by guessing"
    )
    assert message.text.endswith("The learning rate 30 is too large.")
    assert message.remedies[0].words == "Learning rate ÷ 10"
    assert message.remedies[0].recipe == replace(recipe, learning_rate=3.0)


def test_a_loss_that_grows_is_given_from_and_to() -> None:
    symptom = make_symptom(Kind.GROWTH, first_loss=0.7046, loss=728.41, epoch=20)
    message = message_of(symptom, learning_rate=1000.0)
    assert message.text.startswith("The loss has grown from 0.7046 to 728.4100 by epoch 20: ")
    assert message.text.endswith("The learning rate 1000 is too large.")
    assert message.remedies[0].recipe == Recipe(learning_rate=100.0)


def test_a_plateau_is_said_with_ln_2_and_new_weights_may_help() -> None:
    message = message_of(make_symptom(Kind.PLATEAU))
    assert message.text == (
        "The network has learned nothing in 6\u2009000 epochs: the loss stays at that of "
        "guessing, 0.6931 ≈ ln 2, and every output is about 0.50."
    )
    more = Recipe(hidden=(16, 16))
    expected = (Remedy("New weights", Recipe(weight_seed=1)), Remedy("16 units", more))
    assert message.remedies == expected


@pytest.mark.parametrize(("rate", "remedy"), [(0.1, "Regularization off"), (0.0, "New weights")])
def test_a_plateau_under_a_penalty_is_helped_by_taking_it_off(rate: float, remedy: str) -> None:
    choices = {"regularization": "l2", "regularization_rate": rate}
    message = message_of(make_symptom(Kind.PLATEAU), **choices)
    assert message.remedies[0].words == remedy
    assert (message.remedies[0].recipe.regularization == "none") == (rate > 0.0)


@pytest.mark.parametrize(("guess_loss", "loss"), [(0.25, "mean_squared_error"), (0.5, None)])
def test_guessing_is_ln_2_only_where_it_is(guess_loss: float, loss: str | None) -> None:
    symptom = replace(make_symptom(Kind.PLATEAU), guess_loss=guess_loss)
    choices = {"loss": loss} if loss else {}
    assert "ln 2" not in message_of(symptom, **choices).text


@pytest.mark.parametrize(
    ("kind", "stuck", "choices", "words"),
    [
        (Kind.DEAD_UNITS, (2, 4), {}, "All 4 units of hidden layer 2 are dead: ReLU gives 0 on"),
        (Kind.DEAD_UNITS, (1, 3), {}, "3 of 4 units of hidden layer 1 are dead: ReLU gives 0 on"),
        (Kind.SATURATION, (1, 4), {}, "All 4 units of hidden layer 1 are saturated: within 0.001"),
        (Kind.SATURATION, (3, 1), {}, "The unit of the output layer is saturated: within 0.001 of"),
        (
            Kind.SATURATION,
            (1, 4),
            {"hidden": (4,), "hidden_activation": "tanh"},
            "All 4 units of the hidden layer are saturated: within 0.001 of −1 or 1 on every",
        ),
    ],
)
def test_units_that_are_stuck_are_counted(
    kind: Kind, stuck: tuple[int, int], choices: dict[str, Any], words: str
) -> None:
    layer, count = stuck
    units = StuckUnits(layer, tuple(range(count)), 1 if layer == 3 else 4)
    died = message_of(make_symptom(kind, stuck=units), **choices)
    assert died.text.startswith(words)
    assert died.remedies[0].words == "Learning rate ÷ 10"
    born = message_of(make_symptom(kind, stuck=units, is_from_start=True), **choices)
    assert " from the start: " in born.text
    assert born.remedies[0].words == "New weights"


def test_what_keeps_a_run_from_learning_is_said_at_its_limit_too() -> None:
    recipe = Recipe(learning_rate=30.0, epochs=300)
    message = message_for(make_update(recipe, 300, is_at_limit=True))
    assert message.remedies[0].words == "Learning rate ÷ 10"


@pytest.mark.parametrize("mechanism", Mechanism)
@pytest.mark.parametrize("quantity", Quantity)
@pytest.mark.parametrize("weights_are_finite", [True, False])
def test_every_sentence_about_a_divergence_fits_the_bar(
    mechanism: Mechanism, quantity: Quantity, weights_are_finite: bool
) -> None:
    divergence = make_divergence(
        epoch=12345,
        mechanism=mechanism,
        quantity=quantity,
        weights_are_finite=weights_are_finite,
        sample=None if quantity in (Quantity.GRADIENT, Quantity.STEP) else 99999,
        operand=-1.23e300,
        output=1.23e300,
        largest_weight=1.23e300,
    )
    update = make_update_with(divergence, loss=math.nan, first_nonfinite_weight_epoch=12346)
    assert len(message_for(update).text) <= LONGEST
    with pseudo_language():
        message = message_for(update)
    assert not bare_words(f"{message.text} {remedy_words(message)}")


@pytest.mark.parametrize("kind", Kind)
def test_every_sentence_about_a_symptom_fits_the_bar(kind: Kind) -> None:
    units = (
        StuckUnits(6, tuple(range(64)), 64) if kind in (Kind.DEAD_UNITS, Kind.SATURATION) else None
    )
    symptom = make_symptom(
        kind, epoch=1_000_000, loss=1.23e200, first_loss=1.23e-5, stuck=units, is_from_start=True
    )
    message = message_of(symptom, hidden=(64,) * 6, learning_rate=1.23e-5)
    assert 0 < len(message.text) <= LONGEST
    with pseudo_language():
        message = message_of(symptom, hidden=(64,) * 6, learning_rate=1.23e-5)
    assert message.text.startswith("«")
    assert not bare_words(f"{message.text} {remedy_words(message)}")


def test_a_network_without_hidden_activations_is_written_as_the_one_line_that_it_is() -> None:
    frame = make_frame(Recipe(hidden=(2, 1), hidden_activation="identity"))
    parameters = np.array([1.0, 2.0, 3.0, 4.0, 0.5, -0.5, 1.0, -1.0, 0.25, 2.0, -3.0])
    frame = replace(frame, parameters=parameters)
    # W₁·W₂·W₃ = (1·1 − 2·1, 3·1 − 4·1) · 2; b = (0.5 + 0.5 + 0.25) · 2 − 3
    assert linear_words(frame) == "W₁·W₂·W₃: z = −2.00 x₁ − 2.00 x₂ − 0.50"
    broken = make_frame(Recipe(activations_off=True), epochs=50)
    assert linear_words(broken) == "W₁·W₂·W₃: not a number"
    assert linear_words(make_frame(Recipe())) == ""
    assert linear_words(make_frame(Recipe(hidden=()))) == ""
