"""Animated PNG files: made, taken apart, and drawn again as a viewer does."""

import io
import struct
import zlib
from collections.abc import Sequence

import numpy as np

from mlpviz.experiment.writing.apng import SIGNATURE, ApngWriter, Picture


def apng_of(pictures: Sequence[Picture], rate: int = 30) -> bytes:
    """Make an animated PNG of pictures, so many a second."""
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
