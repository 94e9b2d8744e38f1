"""Can this machine have mlpviz at all? The answer is that of the wheels of Qt and NumPy."""

import os
import platform
import sys
import sysconfig

NEEDS = (
    "mlpviz needs Linux with glibc 2.34 or newer (2.39 on arm64), macOS 13 or newer, or Windows "
    "10 or newer, and an ordinary 64-bit Python 3.11 to 3.14"
)
LOWEST_GLIBC = {"x86_64": (2, 34), "aarch64": (2, 39)}
LOWEST_MACOS = 13
LOWEST_WINDOWS = 10


def unsuitable() -> str:
    """Return what keeps mlpviz from working here, as "this is …" would go on, or nothing."""
    return _unsuitable_python() or _unsuitable_system()


def _unsuitable_python() -> str:
    if sys.implementation.name != "cpython":
        return platform.python_implementation()
    if sys.maxsize < 2**32:
        return "a 32-bit Python"
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        return "a free-threaded Python"
    return ""


def _unsuitable_system() -> str:
    if sys.platform == "linux":
        return _unsuitable_linux(platform.machine(), _glibc())
    if sys.platform == "darwin":
        release = platform.mac_ver()[0]
        return f"macOS {release}" if _numbers(release) < (LOWEST_MACOS,) else ""
    if sys.platform == "win32":
        release = platform.version()
        return f"Windows {release}" if _numbers(release) < (LOWEST_WINDOWS,) else ""
    return platform.system() or sys.platform


def _unsuitable_linux(machine: str, glibc: str) -> str:
    if machine not in LOWEST_GLIBC:
        return f"Linux on {machine}"
    if not glibc:
        return "Linux with another C library than glibc"
    if _numbers(glibc) < LOWEST_GLIBC[machine]:
        return f"Linux with glibc {glibc} on {machine}"
    return ""


def _glibc() -> str:
    """Return the version of the C library, or nothing where it is another one, as musl."""
    try:
        name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
    except (ValueError, OSError):
        return ""
    return version if name == "glibc" else ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split(".") if number.isdigit())
