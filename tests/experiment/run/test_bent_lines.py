"""Lines of the first layer with other inputs than x1 and x2 themselves."""

import numpy as np
import pytest
from frames import make_frame, with_weights

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.bent_lines import bent_lines
from mlpviz.experiment.run.capture import capture, recapture
from mlpviz.experiment.run.first_layer import unit_lines
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.want import Want


@pytest.mark.parametrize("hidden", [(4,), (7,)])
def test_with_other_inputs_the_lines_are_bent_and_still_where_the_sum_is_zero(
    hidden: tuple[int, ...],
) -> None:
    recipe = Recipe(dataset="circle", hidden=hidden, features=("x1", "x2", "x1_squared", "x1_x2"))
    frame = make_frame(recipe, epochs=100)
    lines, _ = frame.bent_lines
    assert lines
    for unit, ends in lines.items():
        assert len(ends) > 4
        sums = [frame.forward_at(*end).sums[0] for end in ends.tolist()]
        largest = np.abs(np.stack(sums)).max()
        assert np.abs(np.stack(sums)[:, unit]).max() < 0.02 * largest


def test_a_bent_line_outside_the_map_has_the_place_on_the_rim_that_it_is_nearest_to() -> None:
    frame = with_weights(make_frame(Recipe(hidden=(2,), features=("x1", "x1_squared"))))
    (W, *_), (b, *_) = frame.layers()
    W[:, 0], b[0] = (0.0, 1.0), -9.0  # x₁² = 9, and the box ends at 1.1 and -0.1
    ends, beyond = bent_lines(frame.recipe, frame.parameters, frame.box)
    assert not ends
    assert beyond.keys() == {0}  # the other has no line at all
    assert beyond[0][0] == pytest.approx(frame.box.right)


def test_a_frame_has_its_bent_lines_over_the_box_of_its_surface() -> None:
    run = Run(Recipe(dataset="circle", features=("x1", "x2", "x1_squared")))
    box = Box(0.2, 0.2, 0.7, 0.6)
    for frame in (capture(run, Want(box)), recapture(capture(run), run, Want(box))):
        ends, _ = unit_lines(frame)
        assert ends
        places = np.concatenate(list(ends.values()))
        assert places.min(axis=0).tolist() >= [0.2 - 1e-12, 0.2 - 1e-12]
        assert (places <= np.array(box[2:]) + 1e-12).all()
        expected = bent_lines(frame.recipe, frame.parameters, box).ends
        for unit, line in expected.items():
            np.testing.assert_array_equal(ends[unit], line)
