"""The input for a share in per cent."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator
from pytestqt.qtbot import QtBot

from mlpviz.experiment.words.formats import percent_digits
from mlpviz.gui.parts.percent_input import ShareInput
from mlpviz.gui.views.controls.controls import NOISES, TRAIN_SHARES


@pytest.fixture
def noise(show: Callable[..., ShareInput]) -> ShareInput:
    return show(ShareInput("noise_input", "Noise", NOISES, 0.5), 90, 30)


@pytest.fixture
def part(show: Callable[..., ShareInput]) -> ShareInput:
    field = show(ShareInput("train_share_input", "Training share", TRAIN_SHARES, 0.9), 90, 30)
    field.setValue(1.0)
    return field


def type_in(qtbot: QtBot, field: ShareInput, text: str) -> float:
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    return field.value()


def test_the_arrows_step_5_and_10_per_cent_to_the_very_decimals(
    noise: ShareInput, part: ShareInput
) -> None:
    seen = [noise.value()]
    for _ in range(11):
        noise.stepBy(1)
        seen.append(noise.value())
    assert seen == [0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.5]
    seen = []
    for _ in range(10):
        seen.append(part.value())
        part.stepBy(-1)
    assert seen == [1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]
    assert part.value() == 0.1


@pytest.mark.parametrize(
    ("typed", "share"), [("12.5", 0.125), ("12,5 %", 0.125), ("0", 0.0), ("50%", 0.5)]
)
def test_any_share_in_range_can_be_typed(
    qtbot: QtBot, noise: ShareInput, typed: str, share: float
) -> None:
    assert type_in(qtbot, noise, typed) == share


@pytest.mark.parametrize("typed", ["51", "-1", "", "abc", "1e9"])
def test_what_cannot_be_chosen_gives_way_to_what_was_there(
    qtbot: QtBot, noise: ShareInput, typed: str
) -> None:
    noise.setValue(0.2)
    assert type_in(qtbot, noise, typed) == 0.2


@pytest.mark.parametrize("text", ["95 %", "99", "9", "101"])
def test_between_90_per_cent_and_all_there_is_no_split(part: ShareInput, text: str) -> None:
    assert part.validate(text, 0)[0] == QValidator.State.Intermediate
    assert part.validate("90 %", 0)[0] == part.validate("100 %", 0)[0]
    assert part.validate("90 %", 0)[0] == QValidator.State.Acceptable


@pytest.mark.parametrize("share", [0.0, 0.1, 0.29, 0.123456789012, 0.7, 1.0])
def test_what_is_written_means_the_very_same_share(share: float) -> None:
    assert float(percent_digits(share)) / 100.0 == share


def test_to_look_at_a_share_does_not_change_its_last_digit(part: ShareInput) -> None:
    part.setValue(1.0 / 3.0)
    part.interpretText()
    assert part.value() == 1.0 / 3.0


def test_whole_per_cents_are_written_short(part: ShareInput) -> None:
    assert part.text() == "100 %"
    part.setValue(0.7)
    assert part.text() == "70 %"
    part.setValue(0.3)
    assert part.text() == "30 %"
