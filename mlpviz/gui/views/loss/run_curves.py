"""The losses of a run as curves: of the training set, with a head, and of the test set, dashed."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from mlpviz.engine import Array
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.history import LossCurve, thinned_curve
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.palette import blend
from mlpviz.gui.look.sizes import HEAD, HEAD_RIM, LINE, TEST_LINE
from mlpviz.gui.plots.canvas import EMPTY, Curve, Markers
from mlpviz.gui.plots.plot import solid

TEST_BLEND = 0.45  # of a run's colour with that of text: a test set's loss is darker, and dashed


class RunCurves:
    """What is drawn of one run. Public, so that anyone can look at what is on the screen."""

    def __init__(self) -> None:
        self.curve, self.test, self.head = Curve(), Curve(), Markers()
        self.head.size = HEAD

    def set_look(self, look: Look, colour: str) -> None:
        """Take over colours and sizes, and the colour of the run."""
        self.curve.pen = solid(colour, LINE)
        self.head.brush = QBrush(QColor(colour))
        self.head.pen = solid(look.panel, HEAD_RIM)
        self.test.pen = solid(blend(colour, look.text, TEST_BLEND), TEST_LINE)
        self.test.pen.setStyle(Qt.PenStyle.DashLine)
        self.curve.forget()
        self.test.forget()

    def show_frame(self, frame: Frame | None, is_logarithmic: bool) -> None:
        """Show the losses of a frame; None for no run."""
        if frame is None:
            for mark in (self.curve, self.test, self.head):
                mark.set_data(EMPTY, EMPTY)
            return
        tests = None if frame.test is None else frame.test.curve
        for mark, losses in ((self.curve, frame.curve), (self.test, tests)):
            x, y = (EMPTY, EMPTY) if losses is None else curve_points(losses, is_logarithmic)
            # The last bucket is not full yet: its line must not run ahead of the epoch.
            mark.set_data(np.minimum(x, frame.live.epoch), y)
        y = on_axis(np.array([frame.loss]), is_logarithmic)
        is_drawn = np.isfinite(y)
        self.head.set_data(np.array([float(frame.epoch)])[is_drawn], y[is_drawn])


def curve_points(curve: LossCurve, is_logarithmic: bool) -> tuple[Array, Array]:
    """Return the points of a curve: where buckets hold many epochs, from low to high in each.

    Returns
    -------
    (points,) each: epochs, ascending, and losses, or their logarithms
    """
    epochs, low, high = thinned_curve(curve)
    low, high = on_axis(low, is_logarithmic), on_axis(high, is_logarithmic)
    if len(epochs) < 2 or epochs[1] - epochs[0] == 1:
        return epochs, low
    # Falling, a bucket is drawn from its greatest loss to its least, and rising the other way:
    # so a calm curve is a line and not a staircase, and an unquiet one is as wide as it is.
    with np.errstate(invalid="ignore", over="ignore"):
        is_rising = np.gradient(low + high) > 0.0
    first, second = np.where(is_rising, (low, high), (high, low))
    width = epochs[1] - epochs[0]
    x = np.stack((epochs, epochs + width), axis=1)
    return x.ravel(), np.stack((first, second), axis=1).ravel()


def on_axis(losses: Array, is_logarithmic: bool) -> Array:
    """Return where losses stand on the axis, of any shape: themselves, or their logarithms.

    A loss of 0 has no place on a logarithmic axis: NaN, a gap, as for a loss that is no number.
    """
    if not is_logarithmic:
        return losses
    result: Array = np.log10(np.where(losses > 0.0, losses, np.nan))
    return result
