"""Whatever the table and however it is written: no wrong number without a word."""

import atexit
import re
from collections.abc import Sequence
from decimal import Decimal
from tempfile import TemporaryDirectory

from experiment.data.dressed_tables import Dressing, dressings
from experiment.data.random_tables import Cell, Dialect, dialects, tables
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

from mlpviz.experiment.data.reading import Reading, read

# What hypothesis writes while tests are collected is not left in the checkout.
HOME = TemporaryDirectory(prefix="hypothesis")
atexit.register(HOME.cleanup)
set_hypothesis_home_dir(HOME.name)
# The same tables each time, as many as take a few seconds; a failure is not kept on the disk.
BOUNDED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
# A note says which choice takes the other reading of a number or a row.
NAMES_ANOTHER = re.compile("--(decimal|thousands|delimiter|header|skip-rows|missing)[ =]").search
LEAST_SHARE_READ = 0.9  # of random tables that must be read as they were meant


def is_a_sentence(text: str) -> bool:
    return text.endswith(".") and "\n" not in text and text == text.strip() and len(text) < 300


def outcome(content: bytes | str) -> Reading | str:
    """Return what is read, or the sentence that refuses it."""
    try:
        return read(content)
    except ValueError as refusal:
        return str(refusal)


def is_read_or_refused_in_a_sentence(content: bytes | str) -> bool:
    got = outcome(content)
    return isinstance(got, Reading) or is_a_sentence(got)


def label_is(name: str, value: Cell, dialect: Dialect) -> bool:
    """Tell whether the name of a class is that of a cell."""
    if isinstance(value, str) or value is None:
        return name == value
    return name == dialect.number(value) or Decimal(name.replace(",", ".")) == value


def is_read_back(reading: Reading, rows: Sequence[Sequence[Cell]], dialect: Dialect) -> bool:
    """Tell whether the points are the complete rows of the columns that were taken."""
    places = (reading.x1, reading.x2, reading.target)
    taken = [[row[place] for place in places] for row in rows]
    complete = [row for row in taken if None not in row]
    data = reading.data
    if data.X.tolist() != [[float(x1), float(x2)] for x1, x2, _ in complete]:
        return False
    if data.is_regression:
        return data.Y.tolist() == [float(target) for *_, target in complete]
    names = [data.classes[int(number)] for number in data.Y]
    return all(label_is(name, row[2], dialect) for name, row in zip(names, complete, strict=True))


@BOUNDED
@given(tables(), dialects())
def test_a_table_is_read_back_when_its_dialect_is_told(
    rows: list[list[Cell]], dialect: Dialect
) -> None:
    kind = {"kind": "numbers"} if isinstance(rows[0][-1], Decimal) else {}
    reading = read(dialect.content(rows), dialect.choices(len(rows[0]), **kind))
    assert (reading.x1, reading.x2, reading.target) == (0, 1, len(rows[0]) - 1)
    assert is_read_back(reading, rows, dialect)


def test_a_table_is_read_back_or_refused_or_a_note_names_the_other_reading() -> None:
    outcomes: list[str] = []

    @BOUNDED
    @given(tables(), dialects())
    def check(rows: list[list[Cell]], dialect: Dialect) -> None:
        reading = outcome(dialect.content(rows))
        if isinstance(reading, str):
            assert is_a_sentence(reading), reading
            outcomes.append("refused")
        elif is_read_back(reading, rows, dialect):
            outcomes.append("read back")
        else:
            assert any("--" in note for note in reading.notes), reading.to_json()
            outcomes.append("said")

    check()
    # Who refuses everything says nothing wrong either.
    assert outcomes.count("read back") > LEAST_SHARE_READ * len(outcomes)


@BOUNDED
@given(dressings(), st.sampled_from((6, 12)))
def test_what_stands_around_a_table_is_told_from_it(dressing: Dressing, count: int) -> None:
    reading = read(dressing.content(count))
    names = reading.table.names
    assert [names[place].split()[0] for place in (reading.x1, reading.x2)] == ["girth", "height"]
    data = reading.data
    labels = [data.classes[int(number)] for number in data.Y]
    found = [[*x, label] for x, label in zip(data.X.tolist(), labels, strict=True)]
    assert found == dressing.expected(count)


SIGNS = "0123456789.,;:|\t\n\r \"'#-+eE()[]%$€NaAbx\u00a0\u200b\ufeff−１，"


@BOUNDED
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_a_sentence(content: bytes) -> None:
    assert is_read_or_refused_in_a_sentence(content)


@BOUNDED
@given(st.text(max_size=80) | st.text(alphabet=SIGNS, max_size=120))
@example("%\n\xa00")  # a remark without a word, right above a row
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    assert is_read_or_refused_in_a_sentence(text)


@BOUNDED
@given(tables(), dialects(), st.integers(0, 2000), st.integers(0, 2000), st.binary(max_size=3))
def test_a_damaged_table_is_read_or_refused_in_a_sentence(
    rows: list[list[Cell]], dialect: Dialect, start: int, length: int, between: bytes
) -> None:
    content = dialect.content(rows)
    start %= len(content)
    assert is_read_or_refused_in_a_sentence(
        content[:start] + between + content[start + length % 9 :]
    )
