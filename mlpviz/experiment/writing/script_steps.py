"""The steps in a script: the choices of its recipe, and how a gradient becomes a step.

The sums are those of `engine.optimizers` and `engine.steps`, in their order. A new optimizer or
penalty needs an entry here; tests say so.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from mlpviz.engine.minibatches import BATCH_PURPOSE, ORDER_BLOCK
from mlpviz.engine.network import layer_views, parameter_count
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.idle import training_samples
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


def choice_names(form: Form) -> list[str]:
    """Name the numbers that a run can change on its way."""
    names = ["learning_rate", *OPTIMIZERS[form.recipe.optimizer].own]
    return names if form.recipe.regularization == "none" else [*names, "regularization_rate"]


def choice_lines(form: Form) -> Lines:
    """Name the numbers that a reader may want to change."""
    names = ["epochs", *choice_names(form)]
    lines = [f"{name} = {getattr(form.recipe, name)!r}" for name in names]
    if form.is_in_batches:
        lines.append(f"batch_size = {form.batch_sizes[0]}")
    return [*lines, ""]


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
    return [*_penalty(form), *_frozen(form), *_taken(form)]


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


def _frozen(form: Form) -> Lines:
    """Take the slope away from parameters that training leaves alone, at their time."""
    lines: Lines = []
    for when, frozen in _frozen_when(form):
        zeros = zero_lines(form.recipe.sizes, frozen, lambda letter, layer: f"d{letter}{layer}")
        lines += [f"if {when}:", *indented(zeros)] if when and zeros else zeros
    return [*comment(tr("These are frozen: no step changes them.")), *lines] if lines else []


def _frozen_when(form: Form) -> list[tuple[str, tuple[int, ...]]]:
    """Return which parameters are frozen, and a condition of the epoch; "" for always."""
    turns = [change for change in form.changes if change.before.frozen != change.after.frozen]
    if not turns:
        return [("", form.recipe.frozen)]
    spans = [(f"epoch < {turns[0].epoch}", form.recipe.frozen)]
    for turn, following in pairwise(turns):
        spans.append((f"{turn.epoch} <= epoch < {following.epoch}", turn.after.frozen))
    return [*spans, (f"epoch >= {turns[-1].epoch}", turns[-1].after.frozen)]


def zero_lines(
    sizes: Sequence[int], indices: Sequence[int], name_of: Callable[[str, int], str]
) -> Lines:
    """Set to 0 what belongs to some parameters: by their places, or where there are many by a list.

    Parameters
    ----------
    sizes, indices : of the network, and of the parameters in the order of `engine.network`
    name_of : names the array, of the letter W or b and the number of the layer
    """
    is_meant = np.zeros(parameter_count(sizes), dtype=np.bool)
    is_meant[list(indices)] = True
    lines: Lines = []
    for layer, pair in enumerate(zip(*layer_views(is_meant, sizes), strict=True), start=1):
        for letter, meant in zip("Wb", pair, strict=True):
            name, places = name_of(letter, layer), np.argwhere(meant).tolist()
            if meant.all():
                lines.append(f"{name}[:] = 0")
            elif len(places) > FEW:
                lines += filled(f"{name}.flat[[", np.flatnonzero(meant).tolist(), "]] = 0")
            else:
                lines += [f"{name}[{', '.join(map(str, place))}] = 0" for place in places]
    return lines


def _taken(form: Form) -> Lines:
    """Take the step, of each array of parameters."""
    recipe = form.recipe
    if recipe.optimizer == "gradient_descent":
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


def batch_order_lines(form: Form) -> Lines:
    """Draw the order of the samples for an epoch."""
    seed = f"({form.recipe.batch_seed}, {BATCH_PURPOSE}, epoch // {ORDER_BLOCK})"
    lines = [
        *comment(tr("The samples in another order; every 64 epochs begins another generator.")),
        f"if epoch % {ORDER_BLOCK} == 0:",
        *indented((f"rng = np.random.default_rng({seed})",)),
        "order = rng.permutation(len(y))",
    ]
    if max(form.batch_sizes) < training_samples(form.recipe):
        return lines
    return [
        *lines,
        *comment(tr("A batch of all samples has them as they stand.")),
        "if batch_size == len(y):",
        *indented(("order = np.arange(len(y))",)),
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
