"""Numbers upon the network diagram, each with a ground of its own."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import NUMBER_HEIGHT, NUMBER_PAD, NUMBER_RADIUS, SMALL
from mlpviz.gui.look.sizing import picture_scale

MAX_CHIPS = 2000  # pictures of numbers that are kept; about 5 MB


class Chips:
    """Small pictures of numbers, each painted once and kept: to write text takes long."""

    def __init__(self, look: Look) -> None:
        self._ground, self._text = QColor(look.panel), QColor(look.text)
        self._ground.setAlphaF(0.86)
        self._font = ui_font(SMALL)
        self._kept: dict[tuple[str, float], QPixmap] = {}

    def draw(self, painter: QPainter, centre: QPointF, text: str) -> None:
        """Draw a number upon a place of its own."""
        scale = picture_scale(painter)
        chip = self._kept.get((text, scale))
        if chip is None:
            if len(self._kept) >= MAX_CHIPS:
                self._kept.clear()
            chip = self._kept[text, scale] = self._paint(text, scale)
        # At whole pixels of the screen: what need not be shifted is sharp, and drawn much faster.
        x = round(centre.x() * scale - chip.width() / 2)
        y = round(centre.y() * scale - chip.height() / 2)
        painter.drawPixmap(QPointF(x / scale, y / scale), chip)

    def _paint(self, text: str, scale: float) -> QPixmap:
        width = round(QFontMetricsF(self._font).horizontalAdvance(text)) + NUMBER_PAD
        chip = QPixmap(round(width * scale), round(NUMBER_HEIGHT * scale))
        chip.setDevicePixelRatio(scale)
        chip.fill(Qt.GlobalColor.transparent)
        painter = QPainter(chip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        rect = QRectF(0, 0, width, NUMBER_HEIGHT)
        painter.drawRoundedRect(rect, NUMBER_RADIUS, NUMBER_RADIUS)
        painter.setPen(self._text)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return chip
