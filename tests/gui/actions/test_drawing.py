"""What is drawn: strokes in the units of the data, and their undo."""

import numpy as np
import pytest
from PySide6.QtGui import QUndoStack

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.data.own_rules import MAX_POINTS
from mlpviz.gui.actions.drawing import Drawing

pytestmark = pytest.mark.usefixtures("qapp")

DATA = OwnData(
    np.array([[160.0, -3.0], [190.0, 6.0]]),
    np.array([0, 1]),
    ("height", "depth"),
    "kind",
    ("cat", "dog"),
    (160.0, -3.0),
    (30.0, 9.0),
)


@pytest.fixture
def stack() -> QUndoStack:
    return QUndoStack()


@pytest.fixture
def drawing(stack: QUndoStack) -> Drawing:
    return Drawing(DATA, stack)


def stroke(drawing: Drawing, places: list[list[float]], number: int) -> None:
    drawing.begin()
    drawing.add(np.array(places), number)
    drawing.end("stroke")


def test_it_starts_with_the_data_to_the_bit(drawing: Drawing) -> None:
    assert drawing.data() == DATA
    places, Y = drawing.places()
    assert places.tolist() == [[0.0, 0.0], [1.0, 1.0]]
    assert Y.tolist() == [0.0, 1.0]


def test_points_are_put_in_the_units_of_the_data_which_stay(drawing: Drawing) -> None:
    stroke(drawing, [[0.5, 2.0]], 1)
    data = drawing.data()
    assert data is not None
    assert data.X.tolist() == [[160.0, -3.0], [190.0, 6.0], [175.0, 15.0]]
    assert data.Y.tolist() == [0.0, 1.0, 1.0]
    assert (data.names, data.classes, data.offsets) == (DATA.names, DATA.classes, DATA.offsets)


def test_the_eraser_takes_away_what_lies_within_its_ellipse(drawing: Drawing) -> None:
    stroke(drawing, [[0.5, 0.5], [0.55, 0.5], [0.5, 0.75]], 0)
    drawing.begin()
    drawing.erase((0.5, 0.5), (0.1, 0.2))
    drawing.end("erasing")
    assert drawing.places()[0].tolist() == [[0.0, 0.0], [1.0, 1.0], [0.5, 0.75]]


def test_the_rim_of_the_ellipse_is_erased_too_and_either_axis_has_its_own_reach(
    drawing: Drawing,
) -> None:
    stroke(drawing, [[0.75, 0.5], [0.5, 1.0], [0.76, 0.5], [0.5, 1.01], [0.7, 0.9]], 0)
    drawing.begin()
    drawing.erase((0.5, 0.5), (0.25, 0.5))
    drawing.end("erasing")
    left = [[0.0, 0.0], [1.0, 1.0], [0.76, 0.5], [0.5, 1.01], [0.7, 0.9]]
    np.testing.assert_allclose(drawing.places()[0], left)


def test_every_stroke_is_undone_and_done_again(drawing: Drawing, stack: QUndoStack) -> None:
    told: list[int] = []
    drawing.changed.connect(lambda: told.append(len(drawing.places()[1])))
    stroke(drawing, [[0.5, 0.5]], 0)
    drawing.clear()
    stack.undo()
    stack.undo()
    assert drawing.data() == DATA
    stack.redo()
    assert told == [3, 0, 3, 2, 3]
    assert stack.undoText() == "stroke"
    assert stack.redoText() == "clear"


def test_a_stroke_that_changes_nothing_is_not_noted(drawing: Drawing, stack: QUndoStack) -> None:
    drawing.begin()
    drawing.erase((5.0, 5.0), (0.1, 0.1))
    drawing.end("erasing")
    assert stack.count() == 0
    drawing.end("stroke")  # none was begun
    assert stack.count() == 0


def test_what_is_missing_is_told_by_the_names_of_the_classes(drawing: Drawing) -> None:
    assert drawing.missing() == ""
    drawing.clear()
    assert drawing.missing().startswith("Draw a point of cat and one of dog;")
    assert drawing.data() is None
    stroke(drawing, [[0.5, 0.5]], 0)
    assert drawing.missing().startswith("Draw a point of dog;")
    assert drawing.data() is None
    stroke(drawing, [[0.5, 0.6]], 1)
    assert drawing.data() is not None


def test_another_class_is_begun_and_trained_on_once_it_has_a_point(drawing: Drawing) -> None:
    assert drawing.add_class()
    assert drawing.classes == ("cat", "dog", "class 2")
    assert drawing.data() == DATA  # as long as it has none
    stroke(drawing, [[0.5, 0.5]], 2)
    data = drawing.data()
    assert data is not None
    assert (data.classes, data.counts) == (("cat", "dog", "class 2"), (1, 1, 1))


def test_a_class_before_one_with_points_must_have_a_point(drawing: Drawing) -> None:
    for _ in range(2):
        drawing.add_class()
    stroke(drawing, [[0.5, 0.5]], 3)
    assert drawing.missing().startswith("Draw a point of class 2;")
    assert drawing.data() is None


def test_there_are_six_classes_at_most(stack: QUndoStack) -> None:
    drawing = Drawing(OwnData(DATA.X, DATA.Y), stack)
    assert [drawing.add_class() for _ in range(5)] == [True, True, True, True, False]
    assert drawing.classes == ("0", "1", "2", "3", "4", "5")


def test_a_new_class_has_a_name_that_no_other_has(stack: QUndoStack) -> None:
    for names, new in (
        (("2", "7"), "8"),
        (("a", "b", "class 3"), "class 4"),
        (("-1", "1"), "class 2"),
    ):
        Y = np.arange(len(names))
        drawing = Drawing(OwnData(np.zeros((len(Y), 2)), Y, classes=names), stack)
        drawing.add_class()
        assert drawing.classes[-1] == new


def test_a_class_whose_last_point_is_erased_is_gone_until_that_is_undone(stack: QUndoStack) -> None:
    X = np.array([[0.1, 0.1], [0.5, 0.5], [0.9, 0.9]])
    drawing = Drawing(OwnData(X, np.arange(3), classes=("a", "b", "c")), stack)
    drawing.begin()
    drawing.erase((0.1, 0.1), (0.05, 0.05))
    drawing.end("erasing")
    data = drawing.data()
    assert data is not None
    assert (data.classes, data.Y.tolist()) == (("b", "c"), [0.0, 1.0])
    assert drawing.classes == ("b", "c")
    stack.undo()
    assert drawing.classes == ("a", "b", "c")
    assert drawing.places()[1].tolist() == [0.0, 1.0, 2.0]
    stack.redo()
    assert drawing.classes == ("b", "c")


def test_clearing_leaves_all_classes_and_the_first_two_are_enough_then(stack: QUndoStack) -> None:
    X = np.array([[0.1, 0.1], [0.5, 0.5], [0.9, 0.9]])
    drawing = Drawing(OwnData(X, np.arange(3), classes=("a", "b", "c")), stack)
    drawing.clear()
    assert drawing.classes == ("a", "b", "c")
    assert drawing.missing().startswith("Draw a point of a and one of b;")
    for number in (0, 1):
        stroke(drawing, [[0.5, 0.5]], number)
    data = drawing.data()
    assert data is not None
    assert data.classes == ("a", "b")


def test_more_points_than_there_may_be_are_refused(drawing: Drawing) -> None:
    drawing.begin()
    drawing.add(np.zeros((MAX_POINTS, 2)), 1)
    drawing.end("stroke")
    with pytest.raises(ValueError, match=r"own must have 2 to 100000 points\. Got 100002"):
        drawing.data()
