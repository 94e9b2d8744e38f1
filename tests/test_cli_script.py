"""`mlpviz script`: the script that it writes, and its one sentence where something is wrong."""

import io
import sys
from pathlib import Path

import pytest
from command_line import complaint

from mlpviz.cli import main
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.writing.script import script

TABLE = "a,b,kind\n0,1,größer\n5,2,小\n3,3,小\n4,1,größer\n"


def test_it_prints_the_program_of_a_recipe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "recipe.json"
    recipe = Recipe(dataset="moons", learning_rate=0.3)
    path.write_text(recipe.to_json(), encoding="utf-8")
    for arguments, plain in (((str(path),), False), ((str(path), "--plain"), True)):
        assert main(("script", *arguments)) == 0
        assert capsys.readouterr() == (script(recipe, plain=plain), "")
    assert main(("script", "--dataset", "moons", "--lr", "0.3")) == 0
    assert capsys.readouterr().out == script(recipe)


def test_it_writes_the_program_to_a_file_and_prints_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "script.py"
    assert main(("script", "--hidden", "3", "--out", str(path))) == 0
    assert capsys.readouterr() == (f"{path}\n", "")
    assert path.read_text(encoding="utf-8") == script(Recipe(hidden=(3,)))


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_what_is_printed_is_a_program_in_any_encoding(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "points.csv"
    table.write_text(TABLE, encoding="utf-8")
    printed = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")
    monkeypatch.setattr(sys, "stdout", printed)
    assert main(("script", "--data", str(table))) == 0
    compile(printed.buffer.getvalue(), "script.py", "exec")  # as Python reads a file: UTF-8


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--epochs", "0"), "epochs must be at least 1 for a script. Got 0."),
        (("--out", "nowhere/script.py"), "its folder does not exist"),
        (("--out", "."), "it is a folder"),
        (("--momentum", "0.5"), "--momentum has no effect"),
        (("--json",), "unrecognized arguments: --json."),
        (("nothing.json",), "there is no recipe file 'nothing.json'."),
    ],
)
def test_what_cannot_be_written_is_refused_in_a_sentence(
    arguments: tuple[str, ...],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert words in complaint(capsys, "script", *arguments)
    assert not [*tmp_path.iterdir()]
