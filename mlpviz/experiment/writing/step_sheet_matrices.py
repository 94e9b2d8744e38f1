"""The matrices of a step sheet: the parameters before and after, and what a sample adds."""

from collections.abc import Iterator, Sequence
from html import escape

import numpy as np

from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.program import PLAIN
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.trace import OfLayer, StepTrace
from mlpviz.experiment.words.names import unit_names
from mlpviz.experiment.words.step_formulas import gradient_formulas, penalty_formula, symbol
from mlpviz.experiment.writing.step_sheet_parts import (
    cell,
    matrix_table,
    number_text,
    sentence,
    side_by_side,
)
from mlpviz.experiment.writing.step_sheet_room import rows_of_tables


class Matrices:
    """Writes the matrices of one page.

    Parameters
    ----------
    row : of the sample that is worked out, among those of the step
    is_covered : whether what is worked out is left to be filled in
    """

    def __init__(self, recipe: Recipe, trace: StepTrace, row: int, *, is_covered: bool) -> None:
        self._recipe, self._trace, self._row = recipe, trace, row
        self._worked_out = "blank" if is_covered else "result"

    def before(self) -> list[str]:
        """Write the weights and biases before the step."""
        layers = self._trace.layers
        return self._lie("W", "given", [OfLayer(step.W_before, step.b_before) for step in layers])

    def parts(self) -> list[str]:
        """Write what the sample adds to the slope of each weight and bias."""
        trace = self._trace
        slopes = [step.dZ[self._row] for step in trace.layers]
        with np.errstate(all="ignore"):
            parts = [
                OfLayer(np.outer(trace.inputs_of(layer)[self._row], dZ), dZ)
                for layer, dZ in enumerate(slopes, 1)
            ]
        return self._lie("", self._worked_out, parts)

    def after(self) -> list[str]:
        """Write the weights and biases after the step, and above each what is given for it."""
        trace = self._trace
        layers, rule = trace.layers, trace.rule
        given = None
        if rule.optimizer != PLAIN.optimizer:
            given = [step.step for step in layers]
        elif len(trace.samples) > 1 or rule.frozen or rule.regularization != "none":
            given = [step.g for step in layers]
        formula = f"{OPTIMIZERS[rule.optimizer].formula},   η = {trace.learning_rate:g}.  "
        words = [formula, *self._given_words()]
        values = [OfLayer(step.W_after, step.b_after) for step in layers]
        return [sentence(" ".join(words)), *self._lie("W", self._worked_out, values, given)]

    def _given_words(self) -> Iterator[str]:
        """Say what the numbers above the new ones are."""
        trace, rule = self._trace, self._trace.rule
        if rule.optimizer != PLAIN.optimizer:
            yield tr(
                "Given above each new number is the step that is subtracted, for what the "
                "optimizer remembers has no room here."
            )
            return
        if len(trace.samples) > 1:
            last = gradient_formulas(trace, len(trace.layers))[0]
            yield tr_plural(
                "Given above each new number is g, of {count} sample: {formula}.",
                "Given above each new number is g, of all {count} samples together: {formula}.",
                len(trace.samples),
                formula=last,
            )
        if penalty := penalty_formula(trace, len(trace.layers)):
            yield tr("In g is also what the penalty adds: {penalty}.", penalty=penalty)
        if rule.frozen:
            yield tr("g of a frozen parameter is 0.")

    def _lie(
        self,
        corner: str,
        kind: str,
        values: Sequence[OfLayer],
        given: Sequence[OfLayer] | None = None,
    ) -> list[str]:
        """Write a matrix per layer, the biases in its last row, so many a line as have room.

        Parameters
        ----------
        corner : begins the name of each; "" for what a sample adds
        kind : of its cells
        given : of each layer numbers above them
        """
        lines = []
        for layers in rows_of_tables(self._trace.sizes):
            tables = [
                self._matrix(
                    *(corner, layer, kind, values[layer - 1]),
                    None if given is None else given[layer - 1],
                )
                for layer in layers
            ]
            lines.append(side_by_side(tables))
        return lines

    def _matrix(
        self, corner: str, layer: int, kind: str, values: OfLayer, given: OfLayer | None
    ) -> str:
        columns = unit_names(self._recipe, layer)
        dZ = symbol("dZ", layer)
        title, last = f"{symbol('A', layer - 1)}ᵀ{dZ}", dZ
        if corner:
            title, last = symbol(corner, layer), symbol("b", layer)
        names = [*unit_names(self._recipe, layer - 1), last]
        rows = []
        for number, (name, line) in enumerate(zip(names, np.vstack(values).tolist(), strict=True)):
            cells = [cell(number_text(value), kind) for value in line]
            head = f'<td class="name">{escape(name)}</td>'
            if given is not None:
                above = np.vstack(given)[number].tolist()
                small = "".join(cell(number_text(value), "above") for value in above)
                rows.append(f'<td class="name" rowspan="2">{escape(name)}</td>{small}')
                head = ""
            rows.append(head + "".join(cells))
        return matrix_table(title, columns, rows)
