"""The main window: it only assembles."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.actions.bridge import Bridge
from mlpviz.gui.look.assets import icon
from mlpviz.gui.look.settings import LOGARITHMIC, THEME, Settings
from mlpviz.gui.look.theme import (
    GAP,
    Theme,
    apply_theme,
    current_theme,
    style_sheet,
    theme_named,
)
from mlpviz.gui.look.theme_actions import ThemeActions
from mlpviz.gui.parts.announcer import Announcer
from mlpviz.gui.parts.inputs import tool_button
from mlpviz.gui.parts.message_bar import MessageBar
from mlpviz.gui.parts.panel import Panel
from mlpviz.gui.views.controls.controls import Controls
from mlpviz.gui.views.controls.experiments_menu import ExperimentsMenu
from mlpviz.gui.views.controls.transport import Transport
from mlpviz.gui.views.diagram.network_panel import NetworkPanel
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.loss.loss_view import LossView
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.views.map.map_menu import MapMenu
from mlpviz.gui.window.collector import Collector
from mlpviz.gui.window.compare import Compare
from mlpviz.gui.window.drop import FileDrop
from mlpviz.gui.window.experiments import Experiments
from mlpviz.gui.window.focus import Focus
from mlpviz.gui.window.hands import Hands
from mlpviz.gui.window.hiding import HiddenControls
from mlpviz.gui.window.notices import Notices
from mlpviz.gui.window.recipe_files import SUFFIX, RecipeFiles
from mlpviz.gui.window.stage import Stage
from mlpviz.gui.window.tools import REPORT_WORDS, Tools

START_SIZE = (1280, 800)
LEAST_SIZE = (1000, 700)


class FrameView(Protocol):
    """What every view can do."""

    def show_frame(self, frame: Frame) -> None:
        """Show a frame."""


class MainWindow(QMainWindow):
    """The controls, the three views, and the bridge to the trainer.

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
        self._is_playing = False
        self._error = ""  # of the trainer, which comes with each update until it is over
        self._theme = current_theme()  # which all that follows takes as its own
        self.setStyleSheet(style_sheet(self._theme))
        self.transport = Transport()
        self.message_bar = MessageBar()
        self.notices = Notices(self.message_bar)
        self.controls = Controls()
        self.network_view = NetworkView()
        self.boundary_view = BoundaryView()
        self.loss_view = LossView()
        self._views = (self.network_view, self.boundary_view, self.loss_view)
        self.controls.show_recipe(recipe)
        self._assemble()
        self._make_actions()
        network, boundary = (partial(_show_first, view) for view in self._views[:2])
        compare = self.compare
        calm = (
            (network, compare.show_network),
            (self._show_state, self.experiments.show_update, self.tools.show_update),
        )
        viewers = (boundary, compare.show_boundary)
        self.bridge = Bridge(recipe, self.transport.speed, viewers, calm, self)
        self._connect()
        self._show_icons(self._theme)
        self._restore()
        self.focus.go_home()

    @Slot(str)
    def set_theme(self, name: str) -> None:
        """Dress the window in a theme by name; "system" follows the desktop."""
        theme = theme_named(name)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if theme is current_theme() and theme is self._theme:
            self._theme_actions.keep(name)
            return  # as it was made
        apply_theme(app, theme)
        for window in app.topLevelWidgets():  # the palette is the application's, so all follow
            # One that was closed may be half taken down already, its attributes gone.
            if isinstance(window, MainWindow) and (window is self or window.isVisible()):
                window.show_theme(theme)
        self._theme_actions.keep(name)

    def show_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        self._theme = theme
        self.setStyleSheet(style_sheet(theme))
        for view in (*self._views, self.transport, self.message_bar, self.controls, self.map_menu):
            view.set_theme(theme)
        self.tools.set_theme(theme)
        self.compare.set_theme(theme)
        self._show_icons(theme)

    def _show_state(self, update: Update) -> None:
        """Show how far training is."""
        self._is_playing = update.is_playing
        self.transport.show_playing(update.is_playing)
        if update.frames:
            self.transport.show_frame(update.frames[0], self.compare.second_frame(update))
        if update.error and update.error != self._error:  # it is of what was asked for last
            self.notices.end()
        self._error = update.error
        runs = tuple(frame.run_number for frame in update.frames)
        self.notices.show_runs(self.compare.message(update), runs)

    def _assemble(self) -> None:
        self._log_button = tool_button("log_button", "log", "Logarithmic loss axis", key="L")
        self._log_button.setCheckable(True)
        self._home_button = tool_button(
            "home_button", "", "The whole data again", key="double click"
        )
        self.network_panel = NetworkPanel(self.network_view)
        self.map_menu = MapMenu(self.settings)
        boundary_tools = (self.map_menu, self._home_button)
        self.boundary_panel = Panel("Decision boundary", self.boundary_view, *boundary_tools)
        self.loss_panel = Panel("Loss", self.loss_view, self._log_button)
        stage = self._stage = Stage(self.network_panel, self.boundary_panel, self.loss_panel)
        self.compare = Compare(stage, self.network_panel, self.boundary_panel, self.boundary_view)
        body = QHBoxLayout()
        body.setSpacing(GAP)
        body.addWidget(self.controls)
        body.addWidget(stage, stretch=1)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(0)
        column.addWidget(self.transport)
        column.addWidget(self.message_bar)
        column.addLayout(body, stretch=1)
        self.setCentralWidget(central)
        self.focus = Focus(self, self.network_panel)
        self.tools = Tools(self, central)
        self.hands = Hands(self)

    def _make_actions(self) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for text, key, act in (
            ("Play or pause", "Space", self._toggle_playing),
            ("Train one epoch", "Right", self._step),
            ("Reset to the same initial weights", "R", self._reset),
            ("New initial weights", "N", self._new_weights),
        ):
            self._add_action(menu, text, key, act)
        menu.addSeparator()
        self.hands.fill(menu)
        self._add_action(menu, "Swap map and diagram", "M", self._stage.swap)
        self._add_action(menu, "Logarithmic loss axis", "L", self._log_button.click)
        self._add_action(menu, "Samples", "T", self.tools.toggle_samples)
        self.clear_action = self._add_action(menu, "Select no sample", "", self.tools.clear_sample)
        self.clear_action.setEnabled(False)
        self._controls_action = self._add_action(menu, "Controls", "C", self._toggle_controls)
        self._controls_action.setCheckable(True)
        self._controls_action.setChecked(True)
        menu.addSeparator()
        self._add_action(menu, "Many seeds", "S", self.tools.toggle_seeds)
        self.report_action = self._add_action(menu, REPORT_WORDS, "", self.tools.save_report)
        menu.addSeparator()
        # In menus of their own: all in one would be higher than an old projector.
        data, recipe, themes = (menu.addMenu(text) for text in ("Data", "Recipe", "Theme"))
        recipe.setToolTipsVisible(True)
        self.tools.add_data_actions(data)
        self.files = RecipeFiles(self, partial(self._add_action, recipe))
        self.hidden = HiddenControls(self, menu)
        self._theme_actions = ThemeActions(self, self.settings)
        self._theme_actions.chosen.connect(self.set_theme)
        themes.addActions(self._theme_actions.actions())
        menu.addSeparator()
        self._add_action(menu, "Close what is open", "Esc", self.tools.close_innermost)
        self._add_action(menu, "Quit", "Ctrl+Q", self.close)
        self.transport.menu_button.setMenu(menu)
        experiments_menu = ExperimentsMenu(self)
        self.transport.experiments_button.setMenu(experiments_menu)
        self.experiments = Experiments(
            experiments_menu, self.compare, self.controls, self.loss_view, self.notices
        )
        experiments_menu.compare_file_chosen.connect(self.files.ask_and_compare)
        experiments_menu.compare_pasted_chosen.connect(self.files.compare_with_pasted)
        self.drop = FileDrop(self, self.experiments.refuse)
        self.drop.add(SUFFIX, self.files.open_file)
        self.drop.add("", self.tools.own_data.open_file)

    def _add_action(self, menu: QMenu, text: str, key: str, act: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setAutoRepeat(key == "Right")  # held down, → goes on; the others act once
        action.triggered.connect(act)
        menu.addAction(action)
        self.addAction(action)  # a menu alone does not make the key work
        return action

    def _connect(self) -> None:
        self.hands.start()
        self.focus.prepare(self)
        self.bridge.updated.connect(Announcer(self).show_update)
        self.tools.own_data.let_drops_pass(self)
        transport, runner = self.transport, self.bridge.runner
        transport.play_pressed.connect(self._toggle_playing)
        transport.step_pressed.connect(self._step)
        transport.reset_pressed.connect(self._reset)
        transport.new_weights_pressed.connect(self._new_weights)
        transport.speed_chosen.connect(runner.set_speed)
        experiments = self.experiments
        experiments.recipes_changed.connect(runner.change)
        experiments.restart_wanted.connect(runner.reset)
        self.compare.box_changed.connect(runner.look)
        self.controls.recipe_changed.connect(experiments.change_recipe)
        self.message_bar.remedy_pressed.connect(self._apply_remedy)
        self.boundary_view.box_changed.connect(runner.look)
        self.boundary_view.sample_selected.connect(self.tools.select_sample)
        self.boundary_view.pointed_at.connect(self.boundary_panel.readout.setText)
        self.network_view.feature_toggled.connect(experiments.toggle_feature)
        self.loss_view.pointed_at.connect(self.loss_panel.readout.setText)
        self._log_button.toggled.connect(self._set_logarithmic)
        self._home_button.clicked.connect(self.boundary_view.go_home)

    def _restore(self) -> None:
        """Take up what is kept from the last time: the theme and the window's size."""
        self.settings.restore_geometry(self, START_SIZE)
        self._log_button.setChecked(self.settings.get(LOGARITHMIC))
        self.set_theme(self.settings.get(THEME))

    def _show_icons(self, theme: Theme) -> None:
        self._home_button.setIcon(icon("home", theme.quiet, 14))
        self.setWindowIcon(icon("mlpviz", theme.accent, 64))

    @Slot()
    def _toggle_playing(self) -> None:
        self.controls.take_typed()
        self.notices.end()
        if self._is_playing:
            self.bridge.runner.pause()
        else:
            self.bridge.runner.play()
        # Not to wait for the trainer's word: two quick presses are play and pause.
        self._is_playing = not self._is_playing
        self.transport.show_playing(self._is_playing)

    @Slot()
    def _step(self) -> None:
        self.controls.take_typed()
        self.notices.end()
        self.bridge.runner.run_epoch()

    @Slot()
    def _reset(self) -> None:
        self.controls.take_typed()
        self.notices.end()
        self.bridge.runner.reset()

    @Slot()
    def _new_weights(self) -> None:
        self.controls.take_typed()
        self.experiments.draw_weights()

    @Slot(object)
    def _apply_remedy(self, recipe: Recipe) -> None:
        self.experiments.pin()  # what went wrong stays to be seen beside what helps
        self.experiments.change_recipe(recipe)
        # A learning rate alone would be taken over by the run that broke, and what is not a number
        # stays so: it has to start again.
        self.bridge.runner.reset()

    def train_from_start(self, recipe: Recipe) -> None:
        """Train a recipe flat out, from its epoch 0 on."""
        self.experiments.change_recipe(recipe)
        self.bridge.runner.reset()  # it may be this very run, further on
        self.transport.set_speed(None)
        self.bridge.runner.set_speed(None)
        self.bridge.runner.play()

    @Slot(bool)
    def _set_logarithmic(self, is_logarithmic: bool) -> None:
        self.loss_view.set_logarithmic(is_logarithmic)
        self.settings.keep(LOGARITHMIC, is_logarithmic)

    @Slot()
    def _toggle_controls(self) -> None:
        self.controls.setVisible(self._controls_action.isChecked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the transport bar how much room there is."""
        self.transport.show_width(self.width())
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw again what can be seen again."""
        super().showEvent(event)
        self._look_whether_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing that cannot be seen."""
        super().hideEvent(event)
        self._look_whether_seen()

    def changeEvent(self, event: QEvent) -> None:
        """Look whether the window was minimised, or is back."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._look_whether_seen()

    def _look_whether_seen(self) -> None:
        self.bridge.set_in_sight(self.isVisible() and not self.isMinimized())

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the trainer thread before the window goes."""
        self.settings.keep_geometry(self)
        self.hide()  # an epoch of a large network can take a while to end
        self.bridge.stop()
        self.tools.stop()
        self.focus.stop()
        self._collector.stop()
        event.accept()


def _show_first(view: FrameView, update: Update) -> None:
    if update.frames:
        view.show_frame(update.frames[0])
