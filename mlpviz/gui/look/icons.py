"""Our icons: how they are drawn, in any colour."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from mlpviz.experiment.resources import resource_path
from mlpviz.gui.look.sizes import ICON
from mlpviz.gui.look.sizing import px


def icon(name: str, colour: str, side: int = ICON) -> QIcon:
    """Draw one of our SVG icons in a colour. They are written with `currentColor`.

    Parameters
    ----------
    side : at factor 1, in logical pixels
    """
    result = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap.fromImage(_icon_image(name, colour, px(side) * scale))
        pixmap.setDevicePixelRatio(scale)
        result.addPixmap(pixmap)
    return result


@lru_cache(maxsize=256)
def _icon_image(name: str, colour: str, pixels: int) -> QImage:
    """Draw an icon once; an image, for unlike a pixmap it may outlive the application."""
    svg = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image
