"""The command line."""

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command_line import complaint, exit_code
from past_runs import record_of
from pseudo import speaking

from mlpviz import __version__, cli
from mlpviz.cli import INTERRUPTED, main
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.sharing import Shared
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.terminal.recipe_flags import RECIPE_FLAGS
from mlpviz.experiment.words.formats import accuracy_percent
from mlpviz.experiment.writing.cases import Case, report_cases
from mlpviz.experiment.writing.report_words import recipe_words

ROOT = Path(__file__).resolve().parents[1]
SHORT = ("train", "--epochs", "3")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "mlpviz", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=child_environment(**environment),
    )


def child_environment(**more: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"} | more


def json_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert exit_code(*arguments, "--json") == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    values: dict[str, Any] = json.loads(captured.out, parse_constant=pytest.fail)
    return values


def recipe_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> Recipe:
    return Recipe.from_dict(json_of(capsys, *SHORT, *arguments)["recipe"])


# What `train` prints


def test_a_run_that_ends_stuck_says_so_beside_its_result(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stuck = ("--seed", "6", "--epochs", "3000")
    assert exit_code("train", *stuck) == 0
    captured = capsys.readouterr()
    assert captured.err.startswith("mlpviz: 1 of 21 is still wrong, and the loss has hardly fallen")
    assert captured.err.count("\n") == 1
    assert "still wrong" not in captured.out
    assert json_of(capsys, "train", *stuck)["accuracy"] == 20 / 21  # for a program: only the result


def test_numbers_that_broke_say_so_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("train", "--no-activation", "--epochs", "30") == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert "nan" in captured.out


def test_train_ends_with_the_printout_of_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("train", "--epochs", "200") == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    lines = captured.out.splitlines()
    training = start_training(Recipe())
    training.run(200)
    expected = [
        f"Iter {i} | Ground truth: {int(y)} | prediction: {a:.4f}"
        for i, (y, a) in enumerate(zip(training.Y[:, 0], training.predictions, strict=True))
    ]
    assert lines[:-1] == expected
    assert lines[-1] == f"Loss: {training.loss:.4f}  Accuracy: {training.accuracy * 100:.1f}%"


def test_the_printout_has_the_reports_form_to_the_letter(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert exit_code(*SHORT) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert len(lines) == 21
    for i, line in enumerate(lines):
        assert re.fullmatch(rf"Iter {i} \| Ground truth: [01] \| prediction: 0\.\d{{4}}", line), (
            line
        )
    assert re.fullmatch(r"Loss: \d\.\d{4}  Accuracy: \d+\.\d%", last)


def test_json_has_the_documented_keys_and_types(capsys: pytest.CaptureFixture[str]) -> None:
    values = json_of(capsys, "train", "--epochs", "200")
    assert list(values) == [
        "recipe",
        "epochs",
        "loss",
        "accuracy",
        "predictions",
        "weights",
        "biases",
        "first_nonfinite_loss_epoch",
        "first_nonfinite_weight_epoch",
        "seconds",
    ]
    training = start_training(Recipe())
    training.run(200)
    assert Recipe.from_dict(values["recipe"]) == Recipe(epochs=200)
    assert values["epochs"] == 200
    assert values["loss"] == training.loss
    assert values["accuracy"] == training.accuracy
    assert values["predictions"] == training.predictions.tolist()
    assert values["first_nonfinite_loss_epoch"] is None
    assert values["first_nonfinite_weight_epoch"] is None
    assert isinstance(values["seconds"], float)
    assert values["seconds"] > 0.0


def test_with_a_test_set_its_loss_and_accuracy_are_printed_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ("train", "--epochs", "50", "--dataset", "moons", "--train-share", "0.6")
    recipe = Recipe(dataset="moons", train_share=0.6, epochs=50)
    run = Run(recipe)
    run.advance(50)
    test = capture(run).test
    assert test is not None
    values = json_of(capsys, *arguments)
    assert list(values)[-2:] == ["test_loss", "test_accuracy"]
    assert (values["test_loss"], values["test_accuracy"]) == (test.loss, test.accuracy)
    assert len(values["predictions"]) == 60
    assert exit_code(*arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 60 + 2
    assert lines[-1] == (
        f"Test loss: {test.loss:.4f}  Test accuracy: {accuracy_percent(test.accuracy)}%"
    )


def test_fewer_samples_than_classes_are_refused_with_both_numbers(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    flags = ("--dataset", "spiral", "--classes", "4", "--samples", "3")
    words = "samples must be at least 4, one for each of the 4 classes of the data set "
    assert complaint(capsys, "train", *flags) == f"mlpviz: {words}spiral. Got 3.\n"
    path = tmp_path / "few.json"
    values = {"dataset": "gaussians", "classes": 4, "samples": 2, "output_activation": "softmax"}
    path.write_text(json.dumps(values), encoding="utf-8")
    for command in ("train", "report"):
        assert f"{words}gaussians. Got 2.\n" in complaint(capsys, command, "--recipe", str(path))


def test_of_several_classes_a_line_and_the_json_have_the_output_of_each(
    capsys: pytest.CaptureFixture[str],
) -> None:
    flags = ("train", "--dataset", "spiral", "--classes", "4", "--samples", "20", "--epochs", "9")
    assert exit_code(*flags) == 0
    lines = capsys.readouterr().out.splitlines()
    assert exit_code(*flags, "--json") == 0
    values = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert values["recipe"]["output_activation"] == "softmax"
    assert len(values["predictions"]) == 4
    for i, outputs in enumerate(zip(*values["predictions"], strict=True)):
        numbers = " ".join(f"{output:.4f}" for output in outputs)
        assert lines[i] == f"Iter {i} | Ground truth: {i % 4} | prediction: {numbers}"
    assert lines[20] == f"Loss: {values['loss']:.4f}  Accuracy: {100 * values['accuracy']:.1f}%"


@pytest.mark.parametrize("dataset", ["linear", "xor"])
def test_without_activations_what_is_not_a_number_is_null(
    capsys: pytest.CaptureFixture[str], dataset: str
) -> None:
    values = json_of(capsys, "train", "--no-activation", "--epochs", "60", "--dataset", dataset)
    assert values["recipe"]["activations_off"] is True
    assert values["loss"] is None
    assert set(values["predictions"]) == {None}
    assert values["accuracy"] == 0.0
    assert values["first_nonfinite_loss_epoch"] == 0
    assert 0 < values["first_nonfinite_weight_epoch"] <= 30


def test_without_activations_the_printout_says_nan_and_nothing_else_is_said() -> None:
    for numerics in ("stable", "textbook"):
        done = run("train", "--no-activation", "--epochs", "60", "--numerics", numerics)
        assert (done.returncode, done.stderr) == (0, "")
        *lines, last = done.stdout.splitlines()
        assert all(line.endswith("prediction: nan") for line in lines)
        assert last == "Loss: nan  Accuracy: 0.0%"


# Flags and files


@pytest.mark.parametrize(
    ("arguments", "changed"),
    [
        (("--dataset", "linear"), {"dataset": "linear"}),
        (("--dataset", "linear", "--samples", "30"), {"dataset": "linear", "samples": 30}),
        (("--noise", "0.2", "--data-seed", "3"), {"noise": 0.2, "data_seed": 3}),
        (("--noise", "0.2"), {"noise": 0.2}),
        (("--train-share", "0.7"), {"train_share": 0.7}),
        (("--hidden", "8,2"), {"hidden": (8, 2)}),
        (("--hidden", "3"), {"hidden": (3,)}),
        (("--hidden", "none"), {"hidden": ()}),
        (("--hidden", ""), {"hidden": ()}),
        (("--hidden-activation", "relu"), {"hidden_activation": "relu"}),
        (("--hidden-activation", "relu,tanh"), {"hidden_activation": ("relu", "tanh")}),
        (("--output-activation", "tanh"), {"output_activation": "tanh"}),
        (("--no-activation",), {"activations_off": True}),
        (("--features", "x1_x2, x1"), {"features": ("x1", "x1_x2")}),
        (("--loss", "mean_squared_error"), {"loss": "mean_squared_error"}),
        (("--reduction", "sum"), {"reduction": "sum"}),
        (("--numerics", "textbook"), {"numerics": "textbook"}),
        (("--initializer", "he"), {"initializer": "he"}),
        (("--seed", "5"), {"weight_seed": 5}),
        (("--lr", "0.03"), {"learning_rate": 0.03}),
        (("--lr", "1e-3"), {"learning_rate": 1e-3}),
        (("--optimizer", "adam"), {"optimizer": "adam"}),
        *(
            (("--optimizer", optimizer, f"--{own}", "0.5"), {"optimizer": optimizer, own: 0.5})
            for optimizer, entry in OPTIMIZERS.items()
            for own in entry.own
        ),
        (("--regularization", "l2"), {"regularization": "l2"}),
        (
            ("--regularization", "l1", "--regularization-rate", "0"),
            {"regularization": "l1", "regularization_rate": 0.0},
        ),
        (("--frozen", "3,1"), {"frozen": (1, 3)}),
        (("--batch-size", "5"), {"batch_size": 5}),
        (("--batch-size", "5", "--batch-seed", "2"), {"batch_size": 5, "batch_seed": 2}),
    ],
)
def test_every_choice_has_a_flag(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], changed: dict[str, Any]
) -> None:
    assert recipe_of(capsys, *arguments) == Recipe(**({"epochs": 3} | changed))


@pytest.mark.parametrize(
    ("targets", "count", "loss"),
    [("abcabcabc", 3, "cross_entropy"), ("123456789", 0, "mean_squared_error")],
)
def test_own_data_may_have_several_classes_or_numbers_as_targets(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, targets: str, count: int, loss: str
) -> None:
    path = tmp_path / "points.csv"
    path.write_text("\n".join(f"{i},{i % 4},{y}" for i, y in enumerate(targets)), encoding="utf-8")
    assert main(["train", "--data", str(path), "--epochs", "3", "--json"]) == 0
    recipe = Recipe.from_dict(json.loads(capsys.readouterr().out)["recipe"])
    assert (recipe.class_count, recipe.loss) == (count, loss)
    assert main(["train", "--data", str(path), "--epochs", "3"]) == 0
    assert ("R²" in capsys.readouterr().out) == (count == 0)


def test_own_data_are_trained_on_from_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "points.csv"
    path.write_text("a,b,kind\n0,1,yes\n5,2,no\n", encoding="utf-8")
    recipe = recipe_of(capsys, "--data", str(path))
    assert recipe.used_own is not None
    assert recipe.used_own.X.tolist() == [[0.0, 1.0], [5.0, 2.0]]
    path.write_text("a,b,kind\n0,1,yes\n5,x,no\n3,3,no\n9,9,yes\n", encoding="utf-8")
    words = complaint(capsys, "train", "--data", str(path))
    assert "points.csv: Row 3, column 'b' must be a number. Got 'x'." in words


@pytest.mark.parametrize(("yes", "no"), [("yes", "no"), ("2", "1")])
def test_own_data_are_printed_with_the_classes_of_the_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, yes: str, no: str
) -> None:
    path = tmp_path / "points.csv"
    path.write_text(f"a,b,kind\n0,1,{yes}\n5,2,{no}\n1,1,{yes}\n", encoding="utf-8")
    assert main(["train", "--data", str(path), "--epochs", "3"]) == 0
    first, *lines, _ = capsys.readouterr().out.splitlines()
    names = [line.split(" | ")[1].removeprefix("Ground truth: ") for line in lines]
    assert names == [yes, no, yes]
    assert f"{yes!r}" in first
    assert f"{no!r}" in first


def test_every_field_of_the_recipe_can_be_set_by_a_flag(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fields = {flag.field for flag in RECIPE_FLAGS}
    fields.add("start")  # too many numbers for a flag: a recipe file has them
    assert fields == set(Recipe().to_dict())
    assert exit_code("train", "--help") == 0
    words = capsys.readouterr().out
    for flag in RECIPE_FLAGS:
        assert flag.name in words


def test_the_default_flags_are_the_default_recipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert recipe_of(capsys) == Recipe(epochs=3)


@pytest.mark.parametrize("before", [True, False])
def test_a_flag_overrides_the_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, before: bool
) -> None:
    path = tmp_path / "my recipe.json"
    recipe = Recipe(dataset="linear", hidden=(2,), learning_rate=0.5, epochs=9)
    path.write_text(recipe.to_json(), encoding="utf-8")
    named = ("--recipe", str(path))
    arguments = (*named, "train") if before else ("train", *named)
    values = json_of(capsys, *arguments, "--lr", "0.25")
    assert Recipe.from_dict(values["recipe"]) == Recipe(
        dataset="linear", hidden=(2,), learning_rate=0.25, epochs=9
    )
    assert values["epochs"] == 9


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--dataset", "ring"), "dataset must be one of linear, xor, circle, quadrants,"),
        (("--noise", "0.6"), "noise must be a number from 0 to 0.5. Got 0.6."),
        (("--train-share", "0"), "train_share must be a number from 0.1 to 0.9, or 1 for all"),
        (("--samples", "1"), "samples must be a whole number from 2"),
        (("--samples", "1.5"), "must be a whole number. Got '1.5'."),
        (("--data-seed", "-1"), "data_seed must be a whole number from 0"),
        (("--hidden", "4,x"), "with commas between, as in 4,4. Got '4,x'."),
        (("--hidden", "4,,4"), "Got '4,,4'."),
        (("--hidden", "0"), "hidden[0] must be a whole number from 1 to 64. Got 0."),
        (("--hidden", "65"), "hidden[0] must be a whole number from 1 to 64. Got 65."),
        (("--hidden", "1,1,1,1,1,1,1"), "hidden must be a list of 0 to 6 layers."),
        (("--hidden-activation", "step"), "hidden_activation must be one of sigmoid,"),
        (("--output-activation", "step"), "output_activation must be one of sigmoid,"),
        (("--loss", "hinge"), "loss must be one of cross_entropy,"),
        (("--reduction", "max"), "reduction must be one of mean, sum. Got 'max'."),
        (("--numerics", "fast"), "numerics must be one of stable, textbook. Got 'fast'."),
        (("--initializer", "zero"), "initializer must be one of normal,"),
        (("--seed", "one"), "argument --seed: must be a whole number. Got 'one'."),
        (("--seed", "99999999999"), "weight_seed must be a whole number from 0 to 2147483647."),
        (("--lr", "0"), "learning_rate must be a finite number > 0. Got 0.0."),
        (("--lr", "-1"), "learning_rate must be a finite number > 0. Got -1.0."),
        (("--lr", "-1e-3"), "learning_rate must be a finite number > 0. Got -0.001."),
        (("--lr", "-inf"), "learning_rate must be a finite number > 0. Got -inf."),
        (("--lr", "--seed"), "argument --lr: expected one argument"),
        (("--lr", "nan"), "learning_rate must be a finite number > 0. Got nan."),
        (("--lr", "inf"), "learning_rate must be a finite number > 0. Got inf."),
        (("--lr", "1e999"), "learning_rate must be a finite number > 0. Got inf."),
        (("--lr", "fast"), "argument --lr: must be a number. Got 'fast'."),
        (("--lr",), "argument --lr: expected one argument"),
        (("--epochs", "0"), "epochs must be at least 1 to train without a window. Got 0."),
        (("--epochs", "-5"), "epochs must be a whole number from 0"),
        (("--epochs", "1e3"), "argument --epochs: must be a whole number. Got '1e3'."),
        (("--no-activation", "yes"), "there is no recipe file 'yes'."),
        (("--dropout", "0.9"), "unrecognized arguments: --dropout"),
        (("--recipe", "no such file.json"), "no such file.json cannot be read"),
        (("--data", "no such file.csv"), "no such file.csv cannot be read"),
        (("--dataset", "own"), "own must be given where dataset is own. Got None."),
    ],
)
def test_a_bad_flag_of_train_gets_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert words in complaint(capsys, "train", *arguments)


@pytest.mark.parametrize(
    "arguments",
    [("dance",), ("--nonsense",), ("--recipe",), ("--lr", "-1"), ("train", "xor"), ("",)],
)
def test_a_bad_command_gets_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert complaint(capsys, *arguments)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe\x00", b'{"epochs": NaN}', b'{"a": 1}', b"[" * 100_000],
)
@pytest.mark.parametrize("command", [("train",), ()])
def test_a_bad_recipe_file_gets_one_sentence_that_names_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, command: tuple[str, ...]
) -> None:
    path = tmp_path / "recipe.json"
    path.write_bytes(content)
    sentence = complaint(capsys, *command, "--recipe", str(path))
    assert f"{path} is not a recipe: " in sentence


@pytest.mark.parametrize("command", [("train",), ()])
def test_a_folder_or_missing_file_gets_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: tuple[str, ...]
) -> None:
    for path in (tmp_path, tmp_path / "missing.json"):
        sentence = complaint(capsys, *command, "--recipe", str(path))
        assert f"{path} cannot be read: " in sentence


def test_the_text_of_a_recipe_stands_for_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    recipe = Recipe(dataset="linear", hidden=(2,), epochs=3)
    text = Shared(recipe, hide=("play_button",)).to_text()
    for named in (("train", "--recipe", text), ("--recipe", text, "train")):
        assert Recipe.from_dict(json_of(capsys, *named)["recipe"]) == recipe
    sentence = complaint(capsys, "train", "--recipe", text[:-1])
    assert sentence == "mlpviz: This recipe text is cut off: its end is missing.\n"


def test_a_recipe_that_branches_is_trained_the_way_that_it_went(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run = Run(Recipe(epochs=60))
    run.advance(50)
    branch = run.branch(Position(30), replace(run.recipe, optimizer="adam"))
    text = Shared.of_branch(record_of(branch), branch.recipe).to_text()
    branch.advance(50)
    values = json_of(capsys, "train", text, "--epochs", "80")
    assert values["epochs"] == 80
    assert values["weights"] == [W.tolist() for W in branch.training.network.weights]
    again = Shared.from_dict(values["recipe"])
    assert again.record is not None
    assert (again.record.branches, again.recipe.epochs) == ((Position(30, 0),), 80)
    assert "--lr cannot change a recipe that branches" in complaint(
        capsys, "train", text, "--lr", "1"
    )
    assert "epochs must be at least 30" in complaint(capsys, "train", text, "--epochs", "29")
    for command in ("report", "step"):
        assert "branches on its way" in complaint(capsys, command, text)
    assert "A script has one optimizer" in complaint(capsys, "script", text)


def test_a_report_on_the_text_of_a_recipe_is_headed_by_its_words() -> None:
    recipe = Recipe(hidden=(2,))
    text, file, words = Shared(recipe).to_text(), "some/where/two units.json", recipe_words(recipe)
    assert cli._report_cases(text, {}, recipe) == [Case(words, recipe)]
    assert cli._report_cases(file, {}, recipe) == [Case("two units", recipe)]
    assert cli._report_cases(file, {"epochs": 9}, recipe) == [Case("two units", recipe)]
    # With a flag it is not what the file is called after any more.
    assert cli._report_cases(file, {"hidden": (2,)}, recipe) == [Case(words, recipe)]
    assert cli._report_cases("", {"hidden": (2,)}, recipe) == [Case(words, recipe)]
    assert len(cli._report_cases("", {"epochs": 9}, recipe)) == len(report_cases())


@pytest.fixture
def languages() -> list[str | None]:
    """Collect in which languages windows would be opened; None for that of the settings."""
    return []


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, languages: list[str | None]) -> list[object]:
    """Collect what windows would be opened with."""
    from mlpviz.gui.window import app, display

    windows: list[object] = []

    def run_window(shared: Shared, language: str | None) -> int:
        languages.append(language)
        windows.append((shared.recipe, shared.hide))
        return 0

    monkeypatch.setattr(display, "settle_display", lambda: "")
    monkeypatch.setattr(app, "run", run_window)
    return windows


@pytest.mark.usefixtures("opened")
def test_the_window_opens_in_the_language_that_is_asked_for(languages: list[str | None]) -> None:
    with speaking("en"):
        assert exit_code("--language", "pseudo") == exit_code() == 0
    assert languages == ["pseudo", None]


def test_the_window_hides_what_the_recipe_file_says(tmp_path: Path, opened: list[object]) -> None:
    path = tmp_path / "class.json"
    path.write_text('{"epochs": 7, "hide": ["learningRate_hide", "seed_input"]}')
    assert exit_code("--recipe", str(path)) == 0
    assert opened == [(Recipe(epochs=7), ("seed_input", "learning_rate_input"))]


def test_the_window_opens_with_a_recipe_file_and_any_choice(
    tmp_path: Path, opened: list[object]
) -> None:
    path = tmp_path / "class.json"
    path.write_text('{"hidden": [3], "epochs": 7}')
    text = Shared(Recipe(hidden=(2,))).to_text()
    for arguments in (
        (),
        (str(path),),
        (text,),
        ("--lr", "0.1"),
        ("--lr", "0.1", str(path), "--no-activation"),
        ("--dataset", "spiral", "--classes", "3", "--epochs", "0"),
    ):
        assert exit_code(*arguments) == 0
    assert opened == [
        (Recipe(), ()),
        (Recipe(hidden=(3,), epochs=7), ()),
        (Recipe(hidden=(2,)), ()),
        (Recipe(learning_rate=0.1), ()),
        (Recipe(hidden=(3,), epochs=7, learning_rate=0.1, activations_off=True), ()),
        (Recipe(dataset="spiral", classes=3, output_activation="softmax", epochs=0), ()),
    ]


def test_a_window_is_refused_what_train_is_refused(
    capsys: pytest.CaptureFixture[str], opened: list[object]
) -> None:
    for arguments in (("--lr", "0"), ("--classes", "4"), ("no such file.json",)):
        assert complaint(capsys, *arguments)
    assert opened == []


def test_a_recipe_file_without_a_number_of_epochs_needs_the_flag(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "recipe.json"
    path.write_text('{"epochs": 0}', encoding="utf-8")
    assert "epochs must be at least 1" in complaint(capsys, "train", "--recipe", str(path))
    assert json_of(capsys, "train", "--recipe", str(path), "--epochs", "2")["epochs"] == 2


def test_help_and_version_are_not_errors(capsys: pytest.CaptureFixture[str]) -> None:
    for flag in ("--version", "-V"):
        assert exit_code(flag) == 0
        assert capsys.readouterr().out == f"mlpviz {__version__}\n"
    assert exit_code("--help") == 0
    assert "train" in capsys.readouterr().out


# The progress bar, Ctrl+C, and who reads the output


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_a_progress_bar_comes_and_goes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert exit_code("train", "--epochs", "300") == 0
    shown = terminal.getvalue()
    assert "100%" in shown
    assert "epoch 300 of 300" in shown
    assert shown.count("\r") > 10
    assert "\n" not in shown
    assert re.search(r"\r +\r\Z", shown)  # the line is wiped
    assert capsys.readouterr().out.splitlines()[-1].startswith("Loss: ")


def test_the_bar_changes_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = json_of(capsys, "train", "--epochs", "1234")
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert exit_code("train", "--epochs", "1234", "--json") == 0
    with_bar = json.loads(capsys.readouterr().out)
    assert plain["predictions"] == with_bar["predictions"]


def test_ctrl_c_ends_training_with_a_word(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Training, "run_past", interrupt)
    assert exit_code(*SHORT) == INTERRUPTED == 130
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "mlpviz: interrupted\n")


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_reader_that_has_gone_is_no_accident(form: tuple[str, ...]) -> None:
    # As in `mlpviz train | head -1`, but with a reader that is gone for certain.
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mlpviz", *SHORT, *form],
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
            env=child_environment(),
        )
    finally:
        os.close(writing)
    assert done.stderr == ""
    assert done.returncode != 0


def test_an_output_that_cannot_be_written_is_said_in_one_line() -> None:
    # A descriptor that is open for reading only refuses to be written to on every system.
    with Path(__file__).open("rb") as not_writable:
        done = subprocess.run(
            [sys.executable, "-m", "mlpviz", *SHORT],
            stdout=not_writable,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
            env=child_environment(),
        )
    assert done.returncode == 1
    assert done.stderr.startswith("mlpviz: the result cannot be written: ")
    assert done.stderr.count("\n") == 1


def test_a_bad_flag_in_a_real_process_gives_exit_code_2_and_one_line() -> None:
    done = run("train", "--lr", "-1")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "mlpviz: learning_rate must be a finite number > 0. Got -1.0.\n"


# Threads and the environment


def results_with_threads(threads: int, *arguments: str) -> dict[str, Any]:
    done = run("train", "--json", *arguments, OPENBLAS_NUM_THREADS=str(threads))
    assert (done.returncode, done.stderr) == (0, "")
    values: dict[str, Any] = json.loads(done.stdout)
    del values["seconds"]
    return values


@pytest.mark.parametrize("hidden", ["4,4", "16,16", "64,64"])
def test_results_do_not_depend_on_the_number_of_blas_threads(hidden: str) -> None:
    arguments = ("--epochs", "100", "--dataset", "linear", "--hidden", hidden)
    assert results_with_threads(1, *arguments) == results_with_threads(4, *arguments)


def in_python(code: str) -> str:
    """Run a few lines in a process whose environment says nothing of BLAS threads."""
    environment = {k: v for k, v in child_environment().items() if not k.endswith("NUM_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_importing_the_library_leaves_the_environment_alone() -> None:
    code = """
import os
before = dict(os.environ)
import mlpviz, mlpviz.cli, mlpviz.engine.training, mlpviz.experiment.run.runner
print(before == dict(os.environ))
"""
    assert in_python(code) == "True"


def test_the_entry_point_caps_blas_before_numpy_loads() -> None:
    code = """
import os, sys
import mlpviz.cli
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "numpy":
            print(os.environ.get("OPENBLAS_NUM_THREADS"))
sys.meta_path.insert(0, Watch())
assert "numpy" not in sys.modules
mlpviz.cli.main(["train", "--epochs", "1"])
"""
    assert in_python(code).splitlines()[0] == "1"


def test_the_program_takes_one_thread_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    assert exit_code(*SHORT) == 0
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"


def test_a_seed_or_layers_given_by_flag_replace_the_initial_weights_of_a_recipe_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "start.json"
    path.write_text(Recipe(start=(0.5,) * 37, epochs=3).to_json())
    assert json_of(capsys, "train", "--recipe", str(path))["recipe"]["start"] is not None
    drawn = json_of(capsys, *SHORT, "--seed", "7")
    read = json_of(capsys, "train", "--recipe", str(path), "--seed", "7")
    assert (read["recipe"], read["loss"]) == (drawn["recipe"], drawn["loss"])
    assert json_of(capsys, "train", "--recipe", str(path), "--hidden", "3")["recipe"]["hidden"]


# The language


@pytest.mark.parametrize("command", [(), ("train",), ("report",), ("data", "x.csv"), ("bench",)])
def test_a_language_that_is_not_there_is_refused_by_every_command(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    for flag in (("--language", "xx"), ("--language=xx",)):
        said = complaint(capsys, *command, *flag)
        assert said == "mlpviz: language must be one of en, pseudo. Got xx.\n"


def test_a_language_without_a_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "argument --language: expected one argument" in complaint(capsys, "train", "--language")


def test_everything_is_said_in_the_language_that_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with speaking("en"):
        assert exit_code(*SHORT, "--language", "pseudo") == 0
        assert "«Loss: " in capsys.readouterr().out
        assert "«there is no recipe file" in complaint(capsys, "--language=pseudo", "train", "no")
        assert exit_code(*SHORT, "--language", "en") == 0
        assert "«" not in capsys.readouterr().out


@pytest.mark.process
def test_the_language_is_that_of_the_system_where_there_is_a_catalogue_of_it() -> None:
    for variables in ({"LANG": "xx_YY.UTF-8"}, {"LANGUAGE": "xx:en_GB"}, {"LANG": "C"}):
        done = run(*SHORT, **variables)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Loss: " in done.stdout
