"""What happened to a run, as it stands on its loss curve: a few words for each, and a sentence.

Nothing is looked for here: the changes are those of the record, the rest was found while the run
trained, and is kept in its history and among its findings.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from mlpviz.experiment.language import THIN_SPACE, tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.history import Rise
from mlpviz.experiment.run.looks import WELL_FITTED, Finding
from mlpviz.experiment.run.places import place_of
from mlpviz.experiment.run.record import changes_by_epoch
from mlpviz.experiment.words.comparison import differences
from mlpviz.experiment.words.formats import epoch_text, loss_text, short_text, value_text
from mlpviz.experiment.words.names import place_name

HUNDREDFOLD = 100.0  # a rise from here on is said as a factor, and not in per cent


class EventKind(IntEnum):
    """What happened, the most important first: where there is no room the last have no name."""

    BREAK = 0  # the first loss that is no finite number
    CHANGE = 1  # of a choice
    ALL_RIGHT = 2  # since then all samples are right
    RISE = 3  # the largest from one epoch to the next
    EDIT = 4  # weights that were set or frozen by hand


@dataclass(frozen=True, slots=True)
class CurveEvent:
    """Something that happened at an epoch.

    Parameters
    ----------
    label : what it is called on the plot
    sentence : the same in a whole sentence
    loss : at which it has its mark; None where that is the one of the curve
    """

    kind: EventKind
    epoch: int
    label: str
    sentence: str
    loss: float | None = None


def curve_events(frame: Frame) -> tuple[CurveEvent, ...]:
    """Return what happened to a run so far, the most important first; of changes the latest."""
    events = [*_break_of(frame), *_changes_of(frame), *_all_right_of(frame), *_rise_of(frame)]
    return tuple(sorted(events, key=lambda event: (event.kind, -event.epoch)))


def of_run(run: str, event: CurveEvent) -> CurveEvent:
    """Say of an event which run it is of, A or B."""
    return CurveEvent(
        event.kind,
        event.epoch,
        tr("{run}: {event}", run=run, event=event.label),
        tr("{run}: {event}", run=run, event=event.sentence),
        event.loss,
    )


def _break_of(frame: Frame) -> Iterator[CurveEvent]:
    first = frame.curve.first_nonfinite_epoch
    if first is None:
        return
    epoch, loss = epoch_text(first), frame.curve.first_nonfinite_loss
    if loss is not None and math.isinf(loss):
        label = tr("infinite at {epoch}", epoch=epoch)
        sentence = tr("Epoch {epoch} is the first with an infinite loss.", epoch=epoch)
    else:
        label = tr("not a number at {epoch}", epoch=epoch)
        sentence = tr("Epoch {epoch} is the first whose loss is not a number.", epoch=epoch)
    yield CurveEvent(EventKind.BREAK, first, label, sentence)


def _all_right_of(frame: Frame) -> Iterator[CurveEvent]:
    last = frame.findings[-1] if frame.findings else None
    if last is None or not last.is_all_right:
        return
    first = _first_of(frame.findings)
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
        looked = tr("One epoch in {count} is looked at there.", count=step)
        sentence = f"{sentence} {looked}"
    yield CurveEvent(EventKind.ALL_RIGHT, first, label, sentence)


def _first_of(findings: tuple[Finding, ...]) -> int:
    """Return the epoch since which all is right; a finding of it can be followed by another."""
    first = findings[-1]
    for finding in reversed(findings):
        if not finding.is_all_right:
            break
        first = finding
    return first.position.epoch


def _rise_of(frame: Frame) -> Iterator[CurveEvent]:
    rise = frame.curve.rise
    if rise is None:
        return
    epoch = epoch_text(rise.epoch)
    label = tr("largest rise {size} at {epoch}", size=_size_of(rise), epoch=epoch)
    sentence = tr(
        "The largest rise from one epoch to the next is that to epoch {epoch}: from {before} to "
        "{after}, {size}.",
        epoch=epoch,
        before=loss_text(rise.before),
        after=loss_text(rise.after),
        size=_size_of(rise),
    )
    yield CurveEvent(EventKind.RISE, rise.epoch, label, sentence, rise.after)


def _size_of(rise: Rise) -> str:
    """Write how much greater a loss has become: "+195 %", or "× 1.2e5"."""
    if rise.factor < HUNDREDFOLD:
        return f"+{100.0 * (rise.factor - 1.0):.0f}{THIN_SPACE}%"
    factor = short_text(float(f"{rise.factor:.2g}")) if math.isfinite(rise.factor) else "∞"
    return f"×{THIN_SPACE}{factor}"


def _changes_of(frame: Frame) -> Iterator[CurveEvent]:
    """Say what was changed at each epoch; what was taken back there is no change."""
    for epoch, before, after, edits in changes_by_epoch(frame.start_recipe, frame.changes):
        chosen = [
            tr("{choice} {before} → {after}", choice=choice, before=old, after=new)
            for choice, old, new in differences(before, after, but=("frozen", "epochs"))
        ]
        by_hand = [*_frozen_words(before, after), *_edit_words(after, edits)]
        if chosen or by_hand:
            label = ", ".join((*chosen, *by_hand))
            sentence = tr(
                "Changed at epoch {epoch}: {changes}.", epoch=epoch_text(epoch), changes=label
            )
            kind = EventKind.CHANGE if chosen else EventKind.EDIT
            yield CurveEvent(kind, epoch, label, sentence)


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
