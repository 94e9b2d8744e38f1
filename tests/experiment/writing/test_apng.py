"""Animated PNG files, drawn again as a viewer does."""

import io
import struct

import numpy as np
import pytest
from drawn_png import apng_of, chunks, drawn

from mlpviz.experiment.writing.apng import ApngWriter, Picture


def random_pictures(count: int) -> list[Picture]:
    """Make pictures of which each differs from the one before in some rectangle."""
    draw = np.random.default_rng(3)
    picture = draw.integers(0, 256, (20, 31, 3), dtype=np.uint8)
    pictures = [picture]
    for _ in range(count - 1):
        picture = picture.copy()
        top, left = draw.integers(0, 19), draw.integers(0, 30)
        picture[top : top + 7, left : left + 9] = draw.integers(0, 256, 3)
        pictures.append(picture)
    return pictures


def test_each_frame_is_drawn_as_it_was_given() -> None:
    pictures = random_pictures(12)
    frames = drawn(apng_of(pictures))
    assert len(frames) == 12
    assert all(np.array_equal(*pair) for pair in zip(frames, pictures, strict=True))


def test_the_file_says_how_many_frames_there_are_and_how_fast_they_go() -> None:
    parts = chunks(apng_of(random_pictures(5), rate=24))
    assert [kind for kind, _ in parts[:4]] == [b"IHDR", b"acTL", b"fcTL", b"IDAT"]
    assert struct.unpack(">II", dict(parts)[b"acTL"]) == (5, 0)
    delays = [struct.unpack_from(">HH", body, 20) for kind, body in parts if kind == b"fcTL"]
    assert delays == [(1, 24)] * 5


def test_a_frame_like_the_one_before_takes_hardly_any_room() -> None:
    picture = random_pictures(1)[0]
    assert len(apng_of([picture] * 10)) < len(apng_of([picture])) + 9 * 90


def test_a_picture_of_another_size_is_refused() -> None:
    writer = ApngWriter(io.BytesIO(), 30)
    writer.add(np.zeros((4, 5, 3), dtype=np.uint8))
    with pytest.raises(ValueError, match=r"shape \(4, 5, 3\)\. Got \(5, 4, 3\)\."):
        writer.add(np.zeros((5, 4, 3), dtype=np.uint8))
