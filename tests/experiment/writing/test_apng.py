"""Animated PNG files, taken apart and drawn again as a viewer does."""

import io
import struct
import zlib
from collections.abc import Sequence

import numpy as np
import pytest

from mlpviz.experiment.writing.apng import SIGNATURE, ApngWriter, Picture


def written(pictures: Sequence[Picture], rate: int = 30) -> bytes:
    file = io.BytesIO()
    writer = ApngWriter(file, rate)
    for picture in pictures:
        writer.add(picture)
    writer.close()
    return file.getvalue()


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Take a PNG apart, and check what each part says of itself."""
    assert data.startswith(SIGNATURE)
    place, found = len(SIGNATURE), []
    while place < len(data):
        (length,) = struct.unpack_from(">I", data, place)
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        (check,) = struct.unpack_from(">I", data, place + 8 + length)
        assert check == zlib.crc32(kind + body)
        found.append((kind, body))
        place += 12 + length
    return found


def drawn(data: bytes) -> list[Picture]:
    """Draw the frames as a viewer does."""
    parts = chunks(data)
    width, height = struct.unpack_from(">II", dict(parts)[b"IHDR"])
    canvas, frames, place = np.zeros((height, width, 3), dtype=np.uint8), [], (0, 0, 0, 0)
    numbers = []
    for kind, body in parts:
        if kind == b"fcTL":
            numbers.append(struct.unpack_from(">I", body)[0])
            place = struct.unpack_from(">IIII", body, 4)
        elif kind in (b"IDAT", b"fdAT"):
            if kind == b"fdAT":
                numbers.append(struct.unpack_from(">I", body)[0])
                body = body[4:]
            wide, high, left, top = place
            rows = np.frombuffer(zlib.decompress(body), dtype=np.uint8).reshape(high, -1)
            assert (rows[:, 0] == 2).all()
            sums = np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8)
            canvas = canvas.copy()
            canvas[top : top + high, left : left + wide] = sums.reshape(high, wide, 3)
            frames.append(canvas)
    assert numbers == list(range(len(numbers)))
    return frames


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
    frames = drawn(written(pictures))
    assert len(frames) == 12
    assert all(np.array_equal(*pair) for pair in zip(frames, pictures, strict=True))


def test_the_file_says_how_many_frames_there_are_and_how_fast_they_go() -> None:
    parts = chunks(written(random_pictures(5), rate=24))
    assert [kind for kind, _ in parts[:4]] == [b"IHDR", b"acTL", b"fcTL", b"IDAT"]
    assert struct.unpack(">II", dict(parts)[b"acTL"]) == (5, 0)
    delays = [struct.unpack_from(">HH", body, 20) for kind, body in parts if kind == b"fcTL"]
    assert delays == [(1, 24)] * 5


def test_a_frame_like_the_one_before_takes_hardly_any_room() -> None:
    picture = random_pictures(1)[0]
    assert len(written([picture] * 10)) < len(written([picture])) + 9 * 90


def test_a_picture_of_another_size_is_refused() -> None:
    writer = ApngWriter(io.BytesIO(), 30)
    writer.add(np.zeros((4, 5, 3), dtype=np.uint8))
    with pytest.raises(ValueError, match=r"shape \(4, 5, 3\)\. Got \(5, 4, 3\)\."):
        writer.add(np.zeros((5, 4, 3), dtype=np.uint8))
