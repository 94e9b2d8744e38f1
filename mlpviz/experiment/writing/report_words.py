"""What a report says in sentences, from the facts of its chapters."""

import math
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from mlpviz.engine.features import PLANE, feature_labels
from mlpviz.engine.losses import LOSSES
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.experiment.data.own_data import own_words
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame, Held
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.comparison import FIELDS, Difference, differences
from mlpviz.experiment.words.formats import accuracy_percent, percent_text
from mlpviz.experiment.words.messages import message_for
from mlpviz.experiment.writing.printout import decimals

if TYPE_CHECKING:
    from mlpviz.experiment.study.seeds import SeedStudy


MAX_CHANGES = 8  # that a sentence names


def recipe_words(recipe: Recipe) -> str:
    """Say in one line what was trained and how."""
    parts = [
        f"{_data_words(recipe)}: {'-'.join(str(units) for units in recipe.sizes)}",
        *_feature_words(recipe),
        _activation_words(recipe),
        LOSSES[recipe.loss].label,
        f"learning rate {recipe.learning_rate:g}",
        *_step_words(recipe),
        f"batches of {recipe.batch_size}" if recipe.batch_size else "full batch",
        f"{recipe.epochs} epochs",
        "given initial weights" if recipe.start else f"weight seed {recipe.weight_seed}",
    ]
    return ", ".join(parts)


def _step_words(recipe: Recipe) -> list[str]:
    """Say how steps are taken where it is not plainly down the gradient of the loss."""
    words = []
    if recipe.optimizer != "gradient_descent":
        words.append(OPTIMIZERS[recipe.optimizer].label)
    if recipe.regularization != "none":
        label = REGULARIZATIONS[recipe.regularization].label
        words.append(f"{label} with rate {recipe.regularization_rate:g}")
    if recipe.frozen:
        words.append(f"{len(recipe.frozen)} frozen parameters")
    return words


def _data_words(recipe: Recipe) -> str:
    own = recipe.used_own
    words = recipe.dataset if own is None else f"own {own_words(own)}"
    if recipe.class_count > 2:
        words += f" of {recipe.class_count} classes"
    if recipe.noise > 0.0 and own is None:
        words += f" with noise {percent_text(recipe.noise)}"
    if recipe.train_share < 1.0:
        words += f", {percent_text(recipe.train_share)} of the samples trained on"
    return words


def _feature_words(recipe: Recipe) -> list[str]:
    """Name the inputs, where they are not just the coordinates."""
    is_plane = recipe.features == PLANE
    return [] if is_plane else [f"inputs {feature_labels(recipe.features, ' ')}"]


def _activation_words(recipe: Recipe) -> str:
    if recipe.activations_off:
        return "no activation functions"
    names = dict.fromkeys(recipe.activations)  # each once, in their order
    return " and ".join(names)


def loss_words(loss: float) -> str:
    """Write a loss as the printout does, what is not finite in words."""
    if math.isnan(loss):
        return "not a number"
    return decimals(loss) if math.isfinite(loss) else "infinite"


def result_words(frame: Frame) -> str:
    """Say where the single run ended."""
    score = "R²" if frame.recipe.is_regression else "the accuracy"
    words = (
        f"After {frame.epoch} epochs the loss is {loss_words(frame.loss)} and {score} "
        f"{score_words(frame)}"
    )
    if frame.test is None:
        return f"{words}."
    return f"{words}; on the test set, {loss_words(frame.test.loss)} and {score_words(frame.test)}."


def score_words(part: Frame | Held) -> str:
    """Write the accuracy, or R² where there is none."""
    if math.isnan(part.accuracy):
        return loss_words(part.r_squared)
    return f"{accuracy_percent(part.accuracy)} %"


def standing_words(frame: Frame) -> str:
    """Say of a run of the window how far it was, and what was changed on the way and when."""
    parts = [f"The run as it stood at epoch {frame.epoch}", *_changes_words(frame)]
    if len(parts) > MAX_CHANGES + 1:
        parts[MAX_CHANGES + 1 :] = [f"and {len(parts) - MAX_CHANGES - 1} more changes after that"]
    return f"{'; '.join(parts)}."


def _changes_words(frame: Frame) -> Iterator[str]:
    """Say what was changed at each epoch at which anything was."""
    before = frame.start_recipe
    for epoch, at_once in groupby(frame.changes, key=lambda change: change.epoch):
        changes = list(at_once)
        after = changes[-1].recipe
        what = [f"{name} {old} → {new}" for name, old, new in _differences(before, after)]
        by_hand = len({position for change in changes for position, _ in change.edits})
        if by_hand:
            what.append(f"{by_hand} {'parameter' if by_hand == 1 else 'parameters'} set by hand")
        if what:  # it can be as before again
            yield f"{', '.join(what)} at epoch {epoch}"
        before = after


def seeds_note(frame: Frame) -> str:
    """Say in what the seeds are like a run that began or went on otherwise than by its recipe."""
    parts = []
    if frame.changes:
        parts.append("Each seed was changed at the same epochs in the same way.")
    if frame.start_recipe.start is not None:
        parts.append("The run began from given weights; each seed draws its own.")
    return " ".join(parts)


def _differences(before: Recipe, after: Recipe) -> list[Difference]:
    return [d for d in differences(before, after) if d[0] != FIELDS["epochs"][0]]


def diagnosis_words(frame: Frame) -> str:
    """Say what the window says of a run that broke or did not learn; nothing of a sound one."""
    if frame.diagnosis is None:
        return ""
    return message_for(Update((frame,), is_playing=False)).text


def study_words(study: "SeedStudy") -> str:
    """Say what became of the seeds."""
    if study.recipe.is_regression:
        return _losses_words(study)
    count, learned = len(study.seeds), int(study.learned.sum())
    share = accuracy_percent(learned / count)
    first, last = study.seeds[0], study.seeds[-1]
    parts = [
        f"From the weight seeds {first} to {last}, {learned} of {count} ({share} %) end with "
        "every sample right",
        _epochs_words(study),
        _lost_words(study),
        _broken_words(study),
    ]
    return "; ".join(part for part in parts if part) + "."


def _losses_words(study: "SeedStudy") -> str:
    """Say where the losses of seeds end that have no classes to get right."""
    lower, median, upper = (loss_words(loss) for loss in study.quartiles()[:, -1].tolist())
    parts = [
        f"From the weight seeds {study.seeds[0]} to {study.seeds[-1]}, the median of the final "
        f"losses is {median} (quartiles {lower} to {upper})",
        _broken_words(study),
    ]
    return "; ".join(part for part in parts if part) + "."


def _broken_words(study: "SeedStudy") -> str:
    broken = int(study.nonfinite_counts[-1])
    return f"{broken} of {len(study.seeds)} end with a loss that is not finite" if broken else ""


def _epochs_words(study: "SeedStudy") -> str:
    epochs = [epoch for epoch in study.first_perfect_epochs if epoch is not None]
    if not epochs:
        return ""
    lower, median, upper = study.perfect_epoch_quartiles().tolist()
    if math.isnan(median):  # less than half of the seeds got there
        return f"the earliest had them all right at epoch {min(epochs)}"
    rest = f" to {upper:.0f}" if math.isfinite(upper) else " to never"
    return f"the median seed has them all right at epoch {median:.0f} (quartiles {lower:.0f}{rest})"


def _lost_words(study: "SeedStudy") -> str:
    """Say how many had every sample right for a while only."""
    lost = study.lost_count
    return f"{lost} had them all right on the way and lost it" if lost > 0 else ""
