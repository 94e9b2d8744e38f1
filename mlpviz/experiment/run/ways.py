"""Long work in steps: a generator that says how far it is, and returns what comes of it."""

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

Step = TypeVar("Step")
Outcome = TypeVar("Outcome")
Way = Generator[float, None, Outcome]  # yields how much is done, 0 to 1


def outcome(
    way: Generator[Step, None, Outcome], note: Callable[[Step], object] = lambda step: None
) -> Outcome:
    """Go a way to its end, and return what comes of it.

    Parameters
    ----------
    note : is told what each step yields
    """
    while True:
        try:
            note(next(way))
        except StopIteration as end:
            found: Outcome = end.value
            return found


def shares(way: Generator[int, None, Outcome], total: int) -> Way[Outcome]:
    """Go a way of so many epochs; yield how much of it is done.

    Parameters
    ----------
    way : yields how many epochs each step had
    """
    done = 0
    while True:
        try:
            done += next(way)
        except StopIteration as end:
            found: Outcome = end.value
            return found
        yield done / max(1, total)


def one_by_one(ways: Sequence[Way[Outcome]]) -> Way[list[Outcome]]:
    """Go several ways one after the other, as if all were of the same length."""
    found = []
    for place, way in enumerate(ways):
        while True:
            try:
                share = next(way)
            except StopIteration as end:
                found.append(end.value)
                break
            yield (place + share) / len(ways)
    return found
