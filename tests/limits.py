"""How long a refusal takes, and how much memory, measured in a process of its own.

Run as a program: `limits.py reader file …` prints a line of JSON for each file, with the sentence,
the seconds, and by how many bytes the process grew.
"""

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import mlpviz

MOST_SECONDS = 1.0
MOST_BYTES = 100_000_000
TRIES = 5

measured = pytest.mark.skipif(
    sys.platform == "win32", reason="Python cannot tell on Windows how large a process was"
)


class Refusal(NamedTuple):
    """What one refusal said and took."""

    words: str
    seconds: float
    bytes: int  # by which the process grew


def refusals(reader: str, paths: list[Path]) -> list[Refusal]:
    """Read files that must be refused, and return what that took.

    Parameters
    ----------
    reader : "recipe", "text", "table" or "csv"
    """
    done = subprocess.run(
        [sys.executable, __file__, reader, *map(str, paths)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
        env=os.environ | {"PYTHONPATH": str(Path(mlpviz.__file__).parents[1])},
    )
    return [Refusal(*json.loads(line)) for line in done.stdout.splitlines()]


def _readers() -> dict[str, Callable[[Path], object]]:
    from mlpviz.experiment.data.reading import from_file, load
    from mlpviz.experiment.data.table_reading import read_table
    from mlpviz.experiment.run.sharing import Shared, load_shared

    return {
        "recipe": load_shared,
        "text": lambda path: Shared.from_text(path.read_text(encoding="utf-8")),
        "table": lambda path: from_file(path, read_table),
        "pasted": lambda path: read_table(path.read_text(encoding="utf-8")),
        "csv": load,
    }


def _sentence(read: Callable[[Path], object], path: Path) -> str:
    try:
        read(path)
    except ValueError as problem:
        return str(problem)
    return ""


def _peak() -> int:
    """Return the most bytes that this process has held."""
    import resource  # there is none on Windows

    unit = 1 if sys.platform == "darwin" else 1024
    return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _measured(read: Callable[[Path], object], path: Path) -> Refusal:
    before, words, seconds = _peak(), "", math.inf
    for _ in range(TRIES):  # the quickest: what else the machine does slows this down
        started = time.process_time()
        words = _sentence(read, path)
        seconds = min(seconds, time.process_time() - started)
        if seconds < MOST_SECONDS:
            break
    return Refusal(words, seconds, _peak() - before)


def _main() -> None:
    read = _readers()[sys.argv[1]]
    for path in map(Path, sys.argv[2:]):
        child = os.fork()  # for what one file took is not given back before the next is read
        if child == 0:
            sys.stdout.write(json.dumps(_measured(read, path)) + "\n")
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    _main()
