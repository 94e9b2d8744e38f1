"""What lies where in the window: the transport bar, the controls, and the three views."""

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlpviz.experiment.language import tr
from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.look.icons import icon
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.settings import LOGARITHMIC, MORE, Settings
from mlpviz.gui.look.sizes import GAP, HOME_ICON, SPACE
from mlpviz.gui.look.sizing import lay, space
from mlpviz.gui.parts.action_button import action_button
from mlpviz.gui.parts.message_bar import MessageBar
from mlpviz.gui.parts.panel import Panel
from mlpviz.gui.views.controls.controls import Controls
from mlpviz.gui.views.controls.transport import Transport
from mlpviz.gui.views.diagram.network_panel import NetworkPanel
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.help.pictures import Pictures
from mlpviz.gui.views.loss.loss_view import LossView
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.views.map.map_menu import MapMenu
from mlpviz.gui.views.map.map_panel import MapPanel
from mlpviz.gui.views.timeline.timeline import Timeline
from mlpviz.gui.window.band import Band
from mlpviz.gui.window.hints import Hints
from mlpviz.gui.window.stage import Stage

PRESENTED_LINES = 3  # of a message beside the loss; where it has all the width, two will do


class Layout(QWidget):
    """The widget that fills the window.

    Parameters
    ----------
    settings : where it is kept what the map shows, and whether all controls are seen
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.transport, self.message_bar, self.controls = Transport(), MessageBar(), Controls()
        self.network_view = NetworkView()
        self.boundary_view = BoundaryView()
        self.loss_view = LossView()
        self.log_button = action_button(ACTIONS["log"])
        self.log_button.setCheckable(True)
        self.home_button = action_button(ACTIONS["home"])
        self.leave_button = action_button(ACTIONS["presentation"])
        self.map_menu = MapMenu(settings)
        self.network_panel = NetworkPanel(self.network_view)
        boundary_tools = (self.map_menu, self.home_button)
        self.boundary_panel = MapPanel(self.boundary_view, *boundary_tools)
        self.loss_panel = Panel(tr("Loss"), self.loss_view, self.log_button)
        self.stage = Stage(self.network_panel, self.boundary_panel, self.loss_panel)
        self.band = Band(self.message_bar, self.stage.strip)
        self.timeline = Timeline()
        self._assemble()
        self.hints = Hints(self.network_view, self.boundary_view, settings)
        self.controls.more.open(settings.get(MORE))
        self.controls.more.button.toggled.connect(partial(settings.keep, MORE))
        self.log_button.toggled.connect(self.loss_view.set_logarithmic)
        self.log_button.setChecked(settings.get(LOGARITHMIC))
        self.log_button.toggled.connect(partial(settings.keep, LOGARITHMIC))
        self.loss_view.pointed_at.connect(self.loss_panel.readout.setText)
        self.home_button.clicked.connect(self.boundary_view.go_home)
        for panel in (self.network_panel, self.boundary_panel, self.loss_panel):
            panel.enlarge_wanted.connect(partial(self.stage.enlarge_panel, panel))

    def set_look(self, look: Look) -> None:
        """Take over the colours of a look."""
        views = (self.network_view, self.boundary_view, self.loss_view)
        others = (self.transport, self.message_bar, self.controls, self.map_menu, self.timeline)
        for part in (*views, *others):
            part.set_look(look)
        self.show_icons(look)
        self.stage.arrange()

    def show_icons(self, look: Look) -> None:
        """Draw the icons in the colours of a look."""
        self.home_button.setIcon(icon("home", look.quiet, HOME_ICON))
        self.leave_button.setIcon(icon("shrink", look.text))

    def present(self, is_presenting: bool) -> None:
        """Let the loss lie beside the message, or as usual again."""
        self.transport.present(is_presenting)
        self.band.show_lines(PRESENTED_LINES if is_presenting else 1)
        self.stage.lend_loss(is_presenting)

    def seat_controls(self, is_seated: bool) -> None:
        """Let the controls stand beside the views; or take no room, for they lie over them."""
        if is_seated:
            self._body.insertWidget(0, self.controls)
        else:
            self._body.removeWidget(self.controls)

    def show_alone(self, view: str, size: QSize) -> QWidget:
        """Let one view have any size, in a place of its own, and return that: for pictures of it.

        Parameters
        ----------
        view : its name on the stage
        """
        self.stage.enlarge(view)
        self._body.removeWidget(self.stage)  # which would give it what the window has room for
        self.stage.resize(size)
        return self.stage

    def pictures(self) -> Pictures:
        """Return what the parts of the window look like at the moment."""
        return Pictures(
            self.transport.grab(),
            self.network_panel.grab(),
            self.boundary_panel.grab(),
            self.loss_panel.grab(),
        )

    def _assemble(self) -> None:
        self._body = body = QHBoxLayout()
        lay(body, GAP)
        body.addWidget(self.controls)
        body.addWidget(self.stage, stretch=1)
        column = QVBoxLayout(self)
        lay(column, 0, (GAP, GAP, GAP, GAP))
        column.addWidget(self.transport)
        column.addWidget(self.band)
        column.addLayout(body, stretch=1)
        space(column, SPACE)
        column.addWidget(self.timeline)
