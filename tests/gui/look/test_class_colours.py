"""The six colours and shapes of the classes are told apart, whatever colours a person sees."""

from itertools import combinations

import numpy as np
import pytest
from gui.colour_vision import VISION, lab, least_distance
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QRawFont
from PySide6.QtWidgets import QApplication

from mlpviz.engine import Array
from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.resources import resource_path
from mlpviz.experiment.run.grids import Box
from mlpviz.gui.look.assets import FONT_FILES
from mlpviz.gui.look.look import DARK, LIGHT, Look
from mlpviz.gui.look.palette import rgb
from mlpviz.gui.plots.canvas import CLASS_SHAPES, Mapping, Markers
from mlpviz.gui.plots.class_names import CLASS_GLYPHS, HOLLOW_GLYPHS

SIDE = 40


def colours_of(look: Look) -> Array:
    return np.array([rgb(colour) for colour in look.classes])


# A just noticeable difference is about 2.3. Measured least: 28.5 in light, 34.7 in dark; half way
# to the panel 14.1 and 17.6. Okabe and Ito's six best with this blue and orange have 16.1 and 7.1.
@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(("look", "bound"), [(LIGHT, 28.0), (DARK, 34.0)])
def test_six_classes_are_told_apart_by_colour_with_any_colour_vision(
    look: Look, bound: float, vision: str
) -> None:
    colours = colours_of(look)
    assert len(colours) == MAX_CLASSES
    assert least_distance(colours, vision) > bound
    assert least_distance(0.5 * (colours + rgb(look.panel)), vision) > bound / 2


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_no_class_has_the_colour_of_the_panel(look: Look) -> None:
    for vision in VISION:
        seen = lab(np.vstack((colours_of(look), rgb(look.panel))), vision)
        assert np.linalg.norm(seen[:-1] - seen[-1], axis=1).min() > 30.0


def picture(shape: str, size: float = 16.0) -> Array:
    """Return where a shape is dark, (SIDE, SIDE), from 0 to 1."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    markers = Markers(shape)
    markers.size, markers.brush, markers.pen = size, QBrush(QColor("black")), QPen(QColor("black"))
    markers.set_data(np.array([0.5]), np.array([0.5]))
    markers.paint(painter, Mapping(Box(0.0, 0.0, 1.0, 1.0), SIDE, SIDE))
    painter.end()
    pixels = [[image.pixelColor(x, y).red() for x in range(SIDE)] for y in range(SIDE)]
    return 1.0 - np.array(pixels) / 255.0


def test_all_shapes_differ_and_are_about_as_large(qapp: QApplication) -> None:
    pictures = {shape: picture(shape) for shape in CLASS_SHAPES}
    assert len(pictures) == MAX_CLASSES
    areas = [float(dark.sum()) for dark in pictures.values()]
    assert max(areas) < 1.35 * min(areas)
    for (one, first), (other, second) in combinations(pictures.items(), 2):
        assert np.abs(first - second).sum() > 0.15 * min(areas), (one, other)


def test_every_shape_has_its_middle_where_the_sample_lies(qapp: QApplication) -> None:
    across = np.arange(SIDE) + 0.5
    for shape in CLASS_SHAPES:
        dark = picture(shape)
        centre = np.array([dark.sum(0) @ across, dark.sum(1) @ across]) / dark.sum()
        assert np.abs(centre - SIDE / 2).max() < 0.25, shape


def test_the_bundled_font_has_every_mark_of_a_class(qapp: QApplication) -> None:
    assert len(set(CLASS_GLYPHS)) == len(set(HOLLOW_GLYPHS)) == MAX_CLASSES
    for name in FONT_FILES:
        font = QRawFont(str(resource_path("fonts", name)), 13.0)
        for glyph in (*CLASS_GLYPHS, *HOLLOW_GLYPHS):
            assert font.supportsCharacter(ord(glyph)), glyph
