"""The loss plot: this run, the one before it as a grey ghost, runs pinned, and a second run."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlpviz.engine import Array
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.history import LossCurve, thinned_curve
from mlpviz.experiment.words.comparison import recipe_label, side_words
from mlpviz.experiment.words.curve_words import GAP, epochs_at, loss_at_words, losses_at
from mlpviz.experiment.words.formats import epoch_text, loss_text
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.palette import blend, round_up
from mlpviz.gui.look.sizes import (
    BREAK_LINE,
    GHOST_LINE,
    HEAD,
    HEAD_RIM,
    LINE,
    LOW_PLOT,
    LOWEST_PLOT,
    PIN_LINE,
    TEST_LINE,
    THIN_LINE,
)
from mlpviz.gui.look.sizing import NONE, lay, px
from mlpviz.gui.plots.canvas import (
    EMPTY,
    MOVING_POINTS,
    Canvas,
    Curve,
    Markers,
    Note,
    Segments,
    Still,
)
from mlpviz.gui.plots.legend import Legend
from mlpviz.gui.plots.loss_axis import loss_range, show_decades
from mlpviz.gui.plots.plot import Plot, solid

LEAST_EPOCHS = 100  # the axis never shows less
# Pinned runs are all grey, so that they stay behind; their strokes tell them apart.
PIN_STYLES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)
TEST_BLEND = 0.45  # of a run's colour with that of text: a test set's loss is darker, and dashed


class LossView(QWidget):
    """Shows the loss of every epoch so far, on a linear or a logarithmic scale."""

    pointed_at = Signal(str)  # epoch and loss under the pointer, in words

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("loss_view")
        self.setAccessibleName(tr("Loss"))
        self._frame: Frame | None = None
        self._is_logarithmic = False
        self._rival: Frame | None = None  # of the second run, where two are compared
        self._pins: tuple[tuple[str, LossCurve], ...] = ()
        self._legend_key: object = None  # what the legend says, to see whether it changes
        self._drawn_ghost: tuple[LossCurve | None, bool] | None = None
        self._range: tuple[float, float, float, float] | None = None  # what the axes show
        self._look = current_look()
        self.plot = Plot(tr("epoch"), tr("loss"))
        self.plot.setObjectName("loss_plot")
        self._is_zoomed = False
        self._painted_ends: object = None  # of the curves that are on the screen
        self._make_marks()
        column = QVBoxLayout(self)
        lay(column, margins=NONE)
        column.addWidget(self.plot)
        self.plot.zoomed.connect(self._keep_zoom)
        self.plot.pointer_moved.connect(self._announce_pointer)
        self.plot.double_clicked.connect(self._show_all)
        self.set_look(current_look())

    @property
    def is_logarithmic(self) -> bool:
        """Whether the loss axis is logarithmic."""
        return self._is_logarithmic

    def set_logarithmic(self, is_logarithmic: bool) -> None:
        """Choose the scale of the loss axis."""
        self._is_logarithmic = is_logarithmic
        self.plot.axes["left"].setLogMode(is_logarithmic)
        self.plot.axes["left"].setTicks(None)
        self._is_zoomed = False
        self._drawn_ghost = self._range = self._painted_ends = None
        self._show_pins()
        self._show_again()

    def set_pins(self, pins: Sequence[tuple[str, LossCurve]]) -> None:
        """Draw these runs behind all others, each with its name in the legend."""
        self._pins = tuple(pins)
        self._range = None
        self._show_pins()
        self._show_again()

    def show_frame(self, frame: Frame, rival: Frame | None = None) -> None:
        """Show the losses of a frame, and those of the second run where two are compared."""
        if self._frame is not None and self._frame.run_number != frame.run_number:
            self._is_zoomed = False  # it was of another run
        self._frame, self._rival = frame, rival
        x, y = self._points(frame.curve)
        # The last bucket is not full yet: its line must not run ahead of the epoch.
        self.curve.set_data(np.minimum(x, frame.epoch), y)
        x, y = (EMPTY, EMPTY) if rival is None else self._points(rival.curve)
        self.second_curve.set_data(np.minimum(x, frame.epoch), y)
        self._show_tests(frame, rival)
        self._show_ghost(frame)
        self._show_head(self.head, frame)
        self._show_head(self.second_head, rival)
        self._show_legend(frame, rival)
        if not self._is_zoomed:
            self._fit(frame)
        self._show_uprights(frame)
        self._update_canvas()
        self._announce_pointer()
        self.setAccessibleDescription(_description(frame, rival))

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self.plot.set_look(look)
        self.canvas.set_look(look)
        self.ghost.pen = solid(look.ghost, GHOST_LINE)
        self.curve.pen = solid(look.accent, LINE)
        self.second_curve.pen = solid(look.second_run, LINE)
        for head, colour in ((self.head, look.accent), (self.second_head, look.second_run)):
            head.brush = QBrush(QColor(colour))
            head.pen = solid(look.panel, HEAD_RIM)
        for test, colour in zip(self.tests, (look.accent, look.second_run), strict=True):
            test.pen = solid(blend(colour, look.text, TEST_BLEND), TEST_LINE)
            test.pen.setStyle(Qt.PenStyle.DashLine)
        self.break_line.pen = QPen(QColor(look.warning), BREAK_LINE, Qt.PenStyle.DashLine)
        self.break_note.colour = QColor(look.warning)
        self.changes.pen = QPen(QColor(look.quiet), THIN_LINE, Qt.PenStyle.DotLine)
        self.legend.ink, self.legend.ground = QColor(look.quiet), QColor(look.panel)
        for curve in (self.ghost, self.curve, self.second_curve, *self.tests):
            curve.forget()
        self._show_pins()
        if self._frame is not None:
            self._show_legend(self._frame, self._rival)
        self._change_still()

    def _make_marks(self) -> None:
        """Make what is painted: public, so that anyone can look at what is on the screen."""
        self.ghost, self.curve, self.head = Curve(), Curve(), Markers()
        self.second_curve, self.second_head = Curve(), Markers()
        self.tests = (Curve(), Curve())  # the losses on the test set, of either run
        self.head.size = self.second_head.size = HEAD
        self.legend = Legend()
        self.changes, self.break_line = Segments(), Segments()  # upright lines
        self.break_note = Note()
        self._still = Still()
        self._show_pins()
        curves = (self.second_curve, self.curve, *self.tests)
        moving = (*curves, self.second_head, self.head)
        self.canvas = Canvas(self.plot, (self._still, *moving, self.legend))

    def _change_still(self) -> None:
        self._still.change()
        self.canvas.update()

    def _update_canvas(self) -> None:
        """Paint again if the end of the curve moved; all before it stays where it is."""
        tail = slice(-MOVING_POINTS, None)
        curves = (self.curve, self.second_curve, *self.tests)
        x = np.concatenate([curve.x[tail] for curve in curves])
        y = np.concatenate([curve.y[tail] for curve in curves])
        frames = [frame for frame in (self._frame, self._rival) if frame is not None]
        runs = tuple(frame.run_number for frame in frames)  # two can end alike
        lengths = tuple(len(line.x) for line in (*curves, self.head, self.second_head))
        ends = (runs, lengths, self.canvas.mapping.places(x, y))
        if ends != self._painted_ends:
            self._painted_ends = ends
            self.canvas.update()

    def _points(self, curve: LossCurve) -> tuple[Array, Array]:
        """Return the curve to draw: where buckets hold many epochs, from low to high in each."""
        epochs, low, high = thinned_curve(curve)
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

    def _show_tests(self, frame: Frame, rival: Frame | None) -> None:
        """Draw the losses on the test set, where there is one."""
        for curve, of in zip(self.tests, (frame, rival), strict=True):
            test = None if of is None else of.test
            x, y = (EMPTY, EMPTY) if test is None else self._points(test.curve)
            curve.set_data(np.minimum(x, frame.epoch), y)

    def _show_ghost(self, frame: Frame) -> None:
        """Draw the run before this one; it does not change while this one runs."""
        ghost = self._ghost_of(frame)
        drawn = self._drawn_ghost
        if drawn is not None and drawn[0] is ghost and drawn[1] == self._is_logarithmic:
            return
        self._drawn_ghost = (ghost, self._is_logarithmic)
        x, y = (EMPTY, EMPTY) if ghost is None else self._points(ghost)
        self.ghost.set_data(x, y)
        self._change_still()

    def _ghost_of(self, frame: Frame) -> LossCurve | None:
        """Where two runs are compared, the one before would be a third of no name."""
        return frame.ghost if self._rival is None else None

    def _show_head(self, head: Markers, frame: Frame | None) -> None:
        if frame is None:
            head.set_data(EMPTY, EMPTY)
            return
        y = self._on_axis(np.array([frame.loss]))
        is_drawn = np.isfinite(y)
        head.set_data(np.array([float(frame.epoch)])[is_drawn], y[is_drawn])

    def _show_pins(self) -> None:
        """Draw the pinned runs; they are part of the picture that is kept."""
        curves = []
        for pen, (_, losses) in zip(self._pin_pens(), self._pins, strict=True):
            curve = Curve()
            curve.pen = pen
            curve.set_data(*self._points(losses))
            curves.append(curve)
        self._still.marks = (*curves, self.ghost, self.changes, self.break_line, self.break_note)
        self._still.change()

    def _pin_pens(self) -> list[QPen]:
        pens = []
        for i in range(len(self._pins)):
            pens.append(solid(self._look.hatch, PIN_LINE))
            pens[-1].setStyle(PIN_STYLES[i % len(PIN_STYLES)])
        return pens

    def _show_legend(self, frame: Frame, rival: Frame | None) -> None:
        """Name the lines, where there are more than this run and the one before it."""
        test_pen = self.tests[0].pen
        tests = [] if frame.test is None else [(tr("test"), test_pen)]
        names = [name for name, _ in self._pins]
        has_ghost = self._ghost_of(frame) is not None
        key = (frame.recipe, rival and rival.recipe, self._look, names, has_ghost)
        if key == self._legend_key:
            return
        self._legend_key = key
        entries = list(zip(names, self._pin_pens(), strict=True))
        if rival is not None:
            a, b = side_words(frame.recipe, rival.recipe)
            entries = [(a, self.curve.pen), (b, self.second_curve.pen), *tests, *entries]
        elif entries or tests:
            name = recipe_label(frame.recipe) if entries else tr("train")
            entries = [(name, self.curve.pen), *tests, *entries]
            if has_ghost:
                entries.append((tr("the run before"), self.ghost.pen))
        self.legend.entries = entries
        self.canvas.update()

    def _show_uprights(self, frame: Frame) -> None:
        """Draw a line where the loss broke, and where something was changed."""
        _, (bottom, top) = self.plot.view.viewRange()
        breaks = [f.curve.first_nonfinite_epoch for f in (frame, self._rival) if f is not None]
        first = min((epoch for epoch in breaks if epoch is not None), default=None)
        places = (
            (self.break_line, [] if first is None else [first]),
            (self.changes, [change.epoch for change in frame.changes]),
        )
        for lines, epochs in places:
            x, y = np.repeat(np.array(epochs, np.float64), 2), np.tile([bottom, top], len(epochs))
            if not (np.array_equal(x, lines.x) and np.array_equal(y, lines.y)):
                lines.set_data(x, y)
                self.legend.has_note_above = first is not None
                self.break_note.x = math.nan if first is None else float(first)
                place = epoch_text(first or 0)
                self.break_note.text = tr("first not finite: epoch {epoch}", epoch=place)
                self._change_still()

    def _fit(self, frame: Frame) -> None:
        """Show everything, on axes that move in large steps so that they can be read."""
        frames = [frame] if self._rival is None else [frame, self._rival]
        curves = [f.curve for f in frames] + [f.test.curve for f in frames if f.test is not None]
        ghost = self._ghost_of(frame)
        behind = [*(curve for _, curve in self._pins), *([] if ghost is None else [ghost])]
        longest = max(frame.recipe.epochs, frame.epoch)
        curves += [curve for curve in behind if _last_epoch(curve) <= longest]
        right = round_up(max(LEAST_EPOCHS, *(_last_epoch(curve) for curve in curves)))
        losses = np.concatenate([np.concatenate((c.low, c.high)) for c in curves])
        bottom, top = loss_range(losses[np.isfinite(losses)], self._is_logarithmic)
        whole = (-0.03 * right, 1.03 * right, bottom, top)  # room for the head, in narrow plots too
        if whole == self._range:
            return
        self._range = whole
        self.plot.view.setRange(xRange=whole[:2], yRange=whole[2:], padding=0)
        if self._is_logarithmic:
            show_decades(self.plot, int(bottom), int(top))

    @Slot()
    def _keep_zoom(self) -> None:
        self._is_zoomed, self._range = True, None
        if self._frame is not None:
            self._show_uprights(self._frame)

    @Slot()
    def _show_all(self) -> None:
        self._is_zoomed = False
        self._show_again()

    def _show_again(self) -> None:
        if self._frame is not None:
            self.show_frame(self._frame, self._rival)

    @Slot()
    def _announce_pointer(self) -> None:
        self.pointed_at.emit(self._words_for_pointer())

    def _words_for_pointer(self) -> str:
        place = self.plot.pointer()
        if self._frame is None or place is None:
            return ""
        epoch = place[0]
        frame, rival = self._frame, self._rival
        words = loss_at_words(frame.curve, epoch, frame.epoch)
        if not words:
            return ""
        if rival is not None:
            of_a = tr("A loss {loss}", loss=losses_at(frame.curve, epoch, frame.epoch))
            of_b = tr("B loss {loss}", loss=losses_at(rival.curve, epoch, rival.epoch))
            return GAP.join((epochs_at(frame.curve, epoch, frame.epoch), of_a, of_b))
        if frame.test is not None:
            of_test = losses_at(frame.test.curve, epoch, frame.epoch)
            return f"{words}{GAP}{tr('test {loss}', loss=of_test)}"
        return words

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave all room to the curve where there is little."""
        super().resizeEvent(event)
        self.plot.name_x(self.height() >= px(LOW_PLOT), self.height() >= px(LOWEST_PLOT))


def _description(frame: Frame, rival: Frame | None) -> str:
    """Say how far a run is, or two, and how well they do."""
    loss, epoch = loss_text(frame.loss), epoch_text(frame.epoch)
    if rival is None:
        return tr("Loss {loss} at epoch {epoch}.", loss=loss, epoch=epoch)
    return tr(
        "Loss {loss} and {second} in B at epoch {epoch}.",
        loss=loss,
        second=loss_text(rival.loss),
        epoch=epoch,
    )


def _last_epoch(curve: LossCurve) -> int:
    return (len(curve.low) - 1) * curve.stride
