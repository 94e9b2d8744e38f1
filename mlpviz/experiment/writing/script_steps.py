"""The steps in a script: the choices of its recipe, and how a gradient becomes a step.

The sums are those of `engine.optimizers` and `engine.steps`, in their order. A new optimizer or
penalty needs an entry here; tests say so.
"""

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.minibatches import BATCH_PURPOSE, ORDER_BLOCK
from mlpviz.engine.network import layer_views, parameter_count
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.writing.script_form import Form
from mlpviz.experiment.writing.script_text import Lines, comment, filled, indented, noted

# Of every optimizer that remembers something: its vectors, what it does once in a step, and what
# it does with each array w of parameters and its gradient g. In a line for each array "[i]" stands
# behind the vectors.
REMEMBERED: dict[str, tuple[str, ...]] = {
    "momentum": ("v",),
    "nesterov": ("v",),
    "rmsprop": ("s",),
    "adam": ("m", "s"),
}
EACH: dict[str, tuple[str, ...]] = {
    "momentum": ("v[i] = momentum * v[i] + learning_rate * g", "w -= v[i]"),
    "nesterov": (
        "v[i] = momentum * v[i] + learning_rate * g",
        "w -= momentum * v[i] + learning_rate * g",
    ),
    "rmsprop": (
        "s[i] = decay * s[i] + (1 - decay) * (g * g)",
        "w -= learning_rate * (g / (np.sqrt(s[i]) + epsilon))",
    ),
    "adam": (
        "m[i] = beta1 * m[i] + (1 - beta1) * g",
        "s[i] = beta2 * s[i] + (1 - beta2) * (g * g)",
        "w -= learning_rate * (m[i] / c1 / (np.sqrt(s[i] / c2) + epsilon))",
    ),
}
FEW = 3  # frozen parameters of an array that are named one by one
PENALTY_SLOPES = {"l1": "np.sign({W})", "l2": "{W}"}


def choice_lines(form: Form) -> Lines:
    """Name the numbers that a reader may want to change."""
    recipe = form.recipe
    names = ["epochs", "learning_rate", *OPTIMIZERS[recipe.optimizer].own]
    if recipe.regularization != "none":
        names.append("regularization_rate")
    if form.is_in_batches:
        names.append("batch_size")
    return [*(f"{name} = {getattr(recipe, name)!r}" for name in names), ""]


def memory_lines(form: Form) -> Lines:
    """Make what the optimizer remembers."""
    recipe = form.recipe
    vectors = REMEMBERED.get(recipe.optimizer, ())
    if not vectors:
        return []
    return [
        *comment(
            tr("What the optimizer remembers of every weight and bias; before the first step, 0.")
        ),
        f"parameters = [{_each_layer(form, 'W{0}, b{0}')}]",
        *(f"{name} = [np.zeros(w.shape) for w in parameters]" for name in vectors),
        *(["c1 = c2 = 0.0"] if recipe.optimizer == "adam" else []),
        "",
    ]


def step_lines(form: Form) -> Lines:
    """Make the step of the gradient, and take it."""
    return [*_penalty(form), *_frozen(form.recipe), *_taken(form)]


def _each_layer(form: Form, text: str) -> str:
    """Write a text for each layer, with its number in the place {0}."""
    return ", ".join(text.format(layer) for layer in range(1, form.last + 1))


def _penalty(form: Form) -> Lines:
    """Add the slope of the penalty to the gradient of the weights."""
    name = form.recipe.regularization
    if name == "none":
        return []
    return [
        *comment(tr("The penalty: {formula}.", formula=tr(REGULARIZATIONS[name].formula))),
        *(
            f"dW{layer} += regularization_rate * {PENALTY_SLOPES[name].format(W=f'W{layer}')}"
            for layer in range(1, form.last + 1)
        ),
    ]


def _frozen(recipe: Recipe) -> Lines:
    """Take the slope away from parameters that training leaves alone."""
    if not recipe.frozen:
        return []
    is_frozen = np.zeros(parameter_count(recipe.sizes), dtype=np.bool)
    is_frozen[list(recipe.frozen)] = True
    lines = comment(tr("These are frozen: no step changes them."))
    weights, biases = layer_views(is_frozen, recipe.sizes)
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True), start=1):
        for name, frozen in ((f"dW{layer}", W), (f"db{layer}", b)):
            lines += _without_slope(name, frozen)
    return lines


def _without_slope(name: str, frozen: NDArray[np.bool]) -> Lines:
    """Set those slopes of an array to 0 that are frozen: by their places, or many by a list."""
    places = np.argwhere(frozen).tolist()
    if frozen.all():
        return [f"{name}[:] = 0"]
    if len(places) > FEW:
        return filled(f"{name}.flat[[", np.flatnonzero(frozen).tolist(), "]] = 0")
    return [f"{name}[{', '.join(map(str, place))}] = 0" for place in places]


def _taken(form: Form) -> Lines:
    """Take the step, of each array of parameters."""
    recipe = form.recipe
    if recipe.optimizer not in REMEMBERED:
        return _descent(form)
    once = (
        [
            noted("c1 = beta1 * c1 + (1 - beta1)", "1 − β₁ᵗ"),
            noted("c2 = beta2 * c2 + (1 - beta2)", "1 − β₂ᵗ"),
        ]
        if recipe.optimizer == "adam"
        else []
    )
    return [
        *comment(OPTIMIZERS[recipe.optimizer].formula),
        *once,
        f"slopes = [{_each_layer(form, 'dW{0}, db{0}')}]",
        "for i, (w, g) in enumerate(zip(parameters, slopes)):",
        *indented(EACH[recipe.optimizer]),
    ]


def _descent(form: Form) -> Lines:
    """Go straight down."""
    is_summed = not form.is_plain and form.is_plain_step and form.recipe.reduction == "mean"
    rate = "rate" if is_summed else "learning_rate"
    before: Lines = []
    if is_summed:
        before = [
            *comment(tr("The slopes are sums over n samples; times 1 / n they are means.")),
            f"rate = learning_rate * (1 / {form.samples})",
        ]
    lines = []
    for layer in range(1, form.last + 1):
        lines += [f"W{layer} -= {rate} * dW{layer}", f"b{layer} -= {rate} * db{layer}"]
    return [*before, *lines]


# In which order


def batch_order_lines(recipe: Recipe) -> Lines:
    """Draw the order of the samples for an epoch."""
    seed = f"({recipe.batch_seed}, {BATCH_PURPOSE}, epoch // {ORDER_BLOCK})"
    return [
        *comment(tr("The samples in another order; every 64 epochs begins another generator.")),
        f"if epoch % {ORDER_BLOCK} == 0:",
        *indented((f"rng = np.random.default_rng({seed})",)),
        "order = rng.permutation(len(y))",
    ]


def batch_lines(form: Form) -> Lines:
    """Take the samples of a batch."""
    taken = (
        "X[batch], Y[batch]" if form.is_plain else "X.take(batch, axis=1), Y.take(batch, axis=1)"
    )
    return [
        "batch = order[start : start + batch_size]",
        f"X_batch, Y_batch = {taken}",
    ]
