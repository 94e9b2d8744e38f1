"""The table of actions: every action once, and the README's table of keys made from it."""

from itertools import groupby
from pathlib import Path

from mlpviz.experiment.recipe.hideable import HIDEABLE
from mlpviz.gui.actions.action import Action, Heading, Situation, Submenu, placed
from mlpviz.gui.actions.action_table import ACTIONS, TABLE, going_with, key_table
from mlpviz.gui.actions.experiment_actions import OPENS

ROOT = Path(__file__).resolve().parents[3]


def test_every_entry_stands_in_the_table_once() -> None:
    names = [entry.id for entry in TABLE]
    assert len(names) == len(set(names))
    places = [(entry.name, entry.menu, entry.group) for entry in TABLE]
    assert len(places) == len(set(places))


def test_every_key_belongs_to_one_action() -> None:
    keys = [key for action in ACTIONS.values() for key in action.keys]
    assert len(keys) == len(set(keys)) > 20


def test_every_entry_stands_in_a_menu_that_there_is_and_its_group_is_in_one_piece() -> None:
    menus = {"main", "experiments", "map"} | {e.id for e in TABLE if isinstance(e, Submenu)}
    assert {entry.menu for entry in TABLE} - {""} <= menus
    for menu in menus:
        inside = [entry.group for entry in TABLE if entry.menu == menu]
        groups = [group for group, _ in groupby(inside)]
        assert len(groups) == len(set(groups)), menu


def test_an_action_without_an_entry_has_a_button_or_is_meant_for_what_the_pointer_is_on() -> None:
    without = [name for name, action in ACTIONS.items() if not action.menu]
    assert without == ["menu", "experiments", "home", "save_view", "copy_view"]
    assert ACTIONS["home"].icon


def test_every_icon_is_there() -> None:
    for action in ACTIONS.values():
        path = ROOT / "resources" / "icons" / f"{action.icon}.svg"
        assert not action.icon or path.is_file(), action.id


def test_what_goes_with_a_hidden_control_is_found_under_its_name() -> None:
    assert {action.hides_with for action in ACTIONS.values()} - {""} <= set(HIDEABLE)
    assert going_with("play_button") == ("play",)
    assert going_with("map_menu_button") == ("discretise", "contours", "unit_lines")
    assert "compare" in going_with("experiments_button")
    assert going_with("seed_input") == ()


def test_an_action_can_be_done_when_there_is_something_to_do() -> None:
    def possible(**what_there_is: bool) -> set[str]:
        now = Situation(**what_there_is)
        return {name for name, action in ACTIONS.items() if action.is_enabled(now)}

    idle = possible()
    assert {"play", "report", "compare", "pin", "close"} <= idle
    assert set(ACTIONS) - idle == {
        *("undo", "redo", "clear_sample", "show_all", "end_with_a", "end_with_b", "unpin"),
        *("back", "tenth_back", "start", "mark_before", "tenth_on", "live", "mark_after"),
        *("go_on_from_here", "compare_with_old_future", "save_clip"),
    }
    assert possible(has_sample=True) - idle == {"clear_sample"}
    assert possible(has_pins=True) - idle == {"unpin"}
    assert possible(hides_controls=True) - idle == {"show_all"}
    assert possible(can_undo=True, can_redo=True) - idle == {"undo", "redo"}
    assert possible(has_past=True) - idle == {
        *("back", "tenth_back", "start", "mark_before", "save_clip")
    }
    assert possible(is_in_past=True) - idle == {
        *("tenth_on", "live", "mark_after", "go_on_from_here", "compare_with_old_future")
    }
    assert possible(is_branch=True) - idle == {"compare_with_old_future"}
    assert possible(is_branch=True, is_comparing=True) - idle == {"end_with_a", "end_with_b"}
    assert possible(is_comparing=True) - idle == {"end_with_a", "end_with_b"}
    assert idle - possible(is_comparing=True) == {"compare"}


def test_the_words_say_what_an_action_does_and_which_keys_do_it() -> None:
    assert ACTIONS["play"].tip == "Train, or pause (Space or Page Down)"
    assert ACTIONS["step"].tip == "Train for one epoch (→)"
    assert ACTIONS["log"].tip == "Logarithmic loss axis (L)"
    assert ACTIONS["redo"].key_words == "Ctrl+Shift+Z or Ctrl+Y"
    assert ACTIONS["home"].tip == "The whole data again (double click)"
    assert ACTIONS["report"].tip == ACTIONS["report"].tooltip


def test_an_experiment_opens_its_recipe_or_the_baseline_and_its_recipe() -> None:
    assert set(OPENS) <= set(ACTIONS)
    (baseline,) = OPENS["baseline_xor"]
    first, second = OPENS["small_learning_rate_xor"]
    assert (first, second.learning_rate) == (baseline, baseline.learning_rate / 10)
    assert [recipe.dataset for recipe in OPENS["suggest_gaussians_4"]] == ["gaussians"]


def test_entries_are_placed_together() -> None:
    entries = (Heading("a", "A", "Why"), Submenu("b", "B"), Action("c", "C", keys=("X",)))
    assert [(e.id, e.menu, e.group) for e in placed("main", "end", *entries)] == [
        *(("a", "main", "end"), ("b", "main", "end"), ("c", "main", "end"))
    ]


def test_the_readme_has_the_table_of_keys_that_the_actions_give() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"\n\n{key_table()}\n" in text, f"it must be:\n{key_table()}"
