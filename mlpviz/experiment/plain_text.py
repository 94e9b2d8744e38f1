"""Text from elsewhere, as it can be shown: on one line, and of characters that exist.

A file, a folder or a class can be named by anything. A line break tears a heading apart, a mark of
writing direction turns round what stands behind it, and half of a surrogate pair, which is what
Python makes of a file name that is not UTF-8, can be written to no file and no terminal.
"""

import re
from pathlib import PurePath
from reprlib import Repr

from mlpviz.experiment.language import tr

REPLACEMENT = "\ufffd"  # what Unicode has for a character that cannot be read

# Control characters, line and paragraph separators, byte order marks, and the marks that change
# the direction of writing until they are ended.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Beginning(Repr):
    def repr_int(self, x: int, level: int) -> str:
        repr(x)  # raises on every Python where there are too many digits; Repr's own does not
        return super().repr_int(x, level)


_BEGINNING = _Beginning()
_BEGINNING.maxlevel = 10
_BEGINNING.maxlist = _BEGINNING.maxtuple = _BEGINNING.maxdict = _BEGINNING.maxset = 30
_BEGINNING.maxstring = _BEGINNING.maxlong = _BEGINNING.maxother = 200


def one_line(text: str) -> str:
    """Return a text on one line: what breaks or turns it is a space, what is half a character �."""
    return _SURROGATE.sub(REPLACEMENT, _UNSEEN.sub(" ", text)).strip()


def path_words(path: PurePath) -> str:
    """Name a file in a sentence."""
    return one_line(str(path))


def has_surrogate(text: str) -> bool:
    """Tell whether a text has half of a surrogate pair, which is no character."""
    return _SURROGATE.search(text) is not None


def shown(value: object) -> str:
    """Write a value for a sentence, cut short where it is long."""
    try:
        # A text is cut first, and of a list only the beginning is written: either may be huge.
        text = repr(value[:60]) if isinstance(value, str) else _BEGINNING.repr(value)
    except (RecursionError, ValueError):  # nested too deeply, or an int of thousands of digits
        text = tr("a huge {kind}", kind=type(value).__name__)
    is_cut = len(text) > 60 or (isinstance(value, str) and len(value) > 60)
    return text[:57] + "..." if is_cut else text
