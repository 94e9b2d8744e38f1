"""The heading of the map."""

from collections.abc import Callable

import pytest
from frames import make_frame
from PySide6.QtWidgets import QWidget

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.gui.look.look import DARK, LIGHT, Look
from mlpviz.gui.views.map.boundary_view import BoundaryView
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
