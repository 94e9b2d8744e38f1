"""The controls: they hold the current recipe, and every change makes a new one."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.losses import LOSSES, NUMERICS, REDUCTIONS
from mlpviz.experiment.own_data import OWN, OwnData
from mlpviz.experiment.recipe import MAX_EPOCHS, MAX_SAMPLES, MAX_SEED, Recipe
from mlpviz.gui.inputs import Choice, LayersInput, LearningRateInput, WholeInput
from mlpviz.gui.theme import CONTROLS_WIDTH, GAP, SPACE, Theme, current_theme
from mlpviz.gui.thumbnails import SAMPLES, dataset_icon, points_icon

THUMBNAIL = 22
OWN_WORDS = "Your own points: open a file, paste a table (☰), or draw on the map (D)"


class Controls(QScrollArea):
    """Shows a recipe and announces the one that the user makes of it."""

    recipe_changed = Signal(object)  # Recipe

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("controls_scroll")
        self.setFixedWidth(CONTROLS_WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._recipe = Recipe()
        self._own: OwnData | None = None  # the last ones, which can be chosen again
        self._make_data_inputs()
        self._make_network_inputs()
        self._make_training_inputs()
        self._connect()
        self.setWidget(self._assemble())
        self.show_recipe(self._recipe)
        self.set_theme(current_theme())

    @property
    def recipe(self) -> Recipe:
        """The current recipe."""
        return self._recipe

    def show_recipe(self, recipe: Recipe) -> None:
        """Show a recipe without announcing it."""
        self._recipe = recipe
        self._offer_own(recipe.own)
        self.dataset_choice.choose(recipe.dataset)
        self.layers_input.show_layers(recipe.hidden)
        for field, choice in self._choices.items():
            choice.choose(getattr(recipe, field))
        for field, spin_box in self._numbers.items():
            with QSignalBlocker(spin_box):
                spin_box.setValue(getattr(recipe, field))
        with QSignalBlocker(self.activation_toggle):
            self.activation_toggle.setChecked(not recipe.activations_off)
        self._show_notes(recipe)

    def show_comparing(self, is_comparing: bool) -> None:
        """Say that the controls belong to the second run, where two are compared."""
        self._run_note.setVisible(is_comparing)

    def take_typed(self) -> None:
        """Take over what is being typed, as if Enter had been pressed."""
        field = self.focusWidget()
        if isinstance(field, QAbstractSpinBox) and field.hasFocus():
            field.interpretText()

    def set_theme(self, theme: Theme) -> None:
        """Draw the thumbnails in the colours of a theme."""
        for i, name in enumerate(DATASETS):
            self.dataset_choice.setItemIcon(i, QIcon(dataset_icon(name, theme, THUMBNAIL)))
        self._theme = theme
        self._show_own_icon()

    def _offer_own(self, own: OwnData | None) -> None:
        """Let own data be chosen, once there are some."""
        if own is None or own == self._own:
            return
        self._own = own
        self.dataset_choice.enable(OWN)
        self._show_own_icon()

    def _show_own_icon(self) -> None:
        if self._own is not None:
            X, Y = self._own.training_data()
            every = -(-len(X) // SAMPLES)
            pixmap = points_icon(X[::every], Y[::every], self._theme, THUMBNAIL)
            self.dataset_choice.setItemIcon(self.dataset_choice.findData(OWN), QIcon(pixmap))

    def _make_data_inputs(self) -> None:
        self.dataset_choice = Choice(
            "dataset_choice",
            "Dataset",
            {key: entry.label for key, entry in DATASETS.items()} | {OWN: "own data"},
        )
        self.dataset_choice.enable(OWN, is_enabled=False)
        self.dataset_choice.setIconSize(QSize(THUMBNAIL, THUMBNAIL))
        for i, entry in enumerate(DATASETS.values()):
            self.dataset_choice.setItemData(i, entry.description, Qt.ItemDataRole.ToolTipRole)
        self.dataset_choice.setItemData(
            self.dataset_choice.findData(OWN), OWN_WORDS, Qt.ItemDataRole.ToolTipRole
        )
        self.samples_input = WholeInput("samples_input", "Samples", 2, MAX_SAMPLES)
        self.data_seed_input = WholeInput("data_seed_input", "Data seed", 0, MAX_SEED)

    def _make_network_inputs(self) -> None:
        self.layers_input = LayersInput("hidden_units_input", "Hidden units per layer")
        self.activation_toggle = QCheckBox("Activations on")
        self.activation_toggle.setObjectName("activation_toggle")
        self.activation_toggle.setAccessibleName("Activations on")
        names = {key: entry.label for key, entry in ACTIVATIONS.items()}
        self.hidden_activation_choice = Choice(
            "hidden_activation_choice", "Activation of the hidden layers", names
        )
        self.output_activation_choice = Choice(
            "output_activation_choice", "Activation of the output unit", names
        )
        self.initializer_choice = Choice(
            "initializer_choice",
            "Initial weights",
            {key: entry.label for key, entry in INITIALIZERS.items()},
        )
        self.seed_input = WholeInput("seed_input", "Seed of the initial weights", 0, MAX_SEED)

    def _make_training_inputs(self) -> None:
        self.learning_rate_input = LearningRateInput("learning_rate_input", "Learning rate")
        self.batch_size_input = WholeInput("batch_size_input", "Batch size", 0, MAX_SAMPLES)
        self.batch_size_input.setSpecialValueText("all samples")
        self.loss_choice = Choice(
            "loss_choice", "Loss", {key: entry.label for key, entry in LOSSES.items()}
        )
        self.reduction_choice = Choice(
            "reduction_choice", "Reduction of the gradient", {key: key for key in REDUCTIONS}
        )
        self.numerics_choice = Choice(
            "numerics_choice", "Numerics of the output", {key: key for key in NUMERICS}
        )
        self.epochs_input = WholeInput("epochs_input", "Number of epochs", 0, MAX_EPOCHS)
        self.epochs_input.setSpecialValueText("no limit")
        self.epochs_input.setStepType(WholeInput.StepType.AdaptiveDecimalStepType)

    @property
    def _choices(self) -> dict[str, Choice]:
        return {
            "dataset": self.dataset_choice,
            "hidden_activation": self.hidden_activation_choice,
            "output_activation": self.output_activation_choice,
            "initializer": self.initializer_choice,
            "loss": self.loss_choice,
            "reduction": self.reduction_choice,
            "numerics": self.numerics_choice,
        }

    @property
    def _numbers(self) -> dict[str, Any]:
        return {
            "samples": self.samples_input,
            "data_seed": self.data_seed_input,
            "weight_seed": self.seed_input,
            "learning_rate": self.learning_rate_input,
            "batch_size": self.batch_size_input,
            "epochs": self.epochs_input,
        }

    def _connect(self) -> None:
        for choice in self._choices.values():
            choice.chosen.connect(self._take_over)
        for spin_box in self._numbers.values():
            spin_box.valueChanged.connect(self._take_over)
        self.layers_input.layers_changed.connect(self._take_over)
        self.activation_toggle.toggled.connect(self._take_over)

    def _take_over(self, _: object = None) -> None:
        """Make a recipe of what the inputs show, and announce it if it is another."""
        self.take_typed()
        if self.dataset_choice.key() == OWN and self._own is None:  # a script can choose it
            self.dataset_choice.choose(self._recipe.dataset)
        values: dict[str, Any] = {field: c.key() for field, c in self._choices.items()}
        values |= {field: spin_box.value() for field, spin_box in self._numbers.items()}
        if not self.samples_input.isEnabled():
            # It shows how many samples a fixed set has; the choice for the others stays.
            values["samples"] = self._recipe.samples
        values["own"] = self._own if values["dataset"] == OWN else None
        values["hidden"] = self.layers_input.layers()
        values["activations_off"] = not self.activation_toggle.isChecked()
        recipe = replace(self._recipe, **values)
        if recipe != self._recipe:
            self._recipe = recipe
            self._show_notes(recipe)
            self.recipe_changed.emit(recipe)

    def _assemble(self) -> QWidget:
        column_widget = QFrame()
        column_widget.setObjectName("panel")
        column = QVBoxLayout(column_widget)
        column.setContentsMargins(GAP + 2, GAP, GAP + 2, GAP)
        column.setSpacing(SPACE + 2)
        self._run_note = QLabel("Controls change run B")
        self._run_note.setObjectName("controls_run_note")
        self._run_note.setProperty("role", "quiet")
        self._run_note.hide()
        column.addWidget(self._run_note)
        self._add_data_group(column)
        self._add_network_group(column)
        self._add_training_group(column)
        column.addStretch(1)
        return column_widget

    def _add_data_group(self, column: QVBoxLayout) -> None:
        column.addWidget(_heading("DATA"))
        form = _form(column)
        _add(form, "dataset", self.dataset_choice, "Restarts with the same initial weights")
        _add(form, "samples", self.samples_input, "Number of samples; xor always has its 21")
        _add(form, "seed", self.data_seed_input, "Seed with which the samples are drawn")

    def _add_network_group(self, column: QVBoxLayout) -> None:
        column.addSpacing(SPACE)
        column.addWidget(_heading("NETWORK"))
        column.addWidget(self.layers_input)
        self.activation_toggle.setToolTip(
            "Off: every activation is the identity, A = Z, with slope 1, the output's too.\n"
            "Restarts with the same initial weights."
        )
        column.addWidget(self.activation_toggle)
        form = _form(column)
        formulas = "\n".join(f"{a.label}: {a.formula}" for a in ACTIVATIONS.values())
        _add(
            form,
            "hidden",
            self.hidden_activation_choice,
            f"Activation of the hidden layers\n{formulas}",
        )
        _add(form, "output", self.output_activation_choice, f"Activation of the output\n{formulas}")
        rules = "\n".join(f"{i.label}: {i.formula}" for i in INITIALIZERS.values())
        _add(
            form, "initial", self.initializer_choice, f"Initial weights; biases start at 0\n{rules}"
        )
        _add(form, "seed", self.seed_input, "Seed of the initial weights (N draws the next)")

    def _add_training_group(self, column: QVBoxLayout) -> None:
        column.addSpacing(SPACE)
        column.addWidget(_heading("TRAINING"))
        form = _form(column)
        _add(
            form,
            "learning rate",
            self.learning_rate_input,
            "Learning rate η in  w ← w − η · ∂L/∂w.  Any number > 0; the arrows step 1, 3, 10.\n"
            "Takes effect at once.",
        )
        _add(
            form,
            "batch size",
            self.batch_size_input,
            "Samples per step; 0 for all of them at once. Takes effect at once.",
        )
        losses = "\n".join(f"{loss.label}: {loss.formula}" for loss in LOSSES.values())
        _add(form, "loss", self.loss_choice, losses)
        reductions = "\n".join(f"{key}: {text}" for key, text in REDUCTIONS.items())
        _add(form, "gradient", self.reduction_choice, reductions)
        numerics = "\n".join(f"{key}: {text}" for key, text in NUMERICS.items())
        _add(form, "numerics", self.numerics_choice, numerics)
        _add(form, "epochs", self.epochs_input, "Where training pauses; 0 for no limit")
        self._note = QLabel()
        self._note.setObjectName("controls_note")
        self._note.setProperty("role", "quiet")
        self._note.setWordWrap(True)
        column.addWidget(self._note)

    def _show_notes(self, recipe: Recipe) -> None:
        """Say what the present choices mean where it would surprise."""
        fixed = recipe.fixed_size
        for spin_box in (self.samples_input, self.data_seed_input):
            spin_box.setEnabled(fixed is None)
        with QSignalBlocker(self.samples_input):
            self.samples_input.setValue(fixed or recipe.samples)
        self._note.setText(_note_for(recipe))


def _note_for(recipe: Recipe) -> str:
    notes = []
    if recipe.activations_off:
        notes.append("Activations off: every unit passes on its weighted sum, A = Z.")
    if recipe.loss == "cross_entropy" and recipe.activations[-1] != "sigmoid":
        notes.append("Cross-entropy needs outputs between 0 and 1; this output has no sigmoid.")
        if recipe.numerics == "stable":
            notes.append("Then ŷ − y, as in stable numerics, is not the gradient of this loss.")
    return "\n".join(notes)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label


def _form(column: QVBoxLayout) -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(SPACE)
    form.setVerticalSpacing(SPACE + 1)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    column.addLayout(form)
    return form


def _add(form: QFormLayout, text: str, field: QWidget, tooltip: str) -> None:
    label = QLabel(text)
    label.setProperty("role", "field")
    label.setBuddy(field)
    label.setFixedWidth(66)
    label.setMinimumHeight(field.sizeHint().height())  # so that both stand on one line
    for widget in (label, field):
        widget.setToolTip(tooltip)
    form.addRow(label, field)
