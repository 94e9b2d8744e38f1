"""The names of columns: from one row above a table or several, from roles, or none."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mlpviz.experiment.data import guesses
from mlpviz.experiment.data.notation import BLANK
from mlpviz.experiment.data.own_rules import MAX_NAME
from mlpviz.experiment.data.table import unnamed
from mlpviz.experiment.data.table_words import are_types
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import one_line

NO_WIDTH = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
REMARK = re.compile(r"^(?:(?:#+|%|//)[ \t]+|#+(?=\w))")
NO_UNITS = ("", "-", "\N{EN DASH}", "\N{EM DASH}", "1")


class Names(NamedTuple):
    """The columns, as a header names them.

    Parameters
    ----------
    names : one for each, all different
    target : the column that is said to be the target, None where that is not said
    ignored : columns that are said to be neither input nor target
    again : the column at which the same names begin again, None where they do not
    notes : what is to be known, as sentences
    """

    names: tuple[str, ...]
    target: int | None
    ignored: frozenset[int]
    again: int | None
    notes: list[str]


def names_of(header: Sequence[Sequence[str]], width: int) -> Names:
    """Name the columns of a table.

    Parameters
    ----------
    header : the rows above the first one of data
    width : how many columns there are
    """
    rows, notes, roles = list(header), [], []
    if len(rows) > 1 and are_types(rows[-1]):
        del rows[-1]
        notes.append(tr("The row below the names has types and is skipped."))
    if len(rows) == 3 and guesses.are_survey_ids(rows[2]):
        notes.append(tr("The rows below the names have questions and ids, as Qualtrics has them."))
        del rows[1:]
    if len(rows) == 3 and guesses.is_orange(rows[1], rows[2]):
        roles = [cell.strip().casefold() for cell in rows[2]]
        notes.append(tr("The second and third row are types and roles, as Orange has them."))
        del rows[1:]
    if len(rows) == 2 and len(rows[1]) == 1 and len(rows[0]) == width - 1:
        rows = [[*rows[1], *rows[0]]]  # pandas names the index below the other names
    names = _cells_of(rows[0], width) if rows else [""] * width
    if len(rows) == 1 and len(rows[0]) == width - 1:
        names = ["", *names[: width - 1]]
        notes.append(
            tr("The header has one name fewer than the rows have cells: the first column has none.")
        )
    again = guesses.begin_again(names)
    for row in rows[1:]:
        below = _cells_of(row, width)
        if guesses.are_units(row):
            notes.append(tr("The row below the names has their units."))
            names = [_with_unit(*pair) for pair in zip(names, below, strict=True)]
        else:
            again = guesses.begin_again(below)
            names = _joined(names, below)
            if again is not None and names[again - 1] and len(set(names)) == width:
                again = None  # groups of columns of one table have no gap between them
    names, target, ignored = _with_roles(names, roles)
    return Names(_distinct(names), target, ignored, again, notes)


def _with_unit(name: str, unit: str) -> str:
    unit = unit.strip("[]() ")
    return name if unit in NO_UNITS else f"{name} in {unit}"


def _cells_of(row: Sequence[str], width: int) -> list[str]:
    cells = [one_line(BLANK.sub(" ", NO_WIDTH.sub("", cell))) for cell in row[:width]]
    cells = [cell.removesuffix(",") for cell in cells]  # left behind where blanks part names
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        raise ValueError(
            tr(
                "The first row has {names} names, and the rows below have {cells} cells.",
                names=len(row),
                cells=width,
            )
        )
    cells += [""] * (width - len(cells))
    cells[0] = REMARK.sub("", cells[0])
    return cells


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Put names under those of their groups, which stand over the first column of each."""
    names, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        names.append(f"{group} {below}".strip() if below else above)
    return names


def _with_roles(
    names: list[str], roles: Sequence[str]
) -> tuple[list[str], int | None, frozenset[int]]:
    """Take Orange's roles: from a row of their own, or from before each name, as in cD#tree."""
    flags = [_flag(name) for name in names]
    if any(flag is not None for flag in flags):
        roles = [{"c": "class", "m": "meta", "i": "ignore"}.get(flag or "", "") for flag in flags]
        names = [
            name if flag is None else name.partition("#")[2]
            for name, flag in zip(names, flags, strict=True)
        ]
    target = next((i for i, role in enumerate(roles) if role == "class"), None)
    ignored = [i for i, role in enumerate(roles) if role.startswith(("meta", "ignore", "i", "w"))]
    return names, target, frozenset(ignored)


def _flag(name: str) -> str | None:
    """Return the role that stands before a name, "" for an input; None where there is no flag."""
    before, sign, rest = name.partition("#")
    is_flag = sign and rest and 1 <= len(before) <= 2 and before[-1] in "CDSTcmiw"
    if not is_flag or (len(before) == 2 and before[0] not in "cmiw"):
        return None
    return before[0] if before[0] in "cmiw" else ""


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for column, given in enumerate(names):
        name = given[:MAX_NAME].strip() or unnamed(column)
        again = f"{name[: MAX_NAME - 20]} ({unnamed(column)})"
        found.append(again if name in found else name)
    return tuple(found)
