"""The window on a projector, and on a small screen."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from frames import make_frame
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, clipped_labels, press, show_numbers, strays
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.look.look import current_look
from mlpviz.gui.look.settings import GEOMETRY
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key


@pytest.fixture
def presented(window: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    press(Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    yield window
    window.presentation.end()
    assert current_look().factor == 1.0


def pixels(label: QLabel) -> int:
    return QFontInfo(label.font()).pixelSize()


def test_in_a_presentation_numbers_and_words_can_be_read_from_the_last_row(
    presented: MainWindow,
) -> None:
    height, transport = presented.height(), presented.parts.transport
    for label in (
        transport.readouts.epoch_label,
        transport.readouts.loss_label,
        transport.readouts.accuracy_label,
    ):
        assert pixels(label) >= 0.04 * height
    labels = [label for label in presented.findChildren(QLabel) if label.isVisible()]
    assert len(labels) > 5
    for label in labels:
        assert pixels(label) >= 0.025 * height - 0.5, label.text()


def test_two_runs_are_as_large(qtbot: QtBot, presented: MainWindow, watch: Watch) -> None:
    presented.runs.open((Recipe(train_share=0.5), Recipe(train_share=0.5, learning_rate=0.1)))
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 2)
    transport = presented.parts.transport
    for label in (
        transport.readouts.epoch_label,
        transport.readouts.loss_label,
        transport.readouts.test_accuracy_label,
    ):
        assert pixels(label) >= 0.04 * presented.height()


def test_controls_are_folded_away_and_c_shows_them(presented: MainWindow) -> None:
    controls = presented.parts.controls
    assert not controls.isVisible()
    stage = presented.parts.stage.geometry()
    press(Key.Key_C)
    assert controls.isVisible()
    assert presented.parts.stage.geometry() == stage
    press(Key.Key_Escape)
    assert not controls.isVisible()
    assert presented.isFullScreen()


def test_a_presentation_ends_with_f11_or_esc_and_all_is_as_before(window: MainWindow) -> None:
    before = window.size(), window.parts.controls.isVisible(), window.parts.stage.geometry()
    for key in (Key.Key_F11, Key.Key_Escape):
        press(Key.Key_F11)
        assert window.isFullScreen()
        assert current_look().factor > 1.0
        press(key)
        assert not window.isFullScreen()
        assert current_look().factor == 1.0
        after = window.size(), window.parts.controls.isVisible(), window.parts.stage.geometry()
        assert after == before


def test_a_clicker_plays_pauses_and_goes_back(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    press(Key.Key_PageDown)
    qtbot.waitUntil(lambda: watch.epoch > 2)
    press(Key.Key_PageDown)
    qtbot.waitUntil(lambda: not watch.last.is_playing)
    for _ in range(20):  # a tenth each, or one epoch of a few
        press(Key.Key_PageUp)
    qtbot.waitUntil(lambda: watch.epoch == 0)
    assert watch.last.frames[0].is_past


def test_the_bar_at_the_upper_edge_has_what_the_transport_bar_has_no_room_for(
    qtbot: QtBot, presented: MainWindow
) -> None:
    bar, transport = presented.presentation.bar, presented.parts.transport
    names = ("new_weights_button", "speed_slider", "menu_button", "experiments_button")
    assert not any(child(presented, name).isVisible() for name in names)
    assert child(presented, "edge").isVisible()
    bar.appear()
    assert all(child(bar, name).isVisible() for name in (*names, "presentation_button"))
    child(bar, "presentation_button").click()
    assert not presented.isFullScreen()
    assert not bar.isVisible()
    for name in names:
        assert transport.isAncestorOf(child(presented, name))
        assert child(presented, name).isVisible()


def test_on_every_projector_the_numbers_have_room(qtbot: QtBot, presented: MainWindow) -> None:
    for size, count in product([(1024, 768), (1280, 800), (1920, 1080)], [1, 2]):
        presented.resize(*size)
        presented.runs.open((Recipe(), Recipe(learning_rate=0.1))[:count])
        assert_numbers_have_room(qtbot, presented, size, count)


def assert_numbers_have_room(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int], count: int
) -> None:
    """Check the numbers of so many runs in a window that is getting a size."""
    transport = window.parts.transport
    qtbot.waitUntil(lambda: len(window.runs.latest.frames) == count)
    qtbot.waitUntil(lambda: [*strays(transport), *clipped_labels(transport)] == [])
    assert (window.width(), window.height()) == size
    assert transport.sizeHint().width() <= transport.width(), (size, count)
    shown = transport.readouts
    for label in (shown.epoch_label, shown.loss_label, shown.accuracy_label):
        widest = {shown.loss_label: "0.0015 | 0.2210", shown.epoch_label: "10\u2009000"}
        text = widest.get(label, "100.0\u2009% | 100.0\u2009%") if count == 2 else "0.7046"
        width = label.fontMetrics().horizontalAdvance(text)
        assert width <= label.width(), (size, count, text)


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080)])
def test_an_epoch_of_the_past_is_whole_above_and_below(
    presented: MainWindow, size: tuple[int, int], count: int
) -> None:
    presented.resize(*size)
    frames = (make_frame(epoch=600, live=Position(2099, 0)),) * count
    show_numbers(presented, Update(frames, is_playing=False))
    label = presented.parts.transport.readouts.epoch_label
    assert label.text() == "600 of 2\u2009099"
    picture = label.grab().toImage()
    ground = picture.pixelColor(picture.width() - 1, picture.height() // 2)
    columns, last = range(picture.width()), picture.height() - 1
    for y in (0, last):
        assert all(picture.pixelColor(x, y) == ground for x in columns), y
    assert any(picture.pixelColor(x, y) != ground for x in columns for y in range(last))


def test_beside_an_epoch_of_the_past_all_other_numbers_are_whole(
    qtbot: QtBot, presented: MainWindow, watch: Watch
) -> None:
    presented.resize(1024, 768)
    split = Recipe(train_share=0.5)
    presented.runs.open((split,))
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].recipe == split)
    frame = replace(watch.last.frames[0], epoch=12_345, live=Position(100_000, 0))
    show_numbers(presented, Update((frame,), is_playing=False))
    transport = presented.parts.transport
    epoch = transport.readouts.epoch_label.text()
    assert epoch == "12\u2009345 of 100\u2009000"
    qtbot.waitUntil(lambda: transport.sizeHint().width() <= transport.width(), timeout=5000)
    clipped = [text for text in clipped_labels(transport) if text != epoch]  # which has two rows
    assert [*strays(transport), *clipped] == []


def test_the_names_of_rows_stand_beside_their_numbers(
    qtbot: QtBot, presented: MainWindow, watch: Watch
) -> None:
    splits = Recipe(train_share=0.5), Recipe(train_share=0.5, learning_rate=0.1)
    presented.runs.open(splits)
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 2)
    readouts = presented.parts.transport.readouts
    names = {label.text(): label for label in readouts.findChildren(QLabel)}
    for name, number in (("train", readouts.loss_label), ("test", readouts.test_loss_label)):
        middles = [
            label.mapTo(readouts, label.rect().center()).y() for label in (names[name], number)
        ]
        qtbot.waitUntil(lambda label=names[name]: label.isVisible())
        assert abs(middles[0] - middles[1]) <= 1, name


def test_a_step_can_be_read_whole_on_a_small_projector(qtbot: QtBot, presented: MainWindow) -> None:
    presented.resize(1024, 768)
    press(Key.Key_G)
    qtbot.waitUntil(lambda: child(presented, "step_title").text() != "")
    panel = child(presented, "step_drawer").parentWidget()
    seen = "step_title step_note step_cover_choice step_play_button step_close_button"
    parts = [child(panel, name) for name in (*seen.split(), "step_batch_button")]
    qtbot.waitUntil(lambda: [*strays(panel), *clipped_labels(panel)] == [])
    for part in parts:
        assert part.isVisible(), part.objectName()
        assert part.width() >= part.sizeHint().width(), part.objectName()
    presented.presentation.end()
    digits = child(panel, "step_digits_input")
    qtbot.waitUntil(digits.isVisible)
    assert digits.width() >= digits.sizeHint().width()


def test_where_a_presentation_is_narrow_step_and_reset_are_in_the_bar_at_the_upper_edge(
    qtbot: QtBot, presented: MainWindow
) -> None:
    presented.resize(1024, 768)
    bar, transport = presented.presentation.bar, presented.parts.transport
    buttons = transport.step_button, transport.reset_button
    qtbot.waitUntil(lambda: all(bar.isAncestorOf(button) for button in buttons))
    presented.resize(1920, 1080)
    qtbot.waitUntil(lambda: not any(bar.isAncestorOf(button) for button in buttons))
    presented.resize(1024, 768)
    presented.presentation.end()
    assert all(button.isVisible() for button in buttons)
    order = [transport.play_button, *buttons, transport.new_weights_button]
    qtbot.waitUntil(
        lambda: (
            (lefts := [button.mapTo(transport, QPoint()).x() for button in order]) == sorted(lefts)
        )
    )


def test_the_menus_open_by_key_in_a_presentation_too(qtbot: QtBot, presented: MainWindow) -> None:
    for key, name in ((Key.Key_F10, "main"), (Key.Key_X, "experiments")):
        menu = presented.menus.menus[name]
        met = []
        menu.aboutToShow.connect(lambda met=met, menu=menu: met.append(menu))
        press(key)
        assert met == [menu]
        assert presented.presentation.bar.isVisible()
        menu.close()


def test_where_the_window_is_narrow_the_controls_are_a_drawer(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test()
    controls, button = window.parts.controls, child(window, "controls_button")
    window.resize(960, 500)
    qtbot.waitUntil(lambda: not controls.isVisible())
    assert button.isVisible()
    button.click()
    assert controls.isVisible()
    assert controls.geometry().left() == window.parts.stage.geometry().left()
    assert controls.height() == window.parts.stage.height()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: not button.isVisible())
    assert controls.isVisible()
    assert controls.geometry().right() < window.parts.stage.geometry().left()


def test_of_two_runs_the_button_of_the_folded_controls_says_which_one_they_change(
    qtbot: QtBot, presented: MainWindow, watch: Watch
) -> None:
    button = child(presented, "controls_button")
    usual = button.accessibleName(), button.toolTip()
    assert button.text() == ""
    presented.runs.open((Recipe(), Recipe(learning_rate=0.1)))
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 2)
    assert button.text() == "B"
    assert button.accessibleName() == "Controls of run B"
    assert "of run B" in button.toolTip()
    presented.runs.open((Recipe(),))
    assert (button.text(), button.accessibleName(), button.toolTip()) == ("", *usual)


def test_controls_that_were_hidden_stay_so_through_a_narrow_window(
    qtbot: QtBot, window: MainWindow
) -> None:
    press(Key.Key_C)
    assert not window.parts.controls.isVisible()
    window.resize(960, 500)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.width() == 1280)
    assert not window.parts.controls.isVisible()


def test_a_window_that_is_closed_while_presenting_leaves_its_size_and_the_usual_look(
    open_in_test: OpenWindow,
) -> None:
    window, other = open_in_test(), open_in_test()
    before = window.size()
    window.menus.actions["presentation"].trigger()
    assert current_look().factor > 1.0
    window.close()
    assert current_look().factor == 1.0
    kept = [int(number) for number in window.settings.get(GEOMETRY).split()[:4]]
    assert kept[2:] == [before.width(), before.height()]
    assert other.isVisible()
