"""Every table of the corpus on the command line: the reading that the window shows."""

import json
from pathlib import Path

import pytest
from experiment.data.corpus import CASES
from experiment.data.corpus_tables import Case

from mlpviz.cli import UNUSABLE, main
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.data.reading import Reading, read

CASE_BY_NAME = {case.name: case for case in CASES}


def content_of(case: Case) -> bytes:
    return case.content if isinstance(case.content, bytes) else case.content.encode()


def outcome(content: bytes) -> Reading | str:
    """Return what is read, or the sentence that refuses it."""
    try:
        return read(content)
    except ValueError as refusal:
        return str(refusal)


def exit_code(*arguments: str) -> int:
    try:
        return main(arguments)
    except SystemExit as leaving:
        return int(leaving.code or 0)


@pytest.mark.parametrize("name", CASE_BY_NAME)
def test_training_takes_the_points_that_are_read(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = content_of(CASE_BY_NAME[name])
    path = tmp_path / "table.txt"
    path.write_bytes(content)
    expected = outcome(content)
    code = exit_code("train", "--data", str(path), "--epochs", "1", "--json")
    printed = capsys.readouterr()
    if isinstance(expected, str):
        assert code == UNUSABLE
        assert expected in printed.err
        return
    assert code == 0
    own = json.loads(printed.out)["recipe"]["own"]
    assert OwnData.from_dict(own) == expected.data
