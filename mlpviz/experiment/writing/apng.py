"""Animated PNG files, written frame by frame by the standard library.

The format is that of the PNG specification, third edition (W3C 2025), chapter 11.3.6: a PNG whose
further frames are drawn over the ones before. Of each frame only the rectangle is stored in which
it differs from the last one.
"""

import struct
import zlib
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]  # (height, width, 3), rows downwards, red, green, blue

SIGNATURE = b"\x89PNG\r\n\x1a\n"
EIGHT_BIT_RGB = bytes((8, 2, 0, 0, 0))  # depth, colour type; compression, filter, no interlace
UP = 2  # the filter by which a row is stored as what it adds to the row above
LEVEL = 6  # of compression


class ApngWriter:
    """Writes frames of one size, as they come.

    Parameters
    ----------
    file : open for writing, can be sought in; the file is complete once `close` was called
    frames_per_second : of the animation, which is repeated for ever
    """

    def __init__(self, file: BinaryIO, frames_per_second: int) -> None:
        self.frames = 0
        self._file, self._rate = file, frames_per_second
        self._last: Picture | None = None
        self._numbers = 0  # of the chunks that must be counted
        self._count_place = 0

    def add(self, picture: Picture) -> None:
        """Write the next frame.

        Raises
        ------
        ValueError
            for one of another size than the first.
        """
        if self._last is None:
            self._begin(picture)
            left, top = 0, 0
            part = picture
        elif picture.shape != self._last.shape:
            raise ValueError(f"picture must have shape {self._last.shape}. Got {picture.shape}.")
        else:
            top, bottom, left, right = _changed_rows_and_columns(self._last, picture)
            part = picture[top:bottom, left:right]
        height, width = part.shape[:2]
        # Its delay is 1 / rate seconds; it is drawn over what is there, and stays.
        place = (width, height, left, top, 1, self._rate, 0, 0)
        self._chunk(b"fcTL", self._number() + struct.pack(">IIIIHHBB", *place))
        data = zlib.compress(_filtered(part), LEVEL)
        if self._last is None:
            self._chunk(b"IDAT", data)
        else:
            self._chunk(b"fdAT", self._number() + data)
        self._last = picture.copy()
        self.frames += 1

    def close(self) -> None:
        """Complete the file, which then has one frame at least; it is not closed."""
        self._chunk(b"IEND", b"")
        end = self._file.tell()
        self._file.seek(self._count_place)
        self._write_count()
        self._file.seek(end)

    def _begin(self, picture: Picture) -> None:
        height, width = picture.shape[:2]
        self._file.write(SIGNATURE)
        self._chunk(b"IHDR", struct.pack(">II", width, height) + EIGHT_BIT_RGB)
        self._count_place = self._file.tell()
        self._write_count()  # it is known in the end

    def _write_count(self) -> None:
        self._chunk(b"acTL", struct.pack(">II", self.frames, 0))

    def _number(self) -> bytes:
        self._numbers += 1
        return struct.pack(">I", self._numbers - 1)

    def _chunk(self, kind: bytes, data: bytes) -> None:
        check = zlib.crc32(kind + data)
        self._file.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check))


def _changed_rows_and_columns(before: Picture, after: Picture) -> tuple[int, int, int, int]:
    """Return top, bottom, left, right of what differs; of equal pictures one point."""
    is_other = (before != after).any(axis=2)
    rows, columns = (np.flatnonzero(is_other.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return 0, 1, 0, 1
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def _filtered(picture: Picture) -> bytes:
    """Return the rows as PNG stores them: each with its filter, and what it adds to the one above.

    The first row has nothing above, which counts as 0.
    """
    height, width = picture.shape[:2]
    rows = picture.reshape(height, 3 * width)
    stored = np.empty((height, 1 + 3 * width), dtype=np.uint8)
    stored[:, 0] = UP
    stored[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=stored[1:, 1:])  # modulo 256, as it is meant
    return stored.tobytes()
