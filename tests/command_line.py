"""The command line in this process: its exit code, and the one sentence that a refusal is."""

import pytest

from mlpviz.cli import UNUSABLE, main


def exit_code(*arguments: str) -> int:
    """Run a command and return its exit code."""
    try:
        return main(arguments)
    except SystemExit as leaving:
        return int(leaving.code or 0)


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = UNUSABLE) -> str:
    """Return the one sentence that a command says instead of a result."""
    assert exit_code(*arguments) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    assert captured.err.endswith("\n")
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("mlpviz: ")
    return captured.err
