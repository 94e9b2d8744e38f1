"""What a report says in sentences of its single runs, from the facts of its chapters."""

import math
from collections.abc import Iterator

import numpy as np

from mlpviz.engine.features import PLANE, feature_labels
from mlpviz.engine.losses import LOSSES
from mlpviz.engine.marked import marked
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.experiment.data.own_data import own_words
from mlpviz.experiment.language import count_text, tr, tr_plural
from mlpviz.experiment.recipe.idle import listed
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame, Held
from mlpviz.experiment.run.record import changes_by_epoch
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.comparison import differences
from mlpviz.experiment.words.divergence_words import counted_wrong_words
from mlpviz.experiment.words.formats import accuracy_percent, epoch_text, percent_text
from mlpviz.experiment.words.messages import message_for
from mlpviz.experiment.writing.printout import loss_words

MAX_CHANGES = 8  # that a sentence names

# Where a run ended, after one epoch and after more: by whether the targets are numbers, and whether
# there is a test set.
RESULTS = {
    (False, False): (
        marked("After {count} epoch the loss is {loss} and the accuracy {score}."),
        marked("After {count} epochs the loss is {loss} and the accuracy {score}."),
    ),
    (False, True): (
        marked(
            "After {count} epoch the loss is {loss} and the accuracy {score}; on the test set, "
            "{test_loss} and {test_score}."
        ),
        marked(
            "After {count} epochs the loss is {loss} and the accuracy {score}; on the test set, "
            "{test_loss} and {test_score}."
        ),
    ),
    (True, False): (
        marked("After {count} epoch the loss is {loss} and R² {score}."),
        marked("After {count} epochs the loss is {loss} and R² {score}."),
    ),
    (True, True): (
        marked(
            "After {count} epoch the loss is {loss} and R² {score}; on the test set, {test_loss} "
            "and {test_score}."
        ),
        marked(
            "After {count} epochs the loss is {loss} and R² {score}; on the test set, {test_loss} "
            "and {test_score}."
        ),
    ),
}


def recipe_words(recipe: Recipe) -> str:
    """Say in one line what was trained and how."""
    size, start = recipe.batch_size, recipe.start
    parts = [
        _data_words(recipe),
        *_feature_words(recipe),
        _activation_words(recipe),
        tr(LOSSES[recipe.loss].label),
        tr("learning rate {rate}", rate=f"{recipe.learning_rate:g}"),
        *_step_words(recipe),
        tr("batches of {size}", size=count_text(size)) if size else tr("full batch"),
        tr_plural("{count} epoch", "{count} epochs", recipe.epochs),
        tr("given initial weights") if start else tr("weight seed {seed}", seed=recipe.weight_seed),
    ]
    return ", ".join(parts)


def _step_words(recipe: Recipe) -> list[str]:
    """Say how steps are taken where it is not plainly down the gradient of the loss."""
    words = []
    if recipe.optimizer != "gradient_descent":
        words.append(tr(OPTIMIZERS[recipe.optimizer].label))
    if recipe.regularization != "none":
        words.append(
            tr(
                "{penalty} with rate {rate}",
                penalty=tr(REGULARIZATIONS[recipe.regularization].label),
                rate=f"{recipe.regularization_rate:g}",
            )
        )
    if recipe.frozen:
        count = len(recipe.frozen)
        words.append(tr_plural("{count} frozen parameter", "{count} frozen parameters", count))
    return words


def _data_words(recipe: Recipe) -> str:
    """Name the data, what part of them trains, and the units per layer: "xor: 2-4-4-1"."""
    sizes = "-".join(str(units) for units in recipe.sizes)
    if recipe.train_share == 1.0:
        return f"{_dataset_words(recipe)}: {sizes}"
    return tr(
        "{data}, {share} of the samples trained on: {sizes}",
        data=_dataset_words(recipe),
        share=percent_text(recipe.train_share),
        sizes=sizes,
    )


def _dataset_words(recipe: Recipe) -> str:
    own, count = recipe.used_own, recipe.class_count
    name = recipe.dataset if own is None else tr("own {points}", points=own_words(own))
    noise = percent_text(recipe.noise)
    is_noisy = recipe.noise > 0.0 and own is None
    if count > 2 and is_noisy:
        return tr_plural(
            "{name} of {count} class with noise {noise}",
            "{name} of {count} classes with noise {noise}",
            count,
            name=name,
            noise=noise,
        )
    if count > 2:
        return tr_plural("{name} of {count} class", "{name} of {count} classes", count, name=name)
    return tr("{name} with noise {noise}", name=name, noise=noise) if is_noisy else name


def _feature_words(recipe: Recipe) -> list[str]:
    """Name the inputs, where they are not just the coordinates."""
    if recipe.features == PLANE:
        return []
    return [tr("inputs {features}", features=feature_labels(recipe.features, " "))]


def _activation_words(recipe: Recipe) -> str:
    if recipe.activations_off:
        return tr("no activation functions")
    return listed(list(dict.fromkeys(recipe.activations)))  # each once, in their order


def result_words(frame: Frame) -> str:
    """Say where the single run ended."""
    one, many = RESULTS[frame.recipe.is_regression, frame.test is not None]
    test = frame.test or frame
    return tr_plural(
        one,
        many,
        frame.epoch,
        loss=loss_words(frame.loss),
        score=score_words(frame),
        test_loss=loss_words(test.loss),
        test_score=score_words(test),
    )


def score_words(part: Frame | Held) -> str:
    """Write the accuracy, or R² where there is none."""
    if math.isnan(part.accuracy):
        return loss_words(part.r_squared)
    return f"{accuracy_percent(part.accuracy)} %"


def standing_words(frame: Frame) -> str:
    """Say of a run of the window how far it was, and what was changed on the way and when."""
    epoch, changes = epoch_text(frame.epoch), list(_changes_words(frame))
    if not changes:
        return tr("The run as it stood at epoch {epoch}.", epoch=epoch)
    if len(changes) > MAX_CHANGES:
        more = len(changes) - MAX_CHANGES
        changes[MAX_CHANGES:] = [
            tr_plural(
                "and {count} more change after that", "and {count} more changes after that", more
            )
        ]
    return tr(
        "The run as it stood at epoch {epoch}; {changes}.", epoch=epoch, changes="; ".join(changes)
    )


def _changes_words(frame: Frame) -> Iterator[str]:
    """Say what was changed at each epoch at which anything was."""
    for epoch, before, after, edits in changes_by_epoch(frame.start_recipe, frame.changes):
        found = differences(before, after, but=("epochs",))
        what = [f"{name} {old} → {new}" for name, old, new in found]
        if edits:
            what.append(
                tr_plural(
                    "{count} parameter set by hand", "{count} parameters set by hand", len(edits)
                )
            )
        if what:  # it can be as before again
            yield tr("{changes} at epoch {epoch}", changes=", ".join(what), epoch=epoch_text(epoch))


def seeds_note(frame: Frame) -> str:
    """Say in what the seeds are like a run that began or went on otherwise than by its recipe."""
    parts = []
    if frame.changes:
        parts.append(tr("Each seed was changed at the same epochs in the same way."))
    if frame.start_recipe.start is not None:
        parts.append(tr("The run began from given weights; each seed draws its own."))
    return " ".join(parts)


def diagnosis_words(frame: Frame) -> str:
    """Say what the window says of a run that broke or did not learn; nothing of a sound one."""
    if frame.diagnosis is None and frame.standstill is None:
        return ""
    words = message_for(Update((frame,), is_playing=False)).text
    is_of_two = frame.recipe.outputs == 1 and not frame.recipe.is_regression
    if is_of_two and np.isnan(frame.predictions).any():
        return f"{words} {counted_wrong_words(frame.recipe)}"
    return words
