"""What was typed counts, or is refused in one sentence."""

from pathlib import Path
from typing import Any

import pytest

from mlpviz.engine.network import parameter_count
from mlpviz.experiment.recipe.idle import idle_words
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.terminal.arguments import parse
from mlpviz.experiment.terminal.recipe_flags import RECIPE_FLAGS, shared_from
from mlpviz.experiment.terminal.table_flags import reading_from

TABLE = "a,b,kind\n0,1,yes\n5,2,no\n3,3,no\n4,1,yes\n"


def recipe_of(*arguments: str) -> Recipe:
    _, options = parse(["train", *arguments])
    reading = reading_from(options)
    return shared_from(options, None if reading is None else reading.data).recipe


def refusal(*arguments: str) -> str:
    with pytest.raises(ValueError) as problem:  # noqa: PT011  the sentence is looked at by who asks
        recipe_of(*arguments)
    return str(problem.value)


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "points.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "recipe.json"


def write(file: Path, **values: Any) -> tuple[str, str]:
    """Write a recipe file, and return the flag that names it."""
    file.write_text(Recipe(**values).to_json(), encoding="utf-8")
    return "--recipe", str(file)


# Flags without an effect


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("--classes", "4"),
            "--classes has no effect on the data set xor: the number of classes is free in "
            "gaussians and spiral.",
        ),
        (("--classes", "2"), "--classes has no effect on the data set xor: "),
        (
            ("--samples", "50"),
            "--samples has no effect on the data set xor, which always has 21 samples.",
        ),
        (("--samples", "21"), "--samples has no effect on the data set xor, "),
        (
            ("--data-seed", "1"),
            "--data-seed has no effect on the data set xor without noise: there is nothing to "
            "draw.",
        ),
        (("--data-seed", "0", "--noise", "0"), "--data-seed has no effect on the data set xor "),
        (
            ("--momentum", "0.9"),
            "--momentum has no effect with the optimizer gradient_descent: it is of momentum and "
            "nesterov.",
        ),
        (("--optimizer", "momentum", "--beta1", "0.9"), "--beta1 has no effect with the "),
        (("--optimizer", "rmsprop", "--beta2", "0.9"), "--beta2 has no effect with the "),
        (("--optimizer", "adam", "--decay", "0.9"), "--decay has no effect with the "),
        (("--optimizer", "nesterov", "--epsilon", "1"), "--epsilon has no effect with the "),
        (
            ("--regularization-rate", "0.1"),
            "--regularization-rate has no effect without regularization.",
        ),
        (
            ("--regularization-rate", "0", "--regularization", "none"),
            "--regularization-rate has no effect without regularization.",
        ),
        (
            ("--no-activation", "--hidden-activation", "tanh"),
            "--hidden-activation has no effect where the activations are off.",
        ),
        (
            ("--no-activation", "--output-activation", "identity"),
            "--output-activation has no effect where the activations are off.",
        ),
        (
            ("--hidden", "none", "--hidden-activation", "tanh"),
            "--hidden-activation has no effect without a hidden layer.",
        ),
        (
            ("--dataset", "plane", "--hidden", "none", "--no-activation"),
            "--no-activation has no effect where every activation is the identity already.",
        ),
        (
            ("--dataset", "plane", "--numerics", "stable"),
            "--numerics has no effect with the loss mean_squared_error, which is computed in one "
            "way.",
        ),
        (
            ("--batch-size", "1", "--reduction", "sum"),
            "--reduction has no effect where a step is made of one sample: its mean is its sum.",
        ),
        (
            ("--batch-seed", "3"),
            "--batch-seed has no effect where one batch holds all 21 samples, as their order is no "
            "matter.",
        ),
        (("--batch-size", "0", "--batch-seed", "0"), "--batch-seed has no effect where one "),
        (("--train-share", "0.5", "--batch-size", "15", "--batch-seed", "1"), "--batch-seed has "),
    ],
)
def test_a_flag_without_an_effect_is_refused_whatever_its_value(
    arguments: tuple[str, ...], sentence: str
) -> None:
    assert refusal(*arguments).startswith(sentence)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--dataset", "xor"), "--data has no effect where the data set is xor."),
        (("--noise", "0"), "--noise has no effect on own data, which stay as they are."),
        (("--samples", "4"), "--samples has no effect on own data, which have 4 samples."),
        (("--classes", "2"), "--classes has no effect on own data, which have the classes that "),
        (("--data-seed", "1"), "--data-seed has no effect on own data as long as all samples "),
    ],
)
def test_own_data_have_no_use_for_what_makes_the_others(
    table: str, arguments: tuple[str, ...], sentence: str
) -> None:
    for typed in (("--data", table, *arguments), (*arguments, "--data", table)):
        assert refusal(*typed).startswith(sentence)


def test_own_data_can_be_named_as_such_and_divided(table: str) -> None:
    for arguments in (("--dataset", "own"), ("--train-share", "0.5", "--data-seed", "1")):
        assert recipe_of("--data", table, *arguments).used_own is not None


def test_every_choice_that_can_be_idle_is_refused_when_it_is() -> None:
    # The one table rules: what it says of the default recipe is what each flag is told.
    for flag in RECIPE_FLAGS:
        words = idle_words(Recipe(), flag.field, flag.name)
        if not words or flag.field == "own":
            continue
        value = str(getattr(Recipe(), flag.field))
        assert refusal(flag.name, value) == words


def test_a_number_at_the_end_of_its_scale_is_a_value_among_others() -> None:
    for field, value, arguments in (
        ("regularization_rate", 0.0, ("--regularization", "l2", "--regularization-rate", "0")),
        ("momentum", 0.0, ("--optimizer", "momentum", "--momentum", "0")),
        ("noise", 0.0, ("--noise", "0")),
        ("train_share", 1.0, ("--train-share", "1")),
        ("batch_size", 500, ("--batch-size", "500")),
        ("frozen", (), ("--frozen", "none")),
    ):
        assert getattr(recipe_of(*arguments), field) == value


def test_a_flag_that_is_typed_twice_is_refused() -> None:
    for arguments in (
        ("--lr", "1", "--lr", "2"),
        ("--lr=1", "--lr=1"),
        ("--data", "a", "--data", "b"),
    ):
        name = arguments[0].partition("=")[0]
        assert refusal(*arguments) == f"{name} must be given once. Got it twice."


# Recipe files and flags


def test_a_file_may_hold_what_has_no_effect(file: Path) -> None:
    idle: dict[str, Any] = {
        "classes": 4,
        "samples": 50,
        "data_seed": 3,
        "momentum": 0.5,
        "beta1": 0.5,
        "regularization_rate": 0.5,
        "batch_seed": 5,
        "activations_off": True,
        "hidden_activation": "tanh",
    }
    assert recipe_of(*write(file, **idle)) == Recipe(**idle)
    assert recipe_of(*write(file, **idle), "--lr", "0.5") == Recipe(**idle, learning_rate=0.5)
    # What makes them count may be typed.
    recipe = recipe_of(*write(file, **idle), "--optimizer", "momentum", "--dataset", "gaussians")
    assert (recipe.momentum, recipe.class_count, recipe.samples) == (0.5, 4, 50)


@pytest.mark.parametrize(
    ("values", "arguments", "words"),
    [
        ({"dataset": "linear"}, ("--classes", "3"), "--classes has no effect on the data set "),
        ({"optimizer": "adam"}, ("--momentum", "0.5"), "--momentum has no effect with the "),
        ({"activations_off": True}, ("--output-activation", "tanh"), "--output-activation has no "),
        ({"activations_off": True}, ("--hidden-activation", "tanh"), "--hidden-activation has no "),
        ({"hidden": ()}, ("--hidden-activation", "tanh"), "--hidden-activation has no effect "),
        ({"loss": "mean_squared_error"}, ("--numerics", "textbook"), "--numerics has no effect "),
        ({"output_activation": "tanh"}, ("--dataset", "spiral", "--classes", "3"), "be softmax"),
    ],
)
def test_a_flag_that_the_choices_of_a_file_leave_without_an_effect_is_refused(
    file: Path, values: dict[str, Any], arguments: tuple[str, ...], words: str
) -> None:
    assert words in refusal(*write(file, **values), *arguments)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--loss", "cross_entropy"), "loss must be mean_squared_error where the targets are "),
        (("--output-activation", "softmax"), "output_activation must not be softmax where the "),
        (("--classes", "3"), "--classes has no effect on the data set plane"),
        (("--numerics", "textbook"), "--numerics has no effect with the loss mean_squared_error"),
    ],
)
def test_a_file_for_regression_refuses_what_is_for_classes(
    file: Path, arguments: tuple[str, ...], words: str
) -> None:
    plane = {"dataset": "plane", "loss": "mean_squared_error", "output_activation": "identity"}
    assert words in refusal(*write(file, **plane), *arguments)


def test_a_data_set_takes_away_nothing_that_the_file_has_chosen(file: Path) -> None:
    named = write(file, learning_rate=0.5, output_activation="tanh", loss="mean_squared_error")
    recipe = recipe_of(*named, "--dataset", "plane")
    assert (recipe.learning_rate, recipe.output_activation) == (0.5, "tanh")
    # What the file has from its own data set goes with it.
    plane = recipe_of(*write(file), "--dataset", "plane")
    assert (plane.learning_rate, plane.output_activation) == (0.1, "identity")
    file.write_text(plane.to_json(), encoding="utf-8")
    back = recipe_of("--recipe", str(file), "--dataset", "xor")
    assert back == Recipe()


def test_a_seed_or_an_initializer_that_is_typed_draws_the_weights(file: Path) -> None:
    named = write(file, start=(0.5,) * 37, weight_seed=7)
    assert recipe_of(*named).start is not None
    assert recipe_of(*named, "--lr", "0.5").start is not None
    for arguments in (("--seed", "7"), ("--seed", "8"), ("--initializer", "normal")):
        assert recipe_of(*named, *arguments).start is None


def test_frozen_parameters_of_a_file_are_not_dropped_without_a_word(file: Path) -> None:
    named = write(file, frozen=(0, 5))
    assert recipe_of(*named, "--lr", "0.5").frozen == (0, 5)
    assert refusal(*named, "--hidden", "3") == (
        "frozen must be given anew, or as none, for the parameters that the recipe freezes are of "
        "the network 2-4-4-1. Got the network 2-3-1."
    )
    assert recipe_of(*named, "--hidden", "3", "--frozen", "none").frozen == ()
    last = parameter_count((2, 3, 1)) - 1
    assert recipe_of(*named, "--hidden", "3", "--frozen", f"{last}").frozen == (last,)
