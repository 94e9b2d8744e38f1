"""The pinned requirements, the wheel and the source archive."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENT_FILES = ("requirements.txt", "requirements-dev.txt")

# Run where the checkout is out of sight: what it needs must have come with the wheel.
OPEN_THE_INSTALLED_WINDOW = """
import sys
from pathlib import Path

import mlpviz
from mlpviz.experiment.resources import resource_path
from mlpviz.gui import open_window

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
    assert len(pins) >= 6
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


CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Untrained."
msgstr "Untrainiert."
"""
SAY_A_SENTENCE_IN_GERMAN = """
from mlpviz.experiment.language import choose, tr, use
use(choose(None))
print(tr("Untrained."))
"""


def test_a_wheel_brings_its_catalogues_compiled(tmp_path: Path) -> None:
    checkout, target = tmp_path / "checkout", tmp_path / "target"
    leave = shutil.ignore_patterns("__pycache__", "fonts", "screenshots")
    for name in ("mlpviz", "packaging", "resources"):
        shutil.copytree(ROOT / name, checkout / name, ignore=leave)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, checkout / name)
    folder = checkout / "resources" / "i18n" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "mlpviz.po").write_text(CATALOGUE, encoding="utf-8")
    (checkout / "resources" / "fonts").mkdir()
    shutil.copy(ROOT / "resources" / "fonts" / "OFL.txt", checkout / "resources" / "fonts")
    _pip(
        *("install", str(checkout), "--no-deps", "--no-build-isolation", "--no-index"),
        *("--target", str(target)),
    )
    done = subprocess.run(
        [sys.executable, "-c", SAY_A_SENTENCE_IN_GERMAN],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(target), "LANGUAGE": "de_AT:en"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.stdout, done.stderr) == ("Untrainiert.\n", "")


# The source archive


def test_the_source_archive_holds_all_that_the_set_up_and_the_tests_need(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"pyproject.toml", "README.md", "LICENSE", ".gitignore"}
    for folder in ("mlpviz", "tests", "packaging", "resources"):
        files = [path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()]
        made = [path for path in files if "__pycache__" in path.parts or path.suffix == ".mo"]
        needed |= {path.as_posix() for path in files if path not in made}
    assert needed <= held
    assert not [name for name in held if name.startswith((".venv", ".git/", "dist"))]
