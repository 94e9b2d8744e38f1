"""The entries of the menu that choose the theme."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup

from mlpviz.gui.look.settings import THEME, Settings

NAMES = {"system": "Theme of the desktop", "light": "Light", "dark": "Dark"}


class ThemeActions(QActionGroup):
    """Announces the theme that is chosen, and keeps it for the next time."""

    chosen = Signal(str)

    def __init__(self, parent: QObject, settings: Settings) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions: dict[str, QAction] = {}
        for name, text in NAMES.items():
            action = self.addAction(text)
            action.setData(name)
            action.setCheckable(True)
            self._actions[name] = action
        self.triggered.connect(self._announce)

    def keep(self, name: str) -> None:
        """Show which theme is chosen, and keep it."""
        self._actions[name].setChecked(True)
        self._settings.keep(THEME, name)

    @Slot(QAction)
    def _announce(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
