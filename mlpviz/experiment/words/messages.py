"""What the message bar says: sentences for a student, from the facts of this very run."""

import math
from dataclasses import dataclass

from mlpviz.experiment.language import count_text, tr, tr_plural
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.diagnosis import Divergence
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.standstill import Cause, Standstill
from mlpviz.experiment.run.symptoms import Kind, Symptom
from mlpviz.experiment.words.divergence_words import (
    divergence_remedies,
    divergence_text,
    is_finite_again,
)
from mlpviz.experiment.words.formats import added_text, epoch_text, share_text, value_text
from mlpviz.experiment.words.names import product_name
from mlpviz.experiment.words.remedies import Remedy
from mlpviz.experiment.words.standstill_words import standstill_remedies, standstill_text
from mlpviz.experiment.words.symptom_words import symptom_remedies, symptom_text
from mlpviz.experiment.words.time_words import found_words, past_words
from mlpviz.experiment.words.wrong_words import wrong_count


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, whether it is a warning, and what helps.

    Parameters
    ----------
    text : one or two sentences; may be empty
    is_warning : whether something went wrong
    remedies : what helps, a button each; two at the most
    is_hint : whether it only says what could be done now, so that it can wait
    broken : the number that was not finite first, where it can be shown; else None
    """

    text: str
    is_warning: bool = False
    remedies: tuple[Remedy, ...] = ()
    is_hint: bool = False
    broken: Divergence | None = None


def message_for(update: Update) -> Message:
    """Choose what to say about an update; the first thing that applies."""
    if not update.frames:
        return Message(update.error, is_warning=bool(update.error))
    if update.error:
        return Message(tr("{problem}. Reset starts over.", problem=update.error), is_warning=True)
    if update.share_restored is not None:
        return restored_message(update.share_restored)
    if update.share_branched is not None:
        words = tr(
            "The losses up to the branch are computed again: {share}.",
            share=share_text(update.share_branched, 0),
        )
        return Message(words, is_hint=True)
    if update.share_found is not None:
        return Message(found_words(update.share_found), is_hint=True)
    frame = update.frames[0]
    if isinstance(frame.diagnosis, Divergence):
        return _divergence_message(frame, frame.diagnosis)
    # A run that stands still may be on its way: that is not said while it goes on.
    standstill = None if update.is_playing and not frame.is_past else frame.standstill
    if frame.diagnosis is not None and not _is_explained(frame.diagnosis, standstill):
        text = symptom_text(frame.recipe, frame.diagnosis)
        return Message(text, True, symptom_remedies(frame.recipe, frame.diagnosis))
    if update.is_under_way and not frame.is_past:
        return _under_way_message(update)
    if standstill is not None:
        text = standstill_text(frame, standstill)
        return Message(text, True, standstill_remedies(frame.recipe, standstill))
    if frame.is_past:
        return Message(past_words(is_training=update.is_playing), is_hint=True)
    if update.is_at_limit:
        return Message(_limit_words(update))
    if not update.is_playing and (begun := _begun_words(frame)):
        keys = tr("Press Space to train, → for one epoch.")
        return Message(f"{begun} {keys}", is_hint=True)
    return Message("")


def stuck_words(run: Run) -> str:
    """Say of a run that has ended what keeps it from learning; "" of one that is not stuck."""
    found = run.looks.at(run.position)
    if found.symptom is None and found.standstill is None:
        return ""  # to capture a frame takes longer than all the rest
    frame = capture(run)
    if isinstance(frame.diagnosis, Divergence):
        return ""  # the numbers themselves say so
    is_stuck = frame.diagnosis is not None or frame.standstill is not None
    return message_for(Update((frame,), is_playing=False)).text if is_stuck else ""


def restored_message(share: float) -> Message:
    """Say how far runs are that come back."""
    words = tr("The run before is computed again: {share}.", share=share_text(share, 0))
    return Message(words, is_hint=True)


def _divergence_message(frame: Frame, divergence: Divergence) -> Message:
    text = divergence_text(frame, divergence)
    if is_finite_again(frame):
        return Message(text)
    is_shown = frame.can_follow_gradient and divergence.spot is not None
    broken = divergence if is_shown else None
    return Message(text, True, divergence_remedies(frame.recipe, divergence), broken=broken)


def _is_explained(symptom: Symptom, standstill: Standstill | None) -> bool:
    """Tell whether it is known why the loss is that of guessing."""
    is_plateau = symptom.kind is Kind.PLATEAU
    return is_plateau and standstill is not None and standstill.cause is not Cause.STATIONARY


def _under_way_message(update: Update) -> Message:
    epoch = epoch_text(update.frames[0].epoch + 1)
    if update.is_held:
        words = tr("Paused in the middle of epoch {epoch}. Play completes it.", epoch=epoch)
        return Message(words, is_hint=True)
    return Message(tr("Epoch {epoch} is under way.", epoch=epoch), is_hint=True)


def _limit_words(update: Update) -> str:
    """Say that a run has come to its limit, and how it ended; of two the numbers say that."""
    frame = update.frames[0]
    epoch = epoch_text(frame.epoch)
    if len(update.frames) > 1 or frame.recipe.is_regression:
        return tr("Paused at epoch {epoch}, the limit. Play goes on without one.", epoch=epoch)
    wrong = wrong_count(frame)
    if wrong == 0:
        return tr_plural(
            "Paused at epoch {epoch}, the limit: the sample is right. Play goes on without one.",
            "Paused at epoch {epoch}, the limit: all {count} samples are right. Play goes on "
            "without one.",
            len(frame.X),
            epoch=epoch,
        )
    return tr_plural(
        "Paused at epoch {epoch}, the limit: {count} of {samples} is still wrong. Play goes on "
        "without one.",
        "Paused at epoch {epoch}, the limit: {count} of {samples} are still wrong. Play goes on "
        "without one.",
        wrong,
        epoch=epoch,
        samples=count_text(len(frame.X)),
    )


def _begun_words(frame: Frame) -> str:
    """Say where a run begins: as a branch, or with which weights at epoch 0; "" once it is on."""
    if frame.branched_at is not None and frame.branched_at.epoch == frame.epoch:
        return tr("Branch from epoch {epoch}.", epoch=epoch_text(frame.epoch))
    if frame.epoch > 0:
        return ""
    if any(change.edits for change in frame.changes):
        return tr("Epoch 0, with weights set by hand.")
    return tr("Untrained.") if frame.recipe.start is None else tr("Epoch 0, from given weights.")


def linear_words(frame: Frame) -> str:
    """Write the product of all layers as the one linear map that it is; "" where units bend it."""
    found = frame.linear_map() if frame.recipe.hidden else None
    if found is None:
        return ""
    (w1, w2), b = found[0].tolist(), found[1]
    if not any(map(math.isfinite, (w1, w2, b))):
        return tr("{product}: not a number", product=product_name(frame.recipe))
    return (
        f"{product_name(frame.recipe)}: z = {value_text(w1)} x₁ {added_text(w2)} x₂ {added_text(b)}"
    )
