"""What lies behind the runs and seldom changes: the run before, pinned runs, and upright lines."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.history import LossCurve
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import BREAK_LINE, GHOST_LINE, PIN_LINE, THIN_LINE
from mlpviz.gui.plots.canvas import EMPTY, Curve, Mapping, Segments, Still
from mlpviz.gui.plots.label_pictures import Label
from mlpviz.gui.plots.plot import solid
from mlpviz.gui.views.loss.end_names import EndName
from mlpviz.gui.views.loss.run_curves import curve_points

# Pinned runs are all grey, so that they stay behind; their strokes tell them apart.
PIN_STYLES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)


class Behind:
    """Painted as one picture, which is kept. Its marks are public: they are on the screen."""

    def __init__(self) -> None:
        self.ghost = Curve()
        self.pins: tuple[Curve, ...] = ()
        self.changes, self.break_line = Segments(), Segments()
        self._losses: tuple[tuple[str, LossCurve], ...] = ()  # of the pinned runs
        self._ghost_losses: LossCurve | None = None
        self._uprights: object = None
        self._is_logarithmic = False
        self._look = current_look()
        self._still = Still()

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint all of it."""
        self._still.paint(painter, mapping)

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self.ghost.pen = solid(look.ghost, GHOST_LINE)
        self.break_line.pen = QPen(QColor(look.warning), BREAK_LINE, Qt.PenStyle.DashLine)
        self.changes.pen = QPen(QColor(look.quiet), THIN_LINE, Qt.PenStyle.DotLine)
        self.ghost.forget()
        self._draw_pins()

    def set_logarithmic(self, is_logarithmic: bool) -> None:
        """Draw all losses on the other axis."""
        self._is_logarithmic = is_logarithmic
        self._draw_ghost()
        self._draw_pins()

    def set_pins(self, losses: Sequence[tuple[str, LossCurve]]) -> None:
        """Draw these runs, each with its name."""
        self._losses = tuple(losses)
        self._draw_pins()

    def set_ghost(self, losses: LossCurve | None) -> bool:
        """Draw the losses of the run before; return whether they are others than before."""
        if losses is self._ghost_losses:
            return False
        self._ghost_losses = losses
        self._draw_ghost()
        return True

    def set_uprights(self, breaks: set[int], changes: set[int], ends: tuple[float, float]) -> bool:
        """Draw lines over the whole height; return whether they are others than before.

        Parameters
        ----------
        breaks, changes : the epochs at which a loss broke, and at which something was changed
        ends : of the axis of losses
        """
        uprights = (breaks, changes, ends)
        if uprights == self._uprights:
            return False
        self._uprights = uprights
        for lines, epochs in ((self.break_line, breaks), (self.changes, changes)):
            x, y = np.repeat(np.array(sorted(epochs), np.float64), 2), np.tile(ends, len(epochs))
            lines.set_data(x, y)
        self._still.change()
        return True

    def curves(self) -> list[LossCurve]:
        """Return the losses of all curves."""
        ghost = [] if self._ghost_losses is None else [self._ghost_losses]
        return [*(losses for _, losses in self._losses), *ghost]

    def names(self) -> list[EndName]:
        """Name the curves: the latest pin first, and the run before where it is no pin."""
        ink, pinned = self._look.quiet, zip(self._losses, self.pins, strict=True)
        names = [EndName(curve, Label(name, ink, curve.pen)) for (name, _), curve in pinned][::-1]
        ghost = self._ghost_losses
        if ghost is not None and not any(_are_alike(ghost, losses) for _, losses in self._losses):
            names.append(EndName(self.ghost, Label(tr("the run before"), ink, self.ghost.pen)))
        return names

    def _draw_ghost(self) -> None:
        ghost = self._ghost_losses
        points = (EMPTY, EMPTY) if ghost is None else curve_points(ghost, self._is_logarithmic)
        self.ghost.set_data(*points)
        self._still.change()

    def _draw_pins(self) -> None:
        pins = []
        for i, (_, losses) in enumerate(self._losses):
            curve = Curve()
            curve.pen = solid(self._look.hatch, PIN_LINE)
            curve.pen.setStyle(PIN_STYLES[i % len(PIN_STYLES)])
            curve.set_data(*curve_points(losses, self._is_logarithmic))
            pins.append(curve)
        self.pins = tuple(pins)
        self._still.marks = (*self.pins, self.ghost, self.changes, self.break_line)
        self._still.change()


def _are_alike(first: LossCurve, second: LossCurve) -> bool:
    return bool(np.array_equal(first.low, second.low, equal_nan=True))
