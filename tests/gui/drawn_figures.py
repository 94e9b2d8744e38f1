"""Figures of a report as pictures, and what colour they have where."""

import numpy as np
from PySide6.QtCore import QByteArray, QPointF
from PySide6.QtGui import QColor, QImage

from mlpviz.experiment.writing.report import Chapter
from mlpviz.gui.views.figures.figures import FIGURES, SHARPNESS, png


def drawn(key: str, chapter: Chapter) -> QImage:
    image = QImage.fromData(QByteArray(png(FIGURES[key], chapter)), "PNG")
    assert not image.isNull()
    return image


def edge_colours(image: QImage) -> set[str]:
    """Return the colours of the outermost pixels, as "#rrggbb"."""
    same = image.convertToFormat(QImage.Format.Format_RGB32)
    shape = (image.height(), same.bytesPerLine() // 4)
    rows = np.frombuffer(same.constBits(), dtype=np.uint32).reshape(shape)[:, : image.width()]
    edges = np.concatenate((rows[0], rows[-1], rows[:, 0], rows[:, -1]))
    return {f"#{int(number) & 0xFFFFFF:06x}" for number in np.unique(edges)}


def colour(image: QImage, x: float, y: float) -> QColor:
    """Return the colour at a place in points."""
    return image.pixelColor(QPointF(x * SHARPNESS, y * SHARPNESS).toPoint())
