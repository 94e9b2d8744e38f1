"""The colour scale beside the decision boundary."""

import math
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from mlpviz.engine import Array
from mlpviz.experiment.language import tr
from mlpviz.experiment.words.formats import short_text
from mlpviz.gui.look import sizes
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.palette import LEVELS, ClassTable, ColourTable, Scale, ramp_index
from mlpviz.gui.look.sizes import HAIRLINE, SMALL, SPACE
from mlpviz.gui.look.sizing import base_rect, fix, paint_in_base_sizes, px
from mlpviz.gui.plots.class_names import CLASS_GLYPHS


class Shades(NamedTuple):
    """Which colours the bar has.

    Parameters
    ----------
    name : of what is shown
    is_flat : whether there is one colour per class, whatever the numbers
    number : the class that the colours are of; None for those of both signs
    classes : how many classes are shown beside each other; 0 where it is one scale
    """

    name: str
    is_flat: bool = False
    number: int | None = None
    classes: int = 0


class ColourBar(QWidget):
    """Draws the colours from the low to the high end, and what they leave out.

    Of several classes it shows a piece for each, the paler the less certain.

    A triangle beyond an end says that the surface holds values beyond it; a hatched cell stands
    for "not a number" when there are such.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("colour_bar")
        self.setAccessibleName(tr("Colour scale of the output"))
        fix(self, width=sizes.COLOUR_BAR)
        self._scale = Scale(0.0, 1.0)
        self._colours = Shades("ŷ")
        self._is_below = self._is_above = self._has_nan = False
        self.set_look(current_look())

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self._table, self._class_table = ColourTable(look), ClassTable(look)
        self.update()

    def show_scale(
        self,
        scale: Scale,
        surface: Array,
        name: str = "ŷ",
        *,
        is_flat: bool = False,
        number: int | None = None,
    ) -> None:
        """Show a scale, and what of a surface lies beyond it.

        Parameters
        ----------
        name : of what is shown
        is_flat : whether it has only two colours, one per class
        number : the class whose colour it has; None for the colours of both signs
        """
        low, high = float(surface.min()), float(surface.max())  # NaN where one is
        has_nan = not (math.isfinite(low) and math.isfinite(high))
        if has_nan:
            finite = surface[np.isfinite(surface)]
            low, high = float(finite.min(initial=np.inf)), float(finite.max(initial=-np.inf))
        low_words, high_words = short_text(scale.low), short_text(scale.high)
        words = tr("from {low} to {high}", low=low_words, high=high_words)
        beyond = (low < scale.low, high > scale.high, has_nan)
        self._take(Shades(name, is_flat, number), scale, beyond, words)

    def show_classes(self, count: int, *, has_nan: bool, is_flat: bool) -> None:
        """Show the colours of so many classes, the paler the less certain, from 1/K to 1.

        Parameters
        ----------
        is_flat : whether each has but one
        """
        last = count - 1
        words = tr(
            "classes 0 to {last}, paler where less certain: from 1/{count} to 1",
            last=last,
            count=count,
        )
        if is_flat:
            words = tr("classes 0 to {last}", last=last)
        colours = Shades(tr("class"), is_flat, None, count)
        self._take(colours, Scale(1.0 / count, 1.0), (False, False, has_nan), words)

    def _take(
        self, colours: Shades, scale: Scale, beyond: tuple[bool, bool, bool], words: str
    ) -> None:
        before = (self._colours, self._scale, self._is_below, self._is_above, self._has_nan)
        if (colours, scale, *beyond) == before:
            return
        self._colours, self._scale = colours, scale
        self._is_below, self._is_above, self._has_nan = beyond
        nan = [tr("some values are not a number")] if self._has_nan else []
        self.setAccessibleDescription(", ".join([words, *nan]))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a fixed width."""
        return QSize(px(sizes.COLOUR_BAR), px(sizes.COLOUR_BAR_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw everything."""
        painter = QPainter(self)
        paint_in_base_sizes(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(ui_font(SMALL))
        top, bottom = sizes.COLOUR_BAR_TOP, sizes.COLOUR_BAR_BOTTOM
        height = base_rect(self).height() - top - bottom
        bar = QRectF(HAIRLINE / 2, top, sizes.COLOUR_BAR_STRIP, height)
        self._draw_name(painter, bar)
        if self._colours.classes:
            self._draw_classes(painter, bar)
        else:
            painter.drawImage(bar, self._strip())
            painter.setPen(QPen(QColor(self._look.line), HAIRLINE))
            painter.drawRect(bar)
            self._draw_ticks(painter, bar, (0.0, 0.5, 1.0))
        self._draw_beyond(painter, bar)
        if self._has_nan:
            self._draw_nan(painter, bar)

    def _strip(self) -> QImage:
        """Make the colours of the scale, the high end first."""
        if self._colours.number is not None:
            ramp = np.linspace(1.0, 0.0, LEVELS)[:, np.newaxis]
            return self._class_table.image(ramp_index(ramp, self._colours.number))
        downwards = np.arange(LEVELS - 1, -1, -1, dtype=np.uint8)[:, np.newaxis]
        if self._colours.is_flat:
            downwards = np.where(downwards > LEVELS // 2, np.uint8(LEVELS - 1), np.uint8(0))
        return self._table.image(downwards)

    def _draw_classes(self, painter: QPainter, bar: QRectF) -> None:
        """Draw a piece of the bar for each class, the first at the bottom."""
        count = self._colours.classes
        height = (bar.height() + SPACE) / count - SPACE
        for number in range(count):
            top = bar.bottom() - (number + 1) * (height + SPACE) + SPACE
            piece = QRectF(bar.left(), top, bar.width(), height)
            ramp = np.linspace(1.0, 1.0 if self._colours.is_flat else 0.0, LEVELS)[:, np.newaxis]
            painter.drawImage(piece, self._class_table.image(ramp_index(ramp, number)))
            painter.setPen(QPen(QColor(self._look.line), HAIRLINE))
            painter.drawRect(piece)
            painter.setPen(QColor(self._look.quiet))
            room = QRectF(bar.right() + SPACE, top, sizes.COLOUR_BAR, height)
            text = f"{CLASS_GLYPHS[number]} {number}"
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
            if number == count - 1 and not self._colours.is_flat and height >= sizes.LEAST_TICKED:
                self._draw_ticks(painter, piece, (0.0, 1.0))  # they hold for all

    def _draw_ticks(self, painter: QPainter, bar: QRectF, shares: tuple[float, ...]) -> None:
        painter.setPen(QColor(self._look.quiet))
        width = sizes.COLOUR_BAR - sizes.COLOUR_BAR_STRIP - SPACE
        digits = 2 if self._colours.classes else 4  # not all ends are round
        for share in shares:
            value = self._scale.low + share * (self._scale.high - self._scale.low)
            y = bar.bottom() - share * bar.height()
            room = QRectF(bar.right() + SPACE, y - sizes.BAR_ROW / 2, width, sizes.BAR_ROW)
            text = short_text(float(f"{value:.{digits}g}"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_name(self, painter: QPainter, bar: QRectF) -> None:
        painter.setPen(QColor(self._look.quiet))
        room = QRectF(bar.right() + SPACE, 0, sizes.COLOUR_BAR, sizes.BAR_NAME_ROW)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._colours.name)

    def _draw_beyond(self, painter: QPainter, bar: QRectF) -> None:
        centre, half = bar.center().x(), sizes.BEYOND_HALF
        painter.setBrush(QColor(self._look.text))
        painter.setPen(Qt.PenStyle.NoPen)
        for is_beyond, base, tip in (
            (self._is_above, bar.top() - sizes.BEYOND_GAP, bar.top() - sizes.BEYOND_TIP),
            (self._is_below, bar.bottom() + sizes.BEYOND_GAP, bar.bottom() + sizes.BEYOND_TIP),
        ):
            if is_beyond:
                corners = [QPointF(centre - half, base), QPointF(centre + half, base)]
                painter.drawPolygon(QPolygonF([*corners, QPointF(centre, tip)]))

    def _draw_nan(self, painter: QPainter, bar: QRectF) -> None:
        side = sizes.COLOUR_BAR_STRIP
        cell = QRectF(bar.left(), bar.bottom() + sizes.NAN_GAP, side, side)
        painter.fillRect(cell, QColor(self._look.middle))
        painter.setPen(QPen(QColor(self._look.line), HAIRLINE))
        painter.setBrush(QBrush(QColor(self._look.hatch), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(cell)
        painter.setPen(QColor(self._look.quiet))
        room = QRectF(
            cell.right() + SPACE, cell.top() - sizes.NAN_RISE, sizes.COLOUR_BAR, sizes.BAR_ROW
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, tr("NaN"))
