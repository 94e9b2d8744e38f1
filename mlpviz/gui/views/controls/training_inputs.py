"""The inputs of how a network is trained: steps, penalty, batches, loss, where it pauses."""

import math
from typing import Any

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from mlpviz.engine.losses import LOSSES, NUMERICS, REDUCTIONS
from mlpviz.engine.optimizers import OPTIMIZERS, OWN_PARAMETERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.experiment.recipe.recipe import MAX_EPOCHS, MAX_SAMPLES, Recipe
from mlpviz.experiment.words.formats import formula_words
from mlpviz.gui.parts.form import add_row, new_form
from mlpviz.gui.parts.inputs import Choice, LearningRateInput, NumberInput, WholeInput

SHARES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
EPSILONS = tuple(float(f"1e{exponent}") for exponent in range(-10, 0))
PENALTY_RATES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
LEAST, MOST = math.ulp(0.0), 1.7976931348623157e308  # of all numbers > 0 that there are
BELOW_ONE = math.nextafter(1.0, 0.0)


class TrainingInputs(QWidget):
    """A form with the inputs of the training group; only what is in force has a row.

    `choices` and `numbers` are the inputs by the fields of the recipe.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("training_inputs")
        self.choices = _make_choices()
        self.numbers = _make_numbers()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._form = new_form(column)
        self._add_steps(self._form)
        self._add_losses(self._form)
        add_row(
            self._form, "epochs", self.numbers["epochs"], "Where training pauses; 0 for no limit"
        )

    def show_rows(self, recipe: Recipe) -> None:
        """Show what the optimizer and the penalty of a recipe need, and hide the rest."""
        for name in OWN_PARAMETERS:
            is_own = name in OPTIMIZERS[recipe.optimizer].own
            self._form.setRowVisible(self.numbers[name], is_own)
        self._form.setRowVisible(
            self.numbers["regularization_rate"], recipe.regularization != "none"
        )
        self._tell_losses(is_of_many=recipe.outputs > 1)

    def _tell_losses(self, *, is_of_many: bool) -> None:
        """Give the formulas for one output unit, or for one per class."""
        formulas = "\n".join(
            formula_words(
                loss.label, loss.class_formula if is_of_many else loss.formula, loss.convention
            )
            for loss in LOSSES.values()
        )
        choice = self.choices["loss"]
        for widget in (choice, self._form.labelForField(choice)):
            widget.setToolTip(formulas)

    def _add_steps(self, form: QFormLayout) -> None:
        formulas = "\n".join(
            formula_words(entry.label, entry.formula, entry.convention)
            for entry in OPTIMIZERS.values()
        )
        add_row(
            form,
            "optimizer",
            self.choices["optimizer"],
            "How a step is made of the gradient g = ∂L/∂w. Restarts with the same initial "
            f"weights.\n{formulas}",
        )
        for name, own in OWN_PARAMETERS.items():
            bounds = "Any number > 0" if name == "epsilon" else "From 0 to below 1"
            words = [f"{own.meaning}. {bounds}.", own.convention, "Takes effect at once."]
            add_row(form, own.label, self.numbers[name], "\n".join(filter(None, words)))
        penalties = "\n".join(
            formula_words(entry.label, entry.formula, entry.convention) for entry in _penalties()
        )
        add_row(
            form,
            "regularize",
            self.choices["regularization"],
            "Regularization: a penalty on the weights w, not on the biases, that the steps go "
            "down\ntogether with the loss. The loss shown is that of the data alone.\n"
            f"{penalties}\nRestarts with the same initial weights.",
        )
        add_row(
            form,
            "rate λ",
            self.numbers["regularization_rate"],
            "Regularization rate λ. Any number from 0 on; the arrows step 0, 0.001, 0.003 … 10.\n"
            "Takes effect at once.",
        )
        add_row(
            form,
            "batch size",
            self.numbers["batch_size"],
            "Samples per step; 0 for all of them at once. Takes effect at once.",
        )

    def _add_losses(self, form: QFormLayout) -> None:
        add_row(form, "loss", self.choices["loss"], "")  # see `_tell_losses`
        reductions = "\n".join(f"{key}: {text}" for key, text in REDUCTIONS.items())
        add_row(form, "gradient", self.choices["reduction"], reductions)
        numerics = "\n".join(f"{key}: {text}" for key, text in NUMERICS.items())
        add_row(form, "numerics", self.choices["numerics"], numerics)


def _penalties() -> list[Any]:
    return [entry for key, entry in REGULARIZATIONS.items() if key != "none"]


def _make_choices() -> dict[str, Choice]:
    # As it stands, the longest would be cut off at this width.
    optimizers = {k: o.label.replace("gradient", "grad.") for k, o in OPTIMIZERS.items()}
    penalties = {key: entry.label for key, entry in REGULARIZATIONS.items()}
    losses = {key: entry.label for key, entry in LOSSES.items()}
    return {
        "optimizer": Choice("optimizer_choice", "Optimizer", optimizers),
        "regularization": Choice("regularization_choice", "Regularization", penalties),
        "loss": Choice("loss_choice", "Loss", losses),
        "reduction": Choice(
            "reduction_choice", "Reduction of the gradient", {key: key for key in REDUCTIONS}
        ),
        "numerics": Choice(
            "numerics_choice", "Numerics of the output", {key: key for key in NUMERICS}
        ),
    }


def _make_numbers() -> dict[str, Any]:
    epochs = WholeInput("epochs_input", "Number of epochs", 0, MAX_EPOCHS)
    epochs.setSpecialValueText("no limit")
    epochs.setStepType(WholeInput.StepType.AdaptiveDecimalStepType)
    batch_size = WholeInput("batch_size_input", "Batch size", 0, MAX_SAMPLES)
    batch_size.setSpecialValueText("all samples")
    shares = {
        name: NumberInput(f"{name}_input", own.label, SHARES, 0.0, BELOW_ONE)
        for name, own in OWN_PARAMETERS.items()
        if name != "epsilon"
    }
    return {
        "learning_rate": LearningRateInput("learning_rate_input", "Learning rate"),
        **shares,
        "epsilon": NumberInput("epsilon_input", "Epsilon", EPSILONS, LEAST, MOST),
        "regularization_rate": NumberInput(
            "regularization_rate_input", "Regularization rate", PENALTY_RATES, 0.0, MOST
        ),
        "batch_size": batch_size,
        "epochs": epochs,
    }
