"""All that is said of recipes, runs and data comes from the catalogue of words."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from frames import curve_of, make_frame, make_update
from pseudo import bare_words, pseudo_language

from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.idle import idle_words
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.comparison import (
    FIELDS,
    brought_words,
    change_words,
    check_comparable,
    comparison_message,
    recipe_label,
    side_words,
    weights_words,
)
from mlpviz.experiment.words.curve_words import loss_at_words
from mlpviz.experiment.words.data_notes import notes_on
from mlpviz.experiment.words.formats import loss_text, speed_text
from mlpviz.experiment.words.messages import message_for, restored_message
from mlpviz.experiment.words.recipe_notes import recipe_notes
from mlpviz.experiment.words.sample_words import sample_words, unit_sample_lines
from mlpviz.experiment.words.spoken import place_words, rest_words, shape_words

POINTS = np.array([[0.0, 1.0], [0.0, 1.0], [2.0, 3.0], [2.0, 3.0], [2.0, 3.0]])
OWN = OwnData(POINTS, np.array([0.0, 0.0, 1.0, 1.0, 0.0]), classes=("a", "b"), factors=(2.0, 3.0))
PRICES = OwnData(
    POINTS, np.array([0.0, 7.0, 1.0, 4.0, 2.0]), target="y", classes=(), target_factor=7.0
)
SPIRAL = Recipe(dataset="spiral", classes=4, output_activation="softmax")
PLANE = Recipe(dataset="plane", loss="mean_squared_error", output_activation="identity")
RECIPES = {
    "xor": Recipe(),
    "moons": Recipe(dataset="moons", noise=0.1, train_share=0.5, batch_size=10, hidden=()),
    "spiral": SPIRAL,
    "plane": PLANE,
    "off": Recipe(activations_off=True, optimizer="adam", learning_rate=0.5),
    "own": Recipe(dataset="own", own=OWN, frozen=(0, 1, 2, 3)),
    "prices": Recipe(
        dataset="own", own=PRICES, loss="mean_squared_error", output_activation="identity"
    ),
}
# Names are the same in all languages.
NAMES = {*FIELDS, *DATASETS, *OPTIMIZERS, "mean_squared_error", "own"}


@pytest.fixture(autouse=True)
def _in_pseudo() -> Iterator[None]:
    with pseudo_language():
        yield


@pytest.mark.parametrize("a", RECIPES)
@pytest.mark.parametrize("b", RECIPES)
def test_what_is_said_of_two_recipes_is_in_the_catalogue(a: str, b: str) -> None:
    old, new = RECIPES[a], RECIPES[b]
    texts = [*side_words(old, new, most=99), change_words(old, new), weights_words(old, new)]
    texts += [brought_words(old, new), recipe_label(new), *recipe_notes(new)]
    texts += [idle_words(new, field) for field in FIELDS]
    try:
        check_comparable(old, new)
    except ValueError as problem:
        texts.append(str(problem))
    assert any("«" in text for text in texts)
    assert not [word for text in texts for word in bare_words(text, NAMES)]


@pytest.mark.parametrize("name", RECIPES)
def test_what_is_said_of_a_run_is_in_the_catalogue(name: str) -> None:
    recipe = RECIPES[name]
    frame = make_frame(recipe, 3)
    values = frame.forward_at(*frame.X[0].tolist())
    last = len(recipe.activations)
    texts = [sample_words(frame, 0, values), *unit_sample_lines(recipe, 0, values, last, 0)]
    texts += [shape_words(recipe), rest_words([frame]), rest_words([frame, frame])]
    places = [Place(layer, 0, source) for layer in range(1, last + 1) for source in (None, 0)]
    texts += [place_words(frame, place) for place in places]
    assert not [word for text in texts for word in bare_words(text, OWN.classes)]


def test_what_is_said_of_own_data_is_in_the_catalogue() -> None:
    for data in (OWN, PRICES):
        notes = notes_on(data)
        assert len(notes) > 1
        assert not [word for note in notes for word in bare_words(note)]


def test_what_is_said_of_a_place_on_a_curve_is_in_the_catalogue() -> None:
    for curve in (curve_of(1.0, math.nan), curve_of(1.0, math.nan, stride=5)):
        texts = [loss_at_words(curve, epoch, 9) for epoch in (0.0, 1.0, 6.0)]
        assert not [word for text in texts for word in bare_words(text)]


def test_numbers_that_are_none_are_said_by_the_catalogue() -> None:
    texts = [loss_text(value) for value in (math.nan, math.inf, -math.inf)]
    texts += [speed_text(None), speed_text(1000.0)]
    assert all(text.startswith("«") for text in texts)
    assert not [word for text in texts for word in bare_words(text)]


@pytest.mark.parametrize("name", RECIPES)
def test_messages_are_in_the_catalogue(name: str) -> None:
    recipe = RECIPES[name]
    update = make_update(recipe, 3)
    updates = [update, make_update(recipe), replace(update, is_at_limit=True)]
    updates += [replace(update, is_under_way=True, is_held=held) for held in (True, False)]
    updates += [replace(update, error="«Training stopped»")]
    messages = [message_for(each) for each in updates]
    messages += [comparison_message(replace(u, frames=u.frames * 2)) for u in updates]
    messages.append(restored_message(0.5))
    assert any(message.text for message in messages)
    texts = [text for m in messages for text in (m.text, *(r.words for r in m.remedies))]
    assert not [word for text in texts for word in bare_words(text)]
