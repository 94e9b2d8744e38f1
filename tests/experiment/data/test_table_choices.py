"""What is settled by hand of how a table is read: each choice does what it says, and is kept."""

import pickle

import numpy as np
import pytest
from readings import read_csv

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.data.reading import read
from mlpviz.experiment.data.table_choices import TableChoices
from mlpviz.experiment.recipe.recipe import Recipe

PRICES = 'income,rent,buys\n"1,101","2,633",no\n627,"3,511",yes\n"1,377",812,no\n'


def test_a_decimal_comma_is_taken_where_it_is_asked_for() -> None:
    assert read_csv(PRICES).X[0].tolist() == [1101.0, 2633.0]
    assert read_csv(PRICES, decimal=",").X[0].tolist() == [1.101, 2.633]
    assert read_csv(PRICES, thousands="").X[0].tolist() == [1.101, 2.633]


def test_delimiter_header_and_lines_to_skip_are_taken() -> None:
    text = "1;2;3\nx y,c d\n1 5,2 a\n3 5,4 b\n6 5,2 a\n"
    found = read(text, TableChoices(delimiter=" ", decimal=",", skipped_rows=1, header=1))
    assert found.table.names == ("x", "y,c", "d")
    assert found.data.X.tolist() == [[1.0, 5.2], [3.0, 5.4], [6.0, 5.2]]
    assert read_csv("1,2,a\n3,4,b\n5,6,a\n", header=1).names == ("1", "2")


def test_columns_are_named_or_counted_from_1() -> None:
    text = "a,b,c,d\n1,2,3,x\n4,5,7,y\n"
    assert read_csv(text, x1="c", x2="1").names == ("c", "a")
    assert read_csv(text, target="b", kind="numbers").target == "b"


def test_what_counts_as_missing_is_taken_instead_of_the_usual() -> None:
    text = "x,y,c\n1,2,a\n-999,3,b\n4,5,b\n6,NA,b\n"
    with pytest.raises(ValueError, match=r"Row 5, column 'y' must be a number\. Got 'NA'"):
        read_csv(text, missing=("-999",))
    assert read_csv(text, missing=("-999", "NA")).X.tolist() == [[1.0, 2.0], [4.0, 5.0]]
    assert any("--missing=-999" in note for note in read(text).notes)


@pytest.mark.parametrize(
    ("scaling", "inputs", "targets"),
    [
        ("range", (0.0, 1.0), (-1.0, 1.0)),
        ("none", (10.0, 50.0), (100.0, 900.0)),
    ],
)
def test_scaling_is_chosen_for_inputs_and_numeric_targets(
    scaling: str, inputs: tuple[float, float], targets: tuple[float, float]
) -> None:
    text = "a,b,price\n10,10,100\n20,30,300\n50,50,900\n"
    X, Y = read_csv(text, scaling=scaling, kind="numbers").training_data()
    assert (X.min(), X.max()) == inputs
    assert (Y.min(), Y.max()) == targets


def test_standardised_numbers_have_mean_0_and_standard_deviation_1() -> None:
    text = "a,b,price\n10,7,100\n20,7,300\n50,7,900\n"
    data = read_csv(text, scaling="standard", kind="numbers")
    X, Y = data.training_data()
    np.testing.assert_allclose([X[:, 0].mean(), Y.mean()], 0.0, atol=1e-15)
    np.testing.assert_allclose([X[:, 0].std(), Y.std()], 1.0, rtol=1e-15)
    assert X[:, 1].tolist() == [0.0, 0.0, 0.0]  # where all are the same there is nothing to divide
    large = read_csv("a;b;c\n-5e99;0;1\n5e99;1;2\n0;2;3\n", scaling="standard", kind="numbers")
    np.testing.assert_allclose(large.training_data()[0].std(axis=0), 1.0)  # no square of 1e99


def test_what_was_settled_goes_with_the_recipe_and_makes_no_other_data() -> None:
    guessed = read_csv(PRICES)
    settled = read_csv(PRICES, thousands=",", kind="classes")
    assert settled == guessed
    assert dict(settled.reading) == {"thousands": "comma", "kind": "classes"}
    recipe = Recipe(dataset="own", own=settled)
    again = Recipe.from_json(recipe.to_json()).own
    assert again is not None
    assert again.reading == settled.reading
    assert pickle.loads(pickle.dumps(settled)).reading == settled.reading
    assert "reading" not in guessed.to_dict()


@pytest.mark.parametrize(
    "reading", [{"a": 1}, ["a"], {"a": "x" * 300}, {str(i): "" for i in range(99)}]
)
def test_a_recipe_with_another_kind_of_reading_is_refused(reading: object) -> None:
    values = read_csv(PRICES).to_dict() | {"reading": reading}
    with pytest.raises(ValueError, match=r"own\.reading must have at most 20 choices"):
        OwnData.from_dict(values)
