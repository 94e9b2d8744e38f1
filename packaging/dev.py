#!/usr/bin/env python3
"""Set up what mlpviz needs on this machine, then run it or test it.

    python3 packaging/dev.py run [arguments of mlpviz]
    python3 packaging/dev.py test [--fast | arguments of pytest]
    python3 packaging/dev.py words
    python3 packaging/dev.py pictures [folder]

`run` starts mlpviz. `test` without arguments makes every check: ruff, mypy, pytest, and a smoke
test in a real window; with arguments it runs pytest alone, with paths as seen from the checkout.
`test --fast` runs in a minute what opens no whole window and starts no process, on all processors.
`words` writes the template of the catalogues, resources/i18n/mlpviz.pot, anew from the code.
`pictures` makes the pictures of the README anew, in resources/screenshots or another folder.

Catalogues of words that have changed are compiled before the program or a test starts.

The set-up: on Debian and its relatives the system packages that the command needs, then a virtual
environment in .venv with the pinned and hashed requirements, one for each version of Python. It
happens on the first run, and again when the requirements have changed; where that is not possible,
what was set up before goes on working. Nothing is needed for it but Python 3.11 to 3.14 and, where
a system package is missing, apt-get and the right to use it.
"""

import sys

# Said before anything follows that another Python would stumble over.
if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    found = ".".join(str(number) for number in sys.version_info[:2])
    sys.stderr.write(f"dev.py: mlpviz needs Python 3.11 to 3.14, and this is Python {found}.\n")
    sys.exit(2)

import os
import select
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL

sys.path.insert(0, str(Path(__file__).resolve().parent))  # which PYTHONSAFEPATH keeps out

import catalogues
import environments
import machine
import system_packages
from attempts import UNUSABLE, Stop, say, tell
from environments import ROOT, Environment

COMMANDS = ("run", "test", "words", "pictures")
INTERRUPTED = 130  # what a shell expects after Ctrl+C

# Tests are shared out to one process per processor; eight hold some 2 GB.
SHARED = ("-n", str(min(os.cpu_count() or 1, 8)), "--dist", "worksteal")
# The folders with tests of the fast lane; tests/conftest.py leaves out what is slow in them.
FAST_FOLDERS = ("tests/engine", "tests/experiment", "tests/gui")
FAST = ("--fast", *SHARED, *FAST_FOLDERS, "--ignore=tests/gui/window")

SMOKE_TEST_SECONDS = 180.0
XVFB_SECONDS = 30.0

# The project is started from its folder. A .pth file that leads there would be read in the encoding
# of the locale, and the current folder (hence -P) may have modules of any name.
START = (
    *("-P", "-c"),
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    "runpy.run_module('mlpviz', run_name='__main__', alter_sys=True)",
    str(ROOT),
)


def main(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code."""
    command, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if command in ("-h", "--help"):
        print(__doc__)
        return 0
    try:
        if command not in COMMANDS:
            known = " or ".join(COMMANDS)
            raise Stop(f"the command must be {known}, not {command!r}.", UNUSABLE)
        if unsuitable := machine.unsuitable():
            raise Stop(f"{machine.NEEDS}; this is {unsuitable}.", UNUSABLE)
        if command == "words":
            return words(set_up("test", [command]).python)
        if command == "pictures":
            return pictures(set_up("run", [command]).python, rest)
        python = set_up(command, rest).python
        compile_catalogues()
        return run(python, rest) if command == "run" else test(python, rest)
    except Stop as stop:
        tell(stop)
        return stop.code
    except KeyboardInterrupt:
        print("dev.py: interrupted.", file=sys.stderr)
        return INTERRUPTED


# The set-up ------------------------------------------------------------------------------------


def set_up(command: str, arguments: Sequence[str]) -> Environment:
    """Bring the machine to where `command` can work, and return the environment for it."""
    packages = system_packages.needed_packages(command, arguments)
    environment = environments.fitting(command)
    try:
        if environment is None:
            environment = made(command, packages)
        else:
            system_packages.require_system_packages(unseen(packages, environment))
    except Stop as stop:
        if command == "test" and environments.latest() is not None:
            raise Stop(f"{stop} `run` works as before.", stop.code, stop.said) from stop
        raise
    environments.note_use(environment, packages)
    return environment


def made(command: str, packages: Sequence[str]) -> Environment:
    """Make an environment; where that fails, `run` does with the one that worked before."""
    more = system_packages.packages_to_make_environments()
    try:
        system_packages.require_system_packages([*packages, *more])
        return environments.make(command)
    except Stop as stop:
        before = environments.latest()
        if command == "test" or before is None:
            raise
        system_packages.require_system_packages(unseen(packages, before))
        tell(stop)
        print("dev.py: it goes on with what was set up before.", file=sys.stderr, flush=True)
        return before


def unseen(packages: Sequence[str], environment: Environment) -> list[str]:
    """Return those of `packages` that have not been seen to for this environment."""
    return [name for name in packages if name not in environment.packages]


# The commands ----------------------------------------------------------------------------------


def run(python: Path, arguments: Sequence[str]) -> int:
    """Become mlpviz. Where there is no display it is mlpviz that says so."""
    command = [str(python), *START, *arguments]
    if os.name != "nt":  # where execv returns to the shell at once and loses the exit code
        # Ctrl+C waits until mlpviz heeds it: Python's own answer while it starts is a traceback.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        os.execv(command[0], command)
    return subprocess.call(command)


def test(python: Path, arguments: Sequence[str]) -> int:
    """Run pytest with these arguments, or every check where there are none."""
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # The tests start Python a hundred times: what is compiled once is kept, in __pycache__.
    offscreen.pop("PYTHONDONTWRITEBYTECODE", None)
    if list(arguments) == ["--fast"]:
        arguments = FAST
    if arguments:
        return call([python, "-m", "pytest", *arguments], offscreen)
    checks: dict[str, Callable[[], int]] = {
        "ruff check": lambda: call([python, "-m", "ruff", "check", "."]),
        "ruff format": lambda: call([python, "-m", "ruff", "format", "--check", "."]),
        "mypy": lambda: call([python, "-m", "mypy"]),
        "pytest": lambda: call([python, "-m", "pytest", *SHARED], offscreen),
        "smoke test": lambda: smoke_test(python),
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
        tell(stop)
        return False


def words(python: Path) -> int:
    """Write the template of the catalogues."""
    return call([python, ROOT / "packaging" / "template.py"])


def pictures(python: Path, arguments: Sequence[str]) -> int:
    """Make the pictures of the README."""
    return call([python, ROOT / "packaging" / "readme_pictures.py", *arguments])


def compile_catalogues() -> None:
    """Compile the catalogues that have changed; where that fails, those from before are used."""
    try:
        for path in catalogues.compile_all():
            say(f"compiled {path.relative_to(ROOT)}")
    except (OSError, ValueError) as problem:
        tell(Stop(f"the catalogues of words cannot be compiled: {problem}"))


def call(
    command: Sequence[str | Path],
    variables: Mapping[str, str] | None = None,
    seconds: float | None = None,
) -> int:
    """Run a check in the checkout and return its exit code."""
    try:
        return subprocess.call(command, cwd=ROOT, env=variables, timeout=seconds)
    except subprocess.TimeoutExpired as problem:
        raise Stop(f"it was stopped after {seconds:.0f} seconds.") from problem


def smoke_test(python: Path) -> int:
    """Open a real window; on Linux on a screen of its own, so that none is needed and none used."""
    command = [str(python), *START, "--smoke-test"]
    variables = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    if sys.platform in ("win32", "darwin"):
        return call(command, variables, SMOKE_TEST_SECONDS)
    with virtual_screen() as display:
        variables |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        return call(command, variables, SMOKE_TEST_SECONDS)


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
