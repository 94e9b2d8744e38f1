"""The transport bar."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from frames import make_frame
from gui.helpers import child, clipped_labels, strays
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
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

    light = pictures()
    transport.set_look(DARK)
    assert all(a != b for a, b in zip(light, pictures(), strict=True))


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
