"""The matrices of a step: of all its samples at once, and of the parameters of a layer."""

from dataclasses import dataclass

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.losses import difference
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.trace import OfLayer, StepTrace
from mlpviz.experiment.words.names import unit_names
from mlpviz.experiment.words.step_code import (
    BACK_CODE,
    SUM_CODE,
    activation_code,
    gradient_code,
    loss_code,
    rule_code,
    slope_code,
)
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
from mlpviz.experiment.words.step_items import Worked
from mlpviz.experiment.words.step_stages import Kind, Stage

OF_SAMPLES = {"X", "Y", "Z", "A", "L", "dA", "dZ"}
ALL_ROWS = 24  # up to so many samples all are shown: then a dW can be added up by hand
MOST_ROWS = 10  # of more, so many


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """A matrix with the names of its rows and columns.

    Parameters
    ----------
    key : what its numbers are: X Y W Z A L dA dZ dW g step after; of parameters the biases, if
        any, are in the last row
    layer : that it belongs to
    name : Z₂
    values : (rows, columns), of all samples or units
    """

    key: str
    layer: int
    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Array

    @property
    def is_of_samples(self) -> bool:
        """Whether its rows are samples."""
        return self.key in OF_SAMPLES


Part = Worked | Matrix


def shown_rows(count: int, row: int = 0) -> list[int]:
    """Return which of so many samples are shown: all, or the first and one that is looked at."""
    if count <= ALL_ROWS:
        return list(range(count))
    if row < MOST_ROWS:
        return list(range(min(count, MOST_ROWS)))
    return [*range(MOST_ROWS - 1), row]


class StepMatrices:
    """Makes the matrices of one step."""

    def __init__(self, recipe: Recipe, trace: StepTrace) -> None:
        self._recipe, self._trace = recipe, trace

    def of_samples(self, key: str, layer: int) -> Matrix:
        """Return Z, A, dA or dZ of a layer, X or Y, or the losses L: a row for each sample."""
        trace, last = self._trace, len(self._trace.layers)
        name, columns = symbol(key, layer), unit_names(self._recipe, layer)
        if key == "L":
            name, columns, values = "L", ("L",), trace.losses[:, np.newaxis]
        elif key == "Y":
            name, layer, values = "Y", last, trace.targets
            columns = unit_names(self._recipe, last)
        elif layer == 0:
            key, name, values = "X", "X", trace.X
        else:
            step = trace.layers[layer - 1]
            values = {"Z": step.Z, "A": step.A, "dA": step.dA, "dZ": step.dZ}[key]
        rows = tuple(str(sample) for sample in trace.samples)
        return Matrix(key, layer, name, rows, columns, values)

    def of_parameters(self, key: str, layer: int, values: OfLayer | None = None) -> Matrix:
        """Return W, dW, g, step or after of a layer: a row for each weight, and the biases below.

        Parameters
        ----------
        values : others of the same shape, such as what one sample adds
        """
        step = self._trace.layers[layer - 1]
        W, b = symbol("W", layer), symbol("b", layer)
        name, of_layer = {
            "W": (f"{W}, {b}", OfLayer(step.W_before, step.b_before)),
            "dW": (f"{symbol('dW', layer)}, {symbol('db', layer)}", OfLayer(step.dW, step.db)),
            "g": ("g", step.g),
            "step": (tr("step"), step.step),
            "after": (tr("{W}, {b} after", W=W, b=b), OfLayer(step.W_after, step.b_after)),
        }[key]
        rows = (*unit_names(self._recipe, layer - 1), b)
        columns = unit_names(self._recipe, layer)
        return Matrix(key, layer, name, rows, columns, np.vstack(values or of_layer))

    def _weights(self, layer: int) -> Matrix:
        """Return W of a layer without the biases."""
        W = self._trace.layers[layer - 1].W_before
        rows, columns = (unit_names(self._recipe, number) for number in (layer - 1, layer))
        return Matrix("W", layer, symbol("W", layer), rows, columns, W)

    def of_stage(self, stage: Stage, layer: int) -> list[Part]:
        """Return the formulas of a stage, below each the matrices that it is made of.

        Parameters
        ----------
        layer : the one that is looked at, at a stage of all layers
        """
        make = {
            Kind.FORWARD: self._forward,
            Kind.LOSS: self._loss,
            Kind.BACKWARD: self._backward,
            Kind.UPDATE: self._update,
        }
        return make[stage.kind](layer)

    def _forward(self, layer: int) -> list[Part]:
        trace = self._trace
        code = activation_code(trace.activations[layer - 1])
        return [
            Worked(sum_formula(layer), code=SUM_CODE),
            self.of_samples("A", layer - 1),
            self.of_parameters("W", layer),
            self.of_samples("Z", layer),
            Worked(activation_formula(trace, layer), code=code),
            self.of_samples("A", layer),
        ]

    def _loss(self, layer: int) -> list[Part]:
        formula = loss_formula(self._trace, self._recipe.loss)
        return [
            Worked(formula, code=loss_code(self._recipe.loss, self._trace.sizes[-1])),
            *(self.of_samples(key, layer) for key in ("A", "Y", "L")),
        ]

    def _backward(self, layer: int) -> list[Part]:
        trace, is_output = self._trace, layer == len(self._trace.layers)
        back: list[Part] = [
            Worked(loss_slope_formula(trace, self._recipe.loss)),
            *(self.of_samples(key, layer) for key in ("A", "Y", "dA")),
        ]
        if not is_output:
            back = [
                Worked(back_formula(layer), code=BACK_CODE),
                self.of_samples("dZ", layer + 1),
                self._weights(layer + 1),
                self.of_samples("dA", layer),
            ]
        is_at_once = is_output and trace.pair.slope is difference
        code = slope_code(trace.activations[layer - 1], is_at_once=is_at_once)
        return [
            *back,
            Worked(slope_formula(trace, layer), code=code),
            *([] if is_output else [self.of_samples("A", layer)]),
            self.of_samples("dZ", layer),
            gradient_line(trace, layer),
            self.of_samples("A", layer - 1),
            self.of_parameters("dW", layer),
        ]

    def _update(self, layer: int) -> list[Part]:
        return [
            rule_line(self._trace),
            *(self.of_parameters(key, layer) for key in ("W", "g", "step", "after")),
        ]


def gradient_line(trace: StepTrace, layer: int) -> Worked:
    """Return the formulas of dW and db, without numbers."""
    of_weights, of_bias = gradient_formulas(trace, layer)
    code = gradient_code(len(trace.samples), is_mean=trace.scale != 1.0)
    return Worked(f"{of_weights},   {of_bias}", code=code)


def rule_line(trace: StepTrace) -> Worked:
    """Return the formula of the optimizer, without numbers."""
    optimizer = trace.rule.optimizer
    formula = f"{OPTIMIZERS[optimizer].formula},   η = {trace.learning_rate:g}"
    return Worked(formula, code=rule_code(optimizer))
