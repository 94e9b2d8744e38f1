"""The activation of the output, and what is said where all activations are off."""

from mlpviz.engine.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS, SOFTMAX
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.parts.inputs import Choice
from mlpviz.gui.parts.meanings import explained
from mlpviz.gui.views.controls.activation_input import IDENTITY


class OutputActivationChoice(Choice):
    """A choice of the output's activation.

    With a unit per class there is softmax and nothing else, with one unit all the others. Where the
    activations are off it shows what is in force, the identity, and cannot be changed.
    """

    def __init__(self) -> None:
        label = tr("Activation of the output")
        super().__init__("output_activation_choice", label, _outputs(is_of_many=False))
        softmax = OUTPUT_ACTIVATIONS[SOFTMAX]
        formula = tr(
            "{label}: {formula}, of all units of the output; with more than two classes",
            label=softmax.label,
            formula=softmax.formula,
        )
        self.tip = explained("output_activation", f"{label}\n{formula_lines()}\n{formula}")

    def show_recipe(self, recipe: Recipe) -> None:
        """Offer what can be chosen, and show what is in force, without announcing it."""
        off = recipe.activations_off
        self.offer(_outputs(is_of_many=recipe.outputs > 1 and not off))
        self.choose(IDENTITY if off else recipe.output_activation)
        self.setEnabled(recipe.outputs == 1 and not off)
        self.setToolTip(off_words() if off else self.tip)


def off_words() -> str:
    """Say why no activation can be chosen."""
    return tr("The activations are off: every one is the identity until they are on again.")


def formula_lines() -> str:
    """Return the formulas of all activations, a line each."""
    return "\n".join(f"{tr(a.label)}: {a.formula}" for a in ACTIVATIONS.values())


def _outputs(*, is_of_many: bool) -> dict[str, str]:
    if is_of_many:
        return {SOFTMAX: tr(OUTPUT_ACTIVATIONS[SOFTMAX].label)}
    return {key: tr(entry.label) for key, entry in ACTIVATIONS.items()}
