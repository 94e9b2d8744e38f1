"""The transport bar."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from frames import make_frame
from gui.helpers import child, clipped_labels, strays
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.words.formats import accuracy_text, loss_text
from mlpviz.gui.look.look import DARK
from mlpviz.gui.views.controls.transport import SPEEDS, Transport


@pytest.fixture
def transport(show: Callable[..., Transport]) -> Transport:
    return show(Transport(), 1264, 50)


def test_it_shows_epoch_loss_accuracy_and_seed_of_a_frame(transport: Transport) -> None:
    frame = make_frame(Recipe(weight_seed=41), epoch=12_340, loss=0.00414, accuracy=20 / 21)
    transport.show_frame(frame)
    assert child(transport, "epoch_label").text() == "12\u2009340"
    assert child(transport, "loss_label").text() == "0.0041"
    assert child(transport, "accuracy_label").text() == "95.2\u2009%"
    assert transport._seed_label.text() == "seed 41"


def test_of_two_runs_both_numbers_are_shown_in_labels_of_one_width(transport: Transport) -> None:
    a, b = make_frame(loss=0.0015, accuracy=1.0), make_frame(loss=float("nan"), accuracy=0.5)
    label = child(transport, "loss_label")
    transport.show_frame(a, b)
    assert label.text() == "0.0015 | NaN"
    assert child(transport, "accuracy_label").text() == "100.0\u2009% | 50.0\u2009%"
    width = label.width()
    transport.show_frame(a, make_frame(loss=1.25e-300))
    assert label.width() == width
    transport.set_look(DARK)
    widest = QFontMetrics(label._font).horizontalAdvance("1.25e−300 | 1.25e−300")
    assert widest <= width
    transport.show_frame(a)
    assert label.text() == "0.0015"


def test_loss_and_accuracy_of_the_test_set_are_shown_while_there_is_one(
    transport: Transport,
) -> None:
    loss, accuracy = child(transport, "test_loss_label"), child(transport, "test_accuracy_label")
    transport.show_frame(make_frame())
    assert not loss.isVisible()
    assert not accuracy.isVisible()
    frame = make_frame(Recipe(train_share=0.5))
    assert frame.test is not None
    frame = replace(frame, loss=0.125, test=replace(frame.test, loss=0.25, accuracy=0.75))
    transport.show_frame(frame)
    assert loss.isVisible()
    assert accuracy.isVisible()
    assert (loss.text(), accuracy.text()) == ("0.2500", "75.0\u2009%")
    assert child(transport, "loss_label").text() == "0.1250"
    transport.show_frame(make_frame())
    assert not loss.isVisible()
    assert not accuracy.isVisible()


def with_wrong(wrong: int, test_wrong: int = 0, recipe: Recipe | None = None) -> Frame:
    """Make a frame with so many wrong samples, of the training set and of the test set."""
    frame = make_frame(recipe or Recipe())
    frame = replace(frame, accuracy=1.0 - wrong / len(frame.X))
    if frame.test is None:
        return frame
    share = 1.0 - test_wrong / len(frame.test.X)
    return replace(frame, test=replace(frame.test, accuracy=share))


def test_beside_the_accuracy_it_counts_what_is_wrong_and_nothing_moves(
    qtbot: QtBot, transport: Transport
) -> None:
    label = child(transport, "wrong_label")
    transport.show_frame(with_wrong(21))
    assert label.text() == "21 of 21 wrong"
    assert label.isVisible()
    qtbot.waitUntil(lambda: clipped_labels(transport) == [])
    transport.grab()  # which lays it out in full
    places = [label.geometry() for label in transport.findChildren(QLabel)]
    for wrong in (20, 9, 1, 0):
        transport.show_frame(with_wrong(wrong))
        assert label.text() == f"{wrong} of 21 wrong"
        transport.grab()
        assert [label.geometry() for label in transport.findChildren(QLabel)] == places


def test_what_is_wrong_in_the_test_set_is_counted_beside_its_own_accuracy(
    qtbot: QtBot, transport: Transport
) -> None:
    transport.show_width(1600)
    label, test_label = child(transport, "wrong_label"), child(transport, "test_wrong_label")
    transport.show_frame(with_wrong(1, 2, Recipe(train_share=0.7)))
    assert (label.text(), test_label.text()) == ("1 of 15 wrong", "2 of 6 wrong")
    accuracy = child(transport, "test_accuracy_label")
    assert label.isVisible()
    assert test_label.parentWidget().parentWidget() is accuracy.parentWidget()
    split = [with_wrong(n, n + 1, Recipe(train_share=0.7)) for n in (1, 3)]
    transport.show_frame(*split)  # now in rows, which are called train and test
    assert (label.text(), test_label.text()) == ("1 | 3 of 15 wrong", "2 | 4 of 6 wrong")
    qtbot.waitUntil(lambda: top_of(label, transport) < top_of(test_label, transport))
    near = child(transport, "accuracy_label"), accuracy
    for count, number in zip((label, test_label), near, strict=True):
        assert abs(top_of(count, transport) - top_of(number, transport)) <= 2
    transport.show_frame(with_wrong(1))
    assert not test_label.isVisible()


def test_where_room_is_short_the_count_is_brief(transport: Transport) -> None:
    label = child(transport, "wrong_label")
    transport.show_frame(with_wrong(3, 1, Recipe(train_share=0.7)))
    transport.show_width(1000)
    assert label.text() == "3 wrong"
    transport.show_width(1600)
    assert label.text() == "3 of 15 wrong"


def test_where_there_are_no_classes_nothing_is_wrong(transport: Transport) -> None:
    label = child(transport, "wrong_label")
    transport.show_frame(with_wrong(2))
    assert label.isVisible()
    transport.show_frame(make_frame(revised(Recipe(), dataset="plane")))
    assert not label.isVisible()
    transport.show_frame(with_wrong(2))
    assert label.isVisible()


def test_a_loss_that_is_no_number_is_said_in_words(transport: Transport) -> None:
    transport.show_frame(make_frame(Recipe(activations_off=True)))
    assert child(transport, "loss_label").text() == "not a number"


@pytest.mark.parametrize("name", ["play", "step", "reset", "new_weights"])
def test_each_button_announces_that_it_was_pressed(
    qtbot: QtBot, transport: Transport, name: str
) -> None:
    with qtbot.waitSignal(getattr(transport, f"{name}_pressed")):
        qtbot.mouseClick(child(transport, f"{name}_button"), Qt.MouseButton.LeftButton)


def test_the_play_button_says_what_it_will_do(transport: Transport) -> None:
    texts, pictures = [], []
    for is_playing in (False, True, False):
        transport.show_playing(is_playing)
        texts.append(transport.play_button.text())
        pictures.append(transport.play_button.icon().pixmap(18, 18).toImage())
    assert texts == ["Play", "Pause", "Play"]
    assert pictures[0] != pictures[1]
    assert pictures[0] == pictures[2]


def test_the_slider_goes_from_one_epoch_per_second_to_flat_out(
    qtbot: QtBot, transport: Transport
) -> None:
    slider = transport.speed_slider
    assert transport.speed == 100
    seen: list[float | None] = []
    transport.speed_chosen.connect(seen.append)
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    for _ in SPEEDS:
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert seen == list(SPEEDS)
    assert transport.speed is None
    assert child(transport, "speed_label").text() == "flat out"


def test_a_speed_is_shown_without_being_announced(qtbot: QtBot, transport: Transport) -> None:
    with qtbot.assertNotEmitted(transport.speed_chosen):
        transport.set_speed(10_000)
    assert transport.speed == 10_000
    assert child(transport, "speed_label").text() == "10\u2009000/s"


def test_the_icons_follow_the_theme(transport: Transport) -> None:
    def pictures() -> list[object]:
        return [b.icon().pixmap(18, 18).toImage() for b in transport.buttons()]

    transport.present(True)  # with words beside it, one of them has no picture
    light = pictures()
    transport.set_look(DARK)
    assert all(a != b for a, b in zip(light, pictures(), strict=True))


def test_one_epoch_is_said_by_words_or_by_the_icon_and_never_by_both(transport: Transport) -> None:
    step = child(transport, "step_button")
    assert isinstance(step, QPushButton)
    assert step.text() == "1 epoch"
    assert step.icon().isNull()
    transport.present(True)
    assert step.text() == ""
    assert not step.icon().isNull()


def test_buttons_without_words_still_have_a_name(transport: Transport) -> None:
    transport.show_width(1000)
    for button in transport.buttons():
        assert button.accessibleName()
        assert button.text() or not button.icon().isNull()


def test_of_two_runs_with_test_sets_the_numbers_of_both_are_shown(
    qtbot: QtBot, transport: Transport
) -> None:
    split = Recipe(dataset="moons", noise=0.2, train_share=0.5)
    a, b = make_frame(split, 30), make_frame(replace(split, learning_rate=0.1), 30)
    assert a.test is not None
    assert b.test is not None
    loss, accuracy = child(transport, "test_loss_label"), child(transport, "test_accuracy_label")
    transport.show_frame(a, b)
    assert loss.isVisible()
    assert loss.text() == f"{loss_text(a.test.loss)} | {loss_text(b.test.loss)}"
    texts = [accuracy_text(part.accuracy) for part in (a.test, b.test)]
    assert accuracy.text() == " | ".join(texts)
    assert top_of(loss, transport) > top_of(child(transport, "loss_label"), transport)
    qtbot.waitUntil(lambda: [*strays(transport), *clipped_labels(transport)] == [])
    transport.show_frame(a)
    assert loss.text() == loss_text(a.test.loss)
    qtbot.waitUntil(
        lambda: top_of(loss, transport) == top_of(child(transport, "loss_label"), transport)
    )
    transport.show_frame(make_frame(), make_frame())
    assert not loss.isVisible()
    assert not accuracy.isVisible()


def top_of(widget: QWidget, parent: QWidget) -> int:
    return widget.mapTo(parent, QPoint()).y()
