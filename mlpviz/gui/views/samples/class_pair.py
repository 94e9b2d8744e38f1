"""Ground truth beside prediction: two scatter plots."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.readings import predicted_of
from mlpviz.experiment.words.formats import r_squared_text
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.palette import output_scale
from mlpviz.gui.look.sizes import (
    GAP,
    HAIRLINE,
    MARKER,
    PAIR,
    PAIR_FOOT,
    SAMPLE_LINE,
    SAMPLE_RIM,
    SAMPLE_RING,
    SMALL,
    SMALL_MARKER,
    THIN_LINE,
    TITLE_ROW,
)
from mlpviz.gui.look.sizing import base_rect, paint_in_base_sizes, px
from mlpviz.gui.plots.canvas import Mapping, Mark
from mlpviz.gui.plots.class_points import Scatter
from mlpviz.gui.plots.crowd import CROWD, drawn_samples
from mlpviz.gui.plots.value_points import ValuePoints

TITLES = (marked("Ground truth"), marked("Prediction"))
CENTRED = Qt.AlignmentFlag.AlignCenter

Classes = NDArray[np.intp]


class ClassPair(QWidget):
    """Shows the data twice: in the classes they have, and in those that are predicted."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("class_pair")
        self.setAccessibleName(tr("Ground truth and prediction"))
        self.setToolTip(
            tr("The samples in the class they have, and in the class that is predicted")
        )
        self._frame: Frame | None = None
        self._sample: int | None = None
        self._scatters = (Scatter(), Scatter())
        self._values = (ValuePoints(), ValuePoints())  # of a regression
        self.set_look(current_look())

    def show_frame(self, frame: Frame) -> None:
        """Show the classes of a frame."""
        is_new = self._frame is None or frame.X is not self._frame.X
        if is_new:  # of another run; and it can be of the other kind, with marks it had before
            self._shown = drawn_samples(len(frame.X))
            self._X = frame.X[self._shown]
        self._frame = frame
        if frame.recipe.is_regression:
            self._show_values(frame, is_new=is_new)
            return
        truth = frame.Y[self._shown].astype(np.intp)
        predicted = predicted_of(frame, self._shown)
        has_changed = [
            scatter.take(self._X, classes)
            for scatter, classes in zip(self._scatters, (truth, predicted), strict=True)
        ]
        if is_new or any(has_changed):
            wrong = int((truth != predicted).sum())
            self.setAccessibleDescription(
                tr_plural(
                    "{wrong} of {count} sample drawn has another class on the right.",
                    "{wrong} of {count} samples drawn have another class on the right.",
                    len(truth),
                    wrong=wrong,
                )
            )
            self.update()

    def _show_values(self, frame: Frame, *, is_new: bool) -> None:
        """Show targets and outputs as colours on the scale of the map."""
        scale = output_scale(frame.surface, frame.recipe)
        size = SMALL_MARKER if len(self._X) > CROWD else MARKER
        has_changed = [
            points.show(self._X, numbers[self._shown], scale, size)
            for points, numbers in zip(self._values, (frame.Y, frame.predictions), strict=True)
        ]
        if is_new or any(has_changed):
            self.update()
        self.setAccessibleDescription(
            tr("R² is {r_squared}.", r_squared=r_squared_text(frame.r_squared))
        )

    def select_sample(self, sample: int | None) -> None:
        """Mark a sample."""
        self._sample = sample
        self.update()

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        for marks in (*self._scatters, *self._values):
            marks.set_look(look)
        self.update()

    def height_for(self, width: float) -> int:
        """Return the height at which two squares fill a width."""
        base = width / current_look().factor
        return px(int((base - 2 * GAP - HAIRLINE) / 2 + TITLE_ROW + PAIR_FOOT))

    def plot_rects(self) -> tuple[QRectF, QRectF]:
        """Return where the two plots lie, in base sizes: squares, one beside the other."""
        room = base_rect(self)
        side = min((room.width() - 2 * GAP - HAIRLINE) / 2, room.height() - TITLE_ROW - HAIRLINE)
        first = QRectF(HAIRLINE / 2, TITLE_ROW, side, side)
        return first, first.translated(side + 2 * GAP, 0)

    def _paint_plot(
        self, painter: QPainter, rect: QRectF, title: str, marks: Mark, frame: Frame
    ) -> None:
        painter.setFont(ui_font(SMALL, bold=True))
        painter.setPen(QColor(self._look.text))
        room = QRectF(rect.left(), 0, rect.width(), TITLE_ROW)
        painter.drawText(room, CENTRED, title)
        painter.setPen(QPen(QColor(self._look.line), THIN_LINE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
        painter.save()
        painter.translate(rect.topLeft())
        mapping = Mapping(frame.box, rect.width(), rect.height())
        marks.paint(painter, mapping)
        if self._sample is not None and self._sample < len(frame.X):
            x, y = frame.X[self._sample, :, np.newaxis]
            centre = QPointF(float(mapping.x(x)[0]), float(mapping.y(y)[0]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width in ((self._look.panel, SAMPLE_RIM), (self._look.accent, SAMPLE_LINE)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawEllipse(centre, SAMPLE_RING / 2, SAMPLE_RING / 2)
        painter.restore()

    def sizeHint(self) -> QSize:
        """Ask for two small squares."""
        return QSize(*map(px, PAIR))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both plots."""
        if self._frame is None:
            return
        painter = QPainter(self)
        paint_in_base_sizes(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_regression = self._frame.recipe.is_regression
        drawn: tuple[Mark, ...] = self._values if is_regression else self._scatters
        for rect, title, marks in zip(self.plot_rects(), TITLES, drawn, strict=True):
            self._paint_plot(painter, rect, tr(title), marks, self._frame)
        painter.end()
