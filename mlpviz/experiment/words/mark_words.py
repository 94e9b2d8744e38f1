"""What the marks of a run are called: a few words for each, and a sentence."""

import math
from collections.abc import Callable, Iterator

from mlpviz.experiment.language import THIN_SPACE, tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.history import Rise
from mlpviz.experiment.run.looks import WELL_FITTED
from mlpviz.experiment.run.marks import Mark, MarkKind
from mlpviz.experiment.run.places import place_of
from mlpviz.experiment.run.record import changes_by_epoch
from mlpviz.experiment.words.comparison import differences
from mlpviz.experiment.words.formats import epoch_text, loss_text, short_text, value_text
from mlpviz.experiment.words.names import place_name

HUNDREDFOLD = 100.0  # a rise from here on is said as a factor, and not in per cent


def mark_name(mark: Mark, frame: Frame) -> str:
    """Say in a few words what happened at a mark.

    Parameters
    ----------
    mark : of the run of the frame, see `marks_of`
    """
    return _WORDS[mark.kind](mark, frame)[0]


def mark_sentence(mark: Mark, frame: Frame) -> str:
    """Say the same in a whole sentence, or in two."""
    return _WORDS[mark.kind](mark, frame)[1]


def _loss_broke(mark: Mark, frame: Frame) -> tuple[str, str]:
    epoch, loss = epoch_text(mark.position.epoch), frame.curve.first_nonfinite_loss
    if loss is not None and math.isinf(loss):
        return (
            tr("infinite at {epoch}", epoch=epoch),
            tr("Epoch {epoch} is the first with an infinite loss.", epoch=epoch),
        )
    return (
        tr("not a number at {epoch}", epoch=epoch),
        tr("Epoch {epoch} is the first whose loss is not a number.", epoch=epoch),
    )


def _weights_broke(mark: Mark, frame: Frame) -> tuple[str, str]:
    epoch = epoch_text(mark.position.epoch)
    return (
        tr("weights not finite at {epoch}", epoch=epoch),
        tr("Epoch {epoch} is the first with weights that are not finite.", epoch=epoch),
    )


def _branch(mark: Mark, frame: Frame) -> tuple[str, str]:
    epoch = epoch_text(mark.position.epoch)
    return (
        tr("branched at {epoch}", epoch=epoch),
        tr("Up to epoch {epoch} this is the run from which it branched.", epoch=epoch),
    )


def _all_right(mark: Mark, frame: Frame) -> tuple[str, str]:
    first = mark.position.epoch
    epoch = epoch_text(first)
    if frame.recipe.is_regression:
        label = tr("R² above {bound} at {epoch}", bound=WELL_FITTED, epoch=epoch)
        sentence = tr(
            "R² has been above {bound} since epoch {epoch}.", bound=WELL_FITTED, epoch=epoch
        )
    else:
        label = tr("all right at {epoch}", epoch=epoch)
        sentence = tr_plural(
            "The one sample has been right since epoch {epoch}.",
            "All {count} samples have been right since epoch {epoch}.",
            len(frame.X),
            epoch=epoch,
        )
    # Not every epoch is looked at: see `looks`.
    step = 1 + max(0, first - 1) // 100
    if step > 1:
        looked = tr(
            "Only one epoch in {count} is looked at there: between them it may be otherwise.",
            count=step,
        )
        sentence = f"{sentence} {looked}"
    return label, sentence


def _least_test_loss(mark: Mark, frame: Frame) -> tuple[str, str]:
    least = None if frame.test is None else frame.test.curve.least
    assert least is not None
    epoch, loss = epoch_text(least.epoch), loss_text(least.loss)
    return (
        tr("least test loss {loss} at {epoch}", loss=loss, epoch=epoch),
        tr("The least loss on the test set is {loss}, at epoch {epoch}.", loss=loss, epoch=epoch),
    )


def _rise(mark: Mark, frame: Frame) -> tuple[str, str]:
    rise, epoch = frame.curve.rise, epoch_text(mark.position.epoch)
    assert rise is not None
    label = tr("largest rise {size} at {epoch}", size=_size_of(rise), epoch=epoch)
    sentence = tr(
        "The largest rise from one epoch to the next is that to epoch {epoch}: from {before} to "
        "{after}, {size}.",
        epoch=epoch,
        before=loss_text(rise.before),
        after=loss_text(rise.after),
        size=_size_of(rise),
    )
    return label, sentence


def _size_of(rise: Rise) -> str:
    """Write how much greater a loss has become: "+195 %", or "× 1.2e5"."""
    if rise.factor < HUNDREDFOLD:
        return f"+{100.0 * (rise.factor - 1.0):.0f}{THIN_SPACE}%"
    factor = short_text(float(f"{rise.factor:.2g}")) if math.isfinite(rise.factor) else "∞"
    return f"×{THIN_SPACE}{factor}"


def _change(mark: Mark, frame: Frame) -> tuple[str, str]:
    first = 0 if mark.before is None else mark.before.changes
    start = frame.changes[first - 1].recipe if first else frame.start_recipe
    made = frame.changes[first : mark.position.changes]
    ((epoch, before, after, edits),) = changes_by_epoch(start, made)
    chosen = [
        tr("{choice} {before} → {after}", choice=choice, before=old, after=new)
        for choice, old, new in differences(before, after, but=("frozen", "epochs"))
    ]
    label = ", ".join((*chosen, *_frozen_words(before, after), *_edit_words(after, edits)))
    return label, tr("Changed at epoch {epoch}: {changes}.", epoch=epoch_text(epoch), changes=label)


def _frozen_words(before: Recipe, after: Recipe) -> Iterator[str]:
    frozen = sorted(set(after.frozen) - set(before.frozen))
    freed = sorted(set(before.frozen) - set(after.frozen))
    if len(frozen) == 1:
        yield tr("{weight} frozen", weight=_name_of(after, frozen[0]))
    elif frozen:
        yield tr_plural("{count} weight frozen", "{count} weights frozen", len(frozen))
    if len(freed) == 1:
        yield tr("{weight} no longer frozen", weight=_name_of(after, freed[0]))
    elif freed:
        yield tr_plural(
            "{count} weight no longer frozen", "{count} weights no longer frozen", len(freed)
        )


def _edit_words(recipe: Recipe, edits: dict[int, float]) -> Iterator[str]:
    if len(edits) == 1:
        ((index, value),) = edits.items()
        yield f"{_name_of(recipe, index)} = {value_text(value)}"
    elif edits:
        yield tr_plural("{count} weight set by hand", "{count} weights set by hand", len(edits))


def _name_of(recipe: Recipe, index: int) -> str:
    return place_name(recipe, place_of(index, recipe.sizes))


_WORDS: dict[MarkKind, Callable[[Mark, Frame], tuple[str, str]]] = {
    MarkKind.LOSS_BROKE: _loss_broke,
    MarkKind.WEIGHTS_BROKE: _weights_broke,
    MarkKind.BRANCH: _branch,
    MarkKind.CHANGE: _change,
    MarkKind.ALL_RIGHT: _all_right,
    MarkKind.LEAST_TEST_LOSS: _least_test_loss,
    MarkKind.RISE: _rise,
    MarkKind.EDIT: _change,
}
