"""Every number of a report: one JSON object, and CSV files for a spreadsheet."""

import csv
import io
import json
import platform
from collections.abc import Iterable
from typing import Any

import numpy as np

from mlpviz import __version__
from mlpviz.engine import Array
from mlpviz.engine.scores import NO_CLASS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.confusion import confusion
from mlpviz.experiment.run.frame import Frame, Held
from mlpviz.experiment.run.history import LossCurve
from mlpviz.experiment.study.seed_study import QUARTILES, SeedStudy
from mlpviz.experiment.writing.answer_words import answer_sentences
from mlpviz.experiment.writing.printout import finite_or_none, numbers_or_none
from mlpviz.experiment.writing.report import Answer, Chapter, ReportData
from mlpviz.experiment.writing.report_words import diagnosis_words

TABLES = ("loss", "predictions", "seeds", "seed-losses")  # of each chapter


def json_text(data: ReportData) -> str:
    """Return every number of a report; what is not finite is null.

    Nothing in it depends on when it was made: the same cases and seeds give the same text on the
    same machine and versions.
    """
    values: dict[str, Any] = {
        "made_with": {
            "mlpviz": __version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
        "experiments": [_chapter_dict(chapter) for chapter in data.chapters],
    }
    if data.answers:
        values["questions"] = [_answer_dict(answer) for answer in data.answers]
    return json.dumps(values, allow_nan=False, separators=(",", ":")) + "\n"


def answer_table(answer: Answer) -> str:
    """Return a table of what was tried to answer a question, as CSV."""
    return _csv(_trial_rows(answer))


def csv_files(chapter: Chapter) -> dict[str, str]:
    """Return the tables of a chapter by the name of their file."""
    rows = (
        _loss_rows(chapter.frame.curve, chapter.frame.epoch),
        _prediction_rows(chapter),
        _seed_rows(chapter.study),
        _seed_loss_rows(chapter.study),
    )
    return {
        f"{chapter.name}-{table}.csv": _csv(lines)
        for table, lines in zip(TABLES, rows, strict=True)
    }


def _chapter_dict(chapter: Chapter) -> dict[str, Any]:
    frame = chapter.frame
    weights, biases = frame.layers()
    return {
        "name": chapter.name,
        "title": chapter.title,
        "is_run_of_the_window": chapter.is_of_window,
        "start_recipe": frame.start_recipe.to_dict(),
        "recipe": frame.recipe.to_dict(),  # in force at the end
        "changes": [
            {"epoch": change.epoch, "recipe": change.recipe.to_dict(), "edits": change.edits}
            for change in frame.changes
        ],
        "epochs": frame.epoch,
        "loss": finite_or_none(frame.loss),
        "accuracy": finite_or_none(frame.accuracy),
        **_fit_dict("r_squared", frame, frame.recipe),
        "samples": frame.X.tolist(),
        "targets": frame.Y.tolist(),
        "predictions": numbers_or_none(frame.predictions),
        **_confusion_dict("confusion", frame, frame.recipe.outputs),
        **_test_dict(frame),
        "first_nonfinite_loss_epoch": frame.curve.first_nonfinite_epoch,
        "first_nonfinite_weight_epoch": frame.first_nonfinite_weight_epoch,
        "diagnosis": diagnosis_words(frame) or None,
        "printout": list(chapter.printout),
        "weights": [numbers_or_none(W) for W in weights],
        "biases": [numbers_or_none(b) for b in biases],
        "parameters": numbers_or_none(frame.parameters),  # the same, as a recipe's `start` has them
        "loss_curve": {
            "epochs_per_bucket": frame.curve.stride,
            "low": numbers_or_none(frame.curve.low),
            "high": numbers_or_none(frame.curve.high),
        },
        "surface": {
            "box": list(frame.surface_box),
            "rows": numbers_or_none(_short(frame.surface)),
        },
        "seeds": _study_dict(chapter.study),
    }


def _test_dict(frame: Frame) -> dict[str, Any]:
    test = frame.test
    if test is None:
        return {}
    return {
        "test_loss": finite_or_none(test.loss),
        "test_accuracy": finite_or_none(test.accuracy),
        **_fit_dict("test_r_squared", test, frame.recipe),
        "test_samples": test.X.tolist(),
        "test_targets": test.Y.tolist(),
        "test_predictions": numbers_or_none(test.predictions),
        **_confusion_dict("test_confusion", test, frame.recipe.outputs),
    }


def _fit_dict(name: str, part: Frame | Held, recipe: Recipe) -> dict[str, Any]:
    """Return R², which stands where the accuracy does of numbers as targets."""
    return {name: finite_or_none(part.r_squared)} if recipe.is_regression else {}


def _confusion_dict(name: str, part: Frame | Held, outputs: int) -> dict[str, Any]:
    """Return the counts by class; of two classes predictions and targets say it as briefly."""
    if outputs == 1:
        return {}
    return {name: confusion(part.Y, part.predicted, outputs).tolist()}


def _answer_dict(answer: Answer) -> dict[str, Any]:
    return {
        "name": answer.name,
        "question": answer.title,
        "answer": answer_sentences(answer),
        "trials": [
            {
                "what": tried.trial.words,
                "points": tried.trial.data_words,
                "recipe": tried.trial.recipe.to_dict(),
                **({} if tried.frame is None else {"run": _run_dict(tried.frame)}),
                "seeds": _counts_dict(tried.study)
                | {
                    "final_losses": numbers_or_none(tried.study.losses[-1]),
                    "final_loss_quantiles": numbers_or_none(tried.study.quartiles()[:, -1]),
                    "nonfinite_count": int(tried.study.nonfinite_counts[-1]),
                },
            }
            for tried in answer.tried
        ],
    }


def _run_dict(frame: Frame) -> dict[str, Any]:
    """Return what an answer tells of a single run."""
    line, rise = frame.linear_map(), frame.curve.rise
    return {
        "epochs": frame.epoch,
        "loss": finite_or_none(frame.loss),
        "accuracy": finite_or_none(frame.accuracy),
        "parameters": numbers_or_none(frame.parameters),
        "predictions": numbers_or_none(frame.predictions),
        "line": line and {"weights": numbers_or_none(line[0]), "bias": finite_or_none(line[1])},
        "largest_rise": rise and dict(zip(rise._fields, rise, strict=True)),
    }


def _study_dict(study: SeedStudy) -> dict[str, Any]:
    return {
        **_counts_dict(study),
        "first_perfect_epochs": list(study.first_perfect_epochs),
        "first_perfect_epoch_quartiles": numbers_or_none(study.perfect_epoch_quartiles()),
        "first_nonfinite_epochs": list(study.first_nonfinite_epochs),
        "epochs": study.epochs.tolist(),
        "quantiles": list(QUARTILES),
        "loss_quantiles": numbers_or_none(study.quartiles()),
        "nonfinite_counts": study.nonfinite_counts.tolist(),
        "losses": numbers_or_none(study.losses.T),
    }


def _counts_dict(study: SeedStudy) -> dict[str, Any]:
    return {
        "weight_seeds": list(study.seeds),
        "learned": study.learned.tolist(),
        "learned_count": int(study.learned.sum()),
        "learned_share": float(study.learned.mean()),
        "above_90_count": int(study.above_90.sum()),
        "above_90_share": float(study.above_90.mean()),
        "lost_count": study.lost_count,
        "accuracies": numbers_or_none(study.accuracies),
    }


def _short(surface: Array) -> Array:
    """Return the digits that float32 has, in float64, which would else be written with 17."""
    return np.array([float(str(value)) for value in surface.ravel()]).reshape(surface.shape)


def _loss_rows(curve: LossCurve, last: int) -> Iterable[Iterable[object]]:
    yield "first_epoch", "last_epoch", "lowest_loss", "highest_loss", "all_finite"
    for i, (low, high) in enumerate(zip(curve.low.tolist(), curve.high.tolist(), strict=True)):
        first = i * curve.stride
        end = min(first + curve.stride - 1, last)  # the last bucket may not be full
        yield first, end, low, high, _flag(not curve.broken[i])


def _prediction_rows(chapter: Chapter) -> Iterable[Iterable[object]]:
    frame = chapter.frame
    if frame.recipe.is_regression:
        yield from _number_rows(frame)
        return
    if frame.recipe.outputs > 1:
        yield from _class_rows(frame)
        return
    yield "sample", "x1", "x2", "ground_truth", "prediction", "correct"
    correct = frame.correct
    for i, (x1, x2) in enumerate(frame.X.tolist()):
        yield i, x1, x2, int(frame.Y[i]), float(frame.predictions[i]), _flag(correct[i])


def _class_rows(frame: Frame) -> Iterable[Iterable[object]]:
    """Give the class that is predicted, if any, and what the unit of each class gives."""
    outputs = [f"output_{number}" for number in range(frame.recipe.outputs)]
    yield "sample", "x1", "x2", "ground_truth", "predicted", "correct", *outputs
    predicted = [None if number == NO_CLASS else number for number in frame.predicted.tolist()]
    correct, predictions = frame.correct, frame.predictions.T.tolist()
    for i, (x1, x2) in enumerate(frame.X.tolist()):
        yield i, x1, x2, int(frame.Y[i]), predicted[i], _flag(correct[i]), *predictions[i]


def _number_rows(frame: Frame) -> Iterable[Iterable[object]]:
    yield "sample", "x1", "x2", "ground_truth", "prediction", "error"
    errors = frame.predictions - frame.Y
    for i, (x1, x2) in enumerate(frame.X.tolist()):
        yield i, x1, x2, float(frame.Y[i]), float(frame.predictions[i]), float(errors[i])


def _trial_rows(answer: Answer) -> Iterable[Iterable[object]]:
    yield (
        "what",
        "points",
        "learning_rate",
        "seeds",
        "all_right",
        "above_90_percent",
        "not_finite",
        "lower_quartile",
        "median",
        "upper_quartile",
    )
    for tried in answer.tried:
        study = tried.study
        yield (
            tried.trial.words,
            tried.trial.data_words,
            tried.trial.recipe.learning_rate,
            len(study.seeds),
            int(study.learned.sum()),
            int(study.above_90.sum()),
            int(study.nonfinite_counts[-1]),
            *study.quartiles()[:, -1].tolist(),
        )


def _seed_rows(study: SeedStudy) -> Iterable[Iterable[object]]:
    yield "weight_seed", "loss", "accuracy", "first_epoch_all_right", "first_epoch_not_finite"
    for i, seed in enumerate(study.seeds):
        yield (
            seed,
            float(study.losses[-1, i]),
            float(study.accuracies[i]),
            study.first_perfect_epochs[i],
            study.first_nonfinite_epochs[i],
        )


def _seed_loss_rows(study: SeedStudy) -> Iterable[Iterable[object]]:
    names = [f"seed_{seed}" for seed in study.seeds]
    yield "epoch", "lower_quartile", "median", "upper_quartile", "not_finite", *names
    table = zip(
        study.epochs.tolist(),
        study.quartiles().T.tolist(),
        study.nonfinite_counts.tolist(),
        study.losses.tolist(),
        strict=True,
    )
    for epoch, quartiles, broken, losses in table:
        yield epoch, *quartiles, broken, *losses


def _flag(value: object) -> int:
    return int(bool(value))


def _csv(rows: Iterable[Iterable[object]]) -> str:
    """Write rows as RFC 4180 has it; nothing stands for None, nan for what is no number."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
