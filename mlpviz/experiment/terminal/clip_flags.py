"""What may be typed of a clip, and the clip that is asked for."""

import argparse
import re
from pathlib import Path

from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import shown
from mlpviz.experiment.run.clip import SECONDS, THEMES, VIEWS, Clip, is_gif, size_text
from mlpviz.experiment.terminal.recipe_flags import Once, number, whole
from mlpviz.experiment.terminal.table_flags import one_of

CLIP_FILE = "mlpviz.png"
CLIP_FLAGS = ("--view", "--seconds", "--fps", "--size", "--from", "--to", "--theme")
DEST = "clip_"  # what a choice is called among the parsed arguments begins with it


def add_clip_flags(group: argparse._ArgumentGroup) -> None:
    """Give a parser the flags of a clip."""
    usual = Clip()
    group.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        default=Path(CLIP_FILE),
        help=tr(
            "where to write it; .gif makes a GIF, .png or .apng an animated PNG (default {file})",
            file=CLIP_FILE,
        ),
    )
    views = tr("what is to be seen (default {view})", view=usual.view)
    length = tr(
        "how long it is, {least} to {most} (default {seconds})",
        least=f"{SECONDS[0]:g}",
        most=f"{SECONDS[1]:g}",
        seconds=f"{usual.seconds:g}",
    )
    smooth = tr("frames per second (default {count})", count=usual.frames_per_second)
    size = tr("width and height in pixels (default {size})", size=size_text(usual.size))
    theme = tr("the colours (default {theme})", theme=usual.theme)
    for flag, field, kind, metavar, words in (
        ("--view", "view", one_of(tuple(VIEWS)), _choices(tuple(VIEWS)), views),
        ("--seconds", "seconds", number, "SECONDS", length),
        ("--fps", "frames_per_second", whole, "N", smooth),
        ("--size", "size", _size, "WIDTHxHEIGHT", size),
        ("--from", "first", whole, "EPOCH", tr("where it begins (default 0)")),
        ("--to", "last", whole, "EPOCH", tr("where it ends (default the end of the run)")),
        ("--theme", "theme", one_of(THEMES), _choices(THEMES), theme),
    ):
        group.add_argument(
            *(flag,), dest=DEST + field, action=Once, type=kind, metavar=metavar, help=words
        )
    group.add_argument(
        "--even",
        dest=f"{DEST}is_even",
        action="store_true",
        help=tr("let the epochs pass evenly, not slowly where much changes"),
    )


def clip_from(options: argparse.Namespace) -> Clip:
    """Return the clip that parsed flags ask for.

    Raises
    ------
    ValueError
        with a sentence, for a choice that there is not, and a file that is no clip by its name.
    """
    is_gif(options.out)
    given = {
        name.removeprefix(DEST): value
        for name, value in vars(options).items()
        if name.startswith(DEST)
    }
    return Clip(**given)


def _choices(names: tuple[str, ...]) -> str:
    return f"{{{','.join(names)}}}"


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text.strip(), re.ASCII | re.IGNORECASE)
    if match is None:
        raise argparse.ArgumentTypeError(
            tr(
                "must be a width and a height in pixels, as in 1280x800. Got {got}.",
                got=shown(text),
            )
        )
    return int(match[1]), int(match[2])
