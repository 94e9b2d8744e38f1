"""Lines in which each value stands behind its name, as Arduino's plotter wants them.

As in `Temp:23.5 Hum:45 Light:730`, or with units and other signs between them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from mlpviz.experiment.data.notation import looks_like_number

Pairs = tuple[tuple[str, str], ...]  # of a name and its value

SIGN = re.compile(r"[:=]")
NEXT_NAME = re.compile(r"[\s,;|](?=[^\W\d])")  # a letter begins it
BETWEEN = re.compile(r"[,;|\t]")
LONGEST = 1000  # characters of such a line


def pairs_of(text: str) -> Pairs:
    """Return the names and values of a line, () where it has none."""
    first, *parts = SIGN.split(text[:LONGEST].strip())
    names, values = [first.strip()], []
    for part in parts[:-1]:
        value, name = _value_and_name(part.strip())
        names.append(name)
        values.append(value)
    values.extend(part.strip() for part in parts[-1:])
    are_named = all(name[:1].isalpha() for name in names) and len(set(names)) == len(names)
    is_whole = len(text) <= LONGEST and len(names) == len(values) > 2
    return tuple(zip(names, values, strict=True)) if are_named and is_whole else ()


def _value_and_name(part: str) -> tuple[str, str]:
    """Part a value from the name of the next; a unit may stand between them before a sign."""
    found = NEXT_NAME.search(part)
    if found is None:
        return part, ""
    *unit, name = BETWEEN.split(part[found.start() + 1 :])
    value = " ".join((part[: found.start()], *unit))
    return value.strip(" ,;|\t"), name.strip()


def names_of_pairs(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the names that nearly all lines have, in any order; () where there are none."""
    found = [dict(pairs) for pairs in map(pairs_of, texts) if pairs]
    kinds = Counter(frozenset(values) for values in found)
    if not kinds:
        return ()
    (kind, count), *_ = kinds.most_common(1)
    same = [values for values in found if values.keys() == kind]
    names = tuple(same[0])
    numbers = sum(all(looks_like_number(values[name]) for values in same) for name in names)
    return names if count > 1 and 4 * count >= 3 * len(texts) and numbers > 1 else ()


def values_of(lines: Iterable[tuple[int, str]], names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the names once and then the values of each line in their order, with tabs between."""
    is_first = True
    for number, text in lines:
        values = dict(pairs_of(text))
        if values.keys() != set(names):
            yield number, text
            continue
        if is_first:
            yield number, "\t".join(names)
            is_first = False
        yield number, "\t".join(values[name] for name in names)
