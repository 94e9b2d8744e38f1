"""Own data: what they accept, what they refuse and in which words, equality, JSON."""

import json
import math
import pickle
import time
from typing import Any

import numpy as np
import pytest

from mlpviz.experiment.data.own_data import (
    OwnData,
    own_words,
    scale_of,
    target_scale_of,
)
from mlpviz.experiment.data.own_rules import MAX_POINTS

X = np.array([[1.5, -20.0], [0.1, 3e7], [0.1, 3e7]])
Y = np.array([1.0, 0.0, 1.0])
DATA = OwnData(X, Y, ("length", "mass"), "kind", ("cat", "dog"), (0.5, 0.0), (2.0, 1e7))


def refusal(values: dict[str, Any]) -> str:
    with pytest.raises(ValueError, match="own") as caught:
        OwnData.from_dict(values)
    sentence = str(caught.value)
    assert sentence.startswith("own")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 250
    return sentence


def test_they_are_a_copy_that_nobody_can_change() -> None:
    source = X.copy()
    data = OwnData(source, Y)
    source[0, 0] = 99.0
    assert data.X[0, 0] == 1.5
    for array in (data.X, data.Y):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0


def test_equal_is_what_has_the_same_content() -> None:
    again = OwnData.from_dict(DATA.to_dict())
    assert again == DATA
    assert hash(again) == hash(DATA)
    assert OwnData(X, Y) != DATA
    assert OwnData(X, Y) != OwnData(X, 1.0 - Y)
    assert OwnData(X, Y) != OwnData(np.nextafter(X, np.inf), Y)
    assert OwnData(X, Y) != OwnData(X, Y, factors=(1.0, 2.0))
    assert DATA.__eq__("own data") is NotImplemented


def test_comparing_looks_at_no_point() -> None:
    count = MAX_POINTS
    points = np.arange(2.0 * count).reshape(count, 2)
    one, other = (OwnData(points, np.arange(count) % 2) for _ in range(2))
    started = time.process_time()
    assert all(one == other for _ in range(1000))
    assert time.process_time() - started < 0.1


def test_another_process_gets_the_same_data_read_only() -> None:
    there = pickle.loads(pickle.dumps(DATA))
    assert there == DATA
    assert not there.X.flags.writeable


def test_json_carries_every_bit_in_plain_types() -> None:
    text = json.dumps(DATA.to_dict())
    again = OwnData.from_dict(json.loads(text))
    assert again == DATA
    assert again.X.tobytes() == X.tobytes()
    assert json.loads(text)["points"][0] == [1.5, -20.0, 1]


def test_points_alone_are_enough() -> None:
    data = OwnData.from_dict({"points": [[0, 0, 0], [1, 1, 1]]})
    assert (data.names, data.target, data.classes) == (("x₁", "x₂"), "class", ("0", "1"))
    assert not data.is_scaled


CLASSES = OwnData(np.arange(12.0).reshape(6, 2), np.arange(6)[::-1], classes=tuple("abcdef"))
NUMBERS = OwnData(
    X, [2.5, -1e9, 0.1], ("length", "mass"), "price", (), (0.0, 1.0), (2.0, 3.0), 5, 7
)


@pytest.mark.parametrize("data", [CLASSES, NUMBERS], ids=["six classes", "regression"])
def test_more_classes_and_numbers_go_through_json_and_to_another_process(data: OwnData) -> None:
    text = json.dumps(data.to_dict())
    again = OwnData.from_dict(json.loads(text))
    there = pickle.loads(pickle.dumps(data))
    for other in (again, there):
        assert other == data
        assert other.Y.tobytes() == data.Y.tobytes()
        assert other.classes == data.classes
        assert other.target_factor == data.target_factor


def test_each_class_is_counted() -> None:
    data = OwnData(np.zeros((7, 2)), [2, 0, 1, 2, 3, 3, 3], classes=tuple("wxyz"))
    assert data.counts == (1, 1, 2, 3)
    assert NUMBERS.counts == ()


def test_without_classes_they_are_a_regression_and_its_targets_are_scaled_for_training() -> None:
    assert NUMBERS.is_regression
    assert NUMBERS.is_target_scaled
    assert not DATA.is_regression
    assert not DATA.is_target_scaled
    _, targets = NUMBERS.training_data()
    np.testing.assert_array_equal(targets[:, 0], (NUMBERS.Y - 5.0) / 7.0)
    unlike = [
        OwnData(X, NUMBERS.Y, classes=(), target_factor=2.0),
        OwnData(X, NUMBERS.Y, classes=(), target_offset=2.0),
        OwnData(X, NUMBERS.Y, classes=()),
        OwnData(X, Y, classes=()),
        OwnData(X, Y),
    ]
    assert len({data.digest for data in unlike}) == len(unlike)


def test_two_classes_are_written_as_they_always_were() -> None:
    assert list(DATA.to_dict()) == ["names", "target", "classes", "offsets", "factors", "points"]
    assert own_words(DATA) == "3 points #bd0c"


@pytest.mark.parametrize(
    ("targets", "scale"),
    [
        ([0.0, 100_000.0], (50_000.0, 50_000.0)),
        ([-3.0, 5.0, 0.0], (1.0, 4.0)),
        ([-0.5, 0.5], (0.0, 1.0)),  # lies within -1 to 1, and fills half of it
        ([0.1, 0.2], (0.1 + (0.2 - 0.1) / 2.0, (0.2 - 0.1) / 2.0)),
        ([-1e100, 1e100], (0.0, 1e100)),
        ([0.0, 5e-324], (5e-324, 5e-324)),  # whose half would be 0
    ],
)
def test_targets_are_scaled_to_minus_1_to_1_unless_they_fit_already(
    targets: list[float], scale: tuple[float, float]
) -> None:
    assert target_scale_of(np.array(targets)) == scale
    data = OwnData(np.zeros((len(targets), 2)), targets, classes=(), **_named(scale))
    assert np.abs(data.training_data()[1]).max() <= 1.0 + 1e-12


def _named(scale: tuple[float, float]) -> dict[str, Any]:
    return dict(zip(("target_offset", "target_factor"), scale, strict=True))


def test_training_has_the_scaled_numbers() -> None:
    scaled, classes = DATA.training_data()
    np.testing.assert_array_equal(scaled, (X - [0.5, 0.0]) / [2.0, 1e7])
    np.testing.assert_array_equal(classes, Y[:, np.newaxis])
    assert DATA.counts == (1, 2)


def test_inputs_are_scaled_to_0_to_1_unless_they_fit_already() -> None:
    assert scale_of(np.array([[-3.0, 0.2], [5.0, 0.9]])) == ((-3.0, 0.0), (8.0, 1.0))
    assert scale_of(np.array([[0.0, 0.2], [1.0, 0.3]])) == ((0.0, 0.2), (1.0, 0.3 - 0.2))
    assert scale_of(np.array([[7.0, 1e-300], [7.0, 3e-300]])) == (
        (7.0, 1e-300),
        (1.0, 3e-300 - 1e-300),
    )


GOOD = [[0, 0, 0], [1, 1, 1]]
BAD_POINTS: list[tuple[Any, str]] = [
    (None, "must be a list of 2 to 100000 points. Got NoneType"),
    ("[]", "must be a list"),
    ([], "Got 0 points"),
    (GOOD[:1], "Got 1 points"),
    ([[0, 0, 0]] * 100_001, "must be a list of 2 to 100000 points. Got 100001"),
    ([*GOOD, [1, 2]], "points[2] must be [x1, x2, class or target]"),
    ([*GOOD, [1, 2, 0, 0]], "points[2] must be"),
    ([*GOOD, [True, 0, 0]], "points[2] must be"),
    ([*GOOD, ["1", 0, 0]], "points[2] must be"),
    ([*GOOD, {}], "points[2] must be"),
    ([*GOOD, [math.nan, 0, 0]], "points[2] must have finite inputs"),
    ([*GOOD, [0, -math.inf, 0]], "points[2] must have finite inputs"),
    ([*GOOD, [1e101, 0, 0]], "points[2] must have finite inputs of at most 1e+100"),
    ([*GOOD, [10**400, 0, 0]], "must be at most 1e+100"),
    ([*GOOD, [0, 0, 2]], "points[2] must have a class number from 0 to 1. Got 2"),
    ([*GOOD, [0, 0, 0.5]], "points[2] must have a class number from 0 to 1. Got 0.5"),
    ([*GOOD, [0, 0, math.nan]], "points[2] must have a class number from 0 to 1. Got nan"),
    ([[0, 0, 1], [1, 1, 1]], "must have a point of each class. Class 0 has none"),
]


@pytest.mark.parametrize(("points", "words"), BAD_POINTS, ids=[words for _, words in BAD_POINTS])
def test_bad_points_are_refused_by_number_and_rule(points: Any, words: str) -> None:
    assert words in refusal({"points": points})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"names": ["a"]}, "own.names must be 2 names"),
        ({"names": "ab"}, "own.names must be 2 names"),
        ({"names": ["a", 5]}, "own.names[1] must be 1 to 200 characters"),
        ({"names": ["a", "b" * 201]}, "own.names[1] must be"),
        ({"target": ""}, "own.target must be"),
        (
            {"classes": ["a"]},
            "own.classes must be 2 to 6 names, or none where the targets are numbers",
        ),
        ({"classes": list("abcdefg")}, "own.classes must be 2 to 6 names"),
        ({"classes": ["a", "b", "c"]}, "Class 2 has none"),
        ({"classes": ["a", "b", "c", "b"]}, "own.classes must differ. Got 'b' twice."),
        ({"target_factor": 2}, "own.target_offset and own.target_factor must be 0 and 1 for cl"),
        ({"target_offset": 1}, "own.target_offset and own.target_factor must be 0 and 1 for cl"),
        ({"target_offset": "1"}, "own.target_offset must be a number of at most 1e+100. Got '1'"),
        ({"classes": [], "target_factor": True}, "own.target_factor must be a number"),
        ({"classes": [], "target_factor": 0}, "own.target_factor must be > 0. Got 0."),
        ({"classes": [], "target_factor": -1.5}, "own.target_factor must be > 0. Got -1.5."),
        (
            {"classes": [], "target_factor": 5e-324},
            "own.target_factor must keep all targets within 1e+100.",
        ),
        ({"classes": ["a", "a"]}, "own.classes must differ"),
        ({"offsets": [0]}, "own.offsets must be 2 numbers"),
        ({"offsets": [0, math.nan]}, "own.offsets must be 2 numbers"),
        ({"offsets": [True, 0]}, "own.offsets must be 2 numbers"),
        ({"factors": [1, 0]}, "own.factors must be > 0. Got 0"),
        ({"factors": [1, -2.5]}, "own.factors must be > 0. Got -2.5"),
        ({"factors": [1, "2"]}, "own.factors must be 2 numbers"),
        ({"factors": [1, 5e-324]}, "own.factors must keep all inputs within 1e+100"),
        ({"colour": 1}, "own has no field 'colour'"),
    ],
)
def test_a_bad_field_is_named(values: dict[str, Any], words: str) -> None:
    assert words in refusal({"points": GOOD} | values)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([*GOOD, [0, 0, math.nan]], "own.points[2] must have a finite target of at most 1e+100"),
        ([*GOOD, [0, 0, -math.inf]], "own.points[2] must have a finite target"),
        ([*GOOD, [0, 0, 1e300]], "own.points[2] must have a finite target"),
        ([*GOOD, [0, 0, "1"]], "own.points[2] must be [x1, x2, class or target], all numbers"),
        ([[0, 0, 5], [1, 1, 5]], "own must have two different targets. Got 5 for each point."),
    ],
)
def test_bad_targets_of_a_regression_are_refused(points: Any, words: str) -> None:
    assert words in refusal({"points": points, "classes": []})


def test_bad_shapes_are_refused() -> None:
    for bad_X, bad_Y in ((X[:, :1], Y), (X, Y[:2]), (X, Y[:, np.newaxis])):
        with pytest.raises(ValueError, match="own must have two inputs and one class or target"):
            OwnData(bad_X, bad_Y)


def test_a_heading_tells_apart_what_differs_in_one_point() -> None:
    assert own_words(None) == "none"
    assert own_words(DATA).startswith("3 points #")
    assert own_words(DATA) != own_words(OwnData(X, Y))
