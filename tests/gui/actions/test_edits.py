"""Hands at the diagram, in the real window: from the pointer to the trainer and back."""

import numpy as np
import pytest
from gui.conftest import OpenWindow, Watch
from gui.hands import action, anchor, bias_of, frame_of, open_editor, type_in, value
from gui.helpers import child, click, clipped_labels, leave, point_at, press, strays, turn_wheel
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlpviz.engine.features import FEATURES
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.frame import unit_surface
from mlpviz.experiment.run.gradients import gradient
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.comparison import FIELDS
from mlpviz.experiment.words.names import place_name
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
EDGE, BIAS = Place(2, 1, 0), Place(3, 0)  # h₁,₁ → h₂,₂, and the bias of the output
SIZES = (2, 4, 4, 1)
RECIPE = Recipe()


@pytest.fixture
def watch(window: MainWindow) -> Watch:
    watch = Watch(window)
    window.runs.bridge.runner.pause()
    return watch


@pytest.mark.parametrize("place", [EDGE, BIAS, Place(1, 2)], ids=str)
def test_a_typed_number_shows_at_once_in_surface_and_loss_without_an_epoch(
    qtbot: QtBot, window: MainWindow, watch: Watch, place: Place
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    before = frame_of(watch)
    editor = open_editor(window, place)
    assert child(editor, "weight_name").text() == place_name(RECIPE, place)
    type_in(editor, "-2.5")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: value(watch, place) == -2.5)
    frame = frame_of(watch)
    assert frame.epoch == 0
    assert frame.loss != before.loss
    assert not np.array_equal(frame.surface, before.surface)
    others = np.arange(37) != place.position(SIZES)
    assert np.array_equal(frame.parameters[others], before.parameters[others])
    assert not editor.isVisible()
    assert QApplication.focusWidget() is window.parts.network_view
    assert {frame.curve.low[-1], frame.curve.high[-1]} == {before.loss, frame.loss}


def test_zero_sign_wheel_and_arrows_are_within_reach(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    start = value(watch, EDGE)
    editor = open_editor(window, EDGE)
    qtbot.mouseClick(child(window, "sign_button"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: value(watch, EDGE) == -start)
    qtbot.mouseClick(child(window, "zero_button"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: value(watch, EDGE) == 0.0)
    assert turn_wheel(editor.input, QPointF(20, 10), 3)
    qtbot.waitUntil(lambda: value(watch, EDGE) == pytest.approx(0.3))
    QTest.keyClick(editor.input, Key.Key_Down)
    qtbot.waitUntil(lambda: value(watch, EDGE) == pytest.approx(0.2))


def test_a_number_is_dragged_to_and_fro_and_that_is_one_step_to_undo(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    start = value(watch, EDGE)
    line = open_editor(window, EDGE).input.lineEdit()
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    for x in (22, 40, 70):
        QTest.mouseMove(line, QPoint(x, 8))
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=QPoint(70, 8))
    qtbot.waitUntil(lambda: value(watch, EDGE) == pytest.approx(start + 50 * 0.02))
    press(Key.Key_Return)
    action(window, "Undo").trigger()
    qtbot.waitUntil(lambda: value(watch, EDGE) == start)
    assert not action(window, "Undo").isEnabled()
    action(window, "Redo").trigger()
    qtbot.waitUntil(lambda: value(watch, EDGE) == pytest.approx(start + 1.0))


def test_undo_goes_back_step_by_step_and_says_what_it_undoes(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    start = value(watch, EDGE)
    editor = open_editor(window, EDGE)
    editor.sign_button.click()
    editor.zero_button.click()  # before any frame shows the first of them
    qtbot.waitUntil(lambda: value(watch, EDGE) == 0.0)
    press(Key.Key_Return)
    assert action(window, "Undo").text() == "Undo: h₁,₁ → h₂,₂ = 0.00"
    QTest.keyClick(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: value(watch, EDGE) == -start)
    QTest.keyClick(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: value(watch, EDGE) == start)
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Key.Key_Z, shift)
    qtbot.waitUntil(lambda: value(watch, EDGE) == -start)


def test_undo_works_from_within_the_bubble(qtbot: QtBot, window: MainWindow, watch: Watch) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    start = value(watch, EDGE)
    editor = open_editor(window, EDGE)
    editor.zero_button.click()
    qtbot.waitUntil(lambda: value(watch, EDGE) == 0.0)
    assert QApplication.focusWidget() is editor.input
    QTest.keyClick(window.windowHandle(), Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: value(watch, EDGE) == start)
    qtbot.waitUntil(lambda: editor.input.value() == start)


def test_esc_restores_what_was_and_what_is_typed_is_not_meant(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    start = value(watch, BIAS)
    editor = open_editor(window, BIAS)
    editor.input.stepBy(7)
    qtbot.waitUntil(lambda: value(watch, BIAS) == pytest.approx(start + 0.7))
    type_in(editor, "99")
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: value(watch, BIAS) == start)
    assert not editor.isVisible()
    assert 99.0 not in [update.frames[0].parameters[36] for update in watch.updates]


def test_the_bubble_follows_the_training_until_something_is_typed(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    editor = open_editor(window, EDGE)
    window.runs.bridge.runner.run_epoch()
    qtbot.waitUntil(lambda: frame_of(watch).epoch == 1)
    assert editor.input.value() == value(watch, EDGE)
    type_in(editor, "1.25")
    window.runs.bridge.runner.run_epoch()
    qtbot.waitUntil(lambda: frame_of(watch).epoch == 2)
    assert editor.input.text() == "1.25"


def test_opening_and_closing_changes_nothing_not_even_a_digit(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    for key in (Key.Key_Return, Key.Key_Escape):
        open_editor(window, EDGE)
        press(key)
    click(window.parts.network_view, QPointF(4, 60))
    window.runs.bridge.runner.pause()
    count = len(watch.updates)
    qtbot.waitUntil(lambda: len(watch.updates) > count)
    assert frame_of(watch).changes == ()
    assert not action(window, "Undo").isEnabled()


def test_a_click_elsewhere_closes_the_bubble_and_on_another_edge_moves_it(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    editor = open_editor(window, EDGE)
    open_editor(window, Place(1, 3, 1))
    assert child(editor, "weight_name").text() == "x₂ → h₁,₄"
    click(window.parts.network_view, QPointF(4, 60))
    assert not editor.isVisible()
    click(window.parts.network_view, anchor(window, Place(0, 1)))  # an input has nothing to edit
    assert not editor.isVisible()


def test_what_is_no_finite_number_is_not_taken(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    start = value(watch, EDGE)
    editor = open_editor(window, EDGE)
    for text in ("nan", "inf", "1e999", "abc", "--"):
        type_in(editor, text)
        press(Key.Key_Return)
        assert editor.input.value() == start or editor.input.value() == value(watch, EDGE), text
        open_editor(window, EDGE)
    assert all(np.isfinite(update.frames[0].parameters).all() for update in watch.updates)


def test_a_frozen_weight_is_marked_and_told_and_freed_again(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    view = window.parts.network_view
    point_at(view, anchor(window, Place(1, 0)))  # so that the hint at a unit has gone
    for place in (EDGE, BIAS):
        position = place.position(SIZES)
        leave(view)
        plain = view.grab().toImage()
        editor = open_editor(window, place)
        editor.freeze_button.click()
        qtbot.waitUntil(lambda p=position: frame_of(watch).recipe.frozen == (p,))  # type: ignore[misc]  # a default binds it
        assert frame_of(watch).epoch == 0
        assert window.parts.controls.recipe.frozen == (position,)
        editor.close_editor()
        marked = view.grab().toImage()
        assert marked != plain
        point_at(view, anchor(window, place))
        assert "frozen" in view.hover_text()
        open_editor(window, place)
        assert editor.freeze_button.isChecked()
        editor.freeze_button.click()
        qtbot.waitUntil(lambda: frame_of(watch).recipe.frozen == ())
        view.edit.unpin()  # which closes the bubble, too
        leave(view)
        assert view.grab().toImage() == plain


def test_over_an_edge_the_gradient_is_that_of_the_present_state(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    point_at(window.parts.network_view, anchor(window, EDGE))
    qtbot.waitUntil(lambda: frame_of(watch).gradient is not None)
    for _ in range(2):
        slope = gradient(frame_of(watch))[EDGE.position(SIZES)]
        words = f"{slope:+.4f}".replace("-", "−")
        assert window.parts.network_view.hover_text().endswith(f"∂L/∂w {words}")
        epoch = frame_of(watch).epoch
        window.runs.bridge.runner.run_epoch()
        qtbot.waitUntil(lambda e=epoch: frame_of(watch).epoch == e + 1)  # type: ignore[misc]  # likewise


def test_under_the_pointer_a_hidden_unit_is_large_on_the_map_until_it_leaves(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    boundary = window.parts.boundary_view
    output = boundary.painted
    point_at(window.parts.network_view, anchor(window, Place(2, 2)))
    qtbot.waitUntil(lambda: boundary.caption.text == "hidden 2, unit 3")
    expected = unit_surface(frame_of(watch), 2, 2)
    assert np.array_equal(boundary.painted, expected)
    assert expected.shape == frame_of(watch).surface.shape
    assert "Unit h₂,₃" in boundary.accessibleDescription()
    assert boundary.colour_bar._colours.name == "h₂,₃"
    window.runs.bridge.runner.run_epoch()
    qtbot.waitUntil(lambda: frame_of(watch).epoch == 1)
    leave(window.parts.network_view)
    qtbot.waitUntil(lambda: boundary.caption.text == "")
    assert np.array_equal(boundary.painted, frame_of(watch).surface)
    assert output is not None
    point_at(window.parts.network_view, anchor(window, Place(3, 0)))
    qtbot.waitUntil(lambda: frame_of(watch).gradient is not None)
    assert boundary.caption.text == ""  # the output is what the map shows anyway


def test_a_network_that_shrinks_takes_its_unit_off_the_map(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    point_at(window.parts.network_view, anchor(window, Place(2, 2)))
    window.runs.change(Recipe(hidden=(2,)))
    qtbot.waitUntil(lambda: frame_of(watch).recipe.hidden == (2,))
    assert window.parts.boundary_view._unit is None
    assert window.parts.boundary_view.caption.text == ""


# Layers and units


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("add_unit_button_2", (4, 5)),
        ("remove_unit_button_1", (3, 4)),
        ("add_last_layer_button", (4, 4, 4)),
        ("remove_last_layer_button", (4,)),
    ],
)
def test_a_button_at_the_diagram_starts_a_run_from_the_present_weights(
    qtbot: QtBot, window: MainWindow, watch: Watch, name: str, hidden: tuple[int, ...]
) -> None:
    window.runs.bridge.runner.run_epoch()
    qtbot.waitUntil(lambda: bool(watch.updates) and frame_of(watch).epoch == 1)
    before = frame_of(watch)
    child(window, name).click()
    qtbot.waitUntil(lambda: frame_of(watch).recipe.hidden == hidden)
    frame = frame_of(watch)
    assert frame.epoch == 0
    assert frame.run_number != before.run_number
    W, b = frame.layers()
    old_W, old_b = before.layers()
    units = min(hidden[0], 4)
    assert np.array_equal(W[0][:, :units], old_W[0][:, :units])
    assert np.array_equal(b[0][:units], old_b[0][:units])
    assert np.array_equal(b[-1], old_b[-1])
    assert window.parts.controls.recipe == frame.recipe
    window.runs.bridge.runner.run_epoch()
    qtbot.waitUntil(lambda: frame_of(watch).epoch == 1)
    press(Key.Key_R)
    qtbot.waitUntil(lambda: frame_of(watch).epoch == 0)
    assert np.array_equal(frame_of(watch).parameters, frame.parameters)
    press(Key.Key_N)
    qtbot.waitUntil(lambda: frame_of(watch).recipe.weight_seed == 1)
    assert frame_of(watch).recipe == Recipe(hidden=hidden, weight_seed=1)


def test_two_quick_presses_are_two_units(qtbot: QtBot, window: MainWindow, watch: Watch) -> None:
    window.runs.bridge.runner.run_epoch()
    qtbot.waitUntil(lambda: bool(watch.updates) and frame_of(watch).epoch == 1)
    before = frame_of(watch)
    for _ in range(2):
        child(window, "add_unit_button_1").click()
    qtbot.waitUntil(lambda: frame_of(watch).recipe.hidden == (6, 4))
    assert np.array_equal(frame_of(watch).layers()[0][0][:, :4], before.layers()[0][0])


def test_the_buttons_end_where_layers_and_units_do(qtbot: QtBot, open_in_test: OpenWindow) -> None:
    window = open_in_test(Recipe(hidden=(1, 64, 3, 3, 3, 3)))
    assert not child(window, "remove_unit_button_1").isEnabled()
    assert child(window, "add_unit_button_1").isEnabled()
    assert not child(window, "add_unit_button_2").isEnabled()
    assert not child(window, "add_last_layer_button").isEnabled()
    watch = Watch(window)
    window.runs.change(Recipe(hidden=()))
    qtbot.waitUntil(lambda: bool(watch.updates) and frame_of(watch).recipe.hidden == ())
    assert not child(window, "add_unit_button_1").isVisible()
    assert not child(window, "remove_last_layer_button").isEnabled()


def test_layers_of_weights_that_are_no_numbers_are_refused_in_a_sentence(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(Recipe(activations_off=True, epochs=400, learning_rate=50.0))
    watch = Watch(window)
    window.runs.bridge.runner.set_speed(None)
    window.runs.bridge.runner.play()
    qtbot.waitUntil(lambda: watch.epoch == 400)  # a first update may come before it plays
    assert not np.isfinite(frame_of(watch).parameters).all()
    child(window, "add_unit_button_1").click()
    assert window.parts.message_bar.text.startswith(
        "Layers must be changed while all weights are finite"
    )
    assert window.parts.controls.recipe.hidden == (4, 4)


# By keyboard


def test_keys_choose_a_unit_and_its_weights_edit_freeze_and_grow(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    edit = window.parts.network_view.edit
    press(Key.Key_E)
    assert edit.cursor == Place(1, 0)
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Down):
        press(key)
    assert edit.cursor == Place(2, 2)
    caption = window.parts.boundary_view.caption
    qtbot.waitUntil(lambda: caption.text == "hidden 2, unit 3")
    handle = window.windowHandle()
    for _ in range(2):
        QTest.keyClick(handle, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    place = Place(2, 2, 1)
    assert edit.cursor == place
    assert window.parts.network_view.hover_text().startswith("h₁,₂ → h₂,₃   weight")
    press(Key.Key_F)
    qtbot.waitUntil(lambda: frame_of(watch).recipe.frozen == (place.position(SIZES),))
    press(Key.Key_Return)
    editor = child(window, "weight_editor")
    assert QApplication.focusWidget() is editor.input
    QTest.keyClicks(editor.input, "0.75")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: value(watch, place) == 0.75)
    assert edit.cursor == place
    press(Key.Key_Plus)
    qtbot.waitUntil(lambda: frame_of(watch).recipe.hidden == (4, 5))
    kept = Place(2, 2, 1)
    assert value(watch, kept) == 0.75
    assert frame_of(watch).recipe.frozen == (kept.position((2, 4, 5, 1)),)
    press(Key.Key_Escape)
    assert edit.cursor is None
    qtbot.waitUntil(lambda: window.parts.boundary_view.caption.text == "")
    epoch = frame_of(watch).epoch
    press(Key.Key_Right)  # is one epoch again
    qtbot.waitUntil(lambda: frame_of(watch).epoch == epoch + 1)


def test_the_cursor_stays_within_the_network_and_goes_round_its_weights(
    qtbot: QtBot, window: MainWindow
) -> None:
    edit = window.parts.network_view.edit
    press(Key.Key_Return)
    for key in (Key.Key_Left, Key.Key_Up):
        press(key)
    assert edit.cursor == Place(1, 0)
    for _ in range(9):
        press(Key.Key_Right)
    assert edit.cursor == Place(3, 0)
    seen = []
    for _ in range(6):
        QTest.keyClick(window.windowHandle(), Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
        assert edit.cursor is not None
        seen.append(edit.cursor.source)
    assert seen == [3, 2, 1, 0, None, 3]


def test_tab_takes_the_cursor_away(qtbot: QtBot, window: MainWindow) -> None:
    press(Key.Key_E)
    press(Key.Key_Tab)
    assert window.parts.network_view.edit.cursor is None


# Two runs


def test_in_a_comparison_each_diagram_changes_its_own_run(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.runs.open((Recipe(), Recipe(learning_rate=0.5)))
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 2)
    second = window.second.network_view
    assert second is not None
    layout = second.network_layout
    assert layout is not None
    click(second, bias_of(layout, 1, 0))
    editor = child(second, "weight_editor")
    editor.input.change(4.0, "click")
    editor.freeze_button.click()
    place = Place(1, 0)
    qtbot.waitUntil(
        lambda: value(watch, place, 1) == 4.0 and bool(frame_of(watch, 1).recipe.frozen)
    )
    assert value(watch, place, 0) == 0.0
    assert frame_of(watch, 0).recipe.frozen == ()
    child(window.parts.network_view, "add_unit_button_1").click()
    qtbot.waitUntil(lambda: frame_of(watch, 0).recipe.hidden == (5, 4))
    assert frame_of(watch, 1).recipe.hidden == (4, 4)
    assert window.parts.controls.recipe.hidden == (4, 4)
    assert window.parts.controls.recipe.frozen == (place.position(SIZES),)
    assert window.second.network_panel is not None
    window.second.network_panel.layer_buttons.remove_button.click()
    qtbot.waitUntil(lambda: frame_of(watch, 1).recipe.hidden == (4,))
    assert frame_of(watch, 0).recipe.hidden == (5, 4)
    assert FIELDS["start"][1](frame_of(watch, 1).recipe) == "taken over"


def test_in_a_comparison_a_unit_shows_on_the_map_of_its_run(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.runs.open((Recipe(), Recipe(learning_rate=0.5)))
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 2)
    second, boundary = window.second.network_view, window.second.boundary_view
    assert second is not None
    assert boundary is not None
    assert second.network_layout is not None
    point_at(second, second.network_layout.units[1][0].center())
    qtbot.waitUntil(lambda: boundary.caption.text == "hidden 1, unit 1")
    assert window.parts.boundary_view.caption.text == ""


@pytest.mark.parametrize("size", [(1000, 700), (1024, 768), (1280, 800)])
def test_the_bubble_fits_into_the_diagrams_of_two_runs(
    qtbot: QtBot, window: MainWindow, watch: Watch, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.runs.open((Recipe(), Recipe(hidden=(6,) * 6)))
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 2)
    second = window.second.network_view
    assert second is not None
    assert second.network_layout is not None
    for layer, rects in enumerate(second.network_layout.units[1:], 1):
        click(second, bias_of(second.network_layout, layer, len(rects) - 1))
        editor = child(second, "weight_editor")
        assert second.rect().contains(editor.geometry())
        assert clipped_labels(editor) == []
    assert list(strays(second)) == []


def test_the_buttons_of_units_can_be_hit_in_the_deepest_network(open_in_test: OpenWindow) -> None:
    window = open_in_test(Recipe(hidden=(64,) * 6, features=tuple(FEATURES)))
    window.resize(1024, 768)
    for layer in range(1, 7):
        assert child(window, f"add_unit_button_{layer}").width() >= 12


def test_a_button_of_a_layer_that_is_gone_does_nothing(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    child(window, "remove_last_layer_button").click()
    window.parts.network_view.shape_inputs.units_wanted.emit(
        2, 1
    )  # pressed before the diagram follows
    qtbot.waitUntil(lambda: bool(watch.updates) and frame_of(watch).recipe.hidden == (4,))
    assert window.parts.controls.recipe.hidden == (4,)


def test_the_bubble_says_what_its_number_is_also_when_an_input_becomes_another(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    place = Place(1, 0, source=0)
    open_editor(window, place)
    before = child(window, "weight_name").text()
    features = ("x1_squared", "x2_squared")
    recipe = revised(Recipe(), features=features)
    window.runs.change(recipe)
    qtbot.waitUntil(lambda: bool(watch.updates) and frame_of(watch).recipe.features == features)
    assert child(window, "weight_name").text() == place_name(recipe, place) != before


def test_a_place_is_not_frozen_in_a_network_that_took_the_place_of_the_one_shown(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    qtbot.waitUntil(lambda: bool(watch.updates))
    window.runs.change(Recipe(hidden=(5, 4)))
    window.parts.network_view.edit.freeze_wanted.emit(11, True)  # of 2-4-4-1, which still is shown
    qtbot.waitUntil(lambda: frame_of(watch).recipe.hidden == (5, 4))
    assert frame_of(watch).recipe.frozen == ()
    window.parts.network_view.edit.freeze_wanted.emit(11, True)
    qtbot.waitUntil(lambda: frame_of(watch).recipe.frozen == (11,))


@pytest.mark.parametrize("act", ["freeze_wanted", "units_wanted", "layer_wanted"])
def test_what_is_done_to_a_never_reaches_b_that_goes_on_alone_meanwhile(
    qtbot: QtBot, window: MainWindow, watch: Watch, act: str
) -> None:
    b = Recipe(learning_rate=0.1)
    window.runs.open((Recipe(), b))
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 2)
    window.runs.end_comparison(1)
    if act == "freeze_wanted":  # as long as the window shows A
        window.parts.network_view.edit.freeze_wanted.emit(0, True)
    elif act == "units_wanted":
        window.parts.network_view.edit.units_wanted.emit(1, 1)
    else:
        window.parts.network_panel.layer_buttons.layer_wanted.emit(1)
    qtbot.waitUntil(lambda: len(watch.last.frames) == 1)
    assert window.parts.controls.recipe == b
    window.runs.bridge.runner.run_epoch()
    qtbot.waitUntil(lambda: frame_of(watch).epoch == 1)
    assert frame_of(watch).recipe == b
