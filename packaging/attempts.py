"""Run other programs without their noise, and say in a sentence what did not go well."""

import subprocess
import sys
from collections.abc import Sequence
from subprocess import DEVNULL, PIPE, STDOUT

FAILED = 1
UNUSABLE = 2  # arguments or a machine that cannot be used as they are

TAIL_LINES = 15


class Stop(Exception):
    """Why it does not go on, in a sentence; the exit code; and what the failed program said."""

    def __init__(self, sentence: str, code: int = FAILED, said: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.said = said


def tell(problem: Stop) -> None:
    """Print the last lines of what failed, and then, where it is read best, the sentence."""
    for line in problem.said.splitlines()[-TAIL_LINES:]:
        print(f"    {line}", file=sys.stderr)
    print(f"dev.py: {problem}", file=sys.stderr, flush=True)


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
        raise Stop(failure, said=output)
