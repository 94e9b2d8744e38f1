"""The table of own data: inputs and targets are in the units of the file, as inputs on the map."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame
from PySide6.QtCore import Qt

from mlpviz.engine import Array
from mlpviz.experiment.data.own_data import OwnData, scale_of, target_scale_of
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.frame import Frame
from mlpviz.gui.look.sizes import CELL_INSET
from mlpviz.gui.look.sizing import px, text_width
from mlpviz.gui.views.samples.sample_model import CORRECT, PREDICTION, TRUTH, X1, X2
from mlpviz.gui.views.samples.samples_drawer import SamplesDrawer

X = np.array([[24_000.0, 0.5], [108_000.0, -7.25], [61_500.0, 12.125], [30_000.0, 3.0]])


def recipe_of(X: Array, names: tuple[str, str] = ("salary", "change")) -> Recipe:
    data = OwnData(X, np.array([0, 1, 1, 0]), names, "c", ("no", "yes"), *scale_of(X))
    return Recipe(dataset="own", own=data)


@pytest.fixture
def drawer(show: Callable[..., SamplesDrawer]) -> SamplesDrawer:
    return show(SamplesDrawer(), 424, 640)


def column(drawer: SamplesDrawer, number: int) -> list[str]:
    model = drawer.model
    return [model.index(row, number).data() for row in range(model.rowCount())]


def heading(drawer: SamplesDrawer, number: int, role: Qt.ItemDataRole) -> str:
    return str(drawer.model.headerData(number, Qt.Orientation.Horizontal, role))


def test_inputs_are_written_as_the_file_has_them(drawer: SamplesDrawer) -> None:
    drawer.show_frame(make_frame(recipe_of(X)))
    assert column(drawer, X1) == ["24\u2009000", "108\u2009000", "61\u2009500", "30\u2009000"]
    assert column(drawer, X2) == ["0.500", "−7.250", "12.125", "3.000"]
    words = [heading(drawer, number, Qt.ItemDataRole.DisplayRole) for number in (X1, X2)]
    assert words == ["salary", "change"]
    meaning = heading(drawer, X1, Qt.ItemDataRole.ToolTipRole)
    assert "in the units of the table; the network gets (x − 24000) / 84000." in meaning


def test_they_are_so_where_only_a_part_of_the_samples_trains(drawer: SamplesDrawer) -> None:
    frame = make_frame(replace(recipe_of(X), train_share=0.5))
    drawer.show_frame(frame)
    texts = {"24\u2009000", "108\u2009000", "61\u2009500", "30\u2009000"}
    assert len(column(drawer, X1)) == len(frame.X) < len(X)
    assert set(column(drawer, X1)) < texts


def test_sorting_by_an_input_and_its_column_hold(drawer: SamplesDrawer) -> None:
    drawer.show_frame(make_frame(recipe_of(X)))
    drawer.table.sortByColumn(X1, Qt.SortOrder.DescendingOrder)
    assert column(drawer, X1)[0] == "108\u2009000"
    width = drawer.table.columnWidth(X1)
    assert width >= px(text_width("108\u2009000") + 2 * CELL_INSET) - 1


def test_numbers_of_many_digits_are_written_to_a_thousandth_of_their_range(
    drawer: SamplesDrawer,
) -> None:
    drawer.show_frame(make_frame(recipe_of(np.array(X) / np.array([1e6, 3.0]))))
    assert column(drawer, X1) == ["0.0240", "0.1080", "0.0615", "0.0300"]
    assert column(drawer, X2) == ["0.167", "−2.417", "4.042", "1.000"]


def test_built_in_data_have_their_inputs_as_the_network_gets_them(drawer: SamplesDrawer) -> None:
    drawer.show_frame(make_frame(recipe_of(X)))
    drawer.show_frame(make_frame(Recipe()))
    assert heading(drawer, X1, Qt.ItemDataRole.DisplayRole) == "x₁"
    assert {"0.00", "0.10", "1.00"} <= set(column(drawer, X1))
    assert "as the network gets it" in heading(drawer, X1, Qt.ItemDataRole.ToolTipRole)


def test_a_long_name_is_cut_and_told_whole_in_its_tooltip(drawer: SamplesDrawer) -> None:
    long = "yearly salary before taxes"
    drawer.show_frame(make_frame(recipe_of(X, (long, "change"))))
    assert heading(drawer, X1, Qt.ItemDataRole.DisplayRole) == "yearly sala…"
    assert heading(drawer, X1, Qt.ItemDataRole.ToolTipRole).startswith(f"{long}, ")


PRICES = np.array([160_033.0, 420_000.0, 55_250.0, 90_000.0])


def of_prices(targets: Array, epochs: int = 0, rate: float = 0.1) -> Frame:
    data = OwnData(
        X, targets, ("area", "way"), "price", (), *scale_of(X), *target_scale_of(targets)
    )
    recipe = revised(Recipe(), dataset="own", own=data, learning_rate=rate)
    return make_frame(recipe, epochs)


def number(text: str) -> float:
    return float(text.replace("\u2009", "").replace("−", "-"))


def test_targets_that_are_numbers_are_written_as_the_file_has_them(drawer: SamplesDrawer) -> None:
    frame = of_prices(PRICES, 20)
    drawer.show_frame(frame)
    truths = ["160\u2009033", "420\u2009000", "55\u2009250", "90\u2009000"]
    assert column(drawer, TRUTH) == truths
    own = frame.recipe.used_own
    assert own is not None
    outputs = own.target_offset + own.target_factor * frame.predictions
    predictions = [number(text) for text in column(drawer, PREDICTION)]
    np.testing.assert_allclose(predictions, outputs, atol=0.51)
    errors = [number(text) for text in column(drawer, CORRECT)]
    np.testing.assert_allclose(errors, outputs - PRICES, atol=0.51)
    meaning = heading(drawer, TRUTH, Qt.ItemDataRole.ToolTipRole)
    assert meaning.startswith("price, in the units of the table; the network has (price − ")
    meaning = heading(drawer, PREDICTION, Qt.ItemDataRole.ToolTipRole)
    assert "ŷ is (price − " in meaning


def test_they_are_sorted_by_what_they_are(drawer: SamplesDrawer) -> None:
    drawer.show_frame(of_prices(PRICES, 20))
    for place in (TRUTH, PREDICTION, CORRECT):
        drawer.table.sortByColumn(place, Qt.SortOrder.AscendingOrder)
        numbers = [number(text) for text in column(drawer, place)]
        assert numbers == sorted(numbers)


def test_whatever_a_network_gives_for_them_has_room(drawer: SamplesDrawer) -> None:
    for frame in (of_prices(PRICES, 20), of_prices(PRICES, 4, rate=40.0), of_prices(PRICES / 1e4)):
        drawer.show_frame(frame)
        for place in (TRUTH, PREDICTION, CORRECT):
            room = drawer.table.columnWidth(place) - px(2 * CELL_INSET) + 1
            widest = max(column(drawer, place), key=text_width)
            assert px(text_width(widest)) <= room, (place, widest)


def test_own_numbers_that_are_not_scaled_are_no_powers_of_ten(drawer: SamplesDrawer) -> None:
    data = OwnData(X, PRICES, ("area", "way"), "price", (), *scale_of(X))
    drawer.show_frame(make_frame(revised(Recipe(), dataset="own", own=data)))
    assert column(drawer, TRUTH)[0] == "160\u2009033"
    meaning = heading(drawer, TRUTH, Qt.ItemDataRole.ToolTipRole)
    assert meaning == "The target that the sample has. Click to sort."


def test_built_in_targets_are_those_of_the_network(drawer: SamplesDrawer) -> None:
    drawer.show_frame(of_prices(PRICES))
    drawer.show_frame(make_frame(revised(Recipe(), dataset="plane")))
    assert all(-1.0 <= number(text) <= 1.0 for text in column(drawer, TRUTH))
    meaning = heading(drawer, PREDICTION, Qt.ItemDataRole.ToolTipRole)
    assert meaning == "The output ŷ. Click to sort."
