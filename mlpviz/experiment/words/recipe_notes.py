"""What the choices of a recipe mean where it would surprise, in sentences."""

from mlpviz.engine.activations import SOFTMAX
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.words.divergence_words import counted_wrong_words
from mlpviz.experiment.words.formats import scale_words
from mlpviz.experiment.words.names import LONGEST_NAME, elided_chars

LONG_STEPS = 0.1  # a learning rate above this is none for Adam


def recipe_notes(recipe: Recipe) -> list[str]:
    """Say what should be known of the choices of a recipe, a sentence each."""
    notes = []
    if recipe.is_regression:
        notes.append(tr("Regression: the targets are numbers, so the loss is the squared error."))
    own = recipe.used_own
    if own is not None and own.is_target_scaled:
        target = elided_chars(own.target, LONGEST_NAME)
        scaled = scale_words(target, own.target_offset, own.target_factor)
        notes.append(
            tr(
                "Map and diagram show targets and outputs as they are scaled for training: "
                "{formula}.",
                formula=scaled,
            )
        )
    if recipe.start is not None:
        notes.append(
            tr("Initial weights taken over from the diagram; New weights (N) draws others.")
        )
    if recipe.activations_off:
        notes.append(tr("Activations off: every unit passes on its weighted sum, A = Z."))
    if recipe.loss == "cross_entropy" and recipe.activations[-1] not in ("sigmoid", SOFTMAX):
        notes.append(
            tr(
                "Cross-entropy needs outputs between 0 and 1; this output has no {activation}.",
                activation=SOFTMAX if recipe.outputs > 1 else "sigmoid",
            )
        )
        if recipe.numerics == "stable":
            notes.append(tr("Then ŷ − y, as in stable numerics, is not the gradient of this loss."))
        if recipe.activations_off and recipe.outputs == 1:
            notes.append(counted_wrong_words(recipe))
    if recipe.optimizer in ("rmsprop", "adam") and recipe.learning_rate > LONG_STEPS:
        notes.append(
            tr(
                "{optimizer}'s steps are about as long as the learning rate itself, however small "
                "the gradient: 0.001 to 0.1 is usual.",
                optimizer=tr(OPTIMIZERS[recipe.optimizer].label),
            )
        )
    return notes
