"""What is selected has one owner, who says each change once and lets go of what is gone."""

from dataclasses import replace

import pytest
from frames import make_frame, make_update

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.want import Want
from mlpviz.gui.actions.selection import Part, Selected, Selection

pytestmark = pytest.mark.usefixtures("qapp")

NEAR = Box(0.2, 0.3, 0.6, 0.7)
SMALL, LARGE = Recipe(dataset="linear", samples=30), Recipe(dataset="linear", samples=50)


@pytest.fixture
def selection() -> Selection:
    """A selection over one run with the default recipe."""
    made = Selection()
    made.follow(make_update())
    return made


@pytest.fixture
def said(selection: Selection) -> list[Selected]:
    """What it says from now on."""
    values: list[Selected] = []
    selection.changed.connect(values.append)
    return values


def two_runs(b: Recipe) -> Update:
    return Update((make_frame(), make_frame(b)), is_playing=False)


def test_at_first_nothing_is_selected() -> None:
    assert Selection().value == Selected()


def test_each_thing_is_set_alone_and_every_change_is_said_once_with_the_value(
    selection: Selection, said: list[Selected]
) -> None:
    unit, weight = Place(1, 2), Place(2, 3, 1)
    for _ in range(2):
        selection.select_sample(7)
    selection.select_part(0, unit)
    selection.point_at(0, weight)
    selection.look_at(Position(3, 0))
    selection.zoom(NEAR)
    selection.point_at_line(0, unit)
    assert said == [
        Selected(7),
        Selected(7, Part(0, unit)),
        Selected(7, Part(0, unit), Part(0, weight)),
        Selected(7, Part(0, unit), Part(0, weight), Position(3, 0)),
        Selected(7, Part(0, unit), Part(0, weight), Position(3, 0), NEAR),
        Selected(7, Part(0, unit), Part(0, weight), Position(3, 0), NEAR, Part(0, unit)),
    ]
    assert selection.value == said[-1]


def test_a_line_that_is_pointed_at_is_looked_at_and_the_map_goes_on_to_show_the_output(
    selection: Selection,
) -> None:
    selection.point_at_line(0, Place(1, 2))
    assert selection.value.place_in(0) == Place(1, 2)
    assert selection.value.place_in(1) is None
    assert selection.value.want(0) == Want()
    selection.select_part(0, Place(2, 0))
    assert selection.value.unit_in(0) == (2, 0)
    selection.point_at_line(1, None)
    assert selection.value.place_in(0) == Place(1, 2)
    selection.point_at_line(0, None)
    assert selection.value.place_in(0) == Place(2, 0)


def test_to_clear_the_sample_says_whether_there_was_one(
    selection: Selection, said: list[Selected]
) -> None:
    assert not selection.clear_sample()
    assert said == []
    selection.select_sample(3)
    assert selection.clear_sample()
    assert selection.value.sample is None


def test_a_sample_that_the_new_data_do_not_have_is_unselected() -> None:
    selection = Selection()
    selection.follow(make_update(LARGE))
    for sample, expected in ((29, 29), (30, None)):
        selection.select_sample(sample)
        selection.follow(make_update(SMALL))
        assert selection.value.sample == expected
        selection.follow(make_update(LARGE))
        assert selection.value.sample == expected


def test_what_is_not_there_cannot_be_selected(selection: Selection, said: list[Selected]) -> None:
    selection.select_sample(21)
    for place in (Place(4, 0), Place(1, 4), Place(1, 0, 2)):
        selection.point_at(0, place)
        selection.select_part(0, place)
    selection.select_part(1, Place(1, 0))
    assert said == []


@pytest.mark.parametrize(
    ("place", "stays"),
    [(Place(1, 1), True), (Place(1, 2), False), (Place(3, 0), False), (Place(2, 0, 2), False)],
)
def test_a_unit_or_weight_that_is_gone_is_not_selected_any_more(
    selection: Selection, place: Place, stays: bool
) -> None:
    selection.select_part(0, place)
    selection.point_at(0, place)
    selection.follow(make_update(Recipe(hidden=(2,))))
    expected = Part(0, place) if stays else None
    assert (selection.value.part, selection.value.pointed) == (expected, expected)


def test_the_unit_under_the_pointer_counts_before_the_one_selected_and_a_weight_is_none(
    selection: Selection,
) -> None:
    selection.select_part(0, Place(1, 2))
    assert selection.value.unit_in(0) == (1, 2)
    selection.point_at(0, Place(2, 3))
    assert selection.value.unit_in(0) == (2, 3)
    selection.point_at(0, Place(2, 3, 1))
    assert selection.value.unit_in(0) is None
    selection.point_at(0, None)
    assert selection.value.unit_in(0) == (1, 2)
    selection.select_part(0, None)
    assert selection.value.unit_in(0) is None


def test_what_is_looked_at_is_what_is_wanted_of_a_frame(selection: Selection) -> None:
    assert selection.value.want(0) == Want()
    selection.zoom(NEAR)
    selection.look_at(Position(0, 0))
    for place, unit, parameter in (
        (Place(1, 2), (1, 2), Place(1, 2)),
        (Place(1, 2, 1), None, Place(1, 2, 1)),
        (Place(0, 1), (0, 1), None),
    ):
        selection.point_at(0, place)
        assert selection.value.want(0) == Want(NEAR, unit, parameter, Position(0, 0))
        assert selection.value.want(1) == Want(NEAR, position=Position(0))


def test_each_of_two_runs_has_its_own_units() -> None:
    selection = Selection()
    selection.follow(two_runs(Recipe(hidden=(8,))))
    selection.select_part(0, Place(1, 2))
    selection.point_at(1, Place(1, 7))
    assert (selection.value.unit_in(0), selection.value.unit_in(1)) == ((1, 2), (1, 7))
    selection.point_at(0, None)  # the pointer is in the other diagram
    selection.select_part(1, None)  # and the cursor in this one
    assert (selection.value.unit_in(0), selection.value.unit_in(1)) == ((1, 2), (1, 7))
    selection.follow(make_update())  # the comparison is over
    assert selection.value == Selected(part=Part(0, Place(1, 2)))


def test_other_data_bring_the_map_back_to_their_own_box_and_other_weights_do_not(
    selection: Selection,
) -> None:
    selection.zoom(NEAR)
    selection.follow(make_update(Recipe(weight_seed=1)))
    assert selection.value.box == NEAR
    selection.follow(make_update(Recipe(dataset="spiral")))
    assert selection.value.box is None


def test_a_box_that_is_held_stays_whatever_the_data_become(selection: Selection) -> None:
    own = make_frame().box
    selection.hold_box(True)
    assert selection.value.box == own
    selection.follow(make_update(Recipe(dataset="spiral")))
    assert selection.value.box == own
    selection.zoom(NEAR)
    selection.zoom(None)  # to where the data are now, and to stay there
    assert selection.value.box == make_frame(Recipe(dataset="spiral")).box
    selection.hold_box(False)
    assert selection.value.box is None


def test_a_box_that_is_held_before_the_first_frame_is_the_one_of_its_data() -> None:
    selection = Selection()
    selection.hold_box(True)
    selection.follow(make_update())
    assert selection.value.box == make_frame().box


def test_a_moment_belongs_to_its_run(selection: Selection) -> None:
    frame = make_frame()
    selection.follow(Update((frame,), is_playing=True))
    selection.look_at(Position(40, 1))
    selection.follow(Update((replace(frame, epoch=100),), is_playing=True))
    assert selection.value.position == Position(40, 1)
    selection.follow(Update((replace(frame, run_number=frame.run_number + 1),), is_playing=True))
    assert selection.value.position is None


def test_an_update_without_a_frame_changes_nothing(
    selection: Selection, said: list[Selected]
) -> None:
    selection.select_sample(3)
    selection.follow(Update((), is_playing=False, error="no"))
    assert said == [Selected(3)]
