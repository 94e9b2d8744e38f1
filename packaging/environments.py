"""The virtual environments in .venv: one per version of Python, made beside those that work.

    .venv/lock             held while one is made, so that only one is made at a time
    .venv/3.11-1f0c9a2e/   an environment; with a stamp when it is complete, and only then

An environment holds the requirements and not the project, which is started from its folder. So
none is ever changed: a new one is made instead, and counts from the moment it has its stamp. What
fails or is interrupted before leaves everything as it was.
"""

import hashlib
import json
import os
import re
import shutil
import sys
import sysconfig
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from attempts import UNUSABLE, Stop, attempt, quietly, say, succeeds

ROOT = Path(__file__).resolve().parent.parent
VENVS = ROOT / ".venv"
STAMP = "mlpviz-set-up.json"
REQUIREMENTS = {"run": "requirements.txt", "test": "requirements-dev.txt"}
DOWNLOAD_MB = {"run": 100, "test": 130}

KEPT = 2  # per Python: the newest, and the one before, in which a window may still be open
LOCK_POLL_SECONDS = 0.2
PIP_HAS_NO_CONNECTION = "after connection broken by"  # in its warnings


class Environment(NamedTuple):
    """One of them that is complete, and what its stamp says."""

    folder: Path
    interpreter: str
    command: str
    requirements: str
    packages: tuple[str, ...]  # the system packages that have been seen to

    @property
    def python(self) -> Path:
        return python_in(self.folder)


def python_in(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


# Which there are


def fitting(command: str) -> Environment | None:
    """Return an environment that holds just what `command` asks for today, or None."""
    for environment in environments():
        # What `test` installs holds all that `run` needs.
        if environment.command not in (command, "test"):
            continue
        if environment.requirements == requirements_key(environment.command) and works(environment):
            return environment
    return None


def latest() -> Environment | None:
    """Return the environment of this Python that was used last, whatever it was made from."""
    return next(filter(works, environments()), None)


def environments() -> list[Environment]:
    """Return the complete environments of this Python, the one used last first."""
    # The folder itself is one where version 0.1.0 was set up.
    folders = [VENVS, *(path for path in VENVS.glob("*") if is_name(path.name))]
    found: list[tuple[float, Environment]] = []
    for folder in folders:
        with suppress(OSError, ValueError, TypeError, KeyError):
            used = (folder / STAMP).stat().st_mtime
            found.append((used, from_stamp(folder)))
    ours = [entry for entry in found if entry[1].interpreter.startswith(interpreter_key())]
    return [
        environment for _, environment in sorted(ours, reverse=True, key=lambda entry: entry[0])
    ]


def is_name(name: str) -> bool:
    return re.fullmatch(r"\d+\.\d+-[0-9a-f]{8}", name) is not None


def from_stamp(folder: Path) -> Environment:
    """Read a stamp.

    Raises
    ------
    OSError, ValueError, TypeError, KeyError
        where there is none, or it cannot be understood.
    """
    stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    return Environment(
        folder,
        str(stamp["interpreter"]),
        str(stamp["command"]),
        str(stamp.get("requirements")),
        tuple(stamp.get("packages", ())),
    )


def write_stamp(environment: Environment) -> None:
    """Write it in one step, so that it is never half there.

    Raises
    ------
    OSError
        where that is not allowed.
    """
    stamp = environment._asdict()
    del stamp["folder"]
    path = environment.folder / STAMP
    beside = path.with_name(f"{STAMP}.{os.getpid()}")
    beside.write_text(json.dumps(stamp), encoding="utf-8")
    beside.replace(path)


def interpreter_key() -> str:
    """Tell one Python from another: a virtual environment needs the one it was made with."""
    version = f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}"
    return "; ".join((version, sysconfig.get_platform(), sys.base_prefix)) + ";"


def requirements_key(command: str) -> str:
    """Hash what decides what is installed; for `test` the file of `run` too, which it serves."""
    key = hashlib.sha256()
    for name in dict.fromkeys((REQUIREMENTS["run"], REQUIREMENTS[command])):
        path = ROOT / "packaging" / name
        try:
            key.update(path.read_bytes())
        except OSError as problem:
            raise Stop(f"{path} cannot be read ({problem.strerror}).", UNUSABLE) from problem
    return key.hexdigest()


def works(environment: Environment) -> bool:
    """Tell whether its Python still starts; the one it was made with may have been removed."""
    return succeeds([str(environment.python), "-I", "-S", "-c", ""])


def note_use(environment: Environment, packages: tuple[str, ...]) -> None:
    """Remember when it was used, and for what the system has been looked at."""
    seen_to = tuple(sorted({*environment.packages, *packages}))
    # An environment that may not be written to is used as it is.
    with suppress(OSError):
        if seen_to == environment.packages:
            os.utime(environment.folder / STAMP)
        else:
            write_stamp(environment._replace(packages=seen_to))


# How a new one is made


def make(command: str) -> Environment:
    """Make an environment for `command`, and leave the others as they are until it is complete."""
    with alone():
        made_meanwhile = fitting(command)
        if made_meanwhile is not None:
            return made_meanwhile
        remove_unfinished()
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        # Under a name that nothing had: the pip of a set-up that was killed may still be writing.
        folder = VENVS / f"{version}-{uuid.uuid4().hex[:8]}"
        key = requirements_key(command)
        environment = Environment(folder, interpreter_key(), command, key, ())
        try:
            make_venv(folder)
            install_requirements(environment)
            write_stamp(environment)
        except OSError as problem:
            remove(folder)
            raise Stop(f"{folder} cannot be written ({problem.strerror}).") from problem
        except BaseException:
            remove(folder)
            raise
        for superseded in environments()[KEPT:]:
            remove(superseded.folder)
        return environment


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other set-up is at work in .venv, and keep others from beginning one."""
    try:
        VENVS.mkdir(exist_ok=True)
        file = (VENVS / "lock").open("a", encoding="utf-8")
    except OSError as problem:
        raise Stop(
            f"{VENVS} holds no set-up that fits, and cannot be written to ({problem.strerror}).",
            UNUSABLE,
        ) from problem
    with file:
        if not lock(file):
            say("waiting for another set-up to end")
            while not lock(file):
                time.sleep(LOCK_POLL_SECONDS)
        yield


def lock(file: IO[str]) -> bool:
    """Lock the file and return True, or False while another process holds it.

    The system takes the lock away from a process that ends, however it ends.
    """
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as problem:
        say(f"{VENVS} cannot be locked ({problem.strerror}); start no second set-up now")
    return True


def make_venv(folder: Path) -> None:
    say(f"making the virtual environment .venv/{folder.name}")
    # The Python of an environment must not be what the next one depends on.
    python = getattr(sys, "_base_executable", None) or sys.executable
    command = [python, "-I", "-X", "utf8", "-m", "venv", str(folder)]
    quietly(command, f"{python} could not make a virtual environment in {folder}.")


def install_requirements(environment: Environment) -> None:
    name = REQUIREMENTS[environment.command]
    say(f"installing packaging/{name} ({DOWNLOAD_MB[environment.command]} MB the first time)")
    pip = [str(environment.python), "-I", "-X", "utf8", "-m", "pip"]
    options = ["--disable-pip-version-check", "--no-input", "install"]
    hashed = ["--require-hashes", "--only-binary", ":all:"]
    path = ROOT / "packaging" / name
    code, output = attempt([*pip, *options, *hashed, "-r", str(path)])
    if code == 0:
        return
    if PIP_HAS_NO_CONNECTION in output:
        raise Stop(f"packaging/{name} cannot be installed without a network connection.")
    raise Stop(f"pip could not install packaging/{name}.", said=output)


# What is taken away


def remove_unfinished() -> None:
    """Remove what an earlier set-up was killed over. To be called with the lock held."""
    for path in VENVS.glob("*"):
        if (is_name(path.name) and not (path / STAMP).exists()) or path.suffix == ".removed":
            shutil.rmtree(path, ignore_errors=True)


def remove(folder: Path) -> None:
    """Remove an environment; where one of its programs is running on Windows, leave it whole."""
    if folder == VENVS:
        remove_first_version()
        return
    # Renamed first: it is no environment any more, even if this is interrupted.
    renamed = folder.with_name(f"{folder.name}.removed")
    with suppress(OSError):
        folder.replace(renamed)
    shutil.rmtree(renamed, ignore_errors=True)


def remove_first_version() -> None:
    """Remove the parts of an environment that version 0.1.0 made in .venv itself."""
    if Path(sys.prefix) == VENVS:  # it is what this runs on
        return
    for name in (STAMP, "pyvenv.cfg", "lib64"):
        with suppress(OSError):
            (VENVS / name).unlink()
    for name in ("bin", "include", "lib", "share", "Include", "Lib", "Scripts"):
        shutil.rmtree(VENVS / name, ignore_errors=True)
