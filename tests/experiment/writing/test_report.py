"""The report: its numbers are those of `train` and of the seeds, the same every time."""

import csv
import io
import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.study.seeds import SeedRun
from mlpviz.experiment.writing.cases import Case, cases_of
from mlpviz.experiment.writing.printout import printout_lines, result_dict
from mlpviz.experiment.writing.report import Chapter, ReportData, compute_report, file_name
from mlpviz.experiment.writing.report_pages import markdown_text
from mlpviz.experiment.writing.report_tables import csv_files, json_text
from mlpviz.experiment.writing.report_words import standing_words

SEEDS = 4
CASES = [
    Case("Baseline, xor", Recipe(epochs=130)),
    Case("No activations, linear", Recipe(dataset="linear", activations_off=True, epochs=60)),
    Case("Batches", Recipe(epochs=12, batch_size=6)),
]


@pytest.fixture(scope="module")
def data() -> ReportData:
    return compute_report(CASES, SEEDS)


@pytest.fixture(scope="module")
def values(data: ReportData) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(json_text(data), parse_constant=pytest.fail)
    return loaded


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


# The numbers


def test_with_a_test_set_its_numbers_are_reported_too(values: dict[str, Any]) -> None:
    recipe = Recipe(dataset="moons", samples=20, train_share=0.7, epochs=15)
    data = compute_report([Case("Split", recipe)], 2)
    written = json.loads(json_text(data))["experiments"][0]
    test = data.chapters[0].frame.test
    assert test is not None
    assert (written["test_loss"], written["test_accuracy"]) == (test.loss, test.accuracy)
    assert written["test_samples"] == test.X.tolist()
    assert len(written["test_predictions"]) == len(written["test_targets"]) == 6
    assert len(written["samples"]) == 14
    assert data.chapters[0].printout[-1].startswith(f"Test loss: {test.loss:.4f}  Test accuracy: ")
    assert not [key for key in values["experiments"][0] if key.startswith("test_")]


@pytest.mark.parametrize("index", range(len(CASES)))
def test_printout_and_predictions_are_those_of_train_digit_for_digit(
    data: ReportData, values: dict[str, Any], index: int
) -> None:
    title, recipe = CASES[index][:2]
    chapter = data.chapters[index]
    training = start_training(recipe)
    training.run(recipe.epochs)
    assert chapter.title == title
    assert chapter.printout == tuple(printout_lines(recipe, training, None))
    np.testing.assert_array_equal(chapter.frame.predictions, training.predictions)
    trained = result_dict(recipe, training, 0.0)
    del trained["seconds"]
    written = values["experiments"][index]
    assert {key: written[key] for key in trained} == json.loads(json.dumps(trained))


@pytest.mark.parametrize("index", range(len(CASES)))
def test_the_statistics_are_those_of_the_seeds(data: ReportData, index: int) -> None:
    run = SeedRun(CASES[index][1], SEEDS)
    while not run.is_done:
        run.advance()
    study = run.study()
    np.testing.assert_array_equal(data.chapters[index].study.losses, study.losses)
    assert data.chapters[index].study.seeds == study.seeds


@pytest.mark.process
def test_the_report_twice_is_the_same_text(data: ReportData) -> None:
    again = compute_report(CASES, SEEDS, workers=2)
    assert json_text(again) == json_text(data)
    for one, other in zip(data.chapters, again.chapters, strict=True):
        assert csv_files(one) == csv_files(other)


def test_the_share_done_grows_from_0_to_1() -> None:
    shares: list[float] = []
    compute_report(CASES[:2], 2, shares.append)
    assert shares == sorted(shares)
    assert 0.0 < shares[0] < 0.1
    assert shares[-1] == 1.0


def test_what_the_watcher_raises_cancels_it() -> None:
    class Cancelled(Exception):
        pass

    def cancel(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        compute_report([Case("long", Recipe(epochs=100_000_000))], 2, cancel)


@pytest.mark.parametrize(
    ("cases", "seeds", "words"),
    [
        ([], 3, "at least one recipe"),
        ([Case("endless", Recipe(epochs=0))], 3, "epochs must be at least 1"),
        (CASES, 0, "seeds must be a whole number from 1 to 500. Got 0."),
        (CASES, 501, "Got 501."),
    ],
)
def test_what_cannot_be_computed_is_refused_with_a_sentence(
    cases: list[Case], seeds: int, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        compute_report(cases, seeds, lambda share: pytest.fail("it began"))


def test_a_name_for_files_comes_from_the_title() -> None:
    assert file_name(3, "Learning rate ÷ 10, xor") == "03-learning-rate-10-xor"
    assert file_name(12, "../x²") == "12-x"
    assert file_name(1, "学习") == "01"
    assert len(file_name(1, "a" * 300)) == 60


# JSON and CSV


def test_json_holds_every_number_and_null_for_what_is_none(
    data: ReportData, values: dict[str, Any]
) -> None:
    sound, broken, _ = values["experiments"]
    frame, study = data.chapters[0].frame, data.chapters[0].study
    assert sound["samples"] == frame.X.tolist()
    assert sound["targets"] == frame.Y.tolist()
    assert sound["parameters"] == frame.parameters.tolist()
    assert sound["loss_curve"]["low"] == frame.curve.low.tolist()
    assert sound["loss_curve"]["high"] == frame.curve.high.tolist()
    np.testing.assert_array_equal(
        np.array(sound["surface"]["rows"], dtype=np.float32), frame.surface
    )
    assert sound["seeds"]["losses"] == study.losses.T.tolist()
    assert sound["seeds"]["loss_quantiles"] == study.quartiles().tolist()
    assert sound["seeds"]["learned"] == study.learned.tolist()
    assert sound["diagnosis"] is None
    assert broken["loss"] is None
    assert set(broken["predictions"]) == {None}
    assert broken["seeds"]["losses"][0][-1] is None
    assert broken["seeds"]["nonfinite_counts"][-1] == SEEDS
    assert broken["first_nonfinite_loss_epoch"] == 0
    assert broken["diagnosis"]
    assert Recipe.from_dict(broken["recipe"]) == CASES[1][1]


def test_the_tables_hold_the_same_numbers(data: ReportData) -> None:
    chapter = data.chapters[0]
    frame, study = chapter.frame, chapter.study
    loss, predictions, seeds, curves = (rows_of(text) for text in csv_files(chapter).values())
    assert list(csv_files(chapter)) == [
        f"01-baseline-xor-{what}.csv" for what in ("loss", "predictions", "seeds", "seed-losses")
    ]
    assert [float(row["lowest_loss"]) for row in loss] == frame.curve.low.tolist()
    assert [float(row["prediction"]) for row in predictions] == frame.predictions.tolist()
    assert [int(row["ground_truth"]) for row in predictions] == frame.Y.tolist()
    right = sum(int(row["correct"]) for row in predictions)
    assert right / len(predictions) == frame.accuracy
    assert [float(row["loss"]) for row in seeds] == study.losses[-1].tolist()
    assert [float(row["seed_2"]) for row in curves] == study.losses[:, 2].tolist()
    assert [float(row["median"]) for row in curves] == study.quartiles()[1].tolist()


def test_what_is_no_number_stays_so_in_the_tables(data: ReportData) -> None:
    _, predictions, seeds, curves = (rows_of(t) for t in csv_files(data.chapters[1]).values())
    assert all(math.isnan(float(row["prediction"])) for row in predictions)
    assert {row["correct"] for row in predictions} == {"0"}
    assert {row["first_epoch_all_right"] for row in seeds} == {""}
    assert {row["first_epoch_not_finite"] for row in seeds} == {"0"}
    assert curves[-1]["not_finite"] == str(SEEDS)


@pytest.mark.thorough
def test_the_last_epoch_of_the_losses_is_the_last_of_the_run() -> None:
    recipe = replace(CASES[0][1], epochs=5001)
    chapter = compute_report([Case("long", recipe)], 1).chapters[0]
    rows = rows_of(csv_files(chapter)["01-long-loss.csv"])
    assert rows[0]["first_epoch"] == "0"
    assert rows[-1]["last_epoch"] == "5001"


def turned(*stages: tuple[float, int], epochs: int = 300) -> Run:
    """Train at each learning rate for so many epochs."""
    run = Run(Recipe(epochs=epochs, learning_rate=stages[0][0]))
    for rate, count in stages:
        run.change(replace(run.recipe, learning_rate=rate))
        run.advance(count)
    return run


def only(run: Run, seeds: int = 2) -> Chapter:
    (chapter,) = compute_report(cases_of([capture(run)]), seeds).chapters
    return chapter


@pytest.mark.parametrize(
    "stages",
    [
        ((0.1, 40), (3.0, 70)),  # paused long before its limit
        ((1.0, 290), (0.1, 35), (0.5, 10)),  # past its limit, and changed there
        ((1.0, 12), (0.1, 0)),  # changed at the epoch on the screen
    ],
)
def test_a_run_is_reported_as_it_stands_with_every_change(
    stages: tuple[tuple[float, int], ...],
) -> None:
    run = turned(*stages)
    chapter, frame = only(run), capture(run)
    assert chapter.frame.epoch == run.training.epoch
    assert chapter.frame.parameters.tobytes() == run.training.state().tobytes()
    (written,) = json.loads(json_text(ReportData((chapter,))))["experiments"]
    assert written["epochs"] == frame.epoch
    assert written["loss"] == frame.loss
    assert written["accuracy"] == frame.accuracy
    assert written["parameters"] == frame.parameters.tolist()
    assert written["predictions"] == frame.predictions.tolist()
    rates = [change["recipe"]["learning_rate"] for change in written["changes"]]
    assert rates == [rate for rate, _ in stages[1:]]
    assert written["start_recipe"]["learning_rate"] == stages[0][0]
    assert f"{frame.epoch} epochs" in chapter.title


def test_the_page_says_how_far_the_run_was_and_what_was_changed_when() -> None:
    run = turned((0.1, 40), (3.0, 20))
    run.edit(((3, 1.5), (4, 0.0)))
    run.edit(((3, 1.0),))  # of one stroke of the pointer
    run.advance(50)
    chapter = only(run)
    words = (
        "The run as it stood at epoch 110; learning rate 0.1 → 3 at epoch 40; "
        "2 parameters set by hand at epoch 60."
    )
    assert standing_words(chapter.frame) == words
    page = markdown_text(ReportData((chapter,)))
    assert words in page
    assert "Each seed was changed at the same epochs in the same way." in page
    assert "learning rate 0.1, full batch, 110 epochs" in page
    plain = markdown_text(compute_report([Case("Plain", Recipe(epochs=3))], 1))
    assert "as it stood" not in plain
    assert "Each seed" not in plain


def test_of_very_many_changes_the_page_names_the_first() -> None:
    run = turned(*((0.1 + 0.1 * stage, 1) for stage in range(12)))
    assert standing_words(capture(run)).endswith("epoch 8; and 3 more changes after that.")


def test_every_seed_is_changed_as_the_run_was() -> None:
    run = turned((1.0, 5), (0.1, 6))
    run.edit(((0, 2.0), (36, -1.0)))
    run.change(replace(run.recipe, batch_size=7, frozen=(0,)))
    run.advance(4)
    run.edit(((1, 0.5),))
    study = only(run, 3).study
    assert study.losses[-1, 0] == run.training.loss
    assert study.parameters[0].tobytes() == run.training.state()[:37].tobytes()
    other = Run(replace(run.start_recipe, weight_seed=2))
    for change in run.changes:
        other.advance(change.epoch - other.training.epoch)
        other.repeat(change)
    assert study.losses[-1, 2] == other.training.loss
    assert study.epochs[-1] == run.training.epoch


def test_of_given_weights_the_page_says_that_seeds_draw_their_own() -> None:
    run = Run(Recipe(start=(0.5,) * 37))
    run.advance(2)
    page = markdown_text(ReportData((only(run),)))
    assert "The run began from given weights; each seed draws its own." in page


def test_a_run_that_has_not_been_trained_is_not_reported() -> None:
    with pytest.raises(ValueError, match="There is nothing to report yet: train the network"):
        cases_of([capture(Run(Recipe()))])


def test_what_keeps_a_run_from_learning_is_told_with_the_figures_of_the_screen() -> None:
    run = Run(Recipe(hidden=()))
    run.advance(100)
    noticed = capture(run).diagnosis
    run.advance(57)
    frame = capture(run)
    assert noticed is not None
    assert frame.diagnosis == noticed  # of epoch 100, as it was noticed then
    assert only(run).frame.diagnosis == noticed


def test_two_runs_that_are_compared_are_two_chapters_named_by_what_differs() -> None:
    recipes = [Recipe(epochs=0), Recipe(epochs=0, learning_rate=0.1)]
    runs = [Run(recipe) for recipe in recipes]
    for run in runs:
        run.advance(3)
    cases = cases_of([capture(run) for run in runs])
    assert [case.title.split(":")[0] for case in cases] == [
        "A · learning rate 1",
        "B · learning rate 0.1",
    ]
    assert [case.recipe for case in cases] == [replace(recipe, epochs=3) for recipe in recipes]
    assert not any(case.changes for case in cases)


def test_of_two_runs_of_one_recipe_only_the_edited_one_is_reported_as_edited() -> None:
    edited, other = Run(Recipe()), Run(Recipe())
    edited.edit(((3, 1.5),))
    for run in (edited, other):
        run.advance(1)
    frames = capture(edited), capture(other)
    assert [len(case.changes) for case in cases_of(frames)] == [1, 0]
    assert [len(case.changes) for case in cases_of(frames[::-1])] == [0, 1]
