"""What a word of the glossary means, as a tooltip and as an answer to F1."""

from mlpviz.experiment.glossary import glossary
from mlpviz.experiment.language import tr


def meaning(key: str) -> str:
    """Return the meaning of a term of the glossary, a sentence."""
    return tr(glossary()[key].meaning)


def explained(key: str, *tips: str) -> str:
    """Return a tooltip: the meaning of a term, and below it what else is to be said.

    Parameters
    ----------
    key : of the glossary
    tips : whole sentences, or lines of formulas; "" is left out
    """
    return "\n".join((meaning(key), *filter(None, tips)))


def term_lines(key: str) -> tuple[str, str, str]:
    """Return a term with a capital letter, its meaning, and its formula, "" where it has none."""
    entry = glossary()[key]
    term = tr(entry.term)
    return f"{term[:1].upper()}{term[1:]}", tr(entry.meaning), entry.formula
