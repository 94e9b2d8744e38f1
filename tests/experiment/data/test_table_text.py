"""Hostile tables: refused with a sentence, at once, and within little memory."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from limits import MOST_BYTES, MOST_SECONDS, measured, refusals
from readings import read_csv

from mlpviz.experiment.data import encodings
from mlpviz.experiment.data.encodings import source_of
from mlpviz.experiment.data.own_rules import MAX_POINTS
from mlpviz.experiment.data.table_reading import MAX_BYTES, read_table
from mlpviz.experiment.writing.csv_export import csv_text

FULL = MAX_BYTES - 1000
NUMBER = "0.12345678901234567"


def many_cells(last: str) -> bytes:
    """As many cells as there may be, of which the last is another."""
    row = ",".join([NUMBER] * 5)
    return f"{row},a\n{row},b\n".encode() * (MAX_POINTS // 2 - 1) + f"{row},a\n{last}".encode()


# Contents by what the sentence says of them.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "more than 20 million bytes": lambda: b"1" * 48_000_000,
    "Line 1 has more than 100000 characters": lambda: b"1" * FULL,
    "Line 2 has more than 100000 characters": lambda: b"1,2,3\n" + b"1," * (FULL // 2),
    "at most 64 columns. Row 1 has 100": lambda: (b"1," * 99 + b"1\n") * 99_000,
    "at most 64 columns. Row 1 has 49999": lambda: b"1," * 49_998 + b"1\n1,2,3",
    "at most 600000 cells": lambda: (b"1," * 19 + b"1\n") * 90_000,
    "There are more than 100000 rows": lambda: (b"1,2,3" + b" " * 50 + b"\n") * 300_000,
    "No columns of numbers": lambda: b"\xf0\x9f\x90\x8d" + (b"a" * 99 + b"\n") * (FULL // 100),
    "No columns of numbers are found": lambda: ("┌" + "─" * 30_000 + "a\n").encode() * 200,
    "It is a binary file": lambda: b"1,2,3\n" * 3_300_000 + b"\0",
    "Its encoding cannot be told": lambda: b"1,2,3\n" * 3_000_000 + b"\x81",
    "It begins as UTF-16 text": lambda: b"\xff\xfe" + b"1\0\n\0" * (FULL // 4) + b"1",
    "It begins as UTF-8 text": lambda: b"\xef\xbb\xbf" + b"1,2\n" * (FULL // 4) + b"\xff",
    "it is empty": lambda: (b" " * 60 + b"\n") * (FULL // 61),
    "lines, and more than 100000 rows": lambda: b"\r" * FULL,
    "lines, and more than 100000 rows cannot": lambda: b"\r\n" * (FULL // 2),
    "must be a number. Got 'x'": lambda: many_cells("1,x,1,1,1,b"),
    "must be a finite number": lambda: many_cells("1e999,1,1,1,1,b"),
    "100000 classes": lambda: b"".join(b"%d,1,a%d\n" % (i, i) for i in range(MAX_POINTS)),
    "A print may have 1500000": lambda: b"a" + b" " * 30 + b"b   c\n"
    + (b"1" + b" " * 30 + b"2   x\n1" + b" " * 30 + b"2   x y\n") * 60_000,
    "A print may have 1500000 characters": lambda: b"a:1 b:2 c:3 d:4 e:5 f:6\n" * 150_000,
    "cannot be read: field larger": lambda: b"1,2,3\n" * 90_000 + b'"' + b"1,2,3\n" * 300_000,
}  # fmt: skip


@measured
@pytest.mark.process
def test_every_hostile_table_is_refused_soon_and_in_little_memory(tmp_path: Path) -> None:
    paths = []
    for number, make in enumerate(HOSTILE.values()):
        paths.append(tmp_path / f"{number}.csv")
        paths[-1].write_bytes(make())
    found = refusals("csv", paths)
    assert len(found) == len(HOSTILE)
    for path, words, refusal in zip(paths, HOSTILE, found, strict=True):
        assert words in refusal.words
        assert refusal.words.startswith(path.name)
        assert len(refusal.words) < 300
        assert refusal.seconds < MOST_SECONDS, words
        assert refusal.bytes < MOST_BYTES, words


@pytest.mark.parametrize("delimiter", [";", ",", "\t", " ", "\n", '"', "#", ";,", '""', ". "])
@pytest.mark.parametrize(
    "form", ["{0}", "{0}{0}{0}", "{0}\n{0}", "{0}{0}{0}\n{0}{0}{0}\n", "1{0}\n{0}"]
)
def test_delimiters_alone_are_no_table(delimiter: str, form: str) -> None:
    for text in (form.format(delimiter), form.format(delimiter).encode("utf-16")):
        with pytest.raises(ValueError, match=r"\.$") as problem:
            read_csv(text)
        assert "()" not in str(problem.value)


@pytest.mark.thorough
def test_random_texts_are_read_or_refused_in_a_sentence() -> None:
    """A thousand texts of the characters that matter, and changes of tables that are good."""
    random = np.random.default_rng(11)
    letters = list(";,\t \n\r\"'#.-+eE0123456789abxnN\u00e9\u2028\ufeff\N{SNAKE}\x0b\x0c\xa0")
    good = "x1;x2;y\n" + "".join(f"{i},5;{i * i},25;{'ab'[i % 2]}\n" for i in range(9))
    read = 0
    for turn in range(1000):
        if random.random() < 0.3:
            text = "".join(random.choice(letters, random.integers(0, 60)))
        else:
            places = random.integers(0, len(good), 1 + turn % 3)
            text = "".join(
                str(random.choice(letters)) if i in places else c for i, c in enumerate(good)
            )
        codec = str(random.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]))
        for content in (text, text.encode(codec)):
            try:
                data = read_csv(content)
            except ValueError as problem:
                words = str(problem)
                assert words.endswith(".")
                assert "\n" not in words
                assert len(words) < 400
            else:
                read += 1
                assert read_csv(csv_text(data)) == data
    assert read > 200


@pytest.mark.parametrize("mark", [">", "> ", "14:02:00.901 -> "])
def test_marks_before_lines_are_taken_away_however_many_there_are(mark: str) -> None:
    marks = mark * 3000
    data = read_csv(f"{marks}1,2,a\n{marks}3,4,b\n{marks}5,6,a\n")
    assert data.X.tolist() == [[1, 2], [3, 4], [5, 6]]


def test_pasted_text_with_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="half a character"):
        read_table("1,2,\ud800\n3,4,b")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_the_rows_alike(end: str) -> None:
    text = end.join(["a,b,c", "1,2,x", "", "3,4,y", "5,z,x"])
    with pytest.raises(ValueError, match="Row 5, column 'b' must be a number"):
        read_csv(text.encode(), ["a", "b", "c"])


def test_sixty_four_columns_are_read_and_empty_ones_behind_them_are_no_matter() -> None:
    row = ",".join(["1"] * 63)
    table = read_table(f"{row},a,,,,\n{row},b,,,,\n")
    assert len(table.names) == 64


def test_names_of_a_table_are_on_one_line_and_alike_where_they_look_alike() -> None:
    data = read_csv('"x\n1","x\u202e2",c\n1,2,"up\nper"\n3,4,"up per"\n5,6,lo\u2028wer\n')
    assert data.names == ("x 1", "x 2")
    assert data.classes == ("lo wer", "up per")
    assert data.counts == (1, 2)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_are_counted_in_any_encoding_and_wherever_a_piece_ends(
    monkeypatch: pytest.MonkeyPatch, encoding: str, end: str
) -> None:
    text = f"1;2;\u0a0d{end}" * 9  # a letter of which the bytes of UTF-16 are those of an end
    for size in (1, 2, 3, 7, 1000):
        monkeypatch.setattr(encodings, "PIECE", size)
        assert source_of(text.encode(encoding)).line_count() == 9
