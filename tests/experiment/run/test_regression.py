"""Regression: numbers as targets, from the gradient to what is learned."""

import json
import math

import numpy as np
import pytest

from mlpviz.engine.datasets import REGRESSIONS
from mlpviz.engine.scores import r_squared
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.start import hold_out, start_training
from mlpviz.experiment.run.symptoms import Kind, Symptom
from mlpviz.experiment.study.seeds import SeedRun
from mlpviz.experiment.words.messages import message_for
from mlpviz.experiment.writing.cases import Case
from mlpviz.experiment.writing.printout import result_dict, result_lines, sample_lines
from mlpviz.experiment.writing.report import compute_report
from mlpviz.experiment.writing.report_pages import markdown_text
from mlpviz.experiment.writing.report_tables import csv_files, json_text
from mlpviz.experiment.writing.report_words import result_words
from mlpviz.experiment.writing.study_words import study_words

PLANE = revised(Recipe(), dataset="plane")
SLOW = revised(PLANE, learning_rate=0.1)
BUMPS = revised(
    Recipe(),
    dataset="multi_gaussian",
    hidden=(12, 12),
    hidden_activation="tanh",
    initializer="xavier",
    optimizer="adam",
    learning_rate=0.03,
    samples=200,
)


def test_r_squared_written_out() -> None:
    targets = np.array([0.0, 1.0, 2.0])
    assert r_squared(targets, targets) == 1.0
    assert r_squared(np.full(3, 1.0), targets) == 0.0
    assert r_squared(np.array([0.0, 1.0, 1.0]), targets) == pytest.approx(0.5)
    assert r_squared(np.array([9.0, 1.0, 2.0]), targets) < -1.0
    assert math.isnan(r_squared(np.array([0.0, 1.0]), np.ones(2)))
    assert r_squared(np.array([math.inf, 1.0, 2.0]), targets) == -math.inf


@pytest.mark.parametrize("target", [0.1, 0.3, 1.0 / 3.0, -0.7])
@pytest.mark.parametrize("count", [1, 3, 6, 7])
def test_r_squared_is_not_a_number_where_all_targets_are_alike(target: float, count: int) -> None:
    targets = np.full(count, target)  # whose variance is not always exactly 0
    assert math.isnan(r_squared(np.zeros(count), targets))
    assert math.isnan(r_squared(targets, targets))


def test_r_squared_is_minus_infinity_where_the_variance_is_too_small_for_a_number() -> None:
    assert r_squared(np.ones(2), np.array([1e-200, 2e-200])) == -math.inf


@pytest.mark.parametrize("dataset", sorted(REGRESSIONS))
@pytest.mark.parametrize("hidden", [(), (3,), (4, 3)])
def test_the_gradient_is_the_derivative_of_the_squared_error(
    dataset: str, hidden: tuple[int, ...]
) -> None:
    recipe = revised(
        Recipe(),
        dataset=dataset,
        hidden=hidden,
        hidden_activation="tanh",
        learning_rate=2.0**20,
    )
    training = start_training(recipe)
    before = training.network.parameters.copy()
    training.run_epoch()
    gradient = (before - training.network.parameters) / 2.0**20
    other = start_training(recipe)
    for index, value in enumerate(before.tolist()):
        ends = []
        for moved in (value - 1e-5, value + 1e-5):
            state = other.state()
            state[: len(before)] = before
            state[index] = moved
            other.restore(0, state)
            ends.append(float(np.mean((other.predictions - other.Y[:, 0]) ** 2)))
            assert other.loss == pytest.approx(ends[-1], rel=1e-12)
        assert gradient[index] == pytest.approx((ends[1] - ends[0]) / 2e-5, abs=1e-7, rel=1e-6)


def test_the_plane_is_learned_without_a_hidden_layer() -> None:
    training = start_training(revised(PLANE, hidden=(), learning_rate=0.3))
    assert training.loss > 0.01
    training.run(300)
    assert training.loss < 1e-6
    np.testing.assert_allclose(training.network.parameters, [0.5, 0.5, 0.0], rtol=0, atol=1e-3)


@pytest.mark.thorough
def test_the_bumps_are_learned() -> None:
    training = start_training(BUMPS)
    training.run(1500)
    assert r_squared(training.predictions, training.Y[:, 0]) > 0.95


def test_the_share_of_right_classes_is_no_number_where_there_are_no_classes() -> None:
    run = Run(revised(PLANE, train_share=0.5))
    assert math.isnan(run.training.accuracy)
    held_out = hold_out(run.recipe, run.training.network)
    assert held_out is not None
    assert math.isnan(held_out.accuracy())
    frame = capture(run)
    assert frame.test is not None
    assert math.isnan(frame.accuracy)
    assert math.isnan(frame.test.accuracy)
    assert frame.r_squared == r_squared(frame.predictions, frame.Y)
    assert frame.test.r_squared == held_out.r_squared()
    assert frame.r_squared == pytest.approx(1.0 - frame.loss / frame.Y.var(), rel=1e-12)


def test_the_printout_has_numbers_and_r_squared_and_the_json_no_accuracy() -> None:
    run = Run(revised(PLANE, train_share=0.5))
    run.advance(20)
    training, held_out = run.training, run.held_out
    target, prediction = training.Y[0, 0], training.predictions[0]
    assert sample_lines(training, ())[0] == (
        f"Iter 0 | Ground truth: {target:.4f} | prediction: {prediction:.4f}"
    )
    frame = capture(run)
    assert frame.test is not None
    assert result_lines(training, held_out) == [
        f"Loss: {frame.loss:.4f}  R²: {frame.r_squared:.4f}",
        f"Test loss: {frame.test.loss:.4f}  Test R²: {frame.test.r_squared:.4f}",
    ]
    result = json.loads(json.dumps(result_dict(run.recipe, training, 1.0, held_out)))
    assert result["accuracy"] is result["test_accuracy"] is None
    assert result["r_squared"] == frame.r_squared
    assert result["test_r_squared"] == frame.test.r_squared
    assert "R² " in result_words(frame)
    assert "accuracy" not in result_words(frame)


def test_of_classes_the_json_has_no_r_squared() -> None:
    training = start_training(Recipe())
    assert "r_squared" not in result_dict(Recipe(), training, 1.0)


@pytest.mark.thorough
def test_what_no_weighted_sum_fits_is_said_without_a_word_of_classes() -> None:
    recipe = revised(
        PLANE,
        samples=5000,
        features=("x1_squared", "x2_squared"),
        hidden=(),
        learning_rate=0.3,
    )
    run = Run(recipe)
    run.advance(1500)
    symptom = run.diagnosis()
    assert isinstance(symptom, Symptom)
    assert symptom.kind is Kind.ONE_LINE
    assert symptom.guess == pytest.approx(run.training.Y.mean())
    assert symptom.guess_loss == pytest.approx(run.training.Y.var())
    text = message_for(Update((capture(run),), is_playing=False)).text
    assert "no weighted sum of x₁², x₂² fits these targets" in text
    assert "class" not in text


@pytest.mark.thorough
@pytest.mark.parametrize("recipe", [SLOW, BUMPS, revised(SLOW, hidden=())])
def test_nothing_is_said_of_a_network_that_fits(recipe: Recipe) -> None:
    run = Run(recipe)
    for _ in range(60):
        run.advance(25)
        assert run.diagnosis() is None


def test_of_many_seeds_the_final_losses_are_told_and_none_is_called_learned() -> None:
    study = SeedRun(revised(PLANE, epochs=50), 5)
    while not study.is_done:
        study.advance()
    found = study.study()
    assert not found.learned.any()
    assert np.isnan(found.accuracies).all()
    assert found.first_perfect_epochs == (None,) * 5
    lower, median, upper = np.quantile(found.losses[-1], (0.25, 0.5, 0.75))
    assert study_words(found) == (
        "From the weight seeds 0 to 4, the median of the final losses is "
        f"{median:.4f} (quartiles {lower:.4f} to {upper:.4f})."
    )


def test_the_report_of_a_regression_has_no_accuracy() -> None:
    data = compute_report([Case("Plane", revised(PLANE, epochs=20))], 3)
    (chapter,) = data.chapters
    text = markdown_text(data)
    assert f"| R² {chapter.frame.r_squared:.4f} | – | – |" in text
    assert "nan" not in text
    assert "boundary" not in text
    assert "not every sample is right" not in text
    entry = json.loads(json_text(data))["experiments"][0]
    assert entry["accuracy"] is None
    assert entry["r_squared"] == chapter.frame.r_squared
    assert entry["seeds"]["accuracies"] == [None] * 3
    predictions = next(text for name, text in csv_files(chapter).items() if "predictions" in name)
    head, first, *_ = predictions.splitlines()
    assert head == "sample,x1,x2,ground_truth,prediction,error"
    frame = chapter.frame
    assert float(first.split(",")[5]) == frame.predictions[0] - frame.Y[0]
