"""The result in the report's own form, and as JSON."""

import json

import numpy as np
import pytest

from mlpviz.engine.training import Training
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.words.formats import accuracy_percent, percent
from mlpviz.experiment.writing.printout import (
    printout_lines,
    result_dict,
    result_line,
    sample_lines,
)


def broken() -> Training:
    training = start_training(Recipe(activations_off=True))
    training.run(60)
    return training


def saturated(bias: float) -> Training:
    """Return the training of a single unit whose output is the same for every sample."""
    training = start_training(Recipe(hidden=(), numerics="textbook"))
    training.restore(0, np.array([0.0, 0.0, bias]))
    return training


def test_a_line_per_sample_numbered_from_0() -> None:
    training = saturated(-2.2725)
    lines = sample_lines(training, "01")
    assert len(lines) == 21
    assert lines[0] == "Iter 0 | Ground truth: 0 | prediction: 0.0934"
    assert lines[13] == "Iter 13 | Ground truth: 0 | prediction: 0.0934"
    assert lines[14] == "Iter 14 | Ground truth: 1 | prediction: 0.0934"


def test_the_last_line_is_the_reports() -> None:
    assert result_line(saturated(0.0)) == "Loss: 0.6931  Accuracy: 52.4%"


def test_what_is_not_a_number_is_printed_as_such() -> None:
    assert sample_lines(broken(), "01")[2] == "Iter 2 | Ground truth: 0 | prediction: nan"
    assert result_line(broken()) == "Loss: nan  Accuracy: 0.0%"


def test_what_is_not_finite_is_null_in_json() -> None:
    values = result_dict(Recipe(activations_off=True), broken(), 0.5)
    again = json.loads(json.dumps(values, allow_nan=False))
    assert again["loss"] is None
    assert again["predictions"] == [None] * 21
    assert again["accuracy"] == 0.0
    assert again["first_nonfinite_loss_epoch"] == 0
    assert again["first_nonfinite_weight_epoch"] > 0
    assert result_dict(Recipe(), saturated(-1e4), 0.5)["loss"] is None


def test_the_numbers_of_a_sound_run_are_those_of_the_training() -> None:
    training = start_training(Recipe())
    training.run(50)
    values = json.loads(json.dumps(result_dict(Recipe(), training, 0.5), allow_nan=False))
    assert values == {
        "recipe": Recipe().to_dict(),
        "epochs": 50,
        "loss": training.loss,
        "accuracy": training.accuracy,
        "predictions": training.predictions.tolist(),
        "weights": [W.tolist() for W in training.network.weights],
        "biases": [b.tolist() for b in training.network.biases],
        "first_nonfinite_loss_epoch": None,
        "first_nonfinite_weight_epoch": None,
        "seconds": 0.5,
    }


@pytest.mark.parametrize("classes", [2, 4])
def test_the_weights_and_biases_in_the_json_are_a_start_for_the_same_network(classes: int) -> None:
    recipe = revised(Recipe(), dataset="spiral", classes=classes, hidden=(5, 3))
    training = start_training(recipe)
    training.run(20)
    values = json.loads(json.dumps(result_dict(recipe, training, 0.5), allow_nan=False))
    shapes = [np.shape(W) for W in values["weights"]]
    assert shapes == [(2, 5), (5, 3), (3, recipe.outputs)]
    assert [np.shape(b) for b in values["biases"]] == [(5,), (3,), (recipe.outputs,)]
    layers = zip(values["weights"], values["biases"], strict=True)
    start = [number for W, b in layers for number in (*np.ravel(W).tolist(), *b)]
    again = start_training(revised(recipe, start=tuple(start)))
    assert again.network.parameters.tobytes() == training.network.parameters.tobytes()
    assert again.loss == training.loss


def test_weights_that_are_no_numbers_are_null_in_json() -> None:
    values = result_dict(Recipe(activations_off=True), broken(), 0.5)
    again = json.loads(json.dumps(values, allow_nan=False))
    assert again["weights"][2] == [[None]] * 4
    assert again["biases"][2] == [None]


def test_a_giant_is_written_as_a_power_of_ten() -> None:
    training = start_training(Recipe(hidden=(), output_activation="identity"))
    training.restore(0, np.array([0.0, 0.0, -1e300]))
    assert sample_lines(training, "01")[0] == "Iter 0 | Ground truth: 0 | prediction: -1.0000e+300"


@pytest.mark.parametrize("count", [7, 21, 100, 2000, 2001, 100_000])
def test_neither_none_nor_all_is_reached_by_rounding(count: int) -> None:
    assert accuracy_percent(0 / count) == "0.0"
    assert accuracy_percent(count / count) == "100.0"
    one, all_but_one = accuracy_percent(1 / count), accuracy_percent((count - 1) / count)
    assert 0.1 <= float(one) <= 50.0
    assert float(all_but_one) <= 99.9
    for decimals in range(5):
        assert float(percent(1 / count, decimals)) > 0.0
        assert float(percent((count - 1) / count, decimals)) < 100.0


def test_other_shares_are_rounded_as_ever() -> None:
    assert [accuracy_percent(share) for share in (1e-5, 1 - 1e-5)] == ["0.1", "99.9"]
    assert accuracy_percent(11 / 21) == "52.4"
    assert [percent(share, 0) for share in (0.004, 0.126, 0.996)] == ["1", "13", "99"]


# What own data are called


def printed(own: OwnData) -> list[str]:
    recipe = revised(Recipe(), dataset="own", own=own)
    training = start_training(recipe)
    training.run(2)
    return printout_lines(recipe, training, None)


POINTS = np.array([[0.0, 0.5], [1.0, 0.2], [0.3, 0.9]])


@pytest.mark.parametrize("names", [("1", "2"), ("1", "0"), ("yes", "no"), ("負", "O'Neill")])
def test_the_classes_of_own_data_have_their_own_names_and_once_their_numbers(
    names: tuple[str, str],
) -> None:
    first, *samples, last = printed(OwnData(POINTS, np.array([0.0, 1.0, 1.0]), classes=names))
    assert first == f"In the network class 0 is {names[0]!r}, class 1 is {names[1]!r}"
    for i, (line, number) in enumerate(zip(samples, (0, 1, 1), strict=True)):
        assert line.startswith(f"Iter {i} | Ground truth: {names[number]} | prediction: 0.")
    assert last.startswith("Loss: ")


def test_several_classes_of_own_data_are_named_in_the_order_of_their_outputs() -> None:
    own = OwnData(POINTS, np.array([0.0, 2.0, 1.0]), classes=("a", "b", "c"))
    first, *samples, _ = printed(own)
    assert first == "In the network class 0 is 'a', class 1 is 'b', class 2 is 'c'"
    assert [line.split(" | ")[1] for line in samples] == [f"Ground truth: {name}" for name in "acb"]


def test_classes_that_are_called_as_their_numbers_need_no_word() -> None:
    lines = printed(OwnData(POINTS, np.array([0.0, 1.0, 1.0])))
    assert lines[0].startswith("Iter 0 | Ground truth: 0 | ")
    assert len(lines) == 4


def test_targets_that_are_scaled_for_training_are_said_to_be() -> None:
    own = OwnData(
        POINTS,
        np.array([100.0, 250.0, 400.0]),
        target="price",
        classes=(),
        target_offset=250.0,
        target_factor=150.0,
    )
    first, *samples, _ = printed(own)
    assert first == "Ground truth and prediction are scaled for training: (price − 250) / 150"
    assert samples[0].startswith("Iter 0 | Ground truth: -1.0000 | ")
    plain = OwnData(POINTS, np.array([-1.0, 0.5, 1.0]), classes=())
    assert printed(plain)[0].startswith("Iter 0 | Ground truth: -1.0000 | ")
