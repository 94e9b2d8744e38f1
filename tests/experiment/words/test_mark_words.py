"""What the marks of a run are called, besides those that stand on its loss curve."""

from dataclasses import replace

from frames import make_frame

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.history import Least
from mlpviz.experiment.run.marks import MarkKind, marks_of
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.words.event_words import curve_events
from mlpviz.experiment.words.mark_words import mark_name, mark_sentence


def words(frame: Frame, kind: MarkKind) -> tuple[str, str]:
    (mark,) = (mark for mark in marks_of(frame) if mark.kind is kind)
    return mark_name(mark, frame), mark_sentence(mark, frame)


def test_the_least_test_loss_is_named_with_its_epoch() -> None:
    frame = make_frame(Recipe(train_share=0.5))
    assert frame.test is not None
    curve = replace(frame.test.curve, least=Least(1234, 0.125))
    frame = replace(frame, test=replace(frame.test, curve=curve), live=Position(2000, 0))
    assert words(frame, MarkKind.LEAST_TEST_LOSS) == (
        "least test loss 0.1250 at 1\u2009234",
        "The least loss on the test set is 0.1250, at epoch 1\u2009234.",
    )
    assert curve_events(frame) == ()


def test_weights_that_broke_are_named_by_their_epoch() -> None:
    frame = make_frame(weights_broke_at=1234)
    assert words(frame, MarkKind.WEIGHTS_BROKE) == (
        "weights not finite at 1\u2009234",
        "Epoch 1\u2009234 is the first with weights that are not finite.",
    )
    assert curve_events(frame) == ()
