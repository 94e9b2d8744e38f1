"""Files that a user names: what is refused, and what stays as it was."""

import errno
import os
import socket
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlpviz.experiment import regular_files
from mlpviz.experiment.data.reading import load
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.regular_files import (
    place_of,
    read_file,
    replace_file,
    replace_files,
    write_file,
)
from mlpviz.experiment.run.sharing import Shared, load_shared, save_shared
from mlpviz.experiment.writing.csv_export import present_data, write_csv

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such links, modes, pipes and devices"
)


def save_recipe(path: Path) -> None:
    save_shared(Shared(Recipe(epochs=7)), path)


def export_data(path: Path) -> None:
    write_csv(path, present_data(Recipe()))


WRITERS = pytest.mark.parametrize("write", [save_recipe, export_data])
READERS = pytest.mark.parametrize("read", [load_shared, load])


@pytest.fixture
def open_mask() -> Iterator[None]:
    """The usual mask of new files, whoever runs the tests."""
    mask = os.umask(0o022)
    yield
    os.umask(mask)


def not_files(folder: Path) -> dict[str, Path]:
    """Make what is no regular file, by the words that a sentence has for it."""
    os.mkfifo(folder / "pipe.json")
    (folder / "folder.json").mkdir()
    (folder / "link.json").symlink_to(folder / "pipe.json")
    (folder / "device.json").symlink_to("/dev/zero")
    (folder / "round.json").symlink_to(folder / "about.json")
    (folder / "about.json").symlink_to(folder / "round.json")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(folder)  # the whole path may be too long for a socket
        try:
            server.bind("socket.json")
        finally:
            os.chdir(here)
    return {
        "it is a pipe and no file": folder / "pipe.json",
        "it is a folder": folder / "folder.json",
        "it is a device and no file": folder / "device.json",
        "it is a link that leads in a circle": folder / "round.json",
        "it is a socket and no file": folder / "socket.json",
    }


@WRITERS
def test_no_writer_writes_to_what_is_no_regular_file(write: object, tmp_path: Path) -> None:
    assert callable(write)
    before = not_files(tmp_path)
    kinds = {path.name: path.lstat().st_mode for path in tmp_path.iterdir()}
    for words, path in before.items():
        with pytest.raises(ValueError, match=f"{path.name} cannot be written: {words}"):
            write(path)
    assert {path.name: path.lstat().st_mode for path in tmp_path.iterdir()} == kinds


@WRITERS
@pytest.mark.usefixtures("open_mask")
def test_every_writer_keeps_link_and_mode(write: object, tmp_path: Path) -> None:
    assert callable(write)
    (tmp_path / "there").mkdir()
    file, link, other = tmp_path / "there" / "file", tmp_path / "link", tmp_path / "other"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(other)
    other.symlink_to(Path("there") / "file")  # a link to a link, and a relative one
    write(link)
    assert link.is_symlink()
    assert other.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert len(file.read_text(encoding="utf-8")) > len("old")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "link", "other", "there"]
    write(tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o644


@WRITERS
def test_a_link_to_no_file_yet_leads_to_the_new_one(write: object, tmp_path: Path) -> None:
    assert callable(write)
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").is_file()


@WRITERS
def test_a_full_disk_leaves_the_old_file(
    write: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(write)
    (tmp_path / "file").write_text("old", encoding="utf-8")

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(regular_files.os, "fsync", refuse)
    with pytest.raises(ValueError, match="file cannot be written: No space left on device"):
        write(tmp_path / "file")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "old"


def test_a_file_is_on_the_disk_when_it_has_been_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(regular_files.os, "fsync", synced.append)
    write_file(tmp_path / "a.txt", b"content")
    assert len(synced) == 1
    assert os.path.getsize(tmp_path / "a.txt") == 7


def test_a_file_that_only_its_owner_reads_is_at_no_moment_open_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    modes = set()

    def look(number: int) -> None:
        modes.add(stat.S_IMODE(os.fstat(number).st_mode))

    monkeypatch.setattr(regular_files.os, "fsync", look)
    replace_file(path, "new")
    assert modes == {0o600}


def test_a_protected_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "protected"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(regular_files.os, "access", lambda *_: False)  # root may write to any
    with pytest.raises(ValueError, match="protected cannot be written: Permission denied"):
        replace_file(path, "new")
    assert path.read_text(encoding="utf-8") == "old"


def test_of_several_files_none_is_replaced_where_one_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")
    (tmp_path / "z").mkdir()
    with pytest.raises(ValueError, match="z cannot be written: it is a folder"):
        replace_files({tmp_path / "a": "new", tmp_path / "z": "new"})
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "z"]


def test_where_a_file_can_be_written_is_known_before(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert place_of(tmp_path / "link") == (tmp_path / "file").resolve()
    with pytest.raises(ValueError, match="cannot be written: its folder does not exist"):
        place_of(tmp_path / "no" / "file")
    with pytest.raises(ValueError, match="cannot be written: no file can have this name"):
        place_of(tmp_path / "a\0b")


@READERS
def test_every_reader_refuses_at_once_what_is_no_regular_file(read: object, tmp_path: Path) -> None:
    assert callable(read)
    started = time.process_time()  # what waits for nobody takes none
    for words, path in not_files(tmp_path).items():
        with pytest.raises(ValueError, match=f"{path.name} cannot be read: {words}"):
            read(path)
    with pytest.raises(ValueError, match="cannot be read: no file can have this name"):
        read(tmp_path / "a\0b")
    assert time.process_time() - started < 1.0


def test_a_file_that_cannot_be_named_in_utf_8_is_read_and_named(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv"))
    export_data(path)
    assert len(load(path).data.Y) == 21
    path.write_text("no table", encoding="utf-8")
    with pytest.raises(ValueError, match="caf\ufffd"):
        load(path)


def test_no_more_of_a_large_file_is_read_than_its_size(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(ValueError, match="large cannot be read: it has more than 5 million"):
        read_file(path, 5_000_000, "large")


def test_where_no_file_can_be_made_in_the_folder_is_known_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_text("old", encoding="utf-8")
    access = os.access
    # Root may write everywhere; so the folder says what it says to others.
    monkeypatch.setattr(os, "access", lambda p, mode: Path(p) != tmp_path and access(p, mode))
    for place in (path, tmp_path / "new"):
        with pytest.raises(ValueError, match="no file can be made in its folder"):
            place_of(place)


def test_who_may_not_give_a_file_away_keeps_its_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_text("old", encoding="utf-8")
    kept: list[tuple[int, int]] = []

    def chown(_: object, owner: int, group: int) -> None:
        if owner != -1:
            raise PermissionError
        kept.append((owner, group))

    monkeypatch.setattr(os, "chown", chown)
    replace_file(path, "new")
    assert kept == [(-1, path.stat().st_gid)]
