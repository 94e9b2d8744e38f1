"""How a table is read, as flags: what is not given is guessed, see `data.guesses`."""

import argparse
from collections.abc import Callable, Mapping
from typing import Any

from mlpviz.experiment.data.reading import Reading, load
from mlpviz.experiment.data.table_choices import (
    DECIMALS,
    DELIMITERS,
    ENCODINGS,
    INCOMPLETE,
    KINDS,
    MOST_HEADERS,
    SCALINGS,
    THOUSANDS,
    TableChoices,
)
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import shown
from mlpviz.experiment.terminal.recipe_flags import Flag, add_flag, flags_of, whole

DEST = "table_"  # what a choice is called among the parsed arguments begins with it
MOST_SKIPPED = 100_000  # lines


def _sign_of(signs: Mapping[str, str]) -> Callable[[str], str]:
    """Read a sign by its name, or as itself."""

    def read(text: str) -> str:
        if text in signs.values():
            return text
        if text not in signs:
            raise _must_be(signs, text)
        return signs[text]

    return read


def one_of(names: Mapping[str, str] | tuple[str, ...]) -> Callable[[str], str]:
    """Read one of some names, in capitals or not."""

    def read(text: str) -> str:
        found = [name for name in names if name.casefold() == text.casefold()]
        if not found:
            raise _must_be(names, text)
        return found[0]

    return read


def _must_be(names: Mapping[str, str] | tuple[str, ...], text: str) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(
        tr("must be one of {names}. Got {got}.", names=", ".join(names), got=shown(text))
    )


def _up_to(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = whole(text)
        if not 0 <= number <= most:
            raise argparse.ArgumentTypeError(
                tr("must be 0 to {most}. Got {got}.", most=most, got=shown(text))
            )
        return number

    return read


def _spellings(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


def _kind_words() -> str:
    first, second = KINDS
    return tr("of the target: {first} or {second}", first=first, second=second)


TABLE_FLAGS = (
    Flag("--encoding", "encoding", "NAME", one_of(ENCODINGS), lambda: ", ".join(ENCODINGS)),
    Flag(
        *("--delimiter", "delimiter", "NAME", _sign_of(DELIMITERS)),
        lambda: tr("what is between two cells: {names}", names=", ".join(DELIMITERS)),
    ),
    Flag(
        *("--decimal", "decimal", "NAME", _sign_of(DECIMALS)),
        lambda: tr("the decimal sign: {names}", names=", ".join(DECIMALS)),
    ),
    Flag(
        *("--thousands", "thousands", "NAME", _sign_of(THOUSANDS)),
        lambda: tr("the sign between groups of three digits: {names}", names=", ".join(THOUSANDS)),
    ),
    Flag(
        *("--skip-rows", "skipped_rows", "N", _up_to(MOST_SKIPPED)),
        lambda: tr("how many lines above the table are none of it"),
    ),
    Flag(
        *("--header", "header", "N", _up_to(MOST_HEADERS)),
        lambda: tr("how many rows name the columns, 0 to {most}", most=MOST_HEADERS),
    ),
    Flag(
        "--x1", "x1", "COLUMN", str, lambda: tr("column of the first input: name, or number from 1")
    ),
    Flag("--x2", "x2", "COLUMN", str, lambda: tr("column of the second input")),
    Flag(
        "--target",
        "target",
        "COLUMN",
        str,
        lambda: tr("column of the class or number to be learned"),
    ),
    Flag("--kind", "kind", "NAME", one_of(KINDS), _kind_words),
    Flag(
        *("--missing", "missing", "WORDS", _spellings),
        lambda: tr("how a cell is written that has no value, with commas between, as in NA,-999"),
    ),
    Flag(
        *("--incomplete", "incomplete", "NAME", one_of(INCOMPLETE)),
        lambda: tr("what becomes of a row with a missing cell: leave-out (default) or refuse"),
    ),
    Flag(
        *("--scaling", "scaling", "NAME", one_of(SCALINGS)),
        lambda: tr(
            "for training: range (default; inputs to 0 to 1, targets to -1 to 1), standard (mean "
            "0, standard deviation 1) or none"
        ),
    ),
)


def add_table_flags(parser: argparse.ArgumentParser, *, is_listed: bool) -> None:
    """Give a parser a flag for each choice, which its help lists or leaves out."""
    title = tr("how a table is read (all of it is guessed, else)")
    group = parser.add_argument_group(title) if is_listed else parser
    for flag in TABLE_FLAGS:
        add_flag(group, flag, DEST, flag.words() if is_listed else argparse.SUPPRESS)


def choices_of(options: argparse.Namespace) -> TableChoices:
    """Return the choices that were typed."""
    values: dict[str, Any] = {
        name.removeprefix(DEST): value
        for name, value in vars(options).items()
        if name.startswith(DEST)
    }
    return TableChoices(**values)


def reading_from(options: argparse.Namespace) -> Reading | None:
    """Read the table of `--data`; None where none was typed.

    Raises
    ------
    ValueError
        with a sentence, for a table that cannot be read, and for a flag that has no table.
    """
    path = flags_of(options).get("own")
    if path is not None:
        return load(path, choices_of(options))
    for flag in TABLE_FLAGS:
        if DEST + flag.field in options:
            raise ValueError(
                tr("{flag} has no effect without a table, --data FILE.", flag=flag.name)
            )
    return None
