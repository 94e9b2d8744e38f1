"""One step as lines of text, formula by formula: of one sample worked out, else as matrices."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mlpviz.engine.network import parameter_count
from mlpviz.experiment.language import count_text, tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.gradient_check import Check
from mlpviz.experiment.run.trace import OfLayer, StepTrace
from mlpviz.experiment.words.names import unit_names
from mlpviz.experiment.words.step_formulas import (
    activation_formula,
    back_formula,
    gradient_formulas,
    loss_formula,
    loss_slope_formula,
    slope_formula,
    sum_formula,
    symbol,
)
from mlpviz.experiment.words.step_matrices import StepMatrices, shown_rows
from mlpviz.experiment.writing.matrix_text import matrix_lines, number_text, wrapped
from mlpviz.experiment.writing.report_words import recipe_words
from mlpviz.experiment.writing.step_update_text import check_lines, derived_lines, update_lines
from mlpviz.experiment.writing.worked_sums import back_lines, slope_lines, sum_lines


def step_lines(
    recipe: Recipe, trace: StepTrace, checks: Sequence[Check], steps: int, row: int | None = None
) -> list[str]:
    """Write a step.

    Parameters
    ----------
    checks : of its slopes
    steps : of its epoch
    row : the one of its samples that is worked out, by its place among them; None for all
    """
    page = _Page(recipe, trace, row)
    parameters = parameter_count(trace.sizes)
    return [
        *wrapped(_title(trace, steps, row), ""),
        *wrapped(recipe_words(replace(recipe, epochs=trace.epoch)), ""),
        *wrapped(tr("Numbers are rounded to four digits that count; --json has them all."), ""),
        *_section(tr("Forward"), page.forward()),
        *_section(tr("Loss"), page.loss()),
        *_section(tr("Backward"), page.backward()),
        *_section(tr("Update"), update_lines(recipe, trace)),
        *_section(tr("Check"), [*check_lines(checks, parameters), *derived_lines(trace)]),
    ]


def _title(trace: StepTrace, steps: int, row: int | None) -> str:
    count, epoch = len(trace.samples), count_text(trace.epoch)
    if row is not None and steps == 1:
        return tr_plural(
            "Sample {sample} in the step after epoch {epoch}, which is of {count} sample.",
            "Sample {sample} in the step after epoch {epoch}, which is of {count} samples.",
            count,
            sample=int(trace.samples[row]),
            epoch=epoch,
        )
    if row is not None:
        return tr_plural(
            "Sample {sample} in batch {batch} (of 0 to {last}) after epoch {epoch}, which has "
            "{count} sample.",
            "Sample {sample} in batch {batch} (of 0 to {last}) after epoch {epoch}, which has "
            "{count} samples.",
            count,
            sample=int(trace.samples[row]),
            batch=trace.batch,
            last=steps - 1,
            epoch=epoch,
        )
    if steps == 1:
        return tr_plural(
            "The step after epoch {epoch}, of {count} sample.",
            "The step after epoch {epoch}, of all {count} samples.",
            count,
            epoch=epoch,
        )
    return tr_plural(
        "The step of batch {batch} (of 0 to {last}) after epoch {epoch}, of {count} sample.",
        "The step of batch {batch} (of 0 to {last}) after epoch {epoch}, of {count} samples.",
        count,
        batch=trace.batch,
        last=steps - 1,
        epoch=epoch,
    )


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, "-" * len(title), *lines]


class _Page:
    """Writes the parts of one step."""

    def __init__(self, recipe: Recipe, trace: StepTrace, row: int | None) -> None:
        self._recipe, self._trace, self._row = recipe, trace, row
        self._last = len(trace.layers)
        self._rows = shown_rows(len(trace.samples)) if row is None else [row]
        self._matrices = StepMatrices(recipe, trace)

    def forward(self) -> list[str]:
        """Write Z and A of each layer."""
        trace = self._trace
        lines = []
        if self._row is None:
            lines = [*self._left_out(), *self._samples("A", 0)]
        for number in range(1, self._last + 1):
            given = symbol("W", number), symbol("b", number)
            lines += ["", f"{given[0]}, {given[1]}"]
            lines += self._of_parameters("W", number)
            lines += ["", sum_formula(number), activation_formula(trace, number)]
            if self._row is None:
                lines += [*self._samples("Z", number), *self._samples("A", number)]
            else:
                lines += sum_lines(trace, number, self._row, unit_names(self._recipe, number))
        return lines[1:] if lines[0] == "" else lines

    def loss(self) -> list[str]:
        """Write the targets and the loss of each sample."""
        trace = self._trace
        names = [*(f"Y {name}" for name in unit_names(self._recipe, self._last)), "L"]
        if trace.targets.shape[1] == 1:
            names = ["Y", "L"]
        table = np.column_stack((trace.targets, trace.losses))[self._rows]
        lines = [loss_formula(trace, self._recipe.loss)]
        lines += matrix_lines(table, self._row_names(), names, tr("sample"))
        if len(trace.samples) > 1:
            lines.append(
                tr(
                    "Their mean over {count} samples is {loss}.",
                    count=count_text(len(trace.samples)),
                    loss=number_text(trace.loss),
                )
            )
        if trace.rule.regularization != "none":
            lines.append(tr("The penalty adds {penalty}.", penalty=number_text(trace.penalty)))
        return lines

    def backward(self) -> list[str]:
        """Write dA, dZ, dW and db of each layer, from the output on."""
        lines: list[str] = []
        for number in range(self._last, 0, -1):
            lines += ["", *self._slopes(number), *self._gradient(number)]
        return lines[1:]

    def _slopes(self, number: int) -> list[str]:
        trace, names = self._trace, unit_names(self._recipe, number)
        formula = back_formula(number)
        if number == self._last:
            formula = loss_slope_formula(trace, self._recipe.loss)
        if self._row is None:
            dA, dZ = self._samples("dA", number), self._samples("dZ", number)
        else:
            dA = back_lines(trace, number, self._row, names)
            dZ = slope_lines(trace, number, self._row, names)
        return [formula, *dA, slope_formula(trace, number), *dZ]

    def _gradient(self, number: int) -> list[str]:
        trace, layer = self._trace, self._trace.layers[number - 1]
        lines = list(gradient_formulas(trace, number))
        if self._row is not None and len(trace.samples) > 1:
            A, dZ = trace.inputs_of(number)[self._row], layer.dZ[self._row]
            with np.errstate(all="ignore"):
                part = OfLayer(trace.scale * np.outer(A, dZ), trace.scale * dZ)
            lines += [tr("What this sample adds to it:"), *self._of_parameters("dW", number, part)]
            lines.append(tr("All samples together:"))
        return [*lines, *self._of_parameters("dW", number)]

    def _of_parameters(self, key: str, number: int, values: OfLayer | None = None) -> list[str]:
        """Write W of a layer, or what is of its shape, with b below it."""
        matrix = self._matrices.of_parameters(key, number, values)
        return matrix_lines(matrix.values, matrix.rows, matrix.columns)

    def _samples(self, key: str, layer: int) -> list[str]:
        """Write a matrix of (samples, units), of the samples that are shown."""
        matrix = self._matrices.of_samples(key, layer)
        corner = tr("{name}, sample", name=matrix.name)
        return matrix_lines(matrix.values[self._rows], self._row_names(), matrix.columns, corner)

    def _row_names(self) -> list[str]:
        return [str(self._trace.samples[row]) for row in self._rows]

    def _left_out(self) -> list[str]:
        """Say which samples are not shown."""
        shown, count = len(self._rows), len(self._trace.samples)
        if shown == count:
            return []
        return wrapped(
            tr(
                "Of {count} samples the first {shown} are shown: --sample shows any, --json all.",
                count=count_text(count),
                shown=shown,
            ),
            "",
        )
