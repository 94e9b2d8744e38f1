"""The numbers on the edges of the diagram."""

from collections.abc import Callable

import pytest
from frames import make_frame
from PySide6.QtGui import QImage

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.formats import chip_text
from mlpviz.experiment.words.step_numbers import digits_text
from mlpviz.gui.plots.label_pictures import LabelPictures, fitting_digits
from mlpviz.gui.views.diagram.edge_numbers import EdgeNumbers
from mlpviz.gui.views.diagram.network_layout import lay_out
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.diagram.participants import participants_of

pytestmark = pytest.mark.usefixtures("qapp")  # widths of text are those of its fonts


def numbers_in(width: float, hidden: tuple[int, ...] = (4, 4)) -> tuple[EdgeNumbers, list[float]]:
    """Return the numbers of a network in a room so wide, and the weights into its first unit."""
    frame = make_frame(Recipe(hidden=hidden))
    numbers = EdgeNumbers(LabelPictures())
    numbers.take(frame.layers()[0])
    numbers.arrange(lay_out(frame.recipe.sizes, width, 600.0))
    return numbers, frame.layers()[0][0][:, 0].tolist()


def test_numbers_have_two_digits_after_the_point_or_as_many_as_are_wanted_and_fit() -> None:
    numbers, weights = numbers_in(700.0)
    cast = participants_of((2, 4, 4, 1), Place(1, 0))
    assert numbers.of(cast)[:2] == [chip_text(weight) for weight in weights]
    numbers.set_digits(5)
    assert numbers.of(cast)[:2] == [digits_text(weight, 5) for weight in weights]
    narrow, _ = numbers_in(330.0)
    narrow.set_digits(8)
    assert max(map(len, narrow.of(cast))) < max(len(digits_text(weight, 8)) for weight in weights)


def test_where_weights_are_an_image_no_edge_has_a_number() -> None:
    numbers, _ = numbers_in(500.0, hidden=(64, 64))
    assert numbers.of(participants_of((2, 64, 64, 1), Place(2, 5))) == []


def test_as_many_digits_are_written_as_there_is_room_for() -> None:
    fitting = [fitting_digits(float(room), 8) for room in range(10, 120, 5)]
    assert fitting == sorted(fitting)
    assert (fitting[0], fitting[-1]) == (2, 8)
    assert fitting_digits(500.0, 3) == 3


def test_the_diagram_shows_them(show: Callable[..., NetworkView]) -> None:
    view = show(NetworkView(), 700, 600)
    view.show_frame(make_frame())
    view.edit.pin(Place(1, 0))

    def picture() -> QImage:
        return view.grab().toImage()

    before = picture()
    view.write_step(6)
    assert picture() != before
    view.write_step(None)
    assert picture() == before
