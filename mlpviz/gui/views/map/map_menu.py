"""The small menu of the map: what else it shows."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton

from mlpviz.experiment.language import tr
from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.look.icons import icon
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.settings import CONTOURS, FLAT_COLOURS, UNIT_LINES, Settings
from mlpviz.gui.look.sizes import MAP_ICON
from mlpviz.gui.look.sizing import fix_icon
from mlpviz.gui.plots.surface_lines import MapOptions

# The field of MapOptions, which is the id of its action too, and where it is remembered.
KEPT = {"discretise": FLAT_COLOURS, "contours": CONTOURS, "unit_lines": UNIT_LINES}


class MapMenu(QToolButton):
    """A button that opens the switches of the map; it remembers how they stand."""

    options_changed = Signal(object)  # MapOptions

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.setObjectName("map_menu_button")
        self.setAccessibleName(tr("What the map shows"))
        keys = {name: ACTIONS[name].key_words for name in KEPT}
        self.setToolTip(
            tr(
                "What the map shows besides: flat colours ({discretise}), "
                "contour lines ({contours}), lines of the first layer ({unit_lines})",
                **keys,
            )
        )
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        fix_icon(self, MAP_ICON)
        self.options = MapOptions()  # what is switched on
        self.set_look(current_look())

    def switches(self) -> dict[str, Callable[[bool], None]]:
        """Return what switches each field of the options, by the id of its action."""
        return {name: partial(self._switch, name) for name in KEPT}

    def set_look(self, look: Look) -> None:
        """Draw the icon in the colours of a look."""
        self.setIcon(icon("layers", look.quiet, MAP_ICON))

    def _switch(self, name: str, is_on: bool) -> None:
        self.options = replace(self.options, **{name: is_on})
        self._settings.keep(KEPT[name], is_on)
        self.options_changed.emit(self.options)
