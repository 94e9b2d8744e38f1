"""Paper: what is drawn for a file or the clipboard, and not for the screen.

On the screen much is painted once and kept as a picture of its pixels. In an SVG or a PDF such
pictures would stand in place of lines and words, and in a large PNG they would have the pixels of
the screen. So on paper nothing is kept: all is painted straight away.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class KeepsPictures(Protocol):
    """What keeps pictures of itself that Qt uses by itself."""

    def keep_pictures(self) -> None:
        """Keep them from now on; on paper keep none."""


_depth = 0  # how many `on_paper` are going on


def is_on_paper() -> bool:
    """Tell whether what is painted now goes to paper: nobody may keep a picture of it, or use one.

    A flag, and no question to the painter: it is asked for every number of a diagram, and a widget
    that is rendered does not know where to.
    """
    return _depth > 0


@contextmanager
def on_paper(*keepers: KeepsPictures) -> Iterator[None]:
    """Have all that is painted meanwhile painted as on paper.

    Parameters
    ----------
    keepers : among what is painted
    """
    global _depth
    _depth += 1
    try:
        for keeper in keepers:
            keeper.keep_pictures()
        yield
    finally:
        _depth -= 1
        for keeper in keepers:
            keeper.keep_pictures()
