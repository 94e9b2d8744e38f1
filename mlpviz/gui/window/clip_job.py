"""A clip that is made beside a window: in a process of its own, and written when it is whole."""

import os
from pathlib import Path

from mlpviz.experiment.regular_files import replace_file
from mlpviz.experiment.run.clip import Clip, is_gif
from mlpviz.experiment.run.record import Record
from mlpviz.experiment.study.apart import Watch, run_apart
from mlpviz.gui.window.clip_maker import Opener, make_clip


def save_clip(
    opener: Opener, clip: Clip, records: tuple[Record, ...], path: Path, watch: Watch
) -> Path:
    """Make a clip in another process, write it, and return its path.

    Raises
    ------
    ValueError, OSError
        with a sentence, when it cannot be made or written; then no file is.
    """
    content = run_apart(make_clip_apart, (opener, clip, records, is_gif(path)), watch)
    watch(1.0)  # the last moment to cancel it
    replace_file(path, content)
    return path


def make_clip_apart(
    opener: Opener, clip: Clip, records: tuple[Record, ...], as_gif: bool, watch: Watch
) -> bytes:
    """Make a clip in a process that has no window."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # whatever the window is on
    return make_clip(opener, clip, records, as_gif, watch)
