"""Columns that rules of dashes show, as databases and Matlab print them below the names.

Where a cell has blanks in it or nothing, blanks do not tell where it ends; the rules do.
"""

import re
from collections.abc import Sequence
from itertools import dropwhile, pairwise, takewhile

RULES = re.compile(r" *(?:[-─]{2,}|={2,}|_{2,})(?: +(?:[-─]{2,}|={2,}|_{2,}))+\s*")
ONE_RULE = re.compile(r"\S+")
CELL = re.compile(r"\{'(.*?)\s*'\s*\}")  # a text in Matlab


def starts_of(texts: Sequence[str]) -> tuple[int, ...]:
    """Return where the columns begin, or () where no rules show it, or blanks part them as well.

    Between two rules there must be nothing but blanks, in the names and in all rows.
    """
    are_rules = [RULES.fullmatch(text) is not None for text in texts]
    below_names = (i for i in range(1, len(texts)) if are_rules[i] > are_rules[i - 1])
    place = next((i for i in below_names if texts[i - 1].strip()), 0)
    if not place:
        return ()
    spans = [found.span() for found in ONE_RULE.finditer(texts[place])]
    below = dropwhile(lambda text: not text.strip(), texts[place + 1 :])
    rows = [texts[place - 1], *takewhile(str.strip, below)]
    gaps = [(left[1], right[0]) for left, right in pairwise(spans)]
    are_apart = not any("\t" in row or row[a:b].strip() for row in rows for a, b in gaps)
    are_uneven = any(len(row.split()) != len(spans) for row in rows if not RULES.fullmatch(row))
    is_table = len(rows) > 2 and are_apart and are_uneven
    return tuple(start for start, _ in spans) if is_table else ()


def cut_at(text: str, starts: Sequence[int]) -> str:
    """Return the cells of a line with tabs between them; a line with other gaps stays as it is."""
    if "\t" in text or any(text[start - 1 : start].strip() for start in starts[1:]):
        return text
    ends = (*starts[1:], len(text))
    cells = (text[start:end].strip() for start, end in zip((0, *starts[1:]), ends, strict=True))
    return "\t".join(CELL.sub(r"\1", cell) for cell in cells)
