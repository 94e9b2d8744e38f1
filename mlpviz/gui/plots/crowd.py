"""Which points of a crowd are drawn, and how many make one."""

import numpy as np
from numpy.typing import NDArray

from mlpviz.experiment.language import count_text, tr_plural

CROWD = 300  # more points are drawn smaller
MAX_POINTS = 2000  # more are a cloud that hides the surface
LATEST = 500  # points just drawn, which are all seen


def points_note(count: int) -> str:
    """Say how many of so many points are drawn; "" where it is all of them."""
    if count <= MAX_POINTS:
        return ""
    return tr_plural(
        "{drawn} of {count} point are drawn",
        "{drawn} of {count} points are drawn",
        count,
        drawn=count_text(MAX_POINTS),
    )


def heldout_note(count: int) -> str:
    """Say it of the points of a test set."""
    if count <= MAX_POINTS:
        return ""
    return tr_plural(
        "{drawn} of {count} test point are drawn",
        "{drawn} of {count} test points are drawn",
        count,
        drawn=count_text(MAX_POINTS),
    )


def drawn_samples(count: int) -> NDArray[np.intp]:
    """Choose the points to draw: all of them, or evenly spread ones, the same every time."""
    drawn = min(count, MAX_POINTS)
    return np.arange(drawn) * count // max(1, drawn)


def drawn_and_latest(count: int) -> NDArray[np.intp]:
    """Choose the points to draw while points are added: of a crowd every so many, and the latest.

    Which of the others are drawn hardly changes with a point more, so that none comes and goes.
    """
    every = max(1, -(-count // MAX_POINTS))
    latest = np.arange(max(0, count - LATEST), count)
    return np.union1d(np.arange(0, count, every), latest)
