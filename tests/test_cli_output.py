"""What the command line writes, wherever it writes it to: any encoding, any width, or nowhere."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REGRESSION = ("train", "--dataset", "plane", "--epochs", "3")
FULL = Path("/dev/full")


def start(arguments: tuple[str, ...], **options: object) -> "subprocess.CompletedProcess[bytes]":
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    more = options.pop("env", {})
    assert isinstance(more, dict)
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.run(  # type: ignore[call-overload]  # options by their names
        [sys.executable, "-m", "mlpviz", *arguments],
        timeout=120,
        check=False,
        env=environment | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"} | more,
        **streams,
    )


@pytest.mark.parametrize(
    ("encoding", "words", "is_c_locale"),
    [
        ("ascii", "R^2: ", True),
        ("ascii:strict", "R^2: ", False),
        ("cp1252", "R²: ", True),
        ("cp950:strict", "R^2: ", True),
        ("utf-8", "R²: ", False),
        ("utf-8", "R²: ", True),
        ("utf-16", "R²: ", False),
    ],
)
def test_the_result_is_shown_in_any_encoding(encoding: str, words: str, is_c_locale: bool) -> None:
    locale = {"LC_ALL": "C"} if is_c_locale else {}
    done = start(REGRESSION, env={"PYTHONIOENCODING": encoding, **locale})
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode(encoding.partition(":")[0]).splitlines()
    assert len(lines) == 101
    assert words in lines[-1]


@pytest.mark.parametrize(
    ("arguments", "encoding"),
    [((*REGRESSION, "--json"), "ascii"), (("train", "--help"), "cp950"), (("--help",), "utf-16")],
)
def test_json_and_help_are_too(arguments: tuple[str, ...], encoding: str) -> None:
    done = start(arguments, env={"PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode(encoding)
    assert json.loads(text)["loss"] if "--json" in arguments else "mlpviz" in text


@pytest.mark.parametrize("encoding", ["ascii", "cp950", "utf-8", "utf-16"])
def test_a_complaint_is_one_line_whatever_it_names(encoding: str) -> None:
    done = start(("train", "--data", "課²\n\x1b[2J.csv"), env={"PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stdout) == (2, b"")
    words = done.stderr.decode(encoding)
    assert words.startswith("mlpviz: ")
    assert words.splitlines(keepends=True) == [words]
    assert "\x1b" not in words


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize(
    "arguments", [REGRESSION, (*REGRESSION, "--json"), ("--help",), ("--version",)]
)
def test_a_full_disk_is_said_in_one_line(arguments: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        done = start(arguments, stdout=full)
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "mlpviz: the result cannot be written: No space left on device.\n"
    )


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
def test_a_complaint_that_cannot_be_written_keeps_the_exit_code() -> None:
    with FULL.open("wb") as full:
        assert start(("train", "--lr", "-1"), stderr=full).returncode == 2
        assert start(REGRESSION, stderr=full).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="its shell closes no outputs")
@pytest.mark.parametrize("command", ["train", "report", "bench"])
def test_a_closed_output_is_said_before_anything_is_computed(command: str, tmp_path: Path) -> None:
    script = f'"{sys.executable}" -m mlpviz {command} >&-'
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == "mlpviz: the result cannot be written: Bad file descriptor.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="its shell closes no outputs")
@pytest.mark.parametrize(("rate", "code"), [("0.5", 0), ("-1", 2)])
def test_with_the_errors_closed_nothing_else_changes(rate: str, code: int) -> None:
    script = f'"{sys.executable}" -m mlpviz train --epochs 3 --lr {rate} 2>&-'
    done = subprocess.run(
        ["sh", "-c", script],
        capture_output=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stderr) == (code, b"")
    assert (b"Loss: " in done.stdout) == (code == 0)
    assert b"mlpviz:" not in done.stdout


@pytest.mark.parametrize("columns", [12, 20, 80, 200])
def test_on_a_real_terminal_progress_takes_one_line(columns: int) -> None:
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    fcntl, struct, termios = (pytest.importorskip(n) for n in ("fcntl", "struct", "termios"))
    control, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    # Without activations the loss is a giant, or no number.
    flags = ("--no-activation", "--loss", "mean_squared_error", "--lr", "1e30", "--epochs", "20")
    done = start(("train", *flags), stderr=terminal, env={"PYTHONIOENCODING": "utf-8"})
    os.close(terminal)
    shown = os.read(control, 100_000).decode()
    os.close(control)
    assert done.returncode == 0
    lines = shown.split("\r")
    assert len(lines) > 20
    assert max(map(len, lines)) < columns
    assert "\n" not in shown
    assert lines[-1] == ""
    assert lines[-2].strip() == ""
    assert any(re.search(r"\b50%", line) for line in lines)
