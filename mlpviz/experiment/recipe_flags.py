"""The choices of a recipe as flags of the command line."""

import argparse
from collections.abc import Callable
from pathlib import Path

from mlpviz.experiment.csv_data import load_csv
from mlpviz.experiment.own_data import OWN
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.revision import revised
from mlpviz.experiment.sharing import Shared, load_shared

DEST = "recipe_"  # what a field is called among the parsed arguments begins with it
RECIPE_HELP = "start with this recipe: a file, or the text that Copy recipe gives"

_DATASETS = (
    "linear, xor, circle, quadrants, gaussians, spiral, moons or checkerboard; for regression "
    "plane or multi_gaussian"
)

# Flag, field of the recipe, how it is read, what the help says.
RECIPE_FLAGS = (
    ("--dataset", "dataset", "text", _DATASETS),
    ("--data", "own", "file", "own data: a table of two inputs and, last, a class or number"),
    ("--classes", "classes", "whole", "number of classes, 2 to 6, of gaussians and spiral"),
    ("--samples", "samples", "whole", "number of samples, where the data set leaves the choice"),
    ("--data-seed", "data_seed", "whole", "seed of the data"),
    ("--noise", "noise", "number", "noise of the data, 0 to 0.5"),
    ("--train-share", "train_share", "number", "share that trains, 0.1 to 0.9, or 1 for all"),
    ("--features", "features", "list", "inputs, as in x1,x2,x1_x2 or x1_squared,x2_squared"),
    ("--hidden", "hidden", "layers", "units of each hidden layer, as in 4,4; none for no layer"),
    (
        *("--hidden-activation", "hidden_activation", "names"),
        "sigmoid, tanh, relu, leaky_relu or identity; or one per layer, as in tanh,relu",
    ),
    ("--output-activation", "output_activation", "text", "the same for the output unit"),
    ("--loss", "loss", "text", "cross_entropy or mean_squared_error"),
    ("--reduction", "reduction", "text", "gradient of the mean or of the sum over the samples"),
    ("--numerics", "numerics", "text", "stable or textbook"),
    ("--initializer", "initializer", "text", "normal, uniform, xavier or he"),
    ("--seed", "weight_seed", "whole", "seed of the initial weights"),
    ("--lr", "learning_rate", "number", "learning rate, > 0"),
    (
        *("--optimizer", "optimizer", "text"),
        "gradient_descent, momentum, nesterov, rmsprop or adam",
    ),
    ("--momentum", "momentum", "number", "of momentum and nesterov, 0 to below 1"),
    ("--decay", "decay", "number", "of rmsprop, 0 to below 1"),
    ("--beta1", "beta1", "number", "of adam, 0 to below 1"),
    ("--beta2", "beta2", "number", "of adam, 0 to below 1"),
    ("--epsilon", "epsilon", "number", "of rmsprop and adam, > 0"),
    ("--regularization", "regularization", "text", "none, l1 or l2"),
    ("--regularization-rate", "regularization_rate", "number", "its rate, 0 or more"),
    ("--batch-size", "batch_size", "whole", "samples per step; 0 for all"),
    ("--batch-seed", "batch_seed", "whole", "seed of the order of the samples in batches"),
    ("--frozen", "frozen", "layers", "indices of parameters to leave alone, as in 0,5,12"),
    ("--epochs", "epochs", "whole", "number of epochs"),
)


def add_recipe_flags(parser: argparse.ArgumentParser) -> None:
    """Give a parser a flag for every choice."""
    for flag, field, kind, words in RECIPE_FLAGS:
        parser.add_argument(flag, dest=DEST + field, type=_READERS[kind], help=words)
    parser.add_argument(
        "--no-activation",
        dest=f"{DEST}activations_off",
        action="store_const",
        const=True,
        help="every activation is the identity, the output's too",
    )


def shared_from(options: argparse.Namespace) -> Shared:
    """Return the recipe that parsed flags ask for, and what its file says beside it.

    Raises
    ------
    ValueError
        with a sentence, for a file that cannot be read and a value that the recipe refuses.
    """
    shared = load_shared(options.recipe) if options.recipe else Shared(Recipe())
    flags = {
        name.removeprefix(DEST): value
        for name, value in vars(options).items()
        if name.startswith(DEST) and value is not None
    }
    if "own" in flags:
        flags = {"dataset": OWN} | flags | {"own": load_csv(flags["own"])}
    return Shared(revised(shared.recipe, **flags), shared.hide)


def whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a whole number. Got {text!r}.") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a number. Got {text!r}.") from None


def _layers(text: str) -> tuple[int, ...]:
    if text.strip().lower() in ("", "none"):
        return ()
    try:
        return tuple(int(units) for units in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"must be whole numbers with commas between, as in 4,4. Got {text!r}."
        ) from None


def _list(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


def _names(text: str) -> str | tuple[str, ...]:
    return _list(text) if "," in text else text


_READERS: dict[str, Callable[[str], object]] = {
    "text": str,
    "whole": whole,
    "number": _number,
    "layers": _layers,
    "list": _list,
    "names": _names,
    "file": Path,
}
