"""Hostile recipes: refused with a sentence, at once, and within little memory."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from limits import MOST_BYTES, MOST_SECONDS, measured, refusals

from mlpviz.engine.network import parameter_count
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.data.own_rules import MAX_POINTS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.recipe_text import MAX_FILE_BYTES, parse_object
from mlpviz.experiment.run.sharing import Shared, load_shared

FULL = MAX_FILE_BYTES - 100


def with_changes(count: int) -> str:
    """Return the largest network with its weights, changed so often; the last change may not be."""
    recipe = Recipe(hidden=(64,) * 6)
    weights = [1.5] * parameter_count(recipe.sizes)
    changes: list[dict[str, Any]] = [
        {"epoch": i, "recipe": {"learning_rate": 1 / (i + 1), "frozen": list(range(i))}}
        for i in range(count - 1)
    ]
    changes.append({"epoch": count, "recipe": {"loss": "mean_squared_error"}})
    way = {"changes": changes, "epoch": count}
    return json.dumps(recipe.to_dict() | {"start": weights, "way": way})


# Contents of a file as large as a recipe may be, by what the sentence says of it.
HOSTILE: dict[str, Callable[[], str]] = {
    "at most 400000 values": lambda: '{"frozen": [' + "1," * (FULL // 2) + "1]}",
    "frozen must be at most 100000 indices": lambda: '{"frozen": [' + "1," * 399_000 + "1]}",
    "start must be at most 100000 numbers": lambda: '{"start": [' + "1," * 399_000 + "1]}",
    "at most 110000 lists": lambda: '{"a": ' + "[" * FULL,
    "one flat JSON object": lambda: '{"a": ' + "[" * 100_000,
    "at most 1000 objects": lambda: '{"a":' * (FULL // 5),
    "at most 5000 names": lambda: "{" + ",".join(f'"{i}":1' for i in range(390_000)) + "}",
    "no field '0'": lambda: "{" + ",".join(f'"{i}":1' for i in range(4_900)) + "}",
    "at most 10000 texts": lambda: '{"hide": [' + '"a",' * 390_000 + '"a"]}',
    "hide must be a list": lambda: '{"hide": [' + '"a",' * 4_900 + '"a"]}',
    "at most 20000 characters": lambda: '{"dataset": "' + "\N{SNAKE}" + "a" * (FULL - 40) + '"}',
    "one of linear": lambda: '{"dataset": "' + "1e" * (FULL // 2 - 20) + '"}',
    "at most 400 digits": lambda: '{"epochs": 1' + "0" * (FULL - 40) + "}",
    "numbers of at most 400": lambda: '{"epochs": 1' + "0" * 5000 + "}",
    "epochs must be a whole number": lambda: '{"epochs": 1' + "0" * 390 + "}",
    "JSON. Line 1": lambda: " " * FULL,
    "learning_rate must be a finite number": lambda: '{"learning_rate": 1e999}',
    "noise must be a number": lambda: '{"noise": NaN}',
    "regularization_rate must be": lambda: '{"regularization_rate": -Infinity}',
    "own.points must be a list of 2": lambda: '{"own": {"points": [' + "[]," * 100_000 + "[]]}}",
    "own.points[0] must be": lambda: '{"own": {"points": [[' + "1," * 390_000 + "1], [1]]}}",
    "own.offsets must be": lambda: '{"own": {"points": [[1, 2, 0], [1, 2, 1]], "offsets": ['
    + "1," * 390_000 + "1]}}",
    "own.points[0] must have finite": lambda: '{"own": {"points": [[NaN, 1, 0], [1, 1, 1]]}}',
    "own.target must be 1 to 200": lambda: '{"own": {"points": [[0, 1, 0], [1, 1, 1]], '
    '"target": "\\ud800"}}',
    "at most 400 changes on the way": lambda: '{"way": {"epoch": 1, "changes": ['
    + "1," * 390_000 + "1]}}",
    "at most 23 changes on the way. Got 490.": lambda: with_changes(490),
    "way: changes[22].recipe must not": lambda: with_changes(23),
    "hidden must be a list of 0 to 6": lambda: '{"hidden": [' + "1," * 390_000 + "1]}",
    "features must be one or more": lambda: '{"features": [' + "1," * 390_000 + "1]}",
    "hidden_activation must be one of": lambda: '{"hidden_activation": [' + "1," * 390_000 + "1]}",
}  # fmt: skip


@measured
@pytest.mark.process
def test_every_hostile_recipe_file_is_refused_soon_and_in_little_memory(tmp_path: Path) -> None:
    paths = []
    for number, make in enumerate(HOSTILE.values()):
        paths.append(tmp_path / f"{number}.json")
        paths[-1].write_text(make(), encoding="utf-8")
    found = refusals("recipe", paths)
    assert len(found) == len(HOSTILE)
    for path, words, refusal in zip(paths, HOSTILE, found, strict=True):
        assert refusal.words.startswith(f"{path} is not a recipe: "), words
        assert words in refusal.words
        assert len(refusal.words) < 1000
        assert refusal.seconds < MOST_SECONDS, words
        assert refusal.bytes < MOST_BYTES, words


@measured
@pytest.mark.process
def test_every_hostile_recipe_text_is_refused_soon_and_in_little_memory(tmp_path: Path) -> None:
    texts = [
        " " * 2_000_000,
        "a " * 500_000,
        '{"frozen": [' + "1," * 490_000 + "1]}",
        "{" + ",".join(f'"{i}":1' for i in range(90_000)) + "}",
        "mlpviz1:" + "A" * 900_000,
        "mlpviz" + "1" * 900_000,
    ]
    paths = [tmp_path / str(number) for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    for refusal in refusals("text", paths):
        assert refusal.words
        assert refusal.seconds < MOST_SECONDS
        assert refusal.bytes < MOST_BYTES


@pytest.mark.thorough
def test_the_largest_recipes_there_can_be_are_read(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    X = random.normal(size=(MAX_POINTS, 2))
    Y = np.arange(MAX_POINTS) % 6.0
    names = ("{[,:" * 50, '"' * 200)
    own = OwnData(X, Y, names, "t", tuple(letter * 200 for letter in "abcdef"))
    recipe = Recipe(
        dataset="own", own=own, hidden=(64,) * 6, output_activation="softmax",
        features=("x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"),
    )  # fmt: skip
    count = sum(a * b + b for a, b in zip(recipe.sizes, recipe.sizes[1:], strict=False))
    start = tuple(random.normal(size=count).tolist())
    values = recipe.to_dict() | {"start": list(start), "frozen": list(range(count))}
    path = tmp_path / "large.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    assert path.stat().st_size < MAX_FILE_BYTES
    assert load_shared(path).recipe == Recipe.from_dict(values)


@pytest.mark.parametrize("values", [{"frozen": [0] * 200_000}, {"start": [0.5] * 200_000}])
def test_lengths_are_looked_at_before_elements(values: dict[str, Any]) -> None:
    class Untouched(list[Any]):
        def __iter__(self) -> Any:
            raise AssertionError("an element was looked at")

    (name,) = values
    with pytest.raises(ValueError, match=f"{name} must be at most 100000"):
        Recipe.from_dict({name: Untouched(values[name])})


def test_a_sentence_shows_only_the_beginning_of_what_is_huge() -> None:
    for value in (
        "a" * 10_000_000,
        [["b"] * 1000] * 1000,
        10**6000,
        {str(i): i for i in range(99)},
    ):
        with pytest.raises(ValueError, match="epochs must be a whole number") as problem:
            Recipe(epochs=value)  # type: ignore[arg-type]  # that is what is refused
        assert len(str(problem.value)) < 130


@pytest.mark.parametrize("text", ['{"own": "\ud800"}', "\ud800", "{\ud800}"])
def test_half_a_character_in_a_pasted_text_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="recipe") as problem:
        Shared.from_text(text)
    assert str(problem.value).endswith((".", "JSON."))
    str(problem.value).encode()


def test_bytes_and_text_are_read_alike() -> None:
    text = '{"dataset": "xor", "ŷ": 1}'
    assert (
        parse_object(text)
        == parse_object(text.encode())
        == parse_object(b"\xef\xbb\xbf" + text.encode())
    )
