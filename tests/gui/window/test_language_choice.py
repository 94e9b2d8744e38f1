"""The choice of the language: there where there are several; it counts from the next start."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gui.catalogues import add_language
from gui.conftest import OpenWindow
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from mlpviz.experiment.language import present, use
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.sharing import Shared
from mlpviz.gui.look.qt_words import follow_language
from mlpviz.gui.look.settings import LANGUAGE, Settings
from mlpviz.gui.window import app as module
from mlpviz.gui.window.main import MainWindow


@pytest.fixture(autouse=True)
def english_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    use("en")
    follow_language(qapp)


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be German, with few words."""
    add_language("de", {"Samples": "Beispiele"}, tmp_path, monkeypatch)


def entries(window: MainWindow) -> list[str]:
    return [action.text() for action in window.menus.menus["language"].actions()]


def test_with_one_language_there_is_no_menu(window: MainWindow) -> None:
    assert not window.menus.menus["language"].menuAction().isVisible()


@pytest.mark.usefixtures("german")
def test_a_language_is_chosen_for_the_next_start(open_in_test: OpenWindow) -> None:
    window = open_in_test()
    menu = window.menus.menus["language"]
    assert menu.menuAction().isVisible()
    assert entries(window)[0] == "Language of the desktop"
    assert "Deutsch" in entries(window)
    assert [action.text() for action in menu.actions() if action.isChecked()] == [
        entries(window)[0]
    ]
    menu.actions()[entries(window).index("Deutsch")].trigger()
    said = window.parts.message_bar.text
    assert said == "From the next start on, the language is Deutsch."
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Deutsch"]
    assert present() == "en"  # what is seen stays as it is
    assert Settings().get(LANGUAGE) == "de"


def run_and_close(qapp: QApplication, look: Callable[[MainWindow], str], *language: str) -> str:
    """Start as the command line does, look at the window, close it; return what was seen."""
    seen: list[str] = []

    def look_and_close() -> None:
        (window,) = (w for w in qapp.topLevelWidgets() if isinstance(w, MainWindow))
        seen.append(look(window))
        window.close()

    QTimer.singleShot(0, look_and_close)
    assert module.run(Shared(Recipe()), *language) == 0
    return seen[0]


def samples_words(window: MainWindow) -> str:
    return window.menus.actions["samples"].text()


@pytest.mark.usefixtures("german")
def test_a_start_takes_the_language_that_is_kept_and_one_asked_for_before_it(
    qapp: QApplication,
) -> None:
    Settings().keep(LANGUAGE, "de")
    assert run_and_close(qapp, samples_words) == "Beispiele"
    assert run_and_close(qapp, samples_words, "en") == "Samples"


def test_a_language_that_is_there_no_more_does_not_count(qapp: QApplication) -> None:
    Settings().keep(LANGUAGE, "eo")
    assert run_and_close(qapp, samples_words) == "Samples"
