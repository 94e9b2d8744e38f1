"""Numbers that stand off all others are found, and those of ordinary columns are not."""

import numpy as np
import pytest

from mlpviz.engine import Array
from mlpviz.experiment.data.odd_values import far_value_of, missing_code_of, two_sizes_of
from mlpviz.experiment.data.reading import read
from mlpviz.experiment.data.table_choices import TableChoices


def numbers(words: str) -> Array:
    return np.array(words.split(), np.float64)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("148 85 0 89 137 116 78", 0.0),  # glucose in blood
        ("33.6 26.6 23.3 0 43.1 25.6 0 35.3", 0.0),
        ("498 501 310 305 -1 503", -1.0),  # a sensor that has nothing to say
        ("21.5 -999 24.8 26", -999.0),
        ("0 10 20 30 40 50 60", None),  # a grid
        ("0 5 10 15 20 5 10", None),
        ("0 0.5 1 0.7 0.2 0.9", None),
        ("-1 1 -1 1 1", None),
        ("0 12 13 0 12", None),  # too few others by which steps are known
        ("-1 0 1 2 3 4 5", None),
    ],
)
def test_a_code_for_no_value_is_one_that_the_others_do_not_reach(
    words: str, code: float | None
) -> None:
    assert missing_code_of(numbers(words)) == code


@pytest.mark.parametrize(
    ("words", "far"),
    [
        ("21.4 21.5 -127 8.2 8 7.9 21.6", -127.0),
        ("512 515 65535 820 811 830", 65535.0),
        ("15 16 15 150 16 15 15", 150.0),
        ("1 1.5 2 3 4 12", None),  # long tails are usual
        ("1 1.5 1.2 90", None),  # too few others
        ("5 5 5 5 90", None),  # a number that is always the same, but once
        ("1 1.5 1.2 1.3 90 90", None),  # a group, and no slip
        ("0.1 0.2 0.15 0.3 2.1 2.4 2.2", None),
    ],
)
def test_a_number_is_far_off_by_the_extent_of_all_others(words: str, far: float | None) -> None:
    assert far_value_of(numbers(words)) == far


@pytest.mark.parametrize(
    ("words", "sizes"),
    [
        ("1.72 165 1.80 1.61 178 1.58", ([1.58, 1.8], [165.0, 178.0])),
        ("2500 2.4 2700 3.1", ([2.4, 3.1], [2500.0, 2700.0])),  # grams and kilograms
        ("1.72 165 1.80 1.61 178 90", None),  # what lies between is of neither
        ("1 1.2 20 22", None),
        ("1 2 200 210", None),  # the small ones differ too much to be one thing
        ("-1.72 165 1.80 178", None),
        ("0 0 100 110", None),
        ("5e-324 5e-324 1e100 1e100", None),
    ],
)
def test_two_units_are_told_by_two_narrow_groups_a_hundred_or_a_thousand_times_apart(
    words: str, sizes: tuple[list[float], list[float]] | None
) -> None:
    found = two_sizes_of(numbers(words))
    assert (found and tuple([group[0], group[-1]] for group in found)) == sizes


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("-127,00", "-127"),
        ("-999,0", "-999"),
        ("0,0", "0"),
        ("1.050,5", "1050.5"),
        ("1.234.567,25", "1234567.25"),
    ],
)
def test_a_note_on_a_number_names_it_so_that_it_can_be_left_out(cell: str, named: str) -> None:
    rows = [("21,4", 1), ("21,5", 2), (cell, 3), ("18,2", 2), ("18,9", 1), ("21,6", 2), ("20,1", 1)]
    text = "t;h;place\n" + "".join(f"{t};{h};{'ab'[h % 2]}\n" for t, h in rows)
    note = next(note for note in read(text).notes if "--missing=" in note)
    assert note.endswith(f"--missing={named}.")
    assert [row.line for row in read(text, TableChoices(missing=(named,))).left_out] == [4]


def test_a_class_is_left_out_by_its_number_and_words_by_their_letters_only() -> None:
    text = "x,y,class\n1,2,a\n2,3,b\n2.0,4,a\n4,5,b\n5,6,2a\n6,7,a\n"
    assert [row.line for row in read(text, TableChoices(missing=("2", "A"))).left_out] == [2, 3, 4]
