"""The folder of a report: its files appear all together or not at all, and touch no others.

A list of their SHA-256 sums lies among them. A file that is on the list and still has its sum is
one that a report wrote, and the next report takes its place. Everything else in the folder belongs
to the user, a page of an earlier report that he has changed since too.

What is unfinished lies in a folder within it, and so on the same disk: to move a file is one step.
Whoever writes holds a lock there, so that the next one knows what was left by a program that was
killed, and removes it.
"""

import errno
import hashlib
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import path_words
from mlpviz.experiment.regular_files import place_of, read_file, write_file

LIST_NAME = "sha256sums.txt"
_HEADING = "# The files of an mlpviz report. To check them: sha256sum -c sha256sums.txt\n"
_LINE = re.compile("([0-9a-f]{64})  (.+)")
_MAX_LIST_BYTES = 1_000_000
_UNFINISHED, _LOCK = ".unfinished-", "lock"
_NEW, _OLD = "new", "old"  # folders within an unfinished one


class Outcome(NamedTuple):
    """What else was in the folder.

    Parameters
    ----------
    has_replaced : whether there was a report, which is gone
    has_others : whether files lie there that no report wrote
    """

    has_replaced: bool
    has_others: bool


def check_output(folder: Path, names: Iterable[str]) -> None:
    """Refuse a folder into which files cannot be written, or where they would replace others.

    Parameters
    ----------
    names : of the files, relative to the folder

    Raises
    ------
    ValueError
        with a sentence that says what is in the way.
    """
    with _unfinished(folder):
        _check(folder, [*names, LIST_NAME])


def write_output(
    folder: Path, files: Mapping[str, bytes], heed: Callable[[], None] = lambda: None
) -> Outcome:
    """Write files into a folder, in the place of those of an earlier report.

    Parameters
    ----------
    files : contents by names relative to the folder
    heed : called before each file; what it raises leaves everything as it was

    Raises
    ------
    ValueError
        with a sentence that says what is in the way.
    OSError
        when something cannot be written; then everything is as it was.
    """
    everything = {LIST_NAME: _list_text(files).encode()} | dict(files)
    with _unfinished(folder) as unfinished:
        for name, content in everything.items():
            heed()
            write_file(unfinished / _NEW / name, content)
        heed()
        old = _check(folder, everything)
        _swap(unfinished, folder, list(everything), old)
    shown = {folder / name for name in everything}
    places = {path.parent for path in shown}
    has_others = any(path not in shown | places for place in places for path in place.iterdir())
    return Outcome(bool(old), has_others)


def remove_unfinished(folder: Path) -> None:
    """Remove what a program that was killed has left in a folder, and the folder if that was all.

    Where that is not allowed, or there is no such folder, nothing happens.
    """
    with suppress(OSError):
        left = [path for path in folder.iterdir() if _is_abandoned(path)]
        for path in left:
            shutil.rmtree(path, ignore_errors=True)
        if left:
            folder.rmdir()


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """Give a new folder within a folder; in the end it is gone, and what was made in vain too."""
    remove_unfinished(folder)
    made: list[Path] = []
    try:
        try:
            made += [path for path in (folder, *folder.parents) if not path.exists()]
            folder.mkdir(parents=True, exist_ok=True)
            unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
        except OSError as problem:
            raise _refusal(folder, problem) from None
        try:
            with (unfinished / _LOCK).open("wb") as file:
                _take_lock(file)
                yield unfinished
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    finally:
        for path in made:  # the innermost first; one that is in use stays
            with suppress(OSError):
                path.rmdir()


def _check(folder: Path, names: Iterable[str]) -> set[str]:
    """Look for what is in the way. Return the files of the earlier report."""
    names = list(names)
    places = [folder / parent for parent in dict.fromkeys(PurePosixPath(n).parent for n in names)]
    for place in places:
        if os.path.lexists(place):
            _check_place(place, folder)
    sums = _listed_sums(folder)
    old = {name for name, value in sums.items() if _sum_of(folder / name) == value}
    old |= {LIST_NAME} if sums else set()
    for name in names:
        path = folder / name
        if name not in old and os.path.lexists(path):
            place_of(path)  # refuses what is no file at all
            raise ValueError(
                tr(
                    "{name} is in the way: no report wrote it as it is now. Move it away, or "
                    "choose another folder.",
                    name=path_words(path),
                )
            )
    return old


def _check_place(place: Path, folder: Path) -> None:
    """Refuse a place to which no file can be moved from within the folder."""
    try:
        if place.stat().st_dev != folder.stat().st_dev:
            raise OSError(errno.EXDEV, tr("it lies on another disk"))
        if not place.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(place, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as problem:
        raise _refusal(place, problem) from None


def _swap(unfinished: Path, folder: Path, new: list[str], old: set[str]) -> None:
    """Put the new files in the place of the old ones; after an error all is as it was.

    The list comes first of the new and goes last of the old: however this ends, every file of a
    report in the folder is on the list in the folder.
    """
    leaving = sorted(old, key=lambda name: name == LIST_NAME)
    moves = [(folder / name, unfinished / _OLD / name) for name in leaving]
    moves += [(unfinished / _NEW / name, folder / name) for name in new]
    for name in old.intersection(new):  # who may read a file stays as the user has set it
        (unfinished / _NEW / name).chmod(stat.S_IMODE((folder / name).stat().st_mode))
    done: list[tuple[Path, Path]] = []
    try:
        for source, place in moves:
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(source, place)
            done.append((source, place))
    except BaseException:
        for source, place in reversed(done):
            os.replace(place, source)
        raise
    finally:
        for place in {(folder / name).parent for name in (*old, *new)} - {folder}:
            with suppress(OSError):  # it is in use, as it should be
                place.rmdir()


def _list_text(files: Mapping[str, bytes]) -> str:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return _HEADING + "".join(lines)


def _listed_sums(folder: Path) -> dict[str, str]:
    """Return the sums of the files that an earlier report wrote, by their names."""
    path = folder / LIST_NAME
    if not os.path.lexists(path):
        return {}
    text = read_file(path, _MAX_LIST_BYTES, path_words(path)).decode(errors="replace")
    if not text.startswith(_HEADING):
        return {}
    matches = filter(None, map(_LINE.fullmatch, text.splitlines()))
    return {match[2]: match[1] for match in matches if _lies_within(match[2])}


def _lies_within(name: str) -> bool:
    """Tell whether a name from a list can only lead into the folder."""
    return re.fullmatch(r"(\w[\w-]*/)?\w[\w.-]*", name) is not None


def _sum_of(path: Path) -> str | None:
    """Return the sum of a regular file; None for what is none, and for a link."""
    if path.is_symlink() or not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_abandoned(path: Path) -> bool:
    """Tell whether a folder is unfinished, and nobody works at it any more."""
    if not path.name.startswith(_UNFINISHED):
        return False
    try:
        if not any(path.iterdir()):  # whoever made it was killed before there was a lock
            return True
        with (path / _LOCK).open("r+b") as file:
            return _take_lock(file)
    except OSError:  # another one has just removed it
        return False


def _take_lock(file: BinaryIO) -> bool:
    """Lock a file until it is closed; return whether nobody else had."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # a disk in the network may not know locks
        return False
    return True


def _refusal(folder: Path, problem: OSError) -> ValueError:
    is_file = isinstance(problem, FileExistsError | NotADirectoryError)
    reason = tr("it is not a folder") if is_file else problem.strerror or type(problem).__name__
    return ValueError(
        tr("{name} cannot be written to: {reason}.", name=path_words(folder), reason=reason)
    )
