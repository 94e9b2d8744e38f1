"""The heading of the map."""

from collections.abc import Callable

import pytest
from frames import make_frame
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.want import Want
from mlpviz.gui.look.look import DARK, LIGHT, Look
from mlpviz.gui.plots.canvas import Mapping
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.views.map.caption import Caption
from mlpviz.gui.views.map.map_panel import MapPanel


@pytest.fixture
def panel(show: Callable[..., MapPanel]) -> MapPanel:
    return show(MapPanel(BoundaryView()), 700, 500)


def colours_in(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_the_mark_of_a_class_has_the_colour_of_its_points(panel: MapPanel, look: Look) -> None:
    view = panel.findChild(BoundaryView)
    assert view is not None
    view.show_frame(make_frame())
    view.set_look(look)
    assert panel.readout.text().startswith("● class 0   ■ class 1")
    seen = colours_in(panel.readout)
    assert look.class_0.lower() in seen
    assert look.class_1.lower() in seen
    other = DARK if look is LIGHT else LIGHT
    assert not {other.class_0.lower(), other.class_1.lower()} & seen


def test_where_points_have_no_class_their_mark_has_no_colour(panel: MapPanel) -> None:
    view = panel.findChild(BoundaryView)
    assert view is not None
    view.show_frame(make_frame(revised(Recipe(), dataset="plane")))
    assert "●" in panel.readout.text()
    assert LIGHT.class_0.lower() not in colours_in(panel.readout)


def test_the_heading_names_what_the_map_shows(panel: MapPanel) -> None:
    view = panel.findChild(BoundaryView)
    assert view is not None
    heading = panel.heading
    view.show_frame(make_frame())
    assert heading.text() == "DECISION BOUNDARY"
    view.show_frame(make_frame(want=Want(unit=(1, 2))))
    assert heading.text() == "HIDDEN 1, UNIT 3"
    view.show_frame(make_frame(want=Want(unit=(2, 0))))
    assert heading.text() == "HIDDEN 2, UNIT 1"
    view.show_frame(make_frame(revised(Recipe(), dataset="plane")))
    assert heading.text() == "OUTPUT"
    view.show_frame(make_frame())
    assert heading.text() == "DECISION BOUNDARY"


def test_of_two_runs_it_names_the_run(panel: MapPanel) -> None:
    view = panel.findChild(BoundaryView)
    assert view is not None
    panel.show_run("A", "more of it")
    view.show_frame(make_frame(want=Want(unit=(1, 2))))
    assert panel.heading.text() == "A"
    assert panel.heading.toolTip() == "more of it"
    panel.show_run("")
    assert panel.heading.text() == "HIDDEN 1, UNIT 3"
    assert panel.heading.toolTip() == ""


def test_in_a_narrow_panel_the_legend_still_names_both_classes(
    show: Callable[..., MapPanel],
) -> None:
    panel = show(MapPanel(BoundaryView()), 300, 400)
    view = panel.findChild(BoundaryView)
    assert view is not None
    view.show_frame(make_frame())
    assert panel.readout.is_elided
    assert panel.readout.shown in {"● 0   ■ 1   ◯ wrong", "● 0   ■ 1"}
    panel.resize(185, 400)
    QApplication.processEvents()
    assert panel.heading.text() == "DECISION BOUNDARY"
    assert panel.readout.shown == ""
    panel.resize(700, 400)
    QApplication.processEvents()
    assert panel.readout.shown == "● class 0   ■ class 1   ◯ misclassified"


def test_words_upon_the_map_are_left_out_where_they_would_be_cut(qapp: QApplication) -> None:
    caption = Caption()
    caption.set_look(LIGHT)
    caption.text = "Hidden layer 2, unit 1"

    def is_painted(width: int) -> bool:
        image = QImage(width, 80, QImage.Format.Format_ARGB32)
        image.fill(0)
        blank = image.copy()
        painter = QPainter(image)
        caption.paint(painter, Mapping(Box(-1.0, 1.0, -1.0, 1.0), width, 80))
        painter.end()
        return image != blank

    assert is_painted(400)
    assert not is_painted(100)
