"""The figures of the input plane: samples, decision surface, and the surfaces of all seeds."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlpviz.engine import Array
from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.engine.marked import marked
from mlpviz.engine.scores import NO_CLASS
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.study.seed_study import surface_thumbnails
from mlpviz.experiment.words.formats import short_text
from mlpviz.experiment.words.names import short_names
from mlpviz.experiment.writing.report import Chapter
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.look.palette import (
    CLASS_LEVELS,
    LEVELS,
    ClassTable,
    ColourTable,
    output_scale,
    ramp_index,
)
from mlpviz.gui.plots.canvas import CLASS_SHAPES
from mlpviz.gui.plots.crowd import CROWD, drawn_samples
from mlpviz.gui.plots.surface import MapColours, MapSurface, map_surface, output_surface
from mlpviz.gui.plots.surface_lines import MapOptions
from mlpviz.gui.plots.value_points import bucket_colours, buckets
from mlpviz.gui.views.figures import paper_sizes as sizes
from mlpviz.gui.views.figures.figure_parts import (
    CENTRE,
    Chart,
    Mark,
    draw_hatching,
    draw_marks,
    draw_text,
    draw_title,
    elided_pixels,
    linear_axis,
    smooth_pen,
    text_width,
)

MISCLASSIFIED, NOT_A_NUMBER = marked("misclassified"), marked("not a number")
STRIP_COLUMNS = 25

Flags = NDArray[np.bool]
Classes = NDArray[np.intp]


def plane_chart(painter: QPainter, area: QRectF, box: Box) -> Chart:
    x1 = linear_axis("x₁", box.left, box.right)
    return Chart(painter, area, x1, linear_axis("x₂", box.bottom, box.top))


def square_at(page: QRectF, left: float) -> QRectF:
    return QRectF(left, page.top() + sizes.TOP, sizes.PLANE_SIDE, sizes.PLANE_SIDE)


def _marks(count: int) -> dict[str, Mark]:
    """Return the marks by what they mean, in the order in which they are drawn."""
    radius, pen = sizes.POINT, sizes.POINT_PEN
    if count > CROWD:
        radius, pen = sizes.CROWDED_POINT, sizes.CROWDED_PEN
    classes = {
        f"class {number}": Mark(shape, 0.9 * radius if shape == "square" else radius, colour, pen)
        for number, (shape, colour) in enumerate(zip(CLASS_SHAPES, LIGHT.classes, strict=True))
    }
    return classes | {
        MISCLASSIFIED: Mark("ring", 1.8 * radius, "", 1.4 * pen),
        NOT_A_NUMBER: Mark("cross", 0.8 * radius, "", 1.2 * pen),
    }


def _meanings(predicted: Classes, truth: Classes) -> dict[str, Flags]:
    """Tell which samples get which mark."""
    is_none = predicted == NO_CLASS
    classes = {f"class {number}": predicted == number for number in range(MAX_CLASSES)}
    return classes | {
        MISCLASSIFIED: ~is_none & (predicted != truth),
        NOT_A_NUMBER: is_none,
    }


def _draw_values(chart: Chart, frame: Frame, values: Array) -> None:
    """Draw samples in the colours of their numbers, on the scale of the surface."""
    shown = drawn_samples(len(frame.X))
    X, mark = frame.X[shown], _marks(len(shown))["class 0"]
    found = buckets(values[shown], output_scale(frame.surface, frame.recipe))
    for number, colour in enumerate(bucket_colours(LIGHT)):
        chosen = found == number
        chart.draw_points(X[chosen, 0], X[chosen, 1], replace(mark, fill=colour))


def draw_samples(chart: Chart, frame: Frame, predicted: Classes) -> None:
    """Draw samples in the marks of some classes, those that the network gets wrong larger."""
    shown = drawn_samples(len(frame.X))
    X, truth = frame.X[shown], truth_of(frame)[shown]
    found = _meanings(predicted[shown], truth)
    is_wrong = _meanings(frame.predicted[shown], truth)[MISCLASSIFIED]
    for words, mark in _marks(len(shown)).items():
        larger = mark
        if mark.shape in CLASS_SHAPES:
            larger = replace(mark, radius=sizes.WRONG * mark.radius)
        for drawn, some in ((mark, ~is_wrong), (larger, is_wrong)):
            chosen = found[words] & some
            chart.draw_points(X[chosen, 0], X[chosen, 1], drawn)


def truth_of(frame: Frame) -> Classes:
    return frame.Y.astype(np.intp)


def draw_class_legend(painter: QPainter, page: QRectF, recipe: Recipe, *others: str) -> None:
    """Explain the classes, and what other marks are used, in the middle of the figure's foot."""
    names = {
        f"class {number}": tr("class {number}", number=number)
        for number in range(recipe.class_count)
    }
    gap = sizes.LEGEND_GAP
    if recipe.outputs > 1:  # so many have room for no more than number or name
        gap = sizes.CLOSE_LEGEND_GAP
        taken = sum(text_width(tr(words)) + gap for words in others)
        room = (page.width() - taken) / recipe.outputs - gap
        short = [elided_pixels(name, room, bold=False) for name in short_names(recipe)]
        names = dict(zip(names, short, strict=True))
    names |= {words: tr(words) for words in others}
    widths = {key: text_width(name) + gap for key, name in names.items()}
    x, y = page.center().x() - sum(widths.values()) / 2.0, page.bottom() - sizes.LEGEND_BASE
    for key, name in names.items():
        draw_marks(painter, _marks(0)[key], [(x + sizes.LEGEND_MARK, y - sizes.LEGEND_RISE)])
        draw_text(painter, QPointF(x + sizes.LEGEND_WORDS, y), name)
        x += widths[key]


def _used(meanings: dict[str, Flags], *words: str) -> tuple[str, ...]:
    """Return which of some marks are used."""
    return tuple(word for word in words if meanings[word].any())


def paint_predictions(painter: QPainter, page: QRectF, chapter: Chapter) -> None:
    """Draw the samples by their class, and beside it by the class that the network predicts."""
    frame, recipe = chapter.frame, chapter.frame.recipe
    left = page.left() + sizes.PLANE_LEFT
    right = left + sizes.PLANE_SIDE + sizes.PLANE_GAP
    draw_title(painter, chapter.title, left, tr("ground truth"))
    draw_text(painter, QPointF(right, sizes.TITLE_BASE), tr("prediction"))
    charts = [plane_chart(painter, square_at(page, start), frame.box) for start in (left, right)]
    for chart in charts:
        chart.draw_axes(shares_y=chart is charts[1])
        if recipe.is_regression:
            _draw_values(chart, frame, frame.Y if chart is charts[0] else frame.predictions)
        else:
            draw_samples(chart, frame, truth_of(frame) if chart is charts[0] else frame.predicted)
    if not recipe.is_regression:
        meanings = _meanings(frame.predicted, truth_of(frame))
        draw_class_legend(painter, page, recipe, *_used(meanings, MISCLASSIFIED, NOT_A_NUMBER))


def misclassified(*frames: Frame) -> tuple[str, ...]:
    """Return the word for what is drawn as misclassified, where any is; for the legend."""
    meanings = [_meanings(frame.predicted, truth_of(frame)) for frame in frames]
    return (MISCLASSIFIED,) if any(found[MISCLASSIFIED].any() for found in meanings) else ()


def paint_surface(painter: QPainter, page: QRectF, chapter: Chapter) -> None:
    """Draw the output over the plane, its 0.5 line, the samples and the colour scale.

    Of several classes it is the class of the largest output, and the lines between them.
    """
    frame, recipe = chapter.frame, chapter.frame.recipe
    chart = plane_chart(painter, square_at(page, page.left() + sizes.PLANE_LEFT), frame.surface_box)
    surface = map_surface(frame, None)
    draw_title(painter, chapter.title, chart.area.left(), tr("decision surface"))
    draw_plane(painter, chart.area, surface)
    draw_segments(chart, *surface.lines(frame.surface_box))
    chart.draw_axes()
    if recipe.is_regression:
        _draw_values(chart, frame, frame.Y)
    else:
        draw_samples(chart, frame, truth_of(frame))
        draw_rings(chart, frame)
        draw_class_legend(painter, page, recipe, *misclassified(frame))
    bar = QRectF(
        chart.area.right() + sizes.BAR_GAP, chart.area.top(), sizes.BAR_WIDTH, sizes.PLANE_SIDE
    )
    _draw_bar(painter, bar, surface)


def draw_plane(painter: QPainter, area: QRectF, surface: MapSurface) -> None:
    if not np.isfinite(surface.values).all():
        draw_hatching(painter, area)
    painter.drawImage(area, MapColours(LIGHT).image(surface))


def draw_segments(chart: Chart, x: Array, y: Array) -> None:
    """Draw lines from point 0 to point 1, from 2 to 3, and so on."""
    places = np.stack(chart.places(x, y), axis=1).reshape(-1, 2, 2)
    chart.painter.setPen(smooth_pen(LIGHT.boundary, sizes.BOUNDARY))
    for (x1, y1), (x2, y2) in places.tolist():
        chart.painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))


def draw_rings(chart: Chart, frame: Frame) -> None:
    shown = drawn_samples(len(frame.X))
    meanings = _meanings(frame.predicted[shown], truth_of(frame)[shown])
    X = frame.X[shown][meanings[MISCLASSIFIED]]
    chart.draw_points(X[:, 0], X[:, 1], _marks(len(shown))[MISCLASSIFIED])


def _draw_bar(painter: QPainter, bar: QRectF, surface: MapSurface) -> None:
    """Draw the colours of the surface with their numbers, or with the marks of the classes."""
    finite, scale = np.isfinite(surface.values), surface.scale
    if not finite.all():
        key = QRectF(bar.left(), bar.bottom() - sizes.KEY, bar.width(), sizes.KEY)
        draw_hatching(painter, key)
        _frame_of(painter, key)
        place = QPointF(key.right() + sizes.BAR_WORDS, key.center().y() + sizes.BAR_BASE)
        for number, line in enumerate(tr("not a\nnumber").split("\n")):
            draw_text(painter, place + QPointF(0.0, number * sizes.BAR_LINE), line)
        bar = bar.adjusted(0.0, 0.0, 0.0, -sizes.KEY_ROOM)
    if not finite.any():
        return
    if surface.is_of_many:
        _draw_class_bar(painter, bar, surface)
        return
    strip = np.arange(LEVELS - 1, -1, -1, dtype=np.uint8)[:, np.newaxis]
    painter.drawImage(bar, ColourTable(LIGHT).image(strip))
    _frame_of(painter, bar)
    for share, value in ((0.0, scale.high), (0.5, scale.centre), (1.0, scale.low)):
        place = QPointF(
            bar.right() + sizes.BAR_WORDS, bar.top() + share * bar.height() + sizes.BAR_BASE
        )
        draw_text(painter, place, short_text(value))
    draw_text(painter, QPointF(bar.center().x(), bar.top() - sizes.BAR_NAME), "ŷ", align=CENTRE)


def _draw_class_bar(painter: QPainter, bar: QRectF, surface: MapSurface) -> None:
    """Draw a piece for each class, the first at the bottom, the paler the less certain."""
    count, marks = len(surface.values), _marks(0)
    height = (bar.height() + sizes.PIECE_GAP) / count - sizes.PIECE_GAP
    palest = 1.0 if surface.is_flat(MapOptions()) else 0.0
    ramp = np.linspace(1.0, palest, CLASS_LEVELS)[:, np.newaxis]
    for number in range(count):
        top = bar.bottom() - (number + 1) * (height + sizes.PIECE_GAP) + sizes.PIECE_GAP
        piece = QRectF(bar.left(), top, bar.width(), height)
        painter.drawImage(piece, ClassTable(LIGHT).image(ramp_index(ramp, number)))
        _frame_of(painter, piece)
        middle = (bar.right() + sizes.BAR_WORDS + sizes.BAR_MARK, piece.center().y())
        draw_marks(painter, marks[f"class {number}"], [middle])


def _frame_of(painter: QPainter, area: QRectF, colour: str = LIGHT.hatch, width: float = 1) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colour), width))
    painter.drawRect(area)


# All seeds


def strip_size(chapter: Chapter) -> tuple[float, float]:
    """Return the size of the strip, by the number of its seeds."""
    rows = math.ceil(len(chapter.study.seeds) / STRIP_COLUMNS)
    return sizes.STRIP_WIDTH, sizes.TOP + rows * sizes.ROW_PITCH


def paint_seed_surfaces(painter: QPainter, page: QRectF, chapter: Chapter) -> None:
    """Draw the final surface of each seed, with a frame around those that did not learn."""
    study = chapter.study
    surfaces = surface_thumbnails(study)
    scale = output_scale(surfaces, study.recipe)
    left = page.left() + sizes.STRIP_MARGIN
    what = tr_plural(
        "decision surface of {count} seed", "decision surfaces of {count} seeds", len(study.seeds)
    )
    draw_title(painter, chapter.title, left, what)
    for i, (seed, surface) in enumerate(zip(study.seeds, surfaces, strict=True)):
        row, column = divmod(i, STRIP_COLUMNS)
        x, y = left + column * sizes.THUMBNAIL_PITCH, page.top() + sizes.TOP + row * sizes.ROW_PITCH
        area = QRectF(x, y, sizes.THUMBNAIL, sizes.THUMBNAIL)
        draw_plane(painter, area, output_surface(surface, study.recipe, scale))
        is_stuck = bool(study.stuck[i])
        frame = (LIGHT.stuck, sizes.LINE) if is_stuck else (LIGHT.line, sizes.HAIRLINE)
        _frame_of(painter, area, *frame)
        place = QPointF(area.center().x(), area.bottom() + sizes.THUMBNAIL_BASE)
        colour = LIGHT.text if is_stuck else LIGHT.quiet
        draw_text(painter, place, str(seed), align=CENTRE, bold=is_stuck, colour=colour)
