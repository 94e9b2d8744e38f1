"""Whether the window can be seen: while nobody sees it, nothing is drawn."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from mlpviz.gui.actions.bridge import Bridge

_CHANGES = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.WindowStateChange)


class Sight(QObject):
    """Tells the bridge whether a window is shown, hidden or minimised."""

    def __init__(self, window: QWidget, bridge: Bridge) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look when that has changed; draw again what can be seen again."""
        if watched is self._window and event.type() in _CHANGES:
            self._bridge.set_in_sight(self._window.isVisible() and not self._window.isMinimized())
        return False
