"""The real window, from its controls to the trainer thread and back."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

import numpy as np
import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from mlpviz.engine import Array
from mlpviz.engine.passed import Passed
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.words.formats import epoch_text, loss_text
from mlpviz.gui import open_window
from mlpviz.gui.look.look import DARK, LIGHT
from mlpviz.gui.views.controls.transport import SPEEDS
from mlpviz.gui.window.main import MainWindow


def click(qtbot: QtBot, window: MainWindow, name: str) -> None:
    qtbot.mouseClick(child(window, name), Qt.MouseButton.LeftButton)


def play_flat_out(qtbot: QtBot, window: MainWindow, watch: Watch) -> None:
    window.parts.transport.speed_slider.setValue(SPEEDS.index(None))
    click(qtbot, window, "play_button")
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].epoch > 0)


def epochs(watch: Watch) -> list[int]:
    return [update.frames[0].epoch for update in watch.updates]


def trainers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "trainer"]


def test_it_starts_paused_with_the_untrained_network_and_the_data_visible(
    window: MainWindow,
) -> None:
    assert child(window, "epoch_label").text() == "0"
    assert child(window, "loss_label").text() == loss_text(Run(Recipe()).training.loss)
    assert child(window, "play_button").text() == "Play"
    assert window.parts.message_bar.text.startswith("Untrained")
    assert window.parts.controls.recipe == Recipe()
    assert window.parts.network_view.accessibleDescription() == "A network of 2-4-4-1 units."
    assert "of 21 samples" in window.parts.boundary_view.accessibleDescription()
    for view in (window.parts.network_view, window.parts.boundary_view, window.parts.loss_view):
        colours = view.grab().toImage().convertToFormat(view.grab().toImage().Format.Format_RGB32)
        assert len(set(colours.constBits()[::97])) > 3


def test_a_window_can_be_opened_with_a_recipe(open_in_test: OpenWindow) -> None:
    recipe = Recipe(dataset="linear", hidden=(3,), weight_seed=9, learning_rate=0.3, samples=40)
    window = open_in_test(recipe)
    assert window.parts.controls.recipe == recipe
    assert window.parts.network_view.accessibleDescription() == "A network of 2-3-1 units."
    assert "of 40 samples" in window.parts.boundary_view.accessibleDescription()
    assert child(window, "loss_label").text() == loss_text(Run(recipe).training.loss)


def test_from_play_to_close_through_the_buttons(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    start = child(window, "loss_label").text()
    click(qtbot, window, "play_button")
    qtbot.waitUntil(lambda: len(watch.updates) >= 5)
    assert child(window, "play_button").text() == "Pause"
    assert epochs(watch)[:5] == sorted(epochs(watch)[:5])
    assert epochs(watch)[4] > epochs(watch)[0]
    click(qtbot, window, "play_button")
    qtbot.waitUntil(lambda: not watch.last.is_playing)
    assert child(window, "play_button").text() == "Play"
    epoch = epochs(watch)[-1]
    assert child(window, "epoch_label").text() == epoch_text(epoch)
    assert window.parts.message_bar.text == ""

    click(qtbot, window, "step_button")
    qtbot.waitUntil(lambda: epochs(watch)[-1] == epoch + 1)
    assert not watch.last.is_playing

    click(qtbot, window, "reset_button")
    qtbot.waitUntil(lambda: epochs(watch)[-1] == 0)
    assert child(window, "loss_label").text() == start
    assert watch.last.frames[0].ghost is not None

    click(qtbot, window, "new_weights_button")
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe.weight_seed == 1)
    assert child(window, "seed_input").value() == 1
    assert child(window, "loss_label").text() != start

    child(window, "dataset_choice").pick("linear")
    qtbot.waitUntil(lambda: len(watch.last.frames[0].X) == 100)
    assert "of 100 samples" in window.parts.boundary_view.accessibleDescription()

    child(window, "activation_toggle").click()
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe.activations_off)
    assert child(window, "loss_label").text() == "not a number"
    assert window.parts.message_bar.text.startswith("Cross-entropy needs an output between ")
    assert "The loss has not been finite since epoch 0" in window.parts.message_bar.text

    window.close()
    assert not trainers()


def test_every_epoch_is_shown_at_a_low_speed(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.parts.transport.speed_slider.setValue(SPEEDS.index(10))
    click(qtbot, window, "play_button")
    qtbot.waitUntil(lambda: len(watch.updates) > 0 and epochs(watch)[-1] >= 5)
    assert sorted(set(epochs(watch))) == list(range(min(epochs(watch)), epochs(watch)[-1] + 1))


def test_at_its_limit_the_run_pauses_and_says_so_and_play_goes_on(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(Recipe(epochs=200))
    watch = Watch(window)
    play_flat_out(qtbot, window, watch)
    qtbot.waitUntil(lambda: not watch.last.is_playing)
    assert epochs(watch)[-1] == 200
    assert window.parts.message_bar.text.startswith("Paused at epoch 200, the limit: ")
    assert child(window, "play_button").text() == "Play"
    click(qtbot, window, "play_button")
    qtbot.waitUntil(lambda: epochs(watch)[-1] > 200)


@pytest.mark.parametrize(
    ("name", "value"), [("learning_rate_input", 0.5), ("epochs_input", 500), ("noise_input", 10)]
)
def test_a_recipe_is_checked_once_per_change(
    qtbot: QtBot,
    window: MainWindow,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    value: float,
) -> None:
    checked: list[Recipe] = []
    check = Recipe.__post_init__

    def note_and_check(made: Recipe) -> None:
        checked.append(made)
        check(made)

    monkeypatch.setattr(Recipe, "__post_init__", note_and_check)
    before = watch.last.frames[0].recipe
    child(window, name).setValue(value)
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe != before)
    assert len(checked) == 1


def test_another_learning_rate_goes_on_from_the_same_epoch(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    click(qtbot, window, "play_button")
    qtbot.waitUntil(lambda: bool(watch.updates) and epochs(watch)[-1] > 5)
    child(window, "learning_rate_input").setValue(0.3)
    qtbot.waitUntil(lambda: bool(watch.last.frames[0].changes))
    frame = watch.last.frames[0]
    assert watch.last.is_playing
    assert frame.changes[0].epoch > 0
    assert frame.epoch >= frame.changes[0].epoch
    assert epochs(watch) == sorted(epochs(watch))
    qtbot.waitUntil(lambda: window.parts.loss_view.behind.changes.x.size > 0)


def test_other_hidden_units_start_over_and_play_on(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    play_flat_out(qtbot, window, watch)
    child(window, "hidden_units_input_1").setValue(7)
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe.hidden == (7, 4))
    first = epochs(watch)[-1]
    assert watch.last.is_playing
    assert watch.last.frames[0].ghost is not None
    qtbot.waitUntil(lambda: epochs(watch)[-1] > first)
    assert window.parts.network_view.accessibleDescription() == "A network of 2-7-4-1 units."


def test_two_quick_presses_of_play_leave_it_paused(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    for _ in range(2):
        click(qtbot, window, "play_button")
    assert child(window, "play_button").text() == "Play"
    click(qtbot, window, "step_button")  # comes after both
    qtbot.waitUntil(
        lambda: bool(watch.updates) and not watch.last.is_playing and epochs(watch)[-1] >= 1
    )
    assert child(window, "play_button").text() == "Play"


def test_an_update_from_before_a_pause_does_not_say_that_training_goes_on(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    play_flat_out(qtbot, window, watch)
    turns = watch.last.turns
    late = watch.last
    assert late.is_playing
    click(qtbot, window, "play_button")
    window.runs.note(late)
    assert not window.runs.is_playing
    assert child(window, "play_button").text() == "Play"
    qtbot.waitUntil(lambda: watch.last.turns > turns)
    assert not watch.last.is_playing


def test_zooming_recomputes_the_surface_and_home_brings_the_data_back(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    view_box = window.parts.boundary_view.plot.view
    view_box.scaleBy((0.5, 0.5))
    view_box.sigRangeChangedManually.emit(view_box.state["mouseEnabled"])
    (left, right), _ = view_box.viewRange()
    qtbot.waitUntil(
        lambda: bool(watch.updates) and watch.last.frames[0].surface_box.left == pytest.approx(left)
    )
    assert watch.last.frames[0].surface_box.right == pytest.approx(right)
    click(qtbot, window, "home_button")
    qtbot.waitUntil(lambda: watch.last.frames[0].surface_box == watch.last.frames[0].box)


def test_a_remedy_mends_a_run_that_has_lost_its_weights(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    recipe = Recipe(loss="mean_squared_error", output_activation="identity", learning_rate=3e3)
    window = open_in_test(recipe)
    watch = Watch(window)
    play_flat_out(qtbot, window, watch)
    qtbot.waitUntil(lambda: watch.last.frames[0].first_nonfinite_weight_epoch is not None)
    click(qtbot, window, "play_button")
    qtbot.waitUntil(lambda: not watch.last.is_playing)
    assert window.parts.message_bar.remedy_button.text() == "Learning rate ÷ 10"
    click(qtbot, window, "remedy_button")
    qtbot.waitUntil(lambda: watch.last.frames[0].epoch == 0)
    frame = watch.last.frames[0]
    assert frame.recipe == window.parts.controls.recipe == replace(recipe, learning_rate=3e2)
    assert np.isfinite(frame.parameters).all()
    assert child(window, "learning_rate_input").value() == 3e2


def test_an_exception_in_the_trainer_is_said_and_the_program_lives_on(
    qtbot: QtBot, window: MainWindow, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> NoReturn:
        raise RuntimeError("out of paper")

    with monkeypatch.context() as patch:
        patch.setattr(Training, "run_past", fail)
        click(qtbot, window, "play_button")
        qtbot.waitUntil(lambda: "out of paper" in window.parts.message_bar.text)
    assert "RuntimeError" in window.parts.message_bar.text
    assert child(window, "play_button").text() == "Play"
    click(qtbot, window, "reset_button")
    qtbot.waitUntil(lambda: bool(watch.updates) and not watch.last.error)
    click(qtbot, window, "step_button")
    qtbot.waitUntil(lambda: epochs(watch)[-1] == 1)
    assert window.parts.message_bar.text == ""


def test_a_trainer_that_cannot_even_start_says_so(
    qtbot: QtBot, open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise MemoryError("no room")

    monkeypatch.setattr("mlpviz.experiment.run.successors.Run", fail)
    window = open_in_test()
    assert "MemoryError: no room" in window.parts.message_bar.text
    window.look_choice.set_theme("dark")
    assert not window.grab().isNull()


def test_closing_while_flat_out_waits_for_no_more_than_what_is_being_trained(
    qtbot: QtBot, open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, begun, begun_before = Training.run_past, list[int](), list[int]()

    def note_and_run(
        training: Training, count: int, at: Sequence[int]
    ) -> tuple[Array, list[Passed]]:
        begun.append(count)
        return run(training, count, at)

    monkeypatch.setattr(Training, "run_past", note_and_run)
    window = open_in_test(Recipe(hidden=(64,) * 6, dataset="linear", epochs=0))
    watch = Watch(window)
    play_flat_out(qtbot, window, watch)
    (thread,) = trainers()
    join = thread.join

    def note_and_join(timeout: float | None = None) -> None:
        begun_before.append(len(begun))
        join(timeout)

    monkeypatch.setattr(thread, "join", note_and_join)
    window.close()
    assert not trainers()
    assert 0 < begun_before[0] <= len(begun) <= begun_before[0] + 1


def test_the_theme_dresses_everything(window: MainWindow) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for name, look in (("dark", DARK), ("light", LIGHT)):
        window.look_choice.set_theme(name)
        assert app.palette().window().color().name() == look.ground.lower()
        assert app.palette().windowText().color().name() == look.text.lower()
        for plot in (window.parts.boundary_view.plot, window.parts.loss_view.plot):
            assert plot.backgroundBrush().color().name() == look.panel.lower()
        corner = window.parts.network_view.grab().toImage().pixelColor(3, 30)
        assert corner.name() == look.panel.lower()


def test_theme_and_scale_are_kept_for_the_next_window(open_in_test: OpenWindow) -> None:
    first = open_in_test()
    first.look_choice.set_theme("dark")
    child(first, "log_button").click()
    first.close()
    second = open_in_test()
    assert second.parts.loss_view.is_logarithmic
    assert child(second, "log_button").isChecked()
    assert second.parts.boundary_view.plot.backgroundBrush().color().name() == DARK.panel.lower()
    second.look_choice.set_theme("light")


def test_the_menu_chooses_the_theme(window: MainWindow) -> None:
    (menu,) = [m for m in window.findChildren(QMenu) if m.title() == "Theme"]
    for text, look in (("Dark", DARK), ("Light", LIGHT)):
        (action,) = [action for action in menu.actions() if action.text() == text]
        action.trigger()
        assert action.isChecked()
        assert window.parts.loss_view.plot.backgroundBrush().color().name() == look.panel.lower()


def test_the_menus_are_no_higher_than_an_old_projector(window: MainWindow) -> None:
    for button in (window.parts.transport.menu_button, window.parts.transport.experiments_button):
        assert button.menu().sizeHint().height() < 700


def test_the_simplified_diagram_says_so_in_its_heading(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(Recipe(hidden=(64, 64)))
    assert "weights as images" in window.parts.network_panel.readout.text()


def type_into(qtbot: QtBot, window: MainWindow, name: str, text: str) -> None:
    field = child(window, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_what_is_typed_counts_also_without_enter(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.activateWindow()
    type_into(qtbot, window, "learning_rate_input", "0.3")
    click(qtbot, window, "new_weights_button")
    assert window.parts.controls.recipe == Recipe(learning_rate=0.3, weight_seed=1)
    type_into(qtbot, window, "hidden_units_input_1", "8")
    click(qtbot, window, "add_last_layer_button")
    assert window.parts.controls.recipe.hidden == (8, 4, 4)
    type_into(qtbot, window, "learning_rate_input", "0.5")
    click(qtbot, window, "step_button")
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].epoch == 1)
    expected = Run(Recipe(learning_rate=0.5, weight_seed=1, hidden=(8, 4, 4)))
    expected.advance(1)
    assert watch.last.frames[0].loss == expected.training.loss


def test_after_a_click_on_any_button_the_keys_mean_the_diagram(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.activateWindow()
    for name in ("activation_toggle", "log_button", "home_button", "more_button"):
        child(window, "learning_rate_input").setFocus()
        assert not window.parts.network_view.hasFocus()
        click(qtbot, window, name)
        assert window.parts.network_view.hasFocus(), name


def test_a_theme_dresses_every_window(open_in_test: OpenWindow) -> None:
    first, second = open_in_test(), open_in_test()
    second.look_choice.set_theme("dark")
    try:
        for window in (first, second):
            background = window.parts.loss_view.plot.backgroundBrush().color().name()
            assert background == DARK.panel.lower()
    finally:
        second.look_choice.set_theme("light")


def test_it_opens_no_larger_than_the_screen(
    open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlpviz.gui.window.main.START_SIZE", (9000, 9000))
    window = open_window(keeps_settings=False)
    room = QApplication.primaryScreen().availableGeometry()
    window.close()
    assert window.width() <= max(room.width(), window.minimumWidth())
    assert window.height() <= max(room.height(), window.minimumHeight())


def test_a_minimised_window_draws_nothing_and_catches_up_when_it_is_back(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.showMinimized()
    shown = window.parts.transport.readouts.epoch_label.text()
    click(qtbot, window, "play_button")
    qtbot.waitUntil(lambda: bool(watch.updates) and epochs(watch)[-1] > 20)
    window.runs.bridge.runner.pause()
    qtbot.waitUntil(lambda: not watch.last.is_playing)
    assert window.parts.transport.readouts.epoch_label.text() == shown
    window.showNormal()
    qtbot.waitUntil(
        lambda: window.parts.transport.readouts.epoch_label.text() == str(epochs(watch)[-1])
    )
