"""Figures of a report as pictures, and what colour they have where."""

from PySide6.QtCore import QByteArray, QPointF
from PySide6.QtGui import QColor, QImage

from mlpviz.experiment.writing.report import Chapter
from mlpviz.gui.views.figures.figures import FIGURES, SHARPNESS, png


def drawn(key: str, chapter: Chapter) -> QImage:
    image = QImage.fromData(QByteArray(png(FIGURES[key], chapter)), "PNG")
    assert not image.isNull()
    return image


def colour(image: QImage, x: float, y: float) -> QColor:
    """Return the colour at a place in points."""
    return image.pixelColor(QPointF(x * SHARPNESS, y * SHARPNESS).toPoint())
