"""What `mlpviz step` prints: one step of a recipe, taken apart."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from mlpviz.engine.training import Training
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.gradient_check import Check, checked, relative_difference
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.run.trace import LayerStep, StepTrace, step_trace
from mlpviz.experiment.terminal.step_flags import StepChoice
from mlpviz.experiment.writing.printout import finite_or_none, numbers_or_none
from mlpviz.experiment.writing.step_printout import step_lines
from mlpviz.experiment.writing.step_sheet import step_sheet
from mlpviz.experiment.writing.step_sheet_room import check_sheet
from mlpviz.experiment.writing.training_bar import train_with_bar

# What the check of a gradient may cost, in multiplications: some ten seconds.
MOST_PRODUCTS = 2e10
LEAST_CHECKS = 20


def sheet_text(recipe: Recipe, choice: StepChoice) -> str:
    """Train up to the epoch that was asked for, and write the step after it as a page of HTML.

    Raises
    ------
    ValueError
        with a sentence, for a batch or a sample that there is not, and for a network that is too
        large for a page.
    """
    check_sheet(recipe)
    if choice.sample is None and choice.batch is None:
        choice = choice._replace(sample=0)
    trace, _ = _trained(recipe, choice)
    row = 0 if choice.sample is None else trace.samples.tolist().index(choice.sample)
    return step_sheet(recipe, trace, row, choice.cover)


def step_text(recipe: Recipe, choice: StepChoice) -> str:
    """Train up to the epoch that was asked for, and write the step after it.

    Raises
    ------
    ValueError
        with a sentence, for a batch or a sample that there is not.
    """
    trace, steps = _trained(recipe, choice)
    checks = checked(trace, _checked_parameters(trace))
    row = None
    if choice.sample is not None:
        row = trace.samples.tolist().index(choice.sample)
    if choice.as_json:
        return json.dumps(step_dict(trace, checks, row))
    return "\n".join(step_lines(recipe, trace, checks, steps, row))


def step_dict(trace: StepTrace, checks: Sequence[Check], row: int | None) -> dict[str, Any]:
    """Return a step in JSON types; what is not finite is None.

    Parameters
    ----------
    checks : of its slopes
    row : the one of its samples whose Z, A, dA, dZ and loss are wanted, by its place among them;
        None for all. What is of the parameters is that of the whole step in any case.
    """
    rows = slice(None) if row is None else slice(row, row + 1)
    return {
        "epoch": trace.epoch,
        "samples": trace.samples[rows].tolist(),
        "loss": finite_or_none(trace.loss if row is None else float(trace.losses[row])),
        "layers": [_layer_dict(layer, rows) for layer in trace.layers],
        "check": finite_or_none(relative_difference(checks)),
    }


def _layer_dict(layer: LayerStep, rows: slice) -> dict[str, Any]:
    of_samples = {"Z": layer.Z, "A": layer.A, "dA": layer.dA, "dZ": layer.dZ}
    of_parameters = {
        "dW": layer.dW,
        "db": layer.db,
        "W_before": layer.W_before,
        "W_after": layer.W_after,
        "b_before": layer.b_before,
        "b_after": layer.b_after,
    }
    found = {name: numbers_or_none(values[rows]) for name, values in of_samples.items()}
    return found | {name: numbers_or_none(values) for name, values in of_parameters.items()}


def _trained(recipe: Recipe, choice: StepChoice) -> tuple[StepTrace, int]:
    """Train, take the step apart, and count the steps of its epoch."""
    training = start_training(recipe)
    _check_choice(training, choice)
    train_with_bar(training, choice.epoch, training.run)
    return step_trace(training, _batch_of(training, choice)), training.steps_per_epoch


def _check_choice(training: Training, choice: StepChoice) -> None:
    """Refuse what there is not, before anything is trained."""
    last, samples = training.steps_per_epoch - 1, len(training.X)
    if choice.batch is not None and not 0 <= choice.batch <= last:
        raise ValueError(
            tr("batch must be from 0 to {last}. Got {batch}.", last=last, batch=choice.batch)
        )
    if choice.sample is not None and not 0 <= choice.sample < samples:
        raise ValueError(
            tr(
                "sample must be from 0 to {last}. Got {sample}.",
                last=samples - 1,
                sample=choice.sample,
            )
        )


def _batch_of(training: Training, choice: StepChoice) -> int:
    """Return the step that was asked for: where only a sample was, the one that has it."""
    if choice.sample is None:
        return choice.batch or 0
    batches = training.batches()
    found = next(number for number, of in enumerate(batches) if choice.sample in of)
    if choice.batch not in (None, found):
        raise ValueError(
            tr(
                "sample must be one of batch {batch} after epoch {epoch}. Got {sample}, which is "
                "in batch {found}.",
                batch=choice.batch,
                epoch=choice.epoch,
                sample=choice.sample,
                found=found,
            )
        )
    return found


def _checked_parameters(trace: StepTrace) -> list[int]:
    """List the parameters whose slopes are checked: all, or so many as take no longer."""
    count = sum(layer.dW.size + layer.db.size for layer in trace.layers)
    most = max(LEAST_CHECKS, int(MOST_PRODUCTS / (4 * count * len(trace.samples))))
    chosen: list[int] = np.linspace(0, count - 1, min(count, most)).astype(int).tolist()
    return chosen
