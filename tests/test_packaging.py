"""The pinned requirements, the set-up script and the wheel."""

import importlib.util
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENT_FILES = ("requirements.txt", "requirements-dev.txt")

# Run where the checkout is out of sight: what it needs must have come with the wheel.
OPEN_THE_INSTALLED_WINDOW = """
import sys
from pathlib import Path

import mlpviz
from mlpviz.gui import open_window
from mlpviz.gui.assets import resource_path

target = Path(sys.argv[1])
assert target in Path(mlpviz.__file__).parents, mlpviz.__file__
for parts in (("fonts", "Inter-Regular.otf"), ("fonts", "Inter-SemiBold.otf"),
              ("icons", "play.svg"), ("icons", "pause.svg"), ("style", "style.qss")):
    assert target in resource_path(*parts).parents, resource_path(*parts)

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

window = open_window()
QApplication.processEvents()
assert window.isVisible()
assert "Inter" in QFontDatabase.families()
window.close()
QApplication.processEvents()
print("opened and closed")
"""


# The requirements


def _requirements(name: str) -> dict[str, list[str]]:
    """Return the pins, and the hashes of each."""
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    code = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    pins: dict[str, list[str]] = {}
    for line in code.splitlines():
        pin, *hashes = line.split("--hash=")
        pins[pin.strip()] = [entry.strip() for entry in hashes]
    return pins


@pytest.mark.parametrize("name", REQUIREMENT_FILES)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    pins = _requirements(name)
    assert len(pins) >= 10
    for pin, hashes in pins.items():
        assert re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; [a-z_]+ .+)?", pin), pin
        assert hashes, pin
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", entry) for entry in hashes), pin


@pytest.mark.parametrize("name", REQUIREMENT_FILES)
def test_requirements_name_no_host_no_address_and_no_folder(name: str) -> None:
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    for option in ("index", "find-links", "trusted-host", "editable"):
        assert not re.search(rf"^\s*--?{option}", text, flags=re.MULTILINE)
    assert "://" not in text
    assert "file:" not in text
    # The only folder spoken of is the one these files are in.
    assert not re.search(r"(^|[\s=@])(\.{0,2}/|~|[A-Za-z]:\\)", text, flags=re.MULTILINE)


@pytest.mark.parametrize("name", REQUIREMENT_FILES)
def test_requirements_say_how_to_make_them_anew(name: str) -> None:
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    assert text.startswith("#")
    assert f"-o packaging/{name}" in text.partition("==")[0]


def test_the_requirements_of_the_checks_hold_those_of_the_program() -> None:
    program, checks = (_requirements(name) for name in REQUIREMENT_FILES)
    assert program.keys() < checks.keys()
    assert all(program[pin] == checks[pin] for pin in program)


# The set-up script


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load packaging/dev.py with a virtual environment elsewhere and no way to start a process."""
    spec = importlib.util.spec_from_file_location("dev_script", ROOT / "packaging" / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "attempt", lambda command: pytest.fail(f"it ran {command}"))
    return module


@pytest.fixture
def stages(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let every stage of the set-up only be noted down."""
    done: list[str] = []

    def make_venv() -> None:
        done.append("venv")
        dev.VENV.mkdir(exist_ok=True)

    def stage(name: str) -> None:
        monkeypatch.setattr(dev, name, lambda *arguments: done.append(" ".join((name, *arguments))))

    for name in ("require_system_packages", "install_requirements", "install_project"):
        stage(name)
    monkeypatch.setattr(dev, "make_venv", make_venv)
    monkeypatch.setattr(dev, "venv_works", lambda: dev.VENV.is_dir())
    return done


@pytest.mark.parametrize("arguments", [[], ["tset"], ["--smoke-test"]])
def test_an_unknown_command_is_answered_by_one_sentence_and_exit_code_2(
    dev: ModuleType, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert dev.main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "must be run or test" in printed.err


def test_a_first_set_up_does_every_stage_and_a_second_one_none(
    dev: ModuleType, stages: list[str]
) -> None:
    dev.set_up("run")
    assert stages == [
        "require_system_packages run",
        "venv",
        "install_requirements run",
        "install_project",
    ]
    stages.clear()
    dev.set_up("run")
    assert stages == []


def test_after_a_set_up_for_the_checks_the_program_needs_none(
    dev: ModuleType, stages: list[str]
) -> None:
    dev.set_up("test")
    stages.clear()
    dev.set_up("run")
    dev.set_up("test")
    assert stages == []


def test_after_a_set_up_for_the_program_the_checks_add_only_what_is_missing(
    dev: ModuleType, stages: list[str]
) -> None:
    dev.set_up("run")
    stages.clear()
    dev.set_up("test")
    assert "venv" not in stages
    assert "install_requirements test" in stages


def test_changed_requirements_are_installed_into_the_environment_that_is_there(
    dev: ModuleType, stages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.set_up("run")
    stages.clear()
    monkeypatch.setattr(dev, "inputs_key", lambda: "changed")
    dev.set_up("run")
    assert "venv" not in stages
    assert "install_requirements run" in stages


def test_an_interrupted_set_up_starts_from_nothing_next_time(
    dev: ModuleType, stages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.set_up("run")

    def fail(command: str) -> None:
        raise dev.Stop("no network")

    with monkeypatch.context() as interrupted:
        interrupted.setattr(dev, "install_requirements", fail)
        with pytest.raises(dev.Stop, match="no network"):
            dev.set_up("test")
    stages.clear()
    dev.set_up("test")
    assert "venv" in stages


@pytest.mark.parametrize(
    ("broken", "how"),
    [("interpreter_key", lambda: "another Python"), ("venv_works", lambda: False)],
)
def test_a_moved_or_broken_environment_is_made_anew(
    dev: ModuleType, stages: list[str], monkeypatch: pytest.MonkeyPatch, broken: str, how: object
) -> None:
    dev.set_up("run")
    stages.clear()
    monkeypatch.setattr(dev, broken, how)
    dev.set_up("run")
    assert "venv" in stages


def test_a_stamp_that_cannot_be_read_counts_as_none(dev: ModuleType) -> None:
    dev.VENV.mkdir()
    for text in ("", "[]", "{}", '{"interpreter": "x"}', "\0"):
        (dev.VENV / dev.STAMP).write_text(text, encoding="utf-8")
        assert dev.read_stamp() == {}


def test_who_may_not_install_system_packages_is_told_the_exact_command(
    dev: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "has_apt", lambda: True)
    monkeypatch.setattr(dev, "missing_packages", lambda command: ["libegl1", "nowhere", "xvfb"])
    monkeypatch.setattr(dev, "administrator_prefix", lambda: None)
    monkeypatch.setattr(dev, "unknown_to_apt", lambda names: ["nowhere"])
    assert dev.main(["test"]) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.endswith(
        "please run: sudo apt-get update && "
        "sudo apt-get install -y --no-install-recommends libegl1 xvfb"
    )


def test_a_package_counts_as_installed_under_the_names_it_provides(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = (
        "installed\tlibglib2.0-0t64, libglib2.0-0 (= 2.84.4-3)\n"
        "config-files\tlibegl1, \n"
        "installed\txvfb, xserver\n"
    )
    monkeypatch.setattr(dev, "attempt", lambda command: (0, listing))
    assert dev.installed_packages() == {"libglib2.0-0t64", "libglib2.0-0", "xvfb", "xserver"}


def test_a_package_that_the_system_does_not_offer_keeps_no_other_from_being_installed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def attempt(command: list[str]) -> tuple[int, str]:
        commands.append(command)
        return 0, ""

    monkeypatch.setattr(dev, "has_apt", lambda: True)
    monkeypatch.setattr(dev, "missing_packages", lambda command: ["libegl1", "nowhere"])
    monkeypatch.setattr(dev, "administrator_prefix", lambda: [])
    monkeypatch.setattr(dev, "unknown_to_apt", lambda names: ["nowhere"])
    monkeypatch.setattr(dev, "attempt", attempt)
    dev.require_system_packages("run")
    assert "libegl1" in commands[-1]
    assert "nowhere" not in commands[-1]


def test_where_everything_is_installed_no_package_manager_is_started(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "has_apt", lambda: True)
    monkeypatch.setattr(dev, "missing_packages", lambda command: [])
    dev.require_system_packages("test")


def test_a_failed_installation_ends_with_a_sentence_and_the_last_lines(
    dev: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = "\n".join(f"line {number}" for number in range(100))
    monkeypatch.setattr(dev, "attempt", lambda command: (1, noise))
    monkeypatch.setattr(dev, "set_up", lambda command: dev.install_requirements(command))
    assert dev.main(["run"]) == 1
    printed = capsys.readouterr().err
    assert "is there a network connection?" in printed
    assert "line 99" in printed
    assert "line 50" not in printed


def test_every_check_is_made_and_the_failed_ones_are_named(
    dev: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []

    def call_module(arguments: list[str], *_: object) -> int:
        called.append(arguments[0])
        return int(arguments[0] in ("ruff", "pytest"))

    def smoke_test() -> int:
        raise dev.Stop("there is no screen")

    monkeypatch.setattr(dev, "call_module", call_module)
    monkeypatch.setattr(dev, "smoke_test", smoke_test)
    monkeypatch.setattr(dev, "set_up", lambda command: None)
    assert dev.main(["test"]) == 1
    assert called == ["ruff", "ruff", "mypy", "pytest"]
    printed = capsys.readouterr().err
    assert "there is no screen" in printed
    assert "failed: ruff check, ruff format, pytest, smoke test." in printed


# The wheel


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder))
    (path,) = folder.glob("*.whl")
    return path


def _pip(*arguments: str) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run([*pip, *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_holds_the_licences_and_the_resources_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"mlpviz"}
    assert not [name for name in names if re.search("(^|/)(tests?/|test_|__pycache__)", name)]
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert any(name.endswith(".dist-info/licenses/resources/fonts/OFL.txt") for name in names)
    assert "mlpviz/resources/fonts/OFL.txt" in names
    assert "mlpviz/resources/fonts/Inter-Regular.otf" in names


def test_the_installed_wheel_opens_its_window_without_the_checkout(
    wheel: Path, tmp_path: Path
) -> None:
    target, home = tmp_path / "target", tmp_path / "home"
    home.mkdir()
    _pip("install", "--no-index", "--no-deps", "--target", str(target), str(wheel))
    done = subprocess.run(
        [sys.executable, "-c", OPEN_THE_INSTALLED_WINDOW, str(target)],
        cwd=home,
        env={
            **os.environ,
            "PYTHONPATH": str(target),
            "QT_QPA_PLATFORM": "offscreen",
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "opened and closed"
    assert "Traceback" not in done.stderr
