"""One step taken apart in the window: stages, unit, sample, past."""

import re
import threading
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, click, press
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTextBrowser,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.diagnosis import Divergence
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.trace import StepTrace, step_trace
from mlpviz.experiment.words.names import SUBSCRIPTS
from mlpviz.experiment.words.step_numbers import digits_text
from mlpviz.experiment.words.step_pages import Proof
from mlpviz.experiment.words.step_stages import Stage, stages_of
from mlpviz.experiment.workbook.judging import Judgement
from mlpviz.experiment.workbook.step_questions import Question, questions_of, right_value
from mlpviz.gui.actions import step_check, step_walk
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.diagram.participants import Participants, participants_in_stage
from mlpviz.gui.views.step.page_html import pressed_cell
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
EPOCHS = 40
PATIENCE = 60.0  # seconds
BLANK = " ? "  # as a text has it


def title(window: MainWindow) -> str:
    return window.findChild(QLabel, "step_title").text()


def text(window: MainWindow) -> str:
    return window.findChild(QTextBrowser, "step_text").toPlainText()


def solve(window: MainWindow, typed: str) -> str:
    """Type an answer, and return what is said of it."""
    answer = window.findChild(QLineEdit, "answer_input")
    answer.setFocus()
    answer.setText(typed)
    press(Key.Key_Return)
    return window.findChild(QLabel, "verdict_label").text()


def open_trained(qtbot: QtBot, open_in_test: OpenWindow) -> tuple[MainWindow, Watch]:
    window = open_in_test(Recipe(dataset="xor", epochs=EPOCHS))
    watch = Watch(window)
    window.runs.train_from_start(Recipe(dataset="xor", epochs=EPOCHS))
    qtbot.waitUntil(lambda: watch.last.is_at_limit and watch.epoch == EPOCHS)
    press(Key.Key_G)
    # The panel shows an update before the watch has it.
    qtbot.waitUntil(lambda: title(window) != "" and watch.last.frames[0].trace is not None)
    return window, watch


def test_the_keys_of_pages_go_through_the_stages_and_the_diagram_shows_the_unit(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    titles, units = [title(window)], [window.selection.value.part]
    for _ in range(7):
        press(Key.Key_PageDown)
        titles.append(title(window))
        units.append(window.selection.value.part)
    assert titles == [
        "Forward, hidden layer 1",
        "Forward, hidden layer 2",
        "Forward, output layer",
        "Loss",
        "Backward, output layer",
        "Backward, hidden layer 2",
        "Backward, hidden layer 1",
        "Update",
    ]
    layers = [unit.place.layer for unit in units if unit is not None]
    assert layers[:7] == [1, 2, 3, 3, 3, 2, 1]
    forward = text(window)
    press(Key.Key_PageUp)
    assert title(window) == "Backward, hidden layer 1"
    press(Key.Key_PageDown)
    assert text(window) == forward  # going back and on shows the same
    assert watch.epoch == EPOCHS
    assert not window.runs.is_playing
    assert not window.parts.loss_panel.isVisible()
    assert window.parts.boundary_panel.isVisible()
    press(Key.Key_Escape)
    assert window.parts.loss_panel.isVisible()
    assert window.selection.value.part is None
    assert not window.selection.value.has_step


def test_a_click_on_a_stage_a_unit_or_a_point_works_that_one_out(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, _ = open_trained(qtbot, open_in_test)
    written = window.parts.network_view.sample_values
    press(Key.Key_G)
    window.selection.select_sample(0)
    given = written.texts[2]
    press(Key.Key_G)
    child(window, "stage_5_button").click()
    assert title(window) == "Backward, hidden layer 2"
    assert all(number.startswith("dZ ") for number in written.texts[2])
    assert written.texts[1][0][0].isdigit()  # what the layer before gives is multiplied with it
    window.parts.network_view.edit.toggle_pin(Place(2, 3))
    assert "h₂,₄" in text(window)
    window.parts.network_view.edit.toggle_pin(Place(1, 1))  # of another layer: its own stage
    assert title(window) == "Backward, hidden layer 1"
    window.parts.boundary_view.sample_selected.emit(7)
    assert "Sample 7," in window.findChild(QLabel, "step_note").text()
    before = text(window)
    window.findChild(type(child(window, "step_digits_input")), "step_digits_input").setValue(6)
    assert text(window) != before
    window.findChild(QTextBrowser, "step_text").anchorClicked.emit(QUrl("copy:dA = dZ @ W.T"))
    assert QGuiApplication.clipboard().text() == "dA = dZ @ W.T"
    press(Key.Key_Escape)
    window.selection.select_sample(0)
    assert written.texts[2] == given


def test_the_step_is_that_of_the_moment_that_is_looked_at(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    for epoch in (10, EPOCHS, 0):
        window.time.go_to(epoch)
        qtbot.waitUntil(lambda e=epoch: watch.epoch == e)  # type: ignore[misc]  # of this round
        shown = watch.last.frames[0].trace
        assert shown is not None
        run = Run(Recipe(dataset="xor", epochs=EPOCHS))
        run.advance(epoch)
        expected = step_trace(run.training)
        assert shown.epoch == epoch
        for mine, its in zip(shown.layers, expected.layers, strict=True):
            assert np.array_equal(mine.dZ, its.dZ)
            assert np.array_equal(mine.W_after, its.W_after)
    window.time.go_to(10)
    qtbot.waitUntil(lambda: watch.epoch == 10)
    press(Key.Key_Escape)  # and opened in the past, whose state is on the screen already
    press(Key.Key_G)
    qtbot.waitUntil(lambda: watch.last.frames[0].trace is not None)
    assert watch.last.frames[0].trace.epoch == 10


def test_another_learning_rate_is_that_of_the_step_at_once(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    child(window, "stage_7_button").click()
    assert "η = 1" in text(window)
    child(window, "learning_rate_input").setValue(0.25)
    qtbot.waitUntil(lambda: "η = 0.25" in text(window))
    assert watch.epoch == EPOCHS


def test_stages_are_played_one_after_the_other_to_the_last(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, _ = open_trained(qtbot, open_in_test)
    window.tools.step.walk.set_pace(0)
    play = window.findChild(QToolButton, "step_play_button")
    child(window, "stage_6_button").click()
    play.click()
    assert play.isChecked()
    qtbot.waitUntil(lambda: title(window) == "Update")
    assert not play.isChecked()


def test_the_pace_is_chosen_in_the_menu_of_play(qtbot: QtBot, open_in_test: OpenWindow) -> None:
    window, _ = open_trained(qtbot, open_in_test)
    play = window.findChild(QToolButton, "step_play_button")
    paces = {action.text(): action for action in play.menu().actions()}
    assert [words for words, pace in paces.items() if pace.isChecked()] == [
        "A stage every 4 seconds"
    ]
    paces["A stage every 15 seconds"].trigger()
    assert not paces["A stage every 4 seconds"].isChecked()
    walk = window.tools.step.walk
    pace = walk.findChild(QTimer, "step_pace")
    assert pace.interval() == 15_000
    play.click()
    paces["A stage every 2 seconds"].trigger()  # also while they are played
    assert pace.interval() == 2_000
    assert walk.is_playing


def test_to_open_it_pauses_and_training_goes_on_with_it(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(Recipe(dataset="xor", epochs=0))
    watch = Watch(window)
    window.runs.toggle_playing()
    qtbot.waitUntil(lambda: watch.epoch > 5)
    press(Key.Key_G)
    qtbot.waitUntil(lambda: not watch.last.is_playing and title(window) != "")
    assert not window.runs.is_playing
    paused = watch.epoch
    window.runs.toggle_playing()
    qtbot.waitUntil(lambda: watch.epoch > paused + 20)
    qtbot.waitUntil(lambda: f"epoch {paused}" not in window.findChild(QLabel, "step_note").text())
    window.runs.toggle_playing()


def test_show_where_goes_to_the_step_and_the_stage_in_which_a_number_broke(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test()
    watch = Watch(window)
    overflowing = Recipe(
        dataset="linear",
        epochs=60,
        hidden_activation="relu",
        output_activation="identity",
        loss="mean_squared_error",
        learning_rate=1e6,
    )
    window.runs.train_from_start(overflowing)
    qtbot.waitUntil(lambda: watch.last.is_at_limit and watch.epoch == 60)
    broken = watch.last.frames[0].diagnosis
    assert isinstance(broken, Divergence)
    where = child(window, "where_button")
    assert where.isVisible()
    where.click()
    qtbot.waitUntil(lambda: watch.epoch == broken.epoch and title(window) == "Loss")
    assert text(window).count("∞") == 2
    assert window.selection.value.sample == broken.sample
    press(Key.Key_Escape)
    assert not window.selection.value.has_step


def test_the_step_of_a_batch_is_the_one_that_has_the_sample(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    recipe = Recipe(dataset="xor", epochs=EPOCHS, batch_size=4)
    window = open_in_test(recipe)
    watch = Watch(window)
    press(Key.Key_G)
    for sample in (0, 7, 20):
        window.selection.select_sample(sample)
        qtbot.waitUntil(lambda: watch.last.frames[0].trace is not None)
        qtbot.waitUntil(lambda n=sample: n in watch.last.frames[0].trace.samples)  # type: ignore[misc]
        step = watch.last.frames[0].trace
        assert step is not None
        batches = Run(recipe).training.batches()
        assert np.array_equal(step.samples, batches[step.batch])
        qtbot.waitUntil(
            lambda n=sample: f"Sample {n}," in window.findChild(QLabel, "step_note").text()  # type: ignore[misc]
        )


def test_a_covered_number_is_asked_for_and_an_answer_is_judged(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    trace = watch.last.frames[0].trace
    assert trace is not None
    z, a = float(trace.layers[0].Z[0, 0]), float(trace.layers[0].A[0, 0])
    given = text(window)
    answer = window.findChild(QLineEdit, "answer_input")
    assert not answer.isVisible()
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("results"))
    assert answer.isVisible()
    assert text(window).count("?") == 4  # both results, and in the table
    on_units = window.parts.network_view.sample_values
    assert on_units.texts[1].count("?") == 1  # the others are not covered
    assert on_units.texts[1][0] == "?"

    assert "sign" in solve(window, f"{-z:.4f}")
    assert text(window).count("?") == 4
    assert solve(window, f"{z:.4f}".replace(".", ",")).startswith("Right")
    assert text(window).count("?") == 2
    assert answer.hasFocus()  # for the next one
    assert solve(window, "10/7").startswith("Not this")
    assert solve(window, f"{a:.3f}").startswith("Right")
    assert text(window) == given
    assert window.findChild(QLabel, "score_label").text() == "2 of 4 answers right"


def test_a_click_on_a_number_covers_it_and_another_stage_covers_its_own(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, _ = open_trained(qtbot, open_in_test)
    shown = text(window)
    window.findChild(QTextBrowser, "step_text").anchorClicked.emit(QUrl("press:0,1,2"))
    assert text(window).count("?") == 1
    press(Key.Key_Escape)  # leaves the answer
    press(Key.Key_PageDown)
    assert "?" not in text(window)
    press(Key.Key_PageUp)
    assert text(window) == shown
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("all"))
    for _ in range(8):
        assert "?" in text(window)
        press(Key.Key_PageDown)
    cover.setCurrentIndex(cover.findData("none"))
    assert "?" not in text(window)


def test_a_covered_layer_is_covered_in_all_its_units_and_in_the_diagram(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    trace = watch.last.frames[0].trace
    assert trace is not None
    texts = window.parts.network_view.sample_values
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("layer"))
    assert text(window).count("?") == 10  # Z and A of each unit, and of this one in the lines
    assert list(texts.texts[1]) == ["?"] * 4
    solve(window, f"{float(trace.layers[0].Z[0, 0]):.4f}")
    solve(window, f"{float(trace.layers[0].A[0, 0]):.4f}")
    assert list(texts.texts[1]) == [f"{trace.layers[0].A[0, 0]:.3f}", "?", "?", "?"]
    window.parts.network_view.edit.toggle_pin(Place(1, 1))
    assert text(window).count("?") == 8  # what was solved stays open on the pages of the others
    assert texts.texts[1][1] == "?"
    child(window, "stage_5_button").click()
    assert text(window).count(BLANK) == 4 + 4 + 3 + 5 + 5  # dA, dZ, the lines, A·dZ, dW and db
    assert "Check of" not in text(window)  # it would tell the slope
    assert list(texts.texts[2]) == ["?"] * 4
    assert "?" not in texts.texts[1]  # the layer before is given
    cover.setCurrentIndex(cover.findData("all"))
    assert list(texts.texts[1]) == ["?"] * 4
    cover.setCurrentIndex(cover.findData("none"))
    assert "Check of" in text(window)


def test_after_a_wrong_answer_the_worked_line_is_shown_when_it_is_asked_for(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    trace = watch.last.frames[0].trace
    assert trace is not None
    z, a = float(trace.layers[0].Z[0, 0]), float(trace.layers[0].A[0, 0])
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("results"))
    button, answer = child(window, "worked_line_button"), child(window, "answer_input")
    score = window.findChild(QLabel, "score_label")
    assert not button.isVisible()
    solve(window, "what?")
    assert not button.isVisible()  # nothing was tried yet
    assert solve(window, "77.7").startswith("Not this")
    assert button.isVisible()
    assert score.text() == "0 of 1 answer right"
    press(Key.Key_Tab)
    assert button.hasFocus()
    press(Key.Key_Space)
    verdict = window.findChild(QLabel, "verdict_label").text()
    assert verdict.startswith("Z₁ = XW₁ + b₁, in numbers: ")
    assert verdict.endswith(f" = {digits_text(z, 3)}")
    assert text(window).count("?") == 2  # the next one
    assert not button.isVisible()
    assert answer.hasFocus()
    assert solve(window, f"{a:.4f}").startswith("Right")
    assert score.text() == "1 of 2 answers right"
    cover.setCurrentIndex(cover.findData("none"))
    cover.setCurrentIndex(cover.findData("results"))
    solve(window, f"{z:.4f}")
    solve(window, f"{-a:.4f}")  # of a slip too
    button.click()
    assert "exp(−" in window.findChild(QLabel, "verdict_label").text()
    assert "?" not in text(window)
    assert child(window, "step_drawer").hasFocus()  # there is nothing left to type
    assert "in numbers" in window.findChild(QLabel, "verdict_label").text()


def test_all_samples_of_a_step_are_shown_as_matrices_and_can_be_asked_for(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    trace = watch.last.frames[0].trace
    assert trace is not None
    one_sample = text(window)
    press(Key.Key_PageDown)
    batch = child(window, "step_batch_button")
    batch.click()
    assert "21 samples, each of which is a row." in text(window)
    assert digits_text(float(trace.layers[1].Z[9, 3]), 3) in text(window)
    assert "Sample" not in window.findChild(QLabel, "step_note").text()
    page = window.findChild(QTextBrowser, "step_text")

    def height() -> float:
        return page.document().size().height()

    window.resize(960, 540)
    narrow = height()
    window.resize(1900, 1000)
    qtbot.waitUntil(lambda: height() < narrow)  # tables lie beside each other
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("layer"))
    assert text(window).count(BLANK) == 2 * 21 * 4  # Z and A of all samples
    page.anchorClicked.emit(QUrl("press:3,9,3"))
    assert solve(window, f"{float(trace.layers[1].Z[9, 3]):.4f}").startswith("Right")
    assert text(window).count(BLANK) == 2 * 21 * 4 - 1
    batch.click()
    assert text(window).count(BLANK) == 2 * 4 + 2
    cover.setCurrentIndex(cover.findData("none"))
    press(Key.Key_PageUp)
    assert text(window) == one_sample


def test_the_chain_rule_of_a_clicked_weight_and_its_check_come_into_sight(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, _ = open_trained(qtbot, open_in_test)
    window.resize(960, 540)
    child(window, "stage_5_button").click()
    page = window.findChild(QTextBrowser, "step_text")
    bar = page.verticalScrollBar()
    assert bar.value() == 0

    def is_in_sight(words: str) -> bool:
        found = page.document().find(words)
        return page.viewport().rect().contains(page.cursorRect(found).center())

    window.parts.network_view.edit.toggle_pin(Place(2, 1, 3))
    assert is_in_sight("∂L/∂w")
    assert is_in_sight("Check of")
    bar.setValue(bar.maximum() // 2)
    scrolled = bar.value()
    child(window, "step_digits_input").setValue(5)  # the same page stays where it is
    assert bar.value() == scrolled
    window.parts.network_view.edit.toggle_pin(Place(2, 1, 2))  # another weight
    assert is_in_sight("∂L/∂w")
    window.parts.network_view.edit.toggle_pin(Place(2, 1))  # a unit has none
    assert bar.value() == 0


def test_a_wide_table_is_cut_into_blocks_that_have_room_and_can_be_pressed_in_each(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(Recipe(dataset="xor", hidden=(8, 2), epochs=0))
    window.resize(960, 540)
    press(Key.Key_G)
    qtbot.waitUntil(lambda: title(window) != "")
    child(window, "stage_5_button").click()
    page = window.findChild(QTextBrowser, "step_text")
    for digits in (3, 8):
        child(window, "step_digits_input").setValue(digits)
        assert page.horizontalScrollBar().maximum() == 0
        assert text(window).count("from") > 1
        for unit in range(8):
            assert f"h₁,{unit + 1}".translate(SUBSCRIPTS) in text(window)
        assert {f"press:4,2,{column}" for column in range(9)} <= set(
            re.findall(r"press:[\d,]+", page.toHtml())
        )


def test_what_takes_long_is_computed_in_the_background_and_shown_when_it_is_ready(
    qtbot: QtBot, open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, threads = threading.Event(), []
    compute = step_walk.proof_of

    def late(trace: StepTrace, stage: Stage, place: Place | None) -> Proof | None:
        threads.append(threading.current_thread())
        assert may_go_on.wait(PATIENCE)
        return compute(trace, stage, place)

    window, _ = open_trained(qtbot, open_in_test)
    child(window, "stage_5_button").click()
    at_once = text(window)
    assert "moved a little" in at_once
    child(window, "stage_0_button").click()
    monkeypatch.setattr(step_walk, "MOST_PRODUCTS", 0)
    monkeypatch.setattr(step_walk, "proof_of", late)
    try:
        child(window, "stage_5_button").click()
        assert "The check of bias h₂,₁ follows" in text(window)
        child(window, "stage_7_button").click()  # of what is begun the last alone is shown
        assert "to the loss follows" in text(window)
        child(window, "stage_5_button").click()
    finally:
        may_go_on.set()
    qtbot.waitUntil(lambda: text(window) == at_once)
    child(window, "stage_7_button").click()
    qtbot.waitUntil(lambda: "The slope foretells" in text(window))
    assert threading.main_thread() not in threads


def test_the_slips_of_an_answer_are_looked_for_in_the_background_where_that_takes_long(
    qtbot: QtBot, open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, threads, given_up = threading.Event(), [], []
    compute = step_check.judged

    def late(
        trace: StepTrace, question: Question, typed: str, digits: int, heed: Callable[[], None]
    ) -> Judgement:
        threads.append(threading.current_thread())
        assert may_go_on.wait(PATIENCE)
        try:
            return compute(trace, question, typed, digits, heed)
        except Exception:
            given_up.append(typed)
            raise

    window, watch = open_trained(qtbot, open_in_test)
    trace = watch.last.frames[0].trace
    assert trace is not None
    z = float(trace.layers[0].Z[0, 0])
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("results"))
    monkeypatch.setattr(step_check, "MOST_PRODUCTS", 0)
    monkeypatch.setattr(step_check, "judged", late)
    verdict = window.findChild(QLabel, "verdict_label")
    score = window.findChild(QLabel, "score_label")
    try:
        assert solve(window, "66.6").startswith("Checking which slip")
        assert score.text() == ""
        assert not child(window, "worked_line_button").isVisible()
        assert solve(window, f"{-z:.4f}").startswith("Checking")  # in place of the one before
    finally:
        may_go_on.set()
    qtbot.waitUntil(lambda: "sign" in verdict.text())
    assert given_up == ["66.6"]
    assert score.text() == "0 of 1 answer right"
    may_go_on.clear()
    try:
        assert solve(window, "66.6").startswith("Checking")
        assert solve(window, f"{z:.4f}").startswith("Right")  # which is known at once
    finally:
        may_go_on.set()
    child(window, "stage_1_button").click()
    assert verdict.text().startswith("Type the number")
    assert score.text() == "1 of 2 answers right"
    assert threading.main_thread() not in threads


@pytest.mark.parametrize("digits", [2, 5])
def test_the_diagram_has_the_digits_of_the_panel(
    qtbot: QtBot, open_in_test: OpenWindow, digits: int
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    trace, diagram = watch.last.frames[0].trace, window.parts.network_view
    assert trace is not None
    window.resize(1600, 900)
    window.findChild(QSpinBox, "step_digits_input").setValue(digits)
    qtbot.waitUntil(lambda: diagram.sample_values.digits == digits)
    qtbot.waitUntil(lambda: digits_text(float(trace.layers[0].A[0, 0]), digits) in text(window))
    assert diagram.sample_values.texts[1:] == [
        [digits_text(a, digits) for a in layer.A[0].tolist()] for layer in trace.layers
    ]
    written = diagram.sample_values
    window.findChild(QSpinBox, "step_digits_input").setValue(8)
    before, fitting = len(written.texts[1][0]), written.digits
    assert fitting is not None
    diagram.resize(diagram.width() // 2, diagram.height())
    assert written.digits is not None
    assert 2 <= written.digits < fitting  # what has no room has fewer, at once
    assert len(written.texts[1][0]) < before
    press(Key.Key_Escape)
    window.selection.select_sample(0)
    assert diagram.sample_values.texts[1][0] == f"{trace.layers[0].A[0, 0]:.2f}"


def test_the_diagram_lights_what_takes_part_in_the_stage_and_says_no_covered_number(
    qtbot: QtBot, open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Participants | None] = []
    monkeypatch.setattr(NetworkView, "show_stage", lambda view, cast: shown.append(cast))
    window, _ = open_trained(qtbot, open_in_test)
    for number, stage in enumerate(stages_of(3)):
        child(window, f"stage_{number}_button").click()
        place = window.parts.network_view.edit.cursor
        assert place is not None
        assert shown[-1] == participants_in_stage((2, 4, 4, 1), stage, place)
    assert "ŷ" not in window.parts.network_panel.readout.text()
    press(Key.Key_Escape)
    assert shown[-1] is None
    window.selection.select_sample(0)
    assert "ŷ" in window.parts.network_panel.readout.text()


def test_while_training_goes_on_the_units_have_the_numbers_of_the_state_that_is_shown(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, _ = open_trained(qtbot, open_in_test)
    child(window, "stage_5_button").click()
    written = window.parts.network_view.sample_values
    assert written.texts[2][0].startswith("dZ ")
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("layer"))
    assert written.texts[2][0] == "?"
    run = Run(Recipe(dataset="xor", epochs=EPOCHS))
    run.advance(EPOCHS + 500)
    later = capture(run)
    window.parts.network_view.show_frame(later)  # before the page of its step comes
    given = later.forward_at(*later.X[0].tolist()).activations
    digits = written.digits
    assert digits is not None
    assert written.texts[3] == [digits_text(float(given[3][0]), digits)]
    assert written.texts[1] == [digits_text(a, digits) for a in given[1].tolist()]
    assert written.texts[2][0] == "?"  # what is covered stays so


def test_a_step_of_another_shape_goes_at_once_while_training_goes_on(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    walk, page = window.tools.step.walk, window.findChild(QTextBrowser, "step_text")
    child(window, "stage_1_button").click()
    point_at(page, "light:2,0,1")
    smaller = capture(Run(Recipe(hidden=(2,))))
    update = replace(watch.last, frames=(smaller,), is_playing=True)
    for viewer in (window.parts.network_view.show_frame, window.tools.step.show_update):
        viewer(smaller if viewer != window.tools.step.show_update else update)
        window.parts.network_view.grab()
    assert walk.walked is None
    assert text(window) == "The step is being taken apart …"
    walk.set_digits(4)
    window.parts.network_view.grab()


def test_of_another_weight_its_own_number_is_asked_for(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    trace, diagram = watch.last.frames[0].trace, window.parts.network_view
    assert trace is not None
    child(window, "stage_7_button").click()
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("results"))
    diagram.edit.pin(Place(2, 0, 0))
    diagram.edit.pin(Place(2, 0, 1))
    assert solve(window, f"{trace.layers[1].W_after[1, 0]:.6f}").startswith("Right")


def test_the_line_of_the_step_does_not_tell_what_is_covered_in_the_table(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    trace = watch.last.frames[0].trace
    assert trace is not None
    child(window, "stage_7_button").click()
    place = window.parts.network_view.edit.cursor
    assert place is not None
    g = digits_text(float(trace.layers[place.layer - 1].g.b[place.unit]), 3)
    assert text(window).count(g) >= 2  # in the line and in the table
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("all"))
    assert g not in text(window)


def test_a_click_on_a_weight_looks_at_it_and_edits_it_only_without_a_step(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, _ = open_trained(qtbot, open_in_test)
    diagram = window.parts.network_view
    layout = diagram.network_layout
    assert layout is not None
    place = layout.blocks[1].lines[0].pointAt(0.5)
    click(diagram, place)
    assert diagram.edit.edited is None
    assert "by the chain rule" in text(window) or "∂L/∂w" in text(window)
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    click(diagram, place)
    assert diagram.edit.edited is not None


def test_what_a_factor_comes_from_is_lit_while_it_is_pointed_at(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, _ = open_trained(qtbot, open_in_test)
    page, diagram = window.findChild(QTextBrowser, "step_text"), window.parts.network_view
    child(window, "stage_2_button").click()
    diagram.edit.pin(Place(2, 1, 3))
    assert "by the chain rule" in text(window)
    before = diagram.grab().toImage()
    point_at(page, "light:1,3,")  # the unit that the last factor comes from
    lit = diagram.grab().toImage()
    assert lit != before
    point_at(page, "light:3,0,1")  # and the first one
    assert diagram.grab().toImage() not in (before, lit)
    QApplication.sendEvent(page.viewport(), QEvent(QEvent.Type.Leave))
    assert diagram.grab().toImage() == before
    point_at(page, "light:1,3,")
    press(Key.Key_Escape)  # the weight, and then the step
    press(Key.Key_Escape)
    assert not window.tools.step.is_on
    window.runs.change(Recipe(hidden=(2,)))
    qtbot.waitUntil(lambda: window.runs.latest.frames[0].recipe.hidden == (2,))
    diagram.grab()


def test_a_step_that_is_on_its_way_is_told_from_one_that_is_too_large(
    qtbot: QtBot, open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    frame = watch.last.frames[0]
    without = replace(watch.last, frames=(replace(frame, trace=None),))
    window.tools.step.show_update(without)
    assert text(window) == "The step is being taken apart …"
    with monkeypatch.context() as patch:
        patch.setattr(Frame, "can_follow_gradient", property(lambda frame: False))
        window.tools.step.show_update(without)
        assert "too large" in text(window)
    window.tools.step.show_update(watch.last)
    assert "multiplies" in text(window)


def point_at(page: QTextBrowser, address: str) -> None:
    """Move the pointer to what has an address on the page."""
    cursor = QTextCursor(page.document())
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        if cursor.charFormat().anchorHref() == address:
            page.setTextCursor(cursor)
            page.ensureCursorVisible()
            place = page.cursorRect(cursor).center() - QPoint(3, 0)
            QTest.mouseMove(page.viewport(), place)
            return
    raise AssertionError(address)


def right_answer(window: MainWindow) -> str:
    """Return the number that is asked for in practice, as the step has it."""
    walked = window.tools.step.walk.walked
    assert walked is not None
    stage = walked.stages[walked.number]
    questions = questions_of(walked.trace, stage, walked.row, walked.page.place)
    page = window.findChild(QTextBrowser, "step_text")
    address = page.textCursor().charFormat().anchorHref()  # which the page has brought into sight
    return f"{right_value(walked.trace, questions[pressed_cell(address)]):.9g}"


def test_practice_leads_from_a_worked_stage_to_ever_more_blanks_of_other_samples(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    parameters = watch.last.frames[0].parameters
    child(window, "stage_5_button").click()
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("practice"))
    go_on, answer = child(window, "practice_go_on_button"), child(window, "answer_input")
    window.focus.go_home()
    samples, blanks = set(), []
    while title(window) == "Backward, hidden layer 2":
        samples.add(window.selection.value.sample)
        blanks.append(0)
        while not go_on.isVisible():
            assert answer.hasFocus()
            blanks[-1] += 1
            assert solve(window, right_answer(window)).startswith("Right")
        press(Key.Key_Return)
    assert blanks == [0, 1, 2, 6]
    assert len(samples) == 4
    assert title(window) == "Update"
    assert "?" not in text(window)
    assert window.findChild(QLabel, "score_label").text() == "9 of 9 answers right"
    press(Key.Key_Return)
    assert text(window).count("?") == 1
    press(Key.Key_Escape)  # leaves the answer
    press(Key.Key_PageUp)  # to another stage by hand: it is worked first
    assert title(window) == "Backward, hidden layer 1"
    assert BLANK not in text(window)
    assert go_on.isVisible()
    press(Key.Key_Escape)
    press(Key.Key_G)
    assert cover.currentData() == "none"
    assert not go_on.isVisible()
    assert np.array_equal(watch.last.frames[0].parameters, parameters)


def let_all_be_worked_out(window: MainWindow) -> None:
    """Go up the ladder of the last stage, and on to the next round of practice."""
    go_on = child(window, "practice_go_on_button")
    while title(window) == "Update":
        while not go_on.isVisible():
            solve(window, "1/7")
            child(window, "worked_line_button").click()  # what was shown is done, too
        go_on.click()


def test_practice_goes_to_the_next_weight_seed_where_nothing_is_trained_yet(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    before = watch.last.frames[0]
    press(Key.Key_G)
    qtbot.waitUntil(lambda: "Forward" in title(window))
    child(window, "stage_7_button").click()
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("practice"))
    let_all_be_worked_out(window)
    qtbot.waitUntil(lambda: watch.last.frames[0].run_number != before.run_number)
    after = watch.last.frames[0]
    assert after.recipe.weight_seed == before.recipe.weight_seed + 1
    assert after.epoch == 0
    assert title(window) == "Forward, hidden layer 2"
    assert cover.currentData() == "practice"
    assert child(window, "practice_go_on_button").isVisible()  # the next stage is worked first
    walked = window.tools.step.walk.walked
    assert walked is not None
    assert walked.frame.run_number == after.run_number
    press(Key.Key_Escape)
    press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: watch.last.frames[0].run_number == before.run_number)


def test_practice_leaves_weights_that_were_set_by_hand(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.runs.edit(watch.last.frames[0].run_number, ((0, 5.0),))
    qtbot.waitUntil(lambda: watch.last.frames[0].parameters[0] == 5.0)
    press(Key.Key_G)
    qtbot.waitUntil(lambda: "Forward" in title(window))
    child(window, "stage_7_button").click()
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("practice"))
    let_all_be_worked_out(window)
    assert title(window) == "Forward, hidden layer 2"
    window.runs.run_epoch()
    qtbot.waitUntil(lambda: watch.epoch == 1)
    assert watch.last.frames[0].changes[0].edits == ((0, 5.0),)


def test_practice_goes_to_other_moments_of_the_run_and_back_at_its_end(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    child(window, "stage_7_button").click()
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("practice"))
    let_all_be_worked_out(window)
    assert title(window) == "Forward, hidden layer 2"
    qtbot.waitUntil(lambda: watch.epoch == EPOCHS // 2)
    assert window.time.is_in_past
    cover.setCurrentIndex(cover.findData("results"))
    qtbot.waitUntil(lambda: watch.epoch == EPOCHS)
    assert not window.time.is_in_past


def test_what_is_being_typed_stays_when_the_same_step_is_computed_again(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("results"))
    answer = window.findChild(QLineEdit, "answer_input")
    answer.setText("0.12")
    run = Run(Recipe(dataset="xor", epochs=EPOCHS))
    run.advance(EPOCHS)
    frames = (replace(watch.last.frames[0], trace=step_trace(run.training)),)
    window.tools.step.show_update(replace(watch.last, frames=frames))
    assert answer.text() == "0.12"


def test_the_mean_loss_has_a_mark_in_its_sentence(qtbot: QtBot, open_in_test: OpenWindow) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    trace = watch.last.frames[0].trace
    assert trace is not None
    child(window, "stage_3_button").click()
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("results"))
    assert "the mean over its 21 samples:  ? ." in text(window)
    solve(window, f"{float(trace.losses[0]):.4f}")
    solve(window, f"{trace.loss:.4f}")
    assert f"the mean over its 21 samples: {trace.loss:.3f}." in text(window)


def test_what_was_solved_stays_so_when_the_same_step_is_computed_again(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, watch = open_trained(qtbot, open_in_test)
    trace = watch.last.frames[0].trace
    assert trace is not None
    cover = window.findChild(QComboBox, "step_cover_choice")
    cover.setCurrentIndex(cover.findData("results"))
    solve(window, f"{float(trace.layers[0].Z[0, 0]):.4f}")
    marks = text(window).count("?")
    run = Run(Recipe(dataset="xor", epochs=EPOCHS))
    run.advance(EPOCHS)
    again = step_trace(run.training)
    frames = (replace(watch.last.frames[0], trace=again),)
    window.tools.step.show_update(replace(watch.last, frames=frames))
    assert window.tools.step.walk.walked.trace is again
    assert text(window).count("?") == marks
    assert window.findChild(QLabel, "verdict_label").text().startswith("Right")
    run.advance(EPOCHS)
    frames = (replace(frames[0], trace=step_trace(run.training)),)
    window.tools.step.show_update(replace(watch.last, frames=frames))
    assert text(window).count("?") > marks


def test_the_number_that_is_asked_for_is_in_sight_in_a_small_window_too(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window, _ = open_trained(qtbot, open_in_test)
    window.resize(960, 540)
    child(window, "stage_6_button").click()
    page = window.findChild(QTextBrowser, "step_text")
    addresses = re.findall(r"press:[\d,]+", page.toHtml())
    for address, is_scrolled in ((addresses[-1], True), (addresses[0], False)):
        page.anchorClicked.emit(QUrl(address))
        assert page.textCursor().charFormat().anchorHref().startswith("press:")
        assert page.viewport().rect().contains(page.cursorRect())
        assert (page.verticalScrollBar().value() > 0) == is_scrolled
