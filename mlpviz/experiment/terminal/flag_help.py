"""What `--help` says of the choices of a recipe: all of it read from the tables."""

import argparse
import shutil
import textwrap
from collections.abc import Callable, Mapping

from mlpviz.engine.activations import OUTPUT_ACTIVATIONS, SOFTMAX
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.features import FEATURES
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.losses import LOSSES, NUMERICS, REDUCTIONS, Loss
from mlpviz.engine.marked import marked
from mlpviz.engine.optimizers import OPTIMIZERS, Optimizer
from mlpviz.engine.steps import REGULARIZATIONS, Penalty
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.idle import listed
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import FOR_NUMBERS
from mlpviz.experiment.terminal.recipe_flags import DEST, GROUPS, RECIPE_FLAGS, Flag, add_flag

Words = Mapping[str, str]


def _formula(entry: Loss | Optimizer | Penalty) -> str:
    """Write a formula, and where others define it otherwise."""
    return ". ".join(map(tr, filter(None, (entry.formula, entry.convention))))


# The names that a choice may have, and what each means.
MEANINGS: dict[str, Callable[[], Words]] = {
    "dataset": lambda: {key: tr(entry.description) for key, entry in DATASETS.items()},
    "features": lambda: {
        key: f"{entry.label}, {tr(entry.words)}" for key, entry in FEATURES.items()
    },
    "hidden_activation": lambda: {key: e.formula for key, e in OUTPUT_ACTIVATIONS.items()},
    "initializer": lambda: {key: entry.formula for key, entry in INITIALIZERS.items()},
    "loss": lambda: {key: _formula(entry) for key, entry in LOSSES.items()},
    "reduction": lambda: {key: tr(words) for key, words in REDUCTIONS.items()},
    "numerics": lambda: {key: tr(words) for key, words in NUMERICS.items()},
    "optimizer": lambda: {key: _formula(entry) for key, entry in OPTIMIZERS.items()},
    "regularization": lambda: {key: _formula(entry) for key, entry in REGULARIZATIONS.items()},
}


def add_recipe_flags(parser: argparse.ArgumentParser, *, is_listed: bool) -> None:
    """Give a parser a flag for every choice, which its help lists or leaves out."""
    for title, flags in GROUPS.items():
        group = parser.add_argument_group(tr(title)) if is_listed else parser
        for flag in flags:
            words = _help_of(flag) if is_listed else argparse.SUPPRESS
            add_flag(group, flag, DEST, words)


def meanings() -> str:
    """Write what every name means that a flag may be given."""
    blocks = []
    for flag in RECIPE_FLAGS:
        if flag.field in MEANINGS:
            title = flag.name
            if flag.field == "hidden_activation":
                title = listed([title, "--output-activation"])
            blocks.append(entries(title, MEANINGS[flag.field]()))
    return "\n\n".join(blocks)


def entries(title: str, words: Words) -> str:
    """Write names and what they mean in two columns, as wide as the terminal is."""
    width = max(shutil.get_terminal_size().columns - 2, 11)  # as argparse does
    indent = min(max(map(len, words)) + 4, width // 3)
    lines = [_entry(name, meaning, indent, width) for name, meaning in words.items()]
    return "\n".join([f"{title}:", *lines])


def default_text(field: str) -> str:
    """Write the default of a choice as its flag reads it."""
    value = getattr(Recipe(), field)
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _help_of(flag: Flag) -> str:
    words = flag.words()
    if flag.field in MEANINGS:
        words = tr("{meaning}: {names}", meaning=words, names=_names_of(flag.field))
    if flag.field in ("own", "activations_off"):
        return words.replace("%", "%%")
    sentence = marked("{meaning} (default {default})")
    if flag.field in FOR_NUMBERS:
        sentence = marked("{meaning} (default {default}; {other} for regression)")
    if flag.field == "output_activation":
        sentence = marked(
            "{meaning} (default {default}; {other} for regression, {softmax} for more than two "
            "classes)"
        )
    said = tr(
        sentence,
        meaning=words,
        default=default_text(flag.field),
        other=_plain(FOR_NUMBERS.get(flag.field, "")),
        softmax=SOFTMAX,
    )
    return said.replace("%", "%%")


def _names_of(field: str) -> str:
    """List the names of a choice; of the data sets those for regression apart."""
    names = list(MEANINGS[field]())
    if field == "hidden_activation":
        names.remove(SOFTMAX)
    if field != "dataset":
        return ", ".join(names)
    numbers = [name for name in names if DATASETS[name].is_regression]
    classes = [name for name in names if name not in numbers]
    return tr(
        "{classes}; for regression {numbers}",
        classes=", ".join(classes),
        numbers=", ".join(numbers),
    )


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _entry(name: str, words: str, indent: int, width: int) -> str:
    """Write a name and, at an indent, what it means."""
    rest = textwrap.wrap(words, max(width - indent, 11))
    head = f"  {name}"
    if len(head) + 2 > indent:
        return "\n".join([head, *(" " * indent + line for line in rest)])
    return "\n".join([head.ljust(indent) + rest[0], *(" " * indent + line for line in rest[1:])])
