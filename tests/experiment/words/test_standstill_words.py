"""What is said of a run that stands still, from real runs and from made ones."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from frames import make_frame, make_update
from pseudo import bare_words, pseudo_language

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.looks import Finding
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.standstill import Cause, Standstill
from mlpviz.experiment.run.symptoms import Kind, Symptom
from mlpviz.experiment.words.comparison import comparison_message
from mlpviz.experiment.words.messages import Message, message_for
from mlpviz.experiment.words.remedies import Remedy

LONGEST = 230  # as of `test_messages`
REGRESSION: dict[str, Any] = {
    "dataset": "plane",
    "loss": "mean_squared_error",
    "output_activation": "identity",
}


def standing(cause: Cause = Cause.STATIONARY, since: int | None = 4000, **choices: Any) -> Frame:
    """Return a frame of a run that stands still; its state is that of the first epochs."""
    frame = make_frame(Recipe(**choices))
    found = Standstill(cause=cause, epoch=0, loss=frame.loss, since=since)
    if cause is Cause.ONE_ANSWER:
        found = replace(found, answer=0, answer_share=0.98)
    return replace(frame, findings=(Finding(Position(0, 0), False, None, found),))


def message_of(frame: Frame, **how: Any) -> Message:
    return message_for(replace(Update((frame,), is_playing=False), **how))


def labels(message: Message) -> list[str]:
    return [remedy.words for remedy in message.remedies]


# From real runs


@pytest.mark.parametrize("is_at_limit", [True, False])
def test_the_local_minimum_of_xor_is_said_when_the_run_pauses(is_at_limit: bool) -> None:
    update = make_update(Recipe(weight_seed=6), 10_000, is_at_limit=is_at_limit)
    message = message_for(update)
    assert message.text == (
        "1 of 21 is still wrong, and the loss has hardly fallen since epoch 2\u2009200: a local "
        "minimum or a plateau."
    )
    assert message.is_warning
    assert message.remedies == (
        Remedy("New weights", Recipe(weight_seed=7)),
        Remedy("16 units", Recipe(weight_seed=6, hidden=(16, 16))),
    )
    assert message_for(replace(update, is_playing=True, is_at_limit=False)) == Message("")


def test_one_hidden_unit_has_one_line_whatever_its_weights() -> None:
    message = message_for(make_update(Recipe(hidden=(1,)), 10_000))
    assert message.text == (
        "6 of 21 are still wrong, and the loss has hardly fallen since epoch 8\u2009000: with one "
        "unit per hidden layer the boundary is one straight line."
    )
    assert labels(message) == ["16 units"]


def test_six_layers_that_have_learned_nothing_are_helped_by_more_units() -> None:
    recipe = Recipe(hidden=(4,) * 6, weight_seed=1)
    message = message_for(make_update(recipe, 6000))
    assert message.text.startswith("The network has learned nothing in 5\u2009043 epochs: ")
    assert labels(message) == ["New weights", "16 units"]


def test_small_steps_are_said_with_their_learning_rate_and_ten_times_of_it_helps() -> None:
    recipe = Recipe(learning_rate=0.001)
    message = message_for(make_update(recipe, 2500))
    assert message.text == (
        "10 of 21 are still wrong, and the loss hardly moves: the steps are small at a learning "
        "rate of 0.001."
    )
    assert message.remedies == (Remedy("Learning rate × 10", replace(recipe, learning_rate=0.01)),)


def test_a_rare_class_that_is_never_predicted_is_said_with_what_one_answer_gives() -> None:
    X = np.random.default_rng(0).uniform(size=(200, 2))
    Y = np.zeros(200)
    Y[:4] = 1.0
    own = OwnData(X, Y, classes=("no", "yes"))
    recipe = Recipe(dataset="own", own=own, hidden=(4,))
    message = message_for(make_update(recipe, 1100))
    assert message.text == (
        "4 of 200 are still wrong: 98\u2009% is what always answering “no” gives, and the loss has "
        "hardly fallen since epoch 94."
    )
    assert labels(message) == ["Adam", "16 units"]


# From made ones


def test_where_the_loss_still_falls_it_is_not_called_stuck() -> None:
    text = message_of(standing(Cause.ONE_ANSWER, None)).text
    assert text.endswith("is what always answering “class 0” gives. The loss still falls.")


@pytest.mark.parametrize(
    ("choices", "words", "buttons"),
    [
        ({}, "a local minimum or a plateau.", ["New weights", "16 units"]),
        ({"hidden": (16,)}, "a local minimum or a plateau.", ["New weights"]),
        ({"hidden": (4, 16)}, "a local minimum or a plateau.", ["New weights", "16 units"]),
        ({"hidden": (1, 4)}, "a local minimum or a plateau.", ["New weights", "16 units"]),
        (
            {"hidden": (1, 1)},
            "with one unit per hidden layer the boundary is one straight line.",
            ["16 units"],
        ),
        ({"hidden": ()}, "the network is one linear map.", ["Hidden layers"]),
        (
            {"hidden_activation": "identity"},
            "the network is one linear map.",
            ["Hidden activations on"],
        ),
        (
            {"regularization": "l2"},
            "a local minimum or a plateau of loss and penalty together.",
            ["Regularization off", "New weights"],
        ),
    ],
)
def test_what_is_said_and_offered_fits_the_network(
    choices: dict[str, Any], words: str, buttons: list[str]
) -> None:
    message = message_of(standing(**choices))
    assert message.text.endswith(
        f"are still wrong, and the loss has hardly fallen since epoch 4\u2009000: {words}"
    )
    assert labels(message) == buttons
    fit = message_of(standing(**choices | REGRESSION)).text
    assert fit.startswith("R² is ")
    is_line = "straight line" in words
    assert fit.endswith("a local minimum or a plateau." if is_line else words)


def test_sixteen_units_keep_what_is_larger_already() -> None:
    (_, more) = message_of(standing(hidden=(4, 20))).remedies
    assert more.recipe.hidden == (16, 20)


def test_ten_times_a_learning_rate_is_a_round_number() -> None:
    for rate, expected in ((0.007, 0.07), (0.003, 0.03), (1e-300, 1e-299)):
        (remedy,) = message_of(standing(Cause.SMALL_STEPS, learning_rate=rate)).remedies
        assert remedy.recipe.learning_rate == expected
    assert message_of(standing(Cause.SMALL_STEPS, learning_rate=1e308)).remedies == ()


def test_what_is_known_of_the_steps_comes_before_a_plateau_and_after_all_other_symptoms() -> None:
    frame = standing(Cause.SMALL_STEPS)
    for kind, is_outdone in ((Kind.PLATEAU, True), (Kind.GROWTH, False)):
        symptom = Symptom(kind=kind, epoch=9, loss=1.0, first_loss=0.1, guess=0.5, guess_loss=0.69)
        message = message_of(replace(frame, diagnosis=symptom))
        assert ("the steps are small" in message.text) == is_outdone
        message = message_of(replace(frame, diagnosis=symptom), is_playing=True)
        assert "the steps are small" not in message.text
    plain = message_of(replace(standing(), diagnosis=replace(symptom, kind=Kind.PLATEAU)))
    assert plain.text.startswith("The network has learned nothing")


def test_of_two_runs_it_is_said_which_one_stands_still() -> None:
    stuck, free = standing(), make_frame(Recipe(), 3)
    both = Update((free, stuck), is_playing=False)
    assert comparison_message(both).text.startswith("B: ")
    assert comparison_message(replace(both, frames=(stuck, free))).text.startswith("A: ")


CHOICES: list[dict[str, Any]] = [
    {},
    {"hidden": (1,)},
    {"hidden": ()},
    {"regularization": "l1"},
    REGRESSION,
    REGRESSION | {"hidden": ()},
    REGRESSION | {"regularization": "l1"},
]
CASES = [(cause, 123_456_789, choices) for cause in Cause for choices in CHOICES]


@pytest.mark.parametrize(
    ("cause", "since", "choices"), [*CASES, (Cause.ONE_ANSWER, None, {})], ids=str
)
def test_every_sentence_fits_the_bar_and_is_in_the_catalogue(
    cause: Cause, since: int | None, choices: dict[str, Any]
) -> None:
    if "dataset" in choices and cause is Cause.ONE_ANSWER:
        choices = {}  # it is of classes
    frame = standing(cause, since, **choices)
    assert 0 < len(message_of(frame).text) <= LONGEST
    with pseudo_language():
        message = message_of(frame)
    texts = [message.text, *labels(message)]
    assert not [word for text in texts for word in bare_words(text, {"Adam"})]
