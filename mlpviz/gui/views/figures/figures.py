"""The figures of a report, one function each, for PNG and SVG alike.

A figure is painted in points of its size, in the light theme. It needs a QGuiApplication with the
font loaded, but neither a window nor a display, and may be painted on any thread.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter

from mlpviz.experiment.writing.report import Answer, Chapter
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.plots import picture_formats
from mlpviz.gui.plots.picture_formats import Paint
from mlpviz.gui.views.figures import paper_sizes as sizes
from mlpviz.gui.views.figures.figure_answers import (
    paint_activations,
    paint_learning_rates,
    paint_parameters,
)
from mlpviz.gui.views.figures.figure_curves import paint_learning_curve, paint_seeds
from mlpviz.gui.views.figures.figure_planes import (
    paint_predictions,
    paint_seed_surfaces,
    paint_surface,
    strip_size,
)

SHARPNESS = 2  # pixels per point of a PNG


Subject = TypeVar("Subject", Chapter, Answer)  # what a figure is of


@dataclass(frozen=True, slots=True)
class Figure(Generic[Subject]):
    """How large a figure is, in points, and how it is painted."""

    size: Callable[[Subject], tuple[float, float]]
    paint: Callable[[QPainter, QRectF, Subject], None]


def png(figure: Figure[Subject], subject: Subject) -> bytes:
    """Draw a figure as a PNG."""
    size, paint = _drawing(figure, subject)
    return picture_formats.png(picture_formats.image(size, paint, SHARPNESS))


def svg(figure: Figure[Subject], subject: Subject) -> bytes:
    """Draw a figure as an SVG."""
    size, paint = _drawing(figure, subject)
    return picture_formats.svg(size, paint, subject.title)


def _drawing(figure: Figure[Subject], subject: Subject) -> tuple[QSizeF, Paint]:
    """Return how large a figure is, and what paints it with its ground."""
    size = QSizeF(*figure.size(subject))
    page = QRectF(QPointF(), size)

    def paint(painter: QPainter) -> None:
        painter.fillRect(page, QColor(LIGHT.panel))
        figure.paint(painter, page, subject)

    return size, paint


# By the keys of `report_pages.CAPTIONS`.
FIGURES: dict[str, Figure[Chapter]] = {
    "learning-curve": Figure(lambda chapter: sizes.CHART, paint_learning_curve),
    "seeds": Figure(lambda chapter: sizes.SEEDS_CHART, paint_seeds),
    "predictions": Figure(
        lambda chapter: (sizes.PREDICTIONS_WIDTH, sizes.PLANE_HEIGHT), paint_predictions
    ),
    "surface": Figure(lambda chapter: (sizes.SURFACE_WIDTH, sizes.PLANE_HEIGHT), paint_surface),
    "seed-surfaces": Figure(strip_size, paint_seed_surfaces),
}

_PLANES = (sizes.PREDICTIONS_WIDTH, sizes.PLANE_HEIGHT)
# By the keys of the questions.
ANSWER_FIGURES: dict[str, Figure[Answer]] = {
    "activations": Figure(lambda answer: _PLANES, paint_activations),
    "learning-rate": Figure(lambda answer: sizes.TWO_CHARTS, paint_learning_rates),
    "weights-and-biases": Figure(lambda answer: _PLANES, paint_parameters),
}
