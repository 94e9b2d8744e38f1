"""What is shown on a terminal, whatever it can show.

A character that the encoding of an output does not have must never cost the result. Each is
replaced by plain letters that say the same: R^2, x1, ->, beta; or by a question mark.
"""

import codecs
import os
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from mlpviz.experiment.terminal.progress_line import free_columns, wiping

BAR_WIDTH = 30
LEAST_BAR = 3  # below that there are words alone
REPLACING = "mlpviz.plain"  # the name of our handler among Python's handlers of encoding errors

_PLAIN = {
    "−": "-",
    "–": "-",
    "—": "-",
    "·": "*",
    "×": "x",
    "÷": "/",
    "√": "sqrt ",
    "Σ": "sum ",
    "∑": "sum ",
    "λ": "lambda",  # Unicode calls it lamda
    "Λ": "Lambda",
    "⁄": "/",
    "∂": "d",
    "∞": "inf",
    "←": "<-",
    "→": "->",
    "≤": "<=",
    "≥": ">=",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "\u0302": "^",  # the hat of an estimate: y^
}


def plain(character: str) -> str:
    """Write a character in ASCII: "²" as "^2", "₁" as "1", "β" as "beta"; "?" where none fits."""
    if character in _PLAIN:
        return _PLAIN[character]
    if character.isascii():
        return character
    match unicodedata.name(character, "").split():
        case ["GREEK", case, "LETTER", letter]:
            return letter.lower() if case == "SMALL" else letter.capitalize()
    parts = unicodedata.normalize("NFKD", character)
    if parts == character:  # there is nothing simpler that it is made of
        return "" if unicodedata.combining(character) else "?"
    raised = "^" if unicodedata.decomposition(character).startswith("<super>") else ""
    return raised + "".join(map(plain, parts))


def _replace(problem: UnicodeError) -> tuple[str, int]:
    """Tell the encoder what to write in the place of what it cannot."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    unknown = problem.object[problem.start : problem.end]
    return "".join(map(plain, unknown)), problem.end


def replace_what_cannot_be_shown() -> None:
    """Let the standard output and the standard error write any text in their encoding."""
    codecs.register_error(REPLACING, _replace)
    for stream in (sys.stdout, sys.stderr):
        # A notebook, or a test, has put something else in its place; that takes any text.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=REPLACING)


def source_for(stream: TextIO | None, text: str) -> str:
    """Return a script as it can be written to a stream: Python reads UTF-8, and so ASCII."""
    if stream is None or codecs.lookup(stream.encoding or "ascii").name == "utf-8":
        return text
    return "".join(map(plain, text))


@contextmanager
def progress_bar() -> Iterator[Callable[[float, str], None]]:
    """Give a function that shows a share and some words; on a terminal, and until the end."""
    # There is none where the standard error is closed.
    stream: TextIO | None = sys.stderr
    line = _Line(stream) if stream is not None and stream.isatty() else None

    def show(share: float, words: str) -> None:
        if line is not None:
            line.show(share, words)

    try:
        yield show
    finally:
        if line is not None:
            line.wipe()


class _Line:
    """The line of a terminal that is written again and again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._marks = _marks(stream.encoding or "ascii")
        self._length = 0

    def show(self, share: float, words: str) -> None:
        room = free_columns(_columns(self._stream))
        text = progress_text(share, words, room, self._marks)
        self._write("\r" + text.ljust(min(self._length, room)))
        self._length = len(text)

    def wipe(self) -> None:
        self._write(wiping(min(self._length, free_columns(_columns(self._stream)))))

    def _write(self, text: str) -> None:
        """Write to the terminal, if it is there still: its end is not that of the training."""
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            self._length = 0


def progress_text(share: float, words: str, room: int, marks: tuple[str, str] = ("#", "-")) -> str:
    """Write how far the work has come in at most so many columns.

    Parameters
    ----------
    share : 0 to 1; 100 % is said at the end and not before
    words : what comes after it; its end gives way, after the bar, where there is no room
    marks : of a part that is done, and of one that is not
    """
    percent = f"{int(100.0 * share)}%"
    rest = f" {percent:>4}  {words}"
    width = min(BAR_WIDTH, room - len(rest))
    if width < LEAST_BAR:
        # Whole words only: a number without its last digits would be another number.
        return (
            textwrap.shorten(f"{percent} {words}", room, placeholder="", break_long_words=False)
            if room > 0
            else ""
        )
    done = round(share * width)
    return marks[0] * done + marks[1] * (width - done) + rest


def _marks(encoding: str) -> tuple[str, str]:
    """Choose blocks where the encoding has them, each one column wide."""
    try:
        lengths = {len(mark.encode(encoding)) for mark in "█·"}
    except (UnicodeEncodeError, LookupError):
        return "#", "-"
    # What takes two bytes in the encodings of East Asia takes two columns there, too.
    is_narrow = codecs.lookup(encoding).name.startswith("utf") or lengths == {1}
    return ("█", "·") if is_narrow else ("#", "-")


def _columns(stream: TextIO) -> int:
    """Return how wide the terminal is now."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except OSError:  # it is none of the system's
        columns = 0
    return columns or shutil.get_terminal_size().columns
