"""The result of a run in the report's own form, and as JSON."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.heldout import HeldOut
from mlpviz.engine.scores import r_squared
from mlpviz.engine.training import Training
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.words.formats import accuracy_percent, scale_words
from mlpviz.experiment.words.names import are_numbers, short_names


def printout_lines(recipe: Recipe, training: Training, held_out: HeldOut | None) -> list[str]:
    """Return all that is printed of a run: of what the samples are told, they, and the result."""
    samples = sample_lines(training, short_names(recipe))
    return [*_target_lines(recipe), *samples, *result_lines(training, held_out)]


def _target_lines(recipe: Recipe) -> list[str]:
    """Say once how the network has the targets, where that is not as the user's data have them."""
    own = recipe.used_own
    if own is None:
        return []
    if own.is_target_scaled:
        scaled = scale_words(own.target, own.target_offset, own.target_factor)
        return [
            tr("Ground truth and prediction are scaled for training: {formula}", formula=scaled)
        ]
    if are_numbers(own.classes):
        return []  # and so have regressions without a scale
    pairs = [
        tr("class {number} is {name}", number=number, name=repr(name))
        for number, name in enumerate(own.classes)
    ]
    return [tr("In the network {classes}", classes=", ".join(pairs))]


def sample_lines(training: Training, names: Sequence[str]) -> list[str]:
    """Return a line per sample, as in the report: number, ground truth, prediction.

    With an output unit per class, the prediction is the output of each.

    Parameters
    ----------
    names : what the classes are called, by their numbers; none where the targets are numbers
    """
    targets = training.Y[:, 0]
    truths = [names[int(y)] for y in targets] if names else [f"{y:.4f}" for y in targets]
    lines = zip(truths, training.predictions.T, strict=True)
    return [
        tr(
            "Iter {number} | Ground truth: {truth} | prediction: {prediction}",
            number=i,
            truth=truth,
            prediction=_outputs(prediction),
        )
        for i, (truth, prediction) in enumerate(lines)
    ]


def _outputs(prediction: Array) -> str:
    """Write the output for a sample, or that of each class."""
    return " ".join(decimals(float(output)) for output in np.atleast_1d(prediction))


def result_line(training: Training) -> str:
    """Return the report's last line."""
    if training.is_regression:
        fit = decimals(_r_squared(training))
        return tr("Loss: {loss}  R²: {r_squared}", loss=decimals(training.loss), r_squared=fit)
    return tr(
        "Loss: {loss}  Accuracy: {accuracy}%",
        loss=decimals(training.loss),
        accuracy=accuracy_percent(training.accuracy),
    )


def _r_squared(training: Training) -> float:
    return r_squared(training.predictions, training.Y[:, 0])


def result_lines(training: Training, held_out: HeldOut | None) -> list[str]:
    """Return the report's last line, and one for the test set where there is one."""
    lines = [result_line(training)]
    if held_out is not None and held_out.is_regression:
        lines.append(
            tr(
                "Test loss: {loss}  Test R²: {r_squared}",
                loss=decimals(held_out.loss()),
                r_squared=decimals(held_out.r_squared()),
            )
        )
    elif held_out is not None:
        lines.append(
            tr(
                "Test loss: {loss}  Test accuracy: {accuracy}%",
                loss=decimals(held_out.loss()),
                accuracy=accuracy_percent(held_out.accuracy()),
            )
        )
    return lines


def result_dict(
    recipe: Recipe, training: Training, seconds: float, held_out: HeldOut | None = None
) -> dict[str, Any]:
    """Return the result in JSON types; what is not finite is None, as accuracy for regression.

    Of each layer after the inputs the weights are a list of (fan_in, fan_out) and the biases one
    of (fan_out,), in all their digits.
    """
    test: dict[str, Any] = {}
    if held_out is not None:
        test["test_loss"] = finite_or_none(held_out.loss())
        test["test_accuracy"] = finite_or_none(held_out.accuracy())
    if recipe.is_regression:
        test["r_squared"] = finite_or_none(_r_squared(training))
        if held_out is not None:
            test["test_r_squared"] = finite_or_none(held_out.r_squared())
    return {
        "recipe": recipe.to_dict(),
        "epochs": training.epoch,
        "loss": finite_or_none(training.loss),
        "accuracy": finite_or_none(training.accuracy),
        "predictions": numbers_or_none(training.predictions),
        "weights": [numbers_or_none(W) for W in training.network.weights],
        "biases": [numbers_or_none(b) for b in training.network.biases],
        "first_nonfinite_loss_epoch": training.first_nonfinite_loss_epoch,
        "first_nonfinite_weight_epoch": training.first_nonfinite_weight_epoch,
        "seconds": seconds,
        **test,
    }


def decimals(value: float) -> str:
    """Write four decimals, as the report does; a giant as a power of ten rather than its digits."""
    return f"{value:.4f}" if not 1e9 <= abs(value) < math.inf else f"{value:.4e}"


def loss_words(loss: float) -> str:
    """Write a loss as the printout does, what is not finite in words."""
    if math.isnan(loss):
        return tr("not a number")
    return decimals(loss) if math.isfinite(loss) else tr("infinite")


def numbers_or_none(values: Array) -> list[Any]:
    """Return an array in lists of lists, each number by `finite_or_none`."""
    if values.ndim > 1:
        return [numbers_or_none(row) for row in values]
    return [finite_or_none(value) for value in values.tolist()]


def finite_or_none(value: float) -> float | None:
    """Return what JSON has for a number: null where it is not finite."""
    return value if math.isfinite(value) else None
