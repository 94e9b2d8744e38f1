"""The axis of a loss: what it spans, and its labels where it is logarithmic."""

import math

import numpy as np

from mlpviz.engine import Array
from mlpviz.experiment.words.formats import short_text
from mlpviz.gui.look.palette import round_up
from mlpviz.gui.plots.plot import Plot

LAST_DECADE = 307  # an axis that ends at the largest float has no room for its own length


def loss_range(losses: Array, is_logarithmic: bool) -> tuple[float, float]:
    """Return the ends of an axis for some finite losses; of their logarithms where it has those."""
    if not is_logarithmic:
        highest = float(np.max(losses, initial=0.0))
        top = round_up(min(1.05 * highest, 10.0**LAST_DECADE)) if highest > 0.0 else 1.0
        return -0.03 * top, top
    positive = losses[losses > 0.0]
    if not positive.size:
        return -1.0, 0.0
    bottom = math.floor(math.log10(float(np.min(positive))))
    top = math.ceil(math.log10(float(np.max(positive))) + 1e-9)
    return float(bottom), float(max(top, bottom + 1))


def show_decades(plot: Plot, bottom: int, top: int) -> None:
    """Label the decades only: pyqtgraph would write all nine ticks of each."""
    every = 1 + (top - bottom) // 6
    major = [
        (float(e), short_text(10.0**e) if e <= LAST_DECADE else "")
        for e in range(bottom, top + 1, every)
    ]
    minor = [(e + math.log10(factor), "") for e in range(bottom, top) for factor in range(2, 10)]
    plot.axes["left"].setTicks([major, minor if every == 1 else []])
