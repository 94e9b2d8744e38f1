"""Every table of the corpus on the command line: the reading that the window shows."""

import json
from pathlib import Path

import pytest
from command_line import exit_code
from experiment.data.corpus import CASES
from experiment.data.corpus_tables import Case

from mlpviz.cli import UNUSABLE
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.data.reading import Reading, read
from mlpviz.experiment.data.table_choices import TableChoices
from mlpviz.experiment.words.reading_words import reading_json

CASE_BY_NAME = {case.name: case for case in CASES}
# To train takes what `data` prints, which is tested with every table: a fifth of them shows it.
NAMES_TO_TRAIN = [
    name if turn % 5 == 0 else pytest.param(name, marks=pytest.mark.slow)
    for turn, name in enumerate(CASE_BY_NAME)
]


def content_of(case: Case) -> bytes:
    return case.content if isinstance(case.content, bytes) else case.content.encode()


def outcome(content: bytes) -> Reading | str:
    """Return what is read, or the sentence that refuses it."""
    try:
        return read(content)
    except ValueError as refusal:
        return str(refusal)


def words_of(choices: TableChoices) -> list[str]:
    """Return the flags that settle the same."""
    written = {**choices.settled(), "skip-rows": choices.skipped_rows, "skipped_rows": None}
    return [f"--{name}={value}" for name, value in written.items() if value is not None]


@pytest.fixture
def content(name: str) -> bytes:
    return content_of(CASE_BY_NAME[name])


@pytest.fixture
def path(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "table.txt"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", NAMES_TO_TRAIN)
def test_training_takes_the_points_that_are_read_and_says_the_notes(
    path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = outcome(content)
    code = exit_code("train", "--data", str(path), "--epochs", "1", "--json")
    printed = capsys.readouterr()
    if isinstance(expected, str):
        assert (code, printed.out) == (UNUSABLE, "")
        assert printed.err == f"mlpviz: {path.name}: {expected}\n"
        return
    assert code == 0
    own = json.loads(printed.out)["recipe"]["own"]
    assert OwnData.from_dict(own) == expected.data
    assert printed.err == "".join(f"mlpviz: {note}\n" for note in expected.notes)


@pytest.mark.parametrize("name", CASE_BY_NAME)
def test_data_prints_what_is_read_and_reads_it_again_where_all_is_settled(
    path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = outcome(content)
    code = exit_code("data", str(path), "--json")
    printed = capsys.readouterr()
    if isinstance(expected, str):
        assert (code, printed.out) == (UNUSABLE, "")
        assert printed.err == f"mlpviz: {path.name}: {expected}\n"
        return
    assert (code, printed.err) == (0, "")
    values = json.loads(printed.out, parse_constant=pytest.fail)
    assert list(values.items()) == list(reading_json(expected).items())
    names = ("encoding", "delimiter", "decimal", "thousands", "skipped_rows", "header")
    choices = TableChoices(
        **{name: values[name] for name in (*names, "x1", "x2", "kind")},
        target=values["targets"][0],
    )
    assert exit_code("data", str(path), "--json", *words_of(choices)) == 0
    again = json.loads(capsys.readouterr().out)
    assert {**again, "notes": values["notes"]} == values
