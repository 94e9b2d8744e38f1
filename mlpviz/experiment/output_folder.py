"""Files that appear all together or not at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mlpviz.experiment.plain_text import path_words
from mlpviz.experiment.regular_files import replace_files


@contextmanager
def new_files_in(target: Path) -> Iterator[Path]:
    """Give a temporary folder; when all went well, put what was written there into `target`.

    The temporary folder lies within `target`, and so on the same disk. Whatever is raised on the
    way, a cancelled job or a full disk, leaves `target` as it was.

    Raises
    ------
    ValueError
        with a sentence, when `target` is not a folder that can be written to, or a file cannot be
        put in its place.
    OSError
        when a folder cannot be made.
    """
    made = [path for path in (target, *target.parents) if not path.exists()]
    try:
        target.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=target))
    except OSError as problem:
        _remove_empty(made)
        is_file = isinstance(problem, FileExistsError | NotADirectoryError)
        reason = "it is not a folder" if is_file else problem.strerror
        raise ValueError(f"{path_words(target)} cannot be written to: {reason}.") from None
    try:
        yield temporary
        _move_files(temporary, target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        _remove_empty(made)
        raise
    shutil.rmtree(temporary, ignore_errors=True)


def _move_files(source: Path, target: Path) -> None:
    paths = [path for path in source.rglob("*") if path.is_file()]
    for path in paths:
        (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
    # Not moved: a file there may be a link to another disk, and it has a mode to keep.
    replace_files({target / path.relative_to(source): path.read_bytes() for path in paths})


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:  # the innermost first
        with suppress(OSError):
            folder.rmdir()
