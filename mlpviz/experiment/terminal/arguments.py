"""What may be typed on the command line: the commands, their flags, and their help.

Without a command there is the window. A word that is no command is the name of a recipe file.
"""

import argparse
import difflib
import errno
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.marked import marked
from mlpviz.experiment.language import choose, languages, tr, use
from mlpviz.experiment.plain_text import shown
from mlpviz.experiment.run.sharing import is_text
from mlpviz.experiment.study.seeds import DEFAULT_SEEDS
from mlpviz.experiment.terminal.clip_flags import CLIP_FLAGS, add_clip_flags
from mlpviz.experiment.terminal.commands import COMMANDS, WINDOW
from mlpviz.experiment.terminal.flag_help import add_recipe_flags, entries, meanings
from mlpviz.experiment.terminal.recipe_flags import RECIPE_FLAGS, Once, whole
from mlpviz.experiment.terminal.step_flags import STEP_FLAGS, add_step_flags
from mlpviz.experiment.terminal.table_flags import TABLE_FLAGS, add_table_flags, one_of

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

Group = argparse._ArgumentGroup

REPORT_FOLDER = "mlpviz-report"
FORMATS = ("html", "md")  # of its page
LANGUAGE = "--language"
# What argparse says of its own accord, here.
OF_ARGPARSE = (
    marked("expected one argument"),
    marked("the following arguments are required: FILE"),
)

_WITH_VALUE = {
    *("--recipe", "--out", "--format", "--seeds", LANGUAGE),
    *(flag.name for flag in RECIPE_FLAGS if flag.placeholder),
    *(flag.name for flag in TABLE_FLAGS),
    *CLIP_FLAGS,
    *STEP_FLAGS,
}
_NEGATIVE = re.compile(r"-(\d|\.\d|inf|nan)")


def parse(arguments: Sequence[str]) -> tuple[str, argparse.Namespace]:
    """Return the command, and what was typed beside it: what was not typed is not there.

    From here on all is said in the language that is asked for, or that of the system.

    Raises
    ------
    ValueError
        with a sentence, for what cannot be understood.
    SystemExit
        after the help.
    """
    use(choose(_asked_language(arguments)))
    command, rest = _split(arguments)
    try:
        options, unknown = _parser(command).parse_known_args(_joined(rest))
    except argparse.ArgumentError as problem:
        raise ValueError(_words_of(problem)) from None
    if unknown:
        refusal = tr("unrecognized arguments: {arguments}.", arguments=" ".join(unknown))
        hint = "" if command == "bench" else _hint(unknown[0])
        raise ValueError(f"{refusal} {hint}".strip())
    if "place" in options:
        if "recipe" in options:
            raise ValueError(tr("a recipe must be given once. Got it twice."))
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
    return tr("Is {flag} meant?", flag=close[0]) if close else ""


def _asked_language(arguments: Sequence[str]) -> str | None:
    """Return the language that is asked for; the help and every refusal are said in it."""
    for place, argument in enumerate(arguments):
        name, is_given, value = argument.partition("=")
        if name == LANGUAGE and is_given:
            return value
        if name == LANGUAGE:
            return arguments[place + 1] if place + 1 < len(arguments) else None
    return None


def _words_of(problem: argparse.ArgumentError) -> str:
    """Say what argparse refuses; what it says in its own words is in the catalogue too."""
    if problem.argument_name is None:
        return tr(problem.message)
    return tr("argument {flag}: {problem}", flag=problem.argument_name, problem=tr(problem.message))


class _Parser(argparse.ArgumentParser):
    """A parser that raises one sentence rather than printing the whole usage."""

    def error(self, message: str) -> NoReturn:
        raise ValueError(tr(message))

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

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or f"{tr('usage:')} ")

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if "\n" in text else super()._fill_text(text, width, indent)


def _parser(command: str) -> argparse.ArgumentParser:
    about, examples, notes = COMMANDS[command]
    parser = _Parser(
        prog=f"mlpviz {command}".strip(),
        description=" ".join(map(tr, (about, *notes))),
        add_help=False,  # which argparse would say in English
        exit_on_error=False,
        allow_abbrev=False,  # else --out is taken for --output-activation
        argument_default=argparse.SUPPRESS,  # so that what was typed is told from what was not
        formatter_class=_HelpFormatter,
    )
    is_listed = command == "train"
    parts = ["\n".join([tr("examples:"), *(f"  {example}" for example in examples)])]
    places = parser.add_argument_group(tr("positional arguments"))
    flags = parser.add_argument_group(tr("options"))
    flags.add_argument("-h", "--help", action="help", help=tr("show this help message and exit"))
    _add_language(flags)
    if command == "bench":
        _add_json(flags)
    elif command == "data":
        parser.usage = f"{parser.prog} [FLAGS] FILE"
        places.add_argument("table", type=Path, metavar="FILE", help=tr("a table as text"))
        _add_json(flags)
        add_table_flags(parser, is_listed=True)
    else:
        usage = f"{parser.prog} [FLAGS] [RECIPE]"
        parser.usage = f"{usage}\n       mlpviz COMMAND [FLAGS]" if command == WINDOW else usage
        _add_recipe(places, flags)
        _OWN_FLAGS[command](flags)
        add_recipe_flags(parser, is_listed=is_listed)
        add_table_flags(parser, is_listed=is_listed)
    if command == WINDOW:
        parts.insert(0, entries(tr("commands"), {n: tr(c.about) for n, c in COMMANDS.items() if n}))
    if is_listed:
        parts.append(meanings())
    parser.epilog = "\n\n".join(parts)
    return parser


def _add_language(group: Group) -> None:
    group.add_argument(
        LANGUAGE,
        metavar="NAME",
        action=Once,
        help=tr(
            "the language of all that is said: {names} (default that of the system)",
            names=", ".join(languages()),
        ),
    )


def _add_recipe(places: Group, flags: Group) -> None:
    """Let a recipe be named, by its place or by a flag."""
    places.add_argument(
        "place",
        nargs="?",
        metavar="RECIPE",
        help=tr("a recipe to start with: a file, or the text that Copy recipe gives"),
    )
    flags.add_argument(
        "--recipe", metavar="RECIPE", action=Once, help=tr("the same, named by a flag")
    )


def _checked(name: str, command: str) -> str:
    """Return the name of a recipe; say what else a word may have been meant for."""
    if is_text(name) or os.path.exists(name):
        return name
    if name in DATASETS:
        raise ValueError(tr("a data set is chosen by --dataset {name}.", name=name))
    if command != WINDOW:
        raise ValueError(tr("there is no recipe file {name}.", name=shown(name)))
    raise ValueError(
        tr(
            "there is no recipe file {name}, and no such command: {commands}.",
            name=shown(name),
            commands=", ".join(filter(None, COMMANDS)),
        )
    )


def _add_json(group: Group) -> None:
    group.add_argument("--json", action="store_true", help=tr("print one JSON object instead"))


def _add_step(group: Group) -> None:
    add_step_flags(group)
    _add_json(group)


def _add_script(group: Group) -> None:
    group.add_argument(
        "--plain",
        action="store_true",
        help=tr("compute as a textbook does, which rounds otherwise than mlpviz"),
    )
    group.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help=tr("where to write it (default the standard output)"),
    )


def _add_window(group: Group) -> None:
    group.add_argument("-V", "--version", action="store_true", help=tr("print the version"))
    group.add_argument(
        "--smoke-test", action="store_true", help=tr("open the window, train, check, close")
    )


def _add_report(group: Group) -> None:
    group.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        default=Path(REPORT_FOLDER),
        help=tr("where to write it (default {folder})", folder=REPORT_FOLDER),
    )
    group.add_argument(
        "--format",
        type=one_of(FORMATS),
        metavar="{html,md}",
        default="html",
        help=tr("of the page (default html)"),
    )
    group.add_argument(
        "--seeds",
        type=whole,
        metavar="N",
        default=DEFAULT_SEEDS,
        help=tr(
            "from how many initial weights each experiment is trained (default {count})",
            count=DEFAULT_SEEDS,
        ),
    )


_OWN_FLAGS: dict[str, Callable[[Group], None]] = {
    WINDOW: _add_window,
    "train": _add_json,
    "report": _add_report,
    "clip": add_clip_flags,
    "script": _add_script,
    "step": _add_step,
}
