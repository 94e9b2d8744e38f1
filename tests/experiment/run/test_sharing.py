"""Recipes as short text and as files: what comes back, and what is refused in which words."""

import base64
import hashlib
import json
import os
import tracemalloc
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from experiment.recipe.test_recipe import OTHER
from past_runs import record_of, run_from

from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.experiment.recipe.hideable import HIDEABLE
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.sharing import (
    MAX_CONTENT,
    MAX_OWN_POINTS,
    MAX_TEXT,
    PREFIX,
    Shared,
    load_shared,
    save_shared,
)
from mlpviz.experiment.run.start import make_data, start_training, untrained_network

FULL = Shared(
    Recipe(dataset="linear", hidden=(3,), learning_rate=0.1, weight_seed=7),
    hide=("dataset_choice", "reset_button"),
)


def text_of(content: bytes) -> str:
    """Return a text that is good in all but what it holds."""
    text = PREFIX + base64.urlsafe_b64encode(content).decode().rstrip("=")
    return f"{text}.{zlib.crc32(text.encode()):08x}"


def refusal(text: str) -> str:
    with pytest.raises(ValueError, match=r"\.$") as caught:
        Shared.from_text(text)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# There and back


@pytest.mark.parametrize(("name", "value"), OTHER.items())
def test_every_choice_comes_back_from_the_short_text(name: str, value: Any) -> None:
    used = {"dataset": "own"} if name == "own" else {}  # what is not used is left out
    shared = Shared(Recipe(**{name: value}, **used))
    assert Shared.from_text(shared.to_text()) == shared
    assert Shared.from_json(shared.to_json()) == shared


def test_the_text_is_short() -> None:
    assert len(Shared(Recipe()).to_text()) < 40
    assert len(Shared(Recipe(learning_rate=0.1, hidden=(8, 8))).to_text()) < 90


def test_a_text_of_today_is_read_for_ever() -> None:
    text = "mlpviz1:eNqrVsrITElJzVOyijbWMYnVUcpJTSzKy8xLjy9KLElVsjLQM64FANstC8Q.6a28a5c5"
    assert Shared.from_text(text).recipe == Recipe(learning_rate=0.3, hidden=(3, 4))


def test_the_hide_list_comes_back_too() -> None:
    assert Shared.from_text(FULL.to_text()) == FULL
    assert Shared.from_json(FULL.to_json()) == FULL


def test_weights_come_back_to_the_bit() -> None:
    recipe = Recipe(dataset="linear", hidden=(5, 3))
    training = start_training(recipe)
    training.run(100)
    weights = tuple(training.network.parameters.tolist())
    weights = (5e-324, -0.0, 1.7976931348623157e308, *weights[3:])
    shared = Shared(replace(recipe, start=weights))
    for read in (Shared.from_text(shared.to_text()), Shared.from_json(shared.to_json())):
        parameters = untrained_network(read.recipe).parameters
        assert parameters.tobytes() == np.array(weights).tobytes()


def test_the_largest_network_with_its_weights_fits_into_a_text() -> None:
    recipe = Recipe(hidden=(64,) * 6)
    weights = tuple(untrained_network(recipe).parameters.tolist())
    shared = Shared(replace(recipe, start=weights))
    assert Shared.from_text(shared.to_text()) == shared


def test_what_mail_programs_put_into_a_text_is_no_matter() -> None:
    text = FULL.to_text()
    lines = "\r\n   ".join(text[i : i + 20] for i in range(0, len(text), 20))
    assert Shared.from_text(f"\n\t {lines} \n\n") == FULL
    assert Shared.from_text("\u00a0" + text) == FULL


def test_the_text_of_a_recipe_file_can_be_pasted_too() -> None:
    assert Shared.from_text("\n" + FULL.to_json()) == FULL
    assert Shared.from_text('{"epochs": 5}') == Shared(Recipe(epochs=5))


def branched_run() -> Run:
    """A branch of a branch, with a change on the way and weights that were set by hand."""
    run = Run(Recipe(dataset="moons", batch_size=10, epochs=500))
    run.advance(40)
    run.change(replace(run.recipe, learning_rate=0.5))
    run.advance(40)
    run = run.branch(Position(60), replace(run.recipe, optimizer="adam", epochs=700))
    run.advance(20)
    run = run.branch(Position(70), edits=((3, 0.1),))
    run.advance(9)
    return run


def test_a_run_that_branched_comes_back_and_goes_on_as_it_did() -> None:
    run = branched_run()
    shared = Shared.of_branch(record_of(run), run.recipe, ("reset_button",))
    for read in (Shared.from_text(shared.to_text()), Shared.from_json(shared.to_json())):
        assert read == shared
        assert (read.recipe.epochs, read.at_limit().epoch) == (700, 700)
        assert read.record is not None
        again = run_from(read.record)
        assert (again.live, again.recipe) == (Position(70, 3), run.recipe)
        again.advance(9)
        assert again.training.state().tobytes() == run.training.state().tobytes()
        assert (again.changes[-1], again.branches) == (run.changes[-1], run.branches)


def test_of_a_run_that_branched_what_was_changed_last_is_shared_too() -> None:
    run = branched_run()
    recipe = replace(run.recipe, learning_rate=0.25)  # of which no frame has come yet
    record = Shared.of_branch(record_of(run), recipe).record
    assert record is not None
    assert (record.recipe, record.epoch, len(record.changes)) == (recipe, 79, 4)


def test_of_a_moment_of_the_past_what_had_happened_then_is_shared() -> None:
    record = record_of(branched_run())
    assert record.until(Position(50, 1)).branches == ()
    then = record.until(Position(65))
    assert (then.branches, then.epoch, then.recipe.optimizer) == ((Position(60, 1),), 65, "adam")


def test_a_run_with_more_changes_than_a_text_has_room_for_is_not_shared() -> None:
    run = branched_run()
    for number in range(397):
        run.edit(((number % 7, 0.5),))
    shared = Shared.of_branch(record_of(run), run.recipe)
    assert Shared.from_text(shared.to_text()) == shared
    run.edit(((0, 0.25),))
    with pytest.raises(ValueError, match=r"at most 400 changes on the way\. Got 401"):
        Shared.of_branch(record_of(run), run.recipe)


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("3", "way must be a JSON object of branches, changes, epoch. Got 3."),
        ("{}", "way must be a JSON object of branches, changes, epoch."),
        ('{"changes": [], "epoch": 3, "limit": 4}', "way must be a JSON object of"),
        ('{"changes": [], "epoch": -3}', "way: epoch must be"),
        ('{"changes": 7, "epoch": 3}', "way: changes must be a list"),
        ('{"changes": [{"epoch": 9}], "epoch": 3}', "way: changes[0].epoch must be"),
        ('{"changes": [], "epoch": 3, "branches": [[9, 0]]}', "way: branches[0].epoch must be"),
        (
            '{"changes": [{"epoch": 2, "recipe": {"optimizer": "adam"}}], "epoch": 3}',
            "way: changes[0].recipe must not have 'optimizer'.",
        ),
    ],
)
def test_a_way_that_no_run_can_go_is_refused(way: str, words: str) -> None:
    assert words in refusal('{"way": ' + way + "}")


# What is refused


def test_a_text_that_was_cut_off_anywhere_is_told_from_a_wrong_one() -> None:
    text = FULL.to_text()
    for end in range(len(PREFIX), len(text)):
        assert refusal(text[:end]) == "This recipe text is cut off: its end is missing."
    for end in range(1, len(PREFIX)):
        assert (
            refusal(text[:end]) == "That is not a recipe: its text starts with mlpviz1: or is JSON."
        )


def test_a_text_that_was_changed_anywhere_is_refused() -> None:
    text = FULL.to_text()
    for i in range(len(PREFIX), len(text)):
        for letter in "A0.é":
            changed = text[:i] + letter + text[i + 1 :]
            if changed != text and text[i] != ".":  # without its point the end is missing
                assert "not as it was copied" in refusal(changed)
    assert "not as it was copied" in refusal(text + " Greetings")


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_text_is_no_recipe(text: str) -> None:
    assert refusal(text) == "There is no recipe in an empty text."


@pytest.mark.parametrize("text", ["Hello", "http://example.org/", "mlpviz:abc", "mlpviz0:a", "[]"])
def test_any_other_text_is_no_recipe(text: str) -> None:
    assert refusal(text).startswith("That is not a recipe")


def test_a_text_from_a_newer_version_says_so() -> None:
    text = FULL.to_text().replace(PREFIX, "mlpviz2:")
    assert refusal(text) == (
        "This recipe is from a newer mlpviz: its format is 2, and this one reads format 1."
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"rate": 1}, "A recipe has no field 'rate'."),
        ({"epochs": -1}, "epochs must be a whole number"),
        ({"hide": ["sliders"]}, "hide must name controls of play_button, step_button"),
        ({"hide": "play_button"}, "hide must be a list"),
        ({"hide": [1]}, "hide must be a list"),
        ({"hide": ["x" * 9000]}, "Got 'xxxx"),
    ],
)
def test_what_a_recipe_cannot_hold_is_refused_with_a_sentence(
    values: dict[str, Any], words: str
) -> None:
    text = json.dumps(values)
    for wrapped in (text, text_of(zlib.compress(text.encode()))):
        sentence = refusal(wrapped)
        assert words in sentence
        assert len(sentence) < 720


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"not compressed", zlib.compress(b"{}")[:-1], zlib.compress(b"{}") + b"more",
     zlib.compress(b"\xff\xfe")],
)  # fmt: skip
def test_a_text_with_a_good_checksum_and_nothing_in_it_is_refused(content: bytes) -> None:
    assert refusal(text_of(content))


@pytest.mark.thorough
def test_a_text_that_would_grow_without_bounds_is_refused_at_little_cost() -> None:
    bomb = text_of(zlib.compress(b" " * 300_000_000, level=9))
    assert len(bomb) < MAX_TEXT
    tracemalloc.start()
    try:
        assert refusal(bomb) == f"A recipe text must hold at most {MAX_CONTENT} bytes of JSON."
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_text_of_any_length_is_refused() -> None:
    assert refusal("x" * (MAX_TEXT + 1)) == (
        f"A recipe text has at most {MAX_TEXT} characters. Got {MAX_TEXT + 1}."
    )


# The hide list


def test_a_hide_list_takes_the_names_of_the_playground_and_each_once() -> None:
    names = ("learningRate_hide", "numHiddenLayers", "play_button", "playButton_hide")
    assert Shared(Recipe(), hide=names).hide == (
        "play_button",
        "hidden_units_input",
        "learning_rate_input",
    )


def test_all_that_can_be_hidden_comes_back() -> None:
    shared = Shared(Recipe(), hide=tuple(HIDEABLE))
    assert Shared.from_text(shared.to_text()) == shared
    assert shared.hide == tuple(HIDEABLE)


# Files


def test_a_file_is_what_the_recipe_alone_writes(tmp_path: Path) -> None:
    path = tmp_path / "recipe.json"
    save_shared(Shared(Recipe(epochs=5)), path)
    assert path.read_text() == Recipe(epochs=5).to_json()
    save_shared(FULL, path)
    assert load_shared(path) == load_shared(str(path)) == FULL
    assert os.listdir(tmp_path) == ["recipe.json"]


def test_a_short_text_can_stand_for_a_file() -> None:
    assert load_shared(FULL.to_text()) == FULL
    with pytest.raises(ValueError, match="cut off"):
        load_shared("mlpviz1:abc")


def test_a_file_that_cannot_be_written_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "recipe.json"
    save_shared(FULL, path)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ValueError, match=r"recipe.json cannot be written: No space left on device"):
        save_shared(Shared(Recipe()), path)
    assert load_shared(path) == FULL
    assert os.listdir(tmp_path) == ["recipe.json"]
    monkeypatch.undo()
    with pytest.raises(ValueError, match="cannot be written: "):
        save_shared(FULL, tmp_path)
    assert os.listdir(tmp_path) == ["recipe.json"]


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "recipe.json", tmp_path / "link.json"
    save_shared(FULL, path)
    link.symlink_to(path)
    save_shared(Shared(Recipe()), link)
    assert link.is_symlink()
    assert load_shared(path) == Shared(Recipe())


@pytest.mark.parametrize(("dataset", "is_refused"), [("own", True), ("xor", False)])
def test_more_points_of_ones_own_than_a_text_holds_go_by_file(
    monkeypatch: pytest.MonkeyPatch, dataset: str, is_refused: bool
) -> None:
    values = {"dataset": dataset, "own": {"points": [[0.0, 0.0, 1]] * (MAX_OWN_POINTS + 1)}}
    monkeypatch.setattr(Shared, "to_dict", lambda _: values)
    if not is_refused:  # points that are not used stay at home
        assert Shared.from_text(Shared(Recipe()).to_text()).recipe == Recipe()
        return
    with pytest.raises(ValueError, match=r"at most 500 points .* has 501: save it as a file"):
        Shared(Recipe()).to_text()


# What the recipient gets. NumPy promises the same stream for the same build on the same machine
# only ("Compatibility policy" in the reference of numpy.random, and NEP 19): what a method makes of
# the bits may change with a feature release. It has not so far, and this is where it would show.


def digest(*arrays: np.ndarray[Any, Any]) -> str:
    content = b"".join(np.ascontiguousarray(array, "<f8").tobytes() for array in arrays)
    return hashlib.sha256(content).hexdigest()[:16]


DATA = {
    ("xor", 21, 0): "296229a8900f16de",
    ("linear", 100, 0): "d034775f7e3e9973",
    ("linear", 1000, 12345): "47d02e9745c102e4",
}
WEIGHTS = {
    "normal": "721593502be2a9aa",
    "uniform": "2a038a68c54261d5",
    "xavier": "3f1e9172461fa52d",
    "he": "560cb0c9d2388962",
}


@pytest.mark.parametrize(("key", "expected"), DATA.items())
def test_the_same_recipe_gives_the_same_data_to_the_bit(
    key: tuple[str, int, int], expected: str
) -> None:
    dataset, samples, seed = key
    recipe = Recipe(dataset=dataset, samples=samples, data_seed=seed)
    assert digest(*make_data(Shared.from_text(Shared(recipe).to_text()).recipe)) == expected


def test_every_initializer_has_its_digest() -> None:
    assert set(WEIGHTS) == set(INITIALIZERS)


@pytest.mark.parametrize(("initializer", "expected"), WEIGHTS.items())
def test_the_same_recipe_gives_the_same_initial_weights_to_the_bit(
    initializer: str, expected: str
) -> None:
    recipe = Recipe(initializer=initializer, hidden=(16, 16), weight_seed=3)
    recipes = (recipe, replace(recipe, weight_seed=4))
    assert digest(*(untrained_network(recipe).parameters for recipe in recipes)) == expected
