"""A GIF made of an animated PNG, read again by Pillow."""

import io
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawn_png import apng_of

from mlpviz.experiment.writing.apng import Picture
from mlpviz.experiment.writing.gif import check_gif, gif_of

WHITE, BLUE, ORANGE = (255, 255, 255), (0, 114, 178), (230, 159, 0)


def moving_square(count: int) -> list[Picture]:
    """Make pictures in which a square goes to the right, below a bar that stays."""
    pictures = []
    for number in range(count):
        picture = np.full((30, 60, 3), WHITE, dtype=np.uint8)
        picture[:4] = ORANGE
        picture[10:20, 5 + number : 15 + number] = BLUE
        pictures.append(picture)
    return pictures


def frames_of(gif: bytes) -> tuple[list[Picture], list[int]]:
    """Read a GIF: its pictures, and for how many milliseconds each is shown."""
    image_of: Any = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    pictures, durations = [], []
    with image_of.open(io.BytesIO(gif)) as image:
        for number in range(image.n_frames):
            image.seek(number)
            pictures.append(np.asarray(image.convert("RGB")))
            durations.append(image.info["duration"])
        assert image.info["loop"] == 0  # for ever
    return pictures, durations


def test_it_has_the_pictures_and_the_length_of_the_png() -> None:
    pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    pictures, told = moving_square(30), []
    found, durations = frames_of(gif_of(apng_of(pictures, 30), 30, told.append))
    assert all(np.array_equal(*pair) for pair in zip(found, pictures, strict=True))
    assert sum(durations) == 1000
    assert set(durations) == {30, 40}  # hundredths of a second
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_what_does_not_change_has_the_same_colour_in_every_frame() -> None:
    pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    draw = np.random.default_rng(5)
    ground = draw.integers(0, 256, (40, 60, 3), dtype=np.uint8)  # more than 256 colours
    pictures = []
    for number in range(6):
        picture = ground.copy()
        picture[30:, 10 * number : 10 * number + 10] = draw.integers(0, 256, (10, 10, 3))
        pictures.append(picture)
    found, _ = frames_of(gif_of(apng_of(pictures, 10), 10, lambda share: None))
    assert all(np.array_equal(found[0][:30], picture[:30]) for picture in found)


def test_the_ground_keeps_its_very_colour_beside_many_others() -> None:
    pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    ramp = np.arange(220, 256, dtype=np.uint8)
    picture = np.full((60, 108, 3), WHITE, dtype=np.uint8)
    for row in range(20):  # hundreds of colours that are nearly white
        picture[row] = np.stack(
            [np.tile(ramp, 3), np.roll(np.tile(ramp, 3), row), ramp.repeat(3)], 1
        )
    found, _ = frames_of(gif_of(apng_of([picture, picture[::-1].copy()], 10), 10, lambda _: None))
    assert (found[0][20:] == 255).all()
    assert (found[1][:40] == 255).all()


def test_a_picture_that_stays_is_shown_for_as_long() -> None:
    pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    pictures = [*moving_square(1) * 5, *moving_square(2)[1:] * 5]
    _, durations = frames_of(gif_of(apng_of(pictures, 10), 10, lambda share: None))
    assert sum(durations) == 1000


def test_without_pillow_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(ValueError, match="needs Pillow") as refusal:
        check_gif(Path("run.gif"))
    assert 'pip install "mlpviz[clip]"' in str(refusal.value)
    assert "run.png" in str(refusal.value)
