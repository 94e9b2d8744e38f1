"""Initial weights. Biases always start at 0."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.marked import marked

WEIGHT_PURPOSE = 2  # see datasets.DATA_PURPOSE


def normal(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
    """Draw from N(0, 1)."""
    return rng.standard_normal((fan_in, fan_out))


def uniform(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
    """Draw uniformly from (-1, 1)."""
    return rng.uniform(-1.0, 1.0, (fan_in, fan_out))


def xavier(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
    """Draw uniformly from (-r, r), r = √(6 / (fan_in + fan_out)).

    Reference: Glorot & Bengio, "Understanding the difficulty of training deep feedforward neural
    networks", AISTATS 2010, equation 16.
    """
    r = math.sqrt(6.0 / (fan_in + fan_out))
    return rng.uniform(-r, r, (fan_in, fan_out))


def he(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
    """Draw from N(0, 2 / fan_in), the second number being the variance.

    Reference: He, Zhang, Ren & Sun, "Delving deep into rectifiers", ICCV 2015, equation 10.
    """
    return rng.standard_normal((fan_in, fan_out)) * math.sqrt(2.0 / fan_in)


@dataclass(frozen=True, slots=True)
class Initializer:
    """One entry of the table."""

    label: str
    formula: str
    draw: Callable[[np.random.Generator, int, int], Array]


INITIALIZERS: dict[str, Initializer] = {
    "normal": Initializer("N(0, 1)", "w ~ N(0, 1)", normal),
    "uniform": Initializer("U(−1, 1)", "w ~ U(−1, 1)", uniform),
    "xavier": Initializer(marked("Xavier"), "w ~ U(−r, r), r = √(6 / (fan-in + fan-out))", xavier),
    "he": Initializer(marked("He"), "w ~ N(0, 2 / fan-in)", he),
}


def initial_weights(name: str, seed: int, sizes: Sequence[int]) -> list[Array]:
    """Draw the weights layer by layer, each W as (fan_in, fan_out), from one seed.

    Parameters
    ----------
    name : key of INITIALIZERS
    seed : int ≥ 0
    sizes : units per layer, inputs first, output last
    """
    rng = np.random.default_rng((seed, WEIGHT_PURPOSE))
    draw = INITIALIZERS[name].draw
    return [draw(rng, i, o) for i, o in pairwise(sizes)]
