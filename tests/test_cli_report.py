"""`mlpviz report`: its files, its numbers, and its one sentence where something is wrong."""

import io
import json
import os
import re
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import processes
import pytest
from command_line import complaint, exit_code

from mlpviz.cli import INTERRUPTED, main
from mlpviz.experiment import regular_files
from mlpviz.experiment.study import studies
from mlpviz.experiment.writing import cases as experiments
from mlpviz.experiment.writing import report
from mlpviz.experiment.writing.cases import report_cases
from mlpviz.experiment.writing.questions import report_questions
from mlpviz.experiment.writing.report_tables import json_text

SHORT = ("--epochs", "30", "--seeds", "2")

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studies, "worker_count", lambda: 1)


@pytest.fixture
def two_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Report on the baseline only, for most of the time goes into the figures."""
    cases = report_cases()[:2]
    monkeypatch.setattr(experiments, "report_cases", lambda: cases)


def json_of(folder: Path) -> dict[str, Any]:
    text = (folder / "report.json").read_text(encoding="utf-8")
    values: dict[str, Any] = json.loads(text, parse_constant=pytest.fail)
    return values


# What it writes


def test_every_experiment_is_in_the_report(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "out"
    assert exit_code("report", "--out", str(target), *SHORT) == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == (f"{target / 'report.html'}\n", "")
    assert sorted(path.name for path in target.iterdir()) == [
        "figures",
        "report.html",
        "report.json",
        "sha256sums.txt",
        "tables",
    ]
    written = json_of(target)["experiments"]
    assert [experiment["title"] for experiment in written] == [
        case.title for case in report_cases()
    ]
    for experiment, case in zip(written, report_cases(), strict=True):
        assert experiment["recipe"] == case.recipe.to_dict() | {"epochs": 30}
        assert experiment["seeds"]["weight_seeds"] == [0, 1]


@pytest.mark.usefixtures("two_cases")
def test_its_numbers_are_those_of_train_and_the_same_every_time(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("one", "other"):
        assert exit_code("report", "--out", str(tmp_path / name), *SHORT) == 0
    one, other = ((tmp_path / name / "report.json").read_bytes() for name in ("one", "other"))
    assert one == other
    capsys.readouterr()
    assert main(("train", "--epochs", "30", "--json")) == 0
    trained = json.loads(capsys.readouterr().out)
    assert main(("train", "--epochs", "30")) == 0
    printed = capsys.readouterr().out.splitlines()
    written = json_of(tmp_path / "one")["experiments"][1]
    assert written["title"] == "Baseline, xor"
    assert written["printout"] == printed
    del trained["seconds"]
    assert {key: written[key] for key in trained} == trained


def test_a_recipe_file_gets_a_report_of_its_own(tmp_path: Path) -> None:
    recipe = tmp_path / "My recipe.json"
    recipe.write_text('{"hidden": [3], "epochs": 20}', encoding="utf-8")
    for number, arguments in enumerate((("--recipe", str(recipe)), ())):
        target = tmp_path / str(number)
        before = () if arguments else ("--recipe", str(recipe))
        options = ("report", *arguments, "--seeds", "2", "--out", str(target))
        assert main((*before, *options)) == 0
        (written,) = json_of(target)["experiments"]
        assert (written["title"], written["epochs"]) == ("My recipe", 20)
        assert written["recipe"]["hidden"] == [3]


@pytest.mark.usefixtures("two_cases")
def test_the_page_can_be_markdown(tmp_path: Path) -> None:
    assert exit_code("report", "--out", str(tmp_path), "--format", "md", *SHORT) == 0
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "](figures/01-baseline-linear-surface.svg)" in text
    assert not (tmp_path / "report.html").exists()


# What cannot be used


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "pdf"), "must be one of html, md. Got 'pdf'"),
        (("--seeds", "0"), "seeds must be a whole number from 1 to 500. Got 0."),
        (("--seeds", "501"), "Got 501."),
        (("--seeds", "many"), "argument --seeds: must be a whole number. Got 'many'."),
        (("--epochs", "0"), "epochs must be at least 1 for a report. Got 0."),
        (("--epochs", "-1"), "epochs must be a whole number from 0"),
        (("--lr", "0"), "learning_rate must be a finite number > 0. Got 0.0."),
        (("--dataset", "moons", "--momentum", "0.5"), "--momentum has no effect with the"),
        (("--recipe", "no such file.json"), "no such file.json cannot be read"),
    ],
)
def test_a_bad_flag_gets_one_sentence_and_leaves_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    assert words in complaint(capsys, "report", "--out", str(tmp_path / "out"), *arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_before_anything_is_computed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_text("mine", encoding="utf-8")
    monkeypatch.setattr(report, "compute_report", lambda *_: pytest.fail("it began"))
    for target in (path, path / "below"):
        sentence = complaint(capsys, "report", "--out", str(target), *SHORT)
        assert sentence == f"mlpviz: {target} cannot be written to: it is not a folder.\n"
    assert path.read_text(encoding="utf-8") == "mine"


def test_what_is_in_the_way_of_a_file_is_said_before_anything_is_computed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "compute_report", lambda *_: pytest.fail("it began"))
    pages = {"html": "report.html", "md": "report.md"}
    for page_format, name in pages.items():
        target = tmp_path / page_format
        (target / name).mkdir(parents=True)
        sentence = complaint(
            capsys, "report", "--out", str(target), "--format", page_format, *SHORT
        )
        assert sentence == f"mlpviz: {target / name} cannot be written: it is a folder.\n"
        assert [path.name for path in target.iterdir()] == [name]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "report.html").write_text("mine", encoding="utf-8")
    sentence = complaint(capsys, "report", "--out", str(tmp_path / "mine"), *SHORT)
    assert "report.html is in the way: no report wrote it as it is now." in sentence


@pytest.mark.usefixtures("two_cases")
def test_a_second_report_replaces_the_first_and_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    recipe = tmp_path / "one.json"
    recipe.write_text('{"epochs": 5}', encoding="utf-8")
    target = tmp_path / "out"
    assert exit_code("report", "--out", str(target), *SHORT) == 0
    assert capsys.readouterr().err == ""
    again = ("--recipe", str(recipe), "--seeds", "2", "--out", str(target))
    assert exit_code("report", *again) == 0
    assert capsys.readouterr().err == f"mlpviz: this replaced the earlier report in {target}.\n"
    assert {path.name[:7] for path in (target / "figures").iterdir()} == {"01-one-"}
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    assert exit_code("report", *again, "--format", "md") == 0
    assert capsys.readouterr().err == (
        f"mlpviz: this replaced the earlier report in {target}, and left the other files there as "
        "they are.\n"
    )
    assert sorted(path.name for path in target.iterdir()) == [
        *("figures", "notes.txt", "report.json", "report.md", "sha256sums.txt", "tables")
    ]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="every name is UTF-8 there")
def test_names_that_are_not_utf_8_are_no_obstacle(tmp_path: Path) -> None:
    recipe = os.fsencode(tmp_path) + b"/caf\xe9.json"
    Path(os.fsdecode(recipe)).write_text('{"epochs": 5}', encoding="utf-8")
    out = os.fsdecode(os.fsencode(tmp_path) + b"/\xe9t\xe9")
    arguments = ("report", "--recipe", os.fsdecode(recipe), "--seeds", "2", "--out", out)
    with processes.marked(tmp_path, "-m", "mlpviz", *arguments) as family:
        output, errors = family.parent.communicate(timeout=120)
    assert (family.parent.returncode, errors) == (0, "")
    assert output.endswith("report.html\n")
    (written,) = json_of(Path(out))["experiments"]
    assert written["title"] == "caf\ufffd"


# What goes wrong on the way


@pytest.mark.usefixtures("two_cases")
def test_a_full_disk_is_said_in_a_sentence_and_nothing_is_left(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []

    def sync(number: int) -> None:
        written.append(number)
        if len(written) == 5:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(regular_files.os, "fsync", sync)
    target = tmp_path / "out"
    sentence = complaint(capsys, "report", "--out", str(target), *SHORT, code=1)
    assert sentence == (
        f"mlpviz: the report cannot be written to {target}: No space left on device.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_ends_while_it_computes_is_no_fault_of_the_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(0, "its process came to an end by itself")

    monkeypatch.setattr(report, "run_studies", fail)
    sentence = complaint(capsys, "report", "--out", str(tmp_path / "out"), *SHORT, code=1)
    assert sentence == (
        "mlpviz: the report could not be computed: its process came to an end by itself.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_ends_it_with_a_word_and_nothing_is_left(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(report, "run_studies", interrupt)
    sentence = complaint(capsys, "report", "--out", str(tmp_path / "out"), *SHORT, code=INTERRUPTED)
    assert sentence == "mlpviz: interrupted\n"
    assert list(tmp_path.iterdir()) == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("two_cases")
def test_on_a_terminal_a_progress_bar_comes_and_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert exit_code("report", "--out", str(tmp_path / "out"), *SHORT) == 0
    shown = terminal.getvalue()
    assert "2 experiments, 2 seeds each" in shown
    assert "100%" in shown
    assert shown.count("\r") > 10
    assert re.search(r"\r +\r\Z", shown)


# In a process of its own, with others below it


def test_it_needs_no_display_and_gives_the_same_on_several_processes(tmp_path: Path) -> None:
    strict = {"PYTHONWARNINGS": "error"}
    with processes.marked(tmp_path, "-m", "mlpviz", "report", *SHORT, environment=strict) as family:
        output, errors = family.parent.communicate(timeout=120)
        assert not family.members()
    assert (family.parent.returncode, errors) == (0, "")
    assert output == f"{Path('mlpviz-report') / 'report.html'}\n"
    cases = [case._replace(recipe=replace(case.recipe, epochs=30)) for case in report_cases()]
    here = json_text(report.compute_report(cases, 2, questions=report_questions(30)))
    assert json_of(tmp_path / "mlpviz-report") == json.loads(here)


@processes.on_linux
@pytest.mark.parametrize(
    ("name", "code", "word"),
    [
        ("SIGINT", INTERRUPTED, "interrupted"),
        pytest.param("SIGTERM", 143, "ended by SIGTERM", marks=pytest.mark.slow),
        pytest.param("SIGHUP", 129, "ended by SIGHUP", marks=pytest.mark.slow),
    ],
)
def test_a_signal_to_all_processes_ends_them_with_one_word(
    tmp_path: Path, wait_until: Callable[..., bool], name: str, code: int, word: str
) -> None:
    # Some minutes: nobody waits for the seeds that are under way.
    long = ("report", "--epochs", "5000", "--seeds", "500")
    with processes.marked(tmp_path, "-m", "mlpviz", *long) as family:
        workers = 2 if (os.cpu_count() or 1) > 1 else 0
        assert wait_until(lambda: len(family.members()) >= 1 + workers, timeout=60.0)
        os.killpg(family.parent.pid, getattr(signal, name))
        output, errors = family.parent.communicate(timeout=60)
        assert wait_until(lambda: not family.members())
    assert (family.parent.returncode, output, errors) == (code, "", f"mlpviz: {word}\n")
    assert list(tmp_path.iterdir()) == []
