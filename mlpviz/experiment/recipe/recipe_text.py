"""The text of a recipe, and of what holds recipes: JSON, read within bounds.

A file of 12 million bytes can hold millions of lists or names, each of which takes a hundred bytes
of memory once it is read. What no recipe has is found among the bytes, before anything is made of
them: a refusal takes less than a second and 100 MB.
"""

import json
import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import shown

MAX_FILE_BYTES = 12_000_000  # own data of as many points as there may be take 10 million
MAX_DIGITS = 400  # of one number; the largest float has 309
MAX_PLAIN_TEXT = 20_000  # bytes between two quotes that are not all of numbers

# How often a character may stand in a file: 100 000 points of three numbers are a list each, the
# largest network has 22 000 weights and biases, to start from and to leave alone, and the other
# choices are some hundred words.
MOST_OF_RECIPE: Mapping[bytes, tuple[int, str]] = {
    b"[": (110_000, marked("{what} must have at most {most} lists. Got {got}.")),
    b",": (400_000, marked("{what} must have at most {most} values. Got {got}.")),
    b"{": (1_000, marked("{what} must have at most {most} objects. Got {got}.")),
    b":": (5_000, marked("{what} must have at most {most} names. Got {got}.")),
    b'"': (10_000, marked("{what} must have at most {most} texts. Got {got}.")),
}
_LONG_NUMBER = re.compile(rb"[0-9]{%d}" % (MAX_DIGITS + 1))
_OF_NUMBERS = b"0123456789+-.eE,[]{}: \t\r\n" + b"nullNaNInfinitytruefalse"


def parse_object(
    text: str | bytes,
    what: str = marked("A recipe"),
    most: Mapping[bytes, tuple[int, str]] = MOST_OF_RECIPE,
) -> dict[str, Any]:
    """Read JSON text that must be one object.

    Parameters
    ----------
    text : as a text, or the bytes of a file in UTF-8
    what : what it is to be, for the sentences; marked
    most : how often a character may stand in it, and a marked sentence for more of them

    Raises
    ------
    ValueError
        with a sentence, for any other text.
    """
    if len(text) > MAX_FILE_BYTES:
        raise ValueError(
            tr(
                "{what} must have at most {most} million bytes.",
                what=tr(what),
                most=MAX_FILE_BYTES // 1_000_000,
            )
        )
    try:
        content = text.encode() if isinstance(text, str) else text
        _check_amounts(content, what, most)
        hook = partial(_no_duplicates, what)
        values = json.loads(content.decode("utf-8-sig"), object_pairs_hook=hook)
    except UnicodeError:  # halves of characters in a text that was pasted are none, either
        raise ValueError(tr("{what} must be UTF-8 text.", what=tr(what))) from None
    except json.JSONDecodeError as problem:
        raise ValueError(
            tr(
                "{what} must be JSON. Line {line}, column {column}: {problem}.",
                what=tr(what),
                line=problem.lineno,
                column=problem.colno,
                problem=problem.msg,
            )
        ) from None
    except RecursionError:
        raise ValueError(
            tr("{what} must be one flat JSON object. Got deep nesting.", what=tr(what))
        ) from None
    if not isinstance(values, dict):
        raise ValueError(
            tr("{what} must be a JSON object. Got {got}.", what=tr(what), got=shown(values))
        )
    return values


def _check_amounts(content: bytes, what: str, most: Mapping[bytes, tuple[int, str]]) -> None:
    """Refuse what would take long to read, or much memory.

    Raises
    ------
    ValueError
        with a sentence that names what there is too much of.
    """
    for character, (limit, refusal) in most.items():
        count = content.count(character)
        if count > limit:
            raise ValueError(tr(refusal, what=tr(what), most=limit, got=count))
    if _LONG_NUMBER.search(content):
        raise ValueError(
            tr("{what} must have numbers of at most {most} digits.", what=tr(what), most=MAX_DIGITS)
        )
    for part in content.split(b'"'):
        if len(part) > MAX_PLAIN_TEXT and part.translate(None, _OF_NUMBERS):
            raise ValueError(
                tr(
                    "{what} must have texts of at most {most} characters.",
                    what=tr(what),
                    most=MAX_PLAIN_TEXT,
                )
            )


def _no_duplicates(what: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise ValueError(
                tr(
                    "{what} must name each field once. Got {name} twice.",
                    what=tr(what),
                    name=shown(name),
                )
            )
        values[name] = value
    return values
