"""The legend of the many lines: colour and dashes, with the counts."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mlpviz.experiment.language import tr
from mlpviz.experiment.study.seed_study import SeedStudy
from mlpviz.experiment.words.formats import loss_text
from mlpviz.experiment.writing.study_words import learned_count_words, stuck_count_words
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
        self._study: SeedStudy | None = None

    def show_study(self, study: SeedStudy) -> None:
        """Say how many lines there are of each kind; of numbers as targets, the median loss."""
        self._study = study
        self.setAccessibleDescription(", ".join(words for words, _ in self._entries()))
        self.update()

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self.update()

    def _entries(self) -> Iterator[tuple[str, QPen]]:
        look, study = self._look, self._study
        if study is None:
            return
        plain = QPen(QColor(look.seed), SWATCH_LINE)
        median = QPen(QColor(look.accent), MEDIAN_SWATCH)
        if study.recipe.is_regression:
            loss = loss_text(float(study.quartiles()[1, -1]))
            yield tr("seeds"), plain
            yield tr("median {loss}, quartiles", loss=loss), median
            return
        yield learned_count_words(study), plain
        yield stuck_count_words(study), QPen(QColor(look.stuck), SWATCH_LINE, Qt.PenStyle.DashLine)
        yield tr("median, quartiles"), median

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
