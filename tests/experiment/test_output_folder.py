"""Files that appear all together or not at all."""

import sys
from pathlib import Path

import pytest

from mlpviz.experiment import output_folder
from mlpviz.experiment.output_folder import new_files_in
from mlpviz.experiment.regular_files import write_file

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links and modes")


class Cancelled(Exception):
    pass


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_what_was_written_is_there_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "down"
    with new_files_in(target) as folder:
        write_file(folder / "page.html", "ŷ")
        write_file(folder / "figures" / "one.png", b"1")
        assert contents(target) != {}  # in the temporary folder, hence on the same disk
        assert not (target / "page.html").exists()
    assert contents(target) == {"page.html": "ŷ", "figures/one.png": "1"}
    assert sorted(path.name for path in target.iterdir()) == ["figures", "page.html"]


def test_old_files_are_replaced_and_others_left_alone(tmp_path: Path) -> None:
    write_file(tmp_path / "page.html", "old")
    write_file(tmp_path / "mine.txt", "mine")
    with new_files_in(tmp_path) as folder:
        write_file(folder / "page.html", "new")
    assert contents(tmp_path) == {"page.html": "new", "mine.txt": "mine"}


@pytest.mark.parametrize("problem", [Cancelled, OSError, KeyboardInterrupt])
def test_an_accident_leaves_everything_as_it_was(
    tmp_path: Path, problem: type[BaseException]
) -> None:
    write_file(tmp_path / "page.html", "old")
    with pytest.raises(problem), new_files_in(tmp_path) as folder:  # noqa: PT012  the files matter
        write_file(folder / "page.html", "new")
        raise problem
    assert contents(tmp_path) == {"page.html": "old"}
    assert len(list(tmp_path.iterdir())) == 1


def test_an_accident_removes_the_folders_that_were_made_for_it(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(Cancelled), new_files_in(tmp_path / "there" / "a" / "b"):
        raise Cancelled
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


def test_a_file_in_the_place_of_the_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("mine", encoding="utf-8")
    for target in (path, path / "below"):
        with pytest.raises(ValueError, match="cannot be written to: it is not a folder"):
            new_files_in(target).__enter__()
    assert contents(tmp_path) == {"file": "mine"}


def test_a_folder_that_refuses_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(output_folder.tempfile, "mkdtemp", refuse)
    target = tmp_path / "new"
    with pytest.raises(ValueError, match="new cannot be written to: Permission denied"):
        new_files_in(target).__enter__()
    assert not target.exists()


def test_a_folder_in_the_place_of_a_file_is_found_before_any_file_is_moved(tmp_path: Path) -> None:
    (tmp_path / "z.html").mkdir()
    write_file(tmp_path / "a.html", "old")
    refusal = pytest.raises(ValueError, match=r"z\.html cannot be written: it is a folder")
    with refusal, new_files_in(tmp_path) as folder:
        write_file(folder / "a.html", "new")
        write_file(folder / "z.html", "new")
    assert contents(tmp_path) == {"a.html": "old"}


@posix
def test_links_and_modes_of_old_files_are_kept(tmp_path: Path) -> None:
    elsewhere, target = tmp_path / "elsewhere", tmp_path / "report"
    write_file(elsewhere / "page.html", "old")
    (elsewhere / "page.html").chmod(0o600)
    (target / "figures").mkdir(parents=True)
    (target / "page.html").symlink_to(elsewhere / "page.html")
    with new_files_in(target) as folder:
        write_file(folder / "page.html", "new")
        write_file(folder / "figures" / "one.png", b"1")
    assert (target / "page.html").is_symlink()
    assert (elsewhere / "page.html").read_text(encoding="utf-8") == "new"
    assert (elsewhere / "page.html").stat().st_mode & 0o777 == 0o600
    assert contents(target) == {"page.html": "new", "figures/one.png": "1"}
    assert [path.name for path in elsewhere.iterdir()] == ["page.html"]
