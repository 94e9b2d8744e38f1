"""What is shown on a terminal beside the result: how far the work has come."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

BAR_WIDTH = 30


@contextmanager
def progress_bar() -> Iterator[Callable[[float, str], None]]:
    """Give a function that shows a share and some words; on a terminal, and until the end."""
    with_bar = sys.stderr.isatty()

    def show(share: float, words: str) -> None:
        if with_bar:
            bar = "█" * round(share * BAR_WIDTH)
            sys.stderr.write(f"\r{bar:·<{BAR_WIDTH}} {share:4.0%}  {words} ")
            sys.stderr.flush()

    try:
        yield show
    finally:
        if with_bar:
            sys.stderr.write("\r\x1b[K")
