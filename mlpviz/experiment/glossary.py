"""The glossary: what the words of the program mean; tooltips and F1 come from it."""

import tomllib
from functools import cache
from typing import NamedTuple

from mlpviz.experiment.resources import resource_path


class Term(NamedTuple):
    """One entry of `resources/i18n/glossary.toml`.

    Parameters
    ----------
    term : how the program calls it, within a sentence; in English, `tr` translates it
    meaning : one sentence; in English, `tr` translates it
    formula : "" where there is none; it is the same in all languages
    never : other words for it, in English, which the program does not use
    """

    term: str
    meaning: str
    formula: str
    never: tuple[str, ...] = ()


@cache
def glossary() -> dict[str, Term]:
    """Return all entries by their keys; that of a choice of the recipe is its field.

    Raises
    ------
    FileNotFoundError
        when the program was installed without it.
    """
    text = resource_path("i18n", "glossary.toml").read_text(encoding="utf-8")
    return {
        key: Term(entry["term"], entry["meaning"], entry["formula"], tuple(entry.get("never", ())))
        for key, entry in tomllib.loads(text).items()
    }
