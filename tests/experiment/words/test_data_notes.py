"""What is said of own data before they are used."""

import pytest
from readings import read_csv

from mlpviz.experiment.words.data_notes import notes_on


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        ("1,2,a 1,2,a 3,4,b 3,4,b 5,6,a", "2 points stand twice."),
        ("1,2,a 1,2,a 3,4,b", "1 point stands twice."),
        ("1,2,a 3,4,b 1,2,a 3,4,b 3,4,b", "2 points stand more than once."),
        ("1,2,a 1,2,b 3,4,b", "1 place has points of both classes."),
        ("1,2,a 1,2,b 1,2,b 3,4,b", "1 point stands twice."),
        ("1,2,a 1,2,b 1,2,c 3,4,b", "1 place has points of several classes."),
        (
            "0,0,0 0,0,1 " + " ".join(f"1,1,{i}" for i in range(7)),
            "2 places have points of different targets.",
        ),
        (
            "1,2,a 3,4,b",
            "For training scaled to 0 to 1: (column 1 − 1) / 2 and (column 2 − 2) / 2.",
        ),
        ("-1,0,a 3,1,b", "For training scaled to 0 to 1: (column 1 + 1) / 4."),
    ],
)
def test_what_should_be_known_of_the_data_is_told(rows: str, note: str) -> None:
    assert note in notes_on(read_csv(rows.replace(" ", "\n")))


def test_of_sound_data_nothing_is_told() -> None:
    assert notes_on(read_csv("0,0,a\n1,1,b\n0,1,a\n")) == []
