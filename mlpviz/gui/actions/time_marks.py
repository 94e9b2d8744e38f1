"""The marks of the runs shown, with their names: where the keys of time halt.

What happened to a run is found by `experiment.run.marks`; besides there are the user's own marks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.marks import MarkKind, marks_of
from mlpviz.experiment.run.record import ALL_CHANGES, Position
from mlpviz.experiment.words.formats import epoch_text
from mlpviz.experiment.words.mark_words import mark_name, mark_sentence
from mlpviz.gui.actions.own_marks import OwnMarks

SIDES = ("A", "B")
_BROKEN = frozenset((MarkKind.LOSS_BROKE, MarkKind.WEIGHTS_BROKE))


@dataclass(frozen=True, slots=True)
class TimeMark:
    """A place in the time of a run that has a name.

    Parameters
    ----------
    side : of the run: of A, or the only one, 0; or of B, 1
    position : where, after it
    before : the position before it, of what was done to the run; None for what training led to
    name : a few words
    sentence : the same in full
    kind : what happened; None for a mark of one's own
    """

    side: int
    position: Position
    before: Position | None
    name: str
    sentence: str
    kind: MarkKind | None

    @property
    def is_own(self) -> bool:
        """Whether the user set it."""
        return self.kind is None

    @property
    def is_warning(self) -> bool:
        """Whether numbers broke there."""
        return self.kind in _BROKEN


class Stop(NamedTuple):
    """A position that is gone to, and the run whose changes it counts, 0 or 1."""

    position: Position
    side: int


def time_marks(frames: Sequence[Frame], own: OwnMarks) -> tuple[TimeMark, ...]:
    """Return the marks of one run or two, in the order of their positions."""
    marks: list[TimeMark] = []
    for side, frame in enumerate(frames):
        marks += _found(side, frame, is_pair=len(frames) > 1)
        shown = {(mark.position.epoch, mark.name) for mark in marks if mark.is_own}
        marks += (
            mark for mark in _own(side, frame, own) if (mark.position.epoch, mark.name) not in shown
        )
    return tuple(sorted(marks, key=lambda mark: (mark.position, mark.side)))


def time_stops(marks: Sequence[TimeMark], frames: Sequence[Frame]) -> tuple[Stop, ...]:
    """Return where one halts from mark to mark: before and after what was done, in their order.

    Of two that show the same states of both runs there is one.
    """
    stops: dict[tuple[Position, ...], Stop] = {}
    for mark in marks:
        for position in (mark.before, mark.position):
            if position is not None:
                stop = Stop(position, mark.side)
                stops.setdefault(shown_at(stop, frames), stop)
    return tuple(stops[shown] for shown in sorted(stops))


def shown_at(stop: Stop, frames: Sequence[Frame]) -> tuple[Position, ...]:
    """Return the position of each run that a stop shows, with the number of its changes."""
    position = stop.position
    return tuple(
        position
        if side == stop.side and position.changes != ALL_CHANGES
        else Position(position.epoch, frame.changes_until(position.epoch))
        for side, frame in enumerate(frames)
    )


def _found(side: int, frame: Frame, *, is_pair: bool) -> Iterator[TimeMark]:
    for mark in marks_of(frame):
        name, sentence = mark_name(mark, frame), mark_sentence(mark, frame)
        if is_pair:
            name = tr("{run}: {event}", run=SIDES[side], event=name)
            sentence = tr("{run}: {event}", run=SIDES[side], event=sentence)
        yield TimeMark(side, mark.position, mark.before, name, sentence, mark.kind)


def _own(side: int, frame: Frame, own: OwnMarks) -> Iterator[TimeMark]:
    for mark in own.of_run(frame.run_number):
        sentence = tr(
            "{name}, at epoch {epoch}.", name=mark.name, epoch=epoch_text(mark.position.epoch)
        )
        yield TimeMark(side, mark.position, None, mark.name, sentence, None)
