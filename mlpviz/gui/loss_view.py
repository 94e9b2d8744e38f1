"""The loss plot: this run, and the one before it as a grey ghost."""

import math

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlpviz.engine import Array
from mlpviz.experiment.formats import epoch_text, loss_text, short_text
from mlpviz.experiment.frame import Frame
from mlpviz.experiment.history import LossCurve
from mlpviz.gui.canvas import EMPTY, MOVING_POINTS, Canvas, Curve, Markers, Note, Segments, Still
from mlpviz.gui.palette import round_up
from mlpviz.gui.plots import Plot, solid
from mlpviz.gui.theme import Theme, current_theme

LEAST_EPOCHS = 100  # the axis never shows less
LAST_DECADE = 307  # an axis that ends at the largest float has no room for its own length
MAX_DRAWN = 320  # a point every few pixels; smooth wide lines over more cost a whole frame


class LossView(QWidget):
    """Shows the loss of every epoch so far, on a linear or a logarithmic scale."""

    pointed_at = Signal(str)  # epoch and loss under the pointer, in words

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("loss_view")
        self.setAccessibleName("Loss")
        self._frame: Frame | None = None
        self._is_logarithmic = False
        self._drawn_ghost: tuple[int, bool] | None = None
        self._range: tuple[float, float, float, float] | None = None  # what the axes show
        self.plot = Plot("epoch", "loss")
        self._is_zoomed = False
        self._painted_ends: tuple[int, int, bytes] | None = None
        self._make_marks()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)
        self.plot.zoomed.connect(self._keep_zoom)
        self.plot.pointer_moved.connect(self._announce_pointer)
        self.plot.double_clicked.connect(self._show_all)
        self.set_theme(current_theme())

    @property
    def is_logarithmic(self) -> bool:
        """Whether the loss axis is logarithmic."""
        return self._is_logarithmic

    def set_logarithmic(self, is_logarithmic: bool) -> None:
        """Choose the scale of the loss axis."""
        self._is_logarithmic = is_logarithmic
        self.plot.getPlotItem().getAxis("left").setLogMode(is_logarithmic)
        self.plot.getPlotItem().getAxis("left").setTicks(None)
        self._is_zoomed = False
        self._drawn_ghost = self._range = self._painted_ends = None
        if self._frame is not None:
            self.show_frame(self._frame)

    def show_frame(self, frame: Frame) -> None:
        """Show the losses of a frame."""
        if self._frame is not None and self._frame.run_number != frame.run_number:
            self._is_zoomed = False
        self._frame = frame
        x, y = self._points(frame.curve)
        # The last bucket is not full yet: its line must not run ahead of the epoch.
        self._curve.set_data(np.minimum(x, frame.epoch), y)
        self._show_ghost(frame)
        self._show_head(frame)
        if not self._is_zoomed:
            self._fit(frame)
        self._show_uprights(frame)
        self._update_canvas()
        self._announce_pointer()
        self.setAccessibleDescription(f"Loss {loss_text(frame.loss)} at epoch {frame.epoch}.")

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        self._theme = theme
        self.plot.dress(theme)
        self.canvas.set_ground(theme.panel)
        self._ghost.pen = solid(theme.ghost, 1.5)
        self._curve.pen = solid(theme.accent, 2.0)
        self._head.brush = QBrush(QColor(theme.accent))
        self._head.pen = solid(theme.panel, 1.5)
        self._break.pen = QPen(QColor(theme.warning), 1.5, Qt.PenStyle.DashLine)
        self._break_note.colour = QColor(theme.warning)
        self._changes.pen = QPen(QColor(theme.quiet), 1.0, Qt.PenStyle.DotLine)
        self._curve.forget()
        self._change_still()

    def _make_marks(self) -> None:
        self._ghost, self._curve, self._head = Curve(), Curve(), Markers()
        self._head.size = 9.0
        self._changes, self._break = Segments(), Segments()  # upright lines
        self._break_note = Note()
        self._still = Still(self._ghost, self._changes, self._break, self._break_note)
        self.canvas = Canvas(self.plot, (self._still, self._curve, self._head))

    def _change_still(self) -> None:
        self._still.change()
        self.canvas.update()

    def _update_canvas(self) -> None:
        """Paint again if the end of the curve moved; all before it stays where it is."""
        tail = slice(-MOVING_POINTS, None)
        places = self.canvas.mapping.places(self._curve.x[tail], self._curve.y[tail])
        ends = (len(self._curve.x), len(self._head.x), places)
        if ends != self._painted_ends:
            self._painted_ends = ends
            self.canvas.update()

    def _points(self, curve: LossCurve) -> tuple[Array, Array]:
        """Return the curve to draw: where buckets hold many epochs, from low to high in each."""
        epochs, low, high = thinned(curve)
        low, high = self._on_axis(low), self._on_axis(high)
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

    def _on_axis(self, losses: Array) -> Array:
        if not self._is_logarithmic:
            return losses
        # A loss of 0 has no place on a logarithmic axis: a gap, as for a loss that is no number.
        positive = np.where(losses > 0.0, losses, np.nan)
        result: Array = np.log10(positive)
        return result

    def _show_ghost(self, frame: Frame) -> None:
        """Draw the run before this one; it does not change while this one runs."""
        key = (frame.run_number, self._is_logarithmic)
        if key == self._drawn_ghost:
            return
        self._drawn_ghost = key
        x, y = (EMPTY, EMPTY) if frame.ghost is None else self._points(frame.ghost)
        self._ghost.set_data(x, y)
        self._change_still()

    def _show_head(self, frame: Frame) -> None:
        y = self._on_axis(np.array([frame.loss]))
        is_drawn = np.isfinite(y)
        self._head.set_data(np.array([float(frame.epoch)])[is_drawn], y[is_drawn])

    def _show_uprights(self, frame: Frame) -> None:
        """Draw a line where the loss broke, and where something was changed."""
        _, (bottom, top) = self.plot.getViewBox().viewRange()
        first = frame.curve.first_nonfinite_epoch
        places = (
            (self._break, [] if first is None else [first]),
            (self._changes, [change.epoch for change in frame.changes]),
        )
        for lines, epochs in places:
            x, y = np.repeat(np.array(epochs, np.float64), 2), np.tile([bottom, top], len(epochs))
            if not (np.array_equal(x, lines.x) and np.array_equal(y, lines.y)):
                lines.set_data(x, y)
                self._break_note.x = math.nan if first is None else float(first)
                self._break_note.text = f"first not finite: epoch {epoch_text(first or 0)}"
                self._change_still()

    def _fit(self, frame: Frame) -> None:
        """Show everything, on axes that move in large steps so that they can be read."""
        curves = [frame.curve]
        if frame.ghost is not None and _last_epoch(frame.ghost) <= max(
            frame.recipe.epochs, frame.epoch
        ):
            curves.append(frame.ghost)
        right = round_up(max(LEAST_EPOCHS, *(_last_epoch(curve) for curve in curves)))
        losses = np.concatenate([np.concatenate((c.low, c.high)) for c in curves])
        bottom, top = self._loss_range(losses[np.isfinite(losses)])
        whole = (-0.025 * right, 1.012 * right, bottom, top)
        if whole == self._range:
            return
        self._range = whole
        self.plot.getViewBox().setRange(xRange=whole[:2], yRange=whole[2:], padding=0)
        if self._is_logarithmic:
            self._show_decades(int(bottom), int(top))

    def _show_decades(self, bottom: int, top: int) -> None:
        """Label the decades only: pyqtgraph would write all nine ticks of each."""
        every = 1 + (top - bottom) // 6
        major = [
            (float(e), short_text(10.0**e) if e <= LAST_DECADE else "")
            for e in range(bottom, top + 1, every)
        ]
        minor = [
            (e + math.log10(factor), "") for e in range(bottom, top) for factor in range(2, 10)
        ]
        self.plot.getPlotItem().getAxis("left").setTicks([major, minor if every == 1 else []])

    def _loss_range(self, losses: Array) -> tuple[float, float]:
        if not self._is_logarithmic:
            highest = float(np.max(losses, initial=0.0))
            top = round_up(min(1.05 * highest, 10.0**LAST_DECADE)) if highest > 0.0 else 1.0
            return -0.03 * top, top
        positive = losses[losses > 0.0]
        if not positive.size:
            return -1.0, 0.0
        bottom = math.floor(math.log10(float(np.min(positive))))
        top = math.ceil(math.log10(float(np.max(positive))) + 1e-9)
        return float(bottom), float(max(top, bottom + 1))

    @Slot()
    def _keep_zoom(self) -> None:
        self._is_zoomed, self._range = True, None
        if self._frame is not None:
            self._show_uprights(self._frame)

    @Slot()
    def _show_all(self) -> None:
        self._is_zoomed = False
        if self._frame is not None:
            self.show_frame(self._frame)

    @Slot()
    def _announce_pointer(self) -> None:
        self.pointed_at.emit(self._words_for_pointer())

    def _words_for_pointer(self) -> str:
        place = self.plot.pointer()
        if self._frame is None or place is None:
            return ""
        epoch = place[0]
        return loss_words(self._frame.curve, epoch, self._frame.epoch)


def thinned(curve: LossCurve) -> tuple[Array, Array, Array]:
    """Merge neighbouring buckets until there are at most MAX_DRAWN: epochs, low, high of each.

    A bucket that held a loss that is not finite leaves a gap, so it is not merged away.
    """
    low = np.where(curve.broken, np.nan, curve.low)
    high = np.where(curve.broken, np.nan, curve.high)
    factor = -(-len(low) // MAX_DRAWN)
    if factor <= 1:
        return curve.epochs, low, high
    starts = np.arange(0, len(low), factor)
    # Unlike fmin and fmax these hand NaN on.
    return (
        curve.epochs[starts],
        np.minimum.reduceat(low, starts),
        np.maximum.reduceat(high, starts),
    )


def loss_words(curve: LossCurve, epoch: float, last: int) -> str:
    """Say the loss at an epoch of a curve, or the least and greatest of its bucket.

    Parameters
    ----------
    epoch : where the pointer is
    last : the last epoch of the curve, which its last bucket may not be full of
    """
    if not 0 <= epoch <= last + curve.stride:
        return ""
    index = min(round(epoch) // curve.stride, len(curve.low) - 1)
    low, high = float(curve.low[index]), float(curve.high[index])
    first = index * curve.stride
    if curve.stride == 1:
        loss = "not finite" if curve.broken[index] else loss_text(low)
        return f"epoch {epoch_text(first)}   loss {loss}"
    final = min(first + curve.stride - 1, last)
    words = f"epochs {epoch_text(first)} to {epoch_text(final)}   "
    if not math.isfinite(low):
        return words + "loss not finite"
    some = ", some not finite" if curve.broken[index] else ""
    return words + f"loss {loss_text(low)} to {loss_text(high)}{some}"


def _last_epoch(curve: LossCurve) -> int:
    return (len(curve.low) - 1) * curve.stride
