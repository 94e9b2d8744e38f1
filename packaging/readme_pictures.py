#!/usr/bin/env python3
"""Make the pictures of the README: the window at its start, trained, comparing, and with no number.

    python3 packaging/dev.py pictures [folder]

They come from windows that nobody sees, of one size, light and in English, with settings of their
own; all seeds are those of the recipes, so that the same program makes the same pictures.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before NumPy loads: the results are then the same everywhere

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.look.settings import EDGE_HINT, MAP_HINT, THEME, UNIT_HINT, Settings
from mlpviz.gui.plots.picture_formats import png
from mlpviz.gui.window.app import application
from mlpviz.gui.window.main import MainWindow
from mlpviz.gui.window.smoke import until

FOLDER = ROOT / "resources" / "screenshots"
SIZE = (1280, 800)
SECONDS = 120.0  # after which something is wrong


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture.

    Parameters
    ----------
    name : of its file
    recipes : of the one run, or of A and B
    is_trained : whether it is of the end of the training; else of the start, with its hints
    """

    name: str
    recipes: tuple[Recipe, ...]
    is_trained: bool = True


PICTURES = (
    Picture("start.png", (Recipe(),), is_trained=False),
    Picture("trained.png", (Recipe(),)),
    Picture("comparison.png", (Recipe(), Recipe(learning_rate=0.1))),
    Picture("not-a-number.png", (Recipe(activations_off=True),)),
)


def make_pictures(folder: Path, pictures: Sequence[Picture] = PICTURES) -> list[Path]:
    """Write the pictures into a folder, and return their paths.

    Raises
    ------
    RuntimeError
        when a window does not come to the epochs of its picture.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for picture in pictures:
        path = folder / picture.name
        path.write_bytes(_png(picture))
        made.append(path)
    return made


def _png(picture: Picture) -> bytes:
    settings = Settings(is_kept=False)
    settings.keep(THEME, "light")
    if picture.is_trained:
        for hint in (UNIT_HINT, EDGE_HINT, MAP_HINT):
            settings.keep(hint, False)
    application(settings)
    window = MainWindow(picture.recipes[0], settings)
    window.resize(*SIZE)
    window.show()
    if len(picture.recipes) > 1:
        window.runs.open(picture.recipes)
    try:
        _wait_for(window, picture.recipes, 0)
        if picture.is_trained:
            window.runs.set_speed(None)  # the slider stays where it is
            window.runs.toggle_playing()
            _wait_for(window, picture.recipes, picture.recipes[0].epochs)
        return png(window.grab().toImage())
    finally:
        window.close()
        window.runs.bridge.runner.stop()


def _wait_for(window: MainWindow, recipes: tuple[Recipe, ...], epoch: int) -> None:
    """Wait until the window shows these runs, paused at an epoch."""

    def is_there() -> bool:
        update = window.runs.latest
        shown = tuple(frame.recipe for frame in update.frames)
        return shown == recipes and update.frames[0].epoch == epoch and not update.is_playing

    if not until(is_there, SECONDS):
        raise RuntimeError(f"the window did not come to epoch {epoch}.")


def main(arguments: Sequence[str]) -> int:
    """Make all pictures, say which, and return the exit code."""
    folder = Path(arguments[0]) if arguments else FOLDER
    for path in make_pictures(folder):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
