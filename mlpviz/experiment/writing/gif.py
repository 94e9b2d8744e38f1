"""A GIF made of an animated PNG, by Pillow, which need not be installed.

A GIF has at most 256 colours. They are chosen once for all frames: what does not change from one
frame to the next then has the same colour in both, and need not be stored again.
"""

import io
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import path_words
from mlpviz.experiment.regular_files import place_of
from mlpviz.experiment.run.clip import is_gif

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = 256
EXACT = 8  # of them the most frequent ones, as they are: white stays white
SEEN = 12  # frames that the colours are chosen from
SEEN_WIDTH = 480  # in pixels, to which these are made smaller: it has all colours still
HUNDREDTHS = 100  # of a second, in which a GIF counts


def check_gif(path: Path) -> None:
    """Refuse to make a GIF where Pillow is not installed.

    Raises
    ------
    ValueError
        with a sentence that says what to do.
    """
    try:
        import PIL.Image  # noqa: F401  whether it is there
    except ImportError:
        raise ValueError(
            tr(
                'A GIF needs Pillow: install it by `pip install "mlpviz[clip]"`, or write {name}, '
                "an animated PNG, which browsers show as well.",
                name=path_words(path.with_suffix(".png")),
            )
        ) from None


def check_clip_file(path: Path) -> None:
    """Look whether a clip can be written, before the work is done.

    Raises
    ------
    ValueError
        with a sentence, where its name or its place is none for a clip, or Pillow is missing.
    """
    if is_gif(path):
        check_gif(path)
    place_of(path)


def gif_of(apng: bytes, frames_per_second: int, tell: Callable[[float], None]) -> bytes:
    """Make a GIF of an animated PNG.

    Parameters
    ----------
    tell : is told the share that is done, 0 to 1

    Raises
    ------
    ImportError
        where Pillow is not installed.
    """
    from PIL import Image

    with Image.open(io.BytesIO(apng)) as source:
        count = int(getattr(source, "n_frames", 1))
        palette = _palette(source, count)

        def pictures() -> Iterator[Image.Image]:
            for number in range(count):
                source.seek(number)
                yield _coloured(source.convert("RGB"), palette)
                tell((number + 1) / count)

        made, file = pictures(), io.BytesIO()
        options: dict[str, Any] = {"duration": _durations(count, frames_per_second), "loop": 0}
        next(made).save(file, "GIF", save_all=True, append_images=made, optimize=False, **options)
    return file.getvalue()


def _coloured(picture: "Image", palette: "Image") -> "Image":
    """Give each point of a picture its colour of the palette.

    Pillow chooses among colours that are much alike by chance, so those that are to be exact are
    set afterwards.
    """
    from PIL import Image

    coloured = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    points, places = np.asarray(picture).astype(np.uint32), np.array(coloured)
    packed = points[..., 0] << 16 | points[..., 1] << 8 | points[..., 2]
    colours = palette.getpalette() or []
    exact = np.array(colours[: 3 * EXACT], dtype=np.uint32).reshape(-1, 3)
    for place, (red, green, blue) in enumerate(exact):
        places[packed == (red << 16 | green << 8 | blue)] = place
    found = Image.fromarray(places)
    found.putpalette(colours)
    return found


def _palette(source: "Image", count: int) -> "Image":
    """Choose the colours, from frames all along the clip."""
    from PIL import Image

    seen = sorted({round(share * (count - 1) / (SEEN - 1)) for share in range(SEEN)})
    height = max(1, round(SEEN_WIDTH * source.height / source.width))
    sheet = Image.new("RGB", (SEEN_WIDTH, height * len(seen)))
    for place, number in enumerate(seen):
        source.seek(number)
        small = source.convert("RGB").resize((SEEN_WIDTH, height), Image.Resampling.NEAREST)
        sheet.paste(small, (0, height * place))
    counted: list[Any] = [*(sheet.getcolors(sheet.width * sheet.height) or ())]
    counted.sort(reverse=True)
    usual = [band for _, colour in counted[:EXACT] for band in colour]
    others = sheet.quantize(COLOURS - EXACT, Image.Quantize.MEDIANCUT).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(usual + others[: 3 * (COLOURS - EXACT)])
    return palette


def _durations(count: int, frames_per_second: int) -> list[int]:
    """Return how long each frame is shown, in milliseconds, whole hundredths of a second each.

    Their sum is right: of 30 frames a second every third is longer.
    """
    ends = [round(HUNDREDTHS * number / frames_per_second) for number in range(count + 1)]
    return [10 * (end - begin) for begin, end in pairwise(ends)]
