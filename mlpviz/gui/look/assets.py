"""The font of the program, and how it is loaded."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from mlpviz.experiment.resources import resource_path

FONT_FILES = ("Inter-Regular.otf", "Inter-SemiBold.otf")
FONT_FAMILY = "Inter"


@cache
def load_font() -> None:
    """Make the bundled font known to Qt, once: each time it forgets all that it knows of fonts."""
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource_path("fonts", name)))


def ui_font(pixels: int, *, bold: bool = False) -> QFont:
    """Return the one font of the program, its figures all of the same width."""
    font = QFont(FONT_FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
