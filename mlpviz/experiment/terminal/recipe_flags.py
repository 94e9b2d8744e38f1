"""The choices of a recipe as flags of the command line: a table, and the recipe they ask for.

What was typed counts, or is refused: a flag without any effect (`idle`), a flag twice, and flags
that the choices of a recipe file cannot hold together with.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from mlpviz.engine.datasets import DATASETS, MAX_CLASSES
from mlpviz.engine.marked import marked
from mlpviz.engine.optimizers import OPTIMIZERS, OWN_PARAMETERS
from mlpviz.experiment.data.own_data import OWN, OwnData
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import shown
from mlpviz.experiment.recipe.idle import idle_words, listed
from mlpviz.experiment.recipe.recipe import (
    MAX_LAYERS,
    MAX_NOISE,
    MAX_UNITS,
    TRAIN_SHARES,
    Recipe,
)
from mlpviz.experiment.recipe.revision import DATA, FOR_NUMBERS, revised
from mlpviz.experiment.run.record import Record
from mlpviz.experiment.run.sharing import Shared, load_shared

DEST = "recipe_"  # what a field is called among the parsed arguments begins with it


class Once(argparse.Action):
    """Take a value, and refuse another one: the first would be dropped without a word."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Keep the value."""
        if self.dest in namespace:
            parser.error(tr("{flag} must be given once. Got it twice.", flag=option_string))
        setattr(namespace, self.dest, values)


class Flag(NamedTuple):
    """One row of the table.

    Parameters
    ----------
    name, field : of the flag, and of the choice that it makes
    placeholder : what stands for its value in the help; "" where it takes none
    read : makes the value from text
    words : says what it is, for the help
    """

    name: str
    field: str
    placeholder: str
    read: Callable[[str], object]
    words: Callable[[], str]


def add_flag(group: argparse._ActionsContainer, flag: Flag, prefix: str, words: str) -> None:
    """Give a parser a flag.

    Parameters
    ----------
    prefix : what its field is called among the parsed arguments begins with it
    words : for the help
    """
    usual: dict[str, Any] = {
        "dest": prefix + flag.field,
        "default": argparse.SUPPRESS,
        "help": words,
    }
    if flag.placeholder:
        metavar = flag.placeholder
        group.add_argument(flag.name, action=Once, type=flag.read, metavar=metavar, **usual)
    else:
        group.add_argument(flag.name, action="store_true", **usual)


def whole(text: str) -> int:
    """Read a whole number."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            tr("must be a whole number. Got {got}.", got=shown(text))
        ) from None


def number(text: str) -> float:
    """Read a number."""
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            tr("must be a number. Got {got}.", got=shown(text))
        ) from None


def _layers(text: str) -> tuple[int, ...]:
    if text.strip().lower() in ("", "none"):
        return ()
    try:
        return tuple(int(units) for units in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(
            tr("must be whole numbers with commas between, as in 4,4. Got {got}.", got=shown(text))
        ) from None


def _list(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


def _names(text: str) -> str | tuple[str, ...]:
    return _list(text) if "," in text else text


def _own_words(field: str) -> str:
    """Say what a parameter of certain optimizers is."""
    _, meaning, convention = OWN_PARAMETERS[field]
    owners = listed([key for key, entry in OPTIMIZERS.items() if field in entry.own])
    sentence = (
        marked("{meaning}; for {owners}, above 0")
        if field == "epsilon"
        else marked("{meaning}; for {owners}, 0 to below 1")
    )
    words = tr(sentence, meaning=tr(meaning), owners=owners)
    return f"{words}. {tr(convention)}".rstrip(".") if convention else words


def _classes_words() -> str:
    return tr(
        "number of classes, 2 to {most}, of {datasets}",
        most=MAX_CLASSES,
        datasets=listed([key for key, entry in DATASETS.items() if entry.make_classes is not None]),
    )


def _share_words() -> str:
    low, high = TRAIN_SHARES
    return tr(
        "share of the samples that trains, {low} to {high}, the others being the test set; or 1 "
        "for all",
        low=f"{low:g}",
        high=f"{high:g}",
    )


def _hidden_words() -> str:
    return tr(
        "units of each hidden layer, as in 8,4; none for no layer; at most {layers} hidden layers "
        "of {units}",
        layers=MAX_LAYERS,
        units=MAX_UNITS,
    )


GROUPS: dict[str, tuple[Flag, ...]] = {
    marked("data"): (
        Flag("--dataset", "dataset", "NAME", str, lambda: tr("the data set")),
        Flag(
            *("--data", "own", "FILE", Path),
            lambda: tr(
                "own data: a table with two inputs and a class or number; see `mlpviz data`"
            ),
        ),
        Flag(
            *("--classes", "classes", "N", whole),
            _classes_words,
        ),
        Flag(
            *("--samples", "samples", "N", whole),
            lambda: tr("number of samples, where the data set leaves the choice"),
        ),
        Flag(
            "--data-seed",
            "data_seed",
            "SEED",
            whole,
            lambda: tr("seed of what is drawn of the data"),
        ),
        Flag(
            "--noise",
            "noise",
            "SHARE",
            number,
            lambda: tr("noise of the data, 0 to {most}", most=f"{MAX_NOISE:g}"),
        ),
        Flag(
            *("--train-share", "train_share", "SHARE", number),
            _share_words,
        ),
    ),
    marked("network"): (
        Flag(
            *("--features", "features", "NAMES", _list),
            lambda: tr("inputs, with commas between"),
        ),
        Flag(
            *("--hidden", "hidden", "UNITS", _layers),
            _hidden_words,
        ),
        Flag(
            *("--hidden-activation", "hidden_activation", "NAME", _names),
            lambda: tr("activation of the hidden units, or one per layer with commas between"),
        ),
        Flag(
            *("--output-activation", "output_activation", "NAME", str),
            lambda: tr("activation of the output"),
        ),
        Flag(
            *("--no-activation", "activations_off", "", bool),
            lambda: tr("every activation is the identity, the output's too"),
        ),
        Flag(
            "--initializer",
            "initializer",
            "NAME",
            str,
            lambda: tr("how the initial weights are drawn"),
        ),
        Flag("--seed", "weight_seed", "SEED", whole, lambda: tr("seed of the initial weights")),
    ),
    marked("training"): (
        Flag("--loss", "loss", "NAME", str, lambda: tr("the loss")),
        Flag(
            *("--reduction", "reduction", "NAME", str),
            lambda: tr("of what over the samples the gradient is"),
        ),
        Flag(
            *("--numerics", "numerics", "NAME", str),
            lambda: tr("how cross-entropy is computed"),
        ),
        Flag("--lr", "learning_rate", "RATE", number, lambda: tr("learning rate, above 0")),
        Flag(
            "--optimizer",
            "optimizer",
            "NAME",
            str,
            lambda: tr("how a step is made of the gradient"),
        ),
        *(
            Flag(f"--{own}", own, "NUMBER", number, partial(_own_words, own))
            for own in OWN_PARAMETERS
        ),
        Flag(
            "--regularization",
            "regularization",
            "NAME",
            str,
            lambda: tr("a penalty on the weights"),
        ),
        Flag(
            *("--regularization-rate", "regularization_rate", "RATE", number),
            lambda: tr("how much the penalty counts, 0 or more"),
        ),
        Flag("--batch-size", "batch_size", "N", whole, lambda: tr("samples per step; 0 for all")),
        Flag(
            *("--batch-seed", "batch_seed", "SEED", whole),
            lambda: tr("seed of the order of the samples in batches"),
        ),
        Flag(
            *("--frozen", "frozen", "INDICES", _layers),
            lambda: tr("parameters that training leaves alone, by their numbers, as in 0,5,12"),
        ),
        Flag("--epochs", "epochs", "N", whole, lambda: tr("number of epochs")),
    ),
}
RECIPE_FLAGS = tuple(flag for group in GROUPS.values() for flag in group)


def flags_of(options: argparse.Namespace) -> dict[str, Any]:
    """Return the fields that were typed, by flags made with `DEST`, each with its value."""
    given = vars(options)
    return {
        flag.field: given[DEST + flag.field] for flag in RECIPE_FLAGS if DEST + flag.field in given
    }


def shared_from(options: argparse.Namespace, own: OwnData | None = None) -> Shared:
    """Return the recipe that parsed flags ask for, and what its file says beside it.

    Parameters
    ----------
    own : the data of the table of `--data`, where there is one

    Raises
    ------
    ValueError
        with a sentence, for a file that cannot be read, a value that the recipe refuses, and a
        flag that has no effect.
    """
    shared = load_shared(options.recipe) if "recipe" in options else Shared(Recipe())
    flags = flags_of(options)
    if own is not None:
        flags = {"dataset": OWN} | flags | {"own": own}
    if shared.record is not None:
        return _with_limit(shared, shared.record, flags)
    recipe = _with_flags(shared.recipe, flags)
    for flag in RECIPE_FLAGS:
        words = idle_words(recipe, flag.field, flag.name)
        if flag.field in flags and words:
            raise ValueError(words)
    return Shared(recipe, shared.hide)


def _with_limit(shared: Shared, record: Record, flags: dict[str, Any]) -> Shared:
    """Return what branches on its way with the limit that was typed; all else stays."""
    for flag in RECIPE_FLAGS:
        if flag.field in flags.keys() - {"epochs"}:
            raise ValueError(
                tr("{flag} cannot change a recipe that branches on its way.", flag=flag.name)
            )
    recipe = replace(record.recipe, epochs=flags.get("epochs", record.limit))
    return Shared.of_branch(record, recipe, shared.hide)


def _with_flags(recipe: Recipe, flags: dict[str, Any]) -> Recipe:
    """Return a recipe with what was typed; what the recipe itself has chosen stays or is refused.

    A data set brings what suits its targets (see `revision.suited`), but takes nothing away that
    a file had otherwise. Who asks for a seed or an initializer, be it the one that the file names,
    wants the weights that it draws and not those that the file has.
    """
    usual = revised(Recipe(), **{name: getattr(recipe, name) for name in DATA})
    values = {name: getattr(recipe, name) for name in FOR_NUMBERS}
    chosen = {name: value for name, value in values.items() if value != getattr(usual, name)}
    if not flags.keys().isdisjoint(("weight_seed", "initializer")):
        chosen["start"] = None
    revision = revised(recipe, **(chosen | flags))
    if recipe.frozen and "frozen" not in flags and revision.sizes != recipe.sizes:
        old, new = ("-".join(map(str, sizes)) for sizes in (recipe.sizes, revision.sizes))
        raise ValueError(
            tr(
                "frozen must be given anew, or as none, for the parameters that the recipe "
                "freezes are of the network {old}. Got the network {new}.",
                old=old,
                new=new,
            )
        )
    return revision
