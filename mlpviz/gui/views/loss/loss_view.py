"""The loss plot: this run, the one before it as a grey ghost, runs pinned, and a second run."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QElapsedTimer, QPointF, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.history import LossCurve
from mlpviz.experiment.run.marks import MarkKind, facts_of_marks
from mlpviz.experiment.words.comparison import recipe_label, side_words
from mlpviz.experiment.words.curve_words import GAP, epochs_at, loss_at_words, losses_at
from mlpviz.experiment.words.event_words import CurveEvent, curve_events, of_run
from mlpviz.experiment.words.formats import epoch_text, loss_text
from mlpviz.gui.actions.moments import recipe_at
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.palette import round_up
from mlpviz.gui.look.sizes import HEAD, LOW_PLOT, LOWEST_PLOT
from mlpviz.gui.look.sizing import NONE, lay, px
from mlpviz.gui.plots.canvas import MOVING_POINTS, Canvas
from mlpviz.gui.plots.label_pictures import Label
from mlpviz.gui.plots.loss_axis import loss_range, major_and_minor, power_ticks
from mlpviz.gui.plots.plot import Plot
from mlpviz.gui.views.loss.behind import Behind
from mlpviz.gui.views.loss.cursor_drag import CursorDrag, is_near
from mlpviz.gui.views.loss.curve_labels import CurveLabels
from mlpviz.gui.views.loss.end_names import EndName
from mlpviz.gui.views.loss.event_labels import EventMark
from mlpviz.gui.views.loss.past_veil import Past
from mlpviz.gui.views.loss.run_curves import RunCurves, on_axis

LEAST_EPOCHS = 100  # the axis never shows less
# Of the axis, beyond the epochs: for the end of a curve, in narrow plots too, and for its name.
HEAD_SHARE, NAME_SHARE = 0.03, 0.1
SIDES = ("A", "B")


class LossView(QWidget):
    """Shows the loss of every epoch so far, on a linear or a logarithmic scale."""

    pointed_at = Signal(str)  # epoch and loss under the pointer, in words
    epoch_wanted = Signal(int)
    leap_unmeant = Signal()  # a click that led elsewhere was the first of two

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("loss_view")
        self.setAccessibleName(tr("Loss"))
        self._frames: tuple[Frame, ...] = ()  # of the one run, or of A and B
        self._is_logarithmic = False
        self._named: object = None  # what names and events were made of, to see whether it changes
        self._happened: object = None
        self._events: list[CurveEvent] = []
        self._range: tuple[float, float, float, float] | None = None  # what the axes show
        self._is_zoomed = False
        self._said = ""  # of the pointer
        self._tip = ""  # what is said of the name or mark under the pointer
        self._painted_ends: object = None  # of the curves that are on the screen
        self._look = current_look()
        self.plot = Plot(tr("epoch"), tr("loss"))
        self.plot.setObjectName("loss_plot")
        self.behind, self.runs = Behind(), (RunCurves(), RunCurves())
        self.labels = CurveLabels(self.runs)
        first, second = self.runs
        lines = (second.curve, first.curve, first.test, second.test)
        self.past = Past()
        marks = (self.behind, *lines, self.past, second.head, first.head, self.labels)
        self.canvas = Canvas(self.plot, marks)
        self._drag = CursorDrag(self.plot, self.canvas, self._is_at_cursor)
        self._drag.dragged_to.connect(self._want)
        self._clicked = QElapsedTimer()
        column = QVBoxLayout(self)
        lay(column, margins=NONE)
        column.addWidget(self.plot)
        self.plot.zoomed.connect(self._keep_zoom)
        self.plot.view.sigResized.connect(self._refit)
        self.plot.pointer_moved.connect(self._announce_pointer)
        self.plot.clicked.connect(self._go_to_click)
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
        self._range = self._painted_ends = self._happened = None
        self.behind.set_logarithmic(is_logarithmic)
        self._show_again()

    def set_pins(self, pins: Sequence[tuple[str, LossCurve]]) -> None:
        """Draw these runs behind all others, each with its name at its end."""
        self.behind.set_pins(pins)
        self._range = self._named = None
        self._show_again()

    def show_frame(self, frame: Frame, rival: Frame | None = None) -> None:
        """Show the losses of a frame, and those of the second run where two are compared."""
        if self._frames and self._frames[0].run_number != frame.run_number:
            self._is_zoomed = False  # it was of another run
        self._frames = (frame,) if rival is None else (frame, rival)
        for run, of in zip(self.runs, (frame, rival), strict=True):
            run.show_frame(of, self._is_logarithmic)
        self.past.show_frames(self._frames, self.runs)
        # Where two runs are compared, the one before would be a third of no name.
        if self.behind.set_ghost(frame.ghost if rival is None else None):
            self._named = None
        self._show_names()
        self._show_events()
        if not self._is_zoomed:
            self._fit(frame)
        self._show_uprights()
        self._update_canvas()
        self._announce_pointer()
        self.setAccessibleDescription(self._description())

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self.plot.set_look(look)
        self.canvas.set_look(look)
        self.behind.set_look(look)
        self.past.set_look(look, self._colours())
        self.labels.set_look(look)
        for run, colour in zip(self.runs, self._colours(), strict=True):
            run.set_look(look, colour)
        self._named = self._happened = None
        if self._frames:
            self._show_names()
            self._show_events()
        self.canvas.update()

    def _colours(self) -> tuple[str, str]:
        return self._look.accent, self._look.second_run

    def _update_canvas(self) -> None:
        """Paint again if the end of the curve moved; all before it stays where it is."""
        tail = slice(-MOVING_POINTS, None)
        curves = [line for run in self.runs for line in (run.curve, run.test)]
        x = np.concatenate([curve.x[tail] for curve in curves])
        y = np.concatenate([curve.y[tail] for curve in curves])
        numbers = tuple(frame.run_number for frame in self._frames)  # two can end alike
        lengths = tuple(len(line.x) for line in (*curves, *(run.head for run in self.runs)))
        heads = [bytes(np.concatenate((run.head.x, run.head.y)).tobytes()) for run in self.runs]
        ends = (numbers, lengths, self.canvas.mapping.places(x, y), heads, self.past.epoch)
        if ends != self._painted_ends:
            self._painted_ends = ends
            self.canvas.update()

    def _show_names(self) -> None:
        """Name the lines at their ends, where there are more than this run."""
        frames = self._frames
        recipes = tuple(map(_last_recipe, frames))
        if recipes == self._named:
            return
        self._named = recipes
        has_test, has_pins = frames[0].test is not None, bool(self.behind.pins)
        riding = []
        if len(frames) > 1 or has_test or has_pins:
            wholes, shorts = [recipe_label(recipes[0]) if has_pins else tr("train")], ("", "")
            if len(frames) > 1:
                wholes, shorts = [*side_words(*recipes, most=1)], SIDES
            for run, ink, whole, short in zip(
                self.runs, self._colours(), wholes, shorts, strict=False
            ):
                riding.append(EndName(run.curve, Label(whole, ink), short))
        if has_test:
            words = [tr("test")] if len(frames) == 1 else [tr("{run} · test", run=r) for r in SIDES]
            for run, whole in zip(self.runs, words, strict=False):
                ink = run.test.pen.color().name()
                riding.append(EndName(run.test, Label(whole, ink, run.test.pen)))
        self.labels.set_names(self.behind.names(), riding)
        self.canvas.update()

    def _show_events(self) -> None:
        """Mark what happened to the runs, and name it."""
        # The least loss on the test set has no mark here.
        happened = [facts_of_marks(frame, has_least=False) for frame in self._frames]
        if happened == self._happened:
            return
        self._happened = happened
        marks = []
        for frame, run, colour, side in zip(
            self._frames, self.runs, self._colours(), SIDES, strict=False
        ):
            for event in curve_events(frame):
                loss = np.nan if event.loss is None else event.loss
                place = float(on_axis(np.array([loss]), self._is_logarithmic)[0])
                named = event if len(self._frames) == 1 else of_run(side, event)
                marks.append(EventMark(named, run.curve, place, colour))
        marks.sort(key=lambda mark: (mark.event.kind, -mark.event.epoch))
        self._events = [mark.event for mark in marks]
        self.labels.set_events(marks)
        self.canvas.update()

    def _show_uprights(self) -> None:
        """Draw a line where the loss broke, and where something was changed."""
        _, (bottom, top) = self.plot.view.viewRange()
        breaks = {event.epoch for event in self._events if event.kind is MarkKind.LOSS_BROKE}
        kinds = (MarkKind.BRANCH, MarkKind.CHANGE, MarkKind.EDIT)
        changes = {event.epoch for event in self._events if event.kind in kinds}
        if self.behind.set_uprights(breaks, changes, (bottom, top)):
            self.canvas.update()

    def _fit(self, frame: Frame) -> None:
        """Show everything, on axes that move in large steps so that they can be read."""
        tests = [f.test.curve for f in self._frames if f.test is not None]
        curves = [*(f.curve for f in self._frames), *tests]
        longest = max(frame.recipe.epochs, frame.live.epoch)
        curves += [curve for curve in self.behind.curves() if _last_epoch(curve) <= longest]
        right = round_up(max(LEAST_EPOCHS, *(_last_epoch(curve) for curve in curves)))
        losses = np.concatenate([np.concatenate((c.low, c.high)) for c in curves])
        bottom, top = loss_range(losses[np.isfinite(losses)], self._is_logarithmic)
        if not self._is_logarithmic:  # else a whole decade is below the last loss
            bottom = min(bottom, -top * self._head_room())
        beyond = NAME_SHARE if self.labels.has_riding else HEAD_SHARE
        whole = (-HEAD_SHARE * right, (1.0 + beyond) * right, bottom, top)
        if whole == self._range:
            return
        self._range = whole
        self.plot.view.setRange(xRange=whole[:2], yRange=whole[2:], padding=0)
        if self._is_logarithmic:
            self.plot.axes["left"].setTicks(major_and_minor(power_ticks(bottom, top)))

    def _head_room(self) -> float:
        """Return how much room the end of a curve takes below 0, as a share of what is above."""
        height = self.plot.view.height() / current_look().factor
        return HEAD / max(HEAD, 2.0 * height - HEAD)

    @Slot()
    def _refit(self) -> None:
        if self._frames and not self._is_zoomed:
            self._fit(self._frames[0])
            self._show_uprights()

    @Slot()
    def _keep_zoom(self) -> None:
        self._is_zoomed, self._range = True, None
        self._show_uprights()

    @Slot()
    def _show_all(self) -> None:
        self._is_zoomed = False
        self._show_again()
        if self._clicked.isValid() and not self._clicked.hasExpired(
            QApplication.doubleClickInterval()
        ):
            self.leap_unmeant.emit()
        self._clicked.invalidate()

    @Slot(float, float)
    def _go_to_click(self, epoch: float, loss: float) -> None:
        self._clicked.start()
        event = self.labels.event_at(self._place(epoch, loss))
        self._want(epoch if event is None else event.epoch)

    @Slot(float)
    def _want(self, epoch: float) -> None:
        self.epoch_wanted.emit(max(0, round(epoch)))

    def _place(self, epoch: float, loss: float) -> QPointF:
        """Return where on the canvas a place of the axes is, in base sizes."""
        mapping = self.canvas.mapping
        return QPointF(
            float(mapping.x(np.array([epoch]))[0]), float(mapping.y(np.array([loss]))[0])
        )

    def _is_at_cursor(self, place: QPointF) -> bool:
        heads = [run.head for run in self.runs if run.head.x.size]
        places = [self._place(float(head.x[0]), float(head.y[0])) for head in heads]
        epoch = self.past.epoch
        line = None if epoch is None else self._place(float(epoch), 0.0).x()
        return is_near(place, places, line)

    def _show_again(self) -> None:
        if self._frames:
            self.show_frame(*self._frames)

    @Slot()
    def _announce_pointer(self) -> None:
        words = self._words_for_pointer()
        if words != self._said:
            self._said = words
            self.pointed_at.emit(words)
        name = self._name_at_pointer()
        if name != self._tip:
            self._tip = name
            self.plot.view.setToolTip(name)

    def _name_at_pointer(self) -> str:
        """Say in full what the name or the mark under the pointer stands for."""
        place = self.plot.pointer()
        if place is None:
            return ""
        return self.labels.words_at(self._place(*place))

    def _words_for_pointer(self) -> str:
        place = self.plot.pointer()
        if not self._frames or place is None:
            return ""
        epoch = place[0]
        frame = self._frames[0]
        words = loss_at_words(frame.curve, epoch, frame.live.epoch)
        if not words:
            return ""
        if len(self._frames) > 1:
            rival = self._frames[1]
            of_a = tr("A loss {loss}", loss=losses_at(frame.curve, epoch, frame.live.epoch))
            of_b = tr("B loss {loss}", loss=losses_at(rival.curve, epoch, rival.live.epoch))
            return GAP.join((epochs_at(frame.curve, epoch, frame.live.epoch), of_a, of_b))
        if frame.test is not None:
            of_test = losses_at(frame.test.curve, epoch, frame.live.epoch)
            return f"{words}{GAP}{tr('test {loss}', loss=of_test)}"
        return words

    def _description(self) -> str:
        """Say how far a run is, or two, how well they do, and what happened on the way."""
        losses = [loss_text(frame.loss) for frame in self._frames]
        epoch = epoch_text(self._frames[0].epoch)
        if len(losses) == 1:
            now = tr("Loss {loss} at epoch {epoch}.", loss=losses[0], epoch=epoch)
        else:
            now = tr(
                "Loss {loss} and {second} in B at epoch {epoch}.",
                loss=losses[0],
                second=losses[1],
                epoch=epoch,
            )
        return " ".join((now, *(event.sentence for event in self._events)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave all room to the curve where there is little."""
        super().resizeEvent(event)
        self.plot.name_x(self.height() >= px(LOW_PLOT), self.height() >= px(LOWEST_PLOT))


def _last_recipe(frame: Frame) -> Recipe:
    """Return what was chosen last in a run, where its curve ends: of a past frame that is later."""
    return recipe_at(frame, frame.live) if frame.is_past else frame.recipe


def _last_epoch(curve: LossCurve) -> int:
    return (len(curve.low) - 1) * curve.stride
