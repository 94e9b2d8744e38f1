"""Small pictures of the data sets, drawn from the data themselves."""

from functools import lru_cache

from PySide6.QtGui import QImage

from mlpviz.engine.datasets import DATASETS
from mlpviz.gui.look.look import Look
from mlpviz.gui.plots.points_picture import points_picture

SAMPLES, NUMBERS = 60, 200  # of classes, and of numbers, which need more to be seen
MOST_KEPT = 160  # pictures, of every data set in some 16 looks, 28 kB each


@lru_cache(maxsize=MOST_KEPT)
def dataset_picture(
    name: str, look: Look, side: int, noise: float = 0.0, classes: int = 2
) -> QImage:
    """Draw a data set as points on a square of this side, in base sizes; kept for the next time.

    An image, for unlike a pixmap it may outlive the application.

    Parameters
    ----------
    classes : how many, where the set leaves the choice
    """
    entry = DATASETS[name]
    count = NUMBERS if entry.is_regression else SAMPLES
    X, Y = entry.draw(count, 0, noise, classes)
    return points_picture(X, Y, look, side, is_regression=entry.is_regression)
