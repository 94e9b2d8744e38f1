"""What takes part in a unit, and in a weight."""

from mlpviz.experiment.run.places import Place
from mlpviz.gui.views.diagram.participants import participants_of

SIZES = (2, 4, 3, 1)


def test_with_a_unit_go_the_units_before_it_and_the_weights_to_and_from_it() -> None:
    cast = participants_of(SIZES, Place(2, 1))
    assert cast.units == {(2, 1), (1, 0), (1, 1), (1, 2), (1, 3)}
    assert cast.edges == ((), (1, 4, 7, 10), (1,))  # the second column, and the second row
    assert cast.weights == {*(Place(2, 1, i) for i in range(4)), Place(3, 0, 1)}


def test_an_input_and_an_output_have_neighbours_on_one_side() -> None:
    assert participants_of(SIZES, Place(0, 1)).units == {(0, 1)}
    assert participants_of(SIZES, Place(0, 1)).edges == ((4, 5, 6, 7), (), ())
    assert participants_of(SIZES, Place(3, 0)).edges == ((), (), (0, 1, 2))


def test_with_a_weight_go_the_two_units_that_it_connects() -> None:
    cast = participants_of(SIZES, Place(2, 2, 3))
    assert cast.units == {(1, 3), (2, 2)}
    assert cast.edges == ((), (11,), ())


def test_the_biases_of_the_units_that_take_part_do_so_too() -> None:
    positions = participants_of(SIZES, Place(1, 0, 1)).positions(SIZES)
    assert positions == {Place(1, 0, 1).position(SIZES), Place(1, 0).position(SIZES)}
