"""Columns of a print whose cells have blanks in them: where each begins.

Programs print columns one below the other, so what is blank in all lines parts them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, repeat

from mlpviz.experiment.data.notation import looks_like_number
from mlpviz.experiment.data.table_words import is_missing

Span = tuple[int, int]  # where a column begins and ends

MOST_ABOVE = 4  # lines above the names, of what was typed
LONGEST = 1000  # characters of a line
QUOTED = re.compile(r'"[^"]*"')  # one cell, where blanks part them


def print_starts(texts: Sequence[str]) -> tuple[tuple[int, ...], str]:
    """Return where the columns of a print begin, () where blanks part its cells; and its names."""
    runs = (
        [*run] for is_filled, run in groupby(texts, lambda text: bool(text.strip())) if is_filled
    )
    block = next((run for run in runs if len(run) > 2), [])
    if any("\t" in text or len(text) > LONGEST for text in block):
        return (), ""
    block = [text.rstrip() for text in block]
    for top in range(min(MOST_ABOVE, len(block) - 2)):
        starts = _starts(block[top], block[top + 1 :])
        if starts:
            return starts, block[top]
    return (), ""


def _starts(names: str, rows: Sequence[str]) -> tuple[int, ...]:
    counts = {len(QUOTED.sub("x", row).split()) for row in rows}
    is_indented = all(_indent(row) < _indent(names) for row in rows)
    if counts == {len(names.split()) + is_indented}:
        return ()
    spans = _named(names, rows)
    cells = [[row[a:b].strip() for row in rows] for a, b in spans]
    if not all(map(all, cells)):
        return ()  # where a cell is empty, the others may not stand where they seem to
    are_numbers = [all(looks_like_number(c) or is_missing(c) for c in column) for column in cells]
    are_bare = not any(" " in c or c.endswith((",", ";")) for c in _of(cells, are_numbers))
    # A column of both, as in a table of estimates, is no column of a class.
    are_words = not any(map(looks_like_number, _of(cells[1:], [not n for n in are_numbers[1:]])))
    are_words = are_words and not any(map(_has_numbers_in_front, spans, cells, repeat(names)))
    are_names = not any(map(looks_like_number, names.split()))
    is_table = len(spans) > 2 and sum(are_numbers) > 1
    if not (is_table and are_bare and are_words and are_names):
        return ()
    starts = [0]
    for (_, before), (start, end) in pairwise(spans):
        is_right = len({len(row[:end].rstrip()) for row in rows if row[start:end].strip()}) == 1
        starts.append(before + 1 if is_right else start)
    return tuple(starts)


def _has_numbers_in_front(span: Span, cells: Sequence[str], names: str) -> bool:
    """Tell whether single blanks part numbers from words below several names, as in 0.5 elm."""
    several = len(names[slice(*span)].split()) > 1
    return several and all(" " in cell and looks_like_number(cell.split()[0]) for cell in cells)


def _of(cells: Sequence[Sequence[str]], chosen: Sequence[bool]) -> Iterator[str]:
    return (cell for column, is_one in zip(cells, chosen, strict=True) if is_one for cell in column)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _named(names: str, rows: Sequence[str]) -> list[Span]:
    """Return the columns between what is blank everywhere, each with a name but for the first."""
    found: list[Span] = []
    for span in _filled([names, *rows]):
        is_first = not names[: span[1]].strip()
        is_empty = bool(found) and not any(row[slice(*found[-1])].strip() for row in rows)
        if found and is_empty and _is_nearer_to_left(found, span, names):
            _, end = found.pop()
            found[-1:] = [(found[-1][0], end), span]
        elif found and (is_first or is_empty):
            found[-1] = (found[-1][0], span[1])  # words that name a row, or more of a name
        else:
            found.append(span)
    if len(found) > 2 and not any(row[slice(*found[-1])].strip() for row in rows):
        _, end = found.pop()
        found[-1] = (found[-1][0], end)
    return _with_words_joined(found, names)


def _is_nearer_to_left(found: Sequence[Span], following: Span, names: str) -> bool:
    """Tell whether the last one, a word among the names, goes on with the name before it.

    As does the second word of Mean Temp above 12.9, which stands below the first.
    """
    start, end = found[-1]
    name = names[slice(*following)]
    if len(found) < 2 or not name.strip():
        return False
    left = start - len(names[:start].rstrip())
    right = following[0] + _indent(name) - end
    return left < right


def _with_words_joined(spans: Sequence[Span], names: str) -> list[Span]:
    """Put words without a name to the nearer of their neighbours; [] where both are as near."""
    found: list[Span] = []
    is_open = False  # the last one waits for the next
    for place, (start, end) in enumerate(spans):
        if is_open:
            start, is_open = found.pop()[0], False
        elif place and not names[start:end].strip():
            left = start - spans[place - 1][1]
            right = spans[place + 1][0] - end if place + 1 < len(spans) else left + 1
            if left == right:
                return []
            is_open = right < left
            if not is_open:
                start = found.pop()[0]
        found.append((start, end))
    return found


def _filled(texts: Sequence[str]) -> Iterator[Span]:
    """Yield where characters are, between columns of characters that are blank in all lines."""
    width = max(map(len, texts))
    marks = [
        "".join(column).isspace() for column in zip(*(t.ljust(width) for t in texts), strict=True)
    ]
    for is_blank, places in groupby(range(width), lambda place: marks[place]):
        if not is_blank:
            start, *rest = places
            yield start, (rest or [start])[-1] + 1
