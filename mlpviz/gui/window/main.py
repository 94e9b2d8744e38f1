"""The main window: it only assembles."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QHideEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.want import Want
from mlpviz.gui.actions.bridge import Bridge
from mlpviz.gui.actions.table import ACTIONS, OPENS
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
from mlpviz.gui.parts.action_button import action_button
from mlpviz.gui.parts.announcer import Announcer
from mlpviz.gui.parts.message_bar import MessageBar
from mlpviz.gui.parts.panel import Panel
from mlpviz.gui.views.controls.controls import Controls
from mlpviz.gui.views.controls.transport import Transport
from mlpviz.gui.views.diagram.network_panel import NetworkPanel
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.loss.loss_view import LossView
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.views.map.map_menu import KEPT, MapMenu
from mlpviz.gui.window.collector import Collector
from mlpviz.gui.window.compare import Compare
from mlpviz.gui.window.drop import FileDrop
from mlpviz.gui.window.experiments import Experiments
from mlpviz.gui.window.focus import Focus
from mlpviz.gui.window.hands import Hands
from mlpviz.gui.window.hiding import HiddenControls
from mlpviz.gui.window.menus import Menus
from mlpviz.gui.window.notices import Notices
from mlpviz.gui.window.recipe_files import SUFFIX, RecipeFiles
from mlpviz.gui.window.stage import Stage
from mlpviz.gui.window.tools import Tools

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
            self._keep_theme(name)
            return  # as it was made
        apply_theme(app, theme)
        for window in app.topLevelWidgets():  # the palette is the application's, so all follow
            # One that was closed may be half taken down already, its attributes gone.
            if isinstance(window, MainWindow) and (window is self or window.isVisible()):
                window.show_theme(theme)
        self._keep_theme(name)

    def _keep_theme(self, name: str) -> None:
        self.menus.actions[f"theme_{name}"].setChecked(True)
        self.settings.keep(THEME, name)

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
        self._log_button = action_button(ACTIONS["log"])
        self._log_button.setCheckable(True)
        self._home_button = action_button(ACTIONS["home"])
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
        self.menus = Menus(self)
        self.focus = Focus(self, self.network_panel)
        self.tools = Tools(self, central)
        self.hands = Hands(self)

    def _make_actions(self) -> None:
        menus = self.menus
        self.files = RecipeFiles(self)
        self.hidden = HiddenControls(self, menus)
        self.transport.menu_button.setMenu(menus.menus["main"])
        self.map_menu.setMenu(menus.menus["map"])
        self.transport.experiments_button.setMenu(menus.menus["experiments"])
        self.experiments = Experiments(
            self, self.compare, self.controls, self.loss_view, self.notices
        )
        self.experiments.state_changed.connect(self._offer)
        self.drop = FileDrop(self, self.experiments.refuse)
        self.drop.add(SUFFIX, self.files.open_file)
        self.drop.add("", self.tools.own_data.open_file)
        self._bind()

    def _bind(self) -> None:
        """Say what each action does."""
        menus, tools, files, experiments = self.menus, self.tools, self.files, self.experiments
        menus.bind(
            {
                "play": self._toggle_playing,
                "step": self._step,
                "reset": self._reset,
                "new_weights": self._new_weights,
                "edit_weights": self.hands.select,
                "swap": self._stage.swap,
                "log": self._log_button.click,
                "home": self.boundary_view.go_home,
                "samples": tools.toggle_samples,
                "clear_sample": tools.clear_sample,
                "seeds": tools.toggle_seeds,
                "report": tools.save_report,
                "open_data": tools.own_data.ask_and_open,
                "paste_data": tools.own_data.paste,
                "export_data": tools.own_data.ask_and_export,
                "draw": tools.draw_mode.button.toggle,
                "open_recipe": files.ask_and_open,
                "save_recipe": files.ask_and_save,
                "copy_recipe": files.copy,
                "copy_weights": files.copy_with_weights,
                "paste_recipe": files.paste,
                "compare": experiments.compare_with_present,
                "compare_file": files.ask_and_compare,
                "compare_pasted": files.compare_with_pasted,
                "end_with_a": partial(experiments.end_comparison, 0),
                "end_with_b": partial(experiments.end_comparison, 1),
                "pin": experiments.pin,
                "unpin": experiments.unpin,
                "show_all": self.hidden.show_all,
                "close": tools.close_innermost,
                "quit": self.close,
            }
        )
        menus.bind({f"theme_{name}": partial(self.set_theme, name) for name in THEME.choices})
        open_recipes = experiments.open_recipes
        menus.bind({name: partial(open_recipes, recipes) for name, recipes in OPENS.items()})
        menus.actions["controls"].setChecked(True)
        menus.bind_switches({"controls": self.controls.setVisible})
        menus.bind_switches(self.map_menu.switches())
        menus.follow(self.hands.stack)

    @Slot(bool, object)
    def _offer(self, is_comparing: bool, pins: tuple[str, ...]) -> None:
        """Offer what can be done with the present runs and pins."""
        self.menus.learn(is_comparing=is_comparing, has_pins=bool(pins))
        self.menus.fill("pins", pins, self.experiments.unpin_one)

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
        self.compare.box_changed.connect(self._look)
        self.controls.recipe_changed.connect(experiments.change_recipe)
        self.message_bar.remedy_pressed.connect(self._apply_remedy)
        self.boundary_view.box_changed.connect(self._look)
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
        for name, setting in KEPT.items():
            self.menus.actions[name].setChecked(self.settings.get(setting))
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

    @Slot(object)
    def _look(self, box: Box | None) -> None:
        self.bridge.runner.want(Want(box))

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
