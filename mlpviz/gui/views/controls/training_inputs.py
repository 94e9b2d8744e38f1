"""The inputs of how a network is trained: steps, penalty, batches, loss, where it pauses."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from mlpviz.engine.losses import LOSSES, NUMERICS, REDUCTIONS
from mlpviz.engine.marked import marked
from mlpviz.engine.optimizers import OPTIMIZERS, OWN_PARAMETERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import MAX_EPOCHS, MAX_SAMPLES, Recipe
from mlpviz.experiment.words.formats import formula_words
from mlpviz.gui.look.sizes import USUAL_GAP
from mlpviz.gui.look.sizing import NONE, lay
from mlpviz.gui.parts.form import add_row, new_form
from mlpviz.gui.parts.inputs import Choice, LearningRateInput, NumberInput, WholeInput
from mlpviz.gui.parts.meanings import explained

SHARES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
EPSILONS = tuple(float(f"1e{exponent}") for exponent in range(-10, 0))
PENALTY_RATES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
LEAST, MOST = math.ulp(0.0), 1.7976931348623157e308  # of all numbers > 0 that there are
CALLED = {  # the keys of NUMERICS and REDUCTIONS
    "stable": marked("stable"),
    "textbook": marked("textbook"),
    "mean": marked("mean"),
    "sum": marked("sum"),
}
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
        lay(column, USUAL_GAP, NONE)
        self._form = new_form(column)
        self._add_steps(self._form)
        self._add_losses(self._form)
        add_row(
            self._form,
            tr("epochs"),
            self.numbers["epochs"],
            explained("epochs", tr("Where training pauses; 0 for no limit")),
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
                tr(loss.label),
                tr(loss.class_formula) if is_of_many else loss.formula,
                tr(loss.convention),
            )
            for loss in LOSSES.values()
        )
        choice = self.choices["loss"]
        for widget in (choice, self._form.labelForField(choice)):
            widget.setToolTip(explained("loss", formulas))

    def _add_steps(self, form: QFormLayout) -> None:
        formulas = "\n".join(
            formula_words(tr(entry.label), entry.formula, tr(entry.convention))
            for entry in OPTIMIZERS.values()
        )
        about = tr(
            "How a step is made of the gradient g = ∂L/∂w. Restarts with the same initial weights."
        )
        add_row(
            form,
            tr("optimizer"),
            self.choices["optimizer"],
            explained("optimizer", about, formulas),
        )
        for name, own in OWN_PARAMETERS.items():
            bounds = tr("From 0 to below 1.")
            if name == "epsilon":
                bounds = tr("Any number > 0.")
            about = tr("{meaning}.", meaning=tr(own.meaning))
            words = [f"{about} {bounds}", tr(own.convention), tr("Takes effect at once.")]
            add_row(form, tr(own.label), self.numbers[name], explained(name, *words))
        penalties = "\n".join(
            formula_words(tr(entry.label), tr(entry.formula), tr(entry.convention))
            for entry in _penalties()
        )
        about_penalties = (
            tr(
                "Regularization: a penalty on the weights w, not on the biases, that the steps go "
                "down\ntogether with the loss. The loss shown is that of the data alone."
            ),
            penalties,
            tr("Restarts with the same initial weights."),
        )
        add_row(
            form,
            tr("regularize"),
            self.choices["regularization"],
            explained("regularization", *about_penalties),
        )
        add_row(
            form,
            tr("rate λ"),
            self.numbers["regularization_rate"],
            explained(
                "regularization_rate",
                tr(
                    "Regularization rate λ. Any number from 0 on; "
                    "the arrows step 0, 0.001, 0.003 … 10.\nTakes effect at once."
                ),
            ),
        )
        add_row(
            form,
            tr("batch size"),
            self.numbers["batch_size"],
            explained(
                "batch_size",
                tr("Samples per step; 0 for all of them at once. Takes effect at once."),
            ),
        )

    def _add_losses(self, form: QFormLayout) -> None:
        add_row(form, tr("loss"), self.choices["loss"], "")  # see `_tell_losses`
        reductions = _meanings(REDUCTIONS)
        add_row(form, tr("gradient"), self.choices["reduction"], explained("reduction", reductions))
        numerics = _meanings(NUMERICS)
        add_row(form, tr("numerics"), self.choices["numerics"], explained("numerics", numerics))


def _words_of(keys: Iterable[str]) -> dict[str, str]:
    """Return what is chosen by its key, as it is called."""
    return {key: tr(CALLED[key]) for key in keys}


def _meanings(entries: Mapping[str, str]) -> str:
    """Say what each of some choices means, a line each."""
    return "\n".join(f"{tr(CALLED[key])}: {tr(text)}" for key, text in entries.items())


def _penalties() -> list[Any]:
    return [entry for key, entry in REGULARIZATIONS.items() if key != "none"]


def _make_choices() -> dict[str, Choice]:
    # As it stands, the longest would be cut off at this width.
    optimizers = {k: tr(o.label) for k, o in OPTIMIZERS.items()}
    optimizers["gradient_descent"] = tr("grad. descent")
    penalties = {key: tr(entry.label) for key, entry in REGULARIZATIONS.items()}
    losses = {key: tr(entry.label) for key, entry in LOSSES.items()}
    return {
        "optimizer": Choice("optimizer_choice", tr("Optimizer"), optimizers),
        "regularization": Choice("regularization_choice", tr("Regularization"), penalties),
        "loss": Choice("loss_choice", tr("Loss"), losses),
        "reduction": Choice(
            "reduction_choice", tr("Reduction of the gradient"), _words_of(REDUCTIONS)
        ),
        "numerics": Choice("numerics_choice", tr("Numerics of the output"), _words_of(NUMERICS)),
    }


def _make_numbers() -> dict[str, Any]:
    epochs = WholeInput("epochs_input", tr("Number of epochs"), 0, MAX_EPOCHS)
    epochs.setSpecialValueText(tr("no limit"))
    epochs.setStepType(WholeInput.StepType.AdaptiveDecimalStepType)
    batch_size = WholeInput("batch_size_input", tr("Batch size"), 0, MAX_SAMPLES)
    batch_size.setSpecialValueText(tr("all samples"))
    shares = {
        name: NumberInput(f"{name}_input", tr(own.label), SHARES, 0.0, BELOW_ONE)
        for name, own in OWN_PARAMETERS.items()
        if name != "epsilon"
    }
    return {
        "learning_rate": LearningRateInput("learning_rate_input", tr("Learning rate")),
        **shares,
        "epsilon": NumberInput("epsilon_input", tr("Epsilon"), EPSILONS, LEAST, MOST),
        "regularization_rate": NumberInput(
            "regularization_rate_input", tr("Regularization rate"), PENALTY_RATES, 0.0, MOST
        ),
        "batch_size": batch_size,
        "epochs": epochs,
    }
