"""The comparison: a second run beside the first, with views and headings of its own."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.history import LossCurve
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.comparison import (
    check_comparable,
    comparison_message,
    run_label,
    side_words,
    with_shared_choices,
)
from mlpviz.experiment.words.messages import Message, message_for
from mlpviz.gui.look.theme import Theme
from mlpviz.gui.parts.panel import Panel
from mlpviz.gui.views.diagram.network_panel import NetworkPanel
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.window.stage import Stage

MAX_PINS = 5  # grey lines that can be told apart
EVERY_DIFFERENCE = 99


class Compare(QObject):
    """Owns the recipes of both runs while two are compared, and the views of the second.

    Parameters
    ----------
    stage : where the views lie
    network_panel, boundary_panel : those of the first run
    boundary_view : the map of the first run, which zooms together with the second
    """

    feature_toggled = Signal(str)  # as of a NetworkView: an input was clicked in the second diagram
    box_changed = Signal(object)  # as of a BoundaryView: the second map was zoomed
    second_made = Signal()  # the views of the second run
    opened = Signal()  # two runs are seen

    def __init__(
        self, stage: Stage, network_panel: Panel, boundary_panel: Panel, boundary_view: BoundaryView
    ) -> None:
        super().__init__(stage)
        self._stage, self._first_map = stage, boundary_view
        self._first_panels = (network_panel, boundary_panel)
        self._second_panels: tuple[Panel, Panel] | None = None
        self.network_panel: NetworkPanel | None = None
        self.network_view: NetworkView | None = None  # the second ones, made when first needed
        self.boundary_view: BoundaryView | None = None
        self.recipes: tuple[Recipe, Recipe] | None = None  # A and B while they are compared

    @property
    def is_open(self) -> bool:
        """Whether two runs are compared."""
        return self.recipes is not None

    def open(self, a: Recipe, b: Recipe) -> None:
        """Compare two runs.

        Raises
        ------
        ValueError
            with a sentence, when they cannot be compared; then nothing has changed.
        """
        check_comparable(a, b)
        was_open = self.is_open
        self.recipes = (with_shared_choices(a, b), b)
        if not was_open:
            self._second_panels = self._second_panels or self._make_views()
            self._stage.show_second(self._second_panels)
            self._first_map.go_home()  # both maps start with the same box
            self.opened.emit()
        self._show_headings()

    def close(self) -> None:
        """Show one run again."""
        if self.is_open:
            self.recipes = None
            self._stage.show_second(None)
            for panel in self._first_panels:
                panel.show_name("")

    def change(self, recipe: Recipe, side: int = 1) -> tuple[Recipe, ...]:
        """Return what to train when one run has another recipe: it alone, or A and B.

        Parameters
        ----------
        side : which of two runs that are compared; the controls hold B, 1

        Raises
        ------
        ValueError
            with a sentence, when it cannot be compared with A; then nothing has changed.
        """
        if self.recipes is None:
            return (recipe,)
        a, b = self.recipes
        try:
            self.open(*((recipe, b) if side == 0 else (a, recipe)))
        except ValueError as problem:
            raise ValueError(f"{problem} End the comparison to change it.") from None
        return self.recipes

    def show(self, recipes: tuple[Recipe, ...]) -> tuple[Recipe, ...]:
        """Show one run or compare two, and return what to train.

        Raises
        ------
        ValueError
            with a sentence, when two cannot be compared; then nothing has changed.
        """
        if len(recipes) == 1:
            self.close()
            return recipes
        self.open(*recipes)
        return self.recipes or recipes

    def change_weights(self, recipe: Recipe) -> tuple[Recipe, ...]:
        """Draw the next weight seed, for both if two are compared: what was the same stays so."""
        if self.recipes is not None:
            return self.show(tuple(recipe.with_new_weights() for recipe in self.recipes))
        return (recipe.with_new_weights(),)

    def second_frame(self, update: Update) -> Frame | None:
        """Return the frame of the second run; None where one run is shown."""
        return update.frames[1] if self.is_open and len(update.frames) > 1 else None

    def message(self, update: Update) -> Message:
        """Choose what to say about one run, or about two."""
        return comparison_message(update) if self.second_frame(update) else message_for(update)

    def show_network(self, update: Update) -> None:
        """Show the second diagram."""
        frame = self.second_frame(update)
        if frame is not None and self.network_view is not None:
            self.network_view.show_frame(frame)

    def show_boundary(self, update: Update) -> None:
        """Show the second map; say over the first what it is."""
        frame = self.second_frame(update)
        if update.frames and not self.is_open:
            is_regression = update.frames[0].recipe.is_regression
            self._first_panels[1].show_name("OUTPUT" if is_regression else "")
        if frame is not None and self.boundary_view is not None:
            self.boundary_view.show_frame(frame)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        if self.network_view is not None and self.boundary_view is not None:
            self.network_view.set_theme(theme)
            self.boundary_view.set_theme(theme)

    def _make_views(self) -> tuple[Panel, Panel]:
        self.network_view, self.boundary_view = NetworkView(), BoundaryView()
        self.network_view.setObjectName("second_network_view")
        self.network_view.setAccessibleName("Network diagram of run B")
        self.boundary_view.setObjectName("second_boundary_view")
        self.boundary_view.setAccessibleName("Decision boundary of run B")
        self.network_panel = network = NetworkPanel(self.network_view)
        boundary = Panel("Decision boundary", self.boundary_view)
        self.network_view.feature_toggled.connect(self.feature_toggled)
        self.boundary_view.pointed_at.connect(boundary.readout.setText)
        # One surface box for both: where one is zoomed, the other follows.
        self._first_map.box_changed.connect(self.boundary_view.show_box)
        self.boundary_view.box_changed.connect(self._follow_second)
        self.second_made.emit()
        return network, boundary

    def _follow_second(self, box: Box | None) -> None:
        self._first_map.show_box(box)
        self.box_changed.emit(box)

    def _show_headings(self) -> None:
        assert self.recipes is not None
        assert self._second_panels is not None
        short, long = side_words(*self.recipes), side_words(*self.recipes, most=EVERY_DIFFERENCE)
        for side, (network, boundary) in enumerate((self._first_panels, self._second_panels)):
            network.show_name(f"{'AB'[side]} · network", long[side])
            boundary.show_name(short[side], long[side])


class Pins:
    """The losses of runs that stay in the plot, each with its recipe in words."""

    def __init__(self) -> None:
        self._frames: list[Frame] = []

    @property
    def entries(self) -> list[tuple[str, LossCurve]]:
        """The words and the losses of each, the oldest first."""
        return [(run_label(frame), frame.curve) for frame in self._frames]

    def add(self, frames: tuple[Frame, ...]) -> None:
        """Pin runs as they stand; the oldest make room. An untrained one has nothing to show."""
        for frame in frames:
            if frame.epoch > 0 and not any(_holds(other, frame) for other in self._frames):
                kept = [other for other in self._frames if not _holds(frame, other)]
                self._frames = [*kept, frame]
        self._frames = self._frames[-MAX_PINS:]

    def remove(self, pin: int) -> None:
        """Unpin one, by its place among the entries."""
        del self._frames[pin]

    def clear(self) -> None:
        """Unpin all."""
        self._frames = []


def _holds(longer: Frame, shorter: Frame) -> bool:
    """Tell whether the losses of one frame begin with those of another.

    Both runs began alike, and until the end of the shorter they were changed alike.
    """
    first, second = (replace(frame.start_recipe, epochs=0) for frame in (longer, shorter))
    count = len(shorter.changes)
    return (
        first == second
        and longer.epoch >= shorter.epoch
        and longer.changes[:count] == shorter.changes
        and all(change.epoch >= shorter.epoch for change in longer.changes[count:])
    )
