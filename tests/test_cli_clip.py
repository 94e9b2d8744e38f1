"""`mlpviz clip`: its file, and its one sentence where something is wrong."""

import sys
from pathlib import Path

import numpy as np
import processes
import pytest
from command_line import complaint
from drawn_png import drawn

from mlpviz.cli import UNUSABLE, main
from mlpviz.experiment.recipe.recipe import Recipe

SHORT = ("--epochs", "40", "--seconds", "1", "--fps", "3", "--view", "map", "--size", "300x240")

pytestmark = pytest.mark.usefixtures("qapp")


def test_it_writes_the_clip_and_prints_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "run.png"
    assert main(("clip", "--out", str(path), *SHORT)) == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == (f"{path}\n", "")
    frames = drawn(path.read_bytes())
    assert [frame.shape for frame in frames] == [(240, 300, 3)] * 3
    assert not np.array_equal(frames[0], frames[2])
    assert [*tmp_path.iterdir()] == [path]


def test_a_recipe_file_is_what_it_shows(tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.json"
    recipe.write_text(Recipe(dataset="moons").to_json(), encoding="utf-8")
    shown = []
    for arguments in ((str(recipe),), ("--dataset", "moons"), ()):
        path = tmp_path / "run.apng"
        assert main(("clip", *arguments, "--out", str(path), *SHORT)) == 0
        shown.append(drawn(path.read_bytes())[2])
    assert np.array_equal(shown[0], shown[1])
    assert not np.array_equal(shown[0], shown[2])


def test_a_gif_has_as_many_frames(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    path = tmp_path / "run.gif"
    assert main(("clip", "--out", str(path), *SHORT)) == 0
    with image.open(path) as found:
        assert (found.format, found.size, found.n_frames) == ("GIF", (300, 240), 3)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--size", "300"), "argument --size: must be a width and a height in pixels, as in"),
        (("--size", "300x240"), "size must be 960x540 to 3840x2160 for the whole window."),
        (("--seconds", "0"), "seconds must be 1 to 60. Got 0."),
        (("--seconds", "ten"), "argument --seconds: must be a number. Got"),
        (("--fps", "0"), "fps must be 1 to 50. Got 0."),
        (("--view", "all"), "argument --view: must be one of window, diagram, map, loss."),
        (("--out", "run.mp4"), "The name of a clip must end in one of .gif, .png, .apng."),
        (("--from", "50", "--to", "20"), "A clip must go from one epoch to a later one"),
        (("--epochs", "0"), "epochs must be at least 1 to make a clip. Got 0."),
        (("--out", "nowhere/run.png"), "its folder does not exist"),
        (("--size", "960x540", "--size", "1x1"), "--size must be given once. Got it twice."),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(
    arguments: tuple[str, ...],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert words in complaint(capsys, "clip", *arguments)
    assert not [*tmp_path.iterdir()]


def test_without_pillow_a_gif_is_refused_before_anything_is_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert main(("clip", "--out", str(tmp_path / "run.gif"), *SHORT)) == UNUSABLE
    assert '`pip install "mlpviz[clip]"`' in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]


@pytest.mark.process
@processes.on_linux
def test_it_needs_no_display(tmp_path: Path) -> None:
    with processes.marked(tmp_path, "-m", "mlpviz", "clip", *SHORT) as family:
        printed, complaints = family.parent.communicate(timeout=120)
    assert (family.parent.returncode, printed, complaints) == (0, "mlpviz.png\n", "")
    assert len(drawn((tmp_path / "mlpviz.png").read_bytes())) == 3
