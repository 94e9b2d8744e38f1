"""Files that a user names: only regular files are read or written, and never one by halves.

Whatever writes goes through `replace_file` or `replace_files`: the content is written to a new file
in the same folder, and that takes the place of the old one in one step. Links stay links, a file
keeps its mode and, where that is allowed, its owner. After an error the old file is as it was.
"""

import errno
import os
import secrets
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import path_words

_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, marked("it is a folder")),
    (stat.S_ISFIFO, marked("it is a pipe and no file")),
    (stat.S_ISSOCK, marked("it is a socket and no file")),
    (stat.S_ISCHR, marked("it is a device and no file")),
    (stat.S_ISBLK, marked("it is a device and no file")),
)


def place_of(path: Path) -> Path:
    """Return where a file lies, or would: a link is followed to its end.

    Raises
    ------
    ValueError
        with a sentence, where no file can be written: there is something else, a link that leads
        in a circle, a file that is protected, or no folder.
    """
    try:
        _check_path(path)
        place = Path(os.path.realpath(path))
        old = _status(path)
        if old is None:
            if not place.parent.is_dir():
                raise FileNotFoundError(errno.ENOENT, tr("its folder does not exist"))
        else:
            _check_kind(old)
            if not os.access(place, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if not os.access(place.parent, os.W_OK | os.X_OK):  # where the new file is made
            raise PermissionError(errno.EACCES, tr("no file can be made in its folder"))
    except OSError as problem:
        raise _refusal(path, _reason(problem)) from None
    return place


def replace_file(path: Path, content: bytes | str) -> None:
    """Write a file in one step: whoever looks finds the old one or the new one, and all of it.

    Raises
    ------
    ValueError
        with a sentence that names the file, when it cannot be written; then the old one is as it
        was.
    """
    replace_files({path: content})


def replace_files(contents: Mapping[Path, bytes | str]) -> None:
    """Write files, each in one step, and none before the contents of all are on the disk.

    A process that is killed in the middle of it leaves what there was, and beside it a file whose
    name begins with ".unfinished-".

    Raises
    ------
    ValueError
        with a sentence that names the file which cannot be written.
    """
    places = {path: place_of(path) for path in contents}
    prepared: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in contents.items():
            place = places[path]
            prepared[path] = place.with_name(f".unfinished-{secrets.token_hex(8)}")
            _write_beside(prepared[path], place, content)
        for path, temporary in prepared.items():
            os.replace(temporary, places[path])
    except OSError as problem:
        raise _refusal(path, _reason(problem)) from None
    finally:
        for temporary in prepared.values():  # those that have not taken their place
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def write_file(path: Path, content: bytes | str, mode: int = 0o666) -> None:
    """Write a new file for good: on the disk, not only in the memory that waits for it.

    Parameters
    ----------
    mode : who may read and write it, less what the process masks

    Raises
    ------
    OSError
        when it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())


def read_file(path: Path, limit: int, name: str) -> bytes:
    """Read a regular file of at most so many bytes; of anything else nothing is read.

    Parameters
    ----------
    name : what the file is called in a sentence

    Raises
    ------
    ValueError
        with a sentence that says why it cannot be read.
    """
    try:
        _check_path(path)
        # A pipe is not even opened: whoever writes to it would begin, and be cut off.
        _check_kind(path.stat())
        with open(path, "rb", opener=_open_at_once) as file:
            status = os.fstat(file.fileno())
            _check_kind(status)
            content = b"" if status.st_size > limit else file.read(limit + 1)
    except OSError as problem:
        raise ValueError(
            tr("{name} cannot be read: {reason}.", name=name, reason=_reason(problem))
        ) from None
    if status.st_size > limit or len(content) > limit:
        raise ValueError(
            tr(
                "{name} cannot be read: it has more than {most} million bytes.",
                name=name,
                most=limit // 1_000_000,
            )
        )
    return content


def _open_at_once(name: str, flags: int) -> int:
    """Open a file to read; a pipe that came into its place meanwhile does not block."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _write_beside(temporary: Path, place: Path, content: bytes | str) -> None:
    """Write a file that is to take the place of another, with the mode and owner of that one."""
    old = _status(place)
    # Nobody else may read meanwhile what he may not read afterwards.
    write_file(temporary, content, 0o666 if old is None else 0o600)
    if old is not None:
        if hasattr(os, "chown"):
            for owner in (old.st_uid, -1):  # only root may give files away; a group can be kept
                with suppress(OSError):
                    os.chown(temporary, owner, old.st_gid)
                    break
        temporary.chmod(stat.S_IMODE(old.st_mode))


def _status(path: Path) -> os.stat_result | None:
    """Return what is known of a file; None where there is none, or a link to none."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _check_path(path: Path) -> None:
    if "\0" in str(path):  # in a link that was dropped; Python speaks of an embedded null byte
        raise OSError(errno.EINVAL, tr("no file can have this name"))


def _check_kind(status: os.stat_result) -> None:
    """Refuse what is no regular file.

    Raises
    ------
    OSError
        with the words for what it is.
    """
    if not stat.S_ISREG(status.st_mode):
        kinds = (words for is_kind, words in _KINDS if is_kind(status.st_mode))
        raise OSError(errno.EINVAL, tr(next(kinds, marked("it is no regular file"))))


def _reason(problem: OSError) -> str:
    if problem.errno == errno.ELOOP:
        return tr("it is a link that leads in a circle")
    if isinstance(problem, IsADirectoryError):
        return tr("it is a folder")
    return problem.strerror or type(problem).__name__


def _refusal(path: Path, reason: str) -> ValueError:
    return ValueError(
        tr("{name} cannot be written: {reason}.", name=path_words(path), reason=reason)
    )
