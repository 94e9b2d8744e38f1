"""The result of a run in the report's own form, and as JSON."""

import math
from typing import Any

from mlpviz.engine.training import Training
from mlpviz.experiment.recipe import Recipe


def sample_lines(training: Training) -> list[str]:
    """Return a line per sample, as in the report: number, ground truth, prediction."""
    return [
        f"Iter {i} | Ground truth: {target:.0f} | prediction: {prediction:.4f}"
        for i, (target, prediction) in enumerate(
            zip(training.Y[:, 0], training.predictions, strict=True)
        )
    ]


def result_line(training: Training) -> str:
    """Return the report's last line."""
    return f"Loss: {training.loss:.4f}  Accuracy: {100.0 * training.accuracy:.1f}%"


def result_dict(recipe: Recipe, training: Training, seconds: float) -> dict[str, Any]:
    """Return the result in JSON types; what is not finite is None."""
    return {
        "recipe": recipe.to_dict(),
        "epochs": training.epoch,
        "loss": _finite(training.loss),
        "accuracy": training.accuracy,
        "predictions": [_finite(float(p)) for p in training.predictions],
        "first_nonfinite_loss_epoch": training.first_nonfinite_loss_epoch,
        "first_nonfinite_weight_epoch": training.first_nonfinite_weight_epoch,
        "seconds": seconds,
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
