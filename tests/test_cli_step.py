"""`mlpviz step`: one step, taken apart, as text and as JSON."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from command_line import complaint
from random_recipes import random_recipe

from mlpviz.cli import main
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.run.trace import step_trace
from mlpviz.experiment.writing.step_sheet import step_sheet

KEYS = ["epoch", "samples", "loss", "layers", "check"]
LAYER_KEYS = [
    *("Z", "A", "dA", "dZ", "dW", "db", "W_before", "W_after", "b_before", "b_after"),
]


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["step", *arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def json_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    text = printed(capsys, *arguments, "--json")
    values: dict[str, Any] = json.loads(text, parse_constant=pytest.fail)
    return values


def test_json_has_the_promised_keys_and_shapes(capsys: pytest.CaptureFixture[str]) -> None:
    values = json_of(capsys, "--hidden", "3,2", "--epoch", "5")
    assert list(values) == KEYS
    assert (values["epoch"], values["samples"]) == (5, list(range(21)))
    assert 0.0 < values["check"] < 1e-6
    sizes = (2, 3, 2, 1)
    for number, layer in enumerate(values["layers"], 1):
        assert list(layer) == LAYER_KEYS
        fan_in, units = sizes[number - 1], sizes[number]
        for name in ("Z", "A", "dA", "dZ"):
            assert np.shape(layer[name]) == (21, units)
        for name in ("dW", "W_before", "W_after"):
            assert np.shape(layer[name]) == (fan_in, units)
        for name in ("db", "b_before", "b_after"):
            assert np.shape(layer[name]) == (units,)


@pytest.mark.parametrize("batch", [None, "0", "2"])
def test_its_numbers_are_those_of_training(
    capsys: pytest.CaptureFixture[str], batch: str | None
) -> None:
    recipe = Recipe(batch_size=0 if batch is None else 8, learning_rate=0.5)
    training = start_training(recipe)
    training.run(7)
    samples = training.batches()[int(batch or 0)].tolist()
    flags = ("--lr", "0.5", "--epoch", "7")
    if batch is not None:
        flags += ("--batch-size", "8", "--batch", batch)
    values = json_of(capsys, *flags)
    assert values["samples"] == samples
    if batch is None:
        assert values["loss"] == training.loss
        assert np.ravel(values["layers"][-1]["A"]).tolist() == training.predictions.tolist()
    if batch != "2":
        assert values["layers"][0]["W_before"] == training.network.weights[0].tolist()
    if batch != "0":
        training.run(1)
        assert values["layers"][0]["W_after"] == training.network.weights[0].tolist()
        assert values["layers"][-1]["b_after"] == training.network.biases[-1].tolist()


def test_a_sample_is_shown_alone_and_the_update_stays_that_of_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole, one = json_of(capsys), json_of(capsys, "--sample", "4")
    assert one["samples"] == [4]
    for layer, of_all in zip(one["layers"], whole["layers"], strict=True):
        for name in ("Z", "A", "dA", "dZ"):
            assert layer[name] == of_all[name][4:5]
        assert all(layer[name] == of_all[name] for name in LAYER_KEYS[4:])
    assert one["loss"] == start_training(Recipe()).sample_losses()[4]


def test_the_batch_of_a_sample_need_not_be_known(capsys: pytest.CaptureFixture[str]) -> None:
    flags = ("--batch-size", "5", "--epoch", "2", "--sample", "20")
    training = start_training(Recipe(batch_size=5))
    training.run(2)
    batch = next(n for n, samples in enumerate(training.batches()) if 20 in samples)
    found = json_of(capsys, *flags)
    assert found == json_of(capsys, *flags, "--batch", str(batch))
    assert f"Sample 20 in batch {batch} (of 0 to 4) after epoch 2" in printed(capsys, *flags)
    other = (batch + 1) % 5
    assert complaint(capsys, "step", *flags, "--batch", str(other)) == (
        f"mlpviz: sample must be one of batch {other} after epoch 2. Got 20, which is in batch "
        f"{batch}.\n"
    )


def test_a_student_can_read_and_recompute_it(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "--hidden", "2", "--seed", "3", "--sample", "3")
    lines = text.splitlines()
    assert max(map(len, lines)) <= 80
    for formula in (
        *("Z₁ = XW₁ + b₁", "Z₂ = A₁W₂ + b₂", "A₂ = 1 / (1 + e^−Z₂)"),
        *("L = −(Y log A₂ + (1 − Y) log(1 − A₂))", "dA₂ = (1 − Y)/(1 − A₂) − Y/A₂"),
        *("dZ₂ = A₂ − Y", "dW₂ = A₁ᵀdZ₂ / 21", "db₂ = Σ dZ₂ / 21", "dA₁ = dZ₂W₂ᵀ"),
        *("dZ₁ = dA₁ · A₁(1 − A₁)", "dW₁ = XᵀdZ₁ / 21", "w ← w − η g"),
    ):
        assert formula in lines
    z = next(line for line in lines if line.startswith("  ŷ  z = "))
    terms, value = z.replace("−", "-").removeprefix("  ŷ  z = ").split(" = ")
    numbers = terms.replace("·", "*").replace(" - ", " + -")
    total = 0.0
    for term in numbers.split(" + "):
        factors = [float(factor.strip("()")) for factor in term.split("*")]
        total += float(np.prod(factors))
    assert total == pytest.approx(float(value), abs=1e-3)
    assert "For this page alone are computed: dA₂, dW, db, g and the losses." in text


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (("--no-activation", "--numerics", "textbook"), "37 cannot be checked: they, or losses"),
        (
            ("--output-activation", "tanh", "--hidden", "3", "--seed", "1"),
            "by definition not the slopes",
        ),
        (("--optimizer", "adam", "--lr", "0.01"), "1 − β₁ᵗ = 0.1"),
        (("--optimizer", "momentum"), "v after"),
        (("--frozen", "0,3"), "g of a frozen parameter is 0."),
        (("--regularization", "l1"), "g is dW and what the penalty adds: λ sign W₁"),
        (("--hidden", "16"), "… and 5 weights and biases more"),
        (("--dataset", "linear"), "Of 100 samples the first 10 are shown"),
        (("--batch-size", "1"), "batch 0 (of 0 to 20) after epoch 0, of 1 sample."),
    ],
)
def test_what_is_special_is_said(
    capsys: pytest.CaptureFixture[str], flags: tuple[str, ...], sentence: str
) -> None:
    text = printed(capsys, *flags)
    assert sentence in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80


def test_any_recipe_can_be_taken_apart(capsys: pytest.CaptureFixture[str], tmp_path: Any) -> None:
    for seed in range(12):
        recipe, path = random_recipe(seed, 10), tmp_path / f"{seed}.json"
        path.write_text(recipe.to_json(), encoding="utf-8")
        flags = (str(path), "--epoch", str(seed % 3))
        values = json_of(capsys, *flags)
        assert list(values) == KEYS
        assert len(values["layers"]) == len(recipe.hidden) + 1
        for more in ((), ("--sample", "0")):
            lines = printed(capsys, *flags, *more).splitlines()
            assert max(map(len, lines)) <= 80, seed


def test_what_is_not_a_number_is_null(capsys: pytest.CaptureFixture[str]) -> None:
    values = json_of(capsys, "--no-activation", "--epoch", "40")
    assert values["check"] is None
    assert values["loss"] is None
    assert values["layers"][0]["W_before"][0][0] is None


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (("--sample", "21"), "sample must be from 0 to 20. Got 21."),
        (("--sample", "-1"), "sample must be from 0 to 20. Got -1."),
        (("--batch", "1"), "batch must be from 0 to 0. Got 1."),
        (("--batch-size", "10", "--batch", "3"), "batch must be from 0 to 2. Got 3."),
        (("--epoch", "-1"), "epoch must be from 0 to 1000000000. Got -1."),
        (("--epoch", "x"), "argument --epoch: must be a whole number. Got 'x'."),
        (("--epoch", "1", "--epoch", "2"), "--epoch must be given once. Got it twice."),
        (
            ("--epochs", "5"),
            "--epochs has no effect on a step: --epoch K says where it is taken.",
        ),
    ],
)
def test_what_there_is_not_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], flags: tuple[str, ...], sentence: str
) -> None:
    assert complaint(capsys, "step", *flags) == f"mlpviz: {sentence}\n"


def test_a_sheet_is_written_of_the_sample_and_the_epoch(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "sheet.html"
    arguments = ("--dataset", "xor", "--batch-size", "5", "--epoch", "4", "--sample", "3")
    assert printed(capsys, *arguments, "--sheet", str(path), "--cover", "results") == f"{path}\n"
    recipe = Recipe(dataset="xor", batch_size=5)
    training = start_training(recipe)
    training.run(4)
    batch = next(number for number, of in enumerate(training.batches()) if 3 in of)
    trace = step_trace(training, batch)
    expected = step_sheet(recipe, trace, trace.samples.tolist().index(3), "results")
    assert path.read_text(encoding="utf-8") == expected
    printed(capsys, "--batch-size", "5", "--sheet", str(path))
    assert "Sample 0 in batch " in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--cover", "all"), "--cover has no effect without --sheet FILE."),
        (("--sheet", "s.html", "--cover", "most"), "must be one of none, results, all. Got 'most'"),
        (("--sheet", "s.html", "--json"), "--json has no effect on a sheet"),
        (("--sheet", "s.pdf"), "s.pdf is not written: a step sheet ends in .html."),
        (("--sheet", "no/s.html"), "no/s.html cannot be written: its folder does not exist."),
        (("--sheet", "s.html", "--hidden", "9,9"), "2-9-9-1 has no room on a step sheet"),
        (("--sheet", "s.html", "--sample", "21"), "sample must be from 0 to 20. Got 21."),
    ],
)
def test_a_sheet_that_cannot_be_written_is_refused(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert words in complaint(capsys, "step", *arguments)
    assert list(tmp_path.iterdir()) == []
