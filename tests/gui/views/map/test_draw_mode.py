"""Drawing on the map: strokes of pointer and keys become own data that are learned anew."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from gui.conftest import Watch
from gui.helpers import child, press, strays
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.grids import Box
from mlpviz.gui.look.look import DARK
from mlpviz.gui.look.sizes import ERASER_REACH
from mlpviz.gui.look.sizes import STROKE_SCATTER as SCATTER
from mlpviz.gui.look.sizes import STROKE_SPACING as SPACING
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def drawing(window: MainWindow) -> MainWindow:
    """The window with the drawing mode on."""
    press(Key.Key_D)
    assert child(window, "draw_button").isChecked()
    return window


def place_of(window: MainWindow, x1: float, x2: float) -> QPoint:
    """Return where a point of the map lies on the plot's viewport."""
    view = window.parts.boundary_view
    mapping = view.canvas.mapping
    on_canvas = QPointF(mapping.x(np.array([x1]))[0], mapping.y(np.array([x2]))[0])
    return view.canvas.mapTo(view.plot.viewport(), on_canvas).toPoint()


def drag(
    window: MainWindow, places: Sequence[tuple[float, float]], button: Qt.MouseButton = LEFT
) -> None:
    viewport = window.parts.boundary_view.plot.viewport()
    pixels = [place_of(window, *place) for place in places]
    QTest.mousePress(viewport, button, NONE, pixels[0])
    for pixel in pixels[1:]:
        place = QPointF(pixel)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            QPointF(viewport.mapToGlobal(pixel)),
            Qt.MouseButton.NoButton,
            button,
            NONE,
        )
        QApplication.sendEvent(viewport, event)
    QTest.mouseRelease(viewport, button, NONE, pixels[-1])


def own(window: MainWindow) -> OwnData:
    data = window.parts.controls.recipe.used_own
    assert data is not None
    return data


def press_with(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    QTest.keyClick(window.windowHandle(), key, modifiers)


def test_to_turn_it_on_changes_nothing_yet(drawing: MainWindow) -> None:
    assert drawing.parts.controls.recipe == Recipe()
    assert child(drawing, "draw_bar").isVisible()
    assert drawing.parts.boundary_view.plot.hasFocus()


def test_a_click_puts_one_point_where_it_is_and_the_run_restarts(
    qtbot: QtBot, drawing: MainWindow, watch: Watch
) -> None:
    drag(drawing, [(0.3, 0.9)])
    data = own(drawing)
    assert data.counts == (12, 10)
    np.testing.assert_allclose(data.X[-1], (0.3, 0.9), atol=0.005)
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames[0].X) == 22)
    frame = watch.last.frames[0]
    assert frame.epoch == 0
    assert frame.recipe == replace(Recipe(), dataset="own", own=data)


def test_the_first_points_are_those_of_the_data_before(drawing: MainWindow) -> None:
    before = drawing.parts.boundary_view._frame
    assert before is not None
    drag(drawing, [(0.3, 0.9)])
    assert own(drawing).X[:21].tobytes() == before.X.tobytes()


def test_upon_numbers_the_points_get_the_class_of_their_side_of_the_mean_and_the_loss_its_own(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.parts.controls.dataset_choice.pick("plane")
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].recipe.is_regression)
    frame = watch.last.frames[0]
    press(Key.Key_D)
    drag(window, [(0.3, 0.5)])
    data = own(window)
    mean = frame.Y.mean()
    assert (data.Y[:-1] == 1.0).tolist() == [y > mean for y in frame.Y.tolist()]
    recipe = window.parts.controls.recipe
    assert (recipe.loss, recipe.output_activation) == ("cross_entropy", "sigmoid")
    qtbot.waitUntil(lambda: len(watch.last.frames[0].X) == len(data.Y))
    assert child(window, "loss_choice").isEnabled()


def test_the_right_button_draws_the_other_class(drawing: MainWindow) -> None:
    drag(drawing, [(0.3, 0.9)], RIGHT)
    assert own(drawing).counts == (11, 11)
    press(Key.Key_2)
    drag(drawing, [(0.3, 0.9)], RIGHT)
    assert own(drawing).counts == (12, 11)


def test_class_and_eraser_are_chosen_by_button_and_key(qtbot: QtBot, drawing: MainWindow) -> None:
    for name, key in (("eraser", Key.Key_E), ("class_1", Key.Key_2), ("class_0", Key.Key_1)):
        button = child(drawing, f"draw_{name}_button")
        press(key)
        assert button.isChecked(), name
    for number in (1, 0):
        qtbot.mouseClick(child(drawing, f"draw_class_{number}_button"), LEFT)
        assert drawing.parts.boundary_view.plot.hasFocus()
        before = own(drawing).counts if drawing.parts.controls.recipe.own else (11, 10)
        drag(drawing, [(0.3, 0.9)])
        assert own(drawing).counts[number] == before[number] + 1


def test_another_class_is_begun_with_the_next_number_and_drawn(
    qtbot: QtBot, drawing: MainWindow, watch: Watch
) -> None:
    assert not child(drawing, "draw_class_2_button").isVisible()
    press(Key.Key_3)
    button = child(drawing, "draw_class_2_button")
    assert button.isVisible()
    assert button.isChecked()
    assert drawing.parts.controls.recipe == Recipe()  # it has no point yet
    drag(drawing, [(0.3, 0.9)])
    assert own(drawing).counts == (11, 10, 1)
    recipe = drawing.parts.controls.recipe
    assert (recipe.outputs, recipe.output_activation) == (3, "softmax")
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].recipe == recipe)
    assert drawing.parts.boundary_view._drawing is None
    assert [len(markers.x) for markers in drawing.parts.boundary_view.points[:3]] == [11, 10, 1]
    press_with(drawing, Key.Key_Z, CTRL)
    assert drawing.runs.recipe == Recipe()  # as it was before


def test_the_button_begins_classes_up_to_six(qtbot: QtBot, drawing: MainWindow) -> None:
    more = child(drawing, "draw_more_button")
    for count in range(3, 7):
        qtbot.mouseClick(more, LEFT)
        assert child(drawing, f"draw_class_{count - 1}_button").isChecked()
        assert drawing.parts.boundary_view.plot.hasFocus()
    assert not more.isEnabled()
    assert "There are 6 classes" in more.toolTip()
    assert "class 5" in child(drawing, "draw_class_5_button").toolTip()


def test_each_class_is_chosen_by_its_number_and_the_right_button_draws_the_next(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    recipe = revised(Recipe(), dataset="gaussians", classes=3, samples=30)
    window.runs.change(recipe)
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames[0].X) == 30)
    press(Key.Key_D)
    for number, key in enumerate((Key.Key_1, Key.Key_2, Key.Key_3)):
        press(key)
        assert child(window, f"draw_class_{number}_button").isChecked()
        drag(window, [(0.1, 0.1)])
        assert own(window).Y[-1] == number
        drag(window, [(0.1, 0.1)], RIGHT)
        assert own(window).Y[-1] == (number + 1) % 3
    press(Key.Key_5)  # there is no such class, nor is it the next
    assert child(window, "draw_class_2_button").isChecked()


def test_a_class_that_is_erased_leaves_the_tools_and_comes_back(drawing: MainWindow) -> None:
    press(Key.Key_3)
    drag(drawing, [(0.3, 0.9)])
    press(Key.Key_2)
    press(Key.Key_E)
    drag(drawing, [(0.3, 0.9)])
    assert not child(drawing, "draw_class_2_button").isVisible()
    assert own(drawing).counts == (11, 10)
    press_with(drawing, Key.Key_Z, CTRL)
    assert child(drawing, "draw_class_2_button").isVisible()
    assert child(drawing, "draw_eraser_button").isChecked()


def test_the_class_chosen_stays_when_one_before_it_is_erased(drawing: MainWindow) -> None:
    press(Key.Key_3)
    drag(drawing, [(-0.05, 0.9)])
    mode = drawing.draw_mode
    assert mode._drawing is not None
    mode._drawing.begin()
    mode._drawing.erase((0.5, 0.5), (0.46, 9.0))  # all but the points at the left and the right
    mode._drawing.erase((0.0, 0.0), (0.01, 0.01))
    mode._drawing.erase((1.0, 1.0), (0.01, 0.01))  # those of class 0 are gone
    mode._drawing.end("erasing")
    assert own(drawing).classes == ("1", "2")
    assert child(drawing, "draw_class_1_button").isChecked()
    assert not child(drawing, "draw_class_2_button").isVisible()


def test_data_of_one_class_only_cannot_be_drawn_upon_and_it_is_told(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    lonely = Recipe(dataset="linear", samples=2, data_seed=3)
    window.runs.change(lonely)
    press(Key.Key_D)
    assert not child(window, "draw_button").isChecked()
    assert window.parts.message_bar.text == "All points are of class 1: two classes are needed."
    window.runs.change(Recipe())
    press(Key.Key_D)
    assert child(window, "draw_button").isChecked()
    window.runs.change(lonely)
    qtbot.waitUntil(lambda: not child(window, "draw_button").isChecked())
    assert window.parts.controls.recipe == lonely


def test_a_stroke_scatters_points_at_a_minimal_distance(drawing: MainWindow) -> None:
    drag(drawing, [(0.1 + 0.01 * i, 0.5) for i in range(81)])
    data = own(drawing)
    new = data.X[21:]
    mapping = drawing.parts.boundary_view.canvas.mapping
    pixels = mapping.x(new[:, 0])
    length = pixels[-1] - pixels[0]
    assert len(new) == pytest.approx(1 + length / SPACING, abs=2)
    assert np.diff(pixels).min() > -SCATTER
    off = mapping.y(new[:, 1]) - mapping.y(np.array([0.5]))
    assert np.abs(off).max() <= SCATTER + 1.0
    assert np.abs(off[1:]).min() < np.abs(off[1:]).max()
    assert (data.Y[21:] == 0.0).all()


def test_the_eraser_erases_along_its_way(drawing: MainWindow) -> None:
    press(Key.Key_E)
    drag(drawing, [(0.1 * i, 0.1 * i) for i in range(5)])
    assert own(drawing).counts == (6, 10)
    assert own(drawing).X.min(axis=0).tolist() == [0.0, 0.0]  # of the other diagonal


def test_the_eraser_reaches_as_many_pixels_up_as_across_whatever_the_axes_are(
    window: MainWindow,
) -> None:
    window.selection.zoom(Box(0.1, -0.2, 0.5, 2.2))  # six times as high as it is wide
    press(Key.Key_D)
    viewport = window.parts.boundary_view.plot.viewport()
    centre = place_of(window, 0.3, 1.6)
    inside, outside = round(ERASER_REACH) - 1, round(ERASER_REACH) + 1
    for reach in (inside, outside):
        for way in (QPoint(reach, 0), QPoint(-reach, 0), QPoint(0, reach), QPoint(0, -reach)):
            QTest.mouseClick(viewport, LEFT, NONE, centre + way)
    assert len(own(window).Y) == 21 + 8
    press(Key.Key_E)
    QTest.mouseClick(viewport, LEFT, NONE, centre)
    assert len(own(window).Y) == 21 + 4
    mapping = window.parts.boundary_view.canvas.mapping
    X, middle = own(window).X[21:], window.parts.boundary_view.canvas.mapFrom(viewport, centre)
    off = np.hypot(mapping.x(X[:, 0]) - middle.x(), mapping.y(X[:, 1]) - middle.y())
    np.testing.assert_allclose(off, outside, atol=0.01)


def test_strokes_are_undone_and_done_again_by_key_and_button(
    qtbot: QtBot, drawing: MainWindow
) -> None:
    drag(drawing, [(0.3, 0.9)])
    drag(drawing, [(0.3, 0.8)])
    assert own(drawing).counts == (13, 10)
    press_with(drawing, Key.Key_Z, CTRL)
    assert own(drawing).counts == (12, 10)
    press_with(drawing, Key.Key_Z, CTRL | SHIFT)
    assert own(drawing).counts == (13, 10)
    for _ in range(2):
        qtbot.mouseClick(child(drawing, "draw_undo_button"), LEFT)
    assert drawing.runs.recipe == Recipe()
    assert not child(drawing, "draw_undo_button").isEnabled()
    qtbot.mouseClick(child(drawing, "draw_redo_button"), LEFT)
    assert own(drawing).counts == (12, 10)


def test_a_stroke_in_the_past_is_undone_in_one_step_and_leads_back_to_that_moment(
    qtbot: QtBot, drawing: MainWindow, watch: Watch
) -> None:
    drawing.runs.train_from_start(Recipe(epochs=60))
    qtbot.waitUntil(lambda: watch.last.is_at_limit and watch.epoch == 60)
    drawing.time.go_to(20)
    qtbot.waitUntil(lambda: watch.epoch == 20)
    old, steps = watch.last.frames[0].run_number, drawing.undo.stack.index()
    drag(drawing, [(0.3, 0.9), (0.4, 0.9)])
    qtbot.waitUntil(lambda: watch.last.frames[0].run_number != old)
    assert drawing.undo.stack.index() == steps + 1
    drawn = own(drawing).counts
    press_with(drawing, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: watch.last.frames[0].run_number == old and watch.epoch == 20)
    assert drawing.runs.recipe == Recipe(epochs=60)
    assert drawing.undo.stack.index() == steps
    press_with(drawing, Key.Key_Z, CTRL | SHIFT)
    qtbot.waitUntil(lambda: watch.last.frames[0].run_number != old)
    assert own(drawing).counts == drawn


def test_while_a_class_has_no_point_the_run_goes_on_and_it_is_told(
    qtbot: QtBot, drawing: MainWindow, watch: Watch
) -> None:
    recipe = drawing.parts.controls.recipe
    qtbot.mouseClick(child(drawing, "draw_clear_button"), LEFT)
    assert drawing.parts.message_bar.text.startswith("Draw a point of class 0 and one of class 1;")
    assert drawing.parts.controls.recipe == recipe
    assert all(not len(markers.x) for markers in drawing.parts.boundary_view.points)
    drag(drawing, [(0.3, 0.9)])
    assert drawing.parts.message_bar.text.startswith("Draw a point of class 1;")
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: watch.epoch > 3)
    press(Key.Key_Space)
    assert len(drawing.parts.boundary_view.points[0].x) == 1  # what is drawn stays on the map
    drag(drawing, [(0.6, 0.2)], RIGHT)
    assert own(drawing).counts == (1, 1)
    qtbot.waitUntil(lambda: len(watch.last.frames[0].X) == 2)
    assert "Draw a point" not in drawing.parts.message_bar.text


def test_to_leave_with_too_few_points_brings_the_ones_before_back(
    qtbot: QtBot, drawing: MainWindow
) -> None:
    qtbot.mouseClick(child(drawing, "draw_clear_button"), LEFT)
    press(Key.Key_Escape)
    assert not child(drawing, "draw_button").isChecked()
    assert "the points before it are back" in drawing.parts.message_bar.text
    assert [len(markers.x) for markers in drawing.parts.boundary_view.points[:2]] == [11, 10]


def test_while_it_is_on_the_map_keeps_its_box(
    qtbot: QtBot, drawing: MainWindow, watch: Watch
) -> None:
    view = drawing.parts.boundary_view.plot.view
    before = view.viewRange()
    drag(drawing, [(-0.09, 1.09)])
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames[0].X) == 22)
    assert view.viewRange() == before
    np.testing.assert_allclose(
        watch.last.frames[0].surface_box, np.transpose(before).ravel(), atol=1e-12
    )
    press(Key.Key_D)
    assert view.viewRange()[0][0] < before[0][0]


def test_the_points_of_the_frame_show_again_once_they_are_those_drawn(
    qtbot: QtBot, drawing: MainWindow, watch: Watch
) -> None:
    drag(drawing, [(0.3, 0.9)])
    assert drawing.parts.boundary_view._drawing is not None
    qtbot.waitUntil(lambda: drawing.parts.boundary_view._drawing is None)
    assert len(drawing.parts.boundary_view.points[0].x) == 12


def test_other_data_are_drawn_upon_in_their_turn(
    qtbot: QtBot, drawing: MainWindow, watch: Watch
) -> None:
    drag(drawing, [(0.3, 0.9)])
    drawing.runs.change(Recipe(dataset="linear"))
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames[0].X) == 100)
    drag(drawing, [(0.3, 0.9)])
    assert len(own(drawing).Y) == 101
    press_with(drawing, Key.Key_Z, CTRL)
    assert drawing.runs.recipe == Recipe(dataset="linear")
    press_with(drawing, Key.Key_Z, CTRL)
    assert len(own(drawing).Y) == 22


def test_own_data_are_drawn_upon_in_their_units(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    X = np.array([[160.0, -3.0], [190.0, 6.0]])
    scale = {"offsets": (160.0, -3.0), "factors": (30.0, 9.0)}
    data = OwnData(X, np.array([0, 1]), ("a", "b"), "c", ("cat", "dog"), **scale)
    window.runs.change(Recipe(dataset="own", own=data))
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames[0].X) == 2)
    press(Key.Key_D)
    assert "cat" in child(window, "draw_class_0_button").toolTip()
    drag(window, [(0.5, 0.5)])
    np.testing.assert_allclose(own(window).X[-1], (175.0, 1.5), atol=0.2)
    assert own(window).names == ("a", "b")


def test_keys_draw_at_a_cross(drawing: MainWindow) -> None:
    cursor = drawing.parts.boundary_view.drawing_cursor
    press(Key.Key_Right)  # shows it
    assert len(cursor.x) == 4
    middle = cursor.x.mean()
    for _ in range(5):
        press(Key.Key_Right)
    press(Key.Key_Up)
    assert cursor.x.mean() > middle
    press(Key.Key_Return)
    np.testing.assert_allclose(own(drawing).X[-1], (cursor.x.mean(), cursor.y.mean()))
    press(Key.Key_2)
    press(Key.Key_Return)
    assert own(drawing).counts == (12, 11)
    press(Key.Key_Delete)
    assert own(drawing).counts[1] == 10
    press(Key.Key_Escape)
    assert len(cursor.x) == 0


def test_keys_mean_what_they_did_when_it_is_off(
    qtbot: QtBot, drawing: MainWindow, watch: Watch
) -> None:
    press(Key.Key_D)
    drawing.parts.network_view.setFocus()
    press(Key.Key_Right)
    qtbot.waitUntil(lambda: watch.epoch == 1)
    drag(drawing, [(0.3, 0.9)])
    assert drawing.parts.controls.recipe == Recipe()


def test_a_field_keeps_what_is_typed(drawing: MainWindow) -> None:
    field = drawing.parts.controls.learning_rate_input
    field.setFocus()
    field.selectAll()
    for key in (Key.Key_2, Key.Key_1, Key.Key_Return):
        press(key)
    assert field.value() == 21.0
    assert child(drawing, "draw_class_0_button").isChecked()


def test_a_comparison_cannot_be_drawn_upon(window: MainWindow) -> None:
    window.runs.open((Recipe(), Recipe(learning_rate=0.1)))
    press(Key.Key_D)
    assert not child(window, "draw_button").isChecked()
    assert "end the comparison to draw" in window.parts.message_bar.text


def test_a_comparison_begun_while_drawing_ends_it(qtbot: QtBot, drawing: MainWindow) -> None:
    recipes = (Recipe(), Recipe(learning_rate=0.1))
    drawing.runs.open(recipes)
    qtbot.waitUntil(lambda: not child(drawing, "draw_button").isChecked())
    assert not child(drawing, "draw_bar").isVisible()
    drag(drawing, [(0.3, 0.9)])
    assert drawing.parts.controls.recipe == recipes[1]


def test_every_tool_has_a_name_and_room(qtbot: QtBot, drawing: MainWindow) -> None:
    drawing.look_choice.set_theme(DARK.name)
    for classes, keys in ((2, ()), (6, (Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6))):
        for key in keys:
            press(key)
        for size in ((1024, 768), (1280, 800)):
            drawing.resize(*size)
            assert_tools_have_room(qtbot, drawing, classes)


def assert_tools_have_room(qtbot: QtBot, drawing: MainWindow, classes: int) -> None:
    bar, at = child(drawing, "draw_bar"), (classes, drawing.width())
    qtbot.waitUntil(lambda: not list(strays(drawing.parts.boundary_panel)))
    buttons = [button for button in bar.findChildren(QToolButton) if button.isVisible()]
    assert len(buttons) == classes + 5, at
    for button in buttons:
        assert button.accessibleName(), at
        assert button.toolTip(), at
        assert button.width() >= button.sizeHint().width(), at
        assert bar.rect().contains(button.geometry()), at


def test_the_window_closes_while_it_is_on(drawing: MainWindow) -> None:
    drag(drawing, [(0.3, 0.9)])
    assert drawing.close()


def test_test_points_that_are_erased_are_gone_from_the_map(
    qtbot: QtBot, drawing: MainWindow
) -> None:
    recipe = replace(drawing.parts.controls.recipe, train_share=0.5)
    drawing.runs.change(recipe)
    view = drawing.parts.boundary_view
    qtbot.waitUntil(lambda: view.test_points.X is not None)
    child(drawing, "draw_clear_button").click()
    assert view.test_points.X is None  # nothing is left to be seen
    press_with(drawing, Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: view.test_points.X is not None)


def test_the_map_goes_to_other_data_that_are_chosen_meanwhile(
    qtbot: QtBot, drawing: MainWindow
) -> None:
    view = drawing.parts.boundary_view
    drawing.parts.controls.dataset_choice.pick("moons")

    def shows_moons() -> bool:
        (left, _), _ = view.plot.view.viewRange()
        return bool(view._frame and view._frame.recipe.dataset == "moons" and left < -0.9)

    qtbot.waitUntil(shows_moons)
