"""The small menu of the map: what else it shows."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton

from mlpviz.gui.look.assets import icon
from mlpviz.gui.look.settings import CONTOURS, FLAT_COLOURS, UNIT_LINES, Settings
from mlpviz.gui.look.theme import Theme, current_theme
from mlpviz.gui.plots.surface_lines import MapOptions

ENTRIES = (  # field of MapOptions, what it is called, its key, what it means
    (
        *("discretise", "Flat colours", "B"),
        "The class alone: class 1 where the output is > 0.5, of several the one with the largest",
    ),
    (
        *("contours", "Contour lines", "P"),
        "Thin lines where the output is 0.1, 0.25, 0.75 and 0.9; of several classes, where the "
        "largest is 0.75 and 0.9",
    ),
    (
        "unit_lines",
        "Lines of the first layer",
        "U",
        "Where w · x + b = 0 for each unit of the first layer: where its activation turns",
    ),
)
KEPT = {"discretise": FLAT_COLOURS, "contours": CONTOURS, "unit_lines": UNIT_LINES}


class MapMenu(QToolButton):
    """A button with a menu of switches; it remembers them."""

    options_changed = Signal(object)  # MapOptions

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.setObjectName("map_menu_button")
        self.setAccessibleName("What the map shows")
        self.setToolTip(
            "What the map shows besides: "
            + ", ".join(f"{text.lower()} ({key})" for _, text, key, _ in ENTRIES)
        )
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.switches: dict[str, QAction] = {}
        for field, text, key, meaning in ENTRIES:
            action = menu.addAction(text)
            action.setObjectName(f"{field}_button")
            action.setToolTip(meaning)
            action.setShortcut(QKeySequence(key))
            action.setAutoRepeat(False)
            action.setCheckable(True)
            action.toggled.connect(self._announce)
            self.switches[field] = action
        self.setMenu(menu)
        self.set_theme(current_theme())

    @property
    def options(self) -> MapOptions:
        """What is switched on."""
        return MapOptions(**{field: a.isChecked() for field, a in self.switches.items()})

    def restore(self) -> None:
        """Switch on what was on the last time."""
        for field, action in self.switches.items():
            action.setChecked(self._settings.get(KEPT[field]))

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in the colours of a theme."""
        self.setIcon(icon("layers", theme.quiet, 16))

    @Slot()
    def _announce(self) -> None:
        for field, action in self.switches.items():
            self._settings.keep(KEPT[field], action.isChecked())
        self.options_changed.emit(self.options)
