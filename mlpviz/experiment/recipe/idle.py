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
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe

CROSS_ENTROPY = "cross_entropy"


def idle_words(recipe: Recipe, field: str, name: str = "") -> str:
    """Say that a choice is idle, and why; nothing where it is not.

    Parameters
    ----------
    name : what the choice is called in the sentence; its field when left out
    """
    words = _WORDS.get(field)
    return "" if words is None else words(recipe, name or field)


def listed(names: list[str]) -> str:
    """Write names one after the other: "a, b and c"."""
    *first, last = names
    return tr("{names} and {last}", names=", ".join(first), last=last) if first else last


def _own(recipe: Recipe, name: str) -> str:
    if recipe.dataset == OWN:
        return ""
    return tr(
        "{name} has no effect where the data set is {dataset}.", name=name, dataset=recipe.dataset
    )


def _classes(recipe: Recipe, name: str) -> str:
    if recipe.leaves_classes:
        return ""
    if recipe.used_own is not None:
        return tr(
            "{name} has no effect on own data, which have the classes that they have.", name=name
        )
    return tr(
        "{name} has no effect on the data set {dataset}: the number of classes is free in {free}.",
        name=name,
        dataset=recipe.dataset,
        free=listed([key for key, entry in DATASETS.items() if entry.make_classes is not None]),
    )


def _samples(recipe: Recipe, name: str) -> str:
    if recipe.fixed_size is None:
        return ""
    if recipe.used_own is not None:
        return tr(
            "{name} has no effect on own data, which have {samples} samples.",
            name=name,
            samples=recipe.fixed_size,
        )
    return tr(
        "{name} has no effect on the data set {dataset}, which always has {samples} samples.",
        name=name,
        dataset=recipe.dataset,
        samples=recipe.fixed_size,
    )


def _data_seed(recipe: Recipe, name: str) -> str:
    if recipe.draws_data:
        return ""
    if recipe.used_own is not None:
        return tr(
            "{name} has no effect on own data as long as all samples train: there is nothing to "
            "draw.",
            name=name,
        )
    return tr(
        "{name} has no effect on the data set {dataset} without noise: there is nothing to draw.",
        name=name,
        dataset=recipe.dataset,
    )


def _noise(recipe: Recipe, name: str) -> str:
    if recipe.used_own is None:
        return ""
    return tr("{name} has no effect on own data, which stay as they are.", name=name)


def _hidden_activation(recipe: Recipe, name: str) -> str:
    words = _output_activation(recipe, name)
    if words or recipe.hidden:
        return words
    return tr("{name} has no effect without a hidden layer.", name=name)


def _output_activation(recipe: Recipe, name: str) -> str:
    if not recipe.activations_off:
        return ""
    return tr("{name} has no effect where the activations are off.", name=name)


def _activations_off(recipe: Recipe, name: str) -> str:
    if {*recipe.hidden_activations, recipe.output_activation} != {"identity"}:
        return ""
    return tr("{name} has no effect where every activation is the identity already.", name=name)


def _reduction(recipe: Recipe, name: str) -> str:
    samples = training_samples(recipe)
    if min(recipe.batch_size or samples, samples) != 1:
        return ""
    return tr(
        "{name} has no effect where a step is made of one sample: its mean is its sum.", name=name
    )


def _numerics(recipe: Recipe, name: str) -> str:
    if recipe.loss == CROSS_ENTROPY:
        return ""
    return tr(
        "{name} has no effect with the loss {loss}, which is computed in one way.",
        name=name,
        loss=recipe.loss,
    )


def _initial(recipe: Recipe, name: str) -> str:
    if recipe.start is None:
        return ""
    return tr("{name} has no effect where the initial weights are given.", name=name)


def _of_optimizers(field: str) -> Callable[[Recipe, str], str]:
    """Return the rule of a parameter that belongs to certain optimizers."""
    owners = [key for key, entry in OPTIMIZERS.items() if field in entry.own]

    def words(recipe: Recipe, name: str) -> str:
        if recipe.optimizer in owners:
            return ""
        return tr(
            "{name} has no effect with the optimizer {optimizer}: it is of {owners}.",
            name=name,
            optimizer=recipe.optimizer,
            owners=listed(owners),
        )

    return words


def _regularization_rate(recipe: Recipe, name: str) -> str:
    if recipe.regularization != "none":
        return ""
    return tr("{name} has no effect without regularization.", name=name)


def _batch_size(recipe: Recipe, name: str) -> str:
    if training_samples(recipe) != 1:
        return ""
    return tr("{name} has no effect where a single sample trains.", name=name)


def _batch_seed(recipe: Recipe, name: str) -> str:
    samples = training_samples(recipe)
    if 0 < recipe.batch_size < samples:
        return ""
    return tr(
        "{name} has no effect where one batch holds all {samples} samples, as their order is no "
        "matter.",
        name=name,
        samples=samples,
    )


def training_samples(recipe: Recipe) -> int:
    """Count the samples that train."""
    samples = recipe.fixed_size or recipe.samples
    if recipe.train_share == 1.0:
        return samples
    return len(train_split(samples, recipe.train_share, recipe.data_seed)[0])


_WORDS: dict[str, Callable[[Recipe, str], str]] = {
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
