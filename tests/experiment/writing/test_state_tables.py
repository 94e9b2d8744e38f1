"""A moment of the runs as CSV: every number reads back to the bit."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest
from frames import curve_of, make_frame
from past_runs import frame_at

from mlpviz.engine import Array
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.writing.state_tables import losses_csv, samples_csv, weights_csv

TESTED = Recipe(dataset="spiral", samples=40, train_share=0.7, hidden=(3, 2), weight_seed=4)

THREE_CLASSES = Recipe(dataset="spiral", classes=3, output_activation="softmax")
NUMBERS = Recipe(dataset="plane", output_activation="identity", loss="mean_squared_error")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def column(text: str, name: str, **where: str) -> Array:
    rows = (row for row in rows_of(text) if all(row[key] == value for key, value in where.items()))
    return np.array([float(row[name]) for row in rows])


def is_same(one: Array, other: Array) -> bool:
    return np.asarray(one, np.float64).tobytes() == np.asarray(other, np.float64).tobytes()


def test_the_weights_read_back_to_the_bit_in_the_order_of_the_network() -> None:
    frame = make_frame(TESTED, 7)
    assert is_same(column(weights_csv([frame]), "value"), frame.parameters)


def test_each_weight_says_from_which_unit_to_which_it_leads_and_whether_it_is_frozen() -> None:
    recipe = Recipe(hidden=(2,), frozen=(1, 8))
    rows = rows_of(weights_csv([make_frame(recipe)]))
    places = [(row["layer"], row["from"], row["to"], row["frozen"]) for row in rows]
    assert places == [
        *(("1", "x₁", "h₁,₁", "0"), ("1", "x₁", "h₁,₂", "1")),
        *(("1", "x₂", "h₁,₁", "0"), ("1", "x₂", "h₁,₂", "0")),
        *(("1", "bias", "h₁,₁", "0"), ("1", "bias", "h₁,₂", "0")),
        *(("2", "h₁,₁", "ŷ", "0"), ("2", "h₁,₂", "ŷ", "0"), ("2", "bias", "ŷ", "1")),
    ]


def test_weights_that_are_not_finite_read_back_as_they_are() -> None:
    frame = make_frame()
    parameters = frame.parameters.copy()
    parameters[:3] = np.nan, np.inf, -np.inf
    values = column(weights_csv([replace(frame, parameters=parameters)]), "value")
    np.testing.assert_array_equal(values, parameters)


def test_the_samples_of_two_classes_have_inputs_target_prediction_and_whether_it_is_right() -> None:
    frame = make_frame(TESTED, 30)
    assert frame.test is not None
    text = samples_csv([frame])
    for name, part in (("training", frame), ("test", frame.test)):
        read = {key: column(text, key, set=name) for key in rows_of(text)[0] if key != "set"}
        assert is_same(np.column_stack((read["x1"], read["x2"])), part.X)
        assert is_same(read["target"], part.Y)
        assert is_same(read["prediction"], part.predictions)
        assert read["correct"].tolist() == part.correct.tolist()
        assert read["sample"].tolist() == list(range(len(part.X)))
    assert 0 < column(text, "correct").sum() < 40


def test_of_several_classes_the_predicted_one_stands_before_the_output_of_each() -> None:
    frame = make_frame(THREE_CLASSES, 5)
    text = samples_csv([frame])
    read = np.array([column(text, name) for name in ("ŷ₀", "ŷ₁", "ŷ₂")])
    assert is_same(read, frame.predictions)
    assert column(text, "predicted").tolist() == frame.predicted.tolist()
    broken = replace(frame, predictions=np.full_like(frame.predictions, np.nan))
    assert {row["predicted"] for row in rows_of(samples_csv([broken]))} == {""}


def test_of_numbers_as_targets_the_error_stands_where_right_or_wrong_does() -> None:
    frame = make_frame(NUMBERS, 5)
    text = samples_csv([frame])
    assert is_same(column(text, "target"), frame.Y)
    assert is_same(column(text, "error"), frame.predictions - frame.Y)
    assert "correct" not in rows_of(text)[0]


def test_the_losses_of_every_epoch_read_back_to_the_bit_with_those_of_the_test_set() -> None:
    frame = make_frame(TESTED, 50)
    assert frame.test is not None
    text = losses_csv([frame])
    assert column(text, "first_epoch").tolist() == list(range(51))
    assert is_same(column(text, "lowest_loss"), frame.curve.low)
    assert is_same(column(text, "highest_loss"), frame.curve.high)
    assert is_same(column(text, "lowest_test_loss"), frame.test.curve.low)
    assert is_same(column(text, "highest_test_loss"), frame.test.curve.high)


def test_losses_of_several_epochs_say_which_and_whether_all_were_finite() -> None:
    curve = curve_of(0.5, 0.4, np.nan, stride=4, high=np.array([0.7, 0.6, np.nan]))
    frame = make_frame(curve=curve, epoch=9)
    rows = rows_of(losses_csv([frame]))
    assert [(row["first_epoch"], row["last_epoch"]) for row in rows] == [
        *(("0", "3"), ("4", "7")),
        ("8", "9"),  # which is not full yet
    ]
    assert [row["all_finite"] for row in rows] == ["1", "1", "0"]
    assert is_same(column(losses_csv([frame]), "highest_loss"), curve.high)


def test_the_losses_are_those_of_the_whole_run_also_where_the_state_is_a_past_one() -> None:
    run = Run(Recipe())
    run.advance(20)
    past = frame_at(run, Position(5))
    assert is_same(column(losses_csv([past]), "lowest_loss"), make_frame(epochs=20).curve.low)
    assert is_same(column(weights_csv([past]), "value"), make_frame(epochs=5).parameters)


@pytest.mark.parametrize("write", [weights_csv, samples_csv, losses_csv])
def test_two_runs_stand_below_each_other_with_their_names(write: object) -> None:
    assert callable(write)
    a, b = make_frame(NUMBERS, 3), make_frame(TESTED, 6)
    both = rows_of(write([a, b]))
    for side, frame in (("A", a), ("B", b)):
        alone = rows_of(write([frame]))
        rows = [row for row in both if row["run"] == side]
        assert [{key: row[key] for key in alone[0]} for row in rows] == alone
        assert {row[key] for row in rows for key in row if key not in alone[0]} <= {side, ""}


def test_names_with_a_comma_do_not_part_a_row() -> None:
    frame: Frame = make_frame(Recipe(hidden=(12,)))
    assert {len(row) for row in csv.reader(io.StringIO(weights_csv([frame])))} == {5}
