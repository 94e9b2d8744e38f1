"""The catalogue of words: every sentence that a person reads comes from here.

A sentence stands in the code in English, whole, with named places for what changes in it:
`tr("Epoch {epoch} is under way.", epoch="12")`. The catalogue of a language, where there is one,
gives it in other words and another order. Nothing is translated while modules are imported: a
table marks its words (`marked`), and who shows them translates them.
"""

import gettext
from pathlib import Path

ENGLISH = "en"
PSEUDO = "pseudo"  # no language: it shows what did not come from here, and what has no room
DOMAIN = "mlpviz"
CATALOGUES = Path(__file__).resolve().parents[2] / "resources" / "i18n"
THIN_SPACE = "\u2009"
OPENING, CLOSING = "⟦", "⟧"


class PseudoCatalogue(gettext.NullTranslations):
    """The catalogue of no language: each sentence in brackets, and a third longer."""

    def gettext(self, message: str) -> str:
        """Return a sentence in brackets, lengthened by a third."""
        return _pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the sentence for a number of things in brackets, lengthened by a third."""
        return _pseudo(super().ngettext(msgid1, msgid2, n))


_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str) -> None:
    """Let every sentence from now on be said in a language.

    Parameters
    ----------
    language : a code, as "de" or "zh_TW"; "en"; or "pseudo"

    Raises
    ------
    ValueError
        for a language that there is no catalogue of.
    """
    global _catalogue
    if language not in languages():
        names = ", ".join(languages())
        raise ValueError(tr("language must be one of {names}. Got {got}.", names=names, got=language))
    if language == PSEUDO:
        _catalogue = PseudoCatalogue()
    elif language == ENGLISH:
        _catalogue = gettext.NullTranslations()
    else:
        _catalogue = gettext.translation(DOMAIN, CATALOGUES, [language])


def languages() -> tuple[str, ...]:
    """Return the codes of all languages that there are words in; English stands first."""
    found = {path.parents[1].name for path in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    return (ENGLISH, *sorted(found), PSEUDO)


def tr(sentence: str, /, **places: object) -> str:
    """Say a sentence in the present language, with its places filled.

    Parameters
    ----------
    sentence : in English, with a name in braces for each place; a literal, so that it is found
    places : what stands in them
    """
    said = _catalogue.gettext(sentence)
    return said.format(**places) if places else said


def tr_plural(one: str, many: str, count: int, /, **places: object) -> str:
    """Say a sentence about a number of things; its place {count} is the number: 10 000.

    Parameters
    ----------
    one, many : the sentence for one thing and for any other number, as English has it
    """
    said = _catalogue.ngettext(one, many, count)
    return said.format(count=f"{count:,}".replace(",", THIN_SPACE), **places)


def _pseudo(message: str) -> str:
    """Put a sentence in brackets and lengthen it by a third, in words that can be wrapped."""
    more = (len(message) + 2) // 3
    words = " ".join("x" * min(6, more - start) for start in range(0, more, 7))
    return f"{OPENING}{message} {words}{CLOSING}" if message else ""
