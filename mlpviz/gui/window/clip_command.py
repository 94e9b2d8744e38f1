"""`mlpviz clip`: a clip of a recipe's run, written without a display."""

import argparse
import os
from pathlib import Path

from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.regular_files import replace_file
from mlpviz.experiment.run.clip import is_gif
from mlpviz.experiment.run.record import Record
from mlpviz.experiment.terminal.clip_flags import clip_from
from mlpviz.experiment.terminal.output import progress_bar
from mlpviz.experiment.terminal.signals import held_back
from mlpviz.experiment.writing.gif import check_clip_file
from mlpviz.gui.window.app import window_for_pictures
from mlpviz.gui.window.clip_maker import make_clip


def write_clip(record: Record, options: argparse.Namespace) -> Path:
    """Write the clip of a run that is asked for, and return its path.

    Parameters
    ----------
    record : of the run, which is trained again
    options : as `terminal.arguments` parsed them

    Raises
    ------
    ValueError
        with a sentence, for what cannot be made or written; then no file is.
    """
    clip, path = clip_from(options), Path(options.out)
    check_clip_file(path)
    if record.epoch == 0:
        raise ValueError(tr("epochs must be at least 1 to make a clip. Got 0."))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    words = tr_plural("{count} frame", "{count} frames", clip.frames)
    with progress_bar() as show:

        def tell(share: float) -> None:
            show(share, words)

        content = make_clip(window_for_pictures, clip, (record,), is_gif(path), tell)
    with held_back():
        replace_file(path, content)
    return path
