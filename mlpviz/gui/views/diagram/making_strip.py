"""The strip at the foot of the diagram that shows how the unit which is selected is made.

Pictures of the units before it, each with its weight; the bias; the curve of the activation; the
picture of the unit. For the sample that is selected the same stands below in numbers.
"""

import numpy as np
from PySide6.QtCore import QEvent, QRect, Qt, Slot
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.making import Making, making_of
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.making_words import MakingNumbers, making_numbers, making_words
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import MAKING_HEIGHT
from mlpviz.gui.look.sizing import base_rect, paint_in_base_sizes, picture_scale, px
from mlpviz.gui.plots.label_pictures import MOST_NUMBERS, LabelPictures
from mlpviz.gui.plots.paper import is_on_paper
from mlpviz.gui.views.diagram.making_layout import MakingLayout, lay_out_making
from mlpviz.gui.views.diagram.making_painter import (
    GroundPainter,
    paint_numbers,
    paint_pictures,
    paint_sample,
    plot_of,
    strokes_of,
)
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.diagram.pens import Pens


class MakingStrip(QWidget):
    """Lies over the foot of a diagram while one of its units, or a weight of it, is selected.

    Parameters
    ----------
    view : the diagram; it makes room where units lie in the way
    """

    def __init__(self, view: NetworkView) -> None:
        super().__init__(view)
        self.setObjectName("making_strip")
        self.setAccessibleName(tr("How the selected unit is made"))
        self.setToolTip(
            tr(
                "How the selected unit is made: each unit before it times its weight, and the "
                "bias, make its weighted sum z, and the activation makes of that what it gives. "
                "Esc lets go of the unit."
            )
        )
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._view = view
        self._frame: Frame | None = None
        self._place: Place | None = None
        self._sample: int | None = None
        self.making: Making | None = None  # what is shown; None while it is not seen
        self.making_layout: MakingLayout | None = None
        self._numbers = MakingNumbers((), "")
        self._strokes: list[int] = []  # the pens of weights and bias
        self._seen: object = None  # all that the strip is painted of
        self._look: Look | None = None
        self._labels = LabelPictures(MOST_NUMBERS)
        self._ground = QPixmap()
        self._ground_key: object = None
        self.hide()
        view.arranged.connect(self._arrange)

    def show_frame(self, frame: Frame) -> None:
        """Follow the numbers of a frame, which the diagram shows already."""
        before, self._frame = self._frame, frame
        if self.making is None or before is None or not _is_alike(before, frame):
            self._take()

    def show_selected(self, place: Place | None, sample: int | None) -> None:
        """Show how a unit is made, of a weight the unit that it leads into; None for none."""
        if (place, sample) != (self._place, self._sample):
            self._place, self._sample = place, sample
            self._take()

    def _take(self) -> None:
        """Take apart what is selected; be seen, or not."""
        frame, place = self._frame, self._place
        if frame is None or place is None or not _is_made(frame, place):
            self.making = self.making_layout = None
            self.hide()
            self._view.keep_free(0.0)
            return
        before, shown = self.making, self.making_layout
        values = self._view.sample_values.of(frame, self._sample)
        self.making = making_of(frame, (place.layer, place.unit), self._sample, values)
        if before is None or not _is_of_same_terms(before, self.making):
            shown = None
        self.making_layout = lay_out_making(
            base_rect(self._view).width(),
            self.making.weights,
            place.source,
            shown.shown if shown else (),
            has_curve=self.making.activation is not None,
        )
        words = making_words(frame.recipe, self.making, self.making_layout.shown)
        self.setAccessibleDescription(words)
        if self.isHidden():
            self._view.keep_free(MAKING_HEIGHT)
            self._settle()
            self.show()
            self.raise_()
        self._write(frame, self.making, self.making_layout)

    def _write(self, frame: Frame, making: Making, layout: MakingLayout) -> None:
        """Take over the numbers, and paint where any of what is seen is another."""
        self._numbers = making_numbers(making, layout.shown)
        self._strokes = strokes_of(making, layout)
        plot, sample = plot_of(making, layout), making.sample
        dot = None if plot is None or sample is None else plot.dot(sample.z, sample.a)
        of_numbers = self._numbers, self._strokes, dot
        of_pictures = self._place, layout, self._view.pictures, self._view.pictures.changes
        seen = (*of_numbers, *of_pictures, frame.recipe, frame.box)
        if seen != self._seen:
            self._seen = seen
            self.update()

    @Slot()
    def _arrange(self) -> None:
        """Follow the size of the diagram."""
        if not self.isHidden():
            self._settle()
            self._take()

    def _settle(self) -> None:
        height = min(px(MAKING_HEIGHT), self._view.height())
        top = self._view.height() - height
        self.setGeometry(QRect(0, top, self._view.width(), height))

    def _dress(self) -> None:
        """Take over the colours of the look in force."""
        if self._look != current_look():
            self._look = current_look()
            self._pens = Pens(self._look)
            self._labels.set_look(self._look)
            self._ground_key = None

    def _paint_ground(self, painter: QPainter, frame: Frame, making: Making) -> None:
        """Paint what stays: as a picture, until it is another."""
        assert self._look is not None
        assert self.making_layout is not None
        if is_on_paper():
            self._paint_anew(painter, frame, making, self.making_layout)
            return
        scale, recipe, has_sample = picture_scale(painter), frame.recipe, making.sample is not None
        key = (self.size(), scale, making.unit, self.making_layout.shown, has_sample)
        if (key, recipe) != self._ground_key:
            self._ground_key = (key, recipe)
            self._ground = QPixmap(self.size() * self.devicePixelRatioF())
            self._ground.setDevicePixelRatio(scale)
            inner = QPainter(self._ground)
            self._paint_anew(inner, frame, making, self.making_layout)
            inner.end()
        painter.drawPixmap(0, 0, self._ground)

    def _paint_anew(
        self, painter: QPainter, frame: Frame, making: Making, layout: MakingLayout
    ) -> None:
        assert self._look is not None
        room = base_rect(self)
        painter.fillRect(room, QColor(self._look.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        GroundPainter(painter, self._look).paint(room, frame.recipe, making, layout)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip."""
        painter = QPainter(self)
        frame, making, layout = self._frame, self.making, self.making_layout
        if frame is not None and making is not None and layout is not None:
            self._dress()
            assert self._look is not None
            paint_in_base_sizes(painter)
            self._paint_ground(painter, frame, making)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            source = self._place.source if self._place is not None else None
            pictures = self._look, self._view.pictures
            paint_pictures(painter, *pictures, making, layout, source)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            labels, numbers = self._labels, self._numbers
            paint_numbers(painter, self._pens, labels, self._strokes, numbers, layout)
            paint_sample(painter, self._look, labels, frame.recipe, making, numbers, layout)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Let the diagram below forget the pointer."""
        QApplication.sendEvent(self._view, QEvent(QEvent.Type.Leave))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep a press from what lies below."""
        event.accept()


def _is_alike(one: Frame, other: Frame) -> bool:
    """Tell whether two frames have the same network, pictures and samples."""
    has_same_numbers = np.array_equal(one.parameters, other.parameters, equal_nan=True)
    return has_same_numbers and one.recipe == other.recipe and one.box == other.box


def _is_made(frame: Frame, place: Place) -> bool:
    """Tell whether there is such a unit, and it is no input."""
    sizes, (layer, unit, source) = frame.recipe.sizes, place
    has_unit = 0 < layer < len(sizes) and unit < sizes[layer]
    return has_unit and (source is None or source < sizes[layer - 1])


def _is_of_same_terms(before: Making, making: Making) -> bool:
    """Tell whether it is the same unit, of as many units before it."""
    return before.unit == making.unit and len(before.weights) == len(making.weights)
