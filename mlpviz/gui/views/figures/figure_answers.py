"""The figures of the report's questions."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from mlpviz.engine import Array
from mlpviz.experiment.language import count_text, tr
from mlpviz.experiment.run.first_layer import first_lines
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box, data_box, surface_over
from mlpviz.experiment.run.history import thinned_curve
from mlpviz.experiment.writing.questions import FACTORS, MOVED
from mlpviz.experiment.writing.report import Answer
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.plots.surface import output_surface
from mlpviz.gui.plots.unit_tints import unit_tint
from mlpviz.gui.views.figures import paper_sizes as sizes
from mlpviz.gui.views.figures.figure_parts import (
    CENTRE,
    Axis,
    Chart,
    Stroke,
    draw_line_legend,
    draw_text,
    draw_title,
    epoch_axis,
    fitted_loss_axis,
    linear_axis,
    smooth_pen,
)
from mlpviz.gui.views.figures.figure_planes import (
    draw_class_legend,
    draw_plane,
    draw_rings,
    draw_samples,
    draw_segments,
    misclassified,
    plane_chart,
    square_at,
    truth_of,
)

ORIGIN = np.zeros((1, 2))
BARS = {"linear": LIGHT.seed, "xor": LIGHT.accent}  # by the points
RATES = {  # the loss at each learning rate, by its key
    "tenth": Stroke(LIGHT.seed, sizes.LINE),
    "same": Stroke(LIGHT.accent, sizes.LINE),
    "ten": Stroke(LIGHT.second_run, sizes.CURVE),
    "thirty": Stroke(LIGHT.stuck, sizes.STUCK_LINE),
}


def paint_activations(painter: QPainter, page: QRectF, answer: Answer) -> None:
    """Draw the one line that is left without activations, on both sets of points."""
    tried = [answer.of("line", data) for data in ("linear", "xor")]
    maps = [(t.frame, t.frame.box) for t in tried if t.frame is not None]
    first, second = _draw_maps(painter, page, maps)
    draw_title(painter, tr("One line"), first.area.left(), tried[0].trial.data_words)
    place = QPointF(second.area.left(), sizes.TITLE_BASE)
    draw_text(painter, place, tried[1].trial.data_words)


def paint_parameters(painter: QPainter, page: QRectF, answer: Answer) -> None:
    """Draw the moved points with biases and without, and the lines of the first layer."""
    frames = [answer.of(key, MOVED).frame for key in ("both", "no_biases")]
    maps = [(frame, _box_with_origin(frame.X)) for frame in frames if frame is not None]
    charts = _draw_maps(painter, page, maps)
    titles = (tr("With biases"), tr("Biases held at 0"))
    for chart, title, (frame, box) in zip(charts, titles, maps, strict=True):
        draw_title(painter, title, chart.area.left(), "")
        _draw_first_lines(chart, frame, box)
        _draw_origin(chart)


def _draw_maps(painter: QPainter, page: QRectF, maps: Sequence[tuple[Frame, Box]]) -> list[Chart]:
    """Draw outputs over boxes beside each other, with their 0.5 lines, the samples and a legend."""
    charts = []
    for number, (frame, box) in enumerate(maps):
        left = page.left() + sizes.PLANE_LEFT + number * (sizes.PLANE_SIDE + sizes.PLANE_GAP)
        chart = plane_chart(painter, square_at(page, left), box)
        surface = output_surface(surface_over(frame.recipe, frame.parameters, box), frame.recipe)
        draw_plane(painter, chart.area, surface)
        draw_segments(chart, *surface.lines(box))
        chart.draw_axes(shares_y=number > 0)
        draw_samples(chart, frame, truth_of(frame))
        draw_rings(chart, frame)
        charts.append(chart)
    frames = [frame for frame, _ in maps]
    draw_class_legend(painter, page, frames[0].recipe, *misclassified(*frames))
    return charts


def _box_with_origin(X: Array) -> Box:
    """Return a square box around samples, (samples, 2), and the origin."""
    box = data_box(np.concatenate((X, ORIGIN)))
    half = 0.5 * max(box.right - box.left, box.top - box.bottom)
    x, y = 0.5 * (box.left + box.right), 0.5 * (box.bottom + box.top)
    return Box(x - half, y - half, x + half, y + half)


def _draw_first_lines(chart: Chart, frame: Frame, box: Box) -> None:
    """Draw the lines of the first layer as the map does: each in the colour of its unit."""
    painter = chart.painter
    units, lines = first_lines(frame, box)
    x, y = chart.places(lines[..., 0], lines[..., 1])
    for unit, (x1, x2), (y1, y2) in zip(units.tolist(), x.tolist(), y.tolist(), strict=True):
        colour = unit_tint(LIGHT, frame.recipe, (1, unit)) or LIGHT.quiet
        rim = (LIGHT.middle, sizes.UNIT_LINE + 2.0 * sizes.UNIT_RIM)
        for pen in (rim, (colour, sizes.UNIT_LINE)):
            painter.setPen(smooth_pen(*pen))
            painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))


def _draw_origin(chart: Chart) -> None:
    """Draw a cross at x₁ = x₂ = 0."""
    x, y = (float(part[0]) for part in chart.places(ORIGIN[:, 0], ORIGIN[:, 1]))
    chart.painter.setPen(smooth_pen(LIGHT.text, sizes.LINE))
    arm = sizes.ORIGIN
    chart.painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
    chart.painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))


def paint_learning_rates(painter: QPainter, page: QRectF, answer: Answer) -> None:
    """Draw how many seeds learn at each learning rate, and the loss of one seed at each."""
    height = page.height() - sizes.TOP - sizes.BOTTOM - sizes.LEGEND
    left = page.left() + sizes.LEFT_EDGE
    bars = QRectF(left, page.top() + sizes.TOP, sizes.BARS_WIDTH, height)
    right = bars.right() + sizes.BARS_GAP
    curves = QRectF(right, bars.top(), page.right() - sizes.RIGHT_EDGE - right, height)
    _draw_bars(painter, bars, answer)
    _draw_losses(painter, curves, answer)
    foot = (page.top(), page.height())
    names = {data: answer.of("same", data).trial.data_words for data in BARS}
    legend = [(names[data], Stroke(colour, sizes.BAR_SWATCH)) for data, colour in BARS.items()]
    draw_line_legend(painter, QRectF(bars.left(), foot[0], bars.width(), foot[1]), legend)
    rates = [(_rate(answer, key), stroke) for key, stroke in RATES.items()]
    draw_line_legend(painter, QRectF(curves.left(), foot[0], curves.width(), foot[1]), rates)


def _rate(answer: Answer, key: str) -> str:
    return f"{answer.of(key, 'xor').trial.recipe.learning_rate:g}"


def _draw_bars(painter: QPainter, area: QRectF, answer: Answer) -> None:
    """Draw a bar for each learning rate and each set of points."""
    draw_title(painter, tr("Seeds that learn"), area.left(), tr("100 %, paler above 90 %"))
    ticks = tuple((i + 0.5, _rate(answer, key)) for i, key in enumerate(FACTORS))
    x = Axis(tr("learning rate"), 0.0, float(len(FACTORS)), ticks)
    chart = Chart(painter, area, x, linear_axis(tr("seeds in %"), 0.0, 112.0))
    chart.draw_axes()
    for i, key in enumerate(FACTORS):
        for j, (data, colour) in enumerate(BARS.items()):
            study = answer.of(key, data).study
            start = i + 0.5 + (j - 1) * sizes.BAR_SHARE
            pale = QColor(colour)
            pale.setAlphaF(sizes.BAR_OPACITY)
            top = _draw_bar(chart, start, 100.0 * float(study.above_90.mean()), pale)
            _draw_bar(chart, start, 100.0 * float(study.learned.mean()), QColor(colour))
            number = count_text(int(study.learned.sum()))
            place = QPointF(top.center().x(), top.top() - sizes.BAR_NUMBER)
            draw_text(painter, place, number, align=CENTRE, colour=LIGHT.text)


def _draw_bar(chart: Chart, start: float, height: float, colour: QColor) -> QRectF:
    """Fill a bar from 0 to a height in the numbers of the axes; return where it is."""
    x, y = chart.places(np.array([start, start + sizes.BAR_SHARE]), np.array([0.0, height]))
    bar = QRectF(QPointF(float(x[0]), float(y[1])), QPointF(float(x[1]), float(y[0])))
    chart.painter.fillRect(bar, colour)
    return bar


def _draw_losses(painter: QPainter, area: QRectF, answer: Answer) -> None:
    """Draw the loss on `xor` from one seed at each learning rate."""
    found = {key: answer.of(key, "xor").frame for key in FACTORS}
    frames = {key: frame for key, frame in found.items() if frame is not None}
    curves = {key: thinned_curve(frame.curve) for key, frame in frames.items()}
    losses = np.concatenate([part for _, low, high in curves.values() for part in (low, high)])
    last = frames["same"].epoch
    chart = Chart(painter, area, epoch_axis(last), fitted_loss_axis(losses))
    seed = frames["same"].recipe.weight_seed
    what = tr("weight seed {seed}", seed=seed)
    draw_title(painter, tr("Loss on xor"), area.left(), what)
    chart.draw_axes()
    for key in reversed(RATES):  # the wildest first, below the others
        epochs, low, high = curves[key]
        stroke = RATES[key]
        epochs = np.minimum(epochs, last)
        chart.draw_band(epochs, low, high, QColor(stroke.colour), stroke.width)
