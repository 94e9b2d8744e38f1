"""How a step changes the parameters, and whether its gradient is right, as lines of text."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.experiment.language import count_text, tr, tr_plural
from mlpviz.experiment.recipe.idle import listed
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.gradient_check import Check, Reason, relative_difference
from mlpviz.experiment.run.places import place_of
from mlpviz.experiment.run.trace import OfLayer, StepTrace
from mlpviz.experiment.words.names import place_name
from mlpviz.experiment.words.step_formulas import penalty_formula, symbol
from mlpviz.experiment.writing.matrix_text import matrix_lines, number_text, wrapped

MOST_PARAMETERS = 60  # whose update is shown
OWN_SYMBOLS = {"momentum": "μ", "decay": "ρ", "beta1": "β₁", "beta2": "β₂", "epsilon": "ε"}
MEMORY_NAMES = {"momentum": "v", "nesterov": "v", "rmsprop": "s", "adam": "ms"}


def update_lines(recipe: Recipe, trace: StepTrace) -> list[str]:
    """Write each parameter before and after, and what the optimizer remembers."""
    layers = trace.layers
    columns = {
        "w": [OfLayer(layer.W_before, layer.b_before) for layer in layers],
        "dW, db": [OfLayer(layer.dW, layer.db) for layer in layers],
        "g": [layer.g for layer in layers],
        tr("step"): [layer.step for layer in layers],
        tr("w after"): [OfLayer(layer.W_after, layer.b_after) for layer in layers],
    }
    has_penalty, has_frozen = trace.rule.regularization != "none", bool(trace.rule.frozen)
    if not has_penalty and not has_frozen:
        del columns["g"]
    lines = _rule_lines(trace)
    if has_penalty:
        terms = ", ".join(penalty_formula(trace, number) for number in range(1, len(layers) + 1))
        words = tr(
            "g is dW and what the penalty adds: {terms}, λ = {rate}",
            terms=terms,
            rate=f"{trace.rule.regularization_rate:g}",
        )
        lines += wrapped(words, "")
    if has_frozen:
        lines.append(tr("g of a frozen parameter is 0."))
    lines += _of_each(recipe, columns)
    memory: dict[str, list[OfLayer]] = {}
    for vector, name in enumerate(MEMORY_NAMES.get(trace.rule.optimizer, "")):
        memory[name] = [layer.memory_before[vector] for layer in layers]
        memory[tr("{name} after", name=name)] = [layer.memory_after[vector] for layer in layers]
    if memory:
        lines += ["", tr("What the optimizer remembers:"), *_of_each(recipe, memory)]
    return lines


def _rule_lines(trace: StepTrace) -> list[str]:
    """Write how the optimizer makes its step, with all that stands in its formula."""
    rule = trace.rule
    entry = OPTIMIZERS[rule.optimizer]
    values = {"η": trace.learning_rate}
    values |= {OWN_SYMBOLS[name]: getattr(rule, name) for name in entry.own}
    if rule.optimizer == "adam":
        names = ("1 − β₁ᵗ", "1 − β₂ᵗ")
        values |= dict(zip(names, trace.corrections, strict=True))
    numbers = ", ".join(f"{name} = {value:g}" for name, value in values.items())
    return [*wrapped(entry.formula, ""), *wrapped(numbers, "")]


def _of_each(recipe: Recipe, columns: Mapping[str, Sequence[OfLayer]]) -> list[str]:
    """Write a line per weight and bias.

    Parameters
    ----------
    columns : by their titles, of each layer
    """
    values = np.column_stack(
        [
            np.concatenate([part.ravel() for layer in layers for part in layer])
            for layers in columns.values()
        ]
    )
    count, values = len(values), values[:MOST_PARAMETERS]
    names = [place_name(recipe, place_of(index, recipe.sizes)) for index in range(len(values))]
    lines = matrix_lines(values, names, list(columns))
    left = count - len(values)
    if left:
        lines.append(
            tr_plural(
                "  … and {count} weight or bias more: --json has it.",
                "  … and {count} weights and biases more: --json has them.",
                left,
            )
        )
    return lines


def check_lines(checks: Sequence[Check], parameters: int) -> list[str]:
    """Say how the slopes compare with differences of the loss."""
    lines = wrapped(
        tr("Each slope g beside (J(w + h) − J(w − h)) / 2h, J being the loss and the penalty:"), ""
    )
    if len(checks) < parameters:
        lines += wrapped(
            tr(
                "{count} of {all} weights and biases are checked, evenly chosen.",
                count=count_text(len(checks)),
                all=count_text(parameters),
            )
        )
    good = [check for check in checks if check.reason is None and check.is_small]
    if good:
        lines += wrapped(
            tr_plural(
                "{count} is as near as it should be; the largest difference is {share} of the "
                "largest slope.",
                "{count} are as near as they should be; the largest difference is {share} of the "
                "largest slope.",
                len(good),
                share=number_text(relative_difference(good)),
            )
        )
    for reason, count in Counter(check.reason for check in checks).items():
        if reason is not None:
            lines += wrapped(_reason_words(reason, count))
    wrong = sum(check.reason is None and not check.is_small for check in checks)
    if wrong:
        lines += wrapped(
            tr_plural(
                "{count} differs by more than it should.",
                "{count} differ by more than they should.",
                wrong,
            )
        )
    return lines


def _reason_words(reason: Reason, count: int) -> str:
    """Say of how many slopes the difference tells nothing, or little, and why."""
    match reason:
        case Reason.CONVENTION:
            return tr_plural(
                "{count} is by definition not the slope of the loss: stable numerics take ŷ − y "
                "with any output.",
                "{count} are by definition not the slopes of the loss: stable numerics take ŷ − y "
                "with any output.",
                count,
            )
        case Reason.NOT_A_NUMBER:
            return tr_plural(
                "{count} cannot be checked: it, or a loss beside it, is not a finite number.",
                "{count} cannot be checked: they, or losses beside them, are not finite numbers.",
                count,
            )
        case Reason.KINK:
            return tr_plural(
                "{count} may differ: a slope jumps between the two losses (a kink).",
                "{count} may differ: slopes jump between the two losses (kinks).",
                count,
            )
        case Reason.ROUGH:
            return tr_plural(
                "{count} is checked roughly: the loss has too few digits there, or bends too much.",
                "{count} are checked roughly: the loss has too few digits there, or bends too "
                "much.",
                count,
            )


def derived_lines(trace: StepTrace) -> list[str]:
    """Say which numbers are computed for this page alone."""
    last = len(trace.layers)
    names = {
        f"dA{last}": symbol("dA", last),
        "dW": "dW",
        "db": "db",
        "g": "g",
        "losses": tr("the losses"),
        "loss": tr("their mean"),
        "penalty": tr("the penalty"),
    }
    words = listed([word for name, word in names.items() if name in trace.derived])
    return [
        "",
        *wrapped(
            tr(
                "For this page alone are computed: {names}. All other numbers are, to the last "
                "bit, those with which the network trains.",
                names=words,
            ),
            "",
        ),
    ]
