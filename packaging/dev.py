#!/usr/bin/env python3
"""Set up what mlpviz needs on this machine, then run it or test it.

    python3 packaging/dev.py run [arguments of mlpviz]
    python3 packaging/dev.py test [arguments of pytest]

`run` starts mlpviz. `test` without arguments makes every check: ruff, mypy, pytest, and a smoke
test in a real window; with arguments it runs pytest alone, with paths as seen from the checkout.

The set-up: on Debian and its relatives the system packages that Qt loads at run time, then a
virtual environment in .venv with the pinned and hashed requirements and the project itself. It
happens on the first run, and again when something it depends on has changed. Nothing is needed
for it but Python 3.11 and, where a system package is missing, apt-get and the right to use it.
"""

import sys

# Said before anything follows that an older Python would stumble over.
if sys.version_info < (3, 11):  # noqa: UP036
    major, minor = sys.version_info[:2]
    sys.stderr.write(f"mlpviz needs Python 3.11 or newer, and this is Python {major}.{minor}.\n")
    sys.exit(2)

import hashlib
import importlib.util
import json
import os
import platform
import select
import shlex
import shutil
import subprocess
import sysconfig
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = "mlpviz-set-up.json"

REQUIREMENTS = {"run": "requirements.txt", "test": "requirements-dev.txt"}

FAILED = 1
UNUSABLE = 2  # arguments or a machine that cannot be used as they are
INTERRUPTED = 130  # what a shell expects after Ctrl+C

SMOKE_TEST_SECONDS = 180.0
XVFB_SECONDS = 30.0
TAIL_LINES = 15

# What the wheels of Qt expect of the system. The first line is enough without a screen, the next
# two are for a window under X11, the last for one under Wayland.
QT_PACKAGES = (
    *("libgl1", "libegl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libxkbcommon0"),
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1"),
    *("libxcb-shape0", "libxcb-xkb1", "libxcb-randr0", "libx11-xcb1"),
    *("libwayland-cursor0", "libwayland-egl1"),
)
SYSTEM_PACKAGES = {"run": QT_PACKAGES, "test": (*QT_PACKAGES, "xvfb")}


class Stop(Exception):
    """Why it does not go on, in a sentence, and the exit code."""

    def __init__(self, sentence: str, code: int = FAILED) -> None:
        super().__init__(sentence)
        self.code = code


def main(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code."""
    command, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if command in ("-h", "--help"):
        print(__doc__)
        return 0
    try:
        if command not in REQUIREMENTS:
            raise Stop(f"the command must be run or test, and not {command!r}.", UNUSABLE)
        set_up(command)
        return run(rest) if command == "run" else test(rest)
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
        return stop.code
    except KeyboardInterrupt:
        print("dev.py: interrupted.", file=sys.stderr)
        return INTERRUPTED


# The set-up ------------------------------------------------------------------------------------


def set_up(command: str) -> None:
    """Bring the machine to where `command` can work; do nothing where it is there already."""
    wanted = {"interpreter": interpreter_key(), "inputs": inputs_key(), "command": command}
    stamp = read_stamp()
    usable = stamp.get("interpreter") == wanted["interpreter"] and venv_works()
    # What `test` installs holds all that `run` needs.
    if usable and stamp["inputs"] == wanted["inputs"] and stamp["command"] in (command, "test"):
        return
    require_system_packages(command)
    # No stamp while something changes: an interrupted set-up then starts from nothing next time.
    (VENV / STAMP).unlink(missing_ok=True)
    if not usable:
        make_venv()
    install_requirements(command)
    install_project()
    (VENV / STAMP).write_text(json.dumps(wanted), encoding="utf-8")
    say("done")


def say(stage: str) -> None:
    print(f"Setting up: {stage}", file=sys.stderr, flush=True)


def attempt(command: Sequence[str]) -> tuple[int, str]:
    """Run `command` and return its exit code and all it printed."""
    try:
        done = subprocess.run(command, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, errors="replace")
    except OSError as problem:
        return FAILED, str(problem)
    return done.returncode, done.stdout


def succeeds(command: Sequence[str]) -> bool:
    return attempt(command)[0] == 0


def quietly(command: Sequence[str], failure: str) -> None:
    """Run `command` without its noise; where it fails, stop with `failure` and its last lines."""
    code, output = attempt(command)
    if code != 0:
        last_lines = "\n".join(output.splitlines()[-TAIL_LINES:])
        raise Stop(f"{failure} The last lines were:\n{last_lines}")


# The stamp: what the set-up was made from and for


def read_stamp() -> dict[str, str]:
    """Return what the last complete set-up wrote, or nothing."""
    try:
        stamp = json.loads((VENV / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and {"inputs", "command"} <= stamp.keys() else {}


def interpreter_key() -> str:
    """Tell one Python and place from another: a virtual environment fits only where it was made."""
    version = f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}"
    return "; ".join((version, sysconfig.get_platform(), sys.base_prefix, str(VENV)))


def inputs_key() -> str:
    """Hash every file that decides what the set-up does, this one too."""
    names = ("packaging/dev.py", *(f"packaging/{name}" for name in REQUIREMENTS.values()))
    digest = hashlib.sha256()
    for name in (*names, "pyproject.toml"):
        try:
            content = (ROOT / name).read_bytes()
        except OSError as problem:
            raise Stop(f"{name} cannot be read ({problem.strerror}).", UNUSABLE) from problem
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


# The virtual environment


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def venv_works() -> bool:
    """Tell whether its Python still starts; the one it was made with may have been removed."""
    return succeeds([str(venv_python()), "-I", "-S", "-c", ""])


def make_venv() -> None:
    say(f"making the virtual environment {VENV.name}")
    # Run by the Python of .venv itself, this must not build on what it is about to remove.
    python = getattr(sys, "_base_executable", None) or sys.executable
    command = [python, "-m", "venv", "--clear", str(VENV)]
    quietly(command, f"{python} could not make a virtual environment in {VENV}.")


def pip_install(arguments: Sequence[str], failure: str) -> None:
    pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    quietly([*pip, "install", *arguments], failure)


def install_requirements(command: str) -> None:
    name = REQUIREMENTS[command]
    say(f"installing packaging/{name} (some 100 MB on the first run)")
    pip_install(
        ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "packaging" / name)],
        f"pip could not install packaging/{name}; is there a network connection?",
    )


def install_project() -> None:
    """Install the project so that a change in its files counts at once; nothing is fetched."""
    say("installing mlpviz")
    pip_install(
        ["--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)],
        "pip could not install mlpviz itself.",
    )


# The system packages, on Debian and its relatives


def require_system_packages(command: str) -> None:
    """Install what is missing where that is allowed, else stop with the command that does it."""
    if not has_apt():
        return
    missing = missing_packages(command)
    if not missing:
        return
    prefix = administrator_prefix()
    if prefix is not None:
        say(f"installing system packages: {' '.join(missing)}")
        # A source that does not answer must not keep the others from giving what they have.
        succeeds(apt_get(prefix, "update"))
    unknown = unknown_to_apt(missing)
    if unknown:
        say(f"going on without what this system does not offer: {' '.join(unknown)}")
    obtainable = [name for name in missing if name not in unknown]
    if obtainable and prefix is None:
        raise Stop(f"system packages are missing; please run: {by_hand(obtainable)}", UNUSABLE)
    if obtainable:
        install = apt_get(prefix or [], "install", "-y", "--no-install-recommends", *obtainable)
        quietly(install, f"apt-get could not install {shlex.join(obtainable)}.")


def has_apt() -> bool:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    family = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    tools = all(shutil.which(tool) for tool in ("apt-get", "dpkg-query"))
    return bool(family & {"debian", "ubuntu"}) and tools


def missing_packages(command: str) -> list[str]:
    wanted = list(SYSTEM_PACKAGES[command])
    if importlib.util.find_spec("ensurepip") is None:
        wanted.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    installed = installed_packages()
    return [name for name in wanted if name not in installed]


def installed_packages() -> set[str]:
    """Return the names of the installed packages and the names these also go by.

    Newer releases have libglib2.0-0t64, for one, which provides libglib2.0-0.
    """
    form = "${db:Status-Status}\t${Package}, ${Provides}\n"
    _, listing = attempt(["dpkg-query", "-W", "-f", form])
    names: set[str] = set()
    for line in listing.splitlines():
        status, _, entries = line.partition("\t")
        if status == "installed":
            names.update(entry.split()[0] for entry in entries.split(",") if entry.strip())
    return names


def administrator_prefix() -> list[str] | None:
    """Return what to put before a command that needs root, or None where that is not allowed."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if succeeds(["sudo", "-n", "true"]) else None


def apt_get(prefix: Sequence[str], *arguments: str) -> list[str]:
    # Another apt may be at work, on a machine that has just been started above all.
    patience = ("-o", "DPkg::Lock::Timeout=120")
    return [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *patience, *arguments]


def unknown_to_apt(names: Sequence[str]) -> list[str]:
    """Return those of `names` that this release does not have: one would make apt refuse all."""
    simulate = ("apt-get", "--simulate", "install", "--no-install-recommends")
    # Before the first `apt-get update` it knows nothing, which says nothing about a package.
    has_lists = any(Path("/var/lib/apt/lists").glob("*_Packages*"))
    if not has_lists or succeeds([*simulate, *names]):
        return []
    return [name for name in names if not succeeds([*simulate, name])]


def by_hand(names: Sequence[str]) -> str:
    install = f"sudo apt-get install -y --no-install-recommends {shlex.join(names)}"
    return f"sudo apt-get update && {install}"


# The commands ----------------------------------------------------------------------------------


def run(arguments: Sequence[str]) -> int:
    """Become mlpviz. Where there is no display it is mlpviz that says so."""
    command = [str(venv_python()), "-m", "mlpviz", *arguments]
    if os.name != "nt":  # where execv returns to the shell at once and loses the exit code
        os.execv(command[0], command)
    return subprocess.call(command)


def test(arguments: Sequence[str]) -> int:
    """Run pytest with these arguments, or every check where there are none."""
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    if arguments:
        return call_module(["pytest", *arguments], offscreen)
    checks: dict[str, Callable[[], int]] = {
        "ruff check": lambda: call_module(["ruff", "check", "."]),
        "ruff format": lambda: call_module(["ruff", "format", "--check", "."]),
        "mypy": lambda: call_module(["mypy"]),
        "pytest": lambda: call_module(["pytest"], offscreen),
        "smoke test": smoke_test,
    }
    failed = [name for name, check in checks.items() if not passes(name, check)]
    if failed:
        raise Stop(f"failed: {', '.join(failed)}.")
    print(f"Passed: {', '.join(checks)}.", flush=True)
    return 0


def passes(name: str, check: Callable[[], int]) -> bool:
    """Run one check; a failed one does not keep the next from being run."""
    print(f"\n== {name}", flush=True)
    try:
        return check() == 0
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr, flush=True)
        return False


def call_module(
    arguments: Sequence[str],
    environment: Mapping[str, str] | None = None,
    seconds: float | None = None,
) -> int:
    command = [str(venv_python()), "-m", *arguments]
    try:
        return subprocess.call(command, cwd=ROOT, env=environment, timeout=seconds)
    except subprocess.TimeoutExpired as problem:
        raise Stop(f"{arguments[0]} was stopped after {seconds:.0f} seconds.") from problem


def smoke_test() -> int:
    """Open a real window; on Linux on a screen of its own, so that none is needed and none used."""
    arguments = ["mlpviz", "--smoke-test"]
    environment = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    if sys.platform in ("win32", "darwin"):
        return call_module(arguments, environment, SMOKE_TEST_SECONDS)
    with virtual_screen() as display:
        environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        return call_module(arguments, environment, SMOKE_TEST_SECONDS)


@contextmanager
def virtual_screen() -> Iterator[str]:
    """Start Xvfb on a free display, which it finds itself, and yield the display's name."""
    reader, writer = os.pipe()
    options = ("-screen", "0", "1280x800x24", "-nolisten", "tcp")
    try:
        xvfb = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), *options],
            pass_fds=[writer],
            stdin=DEVNULL,
            stderr=DEVNULL,
        )
    except OSError as problem:
        os.close(reader)
        raise Stop(f"the smoke test needs Xvfb, which does not start ({problem}).") from problem
    finally:
        os.close(writer)
    try:
        yield display_name(reader)
    finally:
        os.close(reader)
        xvfb.terminate()
        xvfb.wait()


def display_name(reader: int) -> str:
    """Read the display's number, which Xvfb writes once it can be used."""
    number = b""
    while not number.endswith(b"\n"):
        ready, _, _ = select.select([reader], [], [], XVFB_SECONDS)
        read = os.read(reader, 16) if ready else b""
        if not read:
            raise Stop("the smoke test needs Xvfb, which did not open a display.")
        number += read
    return f":{int(number)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
