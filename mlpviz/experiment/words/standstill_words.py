"""What is said of a run that stands still: how much is wrong, why it is so, and what helps."""

from mlpviz.engine.features import PLANE
from mlpviz.engine.network import is_linear
from mlpviz.experiment.language import count_text, tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.standstill import Cause, Standstill
from mlpviz.experiment.words.formats import epoch_text, r_squared_text, share_text, short_text
from mlpviz.experiment.words.names import class_names
from mlpviz.experiment.words.remedies import (
    Remedy,
    bend,
    has_penalty,
    larger_steps,
    more_units,
    new_weights,
    other_steps,
    penalty_off,
)
from mlpviz.experiment.words.wrong_words import wrong_count


def standstill_text(frame: Frame, standstill: Standstill) -> str:
    """Say that a run stands still."""
    recipe = frame.recipe
    if standstill.cause is Cause.SMALL_STEPS:
        return _small_steps_text(frame)
    since = "" if standstill.since is None else epoch_text(standstill.since)
    if standstill.cause is Cause.ONE_ANSWER:
        return _one_answer_text(frame, standstill, since)
    if recipe.is_regression:
        return _fit_text(frame, since)
    wrong, samples = wrong_count(frame), count_text(len(frame.Y))
    if is_linear(recipe.activations):
        return tr_plural(
            "{count} of {samples} is still wrong, and the loss has hardly fallen since epoch "
            "{epoch}: the network is one linear map.",
            "{count} of {samples} are still wrong, and the loss has hardly fallen since epoch "
            "{epoch}: the network is one linear map.",
            wrong,
            samples=samples,
            epoch=since,
        )
    if _has_one_unit(recipe):
        return tr_plural(
            "{count} of {samples} is still wrong, and the loss has hardly fallen since epoch "
            "{epoch}: with one unit per hidden layer the boundary is one straight line.",
            "{count} of {samples} are still wrong, and the loss has hardly fallen since epoch "
            "{epoch}: with one unit per hidden layer the boundary is one straight line.",
            wrong,
            samples=samples,
            epoch=since,
        )
    if has_penalty(recipe):
        return tr_plural(
            "{count} of {samples} is still wrong, and the loss has hardly fallen since epoch "
            "{epoch}: a local minimum or a plateau of loss and penalty together.",
            "{count} of {samples} are still wrong, and the loss has hardly fallen since epoch "
            "{epoch}: a local minimum or a plateau of loss and penalty together.",
            wrong,
            samples=samples,
            epoch=since,
        )
    return tr_plural(
        "{count} of {samples} is still wrong, and the loss has hardly fallen since epoch {epoch}: "
        "a local minimum or a plateau.",
        "{count} of {samples} are still wrong, and the loss has hardly fallen since epoch "
        "{epoch}: a local minimum or a plateau.",
        wrong,
        samples=samples,
        epoch=since,
    )


def _fit_text(frame: Frame, since: str) -> str:
    fit = r_squared_text(frame.r_squared)
    if is_linear(frame.recipe.activations):
        return tr(
            "R² is {fit}, and the loss has hardly fallen since epoch {epoch}: the network is one "
            "linear map.",
            fit=fit,
            epoch=since,
        )
    if has_penalty(frame.recipe):
        return tr(
            "R² is {fit}, and the loss has hardly fallen since epoch {epoch}: a local minimum or "
            "a plateau of loss and penalty together.",
            fit=fit,
            epoch=since,
        )
    return tr(
        "R² is {fit}, and the loss has hardly fallen since epoch {epoch}: a local minimum or a "
        "plateau.",
        fit=fit,
        epoch=since,
    )


def _small_steps_text(frame: Frame) -> str:
    rate = short_text(frame.recipe.learning_rate)
    if frame.recipe.is_regression:
        return tr(
            "R² is {fit}, and the loss hardly moves: the steps are small at a learning rate of "
            "{rate}.",
            fit=r_squared_text(frame.r_squared),
            rate=rate,
        )
    return tr_plural(
        "{count} of {samples} is still wrong, and the loss hardly moves: the steps are small at a "
        "learning rate of {rate}.",
        "{count} of {samples} are still wrong, and the loss hardly moves: the steps are small at "
        "a learning rate of {rate}.",
        wrong_count(frame),
        samples=count_text(len(frame.Y)),
        rate=rate,
    )


def _one_answer_text(frame: Frame, standstill: Standstill, since: str) -> str:
    places = {
        "samples": count_text(len(frame.Y)),
        "share": share_text(standstill.answer_share, 0),
        "answer": class_names(frame.recipe)[standstill.answer],
    }
    if standstill.since is None:
        return tr_plural(
            "{count} of {samples} is still wrong: {share} is what always answering “{answer}” "
            "gives. The loss still falls.",
            "{count} of {samples} are still wrong: {share} is what always answering “{answer}” "
            "gives. The loss still falls.",
            wrong_count(frame),
            **places,
        )
    return tr_plural(
        "{count} of {samples} is still wrong: {share} is what always answering “{answer}” gives, "
        "and the loss has hardly fallen since epoch {epoch}.",
        "{count} of {samples} are still wrong: {share} is what always answering “{answer}” gives, "
        "and the loss has hardly fallen since epoch {epoch}.",
        wrong_count(frame),
        epoch=since,
        **places,
    )


def _has_one_unit(recipe: Recipe) -> bool:
    """Tell whether all hidden layers have one unit: the output then rises or falls along a line."""
    is_plane = recipe.features == PLANE and recipe.outputs == 1
    return is_plane and recipe.hidden == (1,) * len(recipe.hidden)


def standstill_remedies(recipe: Recipe, standstill: Standstill) -> tuple[Remedy, ...]:
    """Offer what may help, the most likely first."""
    if standstill.cause is Cause.SMALL_STEPS:
        return larger_steps(recipe)
    if standstill.cause is Cause.ONE_ANSWER:
        return (*other_steps(recipe), *more_units(recipe))
    if is_linear(recipe.activations):
        return (bend(recipe),)
    if off := penalty_off(recipe):
        return (*off, new_weights(recipe))
    if _has_one_unit(recipe):  # no other weights bend its line
        return more_units(recipe)
    return (new_weights(recipe), *more_units(recipe))
