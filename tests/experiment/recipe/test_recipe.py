"""The recipe: what it accepts, what it refuses and in which words, what a change of it does."""

import json
import math
import re
from dataclasses import FrozenInstanceError, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from choices import OTHER, OWN_DATA

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.datasets import DATASETS, REGRESSIONS
from mlpviz.engine.features import FEATURES
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.losses import LOSSES, NUMERICS, REDUCTIONS
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe import recipe as module
from mlpviz.experiment.recipe.effects import EFFECTS, Effect, effect_of_change
from mlpviz.experiment.recipe.recipe import MAX_EPOCHS, MAX_SEED, Recipe, changed_fields
from mlpviz.experiment.recipe.recipe_text import MAX_FILE_BYTES
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.sharing import Shared, load_shared
from mlpviz.experiment.run.start import untrained_network

FIELDS = [field.name for field in fields(Recipe)]

# All of them together: the start has a number for each parameter of these layers.
ALL_OTHER = OTHER | {"start": (0.5,) * 55}

NOT_WHOLE = [True, False, 1.0, "1", None, math.nan, math.inf, -1, [1], 10**30]
NOT_A_SHARE = [True, False, "0.2", None, math.nan, math.inf, -math.inf, -0.01, 10**400, [0.2]]
NOT_A_CHOICE = ["", "XOR", "nothing", None, 0, True, ["xor"], {"a": 1}, "x" * 1000]
NOT_A_NUMBER = [-1, -1e-300, True, "1", None, math.nan, math.inf, -math.inf, 10**400, [1.0]]
BAD: dict[str, list[Any]] = {
    "dataset": NOT_A_CHOICE,
    "own": [5, True, "own", [], [[0, 0, 1]], 1.5],
    "classes": [*NOT_WHOLE, 0, 1, 7],
    "samples": [*NOT_WHOLE, 0, 1, 100_001],
    "data_seed": [*NOT_WHOLE, MAX_SEED + 1],
    "noise": [*NOT_A_SHARE, 0.51, 1, 1.0],
    "train_share": [*NOT_A_SHARE, 0, 0.0, 0.09, 0.91, 0.999, 1.1, 2],
    "features": [(), [], "x1", None, True, {"x1"}, ["x3"], [1], [["x1"]], ["x1", "x1"], ["X1"]],
    "hidden": [4, "4,4", None, True, {4}, (4,) * 7],
    "hidden_activation": NOT_A_CHOICE,
    "output_activation": NOT_A_CHOICE,
    "activations_off": [0, 1, "true", None, math.nan],
    "loss": NOT_A_CHOICE,
    "reduction": NOT_A_CHOICE,
    "numerics": NOT_A_CHOICE,
    "initializer": NOT_A_CHOICE,
    "weight_seed": [*NOT_WHOLE, MAX_SEED + 1],
    "learning_rate": [*NOT_A_NUMBER, 0, 0.0],
    "optimizer": NOT_A_CHOICE,
    "momentum": [*NOT_A_NUMBER, 1, 1.0, 1.5],
    "decay": [*NOT_A_NUMBER, 1.0],
    "beta1": [*NOT_A_NUMBER, 1.0],
    "beta2": [*NOT_A_NUMBER, 1.0],
    "epsilon": [*NOT_A_NUMBER, 0.0],
    "regularization": NOT_A_CHOICE,
    "regularization_rate": NOT_A_NUMBER,
    "batch_size": [*NOT_WHOLE, 100_001],
    "batch_seed": [*NOT_WHOLE, MAX_SEED + 1],
    "frozen": [4, "4", None, True, {4}, 1.0],
    "start": [0, "1", True, {1.0}, [1.0, None], [math.nan], [math.inf] * 37, [10**400], ["1"]],
    "epochs": [*NOT_WHOLE, MAX_EPOCHS + 1],
}
CASES = [(name, value) for name, values in BAD.items() for value in values]


def refusal(**values: Any) -> str:
    with pytest.raises(ValueError, match="must") as caught:
        Recipe(**values)
    return str(caught.value)


def test_the_default_is_the_baseline_of_the_report() -> None:
    assert Recipe().to_dict() == {
        "dataset": "xor",
        "own": None,
        "classes": 2,
        "samples": 100,
        "data_seed": 0,
        "noise": 0.0,
        "train_share": 1.0,
        "features": ["x1", "x2"],
        "hidden": [4, 4],
        "hidden_activation": "sigmoid",
        "output_activation": "sigmoid",
        "activations_off": False,
        "loss": "cross_entropy",
        "reduction": "mean",
        "numerics": "stable",
        "initializer": "normal",
        "weight_seed": 0,
        "learning_rate": 1.0,
        "optimizer": "gradient_descent",
        "momentum": 0.9,
        "decay": 0.9,
        "beta1": 0.9,
        "beta2": 0.999,
        "epsilon": 1e-8,
        "regularization": "none",
        "regularization_rate": 0.001,
        "batch_size": 0,
        "batch_seed": 0,
        "frozen": [],
        "start": None,
        "epochs": 10_000,
    }


def test_every_field_is_tested_here() -> None:
    assert set(OTHER) == set(BAD) == set(FIELDS)


def test_every_field_has_an_effect_and_a_check() -> None:
    assert set(EFFECTS) == set(FIELDS)
    assert set(module._CHECKS) == set(FIELDS)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_value_is_refused_with_field_rule_and_value(name: str) -> None:
    for value in BAD[name]:
        sentence = refusal(**{name: value})
        assert sentence.startswith(f"{name} must be "), value
        shown = sentence.partition(" Got ")[2]
        assert shown.endswith(".")
        assert repr(value).startswith(shown.removesuffix(".").removesuffix("..."))
        assert len(sentence) < 200
        assert "\n" not in sentence


@pytest.mark.parametrize("units", [0, 65, -1, True, 4.0, "4", None])
def test_a_bad_layer_is_refused_with_its_number(units: Any) -> None:
    sentence = refusal(hidden=(4, units))
    assert sentence == f"hidden[1] must be a whole number from 1 to 64. Got {units!r}."


def test_frozen_parameters_are_kept_in_order_and_once() -> None:
    assert Recipe(frozen=[7, 0, 7, 36]) == Recipe(frozen=(0, 7, 36))


def test_a_frozen_parameter_that_the_network_does_not_have_is_refused() -> None:
    assert len(untrained_network(Recipe()).parameters) == 37
    sentence = refusal(frozen=(3, 37))
    assert sentence == "frozen must be indices below 37, the number of parameters. Got 37."
    assert refusal(frozen=(1, True)).startswith("frozen[1] must be a whole number from 0 to ")
    assert refusal(frozen=(-1,)).startswith("frozen[0] must be a whole number from 0 to ")


def test_the_initial_parameters_are_as_many_as_the_network_has() -> None:
    sentence = refusal(start=(1.0,) * 36)
    assert sentence == "start must be 37 numbers, one per parameter. Got 36."
    start = Recipe(start=[1] * 37).start  # type: ignore[arg-type]  # as it comes from JSON
    assert start == (1.0,) * 37
    assert Recipe(start=start).with_new_weights() == Recipe(weight_seed=1)


def test_a_refusal_names_the_choices() -> None:
    names = "linear, xor, circle, quadrants, gaussians, spiral, moons, checkerboard, "
    names += "plane, multi_gaussian, own"
    assert refusal(dataset="ring") == f"dataset must be one of {names}. Got 'ring'."


def test_the_shares_are_said_with_their_range() -> None:
    assert refusal(noise=0.6) == "noise must be a number from 0 to 0.5. Got 0.6."
    assert refusal(train_share=0.95) == (
        "train_share must be a number from 0.1 to 0.9, or 1 for all samples. Got 0.95."
    )
    assert Recipe(noise=0, train_share=1) == Recipe()


@pytest.mark.parametrize(
    ("recipe", "draws"),
    [
        (Recipe(), False),
        (Recipe(noise=0.1), True),
        (Recipe(train_share=0.5), True),
        (Recipe(dataset="linear"), True),
    ],
)
def test_the_data_seed_matters_where_something_is_drawn(recipe: Recipe, draws: bool) -> None:
    assert recipe.draws_data is draws


@pytest.mark.parametrize(("name", "value"), OTHER.items())
def test_every_field_takes_another_good_value_and_keeps_it_through_json(
    name: str, value: Any
) -> None:
    changed = Recipe(**{name: value})
    assert getattr(changed, name) == value
    assert changed != Recipe()
    assert changed_fields(Recipe(), changed) == [name]
    assert Recipe.from_json(changed.to_json()) == changed
    assert Recipe.from_dict({name: changed.to_dict()[name]}) == changed


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("dataset", dict.fromkeys(set(DATASETS) - REGRESSIONS)),
        ("hidden_activation", ACTIVATIONS),
        ("output_activation", ACTIVATIONS),
        ("loss", LOSSES),
        ("reduction", REDUCTIONS),
        ("numerics", NUMERICS),
        ("initializer", INITIALIZERS),
    ],
)
def test_every_entry_of_a_table_can_be_chosen(name: str, table: dict[str, Any]) -> None:
    for key in table:
        assert getattr(Recipe(**{name: key}), name) == key


def test_the_limits_themselves_are_good() -> None:
    low = Recipe(
        samples=2,
        data_seed=0,
        noise=0.0,
        train_share=0.1,
        hidden=(),
        weight_seed=0,
        learning_rate=5e-324,
        epochs=0,
    )
    high = Recipe(
        samples=100_000,
        data_seed=MAX_SEED,
        noise=0.5,
        train_share=0.9,
        hidden=(64,) * 6,
        weight_seed=MAX_SEED,
        learning_rate=1.7976931348623157e308,
        epochs=MAX_EPOCHS,
    )
    for recipe in (low, high):
        assert Recipe.from_json(recipe.to_json()) == recipe


def test_a_recipe_cannot_be_changed() -> None:
    recipe = Recipe()
    with pytest.raises(FrozenInstanceError):
        recipe.epochs = 5  # type: ignore[misc]  # this is what must not work
    layers = [4, 4]
    kept = Recipe(hidden=layers)  # type: ignore[arg-type]  # as it comes from JSON
    layers.append(4)
    assert kept.hidden == (4, 4)
    assert hash(kept) == hash(recipe)


def test_a_whole_number_is_a_good_learning_rate() -> None:
    recipe = Recipe.from_json('{"learning_rate": 2}')
    assert recipe.learning_rate == 2.0
    assert isinstance(recipe.learning_rate, float)


def test_sizes_and_activations_follow_from_the_choices() -> None:
    recipe = Recipe(hidden=(3, 5), hidden_activation="relu", output_activation="tanh")
    assert recipe.sizes == (2, 3, 5, 1)
    assert recipe.activations == ("relu", "relu", "tanh")
    assert replace(recipe, activations_off=True).activations == ("identity",) * 3
    assert Recipe(hidden=()).sizes == (2, 1)
    assert Recipe(features=tuple(FEATURES), hidden=()).sizes == (7, 1)
    assert Recipe(features=("x1_x2",)).sizes == (1, 4, 4, 1)
    assert Recipe(hidden=()).activations == ("sigmoid",)


def test_each_hidden_layer_may_have_its_own_activation() -> None:
    recipe = Recipe(hidden=(3, 5), hidden_activation=["relu", "tanh"])
    assert recipe.hidden_activations == ("relu", "tanh")
    assert recipe.activations == ("relu", "tanh", "sigmoid")
    assert replace(recipe, activations_off=True).activations == ("identity",) * 3
    assert recipe.to_dict()["hidden_activation"] == ["relu", "tanh"]
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert untrained_network(recipe).activations == recipe.activations


def test_activations_that_are_all_alike_are_the_one() -> None:
    assert Recipe(hidden_activation=("tanh", "tanh")) == Recipe(hidden_activation="tanh")
    assert Recipe(hidden=(4,), hidden_activation=["relu"]) == Recipe(
        hidden=(4,), hidden_activation="relu"
    )
    assert Recipe(hidden=(), hidden_activation=()) == Recipe(hidden=())


@pytest.mark.parametrize("names", [(), ("tanh",), ("tanh", "relu", "tanh"), ("tanh",) * 3])
def test_more_or_fewer_activations_than_hidden_layers_are_refused(names: tuple[str, ...]) -> None:
    assert refusal(hidden_activation=names) == (
        "hidden_activation must be one name, or one for each of the 2 hidden layers. "
        f"Got {names!r}."
    )


def test_features_are_kept_in_the_order_of_the_table() -> None:
    for keys in (["sin_x2", "x1_x2", "x1"], ("x1_x2", "x1", "sin_x2")):
        assert Recipe.from_dict({"features": keys}).features == ("x1", "x1_x2", "sin_x2")
    every = Recipe(features=tuple(reversed(FEATURES)))
    assert every.features == tuple(FEATURES)
    assert every == Recipe(features=tuple(FEATURES))


def test_a_recipe_without_features_as_older_files_are_has_the_coordinates() -> None:
    assert Recipe.from_json('{"hidden": [4]}').features == ("x1", "x2")


def test_new_weights_are_those_of_the_next_seed_and_start_over_after_the_last() -> None:
    assert Recipe(weight_seed=4).with_new_weights() == Recipe(weight_seed=5)
    assert Recipe(weight_seed=MAX_SEED).with_new_weights() == Recipe(weight_seed=0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"learning_rate": NaN}', "learning_rate must be a finite number > 0. Got nan."),
        ('{"learning_rate": 1e999}', "learning_rate must be a finite number > 0. Got inf."),
        ('{"learning_rate": -Infinity}', "learning_rate must be a finite number > 0. Got -inf."),
        ('{"epochs": 1e999}', "epochs must be a whole number from 0 to 1000000000. Got inf."),
        ('{"epochs": true}', "epochs must be a whole number from 0 to 1000000000. Got True."),
        ('{"hidden": [4, NaN]}', "hidden[1] must be a whole number from 1 to 64. Got nan."),
        ('{"epochs": 5, "epochs": 6}', "Got 'epochs' twice."),
        ('{"rate": 5}', "A recipe has no field 'rate'."),
        ('{"Epochs": 5}', "A recipe has no field 'Epochs'."),
        ("[]", "must be a JSON object. Got []."),
        ("null", "must be a JSON object. Got None."),
        ('"xor"', "must be a JSON object. Got 'xor'."),
        ("", "must be JSON. Line 1, column 1"),
        ("{", "must be JSON. Line 1, column 2"),
        ('{"epochs": 5}}', "must be JSON. Line 1, column 14"),
        ("{'epochs': 5}", "must be JSON. Line 1, column 2"),
    ],
)
def test_bad_json_is_refused_with_a_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"recipe|must") as caught:
        Recipe.from_json(text)
    assert words in str(caught.value)


@pytest.mark.thorough
@pytest.mark.parametrize("start", ["[", '{"epochs": ', '{"hidden": [', '{"a": [{"b": '])
def test_nesting_of_any_depth_is_refused_with_a_sentence(start: str) -> None:
    # The depth at which Python gives up differs between reading a value and showing it.
    for depth in [*range(1, 1100), 100_000]:
        opened = (start + "[" * depth)[:900_000]
        closed = opened + "".join("]" if c == "[" else "}" for c in opened[::-1] if c in "[{")
        with pytest.raises(ValueError, match=r"recipe|must") as caught:
            Recipe.from_json(closed)
        assert len(str(caught.value)) < 400


def test_a_number_that_python_will_not_show_is_refused_with_a_sentence() -> None:
    assert refusal(epochs=10**5000).endswith("Got a huge int.")
    with pytest.raises(ValueError, match="at most 400 digits"):
        Recipe.from_json('{"epochs": 1' + "0" * 5000 + "}")


def test_a_long_unknown_name_is_shortened() -> None:
    for text in (f'{{"{"x" * 5000}": 1}}', f'{{"{"x" * 5000}": 1, "{"x" * 5000}": 1}}'):
        with pytest.raises(ValueError, match="recipe") as caught:
            Recipe.from_json(text)
        assert len(str(caught.value)) < 600


@pytest.mark.timeout(20)
def test_a_file_full_of_names_is_refused_at_once() -> None:
    names = ",".join(f'"{i}":0' for i in range(90_000))
    with pytest.raises(ValueError, match="recipe"):
        Recipe.from_json("{" + names + ',"last":0,"last":0}')


def test_a_recipe_file_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "recipe.json"
    recipe = Recipe(**ALL_OTHER)
    path.write_text(recipe.to_json(), encoding="utf-8")
    assert load_shared(path).recipe == recipe


def file_refusal(path: Path) -> str:
    with pytest.raises(ValueError, match=r"recipe|read") as caught:
        load_shared(path)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert "\n" not in sentence
    return sentence


def test_a_missing_file_and_a_folder_cannot_be_read(tmp_path: Path) -> None:
    assert "cannot be read" in file_refusal(tmp_path / "missing.json")
    assert "cannot be read" in file_refusal(tmp_path)
    assert "cannot be read" in file_refusal(tmp_path / "no folder" / "recipe.json")


def test_a_huge_file_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # takes no room on a disk that knows sparse files
    assert "more than 12 million bytes" in file_refusal(path)


@pytest.mark.thorough
def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_text("{}" + " " * (MAX_FILE_BYTES - 2), encoding="utf-8")
    assert load_shared(path).recipe == Recipe()
    path.write_text("{}" + " " * (MAX_FILE_BYTES - 1), encoding="utf-8")
    assert "more than" in file_refusal(path)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xfe{\x00}\x00"])
def test_a_binary_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(content)
    assert "must be UTF-8 text" in file_refusal(path)


@pytest.mark.parametrize("content", ["", "hello", "[1]", '{"epochs": -1}', '{"a": 1}', "\x00"])
def test_a_file_that_is_no_recipe_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "recipe.json"
    path.write_text(content, encoding="utf-8")
    assert "is not a recipe: " in file_refusal(path)


def test_effects_are_those_of_the_design() -> None:
    by_effect = {
        Effect.LIVE: {
            "learning_rate",
            "momentum",
            "decay",
            "beta1",
            "beta2",
            "epsilon",
            "regularization_rate",
            "batch_size",
            "frozen",
            "epochs",
        },
        Effect.REBUILD: {
            "hidden_activation",
            "output_activation",
            "activations_off",
            "reduction",
            "numerics",
            "optimizer",
            "regularization",
            "batch_seed",
        },
        Effect.RESTART: {
            "dataset",
            "own",
            "classes",
            "samples",
            "data_seed",
            "noise",
            "train_share",
            "loss",
        },
        Effect.NEW_WEIGHTS: {"features", "hidden", "initializer", "weight_seed", "start"},
    }
    for effect, names in by_effect.items():
        for name in names:
            assert effect_of_change(Recipe(), Recipe(**{name: OTHER[name]})) is effect, name
    assert set().union(*by_effect.values()) == set(FIELDS)


def test_the_strongest_effect_counts() -> None:
    live = Recipe(learning_rate=0.5)
    assert effect_of_change(Recipe(), Recipe()) is Effect.NONE
    assert effect_of_change(Recipe(), replace(live, loss="mean_squared_error")) is Effect.RESTART
    assert effect_of_change(Recipe(), replace(live, numerics="textbook", weight_seed=1)) is (
        Effect.NEW_WEIGHTS
    )


def test_json_has_only_plain_types() -> None:
    values = json.loads(Recipe(**ALL_OTHER).to_json())
    assert list(values) == FIELDS
    assert values["hidden"] == [8, 2, 1]
    assert values["features"] == ["x2", "x1_x2", "sin_x1"]
    assert values["start"] == [0.5] * 55


def test_a_byte_order_mark_as_some_editors_write_it_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "recipe.json"
    path.write_text(Recipe(weight_seed=5).to_json(), encoding="utf-8-sig")
    assert load_shared(path).recipe == Recipe(weight_seed=5)


def test_the_dataset_own_needs_own_data_and_has_their_size() -> None:
    assert refusal(dataset="own") == "own must be given where dataset is own. Got None."
    recipe = Recipe(dataset="own", own=OWN_DATA)
    assert (recipe.used_own, recipe.fixed_size) == (OWN_DATA, 3)
    kept = Recipe(own=OWN_DATA)  # kept, but not what is trained on
    assert (kept.used_own, kept.fixed_size) == (None, 21)
    assert Recipe(dataset="linear").fixed_size is None


@pytest.mark.thorough
def test_own_data_of_as_many_points_as_there_may_be_fit_into_a_file(tmp_path: Path) -> None:
    count = 100_000
    X = -1.2345678901234567e-100 * np.arange(2.0 * count).reshape(count, 2)
    path = tmp_path / "recipe.json"
    recipe = Recipe(dataset="own", own=OwnData(X, np.arange(count) % 2))
    path.write_text(recipe.to_json(), encoding="utf-8")
    assert load_shared(path).recipe == recipe


@pytest.mark.parametrize("dataset", sorted(REGRESSIONS))
def test_numbers_as_targets_need_the_squared_error(dataset: str) -> None:
    recipe = Recipe(dataset=dataset, loss="mean_squared_error", output_activation="tanh")
    assert recipe.is_regression
    assert Recipe.from_json(recipe.to_json()) == recipe
    message = (
        "loss must be mean_squared_error where the targets are numbers, as in the data set "
        f"{dataset}. Got 'cross_entropy'."
    )
    with pytest.raises(ValueError, match=re.escape(message)):
        Recipe(dataset=dataset)


NUMBERS = OwnData(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([5.0, 7.5]), classes=())


def test_own_data_of_numbers_are_a_regression_and_what_suits_it_comes_along() -> None:
    recipe = revised(Recipe(), dataset="own", own=NUMBERS)
    assert recipe.is_regression
    assert (recipe.class_count, recipe.outputs) == (0, 1)
    assert (recipe.loss, recipe.output_activation) == ("mean_squared_error", "identity")
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert Shared.from_text(Shared(recipe).to_text()).recipe == recipe
    back = revised(recipe, own=OWN_DATA)
    assert (back.loss, back.learning_rate) == ("cross_entropy", Recipe().learning_rate)
    assert not Recipe(own=NUMBERS).is_regression  # kept, but not what is trained on
    assert "loss must be mean_squared_error" in refusal(dataset="own", own=NUMBERS)


def test_own_data_of_several_classes_have_an_output_for_each() -> None:
    five = OwnData(np.zeros((5, 2)), np.arange(5.0), classes=tuple("abcde"))
    recipe = revised(revised(Recipe(), dataset="own", own=NUMBERS), own=five)
    assert (recipe.class_count, recipe.outputs, recipe.sizes[-1]) == (5, 5, 5)
    assert (recipe.loss, recipe.output_activation) == ("cross_entropy", "softmax")
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert Shared.from_text(Shared(recipe).to_text()).recipe == recipe


def test_classes_are_no_regression_whatever_their_loss() -> None:
    assert not Recipe(loss="mean_squared_error", output_activation="identity").is_regression
    assert not Recipe(dataset="own", own=OWN_DATA).is_regression
