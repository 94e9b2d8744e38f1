"""Experiments of one click, two runs side by side, and pinned runs."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from frames import curve_of, make_frame
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, clipped_labels, show_numbers, strays
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.catalogue import EXPERIMENTS, SUGGESTIONS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.actions.pins import MAX_PINS, Pins
from mlpviz.gui.look.look import DARK
from mlpviz.gui.look.sizes import NARROW_PAIR
from mlpviz.gui.window.main import MainWindow

SLOW = Recipe(learning_rate=0.1)


def choose(window: MainWindow, name: str) -> None:
    """Choose an entry of the menu of experiments."""
    (action,) = window.findChildren(QAction, f"{name}_action")
    assert action.isEnabled()
    action.trigger()


def wait_for(qtbot: QtBot, watch: Watch, *recipes: Recipe, epoch: int = 0) -> Update:
    """Wait until just these runs are shown, of an epoch."""

    def is_there() -> bool:
        if not watch.updates:
            return False
        frames = watch.last.frames
        return tuple(f.recipe for f in frames) == recipes and frames[0].epoch == epoch

    qtbot.waitUntil(is_there)
    return watch.last


def step(qtbot: QtBot, window: MainWindow, watch: Watch, count: int = 1) -> None:
    for _ in range(count):
        epoch = watch.last.frames[0].epoch if watch.updates else 0
        window.parts.transport.step_button.click()
        qtbot.waitUntil(
            lambda epoch=epoch: bool(watch.updates) and watch.last.frames[0].epoch == epoch + 1
        )


@pytest.fixture
def compared(qtbot: QtBot, window: MainWindow, watch: Watch) -> MainWindow:
    """The window with the baseline compared to a tenth of its learning rate."""
    choose(window, "small_learning_rate_xor")
    wait_for(qtbot, watch, Recipe(), SLOW)
    return window


def names_on_the_loss(window: MainWindow) -> list[str]:
    """Return the whole names that stand upon the loss plot."""
    view = window.parts.loss_view
    view.grab()
    return [placed.words for placed in view.labels.placed]


def test_both_maps_lie_at_one_height(compared: MainWindow) -> None:
    maps = [child(compared, f"{which}boundary_view") for which in ("", "second_")]
    first, second = (view.plot.view.screenGeometry() for view in maps)
    assert (first.top(), first.size()) == (second.top(), second.size())


def test_an_experiment_opens_as_a_comparison_with_the_baseline(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    step(qtbot, window, watch)
    others = [key for key in EXPERIMENTS if key != "baseline"]
    for key, dataset in product(others, ("linear", "xor")):
        choose(window, f"{key}_{dataset}")
        baseline = EXPERIMENTS["baseline"].recipe(dataset)
        wait_for(qtbot, watch, baseline, EXPERIMENTS[key].recipe(dataset))
        assert window.parts.controls.recipe == EXPERIMENTS[key].recipe(dataset)


def test_the_baseline_opens_alone_and_from_the_start(
    qtbot: QtBot, compared: MainWindow, watch: Watch
) -> None:
    step(qtbot, compared, watch, 2)
    choose(compared, "baseline_linear")
    wait_for(qtbot, watch, Recipe(dataset="linear"))
    assert not child(compared, "second_boundary_view").isVisible()
    assert compared.parts.boundary_panel.heading.text() == "DECISION BOUNDARY"


@pytest.mark.parametrize(("name", "number"), [("suggest_spiral", 0), ("suggest_spiral_3", 1)])
def test_a_suggested_recipe_opens_alone(
    qtbot: QtBot, compared: MainWindow, watch: Watch, name: str, number: int
) -> None:
    recipe = [one.recipe for one in SUGGESTIONS if one.recipe.dataset == "spiral"][number]
    choose(compared, name)
    wait_for(qtbot, watch, recipe)
    assert compared.parts.controls.recipe == recipe
    assert not child(compared, "second_boundary_view").isVisible()


def test_an_experiment_starts_from_the_start_where_the_choice_alone_would_go_on(
    qtbot: QtBot, compared: MainWindow, watch: Watch
) -> None:
    child(compared, "learning_rate_input").setValue(1.0)
    wait_for(qtbot, watch, Recipe(), Recipe())
    step(qtbot, compared, watch)
    choose(compared, "small_learning_rate_xor")
    wait_for(qtbot, watch, Recipe(), SLOW)
    assert compared.parts.boundary_panel.heading.text() == "A · learning rate 1"


def test_both_runs_are_shown_and_the_headings_name_what_differs(
    qtbot: QtBot, compared: MainWindow, watch: Watch
) -> None:
    step(qtbot, compared, watch, 3)
    a, b = watch.last.frames
    assert compared.parts.boundary_panel.heading.text() == "A · learning rate 1"
    second = child(compared, "second_boundary_view")
    assert second.parent().heading.text() == "B · learning rate 0.1"
    assert second._frame is b
    assert child(compared, "second_network_view")._frame is b
    assert compared.parts.boundary_view._frame is a
    assert compared.parts.loss_view.runs[0].curve.y.tolist() == a.curve.low.tolist()
    assert compared.parts.loss_view.runs[1].curve.y.tolist() == b.curve.low.tolist()
    assert names_on_the_loss(compared) == ["A · learning rate 1", "B · learning rate 0.1"]
    for recipe, frame in ((Recipe(), a), (SLOW, b)):
        expected = Run(recipe)
        expected.advance(3)
        assert frame.loss == expected.training.loss


def test_the_transport_shows_the_numbers_of_both(
    qtbot: QtBot, compared: MainWindow, watch: Watch
) -> None:
    step(qtbot, compared, watch)
    a, b = watch.last.frames
    assert child(compared, "loss_label").text() == f"{a.loss:.4f} | {b.loss:.4f}"
    assert " | " in child(compared, "accuracy_label").text()
    assert child(compared, "epoch_label").text() == "1"


def test_the_controls_change_run_b_and_say_so(
    qtbot: QtBot, compared: MainWindow, watch: Watch
) -> None:
    assert child(compared, "controls_run_note").isVisible()
    child(compared, "learning_rate_input").setValue(0.3)
    wait_for(qtbot, watch, Recipe(), replace(SLOW, learning_rate=0.3))
    assert "0.3" in child(compared, "second_boundary_view").parent().heading.text()


def test_what_cannot_be_compared_is_refused_in_a_sentence_and_nothing_is_lost(
    qtbot: QtBot, compared: MainWindow, watch: Watch
) -> None:
    step(qtbot, compared, watch)
    choice = child(compared, "dataset_choice")
    choice.pick("linear")
    assert compared.parts.message_bar.text.startswith("Only runs on the same data can be compared")
    assert compared.parts.message_bar.text.endswith("End the comparison to change it.")
    assert compared.parts.controls.recipe == SLOW
    assert choice.key() == "xor"
    show_numbers(compared, watch.last)  # the next frame does not take the sentence away
    assert compared.parts.message_bar.text.startswith("Only runs on the same data")
    step(qtbot, compared, watch)
    wait_for(qtbot, watch, Recipe(), SLOW, epoch=2)
    assert not compared.parts.message_bar.text.startswith("Only runs")


def test_the_present_run_can_be_compared_with_a_copy_of_itself(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    recipe = Recipe(hidden=(3,), weight_seed=5)
    window = open_in_test(recipe)
    watch = Watch(window)
    choose(window, "compare")
    update = wait_for(qtbot, watch, recipe, recipe)
    assert np.array_equal(update.frames[0].parameters, update.frames[1].parameters)
    child(window, "activation_toggle").click()
    wait_for(qtbot, watch, recipe, replace(recipe, activations_off=True))


@pytest.mark.parametrize(("side", "recipe"), [("a", Recipe()), ("b", SLOW)])
def test_when_the_comparison_ends_one_of_the_runs_goes_on_where_it_stands(
    qtbot: QtBot, compared: MainWindow, watch: Watch, side: str, recipe: Recipe
) -> None:
    step(qtbot, compared, watch, 2)
    choose(compared, f"end_with_{side}")
    frame = wait_for(qtbot, watch, recipe, epoch=2).frames[0]
    expected = Run(recipe)
    expected.advance(2)
    assert frame.loss == expected.training.loss
    assert compared.parts.controls.recipe == recipe
    assert not child(compared, "controls_run_note").isVisible()
    assert not compared.parts.loss_view.runs[1].curve.x.size
    assert "|" not in child(compared, "loss_label").text()


def test_new_weights_are_those_of_the_same_next_seed_for_both(
    qtbot: QtBot, compared: MainWindow, watch: Watch
) -> None:
    compared.parts.transport.new_weights_button.click()
    update = wait_for(qtbot, watch, Recipe(weight_seed=1), replace(SLOW, weight_seed=1))
    assert np.array_equal(update.frames[0].parameters, update.frames[1].parameters)
    assert child(compared, "seed_input").value() == 1


def test_the_limit_of_epochs_holds_for_both(
    qtbot: QtBot, compared: MainWindow, watch: Watch
) -> None:
    child(compared, "epochs_input").setValue(50)
    wait_for(qtbot, watch, Recipe(epochs=50), replace(SLOW, epochs=50))


def test_both_maps_zoom_together(qtbot: QtBot, compared: MainWindow) -> None:
    first, second = compared.parts.boundary_view, child(compared, "second_boundary_view")
    for zoomed, other in ((first, second), (second, first)):
        zoomed.show_box(Box(0.2, 0.3, 0.6, 0.7))
        zoomed._announce_box()
        ranges = [np.ravel(view.plot.view.viewRange()) for view in (zoomed, other)]
        np.testing.assert_allclose(*ranges)
        zoomed.go_home()
        home = np.array([zoomed._home.left, zoomed._home.right])
        for view in (zoomed, other):
            np.testing.assert_allclose(view.plot.view.viewRange()[0], home)


def ranges_of(window: MainWindow) -> list[list[list[float]]]:
    """Return what both maps show."""
    views = (window.parts.boundary_view, child(window, "second_boundary_view"))
    return [view.plot.view.viewRange() for view in views]


def test_the_way_home_of_either_map_brings_the_surfaces_of_both_back(
    qtbot: QtBot, compared: MainWindow, watch: Watch
) -> None:
    near = Box(0.2, 0.3, 0.6, 0.7)
    for name in ("boundary_view", "second_boundary_view"):
        view = child(compared, name)
        view.show_box(near)
        view._announce_box()
        qtbot.waitUntil(lambda: {f.surface_box for f in watch.last.frames} == {view_box(compared)})
        assert view_box(compared) != watch.last.frames[0].box
        view.go_home()
        qtbot.waitUntil(lambda: all(f.surface_box == f.box for f in watch.last.frames))
        first, second = ranges_of(compared)
        assert first == second
        np.testing.assert_allclose(view_box(compared), watch.last.frames[0].box)


def view_box(window: MainWindow) -> Box:
    (left, right), (bottom, top) = window.parts.boundary_view.plot.view.viewRange()
    return Box(left, bottom, right, top)


def test_every_comparison_begins_with_the_whole_data_on_both_maps(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    zoomed = Box(0.2, 0.3, 0.6, 0.7)
    for _ in range(2):  # the second time, the second map is there already
        window.parts.boundary_view.show_box(zoomed)
        window.parts.boundary_view._announce_box()
        qtbot.waitUntil(
            lambda: (
                bool(watch.updates) and watch.last.frames[0].surface_box != watch.last.frames[0].box
            )
        )
        window.runs.open((Recipe(), SLOW))
        qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
        qtbot.waitUntil(lambda: all(f.surface_box == f.box for f in watch.last.frames))
        first, second = ranges_of(window)
        assert first == second
        np.testing.assert_allclose(view_box(window), watch.last.frames[0].box)
        window.runs.open((Recipe(),))
        qtbot.waitUntil(lambda: len(watch.last.frames) == 1)


def test_another_recipe_in_a_comparison_leaves_the_maps_where_they_are(
    compared: MainWindow,
) -> None:
    zoomed = Box(0.2, 0.3, 0.6, 0.7)
    compared.parts.boundary_view.show_box(zoomed)
    compared.runs.open((Recipe(), Recipe(learning_rate=0.5)))
    np.testing.assert_allclose(view_box(compared), zoomed)


def test_the_second_views_follow_the_theme(compared: MainWindow) -> None:
    compared.look_choice.set_theme("dark")
    try:
        ground = child(compared, "second_boundary_view").plot.backgroundBrush().color().name()
        assert ground == DARK.panel.lower()
    finally:
        compared.look_choice.set_theme("light")


SIZES = [(1000, 700), (1024, 768), (NARROW_PAIR - 1, 768), (NARROW_PAIR, 768), (1920, 1080)]


def test_a_comparison_fits_every_window(qtbot: QtBot, compared: MainWindow) -> None:
    for size in SIZES:
        assert_a_comparison_fits(qtbot, compared, size)


def assert_a_comparison_fits(qtbot: QtBot, compared: MainWindow, size: tuple[int, int]) -> None:
    compared.resize(*size)
    qtbot.waitUntil(lambda: (compared.width(), compared.height()) == size)
    widest = make_frame(Recipe(activations_off=True), epoch=10_000_000, accuracy=1.0)
    show_numbers(compared, Update((widest, replace(widest, loss=1.25e-300)), is_playing=True))
    maps = (compared.parts.boundary_view, child(compared, "second_boundary_view"))
    diagrams = (compared.parts.network_view, child(compared, "second_network_view"))
    panels = [view.parentWidget() for view in (*maps, *diagrams, compared.parts.loss_view)]
    for _ in range(2):  # as it starts, and swapped
        for view in maps:
            area = view.plot.view.screenGeometry()
            assert min(area.width(), area.height()) >= (240 if size[0] >= 1024 else 230)
        places = [panel.geometry() for panel in panels]
        assert all(compared.parts.stage.rect().contains(place) for place in places)
        assert not any(a.intersects(b) for i, a in enumerate(places) for b in places[:i])
        compared.parts.stage.swap()
    qtbot.waitUntil(
        lambda: [*strays(compared.parts.transport), *clipped_labels(compared.parts.transport)] == []
    )
    assert compared.parts.transport.sizeHint().width() <= compared.parts.transport.width()


# Pinned runs


def test_a_pinned_run_stays_behind_the_next_ones_until_it_is_unpinned(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    step(qtbot, window, watch, 3)
    losses = watch.last.frames[0].curve.low.tolist()
    choose(window, "pin")
    child(window, "learning_rate_input").setValue(0.1)
    for _ in range(2):
        window.parts.transport.reset_button.click()
        wait_for(qtbot, watch, SLOW)
        pinned = window.parts.loss_view.behind.pins[0]
        assert pinned.y.tolist() == losses
        names = names_on_the_loss(window)
        assert {"xor, 4-4, η 0.1", "xor, 4-4, η 1"} <= set(names)
        step(qtbot, window, watch)
    choose(window, "unpin")
    assert names_on_the_loss(window) == ["the run before"]
    (unpin,) = window.findChildren(QAction, "unpin_action")
    assert not unpin.isEnabled()


def test_one_pin_can_be_taken_off_by_its_words(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.resize(1280, 1000)  # the names of three curves need room
    (menu,) = window.findChildren(QMenu, "pins_menu")
    assert not menu.isEnabled()
    for seed in (0, 1, 2):
        child(window, "seed_input").setValue(seed)
        if seed:
            wait_for(qtbot, watch, Recipe(weight_seed=seed))
        step(qtbot, window, watch, 2)
        choose(window, "pin")
    words = [action.text() for action in menu.actions()]
    assert words == [
        "xor, 4-4, η 1",
        "xor, 4-4, η 1, weight seed 1",
        "xor, 4-4, η 1, weight seed 2",
    ]
    choose(window, "pins_2")
    assert [action.text() for action in menu.actions()] == [words[0], words[2]]
    names = names_on_the_loss(window)
    assert words[0] in names
    assert words[1] not in names
    choose(window, "pins_2")
    choose(window, "pins_1")
    assert not menu.isEnabled()
    assert names_on_the_loss(window) == ["the run before"]


def test_a_remedy_pins_the_run_before_it_and_starts_over(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(Recipe(activations_off=True))
    watch = Watch(window)
    step(qtbot, window, watch)
    number = watch.last.frames[0].run_number
    window.parts.message_bar.remedy_button.click()
    window.runs.bridge.runner.run_epoch()
    wait_for(qtbot, watch, Recipe(), epoch=1)
    assert watch.last.frames[0].run_number == number + 1  # one run has begun, and no more
    (menu,) = window.findChildren(QMenu, "pins_menu")  # on the plot it has no line to be named
    assert [action.text() for action in menu.actions()] == ["xor, 4-4, η 1, activations off"]


def test_pins_are_bounded_and_hold_each_recipe_once() -> None:
    pins = Pins()
    for seed in range(MAX_PINS + 2):
        frame = make_frame(Recipe(weight_seed=seed), epochs=1)
        pins.add((frame, frame))
    assert len(pins.entries) == MAX_PINS
    assert pins.entries[-1][0].endswith(f"weight seed {MAX_PINS + 1}")
    pins.add((make_frame(Recipe(weight_seed=99)),))  # untrained: nothing to see
    assert not pins.entries[-1][0].endswith("99")


def run_of(*stages: tuple[float, int]) -> Run:
    """Train at each learning rate for so many epochs."""
    run = Run(Recipe(learning_rate=stages[0][0]))
    for rate, epochs in stages:
        run.change(Recipe(learning_rate=rate))
        run.advance(epochs)
    return run


def test_a_run_that_was_changed_on_the_way_is_another_than_one_of_its_last_recipe() -> None:
    pins = Pins()
    pins.add((capture(run_of((0.1, 9))), capture(run_of((1.0, 4), (0.1, 5)))))
    names = [name for name, _ in pins.entries]
    assert names == ["xor, 4-4, η 0.1", "xor, 4-4, η 0.1, changed at epoch 4"]
    pins.add((capture(run_of((1.0, 4), (3.0, 2), (0.1, 2))),))
    assert pins.entries[2][0] == "xor, 4-4, η 0.1, changed 2 times"


def test_of_a_run_that_is_pinned_twice_the_longer_stays() -> None:
    pins, run = Pins(), Run(Recipe())
    run.advance(50)
    long = capture(run)
    pins.add((long,))
    pins.add((capture(run_of((1.0, 3))),))  # the same again, after a reset
    assert [len(curve.low) for _, curve in pins.entries] == [51]
    run.change(Recipe(learning_rate=0.1))
    run.advance(1)
    pins.add((capture(run),))
    assert [len(curve.low) for _, curve in pins.entries] == [52]


def test_pinned_losses_lie_within_the_axes_and_on_a_logarithmic_axis_in_decades(
    window: MainWindow,
) -> None:
    view = window.parts.loss_view
    view.set_pins([("high", curve_of(100.0, 10.0))])
    assert view.plot.view.viewRange()[1][1] >= 100.0
    view.set_logarithmic(True)
    np.testing.assert_allclose(view.behind.pins[0].y, [2.0, 1.0])
    view.set_logarithmic(False)
    assert not view.grab().isNull()
