"""Which choices of a recipe are idle: with any other value of them the very same run is trained.

The one table of this rule. A recipe may hold idle choices, so that a momentum is still there when
its optimizer is chosen again; but who types one on the command line expects something of it.

A number at the end of its scale (a penalty whose rate is 0, a momentum of 0, a batch size beyond
all samples, all parameters frozen) makes no choice of a kind idle: in a series of experiments it is
one value among others.
"""

from collections.abc import Callable

from mlpviz.engine.datasets import DATASETS, train_split
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.experiment.data.own_data import OWN
from mlpviz.experiment.recipe.recipe import Recipe

CROSS_ENTROPY = "cross_entropy"


def idle_reason(recipe: Recipe, field: str) -> str:
    """Say why a choice is idle: "on own data, …"; nothing where it is not."""
    reason = _REASONS.get(field)
    return "" if reason is None else reason(recipe)


def listed(names: list[str]) -> str:
    """Write names one after the other: "a, b and c"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _own(recipe: Recipe) -> str:
    return "" if recipe.dataset == OWN else f"where the data set is {recipe.dataset}"


def _classes(recipe: Recipe) -> str:
    if recipe.leaves_classes:
        return ""
    if recipe.used_own is not None:
        return "on own data, which have the classes that they have"
    free = [key for key, entry in DATASETS.items() if entry.make_classes is not None]
    return f"on the data set {recipe.dataset}: the number of classes is free in {listed(free)}"


def _samples(recipe: Recipe) -> str:
    if recipe.fixed_size is None:
        return ""
    if recipe.used_own is not None:
        return f"on own data, which have {recipe.fixed_size} samples"
    return f"on the data set {recipe.dataset}, which always has {recipe.fixed_size} samples"


def _data_seed(recipe: Recipe) -> str:
    if recipe.draws_data:
        return ""
    if recipe.used_own is not None:
        return "on own data as long as all samples train: there is nothing to draw"
    return f"on the data set {recipe.dataset} without noise: there is nothing to draw"


def _noise(recipe: Recipe) -> str:
    return "" if recipe.used_own is None else "on own data, which stay as they are"


def _hidden_activation(recipe: Recipe) -> str:
    return _output_activation(recipe) or ("" if recipe.hidden else "without a hidden layer")


def _output_activation(recipe: Recipe) -> str:
    return "where the activations are off" if recipe.activations_off else ""


def _activations_off(recipe: Recipe) -> str:
    chosen = {*recipe.hidden_activations, recipe.output_activation}
    return "where every activation is the identity already" if chosen == {"identity"} else ""


def _reduction(recipe: Recipe) -> str:
    samples = _training_samples(recipe)
    size = min(recipe.batch_size or samples, samples)
    return "where a step is made of one sample: its mean is its sum" if size == 1 else ""


def _numerics(recipe: Recipe) -> str:
    if recipe.loss == CROSS_ENTROPY:
        return ""
    return f"with the loss {recipe.loss}, which is computed in one way"


def _initial(recipe: Recipe) -> str:
    return "" if recipe.start is None else "where the initial weights are given"


def _of_optimizers(field: str) -> Callable[[Recipe], str]:
    """Return the rule of a parameter that belongs to certain optimizers."""
    owners = [key for key, entry in OPTIMIZERS.items() if field in entry.own]

    def reason(recipe: Recipe) -> str:
        if recipe.optimizer in owners:
            return ""
        return f"with the optimizer {recipe.optimizer}: it is of {listed(owners)}"

    return reason


def _regularization_rate(recipe: Recipe) -> str:
    return "without regularization" if recipe.regularization == "none" else ""


def _batch_size(recipe: Recipe) -> str:
    return "where a single sample trains" if _training_samples(recipe) == 1 else ""


def _batch_seed(recipe: Recipe) -> str:
    samples = _training_samples(recipe)
    if 0 < recipe.batch_size < samples:
        return ""
    return f"where one batch holds all {samples} samples, as their order is no matter"


def _training_samples(recipe: Recipe) -> int:
    """Count the samples that train."""
    samples = recipe.fixed_size or recipe.samples
    if recipe.train_share == 1.0:
        return samples
    return len(train_split(samples, recipe.train_share, recipe.data_seed)[0])


_REASONS: dict[str, Callable[[Recipe], str]] = {
    "own": _own,
    "classes": _classes,
    "samples": _samples,
    "data_seed": _data_seed,
    "noise": _noise,
    "hidden_activation": _hidden_activation,
    "output_activation": _output_activation,
    "activations_off": _activations_off,
    "reduction": _reduction,
    "numerics": _numerics,
    "initializer": _initial,
    "weight_seed": _initial,
    **{
        name: _of_optimizers(name)
        for name in dict.fromkeys(own for entry in OPTIMIZERS.values() for own in entry.own)
    },
    "regularization_rate": _regularization_rate,
    "batch_size": _batch_size,
    "batch_seed": _batch_seed,
}
