"""Many seeds in the window: start, cancel, what is shown, and the seed that is opened."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, clipped_labels, point_at, press, strays
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.study.seed_study import SeedStudy
from mlpviz.experiment.study.studies import run_studies
from mlpviz.experiment.words.formats import loss_text
from mlpviz.gui.views.figures.report_job import free_folder
from mlpviz.gui.views.seeds import seeds_drawer as module
from mlpviz.gui.views.seeds.seeds_drawer import SeedsDrawer
from mlpviz.gui.views.seeds.seeds_plot import line_distances
from mlpviz.gui.views.seeds.seeds_strip import seed_words
from mlpviz.gui.views.seeds.seeds_words import difference_words
from mlpviz.gui.window.main import MainWindow

LEFT = Qt.MouseButton.LeftButton
SHORT = Recipe(epochs=300, learning_rate=3.0)


@pytest.fixture
def small(open_in_test: OpenWindow) -> MainWindow:
    """A window with a recipe of few epochs."""
    return open_in_test(SHORT)


def open_drawer(window: MainWindow) -> SeedsDrawer:
    press(Qt.Key.Key_S)
    drawer = child(window, "seeds_drawer")
    assert isinstance(drawer, SeedsDrawer)
    assert drawer.isVisible()
    return drawer


def study_in(qtbot: QtBot, window: MainWindow, count: int = 5) -> SeedsDrawer:
    drawer = open_drawer(window)
    child(window, "seed_count_input").setValue(count)
    before = drawer.study
    qtbot.mouseClick(child(window, "seeds_start_button"), LEFT)
    qtbot.waitUntil(lambda: drawer.study is not before)
    return drawer


def jobs() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "job"]


def study_of(recipe: Recipe, count: int) -> SeedStudy:
    (study,) = run_studies((recipe,), count, lambda share: None)
    return study


def test_s_opens_it_and_escape_gives_the_keys_back_to_the_diagram(window: MainWindow) -> None:
    drawer = open_drawer(window)
    assert child(window, "seed_count_input").value() == 50
    assert child(window, "seed_count_input").maximum() == 500
    press(Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert window.parts.network_view.hasFocus()


def test_a_study_of_the_recipe_is_shown_with_its_counts(qtbot: QtBot, small: MainWindow) -> None:
    drawer = study_in(qtbot, small)
    study = drawer.study
    assert study is not None
    assert study.recipe == SHORT
    np.testing.assert_array_equal(study.losses, study_of(SHORT, 5).losses)
    learned = int(study.learned.sum())
    assert f"{learned} of 5" in child(small, "seeds_summary").text()
    above, share = int(study.above_90.sum()), f"{100.0 * study.above_90.mean():.1f}"
    measure = f"{above} of 5 ({share} %) end with more than 90 % of the samples right"
    assert measure in child(small, "seeds_summary").text()
    assert f"{5 - learned} not" in child(small, "seeds_legend").accessibleDescription()
    assert child(small, "seeds_start_button").text() == "Start"
    assert not child(small, "seeds_progress").isVisible()
    assert not child(small, "seeds_note").isVisible()
    qtbot.waitUntil(lambda: not jobs())


def test_the_window_goes_on_while_it_runs_and_cancel_is_one_sentence(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(Recipe(epochs=1_000_000))
    watch = Watch(window)
    drawer = open_drawer(window)
    qtbot.mouseClick(child(window, "seeds_start_button"), LEFT)
    assert child(window, "seeds_start_button").text() == "Cancel"
    assert not child(window, "seed_count_input").isEnabled()
    window.runs.bridge.runner.play()
    qtbot.waitUntil(lambda: len(watch.updates) > 3 and watch.last.frames[0].epoch > 0)
    qtbot.mouseClick(child(window, "seeds_start_button"), LEFT)
    qtbot.waitUntil(lambda: child(window, "seeds_start_button").text() == "Start")
    note = child(window, "seeds_note").text()
    assert note.startswith("Cancelled at ")
    assert note.endswith("nothing of it was kept.")
    assert note.count(".") == 1
    assert drawer.study is None
    assert child(window, "seeds_start_button").isEnabled()
    assert watch.last.frames[0].recipe == Recipe(epochs=1_000_000)
    assert watch.last.is_playing
    qtbot.waitUntil(lambda: not jobs())


def test_closing_the_window_ends_a_study(qtbot: QtBot, open_in_test: OpenWindow) -> None:
    window = open_in_test(Recipe(epochs=1_000_000))
    open_drawer(window)
    qtbot.mouseClick(child(window, "seeds_start_button"), LEFT)
    assert jobs()
    window.close()
    qtbot.waitUntil(lambda: not jobs())


def test_what_goes_wrong_is_said_in_the_drawer(
    qtbot: QtBot, small: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(module, "run_apart", fail)
    drawer = open_drawer(small)
    qtbot.mouseClick(child(small, "seeds_start_button"), LEFT)
    qtbot.waitUntil(lambda: "could not be trained" in child(small, "seeds_note").text())
    assert "There is not enough memory." in child(small, "seeds_note").text()
    assert drawer.study is None


def test_a_surface_that_is_clicked_is_trained_by_the_single_engine_to_the_end(
    qtbot: QtBot, small: MainWindow
) -> None:
    drawer, watch = study_in(qtbot, small), Watch(small)
    strip = child(small, "seeds_strip")
    qtbot.mouseClick(strip, LEFT, pos=strip.area_of(3).center())
    qtbot.waitUntil(
        lambda: (
            bool(watch.updates) and watch.last.frames[0].epoch == 300 and not watch.last.is_playing
        )
    )
    frame = watch.last.frames[0]
    assert frame.recipe == replace(SHORT, weight_seed=3)
    assert child(small, "seed_input").value() == 3
    assert small.parts.transport.speed is None
    assert drawer.study is not None
    assert abs(frame.loss - drawer.study.losses[-1, 3]) < 1e-9
    assert not child(small, "seeds_note").isVisible()  # the same to the eye: nothing to say


def test_a_visible_difference_from_the_thumbnail_is_explained(
    qtbot: QtBot, small: MainWindow
) -> None:
    drawer = study_in(qtbot, small)
    drawer._surfaces = drawer._surfaces + 0.3
    strip = child(small, "seeds_strip")
    qtbot.mouseClick(strip, LEFT, pos=strip.area_of(2).center())
    qtbot.waitUntil(lambda: "knife edge" in child(small, "seeds_note").text())
    assert (
        child(small, "seeds_note").text().startswith("Seed 2: its thumbnail differs by up to 0.3")
    )
    small.parts.transport.reset_button.click()  # another run, which has not come to its end
    qtbot.waitUntil(lambda: "knife edge" not in child(small, "seeds_note").text())


def test_a_zoomed_map_is_not_compared_before_it_shows_all_again(
    qtbot: QtBot, small: MainWindow
) -> None:
    drawer, watch = study_in(qtbot, small), Watch(small)
    strip, note = child(small, "seeds_strip"), child(small, "seeds_note")
    qtbot.mouseClick(strip, LEFT, pos=strip.area_of(3).center())
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].epoch == 300)
    frame = replace(watch.last.frames[0], run_number=-1, surface=watch.last.frames[0].surface + 0.3)
    zoomed = replace(frame, surface_box=Box(0.4, 0.4, 0.6, 0.6))
    drawer.show_update(replace(watch.last, frames=(zoomed,)))
    assert "thumbnail differs" not in note.text()
    drawer.show_update(replace(watch.last, frames=(frame,)))
    assert "thumbnail differs by up to 0.3" in note.text()


def test_the_words_for_a_difference_are_none_below_a_tenth_and_name_missing_numbers() -> None:
    surface, hole = np.full((2, 2), 0.5), np.full((2, 2), np.nan)
    assert difference_words(7, surface, surface + 0.09) == ""
    assert "by up to 0.20" in difference_words(7, surface, surface + 0.2)
    assert difference_words(7, hole, hole) == ""
    assert "no number" in difference_words(7, surface, hole)


def test_arrows_move_among_the_surfaces_and_enter_opens_one(
    qtbot: QtBot, small: MainWindow
) -> None:
    study_in(qtbot, small)
    strip = child(small, "seeds_strip")
    strip.setFocus()
    press(Qt.Key.Key_Home)
    for _ in range(2):
        press(Qt.Key.Key_Right)
    assert strip.current == 2
    assert strip.accessibleDescription().startswith("seed 2: ")
    assert child(small, "seeds_readout").text().startswith("seed 2: ")
    press(Qt.Key.Key_Left)
    with qtbot.waitSignal(child(small, "seeds_drawer").seed_chosen) as chosen:
        press(Qt.Key.Key_Return)
    assert chosen.args == [1]


def test_the_line_under_the_pointer_is_told_and_a_click_opens_it(
    qtbot: QtBot, small: MainWindow
) -> None:
    drawer = study_in(qtbot, small)
    study, view = drawer.study, drawer.plot
    assert study is not None
    mapping, canvas = view.canvas.mapping, view.canvas
    index = int(np.argmax(study.losses[0]))  # where it starts it is the highest
    x = float(mapping.x(study.epochs[:1].astype(np.float64))[0])
    y = float(mapping.y(study.losses[:1, index])[0])
    place = QPointF(canvas.mapToParent(QPointF(x, y)))
    point_at(view.plot.viewport(), place)
    assert child(small, "seeds_readout").text().startswith(f"seed {index}: ")
    with qtbot.waitSignal(drawer.seed_chosen) as chosen:
        qtbot.mouseClick(view.plot.viewport(), LEFT, pos=place.toPoint())
    assert chosen.args == [index]


def test_a_study_is_kept_and_marked_when_the_recipe_is_another(
    qtbot: QtBot, small: MainWindow
) -> None:
    drawer = study_in(qtbot, small)
    note = child(small, "seeds_note")
    small.runs.change(replace(SHORT, learning_rate=0.1, hidden=(8,)))
    qtbot.waitUntil(lambda: "another recipe" in note.text())
    assert "hidden units 4-4, now 8" in note.text()
    assert "learning rate 3, now 0.1" in note.text()
    assert drawer.study is not None
    small.runs.change(replace(SHORT, weight_seed=4))
    qtbot.waitUntil(lambda: not note.isVisible())


def test_two_recipes_stand_beside_each_other(qtbot: QtBot, small: MainWindow) -> None:
    first = study_in(qtbot, small, 4).study
    assert first is not None
    assert "Beside" not in child(small, "seeds_summary").text()
    small.runs.change(replace(SHORT, hidden=(16,)))
    child(small, "seed_count_input").setValue(3)
    drawer = child(small, "seeds_drawer")
    qtbot.mouseClick(child(small, "seeds_start_button"), LEFT)
    qtbot.waitUntil(lambda: drawer.study is not first)
    counts = int(first.learned.sum()), int(drawer.study.learned.sum())
    assert (
        child(small, "seeds_summary")
        .text()
        .endswith(f"hidden units 4-4: {counts[0]} of 4; hidden units 16: {counts[1]} of 3.")
    )


def test_without_an_epoch_limit_it_says_how_many_epochs_each_seed_gets(
    qtbot: QtBot, open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EPOCHS_WITHOUT_LIMIT", 50)
    drawer = study_in(qtbot, open_in_test(Recipe(epochs=0)), 2)
    assert drawer.study is not None
    assert drawer.study.recipe.epochs == 50
    assert child(drawer, "seeds_note").text() == "Without an epoch limit, each seed has 50 epochs."


@pytest.mark.parametrize("size", [(1024, 768), (1280, 800)])
def test_nothing_is_clipped(qtbot: QtBot, small: MainWindow, size: tuple[int, int]) -> None:
    small.resize(*size)
    drawer = study_in(qtbot, small)
    qtbot.waitUntil(lambda: small.size().toTuple() == size)
    assert not clipped_labels(drawer)
    assert not [name for name in strays(drawer) if "seeds_strip" not in name]


def test_the_words_of_a_seed() -> None:
    study = replace(
        study_of(Recipe(epochs=2), 2),
        accuracies=np.array([1.0, 0.5]),
        first_perfect_epochs=(1, 2),
        first_nonfinite_epochs=(None, 2),
    )
    assert seed_words(study, 0).endswith("all right from epoch 1")
    assert seed_words(study, 1).endswith(
        "all right at epoch 2, and lost it; the loss is not finite from epoch 2"
    )


def test_the_distance_to_a_line_is_that_to_its_nearest_piece() -> None:
    x, nan = np.array([0.0, 10.0, 20.0]), np.nan
    y = np.array([[0.0, 5.0, nan], [0.0, 5.0, nan], [0.0, nan, nan]])
    assert line_distances(x, y, 5.0, 3.0).tolist() == [3.0, 2.0, np.inf]


# The report


def train(qtbot: QtBot, window: MainWindow, epochs: int = 1) -> None:
    for _ in range(epochs):
        window.parts.transport.step_button.click()
    qtbot.waitUntil(lambda: window.runs.latest.frames[0].epoch >= epochs)


def test_the_report_of_a_run_is_that_of_the_screen_digit_for_digit(
    qtbot: QtBot, open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = open_in_test(Recipe(dataset="moons", noise=0.1, train_share=0.5, epochs=4))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    train(qtbot, window, 6)  # past its limit
    child(window, "learning_rate_input").setValue(3.0)
    window.edits.edit(0, 2, 1.5, 1)
    window.parts.transport.step_button.click()
    qtbot.waitUntil(lambda: window.runs.latest.frames[0].epoch == 7)
    frame = window.runs.latest.frames[0]
    assert frame.test is not None
    window.menus.actions["report"].trigger()
    qtbot.waitUntil(lambda: "The report is in" in window.parts.message_bar.text)
    page = (tmp_path / "mlpviz-report" / "report.html").read_text(encoding="utf-8")
    assert "The run as it stood at epoch 7; learning rate 1 → 3, 1 parameter set by hand at" in page
    (written,) = json.loads((tmp_path / "mlpviz-report" / "report.json").read_text())["experiments"]
    assert (written["epochs"], written["loss"]) == (7, frame.loss)
    assert (written["test_loss"], written["test_accuracy"]) == (
        frame.test.loss,
        frame.test.accuracy,
    )
    assert written["parameters"] == frame.parameters.tolist()
    assert written["loss_curve"]["low"] == frame.curve.low.tolist()
    assert loss_text(written["loss"]) == child(window, "loss_label").text()
    assert loss_text(written["test_loss"]) == child(window, "test_loss_label").text()


def test_a_network_that_is_not_trained_has_no_report_and_no_dialog_opens(
    small: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: pytest.fail("it asked"))
    small.menus.actions["report"].trigger()
    assert small.parts.message_bar.text.startswith("There is nothing to report yet")
    assert small.menus.actions["report"].text() == "Save report…"


def test_the_report_of_the_recipe_is_saved_from_the_menu(
    qtbot: QtBot, open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = open_in_test(Recipe(epochs=20))
    train(qtbot, window)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.menus.actions["report"].trigger()
    assert window.menus.actions["report"].text() == "Cancel the report"
    qtbot.waitUntil(lambda: "The report is in" in window.parts.message_bar.text)
    page = tmp_path / "mlpviz-report" / "report.html"
    assert str(page) in window.parts.message_bar.text
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (tmp_path / "mlpviz-report" / "report.json").exists()
    assert window.menus.actions["report"].text() == "Save report…"
    assert not list(tmp_path.rglob(".unfinished-*"))
    qtbot.waitUntil(lambda: not jobs())


def test_the_report_of_a_comparison_has_both_runs(
    qtbot: QtBot, open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = open_in_test(Recipe(epochs=20))
    a = Recipe(epochs=20)
    window.runs.open((a, replace(a, learning_rate=0.1)))
    qtbot.waitUntil(lambda: len(window.runs.latest.frames) == 2)
    train(qtbot, window)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.menus.actions["report"].trigger()
    qtbot.waitUntil(lambda: "The report is in" in window.parts.message_bar.text)
    page = (tmp_path / "mlpviz-report" / "report.html").read_text(encoding="utf-8")
    assert "1. A · learning rate 1: xor" in page
    assert "2. B · learning rate 0.1: xor" in page


def test_a_report_that_is_cancelled_leaves_nothing_behind(
    qtbot: QtBot, open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window, place = open_in_test(Recipe(dataset="linear", samples=5000)), tmp_path / "place"
    place.mkdir()
    train(qtbot, window, 20)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(place))
    window.menus.actions["report"].trigger()
    window.menus.actions["report"].trigger()
    qtbot.waitUntil(lambda: "was cancelled" in window.parts.message_bar.text)
    assert not list(place.iterdir())
    window.menus.actions["report"].trigger()
    window.close()
    assert not list(place.iterdir())
    qtbot.waitUntil(lambda: not jobs())


@pytest.mark.parametrize("place", ["file", "a name that Qt could not read: \ufffd"])
def test_a_place_that_cannot_be_written_to_is_a_sentence(
    qtbot: QtBot, small: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / place))
    train(qtbot, small)
    small.menus.actions["report"].trigger()
    qtbot.waitUntil(lambda: "cannot be written to" in small.parts.message_bar.text)
    assert small.parts.message_bar.text.startswith("The report was not written.")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(("f", "a"))] == [
        "file"
    ]


def test_a_report_does_not_replace_an_older_one(tmp_path: Path) -> None:
    assert free_folder(tmp_path).name == "mlpviz-report"
    free_folder(tmp_path).mkdir()
    assert free_folder(tmp_path).name == "mlpviz-report-2"
