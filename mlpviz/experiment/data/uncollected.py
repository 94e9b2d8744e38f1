"""Reading without the search for cycles of garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python not search for cycles meanwhile, if it does so otherwise.

    A large table is a hundred thousand rows and more cells, of which none refers to another. To
    search through them again and again takes a quarter of the time of reading.
    """
    was_searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_searching:
            gc.enable()
