"""The figures of the input plane: samples, decision surface, and the surfaces of all seeds."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlpviz.engine import Array
from mlpviz.engine.training import correct_samples
from mlpviz.experiment.formats import short_text
from mlpviz.experiment.frame import Frame
from mlpviz.experiment.pictures import Box
from mlpviz.experiment.report import Chapter
from mlpviz.experiment.seeds import surface_thumbnails
from mlpviz.gui.contour import contour_segments
from mlpviz.gui.figure_parts import (
    BOTTOM,
    CENTRE,
    HAIRLINE,
    TITLE_BASE,
    TOP,
    Chart,
    Mark,
    draw_hatching,
    draw_marks,
    draw_text,
    draw_title,
    linear_axis,
    smooth_pen,
    text_width,
)
from mlpviz.gui.palette import LEVELS, ColourTable, Scale, output_scale, to_index
from mlpviz.gui.theme import LIGHT
from mlpviz.gui.value_points import bucket_colours, buckets

MAX_MARKS = 2000  # more are a cloud that hides what is below
CROWD = 300  # so many are drawn smaller
BOUNDARY_LEVEL = 0.5

BAR_GAP, BAR_WIDTH, BAR_WORDS = 10.0, 12.0, 5.0
LEGEND_BASE = 12.0  # of the legend, from the bottom
PLANE_LEFT, PLANE_SIDE, PLANE_GAP = 54.0, 232.0, 16.0
PLANE_HEIGHT = TOP + PLANE_SIDE + BOTTOM + 22.0  # with room for the legend

THUMBNAIL, THUMBNAIL_PITCH, ROW_PITCH = 31.0, 36.0, 52.0
STRIP_COLUMNS, STRIP_MARGIN = 25, 12.0
STRIP_WIDTH = 920.0

Flags = NDArray[np.bool]


def _plane(painter: QPainter, area: QRectF, box: Box) -> Chart:
    x1 = linear_axis("x₁", box.left, box.right)
    return Chart(painter, area, x1, linear_axis("x₂", box.bottom, box.top))


def _square(page: QRectF, left: float) -> QRectF:
    return QRectF(left, page.top() + TOP, PLANE_SIDE, PLANE_SIDE)


def _drawn(count: int) -> NDArray[np.intp]:
    """Choose the samples to draw: all of them, or evenly spread ones."""
    return np.unique(np.linspace(0, count - 1, min(count, MAX_MARKS)).astype(np.intp))


def _marks(count: int) -> dict[str, Mark]:
    """Return the marks by what they say, in the order in which they are drawn."""
    radius, pen = (2.0, 0.5) if count > CROWD else (4.4, 1.0)
    return {
        "class 0": Mark("circle", radius, LIGHT.class_0, pen),
        "class 1": Mark("square", 0.9 * radius, LIGHT.class_1, pen),
        "misclassified": Mark("ring", 1.8 * radius, "", 1.4 * pen),
        "not a number": Mark("cross", 0.8 * radius, "", 1.2 * pen),
    }


def _meanings(outputs: Array, targets: Array) -> dict[str, Flags]:
    """Tell which samples get which mark."""
    finite = np.isfinite(outputs)
    return {
        "class 0": finite & ~(outputs > 0.5),
        "class 1": finite & (outputs > 0.5),
        "misclassified": finite & ~correct_samples(outputs, targets),
        "not a number": ~finite,
    }


def _draw_values(chart: Chart, frame: Frame, values: Array) -> None:
    """Draw samples in the colours of their numbers, on the scale of the surface."""
    shown = _drawn(len(frame.X))
    X, mark = frame.X[shown], _marks(len(shown))["class 0"]
    found = buckets(values[shown], output_scale(frame.surface, frame.recipe))
    for number, colour in enumerate(bucket_colours(LIGHT)):
        chosen = found == number
        chart.draw_points(X[chosen, 0], X[chosen, 1], replace(mark, fill=colour))


def _draw_samples(chart: Chart, frame: Frame, outputs: Array) -> None:
    if frame.recipe.is_regression:
        _draw_values(chart, frame, outputs)
        return
    shown = _drawn(len(frame.X))
    X, marks = frame.X[shown], _marks(len(shown))
    for words, chosen in _meanings(outputs[shown], frame.Y[shown]).items():
        if chosen.any():
            chart.draw_points(X[chosen, 0], X[chosen, 1], marks[words])


def _draw_legend(painter: QPainter, page: QRectF, meanings: dict[str, Flags]) -> None:
    """Explain both classes, and what other marks are used, in the middle of the figure's foot."""
    used = [words for words, chosen in meanings.items() if chosen.any()]
    names = list(dict.fromkeys(("class 0", "class 1", *used)))
    widths = [text_width(name) + 38.0 for name in names]
    x, y = page.center().x() - sum(widths) / 2.0, page.bottom() - LEGEND_BASE
    for name, width in zip(names, widths, strict=True):
        draw_marks(painter, _marks(0)[name], [(x + 9.0, y - 4.0)])
        draw_text(painter, QPointF(x + 22.0, y), name)
        x += width


def paint_predictions(painter: QPainter, page: QRectF, chapter: Chapter) -> None:
    """Draw the samples by their class, and beside it by the class that the network predicts."""
    frame = chapter.frame
    left = page.left() + PLANE_LEFT
    right = left + PLANE_SIDE + PLANE_GAP
    draw_title(painter, chapter.title, left, "ground truth")
    draw_text(painter, QPointF(right, TITLE_BASE), "prediction")
    for start, outputs in ((left, frame.Y), (right, frame.predictions)):
        chart = _plane(painter, _square(page, start), frame.box)
        chart.draw_axes(shares_y=start == right)
        _draw_samples(chart, frame, outputs)
    if not frame.recipe.is_regression:
        _draw_legend(painter, page, _meanings(frame.predictions, frame.Y))


def paint_surface(painter: QPainter, page: QRectF, chapter: Chapter) -> None:
    """Draw the output over the plane, its 0.5 line, the samples and the colour scale."""
    frame = chapter.frame
    chart = _plane(painter, _square(page, page.left() + PLANE_LEFT), frame.surface_box)
    scale = output_scale(frame.surface, frame.recipe)
    draw_title(painter, chapter.title, chart.area.left(), "decision surface")
    _draw_plane_of(painter, chart.area, frame.surface, scale)
    if not frame.recipe.is_regression:
        _draw_boundary(chart, frame)
    chart.draw_axes()
    _draw_samples(chart, frame, frame.Y)
    if not frame.recipe.is_regression:
        _draw_rings(chart, frame)
        wrong = _meanings(frame.predictions, frame.Y)["misclassified"]
        _draw_legend(painter, page, {"misclassified": wrong})
    bar = QRectF(chart.area.right() + BAR_GAP, chart.area.top(), BAR_WIDTH, PLANE_SIDE)
    _draw_bar(painter, bar, scale, frame.surface)


def _draw_plane_of(painter: QPainter, area: QRectF, surface: Array, scale: Scale) -> None:
    if not np.isfinite(surface).all():
        draw_hatching(painter, area)
    # Rows go upwards, those of an image downwards.
    image = ColourTable(LIGHT).image(to_index(surface, scale)[::-1])
    painter.drawImage(area, image)


def _draw_boundary(chart: Chart, frame: Frame) -> None:
    box, surface = frame.surface_box, frame.surface
    ends = contour_segments(surface, BOUNDARY_LEVEL).reshape(-1, 2)
    rows, columns = surface.shape
    # Grid points are the centres of the cells, half a cell inside the box.
    x = box.left + (ends[:, 0] + 0.5) / columns * (box.right - box.left)
    y = box.bottom + (ends[:, 1] + 0.5) / rows * (box.top - box.bottom)
    places = np.stack(chart.places(x, y), axis=1).reshape(-1, 2, 2)
    chart.painter.setPen(smooth_pen(LIGHT.boundary, 1.6))
    for (x1, y1), (x2, y2) in places.tolist():
        chart.painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))


def _draw_rings(chart: Chart, frame: Frame) -> None:
    shown = _drawn(len(frame.X))
    wrong = _meanings(frame.predictions[shown], frame.Y[shown])["misclassified"]
    X = frame.X[shown][wrong]
    chart.draw_points(X[:, 0], X[:, 1], _marks(len(shown))["misclassified"])


def _draw_bar(painter: QPainter, bar: QRectF, scale: Scale, surface: Array) -> None:
    """Draw the colours of the surface with their numbers."""
    has_numbers = bool(np.isfinite(surface).any())
    if not np.isfinite(surface).all():
        key = QRectF(bar.left(), bar.bottom() - 18.0, bar.width(), 18.0)
        draw_hatching(painter, key)
        _frame_of(painter, key)
        draw_text(painter, QPointF(key.right() + BAR_WORDS, key.center().y() + 4.0), "not a")
        draw_text(painter, QPointF(key.right() + BAR_WORDS, key.center().y() + 17.0), "number")
        bar = bar.adjusted(0.0, 0.0, 0.0, -36.0)
    if not has_numbers:
        return
    strip = np.arange(LEVELS - 1, -1, -1, dtype=np.uint8)[:, np.newaxis]
    painter.drawImage(bar, ColourTable(LIGHT).image(strip))
    _frame_of(painter, bar)
    for share, value in ((0.0, scale.high), (0.5, scale.centre), (1.0, scale.low)):
        place = QPointF(bar.right() + BAR_WORDS, bar.top() + share * bar.height() + 4.0)
        draw_text(painter, place, short_text(value))
    draw_text(painter, QPointF(bar.center().x(), bar.top() - 8.0), "ŷ", align=CENTRE)


def _frame_of(painter: QPainter, area: QRectF, colour: str = LIGHT.hatch, width: float = 1) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), width))
    painter.drawRect(area)


# All seeds


def strip_size(chapter: Chapter) -> tuple[float, float]:
    """Return the size of the strip, by the number of its seeds."""
    rows = math.ceil(len(chapter.study.seeds) / STRIP_COLUMNS)
    return STRIP_WIDTH, TOP + rows * ROW_PITCH


def paint_seed_surfaces(painter: QPainter, page: QRectF, chapter: Chapter) -> None:
    """Draw the final surface of each seed, with a frame around those that did not learn."""
    study = chapter.study
    surfaces = surface_thumbnails(study)
    scale = output_scale(surfaces, study.recipe)
    left = page.left() + STRIP_MARGIN
    draw_title(painter, chapter.title, left, f"decision surfaces of {len(study.seeds)} seeds")
    for i, (seed, surface) in enumerate(zip(study.seeds, surfaces, strict=True)):
        row, column = divmod(i, STRIP_COLUMNS)
        x, y = left + column * THUMBNAIL_PITCH, page.top() + TOP + row * ROW_PITCH
        area = QRectF(x, y, THUMBNAIL, THUMBNAIL)
        _draw_plane_of(painter, area, surface, scale)
        learned = study.recipe.is_regression or bool(study.learned[i])
        _frame_of(painter, area, *((LIGHT.line, HAIRLINE) if learned else (LIGHT.outline, 2.0)))
        place = QPointF(area.center().x(), area.bottom() + 13.0)
        colour = LIGHT.quiet if learned else LIGHT.text
        draw_text(painter, place, str(seed), align=CENTRE, bold=not learned, colour=colour)
