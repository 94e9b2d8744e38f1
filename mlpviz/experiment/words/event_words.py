"""What happened to a run, as its loss curve shows it: the marks of the run, with their words."""

from dataclasses import dataclass

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.marks import MarkKind, marks_of
from mlpviz.experiment.words.mark_words import mark_name, mark_sentence

# Weights are not drawn there, and the least of a curve can be seen.
ELSEWHERE = frozenset((MarkKind.WEIGHTS_BROKE, MarkKind.LEAST_TEST_LOSS))


@dataclass(frozen=True, slots=True)
class CurveEvent:
    """Something that happened at an epoch.

    Parameters
    ----------
    label : what it is called on the plot
    sentence : the same in a whole sentence
    loss : at which it has its mark; None where that is the one of the curve
    """

    kind: MarkKind
    epoch: int
    label: str
    sentence: str
    loss: float | None = None


def curve_events(frame: Frame) -> tuple[CurveEvent, ...]:
    """Return what happened to a run so far, the most important first; of changes the latest."""
    rise = frame.curve.rise
    events = [
        CurveEvent(
            mark.kind,
            mark.position.epoch,
            mark_name(mark, frame),
            mark_sentence(mark, frame),
            rise.after if mark.kind is MarkKind.RISE and rise is not None else None,
        )
        for mark in marks_of(frame)
        if mark.kind not in ELSEWHERE
    ]
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
