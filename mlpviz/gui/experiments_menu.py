"""The menu of experiments: the report's, comparisons, and pinned runs."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from mlpviz.engine.datasets import DATASETS
from mlpviz.experiment.experiments import EXPERIMENTS, REPORT_DATASETS
from mlpviz.experiment.recipe import Recipe

A, B = 0, 1


class ExperimentsMenu(QMenu):
    """Announces what is chosen; whoever assembles it acts."""

    experiment_chosen = Signal(object)  # tuple of one Recipe, or of two to compare
    compare_chosen = Signal()
    end_chosen = Signal(int)  # which of the two runs goes on alone
    pin_chosen = Signal()
    unpin_chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("experiments_menu")
        self.setAccessibleName("Experiments")
        self.setToolTipsVisible(True)
        for dataset in REPORT_DATASETS:
            entry = DATASETS[dataset]
            self._add_experiments(dataset, entry.label, entry.description)
            self.addSeparator()
        self.compare_action = self._add(
            "compare", "Compare with the present run", "The present run becomes A; B is a copy"
        )
        self.end_actions = (
            self._add("end_with_a", "End comparison, go on with A", "B goes"),
            self._add("end_with_b", "End comparison, go on with B", "A goes"),
        )
        self.addSeparator()
        self.pin_action = self._add(
            "pin", "Pin this run", "Its loss stays in the plot behind the next runs"
        )
        self.unpin_action = self._add("unpin", "Unpin all", "Take all pinned losses off the plot")
        self.compare_action.triggered.connect(self.compare_chosen)
        for side, action in enumerate(self.end_actions):
            action.triggered.connect(partial(self.end_chosen.emit, side))
        self.pin_action.triggered.connect(self.pin_chosen)
        self.unpin_action.triggered.connect(self.unpin_chosen)
        self.show_state(is_comparing=False, has_pins=False)

    def show_state(self, *, is_comparing: bool, has_pins: bool) -> None:
        """Offer what can be done now."""
        self.compare_action.setEnabled(not is_comparing)
        for action in self.end_actions:
            action.setEnabled(is_comparing)
        self.unpin_action.setEnabled(has_pins)

    def _add_experiments(self, dataset: str, label: str, description: str) -> None:
        # Not a section: under a style sheet Qt draws its line and leaves out its words.
        self._add(f"{dataset}_heading", label, description).setEnabled(False)
        baseline = EXPERIMENTS["baseline"].recipe(dataset)
        for key, experiment in EXPERIMENTS.items():
            recipe = experiment.recipe(dataset)
            recipes = (recipe,) if recipe == baseline else (baseline, recipe)
            title = experiment.title if recipe == baseline else f"Baseline | {experiment.title}"
            action = self._add(f"{key}_{dataset}", title, experiment.question)
            action.triggered.connect(partial(self._announce, recipes))

    def _add(self, name: str, text: str, tooltip: str) -> QAction:
        action = self.addAction(text)
        action.setObjectName(f"{name}_action")
        action.setToolTip(tooltip)
        return action

    def _announce(self, recipes: tuple[Recipe, ...], _: bool = False) -> None:
        self.experiment_chosen.emit(recipes)
