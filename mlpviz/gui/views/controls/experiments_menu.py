"""The menu of experiments: the report's, comparisons, and pinned runs."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from mlpviz.engine.datasets import DATASETS
from mlpviz.experiment.recipe.catalogue import EXPERIMENTS, REPORT_DATASETS, SUGGESTIONS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.parts.plain import plain_action

A, B = 0, 1


class ExperimentsMenu(QMenu):
    """Announces what is chosen; whoever assembles it acts."""

    experiment_chosen = Signal(object)  # tuple of one Recipe, or of two to compare
    compare_chosen = Signal()
    end_chosen = Signal(int)  # which of the two runs goes on alone
    compare_file_chosen = Signal()
    compare_pasted_chosen = Signal()
    pin_chosen = Signal()
    unpin_one_chosen = Signal(int)  # which of the pins that `show_state` named
    unpin_chosen = Signal()  # all

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("experiments_menu")
        self.setAccessibleName("Experiments")
        self.setToolTipsVisible(True)
        for dataset in REPORT_DATASETS:
            entry = DATASETS[dataset]
            self._add_experiments(dataset, entry.label, entry.description)
            self.addSeparator()
        self._add_suggestions()
        self.addSeparator()
        self.compare_action = self._add(
            "compare", "Compare with the present run", "The present run becomes A; B is a copy"
        )
        self.compare_file_action = self._add(
            "compare_file", "Compare with a recipe file…", "The recipe of the file becomes B"
        )
        self.compare_pasted_action = self._add(
            "compare_pasted", "Compare with the pasted recipe", "The recipe text copied becomes B"
        )
        self.end_actions = (
            self._add("end_with_a", "End comparison, go on with A", "B goes"),
            self._add("end_with_b", "End comparison, go on with B", "A goes"),
        )
        self.addSeparator()
        self.pin_action = self._add(
            "pin", "Pin this run", "Its loss stays in the plot behind the next runs"
        )
        self.pins_menu = self.addMenu("Unpin")
        self.pins_menu.setObjectName("pins_menu")
        self.unpin_action = self._add("unpin", "Unpin all", "Take all pinned losses off the plot")
        self.compare_action.triggered.connect(self.compare_chosen)
        self.compare_file_action.triggered.connect(self.compare_file_chosen)
        self.compare_pasted_action.triggered.connect(self.compare_pasted_chosen)
        for side, action in enumerate(self.end_actions):
            action.triggered.connect(partial(self.end_chosen.emit, side))
        self.pin_action.triggered.connect(self.pin_chosen)
        self.unpin_action.triggered.connect(self.unpin_chosen)
        self.show_state(is_comparing=False, pins=())

    def show_state(self, *, is_comparing: bool, pins: Sequence[str]) -> None:
        """Offer what can be done now.

        Parameters
        ----------
        pins : the words of each pinned run
        """
        self.compare_action.setEnabled(not is_comparing)
        for action in self.end_actions:
            action.setEnabled(is_comparing)
        self.pins_menu.clear()
        for i, words in enumerate(pins):
            action = self.pins_menu.addAction(plain_action(words))
            action.setObjectName(f"unpin_{i + 1}_action")
            action.triggered.connect(partial(self._announce_pin, i))
        self.pins_menu.setEnabled(bool(pins))
        self.unpin_action.setEnabled(bool(pins))

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

    def _add_suggestions(self) -> None:
        menu = self.addMenu("Other data sets")
        menu.setObjectName("suggestions_menu")
        menu.setToolTipsVisible(True)
        for suggestion in SUGGESTIONS:
            recipe = suggestion.recipe
            classes = f"_{recipe.outputs}" if recipe.outputs > 1 else ""
            action = menu.addAction(suggestion.title)
            action.setObjectName(f"suggest_{recipe.dataset}{classes}_action")
            action.setToolTip(suggestion.reason)
            action.triggered.connect(partial(self._announce, (recipe,)))

    def _add(self, name: str, text: str, tooltip: str) -> QAction:
        action = self.addAction(text)
        action.setObjectName(f"{name}_action")
        action.setToolTip(tooltip)
        return action

    def _announce_pin(self, pin: int, _: bool = False) -> None:
        self.unpin_one_chosen.emit(pin)

    def _announce(self, recipes: tuple[Recipe, ...], _: bool = False) -> None:
        self.experiment_chosen.emit(recipes)
