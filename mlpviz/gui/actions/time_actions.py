"""The actions of the menu Time: from moment to moment of a run."""

from mlpviz.engine.marked import marked
from mlpviz.gui.actions.action import Action, Submenu, placed

TIME = placed(
    *("time", "steps"),
    Action(
        *("back", marked("One epoch back"), "", ("Left",)),
        is_enabled=lambda now: now.has_past,
        repeats=True,
    ),
    Action(
        *("tenth_back", marked("A tenth back")),
        *(marked("Go back by a tenth of all epochs trained"), ("Shift+Left", "PgUp")),
        is_enabled=lambda now: now.has_past,
        repeats=True,
    ),
    Action(
        *("tenth_on", marked("A tenth on")),
        *(marked("Go on by a tenth of all epochs trained"), ("Shift+Right",)),
        is_enabled=lambda now: now.is_in_past,
        repeats=True,
    ),
    Action(
        *("start", marked("To the start"), marked("Go back to the untrained network"), ("Home",)),
        is_enabled=lambda now: now.has_past,
    ),
    Action(
        *("live", marked("Live"), marked("Back to the present, and to what is to come"), ("End",)),
        button=marked("Live"),
        is_enabled=lambda now: now.is_in_past,
    ),
    Action(
        *("whole_run", marked("Show the whole run")),
        tooltip=marked(
            "Train up to the limit, and show the run in ten seconds: slowly where much changes"
        ),
        keys=("W",),
        button=marked("Whole run"),
    ),
    Action(
        *("type_epoch", marked("Go to an epoch…"), marked("Type the epoch to look at")),
        keys=("Ctrl+G",),
        gesture=marked("click on the number of the epoch"),
    ),
)

MARKS = placed(
    *("time", "marks"),
    Action(
        *("mark_before", marked("To the mark before"), "", ("Ctrl+Left",)),
        is_enabled=lambda now: now.has_past,
        repeats=True,
    ),
    Action(
        *("mark_after", marked("To the next mark"), "", ("Ctrl+Right",)),
        is_enabled=lambda now: now.is_in_past,
        repeats=True,
    ),
    Action(
        *("mark", marked("Mark this moment")),
        *(marked("Mark the moment that is shown; name the mark that it has"), ("K",)),
        inside=marked("an empty name removes it"),
    ),
)

BRANCHES = placed(
    *("time", "branches"),
    Action(
        *("go_on_from_here", marked("Go on from here")),
        marked("Leave what came after this moment, and train on from it"),
        is_enabled=lambda now: now.is_in_past,
    ),
    Action(
        *("compare_with_old_future", marked("Compare with the old future")),
        marked("A goes on as it was from where B takes another turn"),
        is_enabled=lambda now: (now.is_in_past or now.is_branch) and not now.is_comparing,
    ),
    Submenu("futures", marked("Return to an old future"), is_enabled=lambda now: now.has_futures),
)

CLIP = placed(
    *("time", "clip"),
    Action(
        *("save_clip", marked("Save clip…")),
        marked("The run, or a part of it, as an animated file"),
        is_enabled=lambda now: now.has_past,
    ),
)
