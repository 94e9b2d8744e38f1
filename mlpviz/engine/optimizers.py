"""Optimizers: each is its paper's formula on the flat vector of parameters w.

In the formulas g is the gradient and η the learning rate; products, squares and roots are taken
number by number. Each stands here twice: as the formula, to be read, and below it as prepared
calls into given arrays, with which `engine.program` trains; tests hold the two together. A new
optimizer is one entry of `OPTIMIZERS`; `engine.steps` takes its steps.

Books and libraries do not agree on all of these formulas. Where others are usual too, the entry
says so as its `convention`, and so do the window and `--help`, which read it there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.activations import Call
from mlpviz.engine.marked import marked

Memory = tuple[Array, ...]  # what is remembered of every parameter: vectors of (n,), 0 at first
Stepped = tuple[Array, Memory]  # the next parameters, (n,), and what is remembered with them


class Parts(NamedTuple):
    """What the calls compute a step from; every array is there already and changes in place.

    Parameters
    ----------
    gradient : (n,), or (networks, n) for many of the same shape
    memory : (vectors, …), each like the gradient; zeros before the first step
    corrections : (vectors,), zeros before the first step
    rate : the learning rate, of a shape that goes with the gradient
    own, complement : the optimizer's own parameters p, in the order of its entry, and 1 - p
    """

    gradient: Array
    memory: Array
    corrections: Array
    rate: Array
    own: Array
    complement: Array


def gradient_descent(w: Array, g: Array, memory: Memory, t: int, rate: float) -> Stepped:
    """Go straight down: w ← w - η g."""
    return w - rate * g, memory


def gradient_descent_calls(parts: Parts) -> tuple[list[Call], Array]:
    """Prepare η g."""
    step = np.empty_like(parts.gradient)
    return [partial(np.multiply, parts.gradient, parts.rate, step)], step


def momentum(w: Array, g: Array, memory: Memory, t: int, rate: float, momentum: float) -> Stepped:
    """Roll like a heavy ball, which keeps a share μ of its speed v.

        v ← μ v + η g,   w ← w - v

    Reference: Polyak, USSR Computational Mathematics and Mathematical Physics 4 (1964) 1-17.
    """
    (v,) = memory
    v = momentum * v + rate * g
    return w - v, (v,)


def momentum_calls(parts: Parts) -> tuple[list[Call], Array]:
    """Prepare v."""
    (speed,), friction = parts.memory, parts.own[0, ...]
    calls, downhill = gradient_descent_calls(parts)
    calls += [
        partial(np.multiply, speed, friction, speed),
        partial(np.add, speed, downhill, speed),
    ]
    return calls, speed


def nesterov(w: Array, g: Array, memory: Memory, t: int, rate: float, momentum: float) -> Stepped:
    """Roll like a heavy ball whose gradient is taken one swing ahead.

        v ← μ v + η g,   w ← w - (μ v + η g)

    w is the point ahead, where the gradient is taken, as Bengio, Boulanger-Lewandowski and
    Pascanu write it ("Advances in optimizing recurrent networks", ICASSP 2013, section 3.5).

    Reference: Nesterov, Soviet Mathematics Doklady 27 (1983) 372-376.
    """
    (v,) = memory
    v = momentum * v + rate * g
    return w - (momentum * v + rate * g), (v,)


def nesterov_calls(parts: Parts) -> tuple[list[Call], Array]:
    """Prepare μ v + η g."""
    (speed,), friction = parts.memory, parts.own[0, ...]
    calls, step = gradient_descent_calls(parts)
    ahead = np.empty_like(speed)
    calls += [
        partial(np.multiply, speed, friction, speed),
        partial(np.add, speed, step, speed),
        partial(np.multiply, speed, friction, ahead),
        partial(np.add, step, ahead, step),
    ]
    return calls, step


def rmsprop(
    w: Array, g: Array, memory: Memory, t: int, rate: float, decay: float, epsilon: float
) -> Stepped:
    """Divide the step by how large the gradient has been of late.

        s ← ρ s + (1 - ρ) g²,   w ← w - η g / (√s + ε)

    Reference: Tieleman & Hinton, "Neural networks for machine learning", lecture 6.5,
    Coursera 2012.
    """
    (s,) = memory
    s = decay * s + (1.0 - decay) * g**2
    return w - rate * g / (np.sqrt(s) + epsilon), (s,)


def rmsprop_calls(parts: Parts) -> tuple[list[Call], Array]:
    """Prepare η g / (√s + ε)."""
    (mean_square,), step = parts.memory, np.empty_like(parts.gradient)
    decay, epsilon, rest = parts.own[0, ...], parts.own[1, ...], parts.complement[0, ...]
    calls: list[Call] = [
        partial(np.square, parts.gradient, step),
        partial(np.multiply, step, rest, step),
        partial(np.multiply, mean_square, decay, mean_square),
        partial(np.add, mean_square, step, mean_square),
        partial(np.sqrt, mean_square, step),
        partial(np.add, step, epsilon, step),
        partial(np.divide, parts.gradient, step, step),
        partial(np.multiply, step, parts.rate, step),
    ]
    return calls, step


def adam(
    w: Array,
    g: Array,
    memory: Memory,
    t: int,
    rate: float,
    beta1: float,
    beta2: float,
    epsilon: float,
) -> Stepped:
    """Divide momentum by size, both corrected for their start from 0.

        m ← β₁ m + (1 - β₁) g,   s ← β₂ s + (1 - β₂) g²,
        w ← w - η m̂ / (√ŝ + ε),   m̂ = m / (1 - β₁ᵗ),   ŝ = s / (1 - β₂ᵗ)

    Reference: Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
    """
    m, s = memory
    m = beta1 * m + (1.0 - beta1) * g
    s = beta2 * s + (1.0 - beta2) * g**2
    m_hat = m / (1.0 - beta1**t)
    s_hat = s / (1.0 - beta2**t)
    return w - rate * m_hat / (np.sqrt(s_hat) + epsilon), (m, s)


def adam_calls(parts: Parts) -> tuple[list[Call], Array]:
    """Prepare η m̂ / (√ŝ + ε).

    The corrections 1 - βᵗ are followed from step to step, c ← β c + (1 - β), which is the same
    as long as β is, and right when it is changed on the way.
    """
    memory, work = parts.memory, np.empty_like(parts.memory)
    one_each = (2,) + (1,) * parts.gradient.ndim
    corrections = parts.corrections.reshape(one_each)
    betas, rest = parts.own[:2].reshape(one_each), parts.complement[:2].reshape(one_each)
    step, root = work
    calls: list[Call] = [
        partial(np.copyto, work[0], parts.gradient),
        partial(np.square, parts.gradient, work[1]),
        partial(np.multiply, work, rest, work),
        partial(np.multiply, memory, betas, memory),
        partial(np.add, memory, work, memory),
        partial(np.multiply, corrections, betas, corrections),
        partial(np.add, corrections, rest, corrections),
        partial(np.divide, memory, corrections, work),
        partial(np.sqrt, root, root),
        partial(np.add, root, parts.own[2, ...], root),
        partial(np.divide, step, root, step),
        partial(np.multiply, step, parts.rate, step),
    ]
    return calls, step


@dataclass(frozen=True, slots=True)
class Optimizer:
    """One entry of the table.

    Parameters
    ----------
    own : its own parameters, by their names in `StepRule`
    vectors : how many numbers it remembers of every parameter
    step : the formula. Of parameters w and gradient g, (n,), the memory, the number t of this
        step from 1, the rate and the optimizer's own parameters it makes the next w and memory
    step_calls : prepares what is to be subtracted, and says which array it will be in
    convention : where others define it otherwise, in sentences; "" where all agree
    """

    label: str
    formula: str
    own: tuple[str, ...]
    vectors: int
    step: Callable[..., Stepped]
    step_calls: Callable[[Parts], tuple[list[Call], Array]]
    convention: str = ""


class OwnParameter(NamedTuple):
    """One of the optimizers' own parameters: what it is called, what it is, what is usual."""

    label: str
    meaning: str
    convention: str = ""


OWN_PARAMETERS: dict[str, OwnParameter] = {
    "momentum": OwnParameter(
        marked("momentum"), marked("Momentum μ: the share of its speed that a step keeps")
    ),
    "decay": OwnParameter(
        marked("decay ρ"),
        marked("Decay ρ: the share of the mean of g² that a step keeps"),
        marked(
            "At first it is 0.9, as in Hinton's lecture and in Keras. PyTorch has 0.99, named "
            "alpha."
        ),
    ),
    "beta1": OwnParameter("β₁", marked("β₁: the share of the mean gradient that a step keeps")),
    "beta2": OwnParameter("β₂", marked("β₂: the share of the mean of g² that a step keeps")),
    "epsilon": OwnParameter(
        "ε",
        marked("ε: keeps the step finite where the gradient has been 0"),
        marked("At first it is 1e-8, as in the paper of Adam and in PyTorch. Keras has 1e-7."),
    ),
}

OPTIMIZERS: dict[str, Optimizer] = {
    "gradient_descent": Optimizer(
        marked("gradient descent"), "w ← w − η g", (), 0, gradient_descent, gradient_descent_calls
    ),
    "momentum": Optimizer(
        marked("momentum"),
        "v ← μ v + η g,  w ← w − v",
        ("momentum",),
        1,
        momentum,
        momentum_calls,
        marked(
            "The rate η is inside the speed v. In PyTorch it is outside: v ← μ v + g, w ← w − η v."
        ),
    ),
    "nesterov": Optimizer(
        marked("Nesterov"),
        "v ← μ v + η g,  w ← w − (μ v + η g)",
        ("momentum",),
        1,
        nesterov,
        nesterov_calls,
        marked("The rate η is inside the speed v, as in momentum, and w is the point ahead."),
    ),
    "rmsprop": Optimizer(
        marked("RMSprop"),
        "s ← ρ s + (1 − ρ) g²,  w ← w − η g / (√s + ε)",
        ("decay", "epsilon"),
        1,
        rmsprop,
        rmsprop_calls,
        marked("ε is added to the root, as in PyTorch. In Keras it is under the root."),
    ),
    "adam": Optimizer(
        marked("Adam"),
        "m ← β₁ m + (1 − β₁) g,  s ← β₂ s + (1 − β₂) g²,  w ← w − η m̂ / (√ŝ + ε)",
        ("beta1", "beta2", "epsilon"),
        2,
        adam,
        adam_calls,
        marked(
            "ε is added to the root of the corrected ŝ, as in the paper and in PyTorch. In Keras "
            "it is added to the root of s, before the correction."
        ),
    ),
}
