"""The small menu of the map: what else it shows."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.look.icons import icon
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.settings import CONTOURS, FLAT_COLOURS, UNIT_LINES, Settings
from mlpviz.gui.look.sizes import MAP_ICON
from mlpviz.gui.look.sizing import fix_icon
from mlpviz.gui.plots.surface_lines import MapOptions
from mlpviz.gui.plots.unit_tints import has_tints

# The field of MapOptions, which is the id of its action too, and where it is remembered.
KEPT = {"discretise": FLAT_COLOURS, "contours": CONTOURS}
LINES = "unit_lines"  # the same, of the lines of the first layer
TELLING = ("xor", "linear")  # data sets whose few lines say how the boundary is put together


class MapMenu(QToolButton):
    """A button that opens the switches of the map; it remembers how they stand."""

    options_changed = Signal(object)  # MapOptions

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.setObjectName("map_menu_button")
        self.setAccessibleName(tr("What the map shows"))
        keys = {name: ACTIONS[name].key_words for name in (*KEPT, LINES)}
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
        self._lines_action: QAction | None = None
        self._are_telling = False
        self.set_look(current_look())

    def switches(self) -> dict[str, Callable[[bool], None]]:
        """Return what switches each field of the options, by the id of its action."""
        return {name: partial(self._switch, name) for name in (*KEPT, LINES)}

    def follow_choice(self, lines: QAction) -> None:
        """Keep what is chosen of the action for the lines of the first layer; switch it as kept."""
        self._lines_action = lines
        lines.triggered.connect(self._keep_choice)
        self._show_lines()

    @Slot(object)
    def show_recipes(self, recipes: Sequence[Recipe]) -> None:
        """Show the lines of the first layer where they tell most, unless that has been chosen."""
        self._are_telling = all(
            recipe.dataset in TELLING and has_tints(recipe) for recipe in recipes
        )
        self._show_lines()

    def _show_lines(self) -> None:
        chosen = self._settings.get(UNIT_LINES)
        if self._lines_action is not None:
            is_on = self._are_telling if chosen == "auto" else chosen == "on"
            self._lines_action.setChecked(is_on)

    @Slot(bool)
    def _keep_choice(self, is_on: bool) -> None:
        self._settings.keep(UNIT_LINES, "on" if is_on else "off")

    def set_look(self, look: Look) -> None:
        """Draw the icon in the colours of a look."""
        self.setIcon(icon("layers", look.quiet, MAP_ICON))

    def _switch(self, name: str, is_on: bool) -> None:
        self.options = replace(self.options, **{name: is_on})
        if name in KEPT:
            self._settings.keep(KEPT[name], is_on)
        self.options_changed.emit(self.options)
