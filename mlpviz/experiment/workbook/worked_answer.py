"""The line that leads to a number which is asked for: its formula, with the numbers of the step."""

from collections.abc import Callable

import numpy as np

from mlpviz.engine import Array
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.trace import OfLayer, StepTrace
from mlpviz.experiment.words.step_formulas import gradient_formulas, penalty_formula, symbol
from mlpviz.experiment.words.step_items import Worked
from mlpviz.experiment.words.step_lines import UnitLines
from mlpviz.experiment.words.step_numbers import digits_text, in_brackets, products_text, sum_text
from mlpviz.experiment.workbook.step_questions import OF_PARAMETER, Quantity, Question, right_value

STEPS = {  # what each optimizer subtracts, with what it remembers after the step
    "gradient_descent": "η g",
    "momentum": "μ v + η g",
    "nesterov": "μ v + η g",
    "rmsprop": "η g / (√s + ε)",
    "adam": "η m̂ / (√ŝ + ε)",
}


def worked_answer(recipe: Recipe, trace: StepTrace, question: Question, digits: int) -> Worked:
    """Work a number out, as a page does that has the room.

    Parameters
    ----------
    digits : that count, of each number
    """
    if question.quantity is Quantity.MEAN_LOSS:
        return _mean_loss(trace, digits)
    if question.quantity in OF_PARAMETER:
        return _OfParameter(trace, question, digits).line()
    assert question.row is not None
    place = Place(question.layer, question.unit)
    lines = UnitLines(recipe, trace, question.row, place, digits)
    write = {
        Quantity.Z: lines.sum_line,
        Quantity.A: lines.bent_line,
        Quantity.LOSS: lines.loss_line,
        Quantity.DA: lines.back_line,
        Quantity.DZ: lines.slope_line,
    }
    return write[question.quantity]()


def _mean_loss(trace: StepTrace, digits: int) -> Worked:
    def text(value: float) -> str:
        return digits_text(value, digits)

    count, losses = len(trace.samples), sum_text(trace.losses.tolist(), text)
    return Worked(f"Σ L / {count}", f"({losses}) / {count} = {text(trace.loss)}")


class _OfParameter:
    """Writes the line of a weight or a bias."""

    def __init__(self, trace: StepTrace, question: Question, digits: int) -> None:
        self._trace, self._question, self._digits = trace, question, digits
        self._step, self._layer = trace.layers[question.layer - 1], question.layer

    def line(self) -> Worked:
        """Write formula and numbers."""
        write: dict[Quantity, Callable[[], tuple[str, str]]] = {
            Quantity.PART: self._part,
            Quantity.SLOPE: self._slope,
            Quantity.G: self._g,
            Quantity.STEP: self._stepped,
            Quantity.AFTER: self._after,
        }
        formula, numbers = write[self._question.quantity]()
        result = self._text(right_value(self._trace, self._question))
        return Worked(formula, f"{numbers} = {result}")

    def _part(self) -> tuple[str, str]:
        _, layer, unit, row, source = self._question
        assert row is not None
        dZ = float(self._step.dZ[row, unit])
        a = 1.0 if source is None else float(self._trace.inputs_of(layer)[row, source])
        given = "1" if source is None else symbol("A", layer - 1)
        return f"{given} · {symbol('dZ', layer)}", products_text([a], [dZ], self._text)

    def _slope(self) -> tuple[str, str]:
        trace, (_, layer, unit, _, source) = self._trace, self._question
        of_weights, of_bias = gradient_formulas(trace, layer)
        dZ = self._step.dZ[:, unit].tolist()
        if source is None:
            formula, total = of_bias, sum_text(dZ, self._text)
        else:
            given = trace.inputs_of(layer)[:, source].tolist()
            formula, total = of_weights, products_text(given, dZ, self._text)
        return formula, total if trace.scale == 1.0 else f"({total}) / {len(trace.samples)}"

    def _g(self) -> tuple[str, str]:
        step, layer = self._step, self._layer
        slope, penalty = self._of(OfLayer(step.dW, step.db)), self._of(step.penalty)
        place = Place(layer, self._question.unit, self._question.source)
        if place.position(self._trace.sizes) in self._trace.rule.frozen:
            return tr("g, which is 0 of a frozen parameter"), "g"
        is_bias = self._question.source is None
        formula = f"g = {symbol('db' if is_bias else 'dW', layer)}"
        added = "" if is_bias else penalty_formula(self._trace, layer)
        if not added:
            return formula, self._text(slope)
        return f"{formula} + {added}", sum_text([slope, penalty], self._text)

    def _stepped(self) -> tuple[str, str]:
        trace, text = self._trace, self._text
        rule, rate = trace.rule, text(trace.learning_rate)
        formula = STEPS[rule.optimizer]
        given = in_brackets(text(self._of(self._step.g)))
        remembered = [self._of(part) for part in self._step.memory_after]
        if rule.optimizer == "gradient_descent":
            return formula, f"{rate}·{given}"
        if rule.optimizer == "momentum":  # its v is the step, and is made of the one before
            remembered = [self._of(part) for part in self._step.memory_before]
        if rule.optimizer in ("momentum", "nesterov"):
            kept = in_brackets(text(remembered[0]))
            return formula, f"{text(rule.momentum)}·{kept} + {rate}·{given}"
        epsilon = text(rule.epsilon)
        if rule.optimizer == "rmsprop":
            return formula, f"{rate}·{given} / (√{in_brackets(text(remembered[0]))} + {epsilon})"
        with np.errstate(all="ignore"):
            mean, square = np.divide(remembered, trace.corrections).tolist()
        return (
            formula,
            f"{rate}·{in_brackets(text(mean))} / (√{in_brackets(text(square))} + {epsilon})",
        )

    def _after(self) -> tuple[str, str]:
        step = self._step
        before = self._of(OfLayer(step.W_before, step.b_before))
        name = "b" if self._question.source is None else "W"
        numbers = sum_text([before, -self._of(step.step)], self._text)
        return tr("{W} − step", W=symbol(name, self._layer)), numbers

    def _of(self, of_layer: OfLayer) -> float:
        """Return the number of the parameter."""
        values: Array = of_layer.b
        if self._question.source is not None:
            values = of_layer.W[self._question.source]
        return float(values[self._question.unit])

    def _text(self, value: float) -> str:
        return digits_text(value, self._digits)
