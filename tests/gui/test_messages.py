"""What the message bar says, from real runs."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from gui.helpers import make_frame, make_update
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlpviz.experiment.diagnosis import Divergence, Mechanism
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.run import Run
from mlpviz.experiment.runner import Update
from mlpviz.gui.formats import value_text
from mlpviz.gui.message_bar import MessageBar
from mlpviz.gui.messages import Message, message_for

ERROR = "Training stopped: RuntimeError: out of paper"


def run_until_not_finite(most: int = 500, **choices: Any) -> Update:
    """Train until the loss is not finite, and return what the window gets to see."""
    recipe = Recipe(**choices)
    run = Run(recipe)
    while math.isfinite(run.training.loss):
        assert run.training.epoch < most
        run.advance(1)
    return make_update(recipe, run.training.epoch)


def test_untrained_it_says_how_to_begin() -> None:
    message = message_for(make_update())
    assert message.text == "Untrained. Press Space to train, → for one epoch."
    assert not message.is_warning
    assert not message.remedy


def test_while_all_is_well_it_says_nothing() -> None:
    assert message_for(make_update(epochs=3)) == Message("")
    assert message_for(make_update(is_playing=True)) == Message("")


def test_at_the_limit_it_says_so_and_how_to_go_on() -> None:
    message = message_for(make_update(Recipe(epochs=12), 12, is_at_limit=True))
    assert message.text == (
        "Paused at epoch 12: the limit is 12 epochs. Play goes on without a limit."
    )
    assert not message.is_warning


def test_an_error_comes_before_everything_else() -> None:
    update = replace(run_until_not_finite(activations_off=True), error=ERROR)
    assert message_for(update) == Message(f"{ERROR}. Reset starts over.", is_warning=True)


def test_without_activations_xor_meets_0_log_0_at_its_first_sample() -> None:
    update = run_until_not_finite(activations_off=True)
    message = message_for(update)
    assert message.text == (
        "The loss is not a number since epoch 0: the output for sample 0 is exactly 0, "
        "and 0 · log 0 is not a number. The weights are still finite."
    )
    assert message.is_warning
    assert (message.remedy, message.recipe) == ("Activations on", Recipe())


def test_without_activations_linear_meets_the_log_of_the_number_it_names() -> None:
    update = run_until_not_finite(activations_off=True, dataset="linear")
    (frame,) = update.frames
    bad = next(
        i
        for i, (y, output) in enumerate(zip(frame.Y, frame.predictions, strict=True))
        if not 0.0 < output < 1.0
    )
    message = message_for(update)
    assert message.text.startswith(
        f"The loss is not a number since epoch 0: the output for sample {bad} is "
        f"{value_text(float(frame.predictions[bad]))}, "
    )
    assert "and log of a negative number does not exist." in message.text


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (-0.37, "is −0.37, and log of a negative number"),
        (-0.001, "is −1.00e−3, and log of a negative number"),
        (1.25, "is 1.25, so 1 − ŷ is negative, and log"),
        (1.001, "is 1 + 1.00e−3, so 1 − ŷ is negative, and log"),
    ],
)
def test_the_output_that_has_no_log_is_named_as_it_is(output: float, words: str) -> None:
    divergence = Divergence(0, math.nan, 3, output, 0.0, Mechanism.LOG_OF_NEGATIVE)
    text = message_for(make_update_with(divergence)).text
    assert f"the output for sample 3 {words}" in text


def make_update_with(divergence: Divergence, **changes: Any) -> Update:
    return Update((make_frame(divergence=divergence, **changes),), is_playing=False)


def test_in_textbook_numerics_saturation_is_named_and_stable_numerics_help() -> None:
    recipe = Recipe(numerics="textbook", learning_rate=100.0, dataset="linear")
    message = message_for(
        run_until_not_finite(numerics="textbook", learning_rate=100.0, dataset="linear")
    )
    assert "is exactly 1, and 0 · log 0 is not a number. The weights are still" in message.text
    assert message.remedy == "Stable numerics"
    assert message.recipe == replace(recipe, numerics="stable")
    assert message.recipe is not None
    run = Run(message.recipe)
    run.advance(50)
    assert math.isfinite(run.training.loss)


@pytest.mark.parametrize(("output", "digit"), [(0.0, "0"), (1.0, "1")])
def test_the_log_of_zero_is_minus_infinity(output: float, digit: str) -> None:
    divergence = Divergence(40, math.inf, 2, output, 1.0 - output, Mechanism.LOG_OF_ZERO)
    text = message_for(make_update_with(divergence, loss=math.inf)).text
    assert text.startswith(
        "The loss is infinite since epoch 40: "
        f"the output for sample 2 is exactly {digit}, and log 0 is −∞."
    )


def test_an_overflow_names_the_output_and_a_smaller_learning_rate_helps() -> None:
    choices = {
        "loss": "mean_squared_error",
        "output_activation": "identity",
        "learning_rate": 1e6,
    }
    update = run_until_not_finite(**choices)
    (frame,) = update.frames
    message = message_for(update)
    assert f"The loss is infinite since epoch {frame.epoch}: " in message.text
    assert f"is {value_text(float(frame.predictions[0]))}, too large to go on with" in message.text
    assert message.remedy == "Learning rate ÷ 10"
    assert message.recipe == replace(frame.recipe, learning_rate=1e5)


def test_outputs_that_overflowed_are_told_from_large_ones() -> None:
    divergence = Divergence(7, math.nan, 0, math.nan, 1.0, Mechanism.OVERFLOW)
    text = message_for(make_update_with(divergence)).text
    assert "the output for sample 0 is not a number, because the sums overflowed" in text


def test_a_small_output_is_never_called_too_large() -> None:
    text = message_for(run_until_not_finite(learning_rate=1e308)).text
    assert text.startswith("The loss is infinite since epoch")
    assert "0, too large" not in text


def test_a_cross_entropy_without_sigmoid_is_helped_by_one() -> None:
    recipe = Recipe(output_activation="tanh", dataset="linear")
    message = message_for(make_update(recipe))
    assert (message.remedy, message.recipe) == (
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
    assert "since epoch 0:" in before
    assert before.endswith("The weights are still finite.")
    assert "since epoch 0:" in after
    assert after.endswith(f"The weights are not finite since epoch {epoch}.")


def test_weights_that_are_lost_while_the_loss_is_not_are_said_alone() -> None:
    update = make_update(epochs=5)
    frame = replace(update.frames[0], first_nonfinite_weight_epoch=4)
    message = message_for(replace(update, frames=(frame,)))
    assert message.text == "The weights are not finite since epoch 4."
    assert message.recipe == Recipe(learning_rate=0.1)


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
    assert message.recipe is not None
    old, new = Recipe(**choices).to_dict(), message.recipe.to_dict()
    assert len([name for name in old if old[name] != new[name]]) == 1


@pytest.fixture
def bar(show: Callable[..., MessageBar]) -> MessageBar:
    return show(MessageBar(), 900, 34)


def test_the_bar_shows_the_words_and_a_button_for_the_remedy(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_message(Message("It broke.", True, "Mend", Recipe(hidden=(2,))))
    assert bar.text == bar.label.text() == bar.accessibleDescription() == "It broke."
    assert bar.remedy_button.isVisible()
    assert bar.remedy_button.text() == bar.remedy_button.accessibleName() == "Mend"
    with qtbot.waitSignal(bar.remedy_pressed) as announced:
        qtbot.mouseClick(bar.remedy_button, Qt.MouseButton.LeftButton)
    assert announced.args == [Recipe(hidden=(2,))]


def test_the_bar_keeps_its_height_whatever_it_says(bar: MessageBar) -> None:
    heights = set()
    for message in (Message(""), Message("Word. " * 200, True, "Mend", Recipe())):
        bar.show_message(message)
        heights.add(bar.height())
    assert len(heights) == 1


def test_a_message_without_remedy_hides_the_button(bar: MessageBar) -> None:
    bar.show_message(Message("It broke.", True, "Mend", Recipe()))
    bar.show_message(Message("Fine."))
    assert not bar.remedy_button.isVisible()
    assert bar.text == "Fine."


def test_only_a_warning_has_a_mark_beside_it(bar: MessageBar) -> None:
    bar.show_message(Message("Same words."))
    quiet = bar.grab().toImage()
    bar.show_message(Message("Same words.", is_warning=True))
    assert bar.grab().toImage() != quiet


def test_a_loss_that_became_finite_again_is_not_called_not_a_number() -> None:
    recipe = Recipe(activations_off=True, learning_rate=0.01)
    message = message_for(make_update(recipe, 500))
    assert message.text.startswith("The loss was not a number at epoch 0: ")
    assert message.text.endswith(" It is finite again.")
    assert not message.is_warning


def test_the_smallest_learning_rate_has_no_smaller_one_as_a_remedy() -> None:
    divergence = Divergence(3, math.nan, 0, math.nan, 1.0, Mechanism.OVERFLOW)
    recipe = Recipe(learning_rate=5e-324)
    message = message_for(make_update_with(divergence, loss=math.nan, recipe=recipe))
    assert (message.remedy, message.recipe) == ("", None)
