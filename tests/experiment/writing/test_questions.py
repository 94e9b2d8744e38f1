"""The questions of the report: answered by its own runs, whose numbers a textbook confirms."""

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from mlpviz.engine import Array
from mlpviz.engine.network import Network, layer_views
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.start import make_data, untrained_network
from mlpviz.experiment.writing.answer_pages import ANSWER_CAPTIONS
from mlpviz.experiment.writing.answer_words import answer_sentences, line_formula, trial_rows
from mlpviz.experiment.writing.cases import Case, report_cases
from mlpviz.experiment.writing.questions import (
    MOVED,
    biases_of,
    report_questions,
    weights_of,
)
from mlpviz.experiment.writing.report import Answer, ReportData, compute_report
from mlpviz.experiment.writing.report_pages import html_text, markdown_text, picture_name
from mlpviz.experiment.writing.report_tables import answer_table, json_text

EPOCHS, SEEDS = 300, 2


def cases() -> list[Case]:
    return [
        Case(case.title, Recipe.from_dict(case.recipe.to_dict() | {"epochs": EPOCHS}))
        for case in report_cases()
    ]


@pytest.fixture(scope="module")
def data() -> ReportData:
    return compute_report(cases(), SEEDS, questions=report_questions(EPOCHS))


def answers_of(data: ReportData) -> tuple[Answer, Answer, Answer]:
    one, two, three = data.answers
    return one, two, three


def test_the_three_questions_of_the_report_are_asked_and_each_has_a_caption() -> None:
    questions = report_questions(EPOCHS)
    assert [question.title for question in questions] == [
        "What is the purpose of activation functions?",
        "What might happen if the learning rate is too large or too small?",
        "What is the purpose of weights and biases in a neural network?",
    ]
    assert [question.key for question in questions] == list(ANSWER_CAPTIONS)


def test_a_run_that_a_chapter_has_is_not_trained_again(data: ReportData) -> None:
    of_recipe = {chapter.frame.recipe: chapter for chapter in data.chapters}
    activations, rates, parameters = answers_of(data)
    shared = [
        *(activations.of(key, d) for key in ("sigmoid", "none") for d in ("linear", "xor")),
        *(rates.of(key, d) for key in ("tenth", "same") for d in ("linear", "xor")),
        *(parameters.of("both", d) for d in ("linear", "xor")),
    ]
    for tried in shared:
        chapter = of_recipe[tried.trial.recipe]
        assert tried.study is chapter.study
        assert tried.frame is chapter.frame


# By a textbook, with nothing of the engine


def sigmoid(z: Array) -> Array:
    result: Array = 1.0 / (1.0 + np.exp(-z))
    return result


def textbook(recipe: Recipe, start: Array, *, holds: str = "") -> tuple[float, Array, Array]:
    """Train by the formulas of a book.

    Parameters
    ----------
    start : the initial weights, (parameters,)
    holds : "W" or "b", which are left alone

    Returns
    -------
    The loss, the predictions (samples,), and the parameters.
    """
    X, Y = make_data(recipe)
    parameters = start.copy()
    W, b = layer_views(parameters, recipe.sizes)
    is_bent = recipe.hidden_activation == "sigmoid"
    A: list[Array] = []
    for epoch in range(recipe.epochs + 1):
        A = [X]
        for layer in range(3):
            Z = A[layer] @ W[layer] + b[layer]
            A.append(sigmoid(Z) if is_bent or layer == 2 else Z)
        if epoch == recipe.epochs:
            break
        dZ = (A[3] - Y) / len(X)
        for layer in (2, 1, 0):
            dW, db = A[layer].T @ dZ, dZ.sum(axis=0)
            slope = A[layer] * (1.0 - A[layer]) if is_bent else 1.0
            dZ = dZ @ W[layer].T * slope if layer else dZ
            if holds != "W":
                W[layer] -= recipe.learning_rate * dW
            if holds != "b":
                b[layer] -= recipe.learning_rate * db
    p = A[3][:, 0]
    loss = -np.mean(np.where(Y[:, 0] == 1.0, np.log(p), np.log(1.0 - p)))
    return float(loss), p, parameters


def check_by_the_book(answer: Answer, key: str, points: str, holds: str = "") -> None:
    """Check every seed of a trial, and its single run where it is told of."""
    tried = answer.of(key, points)
    targets = make_data(tried.trial.recipe)[1][:, 0]
    for column, seed in enumerate(tried.study.seeds):
        recipe = Recipe.from_dict(tried.trial.recipe.to_dict() | {"weight_seed": seed})
        loss, p, parameters = textbook(recipe, untrained_network(recipe).parameters, holds=holds)
        assert abs(loss - tried.study.losses[-1, column]) < 1e-9
        np.testing.assert_allclose(parameters, tried.study.parameters[column], atol=1e-8)
        right = float(np.mean((p > 0.5) == (targets == 1.0)))
        assert right == tried.study.accuracies[column]
        if seed == 0 and tried.frame is not None:
            np.testing.assert_allclose(p, tried.frame.predictions, atol=1e-9)


@pytest.mark.parametrize("points", ["linear", "xor"])
def test_what_is_left_without_activations_is_the_one_line_of_the_book(
    data: ReportData, points: str
) -> None:
    answer = answers_of(data)[0]
    check_by_the_book(answer, "line", points)
    frame = answer.of("line", points).frame
    assert frame is not None
    W, b = frame.layers()
    w, c = W[0] @ W[1] @ W[2], (b[0] @ W[1] + b[1]) @ W[2] + b[2]
    np.testing.assert_allclose(sigmoid(frame.X @ w + c)[:, 0], frame.predictions, atol=1e-12)
    numbers = [float(n) for n in re.findall(r"\d+\.\d\d", line_formula(frame))]
    np.testing.assert_allclose(numbers, np.abs([*w[:, 0], c[0]]), atol=0.0051)
    signs = re.findall("[−+]", line_formula(frame))[-2:]
    assert signs == ["−" if part < 0.0 else "+" for part in (w[1, 0], c[0])]


@pytest.mark.parametrize("points", ["linear", "xor"])
@pytest.mark.parametrize("key", ["tenth", "same"])
def test_the_learning_rates_are_those_of_the_book(data: ReportData, key: str, points: str) -> None:
    check_by_the_book(answers_of(data)[1], key, points)


@pytest.mark.parametrize(
    ("key", "points", "holds"),
    [
        ("both", MOVED, ""),
        ("no_biases", "linear", "b"),
        ("no_biases", "xor", "b"),
        ("no_biases", MOVED, "b"),
        ("no_weights", "xor", "W"),
    ],
)
def test_what_is_held_stays_and_the_rest_learns_as_in_the_book(
    data: ReportData, key: str, points: str, holds: str
) -> None:
    answer = answers_of(data)[2]
    check_by_the_book(answer, key, points, holds)
    tried = answer.of(key, points)
    for seed, parameters in zip(tried.study.seeds, tried.study.parameters, strict=True):
        W, b = layer_views(parameters, tried.trial.recipe.sizes)
        drawn = Recipe.from_dict(tried.trial.recipe.to_dict() | {"weight_seed": seed})
        starts = untrained_network(drawn).weights
        assert all((part == 0.0).all() for part in b) == (holds == "b")
        stays = [np.array_equal(now, start) for now, start in zip(W, starts, strict=True)]
        assert stays == [holds == "W"] * 3


def test_the_moved_points_are_those_of_linear_one_further_along_x1(data: ReportData) -> None:
    answer = answers_of(data)[2]
    X, Y = make_data(answer.of("both", "linear").trial.recipe)
    moved, same = make_data(answer.of("both", MOVED).trial.recipe)
    np.testing.assert_array_equal(moved, X + np.array([1.0, 0.0]))
    np.testing.assert_array_equal(same, Y)
    assert ((X[:, 0] < X[:, 1]) == (Y[:, 0] == 1.0)).all()  # its line is x1 = x2


def test_weights_and_biases_are_all_parameters() -> None:
    recipe = Recipe(hidden=(3, 2))
    network = Network(recipe.sizes, recipe.activations)
    for part in network.weights:
        part[:] = 1.0
    assert np.flatnonzero(network.parameters).tolist() == list(weights_of(recipe))
    assert sorted((*weights_of(recipe), *biases_of(recipe))) == list(range(3 * 3 + 4 * 2 + 3))


# What is said and written


def numbers_in(texts: Sequence[str]) -> set[str]:
    whole = [re.sub(r"W₁ · W₂ · W₃|x₁|x₂|\u2009", "", text) for text in texts]
    return {n for text in whole for n in re.findall(r"\d+(?:\.\d+)?(?:e−?\d+)?", text)}


def written(values: Any) -> set[str]:
    """Return each number of a JSON value as a sentence may write it."""
    if isinstance(values, dict):
        return set[str]().union(*map(written, values.values()))
    if isinstance(values, list):
        return set[str]().union(*map(written, values), {str(len(values))})
    if isinstance(values, bool) or not isinstance(values, int | float):
        return set()
    size = abs(values)
    texts = {f"{size:{form}}" for form in (".0f", "g", ".2f", ".4f")} | {f"{100 * size:.1f}"}
    mantissa, exponent = f"{size:.2e}".split("e")
    return texts | {f"{mantissa}e{int(exponent)}".replace("-", "−")}


def test_every_number_of_an_answer_is_in_the_json(data: ReportData) -> None:
    values = json.loads(json_text(data), parse_constant=pytest.fail)
    assert len(values["questions"]) == 3
    for answer, found in zip(data.answers, values["questions"], strict=True):
        assert found["question"] == answer.title
        assert found["answer"] == answer_sentences(answer)
        told = numbers_in(answer_sentences(answer)) | numbers_in(
            [cell for row in trial_rows(answer)[1:] for cell in row]
        )
        said = {"0", "1", "100", "90", "0.5", "10"}  # by which rule, not what came of it
        assert len(told) > 5
        assert not told - written(found["trials"]) - said


def test_the_table_of_an_answer_counts_the_seeds(data: ReportData) -> None:
    for answer in data.answers:
        rows = list(csv.DictReader(io.StringIO(answer_table(answer), newline="")))
        for row, tried, words in zip(rows, answer.tried, trial_rows(answer)[1:], strict=True):
            study = tried.study
            assert row["what"] == words[0] == tried.trial.words
            learned = sum(accuracy == 1.0 for accuracy in study.accuracies)
            above = sum(accuracy > 0.9 for accuracy in study.accuracies)
            assert (row["seeds"], row["all_right"]) == (str(SEEDS), str(learned))
            assert row["above_90_percent"] == str(above)
            assert words[2:4] == (f"{learned} of {SEEDS}", f"{above} of {SEEDS}")


def test_the_answers_are_the_last_part_of_both_pages(data: ReportData) -> None:
    pictures = {answer.name: f"<svg>{answer.name}</svg>".encode() for answer in data.answers}
    pictures |= {
        picture_name(chapter, key): b"<svg/>"
        for chapter in data.chapters
        for key in ("learning-curve", "seeds", "predictions", "surface", "seed-surfaces")
    }
    page, text = html_text(data, pictures), markdown_text(data)
    assert '<a href="#questions">' in page
    assert page.count('id="questions"') == 1
    last_chapter = page.index(f'id="{data.chapters[-1].name}"')
    assert last_chapter < page.index('id="questions"')
    for answer in data.answers:
        assert page.index(answer.title) > last_chapter
        assert f"### {answer.title}" in text
        assert f"(figures/{answer.name}.svg)" in text
        for sentence in answer_sentences(answer):
            assert sentence in page
    alone = markdown_text(ReportData(data.chapters))
    assert "Questions" not in alone
    assert "questions" not in json.loads(json_text(ReportData(data.chapters)))


def test_the_progress_counts_the_questions_and_they_can_be_cancelled() -> None:
    class Cancelled(Exception):
        pass

    short = [Case("Baseline, xor", Recipe(epochs=20))]
    shares: list[float] = []
    compute_report(short, 1, shares.append, questions=report_questions(20))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 10
    done = [share for share in shares if share < 0.9]

    def cancel(share: float) -> None:
        if share >= done[-1]:
            raise Cancelled

    with pytest.raises(Cancelled):
        compute_report(short, 1, cancel, questions=report_questions(20))


@pytest.mark.slow
def test_at_its_full_length_each_answer_says_what_it_is_for() -> None:
    """The first four seeds, for all 10 000 epochs."""
    data = compute_report([Case("Baseline", Recipe())], 4, questions=report_questions(10_000))
    activations, rates, parameters = answers_of(data)

    def learned(answer: Answer, key: str, points: str) -> int:
        return int(answer.of(key, points).study.learned.sum())

    assert learned(activations, "line", "linear") == 4
    assert learned(activations, "line", "xor") == 0
    assert learned(activations, "none", "linear") == 0
    assert [learned(rates, key, "xor") for key in ("tenth", "same", "ten", "thirty")] == [
        2,
        2,
        0,
        0,
    ]
    assert [learned(rates, key, "linear") for key in ("tenth", "same", "thirty")] == [0, 4, 0]
    assert rates.of("tenth", "linear").study.above_90.all()
    assert learned(parameters, "both", MOVED) == 4
    assert learned(parameters, "no_biases", MOVED) == 0
    assert learned(parameters, "no_biases", "linear") == 4
    assert learned(parameters, "no_weights", "xor") == 0
    assert "On xor it passes all samples by" in answer_sentences(activations)[0]
