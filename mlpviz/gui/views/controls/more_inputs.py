"""What stands behind "More": choices that a lecture seldom changes, and how many are changed."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.recipe.defaults import changed_choices, with_defaults
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.look.sizes import CONTROLS_GAP
from mlpviz.gui.look.sizing import NONE, lay
from mlpviz.gui.parts.inputs import label_button, tool_button

# The weight seed is not among them: its number stands beside the button New weights all the time.
FIELDS = (
    *("samples", "train_share", "data_seed", "output_activation", "initializer"),
    *("optimizer", "momentum", "decay", "beta1", "beta2", "epsilon"),
    *("regularization", "regularization_rate", "batch_size"),
    *("loss", "reduction", "numerics", "epochs"),
)


class MoreInputs(QWidget):
    """A button that opens a column of further inputs, and counts those that are changed.

    It opens by itself for a recipe that brings a change in it.
    """

    opened = Signal(bool)
    defaults_wanted = Signal(object)  # Recipe

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("more_inputs")
        self._recipe = Recipe()
        self._changed: tuple[str, ...] = ()
        self.button = QPushButton()
        self.button.setObjectName("more_button")
        self.button.setCheckable(True)
        self.button.setProperty("role", "more")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        label_button(
            self.button,
            tr("More controls"),
            tr("Data, output, initial weights, optimizer, regularization, loss and their numbers"),
        )
        self.defaults_button = tool_button(
            "defaults_button",
            tr("Back to defaults"),
            tr("Back to defaults"),
            tr("Give everything below its default value."),
        )
        self.defaults_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.body = QWidget()
        self.body.setObjectName("more_body")
        self.column = QVBoxLayout(self.body)
        lay(self.column, CONTROLS_GAP, NONE)
        self.column.addWidget(self.defaults_button)
        column = QVBoxLayout(self)
        lay(column, CONTROLS_GAP, NONE)
        column.addWidget(self.button)
        column.addWidget(self.body)
        self.button.toggled.connect(self._show_body)
        self.defaults_button.clicked.connect(self._want_defaults)
        self._show_body(False)

    @property
    def is_open(self) -> bool:
        """Whether the further inputs are seen."""
        return self.button.isChecked()

    def open(self, is_open: bool) -> None:
        """Show the further inputs, or no longer, without announcing it."""
        with QSignalBlocker(self.button):
            self.button.setChecked(is_open)
        self._show_body(is_open)

    def show_if_filled(self) -> None:
        """Stay in sight as long as one of the further inputs is not hidden from the class."""
        fields = self.body.findChildren(QAbstractSpinBox) + self.body.findChildren(QComboBox)
        self.setVisible(any(not field.isHidden() for field in fields))

    def show_recipe(self, recipe: Recipe, *, opens: bool) -> None:
        """Count what is not at its default in a recipe.

        Parameters
        ----------
        opens : whether what has been changed since the last recipe is to be seen at once
        """
        before, self._changed = set(self._changed), changed_choices(recipe, FIELDS)
        self._recipe = recipe
        self.defaults_button.setVisible(bool(self._changed))
        self._show_words()
        if opens and set(self._changed) - before and not self.is_open:
            self.open(True)

    def _show_words(self) -> None:
        arrow, count = "▾" if self.is_open else "▸", len(self._changed)
        words = tr("More")
        if count:
            words = tr_plural("More: {count} changed", "More: {count} changed", count)
        self.button.setText(f"{words}  {arrow}")

    @Slot(bool)
    def _show_body(self, is_open: bool) -> None:
        self.body.setVisible(is_open)
        self._show_words()
        self.opened.emit(is_open)

    @Slot()
    def _want_defaults(self) -> None:
        self.defaults_wanted.emit(with_defaults(self._recipe, FIELDS))
