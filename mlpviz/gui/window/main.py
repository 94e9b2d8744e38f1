"""The main window: it only assembles."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.actions.edits import Edits
from mlpviz.gui.actions.notices import Notices
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selection
from mlpviz.gui.actions.undo import Undo
from mlpviz.gui.look.assets import icon
from mlpviz.gui.look.look import Look, apply_look, current_look, look_named, style_sheet
from mlpviz.gui.look.settings import LOGARITHMIC, THEME, Settings
from mlpviz.gui.parts.announcer import Announcer
from mlpviz.gui.parts.drawer import Drawers
from mlpviz.gui.views.map.draw_mode import DrawMode
from mlpviz.gui.views.map.map_menu import KEPT
from mlpviz.gui.window.bindings import acts_on_files, acts_on_runs, acts_on_views, open_menus
from mlpviz.gui.window.collector import Collector
from mlpviz.gui.window.data_files import DataFiles
from mlpviz.gui.window.drop import FileDrop
from mlpviz.gui.window.escape import closers
from mlpviz.gui.window.focus import Focus
from mlpviz.gui.window.hiding import HiddenControls
from mlpviz.gui.window.layout import Layout
from mlpviz.gui.window.menus import Menus
from mlpviz.gui.window.recipe_files import SUFFIX, RecipeFiles
from mlpviz.gui.window.report_saver import ReportSaver
from mlpviz.gui.window.second_run import SecondRun
from mlpviz.gui.window.sight import Sight
from mlpviz.gui.window.tool_drawers import ToolDrawers
from mlpviz.gui.window.wiring import (
    show_updates,
    wire_drawing,
    wire_edits,
    wire_menus,
    wire_runs,
    wire_selection,
)

START_SIZE = (1280, 800)
LEAST_SIZE = (1000, 700)


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
        self.setMinimumSize(*LEAST_SIZE)
        self._collector = Collector(self)
        self.settings = settings
        self._look = current_look()  # which all that follows takes as its own
        self.setStyleSheet(style_sheet(self._look))
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
        self.focus = Focus(self, parts.network_panel)
        self.second = SecondRun(self.runs, parts.stage, parts.network_panel, parts.boundary_panel)
        self.drawers = Drawers(parts, parts.boundary_panel, (parts.network_panel,))
        self.tools = ToolDrawers(self.runs, self.selection, self.drawers, self.focus)
        recipe_on = parts.controls.recipe_on
        self.drop = FileDrop(self, self.runs.notices.refuse)
        self.data_files = DataFiles(
            *(self, self.runs, self.undo.stack, recipe_on),
            *(self.drawers, self.focus, self.drop.open_pasted),
        )
        self.draw_mode = DrawMode(
            self.runs, self.undo, parts.boundary_view, parts.boundary_panel, recipe_on
        )
        self.report = ReportSaver(self, self.runs)
        self.menus = Menus(self)
        self.hidden = HiddenControls(self, parts, self.menus)
        self.recipe_files = RecipeFiles(self, self.runs, self.hidden)

    def _wire(self) -> None:
        runs, parts = self.runs, self.parts
        wire_runs(runs, parts, self.second)
        wire_edits(self.edits, parts, self.second, self.focus)
        wire_drawing(self.draw_mode, self.selection, parts.boundary_view, self.focus)
        wire_selection(self.selection, runs, parts, self.second)
        wire_menus(self.menus, runs, self.selection, self.report)
        show_updates(runs, self.selection, parts, self.second, self.drawers, self.draw_mode)
        Sight(self, runs.bridge)
        runs.updated.connect(Announcer(self).show_update)
        parts.log_button.toggled.connect(self._set_logarithmic)
        self.second.made.connect(self.hidden.offer_in_diagrams)
        self.drop.add(SUFFIX, self.recipe_files.open_file)
        self.drop.add("", self.data_files.open_file)
        self.data_files.let_drops_pass(self)
        self.focus.prepare(self)
        keys = self.focus, self.drawers, self.draw_mode, self.second, self.hidden
        self._closers = closers(runs, self.selection, *keys)

    @Slot(str)
    def set_theme(self, name: str) -> None:
        """Dress the window in a theme by name; "system" follows the desktop."""
        look = look_named(name)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if look is current_look() and look is self._look:
            self._keep_theme(name)
            return  # as it was made
        apply_look(app, look)
        for window in app.topLevelWidgets():  # the palette is the application's, so all follow
            # One that was closed may be half taken down already, its attributes gone.
            if isinstance(window, MainWindow) and (window is self or window.isVisible()):
                window.show_look(look)
        self._keep_theme(name)

    def _keep_theme(self, name: str) -> None:
        self.menus.actions[f"theme_{name}"].setChecked(True)
        self.settings.keep(THEME, name)

    def show_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self.setStyleSheet(style_sheet(look))
        for part in (self.parts, self.second, self.drawers, self.draw_mode):
            part.set_look(look)
        self.setWindowIcon(icon("mlpviz", look.accent, 64))

    def _bind(self) -> None:
        menus = self.menus
        open_menus(menus, self.parts)
        menus.bind(acts_on_runs(self.runs, self.undo))
        menus.bind(acts_on_views(self.parts, self.selection, self.tools, self.drawers, self.focus))
        menus.bind(acts_on_files(self.data_files, self.recipe_files))
        menus.bind({f"theme_{name}": partial(self.set_theme, name) for name in THEME.choices})
        menus.bind(
            {
                "draw": self.draw_mode.button.toggle,
                "report": self.report.save,
                "show_all": self.hidden.show_all,
                "close": self._close_innermost,
                "quit": self.close,
            }
        )
        menus.follow(self.undo.stack)

    @Slot()
    def _close_innermost(self) -> None:
        any(close() for close in self._closers)

    @Slot(bool)
    def _set_logarithmic(self, is_logarithmic: bool) -> None:
        self.parts.loss_view.set_logarithmic(is_logarithmic)
        self.settings.keep(LOGARITHMIC, is_logarithmic)

    def _restore(self) -> None:
        """Take up what is kept from the last time: the theme and the window's size."""
        self.settings.restore_geometry(self, START_SIZE)
        self.parts.log_button.setChecked(self.settings.get(LOGARITHMIC))
        for name, setting in KEPT.items():
            self.menus.actions[name].setChecked(self.settings.get(setting))
        self.parts.show_icons(self._look)
        self.setWindowIcon(icon("mlpviz", self._look.accent, 64))
        self.set_theme(self.settings.get(THEME))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the transport bar how much room there is."""
        self.parts.transport.show_width(self.width())
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the trainer thread before the window goes."""
        self.settings.keep_geometry(self)
        self.hide()  # an epoch of a large network can take a while to end
        self.runs.bridge.stop()
        for part in (self.report, self.tools, self.draw_mode, self.data_files, self.undo):
            part.stop()
        self.drawers.delete()
        self.focus.stop()
        self._collector.stop()
        event.accept()
