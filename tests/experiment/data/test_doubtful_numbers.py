"""Numbers that may be something else are spoken of, and plain ones are not."""

import pytest

from mlpviz.experiment.data.doubtful_numbers import doubtful_notes, pair_note
from mlpviz.experiment.data.guessed_ids import may_be_catalogued
from mlpviz.experiment.data.notation import PLAIN
from mlpviz.experiment.data.table_columns import Column, column_numbers


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("length", "1.2e5 3e+05 4.10"),  # as programs write powers of ten
        ("load", "3.9 3.10 3.11"),
        ("version", "3.9 3.8 3.11"),
        ("time", "8.30 9.75 10.45"),
        ("time", "8.3 9.1 10.4"),
        ("Temperatur", "8.30 9.15 10.45"),
    ],
)
def test_nothing_is_said_of_plain_numbers(name: str, cells: str) -> None:
    assert doubtful_notes(name, cells.split(), cells.replace(" ", "\n")) == []


@pytest.mark.parametrize(
    ("cells", "is_said"),
    [
        ("123,1 121,1 115,1", True),
        ("+0123,1 121,5 115,4", True),
        ("12,5 13,1 11,8", False),
        ("0,5 0,7 0,5", False),
        ("12,1 13,1", False),  # two can be alike by chance
        ("12,15 13,15 14,15", False),
    ],
)
def test_decimal_commas_may_part_two_values_where_the_digits_behind_are_alike(
    cells: str, is_said: bool
) -> None:
    assert ("parts two values" in pair_note([cells.replace(" ", "\n")])) is is_said


@pytest.mark.parametrize(
    ("name", "cells", "may_be"),
    [
        ("HIP", "32 71 118 122 145 154", True),
        ("HIP", "32 71 118 122 145", False),  # too few
        ("dose", "10 20 30 40 50 60", False),  # even steps
        ("count", "32 71 118 122 145 120", False),  # one falls
        ("l [cm]", "32 71 118 122 145 154", False),
        ("l / cm", "32 71 118 122 145 154", False),
    ],
)
def test_what_rises_unevenly_may_be_the_numbers_of_a_catalogue(
    name: str, cells: str, may_be: bool
) -> None:
    assert may_be_catalogued(name, cells.split()) is may_be


@pytest.mark.parametrize(
    ("numbers", "is_said"),
    [
        ("1 4 3 5 2 9", True),
        ("5 7 6 9", False),  # a few amounts
        ("0 1 2 9", False),  # counts may be 0
        ("1 2 8 9", False),  # a scale to 9
        ("1 9 2 1", False),  # of two answers nothing is seen
        ("21 35 44 99", True),
        ("3 0 4 -9", True),
    ],
)
def test_a_nine_far_from_the_answers_may_mean_that_there_is_none(
    numbers: str, is_said: bool
) -> None:
    cells = numbers.split()
    found = column_numbers(Column("q", cells, range(2, 2 + len(cells)), PLAIN))
    assert any("may mean that there is no value" in note for note in found.notes) is is_said
