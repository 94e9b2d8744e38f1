"""The answers to the report's questions, in sentences with the numbers of its runs."""

import math
from collections.abc import Callable

import numpy as np

from mlpviz.experiment.language import count_text, tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.history import Rise
from mlpviz.experiment.study.seed_study import SeedStudy
from mlpviz.experiment.words.formats import (
    accuracy_percent,
    added_text,
    epoch_text,
    loss_text,
    not_finite,
    value_text,
)
from mlpviz.experiment.writing.questions import FACTORS, MOVED
from mlpviz.experiment.writing.report import Answer, Tried


def answer_sentences(answer: Answer) -> list[str]:
    """Return the answer to a question, a paragraph each."""
    return _SENTENCES[answer.question.key](answer)


def trial_rows(answer: Answer) -> list[tuple[str, ...]]:
    """Return a table of all that was tried, with its headings."""
    head = (
        tr("what was tried"),
        tr("points"),
        tr("seeds with 100 %"),
        tr("seeds above 90 %"),
        tr("median of the final losses"),
    )
    return [head, *(_trial_row(tried) for tried in answer.tried)]


def _trial_row(tried: Tried) -> tuple[str, ...]:
    trial, study = tried.trial, tried.study
    return (
        trial.words,
        trial.data_words,
        learned_of(study),
        above_90_of(study),
        loss_text(median_loss(study)),
    )


def learned_of(study: SeedStudy) -> str:
    """Say how many seeds end with every sample right: 43 of 50."""
    return _of(int(study.learned.sum()), study)


def above_90_of(study: SeedStudy) -> str:
    """Say how many seeds end with more than 90 % of the samples right."""
    return _of(int(study.above_90.sum()), study)


def median_loss(study: SeedStudy) -> float:
    """Return the median of the final losses; NaN where half of them are not finite."""
    return float(study.quartiles()[1, -1])


def line_formula(frame: Frame) -> str:
    """Write the one line on which a network without bends gives 0.5: 2.00·x₁ − 2.10·x₂ + 0.05 = 0.

    The sum that enters its output is w · x + b, and the sigmoid of 0 is 0.5.
    """
    line = frame.linear_map()
    assert line is not None
    (w1, w2), b = line[0].tolist(), line[1]
    if not all(map(math.isfinite, (w1, w2, b))):
        return not_finite(math.nan)
    return f"{value_text(w1)}·x₁ {added_text(w2)}·x₂ {added_text(b)} = 0"


def _line_words(frame: Frame, points: str) -> str:
    """Say where the one line ended, or that it is nowhere among the samples."""
    line = frame.linear_map()
    assert line is not None
    box = frame.box
    corners = np.array([(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)])
    sides = corners @ line[0] + line[1]
    low, high = (value_text(end, 4) for end in np.sort(frame.predictions)[[0, -1]].tolist())
    is_beside = bool((sides > 0.0).all() or (sides < 0.0).all())
    if is_beside and low == high:
        return tr(
            "On {points} it passes all samples by: the output is {output} for each of them.",
            points=points,
            output=low,
        )
    if is_beside:
        return tr(
            "On {points} it passes all samples by: the output is between {low} and {high} for each "
            "of them.",
            points=points,
            low=low,
            high=high,
        )
    return tr("On {points} it is {line}.", points=points, line=line_formula(frame))


def _of(count: int, study: SeedStudy) -> str:
    return tr("{count} of {all}", count=count_text(count), all=count_text(len(study.seeds)))


def _about_activations(answer: Answer) -> list[str]:
    lines = {data: answer.of("line", data) for data in ("linear", "xor")}
    shown = {data: _shown(tried) for data, tried in lines.items()}
    sigmoid = {data: answer.of("sigmoid", data).study for data in ("linear", "xor")}
    none = {data: answer.of("none", data).study for data in ("linear", "xor")}
    best = float(np.max(lines["xor"].study.accuracies))
    names = {data: lines[data].trial.data_words for data in lines}
    of_lines = [_line_words(shown[data], names[data]) for data in lines]
    one = tr(
        "Without activation functions between them, layers are one: multiplied out, the weights "
        "W₁ · W₂ · W₃ are one weight for each input, and the boundary is one straight line."
    )
    return [
        " ".join((one, *of_lines)),
        tr(
            "One line can part the classes of linear, and {linear} seeds end with every sample "
            "right. It cannot part those of xor: {xor} seeds do, and the best has {best} % of the "
            "samples right. With the sigmoid in every layer it is {curved_linear} on linear and "
            "{curved_xor} on xor, for it bends the line.",
            linear=learned_of(lines["linear"].study),
            xor=learned_of(lines["xor"].study),
            best=accuracy_percent(best),
            curved_linear=learned_of(sigmoid["linear"]),
            curved_xor=learned_of(sigmoid["xor"]),
        ),
        tr(
            "The sigmoid of the output keeps it between 0 and 1. Without it too, the output is any "
            "number, and cross-entropy takes its logarithm: on linear {linear} seeds end with a "
            "loss that is not finite, on xor {xor}.",
            linear=_broken_of(none["linear"]),
            xor=_broken_of(none["xor"]),
        ),
    ]


def _broken_of(study: SeedStudy) -> str:
    return _of(int(study.nonfinite_counts[-1]), study)


def _about_learning_rate(answer: Answer) -> list[str]:
    studies = {
        (key, data): answer.of(key, data).study for key in FACTORS for data in ("linear", "xor")
    }
    learned = {f"{key}_{data}": learned_of(study) for (key, data), study in studies.items()}
    return [
        tr(
            "Too small, and the steps do not get there in time: at a tenth of the learning rate "
            "{tenth_linear} seeds end with every sample right on linear and {tenth_xor} on xor, "
            "at the rate itself {same_linear} and {same_xor}. The median of the final losses on "
            "linear is {slow} instead of {loss}.",
            slow=loss_text(median_loss(studies["tenth", "linear"])),
            loss=loss_text(median_loss(studies["same", "linear"])),
            **{key: words for key, words in learned.items() if key.startswith(("tenth", "same"))},
        ),
        tr(
            "Too large, and a step goes beyond the valley that it aims at: at ten times the rate "
            "{ten_linear} seeds end with every sample right on linear and {ten_xor} on xor, at "
            "thirty times the rate {thirty_linear} and {thirty_xor}.",
            **{key: words for key, words in learned.items() if key.startswith(("ten_", "thirty"))},
        ),
        *_rises_words(answer),
    ]


def _rises_words(answer: Answer) -> list[str]:
    """Say how far the loss of the run that is drawn rises within an epoch, at each rate."""
    sentences = []
    for key in FACTORS:
        tried = answer.of(key, "xor")
        frame = _shown(tried)
        rate = f"{tried.trial.recipe.learning_rate:g}"
        sentences.append(_rise_words(frame.curve.rise, rate))
    return [" ".join(sentences)]


def _rise_words(rise: Rise | None, rate: str) -> str:
    if rise is None:
        return tr(
            "On xor, at a learning rate of {rate}, the loss never rises by a fifth from one epoch "
            "to the next.",
            rate=rate,
        )
    return tr(
        "On xor, at a learning rate of {rate}, its largest rise from one epoch to the next is from "
        "{before} to {after}, at epoch {epoch}.",
        rate=rate,
        before=loss_text(rise.before),
        after=loss_text(rise.after),
        epoch=epoch_text(rise.epoch),
    )


def _about_parameters(answer: Answer) -> list[str]:
    learned = {
        f"{key}_{data}": learned_of(answer.of(key, data).study)
        for key in ("both", "no_biases")
        for data in ("linear", "xor", MOVED)
    }
    return [
        tr(
            "Weights turn the line w · x + b = 0 of a unit and say how sharply it parts the plane; "
            "the bias b shifts it. Without biases every line of the first layer goes through the "
            "origin."
        ),
        tr(
            "The line between the classes of linear, x₁ = x₂, does so too: with the biases held "
            "at 0, {no_biases_linear} seeds end with every sample right on linear and "
            "{no_biases_xor} on xor, with biases {both_linear} and {both_xor}. Moved by 1 along "
            "x₁, and at half the learning rate, the same points of linear need a line beside the "
            "origin: {no_biases_moved} without biases, {both_moved} with them.",
            **learned,
        ),
        tr(
            "With the weights held where they start, so that only biases learn, {seeds} seeds end "
            "with every sample right on xor.",
            seeds=learned_of(answer.of("no_weights", "xor").study),
        ),
    ]


def _shown(tried: Tried) -> Frame:
    """Return the single run of a trial that has one."""
    assert tried.frame is not None
    return tried.frame


_SENTENCES: dict[str, Callable[[Answer], list[str]]] = {
    "activations": _about_activations,
    "learning-rate": _about_learning_rate,
    "weights-and-biases": _about_parameters,
}
