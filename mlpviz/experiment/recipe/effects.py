"""What a change of recipe does to a run in progress: one table for all choices."""

from collections.abc import Sequence
from enum import Enum

from mlpviz.experiment.recipe.recipe import Recipe, changed_fields


class Effect(Enum):
    """What a change of recipe does to a run in progress, mildest first."""

    NONE = 0
    LIVE = 1  # the run goes on, the change is noted in it
    REBUILD = 2  # like RESTART, but a branch can begin with it: data, shapes and loss stay
    RESTART = 3  # back to epoch 0 with the same initial weights
    NEW_WEIGHTS = 4  # other initial weights, epoch 0


EFFECTS: dict[str, Effect] = {
    "dataset": Effect.RESTART,
    "own": Effect.RESTART,
    "classes": Effect.RESTART,
    "samples": Effect.RESTART,
    "data_seed": Effect.RESTART,
    "noise": Effect.RESTART,
    "train_share": Effect.RESTART,
    "features": Effect.NEW_WEIGHTS,
    "hidden": Effect.NEW_WEIGHTS,
    "hidden_activation": Effect.REBUILD,
    "output_activation": Effect.REBUILD,
    "activations_off": Effect.REBUILD,
    "loss": Effect.RESTART,
    "reduction": Effect.REBUILD,
    "numerics": Effect.REBUILD,
    "initializer": Effect.NEW_WEIGHTS,
    "weight_seed": Effect.NEW_WEIGHTS,
    "learning_rate": Effect.LIVE,
    "optimizer": Effect.REBUILD,
    "momentum": Effect.LIVE,
    "decay": Effect.LIVE,
    "beta1": Effect.LIVE,
    "beta2": Effect.LIVE,
    "epsilon": Effect.LIVE,
    "regularization": Effect.REBUILD,
    "regularization_rate": Effect.LIVE,
    "batch_size": Effect.LIVE,
    "batch_seed": Effect.REBUILD,
    "frozen": Effect.LIVE,
    "start": Effect.NEW_WEIGHTS,
    "epochs": Effect.LIVE,
}
# What steers the training itself, of all that may change while a run is on.
STEERING = tuple(name for name, e in EFFECTS.items() if e is Effect.LIVE and name != "epochs")


def effect_of_change(old: Recipe, new: Recipe) -> Effect:
    """Return the strongest effect among the fields in which two recipes differ.

    Data with another number of output units have other weights, too.
    """
    effects = [EFFECTS[name] for name in changed_fields(old, new)]
    if old.outputs != new.outputs:
        effects.append(Effect.NEW_WEIGHTS)
    return max(effects, key=lambda effect: effect.value, default=Effect.NONE)


def is_live(old: Recipe, new: Recipe) -> bool:
    """Tell whether a run goes on when its recipe becomes another."""
    return effect_of_change(old, new) in (Effect.NONE, Effect.LIVE)


def can_branch(old: Recipe, new: Recipe) -> bool:
    """Tell whether a branch of a run with one recipe can go on with another.

    All shapes stay, so that the parameters mean something to it; so do the data and the loss, so
    that its losses go on from those before the branch.
    """
    return effect_of_change(old, new).value <= Effect.REBUILD.value


def are_live(old: Sequence[Recipe], new: Sequence[Recipe]) -> bool:
    """Tell whether all runs go on when their recipes become others."""
    return len(old) == len(new) and all(map(is_live, old, new))
