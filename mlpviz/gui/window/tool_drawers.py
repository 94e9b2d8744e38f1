"""The drawers of samples, a step, many seeds, clips, help, keys and versions; and what F1 says.

They are imported and made when they are first asked for: the first picture need not wait for them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Slot

from mlpviz.experiment.run.clip import Clip
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selected, Selection
from mlpviz.gui.actions.time_travel import TimeTravel
from mlpviz.gui.look.look import Look
from mlpviz.gui.parts.drawer import Drawers
from mlpviz.gui.parts.text_drawer import TextDrawer
from mlpviz.gui.window.explainer import Explainer
from mlpviz.gui.window.focus import Focus
from mlpviz.gui.window.layout import Layout
from mlpviz.gui.window.step_drawer import StepDrawer

if TYPE_CHECKING:
    from mlpviz.gui.views.clip.clip_drawer import ClipDrawer
    from mlpviz.gui.views.help.about_drawer import AboutDrawer
    from mlpviz.gui.views.help.help_drawer import HelpDrawer
    from mlpviz.gui.views.help.keys_drawer import KeysDrawer
    from mlpviz.gui.views.samples.samples_drawer import SamplesDrawer
    from mlpviz.gui.views.seeds.seeds_drawer import SeedsDrawer

Text = TypeVar("Text", bound=TextDrawer)


class ToolDrawers(QObject):
    """Opens the drawers.

    Parameters
    ----------
    runs : what the drawers are about
    selection : the sample that the one of the samples selects and shows
    time : goes where a number broke, to show the step
    layout : what the pictures of the help show
    drawers : where they open
    focus : what keeps the keys where they belong
    """

    def __init__(
        self,
        runs: Runs,
        selection: Selection,
        time: TimeTravel,
        layout: Layout,
        drawers: Drawers,
        focus: Focus,
    ) -> None:
        super().__init__(drawers)
        self.explainer = Explainer(layout)
        self.step = StepDrawer(runs, selection, time, layout, focus)
        self._layout = layout
        self._help: HelpDrawer | None = None
        self._keys: KeysDrawer | None = None
        self._about: AboutDrawer | None = None
        self._runs, self._selection = runs, selection
        self._drawers, self._focus = drawers, focus
        self._samples: SamplesDrawer | None = None
        self._seeds: SeedsDrawer | None = None
        self._clip: ClipDrawer | None = None
        selection.changed.connect(self._show_selected)

    def set_look(self, look: Look) -> None:
        """Let all drawers take over colours and sizes."""
        self._drawers.set_look(look)
        self.step.set_look(look)

    def show_update(self, update: Update) -> None:
        """Hand an update to the drawer that is open, and to the step."""
        self._drawers.show_update(update)
        self.step.show_update(update)

    @Slot()
    def toggle_samples(self) -> None:
        """Open or close the drawer of the samples."""
        if self._samples is None:
            from mlpviz.gui.views.samples.samples_drawer import SamplesDrawer

            self._samples = SamplesDrawer()
            self._samples.sample_selected.connect(self._selection.select_sample)
            self._focus.prepare(self._samples)
        self._drawers.toggle(self._samples)
        if self._samples.isVisible():
            self._drawers.show_update(self._runs.latest)
            self._show_selected(self._selection.value)

    @Slot()
    def toggle_seeds(self) -> None:
        """Open or close the drawer of many seeds."""
        if self._seeds is None:
            from mlpviz.gui.views.seeds.seeds_drawer import SeedsDrawer

            self._seeds = SeedsDrawer(self._runs.present)
            self._focus.prepare(self._seeds)
            self._seeds.seed_chosen.connect(self._open_seed)
        self._drawers.toggle(self._seeds)

    @Slot()
    def toggle_help(self) -> None:
        """Open or close the page with pictures."""
        from mlpviz.gui.views.help.help_drawer import HelpDrawer

        if self._help is None or not self._help.isVisible():
            self._drawers.close()  # what lies below a drawer paints nothing
        pictures = self._layout.pictures()  # before it covers what they show
        drawer = self._help = self._help or self._prepared(HelpDrawer())
        self._drawers.toggle(drawer)
        drawer.show_pictures(pictures)

    @Slot()
    def toggle_keys(self) -> None:
        """Open or close the drawer of the keys."""
        from mlpviz.gui.views.help.keys_drawer import KeysDrawer

        self._keys = self._keys or self._prepared(KeysDrawer())
        self._drawers.toggle(self._keys)

    @Slot()
    def toggle_about(self) -> None:
        """Open or close the drawer of versions and licences."""
        from mlpviz.gui.views.help.about_drawer import AboutDrawer

        self._about = self._about or self._prepared(AboutDrawer())
        self._drawers.toggle(self._about)

    def toggle_clip(self, save: Callable[[Clip], None]) -> None:
        """Open or close the drawer of clips.

        Parameters
        ----------
        save : makes one
        """
        if self._clip is None:
            from mlpviz.gui.views.clip.clip_drawer import ClipDrawer

            self._clip = ClipDrawer()
            self._focus.prepare(self._clip)
            self._clip.save_wanted.connect(save)
            self._clip.refused.connect(self._runs.notices.refuse)
        self._drawers.toggle(self._clip)
        self._drawers.show_update(self._runs.latest)

    def _prepared(self, drawer: Text) -> Text:
        """Return a drawer that was just made, whose closing hands the focus back."""
        self._focus.prepare(drawer)
        return drawer

    def stop(self) -> None:
        """End what is under way, before the window goes."""
        self.step.stop()
        if self._seeds is not None:
            self._seeds.stop()
            self._seeds = None

    @Slot(object)
    def _show_selected(self, value: Selected) -> None:
        if self._samples is not None:
            self._samples.select_sample(value.sample)

    @Slot(int)
    def _open_seed(self, seed: int) -> None:
        """Train one seed of the drawer from its start to its end."""
        assert self._seeds is not None
        self._runs.train_from_start(self._seeds.recipe_of(seed))
