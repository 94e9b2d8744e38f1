"""Steps of random networks, and what each slip gives in them, by plain sums in the test's words."""

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.run.trace import StepTrace, step_trace
from mlpviz.experiment.words.step_stages import stages_of
from mlpviz.experiment.workbook.reckoning import Slip
from mlpviz.experiment.workbook.step_questions import Quantity, Question, questions_of

Case = tuple[Question, float]  # what is asked, and what the slip gives there
LAYER = 2  # of three: the hidden one whose weights are a square
U, S = 1, 2  # the unit that is asked about, and a unit of the layer before it


def random_trace(seed: int) -> StepTrace:
    """Return a step of a network with three layers, all other choices being random."""
    rng = random.Random(seed)
    names = ("sigmoid", "tanh", "leaky_relu")
    units = rng.choice((3, 4, 6))
    recipe = Recipe(
        dataset=rng.choice(("xor", "circle", "moons")),
        hidden=(units, units),
        hidden_activation=(rng.choice(names), rng.choice(names)),
        weight_seed=seed,
        loss=rng.choice(("cross_entropy", "mean_squared_error")),
        numerics=rng.choice(("stable", "textbook")),
        optimizer=rng.choice(("gradient_descent", "momentum", "nesterov", "rmsprop", "adam")),
        learning_rate=rng.choice((0.03, 0.2)),
        regularization=rng.choice(("none", "none", "l2")),
        regularization_rate=0.01,
        batch_size=rng.choice((0, 8)),
    )
    training = start_training(replace(recipe, epochs=20))
    training.run(rng.choice((3, 20)))
    return step_trace(training)


def slope_of(trace: StepTrace, layer: int, of: Array) -> Array:
    """Return f' of a layer, from A or from what somebody takes for it."""
    return ACTIVATIONS[trace.activations[layer - 1]].slope(of)


def cases_of(trace: StepTrace, slip: Slip, row: int) -> list[Case]:
    """Return questions with what a slip gives, each worked out here by itself."""
    write: dict[Slip, Callable[[StepTrace, int], list[Case]]] = {
        Slip.SIGN: _sign,
        Slip.SLOPE_FORGOTTEN: _slope_forgotten,
        Slip.SHARE_FORGOTTEN: _share_forgotten,
        Slip.TRANSPOSED: _transposed,
        Slip.BIAS_MISSING: _bias_missing,
        Slip.RATE_FORGOTTEN: _rate_forgotten,
        Slip.A_FOR_Z: _a_for_z,
        Slip.Z_FOR_A: _z_for_a,
        Slip.SUM_FOR_MEAN: _sum_for_mean,
        Slip.UPDATED_WEIGHTS: _updated_weights,
    }
    return [(question, float(value)) for question, value in write[slip](trace, row)]


def _sign(trace: StepTrace, row: int) -> list[Case]:
    _, layer, last = trace.layers
    Z = layer.Z[row, U]
    f = ACTIVATIONS[trace.activations[LAYER - 1]].value
    return [
        (Question(Quantity.Z, LAYER, U, row), -Z),
        (Question(Quantity.Z, LAYER, U, row), Z - 2.0 * layer.b_before[U]),
        (Question(Quantity.A, LAYER, U, row), f(np.array([-Z]))[0]),
        (Question(Quantity.LOSS, 3, 0, row), -trace.losses[row]),
        (Question(Quantity.DZ, 3, 0, row), -last.dZ[row, 0]),
        (Question(Quantity.SLOPE, LAYER, U, None, S), -layer.dW[S, U]),
        (Question(Quantity.AFTER, LAYER, U, None, S), layer.W_before[S, U] + layer.step.W[S, U]),
    ]


def _slope_forgotten(trace: StepTrace, row: int) -> list[Case]:
    first, layer, last = trace.layers
    dA = layer.dA
    return [
        (Question(Quantity.DZ, LAYER, U, row), dA[row, U]),
        (Question(Quantity.DZ, 3, 0, row), last.dA[row, 0]),
        (Question(Quantity.DA, 1, S, row), dA[row] @ layer.W_before[S]),
        (Question(Quantity.PART, LAYER, U, row, S), first.A[row, S] * dA[row, U]),
        (
            Question(Quantity.SLOPE, LAYER, U, None, S),
            trace.scale * sum(a * d for a, d in zip(first.A[:, S], dA[:, U], strict=True)),
        ),
        (Question(Quantity.SLOPE, LAYER, U), trace.scale * dA[:, U].sum()),
    ]


def _share_forgotten(trace: StepTrace, row: int) -> list[Case]:
    _, layer, last = trace.layers
    n = len(trace.samples)
    g = n * layer.dW[S, U] + layer.penalty.W[S, U]
    cases = [
        (Question(Quantity.SLOPE, LAYER, U, None, S), n * layer.dW[S, U]),
        (Question(Quantity.SLOPE, 3, 0), n * last.db[0]),
        (Question(Quantity.G, LAYER, U, None, S), g),
    ]
    if trace.rule.optimizer == "gradient_descent":
        step = trace.learning_rate * g
        cases += [
            (Question(Quantity.STEP, LAYER, U, None, S), step),
            (Question(Quantity.AFTER, LAYER, U, None, S), layer.W_before[S, U] - step),
        ]
    return cases


def _transposed(trace: StepTrace, row: int) -> list[Case]:
    first, layer, _ = trace.layers
    W = layer.W_before
    Z = W[U] @ first.A[row] + layer.b_before[U]
    dA = layer.dZ[row] @ W[:, S]
    f = ACTIVATIONS[trace.activations[LAYER - 1]].value
    return [
        (Question(Quantity.Z, LAYER, U, row), Z),
        (Question(Quantity.A, LAYER, U, row), f(np.array([Z]))[0]),
        (Question(Quantity.DA, 1, S, row), dA),
        (Question(Quantity.DZ, 1, S, row), dA * slope_of(trace, 1, first.A)[row, S]),
        (Question(Quantity.SLOPE, LAYER, U, None, S), layer.dW[U, S]),
    ]


def _bias_missing(trace: StepTrace, row: int) -> list[Case]:
    first, layer, _ = trace.layers
    Z = first.A[row] @ layer.W_before[:, U]
    f = ACTIVATIONS[trace.activations[LAYER - 1]].value
    return [
        (Question(Quantity.Z, LAYER, U, row), Z),
        (Question(Quantity.A, LAYER, U, row), f(np.array([Z]))[0]),
        (Question(Quantity.Z, 1, U, row), trace.X[row] @ first.W_before[:, U]),
    ]


def _rate_forgotten(trace: StepTrace, row: int) -> list[Case]:
    _, layer, _ = trace.layers
    rule, rate = trace.rule, trace.learning_rate
    step, g = layer.step.W[S, U], layer.g.W[S, U]
    v = layer.memory_before[0].W[S, U] if layer.memory_before else 0.0
    if rule.optimizer == "momentum":
        wrong = rule.momentum * v + g
    elif rule.optimizer == "nesterov":
        wrong = rule.momentum * (rule.momentum * v + g) + g
    else:  # the rate multiplies the whole step
        wrong = step / rate
    return [
        (Question(Quantity.STEP, LAYER, U, None, S), wrong),
        (Question(Quantity.AFTER, LAYER, U, None, S), layer.W_before[S, U] - wrong),
    ]


def _a_for_z(trace: StepTrace, row: int) -> list[Case]:
    _, layer, last = trace.layers
    return [
        (Question(Quantity.Z, LAYER, U, row), layer.A[row, U]),
        (Question(Quantity.Z, 3, 0, row), last.A[row, 0]),
    ]


def _z_for_a(trace: StepTrace, row: int) -> list[Case]:
    first, layer, _ = trace.layers
    f_slope = slope_of(trace, LAYER, layer.Z)[row, U]
    dW = trace.scale * (first.Z[:, S] * layer.dZ[:, U]).sum()
    return [
        (Question(Quantity.A, LAYER, U, row), layer.Z[row, U]),
        (
            Question(Quantity.Z, LAYER, U, row),
            first.Z[row] @ layer.W_before[:, U] + layer.b_before[U],
        ),
        (Question(Quantity.DZ, LAYER, U, row), layer.dA[row, U] * f_slope),
        (Question(Quantity.PART, LAYER, U, row, S), first.Z[row, S] * layer.dZ[row, U]),
        (Question(Quantity.SLOPE, LAYER, U, None, S), dW),
    ]


def _sum_for_mean(trace: StepTrace, row: int) -> list[Case]:

    return [(Question(Quantity.MEAN_LOSS, 3), trace.losses.sum())]


def _updated_weights(trace: StepTrace, row: int) -> list[Case]:
    first, layer, last = trace.layers
    dA = last.dZ @ last.W_after.T
    dZ = dA * slope_of(trace, LAYER, layer.A)
    return [
        (Question(Quantity.DA, LAYER, U, row), dA[row, U]),
        (Question(Quantity.DZ, LAYER, U, row), dZ[row, U]),
        (Question(Quantity.DA, 1, S, row), layer.dZ[row] @ layer.W_after[S]),
        (Question(Quantity.DA, 1, S, row), dZ[row] @ layer.W_after[S]),
        (Question(Quantity.SLOPE, LAYER, U, None, S), trace.scale * first.A[:, S] @ dZ[:, U]),
    ]


def all_questions(trace: StepTrace, row: int) -> list[Question]:
    """Return every question of a step about a sample, and about the units U and 0."""
    found: dict[Question, None] = {}
    for stage in stages_of(len(trace.layers)):
        for unit in {0, min(U, trace.sizes[stage.layer] - 1)}:
            place = Place(stage.layer, unit)
            found |= dict.fromkeys(questions_of(trace, stage, row, place).values())
    return list(found)
