"""The layers in a script: activation functions, weighted sums, forward and backward.

In the engine's form a sample is a column and one product makes the weighted sums with their biases,
`[W; b]ᵀ [A; 1]`, as in `engine.program`; in the plain form a sample is a row, as in a textbook. The
lines that a reader follows have the same names in both: Z1, A1, dZ1, dW1.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from mlpviz.engine.activations import LEAK, SOFTMAX
from mlpviz.engine.initializers import INITIALIZERS, WEIGHT_PURPOSE
from mlpviz.engine.network import layer_views
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.writing.script_form import Form
from mlpviz.experiment.writing.script_text import Lines, array_lines, comment, function, noted

IDENTITY = "identity"
# Of every other activation: A of Z, and the slope dA/dZ of A. What is A and what is 1 - A in a
# product makes no difference to the last bit.
FUNCTION_TEXTS = {
    "sigmoid": ("1 / (1 + np.exp(-Z))", "(1 - A) * A"),
    "tanh": ("np.tanh(Z)", "1 - A * A"),
    "relu": ("np.maximum(Z, 0)", "np.where(A > 0, 1.0, 0.0)"),
    "leaky_relu": (f"np.maximum(Z, {LEAK} * Z)", f"np.where(A > 0, 1.0, {LEAK})"),
}


# What the network begins with


def initial_lines(recipe: Recipe) -> Lines:
    """Make W and b of each layer."""
    if recipe.start is not None:
        return _given(recipe)
    draw = DRAWN[recipe.initializer]
    lines = [
        *comment(
            tr(
                "The initial weights: {formula}, layer by layer, W as (units before, units). The "
                "biases are 0.",
                formula=INITIALIZERS[recipe.initializer].formula,
            )
        ),
        noted(
            f"rng = np.random.default_rng(({recipe.weight_seed}, {WEIGHT_PURPOSE}))",
            tr("seed {seed}; 2 is for weights", seed=recipe.weight_seed),
        ),
    ]
    for layer, (fan_in, fan_out) in enumerate(pairwise(recipe.sizes), start=1):
        *before, weights = draw(fan_in, fan_out)
        lines += [*before, f"W{layer}, b{layer} = {weights}, np.zeros({fan_out})"]
    return [*lines, ""]


def _given(recipe: Recipe) -> Lines:
    """Write the initial weights and biases out."""
    lines = comment(tr("The weights and biases from which the run starts."))
    weights, biases = layer_views(np.array(recipe.start), recipe.sizes)
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True), start=1):
        lines += [*array_lines(f"W{layer}", W), *array_lines(f"b{layer}", b)]
    return [*lines, ""]


def _xavier(fan_in: int, fan_out: int) -> Lines:
    radius = f"r = np.sqrt(6 / ({fan_in} + {fan_out}))"
    return [radius, f"rng.uniform(-r, r, ({fan_in}, {fan_out}))"]


# Of the units before a layer and those in it: lines of which the last is what W is.
DRAWN: dict[str, Callable[[int, int], Lines]] = {
    "normal": lambda fan_in, fan_out: [f"rng.standard_normal(({fan_in}, {fan_out}))"],
    "uniform": lambda fan_in, fan_out: [f"rng.uniform(-1, 1, ({fan_in}, {fan_out}))"],
    "xavier": _xavier,
    "he": lambda fan_in, fan_out: [
        f"rng.standard_normal(({fan_in}, {fan_out})) * np.sqrt(2 / {fan_in})"
    ],
}


# The functions that the layers need


def function_lines(form: Form) -> Lines:
    """Define the activations, and what the engine's form needs for its products."""
    hidden, output = form.recipe.activations[:-1], form.recipe.activations[-1]
    sloped = {*hidden} | (set() if form.is_stable else {output})
    lines: Lines = []
    for name in dict.fromkeys((*hidden, output)):
        if name in FUNCTION_TEXTS:
            value, slope = FUNCTION_TEXTS[name]
            lines += function(f"{name}(Z)", f"return {value}")
            if name in sloped:
                lines += function(
                    f"{name}_slope(A)", noted(f"return {slope}", tr("dA/dZ, computed from A"))
                )
    if output == SOFTMAX:
        lines += _softmax(form)
    return lines if form.is_plain else [*lines, *_products(form)]


def _softmax(form: Form) -> Lines:
    per_sample = "axis=1, keepdims=True" if form.is_plain else "axis=0"
    return function(
        "softmax(Z)",
        *comment(tr("The largest Z is taken off all of them, so that no exponential overflows.")),
        f"shares = np.exp(Z - Z.max({per_sample}))",
        f"return shares / shares.sum({per_sample})",
    )


def _products(form: Form) -> Lines:
    """Define the products of the engine's form."""
    is_mean = form.recipe.reduction == "mean" and not form.is_plain_step
    scale = " * (1 / dZ.shape[1])" if is_mean else ""
    return [
        *function("with_ones(A)", "return np.vstack((A, np.ones(A.shape[1])))"),
        *function(
            "weighted_sums(W, b, A)",
            *comment(tr("Z = Wᵀ A + b in one product, [W; b]ᵀ [A; 1]: the ones meet the biases.")),
            "return np.dot(np.vstack((W, b)).T, with_ones(A))",
        ),
        *function(
            "gradients(A, dZ)",
            *comment(
                tr("dW and db, the mean over the samples, likewise: [dW; db] = [A; 1] dZᵀ / n.")
                if is_mean
                else tr("dW and db, summed over the samples, likewise: [dW; db] = [A; 1] dZᵀ.")
            ),
            f"dWb = np.dot(with_ones(A), dZ.T){scale}",
            "return dWb[:-1], dWb[-1]",
        ),
    ]


# Forward and backward


def forward_lines(form: Form) -> Lines:
    """Define the forward pass."""
    body: Lines = []
    for layer, name in enumerate(form.recipe.activations, start=1):
        before = _before(layer, "X")
        body += [
            f"Z{layer} = {before} @ W{layer} + b{layer}"
            if form.is_plain
            else f"Z{layer} = weighted_sums(W{layer}, b{layer}, {before})",
            f"A{layer} = Z{layer}" if name == IDENTITY else f"A{layer} = {name}(Z{layer})",
        ]
    return function("forward(X)", *body, f"return {form.results()}")


def backward_lines(form: Form) -> Lines:
    """Turn dZ of the output into dW and db of every layer."""
    lines: Lines = []
    for layer in range(form.last, 0, -1):
        before, dZ = _before(layer, form.X), f"dZ{layer}"
        if form.is_plain:
            lines += [f"dW{layer} = {before}.T @ {dZ}", f"db{layer} = {dZ}.sum(axis=0)"]
        else:
            lines.append(f"dW{layer}, db{layer} = gradients({before}, {dZ})")
        if layer > 1:
            lines += _one_back(form, layer)
    return lines


def _one_back(form: Form, layer: int) -> Lines:
    """Go from dZ of a layer to that of the layer before."""
    product = f"dZ{layer} @ W{layer}.T" if form.is_plain else f"np.dot(W{layer}, dZ{layer})"
    before = layer - 1
    name = form.recipe.activations[before - 1]
    slope = "" if name == IDENTITY else f" * {name}_slope(A{before})"
    return [f"dA{before} = {product}", f"dZ{before} = dA{before}{slope}"]


def _before(layer: int, X: str) -> str:
    """Name what enters a layer."""
    return X if layer == 1 else f"A{layer - 1}"
