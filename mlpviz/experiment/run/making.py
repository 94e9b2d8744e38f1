"""How one unit comes by its output: the terms of its weighted sum, and its activation."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS, SOFTMAX
from mlpviz.engine.network import ForwardPass
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import Unit

CURVE_POINTS = 65  # of an activation's curve; odd, so that a kink at 0 is a point of it
REACHES = {"sigmoid": 8.0}  # how far the curve of an activation goes to either side of z = 0
USUAL_REACH = 4.0
STAYS = 1.25  # times its |w|: a term that is shown already


@dataclass(frozen=True, slots=True)
class SampleMaking:
    """What the terms of a unit are for one sample, in float64.

    Parameters
    ----------
    number : of the sample
    inputs : a of each unit of the layer before, (inputs,)
    products : w · a of each, (inputs,)
    z, a : the weighted sum with the bias, and what the unit gives
    """

    number: int
    inputs: Array
    products: Array
    z: float
    a: float

    def sum_without(self, shown: Sequence[int]) -> float:
        """Return the sum of the products that are not among those shown."""
        return float(np.delete(self.products, list(shown)).sum())


@dataclass(frozen=True, slots=True)
class Making:
    """How a unit is made: a = activation(Σ w · a_before + b).

    Parameters
    ----------
    unit : (layer, unit), layer from 1
    weights : of the units of the layer before, (inputs,)
    bias : of the unit
    activation : its key; None where activations are off
    sample : the same in numbers, for the sample that is selected; None where none is
    """

    unit: Unit
    weights: Array
    bias: float
    activation: str | None
    sample: SampleMaking | None


def making_of(
    frame: Frame, unit: Unit, sample: int | None = None, values: ForwardPass | None = None
) -> Making:
    """Take a unit of a frame apart.

    Parameters
    ----------
    sample, values : a sample, and of `Frame.forward_at` at its place; None for none
    """
    layer, number = unit
    weights, biases = frame.layers()
    column, bias = weights[layer - 1][:, number], float(biases[layer - 1][number])
    recipe = frame.recipe
    activation = None if recipe.activations_off else recipe.activations[layer - 1]
    of_sample = None
    if sample is not None and values is not None:
        inputs = values.activations[layer - 1]
        with np.errstate(all="ignore"):
            products = column * inputs
        z, a = values.sums[layer - 1][number], values.activations[layer][number]
        of_sample = SampleMaking(sample, inputs, products, float(z), float(a))
    return Making(unit, column, bias, activation, of_sample)


def strongest_terms(
    weights: Array, count: int, kept: int | None = None, before: Sequence[int] = ()
) -> tuple[int, ...]:
    """Return which terms to show where there is room for so many: in the order of the units.

    Those of the largest |w|; what is not a number is larger than any. A term that was shown before
    stays until another is a quarter larger, or two alike would take turns while they are trained.

    Parameters
    ----------
    weights : (inputs,)
    kept : a term that is shown in any case
    before : the terms that were shown before
    """
    sizes = np.where(np.isnan(weights), np.inf, np.abs(weights))
    sizes[list(before)] *= STAYS
    order = [term for term in np.argsort(-sizes, kind="stable").tolist() if term != kept]
    first = [] if kept is None else [kept]
    return tuple(sorted((first + order)[:count]))


@cache
def activation_curve(activation: str) -> tuple[Array, Array]:
    """Return z and a of the curve of an activation, (CURVE_POINTS,) each; always the same arrays.

    Softmax has none, for it depends on the z of all units.
    """
    if activation == SOFTMAX:
        raise ValueError("activation must have a curve of its own. Got softmax.")
    reach = REACHES.get(activation, USUAL_REACH)
    z = np.linspace(-reach, reach, CURVE_POINTS)
    a = ACTIVATIONS[activation].value(z)
    for array in (z, a):
        array.setflags(write=False)
    return z, a
