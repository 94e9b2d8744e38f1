"""What the parts of a network, the data and the classes are called."""

from dataclasses import replace

import numpy as np

from mlpviz.engine.features import FEATURES
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.names import (
    LONGEST_NAME,
    class_names,
    elided_chars,
    place_name,
    short_names,
    sum_name,
    unit_name,
)

RECIPE = Recipe(hidden=(4, 3))
FIVE = revised(RECIPE, dataset="gaussians", classes=5, samples=40)  # an output unit for each
EVERY = tuple(FEATURES)


def test_units_are_named_as_in_the_books() -> None:
    assert [unit_name(0, 1, 4), unit_name(2, 11, 4), unit_name(3, 0, 4)] == ["x₂", "h₂,₁₂", "ŷ"]


def test_of_several_outputs_each_has_the_number_of_its_class() -> None:
    assert [unit_name(3, unit, 4, outputs=6) for unit in (0, 2, 5)] == ["ŷ₀", "ŷ₂", "ŷ₅"]
    assert unit_name(2, 0, 4, outputs=6) == "h₂,₁"


def test_inputs_are_named_by_their_features() -> None:
    names = [unit_name(0, unit, 4, EVERY) for unit in range(7)]
    assert names == ["x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin 2πx₁", "sin 2πx₂"]
    assert unit_name(0, 0, 4, ("x1_x2",)) == "x₁x₂"
    assert unit_name(1, 0, 4, EVERY) == "h₁,₁"


def test_a_place_is_named_by_its_units() -> None:
    assert place_name(RECIPE, Place(1, 1, 0)) == "x₁ → h₁,₂"
    assert place_name(RECIPE, Place(3, 0, 2)) == "h₂,₃ → ŷ"
    assert place_name(RECIPE, Place(3, 0)) == "bias ŷ"
    assert place_name(FIVE, Place(3, 4, 2)) == "h₂,₃ → ŷ₄"
    assert place_name(FIVE, Place(3, 0)) == "bias ŷ₀"


def test_the_weighted_sum_of_one_of_several_outputs_has_its_number() -> None:
    assert [sum_name(FIVE, 3, 4), sum_name(FIVE, 2, 2), sum_name(RECIPE, 3, 0)] == ["z₄", "z", "z"]


def test_classes_are_named_by_their_data_else_by_their_number() -> None:
    points = np.array([[0.0, 0.0], [1.0, 1.0]])
    own = OwnData(points, np.array([0.0, 1.0]), classes=("cat", "a very long name of a dog"))
    of_own = revised(RECIPE, dataset="own", own=own)
    assert class_names(FIVE) == ("class 0", "class 1", "class 2", "class 3", "class 4")
    assert short_names(FIVE) == ("0", "1", "2", "3", "4")
    assert class_names(of_own) == ("cat", "a very long n…")
    assert short_names(of_own) == own.classes
    assert class_names(replace(of_own, dataset="xor")) == ("class 0", "class 1")


def test_a_name_is_cut_where_it_has_more_characters_than_fit() -> None:
    assert elided_chars("x" * LONGEST_NAME, LONGEST_NAME) == "x" * LONGEST_NAME
    assert elided_chars("x" * (LONGEST_NAME + 1), LONGEST_NAME) == "x" * (LONGEST_NAME - 1) + "…"
