"""The figures of a report, one function each, for PNG and SVG alike.

A figure is painted in points of its size, in the light theme. It needs a QGuiApplication with the
font loaded, but neither a window nor a display, and may be painted on any thread.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPaintDevice, QPainter
from PySide6.QtSvg import QSvgGenerator

from mlpviz.experiment.writing.report import Answer, Chapter
from mlpviz.gui.look.look import LIGHT
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
DOTS_PER_INCH = 96  # makes a point of an SVG a pixel


Subject = TypeVar("Subject", Chapter, Answer)  # what a figure is of


@dataclass(frozen=True, slots=True)
class Figure(Generic[Subject]):
    """How large a figure is, in points, and how it is painted."""

    size: Callable[[Subject], tuple[float, float]]
    paint: Callable[[QPainter, QRectF, Subject], None]


def png(figure: Figure[Subject], subject: Subject) -> bytes:
    """Draw a figure as a PNG."""
    width, height = figure.size(subject)
    image = QImage(QSize(round(width), round(height)) * SHARPNESS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARPNESS)
    # So that paper and other programs show it in its size.
    image.setDotsPerMeterX(round(SHARPNESS * DOTS_PER_INCH / 0.0254))
    image.setDotsPerMeterY(round(SHARPNESS * DOTS_PER_INCH / 0.0254))
    _paint(image, QRectF(0.0, 0.0, width, height), figure, subject)
    return png_bytes(image)


def png_bytes(image: QImage) -> bytes:
    """Return a picture as the content of a PNG file."""
    content, buffer = _buffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants str
    return bytes(content.data())


def svg(figure: Figure[Subject], subject: Subject) -> bytes:
    """Draw a figure as an SVG."""
    width, height = figure.size(subject)
    content, buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(DOTS_PER_INCH)
    generator.setSize(QSize(round(width), round(height)))
    generator.setViewBox(QRectF(0.0, 0.0, width, height))
    generator.setTitle(subject.title)
    generator.setDescription("")
    _paint(generator, QRectF(0.0, 0.0, width, height), figure, subject)
    return bytes(content.data())


def _buffer() -> tuple[QByteArray, QBuffer]:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return content, buffer


def _paint(device: QPaintDevice, page: QRectF, figure: Figure[Subject], subject: Subject) -> None:
    painter = QPainter(device)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(page, QColor(LIGHT.panel))
        figure.paint(painter, page, subject)
    finally:
        painter.end()  # or Qt would crash on its way out of an error


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
