"""The worked lines of a step: formula, the same with the numbers of one unit, and the result."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from mlpviz.engine.activations import ACTIVATIONS, SOFTMAX
from mlpviz.engine.losses import difference
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.trace import StepTrace
from mlpviz.experiment.words.step_code import (
    BACK_CODE,
    SUM_CODE,
    activation_code,
    loss_code,
    slope_code,
)
from mlpviz.experiment.words.step_formulas import (
    activation_formula,
    back_formula,
    loss_formula,
    loss_slope_formula,
    slope_formula,
    sum_formula,
    symbol,
)
from mlpviz.experiment.words.step_items import Factor, Worked
from mlpviz.experiment.words.step_matrices import gradient_line, rule_line
from mlpviz.experiment.words.step_numbers import (
    bare,
    digits_text,
    in_brackets,
    product_text,
    products_text,
    sum_text,
)

_DOUBLE = re.compile(r"\(\((−[^()]*)\)([,)])")  # brackets within those of a function


class UnitLines:
    """Writes the lines of one sample and one unit.

    Parameters
    ----------
    row : of the sample, among those of the step
    place : the unit; and the weight that leads into it, where one is looked at
    digits : that count, of each number
    """

    def __init__(
        self, recipe: Recipe, trace: StepTrace, row: int, place: Place, digits: int
    ) -> None:
        self._recipe, self._trace, self._row, self._digits = recipe, trace, row, digits
        self._layer, self._unit, self._source = place
        self._step = trace.layers[self._layer - 1]
        self._is_output = self._layer == len(trace.layers)

    def text(self, value: float) -> str:
        """Write a number."""
        return digits_text(value, self._digits)

    def sum_line(self) -> Worked:
        """Add up what comes in: Z."""
        step, unit = self._step, self._unit
        given = self._trace.inputs_of(self._layer)[self._row]
        weights, bias = step.W_before[:, unit].tolist(), float(step.b_before[unit])
        added = products_text(weights, given.tolist(), self.text, bias)
        z = float(step.Z[self._row, unit])
        terms = self._terms(weights, given.tolist(), self._before())
        return Worked(
            sum_formula(self._layer),
            f"{added} = {self.text(z)}",
            SUM_CODE,
            in_numbers=terms,
        )

    def bent_line(self) -> Worked:
        """Bend the sum: A."""
        step, layer, unit = self._step, self._layer, self._unit
        z, a = float(step.Z[self._row, unit]), float(step.A[self._row, unit])
        formula = activation_formula(self._trace, layer)
        bent = self._filled(formula, {symbol("Z", layer): z})
        code = activation_code(self._trace.activations[layer - 1])
        return Worked(formula, f"{bent} = {self.text(a)}", code)

    def loss_line(self) -> Worked:
        """Judge the output: L."""
        trace, last = self._trace, len(self._trace.layers)
        formula = loss_formula(trace, self._recipe.loss)
        outputs = trace.layers[-1].A[self._row]
        numbers = self.text(float(trace.losses[self._row]))
        if len(outputs) == 1:
            places = {symbol("A", last): float(outputs[0]), "Y": float(trace.targets[self._row, 0])}
            numbers = f"{self._filled(formula, places)} = {numbers}"
        return Worked(formula, f"L = {numbers}", loss_code(self._recipe.loss, len(outputs)))

    def back_line(self) -> Worked:
        """Bring the slope back to the output of the unit: dA."""
        trace, layer, unit, row = self._trace, self._layer, self._unit, self._row
        dA = self.text(float(self._step.dA[row, unit]))
        if self._is_output:
            formula = loss_slope_formula(trace, self._recipe.loss)
            return Worked(formula, f"{self._filled(formula, self._of_slopes())} = {dA}")
        later = trace.layers[layer]
        slopes, weights = later.dZ[row].tolist(), later.W_before[unit].tolist()
        numbers = products_text(slopes, weights, self.text)
        terms = self._terms(slopes, weights, self._after())
        return Worked(back_formula(layer), f"{numbers} = {dA}", BACK_CODE, in_numbers=terms)

    def slope_line(self) -> Worked:
        """And to its sum: dZ."""
        trace, layer = self._trace, self._layer
        formula = slope_formula(trace, layer)
        is_at_once = self._is_output and trace.pair.slope is difference
        code = slope_code(trace.activations[layer - 1], is_at_once=is_at_once)
        dA, dZ = (float(of[self._row, self._unit]) for of in (self._step.dA, self._step.dZ))
        has_dA = not is_at_once and trace.activations[layer - 1] != SOFTMAX
        first = (Factor(in_brackets(self.text(dA)), self._after()),) if has_dA else ()
        numbers = f"{self._filled(formula, self._of_slopes())} = {self.text(dZ)}"
        return Worked(formula, numbers, code, in_numbers=first)

    def gradient_line(self) -> Worked:
        """Take the slopes of all samples together: dW of the weight looked at, else db."""
        trace, step, unit, source = self._trace, self._step, self._unit, self._source
        dZ = step.dZ[:, unit].tolist()
        if source is None:
            total, slope = sum_text(dZ, self.text), float(step.db[unit])
        else:
            given = trace.inputs_of(self._layer)[:, source].tolist()
            total = products_text(given, dZ, self.text)
            slope = float(step.dW[source, unit])
        if trace.scale != 1.0:
            total = f"({total}) / {len(trace.samples)}"
        return replace(gradient_line(trace, self._layer), numbers=f"{total} = {self.text(slope)}")

    def step_line(self) -> Worked:
        """Take the step of the weight looked at, else of the bias: what it was, less the step."""
        step, unit, source = self._step, self._unit, self._source
        parts = step.b_before, step.g.b, step.step.b, step.b_after
        at: tuple[int, ...] = (unit,)
        if source is not None:
            parts, at = (step.W_before, step.g.W, step.step.W, step.W_after), (source, unit)
        before, g, taken, after = (float(part[at]) for part in parts)
        if self._trace.rule.optimizer == "gradient_descent":
            rate = f"{self._trace.learning_rate:g}"
            less = f"{self.text(before)} − {rate}·{in_brackets(self.text(g))}"
        else:
            less = f"{self.text(before)} − {in_brackets(self.text(taken))}"
        return replace(rule_line(self._trace), numbers=f"{less} = {self.text(after)}")

    def chain_line(self) -> Worked | None:
        """Multiply the slopes on the way from the loss to the weight; None where there is none."""
        source, layer, row = self._source, self._layer, self._row
        if source is None:
            return None
        step, activation = self._step, self._trace.activations[layer - 1]
        dA, dZ = (float(part[row, self._unit]) for part in (step.dA, step.dZ))
        a = float(self._trace.inputs_of(layer)[row, source])
        given, slope = symbol("A", layer - 1), symbol("dZ", layer)
        # The slope of softmax is not one number: it depends on all units.
        is_at_once = self._is_output and self._trace.pair.slope is difference
        is_whole = is_at_once or activation == SOFTMAX
        bend = math.nan if is_whole else self._bend(activation)
        unit = (Place(layer, self._unit),)
        factors: list[tuple[str, float, tuple[Place, ...]]] = [
            (symbol("dA", layer), dA, self._after()),
            (f"f′({symbol('Z', layer)})", bend, unit),
        ]
        if is_whole:
            factors = [(slope, dZ, unit)]
        factors.append((given, a, (Place(layer - 1, source),)))
        in_formula = tuple(Factor(name, places) for name, _, places in factors)
        in_numbers = tuple(
            Factor(in_brackets(self.text(value)), places) for _, value, places in factors
        )
        formula, numbers = (
            " · ".join(factor.text for factor in parts) for parts in (in_formula, in_numbers)
        )
        return Worked(
            f"∂L/∂w = {formula}",
            f"{numbers} = {self.text(a * dZ)}",
            in_formula=in_formula,
            in_numbers=in_numbers,
        )

    def _bend(self, activation: str) -> float:
        """Return f′ of the unit: the slope of its activation."""
        A = self._step.A[self._row : self._row + 1, self._unit]
        return float(ACTIVATIONS[activation].slope(A)[0])

    def _before(self) -> tuple[Place, ...]:
        """Return the weights that lead into the unit."""
        count = self._trace.sizes[self._layer - 1]
        return tuple(Place(self._layer, self._unit, source) for source in range(count))

    def _after(self) -> tuple[Place, ...]:
        """Return where the slope of the unit's output comes from: the weights that lead on."""
        if self._is_output:
            return (Place(self._layer, self._unit),)
        count = self._trace.sizes[self._layer + 1]
        return tuple(Place(self._layer + 1, later, self._unit) for later in range(count))

    def _terms(
        self, left: Sequence[float], right: Sequence[float], places: Sequence[Place]
    ) -> tuple[Factor, ...]:
        """Return each product of a sum, and where it comes from."""
        return tuple(
            Factor(bare(product_text(a, b, self.text)), (place,))
            for a, b, place in zip(left, right, places, strict=True)
        )

    def _of_slopes(self) -> dict[str, float]:
        """Return the numbers of the way back that stand in formulas."""
        layer, unit, row, step = self._layer, self._unit, self._row, self._step
        places = {symbol("dA", layer): step.dA, symbol("A", layer): step.A}
        if self._is_output:
            places["Y"] = self._trace.targets
        return {name: float(part[row, unit]) for name, part in places.items()}

    def _filled(self, formula: str, places: dict[str, float]) -> str:
        """Put numbers into the right side of a formula."""
        text, *rest = formula.partition(" = ")[2].partition("Σ")  # of all units, not of this one
        # The longest names first: A₁ stands in dA₁.
        for name in sorted(places, key=len, reverse=True):
            text = text.replace(name, in_brackets(self.text(places[name])))
        text = _DOUBLE.sub(r"(\1\2", text)
        return "".join((text, *rest))
