"""The actions of the menu Export: pictures of what is seen, numbers, a script, a step on paper."""

from mlpviz.engine.marked import marked
from mlpviz.gui.actions.action import Action, Submenu, placed

EXPORT = (
    *placed(
        *("export", "pictures"),
        Submenu("save_picture", marked("Save picture of")),
        Submenu("copy_picture", marked("Copy picture of")),
    ),
    *placed(
        *("export", "numbers"),
        Action(
            *("save_weights", marked("Save weights as CSV…")),
            marked("Every weight and bias of the moment that is shown"),
        ),
        Action(
            *("save_samples", marked("Save samples as CSV…")),
            marked("Every sample with its prediction at the moment that is shown"),
        ),
        Action(
            *("save_losses", marked("Save losses as CSV…")),
            marked("The losses of the run so far, on the test set too"),
        ),
    ),
    *placed(
        *("export", "script"),
        Action(
            *("save_script", marked("Export as script…")),
            marked("The recipe as a short Python script, which NumPy alone runs"),
        ),
    ),
    *placed(
        *("export", "sheet"),
        Action(
            *("save_sheet", marked("Save step sheet…")),
            marked("The next training step on a page of paper, filled in or to be filled in"),
        ),
    ),
    # Not in a menu, where the pointer would be upon that.
    Action(
        *("save_view", marked("Save picture of a view…")),
        *(marked("Save a picture of a view, as PNG, SVG or PDF"), ("Ctrl+P",)),
        inside=marked("the view under the pointer, else the one that has the keys"),
    ),
    Action(
        *("copy_view", marked("Copy picture of a view")),
        *(marked("Copy a picture of a view"), ("Ctrl+Shift+P",)),
        inside=marked("the view under the pointer, else the one that has the keys"),
    ),
)
