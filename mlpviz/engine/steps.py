"""From a gradient to a step: an optimizer, a penalty on large weights, parameters that stay.

What an optimizer remembers from step to step lies in one flat array beside the parameters, so
that a checkpoint is still one copy.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.activations import ZERO, Call
from mlpviz.engine.marked import marked
from mlpviz.engine.network import layer_views, parameter_count
from mlpviz.engine.optimizers import OPTIMIZERS, Parts
from mlpviz.engine.stages import ALL_LAYERS, Stage, calls_of


class Penalty(NamedTuple):
    """One entry of the table: what is added to the loss, λ times, and its slope of a weight."""

    label: str
    formula: str
    value: Callable[[Array], Array]  # of each weight
    slope_calls: Callable[[Array, Array], list[Call]]  # (parameters, slope): compute the slope
    convention: str = ""  # where others define it otherwise, in sentences


REGULARIZATIONS: dict[str, Penalty] = {
    "none": Penalty(
        marked("none"),
        marked("nothing is added to the loss"),
        np.zeros_like,
        lambda parameters, slope: [],
    ),
    "l1": Penalty(
        "L1",
        marked("λ Σ|w| is added to the loss, λ sign w to the gradient"),
        np.abs,
        lambda parameters, slope: [partial(np.sign, parameters, slope)],
        marked("What is said of L2 holds here too."),
    ),
    "l2": Penalty(
        "L2",
        marked("λ/2 Σw² is added to the loss, λ w to the gradient"),
        lambda weights: 0.5 * weights**2,
        lambda parameters, slope: [partial(np.copyto, slope, parameters)],
        marked(
            "The penalty is not divided by the number of samples; in scikit-learn it is. Its slope "
            "is part of g, so that the optimizer scales it too; in AdamW it is not."
        ),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """How a gradient becomes a step, besides the learning rate. The names are the recipe's.

    With `regularization` a step goes down the loss and a penalty on the weights, not on the
    biases, with λ the `regularization_rate`:

        L2: λ/2 · sum of w², whose gradient is λ w;   L1: λ · sum of |w|, whose gradient is λ sign w

    It is taken once per step, whatever the batch size, and as it stands both where the gradient
    of the loss is a mean over the samples and where it is a sum. Where others do otherwise the
    entries of both tables say as their `convention`.

    Parameters
    ----------
    optimizer, regularization : keys of OPTIMIZERS and REGULARIZATIONS
    momentum, decay, beta1, beta2 : μ, ρ, β₁ and β₂, at least 0 and below 1
    epsilon : ε > 0
    frozen : indices of the parameters that no step changes
    """

    optimizer: str = "gradient_descent"
    momentum: float = 0.9
    decay: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    regularization: str = "none"
    regularization_rate: float = 0.001
    frozen: tuple[int, ...] = ()


def penalty_of(rule: StepRule, parameters: Array, sizes: Sequence[int]) -> float:
    """Return what a rule adds to the loss: λ times the penalty of all weights.

    Parameters
    ----------
    parameters : (n,), of a network of these sizes
    """
    penalty = REGULARIZATIONS[rule.regularization]
    return rule.regularization_rate * float(penalty.value(parameters[_weight_mask(sizes)]).sum())


def new_memory(rule: StepRule, parameters: Array) -> Array:
    """Make what an optimizer remembers before its first step, one flat array."""
    vectors = OPTIMIZERS[rule.optimizer].vectors
    return np.zeros(vectors * (parameters.size + 1))


class Stepper:
    """Prepares the steps of one rule, in place.

    Parameters
    ----------
    parameters, gradient : (n,), or (networks, n) for many; the gradient is that of the sum over
        the samples, and a step may overwrite it
    memory : of `new_memory`, shared by all who change the same parameters
    sizes : of the network
    scale : what that gradient is multiplied by: 1 / samples for the mean, 1 for the sum
    """

    def __init__(
        self,
        parameters: Array,
        gradient: Array,
        memory: Array,
        sizes: Sequence[int],
        rule: StepRule,
        scale: float,
    ) -> None:
        entry = OPTIMIZERS[rule.optimizer]
        self._parameters, self._gradient, self._rule = parameters, gradient, rule
        # Plain steps down a plain gradient have the scale in their length: one call less.
        is_plain = entry.vectors == 0 and rule.regularization == "none"
        self._scale, self._rate_scale = (1.0, scale) if is_plain else (scale, 1.0)
        many = parameters.shape[:-1]
        self._rate = np.zeros((*many, 1)) if many else np.array(0.0)
        own = np.zeros(len(entry.own))
        end = entry.vectors * parameters.size
        self._memory = memory[:end].reshape(entry.vectors, *parameters.shape)
        self._parts = Parts(
            gradient, self._memory, memory[end:], self._rate, own, np.empty_like(own)
        )
        self._optimizer_calls, self.step = entry.step_calls(self._parts)
        self._weights = _weight_mask(sizes)
        self._penalty_rates = np.zeros(len(self._weights))
        self._frozen = np.zeros(len(self._weights), dtype=np.bool)
        self._gradient_stages, self._add_penalty = self._make_gradient()
        self.set_rule(rule)

    @property
    def stages(self) -> list[Stage]:
        """What a step is made of and how it is taken; other calls where a rule freezes or thaws."""
        take = partial(np.subtract, self._parameters, self.step, self._parameters)
        return [*self._step_stages, Stage("after", ALL_LAYERS, self._parameters, [take])]

    @property
    def step_calls(self) -> list[Call]:
        """What computes the step without taking it; likewise."""
        return calls_of(self._step_stages)

    @property
    def calls(self) -> list[Call]:
        """What computes the step and takes it; likewise."""
        return calls_of(self.stages)

    @property
    def _step_stages(self) -> list[Stage]:
        given = [*self._add_penalty, *self._make_freeze()]
        return [
            *self._gradient_stages,
            Stage("g", ALL_LAYERS, self._gradient, given),
            Stage("step", ALL_LAYERS, self.step, self._optimizer_calls),
        ]

    def set_learning_rate(self, learning_rate: float | Array) -> None:
        """Set one for all, or one per network."""
        if isinstance(learning_rate, np.ndarray):
            learning_rate = learning_rate.reshape(self._rate.shape)
        self._rate[...] = learning_rate * self._rate_scale

    def set_rule(self, rule: StepRule) -> None:
        """Take over a rule of the same optimizer and the same penalty.

        Raises
        ------
        ValueError
            for another of them: what the one remembers means nothing to the other.
        """
        for name in ("optimizer", "regularization"):
            if getattr(rule, name) != getattr(self._rule, name):
                raise ValueError(f"{name} must stay {getattr(self._rule, name)} within a run.")
        self._rule = rule
        self._parts.own[:] = [getattr(rule, name) for name in OPTIMIZERS[rule.optimizer].own]
        np.subtract(1.0, self._parts.own, self._parts.complement)
        self._penalty_rates[:] = rule.regularization_rate * self._weights
        self._frozen[:] = False
        self._frozen[list(rule.frozen)] = True

    def _make_gradient(self) -> tuple[list[Stage], list[Call]]:
        """Scale the gradient and compute the penalty; the calls add the one to the other."""
        stages: list[Stage] = []
        if self._scale != 1.0:
            scale = partial(np.multiply, self._gradient, np.array(self._scale), self._gradient)
            stages.append(Stage("scaled", ALL_LAYERS, self._gradient, [scale]))
        if self._rule.regularization == "none":
            return stages, []
        slope = np.empty_like(self._gradient)
        calls = REGULARIZATIONS[self._rule.regularization].slope_calls(self._parameters, slope)
        calls.append(partial(np.multiply, slope, self._penalty_rates, slope))
        stages.append(Stage("penalty", ALL_LAYERS, slope, calls))
        return stages, [partial(np.add, self._gradient, slope, self._gradient)]

    def _make_freeze(self) -> list[Call]:
        """Leave nothing of which a step could be made: neither slope nor memory."""
        if not self._rule.frozen:
            return []
        arrays = (self._gradient, self._memory) if len(self._memory) else (self._gradient,)
        return [partial(np.copyto, array, ZERO, where=self._frozen) for array in arrays]


def _weight_mask(sizes: Sequence[int]) -> NDArray[np.bool]:
    """Tell which parameters are weights, (n,); the others are biases."""
    mask = np.zeros(parameter_count(sizes), dtype=np.bool)
    for weights in layer_views(mask, sizes)[0]:
        weights[:] = True
    return mask
