"""What may be typed: commands, names of recipes, and the help."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from mlpviz.engine.activations import OUTPUT_ACTIVATIONS
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.features import FEATURES
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.losses import LOSSES, NUMERICS, REDUCTIONS
from mlpviz.engine.optimizers import OPTIMIZERS, OWN_PARAMETERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.terminal.arguments import parse
from mlpviz.experiment.terminal.commands import COMMANDS
from mlpviz.experiment.terminal.flag_help import default_text
from mlpviz.experiment.terminal.recipe_flags import RECIPE_FLAGS, flags_of, shared_from

ROOT = Path(__file__).resolve().parents[3]
NAMES = (
    *(DATASETS, FEATURES, OUTPUT_ACTIVATIONS, LOSSES, REDUCTIONS, NUMERICS, INITIALIZERS),
    *(OPTIMIZERS, REGULARIZATIONS),
)


def help_of(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> str:
    """Return the help of a command, as one line."""
    monkeypatch.setenv("COLUMNS", "120")
    with pytest.raises(SystemExit) as leaving:
        parse([*filter(None, [command]), "--help"])
    assert leaving.value.code == 0
    return " ".join(capsys.readouterr().out.split())


# Which command


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ((), ""),
        (("--lr", "1"), ""),
        (("train",), "train"),
        (("train", "--lr", "1"), "train"),
        (("--lr", "1", "train"), "train"),
        (("--lr=1", "train"), "train"),
        (("--no-activation", "train"), "train"),
        (("--recipe", "train"), ""),  # the name of a file
        (("--recipe", "train", "train"), "train"),
        (("--seeds", "2", "report"), "report"),
        (("bench",), "bench"),
    ],
)
def test_the_command_is_the_first_word_that_is_no_value(
    arguments: tuple[str, ...], command: str
) -> None:
    assert parse(arguments)[0] == command


def test_a_flag_before_the_command_counts_as_one_behind_it() -> None:
    assert parse(["--lr", "0.5", "train", "--seed", "3"]) == parse(
        ["train", "--lr", "0.5", "--seed", "3"]
    )


def test_a_file_can_have_the_name_of_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train").write_text("{}", encoding="utf-8")
    for arguments in (["./train"], ["--", "train"]):
        command, options = parse(arguments)
        assert (command, Path(options.recipe)) == ("", Path("train"))


def test_what_another_command_has_is_not_passed_over() -> None:
    for arguments in (
        ["--smoke-test", "train"],
        ["--recipe", "file.json", "bench"],
        ["bench", "--lr", "1"],
        ["train", "--out", "folder"],
        ["--json"],
        ["report", "--json"],
        ["train", "-V"],
    ):
        with pytest.raises(ValueError, match=r"^(unrecognized arguments|there is no recipe file)"):
            parse(arguments)


@pytest.mark.parametrize(
    ("flag", "hint"),
    [
        ("--epoch", " Is --epochs meant?"),
        ("--learning-rate", ""),
        ("--optimiser", " Is --optimizer meant?"),
        ("--x", ""),
    ],
)
def test_an_unknown_flag_is_never_taken_for_another_one(flag: str, hint: str) -> None:
    with pytest.raises(
        ValueError, match=f"^unrecognized arguments: {flag}={hint}".replace("=", r"\.")
    ):
        parse(["train", flag])


# Names of recipes


def test_a_recipe_is_named_by_its_place_or_by_a_flag_and_once(tmp_path: Path) -> None:
    path = tmp_path / "recipe.json"
    path.write_text('{"hidden": [3]}', encoding="utf-8")
    for command in ([], ["train"], ["report"]):
        for named in ([str(path)], ["--recipe", str(path)]):
            for arguments in ([*command, *named, "--lr", "0.5"], [*command, "--lr", "0.5", *named]):
                _, options = parse(arguments)
                recipe = shared_from(options).recipe
                assert (recipe.hidden, recipe.learning_rate) == ((3,), 0.5)
        for twice in (
            [str(path), "--recipe", str(path)],
            ["--recipe", str(path), *command, "--recipe", str(path)],
        ):
            with pytest.raises(ValueError, match=r"must be given once. Got it twice\."):
                parse([*command, *twice] if twice[0] == str(path) else twice)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["trian"],
            "there is no recipe file 'trian', and no such command: "
            "train, report, clip, step, script, data, bench.",
        ),
        (["train", "recipes.json"], "there is no recipe file 'recipes.json'."),
        (["moons"], "a data set is chosen by --dataset moons."),
        (["train", "moons"], "a data set is chosen by --dataset moons."),
        (["x" * 5000], f"there is no recipe file '{'x' * 56}..., and no such command: "),
    ],
)
def test_a_word_that_is_no_recipe_gets_a_sentence_of_what_it_may_mean(
    arguments: list[str], sentence: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}"):
        parse(arguments)


# The help


def test_the_help_names_every_command_and_every_flag(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = help_of("", capsys, monkeypatch)
    for name, command in COMMANDS.items():
        assert f"{name} {command.about}".strip() in words
    words = help_of("train", capsys, monkeypatch)
    for flag in RECIPE_FLAGS:
        assert f"{flag.name} {flag.placeholder} ".replace("  ", " ") in words


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_has_readable_placeholders_and_examples_that_hold(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "RECIPE_" not in help_of(command, capsys, monkeypatch)
    monkeypatch.setattr("mlpviz.experiment.terminal.arguments._checked", lambda name, _: name)
    assert COMMANDS[command].examples
    for example in COMMANDS[command].examples:
        program, *arguments = shlex.split(example)
        assert program == "mlpviz"
        if "--help" not in arguments:
            assert parse(arguments)[0] == command


def test_every_name_of_every_table_is_in_the_help_with_what_it_means(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = help_of("train", capsys, monkeypatch)
    for table in NAMES:
        for name, entry in table.items():
            meaning = getattr(entry, "description", getattr(entry, "formula", entry))
            if isinstance(meaning, str):
                assert f" {name} {' '.join(meaning.split())}" in words
            assert getattr(entry, "convention", "") in words
    for own in OWN_PARAMETERS.values():
        assert own.meaning in words
        assert own.convention.rstrip(".") in words


def test_the_help_gives_the_default_of_every_choice_as_its_flag_reads_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = help_of("train", capsys, monkeypatch)
    for flag in RECIPE_FLAGS:
        if flag.field in ("own", "activations_off"):  # which are not there unless they are typed
            continue
        text = default_text(flag.field)
        assert re.search(
            rf"{flag.name} {flag.placeholder} [^(]*(\([^(]*){{0,3}}\(default {re.escape(text)}[);]",
            words,
        ), flag.name
        _, options = parse(["train", flag.name, text])
        assert flags_of(options) == {flag.field: getattr(Recipe(), flag.field)}


@pytest.mark.process
def test_a_data_set_that_a_student_adds_appears_by_itself() -> None:
    code = """
from mlpviz.engine import datasets
datasets.DATASETS["rings"] = datasets.Dataset(
    "rings", "Three rings of my own", datasets.circle, datasets.spiral
)
from mlpviz.cli import main
arguments = ["train", "--dataset", "rings", "--classes", "3", "--epochs", "2"]
assert main([*arguments, "--json"]) == 0
main(["train", "--help"])
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        timeout=60,
        check=False,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    result, _, words = done.stdout.partition("\n")
    assert '"dataset": "rings", "own": null, "classes": 3' in result
    words = " ".join(words.split())
    assert "checkerboard, rings; for regression" in words
    assert "rings Three rings of my own" in words
    assert "of gaussians, spiral and rings" in words


@pytest.mark.parametrize("columns", [1, 10, 20, 40, 200])
def test_the_help_is_written_at_any_width(
    columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for command in COMMANDS:
        with pytest.raises(SystemExit):
            parse([*filter(None, [command]), "--help"])
        assert "mlpviz" in capsys.readouterr().out


# The README


def test_every_command_line_of_the_readme_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlpviz.experiment.terminal.arguments._checked", lambda name, _: name)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^ +python3 packaging/dev\.py run(.*)$", text, re.MULTILINE)
    assert len(lines) > 5
    for line in lines:
        _, options = parse(shlex.split(line))
        if "recipe" not in options and "recipe_own" not in options:
            shared_from(options)
