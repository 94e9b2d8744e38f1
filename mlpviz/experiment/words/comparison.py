"""Two runs beside each other: what differs, what they share, and what can be compared at all."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from mlpviz.engine.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.features import feature_labels
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.losses import LOSSES
from mlpviz.engine.marked import marked
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.experiment.data.own_data import own_words
from mlpviz.experiment.language import count_text, tr, tr_plural
from mlpviz.experiment.recipe.idle import listed
from mlpviz.experiment.recipe.recipe import Recipe, changed_fields
from mlpviz.experiment.recipe.revision import FOR_NUMBERS, revised
from mlpviz.experiment.recipe.same_data import differing_data
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.formats import epoch_text, percent_text
from mlpviz.experiment.words.messages import Message, message_for


def _hidden_activation(recipe: Recipe) -> str:
    names = recipe.hidden_activation
    each = (names,) if isinstance(names, str) else names
    return "-".join(tr(ACTIVATIONS[name].label) for name in each)


Difference = tuple[str, str, str]  # the field in words, its value in A, its value in B

# The order is that of the headings: what an experiment turns on comes first.
# Each choice in words, marked, and how its value is said.
FIELDS: dict[str, tuple[str, Callable[[Recipe], str]]] = {
    "learning_rate": (marked("learning rate"), lambda r: f"{r.learning_rate:g}"),
    "features": (marked("features"), lambda r: feature_labels(r.features, " ")),
    "hidden": (marked("hidden units"), lambda r: "-".join(map(str, r.hidden)) or tr("none")),
    "activations_off": (
        marked("activations"),
        lambda r: tr("off") if r.activations_off else tr("on"),
    ),
    "hidden_activation": (marked("hidden activation"), _hidden_activation),
    "output_activation": (
        marked("output activation"),
        lambda r: tr(OUTPUT_ACTIVATIONS[r.output_activation].label),
    ),
    "loss": (marked("loss"), lambda r: tr(LOSSES[r.loss].label)),
    "reduction": (marked("gradient"), lambda r: tr(r.reduction)),
    "numerics": (marked("numerics"), lambda r: tr(r.numerics)),
    "initializer": (marked("initial weights"), lambda r: tr(INITIALIZERS[r.initializer].label)),
    "optimizer": (marked("optimizer"), lambda r: tr(OPTIMIZERS[r.optimizer].label)),
    "momentum": (marked("momentum μ"), lambda r: f"{r.momentum:g}"),
    "decay": (marked("decay ρ"), lambda r: f"{r.decay:g}"),
    "beta1": ("β₁", lambda r: f"{r.beta1:g}"),
    "beta2": ("β₂", lambda r: f"{r.beta2:g}"),
    "epsilon": ("ε", lambda r: f"{r.epsilon:g}"),
    "regularization": (
        marked("regularization"),
        lambda r: tr(REGULARIZATIONS[r.regularization].label),
    ),
    "regularization_rate": (marked("regularization rate"), lambda r: f"{r.regularization_rate:g}"),
    "batch_size": (
        marked("batch size"),
        lambda r: count_text(r.batch_size) if r.batch_size else tr("all"),
    ),
    "weight_seed": (marked("weight seed"), lambda r: str(r.weight_seed)),
    "batch_seed": (marked("batch seed"), lambda r: str(r.batch_seed)),
    "dataset": (marked("data set"), lambda r: _dataset_words(r)),
    "own": (marked("own data"), lambda r: own_words(r.own)),
    "classes": (marked("classes"), lambda r: str(r.classes)),
    "samples": (marked("samples"), lambda r: count_text(r.samples)),
    "data_seed": (marked("data seed"), lambda r: str(r.data_seed)),
    "frozen": (marked("frozen parameters"), lambda r: _frozen_words(r.frozen)),
    "noise": (marked("noise"), lambda r: percent_text(r.noise)),
    "train_share": (marked("training share"), lambda r: percent_text(r.train_share)),
    "start": (
        marked("first weights"),
        lambda r: tr("drawn") if r.start is None else tr("taken over"),
    ),
    "epochs": (marked("epochs"), lambda r: epoch_text(r.epochs) if r.epochs else tr("no limit")),
}
# Said anyhow, or need not be.
LABELLED = ("dataset", "own", "classes", "hidden", "learning_rate", "epochs")
MAX_NAMED = 2  # differences that a heading has room for


def _dataset_words(recipe: Recipe) -> str:
    own = recipe.used_own
    if own is None:
        return tr(DATASETS[recipe.dataset].label)
    return tr("own {points}", points=own_words(own))


def _frozen_words(frozen: tuple[int, ...]) -> str:
    if len(frozen) > MAX_NAMED:
        return tr("{count} of them", count=count_text(len(frozen)))
    return listed([*map(str, frozen)]) if frozen else tr("none")


def differences(a: Recipe, b: Recipe, but: Collection[str] = ()) -> list[Difference]:
    """Name the choices in which two recipes differ, each with its value in A and in B.

    Parameters
    ----------
    but : fields that do not count
    """
    changed = set(changed_fields(a, b))
    return [
        (tr(label), text(a), text(b))
        for field, (label, text) in FIELDS.items()
        if field in changed and field not in but
    ]


def side_words(a: Recipe, b: Recipe, *, most: int = MAX_NAMED) -> tuple[str, str]:
    """Name both runs by what differs: ("A · learning rate 1", "B · learning rate 0.1")."""
    found = differences(a, b)
    if not found:
        return tr("A · the same recipe"), tr("B · the same recipe")
    a_words, b_words = (
        _some([f"{difference[0]} {difference[side]}" for difference in found], most)
        for side in (1, 2)
    )
    return f"A · {a_words}", f"B · {b_words}"


def change_words(before: Recipe, after: Recipe) -> str:
    """Name what a change brought, as briefly as a menu must: "learning rate 0.1"."""
    found = differences(before, after)
    return _some([f"{label} {value}" for label, _, value in found], MAX_NAMED)


def _some(words: Sequence[str], most: int) -> str:
    """Write the first few one after the other, and how many more there are."""
    named, more = ", ".join(words[:most]), len(words) - most
    if more <= 0:
        return named
    return tr_plural("{named} and {count} more", "{named} and {count} more", more, named=named)


def recipe_label(recipe: Recipe) -> str:
    """Say as briefly as a legend must what was trained: "xor, 4-4, η 1" and what is unusual."""
    (_, units), (_, rate) = FIELDS["hidden"], FIELDS["learning_rate"]
    parts = [FIELDS["dataset"][1](recipe), units(recipe), f"η {rate(recipe)}"]
    if recipe.class_count > 2:
        parts.insert(1, tr_plural("{count} class", "{count} classes", recipe.class_count))
    named = LABELLED if recipe.used_own is None else (*LABELLED, "noise")  # which they leave aside
    usual = revised(Recipe(), **{name: getattr(recipe, name) for name in named})
    parts += [f"{label} {value}" for label, _, value in differences(usual, recipe)]
    return ", ".join(parts)


def brought_words(old: Recipe, new: Recipe) -> str:
    """Say what other data have changed along with them: what goes with their kind of targets.

    Nothing where the kind is the same, or where all was as it should be already.
    """
    kinds = [(recipe.is_regression, recipe.outputs > 1) for recipe in (old, new)]
    changed = differences(old, new, but=FIELDS.keys() - FOR_NUMBERS.keys())
    changes = ", ".join(f"{label} {before} → {after}" for label, before, after in changed)
    if kinds[0] == kinds[1] or not changes:
        return ""
    dataset = _dataset_words(new)
    if new.is_regression:
        return tr(
            "{dataset} has numbers as targets. Changed with it: {changes}.",
            dataset=dataset,
            changes=changes,
        )
    return tr_plural(
        "{dataset} has {count} class. Changed with it: {changes}.",
        "{dataset} has {count} classes. Changed with it: {changes}.",
        new.class_count,
        dataset=dataset,
        changes=changes,
    )


def run_label(frame: Frame) -> str:
    """Say as briefly as `recipe_label` what a run is, and that it was changed on the way."""
    label, changes = recipe_label(frame.recipe), frame.changes
    if not changes:
        return label
    if len({change.epoch for change in changes}) > 1:
        return tr_plural(
            "{label}, changed {count} time",
            "{label}, changed {count} times",
            len(changes),
            label=label,
        )
    epoch = epoch_text(changes[0].epoch)
    return tr("{label}, changed at epoch {epoch}", label=label, epoch=epoch)


def same_weights(a: Recipe, b: Recipe) -> bool:
    """Tell whether two recipes start from the same initial weights."""
    if a.start is not None or b.start is not None:
        return a.start == b.start and a.sizes == b.sizes
    return (a.sizes, a.initializer, a.weight_seed) == (b.sizes, b.initializer, b.weight_seed)


def weights_words(a: Recipe, b: Recipe) -> str:
    """Say what two runs share at their start."""
    if same_weights(a, b):
        return tr("A and B start from the same initial weights.")
    if a.start is not None or b.start is not None:
        return tr("A and B start from different weights: not all of them are those of a seed.")
    if a.weight_seed != b.weight_seed:
        return tr(
            "A starts from weight seed {a}, B from weight seed {b}.",
            a=a.weight_seed,
            b=b.weight_seed,
        )
    if a.sizes != b.sizes:
        return tr(
            "The shapes of A and B differ, so they share only the weight seed {seed}.",
            seed=a.weight_seed,
        )
    return tr(
        "The initial weights of A and B differ, so they share only the weight seed {seed}.",
        seed=a.weight_seed,
    )


def check_comparable(a: Recipe, b: Recipe) -> None:
    """See to it that two recipes train on the same data.

    Raises
    ------
    ValueError
        with a sentence that names the choice in which their data differ.
    """
    field = differing_data(a, b)
    if field is None:
        return
    label, text = FIELDS[field]
    raise ValueError(
        tr(
            "Only runs on the same data can be compared: {name} is {a} in A and would be {b} in B.",
            name=tr(label),
            a=text(a),
            b=text(b),
        )
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
        return replace(of_b, text=tr("B: {message}", message=of_b.text))
    of_a = message_for(a)
    if of_a.is_warning:  # its remedy would be one for a recipe that the controls do not hold
        return Message(tr("A: {message}", message=of_a.text), is_warning=True)
    if update.frames[0].epoch == 0:
        shared = weights_words(a.frames[0].recipe, b.frames[0].recipe)
        return Message(f"{of_b.text} {shared}".strip(), is_hint=True)
    return message_for(update) if update.is_at_limit else of_b  # the limit is that of both
