"""The menus: made of the table, every action bound, and each one tried in every state."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, press
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.sharing import Shared
from mlpviz.gui.actions.action import Submenu
from mlpviz.gui.actions.action_table import ACTIONS, TABLE
from mlpviz.gui.actions.experiment_actions import OPENS
from mlpviz.gui.look.look import LIGHT, apply_look, current_look
from mlpviz.gui.parts.drawer import Drawer
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.map.map_menu import MapMenu
from mlpviz.gui.window.main import MainWindow
from mlpviz.gui.window.menus import TOP, Menus

Key = Qt.Key


@pytest.fixture
def bare(show: Callable[[QWidget, int, int], QWidget], qtbot: QtBot) -> QWidget:
    """A window that has nothing in it."""
    window = show(QWidget(), 100, 100)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def alone(bare: QWidget) -> Menus:
    """The menus of a window that has nothing else."""
    return Menus(bare)


def test_a_menu_has_its_entries_in_groups_as_the_table_has_them(alone: Menus) -> None:
    for name in (*TOP, *(entry.id for entry in TABLE if isinstance(entry, Submenu))):
        entries = [entry for entry in TABLE if entry.menu == name]
        lines = []
        for i, entry in enumerate(entries):
            lines += [""] if i and entries[i - 1].group != entry.group else []
            lines += [entry.name]
        assert [action.text() for action in alone.menus[name].actions()] == lines


def test_an_action_has_the_words_and_keys_of_the_table(alone: Menus) -> None:
    assert set(alone.actions) == set(ACTIONS)
    for name, action in alone.actions.items():
        entry = ACTIONS[name]
        assert action.objectName() == f"{name}_action"
        assert (action.text(), action.toolTip()) == (entry.name, entry.does)
        assert tuple(key.toString() for key in action.shortcuts()) == entry.keys
        assert (action.isCheckable(), action.autoRepeat()) == (entry.is_checkable, entry.repeats)


def test_an_action_does_what_is_bound_to_its_id_by_menu_and_by_key(alone: Menus) -> None:
    done: list[object] = []
    alone.bind({"swap": lambda: done.append("swap")})
    alone.bind_switches({"contours": done.append})
    alone.actions["swap"].trigger()
    press(Key.Key_M)
    press(Key.Key_P)
    press(Key.Key_P)
    assert done == ["swap", "swap", True, False]


def test_nothing_is_bound_twice_or_to_an_action_that_there_is_not(alone: Menus) -> None:
    alone.bind({"swap": alone.deleteLater})
    for name in ("swap", "fly"):
        with pytest.raises(ValueError, match=f"'{name}'"):
            alone.bind({name: alone.deleteLater})
    with pytest.raises(ValueError, match="bound already"):
        alone.bind_switches({"swap": print})
    assert alone.unbound == set(ACTIONS) - {"swap"}


def test_what_cannot_be_done_at_the_moment_is_not_offered(alone: Menus) -> None:
    pins = alone.menus["pins"]
    assert not alone.actions["unpin"].isEnabled()
    assert not pins.isEnabled()
    alone.learn(has_pins=True)
    alone.learn(has_sample=True)
    assert pins.isEnabled()
    assert alone.actions["unpin"].isEnabled()
    assert alone.actions["clear_sample"].isEnabled()
    assert not alone.actions["undo"].isEnabled()


def test_an_action_that_is_not_offered_has_no_key(alone: Menus) -> None:
    done: list[str] = []
    alone.bind({"swap": lambda: done.append("swap")})
    alone.offer("swap", is_offered=False)
    press(Key.Key_M)
    assert done == []
    alone.offer("swap", is_offered=True)
    press(Key.Key_M)
    assert done == ["swap"]


def test_an_action_can_be_called_differently_for_a_while(alone: Menus) -> None:
    alone.rename("report", "Cancel R&D")
    assert alone.actions["report"].text() == "Cancel R&&D"
    alone.rename("report")
    assert alone.actions["report"].text() == "Save report…"


def test_a_submenu_is_filled_with_an_entry_for_each_thing(alone: Menus) -> None:
    chosen: list[int] = []
    alone.fill("pins", ("a & b",), chosen.append)
    alone.fill("pins", ("c", "a & b"), chosen.append)
    entries = alone.menus["pins"].actions()
    assert [entry.text() for entry in entries] == ["c", "a && b"]
    entries[1].trigger()
    assert chosen == [1]


def test_one_theme_is_chosen_at_a_time(alone: Menus) -> None:
    themes = [alone.actions[f"theme_{name}"] for name in ("system", "light", "dark")]
    for theme in themes:
        theme.trigger()
        assert [other for other in themes if other.isChecked()] == [theme]


def test_undo_and_redo_name_what_they_would_do(alone: Menus) -> None:
    stack = QUndoStack(alone)
    alone.bind({"undo": stack.undo, "redo": stack.redo})
    alone.follow(stack)
    undo, redo = alone.actions["undo"], alone.actions["redo"]
    stack.push(QUndoCommand("w = 1"))
    assert (undo.text(), undo.isEnabled(), redo.isEnabled()) == ("Undo: w = 1", True, False)
    undo.trigger()
    assert (undo.text(), redo.text()) == ("Undo", "Redo: w = 1")
    assert (undo.isEnabled(), redo.isEnabled()) == (False, True)


# In the window


def test_every_action_of_the_window_is_bound_and_there_once(window: MainWindow) -> None:
    assert window.menus.unbound == set()
    for name, action in window.menus.actions.items():
        assert window.findChildren(QAction, f"{name}_action") == [action]
        assert action in window.actions()
    assert set(window.actions()) == set(window.menus.actions.values())


def test_a_button_that_does_the_same_has_the_words_of_its_action(window: MainWindow) -> None:
    found = set()
    for name, action in ACTIONS.items():
        for button in window.findChildren(QAbstractButton, f"{name}_button"):
            found.add(name)
            assert button.toolTip() == action.tip
            assert button.text() in (action.button, "")  # its icon alone, where there is no room
            assert button.accessibleName() in (action.words, action.button)
            assert button.icon().isNull() == (not action.icon)
    assert found == {
        *("play", "step", "reset", "new_weights", "controls", "experiments", "menu"),
        *("log", "home", "draw", "presentation", "live", "whole_run"),
    }


# Every action in every state

RECIPE = Recipe(dataset="moons", optimizer="momentum", learning_rate=0.3)
# The activations are off and the formulas are those of the report: 0/0 at the sample (0, 0).
BROKEN = Recipe(activations_off=True, numerics="textbook")
DIALOGS = ("open_data", "export_data", "open_recipe", "save_recipe", "compare_file", "report")


class Walk:
    """A window that is brought into a state again whenever an action has led out of it."""

    def __init__(self, state: str, window: MainWindow, qtbot: QtBot, watch: Watch) -> None:
        self.state, self.window, self.asked = state, window, 0
        self.looks = self._looks_at(window)
        self._qtbot, self._watch = qtbot, watch
        self._entered: dict[str, object] = {}
        self.trigger("reset")
        qtbot.waitUntil(lambda: bool(watch.updates))

    def trigger(self, name: str) -> None:
        """Choose an action."""
        self.window.menus.actions[name].trigger()

    def try_out(self, name: str) -> None:
        """Choose an action, and wait until it can be seen that it is done, where it can be."""
        can_be_done = self.window.menus.actions[name].isEnabled()
        look = self.looks.get(name, bool)
        before = look()
        self.trigger(name)
        if name in OPENS:
            self._qtbot.waitUntil(lambda: self.looks["recipes"]() == OPENS[name])
        elif name in self.looks and can_be_done and name not in REFUSED.get(self.state, set()):
            self._qtbot.waitUntil(lambda: look() != before)

    @property
    def is_playing(self) -> bool:
        return child(self.window, "play_button").text() == "Pause"

    def enter(self) -> None:
        """Be in the state, whatever has happened."""
        if self._entered and self.seen() == self._entered:
            return
        for _ in range(5):
            self.trigger("close")
        for name in ("live", "show_all", "unpin", "theme_light"):
            self.trigger(name)
        for name in ("log", "discretise", "contours", "unit_lines"):
            if self.looks[name]():
                self.trigger(name)
        if not self.looks["controls"]():
            self.trigger("controls")
        self.trigger("live")  # in the past play is a replay
        if self.is_playing:
            self.trigger("play")
        self._qtbot.waitUntil(lambda: not self._watch.last.is_playing)
        recipe = BROKEN if self.state == "not a number" else RECIPE
        QGuiApplication.clipboard().setText(Shared(recipe, ()).to_text())
        self.trigger("paste_recipe")
        QGuiApplication.clipboard().clear()
        recipes = (recipe,)
        if self.state == "comparing":
            self.trigger("compare")
            recipes = (recipe, recipe)
        self.trigger("step")
        self._qtbot.waitUntil(lambda: self.looks["recipes"]() == recipes and self._watch.epoch == 1)
        self._begin()
        self._entered = self.seen()

    def _begin(self) -> None:
        if self.state == "training":
            self.trigger("play")
            self._qtbot.waitUntil(lambda: self._watch.last.is_playing)
        elif self.state == "drawing":
            self.trigger("draw")
        elif self.state in ("samples", "seeds"):
            self.trigger(self.state)
        elif self.state == "not a number":
            assert np.isnan(self._watch.last.frames[0].parameters).any()

    def seen(self) -> dict[str, object]:
        """Return all that can be seen, by the action that changes it."""
        return {name: look() for name, look in self.looks.items()}

    def _looks_at(self, window: MainWindow) -> dict[str, Callable[[], object]]:
        """Return what shows that an action has been done, by its id; and the recipes shown."""

        def is_open(name: str) -> bool:
            return any(drawer.isVisible() for drawer in window.findChildren(Drawer, name))

        def places() -> tuple[bool, bool]:
            views = (child(window, name) for name in ("network_view", "boundary_view"))
            diagram, plot = (view.mapTo(window, QPoint()) for view in views)
            return diagram.x() < plot.x(), diagram.y() < plot.y()

        def cursors() -> list[bool]:
            return [v.edit.cursor is not None for v in window.findChildren(NetworkView)]

        def epoch() -> int | None:
            return None if self.is_playing else self._watch.epoch

        def compared() -> int:
            return len(self._watch.last.frames)

        (map_menu,) = window.findChildren(MapMenu)
        rate, log, draw, seed, pins = (
            child(window, name)
            for name in (
                *("learning_rate_input", "log_button", "draw_button", "seed_input", "pins_menu"),
            )
        )
        clipboard = QGuiApplication.clipboard()
        return {
            "play": lambda: self.is_playing,
            **dict.fromkeys(("step", "reset"), epoch),
            "new_weights": seed.value,
            "edit_weights": cursors,
            "swap": places,
            "log": log.isChecked,
            "samples": lambda: is_open("samples_drawer"),
            "seeds": lambda: is_open("seeds_drawer"),
            "save_clip": lambda: is_open("clip_drawer"),
            "controls": rate.isVisible,
            "discretise": lambda: map_menu.options.discretise,
            "contours": lambda: map_menu.options.contours,
            "unit_lines": lambda: map_menu.options.unit_lines,
            "draw": draw.isChecked,
            "theme_dark": current_look,
            **dict.fromkeys(("compare", "end_with_a", "end_with_b"), compared),
            **dict.fromkeys(("copy_recipe", "copy_weights"), clipboard.text),
            "pin": lambda: len(pins.actions()),
            "recipes": lambda: tuple(frame.recipe for frame in self._watch.last.frames),
            **dict.fromkeys(DIALOGS, lambda: self.asked),
        }


# What an action cannot do in a state, and says so instead or has nothing to do.
REFUSED = {
    "comparing": {"draw"},
    "training": {"step", "reset"},
    "not a number": {"copy_weights", "report"},
}

# What opens recipes does so in one way: each of them is tried in one state, some in the others.
ALIKE = set(OPENS) - set([*OPENS][::5])


@pytest.fixture
def light_again(qapp: object) -> Iterator[None]:
    """Leave the theme as the next test expects it."""
    yield
    application = QGuiApplication.instance()
    apply_look(application, LIGHT)


@pytest.mark.usefixtures("light_again")
# In drawers that only show something, the keys of all actions are tried with every control
# (tests/gui/parts/test_keys.py), the actions themselves with --slow.
@pytest.mark.parametrize(
    "state",
    [
        *("idle", "training", "comparing", "drawing", "not a number"),
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("samples", "seeds")),
    ],
)
def test_every_action_can_be_chosen_in_every_state(
    state: str,
    qtbot: QtBot,
    open_in_test: OpenWindow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_in_test(RECIPE)
    walk = Walk(state, window, qtbot, Watch(window))

    def ask(answer: object) -> Callable[..., object]:
        def answered(*_: object) -> object:
            walk.asked += 1
            return answer

        return answered

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask(("", "")))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask(("", "")))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", ask(""))
    monkeypatch.setattr(QFileDialog, "exec", ask(0))
    for name in window.menus.actions:
        if name == "quit" or (state != "idle" and name in ALIKE):
            continue
        if name not in ALIKE:  # those open what they open whatever was there
            walk.enter()
        with qtbot.capture_exceptions() as exceptions:
            walk.try_out(name)
        assert not exceptions, (name, exceptions)
    walk.trigger("quit")
    assert not window.isVisible()
