"""The legend of the many lines: colour and dashes, with the counts."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.words.formats import loss_text
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import (
    GAP,
    MEDIAN_SWATCH,
    SEEDS_LEGEND,
    SMALL,
    SPACE,
    SWATCH,
    SWATCH_LINE,
)
from mlpviz.gui.look.sizing import fix, paint_in_base_sizes


class SeedsLegend(QWidget):
    """Says what the lines mean; empty before there are any."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("seeds_legend")
        self.setAccessibleName(tr("Legend"))
        fix(self, height=SEEDS_LEGEND)
        self._look = current_look()
        self._counts: tuple[int, int] | None = None
        self._median = ""  # the final loss in words, where no line is all right

    def show_counts(self, learned: int, others: int) -> None:
        """Say how many lines there are of each kind."""
        self._counts, self._median = (learned, others), ""
        self._describe()

    def show_median(self, loss: float) -> None:
        """Say the median of the final losses, where there are no classes to get right."""
        self._median = tr("median {loss}, quartiles", loss=loss_text(loss))
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleDescription(", ".join(words for words, _ in self._entries()))
        self.update()

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self.update()

    def _entries(self) -> Iterator[tuple[str, QPen]]:
        look, style = self._look, Qt.PenStyle
        if self._median:
            yield tr("seeds"), QPen(QColor(look.ghost), SWATCH_LINE)
            yield self._median, QPen(QColor(look.accent), MEDIAN_SWATCH)
            return
        if self._counts is None:
            return
        learned, others = self._counts
        yield (
            tr_plural("{count} all right", "{count} all right", learned),
            QPen(QColor(look.ghost), SWATCH_LINE),
        )
        yield (
            tr_plural("{count} not", "{count} not", others),
            QPen(QColor(look.warning), SWATCH_LINE, style.DashLine),
        )
        yield tr("median, quartiles"), QPen(QColor(look.accent), MEDIAN_SWATCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a piece of line and its words, one after the other."""
        painter = QPainter(self)
        paint_in_base_sizes(painter)
        painter.setFont(ui_font(SMALL))
        metrics = painter.fontMetrics()
        x, middle = 0.0, SEEDS_LEGEND / 2
        baseline = middle + (metrics.ascent() - metrics.descent()) / 2
        for words, pen in self._entries():
            painter.setPen(pen)
            painter.drawLine(QPointF(x, middle), QPointF(x + SWATCH, middle))
            painter.setPen(QColor(self._look.quiet))
            painter.drawText(QPointF(x + SWATCH + SPACE, baseline), words)
            x += SWATCH + SPACE + metrics.horizontalAdvance(words) + 2 * GAP
