"""Two runs beside each other: what differs, what they share, and what can be compared at all."""

from collections.abc import Callable
from dataclasses import replace

from mlpviz.engine.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.features import feature_labels
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.losses import LOSSES
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.experiment.data.own_data import own_words
from mlpviz.experiment.recipe.idle import idle_words
from mlpviz.experiment.recipe.recipe import Recipe, changed_fields
from mlpviz.experiment.recipe.revision import FOR_NUMBERS, revised
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.formats import epoch_text, percent_text
from mlpviz.experiment.words.messages import Message, message_for


def _hidden_activation(recipe: Recipe) -> str:
    names = recipe.hidden_activation
    each = (names,) if isinstance(names, str) else names
    return "-".join(ACTIVATIONS[name].label for name in each)


Difference = tuple[str, str, str]  # the field in words, its value in A, its value in B

# The order is that of the headings: what an experiment turns on comes first.
FIELDS: dict[str, tuple[str, Callable[[Recipe], str]]] = {
    "learning_rate": ("learning rate", lambda r: f"{r.learning_rate:g}"),
    "features": ("features", lambda r: feature_labels(r.features, " ")),
    "hidden": ("hidden units", lambda r: "-".join(map(str, r.hidden)) or "none"),
    "activations_off": ("activations", lambda r: "off" if r.activations_off else "on"),
    "hidden_activation": ("hidden activation", _hidden_activation),
    "output_activation": (
        "output activation",
        lambda r: OUTPUT_ACTIVATIONS[r.output_activation].label,
    ),
    "loss": ("loss", lambda r: LOSSES[r.loss].label),
    "reduction": ("gradient", lambda r: r.reduction),
    "numerics": ("numerics", lambda r: r.numerics),
    "initializer": ("initial weights", lambda r: INITIALIZERS[r.initializer].label),
    "optimizer": ("optimizer", lambda r: OPTIMIZERS[r.optimizer].label),
    "momentum": ("momentum μ", lambda r: f"{r.momentum:g}"),
    "decay": ("decay ρ", lambda r: f"{r.decay:g}"),
    "beta1": ("β₁", lambda r: f"{r.beta1:g}"),
    "beta2": ("β₂", lambda r: f"{r.beta2:g}"),
    "epsilon": ("ε", lambda r: f"{r.epsilon:g}"),
    "regularization": ("regularization", lambda r: REGULARIZATIONS[r.regularization].label),
    "regularization_rate": ("regularization rate", lambda r: f"{r.regularization_rate:g}"),
    "batch_size": ("batch size", lambda r: str(r.batch_size or "all")),
    "weight_seed": ("weight seed", lambda r: str(r.weight_seed)),
    "batch_seed": ("batch seed", lambda r: str(r.batch_seed)),
    "dataset": ("dataset", lambda r: _dataset_words(r)),
    "own": ("own data", lambda r: own_words(r.own)),
    "classes": ("classes", lambda r: str(r.classes)),
    "samples": ("samples", lambda r: str(r.samples)),
    "data_seed": ("data seed", lambda r: str(r.data_seed)),
    "frozen": ("frozen parameters", lambda r: _frozen_words(r.frozen)),
    "noise": ("noise", lambda r: percent_text(r.noise)),
    "train_share": ("training share", lambda r: percent_text(r.train_share)),
    "start": ("first weights", lambda r: "drawn" if r.start is None else "taken over"),
    "epochs": ("epochs", lambda r: epoch_text(r.epochs) if r.epochs else "no limit"),
}
DATA_FIELDS = ("dataset", "own", "classes", "samples", "data_seed", "noise", "train_share")
# Said anyhow, or need not be.
LABELLED = ("dataset", "own", "classes", "hidden", "learning_rate", "epochs")
MAX_NAMED = 2  # differences that a heading has room for


def _dataset_words(recipe: Recipe) -> str:
    own = recipe.used_own
    return DATASETS[recipe.dataset].label if own is None else f"own {own_words(own)}"


def _frozen_words(frozen: tuple[int, ...]) -> str:
    if len(frozen) > MAX_NAMED:
        return f"{len(frozen)} of them"
    return " and ".join(map(str, frozen)) or "none"


def differences(a: Recipe, b: Recipe) -> list[Difference]:
    """Name the choices in which two recipes differ, each with its value in A and in B."""
    changed = set(changed_fields(a, b))
    return [(label, text(a), text(b)) for f, (label, text) in FIELDS.items() if f in changed]


def side_words(a: Recipe, b: Recipe, *, most: int = MAX_NAMED) -> tuple[str, str]:
    """Name both runs by what differs: ("A · learning rate 1", "B · learning rate 0.1")."""
    found = differences(a, b)
    if not found:
        return "A · the same recipe", "B · the same recipe"
    more = f" and {len(found) - most} more" if len(found) > most else ""
    sides = []
    for name, side in (("A", 1), ("B", 2)):
        named = ", ".join(f"{difference[0]} {difference[side]}" for difference in found[:most])
        sides.append(f"{name} · {named}{more}")
    return sides[0], sides[1]


def change_words(before: Recipe, after: Recipe) -> str:
    """Name what a change brought, as briefly as a menu must: "learning rate 0.1"."""
    found = differences(before, after)
    more = f" and {len(found) - MAX_NAMED} more" if len(found) > MAX_NAMED else ""
    return ", ".join(f"{label} {value}" for label, _, value in found[:MAX_NAMED]) + more


def recipe_label(recipe: Recipe) -> str:
    """Say as briefly as a legend must what was trained: "xor, 4-4, η 1" and what is unusual."""
    (_, units), (_, rate) = FIELDS["hidden"], FIELDS["learning_rate"]
    parts = [FIELDS["dataset"][1](recipe), units(recipe), f"η {rate(recipe)}"]
    parts[1:1] = [f"{recipe.class_count} classes"] if recipe.class_count > 2 else []
    named = LABELLED if recipe.used_own is None else (*LABELLED, "noise")  # which they leave aside
    usual = revised(Recipe(), **{name: getattr(recipe, name) for name in named})
    parts += [f"{label} {value}" for label, _, value in differences(usual, recipe)]
    return ", ".join(parts)


def brought_words(old: Recipe, new: Recipe) -> str:
    """Say what other data have changed along with them: what goes with their kind of targets.

    Nothing where the kind is the same, or where all was as it should be already.
    """
    kinds = [(recipe.is_regression, recipe.outputs > 1) for recipe in (old, new)]
    named = {FIELDS[name][0] for name in FOR_NUMBERS}
    changed = [difference for difference in differences(old, new) if difference[0] in named]
    changes = [f"{label} {before} → {after}" for label, before, after in changed]
    if kinds[0] == kinds[1] or not changes:
        return ""
    targets = "numbers as targets" if new.is_regression else f"{new.class_count} classes"
    return f"{FIELDS['dataset'][1](new)} has {targets}. Changed with it: {', '.join(changes)}."


def run_label(frame: Frame) -> str:
    """Say as briefly as `recipe_label` what a run is, and that it was changed on the way."""
    label, changes = recipe_label(frame.recipe), frame.changes
    if not changes:
        return label
    if len({change.epoch for change in changes}) > 1:
        return f"{label}, changed {len(changes)} times"
    return f"{label}, changed at epoch {epoch_text(changes[0].epoch)}"


def same_weights(a: Recipe, b: Recipe) -> bool:
    """Tell whether two recipes start from the same initial weights."""
    if a.start is not None or b.start is not None:
        return a.start == b.start and a.sizes == b.sizes
    return (a.sizes, a.initializer, a.weight_seed) == (b.sizes, b.initializer, b.weight_seed)


def weights_words(a: Recipe, b: Recipe) -> str:
    """Say what two runs share at their start."""
    if same_weights(a, b):
        return "A and B start from the same initial weights."
    if a.start is not None or b.start is not None:
        return "A and B start from different weights: not all of them are those of a seed."
    if a.weight_seed != b.weight_seed:
        return f"A starts from weight seed {a.weight_seed}, B from weight seed {b.weight_seed}."
    what = "shapes" if a.sizes != b.sizes else "initial weights"
    return f"The {what} of A and B differ, so they share only the weight seed {a.weight_seed}."


def check_comparable(a: Recipe, b: Recipe) -> None:
    """See to it that two recipes train on the same data.

    Raises
    ------
    ValueError
        with a sentence that names the choice in which their data differ.
    """
    for field in DATA_FIELDS:
        is_idle = idle_words(a, field) and idle_words(b, field)
        if not is_idle and getattr(a, field) != getattr(b, field):
            label, text = FIELDS[field]
            raise ValueError(
                f"Only runs on the same data can be compared: {label} is {text(a)} in A and would "
                f"be {text(b)} in B."
            )


def with_shared_choices(a: Recipe, b: Recipe) -> Recipe:
    """Return A with what belongs to both: one epoch counter has one limit."""
    return replace(a, epochs=b.epochs)


def comparison_message(update: Update) -> Message:
    """Choose what to say about two runs: B first, for the controls and the remedy are its own."""
    if update.error:
        return message_for(update)
    a, b = (replace(update, frames=(frame,)) for frame in update.frames)
    of_b = message_for(b)
    if of_b.is_warning:
        return replace(of_b, text=f"B: {of_b.text}")
    of_a = message_for(a)
    if of_a.is_warning:  # its remedy would be one for a recipe that the controls do not hold
        return Message(f"A: {of_a.text}", is_warning=True)
    if update.frames[0].epoch == 0:
        shared = weights_words(a.frames[0].recipe, b.frames[0].recipe)
        return Message(f"{of_b.text} {shared}".strip(), is_hint=True)
    return of_b
