"""The figures of losses: of the single run, and of all seeds."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.run.history import thinned_curve
from mlpviz.experiment.study.seed_study import SeedStudy
from mlpviz.experiment.words.formats import epoch_text
from mlpviz.experiment.writing.report import Chapter
from mlpviz.experiment.writing.study_words import learned_count_words, stuck_count_words
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.views.figures import paper_sizes as sizes
from mlpviz.gui.views.figures.figure_parts import (
    RIGHT,
    Chart,
    Stroke,
    draw_line_legend,
    draw_text,
    draw_title,
    epoch_axis,
    fitted_loss_axis,
    loss_axis,
    smooth_pen,
)

FAN_POINTS = 256  # of each thin line of the seeds
BAND_OPACITY = 0.16
SEED = Stroke(LIGHT.seed, sizes.SEED_LINE)
STUCK = Stroke(LIGHT.stuck, sizes.STUCK_LINE, is_dashed=True)
MEDIAN = Stroke(LIGHT.accent, sizes.LINE)


def chart_area(page: QRectF) -> QRectF:
    """Return where on a page the chart lies."""
    return page.adjusted(sizes.LEFT_EDGE, sizes.TOP, -sizes.RIGHT_EDGE, -sizes.BOTTOM)


def paint_learning_curve(painter: QPainter, page: QRectF, chapter: Chapter) -> None:
    """Draw the loss of the single run, between the lowest and the highest of some epochs."""
    frame = chapter.frame
    epochs, low, high = thinned_curve(frame.curve)
    chart = Chart(
        painter, chart_area(page), epoch_axis(frame.epoch), loss_axis(np.append(low, high))
    )
    draw_title(painter, chapter.title, chart.area.left(), tr("learning curve"))
    chart.draw_axes()
    epochs = np.minimum(epochs, frame.epoch)
    chart.draw_band(epochs, low, high, QColor(LIGHT.accent), sizes.CURVE)
    broken = frame.curve.first_nonfinite_epoch
    if broken is not None:
        _draw_break(chart, broken, frame.epoch)


def _draw_break(chart: Chart, epoch: int, last: int) -> None:
    """Mark the first epoch without a loss that is a number."""
    painter, area = chart.painter, chart.area
    x = area.left() + epoch / max(1, last) * area.width()
    pen = smooth_pen(LIGHT.warning, sizes.BREAK)
    pen.setDashPattern([3.0, 3.0])
    painter.setPen(pen)
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    words = tr("not finite from epoch {epoch} on", epoch=epoch_text(epoch))
    is_left = x < area.center().x()
    aside = sizes.NOTE_GAP if is_left else -sizes.NOTE_GAP
    place = QPointF(x + aside, area.top() + sizes.NOTE_DOWN)
    draw_text(painter, place, words, colour=LIGHT.warning, align=0.0 if is_left else RIGHT)


def _seed_entries(study: SeedStudy) -> list[tuple[str, Stroke]]:
    """Say what the lines mean, in the words of the window."""
    median = (tr("median, quartiles"), MEDIAN)
    if study.recipe.is_regression:
        return [(tr("seeds"), SEED), median]
    return [(learned_count_words(study), SEED), (stuck_count_words(study), STUCK), median]


def paint_seeds(painter: QPainter, page: QRectF, chapter: Chapter) -> None:
    """Draw the losses of all seeds, their median, and what lies between the quartiles."""
    study = chapter.study
    epochs = study.epochs.astype(np.float64)
    axis = fitted_loss_axis(study.losses)
    above_legend = page.adjusted(0.0, 0.0, 0.0, -sizes.LEGEND)
    chart = Chart(painter, chart_area(above_legend), epoch_axis(int(epochs[-1])), axis)
    count = len(study.seeds)
    what = tr_plural(
        "{count} seed, median and quartiles", "{count} seeds, median and quartiles", count
    )
    draw_title(painter, chapter.title, chart.area.left(), what)
    chart.draw_axes()
    band = QColor(LIGHT.accent)
    band.setAlphaF(BAND_OPACITY)
    low, high = study.middle_half()
    chart.draw_band(epochs, low, high, band, 0.0)
    every = -(-len(epochs) // FAN_POINTS)
    fan = study.losses[::every].T
    for line, chosen in ((SEED, ~study.stuck), (STUCK, study.stuck)):
        for losses in fan[chosen]:
            chart.draw_line((epochs[::every], losses), line)
    chart.draw_line((epochs, study.quartiles()[1]), MEDIAN)
    draw_line_legend(painter, page, _seed_entries(study))
    broken = int(study.nonfinite_counts[-1])
    if broken:
        words = tr_plural(
            "{broken} of {count} loss is not finite at the end",
            "{broken} of {count} losses are not finite at the end",
            count,
            broken=broken,
        )
        place = QPointF(chart.area.right() - sizes.INSIDE, chart.area.top() + sizes.NOTE_DOWN)
        draw_text(painter, place, words, colour=LIGHT.warning, align=RIGHT)
