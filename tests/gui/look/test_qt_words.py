"""Qt's own words follow the language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from gui.catalogues import add_language
from pseudo import pseudo_language
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from mlpviz.experiment.language import use
from mlpviz.gui.look.qt_words import follow_language, language_name


@pytest.fixture(autouse=True)
def english_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    use("en")
    follow_language(qapp)


def cancel_words(qtbot: QtBot) -> str:
    """Return what Qt writes on the button of a dialog."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    return buttons.buttons()[0].text().replace("&", "")


def test_a_dialog_speaks_the_language_of_the_window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_language("de", {}, tmp_path, monkeypatch)
    assert cancel_words(qtbot) == "Cancel"
    use("de")
    follow_language(qapp)
    assert cancel_words(qtbot) == "Abbrechen"
    use("en")
    follow_language(qapp)
    assert cancel_words(qtbot) == "Cancel"


def test_pseudo_brackets_the_words_of_qt_too(qapp: QApplication, qtbot: QtBot) -> None:
    with pseudo_language():
        follow_language(qapp)
        assert cancel_words(qtbot).startswith("«Cancel x")
    follow_language(qapp)
    assert cancel_words(qtbot) == "Cancel"


def test_a_language_that_qt_does_not_know_leaves_its_words_in_english(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_language("eo", {}, tmp_path, monkeypatch)
    use("eo")
    follow_language(qapp)
    assert cancel_words(qtbot) == "Cancel"


def test_a_language_is_called_as_it_calls_itself() -> None:
    assert language_name("de") == "Deutsch"
    assert language_name("en").endswith("English")
