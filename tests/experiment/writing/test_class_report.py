"""The report, the printout and the headings of runs with 3 to 6 classes."""

import csv
import io
import json
import math
from typing import Any

import numpy as np
import pytest

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.confusion import confusion
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.words.comparison import check_comparable, recipe_label
from mlpviz.experiment.writing.cases import Case
from mlpviz.experiment.writing.printout import result_dict, sample_lines
from mlpviz.experiment.writing.report import Chapter, ReportData, compute_report
from mlpviz.experiment.writing.report_pages import (
    CAPTIONS,
    captions_of,
    html_text,
    markdown_text,
    picture_name,
)
from mlpviz.experiment.writing.report_tables import csv_files, json_text
from mlpviz.experiment.writing.report_words import recipe_words

GAUSSIANS = revised(
    Recipe(), dataset="gaussians", classes=3, noise=0.2, samples=40, train_share=0.5, epochs=60
)
BROKEN = revised(Recipe(), dataset="spiral", classes=6, activations_off=True, epochs=40)
CASES = [Case("Three clouds", GAUSSIANS), Case("Broken", BROKEN)]


@pytest.fixture(scope="module")
def data() -> ReportData:
    return compute_report(CASES, 3)


@pytest.fixture(scope="module")
def written(data: ReportData) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(json_text(data), parse_constant=pytest.fail)[
        "experiments"
    ]
    return loaded


def rows_of(chapter: Chapter) -> list[dict[str, str]]:
    text = csv_files(chapter)[f"{chapter.name}-predictions.csv"]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def html_of(data: ReportData) -> str:
    names = [picture_name(chapter, key) for chapter in data.chapters for key in CAPTIONS]
    return html_text(data, dict.fromkeys(names, b"<svg/>"))


# Counting


def test_the_confusion_matrix_counts_truth_by_prediction_and_what_is_no_class() -> None:
    truth = np.array([0.0, 0.0, 1.0, 2.0, 2.0, 2.0])
    predicted = np.array([0, 2, 1, 1, -1, 2])
    assert confusion(truth, predicted, 3).tolist() == [[1, 0, 1, 0], [0, 1, 0, 0], [0, 1, 1, 1]]
    assert confusion(truth[:0], predicted[:0], 2).tolist() == [[0, 0, 0], [0, 0, 0]]


# The numbers


def test_predictions_and_surface_have_a_row_for_each_class(
    data: ReportData, written: list[dict[str, Any]]
) -> None:
    frame = data.chapters[0].frame
    assert written[0]["predictions"] == frame.predictions.tolist()
    assert np.shape(written[0]["predictions"]) == (3, 20)
    assert np.array(written[0]["surface"]["rows"], np.float32).tobytes() == frame.surface.tobytes()
    assert sorted(set(written[0]["targets"])) == [0.0, 1.0, 2.0]
    assert written[1]["predictions"] == [[None] * 100] * 6


def test_the_counts_are_those_of_the_predictions(written: list[dict[str, Any]]) -> None:
    for prefix in ("", "test_"):
        chapter = {name: written[0][prefix + name] for name in ("targets", "predictions")}
        counts = [[0] * 4 for _ in range(3)]
        predicted = np.array(chapter["predictions"]).argmax(axis=0)
        for target, number in zip(chapter["targets"], predicted.tolist(), strict=True):
            counts[int(target)][number] += 1
        assert written[0][f"{prefix}confusion"] == counts
    assert [row[-1] for row in written[1]["confusion"]] == [17, 17, 17, 17, 16, 16]  # no class
    assert "test_confusion" not in written[1]


def test_the_table_gives_the_class_and_the_output_of_every_unit(data: ReportData) -> None:
    frame = data.chapters[0].frame
    rows = rows_of(data.chapters[0])
    assert list(rows[0]) == [
        *("sample", "x1", "x2", "ground_truth", "predicted", "correct"),
        *("output_0", "output_1", "output_2"),
    ]
    for i, row in enumerate(rows):
        outputs = [float(row[f"output_{unit}"]) for unit in range(3)]
        assert outputs == frame.predictions[:, i].tolist()
        assert int(row["predicted"]) == int(np.argmax(outputs))
        assert row["correct"] == str(int(row["predicted"] == row["ground_truth"]))


def test_what_is_no_class_is_left_out_of_the_table(data: ReportData) -> None:
    rows = rows_of(data.chapters[1])
    assert {row["predicted"] for row in rows} == {""}
    assert {row["correct"] for row in rows} == {"0"}
    assert {row["output_5"] for row in rows} == {"nan"}


@pytest.mark.process
def test_the_report_twice_is_the_same_text_with_several_classes(data: ReportData) -> None:
    again = compute_report(CASES, 3, workers=2)
    assert json_text(again) == json_text(data)
    for one, other in zip(data.chapters, again.chapters, strict=True):
        assert csv_files(one) == csv_files(other)


def test_of_two_classes_the_report_has_no_counts() -> None:
    data = compute_report([Case("Two", Recipe(dataset="gaussians", samples=10, epochs=2))], 1)
    chapter = json.loads(json_text(data))["experiments"][0]
    assert "confusion" not in chapter
    assert np.shape(chapter["predictions"]) == (10,)
    assert "Predicted classes" not in html_of(data)


# The page


def test_the_page_counts_the_predicted_classes_of_both_parts(
    data: ReportData, written: list[dict[str, Any]]
) -> None:
    html, text = html_of(data), markdown_text(data)
    rows = [
        "<tr><td>" + "</td><td>".join(map(str, (number, *row[:3]))) + "</td></tr>"
        for number, row in enumerate(written[0]["confusion"])
    ]
    head = "".join(f"<th>predicted {number}</th>" for number in range(3))
    head = f"<thead><tr><th>ground truth</th>{head}</tr></thead>"
    assert f"<h3>Predicted classes</h3><table>{head}<tbody>{''.join(rows)}</tbody>" in html
    assert "<h3>Predicted classes, test set</h3>" in html
    counts = " | ".join(map(str, written[0]["test_confusion"][2][:3]))
    assert "**Predicted classes, test set**\n\n| ground truth | predicted 0 |" in text
    assert f"| 2 | {counts} |" in text


def test_where_there_is_no_class_the_page_has_a_column_for_it(data: ReportData) -> None:
    html = html_of(data)
    assert html.count("<th>no class</th>") == 1
    assert "<tr><td>5</td>" + "<td>0</td>" * 6 + "<td>16</td></tr>" in html


def test_the_captions_say_what_is_drawn_of_several_classes(data: ReportData) -> None:
    text = captions_of(data.chapters[0])["surface"].text
    assert text.startswith("The class that the network predicts, paler where it is less sure")
    assert list(captions_of(data.chapters[0])) == list(CAPTIONS)


def test_what_was_trained_is_said_with_the_number_of_classes() -> None:
    assert recipe_words(GAUSSIANS).startswith(
        "gaussians of 3 classes with noise 20\u2009%, 50\u2009% of the samples trained on: "
        "2-4-4-3, sigmoid and softmax, cross-entropy, "
    )
    assert "classes" not in recipe_words(Recipe(dataset="gaussians"))
    assert "classes" not in recipe_words(Recipe(classes=4))  # of xor there are 2


def test_the_report_says_why_it_broke_and_of_which_class(data: ReportData) -> None:
    assert "without softmax sample " in html_of(data)


# The printout


def test_the_printout_has_the_output_of_every_class_and_json_a_row_for_each() -> None:
    training = start_training(GAUSSIANS)
    training.run(5)
    lines = sample_lines(training, "012345")
    for i, line in enumerate(lines):
        numbers = " ".join(f"{value:.4f}" for value in training.predictions[:, i])
        truth = int(training.Y[i, 0])
        assert line == f"Iter {i} | Ground truth: {truth} | prediction: {numbers}"
    values = json.loads(json.dumps(result_dict(GAUSSIANS, training, 0.0), allow_nan=False))
    assert values["predictions"] == training.predictions.tolist()
    assert values["accuracy"] == training.accuracy
    broken = start_training(BROKEN)
    broken.run(40)
    assert not math.isfinite(broken.loss)
    values = json.loads(json.dumps(result_dict(BROKEN, broken, 0.0), allow_nan=False))
    assert values["predictions"] == [[None] * 100] * 6


# The headings


def test_a_pinned_run_of_several_classes_is_called_by_their_number() -> None:
    recipe = revised(Recipe(), dataset="spiral", classes=4)
    assert recipe_label(recipe) == "spiral, 4 classes, 4-4, η 1"
    assert recipe_label(revised(recipe, loss="mean_squared_error")) == (
        "spiral, 4 classes, 4-4, η 1, loss squared error"
    )
    assert recipe_label(Recipe(classes=4)) == "xor, 4-4, η 1"


def test_a_pinned_regression_is_called_by_what_is_unusual_of_one() -> None:
    recipe = revised(Recipe(), dataset="plane", batch_size=5)
    assert recipe_label(recipe) == "plane, 4-4, η 0.1, batch size 5"


def test_runs_with_other_classes_are_not_compared_but_where_there_are_two_anyway() -> None:
    spiral = revised(Recipe(), dataset="spiral", classes=3)
    with pytest.raises(ValueError, match=r"classes is 3 in A and would be 4 in B\.$"):
        check_comparable(spiral, revised(spiral, classes=4))
    check_comparable(Recipe(classes=3), Recipe(classes=4))
