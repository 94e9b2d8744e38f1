"""How the text of a script is written: comments, what it prints, and numbers in all their digits.

Words come from the catalogue and may hold anything, so that each kind of place has its own way to
write them: a comment, a docstring, a text between quotes.
"""

import textwrap

from mlpviz.engine import Array

Lines = list[str]

WIDTH = 88  # columns that still stand side by side with something else on a projector
INDENT = "    "
UNTORN = "\xa0"  # a space at which no line ends


def comment(words: str) -> Lines:
    """Write a sentence as comment lines."""
    return textwrap.wrap(words, WIDTH, initial_indent="# ", subsequent_indent="# ")


def noted(code: str, words: str) -> str:
    """Write a line of code with some words behind it."""
    return f"{code}  # {words}"


def docstring(*paragraphs: str) -> Lines:
    """Write paragraphs as the docstring of a script."""
    whole = "\n\n".join(textwrap.fill(paragraph, WIDTH - 3) for paragraph in paragraphs)
    text = whole.replace("\\", "\\\\").replace('"', "'")
    return [*f'"""{text}\n"""'.split("\n"), ""]


def print_call(words: str) -> str:
    """Write a call that prints a text; what stands in braces is computed there."""
    text = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'print(f"{text}")'


def function(head: str, *body: str) -> Lines:
    """Write a function, with the two empty lines after it that are usual.

    Parameters
    ----------
    head : its name and what it takes
    """
    return [f"def {head}:", *indented(body), "", ""]


def indented(lines: Lines | tuple[str, ...], depth: int = 1) -> Lines:
    """Set lines in, as the body of a loop or a function; empty ones stay empty."""
    return [INDENT * depth + line if line else "" for line in lines]


def array_lines(name: str, values: Array) -> Lines:
    """Write an array to the bit, a line for each of its rows where there is room.

    Parameters
    ----------
    values : (n,) or (rows, n)
    """
    if values.ndim == 1:
        return filled(f"{name} = np.array([", values.tolist(), "])")
    rows = [line for row in values.tolist() for line in indented(filled("[", row, "],"))]
    return [f"{name} = np.array([", *rows, "])"]


def filled(start: str, values: list[float] | list[int], end: str) -> Lines:
    """Write numbers between two texts, in as many lines as they need; neither text is torn."""
    numbers = ", ".join(map(repr, values))
    if len(start) + len(numbers) + len(end) <= WIDTH - len(INDENT):
        return [f"{start}{numbers}{end}"]
    whole, at_end = (text.replace(" ", UNTORN) for text in (start, end))
    lines = textwrap.wrap(
        f"{whole}{numbers}{at_end}",
        WIDTH,
        subsequent_indent=INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(UNTORN, " ") for line in lines]
