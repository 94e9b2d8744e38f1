"""What helps where a network does not learn: words for a button, and the recipe it brings."""

import math
from dataclasses import dataclass, replace

from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised

MANY_UNITS = 16  # in each layer: with so many every xor of the report is learned
ADAM_RATE = 0.01


@dataclass(frozen=True, slots=True)
class Remedy:
    """What may help.

    Parameters
    ----------
    words : for a button
    recipe : which the button brings
    """

    words: str
    recipe: Recipe


def smaller_steps(recipe: Recipe) -> tuple[Remedy, ...]:
    """Offer a tenth of the learning rate; nothing where that would be 0."""
    rate = recipe.learning_rate / 10.0
    if rate == 0.0:  # the smallest number there is, divided by ten
        return ()
    return (Remedy(tr("Learning rate ÷ 10"), replace(recipe, learning_rate=rate)),)


def larger_steps(recipe: Recipe) -> tuple[Remedy, ...]:
    """Offer ten times the learning rate; nothing where that would be infinite."""
    rate = recipe.learning_rate * 10.0
    if not math.isfinite(rate):
        return ()
    rate = float(f"{rate:.15g}")  # 0.07 rather than 0.007 · 10, which has more digits
    return (Remedy(tr("Learning rate × 10"), replace(recipe, learning_rate=rate)),)


def new_weights(recipe: Recipe) -> Remedy:
    """Offer the initial weights of the next seed."""
    return Remedy(tr("New weights"), recipe.with_new_weights())


def more_units(recipe: Recipe) -> tuple[Remedy, ...]:
    """Offer 16 units in each hidden layer that has fewer; nothing where none has."""
    hidden = tuple(max(units, MANY_UNITS) for units in recipe.hidden)
    if hidden == recipe.hidden:
        return ()
    words = tr_plural("{count} unit", "{count} units", MANY_UNITS)
    return (Remedy(words, revised(recipe, hidden=hidden)),)


def other_steps(recipe: Recipe) -> tuple[Remedy, ...]:
    """Offer steps that do not become short where the gradient is: those of Adam."""
    if recipe.optimizer == "adam":
        return ()
    adam = replace(recipe, optimizer="adam", learning_rate=ADAM_RATE)
    return (Remedy(tr(OPTIMIZERS["adam"].label), adam),)


def has_penalty(recipe: Recipe) -> bool:
    """Tell whether large weights cost something."""
    return recipe.regularization != "none" and recipe.regularization_rate != 0.0


def penalty_off(recipe: Recipe) -> tuple[Remedy, ...]:
    """Offer to take the penalty on large weights off; nothing where there is none."""
    if not has_penalty(recipe):
        return ()
    return (Remedy(tr("Regularization off"), replace(recipe, regularization="none")),)


def bend(recipe: Recipe) -> Remedy:
    """Offer what makes more of the network than one linear map."""
    if not recipe.hidden:
        return Remedy(tr("Hidden layers"), revised(recipe, hidden=Recipe().hidden))
    if recipe.activations_off:
        return activations_on(recipe)
    return Remedy(tr("Hidden activations on"), replace(recipe, hidden_activation="sigmoid"))


def activations_on(recipe: Recipe) -> Remedy:
    """Offer the activations that were chosen."""
    return Remedy(tr("Activations on"), replace(recipe, activations_off=False))
