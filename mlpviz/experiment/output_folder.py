"""Files that appear all together or not at all."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def new_files_in(target: Path) -> Iterator[Path]:
    """Give a temporary folder; when all went well, move what was written there into `target`.

    The temporary folder lies within `target`, and so on the same disk: to move a file is one step
    that is done or not. Whatever is raised on the way, a cancelled job or a full disk, leaves
    `target` as it was.

    Raises
    ------
    ValueError
        when `target` is not a folder that can be written to; with a sentence that names it.
    OSError
        when a file cannot be put in its place.
    """
    made = [path for path in (target, *target.parents) if not path.exists()]
    try:
        target.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=target))
    except OSError as problem:
        _remove_empty(made)
        is_file = isinstance(problem, FileExistsError | NotADirectoryError)
        reason = "it is not a folder" if is_file else problem.strerror
        raise ValueError(f"{target} cannot be written to: {reason}.") from None
    try:
        yield temporary
        _move_files(temporary, target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        _remove_empty(made)
        raise
    shutil.rmtree(temporary, ignore_errors=True)


def write_file(path: Path, content: bytes | str) -> None:
    """Write a file for good: on the disk, not only in the memory that waits for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, content: str) -> None:
    """Write a file in one step: whoever looks finds the old one or the new one, and all of it.

    Raises
    ------
    OSError
        when it cannot be written; then the old one is as it was.
    """
    place = path.resolve()  # a link goes on to lead to the file
    temporary = place.with_name(f".unfinished-{secrets.token_hex(4)}")
    try:
        write_file(temporary, content)
        os.replace(temporary, place)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _move_files(source: Path, target: Path) -> None:
    pairs = [
        (path, target / path.relative_to(source)) for path in source.rglob("*") if path.is_file()
    ]
    # What cannot be replaced is found before the first file is.
    for _, place in pairs:
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_dir():
            raise IsADirectoryError(21, "Is a directory", str(place))
    for path, place in pairs:
        os.replace(path, place)


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:  # the innermost first
        with suppress(OSError):
            folder.rmdir()
