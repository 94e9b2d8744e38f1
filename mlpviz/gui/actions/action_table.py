"""The table of actions: all that can be done from a menu or with a key of the window, once.

The order is that of the menus and of the README's table of keys. Menus, buttons, the README and
what goes with a hidden control read it.
"""

from collections.abc import Iterator

from mlpviz.engine.datasets import DATASETS
from mlpviz.experiment.recipe.catalogue import EXPERIMENTS, REPORT_DATASETS, SUGGESTIONS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.actions.action import Action, Entry, Heading, Submenu, placed

EXPERIMENTS_BUTTON, MAP_BUTTON = "experiments_button", "map_menu_button"  # with which theirs hide

RUN = placed(
    *("main", "run"),
    Action(
        *("play", "Play or pause", "Train, or pause", ("Space",)),
        button="Play",
        icon="play",
        hides_with="play_button",
    ),
    Action(
        *("step", "Train one epoch", "Train for one epoch", ("Right",)),
        button="1 epoch",
        icon="step",
        hides_with="step_button",
        repeats=True,
    ),
    Action(
        *("reset", "Reset to the same initial weights"),
        *("Back to epoch 0 with the same initial weights", ("R",)),
        button="Reset",
        icon="reset",
        hides_with="reset_button",
    ),
    Action(
        *("new_weights", "New initial weights"),
        *("Draw initial weights from the next seed", ("N",)),
        button="New weights",
        icon="dice",
        hides_with="new_weights_button",
    ),
)

EDITING = placed(
    *("main", "editing"),
    Action(
        *("undo", "Undo", "Undo what was done last", ("Ctrl+Z",)),
        icon="undo",
        is_enabled=lambda now: now.can_undo,
    ),
    Action(
        *("redo", "Redo", "Redo what was undone", ("Ctrl+Shift+Z", "Ctrl+Y")),
        icon="redo",
        is_enabled=lambda now: now.can_redo,
    ),
    Action(
        *("edit_weights", "Edit weights by keyboard", "", ("E",)),
        inside="arrows choose a unit, with Shift a weight; Enter edits, F freezes, "
        "+ − change the units of the layer",
    ),
)

VIEW = placed(
    *("main", "view"),
    Action("swap", "Swap map and diagram", "", ("M",)),
    Action("log", "Logarithmic loss axis", "", ("L",), button="log", hides_with="log_button"),
    Action(*("samples", "Samples", "The table of the samples", ("T",)), inside="↑ ↓ select one"),
    Action("clear_sample", "Select no sample", is_enabled=lambda now: now.has_sample),
    Action(*("controls", "Controls", "Hide or show the controls", ("C",)), is_checkable=True),
)

STUDY = placed(
    *("main", "study"),
    Action("seeds", "Many seeds", "The same recipe from many seeds", ("S",)),
    Action("report", "Save report…", "A page about the present run, or both that are compared"),
)

# In menus of their own: all in one would be higher than an old projector.
MORE = placed(
    *("main", "more"),
    Submenu("data", "Data"),
    Submenu("recipe", "Recipe"),
    Submenu("theme", "Theme", has_one_chosen=True),
    Submenu("size", "Size"),
    Submenu("hide", "Hide controls"),
    Action("show_all", "Show all controls", is_enabled=lambda now: now.hides_controls),
)

DATA = placed(
    *("data", ""),
    Action(*("open_data", "Open data…", "Read a table of your own from a file"), ("Ctrl+Shift+O",)),
    Action(
        *("paste_data", "Paste data", "Read a table of your own from the clipboard"), ("Ctrl+V",)
    ),
    Action(
        *("edit_data", "Edit data as table…"),
        "The present points, also those of a built-in set, cell by cell",
    ),
    Action("new_table", "New table…", "An empty table, to type or paste into"),
    Action("export_data", "Export data…", "The present points, as a table"),
    Action(
        *("draw", "Draw points on the map", "", ("D",)),
        inside="1 to 6 choose a class or begin the next, E erases, Ctrl+Z undoes",
        icon="draw",
    ),
)

RECIPE = placed(
    *("recipe", ""),
    Action("open_recipe", "Open recipe…", "Start from a recipe file", ("Ctrl+O",)),
    Action("save_recipe", "Save recipe…", "Save every choice of the recipe, as JSON", ("Ctrl+S",)),
    Action("copy_recipe", "Copy recipe", "Copy the recipe as a short text", ("Ctrl+Shift+C",)),
    Action(
        *("copy_weights", "Copy recipe with weights"),
        "Starts from the weights and biases as they are now",
    ),
    Action(
        *("paste_recipe", "Paste recipe", "Start from a text that Copy recipe gave"),
        ("Ctrl+Shift+V",),
    ),
)

THEME = placed(
    *("theme", ""),
    Action("theme_system", "Theme of the desktop", is_checkable=True),
    Action("theme_light", "Light", is_checkable=True),
    Action("theme_dark", "Dark", is_checkable=True),
)

SIZE = placed(
    *("size", ""),
    Action("larger", "Larger", "Make text, lines and pictures larger", ("Ctrl++", "Ctrl+=")),
    Action("smaller", "Smaller", "Make text, lines and pictures smaller", ("Ctrl+-",)),
    Action("usual_size", "Usual size", "Text, lines and pictures in their own size", ("Ctrl+0",)),
)

MAP = placed(
    *("map", ""),
    Action(
        *("discretise", "Flat colours"),
        "The class alone: class 1 where the output is > 0.5, of several the one with the largest",
        ("B",),
        hides_with=MAP_BUTTON,
        is_checkable=True,
    ),
    Action(
        *("contours", "Contour lines"),
        "Thin lines where the output is 0.1, 0.25, 0.75 and 0.9; of several classes, where the "
        "largest is 0.75 and 0.9",
        ("P",),
        hides_with=MAP_BUTTON,
        is_checkable=True,
    ),
    Action(
        *("unit_lines", "Lines of the first layer"),
        "Where w · x + b = 0 for each unit of the first layer: where its activation turns",
        ("U",),
        hides_with=MAP_BUTTON,
        is_checkable=True,
    ),
)

END = placed(
    *("main", "end"),
    Action(
        *("close", "Close what is open", "Close or end the innermost", ("Esc",)),
        inside="the editor, a drawer, drawing, the selection of a sample, a comparison",
    ),
    Action("quit", "Quit", "Close the window", ("Ctrl+Q",)),
)

BUTTONS = (Action("home", "The whole data again", gesture="double click", icon="home"),)


def _experiment(name: str, words: str, tooltip: str) -> Action:
    return Action(name, words, tooltip, hides_with=EXPERIMENTS_BUTTON)


def _of_the_report() -> Iterator[tuple[Entry, tuple[Recipe, ...]]]:
    """Give the report's experiments, each with the one or two recipes that it opens."""
    for dataset in REPORT_DATASETS:
        place, kind = ("experiments", dataset), DATASETS[dataset]
        yield placed(*place, Heading(f"{dataset}_heading", kind.label, kind.description))[0], ()
        baseline = EXPERIMENTS["baseline"].recipe(dataset)
        for key, experiment in EXPERIMENTS.items():
            recipe = experiment.recipe(dataset)
            is_baseline = recipe == baseline
            title = experiment.title if is_baseline else f"Baseline | {experiment.title}"
            entry = _experiment(f"{key}_{dataset}", title, experiment.question)
            yield placed(*place, entry)[0], (recipe,) if is_baseline else (baseline, recipe)


def _of_other_sets() -> Iterator[tuple[Entry, tuple[Recipe, ...]]]:
    """Give the recipes for other data sets, each with itself."""
    for suggestion in SUGGESTIONS:
        recipe = suggestion.recipe
        classes = f"_{recipe.outputs}" if recipe.outputs > 1 else ""
        name = f"suggest_{recipe.dataset}{classes}"
        entry = _experiment(name, suggestion.title, suggestion.reason)
        yield placed("suggestions", "", entry)[0], (recipe,)


CATALOGUE = (*_of_the_report(), *_of_other_sets())
OPENS = {entry.id: recipes for entry, recipes in CATALOGUE if recipes}  # what an action opens

COMPARING = placed(
    *("experiments", "compare"),
    Action(
        *("compare", "Compare with the present run", "The present run becomes A; B is a copy"),
        is_enabled=lambda now: not now.is_comparing,
        hides_with=EXPERIMENTS_BUTTON,
    ),
    Action(
        *("compare_file", "Compare with a recipe file…", "The recipe of the file becomes B"),
        hides_with=EXPERIMENTS_BUTTON,
    ),
    Action(
        *("compare_pasted", "Compare with the pasted recipe", "The recipe text copied becomes B"),
        hides_with=EXPERIMENTS_BUTTON,
    ),
    Action(
        *("end_with_a", "End comparison, go on with A", "B goes"),
        is_enabled=lambda now: now.is_comparing,
        hides_with=EXPERIMENTS_BUTTON,
    ),
    Action(
        *("end_with_b", "End comparison, go on with B", "A goes"),
        is_enabled=lambda now: now.is_comparing,
        hides_with=EXPERIMENTS_BUTTON,
    ),
)

PINS = placed(
    *("experiments", "pins"),
    Action(
        *("pin", "Pin this run", "Its loss stays in the plot behind the next runs"),
        hides_with=EXPERIMENTS_BUTTON,
    ),
    Submenu("pins", "Unpin", is_enabled=lambda now: now.has_pins),
    Action(
        *("unpin", "Unpin all", "Take all pinned losses off the plot"),
        is_enabled=lambda now: now.has_pins,
        hides_with=EXPERIMENTS_BUTTON,
    ),
)

TABLE: tuple[Entry, ...] = (
    *(*RUN, *EDITING, *VIEW, *MAP, *BUTTONS, *STUDY, *MORE, *DATA, *RECIPE, *THEME, *SIZE, *END),
    *(entry for entry, _ in CATALOGUE if entry.menu == "experiments"),
    *placed("experiments", "suggestions", Submenu("suggestions", "Other data sets")),
    *(entry for entry, _ in CATALOGUE if entry.menu == "suggestions"),
    *(*COMPARING, *PINS),
)
ACTIONS = {entry.id: entry for entry in TABLE if isinstance(entry, Action)}

PLOT_KEYS = (
    "+ −, Shift and arrows, Home",
    "zoom, move and show all, on the plot that Tab has reached",
)


def going_with(control: str) -> tuple[str, ...]:
    """Name the actions that cannot be done where a control is hidden, a name of `HIDEABLE`."""
    return tuple(name for name, action in ACTIONS.items() if action.hides_with == control)


def key_table() -> str:
    """Return the README's table of keys, in Markdown."""
    rows = [("key", "does"), ("---", "---")]
    for action in ACTIONS.values():
        if action.keys:
            what = f"{action.words} on the map" if action.menu == "map" else action.does
            does = what[0].lower() + what[1:] + (action.inside and f": {action.inside}")
            rows.append((action.key_words, does))
    rows.append(PLOT_KEYS)
    return "".join(f"| {keys} | {does} |\n" for keys, does in rows)
