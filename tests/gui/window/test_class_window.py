"""Three to six classes in the real window: chosen, trained, taken in hand, compared, left again."""

import numpy as np
import pytest
from gui.conftest import OpenWindow, Watch
from gui.hands import action, frame_of, open_editor, type_in, value
from gui.helpers import child, click, leave, point_at, press
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.gradients import gradient
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.words.names import place_name
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
FOUR = revised(Recipe(), dataset="gaussians", classes=4, samples=40)
EDGE, BIAS = Place(3, 2, 1), Place(3, 3)  # h₂,₂ → ŷ₂, and the bias of ŷ₃


@pytest.fixture
def four(open_in_test: OpenWindow) -> MainWindow:
    return open_in_test(FOUR)


@pytest.fixture
def watch(four: MainWindow, qtbot: QtBot) -> Watch:
    watch = Watch(four)
    four.runs.bridge.runner.pause()
    qtbot.waitUntil(lambda: bool(watch.updates))
    return watch


def test_from_two_classes_to_five_and_back_the_window_follows(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test()
    watch = Watch(window)
    window.parts.controls.dataset_choice.pick("spiral")
    for classes, outputs in ((5, 5), (3, 3), (2, 1)):
        window.parts.controls.classes_input.setValue(classes)
        qtbot.waitUntil(lambda n=outputs: frame_of(watch).recipe.sizes == (2, 4, 4, n))
        epoch = frame_of(watch).epoch
        window.parts.transport.step_button.click()
        qtbot.waitUntil(lambda before=epoch: frame_of(watch).epoch > before)
        layout = window.parts.network_view.network_layout
        assert layout is not None
        assert len(layout.units[-1]) == outputs
    assert frame_of(watch).recipe == Recipe(dataset="spiral")


def test_fewer_samples_than_classes_are_refused_and_the_run_stays(
    qtbot: QtBot, four: MainWindow, watch: Watch
) -> None:
    controls = four.parts.controls
    with qtbot.waitSignal(controls.refused) as refused:
        controls.samples_input.setValue(3)
    assert refused.args[0] == (
        "samples must be at least 4, one for each of the 4 classes of the data set gaussians. Got "
        "3."
    )
    assert (controls.samples_input.value(), controls.recipe) == (40, FOUR)
    controls.samples_input.setValue(4)
    with qtbot.waitSignal(controls.refused):
        controls.classes_input.setValue(6)
    assert (controls.classes_input.value(), controls.samples_input.value()) == (4, 4)
    controls.dataset_choice.pick("moons")  # two classes, whatever was chosen before
    controls.samples_input.setValue(3)
    with qtbot.waitSignal(controls.refused):
        controls.dataset_choice.pick("spiral")
    assert (controls.dataset_choice.key(), controls.recipe.dataset) == ("moons", "moons")
    qtbot.waitUntil(lambda: frame_of(watch).recipe == controls.recipe)
    assert len(frame_of(watch).X) == 3


@pytest.mark.parametrize("place", [EDGE, BIAS], ids=str)
def test_what_leads_to_an_output_is_edited_and_undone(
    qtbot: QtBot, four: MainWindow, watch: Watch, place: Place
) -> None:
    before = frame_of(watch)
    start = value(watch, place)
    editor = open_editor(four, place)
    assert child(editor, "weight_name").text() == place_name(FOUR, place)
    type_in(editor, "-2.5")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: value(watch, place) == -2.5)
    assert frame_of(watch).loss != before.loss
    assert not np.array_equal(frame_of(watch).surface, before.surface)
    action(four, "Undo").trigger()
    qtbot.waitUntil(lambda: value(watch, place) == start)
    assert frame_of(watch).loss == before.loss


def test_a_frozen_bias_of_an_output_stays_while_the_others_learn(
    qtbot: QtBot, four: MainWindow, watch: Watch
) -> None:
    start = value(watch, BIAS)
    open_editor(four, BIAS)
    child(four, "freeze_button").click()
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: frame_of(watch).recipe.frozen == (BIAS.position(FOUR.sizes),))
    for epoch in (1, 2, 3):
        four.parts.transport.step_button.click()
        qtbot.waitUntil(lambda n=epoch: frame_of(watch).epoch == n)
    assert value(watch, BIAS) == start
    assert value(watch, Place(3, 2)) != 0.0


def test_the_gradient_in_the_window_is_that_of_the_next_step(
    qtbot: QtBot, four: MainWindow, watch: Watch
) -> None:
    slopes = gradient(frame_of(watch))
    before = frame_of(watch).parameters
    four.parts.transport.step_button.click()
    qtbot.waitUntil(lambda: frame_of(watch).epoch == 1)
    moved = before - frame_of(watch).parameters
    np.testing.assert_allclose(moved, FOUR.learning_rate * slopes, atol=1e-14)


def test_a_unit_more_in_the_diagram_keeps_all_weights_to_the_outputs(
    qtbot: QtBot, four: MainWindow, watch: Watch
) -> None:
    four.parts.transport.step_button.click()
    qtbot.waitUntil(lambda: frame_of(watch).epoch == 1)
    (W1, W2, W3), (_, _, b3) = frame_of(watch).layers()
    child(four, "add_unit_button_2").click()
    qtbot.waitUntil(lambda: frame_of(watch).recipe.hidden == (4, 5))
    weights, biases = frame_of(watch).layers()
    assert frame_of(watch).epoch == 0
    assert np.array_equal(weights[0], W1)
    assert np.array_equal(weights[1][:, :4], W2)
    assert np.array_equal(weights[2][:4], W3)
    assert np.array_equal(biases[2], b3)


def test_under_the_pointer_an_output_unit_shows_its_class_on_the_map(
    qtbot: QtBot, four: MainWindow, watch: Watch
) -> None:
    layout = four.parts.network_view.network_layout
    assert layout is not None
    point_at(four.parts.network_view, layout.units[3][1].center())
    caption = four.parts.boundary_view.caption
    qtbot.waitUntil(lambda: caption.text == "output of ■ class 1")
    leave(four.parts.network_view)
    qtbot.waitUntil(lambda: caption.text == "")


def test_two_recipes_of_several_classes_are_compared(
    qtbot: QtBot, four: MainWindow, watch: Watch
) -> None:
    (compare,) = four.findChildren(QAction, "compare_action")
    compare.trigger()
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    four.parts.controls.learning_rate_input.setValue(0.1)
    qtbot.waitUntil(lambda: watch.last.frames[1].recipe.learning_rate == 0.1)
    assert [frame.recipe.outputs for frame in watch.last.frames] == [4, 4]
    four.parts.transport.step_button.click()
    qtbot.waitUntil(lambda: watch.last.frames[1].epoch == 1)
    expected = start_training(revised(FOUR, learning_rate=0.1))
    expected.run_epoch()
    assert np.array_equal(watch.last.frames[1].parameters, expected.network.parameters)


def test_a_click_on_the_map_selects_a_sample_and_the_diagram_tells_its_outputs(
    qtbot: QtBot, four: MainWindow, watch: Watch
) -> None:
    view = four.parts.boundary_view
    mapping, X = view.canvas.mapping, frame_of(watch).X
    x, y = mapping.x(X[:1, 0])[0], mapping.y(X[:1, 1])[0]
    with qtbot.waitSignal(view.sample_selected):
        click(view.plot.viewport(), QPointF(view.canvas.pos()) + QPointF(x, y))
    assert "largest ŷ" in four.parts.network_panel.readout.text()


@pytest.mark.parametrize("key", [Key.Key_T, Key.Key_S, Key.Key_D])
def test_the_cursor_of_the_diagram_goes_when_the_keys_mean_something_else(
    qtbot: QtBot, four: MainWindow, watch: Watch, key: Qt.Key
) -> None:
    press(Key.Key_E)
    for step in (Key.Key_Right, Key.Key_Right, Key.Key_Down):
        press(step)
    caption = four.parts.boundary_view.caption
    qtbot.waitUntil(lambda: caption.text == "output of ■ class 1")
    press(key)
    qtbot.waitUntil(lambda: caption.text == "")
    assert four.parts.network_view.edit.cursor is None
