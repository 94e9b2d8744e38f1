"""Pictures of the views and of the window, opened again: what they show, and of what they are."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import distance
from gui.window.test_compare import choose
from PySide6.QtCore import QByteArray, QPoint, QSizeF, Qt
from PySide6.QtGui import QColor, QCursor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.look.look import DARK, LIGHT
from mlpviz.gui.window.main import MainWindow
from mlpviz.gui.window.picture_saver import PictureSaver, Subject

UNITS = 2 + 4 + 4 + 1  # of the default network: each has a picture of what it gives
VIEWS = {"network": UNITS, "map": 2, "loss": 0}  # and how many images; two: surface, colour scale
WHITE = QColor("white")


@pytest.fixture
def saver(window: MainWindow) -> PictureSaver:
    return window.exports.pictures


@pytest.fixture(autouse=True)
def empty_clipboard(qapp: QApplication) -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def subject(saver: PictureSaver, name: str) -> Subject:
    return next(subject for subject in saver.subjects() if subject.name == name)


def saved(saver: PictureSaver, name: str, path: Path, sharpness: int = 1) -> bytes:
    saver.save(subject(saver, name), path, sharpness)
    return path.read_bytes()


def opened(content: bytes) -> QImage:
    image = QImage.fromData(QByteArray(content))
    assert not image.isNull()
    return image


def rendered(content: bytes, like: QImage) -> QImage:
    """Return an SVG as pixels, on white, as large as another picture."""
    renderer = QSvgRenderer(QByteArray(content))
    assert renderer.isValid()
    image = QImage(like.size(), QImage.Format.Format_RGB32)
    image.fill(WHITE)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def share_of_ink(image: QImage) -> float:
    """Return how much of a picture is not white."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(rgb.constBits(), np.uint32) & 0xFFFFFF
    return float((pixels != 0xFFFFFF).mean())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_view_is_the_same_picture_in_every_format_on_white_whatever_the_theme(
    theme: str, window: MainWindow, saver: PictureSaver, tmp_path: Path
) -> None:
    choose(window, f"theme_{theme}")
    for name, images in VIEWS.items():
        png = opened(saved(saver, name, tmp_path / "a.png", 2))
        assert QSizeF(png.size()) == subject(saver, name).size * 2, name
        assert png.pixelColor(0, 0) == WHITE, name
        assert share_of_ink(png) > 0.01, name
        svg = saved(saver, name, tmp_path / "a.svg")
        assert distance(rendered(svg, png), png) < 2.0, name
        assert svg.count(b"<image") == images, name
        assert b"<text" not in svg, name
        pdf = saved(saver, name, tmp_path / "a.pdf")
        assert pdf.startswith(b"%PDF-"), name
        assert len(re.findall(rb"/Subtype\s*/Image", pdf)) == images, name


def test_a_png_has_so_many_pixels_per_pixel_and_is_as_sharp(
    saver: PictureSaver, tmp_path: Path
) -> None:
    svg = saved(saver, "network", tmp_path / "a.svg")
    for sharpness in (1, 2, 3, 4):
        image = opened(saved(saver, "network", tmp_path / "a.png", sharpness))
        assert QSizeF(image.size()) == subject(saver, "network").size * sharpness
        assert round(image.dotsPerMeterX() * 0.0254) == 96 * sharpness
        # Blurred words would be further away.
        assert distance(rendered(svg, image), image) < 2.0, sharpness


def test_the_picture_of_the_window_is_light_on_white_and_the_screen_stays_dark(
    window: MainWindow, saver: PictureSaver, tmp_path: Path
) -> None:
    choose(window, "theme_dark")
    before = window.parts.controls.grab().toImage()
    image = opened(saved(saver, "window", tmp_path / "a.png"))
    assert image.size() == window.size()
    corners = [QPoint(1, 1), QPoint(image.width() - 2, image.height() - 2)]
    assert [image.pixelColor(corner) for corner in corners] == [WHITE, WHITE]
    assert QApplication.palette().window().color() == QColor(DARK.ground)
    assert window.parts.controls.grab().toImage() == before
    assert window.grab().toImage().pixelColor(1, 1) == QColor(DARK.ground)


def test_the_ground_of_the_light_window_is_white_on_paper_and_as_before_on_the_screen(
    window: MainWindow, saver: PictureSaver, tmp_path: Path
) -> None:
    choose(window, "theme_light")
    image = opened(saved(saver, "window", tmp_path / "a.png"))
    assert image.pixelColor(1, 1) == WHITE
    assert window.grab().toImage().pixelColor(1, 1) == QColor(LIGHT.ground)


def test_buttons_and_hints_are_not_in_the_picture_of_a_view(
    window: MainWindow, saver: PictureSaver, tmp_path: Path
) -> None:
    panel = window.parts.network_panel
    image = opened(saved(saver, "network", tmp_path / "a.png"))
    seen = panel.grab().toImage()
    buttons = panel.layer_buttons.geometry().translated(panel.layer_buttons.parentWidget().pos())
    assert share_of_ink(seen.copy(buttons)) > 0.05
    assert share_of_ink(image.copy(buttons)) == 0.0


def test_each_run_of_a_comparison_and_the_open_drawer_have_pictures_of_their_own(
    qtbot: QtBot, window: MainWindow, watch: Watch, saver: PictureSaver, tmp_path: Path
) -> None:
    choose(window, "compare")
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    qtbot.waitUntil(lambda: len(saver.subjects()) == 6)
    names = ["window", "network", "map", "loss", "network-B", "map-B"]
    assert [one.name for one in saver.subjects()] == names
    saved(saver, "map-B", tmp_path / "b.svg")
    choose(window, "end_with_a")
    qtbot.waitUntil(lambda: len(watch.last.frames) == 1)
    choose(window, "samples")
    titles = [one.title for one in saver.subjects()]
    assert titles == ["Window", "Samples", "Network", "Decision boundary", "Loss"]
    assert share_of_ink(opened(saved(saver, "samples", tmp_path / "s.png"))) > 0.01
    # It lies upon the network, which is painted all the same.
    assert share_of_ink(opened(saved(saver, "network", tmp_path / "n.png"))) > 0.05


def test_what_lies_beyond_a_map_that_is_zoomed_in_is_cut_off(
    window: MainWindow, saver: PictureSaver, tmp_path: Path
) -> None:
    view = window.parts.boundary_view
    view.plot.view.scaleBy((0.3, 0.3))
    svg = saved(saver, "map", tmp_path / "a.svg").decode()
    corner = view.canvas.mapTo(window.parts.boundary_panel, QPoint(0, 0))
    canvas = view.canvas
    assert (
        f'<rect x="0" y="0" width="{canvas.width()}" height="{canvas.height()}" '
        f'transform="matrix(1,0,0,1,{corner.x()},{corner.y()})" />'
    ) in svg
    png = opened(saved(saver, "map", tmp_path / "a.png"))
    assert share_of_ink(png.copy(0, 0, corner.x() - 40, png.height())) < 0.05


def test_the_screen_keeps_its_pictures_after_one_for_paper(
    window: MainWindow, saver: PictureSaver, tmp_path: Path
) -> None:
    view = window.parts.network_view
    view.grab()
    before = view.grab().toImage()
    saved(saver, "network", tmp_path / "a.png", 4)
    assert view.grab().toImage() == before


def test_the_menus_offer_what_is_in_sight_to_save_and_to_copy(
    window: MainWindow, saver: PictureSaver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def answer(_: object, title: str, name: str, kinds: object) -> tuple[Path, int]:
        asked.append((title, name))
        return tmp_path / "here.png", 3

    monkeypatch.setattr("mlpviz.gui.window.picture_saver.ask_where", answer)
    window.menus.menus["export"].aboutToShow.emit()
    entries = {
        name: window.menus.menus[name].actions() for name in ("save_picture", "copy_picture")
    }
    for actions in entries.values():
        texts = [action.text() for action in actions]
        assert texts == ["Window", "Network", "Decision boundary", "Loss"]
    entries["save_picture"][3].trigger()
    assert asked == [("Save picture", "loss")]
    image = opened((tmp_path / "here.png").read_bytes())
    assert QSizeF(image.size()) == subject(saver, "loss").size * 4
    assert window.parts.message_bar.text == f"Saved {tmp_path / 'here.png'}."


def test_a_picture_is_copied_as_pixels_and_as_drawing(
    window: MainWindow, saver: PictureSaver
) -> None:
    window.menus.menus["export"].aboutToShow.emit()
    copy: QMenu = window.menus.menus["copy_picture"]
    copy.actions()[2].trigger()
    data = QGuiApplication.clipboard().mimeData()
    image = QGuiApplication.clipboard().image()
    assert QSizeF(image.size()) == subject(saver, "map").size * 2
    assert opened(data.data("image/png").data()).size() == image.size()
    assert distance(rendered(data.data("image/svg+xml").data(), image), image) < 2.0
    assert data.data("application/pdf").startsWith(b"%PDF-")
    assert window.parts.message_bar.text == "Copied a picture: Decision boundary."


def test_keys_save_and_copy_the_view_that_has_the_focus_where_none_is_under_the_pointer(
    window: MainWindow, saver: PictureSaver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QCursor, "pos", lambda: QPoint(-10_000, -10_000))
    names: list[str] = []
    monkeypatch.setattr(
        "mlpviz.gui.window.picture_saver.ask_where",
        lambda _window, _title, name, _kinds: names.append(name),
    )
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    window.parts.loss_view.plot.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_P, control)
    window.parts.network_view.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_P, control)
    assert names == ["loss", "network"]
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_P, control | shift)
    assert window.parts.message_bar.text == "Copied a picture: Network."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.jpg", "is not written: a picture ends in .png, .svg or .pdf."),
        ("no/a.svg", "cannot be written: its folder does not exist."),
    ],
)
def test_a_picture_that_cannot_be_written_is_refused_in_a_sentence_and_leaves_nothing(
    name: str, words: str, window: MainWindow, saver: PictureSaver, tmp_path: Path
) -> None:
    saver.save(subject(saver, "loss"), tmp_path / name)
    assert window.parts.message_bar.text == f"{tmp_path / name} {words}"
    assert list(tmp_path.iterdir()) == []


def test_on_a_full_disk_the_picture_that_was_there_stays(
    window: MainWindow, saver: PictureSaver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    before = saved(saver, "loss", path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    saver.save(subject(saver, "map"), path)
    assert window.parts.message_bar.text == f"{path} cannot be written: No space left on device."
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_ending_is_read_in_capitals_too(saver: PictureSaver, tmp_path: Path) -> None:
    assert saved(saver, "loss", tmp_path / "A.PDF").startswith(b"%PDF-")


def test_a_diagram_with_numbers_a_pinned_unit_and_three_classes_is_all_lines_and_words(
    open_in_test: OpenWindow, tmp_path: Path
) -> None:
    recipe = Recipe(dataset="spiral", classes=3, output_activation="softmax", hidden=(3,))
    window = open_in_test(recipe)
    window.resize(1600, 900)
    window.parts.network_view.edit.start()
    saver = window.exports.pictures
    png = opened(saved(saver, "network", tmp_path / "a.png"))
    svg = saved(saver, "network", tmp_path / "a.svg")
    assert b"<text" not in svg
    assert distance(rendered(svg, png), png) < 2.0
