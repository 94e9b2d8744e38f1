"""The catalogue of words: every sentence that a person reads comes from here.

A sentence stands in the code in English, whole, with named places for what changes in it:
`tr("Epoch {epoch} is under way.", epoch="12")`. The catalogue of a language, where there is one,
gives it in other words and another order. Nothing is translated while modules are imported: a
table marks its words (`marked`), and who shows them translates them.

English needs no catalogue. Those of other languages lie in
`resources/i18n/<code>/LC_MESSAGES/mlpviz.po`, each compiled to a file `.mo` beside it.
"""

import gettext
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from mlpviz.experiment.resources import resource_path

ENGLISH = "en"
PSEUDO = "pseudo"  # no language: it shows what did not come from here, and what has no room
SYSTEM = "system"  # what a setting says where the language is to be that of the system
DOMAIN = "mlpviz"
THIN_SPACE = "\u2009"
OPENING, CLOSING = "«", "»"
# What names the language of the system, the first that is set; LANGUAGE may name several.
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


class PseudoCatalogue(gettext.NullTranslations):
    """The catalogue of no language: each sentence in brackets, and a third longer."""

    def gettext(self, message: str) -> str:
        """Return a sentence in brackets, lengthened by a third."""
        return _pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the sentence for a number of things in brackets, lengthened by a third."""
        return _pseudo(super().ngettext(msgid1, msgid2, n))


_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_present = ENGLISH


# Which language


def catalogues() -> Path:
    """Return the folder of the catalogues.

    Raises
    ------
    FileNotFoundError
        when the program was installed without it.
    """
    return resource_path("i18n")


def languages() -> tuple[str, ...]:
    """Return the codes of all languages that there are words in; English stands first."""
    found = {path.parents[1].name for path in catalogues().glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    return (ENGLISH, *sorted(found), PSEUDO)


def use(language: str) -> None:
    """Let every sentence from now on be said in a language.

    Parameters
    ----------
    language : a code, as "de" or "zh_TW"; "en"; or "pseudo"

    Raises
    ------
    ValueError
        with a sentence, for a language that there is no catalogue of, or whose catalogue cannot be
        read.
    """
    global _catalogue, _present
    check_language(language)
    if language == PSEUDO:
        _catalogue = PseudoCatalogue()
    elif language == ENGLISH:
        _catalogue = gettext.NullTranslations()
    else:
        _catalogue = _read_catalogue(language)
    _present = language


def check_language(language: str) -> None:
    """Refuse a language that there are no words in.

    Raises
    ------
    ValueError
        with a sentence that names those there are.
    """
    if language not in languages():
        names = ", ".join(languages())
        raise ValueError(
            tr("language must be one of {names}. Got {got}.", names=names, got=language)
        )


def present() -> str:
    """Return the code of the language that is in use."""
    return _present


def choose(asked: str | None, kept: str = SYSTEM, system: Sequence[str] | None = None) -> str:
    """Choose the language: what was asked for, else the kept setting, else that of the system.

    Parameters
    ----------
    asked : on the command line; None where nothing was
    kept : what the setting says, or `SYSTEM`; one that has no catalogue any more does not count
    system : names of languages that the system prefers, as "de_AT.UTF-8", the best first; None
        for those that its variables name

    Returns
    -------
    one that `use` takes; English where there is no catalogue of what the system prefers

    Raises
    ------
    ValueError
        with a sentence, for a language that was asked for and has no catalogue.
    """
    if asked is not None:
        check_language(asked)
        return asked
    there_are = languages()
    if kept in there_are:
        return kept
    for name in system_languages() if system is None else system:
        whole = name.replace("-", "_").partition(".")[0].partition("@")[0]
        for code in (whole, whole.partition("_")[0]):
            if code in there_are and code != PSEUDO:
                return code
    return ENGLISH


def system_languages(variables: Mapping[str, str] = os.environ) -> list[str]:
    """Return the names of the languages that the variables of the system name, the best first."""
    named = next(filter(None, (variables.get(name) for name in VARIABLES)), "")
    return [name for name in named.split(":") if name]


def _read_catalogue(language: str) -> gettext.NullTranslations:
    try:
        return gettext.translation(DOMAIN, catalogues(), [language])
    except (OSError, ValueError) as problem:  # it is damaged, or gone since
        raise ValueError(
            tr(
                "The catalogue of {language} cannot be read: {problem}.",
                language=language,
                problem=problem,
            )
        ) from None


# What is said


def tr(sentence: str, /, **places: object) -> str:
    """Say a sentence in the present language, with its places filled.

    Parameters
    ----------
    sentence : in English, with a name in braces for each place; a literal, so that it is found
    places : what stands in them
    """
    said = _catalogue.gettext(sentence) if sentence else ""  # of "" gettext says whose it is
    return said.format(**places) if places else said


def tr_plural(one: str, many: str, count: int, /, **places: object) -> str:
    """Say a sentence about a number of things; its place {count} is the number: 10 000.

    Parameters
    ----------
    one, many : the sentence for one thing and for any other number, as English has it
    count : how many things there are
    """
    said = _catalogue.ngettext(one, many, count)
    return said.format(count=count_text(count), **places)


def count_text(count: int) -> str:
    """Write a count with thin spaces: 12 340."""
    return f"{count:,}".replace(",", THIN_SPACE)


def _pseudo(message: str) -> str:
    """Put a sentence in brackets and lengthen it by a third, in words that can be wrapped."""
    more = (len(message) + 2) // 3
    words = " ".join("x" * min(6, more - start) for start in range(0, more, 7))
    return f"{OPENING}{message} {words}{CLOSING}" if message else ""
