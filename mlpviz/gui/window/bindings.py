"""What each action of the table does, by its id."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QToolButton

from mlpviz.gui.actions.branches import compare_with_old_future, go_on_from_here
from mlpviz.gui.actions.choices import A, B
from mlpviz.gui.actions.experiment_actions import OPENS
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selection
from mlpviz.gui.actions.undo import Undo
from mlpviz.gui.look.settings import THEME
from mlpviz.gui.parts.drawer import Drawers
from mlpviz.gui.views.map.draw_mode import DrawMode
from mlpviz.gui.window.data_files import DataFiles
from mlpviz.gui.window.exports import Exports
from mlpviz.gui.window.focus import Focus
from mlpviz.gui.window.hiding import HiddenControls
from mlpviz.gui.window.layout import Layout
from mlpviz.gui.window.look_choice import LookChoice
from mlpviz.gui.window.menus import Menus
from mlpviz.gui.window.presentation import Presentation
from mlpviz.gui.window.recipe_files import RecipeFiles
from mlpviz.gui.window.tool_drawers import ToolDrawers

Acts = Mapping[str, Callable[[], object]]


def open_menus(menus: Menus, layout: Layout) -> None:
    """Let the buttons open the menus, and the map's switches be those of its menu."""
    layout.transport.menu_button.setMenu(menus.menus["main"])
    layout.transport.experiments_button.setMenu(menus.menus["experiments"])
    layout.map_menu.setMenu(menus.menus["map"])
    menus.bind_switches(layout.map_menu.switches())
    layout.map_menu.follow_choice(menus.actions["unit_lines"])


def acts_on_runs(runs: Runs, undo: Undo) -> Acts:
    """Return what is done to the runs."""
    return {
        "reset": runs.reset,
        "go_on_from_here": partial(go_on_from_here, runs),
        "compare_with_old_future": partial(compare_with_old_future, runs),
        "new_weights": runs.draw_weights,
        "undo": undo.undo,
        "redo": undo.redo,
        "compare": runs.compare_with_present,
        "end_with_a": partial(runs.end_comparison, A),
        "end_with_b": partial(runs.end_comparison, B),
        "pin": runs.pin,
        "unpin": runs.pins.clear,
        **{name: partial(runs.open, recipes) for name, recipes in OPENS.items()},
    }


def acts_on_views(layout: Layout, selection: Selection, drawers: Drawers, focus: Focus) -> Acts:
    """Return what is done to what is seen."""

    def edit_weights() -> None:
        drawers.close()  # which would lie upon the cursor of the diagram
        focus.diagram.edit.start()

    return {
        "edit_weights": edit_weights,
        "swap": layout.stage.swap,
        "enlarge": layout.stage.toggle_enlarged,
        "enlarge_next": layout.stage.enlarge_next,
        "log": layout.log_button.click,
        "home": layout.boundary_view.go_home,
        "clear_sample": selection.clear_sample,
    }


def acts_on_tools(
    tools: ToolDrawers, draw_mode: DrawMode, exports: Exports, hidden: HiddenControls
) -> Acts:
    """Return what opens the drawers, and what else has a part of the window to itself."""

    def toggle_clip() -> None:
        if not exports.clips.job.cancel():
            tools.toggle_clip(exports.clips.save)

    return {
        "save_clip": toggle_clip,
        "samples": tools.toggle_samples,
        "step_by_step": tools.step.toggle,
        "seeds": tools.toggle_seeds,
        "explain": tools.explainer.toggle,
        "help": tools.toggle_help,
        "keys": tools.toggle_keys,
        "about": tools.toggle_about,
        "draw": draw_mode.button.toggle,
        **exports.acts(),
        "show_all": hidden.show_all,
    }


def acts_on_look(choice: LookChoice) -> Acts:
    """Return what is done to the look of everything."""
    return {
        **{f"theme_{name}": partial(choice.set_theme, name) for name in THEME.choices},
        "larger": choice.grow,
        "smaller": choice.shrink,
        "usual_size": choice.reset_factor,
    }


def switches_of(presentation: Presentation) -> Mapping[str, Callable[[bool], object]]:
    """Return what is switched on and off of how the window is shown."""
    return {"presentation": presentation.switch, "controls": presentation.controls.show}


def opens_menus(layout: Layout, presentation: Presentation) -> Acts:
    """Return what opens a menu by its key, wherever its button stands."""

    def open_menu(button: QToolButton) -> None:
        if presentation.is_on:
            presentation.bar.appear()
        # Not `showMenu`, which comes back only when the menu is closed.
        button.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    transport = layout.transport
    return {
        "menu": partial(open_menu, transport.menu_button),
        "experiments": partial(open_menu, transport.experiments_button),
    }


def acts_on_files(data: DataFiles, recipes: RecipeFiles) -> Acts:
    """Return what is read and written."""
    return {
        "open_data": data.ask_and_open,
        "paste_data": data.paste,
        "edit_data": data.edit_present,
        "new_table": data.begin_table,
        "export_data": data.ask_and_export,
        "open_recipe": recipes.ask_and_open,
        "save_recipe": recipes.ask_and_save,
        "copy_recipe": recipes.copy,
        "copy_weights": recipes.copy_with_weights,
        "paste_recipe": recipes.paste,
        "compare_file": recipes.ask_and_compare,
        "compare_pasted": recipes.compare_with_pasted,
    }
