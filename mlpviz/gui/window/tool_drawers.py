"""The drawers of the samples and of many seeds.

They are imported and made when they are first asked for: the first picture need not wait for them.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from mlpviz.experiment.run.runner import Update
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.parts.drawer import Drawers
from mlpviz.gui.window.focus import Focus

if TYPE_CHECKING:
    from mlpviz.gui.views.samples.samples_drawer import SamplesDrawer
    from mlpviz.gui.views.seeds.seeds_drawer import SeedsDrawer


class SampleView(Protocol):
    """What shows which sample is selected."""

    def select_sample(self, sample: int | None) -> None:
        """Show a sample as selected; None for none."""


class ToolDrawers(QObject):
    """Opens the two drawers, and keeps which sample is selected.

    Parameters
    ----------
    runs : what the drawers are about
    drawers : where they open
    focus : what keeps the keys where they belong
    views : what shows the selected sample besides
    """

    sample_changed = Signal(object)  # the selected one; None for none

    def __init__(
        self, runs: Runs, drawers: Drawers, focus: Focus, views: Sequence[SampleView]
    ) -> None:
        super().__init__(drawers)
        self._runs, self._drawers, self._focus = runs, drawers, focus
        self._views = tuple(views)
        self.selected_sample: int | None = None
        self._samples: SamplesDrawer | None = None
        self._seeds: SeedsDrawer | None = None

    def show_update(self, update: Update) -> None:
        """Show an update in the drawer that is open."""
        selected = self.selected_sample
        if selected is not None and update.frames and selected >= len(update.frames[0].X):
            self.select_sample(None)
        self._drawers.show_update(update)

    @Slot(object)
    def select_sample(self, sample: int | None) -> None:
        """Select a sample everywhere; None for none."""
        self.selected_sample = sample
        for view in (*self._views, self._samples):
            if view is not None:
                view.select_sample(sample)
        self.sample_changed.emit(sample)

    @Slot()
    def clear_sample(self) -> bool:
        """Select no sample; return whether one was."""
        was_selected = self.selected_sample is not None
        self.select_sample(None)
        return was_selected

    @Slot()
    def toggle_samples(self) -> None:
        """Open or close the drawer of the samples."""
        if self._samples is None:
            from mlpviz.gui.views.samples.samples_drawer import SamplesDrawer

            self._samples = SamplesDrawer()
            self._samples.sample_selected.connect(self.select_sample)
            self._focus.prepare(self._samples)
        self._drawers.toggle(self._samples)
        if self._samples.isVisible():
            self._drawers.show_update(self._runs.latest)
            self._samples.select_sample(self.selected_sample)

    @Slot()
    def toggle_seeds(self) -> None:
        """Open or close the drawer of many seeds."""
        if self._seeds is None:
            from mlpviz.gui.views.seeds.seeds_drawer import SeedsDrawer

            self._seeds = SeedsDrawer(self._runs.present)
            self._focus.prepare(self._seeds)
            self._seeds.seed_chosen.connect(self._open_seed)
        self._drawers.toggle(self._seeds)

    def stop(self) -> None:
        """End what is under way, before the window goes."""
        if self._seeds is not None:
            self._seeds.stop()
            self._seeds = None

    @Slot(int)
    def _open_seed(self, seed: int) -> None:
        """Train one seed of the drawer from its start to its end."""
        assert self._seeds is not None
        self._runs.train_from_start(self._seeds.recipe_of(seed))
