"""A recipe as a script: run, it gives the engine's numbers, to the bit or nearly."""

import ast
import contextlib
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from choices import OWN_DATA
from past_runs import run_from
from pseudo import pseudo_language
from random_recipes import TABLES, random_recipe

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS, SOFTMAX
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.features import FEATURES
from mlpviz.engine.losses import LOSSES, NUMERICS
from mlpviz.engine.network import parameter_count
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.engine.training import Training
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.record import Change, Record
from mlpviz.experiment.run.start import hold_out, start_training
from mlpviz.experiment.words.names import short_names
from mlpviz.experiment.writing.printout import result_lines, sample_lines
from mlpviz.experiment.writing.script import script

EPOCHS = 5
MAX_LINES = 120


class Outcome(NamedTuple):
    """What a script computed and printed."""

    parameters: Array
    predictions: Array
    printed: list[str]


def trained(recipe: Recipe) -> Training:
    training = start_training(recipe)
    training.run(recipe.epochs)
    return training


def outcome_of(text: str, recipe: Recipe, *, plain: bool = False) -> Outcome:
    """Run a script, here, and take its weights, biases and outputs by the report's names."""
    found: dict[str, Any] = {}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), np.errstate(all="ignore"):
        exec(compile(text, "script.py", "exec"), found)
    last = len(recipe.hidden) + 1
    layers = range(1, last + 1)
    parameters = [found[f"{name}{layer}"].ravel() for layer in layers for name in ("W", "b")]
    A = found[f"A{last}"].T if plain else found[f"A{last}"]
    predictions = A[0] if recipe.outputs == 1 else A
    return Outcome(np.concatenate(parameters), predictions, printed.getvalue().splitlines())


def check_to_the_bit(recipe: Recipe) -> None:
    """Compare a script with the engine: all that it computes, and all that it prints."""
    training = trained(recipe)
    outcome = outcome_of(script(recipe), recipe)
    assert np.array_equal(outcome.parameters, training.network.parameters, equal_nan=True)
    assert np.array_equal(outcome.predictions, training.predictions, equal_nan=True)
    samples = sample_lines(training, short_names(recipe))
    result = result_lines(training, hold_out(recipe, training.network))
    assert outcome.printed[-len(samples) - len(result) :] == [*samples, *result]


def test_the_usual_recipe_is_a_short_program() -> None:
    for plain in (False, True):
        lines = script(Recipe(), plain=plain).splitlines()
        assert len(lines) <= MAX_LINES
        assert max(map(len, lines)) <= 88


@pytest.mark.process
def test_python_with_numpy_alone_gives_the_engines_numbers_of_the_whole_usual_run(
    tmp_path: Path,
) -> None:
    path = tmp_path / "script.py"
    seen = "import sys\nassert 'mlpviz' not in sys.modules\n"
    shown = "print(*(w.tobytes().hex() for w in (W1, b1, W2, b2, W3, b3, A3)))\n"
    path.write_text(script(Recipe()) + seen + shown, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", path], capture_output=True, text=True, timeout=120, check=True
    )
    training = trained(Recipe())
    *lines, numbers = done.stdout.splitlines()
    parameters, outputs = training.network.parameters, training.predictions
    assert "".join(numbers.split()) == (parameters.tobytes() + outputs.tobytes()).hex()
    assert lines[-1] == result_lines(training, None)[0]
    assert lines[0] == f"epoch 0 of 10000  loss {start_training(Recipe()).loss:.4f}"
    assert done.stderr == ""


# Every choice

OUTPUTS = [("moons", name) for name in ACTIVATIONS] + [("spiral", SOFTMAX)]


def short_recipe(**choices: Any) -> Recipe:
    """Return a short recipe of other choices, with what goes with them."""
    return revised(Recipe(dataset="moons", samples=20, classes=3, epochs=EPOCHS), **choices)


@pytest.mark.parametrize("noise", [0.0, 0.2])
@pytest.mark.parametrize("dataset", DATASETS)
def test_every_data_set_is_made_to_the_bit(dataset: str, noise: float) -> None:
    for classes in (2, 4):
        recipe = replace(short_recipe(dataset=dataset), noise=noise, data_seed=3)
        check_to_the_bit(revised(recipe, classes=classes))


@pytest.mark.parametrize(
    ("field", "key"), [(f, key) for f, table in TABLES.items() for key in table]
)
def test_every_entry_of_a_table_is_expressed_to_the_bit(field: str, key: str) -> None:
    for plain_step in ({}, {"optimizer": "momentum"}, {"regularization": "l2"}):
        check_to_the_bit(short_recipe(**(plain_step | {field: key})))


@pytest.mark.parametrize("numerics", NUMERICS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(("dataset", "output"), OUTPUTS)
def test_every_output_with_every_loss_is_expressed_to_the_bit(
    dataset: str, output: str, loss: str, numerics: str
) -> None:
    chosen = {"output_activation": output, "loss": loss, "numerics": numerics}
    recipe = short_recipe(dataset=dataset, **chosen)
    check_to_the_bit(recipe)
    check_to_the_bit(replace(recipe, activations_off=True))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_is_expressed_to_the_bit(name: str) -> None:
    check_to_the_bit(short_recipe(hidden_activation=name))
    check_to_the_bit(short_recipe(hidden=(3, 2), hidden_activation=(name, "identity")))


@pytest.mark.parametrize("name", FEATURES)
def test_every_feature_is_expressed_to_the_bit(name: str) -> None:
    check_to_the_bit(short_recipe(features=(name,)))
    check_to_the_bit(short_recipe(features=("x1", name) if name != "x1" else ("x1", "x2")))


def test_own_data_are_written_out_whatever_their_classes_are_called() -> None:
    names = ('"', "it's", "\\", "{0}", "# ₂", '"""')
    numbers = np.arange(12) % 6
    points = np.linspace(-1.0, 1e-300, 24).reshape(12, 2)
    recipe = short_recipe(dataset="own", own=OwnData(points, numbers, classes=names))
    check_to_the_bit(recipe)
    check_to_the_bit(replace(recipe, train_share=0.6))
    check_to_the_bit(short_recipe(dataset="own", own=OWN_DATA))
    numbers_as_targets = OwnData(points, 10.0 * points[:, 0], classes=(), target_factor=3.0)
    check_to_the_bit(short_recipe(dataset="own", own=numbers_as_targets))


def test_batches_are_the_engines_beyond_the_epoch_at_which_another_generator_begins() -> None:
    check_to_the_bit(short_recipe(batch_size=6, batch_seed=4, epochs=70))


def test_frozen_parameters_stay_and_given_ones_are_where_it_starts() -> None:
    count = parameter_count(Recipe().sizes)
    start = tuple(np.linspace(-3.0, 3.0, count).tolist())
    for frozen in ((0, 3, 12), (0, 5, 6, 7, 9), tuple(range(8)), tuple(range(count))):
        for optimizer in OPTIMIZERS:
            check_to_the_bit(short_recipe(frozen=frozen, start=start, optimizer=optimizer))


def test_what_is_not_a_number_is_the_engines_too() -> None:
    recipe = Recipe(activations_off=True, epochs=60)
    assert np.isnan(trained(recipe).network.parameters).all()
    check_to_the_bit(recipe)


@pytest.mark.parametrize("seed", range(25))
def test_random_recipes_give_the_engines_numbers_to_the_bit(seed: int) -> None:
    check_to_the_bit(random_recipe(seed, EPOCHS))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 150))
def test_longer_random_recipes_give_the_engines_numbers_to_the_bit(seed: int) -> None:
    check_to_the_bit(random_recipe(seed, 200))


# What was changed on the way


def check_changed_to_the_bit(start: Recipe, *changes: Change) -> None:
    """Compare a script of a changed run with that run."""
    record = Record(start, changes, start.epochs, start.epochs)
    training = run_from(record).training
    outcome = outcome_of(script(start, changes), start)
    assert np.array_equal(outcome.parameters, training.network.parameters)
    assert np.array_equal(outcome.predictions, training.predictions)
    assert outcome.printed[-1] == result_lines(training, None)[0]


@pytest.mark.parametrize("regularization", REGULARIZATIONS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_numbers_changed_on_the_way_are_changed_in_it(optimizer: str, regularization: str) -> None:
    start = short_recipe(optimizer=optimizer, regularization=regularization, epochs=12)
    others = {"decay": 0.5, "beta1": 0.7, "beta2": 0.8, "epsilon": 1e-3, "momentum": 0.2}
    later = replace(start, learning_rate=0.2, regularization_rate=0.05, **others)
    changes = (Change(0, replace(later, momentum=0.1)), Change(5, later), Change(9, start))
    check_changed_to_the_bit(start, *changes)


@pytest.mark.parametrize("sizes", [(0, 6, 0), (6, 0, 100), (4, 7, 20), (0, 20, 100)])
def test_a_batch_size_changed_on_the_way_is_changed_in_it(sizes: tuple[int, int, int]) -> None:
    first, second, third = (short_recipe(batch_size=size, epochs=80) for size in sizes)
    check_changed_to_the_bit(first, Change(3, second), Change(70, third))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_parameters_frozen_and_thawed_on_the_way_are_so_in_it(optimizer: str) -> None:
    start = short_recipe(optimizer=optimizer, epochs=12, learning_rate=0.1)
    few, many = (replace(start, frozen=frozen) for frozen in ((1, 9, 36), tuple(range(9))))
    check_changed_to_the_bit(start, Change(3, few), Change(5, many), Change(8, start))
    check_changed_to_the_bit(many, Change(4, few))


def test_weights_set_by_hand_are_set_in_it_at_the_end_too() -> None:
    start = short_recipe(epochs=12)
    edits = ((0, 2.5), (9, -1.0), (36, 0.25))
    check_changed_to_the_bit(start, Change(0, start, edits), Change(5, start, edits[:1]))
    check_changed_to_the_bit(start, Change(12, start, edits))


def test_it_begins_with_what_was_changed_before_the_first_epoch() -> None:
    start, later = Recipe(), Recipe(learning_rate=0.1, batch_size=4)
    assert script(start, (Change(0, later),)) == script(later)


def test_a_change_that_makes_no_difference_leaves_no_trace() -> None:
    start = short_recipe(epochs=12)
    idle = replace(start, momentum=0.3, epochs=20)
    assert script(start, (Change(5, idle),)) == script(start)


def test_a_change_that_makes_other_lines_is_refused() -> None:
    start = Recipe()
    words = "A script has one optimizer from its beginning to its end; this run has another from "
    with pytest.raises(ValueError, match=f"^{words}epoch 7 on\\.$"):
        script(start, (Change(7, replace(start, optimizer="adam")),))


# The textbook's way


def distance(recipe: Recipe) -> float:
    """Return how far the plain script ends from the engine, of its largest parameter."""
    parameters = trained(recipe).network.parameters
    outcome = outcome_of(script(recipe, plain=True), recipe, plain=True)
    return float(np.abs(outcome.parameters - parameters).max() / np.abs(parameters).max())


@pytest.mark.parametrize("recipe", [Recipe(), Recipe(dataset="linear"), Recipe(weight_seed=2)])
def test_the_plain_form_agrees_after_200_epochs(recipe: Recipe) -> None:
    assert 0.0 < distance(replace(recipe, epochs=200)) < 1e-12


@pytest.mark.parametrize("seed", range(25))
def test_the_plain_form_agrees_for_random_recipes(seed: int) -> None:
    recipe = random_recipe(seed, 2)
    if np.isfinite(trained(recipe).network.parameters).all():
        assert distance(recipe) < 1e-12
    else:
        assert not np.isfinite(
            outcome_of(script(recipe, plain=True), recipe, plain=True).parameters
        ).all()


# What stands in it


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("seed", range(25))
def test_nothing_is_in_it_that_the_recipe_does_not_need(seed: int, plain: bool) -> None:
    tree = ast.parse(script(random_recipe(seed, EPOCHS), plain=plain))
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    used = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    made = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    made |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert made - used <= {"_", "x1", "x2"}  # the coordinates of a point, of which one may do


def test_its_words_come_from_the_catalogue() -> None:
    recipe = short_recipe(dataset="spiral", train_share=0.6, batch_size=4, optimizer="adam")
    with pseudo_language():
        text = script(recipe)
    outcome = outcome_of(text, recipe)
    assert np.array_equal(outcome.parameters, trained(recipe).network.parameters)
    assert all(line.startswith("«") for line in outcome.printed)


def test_a_run_that_never_ends_is_refused() -> None:
    with pytest.raises(ValueError, match=r"epochs must be at least 1 for a script\. Got 0\."):
        script(Recipe(epochs=0))
