"""The inputs that Qt does not have ready-made."""

from collections.abc import Callable

import pytest
from gui.helpers import child, turn_wheel
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mlpviz.gui.parts.inputs import Choice, LearningRateInput, WholeInput, next_step

LADDER = [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0]


@pytest.fixture
def rate(show: Callable[..., LearningRateInput]) -> LearningRateInput:
    spin_box = show(LearningRateInput("learning_rate_input", "Learning rate"), 120, 30)
    spin_box.setValue(0.25)
    return spin_box


def type_in(qtbot: QtBot, spin_box: QWidget, text: str) -> None:
    child(spin_box, "qt_spinbox_lineedit").selectAll()
    qtbot.keyClicks(spin_box, text)
    qtbot.keyClick(spin_box, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.05", 0.05),
        ("0,5", 0.5),
        ("1e-7", 1e-7),
        ("123456", 123456.0),
        ("1e300", 1e300),
        ("1E-300", 1e-300),
        ("+2", 2.0),
        (".5", 0.5),
        ("0.1234567890123456", 0.1234567890123456),
    ],
)
def test_any_finite_learning_rate_above_zero_can_be_typed(
    qtbot: QtBot, rate: LearningRateInput, text: str, value: float
) -> None:
    with qtbot.waitSignal(rate.valueChanged) as announced:
        type_in(qtbot, rate, text)
    assert announced.args == [value]
    assert rate.value() == value
    assert float(rate.text()) == value


@pytest.mark.parametrize(
    "text", ["-1", "0", "0.0", "nan", "inf", "1e999", "1e-999", "abc", "1-2", "."]
)
def test_what_is_no_learning_rate_leaves_the_old_one(
    qtbot: QtBot, rate: LearningRateInput, text: str
) -> None:
    with qtbot.assertNotEmitted(rate.valueChanged):
        type_in(qtbot, rate, text)
    assert rate.value() == 0.25
    assert rate.text() == "0.25"


def test_a_learning_rate_is_announced_when_it_is_complete(
    qtbot: QtBot, rate: LearningRateInput
) -> None:
    child(rate, "qt_spinbox_lineedit").selectAll()
    with qtbot.assertNotEmitted(rate.valueChanged):
        qtbot.keyClicks(rate, "0.03")


def test_the_arrows_climb_the_ladder_and_end_at_its_ends(
    qtbot: QtBot, rate: LearningRateInput
) -> None:
    rate.setValue(1e-5)
    climbed = [rate.value()]
    for _ in range(len(LADDER)):
        qtbot.keyClick(rate, Qt.Key.Key_Up)
        climbed.append(rate.value())
    assert climbed == [*LADDER, 10.0]
    for _ in range(len(LADDER)):
        qtbot.keyClick(rate, Qt.Key.Key_Down)
    assert rate.value() == 1e-5


@pytest.mark.parametrize(
    ("value", "up", "down"),
    [(0.2, 0.3, 0.1), (1e300, 1e300, 10.0), (1e-300, 1e-5, 1e-300), (10.0, 10.0, 3.0)],
)
def test_a_number_off_the_ladder_steps_to_its_neighbours(
    value: float, up: float, down: float
) -> None:
    assert (next_step(value, up=True), next_step(value, up=False)) == (up, down)


def test_a_choice_announces_its_key_and_shows_one_in_silence(
    qtbot: QtBot, show: Callable[..., Choice]
) -> None:
    choice = show(Choice("loss_choice", "Loss", {"a": "First", "b": "Second"}), 120, 30)
    with qtbot.waitSignal(choice.chosen) as announced:
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert announced.args == ["b"]
    with qtbot.assertNotEmitted(choice.chosen):
        choice.choose("a")
    assert (choice.key(), choice.currentText()) == ("a", "First")


def test_the_wheel_turns_a_number_only_while_it_has_the_focus(
    qtbot: QtBot, show: Callable[..., QWidget]
) -> None:
    parent = QWidget()
    fields = [WholeInput("w", "W", 0, 9), LearningRateInput("r", "R")]
    for field in fields:
        field.setParent(parent)
        field.setValue(1)
    show(parent, 200, 100)
    qtbot.waitUntil(parent.isActiveWindow)
    for field in fields:
        parent.setFocus()
        assert not turn_wheel(field, field.rect().center().toPointF())
        assert field.value() == 1
        field.setFocus()
        assert turn_wheel(field, field.rect().center().toPointF())
        assert field.value() > 1


def test_the_wheel_never_turns_a_choice(qtbot: QtBot, show: Callable[..., Choice]) -> None:
    choice = show(Choice("loss_choice", "Loss", {"a": "First", "b": "Second"}), 120, 30)
    choice.setFocus()
    for notches in (-1, 1):
        assert not turn_wheel(choice, choice.rect().center().toPointF(), notches)
    assert choice.key() == "a"
