"""What the window opens on demand: the drawers and the report.

They are imported and made when they are first asked for: the first picture need not wait for them.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.look.theme import Theme
from mlpviz.gui.parts.drawer import Drawers
from mlpviz.gui.views.map.draw_mode import DrawMode
from mlpviz.gui.window.data_files import OwnDataTools
from mlpviz.gui.window.notices import NOTHING

if TYPE_CHECKING:
    from mlpviz.gui.views.figures.report_job import ReportJob
    from mlpviz.gui.views.samples.samples_drawer import SamplesDrawer
    from mlpviz.gui.views.seeds.seeds_drawer import SeedsDrawer
    from mlpviz.gui.window.main import MainWindow

CANCEL_REPORT = "Cancel the report"


class Tools(QObject):
    """Opens drawers over a window, keeps which sample is selected, and saves its report.

    Parameters
    ----------
    window : assembled so far that it has all its views
    ground : the widget over which drawers lie
    """

    def __init__(self, window: "MainWindow", ground: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.drawers = Drawers(ground, window.boundary_panel, (window.network_panel,))
        self.own_data = OwnDataTools(window, self.drawers)
        self.draw_mode = DrawMode(window)
        self.selected_sample: int | None = None
        self.update = Update((), is_playing=False)  # the last one shown
        self._samples: SamplesDrawer | None = None
        self._seeds: SeedsDrawer | None = None
        self._report: ReportJob | None = None

    def show_update(self, update: Update) -> None:
        """Show an update in the drawer that is open."""
        self.update = update
        selected = self.selected_sample
        if selected is not None and update.frames and selected >= len(update.frames[0].X):
            self.select_sample(None)
        self.drawers.show_update(update)
        self.draw_mode.show_update(update)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        self.drawers.set_theme(theme)
        self.draw_mode.set_theme(theme)

    @Slot(object)
    def select_sample(self, sample: int | None) -> None:
        """Select a sample everywhere; None for none."""
        self.selected_sample = sample
        window = self._window
        window.menus.learn(has_sample=sample is not None)
        for view in (window.network_view, window.boundary_view, self._samples):
            if view is not None:
                view.select_sample(sample)

    @Slot()
    def clear_sample(self) -> None:
        """Select no sample."""
        self.select_sample(None)

    @Slot()
    def close_innermost(self) -> None:
        """Close or end one thing: the innermost of what is open."""
        window, drawer = self._window, self.drawers.open_drawer
        if any(diagram.edit.cancel() for diagram in window.focus.diagrams):
            return
        if drawer is not None:
            drawer.close_drawer()
        elif self.draw_mode.button.isChecked():
            self.draw_mode.button.setChecked(False)
        elif self.selected_sample is not None:
            self.select_sample(None)
        elif window.compare.is_open and "experiments_button" not in window.hidden.names:
            second = window.compare.network_view
            window.experiments.end_comparison(int(window.focus.diagram is second))

    @Slot()
    def toggle_samples(self) -> None:
        """Open or close the drawer of the samples."""
        if self._samples is None:
            from mlpviz.gui.views.samples.samples_drawer import SamplesDrawer

            self._samples = SamplesDrawer()
            self._samples.sample_selected.connect(self.select_sample)
            self._window.focus.prepare(self._samples)
        self.drawers.toggle(self._samples)
        if self._samples.isVisible():
            self.drawers.show_update(self.update)
            self._samples.select_sample(self.selected_sample)

    @Slot()
    def toggle_seeds(self) -> None:
        """Open or close the drawer of many seeds."""
        if self._seeds is None:
            from mlpviz.gui.views.seeds.seeds_drawer import SeedsDrawer

            self._seeds = SeedsDrawer(self._typed_recipe)
            self._window.focus.prepare(self._seeds)
            self._seeds.seed_chosen.connect(self._open_seed)
        self.drawers.toggle(self._seeds)

    @Slot()
    def save_report(self) -> None:
        """Ask for a folder and write the report of the present runs; stop one under way."""
        from mlpviz.experiment.writing.cases import cases_of

        if self._report is None:
            from mlpviz.gui.views.figures.report_job import ReportJob

            self._report = ReportJob(self)
            self._report.said.connect(self._show_notice)
        if self._report.is_running:
            self._report.cancel()
            return
        frames = self.update.frames  # of the moment, however long the dialog stays open
        try:
            cases = cases_of(frames)
        except ValueError as problem:
            self._window.experiments.refuse(str(problem))
            return
        place = QFileDialog.getExistingDirectory(self._window, "Where to save the report")
        if place:
            self._report.start(cases, Path(place))

    def stop(self) -> None:
        """End what is under way, before the window goes."""
        if self._report is not None:
            self._report.stop()
        if self._seeds is not None:
            self._seeds.stop()
            self._seeds = None
        self.draw_mode.stop()
        self.own_data.stop()
        self.drawers.delete()

    def _typed_recipe(self) -> Recipe:
        self._window.controls.take_typed()
        return self._window.controls.recipe

    @Slot(int)
    def _open_seed(self, seed: int) -> None:
        """Train one seed of the drawer from its start to its end."""
        assert self._seeds is not None
        self._window.train_from_start(self._seeds.recipe_of(seed))

    @Slot(object)
    def _show_notice(self, message: Message) -> None:
        notices = self._window.notices
        is_running = self._report is not None and self._report.is_running
        notices.show_work(message if is_running else NOTHING)
        if not is_running:
            notices.say(message)
        self._window.menus.rename("report", CANCEL_REPORT if is_running else "")
