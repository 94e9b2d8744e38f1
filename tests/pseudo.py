"""Find words that did not come from the catalogue, in what is said in the language "pseudo".

    with pseudo_language():
        assert not bare_words(text)

Every sentence of the catalogue then stands in « », so what stands outside is a number, a name, a
formula, or words that somebody forgot.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from html.parser import HTMLParser

from mlpviz.experiment import language

# What is no sentence and stands outside brackets anywhere. What else is exempt, a test says.
FORMULAS = {
    *("sin", "cos", "tanh", "log", "exp", "max", "min", "ln", "NaN", "nan", "inf"),
    *("dZ", "dA", "dW", "dL", "πx", "ms", "px"),
}
NAMES = {"mlpviz"}
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’](?=[^\W\d_]))+")  # two letters or more
NUMBER = re.compile(r"\d[\d.,]*(?:e[-−+]?\d+)?")
HIDDEN = {"style", "script"}  # elements of a page whose text nobody reads
TITLES = {"alt", "title", "aria-label", "placeholder"}  # attributes that are read


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Say everything in a language until the block ends, whatever is chosen within it."""
    before = language.present()
    language.use(code)
    try:
        yield
    finally:
        language.use(before)


def pseudo_language() -> AbstractContextManager[None]:
    """Say everything in the language "pseudo" until the block ends."""
    return speaking(language.PSEUDO)


def outside(text: str) -> str:
    """Return what stands outside of all brackets; a sentence that was cut off ends with its text.

    A closing bracket without an opening one is the end of a sentence whose beginning was cut off;
    what stands before it was inside.
    """
    kept: list[str] = []
    depth = 0
    for character in text:
        if character == language.OPENING:
            depth += 1
        elif character == language.CLOSING:
            if depth == 0:
                kept.clear()
            depth = max(depth - 1, 0)
            kept.append(" ")
        elif depth == 0:
            kept.append(character)
    return "".join(kept)


def bare_words(text: str, exempt: Iterable[str] = ()) -> list[str]:
    """Return the words outside of brackets, of two letters or more.

    Parameters
    ----------
    text : what is shown; its lines may be wrapped anywhere
    exempt : texts that may stand outside, each as a whole, whatever words they have: names of
        columns, flags and their choices, files
    """
    left = outside(text)
    for words in sorted(exempt, key=len, reverse=True):
        if words and words in left:  # it seldom is, and to look for it as a whole word takes long
            left = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " ", left)
    left = "".join(map(_plain, NUMBER.sub(" ", left)))
    return [word for word in WORD.findall(left) if word not in FORMULAS | NAMES]


def _plain(character: str) -> str:
    """Return a letter or a sign; of a subscript or a power, as in x₁ and eᶻ, a blank."""
    return " " if unicodedata.category(character) in ("No", "Lm") else character


class _Texts(HTMLParser):
    """Collects what a page shows."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in HIDDEN
        self.found += [value for name, value in attrs if name in TITLES and value]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in HIDDEN

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.found.append(data)


def texts_of_html(page: str) -> list[str]:
    """Return the texts that a page in HTML shows, those of its pictures and fields too."""
    parser = _Texts()
    parser.feed(page)
    return parser.found
