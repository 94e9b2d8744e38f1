"""How small the window may be, and how large its type: its least layout has room on the screen."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from mlpviz.gui.look.look import scaled
from mlpviz.gui.look.settings import FACTOR
from mlpviz.gui.look.sizes import FRAME_HEIGHT, FRAME_WIDTH, LEAST_HEIGHT, LEAST_WIDTH
from mlpviz.gui.look.sizing import px


def fit_least_size(window: QWidget) -> None:
    """Let a window be no smaller than it can be read, where the screen has room for that."""
    window.setMinimumSize(QSize(px(LEAST_WIDTH), px(LEAST_HEIGHT)).boundedTo(screen_room()))


def largest_factor(window: QWidget) -> float:
    """Return the largest choice of `FACTOR` at which a window still has room for its least layout.

    It has as much room as the screen has; the usual size it has in any case.
    """
    room = screen_room().expandedTo(window.size())
    return max(factor for factor in FACTOR.choices if factor <= 1.0 or _fits(factor, room))


def screen_room() -> QSize:
    """Return how large a window may be for it to be seen with its frame."""
    # WORKAROUND PySide6 6.11: as in `Settings.restore_geometry`, not the window's own screen.
    room = QGuiApplication.primaryScreen().availableGeometry().size()
    return room - QSize(FRAME_WIDTH, FRAME_HEIGHT)


def _fits(factor: float, room: QSize) -> bool:
    width, height = scaled(LEAST_WIDTH, factor), scaled(LEAST_HEIGHT, factor)
    return width <= room.width() and height <= room.height()
