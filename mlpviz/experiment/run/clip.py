"""What a clip is to show: an animated file in which a run is shown again."""

from dataclasses import dataclass
from pathlib import Path

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import path_words
from mlpviz.experiment.run.record import Record

WINDOW, DIAGRAM, MAP, LOSS = "window", "diagram", "map", "loss"
VIEWS = {
    WINDOW: marked("the whole window"),
    DIAGRAM: marked("the diagram"),
    MAP: marked("the map"),
    LOSS: marked("the loss plot"),
}
THEMES = ("light", "dark")
GIF = ".gif"
ENDINGS = (GIF, ".png", ".apng")  # of the file's name: they say what it is
SECONDS = (1.0, 60.0)
# A GIF counts in hundredths of a second, and what is shown for less than two of them browsers show
# for ten.
FRAMES_PER_SECOND = (1, 50)
LEAST_WINDOW, LEAST_VIEW, MOST = (960, 540), (240, 180), (3840, 2160)  # width and height in pixels


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip.

    Parameters
    ----------
    view : one of VIEWS
    seconds : how long it is
    frames_per_second : how smooth
    size : width and height in pixels
    first, last : the epochs between which it shows the run; None for the end of the run
    theme : one of THEMES
    is_even : whether the epochs pass evenly; else with every frame the surface changes equally

    Raises
    ------
    ValueError
        with a sentence, for a choice that there is not.
    """

    view: str = WINDOW
    seconds: float = 10.0
    frames_per_second: int = 25
    size: tuple[int, int] = (1280, 800)
    first: int = 0
    last: int | None = None
    theme: str = "light"
    is_even: bool = False

    def __post_init__(self) -> None:
        _check_one_of("view", self.view, tuple(VIEWS))
        _check_one_of("theme", self.theme, THEMES)
        if not SECONDS[0] <= self.seconds <= SECONDS[1]:
            raise ValueError(_range_words("seconds", *SECONDS, self.seconds))
        if not FRAMES_PER_SECOND[0] <= self.frames_per_second <= FRAMES_PER_SECOND[1]:
            raise ValueError(_range_words("fps", *FRAMES_PER_SECOND, self.frames_per_second))
        least = LEAST_WINDOW if self.view == WINDOW else LEAST_VIEW
        if not all(low <= n <= high for low, n, high in zip(least, self.size, MOST, strict=True)):
            raise ValueError(
                tr(
                    "size must be {least} to {most} for {view}. Got {got}.",
                    least=size_text(least),
                    most=size_text(MOST),
                    view=tr(VIEWS[self.view]),
                    got=size_text(self.size),
                )
            )

    @property
    def frames(self) -> int:
        """How many pictures it has."""
        return max(2, round(self.seconds * self.frames_per_second))

    def epochs_in(self, record: Record) -> tuple[int, int]:
        """Return the epochs of a run at which it begins and ends.

        Raises
        ------
        ValueError
            with a sentence, where the run has no such epochs.
        """
        last = record.epoch if self.last is None else self.last
        if not 0 <= self.first < last <= record.epoch:
            raise ValueError(
                tr(
                    "A clip must go from one epoch to a later one of the run, which has {epochs}. "
                    "Got {first} to {last}.",
                    epochs=record.epoch,
                    first=self.first,
                    last=last,
                )
            )
        return self.first, last


def size_text(size: tuple[int, int]) -> str:
    """Write a size as it is typed: 1280x800."""
    return f"{size[0]}x{size[1]}"


def is_gif(path: Path) -> bool:
    """Tell by its name what a file is to be: a GIF, or an animated PNG.

    Raises
    ------
    ValueError
        with a sentence, for another name.
    """
    if path.suffix.lower() not in ENDINGS:
        raise ValueError(
            tr(
                "The name of a clip must end in one of {endings}. Got {name}.",
                endings=", ".join(ENDINGS),
                name=path_words(path),
            )
        )
    return path.suffix.lower() == GIF


def _check_one_of(name: str, value: str, names: tuple[str, ...]) -> None:
    if value not in names:
        raise ValueError(
            tr(
                "{name} must be one of {names}. Got {got}.",
                name=name,
                names=", ".join(names),
                got=value,
            )
        )


def _range_words(name: str, low: float, high: float, got: float) -> str:
    return tr(
        "{name} must be {low} to {high}. Got {got}.",
        name=name,
        low=f"{low:g}",
        high=f"{high:g}",
        got=f"{got:g}",
    )
