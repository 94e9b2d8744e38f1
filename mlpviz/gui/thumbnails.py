"""Small pictures of the data sets, drawn from the data themselves."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from mlpviz.engine import Array
from mlpviz.engine.datasets import DATASETS
from mlpviz.experiment.frame import data_box
from mlpviz.gui.theme import Theme

SHARPNESS = 3  # pixels per point: sharp on any screen
SAMPLES = 60


def dataset_icon(name: str, theme: Theme, side: int, noise: float = 0.0) -> QPixmap:
    """Draw a data set as points on a square of so many pixels."""
    return points_icon(*DATASETS[name].make(SAMPLES, 0, noise), theme, side)


def points_icon(X: Array, Y: Array, theme: Theme, side: int) -> QPixmap:
    """Draw points, X (points, 2) and Y (points, 1), on a square of so many pixels."""
    box = data_box(X)
    pixmap = QPixmap(side * SHARPNESS, side * SHARPNESS)
    pixmap.setDevicePixelRatio(SHARPNESS)
    pixmap.fill(QColor(theme.panel))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for (x1, x2), y in zip(X.tolist(), Y[:, 0].tolist(), strict=True):
        x = (x1 - box.left) / (box.right - box.left) * side
        up = (x2 - box.bottom) / (box.top - box.bottom) * side
        painter.setBrush(QColor(theme.class_1 if y > 0.5 else theme.class_0))
        painter.drawEllipse(QRectF(x - 1.3, side - up - 1.3, 2.6, 2.6))
    painter.end()
    return pixmap
