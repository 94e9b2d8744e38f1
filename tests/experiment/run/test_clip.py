"""What a clip is to show: which choices there are, and the words where there is none."""

from pathlib import Path
from typing import Any

import pytest

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.clip import Clip, is_gif
from mlpviz.experiment.run.record import Record

RUN = Record(Recipe(), (), 500, 10_000)


def test_it_has_as_many_frames_as_its_length_and_smoothness_say() -> None:
    assert Clip().frames == 250
    assert Clip(seconds=2.5, frames_per_second=30).frames == 75


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"view": "all"}, "view must be one of window, diagram, map, loss. Got all."),
        ({"theme": "blue"}, "theme must be one of light, dark. Got blue."),
        ({"seconds": 0.5}, "seconds must be 1 to 60. Got 0.5."),
        ({"seconds": float("nan")}, "seconds must be 1 to 60. Got nan."),
        ({"frames_per_second": 51}, "fps must be 1 to 50. Got 51."),
        (
            {"size": (800, 600)},
            "size must be 960x540 to 3840x2160 for the whole window. Got 800x600.",
        ),
        (
            {"view": "map", "size": (4000, 600)},
            "size must be 240x180 to 3840x2160 for the map. Got 4000x600.",
        ),
    ],
)
def test_a_choice_that_there_is_not_is_refused(choices: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match="must be") as refusal:
        Clip(**choices)
    assert str(refusal.value) == words


def test_a_view_alone_may_be_smaller_than_the_window() -> None:
    assert Clip(view="map", size=(480, 400)).size == (480, 400)


def test_it_shows_the_whole_run_if_nothing_else_is_said() -> None:
    assert Clip().epochs_in(RUN) == (0, 500)
    assert Clip(first=100, last=200).epochs_in(RUN) == (100, 200)


@pytest.mark.parametrize(("first", "last"), [(0, 501), (-1, 5), (7, 7), (9, 3), (500, None)])
def test_epochs_that_the_run_does_not_have_are_refused(first: int, last: int | None) -> None:
    with pytest.raises(ValueError, match=r"later one of the run, which has 500\. Got"):
        Clip(first=first, last=last).epochs_in(RUN)


def test_the_ending_of_its_name_says_what_a_file_is() -> None:
    assert is_gif(Path("run.GIF"))
    assert not is_gif(Path("run.png"))
    assert not is_gif(Path("run.apng"))
    with pytest.raises(ValueError, match=r"must end in one of \.gif, \.png, \.apng\. Got run\.mp4"):
        is_gif(Path("run.mp4"))
