"""Small pictures that are painted once and kept: above all to write text takes long."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from mlpviz.gui.look.sizing import picture_scale
from mlpviz.gui.plots.paper import is_on_paper

# The width and height of a picture, in base sizes, and what paints it, (0, 0) being its corner.
Drawing = tuple[float, float, Callable[[QPainter], None]]


class KeptPictures:
    """Pictures by what they show.

    Parameters
    ----------
    most : how many are kept
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, QPixmap] = {}

    def clear(self) -> None:
        """Forget all of them: they would look otherwise now."""
        self._kept.clear()

    def draw(
        self,
        painter: QPainter,
        centre: QPointF,
        key: Hashable,
        drawing: Callable[[], Drawing],
    ) -> None:
        """Draw a picture around a place.

        At whole pixels of the screen: what need not be shifted is sharp, and drawn faster.

        Parameters
        ----------
        key : what it shows
        drawing : is asked how it is painted where it is not kept
        """
        if is_on_paper():
            _paint_around(painter, centre, *drawing())
            return
        scale = picture_scale(painter)
        picture = self._kept.get((key, scale))
        if picture is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            picture = self._kept[key, scale] = _painted(*drawing(), scale)
        x = round(centre.x() * scale - picture.width() / 2)
        y = round(centre.y() * scale - picture.height() / 2)
        painter.drawPixmap(QPointF(x / scale, y / scale), picture)


def _paint_around(
    painter: QPainter,
    centre: QPointF,
    width: float,
    height: float,
    paint: Callable[[QPainter], None],
) -> None:
    painter.save()
    painter.translate(centre - QPointF(width / 2, height / 2))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.restore()


def _painted(
    width: float, height: float, paint: Callable[[QPainter], None], scale: float
) -> QPixmap:
    picture = QPixmap(round(width * scale), round(height * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter)
    finally:
        painter.end()  # a picture must not go while it is being painted
    return picture
