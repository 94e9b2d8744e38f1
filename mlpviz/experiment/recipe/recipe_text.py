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

from mlpviz.experiment.plain_text import shown

MAX_FILE_BYTES = 12_000_000  # own data of as many points as there may be take 10 million
MAX_DIGITS = 400  # of one number; the largest float has 309
MAX_PLAIN_TEXT = 20_000  # bytes between two quotes that are not all of numbers

# How often a character may stand in a file: 100 000 points of three numbers are a list each, the
# largest network has 22 000 weights and biases, to start from and to leave alone, and the other
# choices are some hundred words.
MOST_OF_RECIPE: Mapping[bytes, tuple[int, str]] = {
    b"[": (110_000, "lists"),
    b",": (400_000, "values"),
    b"{": (1_000, "objects"),
    b":": (5_000, "names"),
    b'"': (10_000, "texts"),
}
_LONG_NUMBER = re.compile(rb"[0-9]{%d}" % (MAX_DIGITS + 1))
_OF_NUMBERS = b"0123456789+-.eE,[]{}: \t\r\n" + b"nullNaNInfinitytruefalse"


def parse_object(
    text: str | bytes,
    what: str = "A recipe",
    most: Mapping[bytes, tuple[int, str]] = MOST_OF_RECIPE,
) -> dict[str, Any]:
    """Read JSON text that must be one object.

    Parameters
    ----------
    text : as a text, or the bytes of a file in UTF-8
    what : what it is to be, for the sentences
    most : how often a character may stand in it, and what it stands for

    Raises
    ------
    ValueError
        with a sentence, for any other text.
    """
    if len(text) > MAX_FILE_BYTES:
        raise ValueError(f"{what} must have at most {MAX_FILE_BYTES // 1_000_000} million bytes.")
    try:
        content = text.encode() if isinstance(text, str) else text
        _check_amounts(content, what, most)
        hook = partial(_no_duplicates, what)
        values = json.loads(content.decode("utf-8-sig"), object_pairs_hook=hook)
    except UnicodeError:  # halves of characters in a text that was pasted are none, either
        raise ValueError(f"{what} must be UTF-8 text.") from None
    except json.JSONDecodeError as problem:
        raise ValueError(
            f"{what} must be JSON. Line {problem.lineno}, column {problem.colno}: {problem.msg}."
        ) from None
    except RecursionError:
        raise ValueError(f"{what} must be one flat JSON object. Got deep nesting.") from None
    if not isinstance(values, dict):
        raise ValueError(f"{what} must be a JSON object. Got {shown(values)}.")
    return values


def _check_amounts(content: bytes, what: str, most: Mapping[bytes, tuple[int, str]]) -> None:
    """Refuse what would take long to read, or much memory.

    Raises
    ------
    ValueError
        with a sentence that names what there is too much of.
    """
    for character, (limit, things) in most.items():
        count = content.count(character)
        if count > limit:
            raise ValueError(f"{what} must have at most {limit} {things}. Got {count}.")
    if _LONG_NUMBER.search(content):
        raise ValueError(f"{what} must have numbers of at most {MAX_DIGITS} digits.")
    for part in content.split(b'"'):
        if len(part) > MAX_PLAIN_TEXT and part.translate(None, _OF_NUMBERS):
            raise ValueError(f"{what} must have texts of at most {MAX_PLAIN_TEXT} characters.")


def _no_duplicates(what: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise ValueError(f"{what} must name each field once. Got {shown(name)} twice.")
        values[name] = value
    return values
