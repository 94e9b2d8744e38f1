"""What the wheels of Qt expect of the system, on Debian and its relatives."""

import importlib.util
import os
import platform
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from attempts import UNUSABLE, Stop, attempt, say, succeeds

# Qt draws into memory with the first, shows a window under X11 with the second and under Wayland
# with the third.
DRAWING = ("libgl1", "libegl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libxkbcommon0")
X_WINDOW = (
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1"),
    *("libxcb-shape0", "libxcb-xkb1", "libxcb-randr0", "libx11-xcb1"),
)
WAYLAND_WINDOW = ("libwayland-cursor0", "libwayland-egl1")
TEST_PACKAGES = ("xvfb", "openbox")  # a screen, and a manager that gives windows their frames
QT_PACKAGES = (*DRAWING, *X_WINDOW, *WAYLAND_WINDOW)

APT_HAS_NO_CONNECTION = "Failed to fetch"  # in what it says, in English
NEED_NO_WINDOW = {"report", "pictures"}
NEED_NO_QT = {"train", "-h", "--help", "-V", "--version"}


def needed_packages(command: str, arguments: Sequence[str]) -> tuple[str, ...]:
    """Return what `dev.py command arguments` cannot do without."""
    if command == "test":
        return QT_PACKAGES if arguments else (*QT_PACKAGES, *TEST_PACKAGES)
    if NEED_NO_QT & set(arguments):
        return ()
    return DRAWING if NEED_NO_WINDOW & set(arguments) else QT_PACKAGES


def packages_to_make_environments() -> tuple[str, ...]:
    """Return what Python's `venv` lacks on Debian, where it is a package of its own."""
    if importlib.util.find_spec("ensurepip") is not None:
        return ()
    return (f"python{sys.version_info.major}.{sys.version_info.minor}-venv",)


def require_system_packages(wanted: Sequence[str]) -> None:
    """Install what is missing where that is allowed, else stop with the command that does it."""
    if not wanted or not has_apt():
        return
    installed = installed_packages()
    missing = [name for name in wanted if name not in installed]
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
        install(prefix or [], obtainable)


def install(prefix: Sequence[str], names: Sequence[str]) -> None:
    code, output = attempt(apt_get(prefix, "install", "-y", "--no-install-recommends", *names))
    if code == 0:
        return
    words = " ".join(names)
    if APT_HAS_NO_CONNECTION in output:
        raise Stop(f"{words} cannot be installed without a network connection.")
    raise Stop(f"apt-get could not install {words}.", said=output)


def has_apt() -> bool:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    family = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    tools = all(shutil.which(tool) for tool in ("apt-get", "dpkg-query"))
    return bool(family & {"debian", "ubuntu"}) and tools


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
    variables = ("LC_ALL=C", "DEBIAN_FRONTEND=noninteractive")
    return [*prefix, "env", *variables, "apt-get", *patience, *arguments]


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
