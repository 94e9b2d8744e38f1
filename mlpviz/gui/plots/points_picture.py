"""A small picture of points."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from mlpviz.engine import Array
from mlpviz.experiment.run.grids import data_box
from mlpviz.gui.look.look import Look, scaled
from mlpviz.gui.look.palette import Scale
from mlpviz.gui.look.sizes import PICTURE_DOT as DOT
from mlpviz.gui.plots.value_points import bucket_colours, buckets

SHARPNESS = 3  # pixels per point: sharp on any screen


def points_picture(
    X: Array, Y: Array, look: Look, side: int, *, is_regression: bool = False
) -> QImage:
    """Draw points, X (points, 2) and Y (points, 1), on a square of this side, in base sizes."""
    names = bucket_colours(look) if is_regression else look.classes
    chosen = buckets(Y[:, 0], Scale(-1.0, 1.0)) if is_regression else Y[:, 0]
    colours = [names[int(number)] for number in chosen.tolist()]
    box = data_box(X)
    pixels = scaled(side, look.factor)
    picture = QImage(pixels * SHARPNESS, pixels * SHARPNESS, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(SHARPNESS)
    picture.fill(QColor(look.panel))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(pixels / side, pixels / side)
    painter.setPen(Qt.PenStyle.NoPen)
    for (x1, x2), colour in zip(X.tolist(), colours, strict=True):
        x = (x1 - box.left) / (box.right - box.left) * side
        up = (x2 - box.bottom) / (box.top - box.bottom) * side
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QRectF(x - DOT / 2, side - up - DOT / 2, DOT, DOT))
    painter.end()
    return picture
