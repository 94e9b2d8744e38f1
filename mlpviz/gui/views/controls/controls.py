"""The controls: they hold the current recipe, and every change makes a new one."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mlpviz.engine.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS, SOFTMAX
from mlpviz.engine.datasets import DATASETS, MAX_CLASSES
from mlpviz.engine.features import FEATURES
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.experiment.data.own_data import OWN, OwnData
from mlpviz.experiment.recipe.recipe import MAX_NOISE, MAX_SAMPLES, MAX_SEED, Recipe
from mlpviz.experiment.recipe.revision import DATA, Suits, revised
from mlpviz.experiment.words.recipe_notes import recipe_notes
from mlpviz.gui.look.icons import icon
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import CONTROLS_WIDTH, GAP, SPACE
from mlpviz.gui.parts.elided_label import ElidedLabel
from mlpviz.gui.parts.form import add_row as _add
from mlpviz.gui.parts.form import heading as _heading
from mlpviz.gui.parts.form import new_form as _form
from mlpviz.gui.parts.inputs import Choice, LayersInput, WholeInput, tool_button
from mlpviz.gui.parts.percent_input import ShareInput
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.views.controls.activation_input import HiddenActivationInput
from mlpviz.gui.views.controls.dataset_choice import OWN_WORDS, DatasetChoice
from mlpviz.gui.views.controls.features_input import FeaturesInput
from mlpviz.gui.views.controls.training_inputs import TrainingInputs

NOISES = [step / 20 for step in range(11)]
# What the output can have: with one unit, and with one per class.
OUTPUTS = (
    {key: entry.label for key, entry in ACTIVATIONS.items()},
    {SOFTMAX: OUTPUT_ACTIVATIONS[SOFTMAX].label},
)
TRAIN_SHARES = [tenth / 10 for tenth in range(1, 11)]


class Controls(QScrollArea):
    """Shows a recipe and announces the one that the user makes of it."""

    recipe_changed = Signal(object)  # Recipe
    refused = Signal(str)  # why something was not taken over

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("controls_scroll")
        self.setFixedWidth(CONTROLS_WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it; it follows them
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._recipe = Recipe()
        self._look = current_look()
        self._suits = Suits()
        self._own: OwnData | None = None  # the last ones, which can be chosen again
        self._make_data_inputs()
        self._make_network_inputs()
        self._make_training_inputs()
        self._connect()
        self.setWidget(self._assemble())
        self.show_recipe(self._recipe)
        self.set_look(self._look)

    @property
    def recipe(self) -> Recipe:
        """The current recipe."""
        return self._recipe

    def show_recipe(self, recipe: Recipe) -> None:
        """Show a recipe without announcing it."""
        self._recipe = recipe
        self._offer_own(recipe.own)
        self.dataset_choice.choose(recipe.dataset)
        self.features_input.show_features(recipe.features)
        self.layers_input.show_layers(recipe.hidden)
        self._offer_outputs(recipe)
        for field, choice in self._choices.items():
            choice.choose(getattr(recipe, field))
        for field, spin_box in self._numbers.items():
            with QSignalBlocker(spin_box):
                spin_box.setValue(getattr(recipe, field))
        with QSignalBlocker(self.activation_toggle):
            self.activation_toggle.setChecked(not recipe.activations_off)
        self._show_notes(recipe)

    def recipe_on(self, own: OwnData) -> Recipe:
        """Return the current recipe on own data, with what was chosen for such targets before."""
        self.take_typed()
        values = {"dataset": OWN, "own": own}
        return revised(self._recipe, **self._suits.suited(self._recipe, values))

    @Slot(object)
    def show_recipes(self, recipes: tuple[Recipe, ...]) -> None:
        """Show the recipe of the one run; of two that of the second, and say so."""
        self.show_recipe(recipes[-1])
        self._run_note.setVisible(len(recipes) > 1)

    @Slot(str)
    def toggle_feature(self, key: str) -> None:
        """Switch an input on or off. The last one stays on, and it says so."""
        self.take_typed()
        features = tuple(set(self._recipe.features) ^ {key})
        if features:
            self.show_recipe(revised(self._recipe, features=features))
            self.recipe_changed.emit(self._recipe)
        else:
            self.features_input.show_features(self._recipe.features)
            self.refused.emit(
                f"{FEATURES[key].label} is the only input left, and a network needs one: "
                "switch another on first."
            )

    def take_typed(self) -> None:
        """Take over what is being typed, as if Enter had been pressed."""
        field = self.focusWidget()
        if isinstance(field, QAbstractSpinBox) and field.hasFocus():
            field.interpretText()

    def set_look(self, look: Look) -> None:
        """Draw the thumbnails in the colours of a look."""
        self._look = look
        self.dataset_choice.draw(look, self._recipe.noise, self._recipe.classes)
        self.regenerate_button.setIcon(icon("dice", look.text))

    def _offer_own(self, own: OwnData | None) -> None:
        """Let own data be chosen, once there are some."""
        if own is not None and own != self._own:
            self._own = own
            self.dataset_choice.offer_own(own)

    def _make_data_inputs(self) -> None:
        self.dataset_choice = DatasetChoice("dataset_choice", "Dataset")
        self._dataset_label = ElidedLabel()
        self._dataset_label.setObjectName("dataset_label")
        self._dataset_label.setProperty("role", "quiet")
        self._dataset_label.setBuddy(self.dataset_choice)  # it goes where that goes
        self.classes_input = WholeInput("classes_input", "Classes", 2, MAX_CLASSES)
        self.samples_input = WholeInput("samples_input", "Samples", 2, MAX_SAMPLES)
        self.noise_input = ShareInput("noise_input", "Noise", NOISES, MAX_NOISE)
        self.train_share_input = ShareInput(
            "train_share_input", "Training share", TRAIN_SHARES, TRAIN_SHARES[-2]
        )
        self.data_seed_input = WholeInput("data_seed_input", "Data seed", 0, MAX_SEED)
        self.regenerate_button = tool_button(
            "regenerate_button",
            "",
            "Regenerate",
            "Regenerate: draw the samples from the next seed.\n"
            "Restarts with the same initial weights.",
        )

    def _make_network_inputs(self) -> None:
        self.features_input = FeaturesInput()
        self.layers_input = LayersInput("hidden_units_input", "Hidden units per layer")
        self.activation_toggle = QCheckBox("Activations on")
        self.activation_toggle.setObjectName("activation_toggle")
        self.activation_toggle.setAccessibleName("Activations on")
        self.hidden_activation_input = HiddenActivationInput(self)
        self.output_activation_choice = Choice(
            "output_activation_choice", "Activation of the output", OUTPUTS[False]
        )
        self.initializer_choice = Choice(
            "initializer_choice",
            "Initial weights",
            {key: entry.label for key, entry in INITIALIZERS.items()},
        )
        self.seed_input = WholeInput("seed_input", "Seed of the initial weights", 0, MAX_SEED)

    def _make_training_inputs(self) -> None:
        self.training = TrainingInputs()
        self.learning_rate_input = self.training.numbers["learning_rate"]
        self.epochs_input = self.training.numbers["epochs"]

    @property
    def _choices(self) -> dict[str, Choice | DatasetChoice | HiddenActivationInput]:
        return {
            "dataset": self.dataset_choice,
            "hidden_activation": self.hidden_activation_input,
            "output_activation": self.output_activation_choice,
            "initializer": self.initializer_choice,
            **self.training.choices,
        }

    @property
    def _numbers(self) -> dict[str, Any]:
        return {
            "classes": self.classes_input,
            "samples": self.samples_input,
            "data_seed": self.data_seed_input,
            "noise": self.noise_input,
            "train_share": self.train_share_input,
            "weight_seed": self.seed_input,
            **self.training.numbers,
        }

    def _connect(self) -> None:
        for choice in self._choices.values():
            choice.chosen.connect(self._take_over)
        for spin_box in self._numbers.values():
            spin_box.valueChanged.connect(self._take_over)
        self.features_input.toggled.connect(self.toggle_feature)
        self.layers_input.layers_changed.connect(self._take_over)
        self.activation_toggle.toggled.connect(self._take_over)
        self.regenerate_button.clicked.connect(self._regenerate)

    @Slot()
    def _regenerate(self) -> None:
        """Draw the data from the next seed."""
        self.data_seed_input.setValue((self.data_seed_input.value() + 1) % (MAX_SEED + 1))

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
        if len(values["hidden"]) != len(self._recipe.hidden):
            del values["hidden_activation"]  # it was chosen for the layers that there were
        # What goes with the kind of target goes by the data, whatever is still shown of the last.
        values |= self._suits.suited(self._recipe, {name: values[name] for name in DATA})
        try:
            recipe = revised(self._recipe, **values)
        except ValueError as problem:  # a script can choose what is not offered
            self.show_recipe(self._recipe)
            self.refused.emit(str(problem))
            return
        if recipe != self._recipe:
            self._recipe = recipe
            self._show_notes(recipe)
            self.recipe_changed.emit(recipe)

    def _assemble(self) -> QWidget:
        column_widget = QFrame()
        column_widget.setObjectName("panel")
        column = QVBoxLayout(column_widget)
        column.setContentsMargins(GAP + 2, GAP, GAP + 2, GAP)
        self.verticalScrollBar().rangeChanged.connect(self._fit_margins)
        column.setSpacing(SPACE + 2)
        self._run_note = PlainLabel("Controls change run B")
        self._run_note.setObjectName("controls_run_note")
        self._run_note.setProperty("role", "quiet")
        self._run_note.hide()
        column.addWidget(self._run_note)
        self._add_data_group(column)
        self._add_network_group(column)
        self._add_training_group(column)
        column.addStretch(1)
        return column_widget

    @Slot(int, int)
    def _fit_margins(self, _: int, last: int) -> None:
        """Let the scroll bar stand where the margin was: the fields need their width."""
        panel = self.widget()
        column = panel and panel.layout()
        if column:
            column.setContentsMargins(GAP + 2, GAP, 2 if last > 0 else GAP + 2, GAP)

    def _add_data_group(self, column: QVBoxLayout) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(_heading("DATA"))
        top.addWidget(self._dataset_label, stretch=1)
        column.addLayout(top)
        self.dataset_choice.setToolTip("The data set. Restarts with the same initial weights")
        column.addWidget(self.dataset_choice)
        self._data_form = form = _form(column)
        _add(
            form,
            "classes",
            self.classes_input,
            "Number of classes, 2 to 6. With more than two there is an output unit for each,\n"
            "and softmax makes probabilities of them. Restarts.",
        )
        _add(form, "samples", self.samples_input, "Number of samples; xor always has its 21")
        _add(form, "noise", self.noise_input, "")
        _add(
            form,
            "train on",
            self.train_share_input,
            "Share of the samples that train, 10 to 90 %, or 100 % for all.\n"
            "The others are the test set: the network never learns from them.",
        )
        _add(
            form,
            "seed",
            self.data_seed_input,
            "Seed with which the samples are drawn and split",
            self.regenerate_button,
        )

    def _add_network_group(self, column: QVBoxLayout) -> None:
        column.addSpacing(SPACE)
        column.addWidget(_heading("NETWORK"))
        column.addWidget(self.features_input)
        column.addWidget(self.layers_input)
        self.activation_toggle.setToolTip(
            "Off: every activation is the identity, A = Z, with slope 1, the output's too.\n"
            "Restarts with the same initial weights."
        )
        column.addWidget(self.activation_toggle)
        form = _form(column)
        formulas = "\n".join(f"{a.label}: {a.formula}" for a in ACTIVATIONS.values())
        self.hidden_activation_input.add_rows(form, formulas)
        softmax = OUTPUT_ACTIVATIONS[SOFTMAX]
        _add(
            form,
            "output",
            self.output_activation_choice,
            f"Activation of the output\n{formulas}\n"
            f"{softmax.label}: {softmax.formula}, of all units of the output; with more than two "
            "classes",
        )
        rules = "\n".join(f"{i.label}: {i.formula}" for i in INITIALIZERS.values())
        _add(
            form, "initial", self.initializer_choice, f"Initial weights; biases start at 0\n{rules}"
        )
        _add(form, "seed", self.seed_input, "Seed of the initial weights (N draws the next)")

    def _add_training_group(self, column: QVBoxLayout) -> None:
        column.addSpacing(SPACE)
        column.addWidget(_heading("TRAINING"))
        column.addWidget(self.training)
        self._note = PlainLabel()
        self._note.setObjectName("controls_note")
        self._note.setProperty("role", "quiet")
        self._note.setWordWrap(True)
        column.addWidget(self._note)

    def _show_dataset(self, recipe: Recipe) -> None:
        entry = None if recipe.used_own else DATASETS[recipe.dataset]
        kind = " · regression" if recipe.is_regression else ""
        self._dataset_label.setText((entry.label if entry else "own data") + kind)
        self._dataset_label.setToolTip(entry.description if entry else OWN_WORDS)
        self.noise_input.setEnabled(entry is not None)
        noise = entry.noise if entry else "for the sets that are drawn"
        self.noise_input.setToolTip(f"Noise, 0 to 50 %: {noise}")

    def _show_notes(self, recipe: Recipe) -> None:
        """Say what the present choices mean where it would surprise."""
        self.samples_input.setEnabled(recipe.fixed_size is None)
        for widget in (self.data_seed_input, self.regenerate_button):
            widget.setEnabled(recipe.draws_data)
        with QSignalBlocker(self.samples_input):
            self.samples_input.setValue(recipe.fixed_size or recipe.samples)
        self._data_form.setRowVisible(self.classes_input, recipe.leaves_classes)
        self._offer_outputs(recipe)
        self._show_dataset(recipe)
        self.dataset_choice.draw(self._look, recipe.noise, recipe.classes)
        self.hidden_activation_input.show_layers(recipe.hidden_activations)
        self.training.show_rows(recipe)
        for field in ("loss", "output_activation"):
            self._choices[field].choose(getattr(recipe, field))
        with QSignalBlocker(self.learning_rate_input):
            self.learning_rate_input.setValue(recipe.learning_rate)
        self.training.choices["loss"].setEnabled(not recipe.is_regression)
        self._note.setText("\n".join(recipe_notes(recipe)))

    def _offer_outputs(self, recipe: Recipe) -> None:
        """With a unit per class there is softmax and nothing else, with one unit all the others."""
        self.output_activation_choice.offer(OUTPUTS[recipe.outputs > 1])
        self.output_activation_choice.setEnabled(recipe.outputs == 1)
