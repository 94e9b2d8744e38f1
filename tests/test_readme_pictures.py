"""The pictures of the README: one command makes all of them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import readme_pictures
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[1]
FEW_EPOCHS = 30


def short() -> list[readme_pictures.Picture]:
    """Return the pictures, each of a training that takes no time."""
    return [
        replace(picture, recipes=tuple(replace(r, epochs=FEW_EPOCHS) for r in picture.recipes))
        for picture in readme_pictures.PICTURES
    ]


@pytest.mark.usefixtures("qapp")
def test_four_pictures_of_one_size_are_made_of_windows_that_differ(tmp_path: Path) -> None:
    made = readme_pictures.make_pictures(tmp_path / "new", short())
    assert [path.name for path in made] == [
        "start.png",
        "trained.png",
        "comparison.png",
        "not-a-number.png",
    ]
    images = [QImage(str(path)) for path in made]
    assert {(image.width(), image.height()) for image in images} == {readme_pictures.SIZE}
    assert all(first != second for i, first in enumerate(images) for second in images[:i])


@pytest.mark.usefixtures("qapp")
def test_the_same_program_makes_the_same_picture(tmp_path: Path) -> None:
    trained = [picture for picture in short() if picture.name == "trained.png"]
    first, second = (
        readme_pictures.make_pictures(tmp_path / folder, trained)[0].read_bytes()
        for folder in ("a", "b")
    )
    assert first == second


def test_the_readme_shows_the_pictures_that_are_made() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[.+\]\(resources/screenshots/(.+)\)", text)
    assert sorted(shown) == sorted(picture.name for picture in readme_pictures.PICTURES)
    kept = {path.name for path in readme_pictures.FOLDER.glob("*")}
    assert kept == set(shown)
