"""The files of a report: all of them or none, and nobody else's are touched."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import processes
import pytest

from mlpviz.experiment.writing import output_folder
from mlpviz.experiment.writing.output_folder import (
    LIST_NAME,
    Outcome,
    check_output,
    remove_unfinished,
    write_output,
)

FILES = {"figures/one.svg": b"one", "figures/two.svg": b"two", "page.html": "ŷ".encode()}

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links and modes")


class Cancelled(Exception):
    pass


def contents(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder, the list of sums not counted."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST_NAME
    }


def names_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def cancel() -> None:
    raise Cancelled


# What is written


def test_what_was_written_is_there_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "down"
    assert write_output(target, FILES) == Outcome(has_replaced=False, has_others=False)
    assert names_in(target) == {*FILES, "figures", LIST_NAME}
    assert contents(target) == FILES


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="there is no sha256sum")
@pytest.mark.process
def test_the_list_is_one_that_sha256sum_reads(tmp_path: Path) -> None:
    write_output(tmp_path, FILES)
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", LIST_NAME],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert checked.stdout.count(": OK\n") == len(FILES)


def test_a_second_report_replaces_what_the_first_one_wrote_and_nothing_else(tmp_path: Path) -> None:
    write_output(tmp_path, FILES)
    for mine in ("mine.txt", "figures/mine.png"):
        (tmp_path / mine).write_bytes(b"mine")
    second = {"figures/one.svg": b"another", "page.md": b"page"}
    check_output(tmp_path, second)
    assert write_output(tmp_path, second) == Outcome(has_replaced=True, has_others=True)
    assert contents(tmp_path) == second | {"mine.txt": b"mine", "figures/mine.png": b"mine"}


def test_a_folder_that_a_report_needs_no_more_goes_with_it(tmp_path: Path) -> None:
    write_output(tmp_path, FILES)
    assert write_output(tmp_path, {"page.md": b""}) == Outcome(has_replaced=True, has_others=False)
    assert names_in(tmp_path) == {"page.md", LIST_NAME}


def test_what_the_user_has_changed_is_his(tmp_path: Path) -> None:
    write_output(tmp_path, FILES)
    (tmp_path / "page.html").write_bytes(b"my notes")
    (tmp_path / "figures" / "two.svg").write_bytes(b"my drawing")
    words = "two.svg is in the way: no report wrote it as it is now. Move it away, or"
    for act in (lambda: check_output(tmp_path, FILES), lambda: write_output(tmp_path, FILES)):
        with pytest.raises(ValueError, match=words):
            act()
    write_output(tmp_path, {"page.md": b"page"})
    assert contents(tmp_path) == {
        "page.md": b"page",
        "page.html": b"my notes",
        "figures/two.svg": b"my drawing",
    }


def test_a_list_of_somebody_else_gives_nothing_away(tmp_path: Path) -> None:
    write_output(tmp_path / "report", {"page.html": b"mine"})
    line = (tmp_path / "report" / LIST_NAME).read_text(encoding="utf-8").splitlines()[1]
    (tmp_path / "page.html").write_bytes(b"mine")
    listed = tmp_path / "report" / LIST_NAME
    listed.write_text(listed.read_text(encoding="utf-8") + line[:66] + "../page.html\n", "utf-8")
    write_output(tmp_path / "report", {"page.md": b"page"})
    assert (tmp_path / "page.html").read_bytes() == b"mine"
    (tmp_path / LIST_NAME).write_text(line + "\n", encoding="utf-8")  # of a download
    with pytest.raises(ValueError, match=f"{LIST_NAME} is in the way"):
        check_output(tmp_path, {"other.html": b""})


@posix
def test_who_may_read_a_file_stays_as_it_was_set(tmp_path: Path) -> None:
    write_output(tmp_path, FILES)
    (tmp_path / "page.html").chmod(0o640)
    write_output(tmp_path, {"page.html": b"new"})
    assert stat.S_IMODE((tmp_path / "page.html").stat().st_mode) == 0o640


# What is in the way


@pytest.mark.parametrize("target", ["file", "file/below", "link"])
def test_a_file_in_the_place_of_the_folder_is_said_in_a_sentence(
    tmp_path: Path, target: str
) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    if target == "link":
        (tmp_path / "link").symlink_to(tmp_path / "file")
    with pytest.raises(ValueError, match=f"{target} cannot be written to: it is not a folder."):
        check_output(tmp_path / target, FILES)
    assert contents(tmp_path)["file"] == b"mine"


def test_a_file_in_the_place_of_a_folder_within_is_found_first(tmp_path: Path) -> None:
    (tmp_path / "figures").write_bytes(b"mine")
    with pytest.raises(ValueError, match="figures cannot be written to: it is not a folder"):
        check_output(tmp_path, FILES)
    assert names_in(tmp_path) == {"figures"}


def test_a_folder_in_the_place_of_a_file_is_found_first(tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()
    with pytest.raises(ValueError, match=r"page\.html cannot be written: it is a folder"):
        check_output(tmp_path, FILES)
    assert names_in(tmp_path) == {"page.html"}


@posix
def test_a_link_in_the_place_of_a_file_is_nothing_that_a_report_wrote(tmp_path: Path) -> None:
    write_output(tmp_path, FILES)
    os.replace(tmp_path / "page.html", tmp_path / "mine.html")
    (tmp_path / "page.html").symlink_to("mine.html")
    with pytest.raises(ValueError, match=r"page\.html is in the way"):
        check_output(tmp_path, FILES)


@pytest.mark.parametrize("within", [None, "figures"])
def test_a_folder_that_refuses_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, within: str | None
) -> None:
    def refuse(**_: object) -> str:
        raise PermissionError(13, "Permission denied")

    # No folder refuses root, who may be running this.
    if within is None:
        monkeypatch.setattr(output_folder.tempfile, "mkdtemp", refuse)
    else:
        monkeypatch.setattr(output_folder.os, "access", lambda place, _: place.name != within)
    target = tmp_path / "new"
    if within:
        (target / within).mkdir(parents=True)
    name = within or "new"
    with pytest.raises(ValueError, match=f"{name} cannot be written to: Permission denied."):
        check_output(target, FILES)
    assert names_in(tmp_path) == ({"new", f"new/{within}"} if within else set())


def test_to_look_leaves_nothing_behind(tmp_path: Path) -> None:
    check_output(tmp_path / "deep" / "down", FILES)
    assert names_in(tmp_path) == set()


def test_to_look_makes_nothing_in_the_folders_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_output(tmp_path, FILES)
    make, made_in = output_folder.tempfile.mkdtemp, list[Path]()

    def note(*, prefix: str, dir: Path) -> str:
        made_in.append(dir)
        return make(prefix=prefix, dir=dir)

    monkeypatch.setattr(output_folder.tempfile, "mkdtemp", note)
    check_output(tmp_path, FILES)
    assert made_in == [tmp_path]  # the one with the lock, which the next report would remove


# What goes wrong on the way


@pytest.mark.parametrize("problem", [Cancelled, OSError, KeyboardInterrupt])
@pytest.mark.parametrize("at", [0, 2, 4])
def test_what_ends_it_between_two_files_leaves_everything_as_it_was(
    tmp_path: Path, problem: type[BaseException], at: int
) -> None:
    write_output(tmp_path, FILES)
    before = names_in(tmp_path)
    calls: list[int] = []

    def heed() -> None:
        calls.append(1)
        if len(calls) > at:
            raise problem

    with pytest.raises(problem):
        write_output(tmp_path, dict.fromkeys(FILES, b"new"), heed)
    assert contents(tmp_path) == FILES
    assert names_in(tmp_path) == before


@pytest.mark.parametrize("at", range(8))
def test_what_ends_it_between_two_moves_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    write_output(tmp_path, FILES)
    move, moved = os.replace, list[Path]()

    def fail_once(source: Path, place: Path) -> None:
        moved.append(place)
        if len(moved) == at + 1:
            raise OSError(28, "No space left on device")
        move(source, place)

    monkeypatch.setattr(output_folder.os, "replace", fail_once)
    with pytest.raises(OSError, match="No space left"):
        write_output(tmp_path, dict.fromkeys(FILES, b"new"))
    monkeypatch.undo()
    assert contents(tmp_path) == FILES
    write_output(tmp_path, dict.fromkeys(FILES, b"new"))  # its list is as it was, too
    assert contents(tmp_path) == dict.fromkeys(FILES, b"new")


def test_an_accident_removes_the_folders_that_were_made_for_it(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(Cancelled):
        write_output(tmp_path / "there" / "a" / "b", FILES, cancel)
    assert names_in(tmp_path) == {"there"}


WRITE = """
from pathlib import Path
from mlpviz.experiment.writing.output_folder import write_output
def wait():
    print("in the midst of it", flush=True)
    input()
write_output(Path("out"), {"page.html": b"page"}, wait)
"""


@processes.on_linux
@pytest.mark.process
def test_the_next_one_removes_what_a_killed_program_left_but_not_what_is_in_use(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    with processes.marked(tmp_path, "-c", WRITE) as family:
        assert family.parent.stdout is not None
        assert family.parent.stdout.readline() == "in the midst of it\n"
        write_output(out, FILES)
        assert len(list(out.glob(".unfinished-*"))) == 1
        family.parent.kill()
        family.parent.wait()
    write_output(out, FILES)
    assert names_in(out) == {*FILES, "figures", LIST_NAME}


def test_what_was_killed_before_it_had_a_lock_is_removed_too(tmp_path: Path) -> None:
    (tmp_path / "out" / ".unfinished-1").mkdir(parents=True)
    (tmp_path / "out" / ".unfinished-mine").write_bytes(b"mine")
    write_output(tmp_path / "out", FILES)
    assert names_in(tmp_path / "out") == {*FILES, "figures", LIST_NAME, ".unfinished-mine"}
    (tmp_path / "new" / ".unfinished-2").mkdir(parents=True)
    remove_unfinished(tmp_path / "new")
    assert names_in(tmp_path).isdisjoint({"new"})


@processes.on_linux
@pytest.mark.process
def test_a_folder_that_holds_nothing_but_the_unfinished_is_removed(tmp_path: Path) -> None:
    with processes.marked(tmp_path, "-c", WRITE) as family:
        assert family.parent.stdout is not None
        assert family.parent.stdout.readline() == "in the midst of it\n"
        remove_unfinished(tmp_path / "out")
        assert (tmp_path / "out").exists()
    remove_unfinished(tmp_path / "out")
    assert names_in(tmp_path) == set()
