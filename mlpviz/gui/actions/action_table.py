"""The table of actions: all that can be done from a menu or with a key of the window, once.

The order is that of the menus and of the README's table of keys. Menus, buttons, the README and
what goes with a hidden control read it.
"""

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.gui.actions.action import Action, Entry, Submenu, placed
from mlpviz.gui.actions.experiment_actions import (
    CATALOGUE,
    COMPARING,
    EXPERIMENTS_BUTTON,
    PINS,
)
from mlpviz.gui.actions.export_actions import EXPORT
from mlpviz.gui.actions.time_actions import BRANCHES, CLIP, MARKS, TIME

MAP_BUTTON = "map_menu_button"  # with which theirs hide


RUN = placed(
    *("main", "run"),
    Action(
        *("play", marked("Play or pause"), marked("Train, or pause"), ("Space", "PgDown")),
        button=marked("Play"),
        icon="play",
        hides_with="play_button",
    ),
    Action(
        *("step", marked("Train one epoch"), marked("Train for one epoch"), ("Right",)),
        button=marked("1 epoch"),
        icon="step",
        inside=marked("in the past, go on by one"),
        hides_with="step_button",
        repeats=True,
    ),
    Action(
        *("reset", marked("Reset to the same initial weights")),
        *(marked("Back to epoch 0, or where a branch began, with the same weights"), ("R",)),
        button=marked("Reset"),
        icon="reset",
        hides_with="reset_button",
    ),
    Action(
        *("new_weights", marked("New initial weights")),
        *(marked("Draw initial weights from the next seed"), ("N",)),
        button=marked("New weights"),
        icon="dice",
        hides_with="new_weights_button",
    ),
    Submenu("time", marked("Time")),
)

EDITING = placed(
    *("main", "editing"),
    Action(
        *("undo", marked("Undo"), marked("Undo what was done last"), ("Ctrl+Z",)),
        icon="undo",
        is_enabled=lambda now: now.can_undo,
    ),
    Action(
        *("redo", marked("Redo"), marked("Redo what was undone"), ("Ctrl+Shift+Z", "Ctrl+Y")),
        icon="redo",
        is_enabled=lambda now: now.can_redo,
    ),
    Action(
        *("edit_weights", marked("Edit weights by keyboard"), "", ("E",)),
        inside=marked(
            "arrows choose a unit, with Shift a weight; Enter edits, F freezes, "
            "+ − change the units of the layer"
        ),
    ),
)

VIEW = placed(
    *("main", "view"),
    Action("swap", marked("Swap map and diagram"), "", ("M",)),
    Action(
        "log",
        marked("Logarithmic loss axis"),
        "",
        ("L",),
        button=marked("log"),
        hides_with="log_button",
    ),
    Action(
        *("samples", marked("Samples"), marked("The table of the samples"), ("T",)),
        inside=marked("↑ ↓ select one"),
    ),
    Action(
        *("step_by_step", marked("Step by step"), marked("Take one training step apart")),
        keys=("G",),
        inside=marked("PgDown PgUp go from stage to stage"),
    ),
    Action(
        *("controls", marked("Controls"), marked("Hide or show the controls"), ("C",)),
        icon="sliders",
        is_checkable=True,
    ),
)

STUDY = placed(
    *("main", "study"),
    Action("seeds", marked("Many seeds"), marked("The same recipe from many seeds"), ("S",)),
    Action(
        "report",
        marked("Save report…"),
        marked("A page about the present run, or both that are compared"),
    ),
)

# In menus of their own: all in one would be higher than an old projector.
MORE = placed(
    *("main", "more"),
    Submenu("data", marked("Data")),
    Submenu("recipe", marked("Recipe")),
    Submenu("export", marked("Export")),
    Submenu("appearance", marked("Appearance")),
)
APPEARANCE = placed(
    *("appearance", ""),
    Submenu("theme", marked("Theme"), has_one_chosen=True),
    Submenu("size", marked("Size and presentation")),
    Submenu("language", marked("Language")),
    Submenu("hide", marked("Hide controls")),
)

# Below it the window names the controls that can be hidden.
HIDE = placed(
    *("hide", ""),
    Action("show_all", marked("Show all controls"), is_enabled=lambda now: now.hides_controls),
)

DATA = placed(
    *("data", ""),
    Action(
        *("open_data", marked("Open data…"), marked("Read a table of your own from a file")),
        ("Ctrl+Shift+O",),
    ),
    Action(
        *(
            "paste_data",
            marked("Paste data"),
            marked("Read a table of your own from the clipboard"),
        ),
        ("Ctrl+V",),
    ),
    Action(
        *("edit_data", marked("Edit data as table…")),
        marked("The present points, also those of a built-in set, cell by cell"),
    ),
    Action("new_table", marked("New table…"), marked("An empty table, to type or paste into")),
    Action("export_data", marked("Export data…"), marked("The present points, as a table")),
    Action(
        *("draw", marked("Draw points on the map"), "", ("D",)),
        inside=marked("1 to 6 choose a class or begin the next, E erases, Ctrl+Z undoes"),
        icon="draw",
    ),
    Action("clear_sample", marked("Select no sample"), is_enabled=lambda now: now.has_sample),
)

RECIPE = placed(
    *("recipe", ""),
    Action("open_recipe", marked("Open recipe…"), marked("Start from a recipe file"), ("Ctrl+O",)),
    Action(
        "save_recipe",
        marked("Save recipe…"),
        marked("Save every choice of the recipe, as JSON"),
        ("Ctrl+S",),
    ),
    Action(
        "copy_recipe",
        marked("Copy recipe"),
        marked("Copy the recipe as a short text"),
        ("Ctrl+Shift+C",),
    ),
    Action(
        *("copy_weights", marked("Copy recipe with weights")),
        marked("Starts from the weights and biases as they are now"),
    ),
    Action(
        *(
            "paste_recipe",
            marked("Paste recipe"),
            marked("Start from a text that Copy recipe gave"),
        ),
        ("Ctrl+Shift+V",),
    ),
)

THEME = placed(
    *("theme", ""),
    Action("theme_system", marked("Theme of the desktop"), is_checkable=True),
    Action("theme_light", marked("Light"), is_checkable=True),
    Action("theme_dark", marked("Dark"), is_checkable=True),
)

SIZE = placed(
    *("size", ""),
    Action(
        "larger",
        marked("Larger"),
        marked("Make text, lines and pictures larger"),
        ("Ctrl++", "Ctrl+="),
    ),
    Action(
        "smaller", marked("Smaller"), marked("Make text, lines and pictures smaller"), ("Ctrl+-",)
    ),
    Action(
        "usual_size",
        marked("Usual size"),
        marked("Text, lines and pictures in their own size"),
        ("Ctrl+0",),
    ),
    Action(
        *("enlarge", marked("One view alone"), marked("Fill the window with one view, and back")),
        keys=("Z",),
        gesture=marked("double click on a heading"),
        inside=marked("the view under the pointer, else the one that has the keys"),
    ),
    Action(
        *("enlarge_next", marked("Next view alone"), marked("Fill the window with the next view")),
        keys=("Shift+Z",),
    ),
    Action(
        *("presentation", marked("Presentation")),
        marked("Show all for a projector: large, on the full screen"),
        ("F11",),
        icon="shrink",
        is_checkable=True,
    ),
)

MAP = placed(
    *("map", ""),
    Action(
        *("discretise", marked("Flat colours")),
        marked(
            "The class alone: class 1 where the output is > 0.5, of several the one with the "
            "largest"
        ),
        ("B",),
        hides_with=MAP_BUTTON,
        is_checkable=True,
    ),
    Action(
        *("contours", marked("Contour lines")),
        marked(
            "Thin lines where the output is 0.1, 0.25, 0.75 and 0.9; of several classes, where the "
            "largest is 0.75 and 0.9"
        ),
        ("P",),
        hides_with=MAP_BUTTON,
        is_checkable=True,
    ),
    Action(
        *("unit_lines", marked("Lines of the first layer")),
        marked("Where w · x + b = 0 for each unit of the first layer: where its activation turns"),
        ("U",),
        hides_with=MAP_BUTTON,
        is_checkable=True,
    ),
)

HELP = placed(
    *("helping", ""),
    Action(
        *("explain", marked("What is this?")),
        marked("Say what the thing under the pointer is, or the one that Tab has reached"),
        ("F1",),
    ),
    Action("help", marked("Help page"), marked("How the window is used, with pictures")),
    Action("keys", marked("Keys"), marked("Every key of the window, and what it does")),
    Action("about", marked("About"), marked("Versions, and the licences of all that is shipped")),
)

END = placed(
    *("main", "end"),
    Submenu("helping", marked("Help")),
    Action(
        *("close", marked("Close what is open"), marked("Close or end the innermost"), ("Esc",)),
        inside=marked(
            "the editor, a drawer, drawing, a view alone, a step, the selection of a sample, "
            "a presentation, a comparison"
        ),
    ),
    Action("quit", marked("Quit"), marked("Close the window"), ("Ctrl+Q",)),
)

BUTTONS = (
    Action("menu", marked("Menu"), marked("Open the menu"), ("F10",), icon="menu"),
    Action(
        *("experiments", marked("Experiments")),
        marked("Experiments to open, runs to compare or to pin"),
        ("X",),
        button=marked("Experiments ▾"),
        icon="flask",
        hides_with=EXPERIMENTS_BUTTON,
    ),
    Action("home", marked("The whole data again"), gesture=marked("double click"), icon="home"),
)


TABLE: tuple[Entry, ...] = (
    *(
        *RUN,
        *TIME,
        *MARKS,
        *BRANCHES,
        *CLIP,
        *EDITING,
        *VIEW,
        *MAP,
        *BUTTONS,
        *STUDY,
        *MORE,
        *APPEARANCE,
        *HIDE,
        *DATA,
        *RECIPE,
        *EXPORT,
        *THEME,
        *SIZE,
        *END[:1],
        *HELP,
        *END[1:],
    ),
    *(entry for entry, _ in CATALOGUE if entry.menu == "experiments"),
    *placed("experiments", "suggestions", Submenu("suggestions", marked("Other data sets"))),
    *(entry for entry, _ in CATALOGUE if entry.menu == "suggestions"),
    *(*COMPARING, *PINS),
)
ACTIONS = {entry.id: entry for entry in TABLE if isinstance(entry, Action)}

PLOT_KEYS = (
    marked("+ −, Alt and arrows, 0"),
    marked("Zoom, move and show all, on the plot that Tab has reached"),
)


def going_with(control: str) -> tuple[str, ...]:
    """Name the actions that cannot be done where a control is hidden, a name of `HIDEABLE`."""
    return tuple(name for name, action in ACTIONS.items() if action.hides_with == control)


def key_rows() -> list[tuple[str, str]]:
    """Return every key of the window, and what it does."""
    rows = []
    for action in ACTIONS.values():
        if action.keys:
            does = action.does
            if action.menu == "map":
                does = tr("{what} on the map", what=action.name)
            if action.inside:
                does = tr("{does}: {inside}", does=does, inside=tr(action.inside))
            rows.append((action.key_words, does))
    return [*rows, (tr(PLOT_KEYS[0]), tr(PLOT_KEYS[1]))]


def key_table() -> str:
    """Return the README's table of keys, in Markdown."""
    rows = [("key", "does"), ("---", "---")]
    rows += [(keys, does[0].lower() + does[1:]) for keys, does in key_rows()]
    return "".join(f"| {keys} | {does} |\n" for keys, does in rows)
