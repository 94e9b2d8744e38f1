"""Numbers of own data in the units of their table, as they are given and as they are computed."""

import math

import numpy as np
import pytest
from frames import make_frame

from mlpviz.engine import Array
from mlpviz.experiment.data.own_data import OwnData, scale_of, target_scale_of
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.words.own_units import OwnUnit, input_units, number_text, target_unit
from mlpviz.experiment.words.sample_words import sample_words, short_sample_words

X = np.array([[24.0, 0.5], [108.0, 7.25], [61.0, 12.0], [30.0, 3.0]])


def own_of(targets: Array, classes: tuple[str, ...] = ()) -> OwnData:
    scale = (0.0, 1.0) if classes else target_scale_of(targets)
    return OwnData(X, targets, ("area", "way"), "price", classes, *scale_of(X), *scale)


def unit_of(*targets: float) -> OwnUnit:
    unit = target_unit(own_of(np.array([*targets])))
    assert unit is not None
    return unit


def test_a_target_is_written_as_the_table_has_it_and_a_prediction_as_finely_as_it_is_of_use() -> (
    None
):
    prices = unit_of(100_000.0, 500_000.0, 160_033.0, 260_000.0)
    low, high = -1.0, 1.0
    assert [prices.text(y) for y in (low, high)] == ["100\u2009000", "500\u2009000"]
    assert prices.computed_text(-0.699835) == "160\u2009033"
    assert prices.difference_text(-0.5) == "−100\u2009000"
    marks = unit_of(1.0, 6.0, 3.0, 2.0)
    assert marks.text(1.0) == "6"
    assert marks.computed_text(0.5) == "4.750"
    assert marks.difference_text(-0.01) == "−0.025"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_said_in_words(value: float) -> None:
    unit = unit_of(100_000.0, 500_000.0, 160_033.0, 260_000.0)
    texts = unit.computed_text(value), unit.difference_text(value), number_text(value, 1.0)
    assert len(set(texts)) == 1
    assert texts[0] in ("not a number", "infinite", "− infinite")


def test_nothing_is_written_as_minus_nothing() -> None:
    assert number_text(-0.3, 1.0) == "0"
    assert number_text(-0.6, 1.0) == "−1"


def test_classes_have_no_unit_and_inputs_have() -> None:
    own = own_of(np.array([0.0, 1.0, 1.0, 0.0]), ("no", "yes"))
    assert target_unit(own) is None
    assert [unit.name for unit in input_units(own)] == ["area", "way"]


def test_a_sample_has_the_names_and_units_of_its_table_in_the_heading_of_the_diagram() -> None:
    own = own_of(np.array([100_000.0, 500_000.0, 160_033.0, 260_000.0]))
    frame = make_frame(revised(Recipe(), dataset="own", own=own), 5)
    values = frame.forward_at(*frame.X[1].tolist())
    output = float(values.activations[-1][0])
    unit = target_unit(own)
    assert unit is not None
    price = f"predicted price {unit.computed_text(output)}"
    assert unit.value(output) == pytest.approx(300_000.0 + 200_000.0 * output)
    assert sample_words(frame, 1, values) == f"sample 1: area 108, way 7.25, {price}"
    assert short_sample_words(frame, 1, values) == (f"sample 1: {price}", "sample 1")


def test_of_own_classes_the_output_stays_that_of_the_network() -> None:
    own = own_of(np.array([0.0, 1.0, 1.0, 0.0]), ("no", "yes"))
    frame = make_frame(Recipe(dataset="own", own=own))
    values = frame.forward_at(*frame.X[1].tolist())
    output = float(values.activations[-1][0])
    assert sample_words(frame, 1, values) == f"sample 1: area 108, way 7.25, ŷ {output:.2f}"
