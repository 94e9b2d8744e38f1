"""The window in the language "pseudo": each word comes from the catalogue, and each has room."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from gui.conftest import OpenWindow
from gui.helpers import child, leave, point_at, press
from gui.key_table import STATES
from gui.parts.test_keys import enter
from gui.seen_words import Seen, words_of, words_of_menus
from pseudo import bare_words, pseudo_language
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlpviz.experiment import language
from mlpviz.experiment.data.table_choices import ENCODINGS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.look.qt_words import follow_language
from mlpviz.gui.views.help.about_drawer import font_licence, parts
from mlpviz.gui.window.main import MainWindow

# What may stand outside brackets, beside the formulas and names of `pseudo.py`.
FORMULAS = ("mean", "fan-in", "fan-out")
OF_THE_TABLE = ("table.csv",)
KEYS = ("Ctrl", "Shift", *{key for action in ACTIONS.values() for key in action.keys})
SHIPPED = tuple(word for part in parts() for word in (part.name, part.address))


TEMPLATE = Path(__file__).resolve().parents[3] / "resources" / "i18n" / "mlpviz.pot"
MANY = 100  # sentences are said in any window
SYMBOLS = {"x₁", "x₂", "N(0, 1)", "U(−1, 1)", "L1", "L2", *ENCODINGS}  # no language changes them


@cache
def in_the_template() -> frozenset[str]:
    """Return every sentence that a translator is given."""
    with TEMPLATE.open("rb") as file:
        entries = [entry.id for entry in read_po(file)]
    return frozenset(
        one for entry in entries for one in ([entry] if isinstance(entry, str) else entry)
    )


@pytest.fixture(autouse=True)
def _pseudo(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Say everything in the language "pseudo"; at the end, all of it must be in the template."""
    asked: set[str] = set()

    class Listening(language.PseudoCatalogue):
        def gettext(self, message: str) -> str:
            asked.add(message)
            return super().gettext(message)

        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            asked.update((msgid1, msgid2))
            return super().ngettext(msgid1, msgid2, n)

    monkeypatch.setattr(language, "PseudoCatalogue", Listening)
    with pseudo_language():
        yield
    follow_language(qapp)
    assert len(asked) > MANY
    assert asked - in_the_template() <= SYMBOLS


def bare(found: Iterable[Seen]) -> list[str]:
    """Return the texts with words that did not come from the catalogue."""
    exempt = (*FORMULAS, *OF_THE_TABLE, *KEYS, *SHIPPED, font_licence())
    wrong = [seen for seen in found if bare_words(seen.text, exempt)]
    return sorted({f"not translated: {seen.where}: {seen.text!r}" for seen in wrong})


def cut(found: Iterable[Seen]) -> list[str]:
    """Return the texts that have no room."""
    return sorted({f"cut: {seen.where}: {seen.text!r}" for seen in found if seen.is_cut})


def wrong_in(qtbot: QtBot, window: MainWindow, size: tuple[int, int] = (1280, 800)) -> str:
    """Return what is wrong in a window of a size, a line each."""
    window.setUpdatesEnabled(True)  # which hands that try keys out switch off
    window.parts.controls.more.open(True)
    found = words_of(qtbot, window, size)
    return "\n".join((*bare(found), *cut(found)))


@pytest.mark.parametrize("state", STATES)
def test_all_words_come_from_the_catalogue_and_have_room(
    qtbot: QtBot, open_in_test: OpenWindow, tmp_path: Path, state: str
) -> None:
    assert not wrong_in(qtbot, enter(state, qtbot, open_in_test, tmp_path).window)


RECIPES = {
    "classes": revised(Recipe(), dataset="gaussians", classes=6, train_share=0.5),
    "numbers": revised(Recipe(), dataset="plane", train_share=0.5),
    "many samples": Recipe(dataset="moons", samples=5000, train_share=0.5),
    "large": Recipe(hidden=(40, 40), optimizer="adam", regularization="l1"),
    "broken": replace(Recipe(dataset="xor"), activations_off=True),
}


@pytest.mark.parametrize("name", RECIPES)
def test_whatever_is_trained_its_words_do(
    qtbot: QtBot, open_in_test: OpenWindow, name: str
) -> None:
    recipe = replace(RECIPES[name], epochs=30)
    window = open_in_test(recipe)
    window.parts.transport.set_speed(None)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.runs.latest.is_at_limit)
    assert not wrong_in(qtbot, window)
    press(Qt.Key.Key_T)
    window.selection.select_sample(1)
    assert not wrong_in(qtbot, window)


def unit_of(window: MainWindow, layer: int) -> QPointF:
    layout = window.parts.network_view.network_layout
    assert layout is not None
    return layout.units[layer][0].center()


HOVERED: dict[str, Callable[[MainWindow], QPointF]] = {
    "input": lambda window: unit_of(window, 0),
    "unit": lambda window: unit_of(window, 1),
    "output": lambda window: unit_of(window, 3),
}


def test_the_bubble_of_the_diagram_does(qtbot: QtBot, open_in_test: OpenWindow) -> None:
    window = open_in_test(revised(Recipe(), dataset="gaussians", classes=3, frozen=(8,)))
    window.selection.select_sample(1)
    view = window.parts.network_view
    for name, place in HOVERED.items():
        point_at(view, place(window))
        assert not wrong_in(qtbot, window), name
        leave(view)


def test_the_readouts_of_map_and_loss_do(qtbot: QtBot, open_in_test: OpenWindow) -> None:
    window = open_in_test(Recipe(train_share=0.8, dataset="moons", epochs=40))
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.runs.latest.is_at_limit)
    for view in (window.parts.boundary_view, window.parts.loss_view):
        point_at(view.plot.viewport(), QPointF(view.plot.rect().center()))
        assert not wrong_in(qtbot, window)


def test_many_seeds_do_from_the_empty_drawer_on(qtbot: QtBot, open_in_test: OpenWindow) -> None:
    window = open_in_test(Recipe(epochs=200_000))
    press(Qt.Key.Key_S)
    assert not wrong_in(qtbot, window)
    button = child(window, "seeds_start_button")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not wrong_in(qtbot, window)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(button.isEnabled)
    assert not wrong_in(qtbot, window)


def test_what_explains_the_window_does(qtbot: QtBot, open_in_test: OpenWindow) -> None:
    window = open_in_test()
    for name in ("help", "keys", "about"):
        window.menus.actions[name].trigger()
        assert child(window, f"{name}_drawer").isVisible()
        assert not wrong_in(qtbot, window), name


def test_an_explanation_does(qtbot: QtBot, open_in_test: OpenWindow) -> None:
    window = open_in_test()
    for name in ("learning_rate_input", "network_view", "play_button"):
        child(window, name).setFocus(Qt.FocusReason.TabFocusReason)
        press(Qt.Key.Key_F1)
        assert child(window, "explanation").isVisible()
        assert not wrong_in(qtbot, window), name
        press(Qt.Key.Key_Escape)


@pytest.mark.parametrize("key", [Qt.Key.Key_Z, Qt.Key.Key_C])
def test_other_arrangements_do(qtbot: QtBot, open_in_test: OpenWindow, key: Qt.Key) -> None:
    window = open_in_test()
    press(key)
    assert not wrong_in(qtbot, window)


def test_the_presentation_does_on_a_projector(qtbot: QtBot, open_in_test: OpenWindow) -> None:
    window = open_in_test()
    press(Qt.Key.Key_F11)
    assert not wrong_in(qtbot, window, (1920, 1080))


def test_pinned_runs_do(qtbot: QtBot, open_in_test: OpenWindow) -> None:
    window = open_in_test(Recipe(epochs=50))
    window.runs.pin()
    window.runs.change(Recipe(epochs=50, learning_rate=0.1))
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.runs.latest.is_at_limit)
    assert not wrong_in(qtbot, window)


def test_the_menus_do(open_in_test: OpenWindow) -> None:
    window = open_in_test()
    window.runs.reset()  # which can be undone
    found = words_of_menus(window)
    assert not bare(seen for seen in found if not seen.where.startswith("menu language, "))
