"""How the icons and the font are loaded."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from mlpviz.experiment.resources import resource_path

FONT_FILES = ("Inter-Regular.otf", "Inter-SemiBold.otf")
FONT_FAMILY = "Inter"


def load_font() -> None:
    """Make the bundled font known to Qt."""
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource_path("fonts", name)))


def ui_font(pixels: int, *, bold: bool = False) -> QFont:
    """Return the one font of the program, its figures all of the same width."""
    font = QFont(FONT_FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """Draw one of our SVG icons in a colour. They are written with `currentColor`."""
    result = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap.fromImage(_icon_image(name, colour, size * scale))
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
