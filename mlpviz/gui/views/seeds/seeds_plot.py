"""The losses of many seeds: a thin line each, their median and what lies between the quartiles."""

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlpviz.engine import Array
from mlpviz.experiment.language import tr
from mlpviz.experiment.study.seed_study import SeedStudy
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.palette import round_up
from mlpviz.gui.look.sizes import LINE, SEED_LINE, SPACE, STUCK_LINE
from mlpviz.gui.look.sizing import NONE as NO_MARGINS
from mlpviz.gui.look.sizing import lay
from mlpviz.gui.parts.inputs import tool_button
from mlpviz.gui.plots.canvas import EMPTY, Canvas, Curve, Mapping, Still
from mlpviz.gui.plots.distances import piece_distances
from mlpviz.gui.plots.loss_axis import decade_ticks, fitted_range, major_and_minor
from mlpviz.gui.plots.plot import Plot, solid
from mlpviz.gui.plots.unbroken import unbroken
from mlpviz.gui.views.seeds.seeds_legend import SeedsLegend

FAN_POINTS = 160  # of a thin line: enough for a plot of this width
LEAST_FAN_POINTS = 40
ALL_POINTS = 12_000  # of all thin lines: some hundred of them are painted within a frame or two
NEAR = 10.0  # pixels
NONE = -1
BAND_OPACITY = 0.16


class _Fan:
    """Thin lines of one pen."""

    def __init__(self) -> None:
        self.x: Array = EMPTY
        self.ys: Array = np.empty((0, 0))
        self.pen = QPen()

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint them."""
        line = Curve()
        line.pen = self.pen
        for y in self.ys:
            line.set_data(self.x, y)
            line.paint_all(painter, mapping)


class _Band:
    """What lies between two curves; it has a gap where one of them is no number."""

    def __init__(self) -> None:
        self.x: Array = EMPTY
        self.low: Array = EMPTY
        self.high: Array = EMPTY
        self.brush = QBrush()

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint it."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.brush)
        columns = mapping.x(self.x), mapping.y(self.low), mapping.y(self.high)
        for piece in unbroken(*columns):
            around = np.concatenate((piece[:, :2], piece[::-1, ::2]))
            painter.drawPolygon(QPolygonF([QPointF(*place) for place in around.tolist()]))


class SeedsPlot(QWidget):
    """Shows the losses of a study; the line under the pointer is told, and chosen by a click."""

    pointed_at = Signal(int)  # index of a seed; NONE for none
    chosen = Signal(int)  # index of a seed

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("seeds_plot")
        self.setAccessibleName(tr("Losses of all seeds"))
        self._study: SeedStudy | None = None
        self._marked = NONE
        self.plot = Plot(tr("epoch"), tr("loss"))
        self.plot.setObjectName("seeds_loss_plot")
        self.plot.view.setMouseEnabled(x=False, y=False)  # a fan is seen as a whole
        self._make_marks()
        self.legend = SeedsLegend()
        self.log_button = tool_button("seeds_log_button", tr("log"), tr("Logarithmic loss axis"))
        self.log_button.setCheckable(True)
        self.log_button.setProperty("role", "flat")
        self.log_button.toggled.connect(self._show)
        top = QHBoxLayout()
        top.addWidget(self.legend, stretch=1)
        top.addWidget(self.log_button)
        column = QVBoxLayout(self)
        lay(column, SPACE, NO_MARGINS)
        column.addLayout(top)
        column.addWidget(self.plot, stretch=1)
        self.plot.pointer_moved.connect(self._look_at_pointer)
        self.plot.clicked.connect(self._choose)
        self.set_look(current_look())

    def show_study(self, study: SeedStudy) -> None:
        """Show a study."""
        self._study, self._marked = study, NONE
        self._show()
        self.legend.show_study(study)

    def mark(self, index: int) -> None:
        """Make the line of one seed stand out; NONE for none."""
        self._marked = index
        study = self._study
        if study is None or index == NONE:
            self._mark.set_data(EMPTY, EMPTY)
        else:
            self._mark.set_data(
                study.epochs.astype(np.float64), self._on_axis(study.losses[:, index])
            )
        self.canvas.update()

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self.plot.set_look(look)
        self.legend.set_look(look)
        self.canvas.set_look(look)
        self._others.pen = solid(look.seed, SEED_LINE)
        self._stuck.pen = QPen(QColor(look.stuck), STUCK_LINE, Qt.PenStyle.DashLine)
        self._median.pen = solid(look.accent, LINE)
        self._mark.pen = solid(look.text, LINE)
        band = QColor(look.accent)
        band.setAlphaF(BAND_OPACITY)
        self._band.brush = QBrush(band)
        self._median.forget()
        self._mark.forget()
        self._still.change()
        self.canvas.update()

    def _make_marks(self) -> None:
        self._others, self._stuck, self._band = _Fan(), _Fan(), _Band()
        self._median, self._mark = Curve(), Curve()
        self._still = Still(self._band, self._others, self._stuck, self._median)
        self.canvas = Canvas(self.plot, (self._still, self._mark))

    @Slot()
    def _show(self) -> None:
        """Lay all lines out on the axes."""
        study = self._study
        if study is None:
            return
        epochs = study.epochs.astype(np.float64)
        fitting = max(LEAST_FAN_POINTS, ALL_POINTS // len(study.seeds))
        every = -(-len(epochs) // min(FAN_POINTS, fitting))
        fan = self._on_axis(study.losses[::every].T)
        for lines, which in ((self._others, ~study.stuck), (self._stuck, study.stuck)):
            lines.x, lines.ys = epochs[::every], fan[which]
        median = self._on_axis(study.quartiles()[1])
        self._band.x = epochs
        self._band.low, self._band.high = self._on_axis(study.middle_half())
        self._median.set_data(epochs, median)
        self._fit(study)
        self.mark(self._marked)
        self._still.change()

    def _fit(self, study: SeedStudy) -> None:
        is_logarithmic = self.log_button.isChecked()
        axis = self.plot.axes["left"]
        axis.setLogMode(is_logarithmic)
        bottom, top = fitted_range(study.losses, is_logarithmic)
        axis.setTicks(major_and_minor(decade_ticks(bottom, top)) if is_logarithmic else None)
        right = round_up(float(study.epochs[-1]))
        view = self.plot.view
        view.setRange(xRange=(-0.025 * right, 1.012 * right), yRange=(bottom, top), padding=0)

    def _on_axis(self, losses: Array) -> Array:
        if not self.log_button.isChecked():
            return losses
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log10(losses)

    @Slot()
    def _look_at_pointer(self) -> None:
        index = self._nearest()
        if index != self._marked:
            self.mark(index)
            self.pointed_at.emit(index)

    @Slot()
    def _choose(self) -> None:
        index = self._nearest()
        if index != NONE:
            self.chosen.emit(index)

    def _nearest(self) -> int:
        """Return the seed whose line is nearest to the pointer, if one is near."""
        place = self.plot.pointer()
        if self._study is None or place is None:
            return NONE
        mapping = self.canvas.mapping
        x = mapping.x(self._study.epochs.astype(np.float64))
        y = mapping.y(self._on_axis(self._study.losses))
        here = np.array([place[0]]), np.array([place[1]])
        distances = line_distances(x, y, float(mapping.x(here[0])[0]), float(mapping.y(here[1])[0]))
        index = int(np.argmin(distances))
        return index if distances[index] <= NEAR else NONE


def line_distances(x: Array, y: Array, to_x: float, to_y: float) -> Array:
    """Return how far a place is from each of many lines, (lines,); infinite where there is none.

    Parameters
    ----------
    x : (points,), rising
    y : (points, lines); what is not finite is a gap
    to_x, to_y : the place
    """
    first, last = np.searchsorted(x, (to_x - 2 * NEAR, to_x + 2 * NEAR))
    near = slice(max(0, int(first) - 1), int(last) + 1)
    places = np.stack(np.broadcast_arrays(x[near, np.newaxis], y[near]), axis=-1)
    pieces = np.stack((places[:-1], places[1:]), axis=-2)
    with np.errstate(invalid="ignore"):
        distances = piece_distances(np.array([to_x, to_y]), pieces)
    distances[~np.isfinite(distances)] = np.inf
    nearest: Array = distances.min(axis=0, initial=np.inf)
    return nearest
