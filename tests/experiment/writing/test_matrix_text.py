"""Numbers, sums and matrices as lines that have room."""

import math

import numpy as np
import pytest

from mlpviz.experiment.words.step_numbers import products_text
from mlpviz.experiment.writing.matrix_text import WIDTH, matrix_lines, number_text, wrapped


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.125749, "0.1257"),
        (-12.5, "−12.50"),
        (1234.5678, "1235"),
        (12345.6, "1.235e4"),
        (-1.2344e-5, "−1.234e−5"),
        (1.0, "1"),
        (-0.0, "0"),
        (0.99999999, "1.000"),
        (1e300, "1.000e300"),
        (math.nan, "NaN"),
        (-math.inf, "−∞"),
    ],
)
def test_a_number_has_four_digits_that_count(value: float, text: str) -> None:
    assert number_text(value) == text


def test_a_sum_of_products_has_each_sign_once() -> None:
    left, right = [0.5, -2.25, 0.75], [-0.125, 1.5, -1.25]

    def written(count: int, added: float | None = None) -> str:
        return products_text(left[:count], right[-count:], number_text, added)

    assert written(3) == "0.5000·(−0.1250) − 2.250·1.500 + 0.7500·(−1.250)"
    assert written(1, -0.5) == "0.5000·(−1.250) − 0.5000"
    assert written(1, math.inf) == "0.5000·(−1.250) + ∞"


def test_a_matrix_that_is_too_wide_is_cut_between_columns() -> None:
    values = np.arange(30.0).reshape(2, 15) + 0.5
    names = [f"h{column}" for column in range(15)]
    lines = matrix_lines(values, ["one", "two"], names, "row")
    assert max(map(len, lines)) <= WIDTH
    heads = [line.split() for line in lines if "row" in line]
    assert [name for head in heads for name in head if name != "row"] == names
    numbers = " ".join(line for line in lines if "one" in line).split()
    assert [float(number) for number in numbers if number != "one"] == values[0].tolist()


def test_a_long_sum_is_cut_at_blanks_and_stands_below_its_head() -> None:
    lines = wrapped(" + ".join(["0.1257·0.5000"] * 12), "  h₁  z = ")
    assert max(map(len, lines)) <= WIDTH
    assert all(line.startswith(" " * 10) for line in lines[1:])
    assert lines[0].startswith("  h₁  z = 0.1257·0.5000 + ")
