"""What is shown on a terminal, in any encoding and at any width."""

import io
import os
import sys

import pytest

from mlpviz.experiment.terminal.output import (
    plain,
    progress_bar,
    progress_text,
    replace_what_cannot_be_shown,
)

WORDS = "epoch 1200 of 10000  loss 0.1234"


class Terminal(io.TextIOWrapper):
    """A terminal of an encoding, whose width is what the environment says."""

    def __init__(self, encoding: str = "utf-8") -> None:
        self.raw_bytes = io.BytesIO()
        super().__init__(self.raw_bytes, encoding=encoding, newline="")

    def isatty(self) -> bool:
        return True

    @property
    def shown(self) -> str:
        self.flush()
        return self.raw_bytes.getvalue().decode(self.encoding)


def terminal_of(monkeypatch: pytest.MonkeyPatch, columns: int, encoding: str = "utf-8") -> Terminal:
    """Put a terminal in the place of the standard error."""
    terminal = Terminal(encoding)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(sys, "stderr", terminal)
    return terminal


# Characters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R²", "R^2"),
        ("x₁ → h₁,₂", "x1 -> h1,2"),
        ("w ← w − η·∂L/∂w", "w <- w - eta*dL/dw"),
        ("√ŝ ≤ β₁ᵗ", "sqrt s^ <= beta1^t"),
        ("λ Σ|w| ½ …", "lambda sum |w| 1/2 ..."),
        ("café", "cafe"),
        ("課 \udcff \ue000", "? ? ?"),
        ("\u2009|", " |"),
    ],
)
def test_what_ascii_lacks_is_written_in_letters_that_say_the_same(text: str, expected: str) -> None:
    assert "".join(map(plain, text)) == expected


@pytest.mark.thorough
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp950", "cp037", "utf-8", "utf-16"])
def test_every_character_can_be_written_in_any_encoding(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = (*range(0x3000), *range(0x3000, 0x110000, 61), *range(0xD800, 0xE000))
    everything = "".join(map(chr, codes))
    for name in ("stdout", "stderr"):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, name, stream)
    replace_what_cannot_be_shown()
    for stream in (sys.stdout, sys.stderr):
        stream.write(everything)
        stream.flush()
        assert len(stream.buffer.getvalue().decode(encoding)) >= len(everything)


def test_what_an_encoding_has_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    content = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(content, encoding="cp1252"))
    replace_what_cannot_be_shown()
    sys.stdout.write("R² é β₁ 課")
    sys.stdout.flush()
    assert content.getvalue().decode("cp1252") == "R² é beta1 ?"


def test_an_output_that_takes_any_text_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for output in (io.StringIO(), None):
        monkeypatch.setattr(sys, "stdout", output)
        replace_what_cannot_be_shown()
        assert sys.stdout is output


# Progress


def test_progress_takes_at_most_the_room_there_is() -> None:
    for room in range(201):
        text = progress_text(0.5, WORDS, room)
        assert len(text) <= room
        assert ("50%" in text) == (room >= 3), room
        assert ("#" in text) == (room >= len(WORDS) + 10), room
        for word in text.replace("#", "").replace("-", "").split():
            assert word in ["50%", *WORDS.split()], room  # no number that was cut


def test_progress_ends_at_100_per_cent_and_not_before() -> None:
    assert progress_text(0.999, "", 80).strip("#- ") == "99%"
    assert progress_text(1.0, "", 80).strip("# ") == "100%"
    assert progress_text(0.0, "", 80).strip("- ") == "0%"


@pytest.mark.parametrize("columns", [1, 2, 12, 20, 40, 80, 200])
def test_on_a_terminal_progress_is_one_line_that_is_wiped_at_the_end(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = terminal_of(monkeypatch, columns)
    with progress_bar() as show:
        for share in (0.0, 0.5, 1.0):
            show(share, WORDS)
        show(1.0, "short")
    first, *lines, last = terminal.shown.split("\r")
    assert (first, last) == ("", "")
    assert all(len(line) < columns for line in lines)
    assert "\n" not in terminal.shown
    assert lines[-1] == " " * len(lines[-2].rstrip())
    assert "\x1b" not in terminal.shown  # a console of Windows need not know what it means


def test_a_line_covers_the_longer_one_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = terminal_of(monkeypatch, 80)
    with progress_bar() as show:
        show(0.1, "loss 1.2345e+300")
        show(0.2, "loss nan")
    _, long, short, *_ = terminal.shown.split("\r")
    assert len(short) == len(long)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", "█"), ("cp437", "█"), ("ascii", "#"), ("cp1252", "#"), ("cp950", "#")],
)
def test_the_bar_is_of_blocks_only_where_the_encoding_has_them_one_column_wide(
    encoding: str, mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = terminal_of(monkeypatch, 80, encoding)
    with progress_bar() as show:
        show(1.0, "")
    assert terminal.shown.split("\r")[1].startswith(mark * 30 + " ")


def test_a_real_terminal_says_how_wide_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    fcntl, struct, termios = (pytest.importorskip(n) for n in ("fcntl", "struct", "termios"))
    control, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 33, 0, 0))
    monkeypatch.setenv("COLUMNS", "200")
    with os.fdopen(end, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        with progress_bar() as show:
            show(0.5, WORDS)
    lines = os.read(control, 10_000).decode().split("\r")
    os.close(control)
    assert "50% epoch 1200 of 10000 loss" in lines
    assert max(map(len, lines)) < 33


def test_without_a_terminal_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for output in (io.StringIO(), None):
        monkeypatch.setattr(sys, "stderr", output)
        with progress_bar() as show:
            show(0.5, WORDS)
        assert output is None or output.getvalue() == ""


def test_a_terminal_that_has_gone_does_not_end_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    class Gone(io.StringIO):
        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> int:
            tried.append(text)
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(sys, "stderr", Gone())
    with progress_bar() as show:
        show(0.5, WORDS)
    assert WORDS in "".join(tried)
