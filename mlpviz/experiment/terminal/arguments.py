"""What may be typed on the command line: the commands, their flags, and their help.

Without a command there is the window. A word that is no command is the name of a recipe file.
"""

import argparse
import difflib
import errno
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from mlpviz.engine.datasets import DATASETS
from mlpviz.experiment.plain_text import shown
from mlpviz.experiment.recipe.sharing import is_text
from mlpviz.experiment.study.seeds import DEFAULT_SEEDS
from mlpviz.experiment.terminal.flag_help import add_recipe_flags, entries, meanings
from mlpviz.experiment.terminal.recipe_flags import RECIPE_FLAGS, Once, whole
from mlpviz.experiment.terminal.table_flags import TABLE_FLAGS, add_table_flags

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

WINDOW = ""  # the command that is meant where none is named
REPORT_FOLDER = "mlpviz-report"
ALL_CHOICES = "Every choice that `mlpviz train --help` lists is a flag here too."

_WITH_VALUE = {
    *("--recipe", "--out", "--format", "--seeds"),
    *(flag.name for flag in RECIPE_FLAGS if flag.placeholder),
    *(flag.name for flag in TABLE_FLAGS),
}
_NEGATIVE = re.compile(r"-(\d|\.\d|inf|nan)")


class Command(NamedTuple):
    """What a command is for, and lines that may be typed."""

    about: str
    examples: tuple[str, ...]
    note: str = ""


COMMANDS = {
    WINDOW: Command(
        "See how a small neural network learns, in a window.",
        (
            "mlpviz",
            "mlpviz recipe.json",
            "mlpviz --dataset moons --noise 0.2 --lr 0.3",
            "mlpviz train --help",
        ),
        ALL_CHOICES,
    ),
    "train": Command(
        "Train without a window and print the result.",
        (
            "mlpviz train --dataset linear --lr 0.1 --hidden 16,16",
            "mlpviz train --dataset spiral --classes 4 --optimizer adam --lr 0.01",
            "mlpviz train --data points.csv --target tree --train-share 0.7",
            "mlpviz train recipe.json --json",
        ),
        "A choice that has no effect beside the others is refused.",
    ),
    "report": Command(
        "Repeat the report's experiments, each from many initial weights, and write a page.",
        (
            "mlpviz report",
            "mlpviz report recipe.json --out my-report",
            "mlpviz report --dataset moons --hidden 8,8 --seeds 20",
        ),
        "With a recipe, or with any choice but --epochs, the report is on that recipe instead. "
        + ALL_CHOICES,
    ),
    "data": Command(
        "Say how a table is read, before it is trained on.",
        (
            "mlpviz data points.csv",
            "mlpviz data prices.csv --decimal comma --target sold --json",
        ),
        "`mlpviz train --data FILE` reads it the same way.",
    ),
    "bench": Command("Measure the speed of engine and window.", ("mlpviz bench --json",)),
}


def parse(arguments: Sequence[str]) -> tuple[str, argparse.Namespace]:
    """Return the command, and what was typed beside it: what was not typed is not there.

    Raises
    ------
    ValueError
        with a sentence, for what cannot be understood.
    SystemExit
        after the help.
    """
    command, rest = _split(arguments)
    options, unknown = _parser(command).parse_known_args(_joined(rest))
    if unknown:
        hint = "" if command == "bench" else _hint(unknown[0])
        raise ValueError(f"unrecognized arguments: {' '.join(unknown)}.{hint}")
    if "place" in options:
        if "recipe" in options:
            raise ValueError("a recipe must be given once. Got it twice.")
        options.recipe = _checked(options.place, command)
    return command, options


def _split(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Find the command, the first argument that is neither a flag nor the value of one.

    Flags may stand before it. A file that has the name of a command is named as `./train`.
    """
    is_value = False
    for place, argument in enumerate(arguments):
        if is_value:
            is_value = False
        elif argument.startswith("-") and argument != "--":
            is_value = argument in _WITH_VALUE
        elif argument and argument in COMMANDS:
            return argument, [*arguments[:place], *arguments[place + 1 :]]
        else:
            break
    return WINDOW, list(arguments)


def _joined(arguments: Sequence[str]) -> list[str]:
    """Tie negative numbers to their flags: argparse takes -1e-3 and -inf for flags."""
    tied: list[str] = []
    for argument in arguments:
        if tied and tied[-1] in _WITH_VALUE and _NEGATIVE.match(argument):
            tied[-1] += f"={argument}"
        else:
            tied.append(argument)
    return tied


def _hint(unknown: str) -> str:
    """Ask for the flag that may have been meant by one that there is not."""
    names = [*(flag.name for flag in RECIPE_FLAGS), *(flag.name for flag in TABLE_FLAGS)]
    longer = [name for name in names if name.startswith(unknown)]
    close = longer or difflib.get_close_matches(unknown, names, n=1)
    return f" Is {close[0]} meant?" if close else ""


class _Parser(argparse.ArgumentParser):
    """A parser that raises one sentence rather than printing the whole usage."""

    def error(self, message: str) -> NoReturn:
        raise ValueError(message)

    def print_help(self, file: "SupportsWrite[str] | None" = None) -> None:
        """Print the help; where it cannot be written, this is raised rather than passed over."""
        if file is not None:
            file.write(self.format_help())
            return
        if sys.stdout is None:  # it was closed
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        sys.stdout.write(self.format_help())
        sys.stdout.flush()


class _HelpFormatter(argparse.HelpFormatter):
    """Wraps everything but the last part, whose lines are made as they stand."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if "\n" in text else super()._fill_text(text, width, indent)


def _parser(command: str) -> argparse.ArgumentParser:
    about, examples, note = COMMANDS[command]
    parser = _Parser(
        prog=f"mlpviz {command}".strip(),
        description=f"{about} {note}".strip(),
        allow_abbrev=False,  # else --out is taken for --output-activation
        argument_default=argparse.SUPPRESS,  # so that what was typed is told from what was not
        formatter_class=_HelpFormatter,
    )
    is_listed = command == "train"
    parts = ["\n".join(["examples:", *(f"  {example}" for example in examples)])]
    if command == "bench":
        _add_json(parser)
    elif command == "data":
        parser.usage = f"{parser.prog} [FLAGS] FILE"
        parser.add_argument("table", type=Path, metavar="FILE", help="a table as text")
        _add_json(parser)
        add_table_flags(parser, is_listed=True)
    else:
        usage = f"{parser.prog} [FLAGS] [RECIPE]"
        parser.usage = f"{usage}\n       mlpviz COMMAND [FLAGS]" if command == WINDOW else usage
        _add_recipe(parser)
        _OWN_FLAGS[command](parser)
        add_recipe_flags(parser, is_listed=is_listed)
        add_table_flags(parser, is_listed=is_listed)
    if command == WINDOW:
        parts.insert(0, entries("commands", {n: c.about for n, c in COMMANDS.items() if n}))
    if is_listed:
        parts.append(meanings())
    parser.epilog = "\n\n".join(parts)
    return parser


def _add_recipe(parser: argparse.ArgumentParser) -> None:
    """Let a recipe be named, by its place or by a flag."""
    parser.add_argument(
        "place",
        nargs="?",
        metavar="RECIPE",
        help="a recipe to start with: a file, or the text that Copy recipe gives",
    )
    parser.add_argument("--recipe", metavar="RECIPE", action=Once, help="the same, named by a flag")


def _checked(name: str, command: str) -> str:
    """Return the name of a recipe; say what else a word may have been meant for."""
    if is_text(name) or os.path.exists(name):
        return name
    if name in DATASETS:
        raise ValueError(f"a data set is chosen by --dataset {name}.")
    if command != WINDOW:
        raise ValueError(f"there is no recipe file {shown(name)}.")
    commands = ", ".join(filter(None, COMMANDS))
    raise ValueError(f"there is no recipe file {shown(name)}, and no such command: {commands}.")


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")


def _add_window(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-V", "--version", action="store_true", help="print the version")
    parser.add_argument(
        "--smoke-test", action="store_true", help="open the window, train, check, close"
    )


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        default=Path(REPORT_FOLDER),
        help=f"where to write it (default {REPORT_FOLDER})",
    )
    parser.add_argument(
        "--format", choices=("html", "md"), default="html", help="of the page (default html)"
    )
    parser.add_argument(
        "--seeds",
        type=whole,
        metavar="N",
        default=DEFAULT_SEEDS,
        help=f"from how many initial weights each experiment is trained (default {DEFAULT_SEEDS})",
    )


_OWN_FLAGS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    WINDOW: _add_window,
    "train": _add_json,
    "report": _add_report,
}
