"""The marks of a run: the places in it that one wants to go back to.

Nothing is looked for here: the changes are those of the record, the rest was found while the run
trained, and is kept in its history and among its findings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from mlpviz.experiment.recipe.recipe import changed_fields
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.record import Position, changes_by_epoch


class MarkKind(IntEnum):
    """What happened, the most important first: where there is no room the last have no name."""

    LOSS_BROKE = 0  # the first loss that is no finite number
    WEIGHTS_BROKE = 1  # likewise of weights
    BRANCH = 2  # where this future left an older one
    CHANGE = 3  # of a choice
    ALL_RIGHT = 4  # since then all samples are right
    LEAST_TEST_LOSS = 5
    RISE = 6  # the largest from one epoch to the next
    EDIT = 7  # weights that were set or frozen by hand


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a run where something happened.

    Parameters
    ----------
    position : where, after it
    before : the position before it, of what was done to the run; None for what training led to
    """

    kind: MarkKind
    position: Position
    before: Position | None = None


def marks_of(frame: Frame) -> tuple[Mark, ...]:
    """Return the marks of a run so far, in the order of their positions."""
    branch = () if frame.branched_at is None else (Mark(MarkKind.BRANCH, frame.branched_at),)
    found = (*branch, *_changes(frame), *_all_right(frame), *_breaks(frame), *_losses(frame))
    return tuple(sorted(found, key=lambda mark: (mark.position, mark.kind)))


def facts_of_marks(frame: Frame, *, has_least: bool = True) -> tuple[object, ...]:
    """Return what the marks of a run are made of: while that is the same, so are they.

    Parameters
    ----------
    has_least : whether the mark of the least loss on the test set counts, which can move with
        every epoch
    """
    curve, least = frame.curve, None
    if has_least and frame.test is not None:
        least = frame.test.curve.least
    return (
        frame.run_number,
        frame.changes,
        frame.findings[-1:],
        curve.rise,
        curve.first_nonfinite_epoch,
        frame.weights_broke_at,
        least,
        least is not None and least.epoch < frame.live.epoch,
    )


def _changes(frame: Frame) -> Iterator[Mark]:
    """Put the changes at each epoch together; what was taken back there is none."""
    applied = 0
    for epoch, before, after, edits in changes_by_epoch(frame.start_recipe, frame.changes):
        first, applied = applied, frame.changes_until(epoch)
        fields = set(changed_fields(before, after)) - {"epochs"}
        if fields or edits:
            kind = MarkKind.CHANGE if fields - {"frozen"} else MarkKind.EDIT
            yield Mark(kind, Position(epoch, applied), Position(epoch, first))


def _all_right(frame: Frame) -> Iterator[Mark]:
    last = frame.findings[-1] if frame.findings else None
    if last is not None and last.is_all_right:
        yield Mark(MarkKind.ALL_RIGHT, last.position)  # each is other than the one before


def _breaks(frame: Frame) -> Iterator[Mark]:
    curve = frame.curve
    if curve.first_nonfinite_epoch is not None:
        position = _position(frame, curve.first_nonfinite_epoch, curve.is_broken_by_hand)
        yield Mark(MarkKind.LOSS_BROKE, position)
    if frame.weights_broke_at is not None:
        yield Mark(MarkKind.WEIGHTS_BROKE, _position(frame, frame.weights_broke_at))


def _losses(frame: Frame) -> Iterator[Mark]:
    rise, least = frame.curve.rise, None if frame.test is None else frame.test.curve.least
    if rise is not None:
        yield Mark(MarkKind.RISE, _position(frame, rise.epoch))
    # As long as each epoch is the best one so far, none is to be gone back to.
    if least is not None and least.epoch < frame.live.epoch:
        position = _position(frame, least.epoch, least.is_set_by_hand)
        yield Mark(MarkKind.LEAST_TEST_LOSS, position)


def _position(frame: Frame, epoch: int, is_set_by_hand: bool = False) -> Position:
    """Return where training reached an epoch; or, of what was set by hand there, where that was."""
    changes = frame.changes_until(epoch if is_set_by_hand else epoch - 1)
    return Position(epoch, changes)
