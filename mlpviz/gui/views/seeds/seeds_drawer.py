"""Many seeds: the same recipe from other initial weights, trained in the background."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from mlpviz.engine import Array
from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import thinned
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.study.apart import Watch, run_apart
from mlpviz.experiment.study.seed_study import SeedStudy
from mlpviz.experiment.study.seeds import DEFAULT_SEEDS, MAX_SEEDS
from mlpviz.experiment.study.studies import THUMBNAIL_STEP, study_with_thumbnails
from mlpviz.experiment.words.formats import share_text
from mlpviz.experiment.writing.cases import EPOCHS_WITHOUT_LIMIT
from mlpviz.experiment.writing.study_words import study_words
from mlpviz.gui.actions.jobs import Job
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import GAP, LEAST_SEEDS_PLOT
from mlpviz.gui.look.sizing import at_least, lay
from mlpviz.gui.parts.drawer import Drawer
from mlpviz.gui.parts.inputs import WholeInput
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.parts.text_line import text_line
from mlpviz.gui.views.seeds.seeds_plot import SeedsPlot
from mlpviz.gui.views.seeds.seeds_strip import NONE, SeedsStrip, seed_words
from mlpviz.gui.views.seeds.seeds_words import (
    beside_words,
    difference_words,
    limit_words,
    other_words,
)

STRIP_MS = 30  # the pictures come so much later than the lines
EMPTY_WORDS = marked(
    "One run says how this network went; many say how such networks go. "
    "Start trains the recipe of the window from other initial weights."
)


class SeedsDrawer(Drawer):
    """Starts a study and shows it; a line or a surface opens that seed in the window.

    Parameters
    ----------
    current_recipe : returns the recipe of the window
    """

    seed_chosen = Signal(int)  # the weight seed; `recipe_of` says the rest

    def __init__(self, current_recipe: Callable[[], Recipe]) -> None:
        super().__init__("seeds_drawer", tr("Many seeds"), below=(3, 2))
        self._current_recipe = current_recipe
        self._job: Job | None = None
        self._study: SeedStudy | None = None
        self._surfaces: Array = np.empty((0, 1, 1))
        self._had_limit = True
        self._opened = NONE  # index of the seed that was opened in the window
        self._compared_run = NONE  # the number of the run that `_difference` is about
        self._said, self._other, self._difference = "", "", ""  # the parts of the note
        self._make_inputs()
        self._make_views()
        self._assemble()
        self._show_running(None)

    @property
    def study(self) -> SeedStudy | None:
        """What is shown."""
        return self._study

    def recipe_of(self, seed: int) -> Recipe:
        """Return the recipe of one seed of the study that is shown."""
        assert self._study is not None
        return replace(self._study.recipe, weight_seed=seed)

    def stop(self) -> bool:
        """End what is going on. Return whether it ended in time."""
        return self._job is None or self._job.stop()

    def show_update(self, update: Update) -> None:
        """Say whether the study is for the recipe of the window, and its seed as it was there."""
        if self._study is None or not update.frames:
            return
        frame = update.frames[0]
        self._other = other_words(self._study, frame.recipe, self._had_limit)
        self._compare(self._study, frame)
        self._show_note()

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self.plot.set_look(look)
        self.strip.set_look(look)
        self._fit_percent()

    def _fit_percent(self) -> None:
        self.percent_label.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %"))

    def _make_inputs(self) -> None:
        self.count_input = WholeInput("seed_count_input", tr("Number of seeds"), 2, MAX_SEEDS)
        self.count_input.setValue(DEFAULT_SEEDS)
        self.count_input.setToolTip(
            tr("Number of initial weights to train from, 2 to {most}", most=MAX_SEEDS)
        )
        self.start_button = QPushButton()
        self.start_button.setObjectName("seeds_start_button")
        self.start_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.start_button.clicked.connect(self._start_or_cancel)
        self.progress_bar = QProgressBar()
        self.progress_bar.setObjectName("seeds_progress")
        self.progress_bar.setAccessibleName(tr("Progress"))
        self.progress_bar.setToolTip(tr("How much of the training is done"))
        self.progress_bar.setTextVisible(False)
        policy = self.progress_bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # or the row would jump
        self.progress_bar.setSizePolicy(policy)
        self.percent_label = PlainLabel()
        self.percent_label.setProperty("role", "quiet")
        self._fit_percent()

    def _make_views(self) -> None:
        self.summary_label = text_line("seeds_summary")
        self.summary_label.setText(tr(EMPTY_WORDS))
        self.note_label = text_line("seeds_note", "quiet")
        self.readout = text_line("seeds_readout", "quiet")
        self.readout.setWordWrap(False)
        at_least(self.readout, width=1)
        self.plot = SeedsPlot()
        # Beside words that wrap, Qt takes the height that a plot would like for what it needs.
        self.plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        at_least(self.plot, height=LEAST_SEEDS_PLOT)
        self.plot.pointed_at.connect(self._point_at)
        self.plot.chosen.connect(self._choose)
        self.strip = SeedsStrip()
        self.strip.moved.connect(self._move_to)
        self.strip.chosen.connect(self._choose)
        self.scroll_area = QScrollArea()
        self.scroll_area.setObjectName("seeds_scroll")
        self.scroll_area.setAccessibleName(tr("Final decision surfaces"))
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setWidget(self.strip)
        self.scroll_area.viewport().setAutoFillBackground(False)  # it lies on the drawer
        self.strip.setAutoFillBackground(False)
        self._strip_timer = QTimer(self, singleShot=True, interval=STRIP_MS)
        self._strip_timer.timeout.connect(self._paint_strip)
        # Empty views say nothing: they appear with the first study.
        self._views: tuple[QWidget, ...] = (self.plot, self.readout, self.scroll_area)
        for view in self._views:
            view.hide()

    def _assemble(self) -> None:
        caption = PlainLabel(tr("Seeds"))
        caption.setProperty("role", "field")
        caption.setBuddy(self.count_input)
        row = QHBoxLayout()
        lay(row, GAP)
        for widget in (caption, self.count_input, self.start_button):
            row.addWidget(widget)
        row.addWidget(self.progress_bar, stretch=1)
        row.addWidget(self.percent_label)
        self.upper_half.addLayout(row)
        self.upper_half.addWidget(self.summary_label)
        self.upper_half.addWidget(self.note_label)
        self.upper_half.addWidget(self.plot, stretch=3)
        self.upper_half.addWidget(self.readout)
        self.upper_half.addStretch(0)
        self.lower_half.addWidget(self.scroll_area, stretch=1)

    @Slot()
    def _start_or_cancel(self) -> None:
        if self._job is not None:
            self.start_button.setEnabled(False)  # until it has ended
            self._job.cancel()
            return
        asked = self._current_recipe()
        recipe = asked if asked.epochs else replace(asked, epochs=EPOCHS_WITHOUT_LIMIT)
        self._asked_limit = bool(asked.epochs)
        count = self.count_input.value()

        def work(watch: Watch) -> object:
            return run_apart(study_with_thumbnails, (recipe, count), watch)

        self._say("" if asked.epochs else limit_words(recipe.epochs))
        self._job = Job(work, self)
        self._job.progressed.connect(self._show_progress)
        self._job.finished.connect(self._finish)
        self._job.failed.connect(self._fail)
        self._job.cancelled.connect(self._note_cancelled)
        self._show_running(0.0)
        self._job.start()

    @Slot(float)
    def _show_progress(self, share: float) -> None:
        self._show_running(share)

    @Slot(object)
    def _finish(self, result: tuple[SeedStudy, Array]) -> None:
        self._end_job()
        before = self._study
        self._study, self._surfaces = result
        self._had_limit = self._asked_limit
        self._opened, self._other, self._difference = NONE, "", ""
        beside = beside_words(before, self._study) if before else ""
        self.summary_label.setText(f"{study_words(self._study)}\n{beside}".strip())
        self.plot.show_study(self._study)
        self.strip.show_study(self._study, self._surfaces)
        # One frame for each of the two: painted together they would make training stutter.
        self.strip.setUpdatesEnabled(False)
        self._strip_timer.start()
        self.readout.setText("")
        for view in self._views:
            view.show()
        self._other = other_words(self._study, self._current_recipe(), self._had_limit)
        self._show_note()

    @Slot()
    def _paint_strip(self) -> None:
        self.strip.setUpdatesEnabled(True)

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._end_job()
        self._say(f"{tr('The seeds could not be trained.')} {sentence}")

    @Slot()
    def _note_cancelled(self) -> None:
        percent = self.percent_label.text()
        self._end_job()
        self._say(tr("Cancelled at {percent}; nothing of it was kept.", percent=percent))

    def _end_job(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._job.deleteLater()
        self._job = None
        self._show_running(None)

    def _show_running(self, share: float | None) -> None:
        """Show how far the job is; None for none."""
        is_running = share is not None
        words = tr("Cancel") if is_running else tr("Start")
        tooltip = tr("Train from so many initial weights")
        if is_running:
            tooltip = tr("End it; nothing is kept")
        self.start_button.setText(words)
        self.start_button.setToolTip(tooltip)
        self.start_button.setAccessibleName(words)
        self.start_button.setEnabled(self.start_button.isEnabled() or not is_running)
        self.count_input.setEnabled(not is_running)
        self.progress_bar.setVisible(is_running)
        self.percent_label.setText(share_text(share, 0) if share is not None else "")
        self.progress_bar.setValue(round(100 * share) if share is not None else 0)

    @Slot(int)
    def _point_at(self, index: int) -> None:
        self.strip.mark(index if index != NONE else self._opened)
        self._read_out(index)

    @Slot(int)
    def _move_to(self, index: int) -> None:
        self.plot.mark(index)
        self._read_out(index)
        area = self.strip.area_of(index)
        self.scroll_area.ensureVisible(
            area.center().x(), area.center().y(), area.width(), area.height()
        )

    @Slot(int)
    def _choose(self, index: int) -> None:
        assert self._study is not None
        self._opened, self._difference, self._said = index, "", ""
        self.strip.mark(index)
        self._move_to(index)
        self._show_note()
        self.seed_chosen.emit(self._study.seeds[index])

    def _read_out(self, index: int) -> None:
        known = self._study is not None and index != NONE
        text = seed_words(self._study, index) if known and self._study is not None else ""
        self.readout.setText(text)

    def _compare(self, study: SeedStudy, frame: Frame) -> None:
        """Say so where the single run ends visibly elsewhere than its thumbnail."""
        if self._opened == NONE:
            return
        seed = study.seeds[self._opened]
        is_that_run = frame.recipe == self.recipe_of(seed) and not frame.changes
        is_compared = frame.run_number == self._compared_run
        if not (is_that_run and is_compared):
            self._difference = ""  # it was of another run
        is_whole = frame.surface_box == frame.box  # a zoomed map shows a part of the thumbnail
        if is_that_run and is_whole and frame.epoch == study.recipe.epochs:
            self._compared_run = frame.run_number
            surface = thinned(frame.surface, THUMBNAIL_STEP)
            self._difference = difference_words(seed, surface, self._surfaces[self._opened])

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self._show_note()

    def _show_note(self) -> None:
        parts = [part for part in (self._said, self._other, self._difference) if part]
        self.note_label.setText("\n".join(parts))
        self.note_label.setVisible(bool(parts))
