"""What is a number in a notation, and what is none."""

import math

import pytest

from mlpviz.experiment.data.notation import Notation, looks_like_number, parse_cell, parse_numbers

POINT, COMMA = Notation(), Notation(",", ".")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *(("1.5", 1.5), ("-.5", -0.5), ("5.", 5.0), ("+5", 5.0), ("1.5e3", 1500.0)),
        *(("\u22123", -3.0), ("(4.59)", -4.59), ("５．５", 5.5), ("1\u200b2.5", 12.5)),
        *(("٣٫٥", 3.5), ("−۱۲", -12.0), ("२.५", 2.5), ("+00.523", 0.523), ("-012.50", -12.5)),
        *(("3.5 cm", 3.5), ("12 %", 12.0), ("$3", 3.0), ("€ 3", 3.0), ("7 °C", 7.0)),
    ],
)
def test_numbers_are_read_as_people_write_them(cell: str, value: float) -> None:
    found = parse_cell(cell, POINT)
    assert found is not None
    assert found.value == value
    assert looks_like_number(cell)


@pytest.mark.parametrize(
    "cell",
    [
        *("1_000", "0x10", "1.2.3", "1/2", "12:30", "2024-01-05", "--3", "e5", "", "1.2k", "Ⅲ"),
        *("007", "+007", "01.50", "0 258", "24.O1", "10-20", "3 of 4", "(12 rows)"),
    ],
)
def test_what_is_no_number_is_none_in_any_notation(cell: str) -> None:
    for notation in (POINT, COMMA, Notation(".", ","), Notation(",", " ")):
        assert parse_cell(cell, notation) is None
    assert parse_numbers([cell, "1"], POINT) == [None, 1.0]


@pytest.mark.parametrize(
    ("cell", "notation", "value"),
    [
        ("1.234,5", COMMA, 1234.5),
        ("1,234.5", Notation(".", ","), 1234.5),
        ("12,34,567", Notation(".", ","), 1234567.0),  # as in India
        ("1 234,5", Notation(",", " "), 1234.5),
        ("1\u202f234,5", Notation(",", " "), 1234.5),
        ("1’234.5", Notation(".", "'"), 1234.5),
    ],
)
def test_thousands_are_groups_of_three_digits(cell: str, notation: Notation, value: float) -> None:
    assert parse_numbers([cell], notation) == [value]


@pytest.mark.parametrize(
    ("cell", "notation"),
    [
        ("1.5", COMMA),
        ("1,5", POINT),
        ("1,23", Notation(".", ",")),
        ("1.2345", COMMA),
        ("1.5", Notation(",", " ")),
    ],
)
def test_a_sign_that_the_notation_has_not_makes_no_number(cell: str, notation: Notation) -> None:
    assert parse_numbers([cell, "7"], notation) == [None, 7.0]


def test_what_is_not_finite_is_a_number_all_the_same() -> None:
    values = parse_numbers(["nan", "-inf", "Infinity"], POINT)
    assert str(values) == str([math.nan, -math.inf, math.inf])
