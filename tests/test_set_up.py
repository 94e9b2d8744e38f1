"""The set-up script, packaging/dev.py, and what it is made of."""

import base64
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import attempts
import dev
import environments
import machine
import pytest
import system_packages

ROOT = Path(__file__).resolve().parent.parent


class Machine:
    """Stands for all programs that the set-up starts; an environment is a folder with a Python."""

    def __init__(self) -> None:
        self.has_network = True
        self.broken: set[Path] = set()
        self.started: list[str] = []
        self.on_pip: Callable[[], object] = lambda: None

    def attempt(self, command: list[str]) -> tuple[int, str]:
        words = " ".join(command)
        if " -m venv " in words:
            self.started.append("venv")
            python = environments.python_in(Path(command[-1]))
            python.parent.mkdir(parents=True)
            python.touch()
            return 0, ""
        if " -m pip " in words:
            self.started.append(Path(command[-1]).name)
            self.on_pip()
            said = "Retrying after connection broken by 'NewConnectionError'"
            return (0, "") if self.has_network else (1, said)
        python = Path(command[0])
        return int(not python.exists() or python in self.broken), ""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Let the set-up work in a folder of its own, with no way to start a real program."""
    programs = Machine()
    monkeypatch.setattr(environments, "VENVS", tmp_path / ".venv")
    for module in (attempts, environments, system_packages):
        monkeypatch.setattr(module, "attempt", programs.attempt)
    monkeypatch.setattr(system_packages, "has_apt", lambda: False)
    monkeypatch.setattr(dev, "run", lambda python, arguments: 0)
    monkeypatch.setattr(dev, "test", lambda python, arguments: 0)
    return programs


def folders() -> list[str]:
    return sorted(path.name for path in environments.VENVS.iterdir() if path.is_dir())


def on_another_python(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(environments, "interpreter_key", lambda: "cpython 3.12; linux; /usr;")
    return monkeypatch


# The command line


def test_words_are_extracted_with_what_the_checks_need(
    programs: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(dev, "call", lambda command: called.append(command[1:]) or 0)
    assert dev.main(["words"]) == 0
    assert programs.started == ["venv", "requirements-dev.txt"]
    assert called == [[ROOT / "packaging" / "template.py"]]


def test_pictures_are_made_with_what_the_program_itself_needs(
    programs: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(dev, "call", lambda command: called.append(command[1:]) or 0)
    assert dev.main(["pictures", "somewhere"]) == 0
    assert programs.started == ["venv", "requirements.txt"]
    assert called == [[ROOT / "packaging" / "readme_pictures.py", "somewhere"]]
    assert system_packages.needed_packages("run", ["pictures"]) == system_packages.DRAWING


@pytest.mark.parametrize("arguments", [[], ["tset"], ["--smoke-test"]])
def test_an_unknown_command_is_answered_by_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert dev.main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "must be run or test or words or pictures, not" in printed.err


@pytest.mark.parametrize("version", [(3, 10), (3, 15), (4, 0)])
def test_a_python_that_is_too_old_or_too_new_is_told_which_are_not(
    version: tuple[int, int], tmp_path: Path
) -> None:
    code = (
        "import runpy, sys\n"
        f"sys.version_info = ({version[0]}, {version[1]}, 0, 'final', 0)\n"
        "sys.argv = ['dev.py', 'run']\n"
        f"runpy.run_path({str(ROOT / 'packaging' / 'dev.py')!r}, run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    found = f"{version[0]}.{version[1]}"
    expected = f"dev.py: mlpviz needs Python 3.11 to 3.14, and this is Python {found}.\n"
    assert done.stderr == expected


# What the machine must be


@pytest.mark.parametrize(
    ("architecture", "glibc", "said"),
    [
        ("x86_64", "2.33", "glibc 2.33"),
        ("aarch64", "2.36", "glibc 2.36"),
        ("x86_64", "", "another C library"),
        ("i686", "2.41", "Linux on i686"),
    ],
)
def test_a_machine_that_qt_has_no_wheel_for_is_refused_before_anything_is_tried(
    programs: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    architecture: str,
    glibc: str,
    said: str,
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine.platform, "machine", lambda: architecture)
    monkeypatch.setattr(machine, "_glibc", lambda: glibc)
    assert dev.main(["run"]) == 2
    printed = capsys.readouterr().err
    assert printed.count("\n") == 1
    assert said in printed
    assert "glibc 2.34 or newer (2.39 on arm64)" in printed
    assert programs.started == []


@pytest.mark.parametrize(
    ("architecture", "glibc"), [("x86_64", "2.34"), ("x86_64", "2.41"), ("aarch64", "2.39")]
)
def test_a_machine_that_qt_has_a_wheel_for_is_not_refused(
    monkeypatch: pytest.MonkeyPatch, architecture: str, glibc: str
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine.platform, "machine", lambda: architecture)
    monkeypatch.setattr(machine, "_glibc", lambda: glibc)
    assert machine.unsuitable() == ""


@pytest.mark.parametrize(
    ("system", "function", "release", "suits"),
    [
        ("darwin", "mac_ver", ("12.7", ("", "", ""), ""), False),
        ("darwin", "mac_ver", ("13.0", ("", "", ""), ""), True),
        ("win32", "version", "6.3.9600", False),
        ("win32", "version", "10.0.19045", True),
        ("freebsd14", "system", "FreeBSD", False),
    ],
)
def test_other_systems_are_judged_by_their_release(
    monkeypatch: pytest.MonkeyPatch, system: str, function: str, release: object, suits: bool
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(machine.platform, function, lambda: release)
    assert (machine.unsuitable() == "") == suits


def test_a_python_of_32_bits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "maxsize", 2**31 - 1)
    assert "32-bit" in machine.unsuitable()


def test_this_machine_suits() -> None:
    assert machine.unsuitable() == ""


def test_the_readme_says_what_the_set_up_demands() -> None:
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    for words in ("glibc 2.34 or newer (2.39 on arm64)", "macOS 13", "Windows 10", "3.11 to 3.14"):
        assert words in text
        assert words in machine.NEEDS
    assert f"{environments.DOWNLOAD_MB['run']} MB" in text
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'requires-python = ">=3.11,<3.15"' in pyproject


# The environments


def test_a_first_set_up_makes_an_environment_and_a_second_one_does_nothing(
    programs: Machine,
) -> None:
    assert dev.main(["run"]) == 0
    assert programs.started == ["venv", "requirements.txt"]
    programs.started.clear()
    assert dev.main(["run"]) == 0
    assert programs.started == []


def test_after_a_set_up_for_the_checks_the_program_needs_none(programs: Machine) -> None:
    dev.main(["test"])
    programs.started.clear()
    assert dev.main(["run"]) == 0
    assert dev.main(["test"]) == 0
    assert programs.started == []


def test_without_a_network_the_checks_say_one_sentence_and_the_program_still_runs(
    programs: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    dev.main(["run"])
    before = folders()
    programs.has_network = False
    capsys.readouterr()
    assert dev.main(["test"]) == 1
    said = [line for line in capsys.readouterr().err.splitlines() if "Setting up" not in line]
    assert said == [
        "dev.py: packaging/requirements-dev.txt cannot be installed without a network connection. "
        "`run` works as before."
    ]
    assert folders() == before
    programs.started.clear()
    assert dev.main(["run"]) == 0
    assert programs.started == []


def test_another_python_and_back_takes_nothing_away(
    programs: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.main(["run"])
    programs.has_network = False
    with monkeypatch.context() as other:
        on_another_python(other)
        assert dev.main(["run"]) == 1
    assert dev.main(["run"]) == 0
    programs.has_network = True
    with monkeypatch.context() as other:
        on_another_python(other)
        assert dev.main(["run"]) == 0
    programs.has_network = False
    programs.started.clear()
    assert dev.main(["run"]) == 0
    with monkeypatch.context() as other:
        on_another_python(other)
        assert dev.main(["run"]) == 0
    assert programs.started == []
    assert len(folders()) == 2


def test_new_requirements_without_a_network_leave_the_program_with_the_old_ones(
    programs: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dev.main(["run"])
    started: list[Path] = []
    monkeypatch.setattr(dev, "run", lambda python, arguments: started.append(python) or 0)
    dev.main(["run"])
    monkeypatch.setattr(environments, "requirements_key", lambda command: "changed")
    programs.has_network = False
    assert dev.main(["run"]) == 0
    assert started == [started[0]] * 2
    assert "goes on with what was set up before" in capsys.readouterr().err
    programs.has_network = True
    assert dev.main(["run"]) == 0
    assert started[2] != started[0]


def test_new_requirements_of_the_program_alone_make_the_set_up_for_the_checks_outdated(
    programs: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "packaging", tmp_path / "packaging")
    monkeypatch.setattr(environments, "ROOT", tmp_path)
    dev.main(["test"])
    programs.started.clear()
    with (tmp_path / "packaging" / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("more==1.0\n")
    assert dev.main(["run"]) == 0
    assert programs.started == ["venv", "requirements.txt"]
    programs.started.clear()
    assert dev.main(["test"]) == 0
    assert programs.started == ["venv", "requirements-dev.txt"]


def test_ctrl_c_during_the_set_up_leaves_what_worked_and_nothing_else(programs: Machine) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    dev.main(["run"])
    before = folders()
    programs.on_pip = interrupt
    assert dev.main(["test"]) == 130
    assert folders() == before
    assert dev.main(["run"]) == 0


def test_what_a_killed_set_up_left_is_removed_by_the_next(programs: Machine) -> None:
    dev.main(["run"])
    half = environments.VENVS / "3.11-00000000"
    removed = environments.VENVS / "3.11-00000001.removed"
    for folder in (half, removed):
        (folder / "lib").mkdir(parents=True)
    mine = environments.VENVS / "notes"
    mine.mkdir()
    dev.main(["test"])
    assert not half.exists()
    assert not removed.exists()
    assert mine.exists()


def test_only_the_newest_environment_and_the_one_before_are_kept(
    programs: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for time, key in enumerate("abcd"):
        monkeypatch.setattr(environments, "requirements_key", lambda command, key=key: key)
        assert dev.main(["run"]) == 0
        stamp = environments.environments()[0].folder / environments.STAMP
        os.utime(stamp, (time, time))
    kept = [environment.requirements for environment in environments.environments()]
    assert kept == ["d", "c"]


def test_an_environment_whose_python_is_gone_is_made_anew(programs: Machine) -> None:
    dev.main(["run"])
    programs.broken.add(environments.environments()[0].python)
    programs.started.clear()
    assert dev.main(["run"]) == 0
    assert programs.started == ["venv", "requirements.txt"]


def test_a_moved_checkout_needs_no_new_set_up(
    programs: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dev.main(["run"])
    shutil.move(environments.VENVS, tmp_path / "moved")
    monkeypatch.setattr(environments, "VENVS", tmp_path / "moved")
    programs.has_network = False
    assert dev.main(["run"]) == 0


def first_version_in(folder: Path) -> None:
    """Lay down what the set-up of version 0.1.0 left."""
    python = environments.python_in(folder)
    python.parent.mkdir(parents=True)
    python.touch()
    (folder / "pyvenv.cfg").write_text("", encoding="utf-8")
    stamp = f'{{"interpreter": "{environments.interpreter_key()} {folder}", "inputs": "x", '
    (folder / environments.STAMP).write_text(stamp + '"command": "run"}', encoding="utf-8")


def test_an_environment_of_the_first_version_serves_until_there_is_another(
    programs: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_version_in(environments.VENVS)
    programs.has_network = False
    assert dev.main(["run"]) == 0
    assert folders() == ["bin"]
    programs.has_network = True
    assert dev.main(["run"]) == 0
    monkeypatch.setattr(environments, "requirements_key", lambda command: "changed")
    assert dev.main(["run"]) == 0
    assert "bin" not in folders()
    assert not (environments.VENVS / "pyvenv.cfg").exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"interpreter": "x"}', "\0", "1"])
def test_a_stamp_that_cannot_be_read_counts_as_none(programs: Machine, text: str) -> None:
    dev.main(["run"])
    (environments.environments()[0].folder / environments.STAMP).write_text(text, encoding="utf-8")
    assert environments.environments() == []
    assert dev.main(["run"]) == 0


def test_an_environment_that_may_not_be_written_to_is_used_as_it_is(
    programs: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.main(["run"])
    programs.started.clear()

    def forbid(*arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    # No folder is forbidden to root, who may be running this.
    monkeypatch.setattr(os, "utime", forbid)
    monkeypatch.setattr(environments, "write_stamp", forbid)
    monkeypatch.setattr(environments, "alone", forbid)
    assert dev.main(["run"]) == 0
    assert dev.main(["run", "report"]) == 0
    assert programs.started == []


@pytest.mark.parametrize("in_the_way", ["file", "link to nothing"])
def test_where_no_environment_can_be_made_that_is_one_sentence(
    programs: Machine, capsys: pytest.CaptureFixture[str], in_the_way: str
) -> None:
    if in_the_way == "file":
        environments.VENVS.write_text("", encoding="utf-8")
    else:
        environments.VENVS.symlink_to("nowhere")
    assert dev.main(["run"]) == 2
    printed = capsys.readouterr().err
    assert printed.count("\n") == 1
    assert "cannot be written to" in printed


def test_a_second_set_up_waits_for_the_first_and_uses_what_it_made(
    programs: Machine,
    capsys: pytest.CaptureFixture[str],
    wait_until: Callable[[Callable[[], bool]], bool],
) -> None:
    is_in_pip, may_go_on = threading.Event(), threading.Event()

    def hold() -> None:
        is_in_pip.set()
        may_go_on.wait(30)

    programs.on_pip = hold
    codes: list[int] = []
    first, second = (threading.Thread(target=lambda: codes.append(dev.main(["run"]))) for _ in "12")
    first.start()
    assert is_in_pip.wait(30)
    said = ""

    def waits() -> bool:
        nonlocal said
        said += capsys.readouterr().err
        return "waiting for another set-up" in said

    second.start()
    assert wait_until(waits)
    may_go_on.set()
    first.join(30)
    second.join(30)
    assert codes == [0, 0]
    assert programs.started == ["venv", "requirements.txt"]


def is_locked(path: Path) -> bool:
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_the_lock_is_free_again_after_a_set_up(programs: Machine) -> None:
    dev.main(["run"])
    assert not is_locked(environments.VENVS / "lock")


def test_what_pip_said_stands_before_the_sentence(
    programs: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = "\n".join(f"line {number}" for number in range(100))

    def attempt(command: list[str]) -> tuple[int, str]:
        return (1, noise) if "pip" in command else programs.attempt(command)

    monkeypatch.setattr(environments, "attempt", attempt)
    assert dev.main(["run"]) == 1
    printed = capsys.readouterr().err
    assert printed.endswith("line 99\ndev.py: pip could not install packaging/requirements.txt.\n")
    assert "line 50" not in printed


# The system packages


@pytest.fixture
def apt(programs: Machine, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Let there be apt, and none of the packages, and note the commands."""
    commands: list[list[str]] = []

    def attempt(command: list[str]) -> tuple[int, str]:
        if "-m" in command:
            return programs.attempt(command)
        commands.append(command)
        return 0, ""

    for module in (attempts, system_packages):
        monkeypatch.setattr(module, "attempt", attempt)
    monkeypatch.setattr(system_packages, "has_apt", lambda: True)
    monkeypatch.setattr(system_packages, "installed_packages", set)
    monkeypatch.setattr(system_packages, "unknown_to_apt", lambda names: [])
    monkeypatch.setattr(system_packages, "administrator_prefix", list)
    return commands


@pytest.mark.parametrize(
    ("arguments", "needed", "not_needed"),
    [
        (["run"], ["libegl1", "libxcb-cursor0", "libwayland-egl1"], ["xvfb"]),
        (["run", "--recipe", "x.json"], ["libegl1", "libxcb-cursor0"], ["xvfb"]),
        (["run", "report", "--seeds", "2"], ["libegl1", "libfontconfig1"], ["libxcb-cursor0"]),
        (["run", "train", "--lr", "1"], [], ["libegl1", "libxcb-cursor0"]),
        (["run", "--recipe", "x.json", "train"], [], ["libegl1", "libxcb-cursor0"]),
        (["run", "--version"], [], ["libegl1"]),
        (["test"], ["libegl1", "libxcb-cursor0", "xvfb"], []),
        (["test", "tests/engine"], ["libegl1", "libxcb-cursor0"], ["xvfb"]),
    ],
)
def test_a_command_needs_only_the_packages_that_it_uses(
    arguments: list[str], needed: list[str], not_needed: list[str]
) -> None:
    packages = system_packages.needed_packages(arguments[0], arguments[1:])
    assert set(needed) <= set(packages)
    assert not set(not_needed) & set(packages)


def test_who_may_not_install_packages_can_still_train_and_is_told_the_command_for_the_window(
    apt: list[list[str]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages, "packages_to_make_environments", tuple)
    monkeypatch.setattr(system_packages, "administrator_prefix", lambda: None)
    monkeypatch.setattr(
        system_packages, "unknown_to_apt", lambda names: list({"libgl1"} & set(names))
    )
    monkeypatch.setattr(
        system_packages, "installed_packages", lambda: set(system_packages.QT_PACKAGES[2:])
    )
    assert dev.main(["run", "train"]) == 0
    assert dev.main(["run"]) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.endswith(
        "please run: sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1"
    )


def test_where_only_the_package_for_environments_is_missing_the_program_runs_with_the_old_one(
    apt: list[list[str]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = {*system_packages.QT_PACKAGES, "python3-venv"}
    monkeypatch.setattr(system_packages, "installed_packages", lambda: installed)
    monkeypatch.setattr(system_packages, "administrator_prefix", lambda: None)
    monkeypatch.setattr(system_packages, "packages_to_make_environments", lambda: ("python3-venv",))
    assert dev.main(["run", "train"]) == 0
    installed -= {"python3-venv", "libegl1"}
    monkeypatch.setattr(environments, "requirements_key", lambda command: "changed")
    assert dev.main(["run"]) == 2  # the window needs more than the old one was looked at for
    assert capsys.readouterr().err.endswith("--no-install-recommends libegl1\n")
    installed.add("libegl1")
    assert dev.main(["run"]) == 0
    said = capsys.readouterr().err
    assert "--no-install-recommends python3-venv\n" in said
    assert said.endswith("dev.py: it goes on with what was set up before.\n")


def test_packages_are_looked_for_once_and_again_for_a_command_that_needs_more(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(dev.system_packages, "require_system_packages", asked.append)
    monkeypatch.setattr(system_packages, "packages_to_make_environments", tuple)
    for arguments in (["run", "report"], ["run", "report"], ["run"], ["run"]):
        assert dev.main(arguments) == 0
    drawing, window = set(system_packages.DRAWING), set(system_packages.QT_PACKAGES)
    assert [set(names) for names in asked] == [drawing, set(), window - drawing, set()]


def test_a_package_counts_as_installed_under_the_names_it_provides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listing = (
        "installed\tlibglib2.0-0t64, libglib2.0-0 (= 2.84.4-3)\n"
        "config-files\tlibegl1, \n"
        "installed\txvfb, xserver\n"
    )
    monkeypatch.setattr(system_packages, "attempt", lambda command: (0, listing))
    names = {"libglib2.0-0t64", "libglib2.0-0", "xvfb", "xserver"}
    assert system_packages.installed_packages() == names


def test_a_package_that_the_system_does_not_offer_keeps_no_other_from_being_installed(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages, "unknown_to_apt", lambda names: ["nowhere"])
    system_packages.require_system_packages(["libegl1", "nowhere"])
    assert "libegl1" in apt[-1]
    assert "nowhere" not in apt[-1]


def test_packages_that_cannot_be_fetched_are_one_sentence(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = (1, "E: Failed to fetch http://… Temporary failure resolving …\nE: and more")
    monkeypatch.setattr(system_packages, "attempt", lambda command: said)
    assert dev.main(["run"]) == 1
    sentences = [line for line in capsys.readouterr().err.splitlines() if "Setting up" not in line]
    assert len(sentences) == 1
    assert sentences[0].endswith("cannot be installed without a network connection.")


def test_where_everything_is_installed_no_package_manager_is_started(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages, "installed_packages", lambda: {"libegl1"})
    system_packages.require_system_packages(["libegl1"])
    assert apt == []


# The checks


def test_every_check_is_made_and_the_failed_ones_are_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []

    def call(command: list[str], *_: object) -> int:
        called.append(command[2])
        return int(command[2] in ("ruff", "pytest"))

    def smoke_test(python: Path) -> int:
        raise attempts.Stop("there is no screen")

    monkeypatch.setattr(dev, "call", call)
    monkeypatch.setattr(dev, "smoke_test", smoke_test)
    with pytest.raises(attempts.Stop, match="ruff check, ruff format, pytest, smoke test"):
        dev.test(Path(sys.executable), [])
    assert called == ["ruff", "ruff", "mypy", "pytest"]
    assert "there is no screen" in capsys.readouterr().err


def test_the_fast_lane_is_pytest_alone_on_all_processors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(dev, "call", lambda command, *_: called.append(command[1:]) or 0)
    assert dev.test(Path(sys.executable), ["--fast"]) == 0
    folders = ["tests/engine", "tests/experiment", "tests/gui", "--ignore=tests/gui/window"]
    assert called == [["-m", "pytest", "--fast", *dev.SHARED, *folders]]


def test_the_fast_lane_has_views_but_no_whole_window_and_no_process() -> None:
    files = [
        *("gui/plots/test_placing.py", "gui/plots/test_surface_lines.py"),
        *("gui/views/loss/test_loss_view.py", "gui/window/test_names.py"),
        *("experiment/study/test_apart.py", "test_architecture.py"),
    ]
    command = [sys.executable, "-m", "pytest", "--fast", "--collect-only", "-q"]
    done = subprocess.run(
        [*command, *(f"tests/{name}" for name in files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    fast = {line.split("::")[0] for line in done.stdout.splitlines() if "::" in line}
    assert fast == {f"tests/{name}" for name in files[:3]}
    assert "test_a_key_switches_and_the_next_window_remembers" not in done.stdout  # in a window


# All of it, with a small project in the place of mlpviz


def small_checkout(folder: Path) -> Path:
    """Make a checkout whose mlpviz only tells that it runs, and needs one small wheel."""
    checkout, wheels = folder / "my 課程 net", folder / "wheels"
    shutil.copytree(
        ROOT / "packaging", checkout / "packaging", ignore=shutil.ignore_patterns("__*")
    )
    (checkout / "mlpviz").mkdir()
    (checkout / "mlpviz" / "__init__.py").touch()
    (checkout / "mlpviz" / "__main__.py").write_text(
        "import random, sys, small\nprint(small.WORD, random.__name__, sys.argv[1:])\n",
        encoding="utf-8",
    )
    digest = small_wheel(wheels)
    for name in environments.REQUIREMENTS.values():
        (checkout / "packaging" / name).write_text(
            f"small==1.0 --hash=sha256:{digest}\n", encoding="utf-8"
        )
    with (checkout / "packaging" / "requirements-dev.txt").open("a", encoding="utf-8") as file:
        file.write(f"large==1.0 --hash=sha256:{digest}\n")
    return checkout


def small_wheel(folder: Path) -> str:
    """Write a wheel into the folder and return its hash."""
    folder.mkdir()
    path = folder / "small-1.0-py3-none-any.whl"
    files = {
        "small.py": "WORD = 'small'\n",
        "small-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: small\nVersion: 1.0\n",
        "small-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: a test\n"
        "Root-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "small-1.0.dist-info/RECORD,,\n"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
            record += f"{name},sha256={digest.decode().rstrip('=')},{len(text)}\n"
            archive.writestr(name, text)
        archive.writestr("small-1.0.dist-info/RECORD", record)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return small_checkout(tmp_path)


@pytest.fixture
def start(checkout: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Start a script of the checkout from a folder that has a module of the name of Python's."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "random.py").write_text("raise SystemExit('a stranger')\n", encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON", "LC_"))}

    def start_it(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            cwd=elsewhere,
            env=kept | {"LC_ALL": "POSIX"} | variables,
            capture_output=True,
            text=True,
            timeout=200,
        )

    return start_it


def test_the_program_starts_from_any_folder_in_any_locale_without_being_installed(
    checkout: Path, start: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(checkout / 'packaging')!r}); import dev\n"
        "from pathlib import Path; dev.run(Path(sys.executable), ['train', '--lr', '0.1'])"
    )
    small = tmp_path / "wheels" / "small-1.0-py3-none-any.whl"
    done = start("-c", code, PYTHONPATH=str(small))
    assert done.stderr == ""
    assert done.stdout == "small random ['train', '--lr', '0.1']\n"


@pytest.mark.slow  # half a minute: two real environments
def test_a_real_set_up_that_fails_leaves_the_program_running(
    checkout: Path, start: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    script = str(checkout / "packaging" / "dev.py")
    wheels = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path / "wheels")}
    done = start(script, "run", "train", **wheels)
    assert (done.returncode, done.stdout) == (0, "small random ['train']\n")
    failed = start(script, "test", "--version", **wheels)
    assert failed.returncode == 1
    assert re.search(r"^dev\.py: .*`run` works as before\.$", failed.stderr, re.MULTILINE)
    again = start(script, "run", "train", **wheels)
    assert (again.returncode, again.stdout, again.stderr) == (0, "small random ['train']\n", "")
    assert len([path for path in (checkout / ".venv").iterdir() if path.is_dir()]) == 1
