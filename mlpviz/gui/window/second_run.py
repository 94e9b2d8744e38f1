"""The views of a second run, beside those of the first, with headings that tell both apart."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.comparison import side_words
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.look.look import Look
from mlpviz.gui.parts.panel import Panel
from mlpviz.gui.views.diagram.network_panel import NetworkPanel
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.views.map.map_panel import MapPanel
from mlpviz.gui.window.stage import Stage

EVERY_DIFFERENCE = 99


class SecondRun(QObject):
    """Shows the second of two runs, in views that are made when they are first needed.

    Parameters
    ----------
    runs : what is compared
    stage : where the views lie
    network_panel, boundary_panel : those of the first run
    """

    made = Signal()  # the views
    opened = Signal()  # two runs are seen

    def __init__(
        self,
        runs: Runs,
        stage: Stage,
        network_panel: Panel,
        boundary_panel: MapPanel,
    ) -> None:
        super().__init__(stage)
        self._runs, self._stage = runs, stage
        self._first_panels = (network_panel, boundary_panel)
        self._second_panels: tuple[Panel, MapPanel] | None = None
        self._is_open = False
        self.network_panel: NetworkPanel | None = None
        self.network_view: NetworkView | None = None
        self.boundary_view: BoundaryView | None = None

    @Slot(object)
    def show_recipes(self, recipes: tuple[Recipe, ...]) -> None:
        """Show the views of two runs, or of one, with what is different in their headings."""
        was_open, self._is_open = self._is_open, len(recipes) > 1
        if self._is_open:
            self._second_panels = self._second_panels or self._make_views()
            if not was_open:
                self._stage.show_second(self._second_panels)
                self.opened.emit()
            self._show_headings(self._second_panels, recipes)
        elif was_open:
            self._stage.show_second(None)
            network, boundary = self._first_panels
            network.show_name("")
            boundary.show_run("")

    def show_network(self, update: Update) -> None:
        """Show the second diagram."""
        frame = self._runs.second_frame(update)
        if frame is not None and self.network_panel is not None:
            self.network_panel.show_frame(frame)

    def show_boundary(self, update: Update) -> None:
        """Show the second map, but for its details."""
        frame = self._runs.second_frame(update)
        if frame is not None and self.boundary_view is not None:
            self.boundary_view.show_surface(frame)

    def show_details(self, update: Update) -> None:
        """Show on the second map what may wait; see `BoundaryView.show_details`."""
        frame = self._runs.second_frame(update)
        if frame is not None and self.boundary_view is not None:
            self.boundary_view.show_details(frame)

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        if self.network_view is not None and self.boundary_view is not None:
            self.network_view.set_look(look)
            self.boundary_view.set_look(look)

    def _make_views(self) -> tuple[Panel, MapPanel]:
        self.network_view, self.boundary_view = NetworkView(), BoundaryView()
        self.network_view.setObjectName("second_network_view")
        self.network_view.setAccessibleName(tr("Network diagram of run B"))
        self.boundary_view.setObjectName("second_boundary_view")
        self.boundary_view.setAccessibleName(tr("Decision boundary of run B"))
        self.network_panel = network = NetworkPanel(self.network_view)
        boundary = MapPanel(self.boundary_view)
        for panel in (network, boundary):
            panel.enlarge_wanted.connect(partial(self._stage.enlarge_panel, panel))
        self.made.emit()
        return network, boundary

    def _show_headings(
        self, second_panels: tuple[Panel, MapPanel], recipes: tuple[Recipe, ...]
    ) -> None:
        a, b = recipes
        short, long = side_words(a, b), side_words(a, b, most=EVERY_DIFFERENCE)
        for side, (network, boundary) in enumerate((self._first_panels, second_panels)):
            network.show_name(tr("{run} · network", run="AB"[side]), long[side])
            boundary.show_run(short[side], long[side])
