"""The controls: they hold the current recipe, and every change makes a new one."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mlpviz.engine.datasets import DATASETS, MAX_CLASSES
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.experiment.data.own_data import OWN, OwnData
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import MAX_NOISE, MAX_SAMPLES, MAX_SEED, Recipe
from mlpviz.experiment.recipe.revision import DATA, Suits, revised
from mlpviz.experiment.words.recipe_notes import recipe_notes
from mlpviz.gui.look.icons import icon
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import (
    CONTROLS_GAP,
    CONTROLS_MARGIN,
    CONTROLS_WIDTH,
    GAP,
    SCROLLED_MARGIN,
    SPACE,
)
from mlpviz.gui.look.sizing import fix, lay, space
from mlpviz.gui.parts.elided_label import ElidedLabel
from mlpviz.gui.parts.form import add_row as _add
from mlpviz.gui.parts.form import heading as _heading
from mlpviz.gui.parts.form import new_form as _form
from mlpviz.gui.parts.inputs import Choice, WholeInput, take_typed, tool_button
from mlpviz.gui.parts.meanings import explained
from mlpviz.gui.parts.percent_input import ShareInput
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.views.controls.activation_input import HiddenActivationInput
from mlpviz.gui.views.controls.dataset_choice import OWN_WORDS, DatasetChoice
from mlpviz.gui.views.controls.more_inputs import MoreInputs
from mlpviz.gui.views.controls.output_activation import (
    OutputActivationChoice,
    formula_lines,
    off_words,
)
from mlpviz.gui.views.controls.training_inputs import TrainingInputs

NOISES = [step / 20 for step in range(11)]
TRAIN_SHARES = [tenth / 10 for tenth in range(1, 11)]


class Controls(QScrollArea):
    """Shows a recipe and announces the one that the user makes of it."""

    recipe_changed = Signal(object)  # Recipe
    refused = Signal(str)  # why something was not taken over

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("controls_scroll")
        fix(self, width=CONTROLS_WIDTH)
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
        self.output_activation_choice.show_recipe(recipe)
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
        take_typed(self)
        values = {"dataset": OWN, "own": own}
        return revised(self._recipe, **self._suits.suited(self._recipe, values))

    @Slot(object)
    def show_recipes(self, recipes: tuple[Recipe, ...]) -> None:
        """Show the recipe of the one run; of two that of the second, and say so."""
        self.show_recipe(recipes[-1])
        self._run_note.setVisible(len(recipes) > 1)

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
        self.dataset_choice = DatasetChoice("dataset_choice", tr("Dataset"))
        self._dataset_label = ElidedLabel()
        self._dataset_label.setObjectName("dataset_label")
        self._dataset_label.setProperty("role", "quiet")
        self._dataset_label.setBuddy(self.dataset_choice)  # it goes where that goes
        self.classes_input = WholeInput("classes_input", tr("Classes"), 2, MAX_CLASSES)
        self.samples_input = WholeInput("samples_input", tr("Samples"), 2, MAX_SAMPLES)
        self.noise_input = ShareInput("noise_input", tr("Noise"), NOISES, MAX_NOISE)
        self.train_share_input = ShareInput(
            "train_share_input", tr("Training share"), TRAIN_SHARES, TRAIN_SHARES[-2]
        )
        self.data_seed_input = WholeInput("data_seed_input", tr("Data seed"), 0, MAX_SEED)
        self.regenerate_button = tool_button(
            "regenerate_button",
            "",
            tr("Regenerate"),
            tr(
                "Regenerate: draw the samples from the next seed.\n"
                "Restarts with the same initial weights."
            ),
        )

    def _make_network_inputs(self) -> None:
        self.activation_toggle = QCheckBox(tr("Activations on"))
        self.activation_toggle.setObjectName("activation_toggle")
        self.activation_toggle.setAccessibleName(tr("Activations on"))
        self.hidden_activation_input = HiddenActivationInput(self)
        self.output_activation_choice = OutputActivationChoice()
        self.initializer_choice = Choice(
            "initializer_choice",
            tr("Initial weights"),
            {key: tr(entry.label) for key, entry in INITIALIZERS.items()},
        )
        self.seed_input = WholeInput("seed_input", tr("Seed of the initial weights"), 0, MAX_SEED)

    def _make_training_inputs(self) -> None:
        self.training = TrainingInputs()
        self.more = MoreInputs()
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
        self.more.opened.connect(self.dataset_choice.show_all)
        self.more.defaults_wanted.connect(self._take_recipe)
        self.activation_toggle.toggled.connect(self._take_over)
        self.regenerate_button.clicked.connect(self._regenerate)

    @Slot()
    def _regenerate(self) -> None:
        """Draw the data from the next seed."""
        self.data_seed_input.setValue((self.data_seed_input.value() + 1) % (MAX_SEED + 1))

    def _take_over(self, _: object = None) -> None:
        """Make a recipe of what the inputs show, and announce it if it is another."""
        take_typed(self)
        if self.dataset_choice.key() == OWN and self._own is None:  # a script can choose it
            self.dataset_choice.choose(self._recipe.dataset)
        values: dict[str, Any] = {field: c.key() for field, c in self._choices.items()}
        values |= {field: spin_box.value() for field, spin_box in self._numbers.items()}
        if not self.samples_input.isEnabled():
            # It shows how many samples a fixed set has; the choice for the others stays.
            values["samples"] = self._recipe.samples
        if self._recipe.activations_off:
            # They show what is in force; what was chosen stays for when they are on again.
            for name in ("hidden_activation", "output_activation"):
                values[name] = getattr(self._recipe, name)
        values["own"] = self._own if values["dataset"] == OWN else None
        values["activations_off"] = not self.activation_toggle.isChecked()
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

    @Slot(object)
    def _take_recipe(self, recipe: Recipe) -> None:
        """Take over a recipe that was made of the present one."""
        self.show_recipe(recipe)
        self.recipe_changed.emit(recipe)

    def _assemble(self) -> QWidget:
        column_widget = QFrame()
        column_widget.setObjectName("panel")
        column = QVBoxLayout(column_widget)
        lay(column, CONTROLS_GAP, (CONTROLS_MARGIN, GAP, CONTROLS_MARGIN, GAP))
        self.verticalScrollBar().rangeChanged.connect(self._fit_margins)
        self._run_note = PlainLabel(tr("Controls change run B"))
        self._run_note.setObjectName("controls_run_note")
        self._run_note.setProperty("role", "quiet")
        self._run_note.hide()
        column.addWidget(self._run_note)
        self._add_first(column)
        column.addWidget(self.more)
        self._add_more(self.more.column)
        self._note = PlainLabel()
        self._note.setObjectName("controls_note")
        self._note.setProperty("role", "quiet")
        self._note.setWordWrap(True)
        column.addWidget(self._note)
        column.addStretch(1)
        return column_widget

    @Slot(int, int)
    def _fit_margins(self, _: int, last: int) -> None:
        """Let the scroll bar stand where the margin was: the fields need their width."""
        panel = self.widget()
        column = panel and panel.layout()
        if column:
            right = SCROLLED_MARGIN if last > 0 else CONTROLS_MARGIN
            lay(column, margins=(CONTROLS_MARGIN, GAP, right, GAP))

    def _add_first(self, column: QVBoxLayout) -> None:
        """Add what a lecture uses, in the order in which it does."""
        top = QHBoxLayout()
        lay(top, GAP)
        top.addWidget(_heading(tr("DATA")))
        top.addWidget(self._dataset_label, stretch=1)
        column.addLayout(top)
        restarts = tr("Restarts with the same initial weights.")
        self.dataset_choice.setToolTip(explained("dataset", restarts))
        column.addWidget(self.dataset_choice)
        self._data_form = _form(column)
        kinds = tr(
            "Number of classes, 2 to 6. With more than two there is an output unit for each,\n"
            "and softmax makes probabilities of them. Restarts."
        )
        _add(self._data_form, tr("classes"), self.classes_input, explained("classes", kinds))
        space(column, SPACE)
        column.addWidget(_heading(tr("TRAINING")))
        off = tr("Off: every activation is the identity, A = Z, with slope 1, the output's too.")
        self.activation_toggle.setToolTip(explained("activations_off", off, restarts))
        column.addWidget(self.activation_toggle)
        form = _form(column)
        self.hidden_activation_input.add_rows(form, formula_lines())
        rate = tr(
            "Learning rate η in  w ← w − η · ∂L/∂w.  Any number > 0; the arrows step 1, 3, 10."
        )
        at_once = tr("Takes effect at once.")
        _add(
            form,
            tr("learning rate"),
            self.learning_rate_input,
            explained("learning_rate", rate, at_once),
        )
        _add(form, tr("noise"), self.noise_input, "")

    def _add_more(self, column: QVBoxLayout) -> None:
        self._add_more_data(_form(column))
        self._add_more_network(_form(column))
        column.addWidget(self.training)

    def _add_more_data(self, form: QFormLayout) -> None:
        count = tr("Number of samples; xor always has its 21")
        _add(form, tr("samples"), self.samples_input, explained("samples", count))
        share = tr(
            "Share of the samples that train, 10 to 90 %, or 100 % for all.\n"
            "The others are the test set: the network never learns from them."
        )
        _add(form, tr("train on"), self.train_share_input, explained("train_share", share))
        seed = tr("Seed with which the samples are drawn and split")
        _add(
            form,
            tr("data seed"),
            self.data_seed_input,
            explained("data_seed", seed),
            self.regenerate_button,
        )

    def _add_more_network(self, form: QFormLayout) -> None:
        _add(
            form,
            tr("output"),
            self.output_activation_choice,
            self.output_activation_choice.tip,
        )
        rules = "\n".join(f"{tr(i.label)}: {i.formula}" for i in INITIALIZERS.values())
        initial = f"{tr('Initial weights; biases start at 0')}\n{rules}"
        _add(form, tr("initial"), self.initializer_choice, explained("initializer", initial))
        seed = tr("Seed of the initial weights (N draws the next)")
        _add(form, tr("weight seed"), self.seed_input, explained("weight_seed", seed))

    def _show_dataset(self, recipe: Recipe) -> None:
        entry = None if recipe.used_own else DATASETS[recipe.dataset]
        name = tr(entry.label if entry else "own data")
        if recipe.is_regression:
            name = tr("{dataset} · regression", dataset=name)
        self._dataset_label.setText(name)
        self._dataset_label.setToolTip(tr(entry.description if entry else OWN_WORDS))
        self.noise_input.setEnabled(entry is not None)
        noise = tr("Noise, 0 to 50 %: for the sets that are drawn")
        if entry:
            noise = tr("Noise, 0 to 50 %: {meaning}", meaning=tr(entry.noise))
        self.noise_input.setToolTip(explained("noise", noise))

    def _show_notes(self, recipe: Recipe) -> None:
        """Say what the present choices mean where it would surprise."""
        self.samples_input.setEnabled(recipe.fixed_size is None)
        for widget in (self.data_seed_input, self.regenerate_button):
            widget.setEnabled(recipe.draws_data)
        with QSignalBlocker(self.samples_input):
            self.samples_input.setValue(recipe.fixed_size or recipe.samples)
        self._data_form.setRowVisible(self.classes_input, recipe.leaves_classes)
        self.more.show_recipe(recipe, opens=True)
        self._show_dataset(recipe)
        self.dataset_choice.draw(self._look, recipe.noise, recipe.classes)
        self._show_activations(recipe)
        self.training.show_rows(recipe)
        self.training.choices["loss"].choose(recipe.loss)
        with QSignalBlocker(self.learning_rate_input):
            self.learning_rate_input.setValue(recipe.learning_rate)
        self.training.choices["loss"].setEnabled(not recipe.is_regression)
        self._note.setText("\n".join(recipe_notes(recipe)))

    def _show_activations(self, recipe: Recipe) -> None:
        """Show which activations are in force: the identity where they are off."""
        why = off_words() if recipe.activations_off else ""
        self.hidden_activation_input.choose(recipe.hidden_activation)
        self.hidden_activation_input.show_layers(recipe.hidden_activations)
        self.hidden_activation_input.show_off(why)
        self.output_activation_choice.show_recipe(recipe)
