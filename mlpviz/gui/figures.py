"""The figures of a report, one function each, for PNG and SVG alike.

A figure is painted in points of its size, in the light theme. It needs a QGuiApplication with the
font loaded, but neither a window nor a display, and may be painted on any thread.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPaintDevice, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator

from mlpviz.engine import Array
from mlpviz.engine.training import correct_samples
from mlpviz.experiment.formats import epoch_text, short_text
from mlpviz.experiment.frame import Box, Frame
from mlpviz.experiment.report import Chapter
from mlpviz.experiment.seeds import surface_thumbnails
from mlpviz.gui.contour import contour_segments
from mlpviz.gui.figure_parts import (
    CENTRE,
    HAIRLINE,
    RIGHT,
    Chart,
    Mark,
    draw_hatching,
    draw_marks,
    draw_text,
    elided,
    epoch_axis,
    linear_axis,
    loss_axis,
    smooth_pen,
    text_width,
)
from mlpviz.gui.loss_view import thinned
from mlpviz.gui.palette import LEVELS, ColourTable, Scale, output_scale, to_index
from mlpviz.gui.theme import LIGHT
from mlpviz.gui.value_points import bucket_colours, buckets

SHARPNESS = 2  # pixels per point of a PNG
DOTS_PER_INCH = 96  # makes a point of an SVG a pixel
MAX_MARKS = 2000  # more are a cloud that hides what is below
CROWD = 300  # so many are drawn smaller
FAN_POINTS = 256  # of each thin line of the seeds
BOUNDARY_LEVEL = 0.5

TITLE_BASE = 20.0  # of the title, from the top
TOP, BOTTOM, LEFT_EDGE, RIGHT_EDGE = 36.0, 44.0, 62.0, 24.0
TITLE_WIDTH = 200.0  # a longer title is cut
BAR_GAP, BAR_WIDTH, BAR_WORDS = 10.0, 12.0, 5.0
LEGEND_BASE = 12.0  # of the legend, from the bottom
PLANE_LEFT, PLANE_SIDE, PLANE_GAP = 54.0, 232.0, 16.0
PLANE_HEIGHT = TOP + PLANE_SIDE + BOTTOM + 22.0  # with room for the legend

THUMBNAIL, THUMBNAIL_PITCH, ROW_PITCH = 31.0, 36.0, 52.0
STRIP_COLUMNS, STRIP_MARGIN = 25, 12.0
STRIP_WIDTH = 920.0

Flags = NDArray[np.bool]


@dataclass(frozen=True, slots=True)
class Figure:
    """How large a figure is, in points, and how it is painted."""

    size: Callable[[Chapter], tuple[float, float]]
    paint: Callable[[QPainter, QRectF, Chapter], None]


def png(figure: Figure, chapter: Chapter) -> bytes:
    """Draw a figure as a PNG."""
    width, height = figure.size(chapter)
    image = QImage(QSize(round(width), round(height)) * SHARPNESS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARPNESS)
    # So that paper and other programs show it in its size.
    image.setDotsPerMeterX(round(SHARPNESS * DOTS_PER_INCH / 0.0254))
    image.setDotsPerMeterY(round(SHARPNESS * DOTS_PER_INCH / 0.0254))
    _paint(image, QRectF(0.0, 0.0, width, height), figure, chapter)
    content, buffer = _buffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants str
    return bytes(content.data())


def svg(figure: Figure, chapter: Chapter) -> bytes:
    """Draw a figure as an SVG."""
    width, height = figure.size(chapter)
    content, buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(DOTS_PER_INCH)
    generator.setSize(QSize(round(width), round(height)))
    generator.setViewBox(QRectF(0.0, 0.0, width, height))
    generator.setTitle(chapter.title)
    generator.setDescription("")
    _paint(generator, QRectF(0.0, 0.0, width, height), figure, chapter)
    return bytes(content.data())


def _buffer() -> tuple[QByteArray, QBuffer]:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return content, buffer


def _paint(device: QPaintDevice, page: QRectF, figure: Figure, chapter: Chapter) -> None:
    painter = QPainter(device)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(page, QColor(LIGHT.panel))
        figure.paint(painter, page, chapter)
    finally:
        painter.end()  # or Qt would crash on its way out of an error


def _draw_title(painter: QPainter, chapter: Chapter, left: float, what: str) -> None:
    title = elided(chapter.title, TITLE_WIDTH)
    draw_text(painter, QPointF(left, TITLE_BASE), title, colour=LIGHT.text, bold=True)
    width = text_width(title, bold=True)
    draw_text(painter, QPointF(left + width + 8.0, TITLE_BASE), what)


def _area(page: QRectF) -> QRectF:
    return page.adjusted(LEFT_EDGE, TOP, -RIGHT_EDGE, -BOTTOM)


# Losses


def paint_learning_curve(painter: QPainter, page: QRectF, chapter: Chapter) -> None:
    """Draw the loss of the single run, between the lowest and the highest of some epochs."""
    frame = chapter.frame
    epochs, low, high = thinned(frame.curve)
    chart = Chart(painter, _area(page), epoch_axis(frame.epoch), loss_axis(np.append(low, high)))
    _draw_title(painter, chapter, chart.area.left(), "learning curve")
    chart.draw_axes()
    epochs = np.minimum(epochs, frame.epoch)
    chart.draw_band(epochs, low, high, QColor(LIGHT.accent), 1.6)
    broken = frame.curve.first_nonfinite_epoch
    if broken is not None:
        _draw_break(chart, broken, frame.epoch)


def _draw_break(chart: Chart, epoch: int, last: int) -> None:
    """Mark the first epoch without a loss that is a number."""
    painter, area = chart.painter, chart.area
    x = area.left() + epoch / max(1, last) * area.width()
    pen = smooth_pen(LIGHT.warning, 1.2)
    pen.setDashPattern([3.0, 3.0])
    painter.setPen(pen)
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
    words = f"not finite from epoch {epoch_text(epoch)} on"
    is_left = x < area.center().x()
    place = QPointF(x + (6.0 if is_left else -6.0), area.top() + 18.0)
    draw_text(painter, place, words, colour=LIGHT.warning, align=0.0 if is_left else RIGHT)


def paint_seeds(painter: QPainter, page: QRectF, chapter: Chapter) -> None:
    """Draw the losses of all seeds, their median, and what lies between the quartiles."""
    study = chapter.study
    epochs = study.epochs.astype(np.float64)
    axis = loss_axis(study.losses)
    chart = Chart(painter, _area(page), epoch_axis(int(epochs[-1])), axis)
    count = len(study.seeds)
    _draw_title(painter, chapter, chart.area.left(), f"{count} seeds, median and quartiles")
    chart.draw_axes()
    lower, median, upper = study.quartiles()
    band = QColor(LIGHT.accent)
    band.setAlphaF(0.16)
    chart.draw_band(epochs, lower, upper, band, 0.0)
    every = -(-len(epochs) // FAN_POINTS)
    for losses in study.losses[::every].T:
        chart.draw_line((epochs[::every], losses), LIGHT.ghost, 0.6)
    chart.draw_line((epochs, median), LIGHT.accent, 2.0)
    broken = int(study.nonfinite_counts[-1])
    if broken:
        words = f"{broken} of {count} losses are not finite at the end"
        place = QPointF(chart.area.right() - 8.0, chart.area.top() + 18.0)
        draw_text(painter, place, words, colour=LIGHT.warning, align=RIGHT)


# The input plane


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
    _draw_title(painter, chapter, left, "ground truth")
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
    _draw_title(painter, chapter, chart.area.left(), "decision surface")
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
    _draw_title(painter, chapter, left, f"decision surfaces of {len(study.seeds)} seeds")
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


# By the keys of `report_pages.CAPTIONS`.
FIGURES: dict[str, Figure] = {
    "learning-curve": Figure(lambda chapter: (452.0, 310.0), paint_learning_curve),
    "seeds": Figure(lambda chapter: (452.0, 310.0), paint_seeds),
    "predictions": Figure(lambda chapter: (548.0, PLANE_HEIGHT), paint_predictions),
    "surface": Figure(lambda chapter: (356.0, PLANE_HEIGHT), paint_surface),
    "seed-surfaces": Figure(strip_size, paint_seed_surfaces),
}
