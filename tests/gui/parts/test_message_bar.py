"""The message bar."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.words.messages import Message
from mlpviz.experiment.words.remedies import Remedy
from mlpviz.gui.parts.message_bar import MessageBar


@pytest.fixture
def bar(show: Callable[..., MessageBar]) -> MessageBar:
    return show(MessageBar(), 900, 34)


def test_the_bar_shows_the_words_and_a_button_for_the_remedy(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_message(Message("It broke.", True, (Remedy("Mend", Recipe(hidden=(2,))),)))
    assert bar.text == bar.label.text() == bar.accessibleDescription() == "It broke."
    assert bar.remedy_button.isVisible()
    assert bar.remedy_button.text() == bar.remedy_button.accessibleName() == "Mend"
    with qtbot.waitSignal(bar.remedy_pressed) as announced:
        qtbot.mouseClick(bar.remedy_button, Qt.MouseButton.LeftButton)
    assert announced.args == [Recipe(hidden=(2,))]


def test_a_second_remedy_has_a_button_of_its_own(qtbot: QtBot, bar: MessageBar) -> None:
    recipes = (Recipe(weight_seed=1), Recipe(hidden=(16, 16)))
    remedies = tuple(map(Remedy, ("New weights", "16 units"), recipes))
    bar.show_message(Message("It is stuck.", True, remedies))
    for button, remedy in zip((bar.remedy_button, bar.second_remedy_button), remedies, strict=True):
        assert button.isVisible()
        assert button.text() == button.accessibleName() == remedy.words
        with qtbot.waitSignal(bar.remedy_pressed) as announced:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert announced.args == [remedy.recipe]
    bar.show_message(Message("It is stuck.", True, remedies[:1]))
    assert not bar.second_remedy_button.isVisible()


def test_the_bar_keeps_its_height_whatever_it_says(bar: MessageBar) -> None:
    heights = set()
    for message in (Message(""), Message("Word. " * 200, True, (Remedy("Mend", Recipe()),))):
        bar.show_message(message)
        heights.add(bar.height())
    assert len(heights) == 1


def test_a_message_without_remedy_hides_the_button(bar: MessageBar) -> None:
    bar.show_message(Message("It broke.", True, (Remedy("Mend", Recipe()),)))
    bar.show_message(Message("Fine."))
    assert not bar.remedy_button.isVisible()
    assert bar.text == "Fine."


def test_only_a_warning_has_a_mark_beside_it(bar: MessageBar) -> None:
    bar.show_message(Message("Same words."))
    quiet = bar.grab().toImage()
    bar.show_message(Message("Same words.", is_warning=True))
    assert bar.grab().toImage() != quiet
