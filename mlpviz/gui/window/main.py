"""The main window: it only assembles."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.actions.edits import Edits
from mlpviz.gui.actions.notices import Notices
from mlpviz.gui.actions.own_marks import OwnMarks
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selection
from mlpviz.gui.actions.time_travel import TimeTravel
from mlpviz.gui.actions.undo import Undo
from mlpviz.gui.actions.whole_run import WholeRun
from mlpviz.gui.look.look import Look, current_look, style_sheet
from mlpviz.gui.look.settings import THEME, Settings
from mlpviz.gui.look.sizes import START_SIZE
from mlpviz.gui.parts.announcer import Announcer
from mlpviz.gui.parts.drawer import Drawers
from mlpviz.gui.views.map.draw_mode import DrawMode
from mlpviz.gui.views.map.map_menu import KEPT
from mlpviz.gui.window.bindings import (
    acts_on_files,
    acts_on_look,
    acts_on_runs,
    acts_on_tools,
    acts_on_views,
    open_menus,
    opens_menus,
    switches_of,
)
from mlpviz.gui.window.collector import Collector
from mlpviz.gui.window.data_files import DataFiles
from mlpviz.gui.window.dressing import Dressing
from mlpviz.gui.window.drop import FileDrop
from mlpviz.gui.window.escape import closers
from mlpviz.gui.window.exports import Exports
from mlpviz.gui.window.focus import Focus
from mlpviz.gui.window.hiding import HiddenControls
from mlpviz.gui.window.language_choice import LanguageChoice
from mlpviz.gui.window.layout import Layout
from mlpviz.gui.window.least_size import fit_least_size
from mlpviz.gui.window.look_choice import LookChoice
from mlpviz.gui.window.menus import Menus
from mlpviz.gui.window.notebook import notebook_png
from mlpviz.gui.window.presentation import Presentation
from mlpviz.gui.window.recipe_files import SUFFIX, RecipeFiles
from mlpviz.gui.window.second_run import SecondRun
from mlpviz.gui.window.sight import Sight
from mlpviz.gui.window.time_wiring import bind_time, time_viewers, wire_time
from mlpviz.gui.window.tool_drawers import ToolDrawers
from mlpviz.gui.window.wiring import (
    hold_hints_back,
    show_updates,
    wire_drawing,
    wire_edits,
    wire_menus,
    wire_runs,
    wire_selection,
)


class MainWindow(QMainWindow):
    """The controls, the three views, and the runs that they are about.

    Parameters
    ----------
    recipe : what to start with
    settings : what it remembers
    """

    def __init__(self, recipe: Recipe, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("mlpviz")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit_least_size(self)
        self._collector = Collector(self)
        self.settings = settings
        self.setStyleSheet(style_sheet(current_look()))  # all that follows takes it as its own
        self.parts = Layout(self.settings)
        self.setCentralWidget(self.parts)
        self.parts.controls.show_recipe(recipe)
        self._make_actors(recipe)
        self._wire()
        self._bind()
        self._restore()
        self.focus.go_home()

    def _make_actors(self, recipe: Recipe) -> None:
        parts = self.parts
        self.runs = Runs(recipe, parts.transport.speed, Notices(self), self)
        self.selection = Selection(self)
        self.undo = Undo(self.runs, self)
        self.edits = Edits(self.runs, self.undo.stack, self)
        self.time = TimeTravel(self.runs, self.selection, OwnMarks(self.undo.stack, self), self)
        self.whole_run = WholeRun(self.runs, self.time, self.selection, self)
        self.focus = Focus(self, parts.network_panel)
        self.second = SecondRun(self.runs, parts.stage, parts.network_panel, parts.boundary_panel)
        self.drawers = Drawers(parts, parts.boundary_panel, parts.timeline, (parts.network_panel,))
        of_runs = self.runs, self.selection, self.time
        self.tools = ToolDrawers(*of_runs, parts, self.drawers, self.focus)
        recipe_on = parts.controls.recipe_on
        self.drop = FileDrop(self, self.runs.notices.refuse)
        self.data_files = DataFiles(
            *(self, self.runs, self.undo.stack, recipe_on),
            *(self.drawers, self.focus, self.drop.open_pasted),
        )
        place = parts.boundary_view, parts.boundary_panel
        self.draw_mode = DrawMode(self.runs, self.undo, *place, recipe_on)
        self.menus = Menus(self)
        self.dressing = Dressing(self, (parts, self.second, self.tools, self.draw_mode))
        shown = parts.stage, self.drawers, self.dressing
        self.exports = Exports(self, self.runs, self.selection, *shown, self.menus)
        self.look_choice = LookChoice(self, self.settings, self.menus)
        LanguageChoice(self.settings, self.menus, self.runs.notices)
        self.look_choice.changed.connect(self.show_look)
        self.look_choice.refused.connect(self.runs.notices.refuse)
        self.presentation = Presentation(self, parts, self.settings, self.look_choice, self.menus)
        self.hidden = HiddenControls(self, parts, self.menus)
        self.recipe_files = RecipeFiles(self, self.runs, self.hidden)

    def _wire(self) -> None:
        runs, parts = self.runs, self.parts
        wire_runs(runs, parts, self.second)
        wire_edits(self.edits, parts, self.second, self.focus)
        wire_drawing(self.draw_mode, self.selection, parts.boundary_view, self.focus)
        wire_selection(self.selection, runs, parts, self.second)
        wire_time(self.time, self.whole_run, runs, self.selection, parts, self.focus)
        wire_menus(self.menus, runs, self.selection, self.exports)
        shown = time_viewers(self.time, self.whole_run, runs, parts, self.second)
        show_updates(runs, self.selection, parts, self.second, self.tools, self.draw_mode, shown)
        Sight(self, runs.bridge)
        runs.updated.connect(Announcer(self).show_update)
        self.second.made.connect(self.hidden.offer_in_diagrams)
        hold_hints_back(parts.hints, self.draw_mode, self.drawers)
        self.drop.add(SUFFIX, self.recipe_files.open_file)
        self.drop.add("", self.data_files.open_file)
        self.data_files.let_drops_pass(self)
        self.focus.prepare(self)
        keys = self.focus, self.drawers, self.tools, self.draw_mode, self.second, self.hidden
        inner = parts.stage, self.presentation
        self._closers = closers(runs, self.selection, *keys, *inner)

    @Slot(object)
    def show_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self.dressing.put_on(look)
        fit_least_size(self)  # last, for it can resize the window, and so ask for another look
        self.presentation.fit()

    def _bind(self) -> None:
        menus = self.menus
        open_menus(menus, self.parts)
        menus.bind(acts_on_runs(self.runs, self.undo))
        bind_time(menus, self.time, self.whole_run, self.parts)
        menus.bind(acts_on_views(self.parts, self.selection, self.drawers, self.focus))
        menus.bind(acts_on_files(self.data_files, self.recipe_files))
        menus.bind(acts_on_look(self.look_choice))
        menus.bind(acts_on_tools(self.tools, self.draw_mode, self.exports, self.hidden))
        menus.bind({"close": self._close_innermost, "quit": self.close})
        menus.bind_switches(switches_of(self.presentation))
        menus.bind(opens_menus(self.parts, self.presentation))
        menus.follow(self.undo.stack)

    @Slot()
    def _close_innermost(self) -> None:
        any(close() for close in self._closers)

    def _restore(self) -> None:
        """Take up what is kept from the last time: the theme and the window's size."""
        self.settings.restore_geometry(self, START_SIZE)
        for name, setting in KEPT.items():
            self.menus.actions[name].setChecked(self.settings.get(setting))
        self.parts.show_icons(current_look())
        self.look_choice.set_theme(self.settings.get(THEME))
        self.look_choice.restore_factor()

    def _repr_png_(self) -> bytes:
        """Show the window as it is, where a notebook prints it."""
        return notebook_png(self, self.runs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit what is seen to the size."""
        self.presentation.fit()
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the trainer thread before the window goes."""
        self.presentation.end()  # its look is that of all windows, its size none to keep
        self.settings.keep_geometry(self)
        self.hide()  # an epoch of a large network can take a while to end
        self.runs.bridge.stop()
        for part in (self.exports, self.tools, self.draw_mode, self.data_files, self.undo):
            part.stop()
        self.drawers.delete()
        self.focus.stop()
        self._collector.stop()
        event.accept()
