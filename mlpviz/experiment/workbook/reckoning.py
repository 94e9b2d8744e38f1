"""A step worked out by the formulas of the books, as somebody does who makes one slip.

Each quantity has its formula, and a formula is given what the one before it has worked out:

    Z = A W + b,   A = f(Z),   dA = dZ Wᵀ,   dZ = dA · f',   dW = Aᵀ dZ / n,   g,   step,   W - step

A slip may be made in this formula alone (it reaches 0 formulas back: what it is given is right), in
the one before it as well, and so on; or in all of them.
"""

from collections.abc import Callable
from enum import Enum

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS, SOFTMAX
from mlpviz.engine.losses import LOSSES, difference, softmax_slope
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.experiment.run.places import place_of
from mlpviz.experiment.run.trace import OfLayer, StepTrace
from mlpviz.experiment.workbook.step_questions import OF_SAMPLE, Quantity, Question

Keep = Callable[[Array], Array]
REPRODUCED = 1e-9  # relative; a step that its formula does not give so well is not worked out


class Slip(Enum):
    """A slip that people make."""

    SIGN = "sign"
    SLOPE_FORGOTTEN = "slope_forgotten"
    SHARE_FORGOTTEN = "share_forgotten"  # 1 / n
    TRANSPOSED = "transposed"
    BIAS_MISSING = "bias_missing"
    RATE_FORGOTTEN = "rate_forgotten"
    A_FOR_Z = "a_for_z"
    Z_FOR_A = "z_for_a"
    SUM_FOR_MEAN = "sum_for_mean"
    UPDATED_WEIGHTS = "updated_weights"
    ROUNDED = "rounded"


def as_it_is(values: Array) -> Array:
    """Round nothing."""
    return values


class Reckoning:
    """Works out one question with a slip.

    Parameters
    ----------
    slip : what is done otherwise; None for the right way
    keep : rounds every number that was worked out before it is used again
    keep_given : rounds inputs, targets and parameters
    keep_terms : rounds each product of a sum
    """

    def __init__(
        self,
        trace: StepTrace,
        question: Question,
        slip: Slip | None = None,
        keep: Keep = as_it_is,
        keep_given: Keep = as_it_is,
        keep_terms: Keep | None = None,
    ) -> None:
        self._trace, self._question, self._slip = trace, question, slip
        self._keep, self._keep_given, self._keep_terms = keep, keep_given, keep_terms
        row = question.row
        self._rows = slice(None) if row is None else slice(row, row + 1)
        self._targets = keep_given(trace.targets[self._rows])
        self._found: dict[tuple[Quantity, int, int], Array] = {}

    def value(self, reach: int) -> float:
        """Return the answer of somebody whose slip reaches so many formulas back."""
        question = self._question
        with np.errstate(all="ignore"):
            result = self._worked(question.quantity, question.layer, reach)
        if question.quantity in (Quantity.LOSS, Quantity.MEAN_LOSS):
            return float(result[0, 0])
        if question.quantity in OF_SAMPLE and question.quantity is not Quantity.PART:
            return float(result[0, question.unit])
        return float(result[-1 if question.source is None else question.source, question.unit])

    def _worked(self, quantity: Quantity, layer: int, reach: int) -> Array:
        """Work a formula out, once.

        Returns
        -------
        (samples, units); of a loss (samples, 1) or (1, 1); of parameters (fan_in + 1, units), the
        biases last.
        """
        key = (quantity, layer, reach)
        if key not in self._found:
            formula = {
                Quantity.Z: self._sum,
                Quantity.A: self._bent,
                Quantity.LOSS: self._loss,
                Quantity.MEAN_LOSS: self._mean_loss,
                Quantity.DA: self._back,
                Quantity.DZ: self._bent_back,
                Quantity.PART: self._part,
                Quantity.SLOPE: self._slope,
                Quantity.G: self._g,
                Quantity.STEP: self._step,
                Quantity.AFTER: self._after,
            }[quantity]
            result = formula(layer, reach)
            self._found[key] = -result if self._turns_round(quantity) else result
        return self._found[key]

    def _turns_round(self, quantity: Quantity) -> bool:
        """Tell whether the sign of a result is wrong: where its formula has no better place."""
        placed = (Quantity.Z, Quantity.A, Quantity.AFTER)
        return self._slip is Slip.SIGN and quantity not in placed

    def _given(self, quantity: Quantity, layer: int, reach: int) -> Array:
        """Return what a formula is given: right, or worked out with the same slip."""
        if reach > 0:
            return self._keep(self._worked(quantity, layer, reach - 1))
        trace, step = self._trace, self._trace.layers[layer - 1]
        if quantity is Quantity.LOSS:
            return self._keep(trace.losses[:, np.newaxis])
        of_units = {
            Quantity.Z: step.Z,
            Quantity.A: step.A,
            Quantity.DA: step.dA,
            Quantity.DZ: step.dZ,
        }
        if quantity in of_units:
            return self._keep(of_units[quantity][self._rows])
        of_layer = {
            Quantity.SLOPE: OfLayer(step.dW, step.db),
            Quantity.G: step.g,
            Quantity.STEP: step.step,
        }[quantity]
        return self._keep(np.vstack(of_layer))

    def _inputs(self, layer: int, reach: int) -> Array:
        """Return A of the layer before, or Z in its place."""
        if layer == 1:
            return self._keep_given(self._trace.X[self._rows])
        is_z = self._slip is Slip.Z_FOR_A
        return self._given(Quantity.Z if is_z else Quantity.A, layer - 1, reach)

    def _output(self, layer: int, reach: int) -> Array:
        """Return A of a layer for the way back, or Z in its place."""
        is_z = self._slip is Slip.Z_FOR_A
        return self._given(Quantity.Z if is_z else Quantity.A, layer, reach)

    def _transposed(self, matrix: Array) -> Array:
        """Turn a matrix where that is the slip; one that is not square would not fit then."""
        is_square = matrix.shape[0] == matrix.shape[1]
        return matrix.T if self._slip is Slip.TRANSPOSED and is_square else matrix

    def _product(self, left: Array, right: Array) -> Array:
        """Multiply matrices, (n, k) and (k, m), with each term of the sums rounded on its own."""
        if self._keep_terms is None:
            return left @ right
        total = np.zeros((left.shape[0], right.shape[1]))
        for column, row in zip(left.T, right, strict=True):
            total += self._keep_terms(column[:, np.newaxis] * row)
        return total

    # Forward

    def _sum(self, layer: int, reach: int) -> Array:
        step = self._trace.layers[layer - 1]
        if self._slip is Slip.A_FOR_Z:
            return self._given(Quantity.A, layer, reach)
        W, b = self._transposed(self._keep_given(step.W_before)), self._keep_given(step.b_before)
        total = self._product(self._inputs(layer, reach), W)
        if self._slip is Slip.BIAS_MISSING:
            return total
        return total - b if self._slip is Slip.SIGN else total + b

    def _bent(self, layer: int, reach: int) -> Array:
        if self._slip is Slip.Z_FOR_A:
            return self._given(Quantity.Z, layer, reach)
        is_a = self._slip is Slip.A_FOR_Z
        Z = self._given(Quantity.A if is_a else Quantity.Z, layer, reach)
        function = OUTPUT_ACTIVATIONS[self._trace.activations[layer - 1]]
        return function.value(-Z if self._slip is Slip.SIGN else Z)

    def _loss(self, layer: int, reach: int) -> Array:
        trace, A = self._trace, self._output(layer, reach)
        if trace.pair.slope is difference:  # as the page has it, from A
            entry = LOSSES["cross_entropy"]
            value = entry.value if A.shape[1] == 1 else entry.class_value
        else:

            def value(A: Array, Y: Array) -> Array:
                return trace.pair.value(A, A, Y)

        return _of_outputs(value, A, self._targets)

    def _mean_loss(self, layer: int, reach: int) -> Array:
        total = self._given(Quantity.LOSS, layer, reach).sum()
        count = 1 if self._slip is Slip.SUM_FOR_MEAN else len(self._trace.samples)
        return np.array([[total / count]])

    # Backward

    def _back(self, layer: int, reach: int) -> Array:
        trace = self._trace
        if layer == len(trace.layers):
            A = self._output(layer, reach)
            return _of_outputs(trace.pair.output_slope, A, self._targets)
        later = trace.layers[layer]
        is_late = self._slip is Slip.UPDATED_WEIGHTS
        W = self._keep_given(later.W_after if is_late else later.W_before)
        return self._product(self._given(Quantity.DZ, layer + 1, reach), self._transposed(W).T)

    def _bent_back(self, layer: int, reach: int) -> Array:
        trace, A = self._trace, self._output(layer, reach)
        is_at_once = layer == len(trace.layers) and trace.pair.slope is difference
        forgets = self._slip is Slip.SLOPE_FORGOTTEN
        if is_at_once and not (forgets and trace.pair.is_gradient):
            return A - self._targets
        dA = self._given(Quantity.DA, layer, reach)
        if forgets:
            return dA
        activation = trace.activations[layer - 1]
        if activation == SOFTMAX:
            return softmax_slope(A.T, dA.T).T
        return dA * self._keep(ACTIVATIONS[activation].slope(A))

    def _part(self, layer: int, reach: int) -> Array:
        return self._summed(layer, reach)

    def _slope(self, layer: int, reach: int) -> Array:
        is_whole = self._slip is Slip.SHARE_FORGOTTEN
        scale = 1.0 if is_whole else self._trace.scale
        return scale * self._summed(layer, reach)

    def _summed(self, layer: int, reach: int) -> Array:
        """Sum A·dZ, and dZ, over the samples."""
        A, dZ = self._inputs(layer, reach), self._given(Quantity.DZ, layer, reach)
        of_weights = self._transposed(self._product(A.T, dZ))
        return np.vstack((of_weights, dZ.sum(axis=0)))

    # Update

    def _g(self, layer: int, reach: int) -> Array:
        step = self._trace.layers[layer - 1]
        g = self._given(Quantity.SLOPE, layer, reach) + self._keep(np.vstack(step.penalty))
        sizes = self._trace.sizes
        for position in self._trace.rule.frozen:
            place = place_of(position, sizes)
            if place.layer == layer:
                g[-1 if place.source is None else place.source, place.unit] = 0.0
        return g

    def _step(self, layer: int, reach: int) -> Array:
        step = self._trace.layers[layer - 1]
        right = np.vstack(step.step)
        again = self._stepped(layer, np.vstack(step.g), self._trace.learning_rate)
        rate = 1.0 if self._slip is Slip.RATE_FORGOTTEN else self._trace.learning_rate
        found = self._stepped(layer, self._given(Quantity.G, layer, reach), rate)
        return np.where(np.isclose(again, right, REPRODUCED, 0.0), found, np.nan)

    def _stepped(self, layer: int, g: Array, rate: float) -> Array:
        """Return the step that the formula of the optimizer makes of g, (fan_in + 1, units)."""
        trace = self._trace
        entry = OPTIMIZERS[trace.rule.optimizer]
        own = [getattr(trace.rule, name) for name in entry.own]
        memory = tuple(np.vstack(part) for part in trace.layers[layer - 1].memory_before)
        after, _ = entry.step(np.zeros_like(g), g, memory, _number_of_step(trace), rate, *own)
        return np.negative(after)

    def _after(self, layer: int, reach: int) -> Array:
        step, before = self._given(Quantity.STEP, layer, reach), self._trace.layers[layer - 1]
        start = self._keep_given(np.vstack((before.W_before, before.b_before)))
        return start + step if self._slip is Slip.SIGN else start - step


def _of_outputs(formula: Callable[[Array, Array], Array], A: Array, Y: Array) -> Array:
    """Apply a formula of the outputs, whose axis it wants first, or not at all of one: (n, …)."""
    if A.shape[1] == 1:
        return formula(A[:, 0], Y[:, 0])[:, np.newaxis]
    result = formula(A.T, Y.T)
    return result.T if result.ndim == 2 else result[:, np.newaxis]


def _number_of_step(trace: StepTrace) -> float:
    """Return t of Adam, from the larger β, whose 1 - βᵗ is the last to have no digits left."""
    rule, pairs = trace.rule, trace.corrections
    if rule.optimizer != "adam":
        return 1.0
    beta, correction = max((rule.beta1, pairs[0]), (rule.beta2, pairs[1]))
    return float(np.log1p(-correction) / np.log(beta))
